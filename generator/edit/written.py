"""Every place in the content where an id is written, to the character: what `where` lists and `rename` changes.

Works on the files themselves and not on the dossier, so that a brief with an error hides no reference in it. What
counts as a reference is `generator.linking.links_in`'s to say.
"""

from __future__ import annotations

import re
import typing
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from generator.diagnostics import Diagnostic
from generator.dossier import SETTINGS
from generator.files.edits import line_starts
from generator.format.canonical import BOM, with_line_feeds
from generator.linking import Link, PathIn, links_in
from generator.models import FOLDERS, KINDS, Settings
from generator.models.base import Record
from generator.models.fields import Citation, CountingPoint, FromText, Party, Prose, Reference
from generator.read.content import PAGES_FOLDER
from generator.read.one_file import PAGE_TITLE
from generator.read.records import field_names, record_types
from generator.read.yaml_text import Entry, Node, clean_text, read_yaml
from generator.values import Value

PAGE = "page"
"""The kind of a file with a hand-written page; `SETTINGS` is that of dossier.yml."""


class ContentFile(Value, dict=True):
    """A file of the content folder, as text and as nodes.

    `text` is what the readers count places in: without a byte order mark, its lines ended by `\\n`. `node` is None for
    a page, and for YAML that cannot be read. `text` is None where the file is no UTF-8 text, or cannot be opened.
    """

    path: Path
    name: str
    """POSIX, relative to the content folder's parent, as problems name it."""
    kind: str
    raw: str
    text: str | None
    node: Node | None
    problem: str = ""
    """Why the file cannot be read, where it cannot."""
    flaw: str = ""
    """What is wrong with its YAML, so that something in it may be missing from the nodes."""

    @cached_property
    def starts(self) -> list[int]:
        return line_starts(self.text or "")

    @cached_property
    def _raw_starts(self) -> list[int]:
        return line_starts(self.raw)

    def offset(self, line: int, column: int) -> int:
        """The place in `text` of a line and a column, both counted from 1."""
        return self.starts[line - 1] + column - 1

    def line_and_column(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def in_raw(self, offset: int) -> int:
        """The place in `raw` of a place in `text`."""
        line, column = self.line_and_column(offset)
        return self._raw_starts[line - 1] + column - 1 + (line == 1 and self.raw.startswith(BOM))

    def end_of(self, node: Node) -> int:
        """Where a value that is plain, quoted or in brackets ends in `text`."""
        return self.offset(node.end_line, node.end_column)

    @cached_property
    def line_end(self) -> str:
        """How the file ends its lines."""
        match = re.search(r"\r\n?|\n", self.raw)
        return match[0] if match else "\n"


class WrittenRecord(Value):
    """A brief, or the dossier's own record, as nodes. `key` is the field that holds it in a file of sources."""

    origin: str
    kind: str
    file: ContentFile
    node: Node
    key: Entry | None = None

    @property
    def model(self) -> type[Record]:
        return KINDS.get(self.kind, Settings)

    @property
    def name(self) -> str:
        """The name as typed, or the id where there is none."""
        for field in ("name", "title"):
            entry = self.node.value.get(field) if isinstance(self.node.value, dict) else None
            if entry is not None and isinstance(entry.node.value, str) and entry.node.value.strip():
                return " ".join(entry.node.value.split())
        return self.origin

    @property
    def formerly(self) -> tuple[str, ...]:
        """The former ids as typed."""
        entry = self.node.value.get("formerly") if isinstance(self.node.value, dict) else None
        items = entry.node.value if entry is not None and isinstance(entry.node.value, list) else ()
        return tuple(item.value for item in items if isinstance(item.value, str))


class Written(Value):
    """One reference where it is written: its id stands from `start` to before `end` of the file's text."""

    file: ContentFile
    link: Link
    start: int
    end: int
    node: Node | None
    """The scalar that it stands in; None in a page."""

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the id."""
        return self.file.line_and_column(self.start)


# --- the folder ---------------------------------------------------------------------------


def read_files(folder: Path) -> list[ContentFile]:
    """Every file of the content folder that can hold references, in one order on every machine."""
    base = folder.resolve().name or "content"
    found = [(folder / SETTINGS, SETTINGS)]
    for kind, place in (*FOLDERS.items(), (PAGE, PAGES_FOLDER)):
        found += [(path, kind) for path in _files(folder / place, ".md" if kind == PAGE else ".yml")]
    return [_read_file(path, f"{base}/{path.relative_to(folder).as_posix()}", kind) for path, kind in found]


def _files(folder: Path, suffix: str) -> list[Path]:
    """The files of a folder; the folder itself where nobody may look into it."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == suffix and path.is_file()
                      and not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError:
        return [folder]


def _read_file(path: Path, name: str, kind: str) -> ContentFile:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A pipe would never end.
            raise OSError(0, "it is a device or a pipe")
        data = path.read_bytes()
    except OSError as error:
        return ContentFile(path, name, kind, "", None, None, f"{name} cannot be opened: {error.strerror}")
    node, problems = None, []
    if kind == PAGE:
        _, problems = clean_text(data, name)
    else:
        node, problems = read_yaml(data, name)
    try:
        raw = data.decode("utf-8")
    except UnicodeDecodeError:
        return ContentFile(path, name, kind, data.decode("utf-8", "replace"), None, None, problems[0].as_text())
    text = with_line_feeds(raw)
    if kind != PAGE and node is None:
        return ContentFile(path, name, kind, raw, text, None, _reason(name, problems))
    flaws = [problem.as_text() for problem in problems if problem.code != "empty-value"]
    return ContentFile(path, name, kind, raw, text, node, flaw=flaws[0] if flaws else "")


def _reason(name: str, problems: Sequence[Diagnostic]) -> str:
    return problems[0].as_text() if problems else f"{name} cannot be read"


def records(files: Sequence[ContentFile]) -> Iterator[WrittenRecord]:
    """Every record that can be read as YAML, whatever else is wrong with it."""
    for file in files:
        if file.node is None or not isinstance(file.node.value, dict):
            continue
        if file.kind == "source":
            for id, entry in file.node.value.items():
                if isinstance(entry.node.value, dict):
                    yield WrittenRecord(id, "source", file, entry.node, entry)
        else:
            yield WrittenRecord(SETTINGS if file.kind == SETTINGS else file.path.stem, file.kind, file, file.node)


# --- references ---------------------------------------------------------------------------


def references(files: Sequence[ContentFile], id: str | None = None) -> Iterator[Written]:
    """Every reference and citation, by file and then as they stand in it; only those to one id where it is given."""
    by_file: dict[str, list[WrittenRecord]] = {}
    for record in records(files):
        by_file.setdefault(record.file.name, []).append(record)
    for file in files:
        if file.kind == PAGE:
            yield from _in_page(file, id)
        for record in by_file.get(file.name, ()):
            yield from sorted(_in_record(record, id), key=lambda written: written.start)


def _in_page(file: ContentFile, id: str | None) -> Iterator[Written]:
    if file.text is None or (id is not None and id not in file.text):
        return
    # The title is plain text: nothing in it is a reference.
    title = PAGE_TITLE.match(file.text)
    body = title.end() if title else 0
    for link in links_in(f"pages/{file.path.stem}", (), Prose(file.text[body:])):
        assert link.token is not None
        if id in (None, link.target):
            at = body + link.token.at
            yield Written(file, link, at, at + len(link.target), None)


def _in_record(record: WrittenRecord, id: str | None) -> Iterator[Written]:
    for path, node, types in _values(record.model, record.node, ()):
        assert isinstance(node.value, str)
        if id is not None and id not in node.value:
            continue
        links = [link for link in _links(record.origin, path, node.value, types) if id in (None, link.target)]
        spans = scalar_spans(record.file, node) if links else []
        for link in links:
            at = link.token.at if link.token is not None else node.value.index(link.target)
            yield Written(record.file, link, spans[at][0], spans[at + len(link.target) - 1][1], node)


def _values(model: type[Record], node: Node, path: PathIn) -> Iterator[tuple[PathIn, Node, tuple[type, ...]]]:
    """The scalars that may hold references, with the types that their fields are written as."""
    if not isinstance(node.value, dict):
        return
    fields = field_names(model)
    for name, entry in node.value.items():
        info = fields.get(name)
        if info is None:
            continue
        inner, types = next(record_types(info.annotation), None), reference_types(info)
        items = ([((*path, name, index), item) for index, item in enumerate(entry.node.value)]
                 if isinstance(entry.node.value, list) else [((*path, name), entry.node)])
        for here, item in items:
            if inner is not None:
                yield from _values(inner, item, here)
            elif types and isinstance(item.value, str):
                yield here, item, types


def unknown_values(record: WrittenRecord) -> Iterator[tuple[str, Node]]:
    """The scalars that stand below a field which its record does not have, with the field."""
    yield from _unknown(record.model, record.node)


def _unknown(model: type[Record], node: Node) -> Iterator[tuple[str, Node]]:
    if not isinstance(node.value, dict):
        return
    fields = field_names(model)
    for name, entry in node.value.items():
        info = fields.get(name)
        if info is None:
            yield from ((name, scalar) for scalar in _scalars_below(entry.node))
            continue
        inner = next(record_types(info.annotation), None)
        if inner is not None:
            for item in entry.node.value if isinstance(entry.node.value, list) else [entry.node]:
                yield from _unknown(inner, item)


def _scalars_below(node: Node) -> Iterator[Node]:
    if isinstance(node.value, str):
        yield node
    for below in node.value if isinstance(node.value, list) else ():
        yield from _scalars_below(below)
    for entry in node.value.values() if isinstance(node.value, dict) else ():
        yield from _scalars_below(entry.node)


def reference_types(info: FieldInfo) -> tuple[type, ...]:
    """The types of a field's values that can refer to a brief."""
    return tuple(part for part in _parts(info.annotation)
                 if issubclass(part, (Prose, Reference, Citation, Party, CountingPoint)))


def _parts(annotation: Any) -> Iterator[type[FromText]]:
    if isinstance(annotation, type) and typing.get_origin(annotation) is None:
        if issubclass(annotation, FromText):
            yield annotation
        return
    for part in typing.get_args(annotation):
        yield from _parts(part)


def _links(origin: str, path: PathIn, text: str, types: tuple[type, ...]) -> list[Link]:
    for type_ in types:
        # Prose keeps its blank lines here, so that places in it are places in the scalar.
        try:
            value = Prose(text) if type_ is Prose else type_.parse(text)  # type: ignore[attr-defined]
        except PydanticCustomError:
            continue
        return list(links_in(origin, path, value))
    return []


# --- the characters of a scalar -----------------------------------------------------------

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\n[ \t]*|.)", re.DOTALL)
_SHORT = {"0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
          "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029", "\t": "\t", "\n": ""}


def scalar_spans(file: ContentFile, node: Node) -> list[tuple[int, int]]:
    """For each character of a scalar where it is written: from where to before where in the file's text.

    White space is folded and indented in so many ways that its own place is only near. Raises ValueError where the
    text and the value do not fit together.
    """
    assert file.text is not None and isinstance(node.value, str)
    at = file.offset(node.line, node.column)
    if node.style in ("|", ">"):
        at = file.text.index("\n", at) + 1
    elif node.style is not None:
        at += 1
    spans = []
    for char in node.value:
        if char.isspace():
            spans.append((at, at))
            continue
        shown, end = _unit(file.text, at, node.style)
        while not shown or shown.isspace():
            at = end
            shown, end = _unit(file.text, at, node.style)
        if shown != char:
            raise ValueError(f"{file.name}:{node.line}: the value cannot be followed to {char!r}")
        spans.append((at, end))
        at = end
    return spans


def _unit(text: str, at: int, style: str | None) -> tuple[str, int]:
    """The character that a scalar of a style shows for the text at a place, and where the next one starts."""
    if style == "'" and text.startswith("''", at):
        return "'", at + 2
    if style == '"' and (match := _ESCAPE.match(text, at)):
        body = match[0][1:]
        if body[0] in "xuU" and len(body) > 1:
            return chr(int(body[1:], 16)), match.end()
        return _SHORT.get(body[0], body[0]), match.end()
    if at >= len(text):
        raise ValueError("the text ends before the value does")
    return text[at], at + 1


@cache
def whole_word(id: str) -> re.Pattern[str]:
    """Finds an id that stands by itself, not as a part of a longer one."""
    return re.compile(rf"(?<![A-Za-z0-9-]){re.escape(id)}(?![A-Za-z0-9-])")
