"""The changes between two dossiers as a reader of the site is told them, in words that outlast the briefs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jinja2

from generator import addresses
from generator.compare.changes import ADDED as CAME
from generator.compare.changes import REMOVED as WENT
from generator.compare.changes import BriefChange, Changes, FieldChange, PageChange, RecordChange
from generator.compare.markdown import Linker, Words, value_kind
from generator.compare.sameness import normal_text
from generator.compare.wording import GAP, NEW, OLD, Passage, is_worded, passages
from generator.dossier import SETTINGS
from generator.models import Source
from generator.models.demand import Position
from generator.models.fields import Citation, Url
from generator.releases.file import ADDED, CHANGED, GROUPS, REMOVED, Change, Edit
from generator.rendering import TEMPLATES, running_name, unquoted
from generator.templating import compiled_beside
from generator.views.mentions import anchor_of

_TYPES: dict[str, str] = {
    "dossier": "Settings Edition Side",
    "positions": "Demand DemandStep Position Precondition",
    "who": "Actor Body StandingRecord Office Membership Members Relation Succession Designation Label Mandate Head "
           "Seat Absence",
    "texts": "Instrument Vote CastVote Signatory Provision ProvisionStep Deadline CountedFrom Lineage Basis",
    "events": "Event Meeting AgendaItem Outcome Involved Account",
    "sources": "Source",
}
_GROUP_OF = {type: group for group, types in _TYPES.items() for type in types.split()}

_UPKEEP = frozenset({"accept", "reviewed", "see", "sort"})
"""Fields that say nothing about the talks."""

_MOST_SOURCES = 4
_MOST_WORDS = 80
"""So many sources stand behind a change at most, and so many words of a text."""


def changes_in_words(changes: Changes) -> tuple[Change, ...]:
    """Every change, what a reader cares about most first; within that, in the order of briefs."""
    words = _PlainWords(changes)
    found = [change for brief in changes.briefs for change in _brief(words, brief)]
    found += [_page(words, page) for page in changes.pages]
    return tuple(sorted(found, key=lambda change: GROUPS.index(change.group)))


def _brief(words: _PlainWords, change: BriefChange) -> Iterator[Change]:
    if change.how in (CAME, WENT):
        how = ADDED if change.how == CAME else REMOVED
        group = _GROUP_OF.get(type(change.after or change.before).__name__, "wording")
        yield Change(group, how, change.id, "", words.title(change), words.brief(change), (), _sources(change, None))
        return
    if change.old_id or change.old_kind:
        old, new = (addresses.brief_address(kind, id) for kind, id in
                    ((change.old_kind or change.kind, change.old_id or change.id), (change.kind, change.id)))
        yield Change("wording", CHANGED, change.id, "", words.title(change), "",
                     (Edit("address", f"/{old}", f"/{new}"),))
    for record in change.records:
        yield from _record(words, change, record)


def _record(words: _PlainWords, brief: BriefChange, record: RecordChange) -> Iterator[Change]:
    group = _GROUP_OF.get(record.type, "wording")
    anchor = ""
    if record.how != REMOVED and brief.id != SETTINGS:
        anchor = anchor_of(words.changes.after.dossier, brief.id, record.path)
    title = words.title(brief)
    if record.fields:
        about = words.about(record) if record.path else ""
        for own, fields in _by_group(group, record):
            yield Change(own, CHANGED, brief.id, anchor, title, about, tuple(map(words.edit, fields)),
                         _sources(brief, record))
    else:
        yield Change(group, ADDED if record.how == CAME else REMOVED, brief.id, anchor, title, words.record(record), (),
                     _sources(brief, record))


def _by_group(group: str, record: RecordChange) -> Iterator[tuple[str, tuple[FieldChange, ...]]]:
    """A record's fields by what they are: facts, sources, wording."""
    found: dict[str, list[FieldChange]] = {}
    for field in record.fields:
        if field.name == "sources":
            own = "sources"
        elif field.name in _UPKEEP or not record.path and (is_worded(field.before, field.after)
                                                            or field.name == "notes"):
            own = "wording"
        else:
            own = group
        found.setdefault(own, []).append(field)
    yield from ((own, tuple(fields)) for own, fields in found.items())


def _sources(brief: BriefChange, record: RecordChange | None) -> tuple[str, ...]:
    """The sources behind a change: the statement's own, or the brief's where it names none."""
    owner = brief.after or brief.before
    if brief.id == SETTINGS and not (record and record.path and hasattr(record.record, "sources")):
        return ()  # they carry the situation, not what the dossier says of itself
    if isinstance(owner, Source):
        return (brief.id,)
    cited = getattr(record.record, "sources", ()) if record and record.path else ()
    return tuple(dict.fromkeys(str(citation.id) for citation in cited or getattr(owner, "sources", ())))[:_MOST_SOURCES]


def _page(words: _PlainWords, page: PageChange) -> Change:
    how = ADDED if page.how == CAME else REMOVED if page.how == WENT else CHANGED
    edits = []
    if page.old_title:
        edits.append(Edit("title", page.old_title, page.title))
    if how == CHANGED:
        edits.append(words.texts("text", page.before, page.after))
    return Change("wording", how, f"pages/{page.name}", "", page.title, "hand-written page", tuple(edits))


class _PlainWords(Words):
    """The comparison's words as plain text."""

    def __init__(self, changes: Changes) -> None:
        super().__init__(changes, Linker())
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES / "diff"), autoescape=False, trim_blocks=True, lstrip_blocks=True,
            undefined=jinja2.StrictUndefined, auto_reload=False,
            bytecode_cache=compiled_beside(TEMPLATES / "diff", "-plain"))
        environment.filters.update(
            plain=self.plain, publisher=self.publisher, said=self.said, unquoted=unquoted, running=running_name,
            code=str, model=lambda record: type(record).__name__)
        self._macros: Any = environment.get_template("words.md.j2").make_module({
            "list_change": self.list_change, "value_kind": value_kind, "line_of": str,
            "passages": lambda field: ()})

    def said(self, value: object) -> str:
        if isinstance(value, Citation):
            return self.publisher(value.id) + (f", {value.locator}" if value.locator else "")
        return str(value) if isinstance(value, Url) else str(super().said(value))

    def title(self, brief: BriefChange) -> str:
        return brief.name or str(self.changes.after.dossier.settings.title)

    def brief(self, change: BriefChange) -> str:
        """A brief that came or went: its kind, its date and its first sentence."""
        brief = change.brief
        head = self._macros.KINDS[change.kind][0]
        date = getattr(brief, "date", None)
        if date is not None:
            head += f", {date.readable()}"
        text = next((text for name in ("ask", "definition", "summary") if (text := getattr(brief, name, None))), "")
        publisher = f"{brief.publisher}" if isinstance(brief, Source) else ""
        return ". ".join([*(part for part in (head, publisher) if part), self.first_sentence(text)]).strip()

    def record(self, change: RecordChange) -> str:
        """A record that came or went: what it is, when, and what it says."""
        what = _line(self._macros.what(change, change.record))
        date = getattr(change.record, "date", None)
        own = _line(self._macros.own_words(change.record))
        if isinstance(change.record, Position):
            own = f"{change.record.stance}{self._macros.grounds(change.record)}. {own}".strip()
        return f"{what}{f' ({date.readable()})' if date else ''}{f': {own}' if own else ''}"

    def about(self, change: RecordChange) -> str:
        """A record whose fields differ: what it is and when."""
        date = getattr(change.before, "date", None)
        return _line(self._macros.what(change, change.before)) + (
            f" ({date.readable()})" if date and not change.of("date") else "")

    def edit(self, field: FieldChange) -> Edit:
        """A field that says something else."""
        name = _line(self._macros.field_name(field.name))
        kind = value_kind(field)
        if kind == "list":
            came, went, linked = self.list_change(field)
            now = [self._value(value) for value in came] + [_line(self._macros.linked(party)) for party in linked]
            return Edit(name, "; ".join(map(self._value, went)), "; ".join(now))
        if kind == "yes-no":
            return Edit(name, "yes" if field.before else "no", "yes" if field.after else "no")
        if kind == "text":
            return self.texts(name, str(field.before), str(field.after))
        return Edit(name, self._value(field.before) if kind != "came" else "",
                    self._value(field.after) if kind != "went" else "")

    def _value(self, value: object) -> str:
        return _line(self._macros.value(value))

    def texts(self, name: str, before: str, after: str) -> Edit:
        """The passages of a text that differ, as they were and as they are."""
        # A released text has its lines joined: with those of the present one joined too, sentences end alike.
        found = passages(normal_text(before), normal_text(after), self.sameness, self.name, self.name)
        sides = (" … ".join(_side(passage, kind) for passage in found) for kind in (OLD, NEW))
        return Edit(name, *(_cut(_CITED.sub(self._cited, side)) for side in sides))

    def _cited(self, match: re.Match[str]) -> str:
        """A citation in running text by the source's publisher."""
        publisher = self.publisher(match[1])
        return f"[{publisher}{match[2]}]" if publisher != match[1] else match[0]


_CITED = re.compile(r"\[([a-z0-9-]+)((?:, [^\[\]]*)?)\]")


def _side(passage: Passage, kind: str) -> str:
    other = NEW if kind == OLD else OLD
    return " ".join("…" if piece.kind == GAP else piece.text for piece in passage if piece.kind != other).strip()


def _cut(text: str) -> str:
    words = text.split()
    return " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")


def _line(text: object) -> str:
    return " ".join(str(text).split())
