"""The dossier: every brief, linked and dated, immutable."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.anchors import former_anchors, statement_anchors
from generator.dates import Edtf
from generator.diagnostics import Diagnostic
from generator.facts import Facts
from generator.linking import Link, PathIn, cited_in_texts, is_named, links_in
from generator.loaded_words import WordList
from generator.models import KINDS, Brief, Settings
from generator.models.base import Record, walk
from generator.models.fields import Party, Prose
from generator.read.content import Content, HandPage
from generator.read.one_file import Prints
from generator.read.origin import Origin
from generator.reads import Each, Memo, Noted, ReadWhole, note, unrecorded
from generator.releases.file import Releases
from generator.statements import Stated, stated_in
from generator.values import Value

SETTINGS = "dossier.yml"
"""How links that start in the dossier's own record name their origin."""


class Accepted(Value):
    """A warning that a record accepts, and its reason."""

    diagnostic: Diagnostic
    origin: str
    reason: str


class Dossier:
    """Briefs by id, in the order of kinds and then of ids; who links to whom; where everything was written."""

    releases: ReadWhole[Releases | None] = ReadWhole()
    """The releases so far; None where there is none yet."""
    accepted: ReadWhole[tuple[Accepted, ...]] = ReadWhole()
    """The warnings that records accept."""

    pages: ReadWhole[tuple[HandPage, ...]] = ReadWhole()
    """The hand-written pages, by name."""

    def __init__(self, content: Content, settings: Settings) -> None:
        order = {kind: number for number, kind in enumerate(KINDS)}
        self.folder: Path = content.folder
        self.settings = settings
        self.as_of: Edtf = settings.as_of
        self.briefs: dict[str, Brief] = {
            brief.id: brief for brief in sorted(content.briefs, key=lambda b: (order[b.kind], b.id))}
        self.ids: dict[str, str] = dict(content.ids)
        """Every id that has a file, with its kind, also where the brief itself could not be read."""
        self.hidden: bool = content.hidden
        """Whether there may be briefs that nobody could see."""
        self.misplaced: frozenset[str] = frozenset(content.misplaced - content.ids.keys())
        """Ids of files that do not count as they are, or that cannot be read."""
        self.pages = tuple(sorted(content.pages, key=lambda page: page.name))
        self.images: dict[str, Path] = dict(sorted(content.images.items()))
        self.releases = content.releases
        self.accepted = ()
        self._known_links, self._known_anchors = content.links, content.anchors
        self.known_prints: Mapping[str, Prints] = content.prints
        """The fingerprints of facts that were worked out when the files were read, by record."""
        self._all_links: Memo[str, tuple[Link, ...]] = Memo()
        self._origins = content.origins
        self._settings_origin = content.settings_origin
        self._memos: dict[str, Memo[Any, Any]] = {}

    def at(self, day: Edtf) -> Dossier:
        """The same dossier, seen from another day: its statuses, standings, positions and offices are those of then."""
        other = copy.copy(self)
        other.as_of = day
        return other

    def memo(self, name: str) -> Memo[Any, Any]:
        """What is worked out of the dossier by one rule, kept by a key. The dossier seen from other days shares it: where
        the day counts, it is a part of the key."""
        return self._memos.setdefault(name, Memo())

    @cached_property
    def rank(self) -> dict[str, int]:
        """The place of each brief in the order of briefs."""
        return {id: number for number, id in enumerate(self.briefs)}

    @property
    def complete(self) -> bool:
        """Whether every brief could be read. Where one could not, nobody knows what it links or cites."""
        return len(self.ids) == len(self.briefs) and not (self.hidden or self.misplaced)

    def of_kind(self, *kinds: str) -> Iterator[Brief]:
        return (brief for brief in self.briefs.values() if brief.kind in kinds)

    @cached_property
    def records(self) -> dict[str, Record]:
        """Every record that links can start from: the briefs and the dossier's own."""
        return {SETTINGS: self.settings, **self.briefs}

    def is_written(self, name: str) -> bool:
        """Whether a record was read from a file; the dossier's own may be a stand-in."""
        return name != SETTINGS or self._settings_origin is not None

    def party_name(self, party: Party) -> str:
        """What to call a party: its brief's name, an outsider's, or the id of a brief that could not be read."""
        if party.ref is None:
            return party.outside or ""
        brief = self.briefs.get(party.ref.id)
        return str(brief.name) if brief else party.ref.id

    def start(self, name: str) -> tuple[str, int]:
        """The file of a brief, a page or the dossier's own record, and the line at which it starts there."""
        note("#start", name)
        with unrecorded():
            origin = self.origin(name)
        return origin.file, origin.line

    def origin(self, name: str) -> Origin:
        """Where a brief (by id), a page (`pages/<name>`) or the dossier's own record was written."""
        note("#origin", name)
        if name == SETTINGS:
            assert self._settings_origin is not None
            return self._settings_origin
        if name.startswith("pages/"):
            return next(page.origin for page in self.pages if f"pages/{page.name}" == name)
        return self._origins[name]

    @cached_property
    def facts(self) -> Facts:
        """What every record says, apart from how it is typed."""
        with unrecorded():
            return Facts(self)

    @cached_property
    def renamed(self) -> dict[str, str]:
        """Ids that briefs had before, each with the id of today. Like the ids, they are no fact of a page's own."""
        with unrecorded():
            return {old: id for id, brief in self.briefs.items() for old in brief.formerly}

    @property
    def by_name(self) -> Mapping[str, str]:
        """Ids by name and alias, in small letters; a name that several briefs have is nobody's."""
        note("#by-name", "")
        return self._by_name

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        with unrecorded():
            for id, brief in self.briefs.items():
                for name in {word.casefold(): None for word in (brief.name, *brief.aliases)}:
                    found[name] = id if name not in found else ""
        return found

    @property
    def loaded_words(self) -> WordList:
        """The loaded words that the glossary lists."""
        note("#loaded-words", "")
        return self._loaded_words

    @cached_property
    def _loaded_words(self) -> WordList:
        with unrecorded():
            return WordList(self)

    @cached_property
    def anchors(self) -> Mapping[str, Mapping[PathIn, str]]:
        """For each brief the anchors of its statements, by their path."""
        with unrecorded():
            return Noted("#anchors", {
                id: known if (known := self._known_anchors.get(id)) is not None else statement_anchors(brief)
                for id, brief in self.briefs.items()})

    @cached_property
    def stated(self) -> Mapping[str, tuple[Stated, ...]]:
        """For each brief its statements with what each rests on."""
        return Each(self.briefs, lambda id: tuple(stated_in(self.briefs[id], self.cited_in[id])))

    @cached_property
    def cited_in(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """For each brief its own texts by field, each with the sources that it cites."""
        return Noted("#cited", {id: cited_in_texts(brief, self._links_from[id]) for id, brief in self.briefs.items()})

    @cached_property
    def former_anchors(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each brief the anchors that its statements had when the briefs they name had other ids."""
        with unrecorded():
            renamed = {brief.id: brief for brief in self.briefs.values() if brief.formerly}

        def of(id: str) -> dict[str, tuple[str, ...]]:
            named = {link.target for link in self.links_from[id]} & renamed.keys()
            return former_anchors(self.briefs[id], [renamed[target] for target in sorted(named)])

        return Each(self.briefs if renamed else {}, of)

    @property
    def links(self) -> tuple[Link, ...]:
        """Every reference and citation of the dossier, in the order of briefs and fields."""
        return self._all_links.get("", lambda: tuple(link for links in self.links_from.values() for link in links))

    @cached_property
    def links_from(self) -> Mapping[str, tuple[Link, ...]]:
        """The references and citations of each record, and of each page (`pages/<name>`), in the order of fields."""
        return Noted("#links", self._links_from)

    @cached_property
    def _links_from(self) -> dict[str, tuple[Link, ...]]:
        found: dict[str, tuple[Link, ...]] = {}
        with unrecorded():
            for name, record in self.records.items():
                known = self._known_links.get(name)
                found[name] = known if known is not None else tuple(
                    link for path, value in walk(record) for link in links_in(name, path, value))
            for page in self.pages:
                name = f"pages/{page.name}"
                found[name] = page.links if page.links is not None else tuple(links_in(name, (), Prose(page.body)))
        return found

    @cached_property
    def inbound(self) -> Mapping[str, tuple[Link, ...]]:
        """For each brief the links that lead to it from elsewhere, in order. Who shows the words around them asks here."""
        return Noted("#inbound", self._leading)

    @cached_property
    def leading(self) -> Mapping[str, tuple[Link, ...]]:
        """The same for who only counts them, or asks from which briefs and fields they come."""
        return Noted("#leading", self._leading)

    @cached_property
    def _leading(self) -> dict[str, tuple[Link, ...]]:
        lists: dict[str, list[Link]] = {id: [] for id in self.briefs}
        for links in self._links_from.values():
            for link in links:
                if link.target in lists and link.target != link.origin:
                    lists[link.target].append(link)
        return {id: tuple(links) for id, links in lists.items()}

    @cached_property
    def named_by(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For each brief who names it in which field, such as `("toll-freeze", "positions")`, each once and in order."""
        with unrecorded():
            return Noted("#named-by", {id: tuple({(link.origin, str(link.path[0])): None for link in links if is_named(link)})
                                       for id, links in self._leading.items()})

    @cached_property
    def times_cited(self) -> Mapping[str, int]:
        """For each brief how many places cite it."""
        with unrecorded():
            return Noted("#times-cited", {id: sum(link.cites for link in links) for id, links in self._leading.items()})
