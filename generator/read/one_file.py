"""What is read from one file: a plain value that depends on the file's name, its kind and its bytes alone.

Such values can be kept and handed in again for the same bytes, and be made by another process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import field
from msgspec.structs import replace

from generator.anchors import statement_anchors
from generator.diagnostics import Diagnostic, diagnostic
from generator.linking import Link, PathIn, links_in, may_name
from generator.models import FOLDERS, KINDS, Brief, Settings
from generator.models.base import NONE_TYPED, Record, is_record, walk
from generator.models.fields import Line, Prose, is_id
from generator.read.origin import Places, lines_of, tree
from generator.read.records import field_names, questions, read_record
from generator.read.yaml_text import Entry, Node, clean_text
from generator.releases.file import Releases, read_releases
from generator.values import Value

SETTINGS_FILE = "dossier.yml"
SETTINGS_KIND, PAGE_KIND, RELEASES_KIND = "settings", "page", "releases"
"""The kinds of files that hold no briefs; every other file's kind is that of its briefs."""

PAGE_TITLE = re.compile(r"\s*#[ \t]+(.*?)[ \t#]*(?:\n|$)")


class Prints(Value):
    """The fingerprints of a record's facts, where somebody worked them out (`generator.facts.with_prints`)."""

    parts: Mapping[PathIn, str] = field(default_factory=dict)
    """Of each statement with an anchor, by its path, and at () of all the rest at once."""
    whole: str = ""
    """Of all of them, by their anchors."""
    exact: str = ""
    """One for which the order of lists counts too."""


NO_PRINTS = Prints()


class RecordRead(Value):
    """A record of a file: a brief, or the dossier's own. `record` is None where it could not be read."""

    id: str
    line: int = 1
    column: int = 1
    record: Brief | Settings | None = None
    is_mapping: bool = True
    reads_like: str = ""
    """The kind that it must be of instead, where its file's folder is plainly a slip."""
    problems: tuple[Diagnostic, ...] = ()
    questions: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What is asked where the file's problems say that a field has no value, by the place."""
    links: tuple[Link, ...] = ()
    anchors: Mapping[PathIn, str] = field(default_factory=dict)
    places: Places = field(default_factory=dict)
    fields: Mapping[str, int] = field(default_factory=dict)
    after_hash: tuple[tuple[PathIn, str], ...] = ()
    prints: Prints = NO_PRINTS


class PageRead(Value):
    """A hand-written page: its title, everything after the title line, and whom it names."""

    title: str
    body: str
    links: tuple[Link, ...]


class FileRead(Value):
    """All that one file says. `problems` are those of the file as a whole, before its records are looked at."""

    kind: str
    problems: tuple[Diagnostic, ...] = ()
    records: tuple[RecordRead, ...] = ()
    readable: bool = True
    """Whether there is anything to read: YAML that could be taken apart, text, a whole file of releases."""
    sound: bool = True
    """Whether nothing is wrong with the YAML itself, so that its text can be changed safely."""
    named: tuple[str, ...] = ()
    """The ids that a file of many records seems to hold, where it cannot be read."""
    page: PageRead | None = None
    releases: Releases | None = None


def read_file(kind: str, file: str, data: bytes) -> FileRead:
    """What a file of a kind says. `file` is its name as problems give it: `content/actors/calder.yml`."""
    if kind == PAGE_KIND:
        return _read_page(file, data)
    if kind == RELEASES_KIND:
        releases, problems = read_releases(data, file)
        return FileRead(kind, tuple(problems), readable=releases is not None, releases=releases)
    root, found = tree(data, file)
    sound = root is not None and not found
    if root is None or not isinstance(root.value, dict):
        return FileRead(kind, found, readable=False, sound=sound, named=_names(data) if kind == "source" else ())
    written = _Written(file, data, found)
    if kind == SETTINGS_KIND:
        records = [_read_one(kind, SETTINGS_FILE, root, written)]
    elif kind == "source":
        records = [_read_entry(id, entry, written) for id, entry in root.value.items()]
    else:
        records = [_read_one(kind, file.rpartition("/")[2].removesuffix(".yml"), root, written)]
    return FileRead(kind, found, tuple(records), sound=sound)


class _Written:
    """A YAML file as it was written, and what was wrong with it before anybody looked at its records."""

    def __init__(self, file: str, data: bytes, found: tuple[Diagnostic, ...]) -> None:
        self.file = file
        self.blank = {(problem.line, problem.column) for problem in found if problem.code == "empty-value"}
        self.lines = lines_of(data) if b"#" in data else ()


def _read_entry(id: str, entry: Entry, written: _Written) -> RecordRead:
    """One of many records of a file."""
    file = written.file
    if isinstance(entry.node.value, dict):
        return _read_one("source", id, entry.node, written, entry.line, entry.column)
    problem = diagnostic("wrong-type", file, entry.node.line, entry.node.column, what=f'"{id}"', expected="a record",
                         found="a list" if isinstance(entry.node.value, list) else "text",
                         example="publisher: The Ledger")
    return RecordRead(id, entry.line, entry.column, is_mapping=False, problems=(problem,))


def _read_one(kind: str, id: str, node: Node, written: _Written, line: int = 1, column: int = 1) -> RecordRead:
    file = written.file
    model, given, problems = (Settings, None, []) if kind == SETTINGS_KIND else (
        KINDS[kind], {"id": id}, list(_other_id(node, id, file)))
    if given and not is_id(id):
        return RecordRead(id, line, column)
    record, own = read_record(model, node, file, given)
    if own and given and (other := _other_kind(kind, node)):
        base = file.partition("/")[0]
        problems.append(diagnostic("stray-file", file, 1, 1, reason=f"it reads like {KINDS[other].label}",
                                   hint=f"Move it to {base}/{FOLDERS[other]}/"))
        return RecordRead(id, line, column, None, True, other, tuple(problems), fields=_fields(node))
    asked = {place: words for place, words in questions(model, node).items()
             if place in written.blank} if written.blank else {}
    read = RecordRead(id, line, column, record, True, "", (*problems, *own), asked, fields=_fields(node))
    if record is None:
        return read
    anchors = statement_anchors(record) if isinstance(record, Brief) else {}
    links, places, after_hash = _seen_inside(id, record, node, written.lines)
    return replace(read, links=links, anchors=anchors, places=places, after_hash=after_hash)


def _other_id(node: Node, id: str, file: str) -> Iterator[Diagnostic]:
    """What is wrong with an id that a record states itself."""
    given = node.value.get("id") if isinstance(node.value, dict) else None
    if given is not None and isinstance(given.node.value, str) and given.node.value != id:
        yield diagnostic("id-mismatch", file, given.node.line, given.node.column, id=given.node.value, name=id)


def _seen_inside(
    id: str, record: Record, node: Node, lines: Sequence[str]
) -> tuple[tuple[Link, ...], Places, tuple[tuple[PathIn, str], ...]]:
    """Whom a record names, where the records inside it stand, and what goes on after a ` #`, if there are lines."""
    links: list[Link] = []
    places: dict[PathIn, tuple[int, int]] = {}
    after_hash: list[tuple[PathIn, str]] = []
    _forget_typed(record)
    for path, value in walk(record):
        if is_record(type(value)):
            places[path] = node.find(path)
            _forget_typed(value)  # type: ignore[arg-type]
            continue
        if may_name(type(value)):
            links.extend(links_in(id, path, value))
        if lines and isinstance(value, (Line, Prose)):
            text = node.at(path)
            rest = lines[text.end_line - 1][text.end_column - 1:] if text.end_column else ""
            if text.style is None and value and _AFTER_HASH.match(rest):
                after_hash.append((path, rest.strip()))
    return tuple(links), places, tuple(after_hash)


_AFTER_HASH = re.compile(r" #|\s+#[^\s#]")


def _forget_typed(record: Record) -> None:
    """Let go of the names of the fields that were typed, which nobody asks for: they weigh as much as the values."""
    object.__setattr__(record, "__pydantic_fields_set__", NONE_TYPED)


def _fields(node: Node) -> dict[str, int]:
    return {name: entry.line for name, entry in node.value.items()} if isinstance(node.value, dict) else {}


def _other_kind(kind: str, node: Node) -> str:
    """The kind of which a brief in the wrong folder is: all of its fields belong there, and several not here."""
    if kind == "source" or not isinstance(node.value, dict):
        return ""
    names = node.value.keys() - {"id"}
    if len(names - field_names(KINDS[kind]).keys()) < 2:
        return ""
    likely = [other for other in FOLDERS if other != "source" and names <= field_names(KINDS[other]).keys()
              and all(name in names for name, info in field_names(KINDS[other]).items()
                      if info.is_required() and name != "id")]
    return likely[0] if len(likely) == 1 else ""


_SOURCE_ID = re.compile(r"(?:- )?([a-z0-9][a-z0-9-]*)\s*:?\s*(?:#.*)?$")


def _names(data: bytes) -> tuple[str, ...]:
    """What looks like the ids of a file's records."""
    lines = re.split(r"\r\n|\r|\n", data.decode("utf-8-sig", "replace"))
    return tuple(match[1] for line in lines if (match := _SOURCE_ID.match(line)))


def _read_page(file: str, data: bytes) -> FileRead:
    text, problems = clean_text(data, file)
    if text is None:
        return FileRead(PAGE_KIND, tuple(problems), readable=False)
    title = PAGE_TITLE.match(text)
    if title is None or not title[1]:
        return FileRead(PAGE_KIND, (*problems, diagnostic("page-title", file, 1, 1)), readable=False)
    body = "\n" * text[: title.end()].count("\n") + text[title.end():]
    name = file.rpartition("/")[2].removesuffix(".md")
    return FileRead(PAGE_KIND, tuple(problems),
                    page=PageRead(title[1], body, tuple(links_in(f"pages/{name}", (), Prose(body)))))


def record_problems(root: Node, kind: str) -> list[str]:
    """What is wrong with the records of one file, in words without places."""
    assert isinstance(root.value, dict)
    if kind == SETTINGS_KIND:
        found = read_record(Settings, root, "")[1]
    else:
        nodes = [(id, entry.node) for id, entry in root.value.items()] if kind == "source" else [("x", root)]
        found = [problem for id, node in nodes if isinstance(node.value, dict)
                 for problem in read_record(KINDS[kind], node, "", {"id": id})[1]]
    return [f"{problem.code} {problem.message}" for problem in found]
