"""The bundle for a USB stick or a mail attachment works straight from the file system, search and all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import pytest
from driving import Visit, look, visit
from tools import SAMPLE, load_once

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def home(offline_site: Path, page: Page) -> Visit:
    return visit(page, (offline_site / "index.html").as_uri())


def test_a_click_leads_from_page_to_page(home: Visit, page: Page) -> None:
    page.locator("main a[href*='actors/']:visible").first.click()
    page.wait_for_url("file://**/actors/**/index.html*")
    assert page.locator("h1").inner_text().strip()
    page.locator("main a[href*='sources/']:visible, main a[href*='demands/']:visible").first.click()
    page.wait_for_load_state()
    assert page.url.startswith("file://") and page.locator("h1").count() == 1
    assert home.troubles() == {}


def test_every_link_names_a_file(offline_site: Path, page: Page) -> None:
    """A browser lists a folder where a server would show its index."""
    record = visit(page, (offline_site / "index.html").as_uri())
    links = page.evaluate("[...document.links].map(a => a.href).filter(href => href.startsWith('file:'))")
    assert links
    assert [link for link in links if not Path(unquote(urlsplit(link).path)).is_file()] == []
    assert record.troubles() == {}


def test_the_search_finds_and_leads_on(offline_site: Path, page: Page) -> None:
    dossier, _ = load_once(SAMPLE)
    assert dossier is not None
    actor = next(dossier.of_kind("actor"))
    record = visit(page, f"{(offline_site / 'index.html').as_uri()}?q={quote(str(actor.name))}")
    result = page.locator("#search-results a[data-kind=actor]").first
    result.wait_for(state="visible")
    assert record.troubles() == {}
    result.click()
    page.wait_for_url(f"file://**/actors/{actor.id}/index.html*")
    assert str(actor.name) in page.locator("h1").inner_text()
    assert record.troubles() == {}


def test_the_colours_and_the_sources_in_place_work(offline_site: Path, page: Page) -> None:
    folder = next(file.parent for file in sorted(offline_site.glob("actors/*/index.html"))
                  if 'href="#source-1"' in file.read_text(encoding="utf-8"))
    record = visit(page, (folder / "index.html").as_uri())
    page.locator("#theme-toggle").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator("main a.cite[href^='#source-']:visible").first.click()
    page.locator("#popover").wait_for(state="visible")
    assert look(page, "() => document.querySelector('#popover').innerText.trim().length") > 10
    assert record.troubles() == {}
