"""What the section pages show: lists of briefs, the timeline, the state of play."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.dates import Edtf
from generator.diagnostics import CODES
from generator.dossier import Accepted, Dossier
from generator.models import Actor, Body, Brief, Demand, Event, Instrument, Meeting, Source, Term
from generator.models.actor import ActorLike
from generator.models.fields import TimeOfDay
from generator.models.vocabulary import ActorType, BodyType, SourceType, Standing
from generator.views.briefs import DeadlineView, DemandEntry, deadline_views, items, status_now
from generator.views.mentions import pointers
from generator.views.time import Split, holds, sort_key, split


def name_key(brief: Brief) -> tuple[str, str]:
    """How a brief sorts in a list of names."""
    return (str(getattr(brief, "sort", None) or brief.name).casefold(), brief.id)


# --- lists -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A brief in a list, with its standing or status on the day."""

    brief: Brief
    now: tuple[str, ...]


def _standing_now(dossier: Dossier, brief: ActorLike) -> tuple[str, ...]:
    standing = filter(holds, items(dossier, brief, "standing", in_order=True))
    return tuple(dict.fromkeys(str(item.record.standing) for item in standing))


def actors(dossier: Dossier) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Actors and bodies by type, main ones first."""
    groups: dict[str, list[Entry]] = {}
    for brief in dossier.of_kind("actor", "body"):
        assert isinstance(brief, (Actor, Body))
        groups.setdefault(str(brief.type), []).append(Entry(brief, _standing_now(dossier, brief)))
    return tuple((type_, tuple(sorted(groups[type_], key=lambda e: name_key(e.brief))))
                 for type_ in _in_vocabulary_order(groups))


def _in_vocabulary_order(groups: Iterable[str]) -> list[str]:
    order = {str(member): number for number, member in enumerate([*ActorType, *BodyType])}
    return sorted(groups, key=lambda type_: (order.get(type_, 999), type_))


def demands(dossier: Dossier) -> tuple[tuple[str, tuple[DemandEntry, ...]], ...]:
    """Demands by category, main ones first in each."""
    groups: dict[str, list[DemandEntry]] = {}
    for brief in dossier.of_kind("demand"):
        assert isinstance(brief, Demand)
        groups.setdefault(str(brief.category), []).append(DemandEntry(brief, status_now(dossier, brief)))
    return tuple((category, tuple(sorted(entries, key=lambda e: (not e.brief.main, name_key(e.brief)))))
                 for category, entries in sorted(groups.items()))


@dataclass(frozen=True)
class UnProcess:
    instruments: Split[Brief]
    bodies: tuple[Brief, ...]
    meetings: Split[Brief]
    """Rounds and single meetings; sessions stand under the round they belong to."""
    sessions: dict[str, list[Brief]]


def _chronological(dossier: Dossier, briefs: Iterable[Brief]) -> Split[Brief]:
    ordered = sorted(briefs, key=lambda b: (sort_key(b.date), b.id))  # type: ignore[attr-defined]
    return split(ordered, [b.date.is_later(dossier.as_of) for b in ordered])  # type: ignore[attr-defined]


def un_process(dossier: Dossier) -> UnProcess:
    meetings = [b for b in dossier.of_kind("meeting") if isinstance(b, Meeting)]
    known = {meeting.id for meeting in meetings}
    sessions: dict[str, list[Brief]] = {}
    top = []
    for meeting in sorted(meetings, key=lambda m: (sort_key(m.date), m.id)):
        if meeting.part_of and meeting.part_of.id in known:
            sessions.setdefault(meeting.part_of.id, []).append(meeting)
        else:
            top.append(meeting)
    return UnProcess(_chronological(dossier, dossier.of_kind("instrument")),
                     tuple(sorted(dossier.of_kind("body"), key=name_key)), _chronological(dossier, top), sessions)


def events(dossier: Dossier) -> Split[Brief]:
    return _chronological(dossier, dossier.of_kind("event"))


@dataclass(frozen=True)
class SourceEntry:
    brief: Source
    cited: int
    """How many places cite it."""


def sources(dossier: Dossier) -> tuple[tuple[str, tuple[SourceEntry, ...]], ...]:
    """Sources by type, in the order of the vocabulary, then by publisher and date."""
    groups: dict[str, list[SourceEntry]] = {}
    for brief in dossier.of_kind("source"):
        assert isinstance(brief, Source)
        cited = sum(1 for link in dossier.inbound[brief.id] if link.cites)
        groups.setdefault(str(brief.type), []).append(SourceEntry(brief, cited))
    for entries in groups.values():
        entries.sort(key=lambda e: (e.brief.publisher.casefold(), sort_key(e.brief.date), e.brief.id))
    return tuple((str(type_), tuple(groups[type_])) for type_ in SourceType if type_ in groups)


@dataclass(frozen=True)
class TermEntry:
    brief: Term
    pointers: object


def glossary(dossier: Dossier) -> tuple[TermEntry, ...]:
    terms = sorted((b for b in dossier.of_kind("term") if isinstance(b, Term)), key=name_key)
    return tuple(TermEntry(term, pointers(dossier, term.id)) for term in terms)


# --- timeline --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """An entry of the timeline: a dated brief, or a dated step of one."""

    brief: Brief
    kind: str
    """What sort of entry: event, meeting, instrument, demand, position, body."""
    record: object
    anchor: str
    date: Edtf
    time: str | None
    later: bool


@dataclass(frozen=True)
class Month:
    key: str
    title: str
    moments: tuple[Moment, ...]


def timeline(dossier: Dossier) -> tuple[Month, ...]:
    """Everything dated, by month: events, meetings, texts, and the steps of demands and mandates."""
    moments: list[Moment] = []
    for brief in dossier.briefs.values():
        if isinstance(brief, (Event, Meeting, Instrument)):
            moments.append(_moment(dossier, brief, brief.kind, brief, "", brief.date, getattr(brief, "time", None)))
        elif isinstance(brief, Demand):
            for item in items(dossier, brief, "history"):
                if item.record.date is not None:
                    moments.append(_moment(dossier, brief, "demand", item.record, item.anchor, item.record.date,
                                           item.record.time))
        elif isinstance(brief, Body):
            for item in items(dossier, brief, "mandate"):
                if item.record.date is not None:
                    moments.append(_moment(dossier, brief, "body", item.record, item.anchor, item.record.date,
                                           item.record.time))
    moments.sort(key=_moment_key)
    months: dict[str, list[Moment]] = {}
    for moment in moments:
        key = moment.date.month or moment.date.day_key
        months.setdefault(key, []).append(moment)
    return tuple(Month(key, _month_title(key), tuple(entries)) for key, entries in months.items())


_ORDER = {"event": 0, "meeting": 1, "instrument": 2, "body": 3, "demand": 4}


def _moment(dossier: Dossier, brief: Brief, kind: str, record: object, anchor: str, date, time) -> Moment:  # type: ignore[no-untyped-def]
    return Moment(brief, kind, record, anchor, date, str(time) if time else None, date.is_later(dossier.as_of))


def _moment_key(moment: Moment) -> tuple[object, ...]:
    minutes = TimeOfDay(moment.time).minutes_utc if moment.time else 24 * 60
    return (*sort_key(moment.date), minutes, _ORDER[moment.kind], moment.brief.id, moment.anchor)


def _month_title(key: str) -> str:
    return Edtf.parse(key).readable() if key else "Undated"


# --- about -----------------------------------------------------------------


@dataclass(frozen=True)
class About:
    accepted: tuple[tuple[Accepted, str], ...]
    """Accepted warnings with what each is about."""


def about(dossier: Dossier) -> About:
    return About(tuple((entry, CODES[entry.diagnostic.code].about) for entry in dossier.accepted))

