"""Records seen from one of their ends: a relation, a membership, a succession is written once and shown at both."""

from __future__ import annotations


from generator.dates import LATER
from generator.models import Brief
from generator.models.base import DatedStatement
from generator.models.fields import Party
from generator.values import Value


class Row(Value):
    """A record seen from one of its ends: the other party, in which role, and the record itself."""

    other: Party
    words: str
    record: DatedStatement
    when: str
    origin: Brief
    """The brief that holds the record."""
    anchor: str
    """The record's anchor on that brief's page."""

    @property
    def later(self) -> bool:
        return self.when == LATER
