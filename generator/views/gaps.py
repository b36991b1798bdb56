"""Where the dossier is thin: what rests on little, what is missing, and where each can be mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator import addresses, prose
from generator.dates import Edtf
from generator.dossier import SETTINGS, Dossier
from generator.models import Brief, Event, Instrument, Meeting, Source
from generator.models.actor import ActorLike, Label
from generator.models.base import Account, Record
from generator.models.demand import DemandStep, Position
from generator.models.fields import Party
from generator.models.un_process import Mandate, Outcome, ProvisionStep, Signatory
from generator.models.vocabulary import PositionBasis
from generator.statements import PathIn, Stated, so_far
from generator.views.balance import said_by
from generator.views.briefs import is_stale
from generator.views.indexes import name_key
from generator.views.mentions import anchor_of
from generator.views.positions import MatrixRow, positions

AT_MOST = 200
"""So many entries of one kind are listed; the count says how many there are."""

OPEN_AT_MOST = 12
"""A list of more entries than this is folded."""

_ON_A_DAY = (Position, DemandStep, ProvisionStep, Mandate, Signatory, Outcome, Account, Label)
"""Records of what happened or was said on some day, so that a month is a rough date for them."""

_NEVER_UNDATED = (Position, DemandStep, ProvisionStep)
"""Records whose place in time matters, so that no date at all is a gap."""

_HEADED = frozenset({"offices", "heads", "seats", "absent", "agenda", "basis", "positions", "history", "signatories",
                     "deadlines", "provisions", "lineage", "notes", "part"})
"""Fields under a heading of their own, for statements without an anchor."""


@dataclass(frozen=True)
class Entry:
    """One gap: the page and place where it shows, and the file and line where it is mended."""

    at: str
    """File and line, such as `actors/calder.yml:12`; the file is relative to the content folder."""
    brief: Brief | None = None
    anchor: str = ""
    record: Record | None = None
    """The statement; None where the gap is one of the brief as a whole."""
    date: Edtf | None = None
    words: str = ""
    """What else is to be said: a field, a reason, a page's title."""
    href: str = ""
    """The address, from the site's root marker on, where the gap stands on no brief's page."""
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Gap:
    """All gaps of one kind. `kind` names it for the template, which words it."""

    kind: str
    count: int
    of: int
    """Out of how many; 0 where that says nothing."""
    entries: tuple[Entry, ...]
    """At most AT_MOST of them, those of main briefs first."""
    beside: int = 0
    """How many more there are of a neighbouring kind that is told in the words."""

    @property
    def open(self) -> bool:
        return len(self.entries) <= OPEN_AT_MOST


@dataclass(frozen=True)
class Foundation:
    """How well the dossier is founded on its day, in numbers."""

    statements: int
    single: int
    unverified: int
    positions: int
    inferred: int


@dataclass(frozen=True)
class Gaps:
    foundation: Foundation
    found: tuple[Gap, ...]
    none: tuple[str, ...]
    """The kinds that were looked for and of which there is nothing."""
    reviews: bool
    """Whether the dossier says after how long a brief is stale; where it does not, nobody can be late."""


def foundation(dossier: Dossier) -> Foundation:
    """The numbers for the state of play, of what stands by the dossier's day."""
    statements = single = unverified = held = inferred = 0
    for stated in so_far(dossier):
        statements += 1
        single += stated.single
        unverified += stated.unverified
        if isinstance(stated.record, Position):
            held += 1
            inferred += stated.record.basis == PositionBasis.INFERRED
    return Foundation(statements, single, unverified, held, inferred)


def gaps(dossier: Dossier) -> Gaps:
    """Every kind of gap, in the order in which a reader should know of them."""
    finder = _Finder(dossier)
    stated = finder.statements
    all_positions = sum(isinstance(one.record, Position) for one in stated)
    found = [
        finder.of_statements("single", lambda one: one.single, len(stated)),
        finder.of_statements("unverified", lambda one: one.unverified, len(stated)),
        finder.of_statements("inferred", _is_inferred, all_positions),
        finder.empty_cells(),
        finder.without_words(),
        finder.rough_dates(),
        finder.uncited_texts(),
        finder.unarchived(),
        finder.of_briefs("stale", lambda brief: is_stale(dossier, brief)),
        finder.of_briefs("unreviewed", lambda brief: brief.reviewed is None and finder.reviews),
        finder.accepted(),
    ]
    return Gaps(foundation(dossier), tuple(gap for gap in found if gap.count),
                tuple(gap.kind for gap in found if not gap.count and (
                    finder.reviews or gap.kind not in ("stale", "unreviewed"))), finder.reviews)


class _Finder:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.reviews = dossier.settings.stale_after is not None
        self.base = dossier.origin(SETTINGS).file.removesuffix(SETTINGS)
        self.order = {id: number for number, id in enumerate(dossier.briefs)}
        self.statements = sorted(so_far(dossier), key=lambda one: self._rank(one.brief))

    def _rank(self, brief: Brief) -> tuple[bool, int]:
        """Main briefs first, then the order of kinds and ids."""
        return not getattr(brief, "main", False), self.order[brief.id]

    def at(self, origin: str, path: PathIn = ()) -> str:
        """The file and line of a value."""
        place = self.dossier.origin(origin)
        return f"{place.file.removeprefix(self.base)}:{place.place(path)[0]}"

    def entry(self, brief: Brief, path: PathIn = (), record: Record | None = None, **more: object) -> Entry:
        return Entry(self.at(brief.id, path), brief, self.anchor(brief, path), record, **more)  # type: ignore[arg-type]

    def anchor(self, brief: Brief, path: PathIn) -> str:
        """The anchor of a statement, of what it stands in, or of its section; empty for the page."""
        own = anchor_of(self.dossier, brief.id, path)
        if own or not path or path[0] not in _HEADED or brief.kind == "term":
            return own
        return addresses.section_anchor(str(path[0]), self.dossier.anchors[brief.id].values())

    # --- statements ----------------------------------------------------------------------

    def of_statements(self, kind: str, thin: Callable[[Stated], bool], of: int) -> Gap:
        found = [one for one in self.statements if thin(one)]
        return Gap(kind, len(found), of, tuple(
            self.entry(one.brief, one.path, one.record if one.path else None, date=one.date)
            for one in found[:AT_MOST]))

    def rough_dates(self) -> Gap:
        """Dates known only roughly, of statements and of whatever happened at some time."""
        found: list[tuple[Brief, PathIn, Record | None, Edtf | None]] = []
        for one in self.statements:
            record = None if one.record is one.brief else one.record
            date = one.date if record is not None else getattr(one.brief, "date", None)
            day_expected = isinstance(record or one.brief, (*_ON_A_DAY, Event, Meeting))
            if is_rough(date, day_expected) or (date is None and isinstance(record, _NEVER_UNDATED)):
                found.append((one.brief, one.path, record, date))
        texts = [text for text in self.dossier.of_kind("instrument") if isinstance(text, Instrument)
                 and not text.date.is_later(self.dossier.as_of) and is_rough(text.date, True)]
        found += [(text, (), None, text.date) for text in texts]
        found.sort(key=lambda entry: self._rank(entry[0]))
        return Gap("rough", len(found), 0, tuple(
            self.entry(brief, (*path, "date") if date else path, record, date=date)
            for brief, path, record, date in found[:AT_MOST]))

    # --- positions -----------------------------------------------------------------------

    def empty_cells(self) -> Gap:
        """Main actors without a recorded position on main demands: an entry for each demand."""
        part = positions(self.dossier).main
        entries, count = [], 0
        for row in part.rows:
            silent = tuple(_silent(row, part.columns))
            count += len(silent)
            if silent:
                path = ("positions",) if row.demand.positions else ()
                entries.append(self.entry(row.demand, path, parties=silent))
        none_found = sum(cell is not None and cell.now is not None and cell.now.record.basis == PositionBasis.NONE_FOUND
                         for row in part.rows for cell in row.cells)
        return Gap("cells", count, len(part.rows) * len(part.columns), tuple(entries[:AT_MOST]), none_found)

    def without_words(self) -> Gap:
        """Main actors of whom nothing is quoted, neither by themselves nor by whoever speaks for them."""
        main = [b for b in self.dossier.of_kind("actor", "body") if isinstance(b, ActorLike) and b.main]
        heard = {party.key for one in self.statements if getattr(one.record, "words", None)
                 for party in said_by(one.record) if party.ref}
        heard |= {str(getattr(b, "speaks_for", "") or "") for b in self.dossier.of_kind("actor") if b.id in heard}
        mute = sorted((actor for actor in main if actor.id not in heard), key=name_key)
        return Gap("mute", len(mute), len(main), tuple(self.entry(actor) for actor in mute[:AT_MOST]))

    # --- briefs, texts and sources -------------------------------------------------------

    def of_briefs(self, kind: str, thin: Callable[[Brief], bool]) -> Gap:
        briefs = [brief for brief in self.dossier.briefs.values() if not isinstance(brief, Source)]
        found = sorted(filter(thin, briefs), key=self._rank)
        return Gap(kind, len(found), len(briefs),
                   tuple(self.entry(brief, date=brief.reviewed) for brief in found[:AT_MOST]))

    def uncited_texts(self) -> Gap:
        """Texts of briefs, and sections of hand-written pages, in which no source is cited."""
        found: list[Callable[[], Entry]] = []
        of = 0
        for brief in sorted(self.dossier.briefs.values(), key=self._rank):
            texts = self.dossier.cited_in[brief.id] if not isinstance(brief, Source) else {}
            for name in ("summary", "definition", "part", "notes"):
                of += name in texts
                if name in texts and not texts[name]:
                    found.append(lambda brief=brief, name=name: self.entry(brief, (name,), words=name))  # type: ignore[misc]
        for page in self.dossier.pages:
            origin = page.origin
            for heading, text, line in _sections(page.body):
                of += 1
                if not prose.cites(text):
                    entry = Entry(f"{origin.file.removeprefix(self.base)}:{line}", words=heading or page.title,
                                  href=addresses.ROOT + addresses.page_address(page.name))
                    found.append(lambda entry=entry: entry)  # type: ignore[misc]
        return Gap("uncited", len(found), of, tuple(make() for make in found[:AT_MOST]))

    def unarchived(self) -> Gap:
        sources = [brief for brief in self.dossier.of_kind("source") if isinstance(brief, Source)]
        bare = [source for source in sources if source.url and not source.archived]
        cited = {source.id: self.dossier.times_cited[source.id] for source in bare}
        bare.sort(key=lambda source: -cited[source.id])
        homeless = sum(not source.url and not source.archived for source in sources)
        return Gap("unarchived", len(bare), len(sources), tuple(
            self.entry(source, ("url",), words=str(cited[source.id])) for source in bare[:AT_MOST]), homeless)

    def accepted(self) -> Gap:
        accepted = self.dossier.accepted
        return Gap("accepted", len(accepted), 0, tuple(
            Entry(f"{one.diagnostic.file.removeprefix(self.base)}:{one.diagnostic.line}",
                  self.dossier.briefs.get(one.origin), words=f"{one.diagnostic.message}. Accepted because: {one.reason}")
            for one in accepted[:AT_MOST]))


def is_rough(date: Edtf | None, day_expected: bool) -> bool:
    """Whether a date is known only roughly: qualified, partly hidden, or coarser than a day where a day is expected."""
    if date is None:
        return False
    coarse = day_expected and date.precision != "day"
    return coarse or date.is_approximate or date.is_uncertain or "X" in str(date)


def _is_inferred(one: Stated) -> bool:
    return isinstance(one.record, Position) and one.record.basis == PositionBasis.INFERRED


def _silent(row: MatrixRow, columns: Iterable[Party]) -> Iterator[Party]:
    for column, cell in zip(columns, row.cells, strict=True):
        if cell is None or cell.now is None:
            yield column


_HEADING = re.compile(r"^#{2,4}[ \t]+(.+?)[ \t#]*$")


def _sections(body: str) -> Iterator[tuple[str, str, int]]:
    """The sections of a hand-written page that hold any text, each with its heading and the line it starts on.

    A page's body has as many lines before it as its file has, so that lines count as in the file.
    """
    heading, text, start = "", list[str](), 1
    for number, line in enumerate([*body.split("\n"), "## end"], 1):
        match = _HEADING.match(line)
        if match is None:
            text.append(line)
            continue
        if any(part.strip() for part in text):
            yield heading, "\n".join(text), start
        heading, text, start = match[1], [], number
