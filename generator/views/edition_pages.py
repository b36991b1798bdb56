"""The pages of the editions, put together from what each brief gives to them.

A brief gives the same whatever the others say that it does not show, so that a build lays out anew what the briefs that
changed give (`generator.shares`) and takes over the rest. All that is laid out here is text already: HTML with marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from markupsafe import Markup

from generator.as_of import matters as m
from generator.as_of.day import heading, sort_key
from generator.as_of.matters import Name
from generator.as_of.provisions import TextDeadline
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.facts import facts_of, fingerprint
from generator.models import Actor, Body, Brief, Demand, Event, Instrument, Meeting
from generator.models.fields import Party
from generator.reads import Memo
from generator.values import Value, from_json
from generator.views.editions import Day, Editions
from generator.views.indexes import name_key
from generator.views.positions import main_parties
from generator.views.state_of_play import ROOM, open_deadlines

RECENT = 12
"""Of so many events before the day an edition gives the first sentence; of earlier ones the name."""

OPEN_AT_MOST = 8
"""So many differences of a sort stand open; more are folded."""

WORDS = "\ue00b"
"""Stands in an event's entry for the first sentence of its summary."""

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

HAPPENED = (m.EVENT, m.MEETING, m.OUTCOME)
"""What is told in the order of time."""


# --- what a brief gives ----------------------------------------------------------------------------


class Look(Value, array_like=True):
    """How a brief reads at one edition or at several."""

    html: str
    """Its entry; an event's has `WORDS` where the sentence comes."""
    words: str
    """The first sentence of an event's summary."""
    fingerprint: str
    """That of the facts that the entry shows."""
    standings: list[tuple[str, str]]
    """The standings that it has, each with what the list of those in that standing says of it."""
    cells: dict[str, str]
    """A demand's cells in the matrix, by party."""
    late: list[str]
    """What was the case and came out later."""
    statements: int
    """How many statements held on the day."""
    undated: int
    """How many of them rest on sources without a date of publication only."""


Listed = tuple[str, list[object], str]
"""Something in a list: by what sort of matter it is told, where it stands in time, and its text."""


class Given(Value, array_like=True):
    """What a brief gives to the pages of all editions."""

    looks: list[Look]
    at: list[int]
    """For each edition how the brief reads there: a number in `looks`; -1 where there is nothing to say of it."""
    changes: list[list[Listed]]
    """For each edition what differs from the one before."""
    over_time: list[Listed]
    """Each matter that reads otherwise at one edition than at another."""
    turns: list[str]
    """The days up to the dossier's own on which something changed."""

    def look(self, number: int) -> Look | None:
        return self.looks[at] if (at := self.at[number]) >= 0 else None


class Book:
    """All editions with what each brief gives to them. `shares` are `Given`, as JSON, by the ids of briefs."""

    def __init__(self, editions: Editions, shares: Mapping[str, bytes]) -> None:
        self.editions = editions
        self.dossier = editions.dossier
        self._shares = shares
        self._given: Memo[str, Given] = Memo()

    def given(self, id: str) -> Given:
        return self._given.get(id, lambda: from_json(Given, self._shares[id]))

    def differences(self, number: int) -> tuple[ChangeGroup, ...]:
        """What differs at an edition from the one before, in groups."""
        return tuple(_grouped(told for id in self.editions.anchors for told in self.given(id).changes[number]))


class ChangeGroup(Value):
    """The differences of one sort, such as of all standings."""

    title: str
    count: int
    changes: Markup

    @property
    def open(self) -> bool:
        return self.count <= OPEN_AT_MOST


def _grouped(all_told: Iterable[Listed]) -> Iterator[ChangeGroup]:
    """What is told by sort, each in the order of briefs, or of time."""
    found: dict[str, list[Listed]] = {}
    for told in all_told:
        found.setdefault(told[0], []).append(told)
    for title, names in GROUPS:
        group = [told for name in names for told in found.get(name.word, ())]
        if all(name in HAPPENED for name in names):
            group.sort(key=lambda told: told[1])
        if group:
            yield ChangeGroup(title, len(group), _joined(text for _, _, text in group))


def _joined(texts: Iterable[str], between: str = "") -> Markup:
    return Markup(between.join(texts))


# --- the page of an edition -------------------------------------------------------------------------


class StandingList(Value):
    word: str
    named: Markup


class Room(Value):
    title: str
    lists: tuple[StandingList, ...]


class MatrixRow(Value):
    demand: Demand
    anchor: str
    cells: tuple[Markup, ...]


class Year(Value):
    title: str
    events: Markup


class EditionView(Value):
    """An edition's page."""

    day: Day
    earlier: Day | None
    since: tuple[ChangeGroup, ...]
    """What differs from the edition before."""
    rooms: tuple[Room, ...]
    columns: tuple[Party, ...]
    rows: tuple[MatrixRow, ...]
    demands: Markup
    deadlines: tuple[TextDeadline, ...]
    passed: tuple[TextDeadline, ...]
    """Those whose time had run out by every reading."""
    texts: Markup
    actors: Markup
    bodies: Markup
    meetings: Markup
    years: tuple[Year, ...]
    unborn: int
    """How many briefs of the dossier have nothing to say of the day."""
    late: Markup
    """What was the case and came out later."""
    late_count: int
    statements: int
    """How many statements held on the day."""
    days: tuple[Day, ...]
    """All editions, to lead to them."""
    undated: int
    """How many statements rest on sources without a date of publication only."""
    facts: EditionFacts
    """What the page shows, by the anchors of its entries; its own under the empty name."""

    @property
    def anchors(self) -> frozenset[str]:
        return frozenset(anchor for anchor in self.facts if anchor)


class EditionFacts(Mapping[str, object]):
    """The facts that an edition shows. Their fingerprints are known; they themselves are worked out when asked for."""

    def __init__(self, editions: Editions, number: int, prints: Mapping[str, str], own: object) -> None:
        self._editions, self._number, self._own = editions, number, own
        self.prints = {"": fingerprint(own), **{editions.anchors[id]: print for id, print in prints.items()}}

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {anchor: id for id, anchor in self._editions.anchors.items()}

    def __getitem__(self, anchor: str) -> object:
        if not anchor or anchor not in self.prints:
            return {"": self._own}[anchor]
        then = self._editions.then(self._ids[anchor])[self._number]
        assert then is not None
        return then.facts

    def __iter__(self) -> Iterator[str]:
        return iter(self.prints)

    def __len__(self) -> int:
        return len(self.prints)


def edition_page(book: Book, day: Day) -> EditionView:
    editions, dossier = book.editions, book.dossier
    at = editions.days.index(day)
    then = {id: look for id in editions.anchors if (look := book.given(id).look(at))}
    columns, demands = main_parties(dossier)
    limits = open_deadlines(dossier.at(day.date))
    own: dict[str, object] = {"day": str(day.date)}
    if day.record:
        own["edition"] = facts_of(day.record)

    lists = [_of(dossier, then, model, key) for model, key in _LISTS]
    demands_then, texts, actors, bodies, meetings = (
        _joined(then[brief.id].html for brief in briefs) for briefs in lists)
    events = _of(dossier, then, Event, lambda event: (sort_key(event.date), event.id))[::-1]  # type: ignore[attr-defined]
    prints = {brief.id: then[brief.id].fingerprint for brief in chain(*lists, events)}
    return EditionView(
        day=day, earlier=editions.days[at - 1] if at else None, since=book.differences(at),
        rooms=_rooms(dossier, then), columns=columns, rows=tuple(_matrix_rows(editions, then, columns, demands)),
        demands=demands_then,
        deadlines=tuple(d for d in limits if not _has_passed(d, day.date)),
        passed=tuple(d for d in limits if _has_passed(d, day.date)),
        texts=texts, actors=actors, bodies=bodies, meetings=meetings, years=_years(events, then),
        unborn=len(editions.anchors) - len(then), late=_joined(late for look in then.values() for late in look.late),
        late_count=sum(len(look.late) for look in then.values()),
        statements=sum(look.statements for look in then.values()), days=editions.days,
        undated=sum(look.undated for look in then.values()),
        facts=EditionFacts(editions, at, prints, own))


def _of(dossier: Dossier, then: Mapping[str, Look], model: type, key: Callable[[Brief], object]) -> list[Brief]:
    return sorted((brief for id in then if isinstance(brief := dossier.briefs[id], model)), key=key)  # type: ignore[arg-type]


def _by_name(brief: Brief) -> tuple[object, ...]:
    return (not getattr(brief, "main", False), name_key(brief))


def _newest(brief: Brief) -> tuple[object, ...]:
    date = brief.date  # type: ignore[attr-defined]
    return tuple(-part if isinstance(part, int) else part for part in date.sort_key)


def _by_category(brief: Brief) -> tuple[object, ...]:
    return (not getattr(brief, "main", False), str(brief.category), name_key(brief))  # type: ignore[attr-defined]


_LISTS: tuple[tuple[type, Callable[[Brief], object]], ...] = (
    (Demand, _by_category), (Instrument, _newest), (Actor, _by_name), (Body, _by_name), (Meeting, _newest))
"""What is listed by kind, and how each list is sorted."""


def _rooms(dossier: Dossier, then: Mapping[str, Look]) -> tuple[Room, ...]:
    found: dict[str, list[str]] = {}
    with_standings = {id: look for id, look in then.items() if look.standings}
    for brief in sorted((dossier.briefs[id] for id in with_standings), key=_by_name):
        for word, text in with_standings[brief.id].standings:
            found.setdefault(word, []).append(text)
    rooms = []
    for title, words in ROOM:
        lists = tuple(StandingList(str(word), _joined(found[str(word)], ", ")) for word in words if str(word) in found)
        if lists:
            rooms.append(Room(title, lists))
    return tuple(rooms)


def _matrix_rows(editions: Editions, then: Mapping[str, Look], columns: tuple[Party, ...],
                 demands: Iterable[Demand]) -> Iterator[MatrixRow]:
    for demand in demands:
        look = then.get(demand.id)
        cells = tuple(Markup(look.cells.get(column.key, "")) for column in columns) if look else ()
        if any(cells):
            yield MatrixRow(demand, editions.anchors[demand.id], cells)


def _years(events: Iterable[Brief], then: Mapping[str, Look]) -> tuple[Year, ...]:
    """The events up to the day by year, the latest first."""
    years: dict[str, list[str]] = {}
    for number, event in enumerate(events):
        look = then[event.id]
        words = look.words if number < RECENT else ""
        year = event.date.day_key[:4]  # type: ignore[attr-defined]
        years.setdefault(year, []).append(look.html.replace(WORDS, words and f" {words}"))
    return tuple(Year(heading(key), _joined(texts)) for key, texts in years.items())


def _has_passed(entry: TextDeadline, day: Edtf) -> bool:
    """Whether a deadline's time had certainly run out, by every reading."""
    ends = entry.deadline.dates
    return bool(ends) and all(date.before(day) for date in ends)


# --- the pages of all editions ------------------------------------------------------------------


class EditionIndex(Value):
    editions: tuple[tuple[Day, tuple[tuple[str, int], ...]], ...]
    """Each with how much of each sort differs from the one before."""
    turning: int
    """On how many days up to the dossier's day something changed."""


def editions(book: Book) -> EditionIndex:
    found = []
    for number, day in enumerate(book.editions.days):
        found.append((day, tuple((group.title, group.count) for group in book.differences(number))))
    return EditionIndex(tuple(found), len({turn for id in book.editions.anchors for turn in book.given(id).turns}))


class OverTimeGroup(Value):
    title: str
    rows: Markup


class EditionChanges(Value):
    days: tuple[Day, ...]
    groups: tuple[OverTimeGroup, ...]
    total: int
    """How many rows there are."""


def edition_changes(book: Book) -> EditionChanges:
    """Every matter that reads otherwise at one edition than at another."""
    groups = tuple(_grouped(told for id in book.editions.anchors for told in book.given(id).over_time))
    return EditionChanges(book.editions.days, tuple(OverTimeGroup(group.title, group.changes) for group in groups),
                          sum(group.count for group in groups))
