"""The content folder: which files belong where, and all of them read.

`read_content` reads everything it can and says everything that is wrong; it knows nothing of links.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.addresses import RESERVED_IDS, RESERVED_PAGES
from generator.diagnostics import Diagnostic, diagnostic, did_you_mean, did_you_mean_folder, move_or_rename, nearest
from generator.models import FOLDERS, KINDS, Brief, Settings
from generator.models.fields import is_id, suggest_id
from generator.read.records import field_names, questions, read_record
from generator.read.yaml_text import Node, clean_text, read_yaml
from generator.releases.file import RELEASES_FILE, Releases, read_releases

SETTINGS_FILE = "dossier.yml"
SETTINGS_KIND = "settings"
PAGES_FOLDER = "pages"
PAGE_TITLE = re.compile(r"\s*#[ \t]+(.*?)[ \t#]*(?:\n|$)")
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


@dataclass(frozen=True)
class Origin:
    """Where a brief or a page came from: its file, its lines and, for YAML, its node."""

    file: str
    lines: tuple[str, ...]
    node: Node | None
    line: int = 1
    """The line at which the record starts."""

    def place(self, path: tuple[str | int, ...]) -> tuple[int, int]:
        """Line and column of the value at a path; of the record's start for the empty path."""
        if self.node is None or not path:
            return self.line, 1
        return self.node.find(path)

    def place_of_text(self, path: tuple[str | int, ...], needle: str, nth: int = 0) -> tuple[int, int]:
        """Line and column of the nth time a text stands in the value at a path."""
        needle = needle.partition("\n")[0]  # where it runs over several lines, its first one finds it
        if self.node is None:
            start, end, line, column = 0, len(self.lines), self.line, 1
        else:
            line, column = self.node.find(path)
            start, end = line - 1, self.node.at(path).end_line
        for index in range(start, min(end, len(self.lines))):
            text = self.lines[index]
            at = text.find(needle, column - 1 if index == line - 1 and self.node is not None else 0)
            while at >= 0:
                if nth == 0:
                    return index + 1, at + 1
                nth -= 1
                at = text.find(needle, at + len(needle))
        return line, column


@dataclass(frozen=True)
class HandPage:
    """A hand-written page: `content/pages/<name>.md`, whose first line is `# Title`."""

    name: str
    title: str
    body: str
    """Everything after the title line."""
    origin: Origin


@dataclass(frozen=True)
class YamlFile:
    """A file of a brief, of sources or of the dossier's own record: its bytes, and what was read from them.

    `kind` is that of its folder, or "settings". `root` is None where the YAML cannot be read;
    `sound` says that there is no error in the YAML itself, so that its text can be changed safely.
    """

    file: str
    path: Path
    kind: str
    data: bytes
    root: Node | None
    sound: bool


@dataclass
class Content:
    """All that was read. `ids` knows every id that has a file, also where its brief could not be read."""

    folder: Path
    settings: Settings | None = None
    settings_origin: Origin | None = None
    briefs: list[Brief] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    pages: list[HandPage] = field(default_factory=list)
    images: dict[str, Path] = field(default_factory=dict)
    """Images of the hand-written pages, by their path below `pages/`."""
    hidden: bool = False
    """Whether a folder for briefs cannot be looked into, so that nobody knows which briefs there are."""
    misplaced: set[str] = field(default_factory=set)
    """What ids files would have that do not count, or that cannot be read: nobody need hear that these do not exist."""
    releases: Releases | None = None
    files: list[YamlFile] = field(default_factory=list)
    """Every YAML file at its place whose bytes could be read, also where the YAML in it is broken."""


def read_content(folder: Path) -> tuple[Content, list[Diagnostic]]:
    """Read a content folder. Never raises for anything that content may hold."""
    reader = _Reader(folder)
    reader.read()
    return reader.content, sorted(reader.problems)


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


_SUFFIXES = re.compile(r"(?:\.(?:ya?ml|txt|bak|md))+$", re.IGNORECASE)
_YAML_SUFFIX = re.compile(r"\.yaml$|\.ya?ml\.txt$|\.yml$", re.IGNORECASE)
_SOURCE_ID = re.compile(r"(?:- )?([a-z0-9][a-z0-9-]*)\s*:?\s*(?:#.*)?$")
_FILE_NAME = re.compile(r"\.(?:ya?ml|md|png|jpe?g|gif|webp)$", re.IGNORECASE)


@dataclass(frozen=True)
class _Found:
    """Something in the content folder: a file, or what stands where a file should and cannot be read."""

    path: Path
    code: str = ""
    reason: str = ""


def _files_below(folder: Path, above: tuple[str, ...] = ()) -> Iterator[_Found]:
    """Everything below a folder in one order on every machine; hidden files are nobody's content."""
    try:
        real = os.path.realpath(folder)
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as problem:
        yield _Found(folder, "unreadable", _reason(problem))
        return
    if real in above:
        yield _Found(folder, "unreadable", "it leads back to a folder above it")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_dir():
            if _FILE_NAME.search(entry.name) or entry.name == RELEASES_FILE:
                yield _Found(path, "not-a-file", "a folder")
            else:
                yield from _files_below(path, (*above, real))
        elif entry.is_file():
            yield _Found(path)
        elif entry.is_symlink():
            yield _Found(path, "unreadable", "it leads to nothing")
        else:
            yield _Found(path, "not-a-file", "a device or a pipe")


def _reason(problem: OSError) -> str:
    """Why something cannot be read, in words for editors."""
    if isinstance(problem, PermissionError):
        return "its permissions forbid it"
    if isinstance(problem, FileNotFoundError):
        return "it is gone"
    return problem.strerror or type(problem).__name__


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = folder.resolve().name or "content"
        self.content = Content(folder)
        self.problems: list[Diagnostic] = []
        self.seen_ids: dict[str, tuple[str, str]] = {}
        self.kind_of_folder = {path: kind for kind, path in FOLDERS.items()}

    def say(self, code: str, file: str, line: int = 1, column: int = 1, **facts: object) -> None:
        hint = facts.pop("hint", None)
        self.problems.append(diagnostic(code, file, line, column, hint=hint, **facts))  # type: ignore[arg-type]

    def read(self) -> None:
        if not os.path.lexists(self.folder / SETTINGS_FILE):
            self.say("no-content", f"{self.base}/{SETTINGS_FILE}", folder=self.base)
            if not self.folder.is_dir():
                return
        for found in _files_below(self.folder):
            relative = found.path.relative_to(self.folder).as_posix()
            file = self.base if relative == "." else f"{self.base}/{relative}"
            if found.code:
                self.say(found.code, file, reason=found.reason)
                self.note_id(relative)
                self.content.hidden |= any(f"{place}/".startswith(f"{relative}/") for place in self.kind_of_folder)
            else:
                self.read_file(found.path, relative, file)

    def note_id(self, relative: str) -> None:
        """Note the id of a brief that cannot be read, so that nobody is told it does not exist."""
        parent, _, name = relative.rpartition("/")
        kind, id = self.kind_of_folder.get(parent), name.removesuffix(".yml")
        if kind not in (None, "source") and name.endswith(".yml") and is_id(id):
            self.content.ids.setdefault(id, kind)

    def note_misplaced(self, name: str) -> None:
        """Note the id that a file means to have whose name or place is wrong."""
        stem = _SUFFIXES.sub("", name)
        self.content.misplaced.update((stem, suggest_id(stem)))

    def bytes(self, path: Path, file: str) -> bytes | None:
        """A file's bytes; None, and said, where they cannot be read."""
        try:
            return path.read_bytes()
        except OSError as problem:
            self.say("unreadable", file, reason=_reason(problem))
            return None

    def read_file(self, path: Path, relative: str, file: str) -> None:
        parent, _, name = relative.rpartition("/")
        if relative == SETTINGS_FILE:
            self.read_settings(path, file)
        elif relative == RELEASES_FILE:
            self.read_releases(path, file)
        elif parent == PAGES_FOLDER and name.endswith(".md"):
            self.read_page(path, name.removesuffix(".md"), file)
        elif (parent == PAGES_FOLDER or parent.startswith(PAGES_FOLDER + "/")) and name.endswith(IMAGE_SUFFIXES):
            if os.access(path, os.R_OK):
                self.content.images[relative.removeprefix(PAGES_FOLDER + "/")] = path
            else:
                self.say("unreadable", file, reason="its permissions forbid it")
        elif parent not in self.kind_of_folder:
            self.note_misplaced(name)
            self.say("stray-file", file, reason="the content folder has no place for it",
                     hint=self.where_it_may_belong(parent, name))
        elif not name.endswith(".yml") and (match := _YAML_SUFFIX.search(name)):
            self.note_misplaced(name)
            self.say("yaml-suffix", file, suffix=match[0], name=name[:match.start()] + ".yml")
        elif not name.endswith(".yml"):
            self.note_misplaced(name)
            self.say("stray-file", file, reason="briefs are .yml files", hint=self.what_it_may_be(name))
        elif self.kind_of_folder[parent] == "source":
            self.read_sources(path, file)
        else:
            self.read_brief(path, self.kind_of_folder[parent], name.removesuffix(".yml"), file)

    def what_it_may_be(self, name: str) -> str:
        """A hint for a file that is none of a brief by its name."""
        stem, dot, suffix = name.rpartition(".")
        if is_id(stem if dot else name) and (not dot or suffix.lower() == "txt"):
            return move_or_rename(f"{stem or name}.yml")
        return "Move it out of the content folder"

    def where_it_may_belong(self, parent: str, name: str) -> str:
        """A hint for a file in no known folder: the folder with the nearest name, or all there are."""
        if not parent and name.endswith((".yml", ".yaml")) and nearest(name, [SETTINGS_FILE], 1):
            return did_you_mean(name, [SETTINGS_FILE]) or ""
        places = sorted(self.kind_of_folder)
        last = {place.rpartition("/")[2]: place for place in [*places, PAGES_FOLDER]}
        for step in reversed(parent.split("/")):
            if near := nearest(step, [*last, *self.kind_of_folder.values()], 1):
                return did_you_mean_folder(last.get(near[0], FOLDERS.get(near[0], near[0])))
        return f"Briefs stand in {', '.join(places)}; hand-written pages in {PAGES_FOLDER}"

    def yaml(self, path: Path, file: str, kind: str) -> tuple[Node | None, tuple[str, ...]]:
        data = self.bytes(path, file)
        if data is None:
            return None, ()
        node, problems = read_yaml(data, file)
        self.problems.extend(problems)
        self.content.files.append(YamlFile(file, path, kind, data, node, node is not None and not problems))
        return node, tuple(data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def read_settings(self, path: Path, file: str) -> None:
        node, lines = self.yaml(path, file, SETTINGS_KIND)
        if node is not None:
            settings, problems = read_record(Settings, node, file)
            self.problems.extend(problems)
            self.ask(file, questions(Settings, node))
            self.content.settings, self.content.settings_origin = settings, Origin(file, lines, node)

    def read_releases(self, path: Path, file: str) -> None:
        data = self.bytes(path, file)
        if data is not None:
            self.content.releases, problems = read_releases(data, file)
            self.problems.extend(problems)

    def read_brief(self, path: Path, kind: str, id: str, file: str) -> None:
        if not self.take_id(id, kind, file, 1, 1):
            return
        node, lines = self.yaml(path, file, kind)
        if node is None:
            return
        self.check_given_id(node, id, file)
        self.add(kind, id, node, Origin(file, lines, node))

    def read_sources(self, path: Path, file: str) -> None:
        node, lines = self.yaml(path, file, "source")
        if node is None or not isinstance(node.value, dict):
            self.content.misplaced.update(match[1] for line in lines if (match := _SOURCE_ID.match(line)))
            return
        for id, entry in node.value.items():
            if not self.take_id(id, "source", file, entry.line, entry.column):
                continue
            if not isinstance(entry.node.value, dict):
                self.say("wrong-type", file, entry.node.line, entry.node.column, what=f'"{id}"', expected="a record",
                         found="a list" if isinstance(entry.node.value, list) else "text",
                         example="publisher: The Ledger")
                continue
            self.check_given_id(entry.node, id, file)
            self.add("source", id, entry.node, Origin(file, lines, entry.node, entry.line))

    def check_given_id(self, node: Node, id: str, file: str) -> None:
        given = node.value.get("id") if isinstance(node.value, dict) else None
        if given is not None and isinstance(given.node.value, str) and given.node.value != id:
            self.say("id-mismatch", file, given.node.line, given.node.column, id=given.node.value, name=id)

    def add(self, kind: str, id: str, node: Node, origin: Origin) -> None:
        brief, problems = read_record(KINDS[kind], node, origin.file, {"id": id})
        if problems and (other := _other_kind(kind, node)):
            self.say("stray-file", origin.file, reason=f"it reads like {KINDS[other].label}",
                     hint=f"Move it to {self.base}/{FOLDERS[other]}/")
            self.content.origins[id] = origin
            self.content.misplaced.add(id)
            del self.content.ids[id]
            return
        self.problems.extend(problems)
        self.ask(origin.file, questions(KINDS[kind], node))
        self.content.origins[id] = origin
        if brief is not None:
            self.content.briefs.append(brief)

    def ask(self, file: str, questions: dict[tuple[int, int], str]) -> None:
        """Let what says that a field has no value say what is asked there."""
        if questions:
            self.problems = [
                replace(problem, hint=questions[problem.line, problem.column])
                if problem.code == "empty-value" and problem.file == file
                and (problem.line, problem.column) in questions else problem for problem in self.problems]

    def take_id(self, id: str, kind: str, file: str, line: int, column: int) -> bool:
        """Note an id and say what is wrong with it; False where the brief cannot be kept under it."""
        other = self.seen_ids.get(id.lower())
        if other is not None:
            if other[0] == id:
                self.say("duplicate-id", file, line, column, id=id, other=other[1])
            else:
                self.say("case-clash", file, line, column, id=id, other=other[1])
            return False
        self.seen_ids[id.lower()] = (id, file)
        if not is_id(id):
            self.say("bad-id", file, line, column, id=id, instead=suggest_id(id))
            self.note_misplaced(id)
            return False
        if id in RESERVED_IDS:
            self.say("reserved-id", file, line, column, id=id)
            return False
        self.content.ids[id] = kind
        return True

    def read_page(self, path: Path, name: str, file: str) -> None:
        if not is_id(name):
            self.say("bad-id", file, id=name, instead=suggest_id(name))
            return
        if name in RESERVED_PAGES:
            self.say("address-clash", file, address=f"/{name}/", other="a page of the site")
            return
        data = self.bytes(path, file)
        if data is None:
            return
        text, problems = clean_text(data, file)
        self.problems.extend(problems)
        if text is None:
            return
        title = PAGE_TITLE.match(text)
        if title is None or not title[1]:
            self.say("page-title", file)
            return
        start = text[: title.end()].count("\n")
        body = "\n" * start + text[title.end():]
        lines = tuple(text.split("\n"))
        self.content.pages.append(HandPage(name, title[1], body, Origin(file, lines, None)))
