"""The typed records that content is read into, one module per room of the dossier."""

from __future__ import annotations

from generator.models.actor import Actor
from generator.models.base import Basis, Brief
from generator.models.demand import Demand, Precondition
from generator.models.event import Event, Involved
from generator.models.settings import Settings
from generator.models.source import Source
from generator.models.term import Term
from generator.models.un_process import (
    AgendaItem,
    Body,
    CastVote,
    CountedFrom,
    Deadline,
    Instrument,
    Lineage,
    Meeting,
    Provision,
    Vote,
)

KINDS: dict[str, type[Brief]] = {
    model.kind: model for model in (Actor, Demand, Instrument, Body, Meeting, Event, Source, Term)
}
"""Every kind of brief, in the order in which the site shows them."""

FOLDERS: dict[str, str] = {
    "actor": "actors", "demand": "demands", "instrument": "un-process/instruments", "body": "un-process/bodies",
    "meeting": "un-process/meetings", "event": "events", "source": "sources", "term": "terms",
}
"""Where each kind's files stand in the content folder."""

CARRIED_BY_BRIEF = (Provision, Deadline, CountedFrom, Lineage, Vote, CastVote, Basis, Precondition, Involved,
                    AgendaItem)
"""Statements about a text, a demand or an event that the brief's own sources carry when they name none."""

__all__ = ["CARRIED_BY_BRIEF", "FOLDERS", "KINDS", "Actor", "Body", "Brief", "Demand", "Event", "Instrument", "Meeting",
           "Settings", "Source", "Term"]
