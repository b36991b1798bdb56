"""How the tests drive a browser: sites and their page types, a visit and what it recorded, everyday moves."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit
from urllib.request import urlopen
from weakref import WeakKeyDictionary

from serving import packed_size

from generator import addresses
from generator.dossier import Dossier
from generator.views.editions import days

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1300, "height": 900}

KINDS = ("actor", "demand", "instrument", "body", "meeting", "event", "source")
SECTIONS = tuple(addresses.SECTIONS)
PAGE_TYPES: tuple[str, ...] = tuple(dict.fromkeys((
    *SECTIONS, *(f"{length} {kind}" for kind in (*KINDS, "edition") for length in ("longest", "shortest")),
    "hand-written", "404")))
"""Every type of page. Which page of a site stands for a type is found in its dossier: `Site.address`."""

MOVED_TYPES = ("home on another day", "positions on another day", "changes between two days")
"""Pages that a script has changed by what their address asks for."""


def find_chromium() -> str | None:
    """The machine's own Chromium; None where there is none."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@dataclass(frozen=True)
class Site:
    """A built site, where it is served, and the dossier it was built from."""

    name: str
    folder: Path
    url: str
    dossier: Dossier

    def address(self, page_type: str) -> str:
        """The address of the page that stands for a type, relative to the root; KeyError where the dossier has none."""
        return self._addresses[page_type]

    def has(self, page_type: str) -> bool:
        return page_type in self._addresses

    def to(self, page_type: str) -> str:
        """The whole address of the page that stands for a type."""
        return self.url + self.address(page_type)

    def file(self, address: str) -> Path:
        return self.folder / address / "index.html"

    def by_length(self, kind: str) -> list[str]:
        """The addresses of all briefs of a kind that have a page, the shortest first."""
        own = [addresses.brief_address(brief.kind, brief.id) for brief in self.dossier.of_kind(kind)]
        return sorted(own, key=lambda address: (self.file(address).stat().st_size, address))

    @cached_property
    def _addresses(self) -> dict[str, str]:
        found = {name: addresses.SECTIONS.get(name, f"{name}/") for name in SECTIONS}
        for kind in KINDS:
            pages = self.by_length(kind)
            if pages:
                found[f"shortest {kind}"], found[f"longest {kind}"] = pages[0], pages[-1]
        editions = sorted((day for day in days(self.dossier) if not day.own),
                          key=lambda day: self.file(day.address).stat().st_size)
        if editions:
            found["shortest edition"], found["longest edition"] = editions[0].address, editions[-1].address
            day = editions[-1].date
            found["home on another day"], found["positions on another day"] = f"?day={day}", f"positions/?day={day}"
            found["changes between two days"] = (
                f"{addresses.SECTIONS['edition-changes']}?from={min(e.date.text for e in editions)}"
                f"&to={max(e.date.text for e in editions)}")
        for page in self.dossier.pages:
            found.setdefault("hand-written", addresses.page_address(page.name))
        found["404"] = "no/such/page/"
        return found

    @cached_property
    def known_name(self) -> str:
        """What a reader may search for and find: the name of the longest actor."""
        address = self.address("longest actor")
        return next(str(brief.name) for brief in self.dossier.of_kind("actor")
                    if addresses.brief_address(brief.kind, brief.id) == address)


# Runs before any script of a page: keeps what the Content-Security-Policy refused.
WATCH = """
window.__refused = [];
document.addEventListener("securitypolicyviolation", event =>
  window.__refused.push(`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass
class Visit:
    """What a browser did from the moment it went to a page until the next visit."""

    page: Page
    url: str
    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """Requests without an answer, and answers of 400 and above."""
    errors: list[str] = field(default_factory=list)
    """Errors on the console and exceptions that no script caught."""

    @property
    def elsewhere(self) -> list[str]:
        """The requests that left the host."""
        home = urlsplit(self.url).netloc
        return [url for url in self.requests
                if urlsplit(url).scheme not in ("data", "blob", "about") and urlsplit(url).netloc != home]

    @property
    def refused(self) -> list[str]:
        """What the page's Content-Security-Policy refused."""
        return list(self.page.evaluate("window.__refused || []"))

    @property
    def cookies(self) -> list[str]:
        return [cookie["name"] for cookie in self.page.context.cookies()]

    def troubles(self) -> dict[str, list[str]]:
        """Everything that must not be, by what it is; nothing where all is well."""
        found = {"left the host": self.elsewhere, "failed": self.failed, "console": self.errors,
                 "refused by the policy": self.refused, "cookies": self.cookies}
        return {name: entries for name, entries in found.items() if entries}


WAIT = 5_000
"""Milliseconds until a step that waits for something fails."""


@contextmanager
def fresh_pages(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Makes pages, each with a fresh profile; takes Playwright's context options, such as `java_script_enabled`."""
    contexts = []

    def make(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESK, "reduced_motion": "reduce", **options})
        context.set_default_timeout(WAIT)
        context.add_init_script(WATCH)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


class KeptPages:
    """Pages that one test after the other uses: to open a window takes as long as three visits in one that is open."""

    def __init__(self, make: Callable[..., Page]) -> None:
        self._make = make
        self._pages: dict[bool, Page] = {}

    @contextmanager
    def lent(self, scripts: bool = True) -> Iterator[Page]:
        """The page with scripts, or the one without, as a fresh one is: as wide as a desk's screen, with nothing stored."""
        from playwright.sync_api import Error

        page = self._pages.get(scripts)
        if page is None or page.is_closed():
            page = self._pages[scripts] = self._make(java_script_enabled=scripts)
            page.on("crash", lambda crashed: crashed.close())
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        page.emulate_media(media="null", color_scheme="null", reduced_motion="reduce")
        yield page
        try:
            page.evaluate("() => { try { localStorage.clear(); sessionStorage.clear(); } catch { } }")
            page.context.clear_cookies()
        except Error:
            page.close()  # left in the middle of something: the next one gets another


_current: WeakKeyDictionary[Any, Visit] = WeakKeyDictionary()


def visit(page: Page, url: str, status: int | None = 200) -> Visit:
    """Go to a page, wait until it has loaded, and record all it does from then on.

    The answer must have this status (None: any; a `file:` address has none). The earlier visit of the same page ends.
    """
    if page not in _current:
        page.on("request", lambda request: _current[page].requests.append(request.url))
        # What the browser itself gave up because the page was left is no trouble of the page's.
        page.on("requestfailed", lambda request: "ERR_ABORTED" not in str(request.failure)
                and _current[page].failed.append(f"{request.url} {request.failure}"))
        page.on("response", lambda answer: answer.status >= 400 and answer.url != _current[page].url
                and _current[page].failed.append(f"{answer.url} {answer.status}"))
        page.on("pageerror", lambda error: _current[page].errors.append(str(error)))
        page.on("console", lambda message: message.type == "error"
                and not _is_own_status(message, _current[page]) and _current[page].errors.append(message.text))
    _current[page] = record = Visit(page, url)
    answer = page.goto(url, wait_until="load")
    if status is not None and answer is not None and urlsplit(url).scheme.startswith("http"):
        assert answer.status == status, f"{url}: status {answer.status}"
    return record


def _is_own_status(message: Any, record: Visit) -> bool:
    """Chromium reports the status of a page shown for a wrong address as an error; here it is what was asked for."""
    return "status of 404" in message.text and message.location.get("url", "") == record.url


def visit_type(page: Page, site: Site, page_type: str, query: str = "") -> Visit:
    """Visit the page that stands for a type; `query` follows its address. What a script changes in it has come."""
    record = visit(page, site.to(page_type) + query, status=404 if page_type == "404" else 200)
    if page_type.endswith("on another day"):
        page.locator("#days-note").wait_for(state="visible")
    return record


def open_menu(page: Page) -> None:
    """Open the menu of small screens, with or without JavaScript."""
    page.locator("#menu > summary").click()
    page.locator("#menu nav a").first.wait_for(state="visible")


def open_search(page: Page, site: Site, page_type: str = "home") -> Visit:
    """Open a page with the search open on a name it finds, and wait for the results."""
    record = visit_type(page, site, page_type, f"?q={quote(site.known_name)}")
    page.locator("#search-results a[data-kind]").first.wait_for(state="visible")
    return record


def close_search(page: Page) -> None:
    """Leave the search. In a field with text, the first Escape may only clear it: so browsers do."""
    page.keyboard.press("Escape")
    if page.locator("#search").is_visible():
        page.keyboard.press("Escape")
    page.locator("#search").wait_for(state="hidden")


def open_citation(page: Page) -> None:
    """Press the first visible citation in the text and wait for the source to show in place."""
    page.locator("main a.cite[href^='#source-']:visible").first.click()
    page.locator("#popover").wait_for(state="visible")


def packed_total(record: Visit) -> dict[str, int]:
    """What each address asked for weighs gzipped, largest first, fetched once more from the same host."""
    sizes = {}
    for url in dict.fromkeys(record.requests):
        if urlsplit(url).scheme.startswith("http"):
            with urlopen(url, timeout=20) as answer:
                data = answer.read()
                text = answer.headers.get_content_type().startswith(("text/", "application/", "image/svg"))
            sizes[urlsplit(url).path] = packed_size(data) if text else len(data)
    return dict(sorted(sizes.items(), key=lambda entry: -entry[1]))


# Shared by scripts that tests run in a page: what a reader can see, folded parts included.
SEEN = """
function seen(element) {
  for (let e = element; e; e = e.parentElement) {
    const style = getComputedStyle(e);
    if (style.display === "none" || style.visibility === "hidden") return false;
  }
  return true;
}
function name(element) {
  const id = element.id ? "#" + element.id : "";
  const classes = [...element.classList].map(c => "." + c).join("");
  const text = (element.textContent || "").trim().replace(/\\s+/g, " ").slice(0, 40);
  return `<${element.localName}${id}${classes}> ${text}`.trim();
}
"""


def look(page: Page, function: str, argument: Any = None) -> Any:
    """Run a function in the page, which may use `seen(element)` and `name(element)`; returns what it returns."""
    return page.evaluate(f"(argument) => {{ {SEEN}; return ({function})(argument); }}", argument)
