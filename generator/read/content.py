"""The content folder: which files belong where, and all of them read.

`read_content` reads everything it can and says everything that is wrong; it knows nothing of links.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator.addresses import RESERVED_IDS, RESERVED_PAGES
from generator.diagnostics import Diagnostic, diagnostic, did_you_mean, did_you_mean_folder, move_or_rename, nearest
from generator.linking import Link, PathIn
from generator.models import FOLDERS, Brief, Settings
from generator.models.fields import is_id, suggest_id
from generator.read.one_file import (
    PAGE_KIND,
    RELEASES_KIND,
    SETTINGS_FILE,
    SETTINGS_KIND,
    FileRead,
    Prints,
    RecordRead,
    read_file,
)
from generator.read.origin import Origin, tree
from generator.read.yaml_text import Node
from generator.releases.file import RELEASES_FILE, Releases
from generator.values import Value

PAGES_FOLDER = "pages"
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


class HandPage(Value):
    """A hand-written page: `content/pages/<name>.md`, whose first line is `# Title`."""

    name: str
    title: str
    body: str
    """Everything after the title line."""
    origin: Origin
    links: tuple[Link, ...] | None = None
    """Whom it names; None where nobody has looked."""


class YamlFile(Value):
    """A file of a brief, of sources or of the dossier's own record, and its bytes.

    `kind` is that of its folder, or "settings". `sound` says that there is no error in the YAML itself, so that its
    text can be changed safely.
    """

    file: str
    path: Path
    kind: str
    data: bytes
    sound: bool

    @property
    def root(self) -> Node | None:
        """The nodes, read again; None where the YAML cannot be read."""
        return tree(self.data, self.file)[0]


class Content(Struct):
    """All that was read. `ids` knows every id that has a file, also where its brief could not be read."""

    folder: Path
    settings: Settings | None = None
    settings_origin: Origin | None = None
    briefs: list[Brief] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)
    links: dict[str, tuple[Link, ...]] = field(default_factory=dict)
    """Whom each record names, by the brief's id or `dossier.yml`, where that was looked for."""
    anchors: dict[str, Mapping[PathIn, str]] = field(default_factory=dict)
    """The anchors of the statements of each brief, where they were worked out."""
    prints: dict[str, Prints] = field(default_factory=dict)
    """The fingerprints of the facts of each record, where they were worked out."""
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


ReadFile = Callable[[str, str, bytes], FileRead]
"""How a file is read: from its kind, its name and its bytes."""


def read_content(folder: Path, read: ReadFile = read_file) -> tuple[Content, list[Diagnostic]]:
    """Read a content folder. Never raises for anything that content may hold.

    `read` may hand out what was read from the same bytes before, or elsewhere.
    """
    reader = _Reader(folder, read)
    reader.read()
    return reader.content, sorted(reader.problems)


def files_to_read(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Kind, name and path of every file that `read_content` may read, in its order."""
    base = folder.resolve().name or "content"
    for found in _files_below(folder):
        relative = found.path.relative_to(folder).as_posix()
        kind = "" if found.code else _kind_of(relative)
        if kind:
            yield kind, f"{base}/{relative}", found.path


_SUFFIXES = re.compile(r"(?:\.(?:ya?ml|txt|bak|md))+$", re.IGNORECASE)
_YAML_SUFFIX = re.compile(r"\.yaml$|\.ya?ml\.txt$|\.yml$", re.IGNORECASE)
_FILE_NAME = re.compile(r"\.(?:ya?ml|md|png|jpe?g|gif|webp)$", re.IGNORECASE)


class _Found(Value):
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


_KIND_OF_FOLDER = {path: kind for kind, path in FOLDERS.items()}


def _kind_of(relative: str) -> str:
    """The kind of a file that may be read, by its place; empty for every other."""
    parent, _, name = relative.rpartition("/")
    if relative in (SETTINGS_FILE, RELEASES_FILE):
        return SETTINGS_KIND if relative == SETTINGS_FILE else RELEASES_KIND
    if parent == PAGES_FOLDER:
        return PAGE_KIND if name.endswith(".md") else ""
    return _KIND_OF_FOLDER.get(parent, "") if name.endswith(".yml") else ""


class _Reader:
    def __init__(self, folder: Path, read: ReadFile) -> None:
        self.folder = folder
        self.read_bytes = read
        self.base = folder.resolve().name or "content"
        self.content = Content(folder)
        self.problems: list[Diagnostic] = []
        self.seen_ids: dict[str, tuple[str, str]] = {}

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
                self.content.hidden |= any(f"{place}/".startswith(f"{relative}/") for place in _KIND_OF_FOLDER)
            else:
                self.read_file(found.path, relative, file)

    def note_id(self, relative: str) -> None:
        """Note the id of a brief that cannot be read, so that nobody is told it does not exist."""
        parent, _, name = relative.rpartition("/")
        kind, id = _KIND_OF_FOLDER.get(parent), name.removesuffix(".yml")
        if kind not in (None, "source") and name.endswith(".yml") and is_id(id):
            self.content.ids.setdefault(id, kind)

    def note_misplaced(self, name: str) -> None:
        """Note the id that a file means to have whose name or place is wrong."""
        stem = _SUFFIXES.sub("", name)
        self.content.misplaced.update((stem, suggest_id(stem)))

    def file_read(self, path: Path, kind: str, file: str) -> tuple[FileRead | None, bytes]:
        """What a file says, and its bytes; None, and said, where these cannot be read."""
        try:
            data = path.read_bytes()
        except OSError as problem:
            self.say("unreadable", file, reason=_reason(problem))
            return None, b""
        found = self.read_bytes(kind, file, data)
        self.problems.extend(found.problems)
        if kind not in (PAGE_KIND, RELEASES_KIND):
            self.content.files.append(YamlFile(file, path, kind, data, found.sound))
        return found, data

    def read_file(self, path: Path, relative: str, file: str) -> None:
        parent, _, name = relative.rpartition("/")
        kind = _kind_of(relative)
        if kind == SETTINGS_KIND:
            self.read_settings(path, file)
        elif kind == RELEASES_KIND:
            found, _ = self.file_read(path, kind, file)
            self.content.releases = found.releases if found is not None else None
        elif kind == PAGE_KIND:
            self.read_page(path, name.removesuffix(".md"), file)
        elif kind:
            self.read_briefs(path, kind, name.removesuffix(".yml"), file)
        elif (parent == PAGES_FOLDER or parent.startswith(PAGES_FOLDER + "/")) and name.endswith(IMAGE_SUFFIXES):
            if os.access(path, os.R_OK):
                self.content.images[relative.removeprefix(PAGES_FOLDER + "/")] = path
            else:
                self.say("unreadable", file, reason="its permissions forbid it")
        elif parent not in _KIND_OF_FOLDER:
            self.note_misplaced(name)
            self.say("stray-file", file, reason="the content folder has no place for it",
                     hint=self.where_it_may_belong(parent, name))
        elif match := _YAML_SUFFIX.search(name):
            self.note_misplaced(name)
            self.say("yaml-suffix", file, suffix=match[0], name=name[:match.start()] + ".yml")
        else:
            self.note_misplaced(name)
            self.say("stray-file", file, reason="briefs are .yml files", hint=self.what_it_may_be(name))

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
        places = sorted(_KIND_OF_FOLDER)
        last = {place.rpartition("/")[2]: place for place in [*places, PAGES_FOLDER]}
        for step in reversed(parent.split("/")):
            if near := nearest(step, [*last, *_KIND_OF_FOLDER.values()], 1):
                return did_you_mean_folder(last.get(near[0], FOLDERS.get(near[0], near[0])))
        return f"Briefs stand in {', '.join(places)}; hand-written pages in {PAGES_FOLDER}"

    def read_settings(self, path: Path, file: str) -> None:
        found, data = self.file_read(path, SETTINGS_KIND, file)
        for read in found.records if found is not None else ():
            self.say_all(read, file)
            assert read.record is None or isinstance(read.record, Settings)
            self.content.settings = read.record
            self.content.settings_origin = _origin(read, file, data, "")
            self.content.links[SETTINGS_FILE], self.content.prints[SETTINGS_FILE] = read.links, read.prints

    def read_briefs(self, path: Path, kind: str, id: str, file: str) -> None:
        """Read the file of a brief, or one of sources, which may hold many."""
        if kind != "source" and not self.take_id(id, kind, file, 1, 1):
            return
        found, data = self.file_read(path, kind, file)
        if found is None:
            return
        self.content.misplaced.update(found.named)
        for read in found.records:
            if kind != "source" or self.take_id(read.id, kind, file, read.line, read.column):
                self.add(read, file, data, read.id if kind == "source" else "")

    def add(self, read: RecordRead, file: str, data: bytes, entry: str) -> None:
        """Add a brief, whose id is taken already."""
        self.say_all(read, file)
        if not read.is_mapping:
            return
        self.content.origins[read.id] = _origin(read, file, data, entry)
        if read.reads_like:
            self.content.misplaced.add(read.id)
            del self.content.ids[read.id]
        elif read.record is not None:
            assert isinstance(read.record, Brief)
            self.content.briefs.append(read.record)
            self.content.links[read.id], self.content.anchors[read.id] = read.links, read.anchors
            self.content.prints[read.id] = read.prints

    def say_all(self, read: RecordRead, file: str) -> None:
        """Say what is wrong with a record, and let what says that a field has no value say what is asked there."""
        self.problems.extend(read.problems)
        if read.questions:
            self.problems = [
                replace(problem, hint=read.questions[problem.line, problem.column])
                if problem.code == "empty-value" and problem.file == file
                and (problem.line, problem.column) in read.questions else problem for problem in self.problems]

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
        found, data = self.file_read(path, PAGE_KIND, file)
        if found is not None and found.page is not None:
            origin = Origin(file, data=data, is_yaml=False)
            self.content.pages.append(HandPage(name, found.page.title, found.page.body, origin, found.page.links))


def _origin(read: RecordRead, file: str, data: bytes, entry: str) -> Origin:
    return Origin(file, read.line, data, True, entry, read.places, read.fields, read.after_hash)
