"""What a reviewer should ask of a change: each question with the places it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator import prose
from generator.checks.records import CARRIED_BY_BRIEF
from generator.compare.changes import ADDED, CHANGED, REMOVED, BriefChange, Changes, Place, RecordChange
from generator.compare.days import crossings
from generator.compare.positions import turns
from generator.dates import Edtf
from generator.dossier import SETTINGS
from generator.models import Brief, Source, Term
from generator.models.actor import Designation, Label
from generator.models.base import Record, SourcedBrief, Statement, walk
from generator.models.demand import Position
from generator.models.fields import Line, Prose
from generator.models.vocabulary import PositionBasis
from generator.rendering import is_single_source

NEAR_DAYS = 14
"""A source published within so many days of a quotation is near it."""


@dataclass(frozen=True)
class Asked:
    """One place that a question is about. `about` is a record, a pair of positions, a word or nothing."""

    brief: BriefChange | None
    change: RecordChange | None
    place: Place
    about: object = None


@dataclass(frozen=True)
class Question:
    """`kind` names the question; the template words it."""

    kind: str
    asked: tuple[Asked, ...]


def questions(changes: Changes) -> tuple[Question, ...]:
    """The questions that apply, the gravest first."""
    found = [Question(kind, tuple(asked(changes))) for kind, asked in (
        ("still-named", _still_named), ("address", _addresses), ("turn", _turns), ("record-changed", _records_changed),
        ("crossing", _crossings), ("single", _single), ("inferred", _inferred), ("unverified", _unverified),
        ("far-source", _far_sources), ("loaded", _loaded), ("accepted", _accepted))]
    return tuple(question for question in found if question.asked)


# --- which statements are new ----------------------------------------------------------------


@dataclass(frozen=True)
class _New:
    """A statement that came, or whose grounds are others than before."""

    brief: BriefChange
    change: RecordChange
    record: Statement
    place: Place


def _new_statements(changes: Changes, *fields: str) -> Iterator[_New]:
    """Statements that are new, those inside new ones too, and old ones of which one of the fields differs."""
    for brief in changes.briefs:
        if brief.how == REMOVED:
            continue
        for change in brief.records:
            if change.how == ADDED and isinstance(change.after, Statement):
                yield _New(brief, change, change.after, change.place)
                for path, inner in walk(change.after):
                    if isinstance(inner, Statement):
                        line = changes.after.dossier.origin(brief.id).place((*change.path, *path))[0]
                        yield _New(brief, change, inner, Place(change.place.file, line))
            elif change.how == CHANGED and isinstance(change.after, Statement) and any(map(change.of, fields)):
                yield _New(brief, change, change.after, change.place)


def _single(changes: Changes) -> Iterator[Asked]:
    for new in _new_statements(changes, "sources"):
        # Of what a text says, the text is the one source that counts.
        if is_single_source(new.record) and not isinstance(new.record, CARRIED_BY_BRIEF) and new.brief.id != SETTINGS:
            yield Asked(new.brief, new.change, new.place, new.record)
    for brief in changes.briefs:
        own = brief.after
        if brief.how == ADDED and isinstance(own, SourcedBrief) and len({c.id for c in own.sources}) == 1:
            yield Asked(brief, None, brief.place)


def _inferred(changes: Changes) -> Iterator[Asked]:
    for new in _new_statements(changes, "basis"):
        if isinstance(new.record, Position) and new.record.basis == PositionBasis.INFERRED:
            yield Asked(new.brief, new.change, new.place, new.record)


def _unverified(changes: Changes) -> Iterator[Asked]:
    for new in _new_statements(changes, "unverified"):
        if new.record.unverified:
            yield Asked(new.brief, new.change, new.place, new.record)
    for brief in changes.briefs:
        own = next((record for record in brief.records if record.path == ()), None)
        if brief.how != REMOVED and getattr(brief.after, "unverified", False) and isinstance(brief.after, Brief) and (
                brief.how == ADDED or (own and own.of("unverified"))):
            yield Asked(brief, None, brief.place)


def _far_sources(changes: Changes) -> Iterator[Asked]:
    """Positions with a quotation and no source published near their date."""
    for new in _new_statements(changes, "words", "date", "sources"):
        position = new.record
        if not isinstance(position, Position) or not position.words or position.date is None or not position.sources:
            continue
        sources = [changes.after.dossier.briefs.get(citation.id) for citation in position.sources]
        dates = [source.date for source in sources if isinstance(source, Source)]
        if not any(date is not None and _near(date, position.date) for date in dates):
            yield Asked(new.brief, new.change, new.place, position)


def _near(one: Edtf, other: Edtf) -> bool:
    if one.overlaps(other):
        return True
    first, second = (one, other) if one.before(other) else (other, one)
    end, start = first.end_latest, second.start_earliest
    return end is not None and start is not None and (start - end).days <= NEAR_DAYS


def _records_changed(changes: Changes) -> Iterator[Asked]:
    """Positions on record that read otherwise or are gone: a shift would be a new record."""
    for brief in changes.briefs:
        if brief.how != CHANGED:
            continue
        for change in brief.records:
            if isinstance(change.record, Position) and (change.how == REMOVED or (change.how == CHANGED and any(
                    change.of(name) for name in ("actor", "stance", "date", "words")))):
                yield Asked(brief, change, change.place, change.record)


def _turns(changes: Changes) -> Iterator[Asked]:
    for turn in turns(changes):
        yield Asked(None, None, turn.place, turn)


def _crossings(changes: Changes) -> Iterator[Asked]:
    for crossing in crossings(changes):
        yield Asked(crossing.brief, crossing.change, crossing.place, crossing)


# --- ids and addresses -----------------------------------------------------------------------


def _still_named(changes: Changes) -> Iterator[Asked]:
    """Briefs that are gone, and that others still name; `about` is how often."""
    dossier = changes.after.dossier
    gone = {change.old_id or change.id: change for change in changes.briefs
            if change.how == REMOVED or change.old_id}
    named = Counter(link.target for link in dossier.links if link.target in gone and link.target not in dossier.ids)
    for id, count in named.items():
        first = next(link for link in dossier.links if link.target == id)
        origin = dossier.origin(first.origin)
        line = (origin.place_of_text(first.path, first.token.raw) if first.token else origin.place(first.path))[0]
        yield Asked(gone[id], None, Place(origin.file, line), count)


def _addresses(changes: Changes) -> Iterator[Asked]:
    """Published addresses that lead nowhere any more."""
    kept = {old for brief in changes.after.dossier.briefs.values() for old in brief.formerly}
    for change in changes.briefs:
        old = change.before
        if isinstance(old, Brief) and old.kind != "term" and (change.how == REMOVED or change.old_id) and (
                old.id not in kept):
            yield Asked(change, None, change.place, f"/{old.address}")


# --- words -----------------------------------------------------------------------------------

_QUOTED = re.compile(r"\u201c[^\u201c\u201d]*\u201d|\u201e[^\u201c\u201d\u201e]*[\u201c\u201d]"
                     r'|\u00ab[^\u00ab\u00bb]*\u00bb|"[^"]*"')


def _loaded(changes: Changes) -> Iterator[Asked]:
    """Loaded words that stand outside quotations oftener than before; `about` is the word and the house's."""
    words = _loaded_words(changes)
    if not words:
        return
    for text in _texts(changes):
        before, after = _spoken(text.before), _spoken(text.after)
        for word, (pattern, term) in words.items():
            if len(pattern.findall(after)) > len(pattern.findall(before)):
                origin = changes.after.dossier.origin(text.origin)
                found = pattern.search(after)
                line = origin.place_of_text(text.path, found[0] if found else word)[0]
                yield Asked(text.brief, text.change, Place(origin.file, line),
                            (word, str(term.house_word or ""), text.title))


def _loaded_words(changes: Changes) -> dict[str, tuple[re.Pattern[str], Term]]:
    found = {}
    for term in changes.after.dossier.of_kind("term"):
        assert isinstance(term, Term)
        for word in term.loaded:
            # An abbreviation stands as it is typed, so that IS is not every "is".
            flags = 0 if word.isupper() else re.IGNORECASE
            found[str(word)] = re.compile(rf"(?<![\w-]){re.escape(word)}(?:s|es)?(?![\w-])", flags), term
    return found


def _spoken(text: str) -> str:
    """The words that the site says itself: no quotations, no names of briefs, no sources."""
    return _QUOTED.sub("", prose.plain(text, lambda id: ""))


@dataclass(frozen=True)
class _Text:
    """A text that came or reads otherwise, and where it stands now."""

    brief: BriefChange | None
    change: RecordChange | None
    before: str
    after: str
    origin: str
    path: tuple[str | int, ...] = ()
    title: str = ""
    """The title of a hand-written page."""


def _texts(changes: Changes) -> Iterator[_Text]:
    """Every text that came or reads otherwise."""
    for brief in changes.briefs:
        if brief.how == REMOVED or isinstance(brief.after, (Source, Term)):
            continue
        if brief.how == ADDED and isinstance(brief.after, Brief):
            for path, value in walk(brief.after):
                if _is_own_words(brief.after, path[-1], value):
                    yield _Text(brief, None, "", str(value), brief.id, path)
            continue
        for change in brief.records:
            if change.how == ADDED and change.after is not None:
                for path, value in walk(change.after):
                    if _is_own_words(change.after, path[-1], value):
                        yield _Text(brief, change, "", str(value), brief.id, (*change.path, *path))
            for field in change.fields:
                if change.how == CHANGED and _is_own_words(change.record, field.name, field.after):
                    yield _Text(brief, change, str(field.before or ""), str(field.after), brief.id,
                                (*change.path, field.name))
    for page in changes.pages:
        if page.how != REMOVED:
            yield _Text(None, None, page.before, page.after, f"pages/{page.name}", title=page.title)


def _is_own_words(record: Record, name: str | int, value: object) -> bool:
    """Whether a value is the site's own wording, not somebody's words nor a name for machines."""
    if isinstance(record, (Label, Designation)) and name in ("called", "designated"):
        return False
    return isinstance(value, (Prose, Line)) and name not in ("words", "wikidata", "symbol", "sort", "accept")


def _accepted(changes: Changes) -> Iterator[Asked]:
    """Warnings that a record accepts now; `about` is the warning and the reason."""
    for brief in changes.briefs:
        if brief.how == REMOVED:
            continue
        known = _accepts(brief.before)
        for path, code, reason in _accepts(brief.after):
            if not any(code == other and reason == why for _, other, why in known):
                yield Asked(brief, None, _accept_place(changes, brief, path), (code, reason))


def _accept_place(changes: Changes, brief: BriefChange, path: tuple[str | int, ...]) -> Place:
    origin = changes.after.dossier.origin(brief.id)
    return Place(origin.file, origin.node.find_key(path)[0] if origin.node else 1)


def _accepts(record: Record | None) -> list[tuple[tuple[str | int, ...], str, str]]:
    if record is None:
        return []
    values: Iterable[tuple[tuple[str | int, ...], object]] = walk(record)
    return [(path, str(code), str(reason)) for path, value in values if path[-1] == "accept" and isinstance(value, dict)
            for code, reason in value.items()]
