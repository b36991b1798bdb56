"""Who sat in which room, day by day: a meeting's seats and absences, and those of its sessions.

A record counts to the days that it names. One without a date counts to a day only where its meeting lasted that one
day; everything else is known for the meeting as a whole, and is given to no day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from markupsafe import Markup
from msgspec.structs import replace

from generator.as_of.day import brief_order, sort_key
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Meeting
from generator.models.actor import ActorLike
from generator.models.fields import Party
from generator.models.un_process import Absence, Seat
from generator.values import Value
from generator.views.figures import seats_figure
from generator.views.mentions import Mention, mentions

MOST_DRAWN = 8
"""With more days than this none is drawn: the table tells them."""
MOST_TOLD = 60
"""How many days, of those that do not look the same, a page tells."""
MOST_ACROSS = 3

Days = tuple[date, date]


class Sat(Value):
    """Somebody's seat as a row: at the meeting itself, or at one of its sessions."""

    meeting: Meeting
    record: Seat
    session: bool
    days: Days | None
    """The first and last day it is recorded for; None where that is not known to the day."""
    told: bool = False
    """Whether the page told it before, with its note."""

    @property
    def look(self) -> tuple[object, ...]:
        """What makes two days look the same."""
        record = self.record
        return self.meeting.id, record.actors, record.for_, record.role, record.room, record.time


class Away(Value):
    """An absence as a row."""

    meeting: Meeting
    record: Absence
    session: bool
    days: Days | None
    told: bool = False

    @property
    def look(self) -> tuple[object, ...]:
        return self.meeting.id, self.record.actors, self.record.invited, self.record.why, self.record.time


class Place(Value):
    """Those who sat in one room: of a session, or of the meeting itself; what is not recorded is empty."""

    session: Meeting | None
    room: str
    sat: tuple[Sat, ...]


class RoomDay(Value):
    """A day, or days in a row that look the same."""

    date: Edtf
    anchor: str
    later: bool
    places: tuple[Place, ...]
    away: tuple[Away, ...]
    figure: Markup
    """Who sat where, as SVG; empty where no side is known, or where there are too many days to draw."""


class Room(Value):
    """A meeting's rooms."""

    days: tuple[RoomDay, ...]
    more: int
    """How many days are left out."""
    whole: tuple[Place, ...]
    """Seats known for a meeting as a whole, or only roughly."""
    whole_away: tuple[Away, ...]
    figure: Markup
    """The meeting in one figure, where no day is known."""

    def __bool__(self) -> bool:
        return bool(self.days or self.whole or self.whole_away)


def room(dossier: Dossier, meeting: Meeting) -> Room:
    """Who sat where at a meeting and its sessions, by day."""
    sessions = list(_sessions(dossier, meeting, {meeting.id}))
    sat, away = [], []
    for held in (meeting, *sessions):
        session = held is not meeting
        sat += [Sat(held, record, session, _days(record.date, held)) for record in held.seats]
        away += [Away(held, record, session, _days(record.date, held)) for record in held.absent]
    found = list(_by_day(sat, away))
    drawn = len(found) <= MOST_DRAWN
    days, told = [], set[int]()
    for span, rows, gone in found[:MOST_TOLD]:
        figure = _figure(dossier, meeting, span, rows, gone) if drawn else Markup()
        days.append(RoomDay(_edtf(span), f"day-{span[0].isoformat()}", _edtf(span).is_later(dossier.as_of),
                            _places(replace(one, told=id(one.record) in told) for one in rows),
                            tuple(replace(one, told=id(one.record) in told) for one in gone), figure))
        told.update(id(one.record) for one in (*rows, *gone))
    return Room(tuple(days), max(0, len(found) - MOST_TOLD), _places(one for one in sat if one.days is None),
                tuple(one for one in away if one.days is None),
                Markup() if days else seats_figure(dossier, meeting, meeting.seats, meeting.absent))


def _sessions(dossier: Dossier, meeting: Meeting, seen: set[str]) -> Iterator[Meeting]:
    """The sessions of a meeting, and theirs, in order; a circle ends."""
    named = mentions(dossier, meeting.id).get("part_of", ())
    found = {m.origin.id: m.origin for m in named if isinstance(m.origin, Meeting) and m.origin.id not in seen}
    for session in sorted(found.values(), key=brief_order):
        seen.add(session.id)
        yield session
        yield from _sessions(dossier, session, seen)


def _days(date: Edtf | None, meeting: Meeting) -> Days | None:
    """The days of a record: those it names; without a date the one day that its meeting lasted."""
    if date is None:
        return _exact(meeting.date) if _one_day(meeting.date) else None
    return _exact(date)


def _exact(date: Edtf) -> Days | None:
    """The first and last day where both are known as days, without any doubt."""
    first, last = date.start_earliest, date.end_latest
    if first is None or last is None or date.precision != "day" or date.is_approximate or date.is_uncertain:
        return None
    return (first, last) if date.start_latest == first and date.end_earliest == last else None


def _one_day(date: Edtf) -> bool:
    days = _exact(date)
    return days is not None and days[0] == days[1]


def _edtf(days: Days) -> Edtf:
    first, last = (day.isoformat() for day in days)
    return Edtf.parse(first if first == last else f"{first}/{last}")


_ByDay = tuple[Days, tuple[Sat, ...], tuple[Away, ...]]


def _by_day(sat: list[Sat], away: list[Away]) -> Iterator[_ByDay]:
    """Days with somebody there or absent, those in a row that look the same together."""
    known: list[Sat | Away] = [one for one in (*sat, *away) if one.days]
    spans = [one.days for one in known if one.days]
    cuts = sorted({first.toordinal() for first, _ in spans} | {last.toordinal() + 1 for _, last in spans})
    open_days: _ByDay | None = None
    for cut, after in pairwise(cuts):
        first, last = date.fromordinal(cut), date.fromordinal(after - 1)
        here = [one for one in known if one.days and one.days[0] <= first and last <= one.days[1]]
        if not here:
            continue
        days = ((first, last), tuple(_rows(one for one in here if isinstance(one, Sat))),
                _distinct(one for one in here if isinstance(one, Away)))
        if open_days and open_days[0][1].toordinal() + 1 == cut and _looks(open_days) == _looks(days):
            open_days = ((open_days[0][0], last), *open_days[1:])
            continue
        if open_days:
            yield open_days
        open_days = days
    if open_days:
        yield open_days


def _rows(sat: Iterable[Sat]) -> list[Sat]:
    """Sessions first, in their order; then who was at the meeting that day, as far as no session names them."""
    found = list(sat)
    in_session = {(actor, one.record.for_) for one in found if one.session for actor in one.record.actors}
    own = [one for one in found if not one.session
           and not all((actor, one.record.for_) in in_session for actor in one.record.actors)]
    return [*(one for one in found if one.session), *own]


def _places(sat: Iterable[Sat]) -> tuple[Place, ...]:
    """Rows by where they sat; those of whom it is not recorded last."""
    found: dict[tuple[str, str], list[Sat]] = {}
    for one in sat:
        found.setdefault((one.meeting.id if one.session else "", str(one.record.room or "")), []).append(one)
    ordered = sorted(found.items(), key=lambda entry: entry[0] == ("", ""))
    return tuple(Place(rows[0].meeting if rows[0].session else None, room, tuple(rows)) for (_, room), rows in ordered)


def _looks(days: _ByDay) -> tuple[list[object], list[object]]:
    return [one.look for one in days[1]], [one.look for one in days[2]]


def _figure(dossier: Dossier, meeting: Meeting, days: Days, sat: tuple[Sat, ...], away: tuple[Away, ...]) -> Markup:
    sessions = {one.meeting.id: one.meeting for one in sat if one.session}
    around = [one.record for one in sat if not one.session] if sessions else []
    there = {actor for record in around for actor in record.actors}
    seats = [(one.record, one.meeting) for one in sat if one.session or not sessions]
    return seats_figure(dossier, meeting, [record for record, _ in seats],
                        [one.record for one in away if not there.issuperset(one.record.actors)],
                        rooms={id(record): _session_name(held) for record, held in seats if held.id in sessions},
                        around=around, prefix=f"seats-{days[0].isoformat()}", day=_edtf(days).readable())


def _distinct(away: Iterable[Away]) -> tuple[Away, ...]:
    """Absences once, where the meeting and its session both record one."""
    found: dict[tuple[Party, ...], Away] = {}
    for one in away:
        found.setdefault(one.record.actors, one)
    return tuple(found.values())


def _session_name(session: Meeting) -> str:
    return f"{session.format} session".capitalize() + (f", {session.time.readable}" if session.time else "")


# --- an actor's seats ------------------------------------------------------------------------


class OwnSeat(Value):
    """A seat or an absence as the actor's page tells it."""

    record: Seat | Absence
    words: str
    """`sat`, `represented` (others sat for it) or `absent`."""


class OwnMeeting(Value):
    """A meeting at which an actor sat, was represented, or was absent."""

    meeting: Meeting
    seats: tuple[OwnSeat, ...]
    across: tuple[Party, ...]
    """For whom others sat while it did, the first few."""
    more: int


def own_meetings(brief: ActorLike, named: dict[str, list[Mention]]) -> tuple[OwnMeeting, ...]:
    """Every seat an actor took or others took for it, and its absences, by meeting; `named` are the links to it."""
    meetings: dict[str, Meeting] = {}
    seats: dict[str, dict[int, OwnSeat]] = {}
    for role, words in (("seats.actors", "sat"), ("seats.for", "represented"), ("absent.actors", "absent")):
        for mention in named.get(role, ()):
            meeting, record = mention.origin, mention.record
            if isinstance(meeting, Meeting) and isinstance(record, (Seat, Absence)):
                meetings[meeting.id] = meeting
                seats.setdefault(meeting.id, {}).setdefault(id(record), OwnSeat(record, words))
    found = []
    for meeting in sorted(meetings.values(), key=brief_order):
        own = sorted(seats[meeting.id].values(), key=lambda seat: sort_key(seat.record.date))
        across = _across(meeting, Party.of(brief.id), [one.record for one in own if isinstance(one.record, Seat)])
        found.append(OwnMeeting(meeting, tuple(own), across[:MOST_ACROSS], max(0, len(across) - MOST_ACROSS)))
    return tuple(found)


def _across(meeting: Meeting, own: Party, seats: list[Seat]) -> tuple[Party, ...]:
    """For whom others sat while these seats were taken; who sat for the same party is not across."""
    mine = {own, *(party for seat in seats for party in (seat.for_, *seat.actors) if party)}
    found: dict[Party, None] = {}
    for other in meeting.seats:
        together = any(not (seat.date and other.date) or seat.date.overlaps(other.date) for seat in seats)
        for party in ((other.for_,) if other.for_ else other.actors) if together else ():
            if party not in mine:
                found.setdefault(party)
    return tuple(found)
