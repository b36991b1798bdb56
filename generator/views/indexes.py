"""What the section pages show: lists of briefs, and what the about page lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.addresses import anchor_text
from generator.as_of.day import Item, Split, brief_order, heading, holds, sort_key, split
from generator.diagnostics import CODES
from generator.dossier import Accepted, Dossier
from generator.models import Actor, Body, Brief, Demand, Event, Instrument, Meeting, Source, Term
from generator.models.actor import ActorLike
from generator.models.fields import Language
from generator.models.vocabulary import (
    ActorType,
    BodyType,
    DemandStatus,
    EventType,
    SourceType,
    Standing,
)
from generator.values import Value
from generator.views.alphabet import Letter, NameLine, ScriptLine, in_scripts, letters
from generator.views.briefs import DemandLine, demand_line, items
from generator.views.mentions import Pointers, PointingBrief, pointers


def name_key(brief: Brief) -> tuple[str, str]:
    """How a brief sorts in a list of names."""
    return (str(getattr(brief, "sort", None) or brief.name).casefold(), brief.id)


# --- lists -----------------------------------------------------------------------------------

OPEN_AT_MOST = 100
"""A list in parts with more entries than this is folded."""


def _standing_now(dossier: Dossier, brief: ActorLike) -> tuple[str, ...]:
    standing = filter(holds, items(dossier, brief, "standing", in_order=True))
    return tuple(dict.fromkeys(str(item.record.standing) for item in standing))


class ActorEntry(Value):
    """An actor or body, with its standing on the day and its part in the demands."""

    brief: ActorLike
    standing: tuple[str, ...]
    makes: int
    positions: int
    """On how many demands it has a position."""


class ActorIndex(Value):
    entries: tuple[ActorEntry, ...]
    types: tuple[str, ...]
    standings: tuple[str, ...]
    letters: tuple[Letter, ...]
    scripts: tuple[ScriptLine, ...]


def actors(dossier: Dossier) -> ActorIndex:
    """Actors and bodies by name."""
    makes: Counter[str] = Counter()
    positions: Counter[str] = Counter()
    for demand in dossier.of_kind("demand"):
        assert isinstance(demand, Demand)
        makes.update({party.ref.id for party in demand.made_by if party.ref})
        positions.update({position.actor.ref.id for position in demand.positions if position.actor.ref})
    briefs = sorted((b for b in dossier.of_kind("actor", "body") if isinstance(b, (Actor, Body))), key=name_key)
    entries = tuple(ActorEntry(brief, _standing_now(dossier, brief), makes[brief.id], positions[brief.id])
                    for brief in briefs)
    types = _in_vocabulary_order({str(brief.type) for brief in briefs})
    standings = {word for entry in entries for word in entry.standing}
    return ActorIndex(entries, tuple(types), tuple(str(word) for word in Standing if word in standings),
                      letters(briefs), in_scripts(briefs))


def _in_vocabulary_order(groups: Iterable[str]) -> list[str]:
    order = {str(member): number for number, member in enumerate([*ActorType, *BodyType])}
    return sorted(groups, key=lambda type_: (order.get(type_, 999), type_))


class DemandIndex(Value):
    rows: tuple[DemandLine, ...]
    categories: tuple[str, ...]
    statuses: tuple[str, ...]
    makers: tuple[Brief, ...]
    letters: tuple[Letter, ...]
    """Other names that demands go by."""


def demands(dossier: Dossier) -> DemandIndex:
    """Demands by category, main ones first in each."""
    found = sorted((b for b in dossier.of_kind("demand") if isinstance(b, Demand)),
                   key=lambda b: (str(b.category), not b.main, name_key(b)))
    rows = tuple(demand_line(dossier, brief) for brief in found)
    statuses = {str(row.status.record.status) for row in rows if row.status}
    makers = {party.ref.id for brief in found for party in brief.made_by if party.ref}
    return DemandIndex(rows, tuple(dict.fromkeys(str(brief.category) for brief in found)),
                       tuple(str(word) for word in DemandStatus if word in statuses),
                       tuple(sorted((dossier.briefs[id] for id in makers if id in dossier.briefs), key=name_key)),
                       letters(found, names=False))


class BodyEntry(Value):
    brief: Body
    heads: tuple[Item, ...]
    """Those who lead it on the day."""


class UnProcess(Value):
    instruments: Split[Brief]
    bodies: tuple[BodyEntry, ...]
    meetings: Split[Brief]
    """Rounds and single meetings; sessions stand under the round they belong to."""
    sessions: dict[str, list[Brief]]
    count: int
    types: tuple[str, ...]
    """What instruments, bodies and meetings there are: types and formats, to filter by."""
    letters: tuple[Letter, ...]
    """Other names and symbols."""


def _chronological(dossier: Dossier, briefs: Iterable[Brief]) -> Split[Brief]:
    ordered = sorted(briefs, key=brief_order)
    return split(ordered, [b.date.is_later(dossier.as_of) for b in ordered])  # type: ignore[attr-defined]


def un_process(dossier: Dossier) -> UnProcess:
    meetings = [b for b in dossier.of_kind("meeting") if isinstance(b, Meeting)]
    known = {meeting.id for meeting in meetings}
    sessions: dict[str, list[Brief]] = {}
    top = []
    for meeting in sorted(meetings, key=brief_order):
        if meeting.part_of and meeting.part_of.id in known:
            sessions.setdefault(meeting.part_of.id, []).append(meeting)
        else:
            top.append(meeting)
    bodies = sorted((b for b in dossier.of_kind("body") if isinstance(b, Body)), key=name_key)
    texts = [b for b in dossier.of_kind("instrument") if isinstance(b, Instrument)]
    words = [*(str(b.type) for b in texts), *(str(b.type) for b in bodies), *(str(b.format) for b in meetings)]
    return UnProcess(
        _chronological(dossier, texts),
        tuple(BodyEntry(body, tuple(filter(holds, items(dossier, body, "heads", in_order=True)))) for body in bodies),
        _chronological(dossier, top), sessions, len(words),
        tuple(sorted(set(words))), letters([*texts, *bodies, *meetings], names=False))


class EventYear(Value):
    title: str
    anchor: str
    events: Split[Brief]
    open: bool

    @property
    def count(self) -> int:
        return len(self.events.so_far) + len(self.events.later)


class EventIndex(Value):
    years: tuple[EventYear, ...]
    types: tuple[str, ...]
    count: int


def events(dossier: Dossier) -> EventIndex:
    """Events by year; of many, the years before the last two up to the day are folded."""
    groups: dict[str, list[Event]] = {}
    found = sorted((b for b in dossier.of_kind("event") if isinstance(b, Event)), key=brief_order)
    for event in found:
        groups.setdefault(event.date.day_key[:4], []).append(event)
    reached = [key for key, group in groups.items() if not all(b.date.is_later(dossier.as_of) for b in group)]
    unfolded = reached[-2:] if len(found) > OPEN_AT_MOST else list(groups)
    return EventIndex(
        tuple(EventYear(heading(key), f"y-{anchor_text(key) or 'undated'}",
                        _chronological(dossier, group), key in unfolded) for key, group in groups.items()),
        tuple(str(type_) for type_ in EventType if any(b.type == type_ for b in found)), len(found))


class SourceEntry(Value):
    brief: Source
    cited: int
    """How many places cite it."""


class SourceIndex(Value):
    kinds: tuple[tuple[str, tuple[SourceEntry, ...]], ...]
    """By type, in the order of the vocabulary, then by publisher and date."""
    languages: tuple[Language, ...]
    count: int
    open: bool


def sources(dossier: Dossier) -> SourceIndex:
    groups: dict[str, list[SourceEntry]] = {}
    found = [brief for brief in dossier.of_kind("source") if isinstance(brief, Source)]
    for brief in found:
        groups.setdefault(str(brief.type), []).append(SourceEntry(brief, dossier.times_cited[brief.id]))
    for entries in groups.values():
        entries.sort(key=lambda e: (e.brief.publisher.casefold(), sort_key(e.brief.date), e.brief.id))
    return SourceIndex(tuple((str(type_), tuple(groups[type_])) for type_ in SourceType if type_ in groups),
                       tuple(sorted({brief.lang for brief in found}, key=lambda lang: lang.words)), len(found), len(found) <= OPEN_AT_MOST)


class TermEntry(Value):
    brief: Term
    pointers: Pointers

    @property
    def pointing(self) -> tuple[PointingBrief, ...]:
        return tuple(brief for _, briefs in self.pointers.kinds for brief in briefs)


class GlossaryLetter(Value):
    letter: str
    anchor: str
    see: tuple[NameLine, ...]
    """Other words that begin so, each with the term that it leads to."""
    terms: tuple[TermEntry, ...]


class GlossaryIndex(Value):
    letters: tuple[GlossaryLetter, ...]
    count: int


def glossary(dossier: Dossier) -> GlossaryIndex:
    terms = [b for b in dossier.of_kind("term") if isinstance(b, Term)]
    found = []
    for letter in letters(terms):
        own = [line.brief for line in letter.lines if not line.is_alias]
        found.append(GlossaryLetter(
            letter.letter, letter.anchor, tuple(line for line in letter.lines if line.is_alias),
            tuple(TermEntry(term, pointers(dossier, term.id)) for term in own if isinstance(term, Term))))
    return GlossaryIndex(tuple(found), len(terms))




# --- about -----------------------------------------------------------------


class About(Value):
    accepted: tuple[tuple[Accepted, str], ...]
    """Accepted warnings with what each is about."""


def about(dossier: Dossier) -> About:
    return About(tuple((entry, CODES[entry.diagnostic.code].about) for entry in dossier.accepted))

