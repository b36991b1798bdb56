"""Quotes and the spaces inside a line: what stands on one line, compared with how the canonical format writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.files.edits import Edit
from generator.format.document import ANY, WIDTH, Change, Document, Shape, in_brackets, is_block_text, on_one_line
from generator.format.quoting import as_yaml, reads_as_text
from generator.read.yaml_text import Entry, Node

_ESCAPE = re.compile(r'\\[^"\\/]')
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\n]|\'\')*\'')
_COLON = re.compile(r"[ \t]*:[ \t]*")
_COLON_AND_LINE = re.compile(r"[ \t]*:[ \t]*\n\s*")
_BEFORE_COLON = re.compile(r"[ \t]+(?=:)")
_DASH = re.compile(r"-[ \t]*")
_BETWEEN = re.compile(r"\s*,?\s*")


def scalar_changes(document: Document) -> Iterator[Change]:
    """Quotes and spaces of every value."""
    if in_brackets(document.root) and on_one_line(document.root):
        yield from _brackets(document, document.root)
    yield from _fields(document, document.root, document.shapes, document.ids, in_brackets(document.root))


def _fields(document: Document, node: Node, known: Mapping[str, Shape], ids: bool, brackets: bool) -> Iterator[Change]:
    """A record's fields; `ids` where its keys are ids and no fields."""
    assert isinstance(node.value, dict)
    text, starts = document.text, document.starts
    for name, entry in node.value.items():
        below = entry.node
        field = not ids and name in known
        # Nearly all keys and values are plain as they should be: no more is done for those than to see it.
        if not (field and below.line == entry.line and below.column == entry.column + len(name) + 2
                and text.startswith(f"{name}: ", starts[entry.line - 1] + entry.column - 1)):
            yield from _key(document, name, entry, field, brackets)
        if below.style is not None or type(below.value) is not str or not reads_as_text(below.value):
            yield from _value(document, below, known.get(name, ANY), brackets)


def _value(document: Document, node: Node, shape: Shape, brackets: bool) -> Iterator[Change]:
    if isinstance(node.value, str):
        yield from _quotes(document, node, shape.text, brackets)
        return
    if in_brackets(node):
        brackets = True
        if on_one_line(node):
            yield from _brackets(document, node)
    if isinstance(node.value, dict):
        yield from _fields(document, node, shape.fields, False, brackets)
        return
    for item in node.value:
        if not brackets:
            yield from _dash(document, node, item)
        if item.style is not None or type(item.value) is not str or not reads_as_text(item.value):
            yield from _value(document, item, shape, brackets)


def _quotes(document: Document, node: Node, text: bool, brackets: bool) -> Iterator[Change]:
    """A value whose quotes are missing, needless, or of the unusual kind."""
    value = node.value
    assert isinstance(value, str)
    if node.style is None:
        if text and value and not reads_as_text(value):
            yield _quoted(document, node, "missing-quotes", as_yaml(value, brackets))
        return
    if is_block_text(node) or not on_one_line(node):
        return
    typed = document.source(node)
    if node.style == '"' and _ESCAPE.search(typed):
        return
    try:
        canonical = as_yaml(value, brackets, text)
    except ValueError:
        return
    if canonical != typed and value.strip():
        words = "other-quotes" if canonical[0] in "\"'" else "needless-quotes"
        yield _quoted(document, node, words, canonical)


def _quoted(document: Document, node: Node, words: str, canonical: str) -> Change:
    return Change("format-quotes", words, node.line, node.column, {"instead": canonical},
                  (Edit(document.start(node), document.end(node), canonical),))


def _key(document: Document, name: str, entry: Entry, field: bool, brackets: bool) -> Iterator[Change]:
    """A key in quotes that needs none, and the spaces around its colon."""
    text, start = document.text, document.start(entry)
    node = entry.node
    end = start + len(name)
    if (node.line == entry.line and node.column == entry.column + len(name) + 2
            and text.startswith(": ", end) and text.startswith(name, start)):
        if not field and not reads_as_text(name):
            yield _key_quotes(entry, start, end, name, brackets)
        return
    quoted = _QUOTED.match(text, start)
    if quoted:
        end = quoted.end()
        canonical = name if field else as_yaml(name, brackets)
        if canonical != quoted[0] and not _ESCAPE.search(quoted[0]):
            yield Change("format-quotes", "needless-quotes", entry.line, entry.column, {"instead": canonical},
                         (Edit(start, end, canonical),))
    elif not text.startswith(name, start):
        return
    elif not field and not reads_as_text(name):
        yield _key_quotes(entry, start, end, name, brackets)
    yield from _colon(document, entry, end, brackets)


def _key_quotes(entry: Entry, start: int, end: int, name: str, brackets: bool) -> Change:
    canonical = as_yaml(name, brackets)
    return Change("format-quotes", "missing-quotes", entry.line, entry.column, {"instead": canonical},
                  (Edit(start, end, canonical),))


def _colon(document: Document, entry: Entry, end: int, brackets: bool) -> Iterator[Change]:
    text, node = document.text, entry.node
    value = document.start(node)
    if node.line == entry.line:
        gap = _COLON.fullmatch(text, end, value)
        if gap and gap[0] != ": ":
            yield Change("format-spacing", "colon", entry.line, end - document.starts[entry.line - 1] + 1, {},
                         (Edit(end, value, ": "),))
        return
    if brackets or node.end_column == 0 or not on_one_line(node):
        gap = _BEFORE_COLON.match(text, end)
        if gap:
            yield Change("format-spacing", "colon", entry.line, end - document.starts[entry.line - 1] + 1, {},
                         (Edit(end, gap.end(), ""),))
        return
    # A short value on the line below its field.
    length = end - document.starts[entry.line - 1] + 2 + document.end(node) - value
    if length < WIDTH and _COLON_AND_LINE.fullmatch(text, end, value):
        yield Change("format-spacing", "value-below", node.line, node.column, {}, (Edit(end, value, ": "),))


def _dash(document: Document, node: Node, item: Node) -> Iterator[Change]:
    """More than one space after the dash of a one-line item; longer ones are the indentation's business."""
    if not item.end_column or not on_one_line(item):
        return
    line_start = document.starts[item.line - 1]
    dash, value = line_start + node.column - 1, document.start(item)
    gap = _DASH.fullmatch(document.text, dash, value)
    if gap and gap[0] != "- ":
        yield Change("format-spacing", "dash", item.line, node.column, {}, (Edit(dash, value, "- "),))


def _brackets(document: Document, node: Node) -> Iterator[Change]:
    """Spaces inside `[...]` or `{...}` on one line: none at the brackets, one after each comma."""
    text, at = document.text, document.start(node) + 1
    parts: list[tuple[int, int]] = []
    value = node.value
    assert not isinstance(value, str)
    if isinstance(value, dict):
        parts = [(document.start(entry), _end(document, entry.node)) for entry in value.values()]
    else:
        parts = [(document.start(item), _end(document, item)) for item in value]
    parts.append((document.end(node) - 1, 0))
    for number, (start, stop) in enumerate(parts):
        wanted = ", " if 0 < number < len(parts) - 1 else ""
        if at < 0 or stop < 0 or not _BETWEEN.fullmatch(text, at, start):
            return
        if text[at:start] != wanted:
            yield Change("format-spacing", "brackets", node.line, at - document.starts[node.line - 1] + 1, {},
                         (Edit(at, start, wanted),))
        at = stop


def _end(document: Document, node: Node) -> int:
    """Where a value in brackets ends; -1 for a pair without braces, which has no end of its own."""
    return document.end(node) if node.end_column else -1

