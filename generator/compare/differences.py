"""From two dossiers to the tree of what differs between them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from generator.compare.changes import (
    ADDED,
    CHANGED,
    REMOVED,
    BriefChange,
    Changes,
    FieldChange,
    FileChange,
    PageChange,
    PathIn,
    Place,
    RecordChange,
    Snapshot,
    Unreadable,
)
from generator.compare.matching import match_briefs, match_records
from generator.compare.sameness import Sameness, fields_of, is_empty
from generator.diagnostics import ERROR
from generator.dossier import SETTINGS, Dossier
from generator.load import STAND_IN, load_dossier
from generator.models import Brief
from generator.models.base import Record, Statement
from generator.read.content import Content, HandPage, read_content
from generator.read.origin import Origin
from generator.read.records import record_types
from generator.releases.file import RELEASES_FILE

_NOWHERE = Path("/nonexistent")

def snapshot(folder: Path | None, name: str = "content") -> Snapshot:
    """A content folder as far as it can be read. None, or a folder that is not there, holds nothing."""
    if folder is None or not folder.is_dir():
        return Snapshot(Dossier(Content(_NOWHERE / name), STAND_IN), False, (), {})
    dossier, problems = load_dossier(folder)
    # Briefs are compared also where the dossier's own record cannot be read.
    readable = dossier or Dossier(read_content(folder)[0], STAND_IN)
    return Snapshot(readable, dossier is not None, tuple(problems), _files(folder))


def _files(folder: Path) -> dict[str, bytes]:
    """Every file but hidden ones, by its path; what cannot be opened counts as empty."""
    found = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if any(part.startswith(".") for part in relative.parts) or not path.is_file():
            continue
        try:
            found[relative.as_posix()] = path.read_bytes()
        except OSError:
            found[relative.as_posix()] = b""
    return found


def compare(before: Snapshot, after: Snapshot, placed: bool = True) -> Changes:
    """Everything that differs between two dossiers, whatever problems they have. Where nobody asks at which line, what is
    not `placed` is at the start of its brief: to find a line, files are read again."""
    # Where one side does not say at which day it stands, it is seen from the other's.
    if before.settled and not after.settled:
        after = replace(after, dossier=after.dossier.at(before.dossier.as_of))
    elif after.settled and not before.settled:
        before = replace(before, dossier=before.dossier.at(after.dossier.as_of))
    return _Comparison(before, after, placed).changes()


class _Comparison:
    def __init__(self, before: Snapshot, after: Snapshot, placed: bool) -> None:
        self.before, self.after, self.placed = before, after, placed
        self.old, self.new = before.dossier, after.dossier
        self.broken = (_broken_files(before), _broken_files(after))
        self.unreadable: dict[str, Unreadable] = {}
        gone = {id: brief for id, brief in self.old.briefs.items() if id not in self.new.ids}
        come = {id: brief for id, brief in self.new.briefs.items() if id not in self.old.ids}
        # A brief whose new file cannot be read has not gone, and one whose old file could not has not come.
        gone = {id: brief for id, brief in gone.items() if not self._hidden(self.old, id, 1)}
        come = {id: brief for id, brief in come.items() if not self._hidden(self.new, id, 0)}
        self.renamed = dict(match_briefs(gone, come, Sameness()))
        self.sameness = Sameness(self.renamed)
        self.gone = {id: brief for id, brief in gone.items() if id not in self.renamed}
        self.come = {id: brief for id, brief in come.items() if id not in self.renamed.values()}

    def _hidden(self, dossier: Dossier, id: str, side: int) -> bool:
        return dossier.origin(id).file in self.broken[side]

    def changes(self) -> Changes:
        self._note_unreadable()
        briefs = tuple(self._settings()) + tuple(self._briefs())
        pages = tuple(self._pages())
        images, others = self._other_files()
        formatting, following = self._quiet_files(briefs, pages)
        return Changes(self.before, self.after, briefs, pages, images, others,
                       tuple(self.unreadable[file] for file in sorted(self.unreadable)), formatting, following,
                       self.renamed)

    # --- what cannot be read -------------------------------------------------------------

    def _note_unreadable(self) -> None:
        """Files with something that could not be read; the same file on both sides holds no difference."""
        for side, snap in ((1, self.after), (0, self.before)):
            for file in self.broken[side]:
                problem = next(p for p in snap.problems if p.file == file and p.severity == ERROR)
                relative = file.removeprefix(snap.base)
                if self.before.files.get(relative) == self.after.files.get(relative):
                    continue
                self.unreadable.setdefault(file, Unreadable(Place(file, problem.line, side == 0), problem))

    # --- briefs --------------------------------------------------------------------------

    def _settings(self) -> Iterator[BriefChange]:
        if not (self.before.settled and self.after.settled):
            if self.before.settled != self.after.settled and f"{self.after.base}{SETTINGS}" not in self.unreadable:
                side = self.after if self.after.settled else self.before
                record, origin = side.dossier.settings, side.dossier.origin(SETTINGS)
                place = Place(origin.file, 1, side is self.before)
                yield BriefChange(ADDED if side is self.after else REMOVED, SETTINGS, "", *(
                    (None, record) if side is self.after else (record, None)), (), place)
            return
        records = tuple(self._record(self.old.settings, self.new.settings, SETTINGS, SETTINGS))
        if records:
            yield BriefChange(CHANGED, SETTINGS, "", self.old.settings, self.new.settings, records,
                              Place(self.new.origin(SETTINGS).file, 1))

    def _briefs(self) -> Iterator[BriefChange]:
        old_of = {new: old for old, new in self.renamed.items()}
        for id, brief in self.new.briefs.items():
            if id in self.come:
                yield BriefChange(ADDED, id, brief.kind, None, brief, tuple(self._whole(brief, self.new, id, ADDED)),
                                  self._start(self.new, id))
                continue
            old_id = old_of.get(id, id)
            before = self.old.briefs.get(old_id)
            if before is None:
                continue
            records = () if before is brief or before == brief else tuple(self._record(before, brief, old_id, id))
            if old_id != id:
                records = tuple(_without_promise(records, old_id))
            if records or old_id != id or before.kind != brief.kind:
                yield BriefChange(CHANGED, id, brief.kind, before, brief, records, self._start(self.new, id),
                                  old_id if old_id != id else "", old_id == id or old_id in brief.formerly,
                                  before.kind if before.kind != brief.kind else "")
        for id, brief in self.gone.items():
            yield BriefChange(REMOVED, id, brief.kind, brief, None, tuple(self._whole(brief, self.old, id, REMOVED)),
                              self._start(self.old, id))

    def _start(self, dossier: Dossier, id: str) -> Place:
        origin = dossier.origin(id)
        return Place(origin.file, origin.line, dossier is self.old)

    def _whole(self, brief: Brief, dossier: Dossier, id: str, how: str) -> Iterator[RecordChange]:
        """The statements of a brief that came or went as a whole."""
        for name, value in fields_of(brief):
            for path, record in _statements((name,), value):
                yield RecordChange(how, name, record if how == REMOVED else None, record if how == ADDED else None,
                                   (), (), path, self._place(dossier, id, path))

    def _place(self, dossier: Dossier, id: str, path: PathIn, key: bool = False) -> Place:
        if not self.placed:
            return self._start(dossier, id)
        origin: Origin = dossier.origin(id)
        line = origin.place(path)[0]
        if key and origin.node is not None and path:
            line = origin.node.find_key(path)[0]
        return Place(origin.file, line, dossier is self.old)

    def _record(self, before: Record, after: Record, old_id: str, new_id: str, old_path: PathIn = (),
                new_path: PathIn = (), around: tuple[Record, ...] = ()) -> Iterator[RecordChange]:
        """How a record differs from what it was: its own fields as one change, then the records in it."""
        own: list[FieldChange] = []
        inner: list[RecordChange] = []
        values, now = dict(fields_of(before)), dict(fields_of(after))
        inside = (*around, after) if not isinstance(after, Brief) and new_path else around
        for name in {**now, **values}:
            one, other = values.get(name), now.get(name)
            if self.sameness.same(one, other) or (is_empty(one) and is_empty(other)):
                continue
            if _holds_statements(type(after if name in now else before), name):
                inner.extend(self._statements(name, one, other, old_id, new_id, old_path, new_path, inside))
            else:
                own.append(self._field(name, one, other, old_id, new_id, old_path, new_path))
        if own:
            place = own[0].place if len(own) == 1 else self._place(self.new, new_id, new_path)
            field = next((step for step in reversed(new_path) if isinstance(step, str)), "")
            yield RecordChange(CHANGED, field, before, after, tuple(own), around, new_path, place)
        yield from inner

    def _field(self, name: str, before: object, after: object, old_id: str, new_id: str, old_path: PathIn,
               new_path: PathIn) -> FieldChange:
        if is_empty(after):
            return FieldChange(name, before, after, self._place(self.old, old_id, (*old_path, name), key=True))
        return FieldChange(name, before, after, self._place(self.new, new_id, (*new_path, name), key=True))

    def _statements(self, name: str, before: object, after: object, old_id: str, new_id: str, old_path: PathIn,
                    new_path: PathIn, around: tuple[Record, ...]) -> Iterator[RecordChange]:
        """How the records in a field differ: a list of them, or a single one."""
        ones, others = dict(_statements((*old_path, name), before)), dict(_statements((*new_path, name), after))
        old, new = list(ones.items()), list(others.items())
        pairs = match_records([record for _, record in old], [record for _, record in new], self.sameness)
        partner = {other: one for one, other in pairs}
        for place, (path, record) in enumerate(new):
            if place in partner:
                was_at, was = old[partner[place]]
                if not self.sameness.same(was, record):
                    yield from self._record(was, record, old_id, new_id, was_at, path, around)
            else:
                yield RecordChange(ADDED, name, None, record, (), around, path, self._place(self.new, new_id, path))
        stayed = {one for one, _ in pairs}
        for place, (path, record) in enumerate(old):
            if place not in stayed:
                yield RecordChange(REMOVED, name, record, None, (), around, path,
                                   self._place(self.old, old_id, path))

    # --- pages and other files -----------------------------------------------------------

    def _pages(self) -> Iterator[PageChange]:
        old, new = ({page.name: page for page in dossier.pages} for dossier in (self.old, self.new))
        for name in sorted({**old, **new}):
            before, after = old.get(name), new.get(name)
            page = after or before
            assert page is not None
            if page.origin.file in self.unreadable and not (before and after):
                continue
            texts = (before.body if before else "", after.body if after else "")
            if before and after and before.title == after.title and self._same_text(*texts):
                continue
            how = CHANGED if before and after else ADDED if after else REMOVED
            old_title = before.title if before and before.title != page.title else ""
            line = _first_difference(before, after) if before and after else 1
            yield PageChange(how, name, page.title, old_title, *texts, Place(page.origin.file, line, after is None))

    def _same_text(self, before: str, after: str) -> bool:
        return before == after or (
            [w.key for w in self.sameness.words(before)] == [w.key for w in self.sameness.words(after)])

    def _other_files(self) -> tuple[tuple[FileChange, ...], tuple[FileChange, ...]]:
        """Images, and files that the content folder has no place for."""
        images, others = [], []
        for path in sorted({**self.before.files, **self.after.files}):
            one, other = self.before.files.get(path), self.after.files.get(path)
            if one == other or path in self.known_files:
                continue
            how = CHANGED if one is not None and other is not None else ADDED if one is None else REMOVED
            image = path.removeprefix("pages/") in {**self.old.images, **self.new.images}
            (images if image else others).append(FileChange(how, f"{self.after.base}{path}"))
        return tuple(images), tuple(others)

    @cached_property
    def known_files(self) -> set[str]:
        """Files whose content is compared as such, or could not be read."""
        known = {SETTINGS, RELEASES_FILE, *(file.removeprefix(self.after.base) for file in self.unreadable)}
        for snap in (self.before, self.after):
            dossier = snap.dossier
            known |= {dossier.origin(id).file.removeprefix(snap.base) for id in dossier.briefs}
            known |= {page.origin.file.removeprefix(snap.base) for page in dossier.pages}
        return known

    def _quiet_files(self, briefs: tuple[BriefChange, ...],
                     pages: tuple[PageChange, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Files that differ and say the same; and those that only follow a brief's new id."""
        told = {change.place.file for change in briefs} | {page.place.file for page in pages}
        told |= {record.place.file for change in briefs for record in change.records}
        told |= {self.old.origin(change.old_id or change.id).file for change in briefs
                 if change.old_id or change.old_kind}
        told |= set(self.unreadable)
        formatting, following = [], []
        for path in sorted({*self.before.files, *self.after.files} - {RELEASES_FILE}):
            file = f"{self.after.base}{path}"
            if self.before.files.get(path) != self.after.files.get(path) and file not in told and path in self.known_files:
                (following if self._follows(file) else formatting).append(file)
        return tuple(formatting), tuple(following)

    def _follows(self, file: str) -> bool:
        """Whether a file that says the same would say something else if nothing had a new id."""
        plain = Sameness()
        for id in self.new.briefs:
            if self.new.origin(id).file == file and id in self.old.briefs and not plain.same(
                    self.old.briefs[id], self.new.briefs[id]):
                return True
        if file.endswith(SETTINGS) and self.before.settled and self.after.settled:
            return not plain.same(self.old.settings, self.new.settings)
        pages = [{page.origin.file: page.body for page in dossier.pages} for dossier in (self.old, self.new)]
        return file in pages[0] and file in pages[1] and (
            [w.key for w in plain.words(pages[0][file])] != [w.key for w in plain.words(pages[1][file])])


def _broken_files(snap: Snapshot) -> set[str]:
    """Files of which something could not be read into a record."""
    if not snap.problems:
        return set()
    dossier = snap.dossier
    with_errors = {problem.file for problem in snap.problems
                   if problem.severity == ERROR and problem.code != "stray-file"}
    read = {dossier.origin(id).file for id in dossier.briefs} | {page.origin.file for page in dossier.pages}
    unread = {id for id in dossier.ids if id not in dossier.briefs}
    broken = {file for file in with_errors if file not in read and file.removeprefix(snap.base) in snap.files
              and not (file.endswith(f"/{SETTINGS}") and snap.settled)}
    for id in unread:
        try:
            broken.add(dossier.origin(id).file)
        except KeyError:
            continue  # its file holds no YAML at all, and is among the files with errors that were not read
    return {file for file in broken if file in with_errors}


def _without_promise(records: tuple[RecordChange, ...], old_id: str) -> Iterator[RecordChange]:
    """The changes of a renamed brief without the one that keeps its old id: the new id says that already."""
    for record in records:
        fields = tuple(field for field in record.fields if not (
            record.path == () and field.name == "formerly" and isinstance(field.after, tuple)
            and {*field.after} - {*(field.before or ())} == {old_id}))  # type: ignore[misc]
        if fields or record.path != () or not record.fields:
            yield replace(record, fields=fields)


def _holds_statements(model: type[Record], name: str) -> bool:
    info = next((info for own, info in model.model_fields.items() if (info.alias or own) == name), None)
    return info is not None and any(issubclass(inner, Statement) for inner in record_types(info.annotation))


def _statements(path: PathIn, value: object) -> Iterator[tuple[PathIn, Record]]:
    """The statements that a field holds, with their paths."""
    if isinstance(value, Statement):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if isinstance(item, Statement):
                yield (*path, index), item


def _first_difference(before: HandPage, after: HandPage) -> int:
    """The first line of the newer page that the older one does not have there."""
    for number, (one, other) in enumerate(zip(before.origin.lines, after.origin.lines, strict=False), 1):
        if one != other:
            return number
    return min(len(before.origin.lines), len(after.origin.lines))
