"""Checks inside one record: what it says hangs together and names its source."""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.checks.finding import Finding
from generator.dossier import SETTINGS, Dossier
from generator.models import CARRIED_BY_BRIEF, Demand, Instrument, Term
from generator.models.base import Record, SourcedBrief, Statement, walk
from generator.models.demand import Position
from generator.models.fields import Prose
from generator.models.vocabulary import PositionBasis


def cites(record: Record) -> bool:
    """Whether any prose of the record itself carries a citation."""
    return any(isinstance(value := getattr(record, name), Prose) and prose.cites(value)
               for name in type(record).model_fields)


def positions_have_grounds(dossier: Dossier) -> Iterator[Finding]:
    """A position has a source, or says that it is inferred, not found or unverified."""
    for demand in dossier.of_kind("demand"):
        assert isinstance(demand, Demand)
        for index, position in enumerate(demand.positions):
            stated = position.basis in (None, PositionBasis.STATED)
            if stated and not (position.sources or position.unverified or cites(position)):
                yield Finding("position-without-grounds", demand.id, ("positions", index))


def inferences_say_from_what(dossier: Dossier) -> Iterator[Finding]:
    """An inferred position has a note that says from what."""
    for demand in dossier.of_kind("demand"):
        assert isinstance(demand, Demand)
        for index, position in enumerate(demand.positions):
            if position.basis == PositionBasis.INFERRED and not (position.note or position.what):
                yield Finding("inference-without-note", demand.id, ("positions", index))


def statements_have_sources(dossier: Dossier) -> Iterator[Finding]:
    """Every statement names a source, cites one in its text, or says that it is unverified."""
    for id, brief in dossier.briefs.items():
        own = isinstance(brief, (SourcedBrief, Term))
        carried = own and bool(brief.sources or brief.unverified or cites(brief))  # type: ignore[attr-defined]
        if own and not carried:
            yield Finding("no-source", id, facts={"record": type(brief).label})
        for path, record in walk(brief):
            if not isinstance(record, Statement) or isinstance(record, Position):
                continue
            if record.sources or record.unverified or cites(record):
                continue
            if isinstance(record, CARRIED_BY_BRIEF) and carried:
                continue
            yield Finding("no-source", id, path, facts={"record": type(record).label})
    for index, edition in enumerate(dossier.settings.editions):
        if not (edition.sources or edition.unverified or cites(edition)):
            yield Finding("no-source", SETTINGS, ("editions", index), facts={"record": type(edition).label})


def votes_add_up(dossier: Dossier) -> Iterator[Finding]:
    """The votes for, against, abstaining and not voting make the vote's own total."""
    for instrument in dossier.of_kind("instrument"):
        assert isinstance(instrument, Instrument)
        vote = instrument.vote
        if vote is None or vote.total is None:
            continue
        total = vote.in_favour + vote.against + vote.abstaining + vote.not_voting
        if total != vote.total:
            yield Finding("vote-total", instrument.id, ("vote", "total"),
                          facts={"sum": int(total), "total": int(vote.total)})


def deadlines_count_from_something(dossier: Dossier) -> Iterator[Finding]:
    """A deadline has its date, or a length and a dated point that it counts from."""
    for instrument in dossier.of_kind("instrument"):
        assert isinstance(instrument, Instrument)
        for index, deadline in enumerate(instrument.deadlines):
            path = ("deadlines", index)
            if deadline.due is None and not deadline.counted_from:
                yield Finding("deadline-from-nothing", instrument.id, path)
            for number, reading in enumerate(deadline.counted_from):
                ref = reading.start.ref
                target = dossier.briefs.get(ref.id) if ref else None
                if target is not None and getattr(target, "date", None) is None:
                    yield Finding("deadline-from-undated", instrument.id,
                                  (*path, "counted_from", number, "start"), facts={"id": target.id})


def sides_are_apart(dossier: Dossier) -> Iterator[Finding]:
    """Each side has a name of its own, and an actor stands once, in one of them."""
    names: set[str] = set()
    side_of: dict[str, str] = {}
    for index, side in enumerate(dossier.settings.sides):
        name = " ".join(side.name.casefold().split())
        if name in names:
            yield Finding("side-twice", SETTINGS, ("sides", index, "name"), facts={"name": str(side.name)})
        names.add(name)
        for number, actor in enumerate(side.actors):
            id = dossier.renamed.get(actor.id, actor.id)
            if id in side_of:
                yield Finding("actor-in-two-sides", SETTINGS, ("sides", index, "actors", number),
                              facts={"id": actor.id, "name": side_of[id]})
            side_of.setdefault(id, str(side.name))
