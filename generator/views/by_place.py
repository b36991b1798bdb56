"""Events and meetings by place. A place is free text, such as `The old customs house, Tern`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.addresses import unique_anchors
from generator.as_of.day import Split, brief_order, split
from generator.dossier import Dossier
from generator.models import Brief, Event, Meeting
from generator.models.fields import slug
from generator.views.alphabet import folded

_HEADINGS = ("sources", "terms", "all places")
"""The page's own headings."""


@dataclass(frozen=True)
class Place:
    """Everything at one place; `within` says that it stands under a wider one just before it."""

    name: str
    anchor: str
    within: bool
    entries: Split[Brief]
    near: tuple[tuple[str, str], ...]
    """Names and anchors of places elsewhere on the page that share a part of the name."""

    @property
    def count(self) -> int:
        return len(self.entries.so_far) + len(self.entries.later)


@dataclass(frozen=True)
class Places:
    places: tuple[Place, ...]
    """By the last part of the name, so that `The old customs house, Tern` stands under `Tern`."""
    by_name: tuple[Place, ...]
    count: int
    without: int
    """How many events and meetings name no place."""


def place_anchors(dossier: Dossier) -> dict[str, str]:
    """The anchor of each place on the page of places, by its exact text."""
    names = sorted({str(brief.place) for brief in _dated(dossier) if brief.place})
    return dict(zip(names, unique_anchors([*_HEADINGS, *map(slug, names)])[len(_HEADINGS):], strict=True))


def places(dossier: Dossier) -> Places:
    groups: dict[str, list[Event | Meeting]] = {}
    without = 0
    for brief in _dated(dossier):
        if brief.place:
            groups.setdefault(str(brief.place), []).append(brief)
        else:
            without += 1
    anchors = place_anchors(dossier)
    names = sorted(groups, key=_place_key)
    found = []
    for number, name in enumerate(names):
        ordered = sorted(groups[name], key=brief_order)
        wider = next((other for other in reversed(names[:number]) if len(_parts(other)) == 1), "")
        near = tuple((other, anchors[other]) for other in names if _related(name, other))
        found.append(Place(name, anchors[name], len(_parts(name)) > 1 and _parts(wider) == _parts(name)[-1:],
                           split(ordered, [b.date.is_later(dossier.as_of) for b in ordered]), near))
    return Places(tuple(found), tuple(sorted(found, key=lambda place: (folded(place.name), place.name))),
                  sum(place.count for place in found), without)


def _dated(dossier: Dossier) -> Iterator[Event | Meeting]:
    return (brief for brief in dossier.of_kind("event", "meeting") if isinstance(brief, (Event, Meeting)))


def _parts(name: str) -> list[str]:
    """The parts between commas, from the narrow to the wide, as they sort. Remarks in lower case are no parts."""
    parts: list[str] = []
    for part in (part.strip() for part in name.split(",")):
        if parts and part[:1].islower():
            parts[-1] += f" {part}"
        elif folded(part):
            parts.append(part)
    return [folded(part) for part in parts]


def _place_key(name: str) -> tuple[object, ...]:
    parts = _parts(name)
    return (parts[-1] if parts else "", len(parts) > 1, parts, name)


def _related(name: str, other: str) -> bool:
    """Whether two places share a part of the name, and so little that they do not stand together."""
    own, others = _parts(name), _parts(other)
    return name != other and own[-1:] != others[-1:] and bool(set(own) & set(others))
