"""Positions over time: the rule of shifts, the page of all of them, contradictions side by side, the figure."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from tools import SAMPLE, SMALL, loaded, write

from generator.dossier import Dossier
from generator.models.vocabulary import Stance
from generator.pages import make_page, make_section
from generator.views.briefs import demand_view, party_view, positions_by_actor
from generator.views.shifts import Shifts, shifts
from generator.views.trajectories import StanceMove


@pytest.fixture(scope="module")
def sample() -> Dossier:
    return loaded(SAMPLE)


class Built:
    """The pages of a built site by their address."""

    def __init__(self, site: Path) -> None:
        self.site = site

    def __getitem__(self, address: str) -> str:
        return (self.site / address / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(sample_site: Path) -> Built:
    return Built(sample_site)


def held(folder: Path, *positions: str) -> Dossier:
    """A small dossier in which `aa` holds these positions on `dd`, each as `date stance basis`; `-` leaves one out."""
    records = ""
    for position in positions:
        date, stance, basis = f"{position} stated".split()[:3]
        records += "  - actor: aa\n" + f"    stance: {stance}\n"
        records += "" if date == "-" else f"    date: {date}\n"
        records += "    basis: none found\n" if basis == "none" else f"    basis: {basis}\n    sources: [paper]\n"
    return loaded(write(folder, {"demands/dd.yml": f"{SMALL['demands/dd.yml']}positions:\n{records}"}))


def told(view: Shifts) -> list[str]:
    return [f"{s.actor.key} {s.demand.id}: {s.step.before.last.record.stance} > {s.step.after.last.record.stance} "
            f"{s.step.move}{' (inferred)' if s.step.inferred else ''}"
            for year in (*view.so_far, *view.later) for s in year.shifts]


# --- the rule --------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other", "move"), [
    ("supports", "conditional", "hardened"), ("conditional", "opposes", "hardened"),
    ("opposes", "conditional", "softened"), ("conditional", "supports", "softened"),
    ("supports", "opposes", "reversed"), ("opposes", "supports", "reversed"),
    ("supports", "unclear", "became unclear"), ("conditional", "unclear", "became unclear"),
    ("opposes", "unclear", "became unclear"), ("unclear", "supports", "took a stance"),
    ("unclear", "conditional", "took a stance"), ("unclear", "opposes", "took a stance"),
    ("supports", "supports", "restated"), ("conditional", "conditional", "restated"),
    ("opposes", "opposes", "restated"), ("unclear", "unclear", "restated")])
def test_what_a_move_is_called(one: str, other: str, move: str) -> None:
    assert StanceMove.between(Stance(one), Stance(other)) == move
    assert StanceMove(move).is_shift == (one != other)


def test_the_rule_is_whole_and_explained(pages: Built) -> None:
    assert all(StanceMove.between(one, other) for one, other in product(Stance, Stance))
    page = pages["how-to-read/"]
    assert all(f"<dt>{move}</dt><dd>{move.meaning}</dd>" in page for move in StanceMove)


@pytest.mark.parametrize(("positions", "expected"), [
    (("2031-01-01 supports", "2031-02 conditional"), ["hardened"]),
    (("2031-01-01 supports", "2031-02 supports", "2031-03 opposes"), ["reversed"]),
    (("2031-01-01 supports inferred", "2031-02 conditional"), ["hardened, as inferred"]),
    (("2031-01-01 supports", "2031-02 conditional inferred"), ["hardened, as inferred"]),
    (("2031-02 supports", "2031-02-14 conditional"), ["order not certain"]),
    (("2031-02-14~ supports", "2031-02-15 opposes"), ["order not certain"]),
    (("- supports", "2031-02-14 conditional"), ["order not certain"]),
    (("- unclear none", "2031-02-14 conditional"), []),
    (("2031-01 supports", "2031-02-14 unclear none"), []),
    (("2031-01 supports", "2031-02-14 supports", "2031-02-14 opposes", "2031-03 conditional"), ["hardened"]),
    (("2031-02-14 supports", "2031-02-14 opposes"), []),
])
def test_a_shift_is_named_where_the_dates_say_so(tmp_path: Path, positions: tuple[str, ...],
                                                 expected: list[str]) -> None:
    dossier = held(tmp_path, *positions)
    [entry] = positions_by_actor(dossier, dossier.briefs["dd"])  # type: ignore[arg-type]
    assert [f"{step.move}{', as inferred' if step.inferred else ''}" if step.certain else "order not certain"
            for step in entry.shifts] == expected


# --- the page --------------------------------------------------------------------------------


def test_the_sample_has_each_kind_of_shift_in_order(sample: Dossier) -> None:
    view = shifts(sample)
    assert told(view) == [
        "aster-front keep-the-lights: unclear > supports took a stance",
        "aster-council keep-the-lights: conditional > opposes hardened (inferred)",
        "pilots-sons reopen-the-ferry: supports > opposes reversed",
        "calder reopen-the-ferry: opposes > conditional softened",
        "aster-front keep-the-lights: supports > unclear became unclear",
        "calder reopen-the-ferry: conditional > supports softened"]
    assert (view.total, view.later_total, view.inferred) == (5, 1, 1)
    assert [(s.actor.key, s.demand.id) for s in view.unsure] == [("union-of-lakes", "keep-the-lights")]
    assert [(c.actor.key, c.demand.id) for c in view.contradictions] == [("aster-council", "reopen-the-ferry")]


def test_each_shift_leads_to_both_records_with_their_sources(pages: Built) -> None:
    page = pages["positions/shifts/"]
    assert "5 shifts (1 hardened, 1 softened, 1 reversed, 1 became unclear, 1 took a stance)" in page
    [line] = re.findall(r'(?s)<li id="reopen-the-ferry-position-pilots-sons-2031-05-11".*?</li>', page)
    assert '<b class="move">reversed</b>, from supports to opposes' in line
    for day in ("2031-03-09", "2031-05-11"):
        assert f'href="../../demands/reopen-the-ferry/#position-pilots-sons-{day}"' in line
    assert line.count('class="cite"') == 2 and 'data-actor="pilots-sons"' in line and "Pilots &amp; Sons" in line and 'data-move="reversed"' in line
    assert page.index('id="reopen-the-ferry-position-pilots-sons-2031-05-11') < page.index('id="later"')
    assert page.index('id="later"') < page.index('id="reopen-the-ferry-position-calder-2031-07-01')


def test_the_order_that_is_not_certain_is_not_named(pages: Built) -> None:
    [line] = re.findall(r'(?s)<li id="keep-the-lights-position-union-of-lakes-2031-02-14".*?</li>',
                        pages["positions/shifts/"])
    assert "conditional and supports" in line and not re.search("softened|hardened|data-move", line)
    assert "differs from conditional; which came first is not certain" in pages["demands/keep-the-lights/"]


def test_without_shifts_the_page_says_so(tmp_path: Path) -> None:
    page = make_section(held(tmp_path, "2031 supports"), "shifts").body
    assert "Nobody's stance on a demand is known to have shifted" in page


def test_the_actors_page_leads_to_its_shifts(pages: Built) -> None:
    assert 'href="../../positions/shifts/?actor=calder">2 shifts</a>' in pages["actors/calder/"]
    assert "positions/shifts/?actor=ines-dahl" not in pages["actors/ines-dahl/"]


def test_many_shifts_are_folded(tmp_path: Path) -> None:
    days = [f"{year}-{month:02}-01" for year in range(2027, 2032) for month in range(1, 13)]
    view = shifts(held(tmp_path, *(f"{day} {('supports', 'opposes')[n % 2]}" for n, day in enumerate(days))))
    assert [(year.title, year.open) for year in view.so_far] == [
        ("2027", False), ("2028", False), ("2029", False), ("2030", False), ("2031", True)]


# --- contradictions stand side by side ---------------------------------------------------------


def test_contradictory_positions_are_shown_everywhere(pages: Built) -> None:
    cell = re.search(r'<td data-actor="aster-council" data-demand="reopen-the-ferry" data-stance="([^"]*)">(.*?)</td>',
                     pages["positions/"])
    assert cell and cell[1] == "supports conditional" and "contradictory" in cell[2]
    assert "#position-aster-council-2031-05-12\"" in cell[2] and "#position-aster-council-2031-05-12-2\"" in cell[2]
    demand = pages["demands/reopen-the-ferry/"]
    assert demand.count('<span class="mark unsure">contradictory: supports and conditional</span>') == 2
    assert '<b class="stance contradictory">contradictory</b> 1' in demand
    compared = pages["compare/"]
    assert 'data-actor="aster-council" data-stance="contradictory"' in compared
    actor = pages["actors/aster-council/"]
    assert '<b class="stance contradictory">contradictory</b> <small>1</small>' in actor
    assert "In its letter of the morning." in actor and "In its broadcast of the evening." in actor


def test_of_one_month_nothing_contradicts(tmp_path: Path) -> None:
    dossier = held(tmp_path, "2031-02 supports", "2031-02 opposes")
    page = make_page(dossier, dossier.briefs["dd"]).body
    assert "same date, order not known: supports and opposes" in page and "contradictory" not in page
    view = demand_view(dossier, dossier.briefs["dd"])  # type: ignore[arg-type]
    assert view.tally == (("order not known", 1),)


def test_no_statement_beside_a_statement_contradicts_nothing(tmp_path: Path) -> None:
    dossier = held(tmp_path, "- unclear none", "- opposes inferred")
    view = party_view(dossier, dossier.briefs["aa"])  # type: ignore[arg-type]
    assert [group.stance for group in view.stances] == ["opposes"] and not shifts(dossier).contradictions


# --- the figure ------------------------------------------------------------------------------


def test_the_figure_draws_who_has_several_dated_positions(sample: Dossier) -> None:
    view = demand_view(sample, sample.briefs["reopen-the-ferry"])  # type: ignore[arg-type]
    drawn = str(view.trajectory)
    assert "as of Jun 2031" in drawn and "Ferrymen" not in drawn
    assert 'href="#position-calder-2031-05-20"' in drawn
    assert "Republic of Calder &amp; the Isles: 11 February 2031: opposes, 20 May 2031: conditional and 1 July" in drawn
    assert drawn.count('class="f-step f-dashed"') == 1, "between the two stances of one day"


@pytest.mark.first_dossier
def test_whose_position_on_the_release_of_detainees_moved(published_site: Path) -> None:
    page = Built(published_site)["positions/shifts/"]
    assert re.findall(r'data-actor="([^"]+)" data-demand="release-detainees" data-move="([^"]+)"', page) == [
        ("united-nations", "softened")]
    [line] = re.findall(r'(?s)<li id="release-detainees-position-united-nations-2016-03-17".*?</li>', page)
    assert "from conditional to supports" in line and "29 January 2016" in line and "17 March 2016" in line
    assert page.index('id="later"') < page.index(line)
