"""What one hand did in many places at once: a source exchanged, a list dropped. It is told once, not place by place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec.structs import replace

from generator import prose
from generator.compare.changes import CHANGED, REMOVED, BriefChange, Changes, FieldChange, Place, RecordChange
from generator.compare.sameness import Sameness, fields_of, is_empty
from generator.models.fields import Citation, Line, Prose
from generator.values import Value

_MANY_SWAPS = 4
"""In so many places the exchange of a source is told once for all of them."""
_MANY_GONE = 3
"""A list of so many records that is empty now was probably not meant to be."""


class Swap(Value):
    """A source that gave way to another one, in many places; nothing else differs there."""

    before: str
    after: str
    """The ids, both as they are now."""
    places: tuple[tuple[BriefChange, Place], ...]

    @property
    def briefs(self) -> tuple[tuple[BriefChange, Place, int], ...]:
        """The briefs, each with its first place and with how many it has."""
        counts = Counter(brief.id for brief, _ in self.places)
        first: dict[str, tuple[BriefChange, Place]] = {}
        for brief, place in self.places:
            first.setdefault(brief.id, (brief, place))
        return tuple((brief, place, counts[id]) for id, (brief, place) in first.items())


class ListGone(Value):
    """A list of a brief that held several records and holds none now."""

    brief: BriefChange
    field: str
    records: tuple[RecordChange, ...]

    @property
    def place(self) -> Place:
        return self.records[0].place


def gathered(changes: Changes) -> tuple[Changes, tuple[Swap, ...], tuple[ListGone, ...]]:
    """What was done in many places, and the changes without it."""
    swaps = tuple(_swaps(changes))
    gone = tuple(_lists_gone(changes))
    sameness = [Sameness({**changes.renamed, swap.before: swap.after}) for swap in swaps]
    dropped = {id(record) for entry in gone for record in entry.records}

    def left(brief: BriefChange) -> BriefChange:
        if brief.how != CHANGED:
            return brief
        records = []
        for record in brief.records:
            fields = tuple(field for field in record.fields if not _swapped(field, sameness))
            if id(record) not in dropped and (fields or not record.fields):
                records.append(replace(record, fields=fields) if fields != record.fields else record)
        return replace(brief, records=tuple(records)) if len(records) != len(brief.records) or any(
            one is not other for one, other in zip(records, brief.records, strict=True)) else brief

    return replace(changes, briefs=tuple(map(left, changes.briefs))) if swaps or gone else changes, swaps, gone


# --- sources exchanged -----------------------------------------------------------------------


def _swaps(changes: Changes) -> Iterator[Swap]:
    now = Sameness(changes.renamed)
    found: dict[tuple[str, str], list[tuple[BriefChange, Place]]] = defaultdict(list)
    for brief in changes.briefs:
        for record in brief.records if brief.how == CHANGED else ():
            for field in record.fields:
                pair = _exchanged(field, now)
                if pair and _swapped(field, [Sameness({**changes.renamed, pair[0]: pair[1]})]):
                    found[pair].append((brief, field.place))
    for (before, after), places in found.items():
        if len(places) >= _MANY_SWAPS:
            yield Swap(before, after, tuple(places))


def _exchanged(field: FieldChange, sameness: Sameness) -> tuple[str, str] | None:
    """The one source that is cited no longer and the one that is cited instead."""
    before, after = ({sameness.id(id) for id in _cited(value)} for value in (field.before, field.after))
    gone, come = before - after, after - before
    return (gone.pop(), come.pop()) if len(gone) == len(come) == 1 else None


def _cited(value: object) -> Iterator[str]:
    if isinstance(value, (Prose, Line)):
        yield from (token.target for token in prose.tokens(value) if token.kind == prose.CITATION)
    elif isinstance(value, tuple):
        yield from (item.id for item in value if isinstance(item, Citation))


def _swapped(field: FieldChange, exchanges: list[Sameness]) -> bool:
    """Whether nothing but such an exchange happened to a field."""
    return (field.name == "sources" or isinstance(field.before, (Prose, Line))) and any(
        sameness.key(field.before) == sameness.key(field.after) for sameness in exchanges)


# --- lists dropped ---------------------------------------------------------------------------


def _lists_gone(changes: Changes) -> Iterator[ListGone]:
    for brief in changes.briefs:
        if brief.how != CHANGED or brief.after is None:
            continue
        values = dict(fields_of(brief.after))
        removed: dict[str, list[RecordChange]] = defaultdict(list)
        for record in brief.records:
            if record.how == REMOVED and not record.around and len(record.path) == 2:
                removed[record.field].append(record)
        for name, records in removed.items():
            if len(records) >= _MANY_GONE and is_empty(values.get(name)):
                yield ListGone(brief, name, tuple(records))
