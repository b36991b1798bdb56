"""What changes with time: every matter of a dossier, with the dated records that answer it.

A matter belongs to a brief, such as a demand's status or an actor's standing. Records seen from their other end (who
held an office there, which demands an actor took a position on) are matters of that brief too, as `mirrored` ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from generator.as_of.clocks import MOMENT, PERIOD, Publication, publication
from generator.as_of.provisions import deadline_views
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Actor, Body, Brief, Demand, Event, Instrument, Meeting
from generator.models.actor import ActorLike
from generator.models.base import DatedStatement, Record
from generator.models.fields import Party
from generator.models.un_process import Deadline


class Name(NamedTuple):
    """What kind of matter it is."""

    word: str
    way: str
    single: bool
    """Whether each record takes the place of the one before; otherwise several may hold at once."""
    undated: bool = False
    """Whether what holds for a time counts as perhaps the case where it has no date. An office without one may have
    been held at any time: it says nothing of a day."""
    attested: bool = False
    """Whether a record of one day only attests to it then, and says nothing of its end: a list of who belonged."""


EXISTENCE = Name("existence", PERIOD, False)
STANDING = Name("standing", PERIOD, False, True)
OFFICE = Name("office", PERIOD, False)
HOLDER = Name("holder", PERIOD, False)
HEAD = Name("head", PERIOD, False)
HEADED = Name("headed", PERIOD, False)
MEMBER = Name("member", PERIOD, False, True, True)
MEMBERSHIP = Name("membership", PERIOD, False, True, True)
RELATION = Name("relation", PERIOD, False)
DESIGNATION = Name("designation", PERIOD, False)
MANDATE = Name("mandate", MOMENT, True)
STATUS = Name("status", MOMENT, True)
POSITION = Name("position", MOMENT, True)
HELD = Name("held", MOMENT, True)
ADOPTED = Name("adopted", MOMENT, False)
IN_FORCE = Name("in force", PERIOD, False)
SUPERSEDED = Name("superseded", MOMENT, False)
SIGNATORY = Name("signatory", MOMENT, False)
PROVISION = Name("provision", MOMENT, True)
DEADLINE = Name("deadline", MOMENT, True)
LIMIT = Name("limit", PERIOD, False)
MEETING = Name("meeting", MOMENT, False)
OUTCOME = Name("outcome", MOMENT, False)
EVENT = Name("event", MOMENT, False)


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A dated record that answers a matter."""

    brief: Brief
    """The brief that holds the record."""
    record: Record
    anchor: str
    date: Edtf | None
    since: Edtf
    """From when it counts: its date, or for what has none its first publication, or the dossier's day."""
    other: Party | None
    """The party at the record's other end, seen from the matter's brief."""
    words: str
    """What it says in a word or a few: a standing, an office, a status, a stance."""
    published: Publication

    @property
    def says(self) -> tuple[object, ...]:
        """What tells it from a record that only says the same again."""
        return (self.words, self.other)


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """A question whose answer changes with time, with its records in the order of their dates."""

    brief: Brief
    """Whose matter it is."""
    name: Name
    about: str
    """What tells it from others of the same name: a party's key, an anchor; often empty."""
    entries: tuple[Entry, ...]
    mirrored: bool = False
    label: str = ""
    """What to call it beside the brief's name, as typed: a paragraph, or what a deadline is for."""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.brief.id, self.name.word, self.about


def matters(dossier: Dossier, briefs: Iterable[Brief] | None = None) -> tuple[Matter, ...]:
    """Every matter, in the order of briefs; with `briefs` only what is recorded in these."""
    found: dict[tuple[str, Name, str], list[Entry]] = {}
    mirrored: set[tuple[str, Name, str]] = set()
    for brief in dossier.briefs.values() if briefs is None else briefs:
        for owner, name, about, entry, mirror in _entries(dossier, brief):
            key = (owner, name, about)
            found.setdefault(key, []).append(entry)
            if mirror:
                mirrored.add(key)
    order = {id: number for number, id in enumerate(dossier.briefs)}
    keys = sorted(found, key=lambda key: order[key[0]])
    return tuple(Matter(dossier.briefs[key[0]], key[1], key[2], tuple(sorted(found[key], key=_by_date)),
                        key in mirrored, _label(dossier.briefs[key[0]], key[1], key[2], dossier)) for key in keys)


def _by_date(entry: Entry) -> tuple[object, ...]:
    return (0,) if entry.date is None else (1, *entry.date.sort_key)


def _label(brief: Brief, name: Name, about: str, dossier: Dossier) -> str:
    """The paragraph of a provision, or what a deadline is for; by which reading, where it has several."""
    if isinstance(brief, Instrument) and name in (PROVISION, DEADLINE, LIMIT):
        field = "provisions" if name is PROVISION else "deadlines"
        anchor, _, number = about.partition(" ")
        for path, own in dossier.anchors[brief.id].items():
            if own == anchor and path[0] == field:
                record = getattr(brief, field)[path[1]]
                return str(record.paragraph) if name is PROVISION else _of_reading(record, number)
    return ""


def _of_reading(deadline: Deadline, number: str) -> str:
    """What a time limit is for, and where there are several readings what it counts from; `number` 0 is the date that
    the text gives itself."""
    what = str(deadline.what).rstrip()
    if not number or len(deadline.counted_from) + (deadline.due is not None) < 2:
        return what
    start = deadline.counted_from[int(number) - 1].start if number != "0" else None
    way = ("as the text says" if start is None else f"from [[{start.ref}]]" if start.ref
           else f"from {start.date.readable() if start.date else 'adoption'}")
    return f"{what.removesuffix('.')} ({way})"


_Found = tuple[str, Name, str, Entry, bool]


def _entries(dossier: Dossier, brief: Brief) -> Iterator[_Found]:
    anchors = dossier.anchors[brief.id]

    def entry(record: Record, path: tuple[str | int, ...], words: str, other: Party | None = None,
              date: Edtf | None = None) -> Entry:
        dated = date if date is not None else getattr(record, "date", None)
        published = publication(dossier, record, brief)
        since = dated or published.first or dossier.settings.as_of
        return Entry(brief, record, anchors.get(path, ""), dated, since, other, words, published)

    def both(record: DatedStatement, path: tuple[str | int, ...], words: str, own: Name, other: Party,
             there: Name, inverse: str = "") -> Iterator[_Found]:
        """A record at both of its ends."""
        yield brief.id, own, "", entry(record, path, words, other), False
        if other.ref is not None and other.ref.id in dossier.briefs:
            yield other.ref.id, there, "", entry(record, path, inverse or words, Party.of(brief.id)), True

    if isinstance(brief, ActorLike):
        if brief.date is not None:
            yield brief.id, EXISTENCE, "", entry(brief, (), "in being"), False
        for n, standing in enumerate(brief.standing):
            yield brief.id, STANDING, "", entry(standing, ("standing", n), str(standing.standing)), False
        for n, membership in enumerate(brief.memberships):
            yield from both(membership, ("memberships", n), str(membership.role), MEMBERSHIP, membership.of, MEMBER)
        for n, members in enumerate(brief.members):
            for actor in members.actors:
                yield from both(members, ("members", n), str(members.role), MEMBER, actor, MEMBERSHIP)
        for n, relation in enumerate(brief.relations):
            if relation.date is not None:
                yield from both(relation, ("relations", n), str(relation.type), RELATION, relation.actor, RELATION,
                                relation.type.inverse)
        for n, designation in enumerate(brief.designations):
            yield (brief.id, DESIGNATION, "",
                   entry(designation, ("designations", n), str(designation.designated), designation.by), False)
    if isinstance(brief, Actor):
        for n, office in enumerate(brief.offices):
            if office.at is not None:
                yield from both(office, ("offices", n), str(office.office), OFFICE, office.at, HOLDER)
            else:
                yield brief.id, OFFICE, "", entry(office, ("offices", n), str(office.office)), False
    if isinstance(brief, Body):
        for n, mandate in enumerate(brief.mandate):
            yield brief.id, MANDATE, "", entry(mandate, ("mandate", n), str(mandate.act)), False
        for n, head in enumerate(brief.heads):
            yield from both(head, ("heads", n), str(head.role), HEAD, head.actor, HEADED)
    if isinstance(brief, Demand):
        for n, step in enumerate(brief.history):
            if step.status is not None:
                yield brief.id, STATUS, "", entry(step, ("history", n), str(step.status)), False
        for n, position in enumerate(brief.positions):
            at, actor = ("positions", n), position.actor
            yield brief.id, POSITION, actor.key, entry(position, at, str(position.stance), actor), False
            if actor.ref is not None and actor.ref.id in dossier.briefs:
                yield actor.ref.id, HELD, brief.id, entry(position, at, str(position.stance)), True
    if isinstance(brief, Instrument):
        yield brief.id, ADOPTED, "", entry(brief, (), "adopted"), False
        if brief.in_force is not None:
            yield brief.id, IN_FORCE, "", entry(brief, (), "in force", date=brief.in_force), False
        for n, signatory in enumerate(brief.signatories):
            if signatory.date is not None:
                for actor in signatory.actors:
                    yield brief.id, SIGNATORY, "", entry(signatory, ("signatories", n), str(signatory.act), actor), False
        for lineage in brief.lineage:
            if lineage.type == "supersedes" and not lineage.text.anchor and lineage.text.id in dossier.briefs:
                yield lineage.text.id, SUPERSEDED, "", entry(lineage, (), "superseded", date=brief.date), False
        for field, name in (("provisions", PROVISION), ("deadlines", DEADLINE)):
            for n, record in enumerate(getattr(brief, field)):
                for number, step in enumerate(record.history):
                    if step.status is not None:
                        yield (brief.id, name, anchors[(field, n)],
                               entry(step, (field, n, "history", number), str(step.status)), False)
        for view in deadline_views(dossier, brief):
            for number, (start, ends) in enumerate(((brief.date, view.record.due), *(
                    (reading.counts_from or brief.date, reading.result) for reading in view.readings))):
                runs = _runs(start, ends)
                if runs is not None:
                    at = Entry(brief, view.record, view.anchor, runs, runs, None, ends.readable(),  # type: ignore[union-attr]
                               publication(dossier, view.record, brief))
                    yield brief.id, LIMIT, f"{view.anchor} {number}", at, False
    if isinstance(brief, Meeting):
        yield brief.id, MEETING, "", entry(brief, (), str(brief.format)), False
        for n, outcome in enumerate(brief.outcome):
            at = entry(outcome, ("outcome", n), "outcome", date=outcome.date or _end(brief.date))
            yield brief.id, OUTCOME, at.anchor, at, False  # each its own: none says another's over again
    if isinstance(brief, Event):
        yield brief.id, EVENT, "", entry(brief, (), str(brief.type)), False


def _runs(start: Edtf, ends: Edtf | None) -> Edtf | None:
    """The time during which a deadline runs: from adoption, or what it counts from, to the limit. None where that
    is no period."""
    if ends is None or ends.is_interval:
        return None
    if start.is_interval:
        start = Edtf.parse(str(start).partition("/")[0] or "..")
    if ends.before(start):
        return None
    return Edtf.parse(f"{start}/{ends}")


def _end(date: Edtf) -> Edtf:
    """The last day of a meeting, on which its outcome is dated where the record gives no day."""
    return Edtf.parse(str(date).partition("/")[2]) if date.is_interval and date.end_latest else date
