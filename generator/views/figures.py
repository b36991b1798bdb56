"""From views to figures: what each drawing is given. The figures themselves know no dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from markupsafe import Markup

from generator import addresses
from generator.as_of.day import Item
from generator.dates import LATER, UNSURE, Edtf
from generator.dossier import Dossier
from generator.figures.range import Range, Told, range_of
from generator.figures.seats import Absent, Member, Room, Seats, Side, seats
from generator.figures.strip import Band, Strip, bins_by_period, strip
from generator.figures.ties import Tie, Ties, Tone, ties
from generator.figures.trajectory import Course, Dot, Trajectory, trajectory
from generator.models import Brief, Demand, Meeting, Source
from generator.models.base import Account, Figure
from generator.models.fields import Party
from generator.models.un_process import Absence, Seat
from generator.models.vocabulary import Bound, PositionBasis
from generator.views.rows import Row
from generator.views.trajectories import Moment

_WITH = frozenset({"supports", "supported by", "sponsors", "sponsored by", "allied with"})
_AGAINST = frozenset({"opposes", "opposed by", "fights", "rival of", "sees as an enemy", "seen as an enemy by"})
_BESIDE = ("consult", "advis", "without a seat", "without a negotiating seat", "observer")
"""How roles say that somebody was there without a seat at the table."""


def _href(dossier: Dossier, party: Party) -> str | None:
    brief = dossier.briefs.get(party.ref.id) if party.ref else None
    return addresses.ROOT + brief.address if brief else None


def _tone(words: str) -> Tone:
    return "with" if words in _WITH else "against" if words in _AGAINST else "neutral"


def ties_figure(dossier: Dossier, brief: Brief, relations: Iterable[Row], memberships: Iterable[Row],
                members: Iterable[Row], successions: Iterable[Row]) -> Markup:
    """An actor's direct ties as SVG: its relations first, then what it belongs to and who belongs to it."""
    found = [(row, row.words, _tone(row.words)) for row in relations]
    found += [(row, f"{row.words} from", "neutral") for row in successions]
    found += [(row, "member of", "neutral") for row in memberships]
    found += [(row, "has as a member", "neutral") for row in members]
    drawn: dict[tuple[str, str], Tie] = {}
    for row, words, tone in found:
        name = dossier.party_name(row.other)
        drawn.setdefault((words, name), Tie(name, _href(dossier, row.other), words, tone,  # type: ignore[arg-type]
                                            later=row.when == LATER, unsure=row.when == UNSURE))
    return Markup(ties(Ties(str(brief.name), tuple(drawn.values())), "ties"))


def seats_figure(dossier: Dossier, brief: Meeting, records: Iterable[Seat], absences: Iterable[Absence], *,
                 rooms: Mapping[int, str] = MappingProxyType({}), around: Iterable[Seat] = (),
                 prefix: str = "seats", day: str = "") -> Markup:
    """Who sat for whom at a meeting or on a day of it, who was there beside it, and who was not, as SVG.

    `rooms` are rooms by the `id()` of a seat's record, where they are not the seat's own: the sessions of a day.
    `around` are those whose room that day is not recorded.
    """
    records = list(records)
    head: dict[str, Member] = {}
    beside: list[Member] = []
    plan: dict[str | None, dict[Party | None, list[Member]]] = {}
    conveners = set(brief.convener)
    # Whoever sits for the same party as the convener sits at the head as well.
    head_for = {seat.for_ for seat in records if seat.for_ and conveners.intersection(seat.actors)}
    for seat in records:
        role = str(seat.role) if seat.role else None
        for actor in seat.actors:
            member = Member(dossier.party_name(actor), role, _href(dossier, actor))
            if actor in conveners or seat.for_ in conveners | head_for or (role and "mediator" in role.lower()):
                head.setdefault(member.name, member)
            elif role and any(word in role.lower() for word in _BESIDE):
                beside.append(member)
            else:
                room = rooms.get(id(seat)) or (str(seat.room) if seat.room else None)
                plan.setdefault(room, {}).setdefault(seat.for_, []).append(member)
    drawn = tuple(Room(name, tuple(_side(dossier, side, sides) for side in sides)) for name, sides in plan.items())
    absent = tuple(Absent(dossier.party_name(actor), _absence(record), _href(dossier, actor))
                   for record in absences for actor in record.actors)
    others = tuple(Absent(dossier.party_name(actor), str(seat.role) if seat.role else None, _href(dossier, actor))
                   for seat in around for actor in seat.actors if dossier.party_name(actor) not in head)
    title = f"{brief.name}, {day}" if day else str(brief.name)
    return Markup(seats(Seats(title, str(brief.format), tuple(head.values()), drawn, tuple(beside), absent, others),
                        prefix))


def _side(dossier: Dossier, side: Party | None, members: dict[Party | None, list[Member]]) -> Side:
    if side is None:
        return Side(None, tuple(members[side]))
    name = dossier.party_name(side)
    return Side(name, tuple(member for member in members[side] if member.name != name), _href(dossier, side))


def _absence(record: Absence) -> str | None:
    """Whether they were invited, and when they were not there, in a few words."""
    invited = {"yes": "invited", "no": "not invited", None: None}.get(record.invited, f"invited: {record.invited}")
    return ", ".join(filter(None, [record.date.short() if record.date else None, invited])) or None


_WIDE = 680


def strip_figure(months: Mapping[str, int], later: Mapping[str, int], hrefs: Mapping[str, str],
                 rounds: Iterable[tuple[str, str, str]], as_of: Edtf) -> Markup:
    """How densely the timeline is filled, twice: for a phone and for a wider screen.

    `months` counts entries by month (`2031-04`), `later` those after the day; `hrefs` are addresses from the site's
    root on; each of the rounds is a name with its first and last month.
    """
    day = as_of.end_latest or as_of.start_earliest
    if day is None:
        return Markup()
    figure = Strip(bins_by_period(months, later, {month: addresses.ROOT + href for month, href in hrefs.items()}),
                   day.isoformat(), f"as of {as_of.readable()}", tuple(Band(*entry) for entry in rounds))
    return Markup(strip(figure, "strip") + strip(figure, "strip-wide", _WIDE))


def trajectory_figure(dossier: Dossier, demand: Demand, courses: Iterable[tuple[Party, tuple[Moment, ...]]]) -> Markup:
    """Everybody's dated positions on a demand as SVG; empty where nobody has two."""
    day = dossier.as_of.end_latest or dossier.as_of.start_earliest
    if day is None:
        return Markup()
    drawn = tuple(Course(dossier.party_name(party), tuple(_dots(found))) for party, found in courses)
    figure = Trajectory(str(demand.name), drawn, day, f"as of {dossier.as_of.short()}")
    return Markup(trajectory(figure, "trajectory"))


def _dots(found: Iterable[Moment]) -> Iterable[Dot]:
    """The dated positions of one actor; a side that is open or unknown is drawn at the side that is known."""
    before: Moment | None = None
    for moment in found:
        date = moment.date
        if date is None:
            continue
        sure = not moment.split and (before is None or not before.split and _certainly(before.date, date))
        before = moment
        first, last = date.start_earliest or date.end_earliest, date.end_latest or date.start_latest
        if first is None or last is None:
            continue
        stances = set()
        for item in moment.items:
            if item.record.stance not in stances:
                stances.add(item.record.stance)
                yield Dot(first, last, str(item.record.stance), f"{date.readable()}: {item.record.stance}",
                          f"#{item.anchor}", item.record.grounds == PositionBasis.INFERRED, sure)


def _certainly(one: Edtf | None, other: Edtf) -> bool:
    return one is not None and one.before(other)


def figure_words(figure: Figure, unit: bool = True) -> str:
    """A figure in words: `more than 50 people killed`; without its unit `more than 50`."""
    number = f"{figure.value:,}" if figure.value is not None else f"{figure.low:,} to {figure.high:,}"
    bound = "" if figure.bound == Bound.EXACTLY else f"{figure.bound} "
    return f"{bound}{number}{f' {figure.unit}' if unit else ''}"


def teller(dossier: Dossier, record: Account) -> str:
    """Whose account it is, in words: whoever gives it, or else the publisher of its source."""
    if record.by:
        return dossier.party_name(record.by)
    source = dossier.briefs.get(record.sources[0].id) if record.sources else None
    return str(source.publisher) if isinstance(source, Source) else "nobody named"


def range_figures(dossier: Dossier, on: str, prefix: str,
                  by_unit: Mapping[str, tuple[Item[Account], ...]]) -> tuple[Markup, ...]:
    """The figures that accounts of one question give, a drawing for each unit; none where no account has a source."""
    return tuple(Markup(range_of(Range(on, unit, tuple(_told(dossier, item) for item in found)), f"{prefix}-{number}"))
                 for number, (unit, found) in enumerate(by_unit.items(), 1)
                 if any(item.record.sources for item in found))


def _told(dossier: Dossier, item: Item[Account]) -> Told:
    record = item.record
    figure = record.figure
    assert figure is not None
    low = figure.value if figure.value is not None else figure.low or 0
    high = figure.value if figure.value is not None else figure.high or 0
    marks = [record.date.short() if record.date else "", "later" if item.later else "",
             "unverified" if record.unverified else ""]
    return Told(", ".join(filter(None, [teller(dossier, record), *marks])), figure_words(figure, unit=False), low, high,
                str(figure.bound))
