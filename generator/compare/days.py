"""What stands on which side of the dossier's day: dates that crossed it, and what a new day changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.compare.changes import BriefChange, Changes, Place, RecordChange
from generator.compare.positions import held_now
from generator.compare.provisions import NewStanding, new_standings
from generator.dates import CURRENT, LATER, Edtf
from generator.dossier import Dossier
from generator.models import Brief, Demand, Event, Instrument, Meeting
from generator.models.actor import Members, Membership, Office, StandingRecord
from generator.models.base import DatedStatement, Record, walk
from generator.models.demand import DemandStep, Position
from generator.models.fields import Party
from generator.models.un_process import Head
from generator.values import Value
from generator.views.briefs import positions_by_actor, status_now

_TERMS = (StandingRecord, Office, Membership, Members, Head)
"""Records of what somebody is for a time."""


class Crossing(Value):
    """A date that moved across the day. `how`: `later` than it now, `reached`; of what lasts, `holds` or `ended`."""

    brief: BriefChange
    change: RecordChange
    before: Edtf
    after: Edtf
    how: str
    place: Place


class Fact(Value):
    """A dated brief, or a dated record in one."""

    brief: Brief
    record: Record
    date: Edtf
    place: Place


class FactsOf(Value):
    """A brief with those of its facts that change sides."""

    brief: Brief
    own: Fact | None
    """The brief's own date, where it is among them."""
    records: tuple[Fact, ...]

    @property
    def types(self) -> tuple[tuple[str, int], ...]:
        """The types of the records, with how many of each."""
        return tuple(Counter(type(fact.record).__name__ for fact in self.records).items())


class NewStatus(Value):
    """A demand whose status of the day differs."""

    demand: Demand
    before: str
    after: str
    """Empty where it has none."""


class NewStance(Value):
    """An actor whose position of the day on a demand differs."""

    demand: Demand
    actor: Party
    before: str
    after: str
    """Empty where it has none."""


class NewDay(Value):
    """What another day changes in facts that are as they were."""

    before: Edtf
    after: Edtf
    reached: tuple[FactsOf, ...]
    """Was later than the day, and is no more."""
    left: tuple[FactsOf, ...]
    """Is later than the day now."""
    begun: tuple[Fact, ...]
    """Offices, standings and memberships that hold now."""
    ended: tuple[Fact, ...]
    statuses: tuple[NewStatus, ...]
    standings: tuple[NewStanding, ...]
    stances: tuple[NewStance, ...]


def crossings(changes: Changes) -> Iterator[Crossing]:
    """Dates that were edited and thereby crossed the day."""
    before, after = changes.before.dossier.as_of, changes.after.dossier.as_of
    if not (changes.before.settled and changes.after.settled):
        return
    for brief in changes.briefs:
        for change in brief.records:
            field = change.of("date")
            if field and isinstance(field.before, Edtf) and isinstance(field.after, Edtf):
                how = _crossed(field.before.on(before), field.after.on(after), isinstance(change.record, _TERMS))
                if how:
                    yield Crossing(brief, change, field.before, field.after, how, field.place)


def _crossed(was: str, now: str, lasts: bool) -> str:
    if (was == LATER) != (now == LATER):
        return "later" if now == LATER else "reached"
    if lasts and (was == CURRENT) != (now == CURRENT):
        return "holds" if now == CURRENT else "ended"
    return ""


def new_day(changes: Changes) -> NewDay | None:
    """What the dossier's new day changes; None where it stands at the same day."""
    old, new = changes.before.dossier.as_of, changes.after.dossier.as_of
    if old == new or not (changes.before.settled and changes.after.settled):
        return None
    now = changes.after.dossier
    then = now.at(old)
    reached, left, begun, ended = [], [], [], []
    for fact in _facts(now):
        before, after = fact.date.on(old), fact.date.on(new)
        if isinstance(fact.record, _TERMS):
            if after == CURRENT != before:
                begun.append(fact)
            elif before == CURRENT != after:
                ended.append(fact)
        elif not isinstance(fact.record, (Position, DemandStep)):
            if before == LATER != after:
                reached.append(fact)
            elif after == LATER != before:
                left.append(fact)
    return NewDay(old, new, tuple(_by_brief(reached)), tuple(_by_brief(left)), tuple(begun), tuple(ended),
                  tuple(new_statuses(then, now)), tuple(new_standings(then, now)), tuple(_new_stances(then, now)))


def _by_brief(facts: list[Fact]) -> Iterator[FactsOf]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.brief.id, []).append(fact)
    for same in found.values():
        own = next((fact for fact in same if fact.record is fact.brief), None)
        yield FactsOf(same[0].brief, own, tuple(fact for fact in same if fact is not own))


def _facts(dossier: Dossier) -> Iterator[Fact]:
    for id, brief in dossier.briefs.items():
        origin = dossier.origin(id)
        if isinstance(brief, (Event, Meeting, Instrument)):
            yield Fact(brief, brief, brief.date, Place(origin.file, origin.line))
        for path, record in walk(brief):
            if isinstance(record, DatedStatement) and record.date is not None:
                yield Fact(brief, record, record.date, Place(origin.file, origin.place(path)[0]))


def new_statuses(then: Dossier, now: Dossier, renamed: dict[str, str] | None = None) -> Iterator[NewStatus]:
    """Demands whose status of the day differs between two dossiers."""
    old_of = {new: old for old, new in (renamed or {}).items()}
    for id, demand in now.briefs.items():
        was = then.briefs.get(old_of.get(id, id))
        if isinstance(demand, Demand) and isinstance(was, Demand):
            before, after = _status(then, was), _status(now, demand)
            if before != after:
                yield NewStatus(demand, before, after)


def _status(dossier: Dossier, demand: Demand) -> str:
    step = status_now(dossier, demand)
    return str(step.record.status) if step else ""


def _new_stances(then: Dossier, now: Dossier) -> Iterator[NewStance]:
    for demand in now.of_kind("demand"):
        assert isinstance(demand, Demand)
        old = {entry.actor: held_now(entry) for entry in positions_by_actor(then, demand)}
        for entry in positions_by_actor(now, demand):
            before, after = (held.words if held else "" for held in (old[entry.actor], held_now(entry)))
            if before != after:
                yield NewStance(demand, entry.actor, before, after)
