"""Who is heard how much: counts by side and by actor, for readers to judge by.

`balance` is for the page, `voices` for whoever needs the numbers of the sides alone; both count each statement once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from markupsafe import Markup
from msgspec import Struct, field

from generator import prose
from generator.dossier import Dossier
from generator.figures.bars import Bar, bars
from generator.models import Brief, Source
from generator.models.actor import ActorLike, Label
from generator.models.base import Account, Record, may_hold, walk
from generator.models.demand import Position
from generator.models.fields import ActorRef, Party, Prose
from generator.models.settings import Side
from generator.models.vocabulary import PositionBasis, SourceType
from generator.statements import Stated, so_far_in
from generator.values import Value, from_json
from generator.views.indexes import name_key

NO_SIDE = -1
"""The place of everybody who counts to no side."""


class Counted(Value, array_like=True):
    """A statement as it is counted."""

    sayers: list[str]
    """The keys of those who say it."""
    named: dict[str, bool]
    """The keys of all whom it counts for, those who say it first, each with whether that is a brief."""
    quoted: bool
    """Whether it quotes words."""
    sources: list[str]


class Counts(Value, array_like=True):
    """What one brief gives to the page: its statements by the dossier's day, and an actor's words of prose."""

    statements: list[Counted]
    words: int


def counts(dossier: Dossier, brief: Brief) -> Counts:
    """What is counted of one brief."""
    return Counts([_counted(one) for one in so_far_in(dossier, brief)], _words(brief) if isinstance(brief, ActorLike) else 0)


def _counted(stated: Stated) -> Counted:
    sayers = said_by(stated.record)
    named = {party.key: party.ref is not None for party in (*sayers, *_named(stated.record))}
    if isinstance(stated.brief, ActorLike):
        named.setdefault(stated.brief.id, True)
    return Counted([party.key for party in sayers], named, bool(getattr(stated.record, "words", None)),
                   sorted(stated.sources))


class Tally(Struct):
    """What is counted for a side or an actor."""

    by: int = 0
    """Statements of what it said: stated positions, accounts, labels for others."""
    about: int = 0
    """All other statements that name it or stand on its own page."""
    quoted: int = 0
    """Those of what it said that quote its own words."""
    single: int = 0
    """Those of both that rest on one source."""
    words: int = 0
    """Words of the editors' prose in its own brief, or in the briefs of the side."""
    sources: set[str] = field(default_factory=set)
    """What both rest on."""

    @property
    def statements(self) -> int:
        return self.by + self.about

    @property
    def single_share(self) -> int | None:
        """Statements on one source, in whole percents; None where there is no statement."""
        return round(100 * self.single / self.statements) if self.statements else None

    def count(self, one: Counted, said: bool) -> None:
        self.by += said
        self.about += not said
        self.quoted += said and one.quoted
        self.single += len(one.sources) == 1
        self.sources.update(one.sources)


class Row(Value):
    """A side or an actor with what was counted."""

    name: str
    brief: ActorLike | None
    """The actor; None for a side."""
    side: str
    """The side of an actor; empty without."""
    tally: Tally
    close: int
    """How many of its sources belong to it or are close to it."""
    kinds: tuple[tuple[str, int], ...]
    """Its sources by kind, in the order of the vocabulary."""
    languages: tuple[tuple[str, int], ...]
    """Its sources by language, the most frequent first."""
    members: tuple[Brief, ...] = ()
    """For a side, whoever counts to it, by name."""


class Balance(Value):
    sides: tuple[Row, ...]
    """The sides in their order, then whoever counts to none; empty where the dossier names no sides."""
    actors: tuple[Row, ...]
    """Every actor and body of whom anything is said, by name."""
    silent: int
    """How many actors and bodies there are of whom nothing is said by the day."""
    figure: Markup
    """What each side says and how much of it is in its own words, as SVG; empty without sides."""


class Voices(Value):
    """The numbers of a dossier as a whole and of its sides by name, for a comparison of two dossiers."""

    statements: int
    single: int
    sides: Mapping[str, Tally]


def balance(dossier: Dossier, shares: Mapping[str, bytes] | None = None) -> Balance:
    """The page. `shares` are those of the briefs (`Counts`), as JSON, where they are known."""
    given = {id: from_json(Counts, shares[id]) if shares is not None else counts(dossier, brief)
             for id, brief in dossier.briefs.items()}
    counted = _tallied(dossier, dossier.settings.sides, given)
    names = [str(side.name) for side in dossier.settings.sides]
    actors = sorted((b for b in dossier.of_kind("actor", "body") if isinstance(b, ActorLike)), key=name_key)
    rows = []
    for actor in actors:
        tally = counted.actors.get(actor.id)
        if tally is not None and tally.statements:
            place = counted.side_of.get(actor.id, NO_SIDE)
            tally.words = given[actor.id].words
            rows.append(_row(dossier, str(actor.name), actor, names[place] if place >= 0 else "", tally, {actor.id}))
    sides = []
    for place in (*range(len(names)), NO_SIDE) if names else ():
        members = [actor for actor in actors if counted.side_of.get(actor.id, NO_SIDE) == place]
        tally = counted.sides[place]
        tally.words = sum(given[member.id].words for member in members)
        if place >= 0 or tally.statements:
            sides.append(_row(dossier, names[place] if place >= 0 else "No side", None, "", tally,
                              {member.id for member in members}, members))
    figure = Markup(bars(tuple(Bar(row.name, row.tally.by, row.tally.quoted) for row in sides), "voices"))
    return Balance(tuple(sides), tuple(rows), len(actors) - len(rows), figure)


def voices(dossier: Dossier) -> Voices:
    """The numbers of a dossier and of its sides."""
    sides = dossier.settings.sides
    given = {id: counts(dossier, brief) for id, brief in dossier.briefs.items()}
    tallied = _tallied(dossier, sides, given)
    statements = [one for counted in given.values() for one in counted.statements]
    return Voices(len(statements), sum(len(one.sources) == 1 for one in statements),
                  {str(side.name): tallied.sides[place] for place, side in enumerate(sides)})


# --- counting --------------------------------------------------------------------------------


class _Tallied(Value):
    actors: dict[str, Tally]
    sides: dict[int, Tally]
    side_of: dict[str, int]


def _tallied(dossier: Dossier, sides: Sequence[Side], given: Mapping[str, Counts]) -> _Tallied:
    """One pass over the statements. A statement that names several counts once for each of them."""
    side_of = sides_of(dossier, sides)
    found = _Tallied({}, {place: Tally() for place in (*range(len(sides)), NO_SIDE)}, side_of)
    for one in (one for counted in given.values() for one in counted.statements):
        spoke = set(one.sayers)
        for key, is_brief in one.named.items():
            if is_brief:
                found.actors.setdefault(key, Tally()).count(one, key in spoke)
        speaking = {side_of.get(key, NO_SIDE) for key in spoke}
        for place in {side_of.get(key, NO_SIDE) for key in one.named}:
            found.sides[place].count(one, place in speaking)
    return found


def sides_of(dossier: Dossier, sides: Sequence[Side]) -> dict[str, int]:
    """The side of each actor, as a place in the list: those named, and whoever speaks for one of them, by any
    number of steps."""
    found: dict[str, int] = {}
    for place, side in enumerate(sides):
        for actor in side.actors:
            found.setdefault(actor.id, place)
    waiting = {brief.id: speaks_for.id for brief in dossier.of_kind("actor")
               if isinstance(speaks_for := getattr(brief, "speaks_for", None), ActorRef) and brief.id not in found}
    while new := {id: found[other] for id, other in waiting.items() if other in found}:
        found.update(new)
        waiting = {id: other for id, other in waiting.items() if id not in found}
    return found


def said_by(record: Record) -> tuple[Party, ...]:
    """Those who say what a statement reports: an actor and whoever spoke for it. What is inferred nobody said."""
    if isinstance(record, Position) and record.grounds in (PositionBasis.INFERRED, PositionBasis.NONE_FOUND):
        return ()
    if isinstance(record, (Position, Account, Label)):
        parties = (getattr(record, name, None) for name in ("actor", "speaker", "by"))
        return tuple(party for party in parties if isinstance(party, Party))
    return ()


def _named(record: Record) -> Iterable[Party]:
    """Everybody whom a statement's fields name."""
    for name in _naming(type(record)):
        value = getattr(record, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Party):
                yield item


@cache
def _naming(kind: type[Record]) -> tuple[str, ...]:
    """The fields that may name somebody."""
    return tuple(name for name in kind.model_fields if may_hold(kind, name, Party))


def _words(brief: Brief) -> int:
    return sum(len(prose.plain(value, str).split()) for _, value in walk(brief) if isinstance(value, Prose))


# --- rows ------------------------------------------------------------------------------------


def _row(dossier: Dossier, name: str, brief: ActorLike | None, side: str, tally: Tally, ids: set[str],
         members: Iterable[Brief] = ()) -> Row:
    sources = [source for id in sorted(tally.sources) if isinstance(source := dossier.briefs.get(id), Source)]
    kinds = Counter(source.type for source in sources)
    languages = Counter(source.lang.words for source in sources)
    return Row(name, brief, side, tally,
               sum(any(party.key in ids for party in source.close_to) for source in sources),
               tuple((str(kind), kinds[kind]) for kind in SourceType if kinds[kind]),
               tuple(sorted(languages.items(), key=lambda entry: (-entry[1], entry[0]))), tuple(members))
