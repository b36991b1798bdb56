"""Every rule about dates: EDTF level 1 (ISO 8601-2) read, compared, sorted and put into words.

A value is a single date (`2032-02-03`, `2032-02`, `2032`, `199X`, `2032-XX`) or an interval of
two (`2032-01/2032-02-03`), where a side may be open (`..`) or unknown (nothing). A single date
less precise than a day is one event on some day of that month, year, decade or century; an
interval is a period. Years run from 0001 to 9999.

`~` (approximate), `?` (uncertain) and `%` (both) change no bound. They change what is *certain*:
in comparisons such a date reaches one unit of its own precision further on each side, so
`2032-01~` counts as 2031-12-01 to 2032-02-29. `_Point.reach` is the one place that says so.

Nothing here looks at the clock or the locale.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cached_property, lru_cache
from typing import NamedTuple, NoReturn

from generator.values import Value

# How a period stands to a day.
PAST = "past"
CURRENT = "current"
LATER = "later"
UNSURE = "unsure"

# Precisions from fine to coarse, with their length in months (a day is counted in days).
_MONTHS_IN = {"day": 0, "month": 1, "year": 12, "decade": 120, "century": 1200}
_COARSENESS = {precision: rank for rank, precision in enumerate(_MONTHS_IN)}

_MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August",
                "September", "October", "November", "December")
_MONTH_IN_WORDS = re.compile(rf"\b(?:{'|'.join(_MONTH_NAMES)})\b")

_INNER_DIGITS = "level 2: unknown digits other than 199X, 19XX, 2032-XX or 2032-02-XX"

_DATE = re.compile(r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")

# The rest is only used to say why a text was refused.
_TIME = re.compile(r"(.{10})T(?:[01][0-9]|2[0-4])(?::?[0-5][0-9](?::?[0-5][0-9](?:[.,][0-9]+)?)?)?"
                   r"(?:Z|[+-][01][0-9](?::?[0-5][0-9])?)?")
_SPACED_TIME = re.compile(r".{10}[T ]\s*[0-9]{1,2}[:.h].*")
_LONG_YEAR = re.compile(r"Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?[~?%]?|[0-9]{4}S[0-9]+[~?%]?")
_SET = re.compile(r"\[[0-9XY~?%., -]*[0-9X]{4}[0-9XY~?%., -]*\]|\{[0-9XY~?%., -]*[0-9X]{4}[0-9XY~?%., -]*\}")
_LEVEL_2 = re.compile(
    r"[~?%]?[0-9X]{4}[~?%]?"
    r"(?:-[~?%]?(?:0[1-9X]|1[0-2X]|X[0-9X])[~?%]?"
    r"(?:-[~?%]?(?:0[1-9X]|[12][0-9X]|3[01X]|X[0-9X])[~?%]?)?)?"
)
_QUALIFIED_PARTS = re.compile(r"[~?%]?[0-9X]{4}[~?%]?(?:-[~?%]?[0-9X]{2}[~?%]?){0,2}")
_LOOSE = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_SHORT_MONTH = re.compile(r"([0-9]{4})-([0-9])")


class EdtfError(ValueError):
    """Not a date. `str(error)` is the reason, to stand after `"2032-13" is not a date: `."""


class EdtfReversed(EdtfError):
    """A period whose end lies before its start."""


class EdtfUnsupported(EdtfError):
    """Valid EDTF that is not supported. `str(error)` names the form, such as `a season`."""


class _Gap(Enum):
    """A side of an interval without a date."""

    OPEN = ".."
    UNKNOWN = ""


class _Certain(NamedTuple):
    """What is sure about a start and an end; `date.min` and `date.max` stand for no limit."""

    start_from: date
    start_by: date
    end_from: date
    end_by: date


class _Point(Value):
    """One date as typed: the days it may be (`first` to `last`) and how it is qualified.

    `hidden` is the finest part typed as XX ("month" or "day"), or empty; `precision` is that of
    what is known, so it is "month" for `2032-02-XX`. `qualifier` is "~", "?", "%" or empty.
    """

    first: date
    last: date
    precision: str
    hidden: str
    qualifier: str

    @property
    def approximate(self) -> bool:
        return self.qualifier in ("~", "%")

    @property
    def uncertain(self) -> bool:
        return self.qualifier in ("?", "%")

    @property
    def reach(self) -> tuple[date, date]:
        """First and last day it may be when asked for certainty: a qualified date is widened by
        one unit of its own precision each side, and the years 0001 and 9999 end the calendar."""
        if not self.qualifier:
            return self.first, self.last
        if self.precision == "day":
            return (date.fromordinal(max(self.first.toordinal() - 1, date.min.toordinal())),
                    date.fromordinal(min(self.last.toordinal() + 1, date.max.toordinal())))
        unit = _MONTHS_IN[self.precision]
        first = max(_month_number(self.first) - unit, _month_number(date.min))
        last = min(_month_number(self.last) + unit, _month_number(date.max))
        return _first_of(first), _last_of(last)

    @property
    def key(self) -> str:
        """What is known of it, in EDTF without qualifier or hidden parts: `2032-02`, `199X`."""
        year = f"{self.first.year:04d}"
        if self.precision == "century":
            return year[:2] + "XX"
        if self.precision == "decade":
            return year[:3] + "X"
        return self.first.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]

    @property
    def text(self) -> str:
        hidden = ""
        if self.hidden:
            hidden = "-XX-XX" if (self.precision, self.hidden) == ("year", "day") else "-XX"
        return self.key + hidden + self.qualifier

    @property
    def is_plain(self) -> bool:
        """Whether its words can stand in "X to Y" without being misread."""
        return not self.qualifier and not self.hidden and self.precision in ("day", "month", "year")

    @property
    def _is_range(self) -> bool:
        # "The 1900s" could be a decade or a century, so such dates are put as "between".
        year = self.first.year
        return self.precision == "century" or self.precision == "decade" and (year % 100 == 0 or year < 100)

    def words(self, within: bool = False) -> str:
        """In English; `within` when it is a side of an interval."""
        year, month = self.first.year, _MONTH_NAMES[self.first.month - 1]
        if self._is_range:
            known = f"between {year} and {self.last.year}"
            if self.approximate:
                known = "roughly " + known
            if within:
                known = "some time " + known
        else:
            known = {"day": f"{self.first.day} {month} {year}", "month": f"{month} {year}",
                     "year": f"{year}", "decade": f"the {year}s"}[self.precision]
            if self.approximate:
                known = "about " + known
        if self.uncertain:
            known += " (uncertain)"
        return known + (f", {self.hidden} not known" if self.hidden else "")


@dataclass(frozen=True)
class Edtf:
    """A date or an interval. Made by `Edtf.parse`; two are equal when typed the same."""

    text: str
    _start: _Point | _Gap = field(repr=False, compare=False)
    _end: _Point | _Gap = field(repr=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Edtf:
        """Read EDTF level 1; raises EdtfError, or EdtfUnsupported for valid EDTF beyond it."""
        return _parse(text)

    def __str__(self) -> str:
        return self.text

    # -- what was typed

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def is_approximate(self) -> bool:
        """Whether a date in it is marked `~` or `%`."""
        return any(point.approximate for point in self._points)

    @property
    def is_uncertain(self) -> bool:
        """Whether a date in it is marked `?` or `%`."""
        return any(point.uncertain for point in self._points)

    @property
    def precision(self) -> str:
        """"day", "month", "year", "decade" or "century": the coarser one of the dates given."""
        return max((point.precision for point in self._points), key=_COARSENESS.__getitem__)

    @property
    def is_exact_day(self) -> bool:
        """Whether it is one known day: not an interval, not qualified."""
        return not self.is_interval and self.precision == "day" and not self._points[0].qualifier

    @property
    def open_start(self) -> bool:
        return self._start is _Gap.OPEN

    @property
    def unknown_start(self) -> bool:
        return self._start is _Gap.UNKNOWN

    @property
    def open_end(self) -> bool:
        return self._end is _Gap.OPEN

    @property
    def unknown_end(self) -> bool:
        return self._end is _Gap.UNKNOWN

    # -- bounds as typed (a qualifier widens nothing); None where a side is open or unknown

    @property
    def start_earliest(self) -> date | None:
        return self._start.first if isinstance(self._start, _Point) else None

    @property
    def start_latest(self) -> date | None:
        return self._start.last if isinstance(self._start, _Point) else None

    @property
    def end_earliest(self) -> date | None:
        return self._end.first if isinstance(self._end, _Point) else None

    @property
    def end_latest(self) -> date | None:
        return self._end.last if isinstance(self._end, _Point) else None

    # -- comparing: True only when it is certain, so "not before" does not mean "after"

    def before(self, other: Edtf) -> bool:
        """Whether all of this certainly lies before all of the other."""
        return self._certain.end_by < other._certain.start_from

    def after(self, other: Edtf) -> bool:
        """Whether all of this certainly lies after all of the other."""
        return other.before(self)

    def overlaps(self, other: Edtf) -> bool:
        """Whether the two could share a day: neither is certainly before the other."""
        return not self.before(other) and not other.before(self)

    def has_begun(self, day: Edtf) -> bool:
        """Whether this has certainly begun by the end of the day.

        A day given less precisely is some day of its month or year, so nothing dated inside it
        has certainly begun.
        """
        return self._certain.start_by <= day._certain.end_from

    def is_later(self, day: Edtf) -> bool:
        """Whether this certainly begins after the day."""
        return self.after(day)

    def on(self, day: Edtf) -> str:
        """How this stands to the day: PAST, CURRENT, LATER, or UNSURE when it cannot be told.

        The last day of a period still counts as CURRENT. An open end never comes; a period
        whose end is unknown is UNSURE once it may have begun.
        """
        if self.before(day):
            return PAST
        if self.after(day):
            return LATER
        lasts = not self.unknown_end and self._certain.end_from >= day._certain.end_by
        return CURRENT if lasts and self.has_begun(day) else UNSURE

    @cached_property
    def turns(self) -> tuple[date, ...]:
        """The days from which on it may stand otherwise to the day than on the day before, in order: the first on
        which it may have begun, the first on which it certainly has, and the days after it may and does end."""
        certain = self._certain
        after = (day + timedelta(days=1) for day in (certain.end_from, certain.end_by) if day < date.max)
        return tuple(sorted({certain.start_from, certain.start_by, *after} - {date.min, date.max}))

    # -- ordering and grouping

    @cached_property
    def sort_key(self) -> tuple[int, int, int, int, str]:
        """Orders by earliest start, `2032` before `2032-01` before `2032-01-01`.

        A start that is open or unknown stands first; an end that is stands last.
        """
        start, end = self._start, self._end
        return (
            start.first.toordinal() if isinstance(start, _Point) else 0,
            -start.last.toordinal() if isinstance(start, _Point) else 0,
            end.first.toordinal() if isinstance(end, _Point) else date.max.toordinal() + 1,
            -end.last.toordinal() if isinstance(end, _Point) else 0,
            self.text,
        )

    @property
    def day_key(self) -> str:
        """The start as precisely as it is known (`2032-02-03`, `2032-02`, `2032`, `199X`, `19XX`),
        unqualified, to group by. Empty when the start is open or unknown."""
        return self._start.key if isinstance(self._start, _Point) else ""

    @property
    def month(self) -> str | None:
        """The month of the start as `2032-02`, or None when it is not known to the month."""
        if isinstance(self._start, _Point) and self._start.precision in ("day", "month"):
            return self._start.key[:7]
        return None

    # -- counting

    def add(self, length_number: int, unit: str) -> Edtf:
        """The date that many of a "day", "week", "month" or "year" after this single date.

        A month later is the same day of the month, or the month's last (2032-01-31 + 1 month is
        2032-02-29). What was typed as XX or qualified stays so. A length finer than the date's
        precision gives an approximate date (2032-02 + 10 days is 2032-02~), counted from the
        middle, so that its reach holds every day the length may lead to from the bounds typed.
        Raises EdtfError for an interval or a result outside the years 0001 to 9999, and
        ValueError for another unit.
        """
        if unit not in ("day", "week", "month", "year"):
            raise ValueError(f"no such unit: {unit}")
        point = self._start
        if self.is_interval or not isinstance(point, _Point):
            raise EdtfError("an interval has no single date to count from")
        if length_number == 0:
            return self
        days = {"day": length_number, "week": 7 * length_number}.get(unit, 0)
        months = {"month": length_number, "year": 12 * length_number}.get(unit, 0)
        size = _MONTHS_IN[point.precision]
        first, qualifier = point.first, point.qualifier
        if size and (days or months % size):
            first = date.fromordinal((point.first.toordinal() + point.last.toordinal()) // 2)
            qualifier = "%" if point.uncertain else "~"
        try:
            moved = _add_months(first, months) + timedelta(days=days)
        except (ValueError, OverflowError):
            raise EdtfError("the result is outside the years 0001 to 9999") from None
        return _parse(_Point(moved, moved, point.precision, point.hidden, qualifier).text)

    # -- words

    def readable(self) -> str:
        """In English: `3 February 2032`, `about 2032 (uncertain)`, `24 to 31 January 2014`."""
        start, end = self._start, self._end
        if not isinstance(start, _Point):
            until = f"until {self._points[0].words(within=True)}"
            return until if start is _Gap.OPEN else f"{until}, start not known"
        if not isinstance(end, _Point):
            since = f"from {start.words(within=True)}"
            return since if end is _Gap.OPEN else f"{since}, end not known"
        if start == end:
            return start.words()
        if not (start.is_plain and end.is_plain):
            comma = "," if start.hidden else ""
            return f"from {start.words(within=True)}{comma} to {end.words(within=True)}"
        opening = start.words()
        if start.precision == end.precision != "year" and start.first.year == end.first.year:
            # The end says the shared year, and for days the shared month, once for both.
            opening = opening.rpartition(" ")[0]
            if start.precision == "day" and start.first.month == end.first.month:
                opening = str(start.first.day)
        return f"{opening} to {end.words()}"

    def during(self) -> str:
        """What is known of a day that lies somewhere in it: `during January 2032`, `about 2032`; a day is itself."""
        plain = not self.is_interval and self._points[0].is_plain and self.precision != "day"
        return f"during {self.readable()}" if plain else self.readable()

    def as_seen_on(self, day: Edtf) -> Edtf:
        """As it is told on the day: a period still running then, whose end certainly came later, is open."""
        start, _, end = self.text.partition("/")
        if end in ("", "..") or start in ("", "..") or self._certain.end_from <= day._certain.end_by:
            return self
        return Edtf.parse(f"{start}/..")

    def short(self) -> str:
        """As `readable`, the months shortened for tables: `3 Feb 2032`."""
        return self._short

    @cached_property
    def _short(self) -> str:
        return _MONTH_IN_WORDS.sub(lambda match: match[0][:3], self.readable())

    # -- inside

    @cached_property
    def _points(self) -> tuple[_Point, ...]:
        """The one or two dates given, never none."""
        sides = (self._start, self._end) if self.is_interval else (self._start,)
        return tuple(side for side in sides if isinstance(side, _Point))

    @cached_property
    def _certain(self) -> _Certain:
        start_from, start_by = (
            self._start.reach if isinstance(self._start, _Point)
            else (date.min, date.min if self.open_start else date.max)
        )
        end_from, end_by = (
            self._end.reach if isinstance(self._end, _Point)
            else (date.max if self.open_end else date.min, date.max)
        )
        # A period does not end before it starts, which may tell more about either side.
        return _Certain(start_from, min(start_by, end_by), max(end_from, start_from), end_by)


# -- calendar arithmetic on months numbered year * 12 + month - 1


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _last_of(number: int) -> date:
    year, month = number // 12, number % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last; ValueError outside the calendar."""
    if not months:
        return day
    number = _month_number(day) + months
    if not _month_number(date.min) <= number <= _month_number(date.max):
        raise ValueError("outside the calendar")
    return _last_of(number).replace(day=min(day.day, _last_of(number).day))


# -- reading


@lru_cache(maxsize=1 << 16)
def _parse(text: str) -> Edtf:
    if text.count("/") != 1:
        point = _read(text)
        return Edtf(text, point, point)
    sides: list[_Point | _Gap] = []
    unsupported: EdtfUnsupported | None = None
    for side in text.split("/"):
        try:
            sides.append(_Gap(side) if side in ("", "..") else _read(side))
        except EdtfUnsupported as error:
            # Wait for the other side: a plain mistake there means that this is not EDTF at all.
            unsupported = unsupported or error
    if unsupported:
        raise unsupported
    start, end = sides
    if isinstance(start, _Gap) and isinstance(end, _Gap):
        raise EdtfError("an interval needs at least one date")
    if isinstance(start, _Point) and isinstance(end, _Point) and end.last < start.first:
        raise EdtfReversed("the interval ends before it starts")
    return Edtf(text, start, end)


def _read(text: str) -> _Point:
    """One date, which may be a side of an interval."""
    match = _DATE.fullmatch(text)
    if not match:
        _refuse(text)
    year_text, month_text, day_text, qualifier = match.groups()
    unknown_digits = year_text.count("X")
    if month_text is None:
        pass
    elif month_text != "XX" and not 1 <= int(month_text) <= 12:
        _refuse_month(int(month_text), month_text, day_text)
    elif day_text not in (None, "XX") and not 1 <= int(day_text) <= 31:
        raise EdtfError(_no_such_day(year_text, month_text, day_text))
    elif unknown_digits or (month_text == "XX" and day_text not in (None, "XX")):
        raise EdtfUnsupported(_INNER_DIGITS)
    if year_text == "0000":
        raise EdtfUnsupported("the year 0000")

    hidden = "day" if day_text == "XX" else "month" if month_text == "XX" else ""
    if unknown_digits or month_text in (None, "XX"):
        span = 10 ** unknown_digits
        year = int(year_text.replace("X", "0"))
        # The first decade and century would begin in the year 0000, which the calendar lacks.
        first, last = date(max(year, 1), 1, 1), date(year + span - 1, 12, 31)
        return _Point(first, last, ("year", "decade", "century")[unknown_digits], hidden, qualifier)
    year, month = int(year_text), int(month_text)
    if day_text in (None, "XX"):
        number = year * 12 + month - 1
        return _Point(_first_of(number), _last_of(number), "month", hidden, qualifier)
    try:
        day = date(year, month, int(day_text))
    except ValueError:
        raise EdtfError(_no_such_day(year_text, month_text, day_text)) from None
    return _Point(day, day, "day", hidden, qualifier)


def _no_such_day(year: str, month: str, day: str) -> str:
    name = f"{_MONTH_NAMES[int(month) - 1]} {year}" if month != "XX" else "a month"
    return f"{name} has no day {day.lstrip('0') or day}"


def _refuse_month(number: int, typed: str, day: str | None) -> NoReturn:
    if day is None and 21 <= number <= 24:
        raise EdtfUnsupported("a season")
    if day is None and 25 <= number <= 41:
        raise EdtfUnsupported("level 2: a season, a quarter or another part of a year")
    raise EdtfError(f"there is no month {typed}")


def _refuse(text: str) -> NoReturn:
    """Say why a text does not have the shape of a date: valid EDTF or not, and what to write."""
    if not text:
        raise EdtfError("it is empty")
    if text == "..":
        raise EdtfError("an interval needs at least one date")
    if match := _TIME.fullmatch(text):
        _read(match[1])
        raise EdtfUnsupported('a date with a time: put the time in "time"')
    if _LONG_YEAR.fullmatch(text):
        raise EdtfUnsupported("level 2: a year with an exponent or significant digits"
                              if re.search("[ES]", text) else "a year written with Y")
    if text[0] == "-" and _DATE.fullmatch(text[1:]):
        _read(text[1:])
        raise EdtfUnsupported("a year before 0001")
    if _SET.fullmatch(text):
        raise EdtfUnsupported("level 2: a set of dates")
    bare = re.sub("[~?%]", "", text)
    if bare != text and _QUALIFIED_PARTS.fullmatch(text) and _DATE.fullmatch(bare):
        _read(bare)
        raise EdtfUnsupported("level 2: a qualifier that is not at the end of the date")
    if _LEVEL_2.fullmatch(text):
        raise EdtfUnsupported(_INNER_DIGITS)

    if text != text.strip():
        raise EdtfError("there is a space before or after it")
    if _SPACED_TIME.fullmatch(text):
        raise EdtfError('a time of day goes into "time"')
    if "x" in text and _DATE.fullmatch(text.upper()):
        raise EdtfError("an unknown digit is a capital X")
    if match := re.fullmatch(r"(.*?)(?:~\?|\?~)", text):
        raise EdtfError(f"approximate and uncertain together are {match[1]}%")
    if match := _LOOSE.fullmatch(text):
        year, month, day = (part for part in match.groups() if part is not None)
        raise EdtfError(f"year, month and day are written {year}-{month:0>2}-{day:0>2}")
    if match := _SHORT_MONTH.fullmatch(text):
        raise EdtfError(f"a month has two digits: {match[1]}-0{match[2]}")
    if "/" in text:
        raise EdtfError("an interval is two dates with one / between them")
    if re.fullmatch(r"[0-9]{1,3}", text):
        raise EdtfError(f'a year has four digits, and "{text}" has {len(text)}')
    if re.search("[\u2010-\u2015\u2212]", text):
        raise EdtfError("its parts are joined with the plain hyphen, -")
    if ".." in text:
        raise EdtfError("an interval is written with / between its dates")
    raise EdtfError("a date is written as 2032, 2032-02 or 2032-02-03")
