"""From views to figures: what each drawing is given. The figures themselves know no dossier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from markupsafe import Markup

from generator import addresses
from generator.dates import LATER, UNSURE, Edtf
from generator.dossier import Dossier
from generator.figures.seats import Absent, Member, Room, Seats, Side, seats
from generator.figures.strip import Band, Strip, bins_by_period, strip
from generator.figures.ties import Tie, Ties, Tone, ties
from generator.models import Brief, Meeting
from generator.models.fields import Party
from generator.models.un_process import Absence, Seat
from generator.views.rows import Row

_WITH = frozenset({"supports", "supported by", "sponsors", "sponsored by", "allied with"})
_AGAINST = frozenset({"opposes", "opposed by", "fights", "rival of", "sees as an enemy", "seen as an enemy by"})
_BESIDE = ("consult", "advis", "without a seat", "without a negotiating seat", "observer")
"""How roles say that somebody was there without a seat at the table."""


def _name(dossier: Dossier, party: Party) -> str:
    brief = dossier.briefs.get(party.ref.id) if party.ref else None
    return str(brief.name) if brief else party.outside or (party.ref.id if party.ref else "")


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
        name = _name(dossier, row.other)
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
            member = Member(_name(dossier, actor), role, _href(dossier, actor))
            if actor in conveners or seat.for_ in conveners | head_for or (role and "mediator" in role.lower()):
                head.setdefault(member.name, member)
            elif role and any(word in role.lower() for word in _BESIDE):
                beside.append(member)
            else:
                room = rooms.get(id(seat)) or (str(seat.room) if seat.room else None)
                plan.setdefault(room, {}).setdefault(seat.for_, []).append(member)
    drawn = tuple(Room(name, tuple(_side(dossier, side, sides) for side in sides)) for name, sides in plan.items())
    absent = tuple(Absent(_name(dossier, actor), _absence(record), _href(dossier, actor))
                   for record in absences for actor in record.actors)
    others = tuple(Absent(_name(dossier, actor), str(seat.role) if seat.role else None, _href(dossier, actor))
                   for seat in around for actor in seat.actors if _name(dossier, actor) not in head)
    title = f"{brief.name}, {day}" if day else str(brief.name)
    return Markup(seats(Seats(title, str(brief.format), tuple(head.values()), drawn, tuple(beside), absent, others),
                        prefix))


def _side(dossier: Dossier, side: Party | None, members: dict[Party | None, list[Member]]) -> Side:
    if side is None:
        return Side(None, tuple(members[side]))
    name = _name(dossier, side)
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
