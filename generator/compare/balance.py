"""What a change does to the balance of a dossier, where it moves something worth a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.compare.changes import Changes
from generator.compare.sameness import Sameness
from generator.models.settings import Side
from generator.values import Value
from generator.views.balance import Tally, voices

FEW = 20
"""In a dossier of fewer statements a share in percents says nothing."""


class Moved(Value):
    """A number before and now; `name` is the side's."""

    name: str
    before: int
    after: int


class BalanceNews(Value):
    """Empty where nothing moved."""

    quoted: tuple[Moved, ...]
    """For each side how often its own words are quoted, where that differs for any of them."""
    statements: tuple[Moved, ...]
    """How many statements each side has, for those of which that differs, where the sides themselves differ."""
    single: Moved | None
    """The share of statements on one source, in whole percents, where it differs."""

    def __bool__(self) -> bool:
        return bool(self.quoted or self.statements or self.single)


def balance_news(changes: Changes) -> BalanceNews:
    """Each dossier is counted by its own sides; a side is the same under another name if it has the same actors."""
    if not (changes.before.settled and changes.after.settled):
        return BalanceNews((), (), None)
    before, after = changes.before.dossier, changes.after.dossier
    old, new = voices(before), voices(after)
    renamed = Sameness(changes.renamed)
    sides = tuple(matched_sides(before.settings.sides, after.settings.sides, renamed))
    tallies = [(str((now or was).name), old.sides[was.name] if was else Tally(),  # type: ignore[union-attr]
                new.sides[now.name] if now else Tally()) for was, now in sides]
    quoted = [Moved(name, one.quoted, other.quoted) for name, one, other in tallies]
    statements = [Moved(name, one.statements, other.statements) for name, one, other in tallies]
    same_sides = all(was and now and renamed.same(was.actors, now.actors) for was, now in sides)
    single = None
    if min(old.statements, new.statements) >= FEW:
        single = Moved("", round(100 * old.single / old.statements), round(100 * new.single / new.statements))
    return BalanceNews(tuple(quoted) if any(map(_moves, quoted)) else (),
                       () if same_sides else tuple(filter(_moves, statements)),
                       single if single and single.before != single.after else None)


def _moves(moved: Moved) -> bool:
    return moved.before != moved.after


def matched_sides(before: Iterable[Side], after: Iterable[Side],
                  sameness: Sameness) -> Iterator[tuple[Side | None, Side | None]]:
    """Each side as it was and as it is, in the order of the newer ones; one is None where it came or went."""
    left = list(before)
    pairs: dict[str, Side] = {}
    for alike in (lambda one, other: one.name == other.name,
                  lambda one, other: sameness.same(one.actors, other.actors)):
        for side in after:
            was = next((one for one in left if str(side.name) not in pairs and alike(one, side)), None)
            if was is not None:
                pairs[str(side.name)] = was
                left.remove(was)
    yield from ((pairs.get(str(side.name)), side) for side in after)
    yield from ((was, None) for was in left)
