"""Pages that change without being edited: what is written in one brief and shown on another's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.compare.changes import ADDED, CHANGED, REMOVED, BriefChange, Changes, PathIn, RecordChange
from generator.compare.sameness import Sameness
from generator.dossier import Dossier
from generator.linking import Link
from generator.models import Brief, Source
from generator.models.fields import Party, Prose, Reference
from generator.values import Value
from generator.views.positions import positions
from generator.views.state_of_play import state_of_play
from generator.views.timeline import moments

_SHOWN_ELSEWHERE = frozenset({"name", "date", "time", "type", "place", "category", "main", "symbol"})
"""Fields of a brief that other pages show where they list it."""

_SHOWN_WHERE_CITED = frozenset({"title", "publisher", "date", "reliability", "url", "type"})
"""Fields of a source that the pages show which cite it."""


class Mirror(Value):
    """A page that shows something else than before, though its own file is the same."""

    name: str
    """A brief's id, `pages/<name>`, or a section such as `positions`."""
    brief: Brief | None
    shown: tuple[tuple[str, int], ...]
    """What of all that changed it shows: the types of the records, with how many of each."""
    title: str = ""
    """The title of a hand-written page."""

    @property
    def total(self) -> int:
        return sum(count for _, count in self.shown)


def mirrors(changes: Changes) -> tuple[Mirror, ...]:
    """The pages of briefs that show what changed in other files, the most affected first."""
    return _Mirrors(changes).found()


class _Mirrors:
    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.old, self.new = changes.before.dossier, changes.after.dossier
        self.links = {id(dossier): _by_origin(dossier) for dossier in (self.old, self.new)}

    def found(self) -> tuple[Mirror, ...]:
        pages = [*(id for id, brief in self.new.briefs.items() if brief.kind not in ("term", "source")),
                 *(f"pages/{page.name}" for page in self.new.pages)]
        edited = {change.id for change in self.changes.briefs} | {f"pages/{page.name}" for page in self.changes.pages}
        order = {name: number for number, name in enumerate(pages) if name not in edited}
        counts: dict[str, Counter[str]] = {}
        for change in self.changes.briefs:
            for target, type in self.shown(change):
                if target in order:
                    counts.setdefault(target, Counter())[type] += 1
        titles = {f"pages/{page.name}": page.title for page in self.new.pages}
        made = [Mirror(name, self.new.briefs.get(name), tuple(types.most_common()), titles.get(name, ""))
                for name, types in counts.items()]
        return tuple(sorted(made, key=lambda mirror: (-mirror.total, order[mirror.name])))

    def shown(self, change: BriefChange) -> Iterator[tuple[str, str]]:
        """The pages that show a part of a changed brief, each with the type of what they show."""
        if change.how != CHANGED:
            yield from ((target, "Brief") for target in self.named(
                self.new if change.how == ADDED else self.old, change.id, ()))
            return
        for record in change.records:
            if record.path == ():
                yield from self.own(change, record)
                continue
            targets = list(self.named(self.old, change.old_id or change.id, record.path) if record.how == REMOVED
                           else self.named(self.new, change.id, record.path))
            targets += [target for field in record.fields for target in self.in_value(field.before)]
            yield from ((target, record.type) for target in dict.fromkeys(targets))

    def own(self, change: BriefChange, record: RecordChange) -> Iterator[tuple[str, str]]:
        """Pages that show a brief's own fields: those that list it, and those named in a field that changed."""
        names = {field.name for field in record.fields}
        pointing = [link for link in self.new.inbound.get(change.id, ())]
        targets: list[str] = []
        if isinstance(change.after, Source):
            if names & _SHOWN_WHERE_CITED:
                targets = [link.origin for link in pointing if link.cites]
        elif isinstance(change.after, Brief):
            if names & _SHOWN_ELSEWHERE:
                targets = self.named(self.new, change.id, ())
            if "name" in names:
                targets += [link.origin for link in pointing]
            targets += [target for field in record.fields for value in (field.before, field.after)
                        for target in self.in_value(value)]
        yield from ((target, type(change.after).__name__ if isinstance(change.after, Source) else "Brief")
                    for target in dict.fromkeys(targets))

    def named(self, dossier: Dossier, id_: str, path: PathIn) -> list[str]:
        """The briefs that fields below a path name; words in prose show nothing on the other's page."""
        return list(dict.fromkeys(
            self.now(link.target) for link in self.links[id(dossier)].get(id_, ())
            if link.token is None and not link.cites and link.path[:len(path)] == path))

    def in_value(self, value: object) -> Iterator[str]:
        """The briefs that a field's value names."""
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Party) and item.ref:
                yield self.now(item.ref.id)
            elif isinstance(item, Reference):
                yield self.now(item.id)

    def now(self, id: str) -> str:
        return self.changes.renamed.get(id, id)


def _by_origin(dossier: Dossier) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in dossier.links:
        found.setdefault(link.origin, []).append(link)
    return found


# --- the pages of the site that are made from many briefs ------------------------------------

Facts = dict[str, dict[tuple[str, ...], object]]
"""What a page shows, part by part: each thing by what it is of, so that a change counts once."""


def sections(changes: Changes) -> tuple[Mirror, ...]:
    """The pages of the site as a whole that show something else: the state of play, the matrix, the timeline."""
    if changes.unreadable or not (changes.before.settled and changes.after.settled):
        return ()
    sameness = Sameness(changes.renamed)
    found = []
    for name, facts in (("home", _home), ("positions", _matrix), ("timeline", _timeline)):
        old, new = facts(changes.before.dossier, sameness), facts(changes.after.dossier, sameness)
        shown = [(part, _differences(old[part], new[part], changes.renamed)) for part in new]
        if any(count for _, count in shown):
            found.append(Mirror(name, None, tuple(entry for entry in shown if entry[1])))
    return tuple(found)


def _differences(old: dict[tuple[str, ...], object], new: dict[tuple[str, ...], object],
                 renamed: dict[str, str]) -> int:
    before = {tuple(renamed.get(word, word) for word in key): value for key, value in old.items()}
    return sum(before.get(key) != new.get(key) for key in {**before, **new})


def _home(dossier: Dossier, sameness: Sameness) -> Facts:
    view = state_of_play(dossier)
    return {
        "standings": {(standing.word, named.brief.id): True for room in view.rooms for standing in room.lists
                      for named in standing.named},
        "statuses": {(line.brief.id,): str(line.status.record.status) if line.status else ""
                     for line in view.demands},
        "deadlines": {(entry.instrument.id, entry.deadline.anchor): str(entry.deadline.ends)
                      for entry in view.deadlines},
        "events": {(entry.event.id,): sameness.key(Prose(entry.words)) for entry in view.recent},
    }


def _matrix(dossier: Dossier, sameness: Sameness) -> Facts:
    matrix = positions(dossier)
    return {"cells": {(row.demand.id, cell.actor.key): frozenset(str(item.record.stance) for item in cell.held)
                      for part in (matrix.main, *matrix.parts) for row in part.rows
                      for cell in (*row.cells, *row.others) if cell}}


def _timeline(dossier: Dossier, sameness: Sameness) -> Facts:
    return {"moments": {(moment.brief.id, moment.anchor): (str(moment.date), str(moment.time or ""), moment.later,
                                                           sameness.key(getattr(moment.record, "what",
                                                                                moment.brief.name)))
                        for moment in moments(dossier)}}
