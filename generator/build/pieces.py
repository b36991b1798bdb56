"""Pieces of a build, each made anew only where something that it was made from has changed.

A piece is a value under a key, bytes made by a pure function of the dossier. What it read is noted while it is made
(`generator.reads`) and kept with it as numbers. A later build knows which facts are no longer what they were; the
pieces that read none of them are as they would be made again.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable

from generator.build.kept import Kept, Row
from generator.reads import Fact, recording

UNKNOWN = 2**32 - 1
"""The number of a fact that has none: it counts as changed in every build."""


class FactNumbers:
    """Facts as numbers, the same in every build of the same briefs by the same program."""

    def __init__(self, keys: Iterable[str], names: Iterable[str]) -> None:
        self._names = {name: number for number, name in enumerate(names)}
        self._keys = {key: number * len(self._names) for number, key in enumerate(keys)}

    def of(self, fact: Fact) -> int:
        """The number of `(brief, field)` or of `(#name, key)`."""
        key, name = fact if fact[0][:1] != "#" else (fact[1], fact[0])
        try:
            return self._keys[key] + self._names[name]
        except KeyError:
            return UNKNOWN

    def packed(self, facts: Iterable[Fact]) -> bytes:
        return array("I", sorted(set(map(self.of, facts)))).tobytes()


Made = tuple[bytes, bytes]
"""A piece that was made anew: its value, and the numbers of the facts that it read."""


def made(make: Callable[[str], bytes], key: str, numbers: FactNumbers) -> Made:
    """Make a piece anew."""
    with recording() as read:
        value = make(key)
    return value, numbers.packed(read)


class Pieces:
    """The pieces of one part of a build, such as its pages.

    `state` says what all of them were made from beside the dossier's facts; `changed` holds the numbers of the facts
    that are not as they were when the kept ones were made, None where nobody knows.
    """

    def __init__(self, kept: Kept, part: str, state: str, changed: frozenset[int] | None) -> None:
        self._kept, self._part, self._state = kept, part, state
        self._rows = kept.rows(part) if kept.here else {}
        self._good = {key: row for key, row in self._rows.items() if self._holds(row, changed)}

    def _holds(self, row: Row, changed: frozenset[int] | None) -> bool:
        if row.state != self._state or changed is None or len(row.reads) % 4:
            return False
        read = array("I", row.reads)
        return changed.isdisjoint(read) and (not read or read[-1] != UNKNOWN)

    def good(self, keys: Iterable[str]) -> list[str]:
        """Those that are kept and still hold."""
        return [key for key in keys if key in self._good]

    def stale(self, keys: Iterable[str]) -> list[str]:
        """Those that are not."""
        return [key for key in keys if key not in self._good]

    def before(self, key: str) -> bytes | None:
        """The value that was kept of a piece, whatever it was made from; None where there is none."""
        row = self._rows.get(key)
        return None if row is None else self._kept.value(self._part, key, row)

    def value(self, key: str) -> bytes | None:
        """The value of a piece that holds; None where it cannot be read after all."""
        return self._kept.value(self._part, key, self._good[key])

    def values(self) -> dict[str, bytes]:
        """The values of all pieces that hold."""
        return self._kept.values(self._part, self._good)

    def keep(self, key: str, made: Made) -> None:
        value, reads = made
        self._kept.keep(self._part, key, self._state, reads, value)

    def put_off(self, keys: Iterable[str]) -> None:
        """Leave it to the next build to make pieces anew, which by itself could not know that they are no longer right."""
        for key in keys:
            row = self._rows.get(key)
            if row is not None and row.state == self._state:
                self._kept.spoil(self._part, key, row)

    def forget_all_but(self, keys: Iterable[str]) -> None:
        """Drop what is a piece no longer."""
        self._kept.drop(self._part, self._rows.keys() - set(keys))
