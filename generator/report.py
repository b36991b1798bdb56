"""Problems as an editor, GitHub or a program reads them.

Text shows the first place of each cause with its line and a caret, and lists the others; GitHub's annotations
name every place, each cause's first place before the rest, because only the first few are shown; JSON is the
plain list.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.diagnostics import CODES, ERROR, Diagnostic
from generator.read.yaml_text import without_bad_characters
from generator.values import as_plain

WIDTH = 100
"""So many columns of a line are shown at most, around the place."""

OF_THE_FILE = frozenset(("address-clash", "bad-id", "case-clash", "duplicate-id", "no-content", "not-a-file",
                         "reserved-id", "stray-file", "unreadable", "yaml-suffix"))
"""Problems of a file's name or place: none of its lines would say more."""

MOST_PLACES = 20
"""So many further places of one cause are listed at most."""


class Sources:
    """The lines of content files, read when they are first asked for. Files are named as in problems."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.prefix = f"{folder.resolve().name or 'content'}/"
        self._lines: dict[str, list[str]] = {}

    def line(self, file: str, number: int) -> str | None:
        """A line of a file as it can be shown, tabs and all; None where there is none."""
        if file not in self._lines:
            self._lines[file] = self._read(file)
        lines = self._lines[file]
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _read(self, file: str) -> list[str]:
        path = self.folder / file.removeprefix(self.prefix)
        try:
            data = path.read_bytes() if path.is_file() else b""  # reading from a pipe would wait for ever
        except (OSError, ValueError):
            return []
        text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        return without_bad_characters(text).split("\n")


def by_cause(problems: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """Problems that one cause explains, together: in the order in which each cause shows up first."""
    groups: dict[object, list[Diagnostic]] = {}
    for number, problem in enumerate(problems):
        groups.setdefault(_cause(problem) or number, []).append(problem)
    return list(groups.values())


def _cause(problem: Diagnostic) -> tuple[str, ...] | None:
    """What the same words in several places stand for: one cause everywhere, one a file, or (None) one each."""
    scope = CODES[problem.code].cause
    if scope == "dossier":
        return problem.code, problem.message
    return (problem.code, problem.message, problem.file) if scope == "file" else None


# --- text ------------------------------------------------------------------------------------


def as_text(problems: Sequence[Diagnostic], sources: Sources) -> Iterator[str]:
    """For an editor: each cause with the line it stands on, and where else it shows."""
    for group in by_cause(problems):
        yield from cause_as_text(group, sources)


def cause_as_text(group: Sequence[Diagnostic], sources: Sources, width: int = WIDTH) -> Iterator[str]:
    """One cause's problems: the first with its line, of which at most `width` columns are shown, then the others' places."""
    first = group[0]
    yield first.as_text()
    line = sources.line(first.file, first.line)
    if line is not None and line.strip() and first.code not in OF_THE_FILE:
        yield from _excerpt(line, first.line, first.column, width)
    yield from _also(group)


def _also(group: Sequence[Diagnostic]) -> Iterator[str]:
    """The other places of a cause, a line for each file."""
    others = group[1:]
    if not others:
        return
    places: dict[str, list[str]] = {}
    for problem in others[:MOST_PLACES]:
        places.setdefault(problem.file, []).append(f"{problem.line}:{problem.column}")
    yield f"  the same in {_count(len(others), 'other place')}:"
    for file, found in places.items():
        yield f"    {file}:{', '.join(found)}"
    if len(others) > MOST_PLACES:
        yield f"    and {len(others) - MOST_PLACES} more"


def _excerpt(line: str, number: int, column: int, width: int) -> Iterator[str]:
    """A line with a caret below the place, as plain ASCII around the editor's own text."""
    shown, mark = excerpt(line, column, width)
    gutter = f"{number:>5} | "
    yield gutter + shown
    yield f"{' ' * (len(gutter) - 2)}| {mark}"


def excerpt(line: str, column: int, width: int = WIDTH) -> tuple[str, str]:
    """A line, cut around a column that counts from 1, and the line with the mark that goes below it.

    Tabs stay tabs in both, so that the caret is right however wide they are; wide characters take two
    columns, combining ones none. Where letters run from right to left the place of one of them depends
    on who shows it, so the mark is drawn below the whole run.
    """
    first, last = _marked(line, min(column - 1, len(line)))
    start, stop = _window(line, first, width)
    before, after = "..." if start else "", "..." if stop < len(line) else ""
    lead = "".join("\t" if char == "\t" else " " * _width(char) for char in line[start:first])
    mark = "^" * max(sum(_width(char) for char in line[first:min(last, stop)]), 1)
    return before + line[start:stop].rstrip() + after, " " * len(before) + lead + mark


def _marked(line: str, at: int) -> tuple[int, int]:
    """From where to where the mark goes: one character, or the run from right to left that it stands in."""
    if at < len(line) and line[at] not in "\t":
        start = at
        while start > 0 and unicodedata.bidirectional(line[start - 1]) != "L":
            start -= 1
        stop = at
        while stop < len(line) and unicodedata.bidirectional(line[stop]) != "L":
            stop += 1
        turned = [number for number in range(start, stop) if unicodedata.bidirectional(line[number]) in ("R", "AL")]
        ends = [number for number in range(start, stop)
                if unicodedata.bidirectional(line[number]) in ("R", "AL", "EN", "AN", "NSM")]
        if turned and turned[0] <= at <= ends[-1]:
            return turned[0], ends[-1] + 1
    return at, at + 1


def _window(line: str, first: int, width: int) -> tuple[int, int]:
    """Which part of a line is shown: all of it, or `width` columns around the place."""
    if sum(map(_width, line)) <= width:
        return 0, len(line)
    start, room = first, width // 3
    while start > 0 and room >= _width(line[start - 1]):
        start -= 1
        room -= _width(line[start])
    while 0 < start < len(line) and not _width(line[start]):
        start -= 1  # a combining character goes with the one before it
    stop, room = start, width
    while stop < len(line) and room >= _width(line[stop]):
        room -= _width(line[stop])
        stop += 1
    return start, stop


def _width(char: str) -> int:
    """How many columns a character takes."""
    if " " <= char <= "~":
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


# --- GitHub ----------------------------------------------------------------------------------


def as_annotations(problems: Sequence[Diagnostic]) -> Iterator[str]:
    """Workflow commands that mark the lines in a pull request: one place of each cause first, then the others.

    GitHub shows ten errors and ten warnings of a step and drops the rest.
    """
    groups = by_cause(problems)
    for problem in [group[0] for group in groups] + [problem for group in groups for problem in group[1:]]:
        yield _annotation(problem)


def _annotation(problem: Diagnostic) -> str:
    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    words = problem.message if problem.hint is None else f"{problem.message}. {problem.hint}"
    return (f"::{problem.severity} file={value(problem.file)},line={problem.line},col={problem.column},"
            f"title={value(problem.code)}::{data(words)}")


# --- JSON, and the count ---------------------------------------------------------------------


def as_json(problems: Sequence[Diagnostic]) -> str:
    """Every problem as an object, in a list."""
    return json.dumps([as_plain(problem) for problem in problems], ensure_ascii=False, indent=2)


def summary(problems: Sequence[Diagnostic]) -> str:
    """How many errors and warnings there are, and where that is fewer, of how many causes."""
    return ", ".join(_of_causes([problem for problem in problems if (problem.severity == ERROR) == is_error], word)
                     for word, is_error in (("error", True), ("warning", False)))


def _of_causes(problems: Sequence[Diagnostic], word: str) -> str:
    causes = len(by_cause(problems))
    words = _count(len(problems), word)
    return words if causes == len(problems) else f"{words} of {_count(causes, 'cause')}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
