"""The dossier as of another day: each edition's page, what differs between editions, and how a brief stood at each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator import addresses, prose
from generator.addresses import unique_anchors
from generator.as_of import matters as m
from generator.as_of.answers import Answer, answer, came_out_later, known, turning_days, without_date
from generator.as_of.changes import Change, changes, difference
from generator.as_of.day import heading, sort_key
from generator.as_of.matters import Entry, Matter, Name, matters
from generator.as_of.provisions import TextDeadline
from generator.compare.sameness import normal_text
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.facts import entry_fingerprint, facts_of, fingerprint
from generator.models import Actor, Body, Brief, Demand, Event, Instrument, Meeting
from generator.models.actor import ActorLike
from generator.models.fields import Party
from generator.models.settings import Edition
from generator.models.vocabulary import Stance
from generator.views.indexes import name_key
from generator.views.positions import positions
from generator.views.state_of_play import ROOM, open_deadlines

RECENT = 12
"""Of so many events before the day an edition gives the first sentence; of earlier ones the name."""

OPEN_AT_MOST = 8
"""So many differences of a sort stand open; more are folded."""


@dataclass(frozen=True)
class Day:
    """An edition: its day, where its page is, and why that day."""

    date: Edtf
    address: str
    record: Edition | None
    """None for the dossier's own day where `editions` does not have it."""
    own: bool
    """Whether it is the day that the dossier stands at."""

    @property
    def name(self) -> str:
        return f"As of {self.date.readable()}"

    @property
    def title(self) -> str:
        return str(self.record.title) if self.record else "The day this site stands at"


@dataclass(frozen=True)
class Line:
    """A matter in an edition's entry: what was the case, and what was known then where that is something else.

    Where several things may hold at once `known` is None: the mark of each says whether it was known.
    """

    matter: Matter
    answer: Answer
    known: Answer | None

    @property
    def name(self) -> str:
        return self.matter.name.word


@dataclass(frozen=True)
class StanceGroup:
    """Who takes one stance, or the demands on which somebody does."""

    stance: str
    lines: tuple[tuple[Matter, Entry, bool, Line], ...]
    """Each with its record and whether it is certain."""


@dataclass(frozen=True)
class BriefThen:
    """A brief in an edition: an entry with its own anchor."""

    brief: Brief
    anchor: str
    lines: tuple[Line, ...]
    stances: tuple[StanceGroup, ...]
    """For a demand who stood where, for an actor on what: the positions of the day."""

    facts: Mapping[str, object]
    """What the entry shows, as plain values; a record by its fingerprint."""

    @cached_property
    def mark(self) -> str:
        """The fingerprint that the entry carries in its page."""
        return entry_fingerprint(self.facts)

    @property
    def main(self) -> bool:
        return getattr(self.brief, "main", False)

    def line(self, word: str) -> Line | None:
        return next((line for line in self.lines if line.name == word), None)


@dataclass(frozen=True)
class StandingList:
    word: str
    named: tuple[tuple[BriefThen, Entry, bool, Line], ...]


@dataclass(frozen=True)
class Room:
    title: str
    lists: tuple[StandingList, ...]


@dataclass(frozen=True)
class MatrixRow:
    demand: Demand
    anchor: str
    cells: tuple[Line | None, ...]


@dataclass(frozen=True)
class Recent:
    entry: BriefThen
    words: str
    """The first sentence of its summary as typed, for the last events; otherwise empty."""


@dataclass(frozen=True)
class Year:
    title: str
    events: tuple[Recent, ...]


@dataclass(frozen=True)
class ChangeGroup:
    """The differences of one sort, such as of all standings."""

    title: str
    changes: tuple[Change, ...]

    @property
    def open(self) -> bool:
        return len(self.changes) <= OPEN_AT_MOST


@dataclass(frozen=True)
class EditionView:
    """An edition's page."""

    day: Day
    earlier: Day | None
    since: tuple[ChangeGroup, ...]
    """What differs from the edition before."""
    rooms: tuple[Room, ...]
    columns: tuple[Party, ...]
    rows: tuple[MatrixRow, ...]
    demands: tuple[BriefThen, ...]
    deadlines: tuple[TextDeadline, ...]
    passed: tuple[TextDeadline, ...]
    """Those whose time had run out by every reading."""
    texts: tuple[BriefThen, ...]
    actors: tuple[BriefThen, ...]
    bodies: tuple[BriefThen, ...]
    meetings: tuple[BriefThen, ...]
    years: tuple[Year, ...]
    unborn: int
    """How many briefs of the dossier have nothing to say of the day."""
    late: tuple[tuple[Line, Entry], ...]
    """What was the case and came out later."""
    statements: int
    """How many statements held on the day."""
    days: tuple[Day, ...]
    """All editions, to lead to them."""
    undated: int
    """How many statements rest on sources without a date of publication only."""

    @property
    def facts(self) -> dict[str, object]:
        """What the page shows, by the anchors of its entries; its own under the empty name."""
        own: dict[str, object] = {"day": str(self.day.date)}
        if self.day.record:
            own["edition"] = facts_of(self.day.record)
        return {"": own, **{entry.anchor: entry.facts for entry in self.entries}}

    @property
    def entries(self) -> tuple[BriefThen, ...]:
        events = tuple(recent.entry for year in self.years for recent in year.events)
        return (*self.demands, *self.texts, *self.actors, *self.bodies, *self.meetings, *events)

    @property
    def anchors(self) -> frozenset[str]:
        return frozenset(entry.anchor for entry in self.entries)


GROUPS: tuple[tuple[str, tuple[Name, ...]], ...] = (
    ("Who is in, who is out", (m.STANDING,)),
    ("Who holds which office", (m.OFFICE, m.HEAD, m.MEMBER, m.MEMBERSHIP, m.EXISTENCE)),
    ("Demands", (m.STATUS,)),
    ("Positions", (m.POSITION,)),
    ("Texts and deadlines", (m.ADOPTED, m.IN_FORCE, m.SUPERSEDED, m.SIGNATORY, m.PROVISION, m.DEADLINE, m.LIMIT)),
    ("Bodies", (m.MANDATE,)),
    ("Meetings", (m.MEETING, m.OUTCOME)),
    ("Relations and designations", (m.RELATION, m.DESIGNATION)),
    ("Events", (m.EVENT,)),
)
"""What a reader cares about, in that order."""

_HAPPENED = (m.EVENT, m.MEETING, m.OUTCOME)
"""What is told in the order of time."""


class Editions:
    """All editions of a dossier: made once, asked for each page."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.days = days(dossier)
        self._answers: dict[tuple[int, str], Answer] = {}
        self._then: dict[tuple[object, ...], BriefThen] = {}

    def answer(self, matter: Matter, day: Edtf) -> Answer:
        """How a matter stood on an edition's day, worked out once: each brief's own page asks for all of its own."""
        key = id(matter), day.text
        found = self._answers.get(key)
        if found is None:
            found = self._answers[key] = answer(matter, day)
        return found

    @cached_property
    def matters(self) -> tuple[Matter, ...]:
        return matters(self.dossier)

    @cached_property
    def _by_brief(self) -> Mapping[str, tuple[Matter, ...]]:
        found: dict[str, list[Matter]] = {}
        for matter in self.matters:
            found.setdefault(matter.brief.id, []).append(matter)
        return {id: tuple(group) for id, group in found.items()}

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        ids = [brief.id for brief in self.dossier.briefs.values() if brief.kind not in ("source", "term")]
        return dict(zip(ids, unique_anchors(ids), strict=True))

    @cached_property
    def _main(self) -> tuple[tuple[Party, ...], tuple[Demand, ...]]:
        """The columns of the matrix and the demands of its rows."""
        main = positions(self.dossier).main
        return main.columns, tuple(row.demand for row in main.rows)

    def page(self, day: Day) -> EditionView:
        at = self.days.index(day)
        then = {entry.brief.id: entry for entry in self._entries(day.date)}
        columns, demands = self._main
        limits = open_deadlines(self.dossier.at(day.date))
        lines = [line for entry in then.values() for line in entry.lines if not line.matter.mirrored]
        late = tuple((line, entry) for line in lines for entry in line.answer.entries
                     if came_out_later((entry,), day.date))
        return EditionView(
            day=day, earlier=self.days[at - 1] if at else None,
            since=self.differences(self.days[at - 1], day) if at else (),
            rooms=_rooms(then.values()), columns=columns, rows=tuple(_matrix_rows(then, columns, demands)),
            demands=_of(then, Demand, lambda e: (not e.main, str(e.brief.category), name_key(e.brief))),  # type: ignore[attr-defined]
            deadlines=tuple(d for d in limits if not _has_passed(d, day.date)),
            passed=tuple(d for d in limits if _has_passed(d, day.date)),
            texts=_of(then, Instrument, _newest), actors=_of(then, Actor, _by_name), bodies=_of(then, Body, _by_name),
            meetings=_of(then, Meeting, _newest), years=_years(then),
            unborn=len(self.anchors) - len(then), late=late,
            statements=sum(len(line.answer.entries) for line in lines), days=self.days,
            undated=sum(without_date(entry, day.date) for line in lines for entry in line.answer.entries))

    def differences(self, earlier: Day, later: Day) -> tuple[ChangeGroup, ...]:
        """What differs between two editions, in groups."""
        found: dict[str, list[Change]] = {}
        own = (matter for matter in self.matters if not matter.mirrored)
        for change in changes(own, earlier.date, later.date, self.answer):
            found.setdefault(change.matter.name.word, []).append(change)
        groups = []
        for title, names in GROUPS:
            group = [change for name in names for change in found.get(name.word, ())]
            if all(name in _HAPPENED for name in names):
                group.sort(key=lambda change: sort_key(change.matter.entries[0].date))
            if group:
                groups.append(ChangeGroup(title, tuple(group)))
        return tuple(groups)

    def of(self, brief: Brief) -> tuple[BriefAt, ...]:
        """How a brief stood at each edition at which there is something to say of it."""
        found: list[BriefAt] = []
        own = self._by_brief.get(brief.id, ())
        for number, day in enumerate(self.days):
            if any(self.answer(matter, day.date) for matter in own):
                before = self.days[number - 1] if found else None
                told = tuple(changes(own, before.date, day.date, self.answer)) if before else ()
                address = addresses.with_anchor(day.address, self.anchors[brief.id])
                found.append(BriefAt(day, address, tuple(c for c in told if c.matter.name is not m.HELD),
                                     sum(c.matter.name is m.HELD for c in told)))
        return tuple(found)

    def _entries(self, day: Edtf) -> Iterator[BriefThen]:
        """How each brief stood on the day; one that reads the same as at another edition is the same entry."""
        for id, own in self._by_brief.items():
            lines = []
            for matter in own:
                then = self.answer(matter, day)
                if then:
                    lines.append(Line(matter, then, _else_known(matter, then, day)))
            if lines:
                look = tuple(_look(line, day) for line in lines)
                if look not in self._then:
                    self._then[look] = BriefThen(
                        self.dossier.briefs[id], self.anchors[id],
                        tuple(line for line in lines if line.matter.name is not m.HELD),
                        _stances(line for line in lines if line.matter.name in (m.HELD, m.POSITION)),
                        self._facts(id, lines, day))
                yield self._then[look]

    def _facts(self, id: str, lines: Iterable[Line], day: Edtf) -> Mapping[str, object]:
        said = [" ".join((line.name, line.matter.about, self._prints[entry], "" if certain else "perhaps",
                          entry.published.by(day))).strip()
                for line in lines for entry, certain in line.answer.told]
        return {"name": str(self.dossier.briefs[id].name), "says": said}

    @cached_property
    def _prints(self) -> Mapping[Entry, str]:
        """The fingerprint of each record: of what it says, who stands at its other end, and when it came out."""
        return {entry: fingerprint([_facts(entry), entry.other.key if entry.other else "",
                                    str(entry.published.first or "")])
                for matter in self.matters for entry in matter.entries}


@dataclass(frozen=True)
class BriefAt:
    """A brief in one edition: where it stands there, and what differs from the edition before."""

    day: Day
    address: str
    changes: tuple[Change, ...]
    positions: int
    """How many of an actor's positions differ."""


def _has_passed(entry: TextDeadline, day: Edtf) -> bool:
    """Whether a deadline's time had certainly run out, by every reading."""
    ends = entry.deadline.dates
    return bool(ends) and all(date.before(day) for date in ends)


def days(dossier: Dossier) -> tuple[Day, ...]:
    """The editions in the order of their days, the dossier's own day last. Days that are none are left out: a check
    has said so."""
    found = {str(record.date): record for record in dossier.settings.editions if record.date.is_exact_day}
    own = dossier.settings.as_of
    dates = {str(record.date): record.date for record in found.values()}
    if dates and own.is_exact_day:
        dates[str(own)] = own
    return tuple(Day(date, addresses.edition_address(text), found.get(text), text == str(own))
                 for text, date in sorted(dates.items()))


def _look(line: Line, day: Edtf) -> tuple[object, ...]:
    """What makes a line read as on another day: its records, how certain they are, how much of them is shown, and
    whether they were known."""
    def shown(answer: Answer) -> tuple[object, ...]:
        return (len(answer.certain), *((id(entry), entry.published.by(day), entry.date and entry.date.as_seen_on(day).text)
                                       for entry in answer.entries))

    return id(line.matter), shown(line.answer), shown(line.known) if line.known else ()


def _else_known(matter: Matter, then: Answer, day: Edtf) -> Answer | None:
    """What was known on the day and is not what held; None where that is nothing."""
    if not (matter.name.single and came_out_later(then.entries, day)):
        return None
    was = known(matter, day)
    return Answer(tuple(entry for entry in was.certain if entry not in then.entries),
                  tuple(entry for entry in was.perhaps if entry not in then.entries))


def _facts(entry: Entry) -> object:
    """What a record says; of a brief as a whole its name, its date and its text."""
    if isinstance(entry.record, Brief):
        brief = entry.record
        return [str(brief.name), str(entry.date or ""), normal_text(getattr(brief, "summary", None) or "")]
    return facts_of(entry.record)


def _of(then: Mapping[str, BriefThen], model: type, key) -> tuple[BriefThen, ...]:  # type: ignore[no-untyped-def]
    return tuple(sorted((entry for entry in then.values() if isinstance(entry.brief, model)), key=key))


def _by_name(entry: BriefThen) -> tuple[object, ...]:
    return (not entry.main, name_key(entry.brief))


def _newest(entry: BriefThen) -> tuple[object, ...]:
    date = entry.brief.date  # type: ignore[attr-defined]
    return tuple(-part if isinstance(part, int) else part for part in date.sort_key)


def _stances(lines: Iterable[Line]) -> tuple[StanceGroup, ...]:
    groups: dict[str, list[tuple[Matter, Entry, bool, Line]]] = {}
    for line in lines:
        for entry, certain in line.answer.told:
            groups.setdefault(entry.words, []).append((line.matter, entry, certain, line))
    return tuple(StanceGroup(str(stance), tuple(groups[stance])) for stance in Stance if stance in groups)


def _rooms(then: Iterable[BriefThen]) -> tuple[Room, ...]:
    found: dict[str, list[tuple[BriefThen, Entry, bool, Line]]] = {}
    for entry in sorted((e for e in then if isinstance(e.brief, ActorLike)), key=_by_name):
        line = entry.line(m.STANDING.word)
        if line is not None:
            for record, certain in line.answer.told:
                found.setdefault(record.words, []).append((entry, record, certain, line))
    rooms = []
    for title, words in ROOM:
        lists = tuple(StandingList(str(word), tuple(found[str(word)])) for word in words if str(word) in found)
        if lists:
            rooms.append(Room(title, lists))
    return tuple(rooms)


def _matrix_rows(then: Mapping[str, BriefThen], columns: tuple[Party, ...],
                 demands: Iterable[Demand]) -> Iterator[MatrixRow]:
    for demand in demands:
        entry = then.get(demand.id)
        lines = {line.matter.about: line for line in entry.lines if line.matter.name is m.POSITION} if entry else {}
        cells = tuple(lines.get(column.key) for column in columns)
        if entry and any(cells):
            yield MatrixRow(demand, entry.anchor, cells)


def _years(then: Mapping[str, BriefThen]) -> tuple[Year, ...]:
    """The events up to the day by year, the latest first."""
    events = sorted((e for e in then.values() if isinstance(e.brief, Event)),
                    key=lambda e: (sort_key(e.brief.date), e.brief.id), reverse=True)  # type: ignore[attr-defined]
    years: dict[str, list[Recent]] = {}
    for number, entry in enumerate(events):
        summary = getattr(entry.brief, "summary", None) if number < RECENT else None
        words = next(iter(prose.sentences(summary)), "") if summary else ""
        years.setdefault(entry.brief.date.day_key[:4], []).append(Recent(entry, words))  # type: ignore[attr-defined]
    return tuple(Year(heading(key), tuple(events)) for key, events in years.items())


# --- the pages of all editions ------------------------------------------------------------------


@dataclass(frozen=True)
class EditionIndex:
    editions: tuple[tuple[Day, tuple[tuple[str, int], ...]], ...]
    """Each with how much of each sort differs from the one before."""
    turning: int
    """On how many days up to the dossier's day something changed."""


def editions(book: Editions) -> EditionIndex:
    found = []
    for number, day in enumerate(book.days):
        groups = book.differences(book.days[number - 1], day) if number else ()
        found.append((day, tuple((group.title, len(group.changes)) for group in groups)))
    return EditionIndex(tuple(found), len(turning_days(book.matters, book.dossier.settings.as_of)))


@dataclass(frozen=True)
class OverTime:
    """A matter at every edition at which it reads otherwise than at the one before."""

    matter: Matter
    answers: tuple[tuple[int, Day, Answer], ...]


@dataclass(frozen=True)
class OverTimeGroup:
    title: str
    rows: tuple[OverTime, ...]


@dataclass(frozen=True)
class EditionChanges:
    days: tuple[Day, ...]
    groups: tuple[OverTimeGroup, ...]
    anchors: Mapping[str, str]
    """Where each brief stands on an edition's page."""

    @property
    def total(self) -> int:
        return sum(len(group.rows) for group in self.groups)


def edition_changes(book: Editions) -> EditionChanges:
    """Every matter that reads otherwise at one edition than at another."""
    rows: dict[str, list[OverTime]] = {}
    for matter in book.matters:
        if not matter.mirrored:
            told: list[tuple[int, Day, Answer]] = []
            for number, day in enumerate(book.days):
                now = book.answer(matter, day.date)
                if difference(matter, told[-1][2] if told else Answer(), now):
                    told.append((number, day, now))
            if told:
                rows.setdefault(matter.name.word, []).append(OverTime(matter, tuple(told)))
    groups = []
    for title, names in GROUPS:
        group = [row for name in names for row in rows.get(name.word, ())]
        if all(name in _HAPPENED for name in names):
            group.sort(key=lambda row: sort_key(row.matter.entries[0].date))
        if group:
            groups.append(OverTimeGroup(title, tuple(group)))
    return EditionChanges(book.days, tuple(groups), book.anchors)
