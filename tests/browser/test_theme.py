"""Light, dark, or as the reader's system has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from driving import Site, visit, visit_type

if TYPE_CHECKING:
    from playwright.sync_api import Page

# 0 for black to 1 for white: what lies behind the page's text, whatever notation its colour has.
BRIGHTNESS = """() => {
  const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  context.fillStyle = "white";
  context.fillRect(0, 0, 1, 1);
  for (const e of [document.documentElement, document.body]) {
    context.fillStyle = getComputedStyle(e).backgroundColor;
    context.fillRect(0, 0, 1, 1);
  }
  const [r, g, b] = context.getImageData(0, 0, 1, 1).data;
  return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""


def state(page: Page) -> tuple[str, str | None, str]:
    """The word on the switch, the mark on the page, and how the page looks."""
    switch = page.locator("#theme-toggle")
    words = (switch.get_attribute("aria-label") or switch.inner_text()).lower()
    word = next((word for word in ("system", "dark", "light") if word in words), words)
    return word, page.evaluate("document.documentElement.getAttribute('data-theme')"), \
        "light" if page.evaluate(BRIGHTNESS) > 0.5 else "dark"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_reader_who_chose_nothing_sees_the_systems_colours(site: Site, scheme: str, page: Page) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit_type(page, site, "home")
    assert state(page) == ("system", None, scheme)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_switch_goes_from_system_to_dark_to_light_and_round(site: Site, scheme: str, page: Page) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visit_type(page, site, "home")
    seen = []
    for _ in range(3):
        page.locator("#theme-toggle").click()
        seen.append(state(page))
    assert seen == [("dark", "dark", "dark"), ("light", "light", "light"), ("system", None, scheme)]


def test_the_choice_is_kept_on_other_pages_and_over_a_reload(site: Site, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    visit_type(page, site, "home")
    page.locator("#theme-toggle").click()
    page.reload()
    assert state(page) == ("dark", "dark", "dark")
    visit_type(page, site, "shortest event")
    assert state(page) == ("dark", "dark", "dark")
    assert page.evaluate("localStorage.getItem('briefing-theme')") == "dark"


def test_the_choice_is_there_before_anything_is_painted(sample: Site, new_page: Callable[..., Page]) -> None:
    page = new_page()
    visit_type(page, sample, "home")
    page.evaluate("localStorage.setItem('briefing-theme', 'dark')")
    page.context.add_init_script("""new MutationObserver(() => {
      if (document.body && !window.__first)
        window.__first = document.documentElement.getAttribute("data-theme") || "none";
    }).observe(document, {childList: true, subtree: true});""")
    visit_type(page, sample, "home")
    assert page.evaluate("window.__first") == "dark"


def test_nonsense_in_the_store_counts_as_no_choice(sample: Site, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    visit(page, sample.url)
    page.evaluate("localStorage.setItem('briefing-theme', 'mauve')")
    record = visit(page, sample.url)
    assert state(page) == ("system", None, "light")
    assert record.troubles() == {}
