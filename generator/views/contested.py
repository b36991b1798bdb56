"""Everything that accounts differ on: numbers, other questions, deadlines, what is recorded as disputed, and who
contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from generator import prose
from generator.addresses import section_anchor
from generator.as_of.day import Item, Split, sort_key
from generator.as_of.provisions import TextDeadline, deadline_views, deadlines_of_texts, text_standing
from generator.dossier import Dossier
from generator.figures.svg import listing
from generator.models import Brief, Demand, Instrument
from generator.models.actor import ActorLike
from generator.models.base import Statement
from generator.models.fields import Citation
from generator.models.vocabulary import DemandStatus, ProvisionStatus, Standing
from generator.values import Value
from generator.views.briefs import AccountGroup, account_groups, items
from generator.views.figures import figure_words, teller
from generator.views.indexes import name_key
from generator.views.shifts import Contradiction, shifts

OPEN_AT_MOST = 40
"""Lines of a group that a reader can look through without a fold."""


class Question(Value):
    """A question on which accounts differ, in one brief or in several that tell it in the same words."""

    on: str
    places: tuple[tuple[Brief, str], ...]
    """The briefs that hold the accounts, each with the anchor of the question."""
    differs: str
    """The numbers, in one line: `45, more than 50 and 71 people killed`; empty where they are no numbers."""
    told: tuple[tuple[str, str], ...]
    """Where they are no numbers, who says what, in the order of the file: a name, and the account's first sentence."""
    sources: tuple[Citation, ...]
    later: bool

    @property
    def count(self) -> int:
        return len(self.told)


class Disputed(Value):
    """A status, a standing or a precondition that is recorded as disputed."""

    brief: Brief
    what: str
    anchor: str
    record: Statement
    when: str


class QuestionGroup(Value):
    key: str
    title: str
    one: str
    more: str
    questions: tuple[Question, ...]

    @property
    def open(self) -> bool:
        return len(self.questions) <= OPEN_AT_MOST


class Contested(Value):
    questions: tuple[QuestionGroup, ...]
    deadlines: tuple[TextDeadline, ...]
    """Those that can be read in several ways."""
    disputed: tuple[Disputed, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def asked(self) -> int:
        return sum(len(group.questions) for group in self.questions)

    @property
    def total(self) -> int:
        return self.asked + len(self.deadlines) + len(self.disputed) + len(self.contradictions)


_GROUPS = (("numbers", "Numbers"), ("event", "What happened"), ("meeting", "Meetings"), ("instrument", "Texts"),
           ("body", "Bodies"), ("actor", "Actors"), ("demand", "Demands"))
"""Questions with numbers that can be held against each other stand together; the others by their brief's kind."""


def contested(dossier: Dossier) -> Contested:
    groups: dict[str, list[Question]] = {}
    for brief in dossier.briefs.values():
        for group in account_groups(dossier, brief):
            if group.contested:
                groups.setdefault("numbers" if group.by_unit else brief.kind, []).append(
                    _question(dossier, brief, group))
    asked = {key: _merged(questions) for key, questions in groups.items()}
    readings = (entry for entry in deadlines_of_texts(dossier) if entry.deadline.disputed)
    return Contested(tuple(QuestionGroup(key, title, "question", "questions", asked[key])
                           for key, title in _GROUPS if key in asked),
                     tuple(readings), tuple(_disputed(dossier)), shifts(dossier).contradictions)


def _question(dossier: Dossier, brief: Brief, group: AccountGroup) -> Question:
    anchor = section_anchor(group.anchor, dossier.anchors[brief.id].values())
    date = getattr(brief, "date", None) if brief.kind in ("event", "meeting", "instrument") else None
    later = date is not None and date.is_later(dossier.as_of) or all(item.later for item in group.accounts)
    told = tuple((teller(dossier, item.record), _shortened(item.record.says)) for item in group.accounts)
    sources = dict.fromkeys(source for item in group.accounts for source in item.record.sources)
    return Question(str(group.on), ((brief, anchor),), differs(group), told, tuple(sources), later)


def _shortened(text: str, most: int = 140) -> str:
    """The first sentence as typed; a long one is cut at a word."""
    first = next(iter(prose.sentences(text)), "")
    return first if len(first) <= most or "[" in first else first[:most].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _merged(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Questions that several briefs tell in the same words as one, in the order of their first brief's date."""
    found: dict[object, Question] = {}
    for question in sorted(questions, key=_order):
        key = (question.on, question.differs, question.told, question.sources, question.later)
        before = found.get(key)
        found[key] = replace(before, places=before.places + question.places) if before else question
    return tuple(found.values())


def _order(question: Question) -> tuple[object, ...]:
    brief, _ = question.places[0]
    return sort_key(getattr(brief, "date", None)), name_key(brief), question.on


def differs(group: AccountGroup) -> str:
    """The numbers of each unit, in the order of the accounts."""
    if not group.by_unit:
        return ""
    told = []
    for unit, found in group.by_unit.items():
        numbers = _once(figure_words(item.record.figure, unit=False) for item in found if item.record.figure)
        told.append(f"{listing(numbers)} {unit}")
    without = len(group.accounts) - sum(len(found) for found in group.by_unit.values())
    return "; ".join(told) + (
        f"; {without} {'account gives' if without == 1 else 'accounts give'} no such number" if without else "")


def _once(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _disputed(dossier: Dossier) -> Iterator[Disputed]:
    """What the dossier records as disputed, whenever it was so."""
    for brief in dossier.briefs.values():
        if isinstance(brief, ActorLike):
            yield from _told(brief, "standing in the process", items(dossier, brief, "standing"), "standing",
                             Standing.DISPUTED)
        elif isinstance(brief, Demand):
            yield from _told(brief, "status of the demand", items(dossier, brief, "history"), "status",
                             DemandStatus.DISPUTED)
            if brief.precondition and brief.precondition.put == "disputed":
                yield Disputed(brief, "whether it is put as a precondition", "", brief.precondition, "")
        elif isinstance(brief, Instrument):
            for label, history in _histories(dossier, brief):
                yield from _told(brief, f"status of {label}", (*history.so_far, *history.later), "status",
                                 ProvisionStatus.DISPUTED)


def _histories(dossier: Dossier, text: Instrument) -> Iterable[tuple[str, Split[Item]]]:
    """The recorded steps of each paragraph and time limit, with what to call it."""
    for standing in text_standing(dossier, text):
        yield standing.paragraph, standing.history
    for deadline in deadline_views(dossier, text):
        yield f"the deadline of {deadline.record.paragraph or 'the text'}", deadline.history


def _told(brief: Brief, what: str, records: Iterable[Item], field: str, word: object) -> Iterator[Disputed]:
    for item in records:
        if getattr(item.record, field) == word:
            yield Disputed(brief, what, item.anchor, item.record, item.when)
