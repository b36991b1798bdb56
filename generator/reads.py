"""What a piece of the site read while it was made, so that a later build knows which pieces a change concerns.

A *fact* is a pair: a brief's id and the name of one of its fields, or a name and a key for what is worked out from
the whole dossier (`("#inbound", id)`). Every field of a brief notes that it is read (`generator.models.base`); whoever
keeps a result for later use keeps it in a `Memo`, which notes again what the result was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
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
    found: set[Fact] = set()
    outer, _log = _log, found
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


def are_noted() -> bool:
    """Whether anybody gathers facts at all."""
    return _log is not None


class Memo(Generic[K, V]):
    """Results kept by a key, each made once, with the facts that it was made from."""

    def __init__(self) -> None:
        self._known: dict[K, tuple[V, tuple[Fact, ...]]] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        global _log
        known = self._known.get(key)
        if known is None:
            found: set[Fact] = set()
            outer, _log = _log, found  # as in `recording`, which takes longer than many a small thing to make
            try:
                value = make()
            finally:
                _log = outer
                if outer is not None:
                    outer |= found
            known = self._known[key] = value, tuple(found)  # a set weighs several times as much
        elif _log is not None:
            _log.update(known[1])
        return known[0]


class _ByName(Mapping[K, V]):
    """What there is for each of some names."""

    def __init__(self, names: Collection[K]) -> None:
        self._names = names

    def __iter__(self) -> Iterator[K]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names


class Each(_ByName[K, V]):
    """A value for each of some names, made when somebody asks for it; who asks notes what it was made from."""

    def __init__(self, names: Collection[K], make: Callable[[K], V]) -> None:
        super().__init__(names)
        self._make = make
        self._made: Memo[K, V] = Memo()

    def __getitem__(self, name: K) -> V:
        if name not in self._names:
            raise KeyError(name)
        return self._made.get(name, lambda: self._make(name))


class Noted(_ByName[str, V]):
    """What was worked out for each of some names from the whole dossier: each is a fact of its own, called `kind`."""

    def __init__(self, kind: str, values: Mapping[str, V]) -> None:
        super().__init__(values)
        self._kind, self._values = kind, values

    def __getitem__(self, name: str) -> V:
        global _log
        outer = _log
        if outer is None:
            return self._values[name]
        outer.add((self._kind, name))
        _log = None  # as in `unrecorded`, which takes longer than to look it up
        try:
            return self._values[name]
        finally:
            _log = outer


class ReadField:
    """A field of a brief that notes its reading. The value lies where the record keeps it."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, record: object, owner: type) -> object:
        values = record.__dict__  # None, where the class is asked, has none: the AttributeError that is due
        try:
            if _log is not None:
                _log.add((values["id"], self.name))
            return values[self.name]
        except KeyError:
            raise AttributeError(self.name) from None

    def __set__(self, record: object, value: object) -> None:
        record.__dict__[self.name] = value


class ReadWhole(Generic[V]):
    """An attribute that says something of a dossier as a whole, and notes its reading: `("#accepted", "")`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, dossier: object, owner: type) -> V:
        note(f"#{self.name}", "")
        return dossier.__dict__[self.name]

    def __set__(self, dossier: object, value: V) -> None:
        dossier.__dict__[self.name] = value
