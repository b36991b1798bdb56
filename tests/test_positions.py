"""The matrix of positions, its parts, and the comparison of actors."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from tools import SAMPLE, SMALL, loaded, sample_pages, write

from generator.addresses import part_address, source_path
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models.vocabulary import Stance
from generator.pages import make_pages
from generator.views import positions as views
from generator.views.positions import agreement, agreement_table, comparison, part_pages, positions


@pytest.fixture(scope="module")
def sample() -> Dossier:
    return loaded(SAMPLE)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {page.address: page.text for page in sample_pages()}


def many(folder: Path, demands: int, actors: int, main: int = 0) -> Dossier:
    """A dossier with so many demands, on each of which every one of the actors has a position; `main` demands."""
    files: dict[str, str | bytes | None] = {}
    for number in range(actors):
        files[f"actors/a{number}.yml"] = f"name: Actor {number}\ntype: state\nsummary: One.\nsources: [paper]\n"
    for number in range(demands):
        held = "".join(f"  - actor: a{n}\n    stance: supports\n    date: 2031-05-0{n % 9 + 1}\n    sources: [paper]\n"
                       for n in range(actors))
        marked = "main: true\n" if number < main else ""
        files[f"demands/d{number:03}.yml"] = (f"name: Demand {number}\n{marked}category: military\nask: Stop.\n"
                                              f"made_by: [aa]\nsources: [paper]\npositions:\n{held}")
    assert set(SMALL) & set(files) == set()
    return loaded(write(folder, files))


# --- the matrix ------------------------------------------------------------------------------


def test_the_matrix_starts_from_main_actors_and_main_demands(sample: Dossier) -> None:
    matrix = positions(sample)
    assert [row.demand.id for row in matrix.main.rows] == ["reopen-the-ferry"]
    assert {sample.briefs[actor.key].main for actor in matrix.main.columns} == {True}  # type: ignore[attr-defined]
    assert matrix.main_actors and matrix.main_demands and not matrix.apart
    assert [(part.key, part.category) for part in matrix.parts] == [("other-actors", ""), ("economic", "economic")]


def test_a_cell_shows_the_day_and_what_came_later(sample: Dossier) -> None:
    matrix = positions(sample)
    [cell] = [c for c in matrix.main.rows[0].cells if c and c.actor.key == "calder"]
    assert cell.now is not None and cell.later is not None
    assert (str(cell.now.record.stance), str(cell.later.record.stance)) == ("conditional", "supports")


def test_every_position_has_one_cell(sample: Dossier) -> None:
    matrix = positions(sample)
    shown = [(row.demand.id, cell.actor) for part in (matrix.main, *matrix.parts) for row in part.rows
             for cell in (*row.cells, *row.others) if cell]
    held = {(demand.id, position.actor) for demand in sample.of_kind("demand")
            for position in demand.positions}  # type: ignore[attr-defined]
    assert len(shown) == len(set(shown)) and set(shown) == held


def test_cells_say_actor_demand_and_stance_and_lead_to_the_record(pages: dict[str, str]) -> None:
    page = pages["positions/"]
    cell = re.search(r'<td data-actor="calder" data-demand="reopen-the-ferry" data-stance="conditional" '
                     r'data-later="supports">(.*?)</td>', page)
    assert cell and 'href="../demands/reopen-the-ferry/#position-calder-2031-05-20">conditional</a>' in cell[1]
    assert '<time datetime="2031-05-20">20 May 2031</time>' in cell[1]
    assert 'href="../demands/reopen-the-ferry/#position-calder-2031-07-01">supports</a>' in cell[1]
    outsider = re.search(r'<td data-actor="ferrymen-s-union" data-demand="reopen-the-ferry" '
                         r'data-stance="supports">(.*?)</td>', page)
    assert outsider and "2031, month not known" in outsider[1]


def test_a_cell_without_a_position_is_empty_and_has_no_stance(pages: dict[str, str]) -> None:
    cells = re.findall(r"<td ([^>]*)>(.*?)</td>", pages["positions/"])
    assert [text for attributes, text in cells if "data-stance" not in attributes] == [""]
    assert all(text for attributes, text in cells if "data-stance" in attributes)


def test_what_is_inferred_or_unsaid_is_marked(pages: dict[str, str]) -> None:
    page = pages["positions/"]
    assert '<span class="mark inferred">inferred</span>' in page.split("<h2", 1)[-1].split("</ul>", 1)[-1]
    assert 'data-demand="keep-the-lights" data-stance="unclear"' in page
    assert page.count('<span class="mark inferred">no statement</span>') == 2  # the legend and the one cell


def test_without_marked_ones_the_busiest_stand_in(tmp_path: Path) -> None:
    matrix = positions(many(tmp_path, demands=3, actors=12))
    assert not matrix.main_actors and not matrix.main_demands
    assert len(matrix.main.columns) == 9 and len(matrix.main.rows) == 3
    assert [(part.key, len(part.lone_actors)) for part in matrix.parts] == [("other-actors", 3), ("military", 0)]


def test_those_without_a_column_stand_by_name(sample: Dossier) -> None:
    [others] = [part for part in positions(sample).parts if part.key == "other-actors"]
    assert [actor.outside or actor.key for actor in others.lone_actors] == [
        "aster-council", "Ferrymen's union", "Pilots & Sons"]


def test_a_sparse_part_is_a_list(tmp_path: Path) -> None:
    files: dict[str, str | bytes | None] = {}
    for number in range(4):
        files[f"actors/m{number}.yml"] = f"name: M{number}\ntype: state\nmain: true\nsummary: M.\nsources: [paper]\n"
        files[f"demands/e{number}.yml"] = (
            f"name: E{number}\ncategory: political\nask: Stop.\nmade_by: [aa]\nsources: [paper]\n"
            f"positions:\n  - {{actor: m{number}, stance: opposes, date: 2031, sources: [paper]}}\n")
    files["demands/dd.yml"] = SMALL["demands/dd.yml"].replace("category", "main: true\ncategory")
    files["demands/quiet.yml"] = SMALL["demands/dd.yml"].replace("military", "political").replace("Dd", "Quiet")
    [part] = positions(loaded(write(tmp_path, files))).parts
    assert part.columns == () and len(part.listed) == 4
    assert [str(demand.name) for demand in part.silent] == ["Quiet"]


def test_a_large_dossier_has_its_parts_on_pages_of_their_own(tmp_path: Path) -> None:
    dossier = many(tmp_path, demands=90, actors=12, main=5)
    matrix = positions(dossier)
    assert matrix.apart and matrix.shown == (matrix.main,)
    found = part_pages(matrix)
    assert all(view.part.size <= views.MOST_CELLS for view in found)
    military = [view.part for view in found if view.part.key == "military"]
    assert len(military) > 1 and [part.number for part in military] == list(range(1, len(military) + 1))
    assert sum(len(part.rows) for part in military) == 86 == matrix.demands_in(military[0])
    pages = {page.address: page for page in make_pages(dossier)}
    for view in found:
        page = pages[part_address("positions", view.part.key, view.part.number)]
        assert page.section == "positions" and [crumb.address for crumb in page.crumbs] == ["", "positions/"]
    assert 'href="../positions/military/"' in pages["positions/"].body
    assert 'href="../../../positions/military/"' in pages["positions/military/2/"].body


def test_the_address_of_a_part() -> None:
    assert part_address("positions", "military") == "positions/military/"
    assert source_path(part_address("positions", "military", 2)) == "positions/military/2.md"


def test_an_empty_dossier_says_so(tmp_path: Path) -> None:
    dossier = loaded(write(tmp_path, {}))
    texts = {page.address: page.body for page in make_pages(dossier)}
    assert "No position is recorded" in texts["positions/"] and "No position is recorded" in texts["compare/"]


@pytest.mark.parametrize(("date", "words"), [
    ("2031-05-20", "20 May 2031"), ("2031-09", "Sep 2031"), ("2031", "2031"), ("2031-02-03~", "about 3 Feb 2031"),
    ("2030-12-30/2031-01-02", "30 Dec 2030 to 2 Jan 2031")])
def test_short_dates_keep_their_precision(date: str, words: str) -> None:
    assert Edtf.parse(date).short() == words


# --- the rule of agreement, and the comparison -------------------------------------------------


@pytest.mark.parametrize(("one", "other", "outcome"), [
    ("supports", "supports", "agree"), ("opposes", "opposes", "agree"), ("conditional", "conditional", "agree"),
    ("supports", "opposes", "opposed"), ("supports", "conditional", "partly"), ("conditional", "opposes", "partly"),
    ("unclear", "supports", "unsettled"), ("unclear", "unclear", "unsettled")])
def test_when_two_stances_agree(one: str, other: str, outcome: str) -> None:
    assert agreement(Stance(one), Stance(other)) == agreement(Stance(other), Stance(one)) == outcome


def test_the_pages_carry_the_whole_rule(pages: dict[str, str]) -> None:
    pairs = [pair.rpartition(" ")[0] for pair in agreement_table().split(";")]
    assert sorted(pairs) == sorted(f"{one} {other}" for one, other in product(Stance, Stance))
    for address in ("positions/", "compare/"):
        assert f'data-agreement="{agreement_table()}"' in pages[address]


def test_the_comparison_holds_the_positions_of_the_day(sample: Dossier, pages: dict[str, str]) -> None:
    view = comparison(sample)
    assert {str(category) for category, _ in view.categories} == {"economic", "humanitarian"}
    page = pages["compare/"]
    assert ('<a href="../demands/reopen-the-ferry/#position-calder-2031-05-20" data-actor="calder" '
            'data-stance="conditional" data-date="2031-05-20">') in page
    assert 'data-actor="ferrymen-s-union" data-stance="supports" data-date="2031-XX" data-words=' in page
    assert "2031-07-01" not in page
    assert re.search(r'data-actor="union-of-lakes" data-stance="supports" data-grounds="inferred">[^<]*</a> '
                     r'<span class="mark inferred">inferred</span>', page)


def test_only_actors_with_a_position_can_be_compared_main_ones_first(sample: Dossier, pages: dict[str, str]) -> None:
    view = comparison(sample)
    offered = re.findall(r'<option value="([^"]+)">', pages["compare/"])
    assert offered == [actor.key for actor in (*view.main, *view.others)]
    assert set(offered) == set(re.findall(r'data-actor="([^"]+)"', pages["compare/"]))


def test_many_demands_are_folded(tmp_path: Path) -> None:
    assert comparison(many(tmp_path / "many", demands=41, actors=1)).folded
    assert not comparison(many(tmp_path / "few", demands=3, actors=1)).folded
