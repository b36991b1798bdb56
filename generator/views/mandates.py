"""From mandate to practice: what each paragraph asked, of whom, by when, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.as_of.day import Split, sort_key, split
from generator.as_of.provisions import (
    DeadlineView,
    ProvisionStanding,
    TextDeadline,
    Verdict,
    deadline_views,
    text_standing,
)
from generator.dates import PAST
from generator.dossier import Dossier
from generator.models import Body, Instrument, Meeting
from generator.models.base import Basis
from generator.models.un_process import Mandate
from generator.models.vocabulary import ProvisionStatus
from generator.values import Value
from generator.views.briefs import items
from generator.views.chains import Chains, chains

MOST_PRESSING = 40
"""How many entries each list of what matters on the day tells; the texts below have them all."""
MOST_TEXTS = 60
"""With more texts than this each is told in a line, and its own page has its paragraphs."""
MOST_FOUNDED = 300
MOST_CHAINS = 60


class Asked(Value):
    """What a text asks: a paragraph with its time limits, or a time limit whose paragraph the brief does not have."""

    text: Instrument
    standing: ProvisionStanding | None
    deadline: DeadlineView | None

    @property
    def anchor(self) -> str:
        return self.standing.anchor if self.standing else self.deadline.anchor if self.deadline else ""

    @property
    def verdict(self) -> Verdict:
        source = self.standing.verdict if self.standing else self.deadline.standing if self.deadline else None
        assert source is not None
        return source

    @property
    def deadlines(self) -> tuple[DeadlineView, ...]:
        return self.standing.deadlines if self.standing else (self.deadline,) if self.deadline else ()

    @property
    def recorded(self) -> bool:
        """Whether anything is known of it but the words."""
        return self.verdict.rule not in ("nothing", "later")


class Pressing(Value):
    """What stands with one status on the day; `more` counts what is left out."""

    word: str
    asked: tuple[Asked, ...]
    more: int
    paragraphs: int
    limits: int
    """How many of them are time limits whose paragraph stands otherwise, or is none of the brief's."""


class TextEntry(Value):
    """A text with its paragraphs in its order."""

    text: Instrument
    asked: tuple[Asked, ...]
    tally: tuple[tuple[str, int], ...]
    """How many stand with each status; those of which nothing is recorded are not counted."""
    silent: int
    """Of how many paragraphs nothing is recorded, and no time is set."""


class Founded(Value):
    """A body or meeting and the text, or the paragraph, that set it up or on which it was convened."""

    brief: Body | Meeting
    record: Mandate | Basis
    words: str
    anchor: str
    when: str


class Mandates(Value):
    texts: Split[TextEntry]
    in_full: bool
    """Whether the texts are few enough for their paragraphs to be told here."""
    tally: tuple[tuple[str, int], ...]
    silent: int
    passed: tuple[TextDeadline, ...]
    """Time limits that had passed by the day under one reading at least: those not done first, the latest first."""
    more_passed: int
    to_come: tuple[TextDeadline, ...]
    """Time limits still to come under one reading at least, nearest first."""
    more_to_come: int
    pressing: tuple[Pressing, ...]
    """Overdue, then disputed."""
    founded: tuple[Founded, ...]
    more_founded: int
    chains: tuple[Chains, ...]
    more_chains: int


def mandates(dossier: Dossier) -> Mandates:
    texts = sorted((text for text in dossier.of_kind("instrument") if isinstance(text, Instrument)),
                   key=lambda text: (sort_key(text.date), text.id))
    entries = [_entry(dossier, text) for text in texts if text.provisions or text.deadlines]
    now = [entry for entry in entries if not entry.text.date.is_later(dossier.as_of)]
    asked = [asked for entry in now for asked in entry.asked]
    limits = [TextDeadline(entry.text, view) for entry in now for one in entry.asked for view in one.deadlines]
    passed = sorted((limit for limit in limits if _any(limit.deadline, dossier, True)),
                    key=lambda limit: (limit.deadline.standing.word != ProvisionStatus.DONE, sort_key(limit.deadline.ends)),
                    reverse=True)
    to_come = sorted((limit for limit in limits if _any(limit.deadline, dossier, False)),
                     key=lambda limit: sort_key(_next(limit.deadline, dossier)))
    founded = sorted(_founded(dossier), key=lambda f: (sort_key(_date(f)), f.brief.id))
    found_chains = chains(dossier)
    return Mandates(
        texts=split(entries, (entry.text.date.is_later(dossier.as_of) for entry in entries)),
        in_full=len(entries) <= MOST_TEXTS, tally=_tally(asked),
        silent=sum(not one.recorded for one in asked),
        passed=tuple(passed[:MOST_PRESSING]), more_passed=max(0, len(passed) - MOST_PRESSING),
        to_come=tuple(to_come[:MOST_PRESSING]), more_to_come=max(0, len(to_come) - MOST_PRESSING),
        pressing=tuple(_pressing(asked, word) for word in (ProvisionStatus.OVERDUE, ProvisionStatus.DISPUTED)),
        founded=tuple(founded[:MOST_FOUNDED]), more_founded=max(0, len(founded) - MOST_FOUNDED),
        chains=found_chains[:MOST_CHAINS], more_chains=max(0, len(found_chains) - MOST_CHAINS))


def _entry(dossier: Dossier, text: Instrument) -> TextEntry:
    asked = [Asked(text, standing, None) for standing in text_standing(dossier, text)]
    asked += [Asked(text, None, view) for view in deadline_views(dossier, text) if not view.provision]
    return TextEntry(text, tuple(asked), _tally(asked), sum(not one.recorded for one in asked))


def _tally(asked: list[Asked]) -> tuple[tuple[str, int], ...]:
    counts = Counter(one.verdict.word for one in asked if one.recorded)
    return tuple((str(word), counts[str(word)]) for word in ProvisionStatus if counts[str(word)])


def _pressing(asked: list[Asked], word: ProvisionStatus) -> Pressing:
    found = []
    for one in asked:
        if one.verdict.word == word:
            found.append(one)
        else:  # a paragraph may stand otherwise than one of its time limits
            found += [Asked(one.text, None, view) for view in one.deadlines if view.standing.word == word]
    paragraphs = sum(one.standing is not None for one in found)
    return Pressing(str(word), tuple(found[:MOST_PRESSING]), max(0, len(found) - MOST_PRESSING), paragraphs,
                    len(found) - paragraphs)


def _any(view: DeadlineView, dossier: Dossier, passed: bool) -> bool:
    """Whether by any reading the time had certainly passed by the day; or by any had not certainly passed."""
    return any((date.on(dossier.as_of) == PAST) == passed for date in view.dates)


def _next(view: DeadlineView, dossier: Dossier) -> object:
    return min((date for date in view.dates if date.on(dossier.as_of) != PAST), key=sort_key)


# --- what was set up -------------------------------------------------------------------------


def _founded(dossier: Dossier) -> Iterator[Founded]:
    for brief in dossier.of_kind("body", "meeting"):
        if isinstance(brief, Body):
            for item in items(dossier, brief, "mandate"):
                if item.record.text:
                    yield Founded(brief, item.record, str(item.record.act), item.anchor, item.when)
        elif isinstance(brief, Meeting):
            for record in brief.basis:
                yield Founded(brief, record, "convened", "", brief.date.on(dossier.as_of))


def _date(founded: Founded) -> object:
    return founded.record.date if isinstance(founded.record, Mandate) else founded.brief.date
