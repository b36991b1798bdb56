"""What points here: the links that lead to a brief, with the record or the sentence that does it.

One pass over the dossier's links serves every page: a brief's page reads its own inbound links and
nothing else, however many briefs there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from generator import prose
from generator.dates import Edtf
from generator.dossier import SETTINGS, Dossier
from generator.linking import Link
from generator.models import KINDS, Brief
from generator.models.base import Record, holder, value_of
from generator.values import Value

PathIn = tuple[str | int, ...]


class Mention(NamedTuple):
    """One link to a brief from a field of another: `role` is the field's name, such as `positions.actor`."""

    origin: Brief
    record: Record
    """The innermost record that holds the link; the brief itself for a field of its own."""
    path: PathIn
    """The path to that record."""
    role: str
    anchor: str
    """The anchor of the record on the origin's page, or an empty text."""
    target_anchor: str


def mentions(dossier: Dossier, id: str) -> dict[str, list[Mention]]:
    """The links from fields of other briefs to this one, by role, in the dossier's order."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for link in dossier.leading[id]:
        origin = dossier.briefs.get(link.origin)
        if origin is None or link.token is not None:
            continue
        path, record = holder(origin, link.path)
        role = link.role
        found[role].append(Mention(origin, record, path, role, anchor_of(dossier, origin.id, path), link.anchor))
    return found


def anchor_of(dossier: Dossier, id: str, path: PathIn) -> str:
    """The anchor of the nearest citable statement around a path, or an empty text."""
    anchors = dossier.anchors[id] if path else {}
    while path and path not in anchors:
        path = path[:-1]
    return anchors[path] if path else ""


class Pointer(NamedTuple):
    """A place that points here: the sentence, or the record whose field names this brief."""

    role: str
    anchor: str
    sentence: str
    """Prose as typed: the sentence with the reference, or the record's own words; may be empty."""
    stance: str | None
    """What a position says."""
    date: Edtf | None
    """Of the record, where it has one."""


class PointingBrief(NamedTuple):
    """All the places in one brief or page that point here. `origin` is None for a page that is no brief."""

    name: str
    origin: Brief | None
    places: tuple[Pointer, ...]


class Pointers(Value):
    """Everything that points to a brief, by the kind of what points.

    `told`: the places are few enough to be told one by one. `open`: few enough to be shown at once.
    """

    kinds: tuple[tuple[str, tuple[PointingBrief, ...]], ...]
    told: bool
    open: bool

    def __bool__(self) -> bool:
        return bool(self.kinds)


_OWN_WORDS = ("what", "says", "item", "note", "ask", "definition", "summary")
_TOLD_AT_MOST = 30
_OPEN_AT_MOST = 12
_KIND_ORDER = {kind: number for number, kind in enumerate((*KINDS, "page"))}


def pointers(dossier: Dossier, id: str, told_at_most: int = _TOLD_AT_MOST) -> Pointers:
    """Everything that points to a brief, grouped by where it stands; each sentence once."""
    grouped: dict[str, dict[tuple[str, str, str], Pointer]] = {}
    for link in dossier.inbound[id]:
        if link.origin == SETTINGS and link.role == "sides.actors":
            continue  # whom the dossier counts to a side says nothing of them
        pointer = _pointer(dossier, link)
        grouped.setdefault(link.origin, {}).setdefault(pointer[:3], pointer)
    kinds: dict[str, list[PointingBrief]] = {}
    for name, places in grouped.items():
        origin = dossier.briefs.get(name)
        kinds.setdefault(origin.kind if origin else "page", []).append(
            PointingBrief(name, origin, _without_empty(places.values())))
    count = sum(len(brief.places) for briefs in kinds.values() for brief in briefs)
    return Pointers(tuple((kind, tuple(kinds[kind])) for kind in sorted(kinds, key=_KIND_ORDER.__getitem__)),
                    count <= told_at_most, count <= _OPEN_AT_MOST)


def _without_empty(places: Collection[Pointer]) -> tuple[Pointer, ...]:
    """Bare pointers say nothing beside one with a sentence from the same statement."""
    told = {p.anchor for p in places if p.sentence and p.anchor}
    return tuple([p for p in places if p.sentence or p.anchor not in told])


def _pointer(dossier: Dossier, link: Link) -> Pointer:
    anchor, text, stance, date = "", "", None, None
    record: Any = dossier.records.get(link.origin)
    if record is not None:
        path, record = holder(record, link.path)
        if link.origin != SETTINGS:
            anchor = anchor_of(dossier, link.origin, path)
        words, has_stance, has_date = _shown_of(type(record))
        if link.token is not None:
            text = _sentence(value_of(record, link.path[-1]) or "", link.token.raw)  # type: ignore[arg-type]
        elif path:
            for name in words:
                if text := getattr(record, name) or "":
                    break
        stance = str(record.stance) if has_stance else None
        date = record.date if has_date else None
    elif link.token is not None:
        page = next(page for page in dossier.pages if f"pages/{page.name}" == link.origin)
        text = _sentence(page.body, link.token.raw)
    return Pointer(link.role, anchor, text, stance, date)


@cache
def _shown_of(kind: type[Record]) -> tuple[tuple[str, ...], bool, bool]:
    """What a record of a kind shows where it points to a brief: its own words, by field; whether a stance and a date."""
    fields = kind.model_fields
    return tuple(name for name in _OWN_WORDS if name in fields), "stance" in fields, "date" in fields


def _sentence(text: str, raw: str) -> str:
    """The first sentence of a text that holds the reference as typed."""
    for sentence in prose.sentences(text):
        if raw in sentence:
            return sentence
    return ""
