"""The front page: how everything stands on the dossier's day, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from generator import prose
from generator.as_of.day import holds, sort_key
from generator.as_of.provisions import TextDeadline, deadlines_of_texts
from generator.dossier import Dossier
from generator.models import Brief, Demand, Event
from generator.models.actor import ActorLike
from generator.models.vocabulary import Standing
from generator.values import Value
from generator.views.briefs import DemandLine, demand_line, items
from generator.views.gaps import Foundation, foundation
from generator.views.indexes import name_key

ROOM = (
    ("At the talks", (Standing.CONVENER, Standing.MEDIATOR, Standing.FACILITATOR, Standing.HOST, Standing.GUARANTOR,
                     Standing.PARTY)),
    ("Invited or heard", (Standing.INVITED, Standing.CONSULTED, Standing.OBSERVER)),
    ("Disputed", (Standing.DISPUTED,)),
    ("Excluded or gone", (Standing.EXCLUDED, Standing.WITHDRAWN)),
    ("Around the talks", (Standing.SUPPORTER, Standing.OUTSIDE)),
)
_NAMED_AT_MOST = 14
_DEADLINES_AT_MOST = 12
_RECENT_DAYS, _RECENT_AT_MOST, _RECENT_AT_LEAST = 7, 12, 6


class Named(Value):
    """A brief with the anchor of the record that gives its standing."""

    brief: Brief
    anchor: str


class StandingList(Value):
    word: str
    named: tuple[Named, ...]
    more: int
    """How many more there are than named."""


class Room(Value):
    title: str
    lists: tuple[StandingList, ...]


class Recent(Value):
    event: Event
    words: str
    """The first sentence of its summary, as typed."""


class StateOfPlay(Value):
    rooms: tuple[Room, ...]
    demands: tuple[DemandLine, ...]
    more_demands: int
    deadlines: tuple[TextDeadline, ...]
    more_deadlines: int
    recent: tuple[Recent, ...]
    later: int
    start_here: tuple[Brief, ...]
    counts: dict[str, int]
    foundation: Foundation


def state_of_play(dossier: Dossier, shares: Mapping[str, bytes] | None = None) -> StateOfPlay:
    """The page. `shares` are what the briefs give to that of gaps, where they are known: both say how well founded it is."""
    demands = sum(1 for _ in dossier.of_kind("demand"))
    main = main_demands(dossier)
    deadlines = open_deadlines(dossier)
    events = [brief for brief in dossier.of_kind("event") if isinstance(brief, Event)]
    return StateOfPlay(
        rooms=_rooms(dossier),
        demands=main, more_demands=demands - len(main),
        deadlines=tuple(deadlines[:_DEADLINES_AT_MOST]), more_deadlines=max(0, len(deadlines) - _DEADLINES_AT_MOST),
        recent=_recent(dossier, events), later=sum(event.date.is_later(dossier.as_of) for event in events),
        start_here=tuple(dossier.briefs[ref.id] for ref in dossier.settings.start_here if ref.id in dossier.briefs),
        counts=dict(Counter(brief.kind for brief in dossier.briefs.values())), foundation=foundation(dossier, shares))


def main_demands(dossier: Dossier) -> tuple[DemandLine, ...]:
    """The demands that are told at a glance."""
    demands = [brief for brief in dossier.of_kind("demand") if isinstance(brief, Demand)]
    main = [demand for demand in demands if demand.main] or demands[:15]
    return tuple(demand_line(dossier, demand) for demand in sorted(main, key=lambda d: (d.category, name_key(d))))


def _rooms(dossier: Dossier) -> tuple[Room, ...]:
    """Who stands where in the process on the day, main actors first; each standing names a few and counts the rest."""
    found: dict[str, list[Named]] = {}
    for brief in dossier.of_kind("actor", "body"):
        seen = set()
        for item in filter(holds, items(dossier, brief, "standing", in_order=True)):
            word = str(item.record.standing)
            if word not in seen:
                seen.add(word)
                found.setdefault(word, []).append(Named(brief, item.anchor))
    for named in found.values():
        named.sort(key=lambda n: (not isinstance(n.brief, ActorLike) or not n.brief.main, name_key(n.brief)))
    rooms = []
    for title, words in ROOM:
        lists = [StandingList(str(word), tuple(found[word][:_NAMED_AT_MOST]), max(0, len(found[word]) - _NAMED_AT_MOST))
                 for word in map(str, words) if word in found]
        if lists:
            rooms.append(Room(title, tuple(lists)))
    return tuple(rooms)


def open_deadlines(dossier: Dossier) -> list[TextDeadline]:
    """The deadlines of the texts in being on the day, nearest to it first: those to come, then those gone by."""
    found = [entry for entry in deadlines_of_texts(dossier) if not entry.instrument.date.is_later(dossier.as_of)]
    found.sort(key=lambda entry: (sort_key(entry.instrument.date), entry.deadline.anchor))
    to_come, gone, unknown = [], [], []
    for entry in found:
        ends = entry.deadline.ends
        (unknown if ends is None else gone if ends.before(dossier.as_of) else to_come).append(entry)
    to_come.sort(key=lambda entry: sort_key(entry.deadline.ends))
    gone.sort(key=lambda entry: sort_key(entry.deadline.ends), reverse=True)
    return [*to_come, *unknown, *gone]


def _recent(dossier: Dossier, events: list[Event]) -> tuple[Recent, ...]:
    """The events of the last days before the dossier's day, the latest first; a few older ones where they are few."""
    past = sorted((event for event in events if not event.date.is_later(dossier.as_of)),
                  key=lambda event: (sort_key(event.date), event.id), reverse=True)
    day = dossier.as_of.end_latest

    def near(event: Event) -> bool:
        first = event.date.start_earliest
        return day is not None and first is not None and (day - first).days < _RECENT_DAYS

    count = min(max(sum(map(near, past)), _RECENT_AT_LEAST), _RECENT_AT_MOST)
    return tuple(Recent(event, next(iter(prose.sentences(event.summary or "")), "")) for event in past[:count])
