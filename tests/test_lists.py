"""The list pages: timeline, indexes, places, glossary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools import SAMPLE, load_once, sample_pages, write

from generator.pages import make_pages
from generator.views import alphabet, by_place, indexes, timeline


def load(content: Path):  # type: ignore[no-untyped-def]
    dossier, problems = load_once(content)
    assert dossier is not None, problems
    return dossier


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {page.path: page.text for page in sample_pages()}


def event(name: str, date: str, more: str = "") -> str:
    return f"name: {name}\ntype: claim\ndate: {date}\nsources: [paper]\n{more}"


# --- timeline ----------------------------------------------------------------------------------


def labels(years: tuple[timeline.Year, ...]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [(month.anchor, [(day.label, [str(m.brief.name) for m in day.moments if m.kind == "event"])
                            for day in month.days if any(m.kind == "event" for m in day.moments)])
            for year in years for month in year.months if any(
                m.kind == "event" for day in month.days for m in day.moments)]


def test_a_day_stands_once_and_imprecise_dates_keep_their_words(tmp_path: Path) -> None:
    view = timeline.timeline(load(write(tmp_path, {
        "events/a.yml": event("A", "2031-03-02", 'time: "17:00Z"\n'),
        "events/b.yml": event("B", "2031-03-02/2031-03-05"),
        "events/c.yml": event("C", "2031-03-02~"), "events/d.yml": event("D", "2031-03"),
        "events/e.yml": event("E", "2031"), "events/f.yml": event("F", "203X"),
        "events/g.yml": event("G", "2031-03-02", 'time: "09:00Z"\n')})))
    assert labels(view.so_far) == [
        ("m-203x", [("the 2030s", ["F"])]), ("m-2031", [("2031", ["E"])]),
        ("m-2031-03", [("March 2031", ["D"]), ("2 March", ["G", "A", "B"]), ("about 2 March 2031", ["C"])])]
    assert [year.anchor for year in view.so_far] == ["y-203x", "y-2031"]


def test_what_came_after_the_day_is_apart_with_anchors_of_its_own(tmp_path: Path) -> None:
    dossier = load(write(tmp_path, {
        "dossier.yml": "title: Small\ndescription: A.\nas_of: 2031-06-10\nsources: [paper]\n",
        "events/a.yml": event("A", "2031-06-02"), "events/b.yml": event("B", "2031-06-20"),
        "events/c.yml": event("C", "2031-08")}))
    view = timeline.timeline(dossier)
    assert labels(view.so_far)[-1] == ("m-2031-06", [("2 June", ["A"])])
    assert labels(view.later) == [("m-2031-06-later", [("20 June", ["B"])]), ("m-2031-08", [("August 2031", ["C"])])]
    months, later = timeline.by_month(timeline.moments(dossier))
    assert months["2031-06"] == 2 and later == {"2031-06": 1, "2031-08": 1}
    assert 'timeline/#m-2031-08"' in view.strip


def test_rounds_are_meetings_that_last_or_have_sessions(tmp_path: Path) -> None:
    meeting = "name: {}\ndate: {}\nformat: direct\nsources: [paper]\n{}"
    dossier = load(write(tmp_path, {
        "un-process/meetings/one.yml": meeting.format("One", "2031-01-05", ""),
        "un-process/meetings/many.yml": meeting.format("Many", "2031-04", ""),
        "un-process/meetings/part.yml": meeting.format("Part", "2031-04-03/2031-04-05", "part_of: many\n")}))
    assert tuple(timeline.rounds(dossier)) == (("Mm", "2031-02", "2031-02"), ("Many", "2031-04", "2031-04"))


def test_a_long_timeline_has_a_page_for_each_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "ONE_PAGE_AT_MOST", 10)
    monkeypatch.setattr(timeline, "FRONT_AT_LEAST", 3)
    files = {f"events/e{n}.yml": event(f"E{n}", f"20{29 + n // 6}-0{n % 6 + 1}-01") for n in range(18)}
    dossier = load(write(tmp_path, files))
    view = timeline.timeline(dossier)
    assert [(link.address, link.count, link.later) for link in view.links] == [
        ("timeline/2029/", 6, 0), ("timeline/2030/", 6, 0), ("timeline/2031/", 8, 0)]
    assert [month.key for year in view.so_far for month in year.months] == ["2031-04", "2031-05", "2031-06"]
    assert 'timeline/2029/#m-2029-04"' in view.strip
    made = {page.path: page for page in make_pages(dossier)}
    assert '<h2' not in made["timeline/2029.md"].text and "## April 2029 { #m-2029-04 " in made["timeline/2029.md"].text
    assert made["timeline/2029.md"].crumbs[-1].address == "timeline/"
    told = "".join(made[f"timeline/{year}.md"].text for year in (2029, 2030, 2031))
    assert all(told.count(f">E{n}</a>") == 1 for n in range(18))


def test_entries_carry_what_the_filters_ask_for(pages: dict[str, str]) -> None:
    text = pages["timeline/index.md"]
    assert re.search(r'<li data-item data-kind="event" data-actors="aster-front calder"><a [^>]*>The ferry stops</a>',
                     text)
    assert '<option value="aster-front">' in text and '<option value="demand">' in text
    assert 'class="needs-js"' not in text.replace('class="filters needs-js"', "")


# --- indexes -----------------------------------------------------------------------------------


def test_aliases_lead_to_the_name_and_names_stand_as_lists_sort_them() -> None:
    dossier = load(SAMPLE)
    view = indexes.actors(dossier)
    lines = {line.shown: (letter.letter, line.is_alias, line.brief.id)
             for letter in view.letters for line in letter.lines}
    for brief in dossier.of_kind("actor", "body"):
        assert lines[str(getattr(brief, "sort", None) or brief.name)][1:] == (False, brief.id)
        for alias in brief.aliases:
            assert lines[str(alias)][2] == brief.id
    assert lines["017"][0] == alphabet.DIGITS
    assert {line.script.lang for line in view.scripts} >= {"he", "ar"}


def test_letters_pass_over_accents_and_signs() -> None:
    assert [alphabet.letter_of(text) for text in ("Łukasz", "Élan", "ʿAbd", "«Quote»", "1e3", "جبهة", "—")] == [
        "L", "E", "A", "Q", "0–9", "Other", "Other"]


def test_every_index_lists_every_brief_of_its_kind(pages: dict[str, str]) -> None:
    dossier = load(SAMPLE)
    for kind, page in (("actor", "actors"), ("body", "actors"), ("body", "un-process"), ("demand", "demands"),
                       ("instrument", "un-process"), ("meeting", "un-process"), ("event", "events"),
                       ("source", "sources")):
        table = re.sub(r"(?s)^.*?<thead", "", pages[f"{page}/index.md"])
        for brief in dossier.of_kind(kind):
            assert re.search(rf'<th scope="row"[^>]*><a href="[^"]*/{brief.id}/">', table), (page, brief.id)


def test_a_demand_tells_its_status_and_who_stands_where() -> None:
    row = next(row for row in indexes.demands(load(SAMPLE)).rows if row.brief.id == "reopen-the-ferry")
    assert row.status is not None and row.status.record.status == "under discussion"
    assert row.tally == (("supports", 2), ("conditional", 1), ("opposes", 1), ("contradictory", 1))


def test_sessions_follow_their_round(pages: dict[str, str]) -> None:
    text = pages["un-process/index.md"]
    places = [text.index(mark) for mark in ("The Tern round</a></th>", 'class="within"', "First session at Tern</a>")]
    assert places == sorted(places)


def test_the_glossary_has_every_term_and_other_word(pages: dict[str, str]) -> None:
    dossier = load(SAMPLE)
    text = pages["glossary/index.md"]
    for term in dossier.of_kind("term"):
        assert f"{{ #{term.id} }}" in text
        for alias in term.aliases:
            assert f'<bdi>{alias}</bdi>, see <a href="../glossary/#{term.id}">' in text


# --- places ------------------------------------------------------------------------------------


def test_places_with_a_last_part_in_common_are_neighbours(tmp_path: Path) -> None:
    names = ("Tern", "The old customs house, Tern", "Marrow", "A field, about 3 miles north (Marrow)", "Pier, Marrow",
             "Marrow, Southern Isles", "tern!", "端")
    dossier = load(write(tmp_path, {
        f"events/e{n}.yml": event(f"E{n}", "2031-01-01", f'place: "{name}"\n') for n, name in enumerate(names)}))
    view = by_place.places(dossier)
    assert [(place.name, place.within) for place in view.places] == [
        ("A field, about 3 miles north (Marrow)", False), ("Marrow", False), ("Pier, Marrow", True),
        ("Marrow, Southern Isles", False), ("Tern", False), ("tern!", False), ("The old customs house, Tern", True),
        ("端", False)]
    anchors = by_place.place_anchors(dossier)
    assert anchors["Tern"] == "tern" and anchors["tern!"] == "tern-2" and anchors["端"].startswith("x-")
    near = {place.name: [name for name, _ in place.near] for place in view.places}
    assert near["Marrow"] == ["Marrow, Southern Isles"] and near["Pier, Marrow"] == ["Marrow, Southern Isles"]
    assert (view.count, view.without) == (8, 1)


def test_a_place_never_takes_an_anchor_of_the_page(tmp_path: Path) -> None:
    dossier = load(write(tmp_path, {"events/e.yml": event("E", "2031-01-01", "place: Content\n")}))
    assert by_place.place_anchors(dossier) == {"Content": "content-2"}


def test_events_lead_to_their_place(pages: dict[str, str]) -> None:
    assert 'href="../../places/#northern-shore"' in pages["events/ferry-stops.md"]
    assert "## Northern shore { #northern-shore " in pages["places/index.md"]
