"""Lines: their indentation, the spaces at their ends, and the end of the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from generator.files.edits import Edit
from generator.format.document import STEP, Change, Document, in_brackets, is_block_text, on_one_line
from generator.read.yaml_text import Node

_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)


def layout_changes(document: Document) -> Iterator[Change]:
    yield from _indentation(document)
    yield from _line_ends(document)


# --- spaces at the ends of lines, and the end of the file ------------------------------------


def _line_ends(document: Document) -> Iterator[Change]:
    text = document.text
    texts: list[tuple[int, int, int]] | None = None
    for match in _TRAILING.finditer(text):
        if texts is None:
            texts = list(_text_lines(document.root, document))
        number = bisect_right(document.starts, match.start())
        margin = next((margin for first, last, margin in texts if first <= number <= last), None)
        blank = match.start() == document.starts[number - 1]
        if margin is not None and not (blank and match.end() - match.start() <= margin):
            continue  # part of a text
        yield Change("format-spacing", "line-end", number, match.start() - document.starts[number - 1] + 1, {},
                     (Edit(match.start(), match.end(), ""),))
    if _keeps_blank_lines(document.root):
        return
    end = len(text.rstrip(" \t\n"))
    if text[end:] != "\n" and "\n" in text[end:].replace("\n", "", 1):
        yield Change("format-spacing", "blank-end", document.text.count("\n", 0, end) + 2, 1, {},
                     (Edit(end, len(text), "\n"),))
    elif not text.endswith("\n"):
        line = document.last_line
        yield Change("format-spacing", "no-end", line, len(document.line(line)) + 1, {},
                     (Edit(len(text), len(text), "\n"),))


def _text_lines(node: Node, document: Document) -> Iterator[tuple[int, int, int]]:
    """First and last line of every text in which spaces may count, and how deep it is indented."""
    if isinstance(node.value, str):
        if is_block_text(node):
            yield node.line + 1, node.end_line, _margin(document, node)
        elif node.style and not on_one_line(node):
            yield node.line, node.end_line - 1, 0
        return
    for child in _below(node):
        yield from _text_lines(child, document)


def _below(node: Node) -> Iterator[Node]:
    if isinstance(node.value, list):
        yield from node.value
    elif isinstance(node.value, dict):
        for entry in node.value.values():
            yield entry.node


def _margin(document: Document, node: Node) -> int:
    """How deep the lines of a text under `|` or `>` are indented."""
    lines = (document.line(number) for number in range(node.line + 1, node.end_line + 1))
    return min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)


def _keeps_blank_lines(node: Node) -> bool:
    """Whether the file ends with a text under `|+`, to which its blank lines belong."""
    while not isinstance(node.value, str):
        last = next(reversed(list(_below(node))), None)
        if last is None:
            return False
        node = last
    return is_block_text(node) and node.value.endswith("\n\n")


# --- indentation -----------------------------------------------------------------------------


class _Indents:
    """How deep each line should be indented, and where that is not so."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.wanted: dict[int, int] = {}
        self.found: list[tuple[int, int, int, str]] = []
        self.gaps: list[Edit] = []
        self.gone: set[int] = set()
        """Lines that are joined to the one above."""
        self._depths = [len(line) - len(line.lstrip(" \t")) for line in document.lines]

    def depth(self, number: int) -> int:
        return self._depths[number - 1]

    def value(self, node: Node, column: int, depth: int) -> None:
        """A value whose parent starts in `column` (from 0) and should start in `depth`."""
        if isinstance(node.value, str) or in_brackets(node):
            self.lines_of(node, column, depth)
        elif isinstance(node.value, dict):
            self.mapping(node, depth)
        else:
            self.block_list(node, depth)

    def mapping(self, node: Node, depth: int) -> None:
        assert isinstance(node.value, dict)
        for number, entry in enumerate(node.value.values()):
            column = entry.column - 1
            if number or self.depth(entry.line) == column:
                self.wanted[entry.line] = depth
            below = entry.node
            if below.line == entry.line or in_brackets(below) or isinstance(below.value, str):
                self.value(below, column, depth)
                continue
            self.check(below, below.column - 1 - column, "indent")
            self.value(below, column, depth + STEP)

    def block_list(self, node: Node, depth: int) -> None:
        assert isinstance(node.value, list)
        column = node.column - 1
        for item in node.value:
            dash = self.dash_line(item, column)
            if self.depth(dash) == column:
                self.wanted[dash] = depth
            if item.end_column or is_block_text(item):
                self.value(item, column, depth)
                continue
            if dash == item.line and item.column - 1 - column != STEP:
                self.found.append((item.line, column + 1, item.column - 1 - column, "dash"))
                start = self.document.at(item.line, column + 1) + 1
                self.gaps.append(Edit(start, self.document.start(item), " "))
            elif dash != item.line:
                self.below_dash(dash, column, item)
            self.value(item, column, depth + STEP)

    def below_dash(self, dash: int, column: int, item: Node) -> None:
        """A record that starts on the line below its dash moves up to it, unless a comment stands between."""
        start, stop = self.document.at(dash, column + 2), self.document.start(item)
        if not self.document.text[start:stop].strip():
            self.found.append((dash, column + 1, 0, "dash"))
            self.gaps.append(Edit(start, stop, " "))
            self.gone.add(item.line)
        else:
            self.check(item, item.column - 1 - column, "indent")

    def dash_line(self, item: Node, column: int) -> int:
        number = item.line
        while number > 1 and self.document.line(number)[column: column + 1] != "-":
            number -= 1
        return number

    def lines_of(self, node: Node, column: int, depth: int) -> None:
        """The further lines of a text: they move along, and those under `|` start two spaces in."""
        shift = depth - column
        if self.depth(node.line) == node.column - 1:  # on a line of its own
            self.wanted[node.line] = max(node.column - 1 + shift, 0)
        if on_one_line(node):
            return
        if is_block_text(node):
            sign = self.document.line(node.line)[node.column:].partition("#")[0]
            if not re.search("[1-9]", sign):
                margin = _margin(self.document, node)
                if margin != column + STEP and margin:
                    self.found.append((node.line + 1, margin + 1, margin - column, "text"))
                shift = depth + STEP - margin
        for number in range(node.line + 1, node.end_line + 1):
            if self.document.line(number).strip():
                self.wanted[number] = max(self.depth(number) + shift, 0)

    def check(self, node: Node, found: int, words: str) -> None:
        if found != STEP:
            self.found.append((node.line, node.column, found, words))


def _indentation(document: Document) -> Iterator[Change]:
    indents = _Indents(document)
    indents.mapping(document.root, 0)
    moved = {number: depth for number, depth in indents.wanted.items()
             if number not in indents.gone and depth != indents.depth(number)}
    if document.root.column != 1:
        indents.found.insert(0, (document.root.line, document.root.column, document.root.column - 1, "root"))
    if not indents.found:
        return
    _move_comments(document, indents, moved)
    edits = [Edit(document.starts[number - 1], document.starts[number - 1] + indents.depth(number), " " * depth)
             for number, depth in sorted(moved.items())]
    for number, (line, column, found, words) in enumerate(sorted(set(indents.found))):
        yield Change("format-spacing", words, line, column, {"found": found, "wanted": STEP},
                     (*edits, *indents.gaps) if number == 0 else ())


def _move_comments(document: Document, indents: _Indents, moved: dict[int, int]) -> None:
    """A comment on a line of its own moves along with the field that it stands level with."""
    following: int | None = None
    for number in range(document.last_line, 0, -1):
        if number in indents.wanted:
            following = number
            continue
        line = document.line(number)
        if not line.lstrip().startswith("#"):
            continue
        depth = indents.depth(number)
        level = following if following is not None and indents.depth(following) == depth else None
        if level is None:
            level = next((above for above in range(number - 1, 0, -1)
                          if above in indents.wanted and indents.depth(above) <= depth), None)
        if level is not None and level in moved:
            moved[number] = max(depth + moved[level] - indents.depth(level), 0)
