"""What records have in common: strict, immutable, sourced.

Every field is defined once, here or in its kind's module: its type, description and example. The
reader's messages, the editors' reference and the JSON Schema are all made from that definition.

These modules do not postpone their annotations: pydantic would have to compile each of them by itself at every start.
For the same reason a kind's validator is built when the first record of that kind is read.
"""

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Annotated, Any, ClassVar, NoReturn, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from generator import reads
from generator.addresses import brief_address
from generator.dates import Edtf
from generator.models.fields import (
    Citation,
    Count,
    Date,
    Id,
    Language,
    Line,
    Party,
    Prose,
    Reference,
    TextRef,
    TimeOfDay,
    YesNo,
    problem,
)
from generator.models.vocabulary import Bound

DateField = Annotated[Edtf, Date]


def field(description: str, example: str, **options: Any) -> Any:
    """A field with its one description and its one example, which is YAML as an editor types it."""
    return Field(description=description, examples=[example], **options)


STATEMENT_END = "note unverified sources accept"
"""How the fields of every statement end."""

BRIEF_END = "accounts notes see unverified sources reviewed accept"
"""How the fields of every brief end that makes statements of fact."""


class Record(BaseModel):
    """A small record: a mapping in YAML. Unknown fields are errors; nothing can be changed later."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)
    label: ClassVar[str] = "a record"
    """How messages call such a record, with its article."""
    order: ClassVar[str] = ""
    """The canonical order of its fields: the names that an editor types, all of them, with spaces between."""

    def __reduce__(self) -> tuple[object, ...]:
        """What is kept of a record as bytes: its kind, and what is not as it is where nobody types it."""
        usual = _usual(type(self))
        return restored, (type(self), {name: value for name, value in self.__dict__.items()
                                       if name not in usual or value is not usual[name]})

    def __getattr__(self, name: str) -> NoReturn:
        """Asked for what there is not. Pydantic would look for private attributes first, of which a record has none."""
        raise AttributeError(f"{type(self).__name__} has no {name}")


@cache
def _usual(kind: type[Record]) -> dict[str, object]:
    """The values that a record's fields have where nobody types them: of those for which there is one for all records."""
    return {name: info.default for name, info in kind.model_fields.items() if info.default in (None, (), False)
            or isinstance(info.default, Enum)}


def restored(kind: type[Record], values: dict[str, object]) -> Record:
    """A record from what was kept of it."""
    record = kind.__new__(kind)
    put = object.__setattr__
    put(record, "__dict__", {**_usual(kind), **values})
    put(record, "__pydantic_fields_set__", NONE_TYPED)
    put(record, "__pydantic_extra__", None)
    put(record, "__pydantic_private__", None)
    return record


NONE_TYPED: set[str] = set()
"""Stands for the names of the fields that were typed, which nobody asks for: they weigh as much as the values."""


class Statement(Record):
    """A statement of fact: it names its sources, or says that it has none."""

    label = "a statement"
    order = STATEMENT_END
    sources: tuple[Citation, ...] = field(
        "The sources that carry this statement; a place in the source may follow a comma.",
        "[ledger-tern, \"gazette-accord, art. 4\"]", default=())
    unverified: Annotated[bool, YesNo] = field(
        "Say `true` where no source carries the statement; the page shows it.", "true", default=False)
    note: Prose | None = field("Anything the reader should know about this statement.",
                               "Two reports differ on the hour.", default=None)
    accept: dict[str, Line] = field(
        "Named warnings that this record accepts, each with the reason; the site lists them.",
        "{source-too-early: it announces the meeting}", default_factory=dict)


class DatedStatement(Statement):
    """A statement with its date: a day, a month, a year or a period, as precisely as known."""

    label = "a dated record"
    order = f"date time {STATEMENT_END}"
    date: DateField | None = field("When: an EDTF date, or a period such as 2029-07-10/...", "2031-05-20", default=None)
    time: TimeOfDay | None = field("The time of day with its zone, where known.", "17:00+01:00", default=None)


class Basis(Statement):
    label = "a basis"
    order = f"text {STATEMENT_END}"
    text: TextRef = field("The text, down to the paragraph where there is one.", "straits-accord#article-4")
    note: Prose | None = field("How the text bears on it.", "It *demands* that attacks stop.", default=None)


class Figure(Record):
    """A number with its unit: a value, or a range from `low` to `high`."""

    label = "a figure"
    order = "value low high bound unit"
    value: Count | None = field("The number.", "71", default=None)
    low: Count | None = field("The lower end of a range.", "45", default=None)
    high: Count | None = field("The upper end of a range.", "60", default=None)
    bound: Bound = field("How exact the number is.", "at least", default=Bound.EXACTLY)
    unit: Line = field("What is counted.", "people killed")

    @model_validator(mode="after")
    def _value_or_range(self) -> Self:
        ranged = self.low is not None and self.high is not None
        if (self.low is None) != (self.high is None) or (self.value is None) != ranged:
            raise problem("bad-record", reason="a figure needs a value, or both low and high",
                          instead="Write `value: 71`, or `low: 45` and `high: 60`")
        if ranged and self.low > self.high:  # type: ignore[operator]
            raise problem("bad-record", reason="low is above high", instead="Write the smaller number as low")
        return self


class Account(DatedStatement):
    """What one side or source says. Accounts with the same `on` stand side by side; none is promoted."""

    label = "an account"
    order = f"on by date time says words figure certainty {STATEMENT_END}"
    on: Line | None = field("What the accounts differ on; the same words group them.", "Number killed", default=None)
    by: Party | None = field("Whose account it is; leave it out where only the source is known.", "calder",
                             default=None)
    says: Prose = field("The account in the editor's words.", "The blast killed at least 45 people.")
    words: Line | None = field("A short, exact quotation.", "There was no round", default=None)
    figure: Figure | None = field("The number it gives.", "{value: 71, unit: people killed}", default=None)
    certainty: Line | None = field("How sure it says it is, in its own words.", "could not be confirmed", default=None)


class Script(Record):
    """The name in another script."""

    label = "a name in another script"
    order = "lang name"
    lang: Language = field("The language, as a BCP 47 code.", "ar")
    name: Line = field("The name in its own script.", "الأمم المتحدة")


class Brief(Record):
    """What every brief has. `kind` is the folder's; `id` is the file's name."""

    kind: ClassVar[str] = ""
    order = "id name aliases formerly notes see reviewed accept"
    id: Id = field("The file's name without .yml; leave it out.", "union-of-lakes")
    name: Line = field("The name this site uses: the page's title.", "Aster Council")
    aliases: tuple[Line, ...] = field("Other names, spellings and abbreviations; search finds them all.",
                                      "[AC, Council of Aster]", default=())
    formerly: tuple[Id, ...] = field("Ids this brief had before; each keeps leading here.", "[old-aster-front]",
                                     default=())
    notes: Prose | None = field("More that a reader may need: cautions, background.",
                                "Not to be confused with the delegation.", default=None)
    see: tuple[Reference, ...] = field("Other briefs worth reading beside this one.", "[straits-accord]",
                                       default=())
    reviewed: DateField | None = field("When an editor last checked the brief against its sources.", "2031-05-20",
                                       default=None)
    accept: dict[str, Line] = field("Named warnings that this brief accepts, with the reason; the site lists them.",
                                    "{never-linked: kept for its aliases}", default_factory=dict)

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Let every field of a kind note that it is read; all but the id, by which it is noted."""
        super().__pydantic_init_subclass__(**options)
        if cls.kind:
            for name in cls.model_fields.keys() - {"id"}:
                setattr(cls, name, reads.ReadField(name))

    @property
    def address(self) -> str:
        """The page's address below the site's root, such as `actors/union-of-lakes/`."""
        return brief_address(self.kind, self.id)


class SourcedBrief(Brief):
    """A brief that makes statements of fact, and names what it rests on."""

    order = f"id name aliases formerly summary {BRIEF_END}"

    summary: Prose | None = field("Two to six sentences a reader can use, with citations.",
                                  "The committee was formed in Tern [@ledger-tern].", default=None)
    sources: tuple[Citation, ...] = field("Which sources does the brief as a whole rest on?",
                                          "[ledger-tern]", default=())
    unverified: Annotated[bool, YesNo] = field(
        "Say `true` where no source carries what the brief says of itself; the page shows it.", "true", default=False)
    accounts: tuple[Account, ...] = field("What was said, by whom; accounts that differ share the same `on`.",
                                          "[{on: Lorries that came, by: calder, says: Forty., certainty: at a "
                                          "guess, sources: [gazette-list]}]",
                                          default=())


def walk(record: Record, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every value in a record with its path, records before what they hold; empty values are left out.

    Paths use the names that an editor types, so that they lead to the place in the file.
    """
    found: list[tuple[tuple[str | int, ...], object]] = []
    _gather(record, path, found)
    return iter(found)


def _gather(record: Record, path: tuple[str | int, ...], found: list[tuple[tuple[str | int, ...], object]]) -> None:
    """Add what `walk` gives. It is asked for everything there is, again and again: values are looked at, not compared."""
    values = record.__dict__
    noted = isinstance(record, Brief) and reads.are_noted()
    for name, typed in _typed_names(type(record)):
        value = values[name]
        if noted:
            reads.note(record.id, name)  # type: ignore[attr-defined]
        if not value and (value is None or value is False or type(value) in (tuple, dict)):
            continue
        here = (*path, typed)
        found.append((here, value))
        if is_record(type(value)):
            _gather(value, here, found)  # type: ignore[arg-type]
        elif type(value) is tuple:
            for index, item in enumerate(value):
                found.append(((*here, index), item))
                if is_record(type(item)):
                    _gather(item, (*here, index), found)


def records_in(record: Record, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Record]]:
    """Every record in a record with its path, as `walk` gives them; fields that cannot hold any are not read."""
    for name, typed in _holding_records(type(record)):
        value = getattr(record, name)
        here = (*path, typed)
        for at, item in ((here, value),) if isinstance(value, Record) else (
                ((*here, index), item) for index, item in enumerate(value or ())):
            if isinstance(item, Record):
                yield at, item
                yield from records_in(item, at)


@cache
def _holding_records(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields that may hold records, each with the name that an editor types."""
    return tuple((name, typed) for name, typed in _typed_names(kind) if may_hold(kind, name, Record))


def may_hold(kind: type[Record], name: str, what: type) -> bool:
    """Whether a field's value may be, or list, something of a type."""
    def is_or_lists(annotation: object) -> bool:
        inner = get_args(annotation)
        return any(map(is_or_lists, inner)) if inner else isinstance(annotation, type) and issubclass(annotation, what)

    return is_or_lists(kind.model_fields[name].annotation)


@cache
def is_record(kind: type) -> bool:
    """Whether values of a type are records: asked for types, since asking for values takes several times as long."""
    return issubclass(kind, Record)


@cache
def _typed_names(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """A record's fields, each with the name that an editor types."""
    return tuple((name, info.alias or name) for name, info in kind.model_fields.items())


def value_of(record: Record, field_name: str) -> object:
    """The value of a field by the name that an editor types; None where there is none."""
    name = _names_by_typed(type(record)).get(field_name)
    return getattr(record, name) if name else None


@cache
def _names_by_typed(kind: type[Record]) -> dict[str, str]:
    return {typed: name for name, typed in _typed_names(kind)}


def records_on_the_way(record: Record, path: tuple[str | int, ...]) -> list[tuple[tuple[str | int, ...], Record]]:
    """The records that a path leads through, outermost first, each with its own path."""
    found: list[tuple[tuple[str | int, ...], Record]] = [((), record)]
    value: object = record
    within = True  # whether the value is a record
    for number, step in enumerate(path, 1):
        if within:
            value = value_of(value, step) if isinstance(step, str) else None  # type: ignore[arg-type]
        else:
            value = value[step] if isinstance(value, tuple) and isinstance(step, int) and step < len(value) else None
        within = isinstance(value, Record)
        if within:
            found.append((path[:number], value))  # type: ignore[arg-type]
    return found


def holder(record: Record, path: tuple[str | int, ...]) -> tuple[tuple[str | int, ...], Record]:
    """The innermost record on the way to a value of a record, with its own path. The value itself is no record."""
    value: Any = record
    inner, end = record, 0
    for number, step in enumerate(path[:-1] or path, 1):
        value = value[step] if type(step) is int else value_of(value, step)  # type: ignore[arg-type]
        if is_record(type(value)):
            inner, end = value, number
    return path[:end], inner
