"""The dossier as of another day: each edition's page, what differs between editions, and how a brief stood at each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator import addresses, prose
from generator.addresses import unique_anchors
from generator.as_of import matters as m
from generator.as_of.answers import NOTHING, Answer, answer, known, turning_days
from generator.as_of.changes import Change, difference
from generator.as_of.clocks import CAME_OUT_LATER, NO_DATE, PERHAPS_KNOWN, Publication
from generator.as_of.day import heading, sort_key
from generator.as_of.matters import Entry, Matter, Name, matters_of
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
from generator.reads import Memo
from generator.views.indexes import name_key
from generator.views.positions import main_parties
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


@dataclass(frozen=True, eq=False)
class Line:
    """A matter in an edition's entry: what was the case, and what was known then where that is something else.

    Where several things may hold at once `known` is None: the mark of each says whether it was known. A matter that
    reads the same at several editions is one and the same line at all of them.
    """

    matter: Matter
    answer: Answer
    known: Answer | None
    came_out_later: tuple[Entry, ...]
    """Those of its records that were not known yet."""
    undated: int
    """How many of its records rest on sources without a date of publication only."""

    @property
    def name(self) -> str:
        return self.matter.name.word

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """What it says, each record with all that is needed to show it where it stands apart from its brief."""
        return tuple((self.matter, entry, certain, self) for entry, certain in self.answer.told)

    @cached_property
    def late(self) -> tuple[tuple[Line, Entry], ...]:
        """Itself with each of its records that were not known yet."""
        return tuple((self, entry) for entry in self.came_out_later)


Told = tuple[Matter, Entry, bool, Line]
"""A record that answers a matter, whether it is certain, and the line that it stands in."""


@dataclass(frozen=True)
class StanceGroup:
    """Who takes one stance, or the demands on which somebody does."""

    stance: str
    lines: tuple[Told, ...]


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
    late: tuple[tuple[Line, Entry], ...]
    """What was the case and came out later."""
    statements: int
    """How many statements held on the day."""
    undated: int
    """How many of them rest on sources without a date of publication only."""

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

_LATER = (CAME_OUT_LATER, PERHAPS_KNOWN)
"""How a record stands that was not known yet."""

_HAPPENED = (m.EVENT, m.MEETING, m.OUTCOME)
"""What is told in the order of time."""


@dataclass(frozen=True)
class Course:
    """How a brief's matters went over the editions."""

    matters: tuple[Matter, ...]
    answers: tuple[tuple[Answer, ...], ...]
    """For each matter its answer at each edition; where nothing changed the very same one."""
    changes: tuple[tuple[Change, ...], ...]
    """For each edition what differs from the one before."""

    def says_something(self, number: int) -> bool:
        """Whether there is anything to say of the brief at an edition."""
        return any(answers[number] for answers in self.answers)


class Editions:
    """All editions of a dossier: made once, asked for each page. What is worked out is worked out brief by brief."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.days = days(dossier)
        self._courses: Memo[str, Course] = Memo()
        self._then: Memo[str, tuple[BriefThen | None, ...]] = Memo()
        self._by: dict[Publication, tuple[str, ...]] = {}
        self._seen: dict[Edtf, tuple[str, ...]] = {}

    def course(self, id: str) -> Course:
        """How a brief's matters went."""
        return self._courses.get(id, lambda: _course(matters_of(self.dossier, id), self.days))

    def then(self, id: str) -> tuple[BriefThen | None, ...]:
        """How a brief stood at each edition; where it reads the same it is the same entry."""
        return self._then.get(id, lambda: tuple(self._entries(id)))

    def forget(self) -> None:
        """Let go of what only the editions' own pages show."""
        self._then = Memo()

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        ids = [id for id, brief in self.dossier.briefs.items() if brief.kind not in ("source", "term")]
        return dict(zip(ids, unique_anchors(ids), strict=True))

    def page(self, day: Day) -> EditionView:
        at = self.days.index(day)
        then = {id: entry for id in self.anchors if (entry := self.then(id)[at])}
        columns, demands = main_parties(self.dossier)
        limits = open_deadlines(self.dossier.at(day.date))
        return EditionView(
            day=day, earlier=self.days[at - 1] if at else None, since=self.differences(at),
            rooms=_rooms(then.values()), columns=columns, rows=tuple(_matrix_rows(then, columns, demands)),
            demands=_of(then, Demand, lambda e: (not e.main, str(e.brief.category), name_key(e.brief))),  # type: ignore[attr-defined]
            deadlines=tuple(d for d in limits if not _has_passed(d, day.date)),
            passed=tuple(d for d in limits if _has_passed(d, day.date)),
            texts=_of(then, Instrument, _newest), actors=_of(then, Actor, _by_name), bodies=_of(then, Body, _by_name),
            meetings=_of(then, Meeting, _newest), years=_years(then),
            unborn=len(self.anchors) - len(then), late=tuple(late for entry in then.values() for late in entry.late),
            statements=sum(entry.statements for entry in then.values()), days=self.days,
            undated=sum(entry.undated for entry in then.values()))

    def differences(self, number: int) -> tuple[ChangeGroup, ...]:
        """What differs at an edition from the one before, in groups."""
        found: dict[str, list[Change]] = {}
        for id in self.anchors:
            for change in self.course(id).changes[number]:
                if not change.matter.mirrored:
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
        if brief.id not in self.anchors:
            return ()
        course = self.course(brief.id)
        for number, day in enumerate(self.days):
            if course.says_something(number):
                told = course.changes[number] if found else ()
                address = addresses.with_anchor(day.address, self.anchors[brief.id])
                found.append(BriefAt(day, address, tuple(c for c in told if c.matter.name is not m.HELD),
                                     sum(c.matter.name is m.HELD for c in told)))
        return tuple(found)

    # --- entries -------------------------------------------------------------------------

    def _entries(self, id: str) -> Iterator[BriefThen | None]:
        course = self.course(id)
        lines = [tuple(self._lines(matter, answers))
                 for matter, answers in zip(course.matters, course.answers, strict=True)]
        known: dict[tuple[Line, ...], BriefThen | None] = {(): None}
        prints: dict[Entry, str] = {}
        for number in range(len(self.days)):
            shown = [line for own in lines if (line := own[number])]
            look = tuple(shown)
            if look not in known:
                known[look] = self._entry(id, shown, number, prints)
            yield known[look]

    def _lines(self, matter: Matter, answers: Sequence[Answer]) -> Iterator[Line | None]:
        """A matter's line at each edition. What makes it read as at another are its records, how certain they are, how
        much of their dates is shown, and whether they were known."""
        known: dict[tuple[object, ...], Line | None] = {(): None}
        for number, answer in enumerate(answers):
            look: tuple[object, ...] = ()
            if answer:
                faces = [self._face(entry, number) for entry in answer.entries]
                came_later = matter.name.single and any(by in _LATER for by, _ in faces)
                was = _else_known(matter, answer, self.days[number].date) if came_later else None
                shown = (len(was.certain), *((id(entry), self._face(entry, number)) for entry in was.entries)) if was else ()
                look = (id(answer), *faces, was is None, *shown)
                if look not in known:
                    told = list(zip(answer.entries, faces, strict=True))
                    known[look] = Line(matter, answer, was, tuple(entry for entry, (by, _) in told if by in _LATER),
                                       sum(by == NO_DATE for by, _ in faces))
            yield known[look]

    def _face(self, entry: Entry, number: int) -> tuple[str, str]:
        """What may differ in a record from edition to edition: whether it was known, and its date as seen then."""
        by = self._by.get(entry.published)
        if by is None:
            by = self._by[entry.published] = tuple(entry.published.by(day.date) for day in self.days)
        if entry.date is None or not entry.date.is_interval:
            return by[number], ""
        seen = self._seen.get(entry.date)
        if seen is None:
            seen = self._seen[entry.date] = tuple(entry.date.as_seen_on(day.date).text for day in self.days)
        return by[number], seen[number]

    def _entry(self, id: str, lines: Sequence[Line], number: int, prints: dict[Entry, str]) -> BriefThen:
        own = [line for line in lines if not line.matter.mirrored]
        return BriefThen(
            self.dossier.briefs[id], self.anchors[id], tuple(line for line in lines if line.matter.name is not m.HELD),
            _stances(line for line in lines if line.matter.name in (m.HELD, m.POSITION)),
            self._facts(id, lines, number, prints), tuple(late for line in own for late in line.late),
            sum(len(line.answer.entries) for line in own), sum(line.undated for line in own))

    def _facts(self, id: str, lines: Iterable[Line], number: int, prints: dict[Entry, str]) -> Mapping[str, object]:
        said = []
        for line in lines:
            for entry, certain in line.answer.told:
                if entry not in prints:
                    prints[entry] = _print(entry)
                said.append(" ".join((line.name, line.matter.about, prints[entry], "" if certain else "perhaps",
                                      self._face(entry, number)[0])).strip())
        return {"name": str(self.dossier.briefs[id].name), "says": said}


def _course(matters: tuple[Matter, ...], days: Sequence[Day]) -> Course:
    answers = tuple(tuple(_answers(matter, days)) for matter in matters)
    told = tuple(zip(matters, answers, strict=True))
    return Course(matters, answers, tuple(
        tuple(Change(matter, own[number - 1], own[number], what) for matter, own in told
              if own[number] is not own[number - 1] and (what := difference(matter, own[number - 1], own[number])))
        if number else () for number in range(len(days))))


def _answers(matter: Matter, days: Iterable[Day]) -> Iterator[Answer]:
    """A matter's answer on each day: asked again only where it may have turned since."""
    turns = turning_days((matter,))
    at, now = -1, NOTHING
    for day in days:
        before, at = at, bisect_right(turns, day.date.start_earliest)  # type: ignore[type-var]
        if at != before:
            then = answer(matter, day.date)
            now = now if then == now else then
        yield now


def _print(entry: Entry) -> str:
    """The fingerprint of a record: of what it says, who stands at its other end, and when it came out."""
    return fingerprint([_facts(entry), entry.other.key if entry.other else "", str(entry.published.first or "")])


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


def _else_known(matter: Matter, then: Answer, day: Edtf) -> Answer:
    """What was known on the day and is not what held."""
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
    groups: dict[str, list[Told]] = {}
    for line in lines:
        for told in line.told:
            groups.setdefault(told[1].words, []).append(told)
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
        groups = book.differences(number)
        found.append((day, tuple((group.title, len(group.changes)) for group in groups)))
    turning = {turn for id in book.anchors for turn in turning_days(book.course(id).matters, book.dossier.settings.as_of)}
    return EditionIndex(tuple(found), len(turning))


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
    for id in book.anchors:
        course = book.course(id)
        for matter, answers in zip(course.matters, course.answers, strict=True):
            told = tuple(_over_time(matter, zip(book.days, answers, strict=True))) if not matter.mirrored else ()
            if told:
                rows.setdefault(matter.name.word, []).append(OverTime(matter, told))
    groups = []
    for title, names in GROUPS:
        group = [row for name in names for row in rows.get(name.word, ())]
        if all(name in _HAPPENED for name in names):
            group.sort(key=lambda row: sort_key(row.matter.entries[0].date))
        if group:
            groups.append(OverTimeGroup(title, tuple(group)))
    return EditionChanges(book.days, tuple(groups), book.anchors)


def _over_time(matter: Matter, answers: Iterable[tuple[Day, Answer]]) -> Iterator[tuple[int, Day, Answer]]:
    """The editions at which a matter reads otherwise than at the last that is told."""
    last = NOTHING
    for number, (day, now) in enumerate(answers):
        if now is not last and difference(matter, last, now):
            yield number, day, now
            last = now
