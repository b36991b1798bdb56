"""The documents say what the program does."""

from __future__ import annotations

import re

import pytest
import yaml
from tools import ROOT

from generator.checks.run import DOSSIER_CHECKS, RECORD_CHECKS
from generator.diagnostics import CODES
from generator.load import load_dossier
from generator.models import KINDS, Settings
from generator.models.base import Record
from generator.models.fields import Reference
from generator.read.records import field_names, record_types
from generator.reference import reference


def all_records() -> list[type[Record]]:
    found: dict[type[Record], None] = {}

    def visit(model: type[Record]) -> None:
        if model not in found:
            found[model] = None
            for info in model.model_fields.values():
                for inner in record_types(info.annotation):
                    visit(inner)

    for model in (*KINDS.values(), Settings):
        visit(model)
    return list(found)


def test_the_committed_reference_is_current() -> None:
    assert (ROOT / "REFERENCE.md").read_text(encoding="utf-8") == reference(), "run `make reference`"


def test_every_diagnostic_code_is_in_the_reference() -> None:
    text = reference()
    assert [code for code in CODES if f"| `{code}` |" not in text] == []


@pytest.mark.parametrize("model", all_records(), ids=lambda model: model.__name__)
def test_every_field_has_a_description_and_an_example_and_is_in_the_reference(model: type[Record]) -> None:
    text = reference()
    for name, info in field_names(model).items():
        assert info.description and info.examples, f"{model.__name__}.{name}"
        if name != "id":
            assert f"`{name}`" in text and info.description in text


@pytest.mark.parametrize("model", all_records(), ids=lambda model: model.__name__)
def test_every_example_in_the_reference_is_valid(model: type[Record]) -> None:
    """Each field's example is what an editor may type; references in it need not exist."""
    from pydantic import TypeAdapter

    for name, info in field_names(model).items():
        value = yaml.load(str(info.examples[0]), Loader=yaml.BaseLoader)
        TypeAdapter(_annotated(info)).validate_python(value)
        assert name


def _annotated(info):  # type: ignore[no-untyped-def]
    from typing import Annotated

    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation


def test_every_check_is_a_named_function_that_says_what_it_wants() -> None:
    for check in (*RECORD_CHECKS, *DOSSIER_CHECKS):
        assert check.__doc__ and check.__doc__.strip().split("\n")[0].endswith((".", ":")), check.__name__


def test_the_program_names_no_party_place_or_day_of_the_dossier() -> None:
    content, _ = load_dossier(ROOT / "content")
    assert content is not None
    names = {str(brief.name).lower() for brief in content.of_kind("actor", "meeting", "event")}
    names |= {str(alias).lower() for brief in content.of_kind("actor") for alias in brief.aliases if len(alias) > 5}
    names |= {brief.id for brief in content.of_kind("actor", "instrument", "meeting", "event")}
    names -= {"united nations", "united-nations", "security council", "security-council", "special envoy",
              "un security council"}
    day = str(content.as_of)
    for folder in ("generator", "site_templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in (".py", ".j2", ".css", ".html", ".js"):
                text = path.read_text(encoding="utf-8").lower()
                assert day not in text, path
                assert [name for name in sorted(names) if name in text
                        and re.search(rf"(?<![a-z-]){re.escape(name)}(?![a-z-])", text)] == [], path
    assert day not in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


def test_the_core_knows_no_builder() -> None:
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if path.name != "plugin.py":
            assert not re.search(r"^\s*(from|import) mkdocs", path.read_text(encoding="utf-8"), re.MULTILINE), path


def test_references_name_the_kinds_they_lead_to() -> None:
    for kind in Reference.kinds:
        assert kind in KINDS
