"""What a changed position means: what stood before it, what stands on the dossier's day, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from generator.as_of.day import sort_key
from generator.compare.changes import REMOVED, BriefChange, Changes, Place, RecordChange
from generator.dossier import Dossier
from generator.models import Demand
from generator.models.demand import Position
from generator.models.vocabulary import Stance
from generator.views.briefs import positions_by_actor

NOW, OLDER, LATER, GONE = "now", "older", "later", "gone"


@dataclass(frozen=True)
class PositionNews:
    """A position that came, went or reads otherwise."""

    change: RecordChange
    demand: Demand
    position: Position
    prior: Position | None
    """The same actor's position just before it."""
    alone: bool
    """Whether it is the actor's only position on the demand."""
    rank: str
    """`now`: it is the position of the day; `older` or `later` than that; `gone`."""
    now: Position | None
    """The actor's position of the day, as it stands with the change."""
    was: Position | None
    """The actor's position of the day before the change."""
    last: bool = True
    """Whether no other of the actor's positions on the demand is told of after this one."""


@dataclass(frozen=True)
class Turn:
    """Two positions of one actor on one demand that differ in stance, one after the other or on one day."""

    demand: Demand
    earlier: Position
    later: Position
    same_day: bool
    place: Place


def ordered(dossier: Dossier, demand: Demand, position: Position) -> list[Position]:
    """All positions of the position's actor on the demand, in the order of their dates."""
    entry = next((entry for entry in positions_by_actor(dossier, demand) if entry.actor == position.actor), None)
    if entry is None:
        return []
    return [item.record for item in (*entry.positions.so_far, *entry.positions.later)]


def position_now(dossier: Dossier, demand: Demand, position: Position) -> Position | None:
    """The position of the day of the position's actor."""
    entry = next((entry for entry in positions_by_actor(dossier, demand) if entry.actor == position.actor), None)
    return entry.now.record if entry and entry.now else None


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
    now = position_now(changes.after.dossier, after, position)
    was = position_now(changes.before.dossier, before, change.before or position)  # type: ignore[arg-type]
    if change.how == REMOVED:
        return PositionNews(change, after, position, None, False, GONE, now, was)
    line = ordered(changes.after.dossier, after, position)
    at = next(number for number, entry in enumerate(line) if entry is position)
    rank = NOW if now is position else (
        LATER if position.date and position.date.is_later(changes.after.dossier.as_of) else OLDER)
    return PositionNews(change, after, position, line[at - 1] if at else None, len(line) == 1, rank, now, was)


def turns(changes: Changes) -> Iterator[Turn]:
    """Changes of stance that the change brings in: each pair in a row of which one is new or reads otherwise."""
    for brief in changes.briefs:
        if not isinstance(brief.after, Demand):
            continue
        touched = {id(change.after): change.place for change in brief.records
                   if isinstance(change.after, Position) and _settles(change)}
        seen: set[tuple[int, int]] = set()
        for change in brief.records:
            if id(change.after) not in touched:
                continue
            line = ordered(changes.after.dossier, brief.after, change.after)  # type: ignore[arg-type]
            for earlier, later in pairwise(line):
                new = touched.get(id(later)) or touched.get(id(earlier))
                pair = (id(earlier), id(later))
                if new and pair not in seen and differ(earlier, later):
                    seen.add(pair)
                    yield Turn(brief.after, earlier, later, str(earlier.date) == str(later.date), new)


def _settles(change: RecordChange) -> bool:
    """Whether a position is new, or its stance, its day or its actor differs."""
    return change.before is None or any(change.of(name) for name in ("stance", "date", "actor"))


def differ(one: Position, other: Position) -> bool:
    """Whether two positions cannot both hold. What is unclear contradicts nothing."""
    return one.stance != other.stance and Stance.UNCLEAR not in (one.stance, other.stance)
