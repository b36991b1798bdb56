"""The figures: well-formed, the same each time, within their frame, and no text upon another."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from tools import ROOT

from generator.figures.range import Range, Told, range_of, scale_of
from generator.figures.seats import MOST_ABSENT, MOST_SEATS, Absent, Member, Room, Seats, Side, seats
from generator.figures.strip import MOST_BINS, MOST_LABELS, Band, Bins, Strip, bins_by_period, strip
from generator.figures.svg import NAME, NARROW, TAIL_GAP, fit, listing, number, share, width_of
from generator.figures.ties import MOST_TIES, Tie, Ties, ties
from generator.figures.trajectory import MOST_LINES, Course, Dot, Trajectory, trajectory

WIDE = 680
LONG = ("The Permanent Preparatory Commission for the Verification of the Withdrawal of Heavy Weapons from the "
        "Northern Straits and Adjacent Waters")
ODD = "A & B <\"Guild\"> 'x'"
ARABIC = "الهيئة العليا للمفاوضات"
ONE_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
NAMES = (LONG, ODD, ARABIC, ONE_WORD, "Calder", "Åsa Ek", "中文名稱很長" * 6)


def many_ties(count: int) -> tuple[Tie, ...]:
    return tuple(Tie(f"Member {index}", f"../m{index}/", "has as a member", "neutral", later=index % 5 == 0)
                 for index in range(count))


def odd_ties() -> tuple[Tie, ...]:
    words = ("hears reports from", "mediated with by", "sees as an enemy", LONG)
    return tuple(Tie(name, f"?a=1&b={index}", words[index % 4], ("with", "against", "neutral")[index % 3],
                     later=index % 2 == 0, unsure=index % 3 == 0) for index, name in enumerate(NAMES * 2))


def members(*names: str, role: str | None = None) -> tuple[Member, ...]:
    return tuple(Member(name, role, f"../{index}/") for index, name in enumerate(names))


CALDER = Side("Calder", (Member("Ines Dahl", "head of delegation", "../dahl/"), Member("Bo Lind", "legal adviser")))
ASTER = Side("Aster Front and its allied movements", members(*NAMES), "../aster-front/")
GUILD = Side(None, members("Maud Orr", "Tern", "Ossian", "Brae"))
HEAD = (Member("Staffan Orr", "mediator", "../orr/"),)
ABSENT = tuple(Absent(name, note) for name in NAMES for note in ("not invited", LONG, None))


def months(first: int, last: int, most: int = 30) -> dict[str, int]:
    return {f"{year}-{month:02}": (year * 7 + month * 5) % most
            for year in range(first, last) for month in range(1, 13)}


BANDS = tuple(Band(f"Round {index}", f"20{index + 10}-0{index + 1}", f"20{index + 11}-05-20") for index in range(9))
LONG_BANDS = (Band(LONG, "2015-01-29", "2015-02-03"), Band(ODD, "2015-03", "2015-03"))


def a_strip(counts: dict[str, int], as_of: str, bands: tuple[Band, ...] = BANDS) -> Strip:
    later = {month: count for month, count in counts.items() if month > as_of[:7]}
    hrefs = {month: f"#m-{month}" for month in counts}
    return Strip(bins_by_period(counts, later, hrefs), as_of, f"as of {as_of}", bands)


STANCES = ("supports", "conditional", "opposes", "unclear")


def courses(names: tuple[str, ...], days: int) -> tuple[Course, ...]:
    """For each name five positions, so many days between them; some of a whole month, some inferred or not sure."""
    def dot(actor: int, number: int) -> Dot:
        first = date(2031, 1, 5) + timedelta(days * number + actor)
        return Dot(first, first + timedelta(30 * (number % 2)), STANCES[(actor * number) % 4], f"{first}: {number}",
                   f"#p{actor}-{number}", inferred=number == 2, sure=number != 3)

    return tuple(Course(name, tuple(dot(actor, number) for number in range(5))) for actor, name in enumerate(names))


BOUNDS = ("exactly", "about", "at least", "more than", "at most")


def told(numbers: tuple[int, ...], width: int = 0) -> tuple[Told, ...]:
    return tuple(Told(NAMES[index % len(NAMES)], f"{BOUNDS[index % 5]} {number:,}", number, number + width,
                      BOUNDS[index % 5]) for index, number in enumerate(numbers))


def drawn() -> Iterator[tuple[str, str]]:
    yield "one tie", ties(Ties("Calder", (Tie("Aster Front", "../aster/", "fights", "against"),)), "f")
    yield "300 ties", ties(Ties(LONG, many_ties(300)), "f")
    yield "odd ties", ties(Ties(ODD, odd_ties()), "f")
    yield "no links", ties(Ties(ARABIC, (Tie("Tern", None, "led by", "with", unsure=True),)), "f")
    rooms = {
        "facing": (Room(None, (CALDER, ASTER)),), "facing in two rooms": (Room("Room XIX", (CALDER, ASTER)),
                                                                          Room(LONG, (ASTER, GUILD))),
        "three sides": (Room(None, (CALDER, ASTER, GUILD)),), "across": (Room(None, (CALDER,)),),
        "around": (Room(None, (Side("Union of Lakes", members(*(f"State {n}" for n in range(120)), role="state")),)),),
        "names only": (Room(None, (Side("Calder"), Side(LONG))),),
        "rooms": (Room("Room XIX", (CALDER,)), Room(LONG, (ASTER,)), Room(None, (GUILD, CALDER))),
    }
    for name, plan in rooms.items():
        for form in ("direct", "proximity"):
            for head in ((), HEAD, members(*NAMES, role=LONG)):
                yield (f"{name}, {form}, {len(head)} at the head",
                       seats(Seats("Tern round", form, head, plan, members(*NAMES, role="observer"), ABSENT), "f"))
    for days in (0, 3, 40, 400, 40_000):
        yield (f"positions, {days} days apart",
               trajectory(Trajectory(ODD, courses(NAMES * 2, days), date(2031, 6, 1), "as of 1 June 2031"), "f"))
    for title, numbers, width in (("a toll", (45, 50, 59, 60, 71), 0), ("ranges", (0, 40, 1200), 60),
                                  ("millions", (999_999_999_999_999, 10**14), 0), ("near", (393_700, 400_000), 300),
                                  ("the same", (7, 7, 7, 7, 7), 0), ("nothing", (0, 0), 0)):
        yield title, range_of(Range("Number killed", "people", told(numbers, width)), "f")
    for width in (NARROW, WIDE):
        for name, figure in {
            "one month": a_strip({"2014-05": 3}, "2014-05-20"),
            "a year": a_strip(months(2014, 2015), "2014-05-20"),
            "five years": a_strip(months(2011, 2016), "2012-01-01"),
            "all later": a_strip(months(2014, 2015), "2011-01-01"),
            "all before": a_strip(months(2014, 2016), "2026-01-01", LONG_BANDS),
            "forty years": a_strip(months(1980, 2021), "2003-12-31"),
            "two thousand years": a_strip({"0031-02": 4, "2031-02": 1}, "2031-02-02"),
        }.items():
            yield f"{name}, {width} wide", strip(figure, "f", width)


DRAWN = dict(drawn())


@pytest.fixture(params=list(DRAWN), ids=list(DRAWN))
def svg(request: pytest.FixtureRequest) -> ElementTree.Element:
    return ElementTree.fromstring(DRAWN[request.param])


Box = tuple[float, float, float, float, str]


def placed(parent: ElementTree.Element, x: float = 0, y: float = 0) -> Iterator[tuple[float, float, ElementTree.Element]]:
    """Every text, and how far the groups around it are moved."""
    for child in parent:
        to = re.fullmatch(r"translate\((\S+) (\S+)\)", child.get("transform", "translate(0 0)"))
        assert to, child.get("transform")
        if child.tag == "text":
            yield x, y, child
        yield from placed(child, x + float(to[1]), y + float(to[2]))


def boxes(svg: ElementTree.Element) -> list[Box]:
    """What each line of text takes up, by the estimate: left, top, right, bottom, text."""
    found: list[Box] = []
    for dx, dy, text in placed(svg):
        size, bold = float(text.get("font-size", svg.get("font-size", "0"))), text.get("font-weight") is not None
        anchor = text.get("text-anchor", "start")
        for span in text:
            words = (span.text or "").strip(" ")
            if span.get("dx"):
                left, top, right, bottom, before = found.pop()
                right += TAIL_GAP + width_of(f" {words}", float(span.get("font-size", "0")))
                found.append((left, top, right, bottom, f"{before} {words}"))
                continue
            x, y, width = dx + float(span.get("x", "nan")), dy + float(span.get("y", "nan")), width_of(words, size, bold)
            left = x - {"start": 0, "middle": width / 2, "end": width}[anchor]
            found.append((left, y - .75 * size, left + width, y + .22 * size, words))
    return found


def test_every_figure_has_a_title_and_a_description(svg: ElementTree.Element) -> None:
    title, desc = svg.find("title"), svg.find("desc")
    assert title is not None and title.text and desc is not None and desc.text and desc.text.endswith(".")
    assert svg.get("aria-labelledby") == "f-title f-desc" == f"{title.get('id')} {desc.get('id')}"
    assert all((element.get("id") or "f-").startswith("f-") for element in svg.iter())


def test_links_are_not_hidden_in_an_image(svg: ElementTree.Element) -> None:
    assert svg.get("role") == (None if svg.find(".//a") is not None else "img")


def test_no_text_lies_upon_another(svg: ElementTree.Element) -> None:
    for a, b in combinations(boxes(svg), 2):
        apart = a[2] <= b[0] + .5 or b[2] <= a[0] + .5 or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (a, b)


def test_all_text_lies_within_the_frame(svg: ElementTree.Element) -> None:
    left, top, width, height = (float(part) for part in svg.get("viewBox", "").split())
    for box in boxes(svg):
        assert left <= box[0] + .5 and top <= box[1] and box[2] <= width + .5 and box[3] <= height, box


def test_nothing_needs_an_inline_style_or_a_script(svg: ElementTree.Element) -> None:
    assert not [name for element in svg.iter() for name in element.attrib if name == "style" or name.startswith("on")]


def test_coordinates_have_at_most_one_decimal() -> None:
    for text in DRAWN.values():
        assert not re.search(r'="[^"#?]*\d\.\d\d', re.sub("<(title|desc).*?</", "", text))


def test_classes_are_in_the_stylesheet() -> None:
    css = (ROOT / "site_templates/styles/figures.css").read_text(encoding="utf-8")
    groups = {group for text in DRAWN.values() for group in re.findall(r' class="([^"]*)"', text)}
    classes = {name for group in groups for name in group.split()}
    assert [name for name in sorted(classes) if f".{name}" not in css] == []


def test_the_same_values_give_the_same_text() -> None:
    assert dict(drawn()) == DRAWN


def test_figures_stand_alone() -> None:
    """They import nothing of the rest of the generator but what a value is."""
    for path in Path(ROOT, "generator", "figures").glob("*.py"):
        assert not re.search(r"(from|import) generator\.(?!figures|values)", path.read_text(encoding="utf-8")), path


# --- shared ----------------------------------------------------------------------------------


def test_names_are_escaped_and_right_to_left_script_is_isolated() -> None:
    text = ties(Ties(ODD, (Tie(ARABIC, '?a=1&b="2"', "led by", "with"),)), "f")
    assert "A &amp; B &lt;&quot;Guild&quot;&gt; 'x'" in text
    assert 'href="?a=1&amp;b=&quot;2&quot;"' in text
    assert "\u2068الهيئة" in text


def test_what_xml_cannot_carry_is_left_out() -> None:
    ElementTree.fromstring(ties(Ties("Cal\x00der\x0b", (Tie("T\ufffe", None, "led by", "with"),)), "f"))


@pytest.mark.parametrize(("text", "lines"), [
    ("Calder", ("Calder",)),
    ("Union of the Northern Lakes", ("Union of the", "Northern Lakes")),
    ("Union of the Northern Lakes and Rivers", ("Union of the", "Northern Lakes…")),
    ("Verwaltungsgemeinschaft", ("Verwaltungsgem", "einschaft")),
    ("", ("",)),
])
def test_text_is_broken_and_cut_after_whole_words(text: str, lines: tuple[str, ...]) -> None:
    fitted = fit(text, 125)
    assert fitted.lines == lines
    assert fitted.cut == lines[-1].endswith("…")


def test_a_cut_name_is_given_in_full() -> None:
    svg = ElementTree.fromstring(ties(Ties("Calder", (Tie(LONG, "../x/", "led by", "with"),)), "f"))
    assert [title.text for title in svg.findall(".//a/title")] == [LONG]


@pytest.mark.parametrize(("sizes", "limit", "shown"), [
    ([3, 2], 24, [3, 2]), ([300, 2, 1], 24, [21, 2, 1]), ([5, 5, 5], 4, [2, 1, 1]), ([], 4, []), ([2], 0, [0])])
def test_room_is_shared_turn_by_turn(sizes: list[int], limit: int, shown: list[int]) -> None:
    assert share(sizes, limit) == shown


def test_small_helpers() -> None:
    assert [number(value) for value in (12, 12.04, 12.25, -0.01, -3.5)] == ["12", "12", "12.2", "0", "-3.5"]
    assert [listing(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert width_of("e\u0301", NAME) == width_of("e", NAME) < width_of("中", NAME)


# --- ties ------------------------------------------------------------------------------------


def test_two_dozen_ties_are_drawn_and_the_rest_counted() -> None:
    few = Tie("Tern", "../tern/", "fights", "against")
    text = ties(Ties("Calder", (*many_ties(300), few)), "f")
    assert text.count("<a ") == MOST_TIES
    assert "and 277 more in the list" in text and "23 of 300" in text
    assert 'href="../tern/"' in text, "a large group does not crowd out a small one"
    assert "277 of them are left out here" in text


def test_ties_say_tone_and_time_without_colour() -> None:
    text = ties(Ties("Calder", (Tie("A", None, "fights", "against", later=True), Tie("B", None, "supports", "with"),
                                Tie("C", None, "supports", "with", unsure=True))), "f")
    assert text.count("f-against") == 1 and text.count("f-with") == 2
    assert text.count("f-dashed") == 2
    assert "later</tspan>" in text and "not certain by then</tspan>" in text


def test_no_ties_no_figure() -> None:
    assert ties(Ties("Calder", ()), "f") == ""


# --- seats -----------------------------------------------------------------------------------


def texts(svg: str) -> list[str]:
    return [box[4].strip("\u2068\u2069") for box in boxes(ElementTree.fromstring(svg))]


def test_two_sides_face_each_other() -> None:
    svg = ElementTree.fromstring(seats(Seats("Round", "direct", HEAD, (Room(None, (CALDER, Side("Tern", ()))),)), "f"))
    places = {box[4]: box for box in boxes(svg)}
    assert places["Calder"][2] < NARROW / 2 < places["Tern"][0]
    assert places["Calder"][1] == places["Tern"][1] > places["Staffan Orr"][3]


def test_apart_means_boxes_and_a_way_between() -> None:
    plan = (Room(None, (CALDER, Side("Tern", ()))),)
    assert seats(Seats("Round", "proximity", HEAD, plan), "f").count("f-room") == 2
    assert seats(Seats("Round", "direct", HEAD, plan), "f").count("f-room") == 0


def test_a_role_that_all_share_is_said_once() -> None:
    lake = Side(None, members(*"ABCDEF", role="participant"))
    assert texts(seats(Seats("Round", "ministerial", (), (Room(None, (lake,)),)), "f")).count("each participant") == 1


def test_two_dozen_seats_are_named_and_the_rest_counted() -> None:
    sides = (CALDER, Side("Tern", members(*(f"State {index}" for index in range(60)))))
    for form in ("direct", "proximity"):
        absent = tuple(Absent(f"N{index}") for index in range(20))
        shown = texts(seats(Seats("Round", form, HEAD, (Room(None, sides),), (), absent), "f"))
        assert sum(name.startswith(("State", "Ines", "Bo")) for name in shown) == MOST_SEATS
        assert "and 38 more" in shown and f"and {20 - MOST_ABSENT} more" in shown


def test_no_sides_no_figure() -> None:
    assert seats(Seats("Round", "direct", HEAD), "f") == ""


# --- strip -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "last", "period"), [
    (2014, 2015, 1), (2010, 2017, 1), (2010, 2018, 3), (1990, 2031, 12), (1900, 2031, 60), (1, 2031, 600)])
def test_the_period_fits_the_span(first: int, last: int, period: int) -> None:
    bins = bins_by_period({f"{first:04}-01": 1, f"{last - 1:04}-12": 2})
    assert bins.period == period and len(bins.bins) <= MOST_BINS
    assert sum(entry.count for entry in bins.bins) == 3


def test_bins_are_cut_at_the_ends_and_keep_what_is_empty_between() -> None:
    bins = bins_by_period({"2014-12": 0, "2015-11": 2, "2016-02": 5, "2016-03": 0}, {"2016-02": 3},
                          {"2016-02": "#m-2016-02"})
    assert [(entry.label, entry.key, entry.count, entry.href, entry.later) for entry in bins.bins] == [
        ("November 2015", "2015-11", 2, None, 0), ("December 2015", "2015-12", 0, None, 0),
        ("January 2016", "2016-01", 0, None, 0), ("February 2016", "2016-02", 5, "#m-2016-02", 3)]


def test_coarser_bins_lead_to_their_first_entry() -> None:
    bins = bins_by_period(months(1980, 2021, 4), {}, {"1980-03": "#m-1980-03", "1980-07": "#m-1980-07"})
    assert (bins.bins[0].label, bins.bins[0].href) == ("1980", "#m-1980-03")
    assert bins_by_period({"2010-02": 1, "2019-01": 1}).bins[0].label == "January to March 2010"
    assert bins_by_period({"1850-02": 1, "2019-01": 1}).bins[0].label == "1850 to 1854"


def test_each_bar_says_its_month_and_leads_to_it() -> None:
    figure = Strip(bins_by_period({"2016-01": 34, "2016-02": 1, "2016-03": 3}, {"2016-02": 1, "2016-03": 2},
                                  {"2016-01": "#m-2016-01"}), "2016-01-31", "as of 31 January 2016")
    svg = ElementTree.fromstring(strip(figure, "f"))
    assert [title.text for title in svg.iter("title")][1:] == [
        "January 2016: 34 entries", "February 2016: 1 entry, later", "March 2016: 3 entries, 2 of them later"]
    assert {link.get("href") for link in svg.iter("a")} == {"#m-2016-01"}
    striped = [bar.get("fill") for bar in svg.iter("rect") if bar.get("class") == "f-bar-later"]
    assert set(striped) == {"url(#f-hatch)"} and len(striped) >= 2


def test_keyboards_go_by_the_years() -> None:
    """Bars are for pointers; the years below are links in the tab order."""
    svg = ElementTree.fromstring(strip(a_strip(months(2011, 2016, 99), "2013-05-05"), "f"))
    links = list(svg.iter("a"))
    assert len([link for link in links if link.get("tabindex") == "-1"]) == 60
    assert [link.get("href") for link in links if link.get("tabindex") is None] == [
        f"#m-{year}-01" for year in range(2011, 2016)]


def test_few_rounds_are_labelled_and_the_rest_named_in_titles() -> None:
    figure = a_strip(months(2010, 2022), "2015-01-01")
    text = strip(figure, "f", WIDE)
    assert len([words for words in texts(text) if words.startswith("Round")]) == MOST_LABELS
    assert len(re.findall("<title>Round", text)) == len(BANDS)


def test_no_entries_no_strip() -> None:
    assert bins_by_period({"2016-01": 0}) == Bins(1, ())
    assert strip(Strip(bins_by_period({}), "2016-01-31", "as of 31 January 2016"), "f") == ""


# --- positions over time, and figures on one scale ----------------------------------------------


def test_lines_that_move_are_drawn_first_and_the_rest_counted() -> None:
    still = Course("Still", (Dot(date(2031, 1, 1), date(2031, 1, 1), "supports", "1", "#a"),
                             Dot(date(2031, 2, 1), date(2031, 2, 1), "supports", "2", "#b")))
    names = tuple(f"Actor {number}" for number in range(16))
    text = trajectory(Trajectory("Demand", (still, *courses(names, 9)), date(2031, 6, 1), "as of"), "f")
    assert text.count('class="f-rule"') == MOST_LINES and "and 7 more in the list" in text
    assert "Still" not in text.split("</desc>")[1]


def test_near_positions_share_a_link_and_links_never_overlap() -> None:
    for days in (1, 5, 40):
        svg = ElementTree.fromstring(trajectory(
            Trajectory("Demand", courses(("Calder",), days), date(2031, 6, 1), "as of"), "f"))
        rects = [(float(rect.get("x", "")), float(rect.get("width", ""))) for rect in svg.iter("rect")]
        assert all(width >= 28 for _, width in rects)
        assert all(x + width <= after + .2 for (x, width), (after, _) in zip(rects, rects[1:], strict=False))


@pytest.mark.parametrize(("numbers", "first", "last"), [
    ((45, 50, 59, 60, 71), 30, 71), ((2, 3), 0, 3), ((16, 300), 0, 300),
    ((393_700, 486_700, 450_000), 370_000, 486_700),
    ((5, 5), 0, 5), ((0, 0), 0, 1)])
def test_a_scale_begins_at_zero_or_is_broken_below_the_lowest(numbers: tuple[int, ...], first: int, last: int) -> None:
    scale = scale_of(told(numbers))
    assert (scale.first, scale.last, scale.broken) == (first, last, first > 0)


def test_what_has_no_known_end_has_an_arrow_and_keeps_its_place() -> None:
    marks = [Told("A", "45", 45, 45), Told("B", "more than 50", 50, 50, "more than"), Told("C", "71", 71, 71)]
    text = range_of(Range("Number killed", "people killed", tuple(marks)), "f")
    assert [text.count(f'class="{name}"') for name in ("f-bar-line", "f-open", "f-dot")] == [1, 1, 2]
    places = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', text)]
    assert (places[1] - places[0]) / (places[2] - places[0]) == pytest.approx(5 / 26, abs=.02)
    assert "A: 45, B: more than 50 and C: 71. Drawn to scale, from 30 on, in the order of the list." in text
    assert range_of(Range("Number killed", "people", told((4,))), "f") == ""
