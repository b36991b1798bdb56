"""The pencil and the flag in a browser: one statement reported or edited, wherever the content is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from driving import PHONE, Site, look, visit
from serving import serve
from test_accessibility import assert_nothing_found
from tools import ROOT, SAMPLE, mkdocs_build

from generator.repository import LONGEST

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

STATEMENT = "position-calder-2031-05-20"
DEMAND = "demands/reopen-the-ferry/"


@pytest.fixture(scope="module")
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The host's name, and where the sample dossier is served that stands in a repository there."""
    host = getattr(request, "param", "github")
    site = tmp_path_factory.mktemp("kept") / "site"
    mkdocs_build(SAMPLE, site, REPO_URL=f"https://{host}.com/desk/straits")
    with serve(site) as url:
        yield host, url


on_each_host = pytest.mark.parametrize("kept", ["github", "gitlab"], indirect=True)


def menu(page: Page, statement: str = STATEMENT) -> Locator:
    """The menu of a statement, opened by its sign."""
    page.locator(f"[id='{statement}'] > button.copy").click()
    return page.get_by_role("dialog", name="This statement")


def asked(link: Locator) -> dict[str, str]:
    address = str(link.get_attribute("href"))
    assert len(address) <= LONGEST
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}


@on_each_host
def test_a_mistake_in_a_statement_is_reported_with_its_words_and_sources(kept: tuple[str, str], page: Page) -> None:
    host, url = kept
    visit(page, url + DEMAND)
    form = asked(menu(page).get_by_role("link", name="Report a mistake in this statement"))
    if host == "github":
        said = [form["page"], form["statement"], form["source"]]
    else:
        said = [part.partition(": ")[2] for part in form["issue[description]"].split("\n\n")]
        assert len(said) == 5 and said[3:] == ["", ""]
    assert said[0] == f"/{DEMAND}#{STATEMENT}"
    assert said[1].startswith("Republic of Calder & the Isles, 20 May 2031: conditional: ") and "#" not in said[1] and "[1" not in said[1]
    assert all(len(part) > 10 for part in said[1:3])


def test_a_statement_leads_to_its_line(kept: tuple[str, str], page: Page) -> None:
    visit(page, kept[1] + DEMAND)
    to = str(menu(page).get_by_role("link", name="Edit this line").get_attribute("href"))
    file, _, line = to.partition("/blob/main/")[2].partition("#L")
    assert "2031-05-20" in (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


@on_each_host
def test_a_long_statement_is_cut(kept: tuple[str, str], page: Page) -> None:
    visit(page, kept[1] + DEMAND)
    page.locator(f"#{STATEMENT} > div").evaluate("(said, words) => said.prepend(words.repeat(300))", "غرق & 🚢 ")
    form = asked(menu(page).get_by_role("link", name="Report a mistake"))
    assert "غرق & 🚢 غرق" in " ".join(form.values()) and "\ufffd" not in str(form)


def test_the_menu_opens_copies_and_closes_by_keyboard(kept: tuple[str, str], new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    visit(page, kept[1] + DEMAND)
    sign = page.locator(f"#{STATEMENT} > button.copy")
    sign.press("Enter")
    box = page.get_by_role("dialog", name="This statement")
    page.keyboard.press("Escape")
    assert not box.is_visible() and sign.evaluate("sign => sign === document.activeElement")
    sign.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".toast", has_text="Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{kept[1]}{DEMAND}#{STATEMENT}"
    assert not box.is_visible()


def test_pencils_and_the_menu_are_for_everybody(kept: tuple[str, str], page: Page) -> None:
    visit(page, kept[1] + DEMAND)
    pencil = page.get_by_role("link", name="Edit Positions in reopen-the-ferry.yml, line ")
    assert pencil.is_visible()
    box = pencil.bounding_box()
    assert box and min(box["width"], box["height"]) >= 24
    names = [str(sign.get_attribute("aria-label")) for sign in page.locator("button.copy").all()]
    assert len(set(names)) == len(names) > 1 and names[0].startswith("Link, report or edit this statement: ")
    menu(page)
    assert_nothing_found(page)
    page.keyboard.press("Escape")
    page.set_viewport_size({**PHONE, "width": 320})  # type: ignore[arg-type]
    menu(page)
    assert look(page, "() => document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    assert not pencil.is_visible() and not page.locator(".correct").is_visible()


def test_without_a_repository_the_sign_only_copies(sample: Site, page: Page) -> None:
    visit(page, sample.url + DEMAND)
    page.locator(f"#{STATEMENT} > button.copy").click()
    assert page.get_by_role("dialog").count() == 0 and page.locator(".toast").inner_text()


def test_a_folder_without_a_server_leads_there_as_well(new_page: Callable[..., Page], tmp_path: Path) -> None:
    mkdocs_build(SAMPLE, tmp_path / "site", REPO_URL="https://github.com/desk/straits", OFFLINE="1")
    page = new_page()
    visit(page, (tmp_path / "site" / DEMAND / "index.html").as_uri(), status=None)
    form = asked(menu(page).get_by_role("link", name="Report a mistake in this statement"))
    assert form["page"] == f"/{DEMAND}#{STATEMENT}" and "file:" not in str(form)
