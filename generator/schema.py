"""JSON Schemas of the content files, made from the models: what an editor's program completes, explains and checks by.

Draft 7 is what the YAML language server knows best. The schemas describe files as YAML 1.2 reads them, so a year
alone or a count is a number there. They know the shape of one file only; what must be true across files, and the
calendar, are for `briefing check`.

Examples stand in the descriptions, as an editor types them, not under `examples`: the language server would write
those into the file, where an invented name would pass for a fact. For the same reason nothing is filled in but what
the site itself takes where the field is left out.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import yaml
from pydantic.fields import FieldInfo

from generator.diagnostics import CODES, WARNING
from generator.models import KINDS, Settings, Source
from generator.models.base import Brief, DatedStatement, Record, Statement
from generator.models.fields import (
    ID_PATTERN,
    Citation,
    Contact,
    Count,
    CountingPoint,
    Date,
    FromText,
    Id,
    Language,
    Length,
    Party,
    Reference,
    TimeOfDay,
    Url,
    Vocabulary,
    YesNo,
)
from generator.read.records import field_names, record_types, value_types

DRAFT = "http://json-schema.org/draft-07/schema#"

NAMES: tuple[str, ...] = (*KINDS, "dossier")
"""Every schema's name: the kinds of brief, and `dossier` for dossier.yml."""

Schema = dict[str, Any]

_PROBLEMS: dict[type[FromText], str] = {
    Date: "bad-date", CountingPoint: "bad-date", TimeOfDay: "bad-time", Count: "bad-number", YesNo: "bad-yes-no",
    Url: "bad-url", Contact: "bad-contact", Language: "bad-language", Length: "bad-length", Id: "bad-reference",
    Reference: "bad-reference", Citation: "bad-reference", Party: "bad-reference",
}
"""The problem whose hint says what to write where a value has not the form of its type."""


def schema(name: str) -> Schema:
    """The schema of a kind's files, or of dossier.yml. Raises KeyError for a name that is not in NAMES."""
    model = Settings if name == "dossier" else KINDS[name]
    definitions: dict[type[Record], None] = {}
    top = _of_many(model, definitions) if model is Source else _of_record(model, definitions)
    return {
        "$schema": DRAFT,
        **top,
        "definitions": {_key(record): _of_record(record, {}) for record in sorted(definitions, key=_key)},
    }


def as_text(schema: Schema) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> list[Path]:
    """Write every schema as `<name>.json` into a folder, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in NAMES:
        path = folder / f"{name}.json"
        path.write_bytes(as_text(schema(name)).encode("utf-8"))
        paths.append(path)
    return paths


# --- records ------------------------------------------------------------------------------


def _of_record(model: type[Record], definitions: dict[type[Record], None]) -> Schema:
    """A record's schema; the records it holds, and those they hold, are added to `definitions`."""
    fields = field_names(model)
    for inner in _records_inside(model):
        definitions.setdefault(inner)
    required = [name for name, info in fields.items() if info.is_required() and name != "id"]
    result: Schema = {"title": _title(model), "description": _about(model), "type": "object",
                      "properties": {name: _of_field(name, info) for name, info in fields.items()}}
    if required:
        result["required"] = required
    result["additionalProperties"] = False
    if not issubclass(model, (Brief, Settings)):
        result["defaultSnippets"] = [_snippet(model)]
    return result


def _of_many(model: type[Brief], definitions: dict[type[Record], None]) -> Schema:
    """The schema of a file that holds many records by their ids."""
    one = _of_record(model, definitions)
    definitions.setdefault(model)
    return {
        "title": f"{_title(model)}s",
        "description": one["description"],
        "type": "object",
        "propertyNames": {"pattern": f"^{ID_PATTERN}$", "patternErrorMessage": CODES["bad-id"].about,
                          "doNotSuggest": True},
        "additionalProperties": {"$ref": f"#/definitions/{_key(model)}"},
    }


def _records_inside(model: type[Record]) -> Iterator[type[Record]]:
    for info in field_names(model).values():
        for inner in record_types(info.annotation):
            yield inner
            yield from _records_inside(inner)


def _key(model: type) -> str:
    return "".join("-" + c.lower() if c.isupper() else c for c in model.__name__).strip("-")


def _title(model: type[Record]) -> str:
    """What messages call the record, without its article."""
    article, _, name = model.label.partition(" ")
    return name if article in ("a", "an") else model.label


def _about(model: type[Record]) -> str:
    own = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    return own or model.label[0].upper() + model.label[1:] + "."


# --- fields -------------------------------------------------------------------------------


def _of_field(name: str, info: FieldInfo) -> Schema:
    result = {"description": info.description, "markdownDescription": f"{info.description}\n\n{_example(name, info)}",
              **_of_value(info)}
    if name == "id":
        result["doNotSuggest"] = True
    default = info.get_default()
    if isinstance(default, (str, Enum)) or (isinstance(default, int) and not isinstance(default, bool)):
        result["default"] = str(default) if isinstance(default, str) else int(default)
    return result


def _of_value(info: FieldInfo) -> Schema:
    """What may stand in a field: a list, a record, or a value written as one piece of text."""
    origin = typing.get_origin(info.annotation)
    if origin is dict:
        return _accepted_warnings()
    record = next(record_types(info.annotation), None)
    one = {"$ref": f"#/definitions/{_key(record)}"} if record else _of_type(info)
    if origin is not tuple:
        return one
    hint = CODES["wrong-type"].hint or ""
    return {"type": "array", "items": one, "errorMessage": hint.format(example=_as_typed(info))}


def _of_type(info: FieldInfo) -> Schema:
    kinds = list(value_types(info))
    words = next((kind for kind in kinds if issubclass(kind, Vocabulary)), None)
    if words is not None:
        return {"type": "string", "enum": [word.value for word in words],
                "markdownEnumDescriptions": [word.meaning for word in words]}
    kind = next(kind for kind in kinds if issubclass(kind, FromText))
    code = next((_PROBLEMS[ancestor] for ancestor in kind.__mro__ if ancestor in _PROBLEMS), None)
    return {**kind.json, **({"errorMessage": CODES[code].hint} if code else {})}


def _accepted_warnings() -> Schema:
    """`accept`: every warning's name with the reason why it is accepted."""
    codes = sorted((code for code in CODES.values() if code.severity == WARNING), key=lambda code: code.name)
    return {"type": "object", "additionalProperties": False,
            "properties": {code.name: {"description": code.about, "type": "string", "pattern": r"\S"}
                           for code in codes}}


# --- examples and snippets ----------------------------------------------------------------


def _as_typed(info: FieldInfo) -> str:
    return str((info.examples or [""])[0])


def _example(name: str, info: FieldInfo) -> str:
    """A field's example as Markdown: a list of records has a line for each of their fields."""
    text = _as_typed(info)
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    lines = [f"{name}: {text}"]
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.MappingNode) for item in node.value):
        lines = [f"{name}:"]
        for item in node.value:
            pairs = [f"{text[key.start_mark.index:key.end_mark.index]}: "
                     f"{text[value.start_mark.index:value.end_mark.index]}" for key, value in item.value]
            lines += [("    " if number else "  - ") + pair for number, pair in enumerate(pairs)]
    return "\n".join(["```yaml", *lines, "```"])


def _snippet(model: type[Record]) -> Schema:
    """What a new record needs, with places to fill in: its fields that must be there, its date and its sources."""
    body: Schema = {}
    number = 0
    for name, info in field_names(model).items():
        wanted = info.is_required() or (name == "date" and issubclass(model, DatedStatement)) or (
            name == "sources" and issubclass(model, Statement))
        if wanted:
            number += 1
            body[name] = _place(number, info)
    return {"label": f"new {_title(model)}", "body": body}


def _place(number: int, info: FieldInfo) -> str:
    words = [word.value for kind in value_types(info) if issubclass(kind, Vocabulary) for word in kind]
    if words:
        return f"${{{number}|{','.join(words)}|}}"
    return f"^[${number}]" if typing.get_origin(info.annotation) is tuple else f"${number}"
