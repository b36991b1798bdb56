"""Checks inside one record: what it says hangs together and names its source."""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.checks.finding import Finding, Subject
from generator.dossier import SETTINGS
from generator.models import CARRIED_BY_BRIEF, Brief, Demand, Instrument, Settings, Term
from generator.models.base import Record, SourcedBrief
from generator.models.demand import Position
from generator.models.fields import Prose
from generator.models.vocabulary import PositionBasis


def cites(record: Record) -> bool:
    """Whether any prose of the record itself carries a citation."""
    return any(isinstance(value, Prose) and prose.cites(value) for _, value in record)


def positions_have_grounds(subject: Subject) -> Iterator[Finding]:
    """A position has a source, or says that it is inferred, not found or unverified."""
    if isinstance(subject.record, Demand):
        for index, position in enumerate(subject.record.positions):
            stated = position.basis in (None, PositionBasis.STATED)
            if stated and not (position.sources or position.unverified or cites(position)):
                yield Finding("position-without-grounds", subject.name, ("positions", index))


def inferences_say_from_what(subject: Subject) -> Iterator[Finding]:
    """An inferred position has a note that says from what."""
    if isinstance(subject.record, Demand):
        for index, position in enumerate(subject.record.positions):
            if position.basis == PositionBasis.INFERRED and not (position.note or position.what):
                yield Finding("inference-without-note", subject.name, ("positions", index))


def statements_have_sources(subject: Subject) -> Iterator[Finding]:
    """Every statement names a source, cites one in its text, or says that it is unverified."""
    record = subject.record
    if not isinstance(record, Brief):
        return
    own = isinstance(record, (SourcedBrief, Term))
    carried = own and bool(record.sources or record.unverified or cites(record))  # type: ignore[attr-defined]
    if own and not carried:
        yield Finding("no-source", subject.name, facts={"record": type(record).label})
    for path, statement in subject.statements:
        if isinstance(statement, Position) or statement.sources or statement.unverified:
            continue
        if not (carried and isinstance(statement, CARRIED_BY_BRIEF)) and not cites(statement):
            yield Finding("no-source", subject.name, path, facts={"record": type(statement).label})


def editions_have_sources(subject: Subject) -> Iterator[Finding]:
    """Every edition names a source, cites one in its text, or says that it is unverified."""
    if isinstance(subject.record, Settings):
        for index, edition in enumerate(subject.record.editions):
            if not (edition.sources or edition.unverified or cites(edition)):
                yield Finding("no-source", SETTINGS, ("editions", index), facts={"record": type(edition).label})


def votes_add_up(subject: Subject) -> Iterator[Finding]:
    """The votes for, against, abstaining and not voting make the vote's own total."""
    vote = subject.record.vote if isinstance(subject.record, Instrument) else None
    if vote is None or vote.total is None:
        return
    total = vote.in_favour + vote.against + vote.abstaining + vote.not_voting
    if total != vote.total:
        yield Finding("vote-total", subject.name, ("vote", "total"),
                      facts={"sum": int(total), "total": int(vote.total)})


def deadlines_count_from_something(subject: Subject) -> Iterator[Finding]:
    """A deadline has its date, or a length and a dated point that it counts from."""
    for index, deadline in enumerate(subject.record.deadlines if isinstance(subject.record, Instrument) else ()):
        path = ("deadlines", index)
        if deadline.due is None and not deadline.counted_from:
            yield Finding("deadline-from-nothing", subject.name, path)
        for number, reading in enumerate(deadline.counted_from):
            ref = reading.start.ref
            target = subject.dossier.briefs.get(ref.id) if ref else None
            if target is not None and getattr(target, "date", None) is None:
                yield Finding("deadline-from-undated", subject.name,
                              (*path, "counted_from", number, "start"), facts={"id": target.id})


def sides_are_apart(subject: Subject) -> Iterator[Finding]:
    """Each side has a name of its own, and an actor stands once, in one of them."""
    names: set[str] = set()
    side_of: dict[str, str] = {}
    for index, side in enumerate(subject.record.sides if isinstance(subject.record, Settings) else ()):
        name = " ".join(side.name.casefold().split())
        if name in names:
            yield Finding("side-twice", SETTINGS, ("sides", index, "name"), facts={"name": str(side.name)})
        names.add(name)
        for number, actor in enumerate(side.actors):
            id = subject.dossier.renamed.get(actor.id, actor.id)
            if id in side_of:
                yield Finding("actor-in-two-sides", SETTINGS, ("sides", index, "actors", number),
                              facts={"id": actor.id, "name": side_of[id]})
            side_of.setdefault(id, str(side.name))
