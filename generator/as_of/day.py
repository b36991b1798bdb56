"""How things stand on the dossier's day: what was, what is, and what came later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from generator.dates import LATER, PAST, Edtf
from generator.models.base import Record
from generator.values import Value

R = TypeVar("R", bound=Record)
S = TypeVar("S")

UNDATED = "undated"


class Item(Value, Generic[R]):
    """A record on a page: with its anchor, and how it stands to the dossier's day.

    `when` is past, current, later, unsure or undated.
    """

    record: R
    anchor: str
    when: str

    @property
    def later(self) -> bool:
        return self.when == LATER


def when(date: Edtf | None, day: Edtf) -> str:
    """How a date stands to the day; a record without a date is `undated`."""
    return UNDATED if date is None else date.on(day)


def ends_later(date: Edtf | None, day: Edtf) -> bool:
    """Whether a period that has begun by the day ends certainly after it: its end is a later development."""
    return (date is not None and date.is_interval and date.on(day) != LATER
            and date.end_earliest is not None and day.end_latest is not None and date.end_earliest > day.end_latest)


def standing_in_words(date: Edtf | None, day: Edtf) -> str:
    """How a date still to come or gone by stands to the day: `in 12 days`, `3 days past`, `later`, `past`.

    Days are counted only between two whole days; empty without a date.
    """
    if date is None:
        return ""
    if date.is_exact_day and day.is_exact_day and date.start_earliest and day.start_earliest:
        days = (date.start_earliest - day.start_earliest).days
        many = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
        return f"in {many}" if days > 0 else f"{many} past" if days < 0 else "on the day"
    return {PAST: "past", LATER: "still to come"}.get(date.on(day), "not certain whether past")


def sort_key(date: Edtf | None) -> tuple[object, ...]:
    """Undated first, then in the order of dates."""
    return (0,) if date is None else (1, *date.sort_key)


def heading(key: str) -> str:
    """What heads a list of what is dated in a year, month or day (`Edtf.day_key` or a part of it), in words."""
    return Edtf.parse(key).readable() if key else "Start not known"


def brief_order(brief: Record) -> tuple[object, ...]:
    """Briefs by date; within a day by their time, whatever its zone, those without one last."""
    time = getattr(brief, "time", None)
    return (*sort_key(getattr(brief, "date", None)), time.minutes_utc if time else 24 * 60,
            brief.id)  # type: ignore[attr-defined]


class Split(Value, Generic[S]):
    """Entries up to the day, and those after it."""

    so_far: tuple[S, ...]
    later: tuple[S, ...]

    def __bool__(self) -> bool:
        return bool(self.so_far or self.later)


def split(items: Iterable[S], later: Iterable[bool]) -> Split[S]:
    pairs = list(zip(items, later, strict=True))
    return Split(tuple(item for item, is_later in pairs if not is_later),
                 tuple(item for item, is_later in pairs if is_later))


def split_items(items: Sequence[Item[R]]) -> Split[Item[R]]:
    return split(items, (item.later for item in items))


def latest(items: Iterable[Item[R]]) -> Item[R] | None:
    """The last item that had come to pass by the day: how the matter stood then."""
    reached = [item for item in items if not item.later]
    return reached[-1] if reached else None


def holds(item: Item[R]) -> bool:
    """Whether a period record holds on the day, as far as can be known: not past and not later."""
    return item.when not in (PAST, LATER)

