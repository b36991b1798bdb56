"""How a text's paragraphs and time limits stand on the dossier's day, each with the reason and the step that says it.

`text_standing` is the one place: seen through `dossier.at(day)` it gives another day's. `RULES` is the whole rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from generator.addresses import label_key
from generator.as_of.day import Item, Split, latest, sort_key, split_items, standing_in_words, when
from generator.dates import CURRENT, LATER, PAST, UNSURE, Edtf, EdtfError
from generator.dossier import Dossier
from generator.models import Brief, Instrument
from generator.models.base import DatedStatement
from generator.models.fields import Length
from generator.models.un_process import CountedFrom, Deadline, Provision
from generator.models.vocabulary import ProvisionStatus
from generator.values import Value


class Rule(NamedTuple):
    """A row of the rule: what is recorded by the day, how the time stands, and the status that follows."""

    key: str
    recorded: str
    time: str
    status: str


RULES = (
    Rule("recorded", "a step with any status but pending", "whatever it is", "the status of the last such step"),
    Rule("pending", "pending", "none set, met, not passed by any reading, or passed before that was recorded", "pending"),
    Rule("overdue", "pending", "passed since, by every reading", "overdue"),
    Rule("readings", "pending", "passed since by one reading, not by another", "disputed"),
    Rule("passed", "nothing", "passed, by every reading", "unknown: what came of it is not recorded"),
    Rule("partly-passed", "nothing", "passed by one reading, not by another",
         "unknown: what came of it is not recorded"),
    Rule("to-come", "nothing", "still to come, by every reading", "pending"),
    Rule("not-certain", "nothing", "known too roughly to say whether it has passed, or not to be counted", "unknown"),
    Rule("nothing", "nothing", "none set", "unknown"),
    Rule("limits", "nothing for the paragraph itself", "its deadlines have statuses of their own",
         "the first that one of them has, of overdue, disputed, unknown, pending, partly done, done"),
    Rule("later", "anything", "the text itself came after the day", "none"),
)
"""The rule, in the order in which it is read; the page on how to read the site shows it."""

_MOST_PRESSING = (ProvisionStatus.OVERDUE, ProvisionStatus.DISPUTED, ProvisionStatus.UNKNOWN, ProvisionStatus.PENDING,
                  ProvisionStatus.PARTLY_DONE, ProvisionStatus.DONE)


class Verdict(Value):
    """A status on the day, and why."""

    word: str
    """A word of the list; empty where the text came after the day."""
    rule: str
    """The row of RULES that gave it."""
    reason: str = ""
    """The reason in plain words; empty where the step's own words are the reason."""
    step: Item | None = None
    """The last recorded step with a status that had come by the day."""
    limit: Deadline | None = None
    """The time limit that gave it, where a paragraph has its status from one."""


class Reading(Value):
    """One reading of a deadline: what it counts from, and the date that gives."""

    record: CountedFrom
    start: Brief | None
    counts_from: Edtf | None
    """The date it counts from, where that is known."""
    result: Edtf | None
    """None where it cannot be counted."""
    stands: str
    """How the result stands to the dossier's day, in words."""
    start_later: bool
    """Whether what it counts from had not come by the day."""


class DeadlineView(Value):
    record: Deadline
    anchor: str
    provision: str
    """The anchor of the paragraph that sets it, or an empty text."""
    readings: tuple[Reading, ...]
    due_stands: str
    """How the date that the text gives itself stands to the dossier's day, in words; empty without one."""
    history: Split[Item]
    status: Item | None
    """The last recorded step with a status."""
    standing: Verdict

    @property
    def disputed(self) -> bool:
        return len(self.readings) > 1

    @property
    def dates(self) -> tuple[Edtf, ...]:
        """The dates it may fall on, as far as they can be counted, in the order of the readings."""
        found = (self.record.due, *(reading.result for reading in self.readings))
        return tuple(dict.fromkeys(date for date in found if date))

    @property
    def ends(self) -> Edtf | None:
        """The earliest date it may fall on; None where it cannot be counted."""
        return min(self.dates, key=sort_key, default=None)


class TextDeadline(Value):
    """A time limit beside the text that sets it."""

    instrument: Instrument
    deadline: DeadlineView


class ProvisionStanding(Value):
    """A paragraph on the day: its status and why, its time limits, and its recorded steps."""

    record: Provision
    anchor: str
    verdict: Verdict
    deadlines: tuple[DeadlineView, ...]
    history: Split[Item]

    @property
    def paragraph(self) -> str:
        return str(self.record.paragraph)

    @property
    def status(self) -> str:
        return self.verdict.word

    @property
    def reason(self) -> str:
        """Why, in words as typed: the computed reason, or what the step says."""
        return self.verdict.reason or (str(self.verdict.step.record.what) if self.verdict.step else "")

    @property
    def step(self) -> Item | None:
        return self.verdict.step


def text_standing(dossier: Dossier, text: Instrument) -> tuple[ProvisionStanding, ...]:
    """Each paragraph of a text, in the text's order, as it stood on `dossier.as_of`."""
    if dossier.as_of != dossier.settings.as_of:
        return _text_standing(dossier, text)
    return dossier.memo("standing of texts").get(text.id, lambda: _text_standing(dossier, text))


def _text_standing(dossier: Dossier, text: Instrument) -> tuple[ProvisionStanding, ...]:
    deadlines = deadline_views(dossier, text)
    found = []
    for index, record in enumerate(text.provisions):
        anchor = dossier.anchors[text.id][("provisions", index)]
        steps = _steps(dossier, text, ("provisions", index), record.history)
        own = tuple(view for view in deadlines if view.provision == anchor)
        verdict = _LATER if text.date.is_later(dossier.as_of) else _of_provision(_status(steps), own, dossier.as_of)
        found.append(ProvisionStanding(record, anchor, verdict, own, split_items(steps)))
    return tuple(found)


def deadline_views(dossier: Dossier, text: Instrument) -> tuple[DeadlineView, ...]:
    """The time limits that a text sets, each with its readings and how it stands on the day."""
    if dossier.as_of != dossier.settings.as_of:  # another day is asked for once, by its own page
        return _deadline_views(dossier, text)
    return dossier.memo("deadlines").get(text.id, lambda: _deadline_views(dossier, text))


def _deadline_views(dossier: Dossier, text: Instrument) -> tuple[DeadlineView, ...]:
    anchors = dossier.anchors[text.id]
    by_label = {label_key(record.paragraph): anchors[("provisions", index)]
                for index, record in reversed(list(enumerate(text.provisions)))}
    later = text.date.is_later(dossier.as_of)
    views = []
    for index, deadline in enumerate(text.deadlines):
        readings = tuple(_reading(dossier, text, deadline, record) for record in deadline.counted_from)
        steps = _steps(dossier, text, ("deadlines", index), deadline.history)
        status = _status(steps)
        verdict = _LATER if later else _judged(status, _times(deadline, readings, dossier.as_of))
        views.append(DeadlineView(deadline, anchors[("deadlines", index)],
                                  by_label.get(label_key(deadline.paragraph), "") if deadline.paragraph else "", readings,
                                  standing_in_words(deadline.due, dossier.as_of), split_items(steps), status, verdict))
    return tuple(views)


def deadlines_of_texts(dossier: Dossier) -> Iterator[TextDeadline]:
    """Every time limit of every text, in the order of briefs."""
    for text in dossier.of_kind("instrument"):
        assert isinstance(text, Instrument)
        yield from (TextDeadline(text, view) for view in deadline_views(dossier, text))


def later_by(date: Edtf | None, length: Length | None) -> Edtf | None:
    """The date a length after another, a period's counted from its start; None where that cannot be counted."""
    if date is None or length is None or date.start_earliest is None:
        return None
    if date.is_interval:
        date = Edtf.parse(str(date).partition("/")[0])
    try:
        return date.add(length.number, length.unit)
    except EdtfError:  # beyond the years that dates have
        return None


def _reading(dossier: Dossier, text: Instrument, deadline: Deadline, record: CountedFrom) -> Reading:
    start = dossier.briefs.get(record.start.ref.id) if record.start.ref else None
    date = record.start.date or (text.date if record.start.is_adoption else getattr(start, "date", None))
    result = later_by(date, deadline.within)
    later = date is not None and date.is_later(dossier.as_of)
    return Reading(record, start, date, result, standing_in_words(result, dossier.as_of), later)


def _steps(dossier: Dossier, brief: Brief, path: tuple[str | int, ...], steps: Iterable[DatedStatement]) -> list[Item]:
    anchors = dossier.anchors[brief.id]
    return [Item(step, anchors.get((*path, "history", number), ""), when(step.date, dossier.as_of))
            for number, step in enumerate(steps)]


def _status(steps: list[Item]) -> Item | None:
    return latest(step for step in steps if step.record.status is not None)


# --- the rule --------------------------------------------------------------------------------


_LATER = Verdict("", "later")


class _Time(NamedTuple):
    """When a time limit ends by one reading: the date, None where it cannot be counted; how it stands; its words."""

    date: Edtf | None
    when: str
    words: str


def _times(deadline: Deadline, readings: Iterable[Reading], day: Edtf) -> list[_Time]:
    found = [_Time(deadline.due, deadline.due.on(day), deadline.due.readable())] if deadline.due else []
    for reading in readings:
        if reading.start_later:  # what was to come later is not told as if it had been known
            found.append(_Time(reading.result, LATER, f"{deadline.within} after something that had not come by then"))
        elif reading.result:
            found.append(_Time(reading.result, reading.result.on(day), reading.result.readable()))
        else:
            found.append(_Time(None, UNSURE, ""))
    return list({time.words: time for time in found}.values())


def _of_provision(step: Item | None, deadlines: Sequence[DeadlineView], day: Edtf) -> Verdict:
    """A paragraph's own status; where nothing is recorded of it, or it is pending, its time limits count as well."""
    if step is not None and step.record.status != ProvisionStatus.PENDING:
        return _judged(step, ())
    if step is None:
        found = [replace(view.standing, limit=view.record, rule="limits" if view.status else view.standing.rule)
                 for view in deadlines]
    else:
        unmet = (view for view in deadlines if view.standing.word != ProvisionStatus.DONE)
        found = [replace(view.standing if view.status else _judged(step, _times(view.record, view.readings, day)),
                         limit=view.record) for view in unmet]
        found = [verdict for verdict in found if verdict.word in (ProvisionStatus.OVERDUE, ProvisionStatus.DISPUTED)]
    return min(found, key=lambda verdict: _MOST_PRESSING.index(ProvisionStatus(verdict.word)),
               default=_judged(step, ()))


def _judged(step: Item | None, times: Sequence[_Time]) -> Verdict:
    """The status of the day, of the last recorded step and the readings of the time."""
    passed = [time for time in times if time.when == PAST]
    others = [time for time in times if time.when != PAST]
    if step is None:
        return _unrecorded(passed, others)
    word = str(step.record.status)
    if word != ProvisionStatus.PENDING:
        return Verdict(word, "recorded", "", step)
    since = [time for time in passed if not (step.record.date and time.date and step.record.date.after(time.date))]
    if not since:
        return Verdict(word, "pending", "", step)
    before = f"Pending on {step.record.date.readable()}; its" if step.record.date else "Recorded as pending; its"
    if others:
        return Verdict(str(ProvisionStatus.DISPUTED), "readings", f"{before} {_both(passed, others)}.", step)
    return Verdict(str(ProvisionStatus.OVERDUE), "overdue",
                   f"{before} time ran to {_or(passed)}, and nothing is recorded since.", step)


def _unrecorded(passed: Sequence[_Time], others: Sequence[_Time]) -> Verdict:
    unknown = str(ProvisionStatus.UNKNOWN)
    if passed and others:
        return Verdict(unknown, "partly-passed", f"Its {_both(passed, others)}; what came of it is not recorded.")
    if passed:
        return Verdict(unknown, "passed", f"Its time ran to {_or(passed)}; what came of it is not recorded.")
    if not others:
        return Verdict(unknown, "nothing", "Nothing is recorded of it.")
    if all(time.when in (CURRENT, LATER) for time in others):
        return Verdict(str(ProvisionStatus.PENDING), "to-come", f"Its time runs to {_or(others)}.")
    known = [time for time in others if time.words]
    return Verdict(unknown, "not-certain", (
        f"Its time is {_or(known)}: whether it has passed is not certain, and nothing is recorded of it." if known
        else "Its time cannot be counted, and nothing is recorded of it."))


def _both(passed: Sequence[_Time], others: Sequence[_Time]) -> str:
    to_come = [time for time in others if time.words]
    other = f"runs to {_or(to_come)}" if to_come else "cannot be counted"
    return f"time ran to {_or(passed)} by one reading and {other} by another"


def _or(times: Sequence[_Time]) -> str:
    return " or, by another reading, ".join(time.words for time in times)
