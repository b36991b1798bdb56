"""Another day: what the positions and the state of play are given to move through every day of change.

What stands where is asked of the data files as a reader's browser gets them, and held against the answer of each day.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from tools import CONTENT, SAMPLE, SMALL, load_once, write

from generator.as_of import matters as m
from generator.as_of.answers import Answer, answer, how_it_stands, turning_days
from generator.as_of.matters import Matter, matters
from generator.as_of.moves import as_date, moves
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.load import load_dossier
from generator.moving import MOVED, can_move
from generator.pages import make_moving_files, make_pages
from generator.views.days import tally
from generator.views.positions import positions
from generator.views.state_of_play import state_of_play

LARGEST = 40_000
"""Bytes, gzipped, that a page's days may weigh."""


class Moved:
    """A dossier with its pages' data files, read as the page's script does."""

    def __init__(self, content: Path) -> None:
        dossier, _ = load_once(content)
        assert dossier is not None
        self.dossier: Dossier = dossier

    @cached_property
    def files(self) -> dict[str, bytes]:
        return {file.path: file.content for file in make_moving_files(self.dossier)}

    @cached_property
    def data(self) -> dict[str, dict[str, Any]]:
        return {path.removeprefix("as-of/").removesuffix(".js"): parsed(content)
                for path, content in self.files.items()}

    @cached_property
    def matters(self) -> dict[tuple[str, str, str], Matter]:
        return {matter.key: matter for matter in matters(self.dossier) if not matter.mirrored}

    def of(self, name: m.Name) -> Iterator[Matter]:
        return (matter for matter in self.matters.values() if matter.name is name)

    def days(self, page: str) -> list[Edtf]:
        """The days that the page can show, but for the dossier's own."""
        return [Edtf.parse(told[0]) for told in self.data[page]["days"][:-1]]

    def standing(self, page: str) -> dict[str, list[str]]:
        """For each place what stands there on each of the days, and last on the dossier's."""
        data = self.data[page]
        found: dict[str, list[str]] = {}
        for key, entries in data["slots"]:
            shown: list[str] = []
            for number in range(len(data["days"])):
                text = next((entry[1] for entry in reversed(entries) if entry[0] <= number), None)
                places = [] if text is None else text if isinstance(text, list) else [text]
                shown.append(", ".join(data["texts"][place] for place in places))
            found[key] = shown
        return found


def parsed(content: bytes) -> dict[str, Any]:
    match = re.fullmatch(r"briefingDays\((.*)\);\n", content.decode(), re.DOTALL)
    assert match
    return json.loads(match[1])  # type: ignore[no-any-return]


@pytest.fixture(scope="module", params=[SAMPLE, CONTENT], ids=["sample", "real"])
def moved(request: pytest.FixtureRequest) -> Moved:
    return Moved(request.param)


def stances(html: str) -> tuple[list[str], list[str]]:
    """The stances that a cell says for certain, and as perhaps."""
    found = re.findall(r'<a class="stance (\w+)( unsure)?"', html)
    return [word for word, unsure in found if not unsure], [word for word, unsure in found if unsure]


def said(answer: Answer) -> tuple[list[str], list[str]]:
    return ([entry.words for entry, certain in answer.told if certain],
            [entry.words for entry, certain in answer.told if not certain])


def cells_shown(dossier: Dossier) -> dict[str, Any]:
    return {f"{row.demand.id} {cell.actor.key}": cell for part in positions(dossier).shown for row in part.rows
            for cell in (*row.cells, *row.others) if cell}


# --- what stands where -------------------------------------------------------------------------


def test_every_cell_says_on_every_day_what_was_the_case(moved: Moved) -> None:
    standing, days = moved.standing("positions"), moved.days("positions")
    shown = cells_shown(moved.dossier)
    assert set(standing) == set(shown)
    for matter in moved.of(m.POSITION):
        texts = standing.get(f"{matter.brief.id} {matter.about}")
        for number, day in enumerate(days if texts else ()):
            assert stances(texts[number]) == said(answer(matter, day)), (matter.key, str(day))  # type: ignore[index]


def test_nothing_changes_between_the_days(moved: Moved) -> None:
    """Each day on which a cell may be answered otherwise is a day of the control, or changes nothing."""
    days = {str(day) for day in moved.days("positions")} | {str(moved.dossier.as_of)}
    shown = cells_shown(moved.dossier)
    for matter in moved.of(m.POSITION):
        if f"{matter.brief.id} {matter.about}" in shown:
            before = Answer()
            for day in turning_days([matter], moved.dossier.as_of):
                now = answer(matter, as_date(day))
                assert now == before or day.isoformat() in days, (matter.key, day)
                before = now


def test_the_last_day_of_the_data_is_what_the_positions_show(moved: Moved) -> None:
    standing = moved.standing("positions")
    for key, cell in cells_shown(moved.dossier).items():
        certain, perhaps = stances(standing[key][-1])
        assert ([str(cell.now.record.stance)] if cell.now else []) == (certain or perhaps)[-1:], key


def test_the_state_of_play_says_on_every_day_what_was_the_case(moved: Moved) -> None:
    standing = moved.standing("home")
    by_demand = {line.brief.id: [matter for matter in moved.of(m.POSITION) if matter.brief is line.brief]
                 for line in state_of_play(moved.dossier).demands}
    for number, day in enumerate(moved.days("home")):
        for id, positions_on_it in by_demand.items():
            status = moved.matters.get((id, "status", ""))
            then = answer(status, day) if status else Answer()
            assert re.findall(r'<b class="status">([^<]+)</b>', standing.get(f"status {id}", [""] * 999)[number]) == [
                entry.words for entry in then.entries], (id, str(day))
            counted = tally([answer(matter, day) for matter in positions_on_it])
            numbers = [int(n) for n in re.findall(r"</b> (\d+)", standing.get(f"tally {id}", [""] * 999)[number])]
            assert numbers == [count for _, count in (*counted.certain, *counted.perhaps)], (id, str(day))
        for matter in moved.of(m.LIMIT):
            texts = standing.get(f"limit {matter.brief.id} {matter.about}")
            how = how_it_stands(matter, matter.entries[0], day)
            words = {"not yet": ("", "not yet counting"), "perhaps": ("perhaps still running",),
                     "the case": ("running",), "over": ("past",)}
            assert texts is None or texts[number] in words[how], (matter.key, str(day))


def test_whoever_has_a_standing_on_a_day_is_named_under_it(moved: Moved) -> None:
    standing = moved.standing("home")
    for number, day in enumerate(moved.days("home")):
        expected: Counter[str] = Counter()
        for matter in moved.of(m.STANDING):
            expected.update(entry.words for entry, _ in answer(matter, day).told)
        for key, texts in standing.items():
            word = key.removeprefix("standing ")
            if word != key:
                more = re.search(r">and (\d+) more<", texts[number])
                named = texts[number].count("<bdi>") + (int(more[1]) if more else 0)
                assert named == expected[word], (key, str(day))


def test_the_last_day_of_the_data_is_the_state_of_play(moved: Moved) -> None:
    view, standing = state_of_play(moved.dossier), moved.standing("home")
    for line in view.demands:
        counted = re.findall(r'stance (\w[\w ]*)">[^<]+</b> (\d+)', standing[f"tally {line.brief.id}"][-1])
        assert sum((Counter({word: int(number)}) for word, number in counted), Counter()) == Counter(
            dict(line.tally)), line.brief.id
        status = standing.get(f"status {line.brief.id}", [""])[-1]
        assert (str(line.status.record.status) in status) if line.status else not status
    for room in view.rooms:
        for named in room.lists:
            assert [str(one.brief.name) for one in named.named] == [
                name.replace("&amp;", "&").replace("&#39;", "'")
                for name in re.findall(r"<bdi>([^<]+)</bdi>", standing[f"standing {named.word}"][-1])]


# --- rough dates -------------------------------------------------------------------------------


def demand(name: str, *steps: str) -> dict[str, str | bytes | None]:
    held = "".join(f"  - {{actor: bb, sources: [paper], {step}}}\n" for step in steps)
    return {f"demands/{name}.yml": f"name: {name}\ncategory: military\nask: Stop.\nmade_by: [aa]\nsources: [paper]\n"
                                   f"positions:\n{held}"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Moved:
    """A dossier with a demand for each way of moving, and three editions, one of them its own day."""
    editions = "".join(f"  - {{date: {day}, title: On {day}, sources: [paper]}}\n"
                       for day in ("2031-05-01", "2031-02-10", "2031-06-01"))
    return Moved(write(tmp_path_factory.mktemp("small"), {
        **demand("rough", "stance: opposes, date: 2031-01-10", "stance: supports, date: 2031-04"),
        **demand("torn", "stance: opposes, date: 2031-01-20", "stance: supports, date: 2031-01-20"),
        **demand("undated", "stance: unclear"),
        **demand("again", "stance: opposes, date: 2031-02-10", "stance: opposes, date: 2031-02-20"),
        "sources/all.yml": "paper:\n  title: News\n  publisher: Paper\n  type: newspaper\n  date: 2031-02-15\n",
        "dossier.yml": "title: Small\ndescription: A small dossier.\nas_of: 2031-06-01\nsources: [paper]\neditions:\n"
                       + editions}))


def cell(moved: Moved, demand: str) -> dict[str, str]:
    """What the cell of a demand comes to say, without markup, by the days from which it says so."""
    found: dict[str, str] = {}
    for day, text in zip(moved.days("positions"), moved.standing("positions")[f"{demand} bb"], strict=False):
        said = " ".join(re.sub(r"<[^>]*>", " ", text).split())
        if said != next(reversed(found.values()), ""):
            found[str(day)] = said
    return found


def test_a_rough_date_is_perhaps_until_its_time_is_over(small: Moved) -> None:
    """And what came out later says so until it had come out."""
    assert cell(small, "rough") == {
        "2031-01-10": "opposes 10 Jan 2031 known from 15 Feb 2031",
        "2031-02-15": "opposes 10 Jan 2031",
        "2031-04-01": "opposes 10 Jan 2031 supports during April 2031 perhaps not yet",
        "2031-04-30": "supports Apr 2031"}


def test_positions_of_one_day_that_contradict_each_other_stand_side_by_side(small: Moved) -> None:
    assert list(cell(small, "torn").values())[-1] == "opposes and supports 20 Jan 2031 contradictory"


def test_what_is_said_again_or_undated_is_no_change(small: Moved) -> None:
    told = {day: words for day, _, words, _ in small.data["positions"]["days"]}
    assert (told["2031-02-10"], told["2031-02-20"]) == ("1 change", "1 position restated")
    assert told["2031-02-15"] == "1 undated statement known from this day"
    matter = small.matters["again", "position", "bb"]
    assert [move.changed for move in moves(matter, small.dossier.as_of)] == [True, False]


def test_editions_are_days_too(small: Moved) -> None:
    """Also where nothing changed on them; the dossier's own day stands last."""
    days = small.data["positions"]["days"]
    assert [day for day, *_, way in days if way] == ["2031-02-10", "2031-05-01", "2031-06-01"]
    assert days[-2][2] == "nothing changed on this day" and 'href="../as-of/2031-05-01/"' in days[-2][3]


# --- the page and its files --------------------------------------------------------------------


def first_pages(dossier: Dossier) -> dict[str, str]:
    """The text of the two pages that can be moved."""
    found: dict[str, str] = {}
    for page in make_pages(dossier):
        found |= {page.address: page.body} if page.address in ("", "positions/") else {}
        if len(found) == 2:
            break
    return found


def test_the_days_weigh_little(moved: Moved) -> None:
    assert set(moved.data) == {"home", "positions"}
    assert {path: len(gzip.compress(content)) for path, content in moved.files.items()
            if len(gzip.compress(content)) >= LARGEST} == {}


def test_no_citation_and_no_marker_is_left_in_the_data(moved: Moved) -> None:
    assert [path for path, content in moved.files.items() if re.search("[\ue000-\uf8ff]", content.decode())] == []


def test_from_a_folder_links_lead_to_files(small: Moved) -> None:
    for file in make_moving_files(small.dossier, to_files=True):
        links = re.findall(r'href=\\"([^"\\#]+)', file.content.decode())
        assert links and all(link.endswith("index.html") for link in links)


def test_every_place_is_on_its_page(moved: Moved) -> None:
    pages = first_pages(moved.dossier)
    for key in moved.standing("positions"):
        id, _, actor = key.partition(" ")
        shown = actor.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;").replace("<", "&lt;")
        assert f'data-actor="{shown.replace(">", "&gt;")}" data-demand="{id}"' in pages["positions/"]
    home = moved.data["home"]
    for key, _ in home["slots"]:
        assert f'"{key}"' in "".join(home["parts"].values()), key
    for name in home["parts"]:
        assert f'data-moves="{name}"' in pages[""]


def test_a_dossier_in_which_nothing_changes_has_no_control(tmp_path: Path) -> None:
    dossier = Moved(write(tmp_path, {"un-process/instruments/ii.yml": None})).dossier
    assert list(make_moving_files(dossier)) == []
    assert [address for address, body in first_pages(dossier).items() if 'id="days"' in body] == []


def test_without_scripts_the_editions_are_linked(small: Moved) -> None:
    for body in first_pages(small.dossier).values():
        (ways,) = re.findall(r'<p class="days-ways">.*</p>', body)
        assert re.findall(r'href="[./]*(as-of/[^"]*)"', ways) == (
            ["as-of/2031-02-10/", "as-of/2031-05-01/", "as-of/changes/"])


def test_a_page_can_be_moved_where_there_is_another_day(tmp_path: Path) -> None:
    demand = SMALL["demands/dd.yml"] + "positions:\n  - {{date: {}, actor: bb, stance: opposes, sources: [paper]}}\n"
    for files in ({}, {"demands/dd.yml": demand.format("2031-05-01")}, {"demands/dd.yml": demand.format("2031-06-01")},
                  {"un-process/instruments/ii.yml": None, "demands/dd.yml": demand.format("2031-06-01")}):
        dossier, _ = load_dossier(write(tmp_path / str(len(str(files))), files))
        assert dossier is not None
        assert {name: can_move(dossier, name) for name in MOVED} == {
            name: bool(days_of(dossier)) for name, days_of in MOVED.items()}
