"""Small screens, large text, less motion; and, as each page type is visited here, what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from driving import PHONE, Site, look, open_citation, open_menu, open_search, visit_type

if TYPE_CHECKING:
    from playwright.sync_api import Page

SMALLEST = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}

# What makes the page wider than the window: the innermost elements that stick out and are not in a box that scrolls.
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
  const out = [...document.body.querySelectorAll("*")].filter(e => {
    if (!e.checkVisibility() || e.getBoundingClientRect().right <= width + 1) return false;
    for (let p = e.parentElement; p; p = p.parentElement)
      if (p !== document.body && getComputedStyle(p).overflowX !== "visible") return false;
    return true;
  });
  return [`the page is ${document.documentElement.scrollWidth} px wide in a window of ${width}`,
    ...out.filter(e => ![...e.children].some(c => out.includes(c))).slice(0, 5).map(name)];
}"""

# Elements that hide a part of their own text. What is hidden from the eye on purpose is a box of a pixel.
CUT = """() => [...document.body.querySelectorAll("*")].filter(e => {
  if (!e.checkVisibility({visibilityProperty: true}) || e.localName === "svg" || e.closest("svg")) return false;
  const style = getComputedStyle(e);
  const hides = value => value === "hidden" || value === "clip";
  if (e.clientWidth <= 1 || e.clientHeight <= 1 || !e.textContent.trim()) return false;
  return (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1)
      || (hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).slice(0, 5).map(name)"""

# Longer than a hundredth of a second, for whoever asked for less motion.
MOVING = """() => {
  const seconds = list => Math.max(...list.split(",").map(v => parseFloat(v) * (v.trim().endsWith("ms") ? .001 : 1)));
  const found = new Set();
  for (const e of document.querySelectorAll("*")) for (const part of [null, "::before", "::after", "::backdrop"]) {
    const style = getComputedStyle(e, part);
    if (seconds(style.transitionDuration) > .01) found.add(`transition of ${style.transitionProperty}: ${name(e)}`);
    if (style.animationName !== "none" && seconds(style.animationDuration) > .01)
      found.add(`animation ${style.animationName}: ${name(e)}`);
    if (!part && style.scrollBehavior === "smooth") found.add(`smooth scrolling: ${name(e)}`);
  }
  for (const animation of document.getAnimations())
    if (animation.effect.getComputedTiming().duration > 10) found.add("a running animation");
  return [...found].slice(0, 5);
}"""


def test_every_page_type_asks_only_its_own_host_and_fits_the_smallest_window_and_large_text(
    site: Site, shown: str, page: Page
) -> None:
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    record = visit_type(page, site, shown)
    assert record.troubles() == {}
    assert page.evaluate("document.cookie") == ""
    assert look(page, TOO_WIDE) == []
    assert look(page, CUT) == [], "cut off"

    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    assert look(page, TOO_WIDE) == [], "at a desk"
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main li')).fontSize)")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    after = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main li')).fontSize)")
    assert after >= 1.8 * before, "the text does not grow with the reader's setting"
    assert look(page, TOO_WIDE) == [], "with large text"
    assert look(page, CUT) == [], "cut off with large text"


def test_the_positions_fit_a_desk_on_every_day_of_change(site: Site, page: Page) -> None:
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    visit_type(page, site, "positions on another day")
    page.locator("#days-range").evaluate("range => { range.value = range.max; range.dispatchEvent(new Event('input')); }")
    earlier = page.get_by_role("button", name="Previous day of change")
    while earlier.is_enabled():
        earlier.click()
        assert look(page, TOO_WIDE) == [], page.locator("#days-range").get_attribute("aria-valuetext")


def test_the_search_fits_the_smallest_window(site: Site, page: Page) -> None:
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    open_search(page, site)
    assert look(page, TOO_WIDE) == []
    assert look(page, """() => { const box = document.querySelector("#search").getBoundingClientRect();
        return box.left >= 0 && box.right <= innerWidth + 1 && box.top >= 0; }"""), "it sticks out of the window"


def test_nothing_moves_for_whoever_asked_for_less_motion(site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(reduced_motion="reduce", viewport=PHONE)
    visit_type(page, site, "longest actor")
    assert look(page, MOVING) == []
    open_menu(page)
    assert look(page, MOVING) == [], "with the menu open"
    open_search(page, site)
    assert look(page, MOVING) == [], "with the search open"
    visit_type(page, site, "longest actor")
    open_citation(page)
    assert look(page, MOVING) == [], "with a source shown in place"
