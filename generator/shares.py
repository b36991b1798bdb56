"""What one brief gives to pages that show many: made brief by brief, so that a build makes anew only what the briefs that
changed give, and takes over the rest.

A share is plain text, as bytes. Who reads one notes its name and the brief's id as a fact (`generator.reads`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from struct import Struct

from jinja2.environment import TemplateModule

from generator import prose
from generator.as_of import matters as m
from generator.as_of.answers import turning_days
from generator.as_of.day import sort_key
from generator.as_of.matters import Matter
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Demand, Event
from generator.models.actor import ActorLike
from generator.rendering import Once, Renderer
from generator.search.entries import EntryMaker
from generator.values import as_json
from generator.views.balance import counts
from generator.views.edition_pages import WORDS, Given, Listed, Look
from generator.views.editions import BriefThen, Editions
from generator.views.gaps import thin

SHARES = BALANCE, EDITIONS, GAPS, SEARCH = "#balance", "#editions", "#gaps", "#search"
"""What a brief gives to the balance (`Counts`), to the pages of the editions (`Given`), to that of gaps (`Thin`), and to the
search (`Entry`), each as JSON."""


_LENGTHS = Struct(f"<{len(SHARES)}I")


def joined(shares: Iterable[bytes]) -> bytes:
    """The shares of a brief, in the order of `SHARES`, as one value: they are made from much the same."""
    found = list(shares)
    return b"".join([_LENGTHS.pack(*map(len, found)), *found])


def parted(value: bytes) -> dict[str, bytes]:
    """The shares of a brief, by name."""
    at = _LENGTHS.size
    found = {}
    for name, length in zip(SHARES, _LENGTHS.unpack_from(value), strict=True):
        found[name] = value[at:at + length]
        at += length
    return found


class ShareMaker:
    """Makes the shares of one dossier's briefs."""

    def __init__(self, dossier: Dossier, renderer: Renderer, editions: Editions) -> None:
        self.dossier = dossier
        self.editions = editions
        self._renderer = renderer
        self._entries = EntryMaker(dossier)
        self._once = Once()
        self.make: Mapping[str, Callable[[str], bytes]] = {
            BALANCE: lambda id: as_json(counts(dossier, dossier.briefs[id])), EDITIONS: self._of_editions,
            GAPS: lambda id: as_json(thin(dossier, dossier.briefs[id])), SEARCH: self._of_search}
        """How the share of a brief is made, by its id."""

    def _of_search(self, id: str) -> bytes:
        return as_json(self._entries.of_brief(self.dossier.briefs[id]))

    # --- the editions --------------------------------------------------------------------

    def _of_editions(self, id: str) -> bytes:
        if id not in self.editions.anchors:
            return b""
        try:
            return as_json(self._given(id))
        finally:
            self._once.forget()  # nothing in it is another brief's

    @cached_property
    def _lay_out(self) -> TemplateModule:
        return self._renderer.macros("parts/edition-entries.md.j2", once=self._once)

    def _given(self, id: str) -> Given:
        book, days, course = self.editions, self.editions.days, self.editions.course(id)
        entries = book.then(id)
        looks: list[Look] = []
        at: list[int] = []
        for number, entry in enumerate(entries):
            same = next((earlier for earlier in range(number) if entries[earlier] is entry), None)
            if entry is None or same is not None:
                at.append(-1 if entry is None else at[same])  # type: ignore[index]
            else:
                at.append(len(looks))
                looks.append(self._look(entry, days[number].date))
        changes = [[_listed(change.matter, self._lay_out.change_then(change, day.date))
                    for change in changed if not change.matter.mirrored]
                   for day, changed in zip(days, course.changes, strict=True)]
        over_time = [_listed(matter, self._lay_out.over_time(matter, answers, book.anchors[id]))
                     for matter, answers in book.over_time(id)]
        turns = turning_days(course.matters, self.dossier.settings.as_of)
        return Given(looks, at, changes, over_time, [str(turn) for turn in turns])

    def _look(self, entry: BriefThen, day: Edtf) -> Look:
        lay_out, brief = self._lay_out, entry.brief
        words = ""
        if isinstance(brief, Demand):
            html = lay_out.demand_then(entry, day)
        elif isinstance(brief, Event):
            html = lay_out.event_then(entry, WORDS, day)
            words = self._renderer.inline(next(iter(prose.sentences(brief.summary)), "")) if brief.summary else ""
        else:
            html = lay_out.entry_then(entry, _SAID_AT_ITS_NAME[brief.kind], day)
        standing = entry.line(m.STANDING.word) if isinstance(brief, ActorLike) else None
        standings = [(record.words, str(lay_out.standing_then(entry, record, certain, day)))
                     for record, certain in (standing.answer.told if standing else ())]
        cells = {line.matter.about: str(lay_out.cell_then(line, day)) for line in entry.lines
                 if line.matter.name is m.POSITION} if getattr(brief, "main", False) else {}
        late = [str(self._once(lay_out.late_then, late, day)) for late in entry.late]
        return Look(html, words, entry.fingerprint, standings, cells, late, entry.statements, entry.undated)


_SAID_AT_ITS_NAME = {"instrument": ("adopted",), "actor": ("existence",), "body": ("existence",), "meeting": ("meeting",)}
"""The lines of an entry that stand beside its brief's name, by kind."""


def _listed(matter: Matter, text: str) -> Listed:
    return matter.name.word, list(sort_key(matter.entries[0].date)), text
