"""What the timeline shows: everything dated, by year, month and day; one page, or a page for each year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from generator import addresses
from generator.as_of.day import heading, sort_key
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Body, Brief, Demand, Event, Instrument, Meeting
from generator.models.base import Record
from generator.models.fields import Party, TimeOfDay
from generator.values import Value
from generator.views.briefs import items
from generator.views.figures import strip_figure

ONE_PAGE_AT_MOST = 400
"""With more entries than this, each year has a page of its own."""
FRONT_AT_LEAST = 150
"""How many of the last entries up to the day the front page then shows, in whole months."""
ALL_OPEN_AT_MOST = 120
"""With so few entries no year is folded."""


class Moment(Value):
    """An entry: a dated brief, or a dated step of one."""

    brief: Brief
    kind: str
    """event, meeting, instrument, body (a step of its mandate) or demand (a step of its history)."""
    record: Record
    """The brief itself, or the step."""
    anchor: str
    date: Edtf
    time: TimeOfDay | None
    later: bool
    actors: tuple[str, ...]
    """The ids of the actors and bodies that it involves."""

    @property
    def is_step(self) -> bool:
        return self.record is not self.brief

    @property
    def one_source(self) -> bool:
        return len({citation.id for citation in getattr(self.record, "sources", ())}) == 1


class Day(Value):
    """Entries under one heading: a day, or the words of a date that is less exact."""

    label: str
    """`2 April`, or the date's whole words where it is not one known day."""
    machine: str
    """The day in ISO 8601; empty for a less exact date."""
    moments: tuple[Moment, ...]


class Month(Value):
    """`key` is `2031-04`; that of entries known to the year or less only is the year's own."""

    key: str
    title: str
    """Empty where the entries are not known to the month."""
    anchor: str
    days: tuple[Day, ...]

    @property
    def count(self) -> int:
        return sum(len(day.moments) for day in self.days)


class Year(Value):
    """`key` is `2031`, `203X` for a decade, or empty where the start is open or not known."""

    key: str
    title: str
    anchor: str
    months: tuple[Month, ...]
    open: bool

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)


class Round(NamedTuple):
    """A meeting that lasted, or had sessions: its first and last month."""

    name: str
    start: str
    end: str


class YearLink(Value):
    """A year that has a page of its own."""

    key: str
    title: str
    anchor: str
    address: str
    count: int
    later: int
    """How many of its entries came after the day."""


class Timeline(Value):
    """One page of the timeline."""

    so_far: tuple[Year, ...]
    later: tuple[Year, ...]
    """What came after the dossier's day, apart."""
    links: tuple[YearLink, ...]
    """The years' own pages, where there are such."""
    this_year: YearLink | None
    """The year that the page shows, where it is a year's own."""
    kinds: tuple[str, ...]
    """The kinds on this page, to filter by."""
    actors: tuple[Brief, ...]
    """The actors and bodies on this page, to filter by."""
    total: int
    """How many entries there are in all, on whatever page."""
    strip: Markup
    """The figure of how densely the months are filled."""

    @property
    def count(self) -> int:
        """How many entries the page itself shows."""
        return sum(year.count for year in (*self.so_far, *self.later))


def timeline(dossier: Dossier) -> Timeline:
    """The timeline's front page: everything, or the last entries and the way to each year."""
    return _Maker(dossier).front()


def timeline_years(dossier: Dossier) -> Iterator[Timeline]:
    """A page for each year, where the timeline is too long for one."""
    return _Maker(dossier).years()


def moments(dossier: Dossier) -> list[Moment]:
    """Everything dated in order: events, meetings, texts, and the steps of demands and mandates."""
    found: list[Moment] = []
    for brief in dossier.briefs.values():
        if isinstance(brief, (Event, Meeting, Instrument)):
            found.append(_moment(dossier, brief, brief, ""))
        elif isinstance(brief, (Demand, Body)):
            steps = items(dossier, brief, "history" if isinstance(brief, Demand) else "mandate")
            found.extend(_moment(dossier, brief, step.record, step.anchor) for step in steps if step.record.date)
    return sorted(found, key=_moment_key)


def _moment(dossier: Dossier, brief: Brief, record: Record, anchor: str) -> Moment:
    date: Edtf = record.date  # type: ignore[attr-defined]
    time = getattr(record, "time", None)
    return Moment(brief, brief.kind, record, anchor, date, time, date.is_later(dossier.as_of),
                  tuple(_actor_ids(brief)))


def _actor_ids(brief: Brief) -> list[str]:
    parties: list[Party] = []
    if isinstance(brief, Event):
        parties += [party for group in brief.involved for party in group.actors]
        parties += [account.by for account in brief.accounts if account.by]
    elif isinstance(brief, Meeting):
        parties += brief.convener
        parties += [party for record in (*brief.seats, *brief.absent) for party in record.actors]
        parties += [seat.for_ for seat in brief.seats if seat.for_]
    elif isinstance(brief, Instrument):
        parties += [*brief.by, *(party for record in brief.signatories for party in record.actors)]
    elif isinstance(brief, Demand):
        parties += [*brief.made_by, *brief.addressed_to]
    elif isinstance(brief, Body):
        return [brief.id]
    return list(dict.fromkeys(party.ref.id for party in parties if party.ref))


_ORDER = {"event": 0, "meeting": 1, "instrument": 2, "body": 3, "demand": 4}


def _moment_key(moment: Moment) -> tuple[object, ...]:
    minutes = moment.time.minutes_utc if moment.time else 24 * 60
    return (*sort_key(moment.date), minutes, _ORDER[moment.kind], moment.brief.id, moment.anchor)


# --- by year, month and day ------------------------------------------------------------------


def _year_key(moment: Moment) -> str:
    """`2031`; `203X` for a date known to the decade only."""
    return moment.date.day_key[:4]


def _month_key(moment: Moment) -> str:
    return moment.date.month or moment.date.day_key


def _slug(key: str) -> str:
    return addresses.anchor_text(key) or "undated"


def _days(entries: Iterable[Moment]) -> tuple[Day, ...]:
    """Entries by day. A period stands on the day it begins on; what is known less exactly under its own words."""
    days: dict[tuple[str, str], list[Moment]] = {}
    for moment in entries:
        days.setdefault(_day_heading(moment.date), []).append(moment)
    return tuple(Day(label, machine, tuple(group)) for (label, machine), group in days.items())


def _day_heading(date: Edtf) -> tuple[str, str]:
    """`("2 April", "2031-04-02")`, or a less exact date's own words and nothing."""
    start = Edtf.parse(str(date).partition("/")[0]) if date.day_key else date
    if start.is_exact_day:
        return start.readable().rpartition(" ")[0], str(start)
    return date.readable(), ""


def _years(entries: Iterable[Moment], suffix: str, taken: set[str],
           is_open: Callable[[str], bool]) -> tuple[Year, ...]:
    """Entries by year and month. Anchors that an earlier part of the page has taken get the suffix."""
    def anchor(text: str) -> str:
        own = text + suffix if text in taken else text
        taken.add(own)
        return own

    years: dict[str, dict[str, list[Moment]]] = {}
    for moment in entries:
        years.setdefault(_year_key(moment), {}).setdefault(_month_key(moment), []).append(moment)
    return tuple(
        Year(key, heading(key), anchor(f"y-{_slug(key)}"), tuple(
            Month(month, heading(month) if month != key else "", anchor(f"m-{_slug(month)}"), _days(group))
            for month, group in months.items()), is_open(key))
        for key, months in years.items())


class _Maker:
    """Makes the pages of one dossier's timeline."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.moments = moments(dossier)
        self.split = len(self.moments) > ONE_PAGE_AT_MOST
        by_year: dict[str, list[Moment]] = {}
        for moment in self.moments:
            by_year.setdefault(_year_key(moment), []).append(moment)
        self.by_year = by_year
        self.links = tuple(
            YearLink(key, heading(key), f"y-{_slug(key)}", addresses.part_address("timeline", _slug(key)), len(group),
                     sum(moment.later for moment in group))
            for key, group in by_year.items()) if self.split else ()
        page_of = {link.key: link.address for link in self.links}
        months, later = by_month(self.moments)
        hrefs = {month: addresses.with_anchor(page_of.get(month[:4], addresses.SECTIONS["timeline"]), f"m-{month}")
                 for month in months}
        self.strip = strip_figure(months, later, hrefs, rounds(dossier), dossier.as_of)

    def front(self) -> Timeline:
        if not self.split:
            return self.page(self.moments, None)
        return self.page(self.last(), None)

    def last(self) -> list[Moment]:
        """The last entries up to the day, in whole months."""
        so_far = [moment for moment in self.moments if not moment.later]
        first = len(so_far) - FRONT_AT_LEAST
        while 0 < first and _month_key(so_far[first]) == _month_key(so_far[first - 1]):
            first -= 1
        return so_far[max(first, 0):]

    def years(self) -> Iterator[Timeline]:
        for link in self.links:
            yield self.page(self.by_year[link.key], link)

    def page(self, shown: list[Moment], this_year: YearLink | None) -> Timeline:
        so_far = [moment for moment in shown if not moment.later]
        # On the front page of a split timeline the years' links bear the years' anchors.
        taken = {link.anchor for link in self.links} if this_year is None else set()
        last_two = [key for key in dict.fromkeys(map(_year_key, so_far))][-2:]
        everything = len(shown) <= ALL_OPEN_AT_MOST or self.split

        def is_open(key: str) -> bool:
            return everything or key in last_two

        named = {id for moment in shown for id in moment.actors}
        return Timeline(
            so_far=_years(so_far, "-shown", taken, is_open),
            later=_years((m for m in shown if m.later), "-later", taken, lambda key: True),
            links=self.links, this_year=this_year,
            kinds=tuple(kind for kind in _ORDER if any(moment.kind == kind for moment in shown)),
            actors=tuple(sorted((brief for id, brief in self.dossier.briefs.items() if id in named),
                                key=lambda brief: (brief.name.casefold(), brief.id))),
            total=len(self.moments), strip=self.strip)


def by_month(moments: Iterable[Moment]) -> tuple[Counter[str], Counter[str]]:
    """How many entries each month (`2031-04`) has, of those known to the month, and how many of these came later."""
    known = [moment for moment in moments if moment.date.month]
    return (Counter(str(moment.date.month) for moment in known),
            Counter(str(moment.date.month) for moment in known if moment.later))


def rounds(dossier: Dossier) -> Iterator[Round]:
    """Meetings that belong to no other and lasted more than a day or had sessions, in order."""
    meetings = [brief for brief in dossier.of_kind("meeting") if isinstance(brief, Meeting)]
    known = {meeting.id for meeting in meetings}
    parents = {meeting.part_of.id for meeting in meetings if meeting.part_of}
    for meeting in sorted(meetings, key=lambda m: (sort_key(m.date), m.id)):
        if (meeting.part_of and meeting.part_of.id in known) or not meeting.date.month:
            continue
        if meeting.id in parents or _lasts(meeting.date):
            yield Round(str(meeting.name), meeting.date.month, _last_month(meeting.date, dossier.as_of))


def _lasts(date: Edtf) -> bool:
    return date.is_interval and not (date.start_earliest == date.end_latest)


def _last_month(date: Edtf, as_of: Edtf) -> str:
    """The month in which a period ends; one without an end that is known reaches the day it is looked at from."""
    end = date.end_latest or (as_of.end_latest if date.open_end else None)
    start = date.month or ""
    return max(start, f"{end.year:04d}-{end.month:02d}") if end else start
