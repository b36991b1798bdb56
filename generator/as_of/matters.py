"""What changes with time: every matter of a dossier, with the dated records that answer it.

A matter belongs to a brief, such as a demand's status or an actor's standing. Records seen from their other end (who
held an office there, which demands an actor took a position on) are matters of that brief too, as `mirrored` ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec.structs import replace

from generator.as_of.clocks import MOMENT, PERIOD, Publication, publication
from generator.as_of.provisions import deadline_views
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Brief, Instrument
from generator.models.actor import Designation, Members, Membership, Office, Relation, StandingRecord
from generator.models.base import DatedStatement, Record
from generator.models.demand import DemandStep, Position
from generator.models.fields import Party
from generator.models.un_process import (
    Deadline,
    Head,
    Lineage,
    Mandate,
    Outcome,
    Provision,
    Signatory,
)
from generator.values import Value


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


class Entry(Value, eq=False):
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


class Matter(Value, eq=False):
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
    if briefs is None:
        return tuple(matter for id in dossier.briefs for matter in matters_of(dossier, id))
    recorded: dict[str, list[_Found]] = {}
    for brief in briefs:
        for field in _FIELDS[brief.kind]:
            for owner, found in _recorded(dossier, brief.id, field).items():
                recorded.setdefault(owner, []).extend(found)
    return tuple(matter for id in sorted(recorded, key=dossier.rank.__getitem__)
                 for matter in _grouped(dossier, id, recorded[id]))


def matters_of(dossier: Dossier, id: str) -> tuple[Matter, ...]:
    """The matters of one brief: what it records itself, and what others record that have it at their other end."""
    return dossier.memo("matters").get(id, lambda: _grouped(dossier, id, _found_of(dossier, id)))


def _found_of(dossier: Dossier, id: str) -> Iterator[_Found]:
    """What is recorded of a brief, wherever that is, in the order of briefs and fields."""
    fields: dict[str, set[str]] = {}
    for origin, field in dossier.named_by[id]:
        if field in _SEEN_FROM_THERE and origin in dossier.briefs:
            fields.setdefault(origin, set()).add(field)
    fields[id] = set(_FIELDS[dossier.briefs[id].kind])
    for origin in sorted(fields, key=dossier.rank.__getitem__):
        for field in _FIELDS[dossier.briefs[origin].kind]:
            if field in fields[origin]:
                yield from _recorded(dossier, origin, field).get(id, ())


def _grouped(dossier: Dossier, id: str, found: Iterable[_Found]) -> tuple[Matter, ...]:
    """The matters of a brief, each with its records in order."""
    brief = dossier.briefs[id]
    label = _labels(dossier, brief)
    groups: dict[tuple[Name, str], list[Entry]] = {}
    mirrored: set[tuple[Name, str]] = set()
    for name, about, entry, mirror in found:
        groups.setdefault((name, about), []).append(entry)
        if mirror:
            mirrored.add((name, about))
    return tuple(Matter(brief, name, about, tuple(sorted(entries, key=_by_date)), (name, about) in mirrored,
                        label(name, about)) for (name, about), entries in groups.items())


def _by_date(entry: Entry) -> tuple[object, ...]:
    return (0,) if entry.date is None else (1, *entry.date.sort_key)


def _labels(dossier: Dossier, brief: Brief) -> Callable[[Name, str], str]:
    """What to call a brief's matters: the paragraph of a provision, or what a deadline is for; by which reading, where
    it has several."""
    if not isinstance(brief, Instrument):
        return lambda name, about: ""
    anchors = dossier.anchors[brief.id]

    def label(name: Name, about: str) -> str:
        anchor, _, number = about.partition(" ")
        if name is PROVISION:
            return str(provisions[anchor].paragraph)
        return _of_reading(deadlines[anchor], number) if name in (DEADLINE, LIMIT) else ""

    provisions = {anchors[("provisions", n)]: record for n, record in enumerate(brief.provisions)}
    deadlines = {anchors[("deadlines", n)]: record for n, record in enumerate(brief.deadlines)}
    return label


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


# --- what each field records -----------------------------------------------------------------

_Found = tuple[Name, str, Entry, bool]
"""A record as a matter of some brief: the matter's name, what tells it from others, the entry, and whether it is seen
from the record's other end."""


def _recorded(dossier: Dossier, id: str, field: str) -> Mapping[str, tuple[_Found, ...]]:
    """What a field of a brief records, by the brief whose matter it is."""
    brief = dossier.briefs[id]
    if not getattr(brief, field):
        return _NOTHING

    def found() -> Mapping[str, tuple[_Found, ...]]:
        owners: dict[str, list[_Found]] = {}
        for owner, *one in _FIELDS[brief.kind][field](_Recorder(dossier, brief), getattr(brief, field)):
            owners.setdefault(owner, []).append(tuple(one))  # type: ignore[arg-type]
        return {owner: tuple(all_of) for owner, all_of in owners.items()}

    return dossier.memo("recorded").get((id, field), found)


_NOTHING: Mapping[str, tuple[_Found, ...]] = MappingProxyType({})
_Recorded = Iterator[tuple[str, Name, str, Entry, bool]]


class _Recorder:
    """Makes entries of what the fields of one brief record: a method for each field."""

    def __init__(self, dossier: Dossier, brief: Any) -> None:
        self.dossier, self.brief, self.id = dossier, brief, brief.id
        self.anchors = dossier.anchors[brief.id]

    def entry(self, record: Record, path: tuple[str | int, ...], words: str, other: Party | None = None,
              date: Edtf | None = None) -> Entry:
        dated = date if date is not None else getattr(record, "date", None)
        published = publication(self.dossier, record, self.brief)
        since = dated or published.first or self.dossier.settings.as_of
        return Entry(self.brief, record, self.anchors.get(path, ""), dated, since, other, words, published)

    def both(self, record: DatedStatement, path: tuple[str | int, ...], words: str, own: Name, other: Party,
             there: Name, inverse: str = "") -> _Recorded:
        """A record at both of its ends."""
        entry = self.entry(record, path, words, other)
        yield self.id, own, "", entry, False
        if other.ref is not None and other.ref.id in self.dossier.briefs:
            yield other.ref.id, there, "", replace(entry, other=Party.of(self.id), words=inverse or words), True

    # actors and bodies

    def existence(self, date: Edtf) -> _Recorded:
        yield self.id, EXISTENCE, "", self.entry(self.brief, (), "in being"), False

    def standing(self, records: Sequence[StandingRecord]) -> _Recorded:
        for n, standing in enumerate(records):
            yield self.id, STANDING, "", self.entry(standing, ("standing", n), str(standing.standing)), False

    def memberships(self, records: Sequence[Membership]) -> _Recorded:
        for n, membership in enumerate(records):
            yield from self.both(membership, ("memberships", n), str(membership.role), MEMBERSHIP, membership.of, MEMBER)

    def members(self, records: Sequence[Members]) -> _Recorded:
        for n, members in enumerate(records):
            for actor in members.actors:
                yield from self.both(members, ("members", n), str(members.role), MEMBER, actor, MEMBERSHIP)

    def relations(self, records: Sequence[Relation]) -> _Recorded:
        for n, relation in enumerate(records):
            if relation.date is not None:
                yield from self.both(relation, ("relations", n), str(relation.type), RELATION, relation.actor, RELATION,
                                     relation.type.inverse)

    def designations(self, records: Sequence[Designation]) -> _Recorded:
        for n, designation in enumerate(records):
            yield (self.id, DESIGNATION, "",
                   self.entry(designation, ("designations", n), str(designation.designated), designation.by), False)

    def offices(self, records: Sequence[Office]) -> _Recorded:
        for n, office in enumerate(records):
            if office.at is not None:
                yield from self.both(office, ("offices", n), str(office.office), OFFICE, office.at, HOLDER)
            else:
                yield self.id, OFFICE, "", self.entry(office, ("offices", n), str(office.office)), False

    def mandate(self, records: Sequence[Mandate]) -> _Recorded:
        for n, mandate in enumerate(records):
            yield self.id, MANDATE, "", self.entry(mandate, ("mandate", n), str(mandate.act)), False

    def heads(self, records: Sequence[Head]) -> _Recorded:
        for n, head in enumerate(records):
            yield from self.both(head, ("heads", n), str(head.role), HEAD, head.actor, HEADED)

    # demands

    def status(self, steps: Sequence[DemandStep]) -> _Recorded:
        for n, step in enumerate(steps):
            if step.status is not None:
                yield self.id, STATUS, "", self.entry(step, ("history", n), str(step.status)), False

    def positions(self, records: Sequence[Position]) -> _Recorded:
        for n, position in enumerate(records):
            actor = position.actor
            entry = self.entry(position, ("positions", n), str(position.stance), actor)
            yield self.id, POSITION, actor.key, entry, False
            if actor.ref is not None and actor.ref.id in self.dossier.briefs:
                yield actor.ref.id, HELD, self.id, replace(entry, other=None), True

    # texts

    def adopted(self, date: Edtf) -> _Recorded:
        yield self.id, ADOPTED, "", self.entry(self.brief, (), "adopted"), False

    def in_force(self, date: Edtf) -> _Recorded:
        yield self.id, IN_FORCE, "", self.entry(self.brief, (), "in force", date=date), False

    def signatories(self, records: Sequence[Signatory]) -> _Recorded:
        for n, signatory in enumerate(records):
            if signatory.date is not None:
                for actor in signatory.actors:
                    at = self.entry(signatory, ("signatories", n), str(signatory.act), actor)
                    yield self.id, SIGNATORY, "", at, False

    def lineage(self, records: Sequence[Lineage]) -> _Recorded:
        for lineage in records:
            if lineage.type == "supersedes" and not lineage.text.anchor and lineage.text.id in self.dossier.briefs:
                at = self.entry(lineage, (), "superseded", date=self.brief.date)
                yield lineage.text.id, SUPERSEDED, "", at, False

    def provisions(self, records: Sequence[Provision]) -> _Recorded:
        yield from self.steps("provisions", PROVISION, records)

    def deadlines(self, records: Sequence[Deadline]) -> _Recorded:
        yield from self.steps("deadlines", DEADLINE, records)
        for view in deadline_views(self.dossier, self.brief):
            for number, (start, ends) in enumerate(((self.brief.date, view.record.due), *(
                    (reading.counts_from or self.brief.date, reading.result) for reading in view.readings))):
                runs = _runs(start, ends)
                if runs is not None:
                    at = Entry(self.brief, view.record, view.anchor, runs, runs, None, ends.readable(),  # type: ignore[union-attr]
                               publication(self.dossier, view.record, self.brief))
                    yield self.id, LIMIT, f"{view.anchor} {number}", at, False

    def steps(self, field: str, name: Name, records: Sequence[Provision | Deadline]) -> _Recorded:
        for n, record in enumerate(records):
            for number, step in enumerate(record.history):
                if step.status is not None:
                    at = self.entry(step, (field, n, "history", number), str(step.status))
                    yield self.id, name, self.anchors[(field, n)], at, False

    # meetings and events

    def meeting(self, date: Edtf) -> _Recorded:
        yield self.id, MEETING, "", self.entry(self.brief, (), str(self.brief.format)), False

    def outcome(self, records: Sequence[Outcome]) -> _Recorded:
        for n, outcome in enumerate(records):
            at = self.entry(outcome, ("outcome", n), "outcome", date=outcome.date or _end(self.brief.date))
            yield self.id, OUTCOME, at.anchor, at, False  # each its own: none says another's over again

    def event(self, date: Edtf) -> _Recorded:
        yield self.id, EVENT, "", self.entry(self.brief, (), str(self.brief.type)), False


_OF_PARTIES: dict[str, Callable[[_Recorder, Any], _Recorded]] = {
    "date": _Recorder.existence, "standing": _Recorder.standing, "memberships": _Recorder.memberships,
    "members": _Recorder.members, "relations": _Recorder.relations, "designations": _Recorder.designations}

_FIELDS: Mapping[str, dict[str, Callable[[_Recorder, Any], _Recorded]]] = {
    "actor": {**_OF_PARTIES, "offices": _Recorder.offices},
    "body": {**_OF_PARTIES, "mandate": _Recorder.mandate, "heads": _Recorder.heads},
    "demand": {"history": _Recorder.status, "positions": _Recorder.positions},
    "instrument": {"date": _Recorder.adopted, "in_force": _Recorder.in_force, "signatories": _Recorder.signatories,
                   "lineage": _Recorder.lineage, "provisions": _Recorder.provisions, "deadlines": _Recorder.deadlines},
    "meeting": {"date": _Recorder.meeting, "outcome": _Recorder.outcome},
    "event": {"date": _Recorder.event},
    "source": {}, "term": {},
}
"""What is recorded where, by kind and field, in the order in which a brief's matters stand."""

_SEEN_FROM_THERE = frozenset({"memberships", "members", "relations", "offices", "heads", "positions", "lineage"})
"""The fields whose records are matters at their other end as well."""


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
