"""What a piece of the site read while it was made, so that a later build knows which pieces a change concerns.

A *fact* is a pair: a brief's id and the name of one of its fields, or a name and a key for what is worked out from
the whole dossier (`("#inbound", id)`). Every field of a brief notes that it is read (`generator.models.base`); whoever
keeps a result for later use keeps it in a `Memo`, which notes again what the result was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Fact = tuple[str, str]

_log: set[Fact] | None = None


@contextmanager
def recording() -> Iterator[set[Fact]]:
    """Gather the facts that are read within; what is gathered is noted outside too."""
    global _log
    outer, found = _log, set[Fact]()
    _log = found
    try:
        yield found
    finally:
        _log = outer
        if outer is not None:
            outer |= found


@contextmanager
def unrecorded() -> Iterator[None]:
    """Note nothing that is read within: for what is noted as one fact, by its own name."""
    global _log
    outer, _log = _log, None
    try:
        yield
    finally:
        _log = outer


def note(name: str, key: str) -> None:
    """Say that a fact is read."""
    if _log is not None:
        _log.add((name, key))


class Memo(Generic[K, V]):
    """Results kept by a key, each made once, with the facts that it was made from."""

    def __init__(self) -> None:
        self._known: dict[K, tuple[V, frozenset[Fact]]] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        global _log
        known = self._known.get(key)
        if known is None:
            outer, found = _log, set[Fact]()  # as in `recording`, which takes longer than many a small thing to make
            _log = found
            try:
                value = make()
            finally:
                _log = outer
                if outer is not None:
                    outer |= found
            known = self._known[key] = value, frozenset(found)
        elif _log is not None:
            _log.update(known[1])
        return known[0]


class ReadField:
    """A field of a brief that notes its reading. The value lies where the record keeps it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, record: object, owner: type) -> object:
        if record is None:
            raise AttributeError(self.name)
        values = record.__dict__
        if _log is not None:
            _log.add((values["id"], self.name))
        try:
            return values[self.name]
        except KeyError:
            raise AttributeError(self.name) from None

    def __set__(self, record: object, value: object) -> None:
        record.__dict__[self.name] = value
