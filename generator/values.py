"""What the program's small values are: records of a few named fields that never change.

A struct of msgspec is made several times as fast as a dataclass, and its class fifty times as fast: of these there are
hundreds, and each start of the program makes them.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from msgspec import Struct, json, to_builtins


class Value(Struct, frozen=True):
    """A value: equal to another of its class with equal fields. With `dict=True` it can hold a `cached_property`."""


V = TypeVar("V")


def as_plain(value: Value) -> dict[str, Any]:
    """A value, and those in it, as plain dicts by the names of fields; what is a text of some kind, as text."""
    return to_builtins(value, enc_hook=str)  # type: ignore[no-any-return]


_encoder = json.Encoder(enc_hook=str)


def as_json(value: object) -> bytes:
    """Plain values, and small values of them, as JSON; what is a text of some kind, as text."""
    return _encoder.encode(value)


def from_json(kind: type[V], text: bytes) -> V:
    """What `as_json` wrote of a value of a kind."""
    return _decoder(kind).decode(text)


@cache
def _decoder(kind: type[V]) -> json.Decoder[V]:
    return json.Decoder(kind)
