"""What a change does to a text's paragraphs and time limits: how they stand on the day, and when the limits end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.as_of.provisions import DeadlineView, ProvisionStanding, deadline_views, text_standing
from generator.compare.changes import Changes
from generator.compare.matching import match_records
from generator.compare.sameness import Sameness
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Instrument
from generator.models.un_process import Deadline, Provision
from generator.values import Value


class NewStanding(Value):
    """A paragraph or a time limit of which the status of the day differs."""

    text: Instrument
    record: Provision | Deadline
    before: str
    after: str
    reason: str
    """Why it is so now, where that follows from the time and not from a recorded step."""


class NewLimit(Value):
    """A time limit that ends on other dates than before, by one reading or another."""

    text: Instrument
    record: Deadline
    before: tuple[Edtf, ...]
    after: tuple[Edtf, ...]


def new_standings(then: Dossier, now: Dossier, renamed: Mapping[str, str] | None = None) -> Iterator[NewStanding]:
    """Paragraphs and time limits, there before and now, whose status of the day differs between two dossiers.

    Where the whole text is later than one of the two days, that says it already.
    """
    for was, text in texts_in_both(then, now, renamed or {}):
        partner = partners(then, was, now, text, renamed or {})
        old = {entry.anchor: _status(entry) for entry in _matters(then, was)}
        for entry in _matters(now, text):
            status, reason = _status(entry)
            before, _ = old.get(partner.get(entry.anchor, ""), ("", ""))
            if before and status and before != status:
                yield NewStanding(text, entry.record, before, status, reason)


def new_limits(changes: Changes) -> Iterator[NewLimit]:
    """Time limits, there before and now, that end on other dates."""
    then, now = changes.before.dossier, changes.after.dossier
    for was, text in texts_in_both(then, now, changes.renamed):
        partner = partners(then, was, now, text, changes.renamed)
        old = {view.anchor: view.dates for view in deadline_views(then, was)}
        for view in deadline_views(now, text):
            before = old.get(partner.get(view.anchor, ""))
            if before is not None and {*map(str, before)} != {*map(str, view.dates)}:
                yield NewLimit(text, view.record, before, view.dates)


def texts_in_both(then: Dossier, now: Dossier, renamed: Mapping[str, str]) -> Iterator[tuple[Instrument, Instrument]]:
    """The texts that are in both dossiers, as they were and as they are."""
    old_of = {new: old for old, new in renamed.items()}
    for text in now.of_kind("instrument"):
        was = then.briefs.get(old_of.get(text.id, text.id))
        if isinstance(text, Instrument) and isinstance(was, Instrument):
            yield was, text


def partners(then: Dossier, was: Instrument, now: Dossier, text: Instrument,
             renamed: Mapping[str, str]) -> dict[str, str]:
    """The anchors that a text's paragraphs and time limits had, by those they have now."""
    found = {}
    sameness = Sameness(dict(renamed))
    for field in ("provisions", "deadlines"):
        for one, other in match_records(getattr(was, field), getattr(text, field), sameness):
            found[now.anchors[text.id][(field, other)]] = then.anchors[was.id][(field, one)]
    return found


def _matters(dossier: Dossier, text: Instrument) -> tuple[ProvisionStanding | DeadlineView, ...]:
    return *text_standing(dossier, text), *deadline_views(dossier, text)


def _status(entry: ProvisionStanding | DeadlineView) -> tuple[str, str]:
    """The status, and the reason where no step gave it."""
    verdict = entry.verdict if isinstance(entry, ProvisionStanding) else entry.standing
    return verdict.word, verdict.reason
