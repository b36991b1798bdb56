"""The sample dossier: invented parties, every awkward shape, built with no other change."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import ROOT, SAMPLE, dead_links, load_once, read_site_once, sample_pages

from generator.addresses import unique_anchors
from generator.pages import make_files

GOLDEN = Path(__file__).parent / "golden"

# One brief of each kind, and the pages that gather them.
PAGES = ["actors/aster-front", "demands/reopen-the-ferry", "un-process/straits-accord", "un-process/straits-commission",
         "un-process/tern-round", "events/ferry-stops", "sources/ledger-tern", "glossary/index", "index",
         "positions/index", "timeline/index", "how-it-began", "as-of/2031-05-20", "as-of/changes/index",
         "contested/index", "positions/shifts/index", "mandates/index", "about/gaps/index", "about/balance/index",
         "about/revisions/index"]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    assert load_once(SAMPLE)[1] == []
    return {page.path: page.text for page in sample_pages()}


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_as_they_were_agreed(name: str, pages: dict[str, str]) -> None:
    """The golden pages. After a wanted change: `make golden`, and read the difference."""
    assert pages[f"{name}.md"] == (GOLDEN / f"{name.replace('/', '__')}.md").read_text(encoding="utf-8")


def test_every_brief_has_its_page_at_its_address(pages: dict[str, str]) -> None:
    dossier, _ = load_once(SAMPLE)
    assert dossier is not None
    for brief in dossier.briefs.values():
        if brief.kind == "term":
            assert f"{{ #{brief.id} }}" in pages["glossary/index.md"]
        else:
            assert f"{brief.address.rstrip('/')}.md" in pages


def test_a_former_id_leads_to_the_brief() -> None:
    dossier, _ = load_once(SAMPLE)
    assert dossier is not None
    files = {file.path: file.content.decode("utf-8", "replace") for file in make_files(dossier)}
    assert 'url=../../actors/aster-front/"' in files["actors/old-aster-front/index.html"]
    assert "images/straits.png" in files


def test_repeated_paragraphs_are_told_apart() -> None:
    assert unique_anchors(["OP12", "pp 3", "Point 2", "Article 4", "Article 4", "para 5(b)(i)", "—"]) == [
        "op12", "pp-3", "point-2", "article-4", "article-4-2", "para-5-b-i", "part"]


def test_later_positions_are_present_marked_and_apart(pages: dict[str, str]) -> None:
    page = pages["demands/reopen-the-ferry.md"]
    before, later = page.split('<div class="later-block">', 1)
    assert 'id="position-calder-2031-05-20"' in before
    assert 'id="position-calder-2031-07-01"' in later.split("</div>")[0]
    assert '<b class="status">under discussion</b></span> since <time datetime="2031-05-20">' in before


def test_a_period_that_ends_after_the_day_says_so() -> None:
    from generator.as_of.day import ends_later
    from generator.dates import Edtf

    day = Edtf.parse("2031-06-01")
    assert ends_later(Edtf.parse("2030-01/2031-07"), day)
    assert not any(ends_later(Edtf.parse(text), day)
                   for text in ("2030-01/2031-06", "2030-01/..", "2031-07/2031-08", "2031-07", "2030/2031-05"))


def test_a_length_is_counted_from_any_date_and_never_fails() -> None:
    from generator.dates import Edtf
    from generator.models.fields import Length
    from generator.views.briefs import later_by

    found = {text: later_by(Edtf.parse(text), Length(6, "month"))
             for text in ("2031-05-04", "2031-04-02/2031-05-04", "2031-05/..", "../2031", "9999-12-31")}
    assert {text: str(date) if date else None for text, date in found.items()} == {
        "2031-05-04": "2031-11-04", "2031-04-02/2031-05-04": "2031-10-02", "2031-05/..": "2031-11",
        "../2031": None, "9999-12-31": None}


def test_relations_and_memberships_show_from_both_ends(pages: dict[str, str]) -> None:
    def row(words: str, other: str) -> str:
        return f'<span class="when">{words}</span><div><a href="../../{other}/">'

    assert row("opposes", "actors/aster-front") in pages["actors/calder.md"]
    assert row("opposed by", "actors/calder") in pages["actors/aster-front.md"]
    assert row("observer", "un-process/straits-commission") in pages["actors/aster-council.md"]
    assert row("observer", "actors/aster-council") in pages["un-process/straits-commission.md"]


def test_what_points_here_shows_the_sentence(pages: dict[str, str]) -> None:
    assert "<li>It broke away from the Aster Movement [historic] in 2029." in pages["actors/aster-movement.md"]


def test_a_disputed_deadline_shows_each_reading_with_its_date(pages: dict[str, str]) -> None:
    page = pages["un-process/straits-accord.md"]
    assert '6 months from adoption: <time datetime="2031-11-04">4 November 2031</time>, <b>still to come</b>' in page
    assert 'Tern round</a>: <time datetime="2031-10-02">2 October 2031</time>, <b>still to come</b>' in page


def test_citations_are_numbered_in_the_order_of_the_page(pages: dict[str, str]) -> None:
    page = pages["demands/reopen-the-ferry.md"]
    first = [page.index(f'href="#source-{n}"') for n in (1, 2, 3)]
    assert first == sorted(first)
    assert page.count('<li id="source-') == 4


def test_the_plain_builder_does_the_whole_job(sample_site: Path) -> None:
    assert (sample_site / "index.html").is_file()
    assert (sample_site / "actors/old-aster-front/index.html").is_file()
    assert (sample_site / "images/straits.png").is_file()
    assert "Talks on the Marrow Straits" in (sample_site / "index.html").read_text(encoding="utf-8")


def test_no_link_of_the_site_is_dead(sample_site: Path) -> None:
    assert dead_links(sample_site, read_site_once(sample_site)) == []


def test_names_are_shown_as_they_are_whatever_signs_they_hold(sample_site: Path) -> None:
    pages = read_site_once(sample_site)
    assert pages["actors/odd-name/index.html"].title.startswith("Zoë O'Brien_Łukasz | *Star* [interim]")
    assert pages["actors/calder/index.html"].title.startswith("Republic of Calder & the Isles")
    text = (sample_site / "actors/odd-name/index.html").read_text(encoding="utf-8")
    assert "Zoë O'Brien_Łukasz | *Star* [interim]<a class=\"headerlink\"" in text
    assert '<bdi lang="he" dir="rtl">זואי</bdi>' in text
    for alias in ("017", "1e3", "10:17", "off"):
        assert f"<bdi>{alias}</bdi>" in text


def test_the_order_of_files_and_the_hash_seed_change_nothing(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    code = ("import hashlib,sys; from pathlib import Path; from generator.load import load_dossier; "
            "from generator.pages import make_pages; d,_=load_dossier(Path(sys.argv[1])); "
            "print(hashlib.sha256(''.join(p.path+p.text for p in make_pages(d)).encode()).hexdigest())")
    seen = {subprocess.run([sys.executable, "-c", code, str(SAMPLE)], capture_output=True, text=True, cwd=ROOT,
                           env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}).stdout
            for seed, locale, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Tokyo"))}
    assert len(seen) == 1 and len(seen.pop()) > 60


def test_an_aligned_column_needs_no_style(pages: dict[str, str]) -> None:
    page = pages["how-it-began.md"]
    assert '<th class="right">Crossings</th>' in page and "style=" not in page


def test_a_quotation_loses_only_the_marks_around_the_whole_of_it() -> None:
    from generator.rendering import unquoted

    assert [unquoted(words) for words in ('"Not one boat"', "“Not one boat”", '"Now" or never', '"Now" or "never"', '"',
                                          "")] == [
        "Not one boat", "Not one boat", '"Now" or never', '"Now" or "never"', '"', ""]


def test_a_text_is_named_briefly_within_a_sentence() -> None:
    from generator.models import Actor, Meeting
    from generator.rendering import running_name

    meeting = {"id": "tern", "date": "2031", "format": "direct"}
    assert running_name(Meeting.model_validate({**meeting, "name": "Tern round (April 2031)"})) == "Tern round"
    assert running_name(Meeting.model_validate({**meeting, "name": "Tern round: the harbour"})) == "Tern round"
    assert running_name(Actor.model_validate({"id": "a", "name": "Front (North)", "type": "state"})) == "Front (North)"


def test_outsiders_in_any_script_are_told_apart() -> None:
    from generator.models.fields import Party

    keys = [Party(None, name).key for name in ("Ferrymen's union", "جبهة", "حزب", "Zoë", "Łukasz", "ukasz")]
    assert len(set(keys)) == len(keys) and keys[0] == "ferrymen-s-union" and keys[3] == "zoe"


def test_an_anchor_of_the_page_itself_is_never_a_statements() -> None:
    assert unique_anchors(["Content", "Source 1", "Menu", "OP1"]) == ["content-2", "source-1-2", "menu-2", "op1"]


def test_a_former_address_leads_on_in_a_folder_without_a_server() -> None:
    from generator.addresses import to_files

    page = '<meta http-equiv="refresh" content="0; url=../../actors/tern/"><a href="./">x</a><a href="#y">z</a>'
    assert to_files(page) == ('<meta http-equiv="refresh" content="0; url=../../actors/tern/index.html">'
                              '<a href="index.html">x</a><a href="#y">z</a>')
