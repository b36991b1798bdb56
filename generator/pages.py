"""From a dossier to its pages: the core's second door.

`make_pages` yields every page as Markdown with its address, and `make_files` every other file that
belongs to the site. Neither knows who builds the site from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from msgspec import field
from msgspec.structs import replace

from generator import addresses, prose
from generator.as_of.day import ends_later
from generator.dossier import SETTINGS, Dossier
from generator.facts import page_fingerprint
from generator.models import Brief, Source
from generator.moving import can_move, moving_files, moving_path
from generator.rendering import TEMPLATES, Renderer, anchored, is_plain_date, is_single_source, markdown_text
from generator.reads import Each
from generator.search import EntryMaker, index_files
from generator.shares import BALANCE, EDITIONS, GAPS, ShareMaker
from generator.values import Value
from generator.views import briefs as brief_views
from generator.views import by_place, indexes, timeline
from generator.views import positions as position_views
from generator.views.balance import balance
from generator.views.contested import contested
from generator.views.edition_pages import Book, edition_changes, edition_page, editions
from generator.views.editions import Day, Editions
from generator.views.gaps import gaps
from generator.views.how_to_read import how_to_read
from generator.views.mandates import mandates
from generator.views.revisions import revisions
from generator.views.shifts import shifts
from generator.views.state_of_play import state_of_play


class Crumb(Value):
    """A step on the way to a page."""

    title: str
    address: str


class Place(NamedTuple):
    """Where something was written: a file, relative to the content folder, and a line in it."""

    file: str
    line: int

    @property
    def name(self) -> str:
        """The file's own name, without its folders."""
        return self.file.rpartition("/")[2]


class Page(Value, dict=True):
    """One page: where it stands, what it says, and which content file it is edited in."""

    address: str
    title: str
    description: str
    body: str
    """Markdown, from the `<h1>` heading on; links are relative to the page."""
    source: str | None
    """The content file, relative to the content folder; None for a page made from many."""
    line: int = 1
    kind: str = "section"
    """A brief's kind, or `section`, `home`, `page` (hand-written), `missing`."""
    section: str = ""
    """The section it belongs to, as in `SECTION_TITLES`."""
    crumbs: tuple[Crumb, ...] = ()
    """The way to it from the front page."""
    brief: Brief | None = None
    scripts: tuple[str, ...] = ()
    """The scripts that it needs beside those of every page, below `javascripts/`."""
    made_from: str | None = None
    """For a page made from many files the folder that holds them, relative to the content folder; empty for all."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Where what stands on the page was written, by anchor: headings of sections, and statements."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the page shows, as `generator.facts` puts it: by the anchor of an entry, its own under the empty name."""
    edition: str = ""
    """The day the page stands at, for machines: the dossier's, or an edition's own."""

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the facts; empty where nobody says what the page shows."""
        return page_fingerprint(self.facts)

    @property
    def path(self) -> str:
        """The Markdown file that holds the page, below the site's documents."""
        return addresses.source_path(self.address)

    @property
    def text(self) -> str:
        """The page as a Markdown file, with title and description as metadata."""
        head = f"---\ntitle: {json.dumps(self.title, ensure_ascii=False)}\n"
        head += f"description: {json.dumps(self.description, ensure_ascii=False)}\n"
        return f"{head}---\n{self.body}"


class SiteFile(Value):
    """A file of the site that is no Markdown page: a redirect, an image, a part of the search index."""

    path: str
    content: bytes


class NavEntry(Value):
    """An entry of the small, hand-shaped navigation: a section's page, and what else belongs to the section."""

    title: str
    address: str
    name: str = ""
    """The section, as in `SECTION_TITLES`; empty for a page of a section."""
    children: tuple[NavEntry, ...] = ()

    @property
    def path(self) -> str:
        """The Markdown file that holds the page."""
        return addresses.source_path(self.address)


class Group(NamedTuple):
    """Pages that are made together: `section`, `parts` and `years` of one, `days` for an edition by its
    day, `brief` or hand-written `page`."""

    what: str
    name: str


SECTION_TITLES = {
    "home": "State of play", "actors": "Actors", "demands": "Demands", "positions": "Positions",
    "un-process": "UN process", "timeline": "Timeline", "events": "Events", "sources": "Sources",
    "glossary": "Glossary", "about": "About", "compare": "Compare two actors", "places": "Events by place",
    "how-to-read": "How to read this site", "editions": "As of another day", "edition-changes": "What changed",
    "contested": "Contested", "shifts": "Shifts", "mandates": "From mandate to practice", "gaps": "Where it is thin",
    "balance": "Balance", "revisions": "Revisions",
}

_GROUPS = {"home": ("editions", "edition-changes", "contested"), "positions": ("compare", "shifts"),
           "un-process": ("mandates",), "timeline": ("events", "places"),
           "about": ("how-to-read", "gaps", "balance", "revisions")}
"""Sections whose pages stand under another in the navigation."""


def make_pages(dossier: Dossier) -> Iterator[Page]:
    """Every page of the dossier, sections first, then briefs in their order, then hand-written pages."""
    maker = PageMaker(dossier)
    for group in maker.groups:
        yield from maker.pages(group)


def make_page(dossier: Dossier, brief: Brief) -> Page:
    """The one page that shows a brief: its own, or for a term the glossary."""
    maker = PageMaker(dossier)
    return maker.brief(brief) if brief.kind != "term" else maker.section("glossary")


def make_section(dossier: Dossier, name: str) -> Page:
    """The page of one section, without those of the others."""
    return PageMaker(dossier).section(name)


def page_at(dossier: Dossier, address: str) -> Page | None:
    """The page at an address, without making those of other briefs; None where there is none."""
    maker = PageMaker(dossier)
    for brief in dossier.briefs.values():
        if brief.address == address:
            return maker.brief(brief)
    for page in dossier.pages:
        if addresses.page_address(page.name) == address:
            return maker.hand_written(page.name)
    for day in maker.editions.days:
        if day.address == address:
            return maker.edition(day)
    return next((page for group in maker.groups if group.what not in ("brief", "page")
                 for page in maker.pages(group) if page.address == address), None)


def make_files(dossier: Dossier) -> Iterator[SiteFile]:
    """Redirects from former ids, the images of hand-written pages, and the search index."""
    renderer = Renderer(dossier)
    for brief in dossier.briefs.values():
        for old in brief.formerly:
            address = addresses.brief_address(brief.kind, old)
            if "#" not in address:
                root = addresses.way_up(address)
                moved = renderer.template("redirect.html.j2", root=root, target=root + brief.address, brief=brief)
                yield SiteFile(f"{address}index.html", moved.encode())
    if any(brief.formerly for brief in dossier.briefs.values()):
        yield SiteFile("javascripts/moved.js", (TEMPLATES / "pages" / "moved.js").read_bytes())
    for name, path in dossier.images.items():
        yield SiteFile(f"images/{name}", path.read_bytes())


def make_search_files(dossier: Dossier) -> Iterator[SiteFile]:
    """The search index: of use only with the search of the site's own shell."""
    maker = EntryMaker(dossier)
    entries = {brief.id: maker.of_brief(brief) for brief in dossier.briefs.values()}
    for path, content in index_files({**entries, **maker.of_pages(SECTION_TITLES)}):
        yield SiteFile(path, content)


def make_moving_files(dossier: Dossier, to_files: bool = False) -> Iterator[SiteFile]:
    """The data that moves pages to another day: of use only with the scripts of the site's own shell."""
    for path, content in moving_files(PageMaker(dossier).renderer, to_files):
        yield SiteFile(path, content)


def make_nav(dossier: Dossier) -> tuple[NavEntry, ...]:
    """The navigation: the sections, some with pages of their own under them, and the hand-written pages."""
    def entry(name: str) -> NavEntry:
        children = [NavEntry(SECTION_TITLES[child], addresses.SECTIONS[child]) for child in _GROUPS.get(name, ())]
        if name == "about":
            children += [NavEntry(page.title, addresses.page_address(page.name)) for page in dossier.pages]
        return NavEntry(SECTION_TITLES[name], addresses.SECTIONS[name], name, tuple(children))

    return tuple(entry(name) for name in ("home", "actors", "demands", "positions", "un-process", "timeline",
                                          "sources", "glossary", "about"))


def _section_of(name: str) -> str:
    """The entry of the navigation that a section's page stands under."""
    return next((group for group, members in _GROUPS.items() if name in members), name)


_SCRIPTS = {
    "home": ("days.js",), "positions": ("matrix.js", "days.js"), "compare": ("compare.js",), "timeline": ("lists.js",), "events": ("lists.js",),
    "actors": ("lists.js",), "demands": ("lists.js",), "un-process": ("lists.js",), "sources": ("lists.js",),
    "glossary": ("lists.js",), "places": ("lists.js",), "edition-changes": ("between.js",),
    "gaps": ("lists.js",), "balance": ("lists.js",),
    "shifts": ("lists.js",), "contested": ("lists.js",),
}
"""What the pages of a section need beside the script of every page."""

_MADE_FROM = {
    "actors": "actors", "demands": "demands", "positions": "demands", "compare": "demands", "un-process": "un-process",
    "timeline": "", "events": "events", "places": "events", "sources": "sources", "glossary": "terms",
    "gaps": "", "balance": "",
    "shifts": "demands", "contested": "",
}
"""The folder of content that the pages of a section are made from; empty for all of it."""

_SECTION_OF_KIND = {"actor": "actors", "demand": "demands", "instrument": "un-process", "body": "un-process",
                    "meeting": "un-process", "event": "events", "source": "sources"}


def _of_dossier(view: Callable[[Dossier], object]) -> Callable[[PageMaker], object]:
    return lambda maker: view(maker.dossier)


_SECTION_VIEWS: dict[str, Callable[[PageMaker], object]] = {
    "home": lambda maker: state_of_play(maker.dossier, maker.shares[GAPS]),
    "actors": _of_dossier(indexes.actors), "demands": _of_dossier(indexes.demands),
    "positions": _of_dossier(position_views.positions), "un-process": _of_dossier(indexes.un_process),
    "timeline": _of_dossier(timeline.timeline), "events": _of_dossier(indexes.events),
    "sources": _of_dossier(indexes.sources), "glossary": _of_dossier(indexes.glossary),
    "about": _of_dossier(indexes.about), "compare": _of_dossier(position_views.comparison),
    "places": _of_dossier(by_place.places), "how-to-read": _of_dossier(how_to_read),
    "editions": lambda maker: editions(maker.book), "edition-changes": lambda maker: edition_changes(maker.book),
    "contested": _of_dossier(contested), "shifts": _of_dossier(shifts), "mandates": _of_dossier(mandates),
    "gaps": lambda maker: gaps(maker.dossier, maker.shares[GAPS]),
    "balance": lambda maker: balance(maker.dossier, maker.shares[BALANCE]), "revisions": _of_dossier(revisions),
}
"""What each section's page shows, in the order of the sections."""


class PageMaker:
    """Makes the pages of one dossier, group by group."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.renderer = Renderer(dossier)
        self.editions = Editions(dossier)
        self.share_maker = ShareMaker(dossier, self.renderer, self.editions)
        self.shares: dict[str, Mapping[str, bytes]] = {
            name: Each(dossier.briefs, make) for name, make in self.share_maker.make.items()}
        self.renderer.environment.globals["edition_days"] = self.editions.days
        self.renderer.environment.tests["single_source"] = is_single_source
        self.renderer.environment.tests["plain_date"] = is_plain_date
        self.renderer.environment.tests["ending_later"] = lambda record: (
            "date" in type(record).model_fields and ends_later(record.date, dossier.as_of))
        self.renderer.environment.filters["options"] = lambda words: [(addresses.anchor_text(w), w) for w in words]
        self.renderer.environment.filters["brief_options"] = lambda briefs: [(b.id, b.name) for b in briefs]
        self.renderer.environment.globals["place_anchor"] = lambda place: by_place.place_anchor(dossier, place)
        self.base = dossier.start(SETTINGS)[0].removesuffix(SETTINGS)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What pages there are: those of a group are made together, and each group without the others."""
        found: list[Group] = []
        for name in _SECTION_VIEWS:
            found.append(Group("section", name))
            if name == "positions":
                found.append(Group("parts", name))
            if name == "timeline":
                found.append(Group("years", name))
            if name == "editions":
                found.extend(Group("days", str(day.date)) for day in self.editions.days)
        found.extend(Group("brief", brief.id) for brief in self.dossier.briefs.values() if brief.kind != "term")
        found.extend(Group("page", page.name) for page in self.dossier.pages)
        return tuple(found)

    @cached_property
    def book(self) -> Book:
        return Book(self.editions, self.shares[EDITIONS])

    def pages(self, group: Group) -> Iterator[Page]:
        """The pages of a group."""
        match group.what:
            case "section":
                yield self.section(group.name)
            case "parts":
                yield from self.position_parts()
            case "years":
                yield from self.timeline_years()
            case "days":
                yield from (self.edition(day) for day in self.editions.days if str(day.date) == group.name)
            case "brief":
                yield self.brief(self.dossier.briefs[group.name])
            case "page":
                yield self.hand_written(group.name)

    def page(self, address: str, title: str, description: str, template: str, origin: str | None,
             taken: frozenset[str] = frozenset(), kind: str = "section", name: str = "",
             **values: object) -> Page:
        """A page from a template. `taken` are the anchors of its statements: section headings give way to them."""
        places = _Places(self.dossier, self.base, origin, taken)
        if isinstance(values.get("brief"), Brief):
            places.note(places.free("brief"), values["brief"])
        # The text of a long page weighs: nobody holds it while it is finished but who finishes it.
        return self.finish(
            address, title, description,
            self.renderer.template(template, title=title, free=places.free, written=places.note, **values),
            origin, places, kind, name, values.get("brief"))

    def finish(self, address: str, title: str, description: str, body: str, origin: str | None,
               places: _Places, kind: str, name: str, brief: Brief | None = None) -> Page:  # type: ignore[assignment]
        """A page from its text: its terms, citations and anchors put in, its links made to work from its address.

        `name` is the section that the page belongs to.
        """
        # Lists are looked through, not read: no term is explained there. An edition is one, and the glossary speaks of
        # the dossier's own day.
        a_list = isinstance(brief, Source) or brief is None and name in (*_SCRIPTS, "editions") and name != "home"
        body, terms = (body, []) if a_list else self.renderer.with_terms(body)
        if terms:
            body += self.renderer.template("parts/terms.md.j2", terms=terms)
        body, cited = self.renderer.numbered(body)
        if cited:
            body += self.renderer.template("parts/sources.md.j2", cited=cited)
        body = addresses.anchor_links(_tidy(anchored(body, places.anchor)), address)
        source, line = None, 1
        if origin is not None:
            file, line = self.dossier.start(origin)
            source = file.removeprefix(self.base)
        return Page(address, title, _shortened(description), body, source, line, kind, _section_of(name),
                    _crumbs(address, name), brief, _SCRIPTS.get(name, ()) if brief is None else (),
                    _MADE_FROM.get(name) if origin is None else None, places.found, self.facts(brief, origin),
                    str(self.dossier.as_of).rstrip("~?%"))

    def facts(self, brief: Brief | None, origin: str | None) -> Mapping[str, object]:
        """What a page shows: a brief or a hand-written page its own facts, every other one those of the dossier."""
        known = self.dossier.facts
        if brief is not None:
            return known.of_brief(brief)
        return known.own(origin) if origin is not None and origin.startswith("pages/") else known.of_all()

    # --- briefs --------------------------------------------------------------------------

    def brief(self, brief: Brief) -> Page:
        template, view = brief_views.view(self.dossier, brief)
        # Sources often share a title; with the publisher, tabs and search results can be told apart.
        title = _source_title(brief) if isinstance(brief, Source) else str(brief.name)
        former = self.dossier.former_anchors.get(brief.id, {})
        taken = {*self.dossier.anchors[brief.id].values(), *(old for olds in former.values() for old in olds)}
        page = self.page(brief.address, title, self.description(brief), template, brief.id, frozenset(taken),
                         kind=brief.kind, name=_SECTION_OF_KIND[brief.kind], brief=brief, view=view,
                         then=self.editions.of(brief))
        return replace(page, body=_with_former(page.body, former)) if former else page

    def description(self, brief: Brief) -> str:
        text = getattr(brief, "summary", None) or getattr(brief, "ask", None) or getattr(brief, "reliability", None)
        if text:
            return self.renderer.plain(prose.sentences(text)[0])
        return f"{brief.publisher}: {brief.name}" if isinstance(brief, Source) else str(brief.name)

    # --- sections ------------------------------------------------------------------------

    def section(self, name: str) -> Page:
        dossier, settings = self.dossier, self.dossier.settings
        title = str(settings.title) if name == "home" else SECTION_TITLES[name]
        origin = SETTINGS if name in ("home", "about") else None
        description = str(settings.description) if name == "home" else f"{title}: {settings.title}"
        taken = frozenset(term.id for term in dossier.of_kind("term")) if name == "glossary" else frozenset()
        return self.page(addresses.SECTIONS[name], title, description, f"{name}.md.j2", origin, taken,
                         kind="home" if name == "home" else "section", name=name,
                         moving=moving_path(name) if can_move(dossier, name) else "",
                         view=_SECTION_VIEWS[name](self))

    def position_parts(self) -> Iterator[Page]:
        """The further parts of the positions, where they are too many for one page."""
        for view in position_views.part_pages(position_views.positions(self.dossier)):
            part = view.part
            title = f"Positions: {part.category or 'other actors on the main demands'}"
            if part.pages > 1:
                title += f", {part.number} of {part.pages}"
            yield self.page(addresses.part_address("positions", part.key, part.number), title,
                            f"{title}: {self.dossier.settings.title}", "positions-part.md.j2", None,
                            name="positions", view=view)

    def edition(self, day: Day) -> Page:
        """The dossier as of another day."""
        view = edition_page(self.book, day)
        title = day.name
        page = self.page(day.address, title, f"{title}: {day.title}. {self.dossier.settings.title}", "edition.md.j2",
                         SETTINGS, view.anchors, name="editions", view=view, day=day.date)
        return replace(page, facts=view.facts, edition=str(day.date))

    def timeline_years(self) -> Iterator[Page]:
        """A page for each year, where the timeline is too long for one."""
        for view in timeline.timeline_years(self.dossier):
            assert view.this_year is not None
            title = f"{SECTION_TITLES['timeline']}, {view.this_year.title}"
            yield self.page(view.this_year.address, title, f"{title}: {self.dossier.settings.title}", "timeline.md.j2",
                            None, name="timeline", view=view)

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
        return self.finish(addresses.page_address(name), page.title, description, "".join(parts), f"pages/{name}",
                           _Places(self.dossier, self.base, f"pages/{name}"), "page", "about")


class _Places:
    """Where what a page shows was written, gathered while the page is laid out.

    `taken` are the anchors of the page's statements: section headings give way to them.
    """

    def __init__(self, dossier: Dossier, base: str, origin: str | None, taken: frozenset[str] = frozenset()) -> None:
        self.taken = taken
        self.dossier = dossier
        self.base = base
        self.own = dossier.origin(origin) if origin is not None else None
        self.found: dict[str, Place] = {}
        """Filled as the templates call `note`, and from the start with the brief's own statements."""
        if origin in dossier.briefs and self.own is not None:
            for path, anchor in dossier.anchors[origin].items():
                self.found[anchor] = Place(self.own.file.removeprefix(base), self.own.place(path)[0])

    def free(self, anchor: str) -> str:
        """A section's anchor in a form that no statement of the page has."""
        return addresses.section_anchor(anchor, self.taken)

    def anchor(self, id: str, *what: str) -> str:
        """The anchor of a heading, whose text is written in the first of `what`."""
        anchor = self.free(id)
        self.note(anchor, *what)
        return anchor

    def note(self, anchor: str, *what: str | Brief) -> str:
        """Say where the heading at `anchor` gets its text: the first of these fields that the page's own file has,
        one of its statements (`#anchor`), or another brief. Returns nothing to show."""
        for step in what:
            place = self._place(step)
            if place is not None:
                self.found[anchor] = place
                break
        return ""

    def _place(self, what: str | Brief) -> Place | None:
        if not isinstance(what, str):
            file, line = self.dossier.start(what.id)
            return Place(file.removeprefix(self.base), line)
        if what.startswith("#"):
            return self.found.get(what[1:])
        line = self.own.fields.get(what) if self.own is not None else None
        return Place(self.own.file.removeprefix(self.base), line) if self.own is not None and line else None


def _source_title(source: Source) -> str:
    symbol = f", {source.symbol}" if source.symbol and source.symbol not in source.name else ""
    return f"{source.name}{symbol} ({source.publisher})"


def _crumbs(address: str, name: str) -> tuple[Crumb, ...]:
    """The way to a page: the front page, and the section that it stands in."""
    return tuple([crumb for crumb in _way_to(name) if crumb.address != address]) if address else ()


@cache
def _way_to(section: str) -> tuple[Crumb, ...]:
    steps = dict.fromkeys(["home", _section_of(section), section])
    return tuple(Crumb(SECTION_TITLES[step], addresses.SECTIONS[step]) for step in steps)


def _with_former(body: str, former: dict[str, tuple[str, ...]]) -> str:
    """The page with the former anchors of its statements beside the present ones."""
    def marked(match: re.Match[str]) -> str:
        return match[0] + "".join(f'<span class="formerly" id="{old}"></span>' for old in former.get(match[1], ()))

    return _ELEMENT_WITH_ID.sub(marked, body)


_ELEMENT_WITH_ID = re.compile(r'<(?:li|section)\b[^<>]*? id="([^"]+)"[^<>]*>')


_HEADING_LINE = re.compile(r"(?m)^(#{2,4}[ \t]+.+)$")
_HEADING = re.compile(r"(#{2,4})[ \t]+(.+)")


def _tidy(text: str) -> str:
    """No trailing blanks, no runs of empty lines, and apostrophes as they are: no attribute stands between two of them."""
    text = text.replace("&#39;", "'")
    while " \n" in text or "\t" in text and "\t\n" in text:
        text = text.replace(" \n", "\n").replace("\t\n", "\n")
    return "\n\n".join([part for part in [part.strip("\n") for part in text.split("\n\n")] if part]) + "\n"


def _shortened(text: str, most: int = 200) -> str:
    """A description that search engines show whole: cut at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
