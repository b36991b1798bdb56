"""How a stance went over time: an actor's positions on a demand in order, and the one place of the rule of shifts.

Stances stand in the order of `ORDER`, from for to against; `unclear` stands outside it. `StanceMove.between` names the way
from one to the next. A shift is only named where the dates say for certain which came first. Positions of one date
with different stances are no shift: they stand side by side, and shifts are measured past them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from generator.as_of.day import Item
from generator.dates import Edtf
from generator.models.demand import Position
from generator.models.fields import Vocabulary
from generator.models.vocabulary import PositionBasis, Stance
from generator.values import Value

ORDER = (Stance.SUPPORTS, Stance.CONDITIONAL, Stance.OPPOSES)
"""From for to against."""


class StanceMove(Vocabulary):
    """What the way from one position to the next is called. The first five are shifts."""

    HARDENED = "hardened", ("moved away from granting the demand: from supports to conditional, or from conditional to "
                            "opposes")
    SOFTENED = "softened", ("moved towards granting the demand: from opposes to conditional, or from conditional to "
                            "supports")
    REVERSED = "reversed", "moved from one end to the other, between supports and opposes"
    BECAME_UNCLEAR = "became unclear", "said what settles nothing, after supports, conditional or opposes"
    TOOK_A_STANCE = "took a stance", "said supports, conditional or opposes, after what settled nothing"
    RESTATED = "restated", "took the same stance again: no shift"
    FIRST_FOUND = "first statement found", "after a time for which none was found: no shift"
    NONE_FOUND_SINCE = "no later statement found", "none was found for the time since: no shift"

    @property
    def is_shift(self) -> bool:
        return self not in (StanceMove.RESTATED, StanceMove.FIRST_FOUND, StanceMove.NONE_FOUND_SINCE)

    @classmethod
    def between(cls, one: Stance, other: Stance) -> StanceMove:
        """The name of the way from one stance to another."""
        if one == other:
            return cls.RESTATED
        if other == Stance.UNCLEAR:
            return cls.BECAME_UNCLEAR
        if one == Stance.UNCLEAR:
            return cls.TOOK_A_STANCE
        steps = ORDER.index(other) - ORDER.index(one)
        return cls.REVERSED if abs(steps) == 2 else cls.HARDENED if steps > 0 else cls.SOFTENED


CONTRADICTORY, UNORDERED = "contradictory", "order not known"
"""What somebody is counted under whose positions of one date differ: nobody chooses between them. On one day they
contradict each other; of one month or year, or undated, they may as well have followed each other."""

STANCE_WORDS = (*map(str, Stance), CONTRADICTORY, UNORDERED)


def counted_as(said: Iterable[tuple[str, Edtf | None]]) -> str:
    """The stance that somebody is counted under, or the word for several; `said` are stances with their dates."""
    stances, dates = zip(*said, strict=True)
    if len(set(stances)) == 1:
        return str(stances[0])
    one_day = len(set(dates)) == 1 and dates[0] is not None and dates[0].is_exact_day
    return CONTRADICTORY if one_day else UNORDERED


SHIFTS = tuple(move for move in StanceMove if move.is_shift)


class Moment(Value):
    """An actor's positions on a demand of one date, in the order of the file."""

    items: tuple[Item[Position], ...]

    @property
    def date(self) -> Edtf | None:
        return self.items[0].record.date

    @property
    def last(self) -> Item[Position]:
        return self.items[-1]

    @property
    def stances(self) -> tuple[Stance, ...]:
        return tuple(stance for stance in Stance if any(item.record.stance == stance for item in self.items))

    @property
    def split(self) -> bool:
        """Whether positions of this date differ in stance."""
        return len(self.stances) > 1

    @property
    def one_day(self) -> bool:
        """Whether its date is one day: differing positions then contradict each other; of a month or a year they may
        as well have followed each other."""
        return self.date is not None and self.date.is_exact_day

    @property
    def silent(self) -> bool:
        """Whether no statement was found."""
        return all(item.record.basis == PositionBasis.NONE_FOUND for item in self.items)

    @property
    def inferred(self) -> bool:
        return all(item.record.basis == PositionBasis.INFERRED for item in self.items)


class Step(Value):
    """The way from one moment to the next, both with one stance."""

    before: Moment
    after: Moment

    @property
    def move(self) -> StanceMove:
        if self.before.silent or self.after.silent:
            return (StanceMove.RESTATED if self.before.silent and self.after.silent
                    else StanceMove.FIRST_FOUND if self.before.silent else StanceMove.NONE_FOUND_SINCE)
        return StanceMove.between(self.before.last.record.stance, self.after.last.record.stance)

    @property
    def certain(self) -> bool:
        """Whether the dates say which of the two came first."""
        return self.before.date is not None and self.after.date is not None and self.before.date.before(self.after.date)

    @property
    def inferred(self) -> bool:
        """Whether one end of it is the editors' inference."""
        return self.before.inferred or self.after.inferred


def moments(items: Iterable[Item[Position]]) -> tuple[Moment, ...]:
    """An actor's positions by date; they come in the order of their dates.

    Where something is on record for a date, "no statement found" beside it says nothing more.
    """
    found = []
    for _, group in groupby(items, key=lambda item: item.record.date):
        same = tuple(group)
        spoken = tuple(item for item in same if item.record.basis != PositionBasis.NONE_FOUND)
        found.append(Moment(spoken or same))
    return tuple(found)


def steps(all_moments: Iterable[Moment]) -> tuple[Step, ...]:
    """From each moment to the next; those with several stances are passed over."""
    single = [moment for moment in all_moments if not moment.split]
    return tuple(Step(before, after) for before, after in zip(single, single[1:], strict=False))


def shifts_of(items: Iterable[Item[Position]]) -> tuple[Step, ...]:
    """The steps that are shifts, also those whose order is not certain."""
    return tuple(step for step in steps(moments(items)) if step.move.is_shift)
