"""What a check is given, and what it yields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property

from msgspec import field

from generator.dossier import Dossier
from generator.models.base import Record, Statement, walk
from generator.models.fields import Line, Prose
from generator.values import Value

PathIn = tuple[str | int, ...]


class Finding(Value):
    """A problem at a place of a brief, a page or the dossier's record; `text` narrows it to some words."""

    code: str
    origin: str
    path: PathIn = ()
    text: str | None = None
    nth: int = 0
    hint: str | None = None
    facts: dict[str, object] = field(default_factory=dict)


class Subject:
    """A record, or a hand-written page, with all that stands in it: what the checks of one record are given.

    `name` is the brief's id, `dossier.yml`, or `pages/<name>`; `record` is None for a page.
    """

    def __init__(self, dossier: Dossier, name: str) -> None:
        self.dossier = dossier
        self.name = name
        self.record: Record | None = dossier.records.get(name)
        self.proses: list[tuple[PathIn, str]] = []
        """The texts with references, each with its path."""
        self.texts: list[tuple[PathIn, str]] = []
        """All texts of a record for readers, with those of one line."""
        self.statements: list[tuple[PathIn, Statement]] = []
        self.records: dict[PathIn, Record] = {}
        """The record and those inside it."""
        self.accepts: list[tuple[PathIn, str]] = []
        """The warnings that it accepts: the path to `accept`, and the warning's name."""
        if self.record is None:
            self.proses.append(((), next(page.body for page in dossier.pages if f"pages/{page.name}" == name)))
        else:
            self._look_into(self.record)

    def _look_into(self, record: Record) -> None:
        self.records[()] = record
        for path, value in walk(record):
            kind = _sort_of(type(value))
            if kind is Line or kind is Prose:
                self.texts.append((path, value))  # type: ignore[arg-type]
                if kind is Prose:
                    self.proses.append((path, value))  # type: ignore[arg-type]
            elif kind is Record or kind is Statement:
                self.records[path] = value  # type: ignore[assignment]
                if kind is Statement:
                    self.statements.append((path, value))  # type: ignore[arg-type]
            elif kind is dict and path[-1] == "accept":
                self.accepts.extend((path, code) for code in value)  # type: ignore[attr-defined]

    @cached_property
    def whole_text(self) -> str:
        """All its texts in one, to look at once for what few of them hold."""
        return "\n".join(text for _, text in (self.texts or self.proses))

    def __repr__(self) -> str:
        return f"Subject({self.name!r})"


@cache
def _sort_of(kind: type) -> type | None:
    """Which of the classes that checks tell apart a type of values belongs to."""
    return next((known for known in (Prose, Line, Statement, Record, dict) if issubclass(kind, known)), None)


RecordCheck = Callable[[Subject], Iterator[Finding]]
DossierCheck = Callable[[Dossier], Iterator[Finding]]
