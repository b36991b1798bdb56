"""What belongs together: the briefs of two dossiers, and the records of two lists.

Records are matched by what they are, never by where they stand: first those that say the same, then those that
share what makes such a record that record, last those that are alike in most fields.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from generator.compare.sameness import Sameness, fields_of, is_empty
from generator.models import Brief
from generator.models.base import Record
from generator.models.fields import Line, Prose

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Pair = tuple[int, int]

_IDENTITY: dict[str, tuple[str, ...]] = {
    "Position": ("actor date speaker", "actor date"),
    "DemandStep": ("date",),
    "Basis": ("text",),
    "StandingRecord": ("standing date", "date", "standing"),
    "Office": ("office at date", "office at", "at date", "office"),
    "Membership": ("of role date", "of role", "of"),
    "Members": ("actors role", "actors", "role date", "role"),
    "Relation": ("type actor date", "type actor", "actor date", "actor"),
    "Succession": ("type actor", "actor"),
    "Designation": ("by designated date", "by designated", "by"),
    "Label": ("by called date", "by called", "by"),
    "Account": ("on by date", "on date", "by date", "on sources", "says"),
    "Signatory": ("act actors", "actors", "act"),
    "Provision": ("part paragraph verb", "part paragraph", "paragraph"),
    "ProvisionStep": ("date",),
    "Deadline": ("paragraph what", "what", "paragraph due", "paragraph"),
    "CountedFrom": ("start",),
    "Lineage": ("type text", "text"),
    "CastVote": ("vote", "actors"),
    "Mandate": ("act date", "act text", "date", "act"),
    "Head": ("actor role date", "actor role", "actor", "role date"),
    "Seat": ("actors for date role", "actors for", "actors", "for role"),
    "Absence": ("actors date", "actors"),
    "AgendaItem": ("item",),
    "Outcome": ("date text", "date", "text"),
    "Involved": ("role actors", "actors", "role"),
    "Script": ("lang",),
    "Edition": ("date", "title"),
}
"""What makes a record that record, the strictest first: fields by the names that editors type."""

_ALIKE_TWINS = 0.35
"""How alike two records must be where several share what makes them those records."""
_ALIKE = 0.6
"""How alike two records, or two briefs, must be where nothing else says that they belong together."""
_MOST_PAIRS = 40_000
"""More pairs than this are not weighed one by one."""


def match_records(before: Sequence[Record], after: Sequence[Record], sameness: Sameness) -> list[Pair]:
    """Which record of a list became which of the other: pairs of places, in the order of the newer list."""
    old, new = dict(enumerate(before)), dict(enumerate(after))
    pairs: list[Pair] = []

    def take(found: Iterable[Pair]) -> None:
        for one, other in found:
            if one in old and other in new:
                pairs.append((one, other))
                del old[one], new[other]

    take(_by_key(old, new, sameness.key, sameness, twins=0.0))
    for names in _IDENTITY.get(type((*before, *after)[0]).__name__, ()) if before or after else ():
        wanted = names.split()
        take(_by_key(old, new, lambda record, wanted=wanted: _identity(record, wanted, sameness), sameness,
                     twins=_ALIKE_TWINS))
    take(_by_likeness(old, new, lambda one, other: likeness(one, other, sameness)))
    return sorted(pairs, key=lambda pair: pair[1])


def match_briefs(before: dict[str, Brief], after: dict[str, Brief], sameness: Sameness) -> list[tuple[str, str]]:
    """Which of the briefs that are gone became which of the new ones: pairs of ids.

    What a new brief says of its former ids comes first; then briefs of one kind that share their name or are alike.
    """
    old, new = dict(before), dict(after)
    pairs: list[tuple[str, str]] = []

    def take(one: str, other: str) -> None:
        if one in old and other in new:
            pairs.append((one, other))
            del old[one], new[other]

    for id, brief in after.items():
        for former in brief.formerly:
            take(former, id)

    def alike(one: Brief, other: Brief) -> float:
        if one.kind != other.kind:
            return 0.0
        own = likeness(one, other, sameness)
        return max(own, _ALIKE + own / 10) if one.name == other.name and own > _ALIKE / 2 else own

    for one, other in _by_likeness(old, new, alike):
        take(one, other)
    return pairs


def _identity(record: Record, names: list[str], sameness: Sameness) -> Hashable:
    values = dict(fields_of(record))
    key = tuple(repr(sameness.key(values.get(name))) for name in names)
    return None if all(is_empty(values.get(name)) for name in names) else key


def _by_key(old: dict[int, Record], new: dict[int, Record], key: Callable[[Record], object], sameness: Sameness,
            twins: float) -> list[Pair]:
    """Pairs of records with the same key; where several share it, the most alike first."""
    groups: dict[object, tuple[list[int], list[int]]] = {}
    for side, records in enumerate((old, new)):
        for place, record in records.items():
            wanted = key(record)
            if wanted is not None:
                groups.setdefault(wanted, ([], []))[side].append(place)
    found: list[Pair] = []
    for ones, others in groups.values():
        if len(ones) == len(others) == 1 or (twins == 0.0 and len(ones) == len(others)):
            found.extend(zip(ones, others, strict=True))
        elif ones and others:
            found.extend(_by_likeness({place: old[place] for place in ones}, {place: new[place] for place in others},
                                      lambda one, other: likeness(one, other, sameness), twins))
    return found


def _by_likeness(old: dict[K, T], new: dict[K, T], alike: Callable[[T, T], float],
                 least: float = _ALIKE) -> list[tuple[K, K]]:
    """Pairs of what is most alike, the best pair first; each stands in one pair at most."""
    if not old or not new or len(old) * len(new) > _MOST_PAIRS:
        return []
    weighed = [(alike(one, other), place, at) for place, one in old.items() for at, other in new.items()]
    found: list[tuple[K, K]] = []
    used: set[K] = set()
    taken: set[K] = set()
    for weight, place, at in sorted(weighed, key=lambda entry: -entry[0]):
        if weight >= least and place not in used and at not in taken:
            used.add(place)
            taken.add(at)
            found.append((place, at))
    return found


def likeness(one: Record, other: Record, sameness: Sameness) -> float:
    """How alike two records are, from 0 to 1: the mean over the fields that either has."""
    values, others = dict(fields_of(one)), dict(fields_of(other))
    names = [name for name in {**values, **others}
             if not (is_empty(values.get(name)) and is_empty(others.get(name)))]
    if not names:
        return 1.0
    return sum(_alike(values.get(name), others.get(name), sameness) for name in names) / len(names)


def _alike(one: object, other: object, sameness: Sameness) -> float:
    if is_empty(one) or is_empty(other):
        return 0.0
    if sameness.same(one, other):
        return 1.0
    if isinstance(one, (Prose, Line)) and isinstance(other, (Prose, Line)):
        return _shared({word.key for word in sameness.words(one)}, {word.key for word in sameness.words(other)})
    if isinstance(one, tuple) and isinstance(other, tuple):
        return _shared({repr(sameness.key(item)) for item in one}, {repr(sameness.key(item)) for item in other})
    return 0.0


def _shared(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
