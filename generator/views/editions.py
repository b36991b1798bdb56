"""The dossier as of another day: how a brief stood at each edition, and what differs between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from generator import addresses
from generator.addresses import unique_anchors
from generator.as_of import matters as m
from generator.as_of.answers import NOTHING, Answer, answer, known, turning_days
from generator.as_of.changes import Change, difference
from generator.as_of.clocks import CAME_OUT_LATER, NO_DATE, PERHAPS_KNOWN, Publication
from generator.as_of.matters import Entry, Matter, matters_of
from generator.compare.sameness import normal_text
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.facts import ENTRY, facts_of, fingerprint
from generator.models import Brief
from generator.models.settings import Edition
from generator.models.vocabulary import Stance
from generator.reads import Memo
from generator.values import Value

class Day(Value):
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


class Line(Value, eq=False, dict=True):
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


class StanceGroup(Value):
    """Who takes one stance, or the demands on which somebody does."""

    stance: str
    lines: tuple[Told, ...]


class BriefThen(Value, dict=True):
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
    def fingerprint(self) -> str:
        return fingerprint(self.facts)

    @property
    def mark(self) -> str:
        """The part of the fingerprint that the entry carries in its page."""
        return self.fingerprint[:ENTRY]

    def line(self, word: str) -> Line | None:
        return next((line for line in self.lines if line.name == word), None)


_LATER = (CAME_OUT_LATER, PERHAPS_KNOWN)
"""How a record stands that was not known yet."""


class Course(Value):
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
    """All editions of a dossier. What is worked out is worked out brief by brief."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.days = days(dossier)
        self._courses: Memo[str, Course] = Memo()
        self._by: dict[Publication, tuple[str, ...]] = {}
        self._seen: dict[Edtf, tuple[str, ...]] = {}

    def course(self, id: str) -> Course:
        """How a brief's matters went."""
        return self._courses.get(id, lambda: _course(matters_of(self.dossier, id), self.days))

    def then(self, id: str) -> tuple[BriefThen | None, ...]:
        """How a brief stood at each edition; where it reads the same it is the same entry."""
        return tuple(self._entries(id))

    def over_time(self, id: str) -> Iterator[tuple[Matter, tuple[tuple[int, Day, Answer], ...]]]:
        """Each matter of a brief that reads otherwise at one edition than at another, with the editions at which it reads
        otherwise than at the last that is told."""
        course = self.course(id)
        for matter, answers in zip(course.matters, course.answers, strict=True):
            told = tuple(_over_time(matter, zip(self.days, answers, strict=True))) if not matter.mirrored else ()
            if told:
                yield matter, told

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        ids = [id for id, brief in self.dossier.briefs.items() if brief.kind not in ("source", "term")]
        return dict(zip(ids, unique_anchors(ids), strict=True))

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


class BriefAt(Value):
    """A brief in one edition: where it stands there, and what differs from the edition before."""

    day: Day
    address: str
    changes: tuple[Change, ...]
    positions: int
    """How many of an actor's positions differ."""


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


def _stances(lines: Iterable[Line]) -> tuple[StanceGroup, ...]:
    groups: dict[str, list[Told]] = {}
    for line in lines:
        for told in line.told:
            groups.setdefault(told[1].words, []).append(told)
    return tuple(StanceGroup(str(stance), tuple(groups[stance])) for stance in Stance if stance in groups)


def _over_time(matter: Matter, answers: Iterable[tuple[Day, Answer]]) -> Iterator[tuple[int, Day, Answer]]:
    """The editions at which a matter reads otherwise than at the last that is told."""
    last = NOTHING
    for number, (day, now) in enumerate(answers):
        if now is not last and difference(matter, last, now):
            yield number, day, now
            last = now
