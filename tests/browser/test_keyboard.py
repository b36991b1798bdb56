"""The whole site by keyboard: everything reached, the focus seen, nothing traps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from driving import DESK, PHONE, Site, look, open_citation, open_search, visit_type

if TYPE_CHECKING:
    from playwright.sync_api import Page

WALKED = {"sample": ("home", "positions", "longest actor", "longest demand", "longest instrument", "timeline",
                     "sources", "compare", "404", "longest meeting", "shortest edition", "edition-changes",
                     "changes between two days", "positions on another day", "contested", "shifts", "mandates", "gaps",
                     "balance", "revisions"),
          "real": ("home", "positions", "shortest actor")}
SIZES = {"360 px": PHONE, "1300 px": DESK}

# Everything that Tab must stop at, numbered, with its look while it has no focus.
MARK = """() => {
  const all = document.querySelectorAll(
    "a[href], area[href], button, input, select, textarea, summary, audio[controls], video[controls], [tabindex]");
  const groups = new Set();
  window.__stops = [...all].filter(e => {
    if (e.tabIndex < 0 || e.disabled || e.type === "hidden" || e.closest("[inert]")) return false;
    if (e.localName === "summary" && e !== e.parentElement.querySelector(":scope > summary")) return false;
    if (!e.checkVisibility({visibilityProperty: true}) && !e.matches(".skip")) return false;
    if (e.type === "radio") {  // a group is one stop
      const group = `${e.form ? e.form.id : ""} ${e.name}`;
      const chosen = [...document.querySelectorAll("input[type=radio]")].find(r => r.name === e.name && r.checked);
      if (groups.has(group) || (chosen && chosen !== e)) return false;
      groups.add(group);
    }
    return true;
  });
  window.__shadows = new Map(window.__stops.map(e => [e, getComputedStyle(e).boxShadow]));
  return window.__stops.length;
}"""

# Where the focus is: which stop, and what is wrong with how it shows.
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  const shadowed = style.boxShadow !== (window.__shadows.has(e) ? window.__shadows.get(e) : "none");
  const boxes = [...e.getClientRects()].filter(box => box.width > 0 && box.height > 0);
  const shown = boxes.some(box => {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (left >= right || top >= bottom) return false;
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return hit && (e.contains(hit) || hit.contains(e));
  });
  const wrong = [];
  if (!outlined && !shadowed) wrong.push("no sign of the focus");
  if (!boxes.length) wrong.push("it has the focus but no box");
  else if (!shown) wrong.push("out of the window or covered");
  return {stop: window.__stops.indexOf(e), name: name(e), wrong};
}"""


def walk(page: Page) -> tuple[list[dict[str, Any]], list[str]]:
    """Press Tab from the top until the focus leaves the page: every stop, and the names of those never reached."""
    expected = look(page, MARK)
    stops: list[dict[str, Any]] = []
    for _ in range(2 * expected + 20):
        page.keyboard.press("Tab")
        stop = look(page, HERE)
        if stop is None or (stops and stop["stop"] == stops[0]["stop"]):
            break
        stops.append(stop)
    else:
        pytest.fail(f"a trap: the focus is still in the page after {len(stops)} stops of {expected}: {stops[-3:]}")
    reached = [stop["stop"] for stop in stops]
    missed = look(page, "reached => window.__stops.filter((e, i) => !reached.includes(i)).map(name)", reached)
    return stops, missed


@pytest.mark.parametrize("size", SIZES)
def test_tab_reaches_everything_and_shows_where_it_is(site: Site, size: str, page: Page) -> None:
    page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
    wrong = []
    for page_type in WALKED[site.name]:
        visit_type(page, site, page_type)
        stops, missed = walk(page)
        wrong += [f"{page_type}: never reached: {name}" for name in missed]
        wrong += [f"{page_type}: {stop['name']}: {', '.join(stop['wrong'])}" for stop in stops if stop["wrong"]]
        assert len(stops) > 3, f"{page_type}: only {stops}"
    assert not wrong, "\n".join(wrong[:40])


def test_tab_reaches_everything_of_an_open_menu(sample: Site, page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit_type(page, sample, "home")
    # Not by a click, which would make Tab start from there.
    page.evaluate("document.getElementById('menu').open = true")
    stops, missed = walk(page)
    assert missed == []
    assert [f"{stop['name']}: {stop['wrong']}" for stop in stops if stop["wrong"]] == []


def test_the_first_stop_is_a_link_past_the_header(site: Site, page_type: str, page: Page) -> None:
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        visit_type(page, site, page_type)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('a.skip[href=\"#content\"]')"), \
            f"at {size} the first stop is {look(page, '() => name(document.activeElement)')}"
        assert look(page, "() => { const b = document.activeElement.getBoundingClientRect();"
                          " return b.top >= 0 && b.left >= 0 && b.width > 20 && b.height > 10; }"), "it cannot be seen"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
        page.keyboard.press("Tab")
        # On a page without a link of its own the focus leaves for the browser's own bar.
        assert look(page, "() => document.activeElement.matches('body, #content *, .site-footer *')"
                          " || !document.querySelector('#content a, .site-footer a')"), \
            f"after it comes {look(page, '() => name(document.activeElement)')}"


def test_the_search_opens_and_closes_by_keyboard_and_gives_the_focus_back(site: Site, page: Page) -> None:
    visit_type(page, site, "home")
    page.locator("#search-open").focus()
    page.keyboard.press("Enter")
    page.locator("#search").wait_for(state="visible")
    page.locator("#search-input:focus").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator("#search").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "search-open"


@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_opens_the_search(sample: Site, key: str, page: Page) -> None:
    visit_type(page, sample, "home")
    page.keyboard.press(key)
    page.locator("#search-input:focus").wait_for(state="visible")


def test_an_open_search_keeps_the_focus_but_for_the_browsers_own_bar(sample: Site, page: Page) -> None:
    open_search(page, sample)
    for _ in range(40):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body"
                             " || document.activeElement.closest('#search') !== null"), \
            f"the focus went behind the search: {look(page, '() => name(document.activeElement)')}"


def test_a_source_shown_in_place_closes_by_escape_and_gives_the_focus_back(site: Site, page: Page) -> None:
    visit_type(page, site, "longest actor")
    cite = page.locator("main a.cite[href^='#source-']:visible").first
    cite.focus()
    page.keyboard.press("Enter")
    page.locator("#popover").wait_for(state="visible")
    assert page.locator("#popover").inner_text().strip()
    page.keyboard.press("Escape")
    page.locator("#popover").wait_for(state="hidden")
    assert cite.evaluate("element => element === document.activeElement")


def test_a_source_shown_in_place_leaves_the_page_where_it_was(site: Site, page: Page) -> None:
    visit_type(page, site, "longest actor")
    page.locator("main a.cite[href^='#source-']:visible").first.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    open_citation(page)
    assert page.evaluate("scrollY") == before
