"""What a reviewer should ask of a change: each question with the places it is about."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from generator import prose
from generator.addresses import edition_address
from generator.compare.changes import ADDED, CHANGED, REMOVED, BriefChange, Changes, FieldChange, Place, RecordChange
from generator.compare.days import crossings
from generator.compare.mass import ListGone, Swap
from generator.compare.positions import contradictions_come, shifts_come
from generator.compare.sameness import Sameness, is_empty
from generator.compare.wording import NEW, OLD, SAME, is_worded, passages
from generator.dates import Edtf
from generator.dossier import SETTINGS
from generator.loaded_words import is_own_words, loaded_words, own_words
from generator.models import CARRIED_BY_BRIEF, Brief, Demand, Instrument, Source, Term
from generator.models.base import Account, Record, SourcedBrief, Statement, walk
from generator.models.demand import Position
from generator.models.fields import Party, Prose
from generator.models.settings import Edition
from generator.models.un_process import CastVote, Vote
from generator.models.vocabulary import PositionBasis
from generator.rendering import is_single_source
from generator.values import Value

NEAR_DAYS = 14
"""A source published within so many days of a quotation is near it."""


class Asked(Value):
    """One place that a question is about. `about` is a record, a pair of positions, a word or nothing."""

    brief: BriefChange | None
    change: RecordChange | None
    place: Place
    about: object = None


class Question(Value):
    """`kind` names the question; the template words it."""

    kind: str
    asked: tuple[Asked, ...]


GRAVE = ("list-gone", "sources-gone", "record-changed", "vote", "negated", "quotation", "asked")
"""The questions about what turns a meaning round, or loses much: what to look at first in a large change."""


def questions(changes: Changes, swaps: tuple[Swap, ...] = (), gone: tuple[ListGone, ...] = ()) -> tuple[Question, ...]:
    """The questions that apply, the gravest first.

    `changes` are those without what was done in many places at once, which comes apart: `swaps` and `gone`.
    """
    many = {"list-gone": [Asked(entry.brief, None, entry.place, entry) for entry in gone],
            "swap": [Asked(None, None, swap.places[0][1], swap) for swap in swaps]}
    found = [Question(kind, tuple(asked(changes) if asked else many[kind])) for kind, asked in (
        ("list-gone", None), ("sources-gone", _sources_gone), ("still-named", _still_named), ("address", _addresses),
        ("edition-gone", _editions_gone),
        ("shift", _shifts), ("contradiction", _contradictions), ("record-changed", _records_changed),
        ("account-gone", _accounts_gone), ("vote", _votes), ("negated", _negated),
        ("quotation", _quotations), ("asked", _asks), ("facts", _facts), ("crossing", _crossings), ("swap", None),
        ("single", _single), ("inferred", _inferred), ("unverified", _unverified), ("far-source", _far_sources),
        ("loaded", _loaded), ("now-loaded", _now_loaded), ("accepted", _accepted))]
    return tuple(question for question in found if question.asked)


# --- which statements are new ----------------------------------------------------------------


class _New(Value):
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
        if not is_single_source(new.record) or isinstance(new.record, CARRIED_BY_BRIEF) or new.brief.id == SETTINGS:
            continue
        # Where a new brief rests on one source as a whole, what it holds under that source is not asked again.
        if new.brief.how != ADDED or _sources_of(new.brief.after) != _sources_of(new.record):
            yield Asked(new.brief, new.change, new.place, new.record)
    for brief in changes.briefs:
        # What a text says, the text itself carries.
        if brief.how == ADDED and not isinstance(brief.after, Instrument) and len(_sources_of(brief.after)) == 1:
            yield Asked(brief, None, brief.place)


def _sources_of(record: Record | None) -> set[str]:
    return {c.id for c in record.sources} if isinstance(record, (SourcedBrief, Statement)) else set()


def _sources_gone(changes: Changes) -> Iterator[Asked]:
    """Briefs and statements that had sources and have none now; `about` is how many they had."""
    for brief in changes.briefs:
        for change in brief.records if brief.how == CHANGED else ():
            field = change.of("sources")
            if field and isinstance(field.before, tuple) and not field.after:
                yield Asked(brief, change, field.place, len(field.before))


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
                    change.of(name) for name in ("actor", "stance", "date")))):
                yield Asked(brief, change, change.place, change.record)


def _accounts_gone(changes: Changes) -> Iterator[Asked]:
    """Accounts of a question that are there no more."""
    for brief in changes.briefs:
        for change in brief.records if brief.how == CHANGED else ():
            if change.how == REMOVED and isinstance(change.record, Account) and change.record.on:
                yield Asked(brief, change, change.place)


def _votes(changes: Changes) -> Iterator[Asked]:
    """Results of votes that differ."""
    for brief in changes.briefs:
        for change in brief.records if brief.how == CHANGED else ():
            if isinstance(change.record, (Vote, CastVote)) and (change.how == REMOVED or _corrected(change)):
                yield Asked(brief, change, change.place)


_NO_FACT = frozenset({"accept", "aliases", "formerly", "lang", "name", "note", "notes", "on", "reviewed", "scripts",
                      "see", "sort", "sources", "wikidata", "words"})
"""Fields that say nothing for which a source is asked."""


def _corrected(change: RecordChange) -> tuple[FieldChange, ...]:
    """The facts in a record that are others than before; texts that are reworded are shown, not asked about."""
    return tuple(field for field in change.fields if field.name not in _NO_FACT and not is_empty(field.before)
                 and not is_empty(field.after) and not isinstance(field.after, (bool, Prose))
                 and not is_worded(field.before, field.after) and not _only_linked(field))


def _only_linked(field: FieldChange) -> bool:
    """Whether a name only became a link to a brief, or the other way round."""
    return sum(isinstance(item, Party) and item.outside is not None for item in _items(field.before)) != sum(
        isinstance(item, Party) and item.outside is not None for item in _items(field.after)) and len(
        _items(field.before)) == len(_items(field.after))


def _items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _facts(changes: Changes) -> Iterator[Asked]:
    """Facts that were corrected while the sources are the same; `about` are the fields."""
    crossed = {id(crossing.change) for crossing in crossings(changes)}
    for brief in changes.briefs:
        for change in brief.records if brief.how == CHANGED and brief.id != SETTINGS else ():
            if change.how == CHANGED and not change.of("sources") and isinstance(
                    change.after, (Statement, SourcedBrief)) and not isinstance(
                    change.after, (Position, Vote, CastVote, Term)):
                fields = tuple(field for field in _corrected(change) if field.name not in _ASKED and not (
                    field.name == "date" and id(change) in crossed))  # that is asked by itself
                if fields:
                    yield Asked(brief, change, fields[0].place, fields)


_ASKED = frozenset({"ask", "made_by", "addressed_to"})


def _asks(changes: Changes) -> Iterator[Asked]:
    """Demands that ask something else, or somebody else, than what the positions on them answer; `about`: how many."""
    for brief in changes.briefs:
        own = next((record for record in brief.records if record.path == ()), None)
        if brief.how == CHANGED and own and isinstance(brief.after, Demand) and brief.after.positions:
            field = next((field for field in own.fields if field.name in _ASKED and not _only_linked(field)), None)
            if field:
                yield Asked(brief, None, field.place, len(brief.after.positions))


def _shifts(changes: Changes) -> Iterator[Asked]:
    for shift in shifts_come(changes):
        yield Asked(None, None, shift.place, shift)


def _contradictions(changes: Changes) -> Iterator[Asked]:
    for contradiction in contradictions_come(changes):
        yield Asked(None, None, contradiction.place, contradiction)


def _editions_gone(changes: Changes) -> Iterator[Asked]:
    """Days that are no edition any more: their pages are cited; `about` is the address."""
    kept = {str(edition.date) for edition in changes.after.dossier.settings.editions}
    for brief in changes.briefs:
        for change in brief.records:
            if isinstance(change.before, Edition) and str(change.before.date) not in kept:
                yield Asked(brief, change, change.place, f"/{edition_address(str(change.before.date))}")


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
    words = loaded_words(changes.after.dossier)
    if not words:
        return
    for text in _texts(changes):
        before, after = own_words(text.before), own_words(text.after)
        for word, (pattern, term) in words.items():
            if len(pattern.findall(after)) > len(pattern.findall(before)):
                origin = changes.after.dossier.origin(text.origin)
                found = pattern.search(after)
                line = origin.place_of_text(text.path, found[0] if found else word)[0]
                yield Asked(text.brief, text.change, Place(origin.file, line),
                            (word, str(term.house_word or ""), text.title))
            # A shorter word within it is not a word of its own.
            before, after = (pattern.sub(lambda match: " " * len(match[0]), side) for side in (before, after))


def _now_loaded(changes: Changes) -> Iterator[Asked]:
    """Words that are loaded from now on and that texts use; `about` is the word and how many texts."""
    dossier = changes.after.dossier
    known = {str(word) for term in changes.before.dossier.of_kind("term") if isinstance(term, Term)
             for word in term.loaded}
    new = {word: pattern for word, (pattern, _) in loaded_words(changes.after.dossier).items() if word not in known}
    if not new or not changes.before.settled:
        return
    edited = {change.id for change in changes.briefs if change.how == ADDED}
    for word, pattern in new.items():
        places = []
        for id, brief in dossier.briefs.items():
            if id in edited or isinstance(brief, (Source, Term)):
                continue
            for path, value in walk(brief):
                found = pattern.search(own_words(str(value))) if is_own_words(brief, path[-1], value) else None
                if found:
                    places.append((id, path, found[0]))
        if places:
            id, path, text = places[0]
            origin = dossier.origin(id)
            yield Asked(None, None, Place(origin.file, origin.place_of_text(path, text)[0]), (word, len(places)))


_NEGATIONS = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['\u2019]t)\b", re.IGNORECASE)
_FEW_WORDS = 12
"""More words than this in a row are a sentence that came or went, which a reader sees."""


def _negated(changes: Changes) -> Iterator[Asked]:
    """Texts in which a "not" or its like came or went while the words around it stayed; `about` is come, gone, page."""
    sameness = Sameness(changes.renamed)
    for text in _texts(changes):
        if not text.before or not text.after:
            continue
        come: Counter[str] = Counter()
        for passage in passages(text.before, text.after, sameness, str, str):
            if any(piece.kind == SAME for piece in passage):
                for piece in passage:
                    if piece.kind in (OLD, NEW) and len(piece.text.split()) <= _FEW_WORDS:
                        for word in _NEGATIONS.findall(piece.text):
                            come[word.lower()] += 1 if piece.kind == NEW else -1
        if any(come.values()):
            yield Asked(text.brief, text.change, _start(changes, text), (
                tuple(word for word, number in come.items() if number > 0),
                tuple(word for word, number in come.items() if number < 0), text.title))


def _quotations(changes: Changes) -> Iterator[Asked]:
    """Quotations that read otherwise; `about` is the title of a hand-written page."""
    for brief in changes.briefs:
        for change in brief.records if brief.how == CHANGED else ():
            words = change.of("words")
            if words and words.before and words.after:
                yield Asked(brief, change, words.place, "")
    for text in _texts(changes):
        before, after = (set(_QUOTED.findall(prose.plain(value, str))) for value in (text.before, text.after))
        if any(_alike(one, other) for one in before - after for other in after - before):
            yield Asked(text.brief, text.change, _start(changes, text), text.title)


def _start(changes: Changes, text: _Text) -> Place:
    origin = changes.after.dossier.origin(text.origin)
    return Place(origin.file, origin.place(text.path)[0] if text.path else text.line)


def _alike(one: str, other: str) -> bool:
    ones, others = one.split(), other.split()
    return len(ones) > 2 and difflib.SequenceMatcher(None, ones, others).ratio() > 0.5


class _Text(Value):
    """A text that came or reads otherwise, and where it stands now."""

    brief: BriefChange | None
    change: RecordChange | None
    before: str
    after: str
    origin: str
    path: tuple[str | int, ...] = ()
    title: str = ""
    """The title of a hand-written page."""
    line: int = 1
    """Its first line that differs."""


def _texts(changes: Changes) -> Iterator[_Text]:
    """Every text that came or reads otherwise."""
    for brief in changes.briefs:
        if brief.how == REMOVED or isinstance(brief.after, (Source, Term)):
            continue
        if brief.how == ADDED and isinstance(brief.after, Brief):
            for path, value in walk(brief.after):
                if is_own_words(brief.after, path[-1], value):
                    yield _Text(brief, None, "", str(value), brief.id, path)
            continue
        for change in brief.records:
            if change.how == ADDED and change.after is not None:
                for path, value in walk(change.after):
                    if is_own_words(change.after, path[-1], value):
                        yield _Text(brief, change, "", str(value), brief.id, (*change.path, *path))
            for field in change.fields:
                if change.how == CHANGED and is_own_words(change.record, field.name, field.after):
                    yield _Text(brief, change, str(field.before or ""), str(field.after), brief.id,
                                (*change.path, field.name))
    for page in changes.pages:
        if page.how != REMOVED:
            yield _Text(None, None, page.before, page.after, f"pages/{page.name}", title=page.title,
                        line=page.place.line)


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
