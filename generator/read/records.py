"""From YAML nodes to typed records: every problem with its place, in people's words."""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from generator.diagnostics import (
    DASH_BEFORE_RECORD,
    DATE_FORM_REASON,
    NO_DATE,
    TYPOGRAPHIC_REASON,
    Diagnostic,
    belongs_to,
    date_and_time,
    diagnostic,
    did_you_mean,
    hidden_character,
    hidden_in,
    nearest,
    straight_quotes,
    without_hidden,
    without_typographic_quotes,
    write_one_of,
)
from generator.models.base import Record
from generator.models.fields import LANGUAGES, Vocabulary, found_in_words, is_id
from generator.read.date_forms import likely_dates
from generator.read.yaml_text import Node

R = TypeVar("R", bound=Record)
Path = tuple[str | int, ...]


def read_record(
    model: type[R], node: Node, file: str, given: dict[str, str] | None = None
) -> tuple[R | None, list[Diagnostic]]:
    """One record from its node. `given` are values known from elsewhere, such as the id."""
    plain: Any = node.plain()
    try:
        return model.model_validate({**plain, **(given or {})}), []
    except ValidationError as error:
        problems = _without_echoes(model, node, error.errors(include_url=False, include_input=True))
        return None, sorted(_in_words(model, node, file, problem) for problem in problems)


def _without_echoes(model: type[Record], node: Node, problems: list[Any]) -> list[Any]:
    """One cause, one message.

    A field that is missing only because it is misspelt is not reported as missing, and one without a value, which the
    reader of YAML has reported, not as a wrong value.
    """
    problems = [problem for problem in problems if not _is_blank(node, tuple(problem["loc"]))]
    slips = {(path[:-1], near[0])
             for problem in problems if problem["type"] == "extra_forbidden"
             for path in [tuple(problem["loc"])]
             for near in [nearest(str(path[-1]), field_names(_record_at(model, path)[0]))] if near}
    return [problem for problem in problems
            if problem["type"] != "missing" or (tuple(problem["loc"][:-1]), problem["loc"][-1]) not in slips]


def _is_blank(node: Node, path: Path) -> bool:
    """Whether a field is there without a value."""
    for step in path:
        below = node.below(step)
        if below is None:
            return False
        node = below
    return isinstance(node.value, str) and not node.value.strip()


def questions(model: type[Record], node: Node) -> dict[tuple[int, int], str]:
    """For the fields of a record that must be there and have no value: what is asked, by the place of the field."""
    if not isinstance(node.value, dict):
        return {}
    fields = field_names(model)
    asked = ((entry, name, fields[name]) for name, entry in node.value.items()
             if name in fields and _is_blank(entry.node, ()))
    return {(entry.line, entry.column): f"{info.description} {_answer(name, info)}"
            for entry, name, info in asked if info.is_required() or name == "sources"}


def _answer(name: str, info: FieldInfo) -> str:
    if isinstance(info.annotation, type) and issubclass(info.annotation, Vocabulary):
        return f"Write one of: {', '.join(info.annotation)}"
    return f"Write it like this: `{name}: {(info.examples or [''])[0]}`"


@cache
def field_names(model: type[Record]) -> Mapping[str, FieldInfo]:
    """A record's fields by the name an editor types, in canonical order."""
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    return types.MappingProxyType({name: fields[name] for name in model.order.split()})


def record_types(annotation: Any) -> Iterator[type[Record]]:
    """The record types inside an annotation such as `tuple[Position, ...]` or `Vote | None`."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, Record):
            yield annotation
        return
    for part in typing.get_args(annotation):
        yield from record_types(part)


def value_types(info: FieldInfo) -> Iterator[type]:
    """Every class named in a field's type: what its values are, and what they hold."""
    yield from (part for part in info.metadata if isinstance(part, type))
    yield from _classes(info.annotation)


def _classes(annotation: Any) -> Iterator[type]:
    if typing.get_origin(annotation) is None and isinstance(annotation, type):
        yield annotation
    for part in typing.get_args(annotation):
        if isinstance(part, type) or typing.get_args(part):
            yield from _classes(part)


def _record_at(model: type[Record], path: Sequence[str | int]) -> tuple[type[Record], FieldInfo | None]:
    """The record that holds the last step of a path, and the field the path ends in."""
    info: FieldInfo | None = None
    for step in path:
        if isinstance(step, int):
            continue
        if info is not None:
            inner = next(record_types(info.annotation), None)
            if inner is None:
                break
            model = inner
        info = field_names(model).get(step)
    return model, info


def _field_hint(model: type[Record], holder: type[Record], name: str) -> str:
    """What to write instead of a field that its record does not have."""
    names = field_names(holder)
    inner = without_typographic_quotes(name)
    if inner is not None:
        return straight_quotes(name) or ""
    near = did_you_mean(name, names)
    owners = _owners(model, name)
    if owners:
        return f"{belongs_to(name, owners)}. {near}" if near else belongs_to(name, owners)
    return near or f"It can have: {', '.join(n for n in names if n != 'id')}"


def _owners(model: type[Record], name: str, most: int = 3) -> list[str]:
    """The labels of the records that have a field: those inside the brief, else other briefs and what they hold.

    Empty where none has it, or so many that the name says nothing.
    """
    from generator.models import KINDS

    for models in (records_inside(model), [other for brief in KINDS.values() for other in records_inside(brief)]):
        labels = list(dict.fromkeys(inner.label for inner in models if name in field_names(inner)))
        if labels:
            return labels if len(labels) <= most else []
    return []


@cache
def records_inside(model: type[Record]) -> tuple[type[Record], ...]:
    """A record's model and those of all records it may hold, outermost first."""
    found: dict[type[Record], None] = {model: None}
    waiting = [model]
    for current in waiting:
        for info in current.model_fields.values():
            for inner in record_types(info.annotation):
                if inner not in found:
                    found[inner] = None
                    waiting.append(inner)
    return tuple(found)


_YES_NO = {"yes": "true", "y": "true", "on": "true", "1": "true", "no": "false", "n": "false", "off": "false",
           "0": "false", "true": "true", "false": "false"}
_MOMENT = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d)\S*")
_HOURS = re.compile(r"([01]?\d|2[0-3])[:.h]([0-5]\d)(?::[0-5]\d)?")


def _hint(code: str, facts: dict[str, Any], known: list[str] | None) -> str | None:
    """What to write instead of a value, where that can be worked out; None leaves it to the code's own hint."""
    value = str(facts.get("value", facts.get("id", "")))
    if quotes := straight_quotes(value):
        if "reason" in facts:
            facts["reason"] = TYPOGRAPHIC_REASON
        return quotes
    if known is not None and (hidden := hidden_character(value)):
        clean = " ".join(without_hidden(value).split())
        if clean in known:
            return hidden_in(clean, hidden)
    if known is not None:
        return did_you_mean(value, known) or f"Write one of: {', '.join(known)}"
    match code:
        case "bad-date":
            if likely := likely_dates(value):
                facts["reason"] = DATE_FORM_REASON
                return write_one_of(likely)
            if moment := _MOMENT.fullmatch(value):
                return date_and_time(moment["date"], moment["time"])
            if value.casefold() in ("unknown", "n/a", "none", "?", "tba", "tbd", "tbc", "undated"):
                return NO_DATE
        case "unsupported-date" if moment := _MOMENT.fullmatch(value):
            return date_and_time(moment["date"], moment["time"])
        case "bad-yes-no" if value.casefold() in _YES_NO:
            return write_one_of([_YES_NO[value.casefold()]])
        case "bad-number" if re.fullmatch(r"[0-9]{1,3}(?:[,. ][0-9]{3})+", value):
            return write_one_of([re.sub("[,. ]", "", value)])
        case "bad-number" if value.isdecimal():
            return write_one_of([str(int(value))]) if len(value) <= 15 else "Write at most 15 digits, in a larger unit"
        case "bad-time":
            if hours := _HOURS.fullmatch(value):
                time = f"{hours[1]:0>2}:{hours[2]}"
                return write_one_of([f"{time}Z", f"{time} with its zone, such as {time}+01:00"])
        case "bad-url" if address := re.search(r"https?://[^\s<>()\[\]\"]+[^\s<>()\[\]\".,;]", value):
            if " " not in value.strip():
                return write_one_of([address[0]])
        case "bad-url" if re.match(r"(?:www\.|[\w-]+\.[\w.-]+/)", value):
            return write_one_of([f"https://{value}"])
        case "bad-language":
            codes = [short for short, name in LANGUAGES.items() if name.casefold() == value.casefold()]
            codes += [short for short in LANGUAGES if short.casefold() == value.casefold()]
            return write_one_of(codes) if codes else None
    return None


def _takes_list(info: FieldInfo | None) -> bool:
    return info is not None and typing.get_origin(info.annotation) is tuple


def _in_words(model: type[Record], node: Node, file: str, problem: Any) -> Diagnostic:
    path: Path = tuple(problem["loc"])
    holder, info = _record_at(model, path)
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    example = str(info.examples[0]) if info is not None and info.examples else ""
    line, column = node.find(path)

    match problem["type"]:
        case "briefing":
            facts = dict(problem["ctx"])
            code = facts.pop("code")
            hint = _hint(code, facts, facts.pop("known", None))
            if code == "wrong-type" and path[-1:] == (name,):
                hint = _as_one(name, node.at(path))
            return diagnostic(code, file, line, column, hint=hint, field=name, what=f'"{name}"',
                              example=f"{name}: {example}", **facts)
        case "extra_forbidden":
            line, column = node.find_key(path)
            hint = _field_hint(model, holder, name)
            return diagnostic("unknown-field", file, line, column, hint=hint, field=name, record=holder.label)
        case "missing":
            line, column = node.find(path[:-1])
            return diagnostic("missing-field", file, line, column, field=name, record=holder.label,
                              example=f"{name}: {example}")
        case "tuple_type":
            expected = "a list"
        case "model_type" | "model_attributes_type" | "dict_type":
            expected = "a record"
        case _:
            expected = "a list" if _takes_list(info) else "one value"
    one_of_many = isinstance(path[-1], int) if path else False
    of_records = info is not None and next(record_types(info.annotation), None) is not None
    hint = _as_list(name, node.at(path), of_records) if expected == "a list" else None
    return diagnostic("wrong-type", file, line, column, hint=hint, what=f'each value of "{name}"' if one_of_many
                      else f'"{name}"', expected=expected, found=found_in_words(problem["input"]),
                      example=f"{name}: {example}")


def _as_list(name: str, node: Node, of_records: bool) -> str | None:
    """How to make a list of what was typed instead of one, where that is plain."""
    if isinstance(node.value, dict):
        return DASH_BEFORE_RECORD if of_records else None
    typed = node.value.strip("()[] ") if isinstance(node.value, str) else ""
    if not typed or "\n" in typed or of_records:
        return None
    parts = re.split(r"\s*[,;]\s*", typed.strip(",; "))
    if all(map(is_id, parts)) or re.fullmatch(r"[^\W_][\w .'-]*", typed):
        return write_one_of([f"`{name}: [{', '.join(parts)}]`"])
    return None


def _as_one(name: str, node: Node) -> str | None:
    """How to write the only value of a list where no list belongs."""
    while isinstance(node.value, list) and len(node.value) == 1:
        node = node.value[0]
    return write_one_of([f"`{name}: {node.value}`"]) if isinstance(node.value, str) and node.value.strip() else None
