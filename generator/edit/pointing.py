"""All that points to a brief or to one statement of it, place by place: what `briefing where` lists."""

from __future__ import annotations

from collections.abc import Sequence

from generator.dossier import SETTINGS
from generator.edit.written import PAGE, ContentFile, Written, WrittenRecord, records, references
from generator.values import Value


class Place(Value):
    """One place that points there: where, from which field, and whether that is in a text."""

    line: int
    column: int
    field: str
    """The way to the field, such as `positions[2].actor`, its records counted from 1; empty in a page."""
    role: str
    """The field without the places in lists, as `generator.dossier.Link.role` gives it."""
    in_text: bool
    cites: bool
    anchor: str


class PointingFile(Value):
    """All the places in one brief, or in one page, that point there."""

    kind: str
    id: str
    """The brief's id; a page's name; empty for dossier.yml."""
    name: str
    file: str
    places: tuple[Place, ...]


def pointing(files: Sequence[ContentFile], id: str, anchor: str = "") -> list[PointingFile]:
    """What points to a brief, or to one anchor of it: briefs in the order of kinds and files, pages, dossier.yml."""
    by_origin: dict[tuple[str, str], WrittenRecord] = {
        (record.file.name, record.origin): record for record in records(files)}
    found: dict[tuple[str, str], list[Written]] = {}
    for written in references(files, id):
        if not anchor or written.link.anchor == anchor:
            found.setdefault((written.file.name, written.link.origin), []).append(written)
    pointing_files = [_file(key[0], by_origin.get(key), places) for key, places in found.items()]
    return sorted(pointing_files, key=lambda file: not file.id)


def _file(file: str, record: WrittenRecord | None, written: list[Written]) -> PointingFile:
    places = tuple(_place(one) for one in written)
    if record is None:
        name = written[0].file.path.stem
        return PointingFile(PAGE, name, _title(written[0].file) or name, file, places)
    if record.kind == SETTINGS:
        return PointingFile("dossier", "", record.name, file, places)
    return PointingFile(record.kind, record.origin, record.name, file, places)


def _title(page: ContentFile) -> str:
    first = (page.text or "").lstrip().partition("\n")[0]
    return first.removeprefix("#").strip() if first.startswith("# ") else ""


def _place(written: Written) -> Place:
    line, column = written.place
    link = written.link
    field = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in link.path).lstrip(".")
    return Place(line, column, field, link.role, link.token is not None, link.cites, link.anchor)
