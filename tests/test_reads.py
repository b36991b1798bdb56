"""What a piece of the site read: fields of briefs, and what is worked out from the whole dossier."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from generator.dossier import Dossier
from generator.load import load_dossier
from generator.models.base import walk
from generator.reads import Memo, recording, unrecorded

SAMPLE = Path(__file__).parent / "sample" / "content"


@pytest.fixture
def dossier() -> Dossier:
    found, _ = load_dossier(SAMPLE)
    assert found is not None
    return found


def test_fields_note_that_they_are_read(dossier: Dossier) -> None:
    brief = next(dossier.of_kind("event"))
    with recording() as found:
        assert brief.id and brief.kind and brief.address
        assert found == set()
        assert brief.name and not brief.formerly
    assert found == {(brief.id, "name"), (brief.id, "formerly")}
    with recording() as found:
        list(walk(brief))
    assert found == {(brief.id, name) for name in type(brief).model_fields}


def test_a_brief_is_an_ordinary_record(dossier: Dossier) -> None:
    brief = next(dossier.of_kind("event"))
    assert copy.copy(brief) == brief == copy.deepcopy(brief)
    assert brief.model_copy(update={"name": "Other"}).name == "Other"
    with pytest.raises(ValueError):
        brief.name = "Other"
    with pytest.raises(AttributeError):
        brief.nothing  # noqa: B018
    assert not hasattr(type(brief), "name")


def test_a_result_that_is_kept_notes_what_it_was_made_from(dossier: Dossier) -> None:
    brief = next(dossier.of_kind("event"))
    memo: Memo[str, str] = Memo()
    for _ in range(2):
        with recording() as found:
            memo.get("", lambda: str(brief.name))
        assert found == {(brief.id, "name")}


def test_what_is_noted_inside_is_noted_outside_too(dossier: Dossier) -> None:
    brief = next(dossier.of_kind("event"))
    with recording() as outer:
        with recording() as inner:
            assert brief.name
        with unrecorded():
            assert brief.date
    assert inner == outer == {(brief.id, "name")}


def test_what_is_worked_out_from_all_is_one_fact(dossier: Dossier) -> None:
    brief = next(dossier.of_kind("event"))
    for read, fact in (
        (lambda: dossier.inbound[brief.id], "#inbound"), (lambda: dossier.anchors[brief.id], "#anchors"),
        (lambda: dossier.links_from[brief.id], "#links"), (lambda: dossier.origin(brief.id), "#origin"),
        (lambda: dossier.start(brief.id), "#start"),
    ):
        with recording() as found:
            read()
        assert found == {(fact, brief.id)}
    for read, fact in ((lambda: dossier.accepted, "#accepted"), (lambda: dossier.releases, "#releases"),
                       (lambda: dossier.facts.fingerprint, "#facts"), (lambda: dossier.by_name, "#by-name")):
        with recording() as found:
            read()
        assert found == {(fact, "")}


def test_the_statements_and_facts_of_one_brief_read_no_other(dossier: Dossier) -> None:
    brief = next(dossier.of_kind("event"))
    for read in (lambda: dossier.stated[brief.id], lambda: dossier.facts.own(brief.id).prints,
                 lambda: dossier.facts.whole[brief.id], lambda: dossier.facts.by_name[brief.id]):
        with recording() as found:
            read()
        assert {name for name, _ in found if not name.startswith("#")} == {brief.id}
