"""The JSON Schemas: current, complete, and of one mind with the site's own reader.

Briefs are read here as YAML 1.2 by another reader and judged by another validator, as an editor's program would.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from tools import CONTENT, ROOT, SAMPLE, problems

from generator.cli import main
from generator.models import FOLDERS, KINDS, Settings, Source
from generator.models.base import Record
from generator.read.records import field_names, record_types
from generator.schema import NAMES, as_text, schema

SCHEMAS = ROOT / "schemas"

# A date is text in YAML 1.2; this reader would make a date of it, as YAML 1.1 does.
_YAML = YAML(typ="safe", pure=True)
_YAML.constructor.yaml_constructors = {
    **_YAML.constructor.yaml_constructors,
    "tag:yaml.org,2002:timestamp": lambda constructor, node: constructor.construct_scalar(node)}


@cache
def committed(name: str) -> dict[str, Any]:
    return json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(committed(name))


def refusals(name: str, text: str) -> list[str]:
    """What a validator says of a text, a line each."""
    return ["/".join(map(str, error.absolute_path)) + ": " + error.message
            for error in validator(name).iter_errors(_YAML.load(text))]


def files(content: Path) -> Iterator[tuple[str, Path]]:
    """Every content file with the name of its schema."""
    yield "dossier", content / "dossier.yml"
    for kind, folder in FOLDERS.items():
        for path in sorted((content / folder).glob("*.yml")):
            yield kind, path


def all_records(model: type[Record]) -> Iterator[type[Record]]:
    yield model
    for info in field_names(model).values():
        for inner in record_types(info.annotation):
            yield from all_records(inner)


def of_record(name: str, model: type[Record]) -> dict[str, Any]:
    """The part of a committed schema that describes a record."""
    if model in (*KINDS.values(), Settings) and model is not Source:
        return committed(name)
    key = "".join("-" + c.lower() if c.isupper() else c for c in model.__name__).strip("-")
    return committed(name)["definitions"][key]


MODELS = [(name, model) for name in NAMES
          for model in dict.fromkeys(all_records(Settings if name == "dossier" else KINDS[name]))]


# --- current and complete -----------------------------------------------------------------


def test_the_committed_schemas_are_current() -> None:
    assert sorted(path.name for path in SCHEMAS.iterdir()) == sorted(f"{name}.json" for name in NAMES)
    for name in NAMES:
        assert (SCHEMAS / f"{name}.json").read_bytes() == as_text(schema(name)).encode(), "run `make reference`"


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_valid_schema(name: str) -> None:
    Draft7Validator.check_schema(committed(name))


@pytest.mark.parametrize(("name", "model"), MODELS, ids=lambda value: getattr(value, "__name__", value))
def test_each_record_is_described_field_by_field_in_canonical_order(name: str, model: type[Record]) -> None:
    part = of_record(name, model)
    fields = field_names(model)
    assert list(part["properties"]) == list(fields)
    assert part["additionalProperties"] is False
    assert part["title"] and part["description"]
    assert part.get("required", []) == [field for field, info in fields.items() if info.is_required() and field != "id"]
    for field, info in fields.items():
        assert part["properties"][field]["description"] == info.description
        assert part["properties"][field]["markdownDescription"].startswith(
            f"{info.description}\n\n```yaml\n{field}:")


def test_every_word_of_a_list_has_its_meaning() -> None:
    stance = of_record("demand", next(model for _, model in MODELS if model.__name__ == "Position"))
    words = stance["properties"]["stance"]
    assert dict(zip(words["enum"], words["markdownEnumDescriptions"], strict=True))["unclear"] == (
        "has said nothing that settles it")


@pytest.mark.parametrize(("name", "model"), MODELS, ids=lambda value: getattr(value, "__name__", value))
def test_every_example_is_valid(name: str, model: type[Record]) -> None:
    part = of_record(name, model)
    for field, info in field_names(model).items():
        rule = {"definitions": committed(name)["definitions"], **part["properties"][field]}
        if "$ref" in rule:
            rule = {"definitions": rule["definitions"], "$ref": rule["$ref"]}
        value = _YAML.load(str(info.examples[0]))
        assert [error.message for error in Draft7Validator(rule).iter_errors(value)] == [], field


def test_what_is_filled_in_for_a_new_record_has_what_it_needs() -> None:
    def snippets(part: Any) -> Iterator[tuple[dict[str, Any], str]]:
        """The fields of each snippet, with the name of the record it begins."""
        if isinstance(part, dict):
            for snippet in part.get("defaultSnippets", []):
                if isinstance(snippet["body"], dict):
                    yield snippet["body"], part.get("items", {}).get("$ref", "").rpartition("/")[2]
            for value in part.values():
                yield from snippets(value)
        elif isinstance(part, list):
            for value in part:
                yield from snippets(value)

    count = 0
    for name in NAMES:
        definitions = committed(name)["definitions"]
        for body, definition in snippets(committed(name)):
            record = definitions[definition] if definition else committed(name)
            if name == "source":
                body, record = body.get("${1:id}", body), definitions["source"]
            count += 1
            assert set(record["required"]) <= set(body) <= set(record["properties"])
    assert count > 30


# --- of one mind with the check -----------------------------------------------------------


@pytest.mark.parametrize("content", [CONTENT, SAMPLE], ids=["real", "sample"])
def test_every_brief_is_valid_as_yaml_1_2(content: Path) -> None:
    found = [f"{path.relative_to(content)}: {refusal}" for name, path in files(content)
             for refusal in refusals(name, path.read_text(encoding="utf-8"))]
    assert found == []


SOURCE = "paper:\n  publisher: Paper\n  title: News\n  type: newspaper\n"
ACTOR = "name: Aa\ntype: state\nsummary: See [[bb]].\nsources: [paper]\n"
DEMAND = "name: Dd\ncategory: military\nask: Stop.\nmade_by: [aa]\nsources: [paper]\n"
MEETING = "name: Mm\ndate: 2031-02-01/2031-02-05\nformat: direct\nconvener: [aa]\nsources: [paper]\n"
TEXT = "name: Ii\ntype: resolution\ndate: 2031-01-01\nby: [aa]\nsources: [paper]\n"
VOTE = "vote: {in_favour: 15, against: 0, abstaining: 0, sources: [paper]}\n"
DOSSIER = "title: Small\ndescription: A small dossier.\nas_of: 2031-06-01\nsources: [paper]\n"

FILES = {"actor": "actors/aa.yml", "demand": "demands/dd.yml", "source": "sources/all.yml", "dossier": "dossier.yml",
         "meeting": "un-process/meetings/mm.yml", "instrument": "un-process/instruments/ii.yml"}

SLIPS = {
    "unknown field": ("actor", ACTOR + "sumary: See.\n"),
    "unknown field in a record": ("actor", ACTOR + "relations: [{type: supports, actor: bb, wen: 2031}]\n"),
    "unknown field of a source": ("source", SOURCE + "  byline: Blum\n"),
    "unknown word": ("actor", ACTOR.replace("state", "stat")),
    "unknown word in a record": ("demand", DEMAND + "positions: [{actor: aa, stance: oppose, sources: [paper]}]\n"),
    "missing field": ("actor", "name: Aa\n"),
    "missing field in a record": ("demand", DEMAND + "positions: [{actor: aa, sources: [paper]}]\n"),
    "missing field of the dossier": ("dossier", DOSSIER.replace("as_of: 2031-06-01\n", "")),
    "missing field of a source": ("source", SOURCE.replace("  publisher: Paper\n", "")),
    "one value for a list": ("actor", ACTOR + "aliases: AA\n"),
    "a list for one value": ("actor", ACTOR.replace("name: Aa", "name: [Aa]")),
    "text for a record": ("actor", ACTOR + "relations: [supports]\n"),
    "no value": ("actor", ACTOR + "notes:\n"),
    "a bad id": ("actor", ACTOR + "see: [Bb]\n"),
    "a bad id of a source": ("source", SOURCE.replace("paper:", "The Paper:")),
    "a bad party": ("demand", DEMAND.replace("[aa]", "[{outsider: Guild}]")),
    "a date by the month's name": ("meeting", MEETING.replace("2031-02-01/2031-02-05", "3 February 2031")),
    "a date the other way round": ("actor", ACTOR + "date: 03-02-2031\n"),
    "a short month": ("actor", ACTOR + "date: 2031-2\n"),
    "a thirteenth month": ("actor", ACTOR + "date: 2031-13\n"),
    "a season": ("actor", ACTOR + "date: 2031-21\n"),
    "an interval without dates": ("actor", ACTOR + "date: ../..\n"),
    "a time without its zone": ("meeting", MEETING + "time: \"17:00\"\n"),
    "a number in words": ("instrument", TEXT + VOTE.replace("15", "many")),
    "a number below zero": ("instrument", TEXT + VOTE.replace("15", "-15")),
    "yes for true": ("actor", ACTOR + "main: yes\n"),
    "a half address": ("source", SOURCE + "  url: paper.example/news\n"),
    "a language by its name": ("source", SOURCE + "  lang: Arabic\n"),
    "a length in figures only": ("dossier", DOSSIER + "stale_after: 90\n"),
    "a contact that is none": ("dossier", DOSSIER + "contact: The editors\n"),
    "an unknown warning": ("actor", ACTOR + "accept: {never-liked: It is new.}\n"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_refused_by_the_schema_and_by_the_check(slip: str, tmp_path: Path) -> None:
    name, text = SLIPS[slip]
    assert refusals(name, text) != []
    assert any(": error: " in line for line in problems(tmp_path, {FILES[name]: text}))


RIGHT = {
    "a year": ("actor", ACTOR + "date: 2031\n"),
    "a decade": ("actor", ACTOR + "date: 199X\n"),
    "a century": ("actor", ACTOR + "date: 19XX\n"),
    "a month": ("actor", ACTOR + "date: 2031-02\n"),
    "an unknown month": ("actor", ACTOR + "date: 2031-XX\n"),
    "an unknown day": ("actor", ACTOR + "date: 2031-XX-XX\n"),
    "a day of a known month": ("actor", ACTOR + "date: 2031-02-XX\n"),
    "about": ("actor", ACTOR + "date: 2031-02~\n"),
    "perhaps": ("actor", ACTOR + "date: 2031?/2032-03-04%\n"),
    "an open end": ("actor", ACTOR + "date: 2031-02-01/..\n"),
    "an open start": ("actor", ACTOR + "date: ../2031\n"),
    "an unknown end": ("actor", ACTOR + "date: 2031-02/\n"),
    "an unknown start": ("actor", ACTOR + "date: /2031\n"),
    "text that looks like a number": ("actor", ACTOR.replace("name: Aa", "name: \"017\"")),
    "somebody without a brief": ("demand", DEMAND.replace("[aa]", "[aa, {outside: Guild of Pilots}]")),
    "a place in a source": ("actor", ACTOR.replace("[paper]", "[\"paper, p. 4 and annex\"]")),
    "a vote": ("instrument", TEXT + VOTE),
    "a deadline from a year": ("instrument", TEXT + "deadlines: [{what: Talks., within: 6 months, "
                               "counted_from: [{start: 2031, sources: [paper]}], sources: [paper]}]\n"),
    "a time": ("meeting", MEETING + "time: 17:00+01:00\n"),
    "a contact": ("dossier", DOSSIER + "contact: editors@example.org\n"),
    "the file's own id": ("actor", "id: aa\n" + ACTOR),
}


@pytest.mark.parametrize("case", RIGHT)
def test_what_is_right_is_right_for_both(case: str, tmp_path: Path) -> None:
    name, text = RIGHT[case]
    assert refusals(name, text) == []
    assert [line for line in problems(tmp_path, {FILES[name]: text}) if ": error: " in line] == []


# --- the command --------------------------------------------------------------------------


def test_the_command_names_all_schemas(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert capsys.readouterr().out.split() == [*KINDS, "dossier"]


def test_the_command_prints_the_schema_of_a_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "actor"]) == 0
    assert capsys.readouterr().out == (SCHEMAS / "actor.json").read_text(encoding="utf-8")


def test_the_command_writes_them_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--write", str(tmp_path / "new" / "folder")]) == 0
    assert sorted(path.stem for path in (tmp_path / "new" / "folder").iterdir()) == sorted(NAMES)
    assert capsys.readouterr().out == f"9 schemas written to {tmp_path / 'new' / 'folder'}\n"


@pytest.mark.parametrize(("arguments", "words"), [
    (["acter"], 'there is no kind "acter". Did you mean "actor"?'),
    (["zzz"], 'there is no kind "zzz". There are actor, demand, '),
    (["actor", "--write", "x"], "--write writes every schema: leave the kind out"),
    (["--write", __file__], "cannot be written: file exists"),
])
def test_wrong_usage_is_told_in_one_sentence(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", *arguments]) == 2
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1
