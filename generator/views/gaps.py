"""Where the dossier is thin: what rests on little, what is missing, and where each can be mended."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice

from generator import addresses, prose
from generator.dates import Edtf
from generator.dossier import SETTINGS, Dossier
from generator.linking import value_at
from generator.models import Brief, Event, Instrument, Meeting, Source
from generator.models.actor import ActorLike, Label
from generator.models.base import Account, Record
from generator.models.demand import DemandStep, Position
from generator.models.fields import Party
from generator.models.un_process import Mandate, Outcome, ProvisionStep, Signatory
from generator.models.vocabulary import PositionBasis
from generator.statements import PathIn, Stated, date_of, so_far_in
from generator.values import Value, from_json
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


_TEXTS = ("summary", "definition", "part", "notes")
"""A brief's own texts, in which sources can be cited."""


class Entry(Value):
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


class Gap(Value):
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


class Foundation(Value):
    """How well the dossier is founded on its day, in numbers."""

    statements: int
    single: int
    unverified: int
    positions: int
    inferred: int


class Gaps(Value):
    foundation: Foundation
    found: tuple[Gap, ...]
    none: tuple[str, ...]
    """The kinds that were looked for and of which there is nothing."""
    reviews: bool
    """Whether the dossier says after how long a brief is stale; where it does not, nobody can be late."""


class Thin(Value, array_like=True):
    """What one brief gives to the page: where it is thin, by the paths of the statements, and what is counted.

    Of what came after the dossier's day nothing is told. Told are paths and no words, so that a change of words alone
    leaves it as it was.
    """

    statements: int = 0
    positions: int = 0
    single: list[PathIn] = []
    unverified: list[PathIn] = []
    inferred: list[PathIn] = []
    rough: list[PathIn] = []
    heard: list[str] = []
    """Those whom its statements quote."""
    texts: int = 0
    """How many texts of its own it has, in which sources can be cited."""
    uncited: list[str] = []
    """Those that cite none, by their fields."""
    unarchived: bool = False
    homeless: bool = False
    """Whether a source has neither an address nor an archived copy."""
    stale: bool = False
    unreviewed: bool = False


def thin(dossier: Dossier, brief: Brief) -> Thin:
    """Where one brief is thin."""
    if isinstance(brief, Source):
        bare = not brief.archived
        return Thin(unarchived=bool(brief.url) and bare, homeless=not brief.url and bare)
    stated = list(so_far_in(dossier, brief))
    heard = {party.key: None for one in stated if getattr(one.record, "words", None)
             for party in said_by(one.record) if party.ref}
    texts = {name: cited for name, cited in dossier.cited_in[brief.id].items() if name in _TEXTS}
    rough = [one.path for one in stated if _is_rough(one)]
    if isinstance(brief, Instrument) and not brief.date.is_later(dossier.as_of) and is_rough(brief.date, True):
        rough.append(())
    return Thin(
        len(stated), sum(isinstance(one.record, Position) for one in stated),
        [one.path for one in stated if one.single], [one.path for one in stated if one.unverified],
        [one.path for one in stated if _is_inferred(one)], rough, list(heard),
        len(texts), [name for name in _TEXTS if name in texts and not texts[name]],
        stale=is_stale(dossier, brief), unreviewed=brief.reviewed is None)


def foundation(dossier: Dossier, shares: Mapping[str, bytes] | None = None) -> Foundation:
    """The numbers for the state of play, of what stands by the dossier's day. `shares` as for `gaps`."""
    return _founded(_given(dossier, shares).values())


def _given(dossier: Dossier, shares: Mapping[str, bytes] | None) -> dict[str, Thin]:
    return {id: from_json(Thin, shares[id]) if shares is not None else thin(dossier, brief)
            for id, brief in dossier.briefs.items()}


def _founded(given: Collection[Thin]) -> Foundation:
    return Foundation(sum(t.statements for t in given), sum(len(t.single) for t in given),
                      sum(len(t.unverified) for t in given), sum(t.positions for t in given),
                      sum(len(t.inferred) for t in given))


def gaps(dossier: Dossier, shares: Mapping[str, bytes] | None = None) -> Gaps:
    """Every kind of gap, in the order in which a reader should know of them. `shares` are those of the briefs (`Thin`),
    as JSON, where they are known."""
    finder = _Finder(dossier, shares)
    total = _founded(finder.thin.values())
    found = [
        finder.of_statements("single", lambda t: t.single, total.statements),
        finder.of_statements("unverified", lambda t: t.unverified, total.statements),
        finder.of_statements("inferred", lambda t: t.inferred, total.positions),
        finder.empty_cells(),
        finder.without_words(),
        finder.rough_dates(),
        finder.uncited_texts(),
        finder.unarchived(),
        finder.of_briefs("stale", lambda t: t.stale),
        finder.of_briefs("unreviewed", lambda t: t.unreviewed and finder.reviews),
        finder.accepted(),
    ]
    return Gaps(total, tuple(gap for gap in found if gap.count),
                tuple(gap.kind for gap in found if not gap.count and (
                    finder.reviews or gap.kind not in ("stale", "unreviewed"))), finder.reviews)


class _Finder:
    def __init__(self, dossier: Dossier, shares: Mapping[str, bytes] | None) -> None:
        self.dossier = dossier
        self.reviews = dossier.settings.stale_after is not None
        self.base = dossier.start(SETTINGS)[0].removesuffix(SETTINGS)
        self.thin = _given(dossier, shares)
        # Main briefs first, then the order of kinds and ids.
        self.ranked = sorted((brief for brief in dossier.briefs.values() if not isinstance(brief, Source)),
                             key=lambda brief: not getattr(brief, "main", False))

    def sum(self, count: Callable[[Thin], int]) -> int:
        return sum(map(count, self.thin.values()))

    def at(self, origin: str, path: PathIn = ()) -> str:
        """The file and line of a value."""
        if not path:
            file, line = self.dossier.start(origin)
        else:
            place = self.dossier.origin(origin)
            file, line = place.file, place.place(path)[0]
        return f"{file.removeprefix(self.base)}:{line}"

    def entry(self, brief: Brief, path: PathIn = (), record: Record | None = None, **more: object) -> Entry:
        return Entry(self.at(brief.id, path), brief, self.anchor(brief, path), record, **more)  # type: ignore[arg-type]

    def anchor(self, brief: Brief, path: PathIn) -> str:
        """The anchor of a statement, of what it stands in, or of its section; empty for the page."""
        own = anchor_of(self.dossier, brief.id, path)
        if own or not path or path[0] not in _HEADED or brief.kind == "term":
            return own
        return addresses.section_anchor(str(path[0]), self.dossier.anchors[brief.id].values())

    # --- statements ----------------------------------------------------------------------

    def _first(self, paths: Callable[[Thin], list[PathIn]]) -> Iterator[tuple[Brief, PathIn, Record | None]]:
        """The first statements of a kind, as many as are listed; without a record where it is the brief's own text."""
        all_paths = ((brief, path) for brief in self.ranked for path in paths(self.thin[brief.id]))
        for brief, path in islice(all_paths, AT_MOST):
            yield brief, path, value_at(brief, path) if path else None

    def of_statements(self, kind: str, paths: Callable[[Thin], list[PathIn]], of: int) -> Gap:
        return Gap(kind, self.sum(lambda t: len(paths(t))), of, tuple(
            self.entry(brief, path, record, date=date_of(brief, record)) for brief, path, record in self._first(paths)))

    def rough_dates(self) -> Gap:
        """Dates known only roughly, of statements and of whatever happened at some time."""
        entries = []
        for brief, path, record in self._first(lambda t: t.rough):
            date = _own_date(brief, record)
            entries.append(self.entry(brief, (*path, "date") if date else path, record, date=date))
        return Gap("rough", self.sum(lambda t: len(t.rough)), 0, tuple(entries))

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
        heard = {id for one in self.thin.values() for id in one.heard}
        heard |= {str(getattr(b, "speaks_for", "") or "") for b in self.dossier.of_kind("actor") if b.id in heard}
        mute = sorted((actor for actor in main if actor.id not in heard), key=name_key)
        return Gap("mute", len(mute), len(main), tuple(self.entry(actor) for actor in mute[:AT_MOST]))

    # --- briefs, texts and sources -------------------------------------------------------

    def of_briefs(self, kind: str, is_thin: Callable[[Thin], bool]) -> Gap:
        found = [brief for brief in self.ranked if is_thin(self.thin[brief.id])]
        return Gap(kind, len(found), len(self.ranked),
                   tuple(self.entry(brief, date=brief.reviewed) for brief in found[:AT_MOST]))

    def uncited_texts(self) -> Gap:
        """Texts of briefs, and sections of hand-written pages, in which no source is cited."""
        sections = [(page, *section) for page in self.dossier.pages for section in _sections(page.body)]
        bare = [(page, heading, line) for page, heading, text, line in sections if not prose.cites(text)]
        fields = ((brief, name) for brief in self.ranked for name in self.thin[brief.id].uncited)
        entries = [self.entry(brief, (name,), words=name) for brief, name in islice(fields, AT_MOST)]
        for page, heading, line in bare[:AT_MOST - len(entries)]:
            entries.append(Entry(f"{page.origin.file.removeprefix(self.base)}:{line}", words=heading or page.title,
                                 href=addresses.ROOT + addresses.page_address(page.name)))
        return Gap("uncited", self.sum(lambda t: len(t.uncited)) + len(bare), self.sum(lambda t: t.texts) + len(sections),
                   tuple(entries))

    def unarchived(self) -> Gap:
        sources = list(self.dossier.of_kind("source"))
        bare = [source for source in sources if self.thin[source.id].unarchived]
        cited = {source.id: self.dossier.times_cited[source.id] for source in bare}
        bare.sort(key=lambda source: -cited[source.id])
        return Gap("unarchived", len(bare), len(sources), tuple(
            self.entry(source, ("url",), words=str(cited[source.id])) for source in bare[:AT_MOST]),
            self.sum(lambda t: t.homeless))

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


def _is_rough(one: Stated) -> bool:
    """Whether the date of a statement, or of what happened at some time, is known only roughly."""
    record = None if one.record is one.brief else one.record
    date = _own_date(one.brief, record)
    if date is None:
        return isinstance(record, _NEVER_UNDATED)
    return is_rough(date, isinstance(record or one.brief, (*_ON_A_DAY, Event, Meeting)))


def _own_date(brief: Brief, record: Record | None) -> Edtf | None:
    """The date of a statement, or of what a brief is about."""
    return getattr(brief, "date", None) if record is None else date_of(brief, record)


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
