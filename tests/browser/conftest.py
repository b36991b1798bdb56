"""A real browser for the tests in this folder: the machine's own Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from driving import ARGUMENTS, MOVED_TYPES, PAGE_TYPES, KeptPages, Site, find_chromium, fresh_pages
from serving import serve
from tools import CONTENT, SAMPLE, load_once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HERE = Path(__file__).parent


def why_not() -> str:
    """Why no test can run here; empty where all is there."""
    if find_spec("playwright") is None:
        return "Playwright is not installed here"
    return "" if find_chromium() else "no Chromium on this machine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder; without a browser, skip it."""
    reason = why_not()
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=f"needs a browser: {reason}"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reason = why_not()
    if reason and any("needs a browser" in str(report.longrepr) for report in terminalreporter.getreports("skipped")):
        terminalreporter.write_line(f"BROWSER TESTS SKIPPED: {reason}", red=True, bold=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def real_url(real_site: Path) -> Iterator[str]:
    """Where the project's own dossier is served; ends in a slash."""
    with serve(real_site) as url:
        yield url


@pytest.fixture(scope="session")
def sample_url(sample_site: Path) -> Iterator[str]:
    """Where the sample dossier is served; ends in a slash."""
    with serve(sample_site) as url:
        yield url


@pytest.fixture(scope="session")
def real(real_site: Path, real_url: str) -> Site:
    return _site("real", CONTENT, real_site, real_url)


@pytest.fixture(scope="session")
def sample(sample_site: Path, sample_url: str) -> Site:
    return _site("sample", SAMPLE, sample_site, sample_url)


def _site(name: str, content: Path, folder: Path, url: str) -> Site:
    dossier, problems = load_once(content)
    assert dossier is not None, problems
    return Site(name, folder, url, dossier)


@pytest.fixture(scope="session", params=["sample", "real"])
def site(request: pytest.FixtureRequest) -> Site:
    """The sample site, then the real one."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture(params=PAGE_TYPES)
def page_type(request: pytest.FixtureRequest, site: Site) -> str:
    """Every type of page in turn that the site has."""
    return _had(site, request.param)


@pytest.fixture(params=(*PAGE_TYPES, *MOVED_TYPES))
def shown(request: pytest.FixtureRequest, site: Site) -> str:
    """Every type of page in turn, those moved to another day by a script with them."""
    return _had(site, request.param)


def _had(site: Site, page_type: str) -> str:
    if not site.has(page_type):
        pytest.skip(f"the {site.name} dossier has no page of this type")
    return page_type


@pytest.fixture(scope="session")
def offline_site(build_once: Callable[..., Path]) -> Path:
    """The sample dossier as `make offline` bundles it for the file system."""
    return build_once("offline", SAMPLE, OFFLINE="1")


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages for one test: see `fresh_pages`."""
    with fresh_pages(browser) as make:
        yield make


@pytest.fixture(scope="session")
def kept_pages(browser: Browser) -> Iterator[KeptPages]:
    with fresh_pages(browser) as make:
        yield KeptPages(make)


@pytest.fixture
def page(kept_pages: KeptPages) -> Iterator[Page]:
    """A page as wide as a desk's screen, with nothing stored. Other tests used it before; whoever changes what outlives a
    visit (permissions, scripts that run first) takes one from `new_page`."""
    with kept_pages.lent() as page:
        yield page


@pytest.fixture
def plain(kept_pages: KeptPages) -> Iterator[Page]:
    """A page whose scripts do not run."""
    with kept_pages.lent(scripts=False) as page:
        yield page
