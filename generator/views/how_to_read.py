"""How to read the site: its marks, its words and how sure each is, each with its meaning from the lists of words."""

from __future__ import annotations

from collections.abc import Iterable

from generator.as_of.clocks import rules
from generator.as_of.provisions import RULES, Rule
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models.fields import Vocabulary
from generator.models.vocabulary import (
    Bound,
    DemandStatus,
    EventRole,
    PositionBasis,
    ProvisionStatus,
    SourceType,
    Stance,
    Standing,
)
from generator.values import Value
from generator.views.trajectories import StanceMove


class Words(Value):
    """A list of words with their meanings."""

    id: str
    title: str
    words: tuple[Vocabulary, ...]


class RuleRow(Value):
    """A row of the rule of rough dates: a date in words, of what sort, and how that stands to some days."""

    date: Edtf
    sort: str
    says: str
    on: tuple[tuple[Edtf, str], ...]


class HowToRead(Value):
    stances: tuple[Vocabulary, ...]
    grounds: tuple[Vocabulary, ...]
    moves: tuple[Vocabulary, ...]
    """What the way from one position to the next is called."""
    lists: tuple[Words, ...]
    rules: tuple[Rule, ...]
    """How the status of a paragraph or a time limit is found."""
    dates: tuple[tuple[Edtf, str], ...]
    """Dates as the site writes them, each with what it means."""
    dated: tuple[RuleRow, ...]
    """How what is dated roughly stands to a day."""
    editions: bool


def how_to_read(dossier: Dossier) -> HowToRead:
    return HowToRead(tuple(Stance), tuple(PositionBasis), tuple(StanceMove), tuple(_lists()), RULES, tuple(_dates(dossier)),
                     tuple(_rules(dossier)), bool(dossier.settings.editions))


def _lists() -> Iterable[Words]:
    for id, title, words in (
            ("standings", "Standing in the process", Standing), ("demand-status", "Status of a demand", DemandStatus),
            ("provision-status", "Status of a paragraph or a deadline", ProvisionStatus),
            ("roles", "Part in an event", EventRole), ("bounds", "How exact a number is", Bound),
            ("source-kinds", "Kinds of source", SourceType)):
        yield Words(id, title, tuple(words))


def _year(dossier: Dossier) -> int:
    """The dossier's own year, for examples."""
    day = dossier.as_of.end_latest or dossier.as_of.start_earliest
    return max(2, day.year) if day else 2000


def _rules(dossier: Dossier) -> Iterable[RuleRow]:
    for rule in rules(_year(dossier)):
        yield RuleRow(Edtf.parse(rule.date), rule.way, rule.says,
                      tuple((Edtf.parse(day), word) for day, word in rule.on))


def _dates(dossier: Dossier) -> Iterable[tuple[Edtf, str]]:
    """Each way of writing a date, with the dossier's own year."""
    year = _year(dossier)
    for text, meaning in (
            (f"{year:04}-01-15", "that day"), (f"{year:04}-01", "some day of that month"),
            (f"{year:04}", "some day of that year"), (f"{year:04}-01~", "near that month, perhaps outside it"),
            (f"{year:04}?", "that year, if the report is right"),
            (f"{year:04}-XX", "some month of that year; which one is not known"),
            (f"{year:04}-01-12/{year:04}-01-15", "all the days from the first to the last"),
            (f"{year:04}-01-12/..", "since that day, and still so on the dossier's day"),
            (f"{year:04}-01-12/", "since that day; whether it has ended is not known"),
            (f"../{year:04}-01-15", "until that day, from before the dossier's time"),
    ):
        yield Edtf.parse(text), meaning
