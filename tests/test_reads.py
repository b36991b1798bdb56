"""What a piece of the site read: fields of briefs, and what is worked out from the whole dossier."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from generator.as_of.matters import matters, matters_of
from generator.build.changed import changed_facts
from generator.dossier import Dossier
from generator.load import load_dossier
from generator.models.base import walk
from generator.read.one_file import read_file
from generator.reads import Memo, recording, unrecorded
from generator.views.gaps import foundation, gaps

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


def test_the_matters_of_one_brief_read_only_what_names_it(dossier: Dossier) -> None:
    for brief in dossier.briefs.values():
        with recording() as found:
            own = matters_of(dossier, brief.id)
        briefs = {entry.brief.id for matter in own for entry in matter.entries}
        texts = {(id, field) for id, field in found if field in ("summary", "notes", "ask", "part")}
        assert {id for id, _ in texts} <= briefs | {brief.id}
        others = {id for id, _ in found if not id.startswith("#")} - briefs - {brief.id}
        assert {field for id, field in found if id in others} <= {"date"} | PARTIES, brief.id


PARTIES = {"memberships", "members", "relations", "offices", "heads", "positions", "lineage"}
"""Fields that may name a brief, without recording anything of it."""


def test_all_matters_are_those_of_each_brief(dossier: Dossier) -> None:
    assert [matter.key for matter in matters(dossier)] == [
        matter.key for id in dossier.briefs for matter in matters_of(dossier, id)]


def test_who_counts_what_is_cited_does_not_read_the_words(dossier: Dossier) -> None:
    for counted in (foundation, gaps):
        with recording() as found:
            counted(dossier)
        assert not {field for _, field in found} & {"summary", "notes", "ask", "part", "definition", "#inbound"}


def of(summary: str, more: str = "") -> bytes:
    return f"name: Aa\ntype: other\ndate: 2031-01-01\nsummary: {summary}\nsources: [paper]\n{more}".encode()


@pytest.mark.parametrize(("before", "after", "told"), [
    (of("One."), of("Two."), set()),
    (of("One [[bb]]."), of("That one [[bb]]."), {("#inbound", "bb")}),
    (of("One."), of("One [@paper]."), {
        ("#inbound", "paper"), ("#leading", "paper"), ("#times-cited", "paper"), ("#cited", "aa")}),
    (of("One [@paper]."), of("It was one [@paper]."), {("#inbound", "paper")}),
    (of("One."), of("One.", "place: Tern\n"), {("#places", "")}),
    (of("One."), of("One.", "see: [bb]\n"), {("#inbound", "bb"), ("#leading", "bb"), ("#named-by", "bb")}),
], ids=["words", "words before a link", "a citation", "words before a citation", "a place", "a field"])
def test_what_is_worked_out_changes_only_with_what_it_is_made_from(before: bytes, after: bytes,
                                                                  told: set[tuple[str, str]]) -> None:
    file = "content/events/aa.yml"
    found = set(changed_facts(*(read_file("event", file, data) for data in (before, after))))
    beside = ("#facts", "#links", "#origin", "#start", "#anchors")
    assert {fact for fact in found if fact[0].startswith("#") and fact[0] not in beside} == told
