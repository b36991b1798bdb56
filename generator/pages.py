"""From a dossier to its pages: the core's second door.

`make_pages` yields every page as Markdown with its address, and `make_files` every other file that
belongs to the site. Neither knows who builds the site from them.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator import addresses, prose
from generator.dossier import SETTINGS, Dossier
from generator.models import Brief, Source
from generator.rendering import Renderer, is_single_source, markdown_text
from generator.search import index_files
from generator.views import briefs as brief_views
from generator.views import indexes
from generator.views.time import ends_later


@dataclass(frozen=True)
class Page:
    """One page: where it stands, what it says, and which content file it is edited in."""

    address: str
    title: str
    description: str
    body: str
    """Markdown, from the `<h1>` heading on; links are relative to the page."""
    source: str | None
    """The content file, relative to the content folder; None for a page made from many."""
    line: int = 1
    hide: tuple[str, ...] = ()
    """What the theme leaves out beside it: `navigation` where it would list the page alone, `toc` on wide pages."""

    @property
    def path(self) -> str:
        """The Markdown file that holds the page, below the site's documents."""
        return addresses.source_path(self.address)

    @property
    def text(self) -> str:
        """The page as a Markdown file, with title and description as metadata."""
        head = f"---\ntitle: {json.dumps(self.title, ensure_ascii=False)}\n"
        head += f"description: {json.dumps(self.description, ensure_ascii=False)}\n"
        head += f"hide: [{', '.join(self.hide)}]\n" if self.hide else ""
        return f"{head}---\n{self.body}"


@dataclass(frozen=True)
class SiteFile:
    """A file of the site that is no Markdown page: a redirect, an image, a part of the search index."""

    path: str
    content: bytes


@dataclass(frozen=True)
class NavEntry:
    """An entry of the small, hand-shaped navigation: a page, or a group of pages."""

    title: str
    path: str = ""
    children: tuple[NavEntry, ...] = ()


SECTION_TITLES = {
    "home": "State of play", "actors": "Actors", "demands": "Demands", "positions": "Positions",
    "un-process": "UN process", "timeline": "Timeline", "events": "Events", "sources": "Sources",
    "glossary": "Glossary", "about": "About",
}


def make_pages(dossier: Dossier) -> Iterator[Page]:
    """Every page of the dossier, sections first, then briefs in their order, then hand-written pages."""
    maker = _PageMaker(dossier)
    yield from maker.sections()
    for brief in dossier.briefs.values():
        if brief.kind != "term":
            yield maker.brief(brief)
    for page in dossier.pages:
        yield maker.hand_written(page.name)


def make_files(dossier: Dossier) -> Iterator[SiteFile]:
    """Redirects from former ids, the images of hand-written pages, and the search index."""
    for brief in dossier.briefs.values():
        for old in brief.formerly:
            address = addresses.brief_address(brief.kind, old)
            if "#" not in address:
                yield SiteFile(f"{address}index.html", _redirect(address, brief))
    for name, path in dossier.images.items():
        yield SiteFile(f"images/{name}", path.read_bytes())
    for path_in_site, content in index_files(dossier, SECTION_TITLES):
        yield SiteFile(path_in_site, content)


def _redirect(address: str, brief: Brief) -> bytes:
    target = html.escape(addresses.way_up(address) + brief.address)
    name = html.escape(brief.name)
    return (f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
            f'<meta http-equiv="refresh" content="0; url={target}">\n<meta name="robots" content="noindex">\n'
            f'</head>\n<body><p>This page is now <a href="{target}">{name}</a>.</p></body>\n</html>\n').encode()


def make_nav(dossier: Dossier) -> tuple[NavEntry, ...]:
    """The navigation: the sections, and under About the hand-written pages."""
    def entry(name: str) -> NavEntry:
        return NavEntry(SECTION_TITLES[name], addresses.source_path(addresses.SECTIONS[name]))

    about = NavEntry("About", children=(
        NavEntry("About this dossier", addresses.source_path(addresses.SECTIONS["about"])),
        *(NavEntry(page.title, addresses.source_path(addresses.page_address(page.name))) for page in dossier.pages)))
    names = ("home", "actors", "demands", "positions", "un-process", "timeline", "events", "sources", "glossary")
    return (*(entry(name) for name in names), about)


class _PageMaker:
    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.renderer = Renderer(dossier)
        self.renderer.environment.tests["single_source"] = is_single_source
        self.renderer.environment.tests["ending_later"] = lambda date: ends_later(date, dossier.as_of)
        self.base = dossier.origin(SETTINGS).file.removesuffix(SETTINGS)

    def page(self, address: str, title: str, description: str, template: str, origin: str | None,
             taken: frozenset[str] = frozenset(), **values: object) -> Page:
        """A page from a template. `taken` are the anchors of its statements: section headings give way to them."""
        body = self.renderer.template(template, title=title, free=_free(taken), **values)
        return self.finish(address, title, description, body, origin, taken)

    def finish(self, address: str, title: str, description: str, body: str, origin: str | None,
               taken: frozenset[str] = frozenset()) -> Page:
        body, cited = self.renderer.numbered(body)
        if cited:
            body += self.renderer.template("parts/sources.md.j2", cited=cited, free=_free(taken))
        body = addresses.anchor_links(_tidy(body), address)
        source, line = None, 1
        if origin is not None:
            place = self.dossier.origin(origin)
            source, line = place.file.removeprefix(self.base), place.line
        in_group = address == addresses.SECTIONS["about"] or (origin or "").startswith("pages/")
        hide = () if in_group else ("navigation", "toc") if address == addresses.SECTIONS["positions"] else (
            "navigation",)
        return Page(address, title, _shortened(description), body, source, line, hide)

    # --- briefs --------------------------------------------------------------------------

    def brief(self, brief: Brief) -> Page:
        template, view = brief_views.view(self.dossier, brief)
        # Sources often share a title; with the publisher, tabs and search results can be told apart.
        title = _source_title(brief) if isinstance(brief, Source) else str(brief.name)
        return self.page(brief.address, title, self.description(brief), template, brief.id,
                         frozenset(self.dossier.anchors[brief.id].values()), brief=brief, view=view)

    def description(self, brief: Brief) -> str:
        text = getattr(brief, "summary", None) or getattr(brief, "ask", None) or getattr(brief, "reliability", None)
        if text:
            return self.renderer.plain(prose.sentences(text)[0])
        return f"{brief.publisher}: {brief.name}" if isinstance(brief, Source) else str(brief.name)

    # --- sections ------------------------------------------------------------------------

    def sections(self) -> Iterator[Page]:
        dossier, settings = self.dossier, self.dossier.settings
        views = {
            "home": indexes.state_of_play, "actors": indexes.actors, "demands": indexes.demands,
            "positions": indexes.positions, "un-process": indexes.un_process, "timeline": indexes.timeline,
            "events": indexes.events, "sources": indexes.sources, "glossary": indexes.glossary, "about": indexes.about,
        }
        for name, view in views.items():
            title = str(settings.title) if name == "home" else SECTION_TITLES[name]
            origin = SETTINGS if name in ("home", "about") else None
            description = str(settings.description) if name == "home" else f"{title}: {settings.title}"
            taken = frozenset(term.id for term in dossier.of_kind("term")) if name == "glossary" else frozenset()
            yield self.page(addresses.SECTIONS[name], title, description, f"{name}.md.j2", origin, taken,
                            view=view(dossier))

    def hand_written(self, name: str) -> Page:
        page = next(page for page in self.dossier.pages if page.name == name)
        parts = [f"# {markdown_text(page.title)} {{ #brief }}\n\n"]
        for piece in _HEADING_LINE.split(page.body):
            heading = _HEADING.fullmatch(piece)
            if heading:
                level, words = heading[1], heading[2].strip().rstrip("#").strip()
                parts.append(f"{level} {markdown_text(self.renderer.plain(words))}\n\n")
            elif piece.strip():
                parts.append(f'<div class="prose">\n{self.renderer.page_prose(piece)}\n</div>\n\n')
        first = next((line for line in page.body.split("\n\n") if line.strip() and not line.startswith("#")), "")
        description = self.renderer.plain(prose.sentences(first)[0]) if first else page.title
        return self.finish(addresses.page_address(name), page.title, description, "".join(parts), f"pages/{name}")


def _source_title(source: Source) -> str:
    symbol = f", {source.symbol}" if source.symbol and source.symbol not in source.name else ""
    return f"{source.name}{symbol} ({source.publisher})"


def _free(taken: frozenset[str]) -> Callable[[str], str]:
    """Gives a section's anchor a form that no statement of the page has."""
    return lambda anchor: f"{anchor}-section" if anchor in taken else anchor


_HEADING_LINE = re.compile(r"(?m)^(#{2,4}[ \t]+.+)$")
_HEADING = re.compile(r"(#{2,4})[ \t]+(.+)")


def _tidy(text: str) -> str:
    """No trailing blanks and no runs of empty lines: what templates leave behind."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip("\n") + "\n"


def _shortened(text: str, most: int = 200) -> str:
    """A description that search engines show whole: cut at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
