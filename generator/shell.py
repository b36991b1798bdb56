"""What stands around every page: the site's facts, the way to the page, and what it says to machines."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urljoin

from markupsafe import Markup

from generator import addresses
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.facts import PageFacts
from generator.models import Actor, Body, Brief, Demand, Event, Instrument, Meeting, Source
from generator.models.fields import Contact, Language
from generator.page_html import Section, page_html
from generator.pages import Page, Place, make_nav
from generator.templating import Environment
from generator.values import Value

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'")
"""What the built pages may load: only files of the site itself, and no script or style written into a page."""


class SiteFacts(Value):
    """What every page says of the dossier."""

    title: str
    description: str
    lang: Language
    as_of: str
    """The day for machines: a date without its `~` or `?`."""
    as_of_words: str
    publisher: str
    contact: Contact | None
    start_here: tuple[Brief, ...]


def site_facts(dossier: Dossier) -> SiteFacts:
    settings = dossier.settings
    return SiteFacts(
        title=str(settings.title), description=str(settings.description), lang=settings.languages[0],
        as_of=machine_day(settings.as_of), as_of_words=settings.as_of.readable(), publisher=str(settings.publisher or ""),
        contact=settings.contact,
        start_here=tuple(dossier.briefs[ref.id] for ref in settings.start_here if ref.id in dossier.briefs))


def machine_day(date: Edtf) -> str:
    return str(date).rstrip("~?%")


def day_words(dossier: Dossier, page: Page) -> str:
    """The day a page stands at, in words."""
    own = page.edition and page.edition != machine_day(dossier.as_of)
    return Edtf.parse(page.edition).readable() if own else dossier.as_of.readable()


def missing_page() -> Page:
    """The page that stands where there is none."""
    return Page(address=addresses.MISSING, title="No page at this address",
                description="There is no page at this address.", body="", source=None, kind="missing")


def other_page(title: str, address: str) -> Page:
    """A page that stands in the builder's own documents folder, not in the dossier."""
    return Page(address=address, title=title, description=title, body="", source=None, kind="page")


class Piece(NamedTuple):
    """A part of a page's HTML, and what was written where at its end: a heading, or a statement without one.

    With `shown`, the piece ends before a place that the page names in these words.
    """

    html: str
    place: Place | None = None
    heading: str = ""
    shown: str = ""


class Shell:
    """What stands around every page of a site: the template of the theme, filled.

    `environment` is the theme's; `constants` are the values that all pages share beside the dossier's own; `site_url`
    is the site's address, where it has one.
    """

    def __init__(self, dossier: Dossier, environment: Environment, constants: Mapping[str, object], site_url: str = "",
                 offline: bool = False) -> None:
        self.dossier = dossier
        self.offline = offline
        self.site_url = site_url
        self.constants = {"site": site_facts(dossier), "nav_entries": make_nav(dossier), **constants}
        self._environment = environment
        self._navs: dict[tuple[str, str, str], Markup] = {}

    def _nav(self, page: Page, root: str) -> Markup:
        """The navigation as a list, the same for all pages of a section that are not in it themselves."""
        in_it = page.address in self._in_nav and page.kind != "missing"
        key = (page.section, root, page.address if in_it else "")
        if key not in self._navs:
            values = {"nav_entries": self.constants["nav_entries"], "this": page, "root": root}
            self._navs[key] = Markup(self._environment.page("partials/nav.html", values))
        return self._navs[key]

    @cached_property
    def _in_nav(self) -> frozenset[str]:
        entries = make_nav(self.dossier)
        return frozenset(entry.address for top in entries for entry in (top, *top.children))

    def values(self, page: Page, content: str, toc: Sequence[Section], root: str = "") -> dict[str, object]:
        """What the template is given for a page whose HTML is `content`; `root` leads to the site's root, where that is
        not the way up from the page."""
        canonical = self.canonical(page)
        kept = self.constants["kept"] is not None
        root = root or addresses.way_up(page.address)
        return {"this": page, "root": root, "nav_list": self._nav(page, root), "canonical": canonical, "toc": toc,
                "as_of_words": day_words(self.dossier, page),
                "pieces": tuple(pieces(content, page.places if kept else {}, kept)),
                "fingerprint": OF_ALL if shows_all(page) else page.fingerprint,
                "linked_data": linked_data(self.dossier, page, canonical)}

    def canonical(self, page: Page) -> str:
        """The page's permanent address; empty where the site has none, or the page stands at any."""
        if not self.site_url or page.kind == "missing":
            return ""
        return self._folder + page.address if page.address else self.site_url

    @cached_property
    def _folder(self) -> str:
        """The address of the folder that the site lies in."""
        return urljoin(self.site_url, "x").removesuffix("x")

    def around(self, page: Page) -> str:
        """The whole of a generated page as HTML."""
        html = self._environment.page("main.html", self.constants | self.values(page, *page_html(page.body)))
        return addresses.to_files(html) if self.offline else html


OF_ALL = "\ue010" * 64
"""Stands for the fingerprint of a page that is made from the whole dossier, until it is written."""


def shows_all(page: Page) -> bool:
    return isinstance(page.facts, PageFacts) and page.facts.are_all


def with_fingerprint(html: bytes, fingerprint: str) -> bytes:
    """A page with the fingerprint of the whole dossier where its place was kept."""
    return _OF_ALL.sub(lambda place: fingerprint[:len(place[0]) // 3].encode(), html)


# Written so that the search for the first sign is one for plain bytes, which is several times faster.
_OF_ALL = re.compile(b"%s(?:%s)*" % (OF_ALL[0].encode(), OF_ALL[0].encode()))
_PLACED = re.compile(r'<(?P<level>h[1-3])\b[^>]*?\sid="(?P<section>[^"]*)"[^>]*>'
                     r'(?P<words>.*?)(?=<a class="headerlink"|</(?P=level)>)'
                     r'|<(?:li|section)\b[^>]*?\sid="(?P<statement>[^"]*)"'
                     r'|<code class="at">(?P<file>[^<:]+):(?P<line>[0-9]+)</code>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def pieces(content: str, places: Mapping[str, Place], kept: bool = True) -> Iterator[Piece]:
    """A page's HTML cut where the shell adds something: after a heading's words, within a statement's tag, and around
    a file and line that the page names, which stay text unless the content is `kept` where a link can lead."""
    done = 0
    for match in _PLACED.finditer(content):
        _, section, words, statement, file, line = match.groups()
        if file:
            if kept:
                file = html.unescape(file)
                yield Piece(content[done:match.start()], Place(file, int(line)), shown=f"{file}:{int(line)}")
                done = match.end()
            continue
        place = places.get(html.unescape(section or statement))
        if place is not None:
            yield Piece(content[done:match.end()], place, html.unescape(_TAG.sub("", words)).strip() if words else "")
            done = match.end()
    yield Piece(content[done:])


def linked_data(dossier: Dossier, page: Page, url: str = "") -> dict[str, object]:
    """The page as schema.org data; `url` is its permanent address, where the site has one."""
    settings = dossier.settings
    site: dict[str, object] = {"@type": "WebSite", "name": str(settings.title)}
    data: dict[str, object] = {
        "@context": "https://schema.org", "@type": "CollectionPage" if page.kind == "section" else "WebPage", "name": page.title,
        "description": page.description, "inLanguage": str(settings.languages[0]), "dateModified": page.edition or machine_day(settings.as_of)}
    if not page.address:
        data["@type"] = "WebSite"
    else:
        data["isPartOf"] = site
        data["breadcrumb"] = {"@type": "BreadcrumbList", "itemListElement": [
            {"@type": "ListItem", "position": number, "name": crumb.title,
             **({"item": url.removesuffix(page.address) + crumb.address} if url else {})}
            for number, crumb in enumerate(page.crumbs, 1)]}
    if url:
        data["url"] = url
    if settings.licence.url:
        data["license"] = str(settings.licence.url)
    if settings.publisher:
        data["publisher"] = {"@type": "Organization", "name": str(settings.publisher)}
    if page.brief is not None:
        data["mainEntity" if not isinstance(page.brief, Demand) else "about"] = _entity(page.brief)
    return data


def _entity(brief: Brief) -> dict[str, object]:
    data: dict[str, object] = {"@type": _type(brief), "name": str(brief.name)}
    if brief.aliases:
        data["alternateName"] = [str(alias) for alias in brief.aliases]
    date = getattr(brief, "date", None)
    if isinstance(brief, (Event, Meeting)) and date.is_exact_day:
        data["startDate"] = str(date)
    if isinstance(brief, Instrument):
        if brief.symbol:
            data["legislationIdentifier"] = str(brief.symbol)
        if date is not None and date.is_exact_day:
            data["legislationDate"] = str(date)
    return data


def _type(brief: Brief) -> str:
    if isinstance(brief, Actor):
        return {"person": "Person", "state": "Country"}.get(str(brief.type), "Organization")
    for model, name in ((Body, "Organization"), (Event, "Event"), (Meeting, "Event"), (Instrument, "Legislation"),
                        (Source, "CreativeWork")):
        if isinstance(brief, model):
            return name
    return "Thing"
