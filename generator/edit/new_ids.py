"""Whether an id can be given to a brief, and in words why not. The reasons are the check's own."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from generator.addresses import RESERVED_IDS, SECTIONS, page_address, unique_anchors
from generator.diagnostics import diagnostic, did_you_mean, did_you_mean_one_of
from generator.dossier import SETTINGS
from generator.edit.written import PAGE, ContentFile, records
from generator.models.fields import is_id, suggest_id
from generator.views.alphabet import letter_anchor


def refusal(files: Sequence[ContentFile], kind: str, id: str, own_former: Sequence[str] = ()) -> str | None:
    """Why a brief of this kind cannot have the id, in one sentence; None where it can.

    `own_former` are ids that the brief itself had before, which it may take again.
    """
    taken = {other.lower(): (other, file) for other, file in _ids(files)}
    other, file = taken.get(id.lower(), ("", ""))
    if other:
        taken_by = diagnostic("duplicate-id" if other == id else "case-clash", "", id=id, other=file)
        return f"{taken_by.message}. Choose another id: a fuller name, a year or a publisher"
    if not is_id(id):
        return _words("bad-id", id=id, instead=_free(suggest_id(id), taken))
    if id in RESERVED_IDS:
        return _words("reserved-id", id=id)
    for record in records(files):
        if id in record.formerly and id not in own_former:
            return (f'"{id}" was the id of "{record.origin}" before, and its old address still leads there. '
                    "Choose a fuller id")
    pages = {address.rstrip("/") for address in SECTIONS.values()} | {
        file.path.stem for file in files if file.kind == PAGE}
    if id in pages:
        return f'"{id}" is the name of the page /{page_address(id)}, and would be mixed up with it. Choose a fuller id'
    if kind == "term" and (unique_anchors([id]) != [id] or id.startswith(letter_anchor(""))):
        return f'"{id}" has the form of an anchor that the glossary needs for itself. Choose another id'
    return None


def now_called(files: Sequence[ContentFile], id: str) -> str | None:
    """The id that the brief with this one has now; None where no brief has or had it."""
    if any(id == other for other, _ in _ids(files)):
        return id
    return next((record.origin for record in records(files) if id in record.formerly), None)


def no_such_id(files: Sequence[ContentFile], id: str) -> str:
    """That no brief has an id, with the nearest ids, or the brief of that name, or the one that had it before."""
    known = [other for other, _ in _ids(files)]
    now = now_called(files, id)
    if now is not None:
        return f'"{id}" is now "{now}"'
    by_name = {record.name.lower(): record.origin for record in records(files) if record.kind != SETTINGS}
    words = id.lower().replace("-", " ").split()
    in_part = [record.origin for record in sorted(
        (record for record in records(files) if record.kind != SETTINGS and len(words) > 1
         and all(word in record.name.lower() for word in words)),
        key=lambda record: (record.kind == "source", len(record.name), record.origin))]
    if id.lower() in by_name or in_part:
        hint: str | None = did_you_mean_one_of([by_name[id.lower()]] if id.lower() in by_name else in_part[:3])
    else:
        hint = did_you_mean(id.lower(), known)
    if hint is None:
        names = get_close_matches(id.lower(), sorted(by_name), n=1, cutoff=0.8)
        hint = f'Did you mean "{by_name[names[0]]}"?' if names else "`briefing list` names every brief"
    return f'no brief has the id "{id}". {hint}'


def _ids(files: Sequence[ContentFile]) -> list[tuple[str, str]]:
    """Every id that has a file, also one that cannot be read, with that file."""
    found = [(record.origin, record.file.name) for record in records(files) if record.kind == "source"]
    found += [(file.path.stem, file.name) for file in files if file.kind not in (PAGE, SETTINGS, "source")]
    return found


def _free(id: str, taken: dict[str, tuple[str, str]]) -> str:
    """The id, with a number after it where it is taken."""
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id}-{number}"
    return free


def _words(code: str, **facts: object) -> str:
    problem = diagnostic(code, "", **facts)
    return problem.message if problem.hint is None else f"{problem.message}. {problem.hint}"
