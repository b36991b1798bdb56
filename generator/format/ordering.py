"""The canonical order of a record's fields, restored by moving whole fields with the comments above them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from generator.files.edits import Edit
from generator.format.document import ANY, Change, Document, Shape, in_brackets, on_one_line
from generator.read.yaml_text import Node
from generator.values import Value

MODELINE = "# yaml-language-server:"


def order_changes(document: Document) -> Iterator[Change]:
    assert isinstance(document.root.value, dict)
    if document.ids:
        for name, entry in document.root.value.items():
            yield from _records(document, entry.node, document.shapes[name])
    else:
        yield from _records(document, document.root, Shape(document.model))


def _records(document: Document, node: Node, shape: Shape) -> Iterator[Change]:
    if isinstance(node.value, list):
        for item in node.value:
            if not isinstance(item.value, str):
                yield from _records(document, item, shape)
    elif isinstance(node.value, dict):
        if shape.inner is not None:
            yield from _record(document, node, _ranks(shape))
        for name, entry in node.value.items():
            if not isinstance(entry.node.value, str):
                yield from _records(document, entry.node, shape.fields.get(name, ANY))


@cache
def _ranks(shape: Shape) -> dict[str, int]:
    """The place of each field of a record in the canonical order."""
    return {name: number for number, name in enumerate(shape.fields)}


def _record(document: Document, node: Node, ranks: dict[str, int]) -> Iterator[Change]:
    """A record whose fields stand in another order; nothing where one of them is unknown."""
    assert isinstance(node.value, dict)
    names = list(node.value)
    if not ranks.keys() >= node.value.keys():
        return
    wanted = sorted(names, key=ranks.__getitem__)
    if names == wanted:
        return
    edits = _in_brackets(document, node, wanted) if in_brackets(node) else _in_lines(document, node, wanted)
    if not edits:
        return
    for number, name in enumerate(sorted(_misplaced(names, ranks), key=names.index)):
        entry = node.value[name]
        at = wanted.index(name)
        words, other = ("after", wanted[at - 1]) if at else ("first", wanted[1])
        yield Change("format-order", words, entry.line, entry.column, {"field": name, "other": other},
                     edits if number == 0 else ())


def _misplaced(names: list[str], ranks: dict[str, int]) -> set[str]:
    """The fewest fields that must move: all but a longest run that is in order already."""
    tails: list[int] = []
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for name in names:
        at = bisect_left(tails, ranks[name])
        tails[at:at + 1] = [ranks[name]]
        ends[at:at + 1] = [name]
        before[name] = ends[at - 1] if at else None
    kept: set[str] = set()
    name = ends[-1] if ends else None
    while name is not None:
        kept.add(name)
        name = before[name]
    return set(names) - kept


def _in_brackets(document: Document, node: Node, wanted: list[str]) -> tuple[Edit, ...]:
    """Fields in braces change places; what stands between them stays."""
    assert isinstance(node.value, dict)
    if not on_one_line(node):
        return ()
    spans = {name: (document.start(entry), document.end(entry.node)) for name, entry in node.value.items()}
    if any(not entry.node.end_column for entry in node.value.values()):
        return ()
    return tuple(Edit(*spans[old], document.text[slice(*spans[new])])
                 for old, new in zip(node.value, wanted, strict=True) if old != new)


class _Piece(Value):
    """A field with its lines. Lines count from 1, `last` is the last one that belongs to it."""

    name: str
    comments: tuple[int, int]
    """The comment lines directly above it, from and to before."""
    first: int
    last: int


def _in_lines(document: Document, node: Node, wanted: list[str]) -> tuple[Edit, ...]:
    """Fields on lines of their own change places, each with the comments directly above it.

    Blank lines, and comments that blank lines set apart, stay where they are.
    """
    assert isinstance(node.value, dict)
    entries = list(node.value.items())
    column = entries[0][1].column - 1
    pieces: list[_Piece] = []
    for number, (name, entry) in enumerate(entries):
        above = pieces[-1].last if pieces else None
        if above is not None and entry.line <= above:
            return ()
        last = entry.node.end_line
        while document.line(last + 1).lstrip(" ").startswith("#") and _depth(document, last + 1) > column:
            last += 1
        top = entry.line
        if number or _depth(document, entry.line) == column:
            while top - 1 > (above or 0) and _is_comment(document, top - 1) and not (
                    number == 0 and document.line(top - 1).startswith(MODELINE)):
                top -= 1
        pieces.append(_Piece(name, (top, entry.line), entry.line, last))
    by_name = {piece.name: piece for piece in pieces}
    moving = [number for number, piece in enumerate(pieces) if piece.name != wanted[number]]
    low, high = moving[0], moving[-1]

    dashed = low == 0 and _depth(document, pieces[0].first) != column
    start = document.starts[pieces[low].first - 1] + column if dashed else document.starts[pieces[low].comments[0] - 1]
    stop = document.starts[pieces[high].last - 1] + len(document.line(pieces[high].last))
    text = ""
    edits = []
    for number in range(low, high + 1):
        piece = by_name[wanted[number]]
        comments = "".join(f"{document.line(line)}\n" for line in range(*piece.comments))
        body = document.text[document.starts[piece.first - 1] + column:
                             document.starts[piece.last - 1] + len(document.line(piece.last))]
        if dashed and number == low:
            # The first field of a list's item shares the dash's line: its comments go above that line.
            if comments:
                at = document.starts[pieces[low].first - 1]
                indent = " " * _depth(document, pieces[low].first)
                edits.append(Edit(at, at, "".join(f"{indent}{line.lstrip()}\n" for line in comments.splitlines())))
            text += body
        else:
            text += comments + " " * column + body
        if number < high:
            # What stands between two fields and belongs to neither stays there.
            text += "\n" + "".join(f"{document.line(line)}\n"
                                   for line in range(pieces[number].last + 1, pieces[number + 1].comments[0]))
    return (*edits, Edit(start, stop, text))


def _depth(document: Document, number: int) -> int:
    line = document.line(number)
    return len(line) - len(line.lstrip(" "))


def _is_comment(document: Document, number: int) -> bool:
    return document.line(number).lstrip(" \t").startswith("#")
