"""Nothing leaves the host, nothing is refused by the policy, nothing fails, and no cookie is set.

The same is asked of every page type where each is visited: in `test_layout.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from driving import PHONE, Site, close_search, open_citation, open_menu, open_search, visit_type

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_using_the_search_asks_only_the_own_host(site: Site, page: Page) -> None:
    record = open_search(page, site)
    page.locator("#search-input").fill(site.known_name[:4])
    page.locator("#search-results a[data-kind]").first.wait_for(state="visible")
    assert record.troubles() == {}
    close_search(page)
    page.locator("#search-open").click()
    page.locator("#search").wait_for(state="visible")
    assert record.troubles() == {}


def test_every_convenience_in_a_row_asks_only_the_own_host(site: Site, page: Page) -> None:
    record = visit_type(page, site, "longest actor")
    for _ in range(3):
        page.locator("#theme-toggle").click()
    open_citation(page)
    page.keyboard.press("Escape")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    open_menu(page)
    assert record.troubles() == {}


def test_the_search_is_loaded_only_when_it_is_wanted(site: Site, page: Page) -> None:
    record = visit_type(page, site, "home")
    assert [url for url in record.requests if "search" in url] == []
