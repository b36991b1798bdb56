"""Another day: what stands in each place of a page on each day on which something there changed.

The positions and the state of play can be moved to such days. Everything that is shown then is worked out here, by
the rules of `generator.as_of`; the page's script only puts it in its place. What a page does not show is not here, so
that the size follows the page and not the dossier.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from generator.as_of import matters as m
from generator.as_of.answers import Answer, came_out_later, how_it_stands, turning_days
from generator.as_of.changes import Change
from generator.as_of.matters import Entry, Matter, matters
from generator.as_of.moves import Move, as_date, moves
from generator.as_of.provisions import TextDeadline
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Brief
from generator.models.actor import ActorLike
from generator.values import Value
from generator.views.editions import days as edition_days
from generator.views.indexes import name_key
from generator.views.positions import positions
from generator.views.state_of_play import ROOM, main_demands, open_deadlines
from generator.views.trajectories import STANCE_WORDS, counted_as

NAMED_AT_MOST = 14
"""So many are named in one standing; the rest is counted."""

ACTORS_AT_MOST = 150
"""Where more actors have standings, only main ones are moved."""

DEADLINES_AT_MOST = 40


class Step(Value):
    """What stands in a place from a day on."""

    day: date
    values: tuple[object, ...]
    """What its words are made of; empty where nothing stands there."""


class Slot(Value):
    """A place on a page, with everything that stands there in the course of time. At first nothing does."""

    key: str
    macro: str
    """Who makes its words: a macro of `parts/day-states.md.j2`."""
    steps: tuple[Step, ...]
    changed: frozenset[date] = frozenset()
    """The days on which something else came to stand there, and not only the same again."""


class Named(Value):
    """Somebody in a list of a standing."""

    brief: Brief
    entry: Entry
    certain: bool


class Tally(Value):
    """How many actors take each stance, and how many perhaps take one who are not known to take another."""

    certain: tuple[tuple[str, int], ...]
    perhaps: tuple[tuple[str, int], ...]


class Days(Value):
    """What a page needs to be moved to another day."""

    stops: tuple[date, ...]
    """The days on which something on the page changed, and the editions among them, up to the day before the
    dossier's own."""
    slots: tuple[Slot, ...]
    changes: Mapping[date, tuple[Change, ...]]
    again: Mapping[date, int]
    """How many positions were stated again on a day, without another stance."""
    undated: Mapping[date, int]
    """How much without a date is known from a day on."""
    deadlines: tuple[TextDeadline, ...] = ()
    only_main: bool = False
    """Whether the standings are those of main actors only."""

    def __bool__(self) -> bool:
        return bool(self.stops)


Timeline = tuple[tuple[date, Answer], ...]


# --- the positions ---------------------------------------------------------------------------------


def positions_days(dossier: Dossier) -> Days:
    """The cells of the positions' first page."""
    moved = _moved(dossier, *_of_positions(dossier))
    stops = _stops(dossier, moved.values())
    slots = (_slot(f"{matter.brief.id} {matter.about}", "position", own, stops) for matter, own in moved.items())
    return Days(stops, tuple(slots), *_told(moved))


def positions_can_move(dossier: Dossier) -> bool:
    """Whether there is another day to move the positions to."""
    return _can_move(dossier, *_of_positions(dossier))


def _of_positions(dossier: Dossier) -> tuple[Iterable[Brief], Callable[[Matter], bool]]:
    """The briefs whose matters the positions show, and whether they show one."""
    shown = [row for part in positions(dossier).shown for row in part.rows]
    cells = {(row.demand.id, cell.actor.key) for row in shown for cell in (*row.cells, *row.others) if cell}
    demands = {row.demand.id: row.demand for row in shown}
    return demands.values(), lambda matter: matter.name is m.POSITION and (matter.brief.id, matter.about) in cells


# --- the state of play -----------------------------------------------------------------------------


def home_days(dossier: Dossier) -> Days:
    """The standings, the main demands and the deadlines of the front page."""
    briefs, shown, deadlines, only_main = _of_home(dossier)
    moved = _moved(dossier, briefs, shown)
    stops = _stops(dossier, moved.values())
    by_name = {name: {matter: own for matter, own in moved.items() if matter.name is name}
               for name in (m.STANDING, m.STATUS, m.POSITION, m.DEADLINE, m.ADOPTED)}
    slots = [*_standings(by_name[m.STANDING], stops), *_tallies(by_name[m.POSITION]),
             *(_slot(f"status {matter.brief.id}", "status_then", own, stops)
               for matter, own in by_name[m.STATUS].items()),
             *(_slot(f"step {matter.brief.id} {matter.about}", "deadline_status", own, stops)
               for matter, own in by_name[m.DEADLINE].items()),
             *(Slot(f"text {matter.brief.id}", "shown", tuple(Step(move.day, (move.answer,) if move.answer else ())
                                                              for move in own))
               for matter, own in by_name[m.ADOPTED].items()),
             *(_limit(matter, dossier.as_of) for matter in moved if matter.name is m.LIMIT)]
    return Days(stops, tuple(slots), *_told(moved), deadlines, only_main)


def home_can_move(dossier: Dossier) -> bool:
    """Whether there is another day to move the state of play to."""
    briefs, shown, _, _ = _of_home(dossier)
    return _can_move(dossier, briefs, shown)


def _of_home(dossier: Dossier) -> tuple[tuple[Brief, ...], Callable[[Matter], bool], tuple[TextDeadline, ...], bool]:
    """The briefs whose matters the front page shows, whether it shows one, its deadlines, and whether the standings
    are those of main actors only."""
    demands = [line.brief for line in main_demands(dossier)]
    deadlines = tuple(open_deadlines(dossier)[:DEADLINES_AT_MOST])
    texts = {entry.instrument.id: entry.instrument for entry in deadlines}
    actors: list[Brief] = [brief for brief in dossier.of_kind("actor", "body")
                           if isinstance(brief, ActorLike) and brief.standing]
    only_main = len(actors) > ACTORS_AT_MOST and any(actor.main for actor in actors)  # type: ignore[attr-defined]
    if len(actors) > ACTORS_AT_MOST:
        actors = [actor for actor in actors if actor.main]  # type: ignore[attr-defined]
    anchors = {(entry.instrument.id, entry.deadline.anchor) for entry in deadlines}

    def shown(matter: Matter) -> bool:
        if matter.name in (m.DEADLINE, m.LIMIT):
            return (matter.brief.id, matter.about.partition(" ")[0]) in anchors
        return matter.name in (m.STANDING, m.STATUS, m.POSITION, m.ADOPTED)

    return (*demands, *texts.values(), *actors), shown, deadlines, only_main


def _standings(moved: Mapping[Matter, tuple[Move, ...]], stops: Sequence[date]) -> Iterator[Slot]:
    """For each standing who has it: main actors first, a few named and the rest counted."""
    order = sorted((matter.brief for matter in moved),
                   key=lambda b: (not b.main, name_key(b)))  # type: ignore[attr-defined]
    rank = {brief.id: number for number, brief in enumerate(order)}
    events = sorted(((day, rank[matter.brief.id], matter.brief, answer) for matter, own in moved.items()
                     for day, answer in _timeline(own, stops)), key=lambda event: event[:2])
    held: dict[str, dict[int, Named]] = {str(word): {} for _, words in ROOM for word in words}
    steps: dict[str, list[Step]] = {word: [] for word in held}
    for day, group in groupby(events, key=lambda event: event[0]):
        touched: set[str] = set()
        for _, place, brief, answer in group:
            now = {entry.words: Named(brief, entry, certain) for entry, certain in answer.told}
            for word, named in held.items():
                if place in named and word not in now:
                    del named[place]
                    touched.add(word)
                if word in now:
                    named[place] = now[word]
                    touched.add(word)
        for word in held:
            if word in touched:
                named = [held[word][place] for place in sorted(held[word])]
                steps[word].append(Step(day, (tuple(named[:NAMED_AT_MOST]), max(0, len(named) - NAMED_AT_MOST))
                                        if named else ()))
    changed = frozenset(move.day for own in moved.values() for move in own if move.changed)
    return (Slot(f"standing {word}", "names", tuple(own), changed) for word, own in steps.items() if own)


def _tallies(moved: Mapping[Matter, tuple[Move, ...]]) -> Iterator[Slot]:
    by_demand: dict[str, list[tuple[date, str, Answer]]] = {}
    changed: dict[str, set[date]] = {}
    for matter, own in moved.items():
        by_demand.setdefault(matter.brief.id, []).extend((move.day, matter.about, move.answer) for move in own)
        changed.setdefault(matter.brief.id, set()).update(move.day for move in own if move.changed)
    for id, events in by_demand.items():
        held: dict[str, Answer] = {}
        steps = []
        for day, group in groupby(sorted(events, key=lambda event: event[:2]), key=lambda event: event[0]):
            held.update((actor, answer) for _, actor, answer in group)
            steps.append(Step(day, (tally(held.values()),)))
        yield Slot(f"tally {id}", "tally", tuple(steps), frozenset(changed[id]))


def tally(answers: Collection[Answer]) -> Tally:
    """How many actors take each stance, by what is answered for each of them."""
    certain = Counter(stance_word(answer.certain) for answer in answers if answer.certain)
    perhaps = Counter(stance_word(answer.perhaps) for answer in answers if answer.perhaps and not answer.certain)
    return Tally(*(tuple((word, count[word]) for word in STANCE_WORDS if count[word]) for count in (certain, perhaps)))


def stance_word(entries: Sequence[Entry]) -> str:
    """The stance that somebody is counted under, or one of the words for several."""
    return counted_as((entry.words, entry.date) for entry in entries)


def _limit(matter: Matter, until: Edtf) -> Slot:
    """How a deadline's date, by one reading, stands to the days."""
    (entry,) = matter.entries
    steps: list[Step] = []
    for day in turning_days((matter,), until):
        how = how_it_stands(matter, entry, as_date(day))
        if not steps or steps[-1].values != (how,):
            steps.append(Step(day, (how,)))
    return Slot(f"limit {matter.brief.id} {matter.about}", "limit", tuple(steps), frozenset(s.day for s in steps))


# --- all of them -----------------------------------------------------------------------------------


def _moved(dossier: Dossier, briefs: Iterable[Brief],
           shown: Callable[[Matter], bool]) -> dict[Matter, tuple[Move, ...]]:
    """The matters that a page shows, each with its moves up to the dossier's day."""
    return {matter: moves(matter, dossier.as_of) for matter in matters(dossier, briefs)
            if not matter.mirrored and shown(matter)}


def _can_move(dossier: Dossier, briefs: Iterable[Brief], shown: Callable[[Matter], bool]) -> bool:
    """Whether `_stops` finds any day: as a rule the first matter that moved gives one."""
    own = _own_day(dossier)
    moved = False
    for brief in briefs:
        for found in _moved(dossier, (brief,), shown).values():
            if any(move.day != own for move in found):
                return True
            moved = moved or bool(found)
    return moved and any(day.date.start_earliest not in (None, own) for day in edition_days(dossier))


def _own_day(dossier: Dossier) -> date | None:
    return dossier.as_of.start_earliest if dossier.as_of.is_exact_day else None


def _stops(dossier: Dossier, moved: Iterable[tuple[Move, ...]]) -> tuple[date, ...]:
    """The days to stop at. The dossier's own day is none of them: the page shows it by itself."""
    days = {move.day for own in moved for move in own}
    if not days:
        return ()
    days.update(day.date.start_earliest for day in edition_days(dossier) if day.date.start_earliest)
    return tuple(sorted(days - {_own_day(dossier)}))  # type: ignore[arg-type]


def _slot(key: str, macro: str, own: Sequence[Move], stops: Sequence[date]) -> Slot:
    return Slot(key, macro, tuple(Step(day, (answer,) if answer else ()) for day, answer in _timeline(own, stops)),
                frozenset(move.day for move in own if move.changed))


def _timeline(own: Sequence[Move], stops: Sequence[date]) -> Timeline:
    """A matter's answers, each with the day it holds from, and once more with the first stop at which all of it had
    been published: from then on it need not be said that it came out later."""
    found: list[tuple[date, Answer]] = []
    for number, move in enumerate(own):
        found.append((move.day, move.answer))
        ends = own[number + 1].day if number + 1 < len(own) else None
        late = [entry for entry in move.answer.entries if came_out_later((entry,), as_date(move.day))]
        days = {turn for entry in late if entry.published.first for turn in entry.published.first.turns}
        after = sorted({bisect_left(stops, day) for day in days if day > move.day})
        found.extend((stops[at], move.answer) for at in after if at < len(stops)
                     and stops[at] > move.day and (ends is None or stops[at] < ends))
    return tuple(found)


def _told(moved: Mapping[Matter, tuple[Move, ...]]
          ) -> tuple[dict[date, tuple[Change, ...]], dict[date, int], dict[date, int]]:
    """What changed on each day, in the order of briefs; how many positions were stated again; and how much without a
    date is known from then on."""
    changes: dict[date, list[Change]] = {}
    again: Counter[date] = Counter()
    undated: Counter[date] = Counter()
    for matter, own in moved.items():
        for move in own:
            if move.changed:
                changes.setdefault(move.day, []).append(Change(matter, move.before, move.answer, move.told))
            elif move.undated:
                undated[move.day] += 1
            elif matter.name is m.POSITION:
                again[move.day] += 1
    return {day: tuple(changes[day]) for day in sorted(changes)}, dict(again), dict(undated)
