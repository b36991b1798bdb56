"""What the page scripts do for a reader: compare, filter, sort, copy, notes in place, the way on from a wrong address.

What must be shown is worked out from the dossier, by the rules that the generator has, and never written down here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from driving import Site, open_search, visit, visit_type

from generator import addresses
from generator.as_of.answers import answer
from generator.as_of.changes import difference
from generator.as_of.day import sort_key
from generator.as_of.matters import POSITION, matters
from generator.dates import Edtf
from generator.models import Brief, Demand, Source, Term
from generator.models.vocabulary import Stance
from generator.views.alphabet import folded
from generator.views.briefs import positions_by_actor, stance_word
from generator.views.edition_pages import GROUPS, HAPPENED
from generator.views.editions import Editions
from generator.views.indexes import actors as actor_index
from generator.views.positions import AGREE, OPPOSED, PARTLY, agreement
from generator.views.positions import positions as positions_view
from generator.views.timeline import Moment
from generator.views.timeline import timeline as timeline_view

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

CLIPBOARD = ["clipboard-read", "clipboard-write"]
ROWS = "table.filterable tbody tr"
ITEMS = "main [data-item]"
CITES = "main a.cite[href^='#source-']:visible"

# The text or an attribute of each element that a reader sees now; what a closed fold holds is not seen.
SEEN_NOW = """(elements, attribute) => elements.filter(e => e.checkVisibility({visibilityProperty: true}))
  .map(e => attribute ? e.getAttribute(attribute) : e.textContent.trim())"""


def seen_now(page: Page, selector: str, attribute: str = "") -> list[str]:
    return list(page.locator(selector).evaluate_all(SEEN_NOW, attribute))


def asked(page: Page) -> dict[str, str]:
    """What the page's address asks for."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def is_focused(element: Locator) -> bool:
    return bool(element.evaluate("element => element === document.activeElement"))


def spaced(text: str) -> str:
    return " ".join(text.split())


# --- comparing ---------------------------------------------------------------------------------


def stances(site: Site) -> dict[str, dict[str, Any]]:
    """For each demand everybody's stance of the day, or the word for several, by key; None for who has later ones only."""
    return {demand.id: {entry.actor.key: stance_word(entry.now, entry.others) if entry.now else None
                        for entry in positions_by_actor(site.dossier, demand)}
            for demand in site.dossier.of_kind("demand") if isinstance(demand, Demand)}


def outcomes(site: Site, one: str, other: str) -> Counter[str]:
    """On how many demands two actors agree, differ in part and are opposed."""
    both = [(held[one], held[other]) for held in stances(site).values() if held.get(one) and held.get(other)]
    return Counter(agreement(*pair) for pair in both)


def differing(found: Counter[str]) -> int:
    return found[PARTLY] + found[OPPOSED]


def pair_with_most(site: Site) -> tuple[str, str]:
    """The two actors who have most to compare, first those who both agree and differ."""
    everybody = sorted({actor for held in stances(site).values() for actor, stance in held.items() if stance})

    def worth(pair: tuple[str, str]) -> tuple[int, int]:
        found = outcomes(site, *pair)
        return min(found[AGREE], differing(found)), found[AGREE] + differing(found)

    return max(combinations(everybody, 2), key=worth)


def said_of_pair(page: Page) -> tuple[int, int]:
    """The numbers of agreeing and differing demands that the page says."""
    said = page.locator("#pair-said[role=status]").inner_text()
    found = re.search(r"agree on (\d+) demands? and differ on (\d+) demands?", said)
    assert found, said
    return int(found[1]), int(found[2])


def rows_under(page: Page, title: str) -> int:
    body = page.locator("#pair tbody", has=page.locator("th[scope=rowgroup]", has_text=title))
    return body.locator("th[scope=row]").count()


def choose_pair(page: Page, site: Site) -> tuple[str, str]:
    one, other = pair_with_most(site)
    visit_type(page, site, "compare")
    page.get_by_label("First actor").select_option(one)
    page.get_by_label("Second actor").select_option(other)
    return one, other


def test_two_actors_agree_and_differ_on_as_many_demands_as_the_rule_says(site: Site, page: Page) -> None:
    found = outcomes(site, *choose_pair(page, site))
    assert said_of_pair(page) == (found[AGREE], differing(found))
    assert rows_under(page, "They agree on") == found[AGREE]
    assert rows_under(page, "They differ on") == differing(found)
    assert found[AGREE] + differing(found) > 0


def test_a_comparison_is_kept_in_the_address(site: Site, page: Page) -> None:
    one, other = choose_pair(page, site)
    assert asked(page) == {"a": one, "b": other}
    before = page.locator("#pair-said, #pair").all_inner_texts()
    page.reload()
    assert page.locator("#pair-said, #pair").all_inner_texts() == before
    assert page.get_by_label("First actor").input_value() == one
    assert page.get_by_label("Second actor").input_value() == other


def test_swap_swaps(site: Site, page: Page) -> None:
    one, other = choose_pair(page, site)
    before = said_of_pair(page)
    heads = page.locator("#pair thead th").all_inner_texts()
    page.get_by_role("button", name="Swap").click()
    assert page.locator("#pair thead th").all_inner_texts() == [heads[0], heads[2], heads[1]]
    assert said_of_pair(page) == before
    assert asked(page) == {"a": other, "b": one}


def test_one_actor_is_compared_with_everybody(site: Site, page: Page) -> None:
    one = pair_with_most(site)[0]
    visit_type(page, site, "compare", f"?a={quote(one)}")
    shown = {parse_qs(urlsplit(row.locator("a").get_attribute("href") or "").query)["b"][0]:
             [int(number) for number in row.locator("td.number").all_inner_texts()[:3]]
             for row in page.locator("#pair tbody tr").all()}
    others = {actor for held in stances(site).values() for actor in held} - {one}
    counts = {other: outcomes(site, one, other) for other in others}
    assert shown == {other: [found[AGREE], found[PARTLY], found[OPPOSED]] for other, found in counts.items()
                     if found[AGREE] + differing(found)}
    agreeing = [row[0] for row in shown.values()]
    assert agreeing == sorted(agreeing, reverse=True)
    page.locator("#pair tbody a").first.click()
    page.wait_for_url("**b=**")
    assert said_of_pair(page)[0] == agreeing[0]


# --- positions ---------------------------------------------------------------------------------


def demands_on_page(site: Site) -> dict[str, str]:
    """The demands that the positions' first page can show, and their categories."""
    return {row.demand.id: str(row.demand.category) for part in positions_view(site.dossier).shown
            for row in part.rows if part.columns or row.others}


def columns(site: Site) -> set[str]:
    return {actor.key for part in positions_view(site.dossier).shown for actor in part.columns}


def open_filters(page: Page, site: Site) -> None:
    visit_type(page, site, "positions")
    page.locator("#filters > summary").click()


def tick(page: Page, name: str, values: Iterable[str]) -> None:
    for value in values:
        page.locator(f"#filters input[name={name}][value='{value}']").check()


def demands_seen(page: Page) -> set[str]:
    return set(seen_now(page, "tr[data-demand], tbody[data-demand]", "data-demand"))


def actors_seen(page: Page) -> set[str]:
    return set(seen_now(page, ".matrix [data-actor], .lines td[data-actor]", "data-actor"))


def counted(page: Page) -> list[int]:
    """The numbers in what the filter announces: demands shown, of how many, actors shown, of how many."""
    return [int(number) for number in re.findall(r"\d+", page.locator("#filter-status[role=status]").inner_text())]


def two_columns(site: Site) -> list[str]:
    """Two actors with a column: the pair that differs on most demands."""
    return list(max(combinations(sorted(columns(site)), 2), key=lambda pair: differing(outcomes(site, *pair))))


def held_by(site: Site, actors: Iterable[str]) -> set[str]:
    """The demands on the page on which one of these took a position, be it a later one."""
    held = stances(site)
    return {demand for demand in demands_on_page(site) if not held[demand].keys().isdisjoint(actors)}


def test_filtering_by_actors_hides_the_other_columns(site: Site, page: Page) -> None:
    chosen = two_columns(site)
    open_filters(page, site)
    everybody = len(actors_seen(page))
    assert set(seen_now(page, ".matrix th[data-actor]", "data-actor")) == columns(site)
    tick(page, "actors", chosen)
    assert set(seen_now(page, ".matrix th[data-actor]", "data-actor")) == set(chosen)
    assert actors_seen(page) == set(chosen)
    assert demands_seen(page) == held_by(site, chosen)
    assert counted(page) == [len(held_by(site, chosen)), len(demands_on_page(site)), 2, everybody]


def test_filtering_by_an_actor_without_a_column_leaves_its_lines(site: Site, page: Page) -> None:
    lone = positions_view(site.dossier).lone_actors[0].key
    open_filters(page, site)
    page.locator("#filters .more > summary").click()
    tick(page, "actors", [lone])
    assert actors_seen(page) == {lone}
    assert demands_seen(page) == held_by(site, [lone])


def test_filtering_by_category_hides_the_other_rows(site: Site, page: Page) -> None:
    of_category = demands_on_page(site)
    category = sorted(of_category.values())[0]
    open_filters(page, site)
    tick(page, "category", [category])
    expected = {demand for demand, own in of_category.items() if own == category}
    assert demands_seen(page) == expected
    assert counted(page)[:2] == [len(expected), len(of_category)]


def test_only_demands_that_differ_are_those_of_the_rule(site: Site, page: Page) -> None:
    chosen = two_columns(site)
    held = stances(site)
    expected = {demand for demand in demands_on_page(site)
                if (one := held[demand].get(chosen[0])) and (other := held[demand].get(chosen[1]))
                and agreement(one, other) in (PARTLY, OPPOSED)}
    open_filters(page, site)
    tick(page, "actors", chosen)
    tick(page, "differ", ["1"])
    assert demands_seen(page) == expected
    assert counted(page)[0] == len(expected) > 0
    for day in move_to_days_before(page, 2):
        assert demands_seen(page) == differing_on(site, chosen, day), day
    page.get_by_role("button", name="Back to").click()
    assert demands_seen(page) == expected


def move_to_days_before(page: Page, count: int) -> Iterator[Edtf]:
    """Move the page to so many days before the dossier's, the latest first; the page says which and keeps it."""
    page.get_by_role("button", name="Move this page").click()
    page.locator("#days-box").wait_for(state="visible")
    for _ in range(count):
        page.get_by_role("button", name="Previous day of change").click()
        day = Edtf.parse(asked(page)["day"])
        said = {spaced(text) for text in page.locator("[data-day]").all_inner_texts()}
        assert said == {day.readable()}
        assert day.readable() in str(page.get_by_role("slider").get_attribute("aria-valuetext"))
        yield day


def differing_on(site: Site, actors: list[str], day: Edtf) -> set[str]:
    """The demands on which two actors certainly differed on a day, by one stance each."""
    held: dict[str, dict[str, list[str]]] = {}
    for matter in matters(site.dossier):
        if matter.name is POSITION and matter.about in actors:
            held.setdefault(matter.brief.id, {})[matter.about] = [e.words for e in answer(matter, day).certain]
    return {demand for demand, own in held.items() if demand in demands_on_page(site)
            and all(len(own.get(actor, ())) == 1 for actor in actors)
            and agreement(*(Stance(own[actor][0]) for actor in actors)) in (PARTLY, OPPOSED)}


def test_filtered_positions_are_kept_in_the_address_until_reset(site: Site, page: Page) -> None:
    chosen, category = two_columns(site), sorted(demands_on_page(site).values())[-1]
    open_filters(page, site)
    everything = demands_seen(page), actors_seen(page)
    tick(page, "actors", chosen)
    tick(page, "category", [category])
    tick(page, "differ", ["1"])
    before = demands_seen(page), actors_seen(page), counted(page)
    assert asked(page) == {"actors": ",".join(chosen), "category": category, "differ": "1"}
    page.reload()
    assert (demands_seen(page), actors_seen(page), counted(page)) == before
    assert page.locator("#filters input:checked").count() == 4
    page.locator("#filters button[type=reset]").click()
    page.wait_for_function("() => !location.search")
    assert (demands_seen(page), actors_seen(page)) == everything
    assert counted(page) == []
    assert page.locator("#filters input:checked").count() == 0


# --- between two editions ----------------------------------------------------------------------


def rows_between(page: Page) -> dict[int, list[int]]:
    """The rows shown by their number on the page, each with the editions that it shows."""
    rows = page.locator(".over-time > li").evaluate_all("""rows => rows.map((row, number) => [row, number])
      .filter(([row]) => row.checkVisibility()).map(([row, number]) => [number, [...row.querySelectorAll("[data-edition]")]
        .filter(entry => entry.checkVisibility()).map(entry => Number(entry.dataset.edition))])""")
    return {number: editions for number, editions in rows}


def test_between_two_editions_stands_what_differs_by_the_rule(site: Site, page: Page) -> None:
    editions, rows = Editions(site.dossier), []
    told = [row for id in editions.anchors for row in editions.over_time(id)]
    for _, names in GROUPS:
        group = [(matter, answers) for name in names for matter, answers in told if matter.name is name]
        if all(name in HAPPENED for name in names):
            group.sort(key=lambda row: sort_key(row[0].entries[0].date))
        rows += group
    record = visit_type(page, site, "edition-changes")
    assert set(rows_between(page)) == set(range(len(rows)))
    days = [str(day.date) for day in editions.days]
    last = len(days) - 1
    for start, end in combinations(range(last + 1), 2):
        page.locator("select[name=from]").select_option(days[start])
        page.locator("select[name=to]").select_option(days[end])
        said = {number: [max((at for at, _, _ in answers if at <= day), default=-1) for day in (start, end)]
                for number, (matter, answers) in enumerate(rows)
                if difference(matter, *(answer(matter, editions.days[day].date) for day in (start, end)))}
        assert rows_between(page) == {number: [at for at in stood if at >= 0] for number, stood in said.items()}, (start, end)
        between = " and ".join(editions.days[number].date.readable() for number in (start, end))
        assert page.locator("#between-status").inner_text() == f"{len(said)} of {len(rows)} lines differ between {between}."
        assert asked(page) == {"from": days[start], "to": days[end]}
    visit(page, f"{site.to('edition-changes')}?from={days[last]}&to={days[0]}")
    assert f" of {len(rows)} lines differ between " in page.locator("#between-status").inner_text()
    assert 0 < len(rows_between(page)) < len(rows)
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("() => !location.search")
    assert set(rows_between(page)) == set(range(len(rows))) and record.troubles() == {}


# --- lists -------------------------------------------------------------------------------------


def names_of(brief: Brief) -> str:
    """All names of an actor, folded, as a reader may type them."""
    scripts = (script.name for script in getattr(brief, "scripts", ()))
    return folded(" ".join(map(str, (brief.name, *brief.aliases, *scripts))))


def rows_seen(page: Page) -> list[str]:
    """The addresses of the briefs in the rows that are shown, in their order."""
    return [href.removeprefix("../") for href in seen_now(page, f"{ROWS} th[scope=row] a", "href")]


def found_words(page: Page) -> str:
    return page.locator(".filters .found[role=status]").inner_text()


def choose(page: Page, name: str, value: str | None = None, label: str | None = None) -> None:
    """Choose in one of a list's filters, by value or by words."""
    page.locator(f"select[data-filter='{name}']").select_option(value, label=label)


def test_typing_an_alias_leaves_the_actors_of_that_name(site: Site, page: Page) -> None:
    entries = [entry.brief for entry in actor_index(site.dossier).entries]
    aliases = sorted({str(alias) for brief in entries for alias in brief.aliases}, key=lambda a: (-len(a), a))[:8]
    visit_type(page, site, "actors")
    for alias in aliases:
        page.get_by_label("Name or other word").fill(alias)
        expected = {brief.address for brief in entries
                    if all(word in names_of(brief) for word in folded(alias).split())}
        assert set(rows_seen(page)) == expected, alias
        assert found_words(page) == f"{len(expected)} of {len(entries)} actors and bodies"
        assert asked(page) == {"filter": alias}


def test_choosing_a_type_leaves_the_actors_of_that_type(site: Site, page: Page) -> None:
    entries = actor_index(site.dossier).entries
    visit_type(page, site, "actors")
    for type_, count in Counter(str(entry.brief.type) for entry in entries).items():
        choose(page, "type", label=type_)
        assert set(rows_seen(page)) == {e.brief.address for e in entries if str(e.brief.type) == type_}
        assert found_words(page).startswith(f"{count} of {len(entries)} ")
    page.locator(".filters").get_by_role("button", name="Show all").click()
    assert len(rows_seen(page)) == len(entries)
    assert found_words(page).startswith(f"All {len(entries)} ")


def column(page: Page, name: str) -> tuple[Locator, Callable[[], list[str]]]:
    """A list's column by its name: its heading, and how to read its cells from the top."""
    head = page.locator("table.filterable th[data-sort]", has_text=name)
    number = head.evaluate("head => head.cellIndex")
    read = "(rows, number) => rows.map(row => row.cells[number].textContent.trim())"
    return head, lambda: list(page.locator(ROWS).evaluate_all(read, number))


def test_pressing_a_heading_sorts_the_rows_and_again_reverses_them(site: Site, page: Page) -> None:
    visit_type(page, site, "actors")
    types = sorted((str(entry.brief.type) for entry in actor_index(site.dossier).entries), key=folded)
    head, cells = column(page, "Type")
    assert head.get_attribute("aria-sort") is None
    head.get_by_role("button").click()
    assert (cells(), head.get_attribute("aria-sort")) == (types, "ascending")
    head.get_by_role("button").click()
    assert (cells(), head.get_attribute("aria-sort")) == (types[::-1], "descending")


def test_numbers_sort_as_numbers_the_most_first(site: Site, page: Page) -> None:
    visit_type(page, site, "actors")
    counts = sorted((entry.positions for entry in actor_index(site.dossier).entries), reverse=True)
    head, cells = column(page, "Positions taken")
    for expected, way in ((counts, "descending"), (counts[::-1], "ascending")):
        head.get_by_role("button").click()
        assert [int(re.sub(r"\D", "", cell) or 0) for cell in cells()] == expected
        assert head.get_attribute("aria-sort") == way


def test_one_column_is_sorted_at_a_time_and_what_is_not_known_stands_last(site: Site, page: Page) -> None:
    visit_type(page, site, "actors")
    column(page, "Type")[0].get_by_role("button").click()
    head, cells = column(page, "Standing")
    unknown = cells().count("–")
    for _ in range(2):
        head.get_by_role("button").click()
        assert page.locator("th[aria-sort]").count() == 1
        assert cells()[len(cells()) - unknown:] == ["–"] * unknown
        assert "–" not in cells()[:len(cells()) - unknown]


def entries_of(site: Site) -> list[Moment]:
    """What the timeline's front page holds, in its order."""
    view = timeline_view(site.dossier)
    return [moment for year in (*view.so_far, *view.later) for month in year.months
            for day in month.days for moment in day.moments]


def places(moments: Iterable[Moment]) -> list[str]:
    return [addresses.with_anchor(moment.brief.address, moment.anchor) for moment in moments]


def entries_seen(page: Page) -> list[str]:
    """Where the entries that are shown lead, in their order."""
    return [href.removeprefix("../") for href in seen_now(page, f"{ITEMS} > a:first-of-type", "href")]


def test_the_timeline_narrows_by_kind(site: Site, page: Page) -> None:
    entries = entries_of(site)
    visit_type(page, site, "timeline")
    for kind, count in Counter(moment.kind for moment in entries).items():
        choose(page, "kind", kind)
        assert entries_seen(page) == places(moment for moment in entries if moment.kind == kind)
        assert found_words(page) == f"{count} of {len(entries)} entries"


def test_the_timeline_narrows_by_actor_and_opens_the_folds_that_hold_what_fits(site: Site, page: Page) -> None:
    entries = entries_of(site)
    count = Counter(actor for moment in entries for actor in moment.actors)
    visit_type(page, site, "timeline")
    unfiltered = entries_seen(page)
    for actor in sorted(count, key=lambda actor: (-count[actor], actor))[:3]:
        choose(page, "actor", actor)
        assert entries_seen(page) == places(moment for moment in entries if actor in moment.actors)
        empty = page.locator("main details[data-group]:visible").filter(has_not=page.locator("[data-item]:visible"))
        assert empty.count() == 0, "a fold without an entry is shown"
    page.locator(".filters").get_by_role("button", name="Show all").click()
    assert entries_seen(page) == unfiltered, "folds are as they were"


def test_a_narrowed_timeline_is_kept_in_the_address(site: Site, page: Page) -> None:
    visit_type(page, site, "timeline")
    choose(page, "kind", "meeting")
    before = entries_seen(page), found_words(page)
    assert asked(page) == {"kind": "meeting"}
    page.reload()
    assert (entries_seen(page), found_words(page)) == before


# --- copying -----------------------------------------------------------------------------------


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_sign_after_a_statement_copies_a_link_to_it(site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=CLIPBOARD)
    visit_type(page, site, "longest actor")
    statement = page.locator(".page li[id]:not([id^='source-']):visible").last
    statement.hover()
    statement.get_by_role("button", name="Copy link to this statement").click()
    page.locator(".toast[role=status]", has_text="Link copied").wait_for(state="visible")
    anchor = str(statement.get_attribute("id"))
    copied = clipboard(page)
    assert copied == f"{site.to('longest actor')}#{anchor}"
    visit(page, copied)
    assert page.evaluate("document.querySelector(':target').id") == anchor


def test_a_search_in_the_address_is_not_copied(sample: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=CLIPBOARD)
    visit_type(page, sample, "longest actor", "?from=elsewhere#timeline")
    button = page.locator("button.copy:visible").first
    button.focus()
    page.keyboard.press("Enter")
    page.locator(".toast", has_text="Link copied").wait_for(state="visible")
    assert clipboard(page).startswith(f"{sample.to('longest actor')}#")
    assert is_focused(button)


def test_the_citation_is_copied_with_the_pages_address(site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=CLIPBOARD)
    visit_type(page, site, "longest demand")
    page.get_by_role("button", name="Copy citation").click()
    page.locator(".toast[role=status]", has_text="Citation copied").wait_for(state="visible")
    copied = clipboard(page)
    assert spaced(copied) == f"{spaced(page.locator('#citation').inner_text())} {site.to('longest demand')}"
    assert str(site.dossier.settings.title) in copied


# --- notes in place ----------------------------------------------------------------------------


def source_of(site: Site, page: Page, cite: Locator) -> Source:
    """The source that a citation leads to."""
    href = page.locator(f"[id='{(cite.get_attribute('href') or '')[1:]}'] > a").first.get_attribute("href") or ""
    id = href.rstrip("/").rpartition("/")[2]
    source = site.dossier.briefs[id]
    assert isinstance(source, Source), href
    return source


def test_pressing_a_citation_shows_the_sources_title(site: Site, page: Page) -> None:
    visit_type(page, site, "longest actor")
    cite = page.locator(CITES).first
    cite.click()
    note = page.get_by_role("dialog", name="Source")
    assert spaced(str(source_of(site, page, cite).name)) in spaced(note.inner_text())
    assert cite.get_attribute("aria-expanded") == "true"
    assert urlsplit(page.url).fragment == ""


def test_escape_closes_a_note_and_the_focus_is_back(site: Site, page: Page) -> None:
    visit_type(page, site, "longest actor")
    cite = page.locator(CITES).first
    cite.click()
    assert is_focused(page.locator("#popover"))
    page.keyboard.press("Escape")
    assert page.locator("#popover").count() == 0
    assert is_focused(cite)
    assert cite.get_attribute("aria-expanded") is None


def test_a_press_elsewhere_closes_a_note_and_one_within_does_not(site: Site, page: Page) -> None:
    visit_type(page, site, "longest actor")
    page.locator(CITES).first.click()
    page.locator("#popover small").click()
    assert page.locator("#popover").is_visible()
    page.locator("h1").click(position={"x": 1, "y": 1})
    assert page.locator("#popover").count() == 0


def test_a_second_citation_replaces_the_first(site: Site, page: Page) -> None:
    visit_type(page, site, "longest actor")
    first = page.locator(CITES).first
    second = page.locator(f"{CITES}:not([href='{first.get_attribute('href')}'])").last
    assert source_of(site, page, first) != source_of(site, page, second)
    first.click()
    second.click()
    assert page.locator("#popover").count() == 1
    assert spaced(str(source_of(site, page, second).name)) in spaced(page.locator("#popover").inner_text())
    assert page.locator("a[aria-expanded]").count() == 1
    page.keyboard.press("Escape")
    assert is_focused(second)


def page_with_term(site: Site) -> str:
    """The address of the first page whose text explains a term."""
    for brief in site.dossier.briefs.values():
        file = site.file(brief.address)
        if file.is_file() and 'class="term"' in file.read_text(encoding="utf-8"):
            return str(brief.address)
    return pytest.fail("no page explains a term")


def test_pressing_a_term_shows_what_it_means(site: Site, page: Page) -> None:
    visit(page, site.url + page_with_term(site))
    page.locator("main details").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
    link = page.locator("main a.term:visible").first
    term = site.dossier.briefs[str(link.get_attribute("href")).removeprefix("#term-")]
    assert isinstance(term, Term)
    link.click()
    note = spaced(page.get_by_role("dialog", name="What the term means").inner_text())
    plain = re.split(r"[\[*_`@]", spaced(str(term.definition)))[0].strip()  # the words before any sign of markup
    assert str(term.name) in note
    assert plain and plain in note
    page.keyboard.press("Escape")
    assert is_focused(link)


def test_with_control_a_citation_is_an_ordinary_link(sample: Site, new_page: Callable[..., Page]) -> None:
    page = new_page()
    visit_type(page, sample, "longest actor")
    cite = page.locator(CITES).first
    with page.context.expect_page() as opened:
        cite.click(modifiers=["Control"])
    assert opened.value.url == sample.to("longest actor") + str(cite.get_attribute("href"))
    assert page.locator("#popover").count() == 0


# --- searching ---------------------------------------------------------------------------------


def test_a_wrong_addresss_words_are_searched_for(site: Site, page: Page) -> None:
    words = addresses.anchor_text(site.known_name)
    visit(page, f"{site.url}people/{words}/", status=404)
    page.get_by_role("button", name="Search for the words of this address").click()
    page.locator("#search-input:focus").wait_for(state="visible")
    assert page.locator("#search-input").input_value() == f"people {words.replace('-', ' ')}"
    page.locator("#search-results a", has_text=site.known_name).first.wait_for(state="visible")


def test_results_narrowed_by_kind_are_all_of_that_kind(site: Site, page: Page) -> None:
    open_search(page, site)
    page.wait_for_load_state("networkidle")
    buttons = page.locator("#search-kinds button:not([data-filter='']):visible")
    kinds = [str(button.get_attribute("data-filter")) for button in buttons.all()]
    assert len(kinds) > 1, "nothing to narrow"
    for kind in kinds:
        button = page.locator(f"#search-kinds button[data-filter='{kind}']")
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        page.locator("#search[data-wants='0'] #search-results[aria-busy=false]").wait_for()
        assert set(seen_now(page, "#search-results a", "data-kind")) == {kind}
        count = button.inner_text().split()[-1]
        status = page.locator("#search-status[role=status]").inner_text()
        # Of much only the best is looked into: "40+" is "More than 39 results".
        assert status.split()[0] == count or status.startswith(f"More than {int(count.rstrip('+')) - 1} ")
    page.locator("#search-kinds button[data-filter='']").click()
    page.locator("#search[data-wants='0'] #search-results[aria-busy=false]").wait_for()
    assert len(set(seen_now(page, "#search-results a", "data-kind"))) > 1


def test_enter_opens_the_first_result(site: Site, page: Page) -> None:
    open_search(page, site)
    page.wait_for_load_state("networkidle")
    page.locator("#search-input").press("Enter")
    page.wait_for_url(site.to("longest actor") + "**")
    assert page.locator("h1").inner_text().startswith(site.known_name)


def test_arrow_keys_move_through_the_results(site: Site, page: Page) -> None:
    open_search(page, site)
    page.wait_for_load_state("networkidle")
    field, results = page.locator("#search-input"), page.locator("#search-results a")
    field.focus()
    at, before = -1, -2
    while at != before:  # more results come near the end, some of them before those that are there
        before = at
        page.keyboard.press("ArrowDown")
        page.locator("#search[data-wants='0'] #search-results[aria-busy=false]").wait_for()
        at = page.evaluate("[...document.querySelectorAll('#search-results a')].indexOf(document.activeElement)")
        assert at >= 0
    assert at == results.count() - 1 > 0
    for number in range(at - 1, -1, -1):
        page.keyboard.press("ArrowUp")
        assert is_focused(results.nth(number))
    page.keyboard.press("ArrowUp")
    assert is_focused(field)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(site.to("longest actor") + "**")
