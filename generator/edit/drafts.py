"""The text of a new brief: questions from the models' descriptions, examples from their examples, in canonical form."""

from __future__ import annotations

import re
import textwrap
import typing
from collections.abc import Iterator
from typing import Any

import jinja2
from pydantic.fields import FieldInfo

from generator.format.canonical import mend
from generator.format.quoting import as_yaml
from generator.models import KINDS, Demand, Settings
from generator.models.base import Record, Statement
from generator.models.fields import FromText, Line, Prose, Vocabulary
from generator.read.one_file import SETTINGS_KIND
from generator.read.records import field_names, record_types
from generator.read.yaml_text import Node, read_yaml
from generator.rendering import TEMPLATES
from generator.values import Value

_NOT_OFFERED = frozenset({"id", "formerly", "unverified", "reviewed", "accept"})
"""Fields that no new brief needs, or that are told beside another."""

DOSSIER = "dossier"
"""What the dossier's own record is called where a kind of brief could be named."""

_MODELS: dict[str, type[Record]] = {**KINDS, DOSSIER: Settings}

_COMMENT_WIDTH = 100


class Field(Value):
    """A field of a new brief: what is asked, and the lines to fill in or to uncomment."""

    name: str
    required: bool
    question: str
    expects: str
    """What a value is, in words; empty where the question says it."""
    many: bool
    words: tuple[tuple[str, str], ...]
    """The words it may be, with their meanings."""
    inner_words: tuple[tuple[str, tuple[str, ...]], ...]
    """For a record: the words of those of its fields that choose from a list."""
    example: str
    lines: tuple[str, ...]

    @property
    def longest(self) -> int:
        return max(len(word) for word, _ in self.words)


def draft(kind: str, id: str, name: str = "", modeline: str = "") -> str:
    """A new brief as text, or a new source as a part of a file of sources; for DOSSIER, a new dossier.yml.

    `modeline` is the way to its schema.
    """
    model = _MODELS[kind]
    fields = [_field(field, info, kind, name) for field, info in field_names(model).items()
              if field not in _NOT_OFFERED and (kind, field) != (DOSSIER, "note")]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "new"), trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    environment.filters["comment"] = _comment
    about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    return environment.get_template("brief.yml.j2").render(
        kind=kind, key=as_yaml(id), about=about, fields=fields, modeline=modeline)


def _comment(text: str, indent: str = "") -> str:
    """Text as lines that explain, with two signs: lines with one are examples. What stands in backticks stays whole."""
    held = re.sub(r"`[^`]*`", lambda match: match[0].replace(" ", "\0"), text)
    lines = textwrap.wrap(held, _COMMENT_WIDTH, initial_indent=f"## {indent}", subsequent_indent=f"## {indent}",
                          break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace("\0", " ")


def _field(field: str, info: FieldInfo, kind: str, name: str) -> Field:
    # `sources` may be left out, but nearly every brief needs them: so it is asked for. A new dossier has none yet.
    required = info.is_required() or (field == "sources" and kind != DOSSIER)
    example = str((info.examples or [""])[0])
    types = list(_types(info.annotation, info.metadata))
    words = next((tuple((member.value, member.meaning) for member in part) for part in types
                  if issubclass(part, Vocabulary)), ())
    expects = next((part.expects for part in types
                    if issubclass(part, FromText) and part not in (Line, Prose)), "")
    inner = next(record_types(info.annotation), None)
    many = typing.get_origin(info.annotation) is tuple
    if not required:
        lines = _example_lines(field, example, kind, Prose in types and not many)
    else:
        lines = (f"{field}: {as_yaml(name)}" if name and info is _name_of(kind) else f"{field}:",)
    return Field(field, required, info.description or "", expects if required else "", many, words,
                 tuple(_inner_words(inner)) if inner is not None else (), example, lines)


def _name_of(kind: str) -> FieldInfo:
    return _MODELS[kind].model_fields["title" if kind == DOSSIER else "name"]


def _types(annotation: Any, metadata: Any = ()) -> Iterator[type]:
    """The small values and lists of words that a field is written as."""
    for part in (*metadata, annotation):
        if isinstance(part, type) and typing.get_origin(part) is None:
            if issubclass(part, (FromText, Vocabulary)):
                yield part
    for part in typing.get_args(annotation):
        yield from _types(part)


def _inner_words(model: type[Record]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field, info in field_names(model).items():
        for part in _types(info.annotation):
            if issubclass(part, Vocabulary):
                yield field, tuple(member.value for member in part)


# --- examples -----------------------------------------------------------------------------


def _example_lines(field: str, example: str, kind: str, prose: bool) -> tuple[str, ...]:
    """A field with its example, in canonical form."""
    node, _ = read_yaml(f"{field}: {example}".encode(), field)
    assert node is not None and isinstance(node.value, dict)
    value = node.value[field].node
    inner = next(record_types(field_names(_MODELS[kind])[field].annotation), None)
    sourced = inner is not None and issubclass(inner, Statement)
    text = f"{field}: |\n  {value.value}\n" if prose else f"{field}:{_laid_out(value, sourced)}\n"
    file_kind = SETTINGS_KIND if kind == DOSSIER else kind
    return tuple((mend(text, file_kind).text if kind != "source" else text).rstrip("\n").split("\n"))


def _laid_out(node: Node, sourced: bool) -> str:
    """A value as it follows its field's colon: a record gets a line for each field, a plain list one line.

    `sourced` records are statements, which name a source in every example.
    """
    if isinstance(node.value, dict):
        return "\n  " + "\n  ".join(_fields(node, sourced))
    if isinstance(node.value, list) and any(isinstance(item.value, dict) for item in node.value):
        return "".join("\n  - " + "\n    ".join(_fields(item, sourced)) for item in node.value)
    return f" {_on_one_line(node)}"


def _fields(node: Node, sourced: bool) -> list[str]:
    assert isinstance(node.value, dict)
    source = str(field_names(Demand)["sources"].examples[0])  # type: ignore[index]
    lines = [f"{name}: {_on_one_line(entry.node)}" for name, entry in node.value.items()]
    return [*lines, f"sources: {source}"] if sourced and "sources" not in node.value else lines


def _on_one_line(node: Node, inside: bool = False) -> str:
    if isinstance(node.value, str):
        return as_yaml(node.value, inside, False)
    if isinstance(node.value, list):
        return f"[{', '.join(_on_one_line(item, True) for item in node.value)}]"
    return "{" + ", ".join(f"{name}: {_on_one_line(entry.node, True)}" for name, entry in node.value.items()) + "}"
