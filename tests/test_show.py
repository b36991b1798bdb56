"""`briefing show` and `briefing where`: a brief in the terminal, and what points to it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tools import CONTENT, SAMPLE, load_once, sample_pages, write

from generator.cli import main
from generator.edit.written import read_files, references
from generator.load import load_dossier
from generator.pages import make_pages
from generator.terminal import as_text, columns, read_page, wrapped


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")


def show(capsys: pytest.CaptureFixture[str], id: str, content: Path = SAMPLE) -> str:
    assert main(["show", id, "--content", str(content)]) == 0
    return capsys.readouterr().out


def test_a_demand_reads_as_on_its_page(capsys: pytest.CaptureFixture[str]) -> None:
    out = show(capsys, "reopen-the-ferry")
    assert out.startswith('Reopen the ferry: "now"\n=======================\n\nDemand \u00b7 humanitarian\n')
    assert ("20 May 2031       conditional: With inspections at both ends. [1]\n"
            "                  (one source) softened, from opposes\n") in out
    assert "11 February 2031  opposes: \u201cNot one boat\u201d (Zo\u00eb O'Brien_\u0141ukasz | *Star*\n" in out
    assert "\nLater than June 2031\n\n1 July 2031       supports [4] (later) (one source) softened, from" in out
    assert "\nundated           supports (inferred) \u2014 From its resolution on the\n" in out
    assert f"Made by{' ' * 17}Aster Front, Aster Council, Ferrymen's union\n" in out
    assert out.endswith("[4] Harbour Archive: After the talks, 2032 (book)\n")


def test_every_brief_can_be_shown_within_the_width_and_without_codes() -> None:
    for page in sample_pages():
        if page.brief is None:
            continue
        for size in (72, 30):
            out = as_text(read_page(page.body), size)
            assert out.startswith(str(page.brief.name)[:20]), page.address
            assert "\x1b" not in out and "<" not in out and "\ue010" not in out
            long = [line for line in out.splitlines() if columns(line) > size and " " in line.strip("- ")]
            assert long == [], page.address


def test_headings_stand_out_in_a_terminal_only() -> None:
    page = read_page("# Title\n\n## Part { #part }\n\nText.\n")
    assert as_text(page, 40, "\x1b[1m{}\x1b[0m".format) == (
        "\x1b[1mTitle\x1b[0m\n=====\n\n\x1b[1mPart\x1b[0m\n----\n\nText.\n")
    assert "\x1b" not in as_text(page, 40)


def test_names_in_other_scripts_stay_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    name = "\u0627\u0644\u0623\u0645\u0645 \u0627\u0644\u0645\u062a\u062d\u062f\u0629 \u0627\u0644\u0643\u0628"
    content = write(tmp_path, {"actors/aa.yml": (
        f"name: Aa\ntype: state\nscripts:\n  - {{lang: ar, name: {name}}}\n  - {{lang: fa, name: {name}}}\n"
        f"  - {{lang: ur, name: {name}}}\nsummary: See [[bb]].\nsources: [paper]\n")})
    assert show(capsys, "aa", content).count(name) == 3


@pytest.mark.parametrize(("text", "size", "lines"), [
    ("one two three", 7, ["one two", "three"]),
    ("averyverylongaddress x", 7, ["averyverylongaddress", "x"]),
    ("\u4f60\u597d \u4f60\u597d", 8, ["\u4f60\u597d", "\u4f60\u597d"]),
    ("a\u0301\u0301 b", 3, ["a\u0301\u0301 b"]),
    ("", 5, []),
])
def test_lines_are_as_wide_as_they_look(text: str, size: int, lines: list[str]) -> None:
    assert wrapped(text, size) == lines


@pytest.mark.parametrize(("id", "inside", "outside"), [
    ("reopen-the-ferry#position-calder-2031-05-20",
     ["Positions\n", "conditional: With inspections", "[1] Union Gazette"], ["Not one boat", "[2]"]),
    ("reopen-the-ferry#history", ["How it fared\n", "First raised.", "Harbour Archive"], ["conditional"]),
    ("straits-accord#article-4", ["Article 4 *permits*", "- by day,"], ["Article 4 *requests*"]),
    ("tern-round#account-old-aster-front-2031-04-03", ["It never began."], ["Agenda"]),
])
def test_one_statement_is_shown_with_its_heading_and_sources(
    capsys: pytest.CaptureFixture[str], id: str, inside: list[str], outside: list[str]
) -> None:
    out = show(capsys, id)
    assert [words for words in inside if words not in out] == []
    assert [words for words in outside if words in out] == []


def test_a_term_and_a_source_are_shown_too(capsys: pytest.CaptureFixture[str]) -> None:
    term = show(capsys, "proximity-talks")
    assert term.startswith("Proximity talks\n") and "the mediator walks" in term and "Regime" not in term
    source = show(capsys, "ledger-tern")
    assert "Publisher  The Ledger\n" in source and "https://ledger.example/tern?day=1&page=2\n" in source


def test_a_former_id_leads_to_the_brief(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "old-aster-front", "--content", str(SAMPLE)]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("Aster Front\n") and '"old-aster-front" is now "aster-front"' in captured.err


def test_the_file_of_a_brief_stands_for_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert show(capsys, "content/actors/calder.yml") == show(capsys, "calder")
    assert main(["where", "actors/calder.yml", "--content", str(SAMPLE)]) == 0
    assert capsys.readouterr().out.endswith("point to calder\n")


@pytest.mark.parametrize("command", ["show", "where"])
@pytest.mark.parametrize(("id", "words"), [
    ("calderr", 'no brief has the id "calderr". Did you mean "calder"?'),
    ("Straits Accord", 'no brief has the id "Straits Accord". Did you mean "straits-accord"?'),
    ("text accord", 'no brief has the id "text accord". Did you mean "gazette-accord"?'),
    ("qqq", "`briefing list` names every brief"),
    ("straits-accord#article-5", '"straits-accord" has no place "#article-5". Did you mean one of "#article-4"'),
])
def test_what_is_not_there_gets_the_nearest(
    capsys: pytest.CaptureFixture[str], command: str, id: str, words: str
) -> None:
    assert main([command, id, "--content", str(SAMPLE)]) == 2
    captured = capsys.readouterr()
    assert words in captured.err and captured.err.count("\n") == 1 and captured.out == ""


def test_a_brief_with_an_error_says_it_and_others_are_shown_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    (content / "actors/calder.yml").write_text("name: Calder\ntype: stat\n", encoding="utf-8")
    (content / "events/ferry-stops.yml").write_text("name: [\n", encoding="utf-8")
    assert main(["show", "calder", "--content", str(content)]) == 1
    assert 'content/actors/calder.yml:2:7: error: "stat" is not a known value' in capsys.readouterr().err
    dossier, _ = load_dossier(content)
    assert dossier is not None
    for page in make_pages(dossier):
        assert as_text(read_page(page.body), 72)


# --- where --------------------------------------------------------------------------------


def where(capsys: pytest.CaptureFixture[str], id: str, content: Path = SAMPLE) -> str:
    assert main(["where", id, "--content", str(content)]) == 0
    return capsys.readouterr().out


def test_what_points_to_a_brief_is_listed_by_brief_with_place_and_role(capsys: pytest.CaptureFixture[str]) -> None:
    assert where(capsys, "reopen-the-ferry") == """\
actor Ines Dahl (ines-dahl)
  content/actors/ines-dahl.yml:5:5: linked in the text of `summary`
demand Keep the harbour lights (keep-the-lights)
  content/demands/keep-the-lights.yml:45:7: see also, in `see[1]`
event The ferry runs again (ferry-runs)
  content/events/ferry-runs.yml:7:12: bears on it, in `bears_on[1]`
event The ferry stops (ferry-stops)
  content/events/ferry-stops.yml:10:12: bears on it, in `bears_on[1]`
page How it *began* (how-it-began)
  content/pages/how-it-began.md:7:18: linked in its text
dossier Talks on the Marrow Straits
  content/dossier.yml:13:30: recommended to newcomers, in `start_here[2]`

6 places in 6 briefs and pages point to reopen-the-ferry
"""


def test_the_places_of_a_source_are_its_citations(capsys: pytest.CaptureFixture[str]) -> None:
    out = where(capsys, "harbour-notes")
    assert "/aster-council.yml:5:85: cited in the text of `summary`\n" in out
    assert "/aster-council.yml:10:15: cited in `successor_of[1].sources[1]`\n" in out
    assert "/aster-council.yml:20:11: cited in `sources`: the brief as a whole rests on it\n" in out


def test_one_statement_has_its_own_places(capsys: pytest.CaptureFixture[str]) -> None:
    out = where(capsys, "ferry-resolution#op-2")
    assert "straits-accord.yml" in out and "see[" not in out and "#op-2\n" in out


def test_where_nothing_points_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert where(capsys, "mm", write(tmp_path, {})) == "nothing points to mm\n"


def test_a_brief_with_errors_hides_none_of_its_references(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {"demands/dd.yml": "name: Dd\ncategory: x\nmade_by: mm\nask: \"See [[mm]]\"\n"})
    out = where(capsys, "mm", content)
    assert "dd.yml:3:10: named as a maker, in `made_by`" in out and "dd.yml:4:13: linked in the text of `ask`" in out


def test_the_places_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["where", "straits-accord#article-4", "--content", str(SAMPLE), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0] == {
        "file": "content/demands/reopen-the-ferry.yml", "line": 15, "column": 11, "kind": "demand",
        "id": "reopen-the-ferry", "name": 'Reopen the ferry: "now"', "role": "rests on this text, in `basis[1].text`",
        "field": "basis[1].text", "anchor": "article-4"}
    assert main(["where", "mm", "--content", str(SAMPLE), "--format", "json"]) == 2


@pytest.mark.parametrize("content", [SAMPLE, CONTENT], ids=["sample", "real"])
def test_every_link_of_the_dossier_is_found_where_it_is_written(content: Path) -> None:
    dossier, _ = load_once(content)
    assert dossier is not None

    def key(link) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
        return link.origin, tuple(map(str, link.path)), link.target, link.anchor, link.cites

    found = list(references(read_files(content)))
    assert sorted(key(written.link) for written in found) == sorted(map(key, dossier.links))
    for written in found:
        assert written.file.text is not None
        assert written.file.text[written.start:written.end] == written.link.target
