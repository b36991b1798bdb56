"""What a check yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from generator.dossier import Dossier

PathIn = tuple[str | int, ...]


@dataclass(frozen=True)
class Finding:
    """A problem at a place of a brief, a page or the dossier's record; `text` narrows it to some words."""

    code: str
    origin: str
    path: PathIn = ()
    text: str | None = None
    nth: int = 0
    hint: str | None = None
    facts: dict[str, object] = field(default_factory=dict)


Check = Callable[[Dossier], Iterator[Finding]]
