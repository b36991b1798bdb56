"""axe-core, the accessibility rules a machine can check, finds nothing: WCAG 2.2 A and AA, and best practices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from driving import DESK, PHONE, Site, open_citation, open_menu, open_search, visit_type

if TYPE_CHECKING:
    from playwright.sync_api import Page

COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = {"360 px": PHONE, "1300 px": DESK}
SCHEMES = ("light", "dark")


@cache
def axe_script() -> str:
    spec = find_spec("axe_playwright_python")
    assert spec is not None and spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


CROSSED = {"360 px": ("dark",), "1300 px": ("light",)}
"""Each width and each scheme once: enough where the same templates are tried in all four looks on another site."""


def in_all_looks(page: Page, sizes: tuple[str, ...], schemes: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    """Change a loaded page's width and colours in place; yields each look's name, and the rules it may break: where only
    the colours are others, those of colours."""
    for size in sizes:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        for number, scheme in enumerate(schemes.get(size, SCHEMES)):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            yield f"{scheme}, {size}", COLOURS if number else ALL


def found_by_axe(page: Page, rules: Any) -> list[str]:
    """What axe finds on the page as it stands, a line for each rule: what is wrong and where first."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_script())
    violations = page.evaluate(
        """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"], preload: false}).then(
            results => results.violations.map(rule => `${rule.id} (${rule.nodes.length}): ${rule.help}; first `
              + rule.nodes.slice(0, 3).map(node => node.target.join(" ")
              + " [" + node.any.concat(node.all, node.none).map(check => check.message).join(" ").slice(0, 160) + "]"
              ).join(" and ")))""", rules)
    return list(violations)


def assert_nothing_found(page: Page, sizes: tuple[str, ...] = tuple(SIZES),
                         schemes: dict[str, tuple[str, ...]] | None = None) -> None:
    found: dict[str, list[str]] = {}
    for look, rules in in_all_looks(page, sizes, schemes or {}):
        for line in found_by_axe(page, rules):
            found.setdefault(line, []).append(look)
    assert not found, "\n".join(f"{line} — in {'; '.join(looks)}" for line, looks in found.items())


def looks_of(site: Site) -> dict[str, tuple[str, ...]]:
    return CROSSED if site.name == "real" else {}


def test_every_page_type_in_every_look(site: Site, shown: str, page: Page) -> None:
    visit_type(page, site, shown)
    assert_nothing_found(page, schemes=looks_of(site))


@pytest.mark.parametrize("page_type", ["home", "longest actor"])
def test_with_the_search_open(site: Site, page_type: str, page: Page) -> None:
    open_search(page, site, page_type)
    assert_nothing_found(page, schemes=looks_of(site))


def test_with_the_menu_open(site: Site, page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit_type(page, site, "home")
    open_menu(page)
    assert_nothing_found(page, ("360 px",))


def test_with_a_source_shown_in_place(site: Site, page: Page) -> None:
    visit_type(page, site, "longest actor")
    open_citation(page)
    assert_nothing_found(page, schemes=looks_of(site))
