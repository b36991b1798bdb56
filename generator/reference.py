"""The editors' field reference, made from the models and the table of diagnostics.

`python -m generator.reference > REFERENCE.md` writes it; a test keeps the committed copy current.
"""

from __future__ import annotations

import sys
import typing

import jinja2
from pydantic.fields import FieldInfo

from generator.as_of.clocks import rules
from generator.diagnostics import CODES, Code
from generator.models import FOLDERS, KINDS, Settings
from generator.models.base import Record
from generator.models.fields import FromText, Vocabulary
from generator.read.records import field_names, record_types, value_types
from generator.rendering import TEMPLATES
from generator.values import Value


class FieldLine(Value):
    name: str
    required: bool
    expects: str
    description: str
    example: str


class RecordPart(Value):
    """A record's fields. `folder` is where a brief's files stand; empty for a record inside a brief."""

    anchor: str
    title: str
    about: str
    folder: str
    fields: tuple[FieldLine, ...]


class WordList(Value):
    anchor: str
    title: str
    words: tuple[tuple[str, str], ...]


def reference() -> str:
    """The whole reference as Markdown."""
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), trim_blocks=True, lstrip_blocks=True,
                                     keep_trailing_newline=True, autoescape=False, undefined=jinja2.StrictUndefined)
    briefs, inner, lists = _parts()
    return environment.get_template("reference.md.j2").render(
        briefs=briefs, records=inner, lists=lists, codes=tuple(CODES.values()), sections=_code_sections(),
        rules=rules(2031))


def _parts() -> tuple[list[RecordPart], list[RecordPart], list[WordList]]:
    records: dict[type[Record], None] = {}
    words: dict[type[Vocabulary], None] = {}
    tops: list[type[Record]] = [*KINDS.values(), Settings]

    def visit(model: type[Record]) -> None:
        for info in model.model_fields.values():
            for vocabulary in _vocabularies(info):
                words.setdefault(vocabulary)
            for inner in record_types(info.annotation):
                if inner not in records:
                    records[inner] = None
                    visit(inner)

    for top in tops:
        visit(top)
    folders = {KINDS[kind]: f"content/{folder}/" for kind, folder in FOLDERS.items()} | {Settings: "content/"}
    return ([_part(model, folders[model]) for model in tops],
            sorted((_part(model, "") for model in records), key=lambda part: part.title),
            sorted((WordList(_anchor(v), _title(v), tuple((m.value, m.meaning) for m in v)) for v in words),
                   key=lambda entry: entry.title))


def _part(model: type[Record], folder: str) -> RecordPart:
    lines = tuple(FieldLine(name, info.is_required(), _expects(info), info.description or "",
                            str((info.examples or [""])[0]))
                  for name, info in field_names(model).items() if name != "id")
    about = " ".join((model.__doc__ or "").split("\n\n")[0].split())
    return RecordPart(_anchor(model), model.label, about, folder, lines)


def _anchor(thing: type) -> str:
    return "".join("-" + c.lower() if c.isupper() else c for c in thing.__name__).strip("-")


def _title(vocabulary: type[Vocabulary]) -> str:
    return _anchor(vocabulary).replace("-", " ")


def _expects(info: FieldInfo) -> str:
    """What a field holds, in words, with links to the records and word lists."""
    annotation = info.annotation
    if typing.get_origin(annotation) is dict:
        return "warning names with reasons"
    many = typing.get_origin(annotation) is tuple
    records = list(record_types(annotation))
    if records:
        word = f"[{records[0].label.partition(' ')[2] or records[0].label}](#{_anchor(records[0])})"
    else:
        vocabularies = list(_vocabularies(info))
        if vocabularies:
            word = f"a word: [{_title(vocabularies[0])}](#{_anchor(vocabularies[0])})"
        else:
            word = next(_scalars(info)).expects
    return f"list: {word}" if many else word


def _vocabularies(info: FieldInfo) -> typing.Iterator[type[Vocabulary]]:
    return (part for part in value_types(info) if issubclass(part, Vocabulary))


def _scalars(info: FieldInfo) -> typing.Iterator[type[FromText]]:
    return (part for part in value_types(info) if issubclass(part, FromText))


def _code_sections() -> tuple[tuple[str, tuple[Code, ...]], ...]:
    return tuple((title, tuple(code for code in CODES.values() if code.severity == severity))
                 for title, severity in (("Errors stop the build", "error"),
                                         ("Warnings do not, except under `--strict`", "warning")))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(reference())
