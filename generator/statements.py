"""What counts as a statement, and what each rests on: the one place for counting how well a dossier is founded.

A statement is a record that says something of its own (a position, a step, an account, an office, a seat), or the
text of a brief itself. What a text of the process says is not counted, since the text itself is its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from generator import prose
from generator.dates import Edtf
from generator.models import Brief, Event, Instrument, Meeting, Source, Term
from generator.models.base import Basis, DatedStatement, Record, SourcedBrief, Statement, records_in
from generator.models.fields import Prose
from generator.models.un_process import CountedFrom, Deadline, Lineage, Provision
from generator.values import Value

if TYPE_CHECKING:
    from generator.dossier import Dossier

PathIn = tuple[str | int, ...]

OF_A_TEXT = (Provision, Deadline, CountedFrom, Lineage, Basis)
"""Records that say what stands in a text: the text carries them."""


class Stated(Value):
    """A statement with all that carries it. `record` is the brief itself, with an empty path, for its own text."""

    brief: Brief
    path: PathIn
    record: Statement | Brief
    date: Edtf | None
    sources: frozenset[str]
    """Ids of the sources that it names and of those that its own text cites; where it has neither, of its brief's."""

    @property
    def single(self) -> bool:
        return len(self.sources) == 1

    @property
    def unverified(self) -> bool:
        """Whether it says of itself that no source was found."""
        return bool(getattr(self.record, "unverified", False))


def stated_in(brief: Brief, cited: Mapping[str, frozenset[str]]) -> Iterator[Stated]:
    """The statements of a brief, its own text first. `cited` are its own texts with what each cites: the words
    themselves are not looked at."""
    if isinstance(brief, Source):
        return
    given = frozenset(c.id for c in getattr(brief, "sources", ()))
    whole = given.union(*cited.values()) if isinstance(brief, (SourcedBrief, Term)) else frozenset()
    if not isinstance(brief, Instrument):
        yield Stated(brief, (), brief, date_of(brief, None), whole)
    for path, record in records_in(brief):
        if isinstance(record, Statement) and not isinstance(record, OF_A_TEXT):
            yield Stated(brief, path, record, date_of(brief, record), named_in(record) or (frozenset() if record.unverified else given))


def named_in(record: Record) -> frozenset[str]:
    """The sources that a record names, and those that its own texts cite."""
    found = {c.id for c in getattr(record, "sources", ())}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Prose):
            found.update(token.target for token in prose.tokens(value) if token.kind == prose.CITATION)
    return frozenset(found)


def date_of(brief: Brief, record: Record | None) -> Edtf | None:
    """The date of a statement that has one; without a record that of a brief's own text."""
    if record is None:
        return brief.date if isinstance(brief, (Event, Meeting)) else None
    return record.date if isinstance(record, DatedStatement) else None


def so_far_in(dossier: Dossier, brief: Brief) -> Iterator[Stated]:
    """The statements of a brief that are not certainly later than the dossier's day; none where the brief itself is."""
    day = dossier.as_of
    if isinstance(brief, (Event, Meeting, Instrument)) and brief.date.is_later(day):
        return
    for stated in dossier.stated[brief.id]:
        if stated.date is None or not stated.date.is_later(day):
            yield stated
