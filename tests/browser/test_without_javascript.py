"""Without JavaScript every content is there, and only conveniences are lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from driving import DESK, PHONE, Site, look, open_menu, visit_type

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Every piece of text in the main part that a reader can see. Conveniences, and what they say, are left out.
TEXT = """() => {
  const conveniences = "button, form, select, label, output, dialog, script, style, noscript, template,"
    + "#popover, [role=status], [data-convenience]";
  const pieces = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim().replace(/\\s+/g, " "), parent = walker.currentNode.parentElement;
    if (text && !parent.closest(conveniences) && seen(parent)) pieces.push(text);
  }
  return pieces;
}"""
ALL_TEXT = "() => document.body.textContent.replace(/\\s+/g, ' ')"


DEAD = """() => [...document.querySelectorAll(
    "button, input, select, textarea, dialog, a:not([href]), a[href='#'], a[href^='javascript:'], [onclick]")]
    .filter(e => e.checkVisibility({visibilityProperty: true})).slice(0, 10).map(name)"""
LOST = """() => [...document.querySelectorAll("a[href^='#']")].filter(a => {
    const target = document.getElementById(decodeURIComponent(a.getAttribute("href").slice(1)));
    return !target || !seen(target);
  }).slice(0, 10).map(a => `${a.getAttribute("href")} of ${name(a)}`)"""


def test_every_page_type_says_the_same_and_offers_only_what_works(
    site: Site, page_type: str, page: Page, plain: Page
) -> None:
    visit_type(page, site, page_type)
    visit_type(plain, site, page_type)
    with_scripts, without = look(page, TEXT), look(plain, TEXT)
    assert len(" ".join(without)) > 100, f"hardly any text: {without}"
    only_with = [piece for piece in with_scripts if piece not in set(without)]
    assert only_with[:10] == [], "shown only where scripts run"
    everything = look(page, ALL_TEXT)
    assert [piece for piece in without if piece not in everything][:10] == [], "gone where scripts run"
    assert look(plain, DEAD) == [], "offered, but does nothing"
    assert look(plain, LOST) == [], "jumps to nothing that can be seen"


def test_the_menu_opens_and_leads_on(site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, viewport=PHONE)
    visit_type(page, site, "longest actor")
    assert page.locator("#menu nav a:visible").count() == 0, "the menu is open from the start"
    open_menu(page)
    page.locator("#menu nav a[href$='timeline/']").first.click()
    page.wait_for_url("**/timeline/")


def test_the_navigation_is_in_sight_on_a_wide_screen(site: Site, plain: Page) -> None:
    visit_type(plain, site, "home")
    assert plain.locator(".site-header nav a:visible").count() >= 8


def test_a_citation_leads_to_its_source(site: Site, plain: Page) -> None:
    visit_type(plain, site, "longest actor")
    cite = plain.locator("main a.cite[href^='#source-']:visible").first
    target = cite.get_attribute("href")
    cite.click()
    assert target is not None and plain.url.endswith(target)
    assert plain.locator(target).is_visible() and len(plain.locator(target).inner_text().strip()) > 10


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["360 px", "1300 px"])
def test_the_matrix_says_each_stance_in_words(site: Site, size: dict[str, int], plain: Page) -> None:
    plain.set_viewport_size(size)  # type: ignore[arg-type]
    visit_type(plain, site, "positions")
    cells = look(plain, """() => [...document.querySelectorAll("td[data-stance]")].map(e => ({
        actor: e.dataset.actor, demand: e.dataset.demand, stance: e.dataset.stance, seen: seen(e),
        text: e.textContent.toLowerCase(), link: e.querySelector("a[href]") !== null}))""")
    assert cells, "no cell at all"
    ids = set(site.dossier.briefs)
    ids |= {position.actor.key for demand in site.dossier.of_kind("demand") for position in demand.positions}  # type: ignore[attr-defined]
    assert [cell for cell in cells if not (cell["seen"] and all(word in cell["text"] for word in cell["stance"].lower().split()))][:3] == []
    assert [cell for cell in cells if cell["actor"] not in ids or cell["demand"] not in ids][:3] == []
    if size == DESK:
        assert any(cell["link"] for cell in cells), "no cell leads to its record"


def test_the_timeline_is_all_there(site: Site, plain: Page) -> None:
    visit_type(plain, site, "timeline")
    text = " ".join(look(plain, TEXT))
    missing = [brief.id for brief in site.dossier.of_kind("event") if str(brief.name) not in text]
    assert missing[:10] == []
