"""What a changed position means: what stood before it and beside it, what stands on the dossier's day, and which
shifts and contradictions come and go with it. Positions of one date stand side by side, whatever their order in the
file: none of them is the one that counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from msgspec.structs import replace

from generator.as_of.day import sort_key
from generator.compare.changes import REMOVED, BriefChange, Changes, Place, RecordChange
from generator.compare.sameness import Sameness
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Demand
from generator.models.demand import Position
from generator.models.fields import Party
from generator.models.vocabulary import Stance
from generator.values import Value
from generator.views.briefs import ActorPositions, positions_by_actor
from generator.views.trajectories import Moment, Step

NOW, OLDER, LATER, GONE = "now", "older", "later", "gone"


class Held(Value):
    """An actor's stance on a demand on a date; several where positions of that date differ."""

    stances: tuple[Stance, ...]
    date: Edtf | None

    @property
    def words(self) -> str:
        return " and ".join(map(str, self.stances))


class PositionNews(Value):
    """A position that came, went or reads otherwise."""

    change: RecordChange
    demand: Demand
    position: Position
    prior: Held | None
    """What the same actor held just before it."""
    beside: tuple[Stance, ...]
    """Other stances of the same actor on the same date."""
    move: str
    """What the way from the position before to this one is called, where that is a shift."""
    alone: bool
    """Whether it is the actor's only position on the demand."""
    rank: str
    """`now`: it is, or is among, what the actor holds on the day; `older` or `later` than that; `gone`."""
    now: Held | None
    """What the actor holds on the day, as it stands with the change."""
    was: Held | None
    """What the actor held on the day before the change."""
    last: bool = True
    """Whether no other of the actor's positions on the demand is told of after this one."""


class ShiftNews(Value):
    """A shift of stance that the change brings in or takes out."""

    demand: Demand
    actor: Party
    step: Step
    place: Place


class Contradiction(Value):
    """Stances of one actor on one demand, of one date, that now stand side by side."""

    demand: Demand
    actor: Party
    held: Held
    one_day: bool
    """Whether they are of one day; those of a month or a year may as well have followed each other."""
    place: Place


def held_on_the_day(dossier: Dossier, demand: Demand, actor: Party) -> Held | None:
    """What an actor holds on a demand on the dossier's day."""
    return held_now(_entry(dossier, demand, actor))


def held_now(entry: ActorPositions | None) -> Held | None:
    """The same of an actor's positions."""
    if entry is None or entry.now is None:
        return None
    date = entry.now.record.date
    return _held(next(moment for moment in entry.moments if moment.date == date))


def _held(moment: Moment) -> Held:
    return Held(moment.stances, moment.date)


def _entry(dossier: Dossier, demand: Demand, actor: Party) -> ActorPositions | None:
    return next((entry for entry in positions_by_actor(dossier, demand) if entry.actor == actor), None)


def position_news(changes: Changes) -> Iterator[PositionNews]:
    """Every position that changed in a demand that was there before and still is: by demand, actor and date."""
    for brief in changes.briefs:
        if isinstance(brief.before, Demand) and isinstance(brief.after, Demand):
            actors = [position.actor for position in (*brief.after.positions, *brief.before.positions)]
            news = [_news(changes, brief, change) for change in brief.records if isinstance(change.record, Position)]
            news.sort(key=lambda n: (actors.index(n.position.actor), sort_key(n.position.date)))
            for entry, following in zip_longest(news, news[1:]):
                same = following is not None and following.position.actor == entry.position.actor
                yield replace(entry, last=not same)


def _news(changes: Changes, brief: BriefChange, change: RecordChange) -> PositionNews:
    before, after, position = brief.before, brief.after, change.record
    assert isinstance(before, Demand) and isinstance(after, Demand) and isinstance(position, Position)
    dossier = changes.after.dossier
    old = change.before if isinstance(change.before, Position) else position
    was = held_on_the_day(changes.before.dossier, before, old.actor)
    entry = _entry(dossier, after, position.actor)
    now = held_now(entry)
    if change.how == REMOVED or entry is None:
        return PositionNews(change, after, position, None, (), "", False, GONE, now, was)
    moments = entry.moments
    at = next(number for number, moment in enumerate(moments) if moment.date == position.date)
    beside = tuple(stance for stance in moments[at].stances if stance != position.stance)
    step = next((step for step in entry.shifts if step.after.date == position.date and step.certain), None)
    if now is not None and now.date == position.date:
        rank = NOW
    else:
        rank = LATER if position.date and position.date.is_later(dossier.as_of) else OLDER
    alone = len(entry.positions.so_far) + len(entry.positions.later) == 1
    return PositionNews(change, after, position, _held(moments[at - 1]) if at else None, beside,
                        str(step.move) if step else "", alone, rank, now, was)


# --- shifts and contradictions ---------------------------------------------------------------


def shifts_come(changes: Changes) -> Iterator[ShiftNews]:
    """Shifts that are told with the change and were not without it."""
    yield from _other_shifts(changes, came=True)


def shifts_gone(changes: Changes) -> Iterator[ShiftNews]:
    """Shifts that were told without the change, of demands that are still there."""
    yield from _other_shifts(changes, came=False)


def _other_shifts(changes: Changes, came: bool) -> Iterator[ShiftNews]:
    for brief in _demands(changes):
        if brief.before is None and not came:
            continue
        assert isinstance(brief.after, Demand)
        sides = [dict(_keyed_shifts(changes, dossier, demand)) for dossier, demand in (
            (changes.after.dossier, brief.after), (changes.before.dossier, brief.before))]
        mine, others = sides if came else reversed(sides)
        for key, (actor, step) in mine.items():
            if key not in others:
                yield ShiftNews(brief.after, actor, step, _place(changes, brief, actor, step.after, step.before))


def _keyed_shifts(changes: Changes, dossier: Dossier, demand: object) -> Iterator[tuple[object, tuple[Party, Step]]]:
    """The shifts on a demand, by what tells one from another in both dossiers."""
    if isinstance(demand, Demand):
        for entry in positions_by_actor(dossier, demand):
            for step in entry.shifts:
                yield (_called(changes, entry.actor), *((str(moment.date), moment.stances)
                                                        for moment in (step.before, step.after))), (entry.actor, step)


def contradictions_come(changes: Changes) -> Iterator[Contradiction]:
    """Positions of one date that differ now and did not before."""
    for brief in _demands(changes):
        known = {(_called(changes, entry.actor), str(moment.date), moment.stances)
                 for entry in (positions_by_actor(changes.before.dossier, brief.before) if isinstance(
                     brief.before, Demand) else ()) for moment in entry.moments if moment.split}
        assert isinstance(brief.after, Demand)
        for entry in positions_by_actor(changes.after.dossier, brief.after):
            for moment in entry.moments:
                if moment.split and (_called(changes, entry.actor), str(moment.date), moment.stances) not in known:
                    yield Contradiction(brief.after, entry.actor, _held(moment), moment.one_day, _place(
                        changes, brief, entry.actor, moment))


def _demands(changes: Changes) -> Iterator[BriefChange]:
    return (brief for brief in changes.briefs if isinstance(brief.after, Demand))


def _called(changes: Changes, actor: Party) -> str:
    """An actor's name, so that somebody outside who gets a brief is the same as before."""
    if actor.ref is None:
        return actor.outside or ""
    brief = changes.after.dossier.briefs.get(Sameness(changes.renamed).id(actor.ref.id))
    return str(brief.name) if brief else actor.ref.id


def _place(changes: Changes, brief: BriefChange, actor: Party, *moments: Moment) -> Place:
    """Where one of these positions changed, or else the first that did of the actor's."""
    records = {id(item.record) for moment in moments for item in moment.items}
    own = [change for change in brief.records if isinstance(change.record, Position)
           and _called(changes, change.record.actor) == _called(changes, actor)]
    own.sort(key=lambda change: not {id(change.before), id(change.after)} & records)
    return own[0].place if own else brief.place
