"""The changes in the order in which a reviewer reads them: what the template is given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from generator.compare.balance import BalanceNews, balance_news
from generator.compare.changes import (
    ADDED,
    CHANGED,
    REMOVED,
    BriefChange,
    Changes,
    FieldChange,
    PageChange,
    RecordChange,
    Unreadable,
)
from generator.compare.contested import ContestNews, contest_news
from generator.compare.days import NewDay, NewStatus, new_day, new_statuses
from generator.compare.editions import EditionNews, edition_news
from generator.compare.mass import ListGone, Swap, gathered
from generator.compare.mirrors import Mirror, mirrors, sections
from generator.compare.positions import PositionNews, ShiftNews, position_news, shifts_gone
from generator.compare.provisions import NewLimit, NewStanding, new_limits, new_standings
from generator.compare.questions import GRAVE, Question, questions
from generator.compare.releases import ReleaseNews, release_news
from generator.compare.sameness import Sameness
from generator.compare.wording import Passage, exchanged, is_worded, passages
from generator.diagnostics import ERROR, Diagnostic
from generator.dossier import SETTINGS
from generator.models import Source
from generator.models.demand import Position
from generator.rendering import running_name
from generator.values import Value

_SECTIONS: dict[str, tuple[str, ...]] = {
    "demands": ("Demand", "DemandStep", "Precondition", "Basis"),
    "texts": ("Instrument", "Vote", "CastVote", "Signatory", "Provision", "ProvisionStep", "Deadline", "CountedFrom",
              "Lineage"),
    "actors": ("Actor", "Body", "StandingRecord", "Office", "Membership", "Members", "Relation", "Succession",
               "Designation", "Label", "Mandate", "Head"),
    "meetings": ("Meeting", "Seat", "Absence", "AgendaItem", "Outcome"),
    "events": ("Event", "Involved"),
    "accounts": ("Account",),
    "terms": ("Term",),
    "sources": ("Source",),
}
"""Which records stand in which section, in the order of the text."""

_SECTION_OF = {type: section for section, types in _SECTIONS.items() for type in types}


_LARGE = 15
"""A change of more entries than this begins with what to look at first."""
_MANY_TEXTS = 5
"""In so many texts the same exchange of words is told once for all of them."""


class Entry(Value):
    """A record that came, went or has other fields."""

    brief: BriefChange
    change: RecordChange


class Reworded(Value):
    """A text that reads otherwise. Without passages only its paragraphs or line breaks differ."""

    brief: BriefChange | None
    page: PageChange | None
    field: FieldChange | None
    passages: tuple[Passage, ...]


class Rephrased(Value):
    """The same words exchanged for the same others in many texts, in which nothing else differs."""

    before: str
    after: str
    texts: tuple[Reworded, ...]


class Section(Value):
    name: str
    entries: tuple[Entry, ...]


class Report(Value):
    """Everything that the text says, in its order."""

    changes: Changes
    counts: tuple[tuple[str, str, int], ...]
    """How much of what is concerned: types of records, `wording`, `date` and the like; `removed` or not; number."""
    briefs: Counter[str]
    """How many briefs, sources apart, were changed, added, removed, renamed."""
    settings: BriefChange | None
    day: NewDay | None
    added: tuple[BriefChange, ...]
    removed: tuple[BriefChange, ...]
    renamed: tuple[BriefChange, ...]
    """Briefs with another id or of another kind."""
    positions: tuple[PositionNews, ...]
    shifts_gone: tuple[ShiftNews, ...]
    statuses: tuple[NewStatus, ...]
    standings: tuple[NewStanding, ...]
    limits: tuple[NewLimit, ...]
    contested: tuple[ContestNews, ...]
    editions: EditionNews
    sections: tuple[Section, ...]
    wording: tuple[Reworded, ...]
    rephrased: tuple[Rephrased, ...]
    swaps: tuple[Swap, ...]
    lists_gone: tuple[ListGone, ...]
    sources_added: tuple[BriefChange, ...]
    sources_removed: tuple[BriefChange, ...]
    uncited: tuple[Source, ...]
    pages: tuple[Reworded, ...]
    mirrors: tuple[Mirror, ...]
    site: tuple[Mirror, ...]
    """The pages made from many briefs that show something else."""
    problems: tuple[tuple[Diagnostic, ...], ...]
    """What the check says of the newer side, and did not of the older; the same problem in several places together."""
    mended: int
    untold: tuple[tuple[Diagnostic, ...], ...]
    """Those problems that are not told already as the reason why a file is not compared."""
    questions: tuple[Question, ...]
    balance: BalanceNews
    releases: ReleaseNews

    @property
    def nothing(self) -> bool:
        """Whether the two sides hold the same, file by file."""
        return self.changes.nothing and not self.releases

    @property
    def first(self) -> tuple[Question, ...]:
        """In a large change, the questions about what turns a meaning round: a reader should see those at once."""
        size = len(self.positions) + len(self.wording) + len(self.swaps) + len(self.pages) + sum(
            self.briefs.values()) + sum(len(section.entries) for section in self.sections) + sum(
            len(entry.texts) for entry in self.rephrased)
        return tuple(question for question in self.questions if question.kind in GRAVE) if size > _LARGE else ()

    @property
    def uncompared(self) -> tuple[tuple[Unreadable, ...], ...]:
        """The files that cannot be compared; those with the same problem together."""
        groups: dict[str, list[Unreadable]] = {}
        for file in self.changes.unreadable:
            groups.setdefault(file.problem.message, []).append(file)
        return tuple(map(tuple, groups.values()))

    @property
    def errors(self) -> int:
        return sum(len(group) for group in self.problems if group[0].severity == ERROR)

    @property
    def problem_count(self) -> int:
        return sum(map(len, self.problems))


def report(all_changes: Changes) -> Report:
    changes, swaps, lists_gone = gathered(all_changes)
    sameness = Sameness(changes.renamed)
    wording, rephrased = _rephrased(_wording(changes, sameness))
    briefs = [change for change in changes.briefs if change.id != SETTINGS]
    sources = [change for change in briefs if change.kind == "source"]
    others = [change for change in briefs if change.kind != "source"]
    problems, mended = _problems(changes)
    day = new_day(changes)
    sides = changes.before.dossier, changes.after.dossier
    return Report(
        changes=all_changes,
        counts=_counts(all_changes),
        briefs=Counter(map(_what_happened, others)),
        settings=next((change for change in changes.briefs if change.id == SETTINGS), None),
        day=day,
        added=tuple(change for change in others if change.how == ADDED),
        removed=tuple(change for change in others if change.how == REMOVED),
        renamed=tuple(change for change in briefs if change.old_id or change.old_kind),
        positions=tuple(position_news(changes)),
        shifts_gone=tuple(shifts_gone(changes)),
        statuses=() if day else tuple(new_statuses(*sides, changes.renamed)),
        standings=() if day else tuple(new_standings(*sides, changes.renamed)),
        limits=tuple(new_limits(changes)), contested=tuple(contest_news(changes)), editions=edition_news(changes),
        sections=_sections(briefs),
        wording=wording, rephrased=rephrased, swaps=swaps, lists_gone=lists_gone,
        sources_added=tuple(change for change in sources if change.how == ADDED),
        sources_removed=tuple(change for change in sources if change.how == REMOVED),
        uncited=_uncited(changes),
        pages=tuple(Reworded(None, page, None, _page_passages(changes, sameness, page)) for page in changes.pages),
        mirrors=mirrors(all_changes), site=sections(all_changes),
        problems=problems, mended=mended,
        untold=tuple(group for group in problems if not all(
            problem in {file.problem for file in changes.unreadable} for problem in group)),
        questions=questions(changes, swaps, lists_gone), balance=balance_news(changes),
        releases=release_news(all_changes))


def _what_happened(change: BriefChange) -> str:
    return "renamed" if change.old_id and not change.records else change.how


def _counts(changes: Changes) -> tuple[tuple[str, str, int], ...]:
    """How much of what is concerned, in the order of the sections. What went with a whole brief is told with it."""
    counted: Counter[tuple[str, str]] = Counter()
    for brief in changes.briefs:
        if brief.kind == "source":
            counted["source", brief.how] += 1
            continue
        for change in brief.records if brief.how != REMOVED else ():
            if change.path != ():
                counted[change.type, REMOVED if change.how == REMOVED else ""] += 1
                continue
            counted["wording", ""] += sum(_is_text(field) for field in change.fields)
            counted["date", ""] += change.of("date") is not None
            counted["name", ""] += change.of("name") is not None
    types = ("Position", "Edition", *_SECTION_OF, "name", "date", "wording")
    order = [(type, how) for type in types for how in ("", REMOVED)]
    order += [("source", how) for how in (CHANGED, ADDED, REMOVED)]
    return tuple((type, how, counted[type, how]) for type, how in order if counted[type, how])


def _is_text(field: FieldChange) -> bool:
    """Whether a field holds a text of which the difference is shown word by word."""
    return is_worded(field.before, field.after)


def _sections(briefs: Iterable[BriefChange]) -> tuple[Section, ...]:
    """The records of briefs that were there before and still are; texts of a brief's own stand apart."""
    found: dict[str, list[Entry]] = {section: [] for section in _SECTIONS}
    for brief in briefs:
        if brief.how != CHANGED:
            continue
        for change in brief.records:
            if change.path == ():
                fields = tuple(field for field in change.fields if not _is_text(field))
                if not fields:
                    continue
                place = next((field.place for field in fields if not field.place.old), fields[0].place)
                change = replace(change, fields=fields, place=place)
            if not isinstance(change.record, Position):
                section = "meetings" if (brief.kind, change.type) == ("meeting", "Basis") else _SECTION_OF[change.type]
                found[section].append(Entry(brief, change))
    return tuple(Section(name, tuple(entries)) for name, entries in found.items() if entries)


def _wording(changes: Changes, sameness: Sameness) -> Iterable[Reworded]:
    for brief in changes.briefs:
        for change in brief.records if brief.how == CHANGED else ():
            for field in change.fields if change.path == () else ():
                if _is_text(field):
                    yield Reworded(brief, None, field, field_passages(changes, sameness, field))


def _rephrased(texts: Iterable[Reworded]) -> tuple[tuple[Reworded, ...], tuple[Rephrased, ...]]:
    """Texts that are told one by one, and exchanges of the same words in many."""
    texts = tuple(texts)
    found: dict[tuple[str, str], list[Reworded]] = {}
    for text in texts:
        pairs = {exchanged(passage) for passage in text.passages}
        pair = pairs.pop() if len(pairs) == 1 else None
        if pair:
            found.setdefault(pair, []).append(text)
    many = tuple(Rephrased(*pair, tuple(same)) for pair, same in found.items() if len(same) >= _MANY_TEXTS)
    told = {id(text) for entry in many for text in entry.texts}
    return tuple(text for text in texts if id(text) not in told), many


def field_passages(changes: Changes, sameness: Sameness, field: FieldChange) -> tuple[Passage, ...]:
    """Where a field of prose differs."""
    return passages(str(field.before), str(field.after), sameness, _names(changes, old=True), _names(changes))


def _page_passages(changes: Changes, sameness: Sameness, page: PageChange) -> tuple[Passage, ...]:
    if page.how != CHANGED or page.before.split() == page.after.split():
        return ()
    return passages(page.before, page.after, sameness, _names(changes, old=True), _names(changes))


def _names(changes: Changes, old: bool = False) -> Callable[[str], str]:
    briefs = (changes.before if old else changes.after).dossier.briefs

    def name_of(id: str) -> str:
        brief = briefs.get(id)
        return running_name(brief) if brief else id

    return name_of


def _uncited(changes: Changes) -> tuple[Source, ...]:
    """Sources that are still there and that nothing cites any more."""
    before, after = changes.before.dossier, changes.after.dossier
    old_of = {new: old for old, new in changes.renamed.items()}
    if not after.complete:
        return ()
    return tuple(
        source for source in after.of_kind("source") if isinstance(source, Source)
        and not any(link.cites for link in after.inbound[source.id])
        and any(link.cites for link in before.inbound.get(old_of.get(source.id, source.id), ())))


def _problems(changes: Changes) -> tuple[tuple[tuple[Diagnostic, ...], ...], int]:
    """Problems that the newer side has and the older had not, wherever in the file they stand; and how many went.

    The same problem in several places is one group, and errors come first.
    """
    def key(problem: Diagnostic, renamed: dict[str, str]) -> tuple[str, str, str]:
        stem, _, suffix = problem.file.rpartition(".")
        folder, slash, id = stem.rpartition("/")
        return f"{folder}{slash}{renamed.get(id, id)}.{suffix}", problem.code, problem.message

    old = Counter(key(problem, changes.renamed) for problem in changes.before.problems)
    new: dict[tuple[bool, str, str], list[Diagnostic]] = {}
    for problem in changes.after.problems:
        this = key(problem, {})
        if old[this]:
            old[this] -= 1
        else:
            new.setdefault((problem.severity != ERROR, problem.code, problem.message), []).append(problem)
    groups = sorted(new.items(), key=lambda entry: (entry[0][0], -len(entry[1]), entry[1]))
    return tuple(tuple(group) for _, group in groups), sum(old.values())
