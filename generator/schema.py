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

from generator.diagnostics import CODES
from generator.files.writing import whole
from generator.models import KINDS, Settings, Source
from generator.models.base import Brief, DatedStatement, Record
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
    Line,
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
    Reference: "bad-reference", Citation: "unknown-source", Party: "bad-reference",
}
"""The problem whose hint says what to write where a value has not the form of its type."""

_TEXT = "Write text; what could be read as a number or as true or false needs quotes, such as \"017\""
"""What to write where a text has another type to a program that reads YAML."""


def schema(name: str) -> Schema:
    """The schema of a kind's files, or of dossier.yml. Raises KeyError for a name that is not in NAMES."""
    model = Settings if name == "dossier" else KINDS[name]
    top = _of_many(model) if model is Source else _of_record(model)
    records = {model, *_records_inside(model)}
    definitions = {_key(record): _of_record(record) for record in records if record is not model or model is Source}
    definitions["accepted-warnings"] = _accepted_warnings()
    if any(_names_parties(record) for record in records):
        definitions["party"] = _party()
    return {"$schema": DRAFT, **top, "definitions": dict(sorted(definitions.items()))}


def as_text(schema: Schema) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path) -> list[Path]:
    """Write every schema as `<name>.json` into a folder, which is made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in NAMES:
        path = folder / f"{name}.json"
        with whole(path) as written:
            written.write_bytes(as_text(schema(name)).encode("utf-8"))
        paths.append(path)
    return paths


# --- records ------------------------------------------------------------------------------


def _of_record(model: type[Record]) -> Schema:
    fields = field_names(model)
    required = [name for name, info in fields.items() if info.is_required() and name != "id"]
    result: Schema = {"title": _title(model), "description": _about(model), "type": "object",
                      "properties": {name: _of_field(name, info) for name, info in fields.items()}}
    if required:
        result["required"] = required
    result["additionalProperties"] = False
    if issubclass(model, (Brief, Settings)):
        result["defaultSnippets"] = [_snippet(model)]
    return result


def _of_many(model: type[Brief]) -> Schema:
    """The schema of a file that holds many records by their ids."""
    snippet = _snippet(model, 2)
    return {
        "title": f"{_title(model)}s",
        "description": _about(model),
        "type": "object",
        "propertyNames": {"pattern": f"^{ID_PATTERN}$", "patternErrorMessage": CODES["bad-id"].about,
                          "doNotSuggest": True},
        "additionalProperties": {"$ref": f"#/definitions/{_key(model)}"},
        "defaultSnippets": [{**snippet, "body": {"${1:id}": snippet["body"]}}],
    }


def _records_inside(model: type[Record]) -> Iterator[type[Record]]:
    for info in field_names(model).values():
        for inner in record_types(info.annotation):
            yield inner
            yield from _records_inside(inner)


def _names_parties(model: type[Record]) -> bool:
    return any(Party in value_types(info) for info in field_names(model).values())


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
    record = next(record_types(info.annotation), None)
    if origin is dict:
        return {"$ref": "#/definitions/accepted-warnings"}
    one = {"$ref": f"#/definitions/{_key(record)}"} if record else _of_type(info)
    if origin is not tuple:
        return one
    many: Schema = {"type": "array", "errorMessage": (CODES["wrong-type"].hint or "").format(example=_as_typed(info))}
    if record:
        return {**many, "items": one, "defaultSnippets": [_snippet(record)]}
    # Under `items` itself, the language server would begin a list of lines; short lists stand on one line.
    kind = _text_type(info)
    one = {"description": f"{kind.expects[0].upper()}{kind.expects[1:]}.", **one}
    return {**many, "allOf": [{"items": one}], "defaultSnippets": [{"label": "[ ]", "type": "string", "body": "^[$1]"}]}


def _of_type(info: FieldInfo) -> Schema:
    words = _words(info)
    if words:
        return {"type": "string", "enum": [word.value for word in words],
                "markdownEnumDescriptions": [word.meaning for word in words]}
    kind = _text_type(info)
    if kind is Party:
        return {"$ref": "#/definitions/party"}
    result = _with_hint(kind, kind.json)
    if kind in _FORMS:
        result["defaultSnippets"] = [{"label": label, "body": f"^{body}", "description": example}
                                     for label, body, example in _FORMS[kind]]
    return result


def _text_type(info: FieldInfo) -> type[FromText]:
    return next(kind for kind in value_types(info) if issubclass(kind, FromText))


def _words(info: FieldInfo) -> list[Vocabulary]:
    return [word for kind in value_types(info) if issubclass(kind, Vocabulary) for word in kind]


def _with_hint(kind: type[FromText], of_text: Schema) -> Schema:
    code = next((_PROBLEMS[ancestor] for ancestor in kind.__mro__ if ancestor in _PROBLEMS), None)
    return {**of_text, "errorMessage": CODES[code].hint if code else _TEXT}


def _party() -> Schema:
    """Somebody with a role, with what to write told at the id: the other way has messages of its own."""
    by_id, outside = Party.json["anyOf"]
    return {"description": Party.expects, "anyOf": [_with_hint(Party, by_id), outside]}


def _accepted_warnings() -> Schema:
    """`accept`: every warning's name with the reason why it is accepted."""
    names = sorted(code.name for code in CODES.values() if code.can_be_accepted)
    return {"type": "object",
            "properties": {name: {"description": CODES[name].about, **_with_hint(Line, Line.json)} for name in names},
            "additionalProperties": False}


# --- examples and snippets ----------------------------------------------------------------

_FORMS: dict[type[FromText], tuple[tuple[str, str, str], ...]] = {
    Date: (("a day", "${1:year}-${2:month}-${3:day}", "2031-05-20"),
           ("a month", "${1:year}-${2:month}", "2031-05"),
           ("a year", "${1:year}", "2031"),
           ("a period", "${1:first day}/${2:last day}", "2031-04-02/2031-05-20"),
           ("a period that goes on", "${1:first day}/..", "2031-04-02/..")),
    TimeOfDay: (("a time and its zone", "${1:hours}:${2:minutes}${3:+01:00}", "17:00+01:00"),
                ("a time in UTC", "${1:hours}:${2:minutes}Z", "16:00Z")),
    Length: tuple((f"a number of {unit}", f"${{1:number}} {unit}", f"6 {unit}")
                  for unit in ("days", "weeks", "months", "years")),
}
"""Forms of values, each with its name, its places to fill in and an example. No digit stands in a name, so that the
server stops offering them once a number is typed."""


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


def _snippet(model: type[Record], first: int = 1) -> Schema:
    """What a new record needs: its fields that must be there, its date and its sources, with places to fill in."""
    body: Schema = {}
    for name, info in field_names(model).items():
        dated = name == "date" and issubclass(model, DatedStatement)
        if name != "id" and (info.is_required() or dated or name == "sources"):
            body[name] = _place(len(body) + first, info)
    title = _title(model)
    return {"label": f"{title}: {', '.join(body)}", "sortText": f"_{title}", "body": body}


def _place(number: int, info: FieldInfo) -> str:
    words = _words(info)
    if words:
        return f"${{{number}|{','.join(word.value for word in words)}|}}"
    return f"^[${number}]" if typing.get_origin(info.annotation) is tuple else f"${number}"
