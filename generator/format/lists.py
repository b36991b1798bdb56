"""Lists and records in brackets: on one line while they fit, otherwise a line for each part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.files.edits import Edit
from generator.format.document import (
    ANY,
    STEP,
    WIDTH,
    Change,
    Document,
    Shape,
    in_brackets,
    is_block_text,
    on_one_line,
)
from generator.format.quoting import as_yaml
from generator.read.yaml_text import Entry, Node


class _Unwritable(Exception):
    """This part cannot be written on one line, or holds a comment that would be lost."""


def list_changes(document: Document) -> Iterator[Change]:
    assert isinstance(document.root.value, dict)
    yield from _fields(document, document.root, document.shapes)


def _fields(document: Document, node: Node, shapes: Mapping[str, Shape]) -> Iterator[Change]:
    assert isinstance(node.value, dict)
    for name, entry in node.value.items():
        if not isinstance(entry.node.value, str):
            yield from _field(document, entry, shapes.get(name, ANY))


def _field(document: Document, entry: Entry, shape: Shape) -> Iterator[Change]:
    """The value of a field that stands on a line of its own."""
    node = entry.node
    try:
        if in_brackets(node):
            yield from _bracketed(document, node, shape, entry.column - 1 + STEP, entry)
            return
        if isinstance(node.value, list) and node.value:
            yield from _joined(document, entry, shape)
    except _Unwritable:
        return
    yield from _inside(document, node, shape)


def _inside(document: Document, node: Node, shape: Shape) -> Iterator[Change]:
    if isinstance(node.value, dict):
        yield from _fields(document, node, shape.fields)
    elif isinstance(node.value, list):
        for item in node.value:
            if isinstance(item.value, str):
                continue
            if not in_brackets(item):
                yield from _inside(document, item, shape)
                continue
            try:
                yield from _bracketed(document, item, shape, node.column - 1 + STEP, None)
            except _Unwritable:
                continue


def _bracketed(document: Document, node: Node, shape: Shape, depth: int, entry: Entry | None) -> Iterator[Change]:
    """What stands in brackets over several lines, or past the width of a line.

    `depth` is the indentation of its parts should they get lines of their own; `entry` is the field
    that holds it, None for an item of a list.
    """
    start, end = document.start(node), document.end(node)
    fits = node.end_column - 1 <= WIDTH
    if on_one_line(node) and fits or not node.value:
        return
    what = "list" if isinstance(node.value, list) else "record"
    if not on_one_line(node):
        line = _one_line(document, node, shape)
        if node.column - 1 + len(line) <= WIDTH:
            yield Change("format-list", f"{what}-of-several-lines", node.line, node.column, {"instead": line},
                         (Edit(start, end, line),))
            return
    rest = document.text[end: document.starts[node.end_line] if node.end_line < document.last_line else None]
    if rest.strip() or (entry is None and isinstance(node.value, list)):
        return  # a comment after it, or a list in a list
    parts = _parts(document, node, shape)
    newline = "\n" + " " * depth
    if entry is None:
        edit = Edit(start, end, newline.join(parts))
    else:
        at = start - 1 if document.text[start - 1] == " " else start
        edit = Edit(at, end, newline + newline.join(parts))
    yield Change("format-list", f"long-{what}", node.line, node.column, {}, (edit,))


def _parts(document: Document, node: Node, shape: Shape) -> list[str]:
    """A list's items or a record's fields as lines of their own."""
    if isinstance(node.value, list):
        return [f"- {_one_line(document, item, shape, in_brackets(item))}" for item in node.value]
    assert isinstance(node.value, dict)
    _no_comment(document, node)
    return [f"{name}: {_one_line(document, entry.node, shape.fields.get(name, ANY), in_brackets(entry.node))}"
            for name, entry in node.value.items()]


def _one_line(document: Document, node: Node, shape: Shape, brackets: bool = True) -> str:
    """A value on one line. Raises _Unwritable where it takes more, or holds a comment."""
    if isinstance(node.value, str):
        return _scalar(document, node, shape, brackets)
    if not in_brackets(node):
        raise _Unwritable
    _no_comment(document, node)
    if isinstance(node.value, list):
        return f"[{', '.join(_one_line(document, item, shape) for item in node.value)}]"
    return "{" + ", ".join(f"{as_yaml(name, True, not shape.fields)}: "
                           f"{_one_line(document, entry.node, shape.fields.get(name, ANY))}"
                           for name, entry in node.value.items()) + "}"


def _scalar(document: Document, node: Node, shape: Shape, brackets: bool) -> str:
    assert isinstance(node.value, str)
    if is_block_text(node):
        raise _Unwritable
    if node.style and on_one_line(node) and "\\" in document.source(node):
        return document.source(node)
    try:
        return as_yaml(node.value, brackets, shape.text)
    except ValueError:
        raise _Unwritable from None


def _no_comment(document: Document, node: Node) -> None:
    """Between the parts of what stands in brackets stand only spaces, lines, commas and the fields' names."""
    if on_one_line(node):
        return
    inside = _scalars(node)
    at = document.start(node)
    for part in inside:
        if "#" in document.text[at: document.start(part)]:
            raise _Unwritable
        at = document.end(part)
    if "#" in document.text[at: document.end(node)]:
        raise _Unwritable


def _scalars(node: Node) -> Iterator[Node]:
    if isinstance(node.value, str):
        yield node
    elif isinstance(node.value, list):
        for item in node.value:
            yield from _scalars(item)
    else:
        for entry in node.value.values():
            yield from _scalars(entry.node)


def _joined(document: Document, entry: Entry, shape: Shape) -> Iterator[Change]:
    """A short list of plain values with a line for each goes on one line."""
    node = entry.node
    assert isinstance(node.value, list)
    start, end = document.start(node), 0
    items = []
    for item in node.value:
        if not isinstance(item.value, str) or is_block_text(item) or not on_one_line(item):
            return
        between = document.text[end or start: document.start(item)]
        if between.strip(" \n") != "-" or end and between.count("\n") != 1:
            return
        items.append(_scalar(document, item, shape, True))
        end = document.end(item)
    head = document.text[document.start(entry): start]
    rest = document.text[end: document.starts[node.end_line] if node.end_line < document.last_line else None]
    colon = head.rstrip(" \n")
    line = f"[{', '.join(items)}]"
    if not colon.endswith(":") or "\n" in colon or head.count("\n") != 1 or rest.strip():
        return
    if entry.column - 1 + len(colon) + 1 + len(line) <= WIDTH:
        at = document.start(entry) + len(colon)
        yield Change("format-list", "short-list", node.line, node.column, {"instead": line},
                     (Edit(at, end, f" {line}"),))
