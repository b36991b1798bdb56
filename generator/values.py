"""What the program's small values are: records of a few named fields that never change.

A struct of msgspec is made several times as fast as a dataclass, and its class fifty times as fast: of these there are
hundreds, and each start of the program makes them.
"""

from __future__ import annotations

from msgspec import Struct


class Value(Struct, frozen=True):
    """A value: equal to another of its class with equal fields. With `dict=True` it can hold a `cached_property`."""
