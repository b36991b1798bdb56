"""What was read from a file, as bytes to keep: `dump` makes them, `load` makes the value again.

Kept bytes may come from anywhere, so `load` builds nothing but the values of a dossier, and nothing at all from bytes
that are not whole. Whose bytes they are, and that this version of the program made them, is for the caller to know.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b
from types import ModuleType
from typing import Any

from generator import dates, prose
from generator.dates import Edtf
from generator.diagnostics import Diagnostic
from generator.facts import FactsAsText
from generator.linking import Link
from generator.models import actor, base, demand, event, fields, settings, source, term, un_process, vocabulary
from generator.read.one_file import FileRead, PageRead, Prints, RecordRead
from generator.releases.file import Change, Edit, Release, Releases

_MODULES = (actor, base, demand, event, fields, settings, source, term, un_process, vocabulary)
_CLASSES = (FileRead, RecordRead, Prints, PageRead, Link, prose.Token, Diagnostic, Releases, Release, Change, Edit,
            FactsAsText)
_DIGEST = 16


class NotKept(Exception):
    """Bytes that hold nothing that was kept: broken, or somebody else's."""


def dump(read: FileRead) -> bytes:
    """The bytes of what was read, with a digest that shows whether they are whole."""
    out = io.BytesIO()
    _Pickler(out, 5).dump(read)
    body = out.getvalue()
    return _digest(body) + body


def load(kept: bytes) -> FileRead:
    """What was read, from the bytes of `dump`. Raises NotKept for any others."""
    body = memoryview(kept)[_DIGEST:]
    if _digest(body) != kept[:_DIGEST]:
        raise NotKept("not whole")
    try:
        read = _Unpickler(io.BytesIO(body)).load()
    except Exception as error:  # what a foreign stream of pickles raises has no end
        raise NotKept(f"{type(error).__name__}: {error}") from error
    if not isinstance(read, FileRead):
        raise NotKept(f"a {type(read).__name__}")
    return read


def _digest(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=_DIGEST).digest()


class _Pickler(pickle.Pickler):
    # A date is kept as it was typed: the one parsed last under the same text is the same value.
    dispatch_table = {Edtf: lambda date: (dates._parse, (date.text,))}


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _known()[module, name]
        except KeyError:
            raise NotKept(f"{module}.{name} is no value of a dossier") from None


@cache
def _known() -> dict[tuple[str, str], Callable[..., Any]]:
    """All that kept bytes may name."""
    classes = (*_CLASSES, *(one for module in _MODULES for one in _of(module)))
    return {(one.__module__, one.__qualname__): one for one in (dates._parse, base.restored, *classes)}


def _of(module: ModuleType) -> Iterator[type]:
    return (one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__)
