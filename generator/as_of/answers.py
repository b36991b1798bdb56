"""How a matter stood on a day: what was certainly the case, what perhaps, and what was known of it by then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from generator.as_of.clocks import CAME_OUT_LATER, CASE, MOMENT, NO_DATE, NOT_YET, PERHAPS, PERHAPS_KNOWN, stands
from generator.as_of.matters import Entry, Matter
from generator.dates import Edtf
from generator.values import Value


class Answer(Value, dict=True):
    """What answers a matter on a day. Records of the same date that contradict each other stand side by side."""

    certain: tuple[Entry, ...] = ()
    perhaps: tuple[Entry, ...] = ()
    """What may have been the case: the dates are too rough, or the end is not known."""

    def __bool__(self) -> bool:
        return bool(self.certain or self.perhaps)

    @cached_property
    def told(self) -> tuple[tuple[Entry, bool], ...]:
        """What it says, each thing once, with whether it is certain."""
        found: dict[tuple[object, ...], tuple[Entry, bool]] = {}
        for entry in self.certain:
            found.setdefault(entry.says, (entry, True))
        for entry in self.perhaps:
            found.setdefault(entry.says, (entry, False))
        return tuple(found.values())

    @cached_property
    def together(self) -> tuple[tuple[tuple[Entry, ...], bool], ...]:
        """What it says, with what one record says of several parties together."""
        found: dict[tuple[int, str], tuple[list[Entry], bool]] = {}
        for entry, certain in self.told:
            found.setdefault((id(entry.record), entry.words), ([], certain))[0].append(entry)
        return tuple((tuple(entries), certain) for entries, certain in found.values())

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (*self.certain, *self.perhaps)


NOTHING = Answer()
"""Nothing is said of the day."""


def answer(matter: Matter, day: Edtf) -> Answer:
    """What was the case on the day, whenever it came out."""
    return _answer(matter, matter.entries, day)


def known(matter: Matter, day: Edtf) -> Answer:
    """What was the case on the day by what had been published by then. What has no date of publication counts as
    known: its mark says so."""
    return _answer(matter, [e for e in matter.entries if e.published.by(day) not in (CAME_OUT_LATER, PERHAPS_KNOWN)],
                   day)


def _answer(matter: Matter, entries: Sequence[Entry], day: Edtf) -> Answer:
    found: dict[str, list[Entry]] = {CASE: [], PERHAPS: []}
    for entry in entries:
        how = how_it_stands(matter, entry, day)
        if how in found:
            found[how].append(entry)
    if not matter.name.single:
        return Answer(tuple(found[CASE]), tuple(found[PERHAPS]))
    # The last that had certainly come holds, and those dated the same; what may have come since may hold instead.
    last = found[CASE][-1].date if found[CASE] else None
    holding = tuple(entry for entry in found[CASE] if entry.date == last)
    return Answer(holding, tuple(entry for entry in found[PERHAPS] if entry.says not in {e.says for e in holding}))


def how_it_stands(matter: Matter, entry: Entry, day: Edtf) -> str:
    """How a record stands to the day. One without a date counts from when it is known; of what holds for a time it
    says at most that it was perhaps so."""
    if entry.date is not None:
        return stands(entry.date, matter.name.way, day)
    how = stands(entry.since, MOMENT, day)
    if matter.name.way == MOMENT:
        return how
    return PERHAPS if how == CASE and matter.name.undated else NOT_YET


def turning_days(matters: Iterable[Matter], until: Edtf | None = None) -> tuple[date, ...]:
    """Every day, up to the given one if any, on which one of the matters may be answered otherwise than the day before."""
    last = until and (until.end_latest or until.start_latest)
    days: set[date] = set()
    for matter in matters:
        for entry in matter.entries:
            days.update(entry.since.turns)
    return tuple(sorted(day for day in days if last is None or day <= last))


def came_out_later(entries: Iterable[Entry], day: Edtf) -> bool:
    """Whether some of it was not known yet: its sources were published after the day."""
    return any(entry.published.by(day) in (CAME_OUT_LATER, PERHAPS_KNOWN) for entry in entries)


def without_date(entry: Entry, day: Edtf) -> bool:
    """Whether it cannot be told if it was known: a source lacks its date of publication."""
    return entry.published.by(day) == NO_DATE
