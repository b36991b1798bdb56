"""A content file as the canonical format looks at it: its text, the places in it, and what each field holds."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import field

from generator.files.edits import Edit, line_starts
from generator.models import KINDS, Settings
from generator.models.base import Record
from generator.models.fields import Count, CountingPoint, Date, YesNo
from generator.read.records import field_names, record_types
from generator.read.yaml_text import Entry, Node
from generator.values import Value

WIDTH = 120
"""Lists and records in brackets end before this column."""

STEP = 2
"""Spaces a level."""


class Change(Value):
    """One thing that is not canonical: its place, the words for it, and the edits that mend it (all or none).

    `code` and `words` name the wording in `generator.diagnostics`, `facts` fill it.
    """

    code: str
    words: str
    line: int
    column: int
    facts: dict[str, object] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()


class Shape(Value):
    """What a field holds: the record inside it, if any, and whether its values are text for YAML."""

    inner: type[Record] | None = None
    text: bool = True

    @property
    def fields(self) -> Mapping[str, Shape]:
        """The shapes of the fields of the record inside it."""
        return shapes(self.inner) if self.inner is not None else {}


ANY = Shape()

_PLAIN_TYPES = (Count, CountingPoint, Date, YesNo)
"""What stands plain, though some readers of YAML make a number, a date or a yes-or-no of it: so it is one."""


@cache
def shapes(model: type[Record]) -> dict[str, Shape]:
    """The shape of each of a record's fields, in canonical order."""
    return {name: Shape(next(record_types(info.annotation), None),
                        not any(part in _PLAIN_TYPES for part in _parts(info.annotation, info.metadata)))
            for name, info in field_names(model).items()}


def _parts(annotation: typing.Any, metadata: typing.Sequence[typing.Any] = ()) -> Iterator[typing.Any]:
    yield from metadata
    yield annotation
    for part in typing.get_args(annotation):
        yield from _parts(part)


class Document:
    """A file's text with line feeds only, and the tree that was read from it. `kind` is the folder's."""

    def __init__(self, text: str, root: Node, kind: str) -> None:
        self.text, self.root = text, root
        self.starts = line_starts(text)
        self.lines = text.split("\n")
        self.ids = kind == "source"
        """Whether the file's keys are ids and no fields: a file of sources holds many records."""
        self.model: type[Record] = KINDS.get(kind, Settings)
        assert isinstance(root.value, dict)
        self.shapes: Mapping[str, Shape] = (
            dict.fromkeys(root.value, Shape(self.model)) if self.ids else shapes(self.model))

    def at(self, line: int, column: int) -> int:
        """The offset of a place."""
        return self.starts[line - 1] + column - 1

    def start(self, node: Node | Entry) -> int:
        return self.starts[node.line - 1] + node.column - 1

    def end(self, node: Node) -> int:
        """The offset after plain or quoted text, or after a closing bracket."""
        return self.starts[node.end_line - 1] + node.end_column - 1

    def line(self, number: int) -> str:
        """A line without its line feed; nothing past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def source(self, node: Node) -> str:
        """The text of a scalar or of what stands in brackets, as typed."""
        return self.text[self.start(node): self.end(node)]

    @property
    def last_line(self) -> int:
        return len(self.starts)


def in_brackets(node: Node) -> bool:
    """Whether a list or record is written `[...]` or `{...}`."""
    return not isinstance(node.value, str) and node.end_column > 0


def is_block_text(node: Node) -> bool:
    """Whether a value is written under `|` or `>`."""
    return node.style in ("|", ">")


def on_one_line(node: Node) -> bool:
    return node.end_line == node.line
