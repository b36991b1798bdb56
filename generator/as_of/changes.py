"""What differs between two days: matters whose answer is another, and what came and went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.as_of.answers import Answer, answer
from generator.as_of.matters import Entry, Matter
from generator.dates import Edtf


@dataclass(frozen=True)
class Change:
    """A matter that stood otherwise on the second day."""

    matter: Matter
    before: Answer
    after: Answer
    come: tuple[Entry, ...]
    """What holds on the second day and said nothing of the kind on the first."""
    gone: tuple[Entry, ...]


def changes(matters: Iterable[Matter], first: Edtf, second: Edtf) -> Iterator[Change]:
    """The differences between two days. A record that says again what held before is none."""
    for matter in matters:
        before, after = answer(matter, first), answer(matter, second)
        if before == after:
            continue
        had, has = _said(before), _said(after)
        come = tuple(entry for key, entry in has.items() if key not in had)
        gone = tuple(entry for key, entry in had.items() if key not in has)
        if come or gone:
            yield Change(matter, before, after, come, gone)


def _said(answer: Answer) -> dict[tuple[object, ...], Entry]:
    """What an answer says, each thing once, with the record that says it and whether for certain."""
    found: dict[tuple[object, ...], Entry] = {}
    for certain, entries in ((True, answer.certain), (False, answer.perhaps)):
        for entry in entries:
            found.setdefault((certain, entry.words, entry.other), entry)
    return found
