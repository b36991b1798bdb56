"""What a change does to the editions: days named, moved or dropped, and how the dossier stood on those that stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.as_of.answers import answer
from generator.as_of.clocks import MOMENT, stands
from generator.as_of.matters import Entry, Matter, matters
from generator.compare.changes import ADDED, REMOVED, BriefChange, Changes, Place
from generator.compare.provisions import partners, texts_in_both
from generator.compare.sameness import Sameness
from generator.dates import Edtf
from generator.dossier import SETTINGS, Dossier
from generator.models import Brief, Instrument, Source
from generator.values import Value

Told = tuple[tuple[Entry, bool], ...]
"""What answers a matter on a day, each record with whether it is certain; empty where nothing does."""


class ThenNews(Value):
    """A matter that is answered otherwise on the days of some editions."""

    matter: Matter
    before: Told
    after: Told
    """Where the rest of an answer stays, only what came or went."""
    rest: bool
    """Whether something stays beside it."""
    days: tuple[Edtf, ...]
    place: Place


class PublishedNews(Value):
    """A source of which another date of publication says what had been known on the days of some editions."""

    source: Source
    before: str
    after: str
    """Whether it was out by then, in the words of the clocks; empty for a source without a date."""
    days: tuple[Edtf, ...]
    place: Place


class EditionNews(Value):
    """What differs on the days of editions that both dossiers have. The dossier's own day is told by itself."""

    news: tuple[ThenNews, ...]
    come: tuple[tuple[Brief, tuple[Edtf, ...]], ...]
    """Whole briefs that are in editions now, each with their days."""
    gone: tuple[tuple[Brief, tuple[Edtf, ...]], ...]
    published: tuple[PublishedNews, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.news or self.come or self.gone or self.published)


def edition_news(changes: Changes) -> EditionNews:
    """In the order of briefs; the same change on several days is told once."""
    days = tuple(_days(changes))
    if not days:
        return EditionNews((), (), ())
    told = {brief.id: brief for brief in changes.briefs if brief.id != SETTINGS}
    return EditionNews(
        tuple(_news(changes, told, days)),
        tuple(_whole(changes.after.dossier, (b for b in told.values() if b.how == ADDED), days)),
        tuple(_whole(changes.before.dossier, (b for b in told.values() if b.how == REMOVED), days)),
        tuple(_published(told.values(), days)))


def _days(changes: Changes) -> Iterator[Edtf]:
    """The days of editions in both dossiers, the dossiers' own days apart, in their order."""
    if not (changes.before.settled and changes.after.settled):
        return
    before, after = (side.dossier.settings for side in (changes.before, changes.after))
    kept = {str(edition.date) for edition in before.editions} - {str(before.as_of), str(after.as_of)}
    dates = {str(edition.date): edition.date for edition in after.editions if edition.date.is_exact_day}
    yield from (date for text, date in sorted(dates.items()) if text in kept)


def _news(changes: Changes, told: dict[str, BriefChange], days: tuple[Edtf, ...]) -> Iterator[ThenNews]:
    sameness = Sameness(changes.renamed)
    old_of = {new: old for old, new in changes.renamed.items()}
    after, before = changes.after.dossier, changes.before.dossier
    ids = [id for id in after.briefs if id in told and told[id].how not in (ADDED, REMOVED)]
    ids += [id for id in _counting_from(after, ids) if id not in ids]
    new = {_key(matter, sameness, {}): matter for matter in _own(after, ids)}
    anchors = {(was.id, old_anchor): anchor for was, text in texts_in_both(before, after, changes.renamed)
               if text.id in ids for anchor, old_anchor in partners(before, was, after, text, changes.renamed).items()}
    old = {_key(matter, sameness, anchors): matter for matter in _own(before, (old_of.get(id, id) for id in ids))}
    for key, matter in {**old, **new}.items():
        was, now = old.get(key), new.get(key)
        found: dict[object, list[Edtf]] = {}
        answers: dict[object, tuple[Told, Told]] = {}
        for day in days:
            then = tuple(answer(one, day).told if one else () for one in (was, now))
            marks = tuple(_says(side, sameness) for side in then)
            if marks[0] != marks[1]:
                found.setdefault(marks, []).append(day)
                answers[marks] = (then[0], then[1])
        change = told.get(matter.brief.id) or told.get(changes.renamed.get(matter.brief.id, ""))
        for marks, on in found.items():
            yield ThenNews(matter, *_apart(*answers[marks], sameness), tuple(on), _place(change, matter, after))


def _counting_from(dossier: Dossier, ids: Iterable[str]) -> Iterator[str]:
    """Texts with a time limit that counts from one of the briefs."""
    wanted = set(ids)
    for text in dossier.of_kind("instrument"):
        if isinstance(text, Instrument) and any(reading.start.ref and reading.start.ref.id in wanted
                                                for limit in text.deadlines for reading in limit.counted_from):
            yield text.id


def _own(dossier: Dossier, ids: Iterable[str]) -> Iterator[Matter]:
    briefs = [dossier.briefs[id] for id in ids if id in dossier.briefs]
    return (matter for matter in matters(dossier, briefs) if not matter.mirrored)


def _key(matter: Matter, sameness: Sameness, anchors: dict[tuple[str, str], str]) -> tuple[str, str, str]:
    """What tells a matter from others in both dossiers; `anchors` are those that parts of texts have now."""
    anchor, space, number = matter.about.partition(" ")
    about = anchors.get((matter.brief.id, anchor), sameness.id(anchor))
    return sameness.id(matter.brief.id), matter.name.word, f"{about}{space}{number}"


def _apart(before: Told, after: Told, sameness: Sameness) -> tuple[Told, Told, bool]:
    """What only one of two answers says, and whether they share anything."""
    marks = [_says(told, sameness) for told in (before, after)]
    only = [tuple(one for one in told if not _says((one,), sameness) <= others)
            for told, others in ((before, marks[1]), (after, marks[0]))]
    return only[0], only[1], bool(marks[0] & marks[1])


def _says(told: Told, sameness: Sameness) -> frozenset[object]:
    return frozenset((entry.words, sameness.key(entry.other), certain) for entry, certain in told)


def _place(change: BriefChange | None, matter: Matter, dossier: Dossier) -> Place:
    """The record of the matter that changed, or the brief where it is another one's that did."""
    if change is None:
        origin = dossier.origin(matter.brief.id)
        return Place(origin.file, origin.line)
    records = {id(entry.record) for entry in matter.entries}
    return next((record.place for record in change.records
                 if {id(record.before), id(record.after), *map(id, record.around)} & records), change.place)


def _published(briefs: Iterable[BriefChange], days: tuple[Edtf, ...]) -> Iterator[PublishedNews]:
    for brief in briefs:
        field = next((record.of("date") for record in brief.records if record.path == ()), None)
        if not field or not isinstance(brief.before, Source) or not isinstance(brief.after, Source):
            continue
        found: dict[tuple[str, str], list[Edtf]] = {}
        for day in days:
            words = tuple(stands(date, MOMENT, day) if date else "" for date in (brief.before.date, brief.after.date))
            if words[0] != words[1]:
                found.setdefault((words[0], words[1]), []).append(day)
        for (before, after), on in found.items():
            yield PublishedNews(brief.after, before, after, tuple(on), field.place)


def _whole(dossier: Dossier, briefs: Iterable[BriefChange], days: tuple[Edtf, ...]) -> Iterator[
        tuple[Brief, tuple[Edtf, ...]]]:
    """Briefs that came or went, each with the days of which its own records say something."""
    for change in briefs:
        own = list(_own(dossier, [change.id]))
        on = tuple(day for day in days if any(answer(matter, day) for matter in own))
        if on:
            yield change.brief, on
