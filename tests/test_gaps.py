"""Where a dossier is thin: each kind of gap is found, with the place where it is mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import CONTENT, SAMPLE, SMALL, loaded, read_site, write

from generator.dates import Edtf
from generator.dossier import Dossier
from generator.pages import Page, page_at
from generator.shell import pieces
from generator.views.gaps import AT_MOST, Gap, foundation, gaps, is_rough


def found(dossier: Dossier) -> dict[str, Gap]:
    return {gap.kind: gap for gap in gaps(dossier).found}


def page(dossier: Dossier, address: str) -> Page:
    found = page_at(dossier, address)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def sample() -> Dossier:
    return loaded(SAMPLE)


def test_each_gap_of_the_sample_leads_to_its_statement_and_its_file(sample: Dossier) -> None:
    told = {kind: (gap.count, gap.of, gap.entries[0].at, gap.entries[0].anchor) for kind, gap in found(sample).items()}
    ferry = "demands/reopen-the-ferry.yml"
    assert told["inferred"] == (2, 17, f"{ferry}:59", "position-union-of-lakes-undated")
    assert told["unverified"] == (3, 80, f"{ferry}:63", "position-ferrymen-s-union-2031-xx")
    assert told["mute"][:3] == (1, 3, "actors/union-of-lakes.yml:1")
    assert told["stale"][:3] == (1, 19, "actors/ines-dahl.yml:1")
    assert told["accepted"][0] == 1
    (cell,) = found(sample)["cells"].entries
    assert [party.key for party in cell.parties] == ["aster-front"] and cell.at == f"{ferry}:19"


def test_what_is_later_than_the_day_is_not_counted(sample: Dossier) -> None:
    then = foundation(sample.at(Edtf.parse("2031-02-28")))
    now, later = foundation(sample), foundation(sample.at(Edtf.parse("2031-12-31")))
    assert (then.positions, now.positions, later.positions) == (7, 17, 18)
    assert then.statements < now.statements < later.statements


def test_own_citations_count_as_sources_and_a_text_is_its_own(tmp_path: Path) -> None:
    files = {"sources/all.yml": SMALL["sources/all.yml"] + SMALL["sources/all.yml"].replace("paper:", "ledger:"),
             "actors/aa.yml": "name: Aa\ntype: state\nsummary: See [[bb]] [@ledger].\nsources: [paper]\n"
             "offices:\n  - {office: Envoy, sources: [paper]}\n  - {office: Pilot, note: 'Or so [@ledger].', "
             "sources: [paper]}\n"}
    single = found(loaded(write(tmp_path, files)))["single"]
    assert {(entry.brief.id, entry.anchor) for entry in single.entries if entry.brief} == {
        ("aa", "offices"), ("bb", ""), ("dd", ""), ("mm", "")}


@pytest.mark.parametrize(("date", "on_a_day", "rough"), [
    ("2031-05-20", True, False), ("2031-05", True, True), ("2031-05", False, False), ("2031-05-20~", False, True),
    ("2031?", False, True), ("2031-XX", False, True), ("2031-04-02/2031-05-20", True, False), (None, True, False)])
def test_a_date_is_rough_where_a_day_is_expected_or_it_says_so(date: str | None, on_a_day: bool, rough: bool) -> None:
    assert is_rough(Edtf.parse(date) if date else None, on_a_day) == rough


def test_many_gaps_are_capped_and_counted_and_main_briefs_come_first(tmp_path: Path) -> None:
    files = {f"actors/a{n:03}.yml": SMALL["actors/aa.yml"].replace("name: Aa", f"name: A{n:03}") for n in range(250)}
    files["actors/zz.yml"] = SMALL["actors/bb.yml"].replace("name: Bb", "name: Zz\nmain: true")
    dossier = loaded(write(tmp_path, files))
    single = found(dossier)["single"]
    assert len(single.entries) == AT_MOST and single.count == 255
    assert single.entries[0].brief is dossier.briefs["zz"]
    assert "The first 200 of 255 statements, main briefs first" in page(dossier, "about/gaps/").body


def test_a_dossier_without_gaps_or_actors_says_so_in_words(tmp_path: Path) -> None:
    bare = {name: None for name in SMALL if name not in ("dossier.yml", "sources/all.yml")}
    dossier = loaded(write(tmp_path, bare))
    text = page(dossier, "about/gaps/").body
    assert "Looked for, and none found: statements on one source;" in text
    assert "How well founded" not in page(dossier, "").body
    assert "nothing to count" in page(dossier, "about/balance/").body


def test_the_state_of_play_says_how_well_founded_it_is(sample: Dossier) -> None:
    assert ("Of 80 statements 92 % rest on one source and 3 are unverified; 2 of 17 positions are inferred."
            in page(sample, "").body)


def test_a_file_that_a_page_names_becomes_a_link_where_there_is_a_repository() -> None:
    text = 'See <code class="at">actors/calder.yml:12</code>.'
    first, last = pieces(text, {})
    assert (first.html, first.shown, first.place and first.place.line) == ("See ", "actors/calder.yml:12", 12)
    assert last.html == "." and [piece.html for piece in pieces(text, {}, kept=False)] == [text]


def test_a_published_site_leads_to_the_lines(published_site: Path) -> None:
    links = read_site(published_site / "about" / "gaps")["index.html"].links
    assert any("/blob/main/content/actors/" in link and "#L" in link for link in links)


@pytest.mark.first_dossier
def test_who_has_no_position_on_the_release_of_detainees() -> None:
    cells = {entry.brief.id: [party.key for party in entry.parties]
             for entry in found(loaded(CONTENT))["cells"].entries if entry.brief}
    assert cells["release-detainees"] == ["iran", "saudi-arabia", "turkey"]
