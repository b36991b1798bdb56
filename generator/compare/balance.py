"""What a change does to the balance of a dossier, where it moves something worth a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from generator.compare.changes import Changes
from generator.views.balance import voices

FEW = 20
"""In a dossier of fewer statements a share in percents says nothing."""


@dataclass(frozen=True)
class Moved:
    """A number before and now; `name` is the side's."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class BalanceNews:
    """Empty where nothing moved."""

    quoted: tuple[Moved, ...]
    """For each side how often its own words are quoted, where that differs for any of them."""
    single: Moved | None
    """The share of statements on one source, in whole percents, where it differs."""

    def __bool__(self) -> bool:
        return bool(self.quoted or self.single)


def balance_news(changes: Changes) -> BalanceNews:
    """The older side is counted with the sides as they are now, so that naming a side anew moves nothing."""
    if not (changes.before.settled and changes.after.settled):
        return BalanceNews((), None)
    sides = changes.after.dossier.settings.sides
    old, new = voices(changes.before.dossier, sides, {new: old for old, new in changes.renamed.items()}), voices(
        changes.after.dossier, sides, {})
    quoted = tuple(Moved(name, old.sides[name].quoted, tally.quoted) for name, tally in new.sides.items())
    single = None
    if min(old.statements, new.statements) >= FEW:
        single = Moved("", round(100 * old.single / old.statements), round(100 * new.single / new.statements))
    return BalanceNews(quoted if any(side.before != side.after for side in quoted) else (),
                       single if single and single.before != single.after else None)
