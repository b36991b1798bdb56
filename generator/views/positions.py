"""Who stands where: the matrix of actors by demands and its further parts, and the comparison of actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from msgspec.structs import replace

from generator.addresses import anchor_text
from generator.as_of.day import Item
from generator.dossier import Dossier
from generator.models import Brief, Demand
from generator.models.actor import ActorLike
from generator.models.demand import Position
from generator.models.fields import Party
from generator.models.vocabulary import Stance
from generator.values import Value
from generator.views.briefs import positions_by_actor, stance_word
from generator.views.indexes import name_key
from generator.views.trajectories import STANCE_WORDS

B = TypeVar("B", bound=Brief)

MOST_CELLS = 500
"""What one page of positions holds at most: some ten screens to look through, and about 25 kB compressed.
The matrix of the main actors and demands is never torn apart, whatever its size."""

_WORTH_A_MATRIX = 1 / 3
"""Below this share of filled cells a part is a list: a matrix of dashes says less than its few positions."""

_BUSIEST_ACTORS, _BUSIEST_DEMANDS = 9, 15
"""How many stand in for the main ones in a dossier that marks none."""


# --- the matrix ------------------------------------------------------------------------------


class Cell(Value):
    """An actor's position on a demand on the dossier's day, and the last of those that came later."""

    actor: Party
    now: Item[Position] | None
    later: Item[Position] | None
    order: tuple[str, str]
    """How the actor sorts in a list of names."""
    others: tuple[Item[Position], ...] = ()
    """Positions of the same date as `now` with another stance."""

    @property
    def held(self) -> tuple[Item[Position], ...]:
        """The positions of the day side by side, in the order of the file."""
        return (*self.others, self.now) if self.now else ()

    @property
    def word(self) -> str:
        """The stance that the actor is counted under on the day; empty without one."""
        return stance_word(self.now, self.others) if self.now else ""


class MatrixRow(Value):
    """A demand in a part: a cell for each column, and the actors who have no column."""

    demand: Demand
    cells: tuple[Cell | None, ...]
    others: tuple[Cell, ...]

    @property
    def size(self) -> int:
        return len(self.cells) + max(len(self.others), 1)


class Group(Value):
    """The rows of one category."""

    category: str
    rows: tuple[MatrixRow, ...]


class Part(Value):
    """A part of the positions: a matrix where it has columns, and below it those who have no column of their own."""

    key: str
    """`main`, `other-actors`, or the category as an anchor: the part's anchor or its address."""
    category: str
    """The category of a part of further demands; empty for the other parts."""
    columns: tuple[Party, ...]
    rows: tuple[MatrixRow, ...]
    number: int = 1
    pages: int = 1

    @property
    def groups(self) -> tuple[Group, ...]:
        """The rows by category."""
        groups: dict[str, list[MatrixRow]] = {}
        for row in self.rows:
            groups.setdefault(str(row.demand.category), []).append(row)
        return tuple(Group(category, tuple(rows)) for category, rows in groups.items())

    @property
    def listed(self) -> tuple[MatrixRow, ...]:
        """The rows with positions of actors who have no column."""
        return tuple(row for row in self.rows if row.others)

    @property
    def silent(self) -> tuple[Demand, ...]:
        """The demands of a part without columns on which nobody's position is recorded."""
        return () if self.columns else tuple(row.demand for row in self.rows if not row.others)

    @property
    def size(self) -> int:
        return sum(row.size for row in self.rows)

    @property
    def lone_actors(self) -> tuple[Party, ...]:
        """The actors who have lines and no column, each once, by name."""
        return _by_name(cell for row in self.rows for cell in row.others)

    @property
    def categories(self) -> tuple[str, ...]:
        return tuple(sorted({str(row.demand.category) for row in self.rows}))


class Matrix(Value):
    """The positions as of the dossier's day: main actors by main demands, and the rest in parts."""

    main: Part
    main_actors: bool
    """Whether actors are marked as main; where none is, those with most positions stand in."""
    main_demands: bool
    parts: tuple[Part, ...]
    apart: bool
    """Whether the further parts are pages of their own; they are sections of the same page while all is small."""

    @property
    def empty(self) -> bool:
        return not self.main.rows and not self.parts

    @property
    def shown(self) -> tuple[Part, ...]:
        """What the first page shows."""
        return (self.main,) if self.apart else (self.main, *self.parts)

    @property
    def lone_actors(self) -> tuple[Party, ...]:
        """The actors on the first page who have no column there, by name."""
        return _by_name(cell for part in self.shown for row in part.rows for cell in row.others
                        if cell.actor not in self.main.columns)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories on the first page."""
        return tuple(sorted({category for part in self.shown for category in part.categories}))

    @property
    def outcomes(self) -> str:
        """The rule of agreement, for the filter's script."""
        return agreement_table()

    def demands_in(self, part: Part) -> int:
        """The number of demands in all pages of a part."""
        return sum(len(page.rows) for page in self.parts if page.key == part.key)

    @property
    def first_pages(self) -> tuple[Part, ...]:
        """The first page of every further part, to lead to it."""
        return tuple(part for part in self.parts if part.number == 1)


class PartPage(Value):
    """A further part on a page of its own, with the way to the others."""

    part: Part
    matrix: Matrix


def positions(dossier: Dossier) -> Matrix:
    """Main actors by main demands; then what others hold on those; then the further demands by category."""
    return dossier.memo("positions").get(dossier.as_of, lambda: _matrix(dossier))


def _matrix(dossier: Dossier) -> Matrix:
    held = _held(dossier)
    demands = _demands(dossier)
    main_actors, marked_actors = _main_actors(dossier)
    main_demands, marked_demands = _main_demands(dossier)
    columns = tuple(Party.of(actor.id) for actor in main_actors)
    known = {demand.id for demand in main_demands}
    whole = _rows(main_demands, columns, held)
    main = Part("main", "", columns, tuple(replace(row, others=()) for row in whole))
    others = Part("other-actors", "", (), tuple(replace(row, cells=()) for row in whole if row.others))
    parts = [others] if others.rows else []
    for category in sorted({str(demand.category) for demand in demands if demand.id not in known}):
        further = [d for d in demands if d.id not in known and str(d.category) == category]
        parts.append(_further(category, further, columns, held))
    apart = sum(part.size for part in (main, *parts)) > MOST_CELLS
    if apart:
        parts = [page for part in parts for page in _paged(part)]
    return Matrix(main, marked_actors, marked_demands, tuple(parts), apart)


def part_pages(matrix: Matrix) -> tuple[PartPage, ...]:
    """The further parts that are pages of their own."""
    return tuple(PartPage(part, matrix) for part in matrix.parts) if matrix.apart else ()


def _held(dossier: Dossier) -> dict[str, dict[Party, Cell]]:
    """For each demand the cell of everybody who took a position on it."""
    return {demand.id: {entry.actor: Cell(entry.actor, entry.now,
                                          entry.positions.later[-1] if entry.positions.later else None,
                                          _party_key(dossier, entry.actor), entry.others)
                        for entry in positions_by_actor(dossier, demand)}
            for demand in dossier.of_kind("demand") if isinstance(demand, Demand)}


def _by_name(cells: Iterable[Cell]) -> tuple[Party, ...]:
    """The actors of cells, each once."""
    order = {cell.actor: cell.order for cell in cells}
    return tuple(sorted(order, key=order.__getitem__))


def main_parties(dossier: Dossier) -> tuple[tuple[Party, ...], tuple[Demand, ...]]:
    """The columns of the matrix of main actors, and the demands of its rows; the same on every day."""
    return tuple(Party.of(actor.id) for actor in _main_actors(dossier)[0]), tuple(_main_demands(dossier)[0])


def _demands(dossier: Dossier) -> list[Demand]:
    return sorted((d for d in dossier.of_kind("demand") if isinstance(d, Demand)),
                  key=lambda d: (str(d.category), name_key(d)))


def _main_actors(dossier: Dossier) -> tuple[list[ActorLike], bool]:
    """The columns, and whether they are marked as main."""
    actors = [b for b in dossier.of_kind("actor", "body") if isinstance(b, ActorLike)]

    def taken() -> Counter[str]:
        return Counter(id for demand in _demands(dossier)
                       for id in {position.actor.ref.id for position in demand.positions if position.actor.ref})

    return _main(actors, taken, _BUSIEST_ACTORS, name_key)


def _main_demands(dossier: Dossier) -> tuple[list[Demand], bool]:
    """The demands of the rows, and whether they are marked as main."""
    demands = [d for d in dossier.of_kind("demand") if isinstance(d, Demand)]

    def taken() -> Counter[str]:
        return Counter({d.id: len({position.actor for position in d.positions}) for d in demands})

    return _main(demands, taken, _BUSIEST_DEMANDS, lambda d: (str(d.category), name_key(d)))  # type: ignore[attr-defined]


def _main(briefs: Iterable[B], count: Callable[[], Counter[str]], most: int,
          order: Callable[[B], Any]) -> tuple[list[B], bool]:
    """The briefs marked as main, or where none is the busiest; in the given order."""
    main = [brief for brief in briefs if brief.main]  # type: ignore[attr-defined]
    if main:
        return sorted(main, key=order), True
    counts = count()
    briefs = sorted(briefs, key=order)
    busiest = {b.id for b in sorted((b for b in briefs if counts[b.id]), key=lambda b: -counts[b.id])[:most]}
    return [brief for brief in briefs if brief.id in busiest], False


def _rows(demands: Iterable[Demand], columns: tuple[Party, ...],
          held: dict[str, dict[Party, Cell]]) -> tuple[MatrixRow, ...]:
    return tuple(MatrixRow(demand, tuple(held[demand.id].get(column) for column in columns),
                           tuple(sorted((cell for actor, cell in held[demand.id].items() if actor not in columns),
                                        key=lambda cell: cell.order)))
                 for demand in demands)


def _further(category: str, demands: list[Demand], columns: tuple[Party, ...],
             held: dict[str, dict[Party, Cell]]) -> Part:
    """A category's further demands: a matrix of the columns that have anything there, or a list where it is sparse."""
    columns = tuple(column for column in columns if any(column in held[demand.id] for demand in demands))
    filled = sum(column in held[demand.id] for demand in demands for column in columns)
    if filled < _WORTH_A_MATRIX * len(columns) * len(demands):
        columns = ()
    return Part(anchor_text(category), category, columns, _rows(demands, columns, held))


def _paged(part: Part) -> list[Part]:
    """A part in pages of at most MOST_CELLS; a row is never torn apart."""
    pages: list[list[MatrixRow]] = [[]]
    size = 0
    for row in part.rows:
        if pages[-1] and size + row.size > MOST_CELLS:
            pages.append([])
            size = 0
        pages[-1].append(row)
        size += row.size
    return [replace(part, rows=tuple(rows), number=number, pages=len(pages))
            for number, rows in enumerate(pages, 1)]


# --- the comparison --------------------------------------------------------------------------


AGREE, PARTLY, OPPOSED, UNSETTLED = "agree", "partly", "opposed", "unsettled"

_OUTCOMES: dict[frozenset[Stance], str] = {
    frozenset({Stance.SUPPORTS}): AGREE,
    frozenset({Stance.CONDITIONAL}): AGREE,
    frozenset({Stance.OPPOSES}): AGREE,
    frozenset({Stance.SUPPORTS, Stance.CONDITIONAL}): PARTLY,
    frozenset({Stance.CONDITIONAL, Stance.OPPOSES}): PARTLY,
    frozenset({Stance.SUPPORTS, Stance.OPPOSES}): OPPOSED,
}


def agreement(one: Stance, other: Stance) -> str:
    """Whether two stances on the same demand agree. This is the one place of the rule; pages carry it as data.

    The same stance agrees; two conditional ones too, though their conditions may differ, which pages say. For
    against against is `opposed`; conditional against either is `partly`. Where one of the two is `unclear`, nothing
    is settled, also where both are: having said nothing is no agreement. The same goes for whoever contradicted
    itself on one day.
    """
    return _OUTCOMES.get(frozenset({one, other}), UNSETTLED)


def agreement_table() -> str:
    """The rule as text for scripts: `supports supports agree;supports conditional partly;...`."""
    return ";".join(f"{one} {other} {agreement(one, other)}" for one in Stance for other in Stance)


class Compared(Value):
    """A demand with those who take each stance on it on the day."""

    demand: Demand
    stances: tuple[tuple[str, tuple[Cell, ...]], ...]


class Comparison(Value):
    """Everybody's position of the day, by demand and stance."""

    main: tuple[Party, ...]
    others: tuple[Party, ...]
    """The actors with at least one position, main ones apart."""
    categories: tuple[tuple[str, tuple[Compared, ...]], ...]
    folded: bool
    """Whether the categories are folded, for being many demands."""
    silent: int
    """The number of demands on which nobody has a position by the day."""

    @property
    def outcomes(self) -> str:
        """The rule of agreement, for the page's script."""
        return agreement_table()


_MOST_UNFOLDED = 40
"""Demands that a reader can look through without folding."""


def comparison(dossier: Dossier) -> Comparison:
    held = _held(dossier)
    demands = sorted((d for d in dossier.of_kind("demand") if isinstance(d, Demand)),
                     key=lambda d: (str(d.category), not d.main, name_key(d)))
    named = _by_name(cell for cells in held.values() for cell in cells.values() if cell.now)
    actors = sorted(named, key=lambda party: not _is_main(dossier, party))
    place = {actor: number for number, actor in enumerate(actors)}
    categories: dict[str, list[Compared]] = {}
    for demand in demands:
        cells = sorted((cell for cell in held[demand.id].values() if cell.now), key=lambda cell: place[cell.actor])
        if cells:
            categories.setdefault(str(demand.category), []).append(Compared(demand, tuple(
                (word, of_stance) for word in STANCE_WORDS
                if (of_stance := tuple(cell for cell in cells if cell.word == word)))))
    main = tuple(party for party in actors if _is_main(dossier, party))
    shown = sum(len(entries) for entries in categories.values())
    return Comparison(main, tuple(actors[len(main):]),
                      tuple((category, tuple(entries)) for category, entries in categories.items()),
                      shown > _MOST_UNFOLDED, len(demands) - shown)


def _is_main(dossier: Dossier, party: Party) -> bool:
    brief = dossier.briefs.get(party.ref.id) if party.ref else None
    return isinstance(brief, ActorLike) and bool(brief.main)


def _party_key(dossier: Dossier, party: Party) -> tuple[str, str]:
    brief = dossier.briefs.get(party.ref.id) if party.ref else None
    return name_key(brief) if brief else ((party.outside or party.key).casefold(), party.key)
