"""What several tests need: small dossiers written on the spot, and the sites built from them."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import time
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.diagnostics import Diagnostic
from generator.dossier import Dossier
from generator.load import load_dossier
from generator.pages import Page, make_pages

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "sample" / "content"
CONTENT = ROOT / "content"
SITE_URL = "https://briefing.example/"
PUBLISHED = {"SITE_URL": SITE_URL, "REPO_URL": "https://github.com/an-organisation/a-dossier-of-talks"}
"""What a site that is published knows of itself."""

# The smallest dossier without a problem: two actors, a demand, a text, a meeting and a source.
SMALL: dict[str, str] = {
    "dossier.yml": "title: Small\ndescription: A small dossier.\nas_of: 2031-06-01\nsources: [paper]\n",
    "sources/all.yml": "paper:\n  title: News\n  publisher: Paper\n  type: newspaper\n  date: 2031-05-31\n",
    "actors/aa.yml": "name: Aa\ntype: state\nsummary: See [[bb]].\nsources: [paper]\n",
    "actors/bb.yml": "name: Bb\ntype: state\nsummary: See [[aa]].\nsources: [paper]\n",
    "demands/dd.yml": "name: Dd\ncategory: military\nask: Stop.\nmade_by: [aa]\nsources: [paper]\n",
    "un-process/instruments/ii.yml": (
        "name: Ii\ntype: resolution\nby: [aa]\ndate: 2031-01-01\n"
        "provisions:\n  - paragraph: OP1\n    says: Stop.\nsources: [paper]\n"),
    "un-process/meetings/mm.yml": (
        "name: Mm\ndate: 2031-02-01/2031-02-05\nformat: direct\nconvener: [aa]\nsources: [paper]\n"),
}


def write(folder: Path, files: dict[str, str | bytes | None]) -> Path:
    """Write the small dossier with these files changed or added (None: left out); returns the content folder."""
    content = folder / "content"
    for name, text in {**SMALL, **files}.items():
        if text is None:
            continue
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return content


def problems(folder: Path, files: dict[str, str | bytes | None]) -> list[str]:
    """What the check says of the small dossier with these files, a line each."""
    return [problem.as_text() for problem in load_dossier(write(folder, files))[1]]


@cache
def _loaded(content: Path) -> tuple[Dossier | None, list[Diagnostic]]:
    return load_dossier(content)


def load_once(content: Path) -> tuple[Dossier | None, list[Diagnostic]]:
    """As `load_dossier`. The project's own dossier and the sample, which no test changes, are loaded once for all tests."""
    return _loaded(content) if content in (CONTENT, SAMPLE) else load_dossier(content)


def loaded(content: Path) -> Dossier:
    """The dossier of a folder; fails the test where it has an error."""
    dossier, problems = load_once(content)
    assert dossier is not None and not [problem for problem in problems if problem.severity == "error"], problems
    return dossier


def loaded_small(folder: Path, files: dict[str, str | bytes | None]) -> Dossier:
    """The small dossier with these files changed or added."""
    return loaded(write(folder, files))


@cache
def sample_pages() -> tuple[Page, ...]:
    """Every page of the sample, made once for all tests."""
    return tuple(make_pages(loaded(SAMPLE)))


def mkdocs_build(content: Path, site: Path, config: Path = ROOT / "mkdocs.yml", **environment: str) -> str:
    """A strict build with plain MkDocs; returns what it printed. Fails the test where the build fails."""
    keep = {key: value for key, value in os.environ.items()
            if key not in ("SITE_URL", "REPO_URL", "REPO_BRANCH", "REPO_HOST", "OFFLINE", "BRIEFING_CONTENT", "BRIEFING_CACHE")}
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(site)],
        env={**keep, "BRIEFING_CONTENT": str(content), "BRIEFING_CACHE": "", "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr[-4000:]
    return result.stderr


def built_once(shared: Path, name: str, content: Path, **environment: str) -> Path:
    """A site in a folder that several processes share: the first to come builds it, the others wait until it is there.

    To make a folder is a lock that works everywhere. Where the build fails, it fails for everybody.
    """
    folder = shared / f"site-{name}"
    site, done, failed = folder / "site", folder / "done", folder / "failed"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + 300
        while not done.exists():
            assert not failed.exists() and time.monotonic() < until, f"the {name} site could not be built"
            time.sleep(.05)
        return site
    try:
        mkdocs_build(content, site, **environment)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return site


class PageReader(HTMLParser):
    """Links, anchors, headings and requests of one built page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.requests: list[str] = []
        self.ids: list[str] = []
        self.h1 = 0
        self.title = ""
        self.description = ""
        self._in_title = False
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and values.get("rel") in ("stylesheet", "icon", "preload", "preconnect", "modulepreload"):
            self.requests.append(values.get("href", ""))
        if tag in ("script", "img", "iframe", "source", "video", "audio", "embed") and "src" in values:
            self.requests.append(values["src"])
        if tag == "meta" and values.get("name") == "description":
            self.description = values.get("content", "")
        self.h1 += tag == "h1"
        self._in_title = self._in_title or (tag == "title" and not self.title)
        for name in values:
            if name.startswith("on"):
                self.scripts.append(f"{tag} {name}")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False


def read_site(site: Path) -> dict[str, PageReader]:
    """Every HTML page of a built site by its path."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        reader = PageReader()
        reader.feed(path.read_text(encoding="utf-8"))
        pages[path.relative_to(site).as_posix()] = reader
    return pages


@cache
def read_site_once(site: Path) -> dict[str, PageReader]:
    """As `read_site`, of a site that nobody writes into any more."""
    return read_site(site)


def dead_links(site: Path, pages: dict[str, PageReader]) -> list[str]:
    """Every internal link that leads to no page, no file or no anchor, as `page -> link`."""
    dead = []
    for name, page in pages.items():
        if name == "404.html":
            continue  # its links are absolute: it is shown at any address
        for link in page.links + page.requests:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = os.path.normpath(os.path.join(os.path.dirname(name), unquote(parts.path))) if parts.path else name
            if parts.path.endswith("/") or target in ("", ".") or (site / target).is_dir():
                target = os.path.normpath(f"{target}/index.html")
            if not (site / target).is_file():
                dead.append(f"{name} -> {link}")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
                dead.append(f"{name} -> {link} (anchor)")
    return dead


def lines_of(page: Path) -> list[str]:
    """What a built page says, a line for each block, without citation numbers."""
    text = re.sub(r"<sup>.*?</sup>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"<(?!/?(?:li|p|h[1-6]|tr|div|dt|dd|ul|summary|caption)\b)[^>]*>", "", text)
    return [" ".join(html.unescape(line).split()) for line in re.sub(r"<[^>]*>", "\0", text).split("\0") if line.strip()]
