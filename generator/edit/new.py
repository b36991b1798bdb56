"""A new brief: where it goes and what is written there, without touching anything that is there."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics import did_you_mean
from generator.dossier import SETTINGS
from generator.edit.drafts import DOSSIER, draft
from generator.edit.new_ids import no_such_id, refusal
from generator.edit.written import ContentFile, read_files, records
from generator.files import edits, writing
from generator.files.edits import Edit
from generator.models import FOLDERS, KINDS
from generator.models.fields import is_id, suggest_id
from generator.read.yaml_text import read_yaml
from generator.values import Value

_MODELINE = "# yaml-language-server:"


class NewRefused(Exception):
    """The brief cannot be made; the message says why in one sentence, and nothing was written."""


class NewBrief(Value):
    """What is to be written: the file, all of its text, and whether it is there already."""

    path: Path
    name: str
    """POSIX, relative to the content folder's parent."""
    text: str
    exists: bool
    before: str = ""
    """The text that is there."""


def plan_new(folder: Path, kind: str, id: str, name: str = "", modeline: bool = False, file: str = "") -> NewBrief:
    """A new brief, commented. `file` names the file of sources for a source. Raises NewRefused where it cannot be."""
    if kind not in KINDS:
        near = did_you_mean(kind.lower(), [*KINDS, DOSSIER], most=1)
        words = f"{near} " if near else ""
        raise NewRefused(f'"{kind}" is no kind of brief. {words}The kinds are: {", ".join(KINDS)}')
    if file and kind != "source":
        raise NewRefused(f"--file is for sources only: {KINDS[kind].label} has a file of its own")
    files = read_files(folder)
    reason = refusal(files, kind, id)
    if reason:
        raise NewRefused(reason)
    base = folder.resolve().name or "content"
    place = folder / FOLDERS[kind]
    path = place / (f"{id}.yml" if kind != "source" else _file_of_sources(files, id, file))
    shown = f"{base}/{path.relative_to(folder).as_posix()}"
    # The way from the file's folder to the schemas, which stand beside the content folder.
    schema = "/".join([".."] * (FOLDERS[kind].count("/") + 2)) + f"/schemas/{kind}.json" if modeline else ""
    if kind == "source" and os.path.lexists(path):
        there = next((other for other in files if other.path == path), None)
        return NewBrief(path, shown, _appended(there, shown, id, name, schema), True, there.raw if there else "")
    for there in (path, path.with_suffix(".yaml")):
        if os.path.lexists(there):
            raise NewRefused(f"{shown.removesuffix(path.name)}{there.name} is there already")
    return NewBrief(path, shown, draft(kind, id, name, schema), False)


def plan_dossier(folder: Path, title: str = "", modeline: bool = False) -> NewBrief:
    """A new dossier.yml, commented; the folder need not be there. Raises NewRefused where it cannot be."""
    base = folder.resolve().name or "content"
    try:
        if not folder.is_dir() and os.path.lexists(folder):
            what = "a link that leads to no folder" if folder.is_symlink() else "no folder"
            raise NewRefused(f"{folder} is {what}, so it can hold no dossier: name another with --content DIR")
        for there in (folder / SETTINGS, (folder / SETTINGS).with_suffix(".yaml")):
            if os.path.lexists(there):
                raise NewRefused(f"{base}/{there.name} is there already: this folder holds a dossier")
    except OSError as error:
        raise NewRefused(f"{folder} cannot be read: {error.strerror}") from None
    schema = f"../schemas/{DOSSIER}.json" if modeline else ""
    return NewBrief(folder / SETTINGS, f"{base}/{SETTINGS}", draft(DOSSIER, "", title, schema), False)


def plan_tidy(folder: Path, kind: str, id: str) -> NewBrief:
    """A brief without what is left of its draft's comments; an editor's own stay. Raises NewRefused where none is."""
    files = read_files(folder)
    record = next((record for record in records(files) if record.origin == id and record.kind in KINDS), None)
    if record is not None and record.kind != kind:
        raise NewRefused(f'"{id}" is {KINDS[record.kind].label}: write briefing new {record.kind} {id} --tidy')
    if record is None or record.file.problem or record.file.node is None:
        raise NewRefused(record.file.problem if record and record.file.problem else no_such_id(files, id))
    file = record.file
    drafted = {line.strip() for line in draft(kind, id).split("\n") if line.lstrip().startswith("#")}
    kept: list[str] = []
    after_comment = False
    for line in file.raw.split(file.line_end):
        if line.strip() in drafted:
            after_comment = True
            if kind != "source" and kept and not kept[-1].strip():
                kept.pop()  # in a draft a blank line stands between any two fields
        elif line.strip() or not after_comment or (kind == "source" and kept and kept[-1].strip()):
            kept.append(line)
            after_comment = False
    text = file.line_end.join(kept)
    if not text.endswith(file.line_end):
        text += file.line_end
    if not drafted & {line.strip() for line in file.raw.split(file.line_end)}:
        raise NewRefused(f"nothing of a draft's comments is left in {file.name}")
    after = read_yaml(text.encode(), file.name)[0]
    if after is None or after.plain() != file.node.plain():
        raise NewRefused(f"{file.name} is written in a way that no comment can be taken out of: delete them by hand")
    return NewBrief(file.path, file.name, text, True, file.raw)


def write_new(new: NewBrief) -> None:
    """Write it. Raises NewRefused where that cannot be."""
    try:
        if new.exists:
            with writing.one_at_a_time(new.path.parent):
                if new.path.read_bytes() != new.before.encode():
                    raise NewRefused(f"{new.name} was changed meanwhile, so nothing was written: try again")
                writing.write_text(new.path, new.text)
        else:
            writing.write_new(new.path, new.text)
    except OSError as error:
        raise NewRefused(f"{new.name} cannot be written: {error.strerror}") from None


def _file_of_sources(files: Sequence[ContentFile], id: str, file: str) -> str:
    """The file for a source: the one that is named, or the one that most sources of its kind of id stand in.

    Ids of sources begin with who published them: `gazette-accord` goes where the other `gazette-...` are; where there
    are none, to the file that holds most.
    """
    if file:
        stem = file.removeprefix(f"{FOLDERS['source']}/").removesuffix(".yml")
        if not is_id(stem):
            raise NewRefused(f'"{file}" cannot be the name of a file of sources. Try --file {suggest_id(stem)}')
        return f"{stem}.yml"
    own = [record for record in records(files) if record.kind == "source"]
    alike = [record for record in own if record.origin.partition("-")[0] == id.partition("-")[0]]
    counts = Counter(record.file.path.name for record in alike or own)
    return min(counts, key=lambda name: (-counts[name], name)) if counts else "sources.yml"


def _appended(file: ContentFile | None, name: str, id: str, title: str, schema: str) -> str:
    """A file of sources with one more at its end; every byte that was there stays."""
    if file is None or file.problem or file.node is None or file.text is None:
        raise NewRefused(file.problem if file is not None and file.problem else f"{name} cannot be read")
    own = draft("source", id, title)
    between = "" if not file.text or file.text.endswith("\n\n") else "\n" if file.text.endswith("\n") else "\n\n"
    added = (between + own).replace("\n", file.line_end)
    changes = [Edit(len(file.raw), len(file.raw), added)]
    if schema and not file.text.startswith(_MODELINE):
        changes.append(Edit(file.in_raw(0), file.in_raw(0), f"{_MODELINE} $schema={schema}{file.line_end}"))
    text = edits.apply(file.raw, changes)
    before, after = file.node.plain(), read_yaml(text.encode(), name)[0]
    if after is None or not isinstance(after.value, dict) or id not in after.value or (
            {other: value for other, value in after.plain().items() if other != id} != before):  # type: ignore[union-attr]
        raise NewRefused(f"{name} is written in a way that nothing can be added to: name another with --file")
    return text
