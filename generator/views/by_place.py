"""Events and meetings by place. A place is free text, such as `The old customs house, Tern`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.addresses import unique_anchors
from generator.as_of.day import Split, brief_order, split
from generator.dossier import Dossier
from generator.models import Brief, Event, Meeting
from generator.models.fields import slug
from generator.reads import note, unrecorded
from generator.values import Value
from generator.views.alphabet import folded

_HEADINGS = ("sources", "terms", "all places")
"""The page's own headings."""


class Place(Value):
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


class Places(Value):
    places: tuple[Place, ...]
    """By the last part of the name, so that `The old customs house, Tern` stands under `Tern`."""
    by_name: tuple[Place, ...]
    count: int
    without: int
    """How many events and meetings name no place."""


def place_anchor(dossier: Dossier, place: str) -> str:
    """The anchor of a place on the page of places. What places there are is one fact."""
    note("#places", "")
    with unrecorded():
        anchors: dict[str, str] = dossier.memo("place anchors").get("", lambda: place_anchors(dossier))
    return anchors[place]


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
    parts = {name: _parts(name) for name in groups}
    names = sorted(groups, key=lambda name: _place_key(name, parts[name]))
    with_part: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        for part in set(parts[name]):
            with_part.setdefault(part, []).append(number)
    found = []
    wider: list[str] = []
    for name in names:
        own = parts[name]
        ordered = sorted(groups[name], key=brief_order)
        # Places that share a part of the name, and so little that they do not stand together.
        related = sorted({number for part in set(own) for number in with_part[part]})
        near = tuple((other, anchors[other]) for other in map(names.__getitem__, related) if parts[other][-1:] != own[-1:])
        found.append(Place(name, anchors[name], len(own) > 1 and wider == own[-1:],
                           split(ordered, [b.date.is_later(dossier.as_of) for b in ordered]), near))
        if len(own) == 1:
            wider = own
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


def _place_key(name: str, parts: list[str]) -> tuple[object, ...]:
    return (parts[-1] if parts else "", len(parts) > 1, parts, name)
