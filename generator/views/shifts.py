"""Positions over time: every shift of stance, named and in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.as_of.day import heading, sort_key
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Demand
from generator.models.fields import Party
from generator.values import Value
from generator.views.briefs import positions_by_actor
from generator.views.indexes import name_key
from generator.views.trajectories import SHIFTS, Moment, Step

OPEN_AT_MOST = 40
"""Shifts that a reader can look through without folds."""

MOST_BESIDE = 100
"""How many of those whose order is not certain, and of contradictions, are told one by one."""


class Shift(Value):
    """One actor's shift on one demand."""

    demand: Demand
    actor: Party
    step: Step

    @property
    def anchor(self) -> str:
        return f"{self.demand.id}-{self.step.after.last.anchor}"

    @property
    def later(self) -> bool:
        return self.step.after.last.later


class Contradiction(Value):
    """Positions of one actor on one demand, of one date, that differ."""

    demand: Demand
    actor: Party
    moment: Moment

    @property
    def anchor(self) -> str:
        return f"{self.demand.id}-{self.moment.last.anchor}"


class Year(Value):
    title: str
    anchor: str
    shifts: tuple[Shift, ...]
    open: bool


class Shifts(Value):
    so_far: tuple[Year, ...]
    later: tuple[Year, ...]
    unsure: tuple[Shift, ...]
    """Where the dates do not say which of two stances came first."""
    contradictions: tuple[Contradiction, ...]
    counts: tuple[tuple[str, int], ...]
    """How many shifts of each name there are up to the day."""
    later_counts: tuple[tuple[str, int], ...]
    inferred: int
    """How many of all shifts rest on an inference at one end."""
    actors: tuple[tuple[str, str], ...]
    demands: tuple[tuple[str, str], ...]
    moves: tuple[tuple[str, str], ...]
    """What the list can be narrowed to: values and words."""

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)

    @property
    def later_total(self) -> int:
        return sum(count for _, count in self.later_counts)

    @property
    def empty(self) -> bool:
        return not (self.total or self.later_total or self.unsure or self.contradictions)


def shifts(dossier: Dossier) -> Shifts:
    return dossier.memo("shifts").get(dossier.as_of, lambda: _shifts(dossier))


def _shifts(dossier: Dossier) -> Shifts:
    found: list[Shift] = []
    beside: list[Contradiction] = []
    for demand in dossier.of_kind("demand"):
        assert isinstance(demand, Demand)
        for entry in positions_by_actor(dossier, demand):
            found += [Shift(demand, entry.actor, step) for step in entry.shifts]
            beside += [Contradiction(demand, entry.actor, moment) for moment in entry.moments if moment.split]
    found.sort(key=lambda shift: (sort_key(shift.step.after.date), name_key(shift.demand), shift.actor.key))
    beside.sort(key=lambda entry: (sort_key(entry.moment.date), name_key(entry.demand), entry.actor.key))
    certain = [shift for shift in found if shift.step.certain]
    so_far = [shift for shift in certain if not shift.later]
    later = [shift for shift in certain if shift.later]
    few = len(certain) <= OPEN_AT_MOST
    everything = [*found, *beside]
    names = {entry.actor.key: dossier.party_name(entry.actor) for entry in everything}
    demands = {entry.demand.id: str(entry.demand.name) for entry in everything}
    return Shifts(_years(so_far, few), _years(later, few, "later-"), tuple(s for s in found if not s.step.certain),
                  tuple(beside), _counts(so_far), _counts(later), sum(shift.step.inferred for shift in certain),
                  _options(names), _options(demands),
                  tuple((str(move).replace(" ", "-"), str(move)) for move in SHIFTS
                        if any(shift.step.move == move for shift in certain)))


def _counts(found: Iterable[Shift]) -> tuple[tuple[str, int], ...]:
    counts = Counter(shift.step.move for shift in found)
    return tuple((str(move), counts[move]) for move in SHIFTS if counts[move])


def _options(words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(words.items(), key=lambda entry: (entry[1].casefold(), entry[0])))


def _years(found: list[Shift], few: bool, prefix: str = "y-") -> tuple[Year, ...]:
    """Shifts by the year of the later record; where they are many only the last year is unfolded."""
    by_year: dict[str, list[Shift]] = {}
    for shift in found:
        by_year.setdefault(_year(shift.step.after.date), []).append(shift)
    last = list(by_year)[-1:]
    return tuple(Year(year, f"{prefix}{year.lower().replace(' ', '-')}", tuple(of_year),
                      few or [year] == last and len(of_year) <= OPEN_AT_MOST)
                 for year, of_year in by_year.items())


def _year(date: Edtf | None) -> str:
    return heading(date.day_key[:4] if date else "")
