"""Checks of time: what cannot have happened in the order that the dates say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.checks.finding import Finding, Subject
from generator.dates import Edtf
from generator.dossier import SETTINGS
from generator.models import Body, Demand, Event, Instrument, Meeting, Settings
from generator.models.actor import ActorLike
from generator.models.base import DatedStatement


def _starts_before(first: Edtf | None, second: Edtf | None) -> bool:
    """Whether the first begins certainly before the second begins."""
    if first is None or second is None or first.start_latest is None or second.start_earliest is None:
        return False
    return first.start_latest < second.start_earliest and not (first.is_approximate or second.is_approximate
                                                               or first.is_uncertain or second.is_uncertain)


def members_join_after_founding(subject: Subject) -> Iterator[Finding]:
    """Nobody is a member of a body before it began."""
    id, brief = subject.name, subject.record
    if not isinstance(brief, ActorLike):
        return
    for index, membership in enumerate(brief.memberships):
        body = subject.dossier.briefs.get(membership.of.key) if membership.of.ref else None
        if isinstance(body, ActorLike) and _starts_before(membership.date, body.date):
            yield _too_early(id, ("memberships", index, "date"), brief.name, body, membership)
    for index, members in enumerate(brief.members):
        if _starts_before(members.date, brief.date):
            yield _too_early(id, ("members", index, "date"), "somebody", brief, members)


def _too_early(id: str, path: tuple[str | int, ...], member: str, body: ActorLike, record: DatedStatement) -> Finding:
    assert record.date is not None and body.date is not None
    return Finding("member-before-founding", id, path,
                   facts={"member": member, "body": f'"{body.id}"', "date": record.date.readable(),
                          "founded": body.date.readable()})


def histories_are_in_order(subject: Subject) -> Iterator[Finding]:
    """The steps of a history, a mandate or a succession of heads stand in the order of their dates."""
    id, brief = subject.name, subject.record
    if isinstance(brief, Demand):
        yield from _order(id, ("history",), brief.history)
    elif isinstance(brief, Body):
        yield from _order(id, ("mandate",), brief.mandate)
    elif isinstance(brief, Instrument):
        for name in ("provisions", "deadlines"):
            for index, record in enumerate(getattr(brief, name)):
                yield from _order(id, (name, index, "history"), record.history)


def _order(id: str, path: tuple[str | int, ...], steps: Sequence[DatedStatement]) -> Iterator[Finding]:
    previous: Edtf | None = None
    for index, step in enumerate(steps):
        if previous is not None and _starts_before(step.date, previous):
            assert step.date is not None
            yield Finding("history-out-of-order", id, (*path, index, "date"),
                          facts={"date": step.date.readable(), "previous": previous.readable()})
        previous = step.date or previous


def mandates_end_after_they_start(subject: Subject) -> Iterator[Finding]:
    """A mandate does not run out before the step that gave it."""
    for index, step in enumerate(subject.record.mandate if isinstance(subject.record, Body) else ()):
        if step.until is not None and step.date is not None and step.until.before(step.date):
            yield Finding("end-before-start", subject.name, ("mandate", index, "until"),
                          facts={"value": f"{step.date} to {step.until}"})


def events_lie_within_their_meeting(subject: Subject) -> Iterator[Finding]:
    """An event, a session or a seat lies within the dates of the meeting it belongs to."""
    brief = subject.record
    if not isinstance(brief, (Event, Meeting)):
        return
    field = "meeting" if isinstance(brief, Event) else "part_of"
    ref = getattr(brief, field)
    meeting = subject.dossier.briefs.get(ref.id) if ref else None
    if isinstance(meeting, Meeting) and not brief.date.overlaps(meeting.date):
        yield _outside(brief.id, (field,), brief.date, meeting)
    if isinstance(brief, Meeting):
        for index, seat in enumerate(brief.seats):
            if seat.date is not None and not seat.date.overlaps(brief.date):
                yield _outside(brief.id, ("seats", index, "date"), seat.date, brief)


def editions_are_days(subject: Subject) -> Iterator[Finding]:
    """An edition is one whole day, not after the dossier's, and each day is one edition."""
    seen: set[str] = set()
    dossier = subject.dossier
    for index, edition in enumerate(subject.record.editions if isinstance(subject.record, Settings) else ()):
        path, date = ("editions", index, "date"), edition.date
        if not date.is_exact_day:
            yield Finding("edition-not-a-day", SETTINGS, path, facts={"date": date.readable()})
        elif date.is_later(dossier.as_of):
            yield Finding("edition-too-late", SETTINGS, path, facts={"date": date.readable(),
                                                                     "as_of": dossier.as_of.readable()})
        elif str(date) in seen:
            yield Finding("edition-twice", SETTINGS, path, facts={"date": date.readable()})
        seen.add(str(date))


def _outside(id: str, path: tuple[str | int, ...], date: Edtf, meeting: Meeting) -> Finding:
    return Finding("outside-meeting", id, path, facts={"date": date.readable(), "meeting": f'"{meeting.id}"',
                                                       "dates": meeting.date.readable()})
