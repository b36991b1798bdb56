"""Renaming a brief: its file and id, every reference to it, and the redirect from its old address.

Everything is worked out first, on texts in memory, and looked over before anything is written: the content may differ
from what it was in the id and in nothing else. All bytes that do not spell the id stay as they were.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from generator.addresses import brief_address
from generator.anchors import statement_anchors
from generator.edit.new_ids import no_such_id, refusal
from generator.edit.written import (
    PAGE,
    ContentFile,
    Written,
    WrittenRecord,
    read_files,
    records,
    references,
    scalar_spans,
    unknown_values,
    whole_word,
)
from generator.files import edits
from generator.files.edits import Edit
from generator.files.writing import write_text
from generator.format.canonical import with_line_feeds
from generator.format.document import Change, Document
from generator.format.lists import list_changes
from generator.format.quoting import as_yaml, reads_as_text
from generator.models import Brief
from generator.read.records import field_names, read_record
from generator.read.yaml_text import Node, read_yaml
from generator.values import Value

_FORMERLY = "formerly"


class RenameRefused(Exception):
    """The brief cannot be renamed; the message says why in one sentence, and nothing was changed."""


class FileChange(Value):
    """What a rename does to a file. `target` is where the file stands afterwards."""

    path: Path
    target: Path
    name: str
    new_name: str
    before: str
    after: str
    count: int
    """How many references in it were changed."""

    @property
    def preview(self) -> str:
        moved = f"rename from {self.name}\nrename to {self.new_name}\n" if self.name != self.new_name else ""
        return moved + edits.preview(self.new_name, self.before, self.after)


class MovedAnchor(Value):
    """A statement whose anchor holds the id, and so changed with it: its old and its new address."""

    old: str
    new: str


class Rename(Value):
    """Everything that a rename changes, ready to be shown or written."""

    old_address: str
    new_address: str
    changes: tuple[FileChange, ...]
    moved: tuple[MovedAnchor, ...]

    @property
    def count(self) -> int:
        return sum(change.count for change in self.changes)


def plan_rename(folder: Path, old: str, new: str) -> Rename:
    """Work out a rename. Raises RenameRefused where it cannot be done whole."""
    files = read_files(folder)
    brief = _the_brief(files, old, new)
    reason = refusal(files, brief.kind, new, own_former=brief.formerly)
    if reason:
        raise RenameRefused(reason)
    _refuse_unreadable(files, old)
    found = list(references(files))
    # First the ids alone: from what they make of the statements' anchors follows which references must follow those.
    first = _Pass(files, brief, new, found, {})
    anchors = _moved_anchors(first, found)
    second = _Pass(files, brief, new, found, anchors)
    second.look_over()
    addresses = {record.origin: brief_address(record.kind, record.origin) for record in records(files)
                 if record.kind not in ("dossier.yml", "term")} | {old: brief_address(brief.kind, new)}
    moved = tuple(MovedAnchor(f"/{addresses[id]}#{before}", f"/{addresses[id]}#{after}")
                  for id, pairs in anchors.items() if id in addresses for before, after in pairs.items())
    return Rename(f"/{brief_address(brief.kind, old)}", f"/{brief_address(brief.kind, new)}", second.changes, moved)


def carry_out(rename: Rename) -> None:
    """Write all files, or none: what was written is put back where a later file fails. Raises RenameRefused."""
    done: list[FileChange] = []
    at = rename.changes[0]
    try:
        for at in rename.changes:
            write_text(at.path, at.after)
            done.append(at)
            if at.target != at.path:
                at.path.rename(at.target)
    except OSError as error:
        for change in reversed(done):
            if change.target != change.path and change.target.exists():
                change.target.rename(change.path)
            write_text(change.path, change.before)
        raise RenameRefused(f"{at.name} cannot be written ({error.strerror}): nothing was renamed") from None


# --- what cannot be done ------------------------------------------------------------------


def _the_brief(files: Sequence[ContentFile], old: str, new: str) -> WrittenRecord:
    found = [record for record in records(files) if record.origin == old]
    if old == new:
        raise RenameRefused(f'"{old}" has that id already')
    if len(found) > 1:
        places = " and ".join(record.file.name for record in found)
        raise RenameRefused(f'two briefs have the id "{old}", in {places}: give one of them another id by hand first')
    if found:
        return found[0]
    for file in files:
        if file.kind not in (PAGE, "source") and file.path.stem == old:
            raise RenameRefused(f"the brief cannot be read, so it cannot be renamed. {file.problem or file.name}")
    raise RenameRefused(no_such_id(files, old))


def _refuse_unreadable(files: Sequence[ContentFile], old: str) -> None:
    """A file that cannot be read whole, or an unknown field, may hold references that would be left behind."""
    word = whole_word(old)
    for file in files:
        reason = file.problem or file.flaw
        if reason and (not file.raw or word.search(file.raw)):
            raise RenameRefused(f'a file that may name "{old}" cannot be read whole: mend it first. {reason}')
    for record in records(files):
        for field, node in unknown_values(record):
            if word.search(str(node.value)):
                raise RenameRefused(f'{record.file.name}:{node.line}:{node.column} names "{old}" in a field that '
                                    f'nobody knows, "{field}": correct the field first')


# --- one pass over all files --------------------------------------------------------------


class _Pass:
    """All edits for a rename, given how the anchors of statements move: old to new, by the brief that has them."""

    def __init__(self, files: Sequence[ContentFile], brief: WrittenRecord, new: str, found: Sequence[Written],
                 anchors: Mapping[str, Mapping[str, str]]) -> None:
        self.files, self.brief, self.new, self.found, self.anchors = files, brief, new, found, anchors
        self.old = brief.origin
        self.edits: dict[str, list[Edit]] = {file.name: [] for file in files}
        self.counts: Counter[str] = Counter()
        self.values: dict[int, list[Edit]] = {}
        """For each changed scalar, by its node's identity, what changes in its value."""
        self._whole: list[tuple[ContentFile, Node]] = []
        for written in found:
            self._follow(written)
        self._own_id()
        self._keep_former()
        for file, node in self._whole:
            self._rewrite(file, node)

    def _follow(self, written: Written) -> None:
        """Change a reference that names the brief, or a statement whose anchor moved."""
        link, file = written.link, written.file
        changes = []
        if link.target == self.old:
            changes.append((written.start, written.end, self.new))
        anchor = self.anchors.get(link.target, {}).get(link.anchor)
        if anchor is not None:
            assert file.text is not None
            start = file.text.index(link.anchor, written.end)
            changes.append((start, start + len(link.anchor), anchor))
        if not changes:
            return
        self.counts[file.name] += 1
        if written.node is None or link.token is not None or written.node.style in ("|", ">"):
            for start, end, text in changes:
                self._edit(file, start, end, text)
        elif not any(node is written.node for _, node in self._whole):
            self._whole.append((file, written.node))
        if written.node is not None:
            assert isinstance(written.node.value, str)
            at = link.token.at if link.token is not None else written.node.value.index(link.target)
            inside = self.values.setdefault(id(written.node), [])
            for start, _, text in changes:
                place = at if start == written.start else written.node.value.index("#", at) + 1
                inside.append(Edit(place, place + len(link.target if start == written.start else link.anchor), text))

    def _rewrite(self, file: ContentFile, node: Node) -> None:
        """Change a scalar that is a reference as a whole: quotes come and go where only the id asks for them."""
        assert isinstance(node.value, str) and file.text is not None
        value = edits.apply(node.value, self.values[id(node)])
        if not reads_as_text(value if node.style is None else node.value):
            self._edit(file, file.offset(node.line, node.column), file.end_of(node), as_yaml(value, True))
            return
        spans = scalar_spans(file, node)
        for edit in self.values[id(node)]:
            self._edit(file, spans[edit.start][0], spans[edit.end - 1][1], edit.text)

    def _own_id(self) -> None:
        """The key in a file of sources, and an id that the brief gives itself."""
        file, key = self.brief.file, self.brief.key
        if key is not None:
            assert file.text is not None
            start = file.offset(key.line, key.column)
            quote = file.text[start] if file.text[start] in "'\"" else ""
            end = start + len(self.old) + 2 * len(quote)
            if file.text[start:end] != f"{quote}{self.old}{quote}":
                raise RenameRefused(f'the id "{self.old}" is written with escapes in {file.name}:{key.line}: '
                                    "write it plainly first")
            keep = quote and reads_as_text(self.old)
            self._edit(file, start, end, f"{quote}{self.new}{quote}" if keep else as_yaml(self.new))
        given = self._field("id")
        if given is not None and given.value == self.old:
            self.values[id(given)] = [Edit(0, len(self.old), self.new)]
            self._whole.append((file, given))

    def _field(self, name: str) -> Node | None:
        assert isinstance(self.brief.node.value, dict)
        entry = self.brief.node.value.get(name)
        return entry.node if entry is not None else None

    # --- formerly ---

    def _keep_former(self) -> None:
        """Put the old id among the former ones; where the new one is among them, it changes places with it."""
        file, node = self.brief.file, self._field(_FORMERLY)
        if node is None:
            self._new_former()
            return
        if not isinstance(node.value, list) or not all(isinstance(item.value, str) for item in node.value):
            raise RenameRefused(f"`formerly` in {file.name}:{node.line} is not a list of ids: mend it first")
        assert file.text is not None
        again = next((item for item in node.value if item.value == self.new), None)
        start = file.offset(node.line, node.column)
        if again is not None:
            self._edit(file, file.offset(again.line, again.column), file.end_of(again), as_yaml(self.old))
        elif not node.value:
            self._edit(file, start + 1, start + 1, as_yaml(self.old))
        elif file.text[start] == "[":
            end = file.end_of(node.value[-1])
            self._edit(file, end, end, f", {as_yaml(self.old)}")
        else:
            self._line_after(node.end_line, f"{' ' * (node.column - 1)}- {as_yaml(self.old)}")

    def _new_former(self) -> None:
        """A new line, after the nearest field that stands before `formerly` in canonical order."""
        file, record = self.brief.file, self.brief.node
        assert isinstance(record.value, dict) and file.text is not None
        order = list(field_names(self.brief.model))
        before = set(order[: order.index(_FORMERLY)])
        text = f"{_FORMERLY}: [{as_yaml(self.old)}]"
        own = [(name, entry) for name, entry in record.value.items()]
        last = next((number for number in reversed(range(len(own))) if own[number][0] in before), None)
        if file.text[file.offset(record.line, record.column)] == "{":
            # In braces there is no line to put it on: it goes before the field that follows, or before the first.
            following = own[last + 1:last + 2] if last is not None else own[:1]
            if following:
                at = file.offset(following[0][1].line, following[0][1].column)
                self._edit(file, at, at, f"{text}, ")
            else:
                end = file.end_of(own[-1][1].node)
                self._edit(file, end, end, f", {text}")
        elif last is not None:
            entry = own[last][1]
            # An empty value may be said to stand where the next field does.
            self._line_after(entry.node.end_line if entry.node.value else entry.line,
                             " " * (entry.column - 1) + text)
        else:
            first = own[0][1]
            at = file.offset(first.line, first.column)
            self._edit(file, at, at, f"{text}{file.line_end}{' ' * (first.column - 1)}")

    def _line_after(self, line: int, text: str) -> None:
        file = self.brief.file
        if line < len(file.starts):
            at = file.starts[line]
            self._edit(file, at, at, f"{text}{file.line_end}")
        else:
            assert file.text is not None
            self._edit(file, len(file.text), len(file.text), f"{file.line_end}{text}")

    # --- what comes of it ---

    def _edit(self, file: ContentFile, start: int, end: int, text: str) -> None:
        self.edits[file.name].append(Edit(file.in_raw(start), file.in_raw(end), text))

    @cached_property
    def changes(self) -> tuple[FileChange, ...]:
        """What becomes of each file that changes; the renamed brief's first."""
        own = self.brief.file
        found = []
        for file in sorted(self.files, key=lambda file: (file is not own, file.name)):
            if not self.edits[file.name]:
                continue
            target = file.path.with_name(f"{self.new}.yml") if file is own and self.brief.key is None else file.path
            if target != file.path and os.path.lexists(target):
                raise RenameRefused(f"{target} is there already")
            name = f"{file.name.rpartition('/')[0]}/{target.name}"
            after = _with_lists_in_form(file, edits.apply(file.raw, self.edits[file.name]))
            found.append(FileChange(file.path, target, file.name, name, file.raw, after, self.counts[file.name]))
        return tuple(found)

    @cached_property
    def files_after(self) -> list[ContentFile]:
        """The changed files as they are read afterwards."""
        by_name = {file.name: file for file in self.files}
        found = []
        for change in self.changes:
            file = by_name[change.name]
            text = with_line_feeds(change.after)
            node = None if file.kind == PAGE else read_yaml(change.after.encode(), change.new_name)[0]
            found.append(ContentFile(change.target, change.new_name, file.kind, change.after, text, node))
        return found

    def look_over(self) -> None:
        """Raise RenameRefused unless the files say what they said before, but for the id."""
        by_name = {file.name: file for file in self.files}
        for change, after in zip(self.changes, self.files_after, strict=True):
            before = by_name[change.name]
            if before.node is None:
                continue
            expected, found = list(self._scalars(before.node, ())), list(self._scalars(after.node, ()))
            if after.node is None or expected != found:
                raise RenameRefused(f"{change.name} is written in a way that cannot be changed safely; "
                                    f'write the references to "{self.old}" in it plainly first')
        then = {(written.link.origin, written.link.path, written.link.target, written.link.anchor)
                for written in references(self.files_after, self.new)}
        for written in self.found:
            link = written.link
            if link.target == self.old:
                origin = self.new if link.origin == self.old else link.origin
                anchor = self.anchors.get(link.target, {}).get(link.anchor, link.anchor)
                if (origin, link.path, self.new, anchor) not in then:
                    line, column = written.place
                    raise RenameRefused(f'{written.file.name}:{line}:{column} cannot name an id such as "{self.new}": '
                                        "choose another")

    def _scalars(self, node: Node | None, path: tuple[str | int, ...]) -> Iterator[tuple[object, ...]]:
        """Every value with its path as it is to be after the rename, without the renamed brief's `formerly`."""
        if node is None:
            return
        if isinstance(node.value, str):
            yield path, edits.apply(node.value, self.values.get(id(node), ()))
        elif isinstance(node.value, list):
            for index, item in enumerate(node.value):
                yield from self._scalars(item, (*path, index))
        else:
            own = path == (() if self.brief.key is None else (self.new,))
            for name, entry in node.value.items():
                here = self.new if name == self.old and not path and self.brief.key is not None else name
                if not (own and name == _FORMERLY):
                    yield from self._scalars(entry.node, (*path, here))


def _with_lists_in_form(file: ContentFile, after: str) -> str:
    """A list that fitted on its line, or did not, before the id changed its length: where all lists were in form."""
    if "\r" in file.raw or file.text is None or any(_lists(file, file.text, file.node)):
        return after
    node = None if file.kind == PAGE else read_yaml(after.encode(), file.name)[0]
    return edits.apply(after, (edit for change in _lists(file, after, node) for edit in change.edits))


def _lists(file: ContentFile, text: str, node: Node | None) -> Iterator[Change]:
    """What is not canonical in the lists of a text."""
    if node is not None and isinstance(node.value, dict):
        yield from list_changes(Document(with_line_feeds(text), node, file.kind))


# --- statements' anchors ------------------------------------------------------------------


def _moved_anchors(first: _Pass, found: Sequence[Written]) -> dict[str, dict[str, str]]:
    """For each brief with a field that names the renamed one, the anchors that hold its id: before and after."""
    touched = {written.link.origin for written in found
               if written.link.target == first.old and written.link.token is None}
    after = {record.origin: record for record in records(first.files_after)}
    moved: dict[str, dict[str, str]] = {}
    for record in records(first.files):
        if record.origin not in touched or record.kind == "dossier.yml":
            continue
        new_id = first.new if record is first.brief or record.origin == first.old else record.origin
        before, then = _anchors(record), _anchors(after.get(new_id))
        if before is None or then is None:
            _refuse_unknown_anchors(record, found, first.old)
            continue
        pairs = {before[path]: then[path] for path in before if before[path] != then[path]}
        if pairs:
            moved[record.origin] = pairs
    return moved


def _anchors(record: WrittenRecord | None) -> dict[tuple[str | int, ...], str] | None:
    """The anchors of a brief's statements; None where the brief has errors."""
    if record is None:
        return None
    brief, _ = read_record(record.model, record.node, record.file.name, {"id": record.origin})
    return statement_anchors(brief) if isinstance(brief, Brief) else None


def _refuse_unknown_anchors(record: WrittenRecord, found: Sequence[Written], old: str) -> None:
    """A brief with errors has no anchors yet: a reference to one that holds the id cannot follow."""
    for written in found:
        if written.link.target == record.origin and old in written.link.anchor:
            line, column = written.place
            raise RenameRefused(
                f"{record.file.name} has errors, so it is not known what becomes of #{written.link.anchor}, which "
                f"{written.file.name}:{line}:{column} refers to: mend it first")
