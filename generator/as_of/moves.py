"""How a matter moves: every day on which it is answered otherwise than on the day before."""

from __future__ import annotations

from datetime import date

from generator.as_of.answers import Answer, answer, turning_days
from generator.as_of.changes import Difference, difference
from generator.as_of.matters import Matter
from generator.dates import Edtf
from generator.values import Value


class Move(Value):
    """A matter's answer from a day on."""

    day: date
    before: Answer
    answer: Answer
    told: Difference
    """What differs from the day before; nothing where a newer record only says the same again."""

    @property
    def undated(self) -> bool:
        """Whether all that differs has no date: it counts from when it was published, but nothing changed then."""
        told = self.told
        return bool(told.come) and not (told.gone or told.settled or told.doubted) and all(
            entry.date is None for entry in told.come)

    @property
    def changed(self) -> bool:
        """Whether something changed on the day."""
        return bool(self.told) and not self.undated


def moves(matter: Matter, until: Edtf) -> tuple[Move, ...]:
    """A matter's moves up to the given day, in order. Between two of them the answer of the first one stays."""
    found: list[Move] = []
    before = Answer()
    for day in turning_days((matter,), until):
        now = answer(matter, as_date(day))
        if now != before:
            found.append(Move(day, before, now, difference(matter, before, now)))
            before = now
    return tuple(found)


def as_date(day: date) -> Edtf:
    """A day of the calendar as a date of the dossier."""
    return Edtf.parse(day.isoformat())
