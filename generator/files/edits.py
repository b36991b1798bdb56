"""Edits: pieces of a file's text replaced by their place, and how a change looks before it is made."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from generator.values import Value


class Edit(Value, order=True):
    """Replace the characters from `start` to before `end` by `text`; offsets count characters from 0."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made. Raises ValueError where two of them overlap."""
    parts, at = [], 0
    for edit in sorted(set(edits)):
        if edit.start < at:
            raise ValueError(f"two edits overlap at character {edit.start}")
        parts += [text[at:edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


_LINE_END = re.compile(r"\r\n?|\n")


def line_starts(text: str) -> list[int]:
    """The offset at which each line starts: the place of line n, column c is `starts[n - 1] + c - 1`."""
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


def preview(file: str, before: str, after: str) -> str:
    """What a change does to a file, as a unified diff; empty where nothing changes."""
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
                   for line in difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True),
                                                    file, file))
