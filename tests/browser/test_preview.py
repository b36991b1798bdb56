"""What the preview shows while something is wrong: readable by everybody, and out of the way when it is not wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from driving import PHONE, look
from previewing import Preview, preview
from test_accessibility import assert_nothing_found
from tools import SMALL

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONG = "summary: " + "A long line without an end, to see [[aa]] and what becomes of it on a narrow screen. " * 6


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Preview]:
    with preview(tmp_path, {}) as running:
        running.until(lambda page: "<h1" in page, "actors/aa/")
        yield running


def test_problems_are_shown_can_be_put_away_and_go(running: Preview, page: Page) -> None:
    page.goto(running.url + "actors/aa/")
    undo = running.broken("content/actors/aa.yml", "type: state", f"typ: state\n{LONG}\nsources: [nobody]")
    box = page.get_by_role("complementary", name="Problems found by the preview")
    # The page comes again by itself, with what is wrong on top.
    box.get_by_text("content/actors/aa.yml:2:1").wait_for()
    assert_nothing_found(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert look(page, "() => document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    summary = box.locator("summary")
    assert not box.locator("ol").is_visible() and summary.is_visible()
    assert page.evaluate("document.activeElement.localName") == "summary"
    page.goto(running.url + "demands/dd/")
    assert summary.is_visible() and not box.locator("ol").is_visible(), "put away on every page"
    summary.press("Enter")
    assert box.locator("ol").is_visible()
    page.emulate_media(media="print")
    assert not box.is_visible()
    page.emulate_media(media="screen")
    undo()
    box.wait_for(state="detached")
    assert page.locator("h1").inner_text().startswith("Dd")


def test_a_start_without_pages_is_as_readable(tmp_path: Path, page: Page) -> None:
    with preview(tmp_path, {"actors/aa.yml": "name: Aa\n\ttype: state\n"}) as running:
        running.until(lambda text: "Nothing to show yet" in text)
        page.goto(running.url)
        assert_nothing_found(page)
        running.file("content/actors/aa.yml").write_text(SMALL["actors/aa.yml"], encoding="utf-8")
        page.get_by_role("heading", level=1, name="State of play").wait_for()
