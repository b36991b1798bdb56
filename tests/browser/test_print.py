"""On paper: no buttons, links with their addresses, sources, the day the page stands at, tables that fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from driving import Site, fresh_pages, look, visit_type

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

A4 = 794
"""The width of the paper in CSS pixels."""

MARGINS = """() => {
  const inPixels = text => { const probe = document.createElement("div"); probe.style.width = text;
    document.body.append(probe); const width = parseFloat(getComputedStyle(probe).width); probe.remove();
    return width; };
  let margins = [38, 38];  // what Chromium leaves where the page says nothing
  const read = rules => { for (const rule of rules) {
    if (rule instanceof CSSPageRule && rule.style.marginLeft && !rule.selectorText)
      margins = [inPixels(rule.style.marginLeft), inPixels(rule.style.marginRight)];
    else if (rule.cssRules) read(rule.cssRules);
  } };
  for (const sheet of document.styleSheets) read(sheet.cssRules);
  return margins[0] + margins[1];
}"""

TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter(e =>
  e.checkVisibility({visibilityProperty: true}) && !e.closest("svg svg, .visually-hidden")
  && (e.getBoundingClientRect().right > document.documentElement.clientWidth + 1
      || (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1 && getComputedStyle(e).overflowX !== "visible"))
).slice(0, 5).map(name)"""

ADDRESSES_LEFT_OUT = """() => [...document.querySelectorAll("main a[href^='http']")].filter(a => {
  if (!a.checkVisibility()) return false;
  const href = a.getAttribute("href"), after = getComputedStyle(a, "::after").content;
  const around = a.closest("li, dd, td, p, div");
  return !after.includes(href) && !(around && around.innerText.includes(href));
}).slice(0, 5).map(a => `${a.getAttribute("href")} of ${name(a)}`)"""


PRINTED = ("positions", "longest actor", "longest instrument", "longest meeting", "longest edition", "mandates")
LISTED = ("edition-changes", "contested", "shifts", "gaps", "balance", "revisions")


@pytest.fixture(scope="module", params=(*PRINTED, *LISTED))
def printed(request: pytest.FixtureRequest, site: Site, browser: Browser) -> Iterator[Page]:
    """A page as it goes to an A4 printer, visited once for all that is asked of it."""
    with fresh_pages(browser) as make:
        page = make()
        visit_type(page, site, request.param)
        page.emulate_media(media="print")
        page.set_viewport_size({"width": int(A4 - page.evaluate(MARGINS)), "height": 1000})
        yield page


def test_what_only_a_screen_can_use_is_left_out(printed: Page) -> None:
    shown = look(printed, """() => { return [...document.querySelectorAll(
        "nav, button, input, select, dialog, #search-open, #theme-toggle, #menu, #popover, .skip")]
        .filter(e => e.checkVisibility({visibilityProperty: true}) && !plainHeading(e)).slice(0, 8).map(name);
      function plainHeading(e) {  // what sorts a column is its heading, and on paper nothing else
        const style = getComputedStyle(e);
        return e.matches("th > button") && style.borderStyle === "none" && style.backgroundColor === "rgba(0, 0, 0, 0)"
          && getComputedStyle(e, "::after").display === "none";
      } }""")
    assert shown == []


def test_the_address_of_every_link_to_elsewhere_is_printed(printed: Page) -> None:
    assert look(printed, ADDRESSES_LEFT_OUT) == []


def test_every_cited_source_is_printed(printed: Page) -> None:
    missing = look(printed, """() => [...document.querySelectorAll("main a.cite[href^='#source-']")]
        .filter(a => { const source = document.getElementById(a.getAttribute("href").slice(1));
          return !source || !source.checkVisibility() || source.innerText.trim().length < 10; })
        .slice(0, 5).map(name)""")
    assert missing == []


def test_the_day_the_page_stands_at_is_printed(printed: Page, site: Site) -> None:
    assert site.dossier.as_of.readable() in " ".join(printed.locator("body").inner_text().split())


def test_nothing_is_wider_than_the_paper(printed: Page) -> None:
    assert look(printed, TOO_WIDE) == []


def test_dark_colours_stay_on_the_screen(printed: Page) -> None:
    printed.evaluate("document.documentElement.setAttribute('data-theme', 'dark')")
    printed.emulate_media(media="print", color_scheme="dark")
    light = printed.evaluate("""() => [document.documentElement, document.body].every(e => {
        const [r, g, b, a] = getComputedStyle(e).backgroundColor.match(/[\\d.]+/g).map(Number);
        return a === 0 || Math.min(r, g, b) > 240; })""")
    printed.evaluate("document.documentElement.removeAttribute('data-theme')")
    printed.emulate_media(media="print", color_scheme="light")
    assert light, "a dark page is printed"


def test_the_head_of_a_table_is_repeated_on_every_sheet(site: Site, page: Page) -> None:
    visit_type(page, site, "positions")
    page.emulate_media(media="print")
    heads = look(page, """() => [...document.querySelectorAll("main thead")].filter(e => e.checkVisibility())
        .map(e => [e, e.parentElement.querySelector("tbody tr")].map(part => getComputedStyle(part)))
        .map(([head, row]) => [head.display, row.breakInside])""")
    assert heads and {tuple(head) for head in heads} == {("table-header-group", "avoid")}, heads


@pytest.mark.parametrize("page_type", PRINTED)
def test_it_prints(site: Site, page_type: str, page: Page) -> None:
    visit_type(page, site, page_type)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", paper))
    page.emulate_media(media="print")  # folds are open on paper
    words = len(page.locator("main").inner_text().split())
    assert 1 <= sheets <= 3 + words / 120, f"{sheets} sheets for {words} words"
