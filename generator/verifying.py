"""Whether a saved page still says what the content says: read what it carries, and compare.

A page carries its address, its day and the fingerprint of its facts; an edition's entries carry their own, in
`data-facts`. Whoever saved it may have moved the file, made its links absolute or written its attributes otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import jinja2
from msgspec import field
from msgspec.structs import replace

from generator import addresses
from generator.dates import Edtf, EdtfError
from generator.dossier import SETTINGS, Dossier
from generator.facts import ENTRY, NAMES, SHORT, fingerprints, joint_fingerprint, page_fingerprint
from generator.pages import Page, page_at
from generator.releases.snapshot import last_release
from generator.rendering import TEMPLATES
from generator.values import Value

MATCHES, DIFFERS, MOVED, GONE, OTHER, BARE = "matches", "differs", "moved", "gone", "other dossier", "no fingerprint"
"""What can come of it; `moved` is a page that has another address now."""

CHANGED, ADDED, REMOVED = "changed", "new", "gone"

_MOST_NAME = 80


class NoPage(Exception):
    """What was read is no page; the message says why in one sentence."""


class SavedPage(Value):
    """What a page carries. Empty texts stand for what it does not have."""

    title: str
    site: str
    address: str
    """Below the site's root, as in `generator.addresses`."""
    edition: str
    facts: str
    entries: Mapping[str, str] = field(default_factory=dict)
    """The short fingerprints of its entries by their anchors."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What those entries begin with."""
    ids: frozenset[str] = frozenset()
    """Every anchor of the page."""


class EntryNews(Value):
    """An entry that changed, is new or is gone. `at`: its address, where it has one; `name`: what it is."""

    how: str
    id: str
    name: str
    at: str = ""


class Verdict(Value):
    """Whether a page matches: `how` is one of the words above; `edition` and `facts` are the present ones."""

    how: str
    page: SavedPage
    address: str = ""
    edition: str = ""
    facts: str = ""
    title: str = ""
    entries: tuple[EntryNews, ...] = ()
    release: str = ""
    """The day of the release that the page is from, where that is known."""

    @property
    def same_facts(self) -> bool:
        return bool(self.page.facts) and self.facts.startswith(self.page.facts)

    @property
    def matches(self) -> bool:
        return self.how == MATCHES

    def as_json(self) -> dict[str, object]:
        return {"result": self.how, "address": f"/{self.page.address}", "title": self.page.title,
                "now_at": f"/{self.address}" if self.how == MOVED else None,
                "edition": {"page": self.page.edition, "content": self.edition or None},
                "facts": {"page": self.page.facts or None, "content": self.facts or None},
                "release": self.release or None,
                "entries": [{"result": entry.how, "id": entry.id, "name": entry.name, "at": entry.at or None}
                            for entry in self.entries]}

    def in_words(self) -> str:
        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES / "verify"), trim_blocks=True,
                                         lstrip_blocks=True, autoescape=False, undefined=jinja2.StrictUndefined)
        environment.filters["day"] = _day
        return environment.get_template("text.j2").render(verdict=self, page=self.page, short=SHORT).strip()


def _day(text: str) -> str:
    try:
        return Edtf.parse(text).readable()
    except EdtfError:
        return text or "an unknown day"


# --- reading a page --------------------------------------------------------------------------


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.metas: dict[str, str] = {}
        self.canonical = self.root = ""
        self.title = ""
        self.entries: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.ids: list[str] = []
        self.tags = 0
        self._in_title = False
        self._hidden = 0
        self._entry = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name.lower(): value or "" for name, value in attributes}
        self.tags += 1
        self._in_title = tag == "title" and not self.title
        self._hidden += tag in ("script", "style")
        if tag == "meta":
            self.metas.setdefault(values.get("name") or values.get("property", ""), values.get("content", "").strip())
        if tag == "html":
            self.root = values.get("data-root", "")
        if tag == "link" and values.get("rel", "").lower() == "canonical":
            self.canonical = values.get("href", "")
        if values.get("id"):
            self.ids.append(values["id"])
            if values.get("data-facts"):
                self._entry = values["id"]
                self.entries[self._entry] = values["data-facts"]
                self.names[self._entry] = ""

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False
        self._hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        if self._entry and not self._hidden and len(self.names[self._entry]) < _MOST_NAME:
            self.names[self._entry] = f"{self.names[self._entry]} {' '.join(data.split())}".strip()


def read_page(text: str) -> SavedPage:
    """What a page carries. Raises NoPage for what is no HTML."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if not reader.tags:
        raise NoPage("this is no HTML page")
    metas = reader.metas
    address = _plain(metas.get("briefing-page", "")).lstrip("/")
    if not address and reader.root:
        # The canonical address ends in the page's own; the way up to the site's root says how much of it that is.
        steps = [step for step in unquote(urlsplit(reader.canonical).path).split("/") if step]
        deep = reader.root.count("../")
        address = _plain("".join(f"{step}/" for step in steps[len(steps) - deep:])) if deep <= len(steps) else ""
    title = metas.get("citation_title") or " ".join(reader.title.split())
    facts = metas.get("briefing-facts", "").lower()
    title, site = _plain(title), _plain(metas.get("og:site_name", ""))
    return SavedPage(title, site, address, _plain(metas.get("briefing-edition", "")),
                     facts if re.fullmatch("[0-9a-f]{32,64}", facts) else "",
                     {_plain(anchor): mark for anchor, mark in reader.entries.items()},
                     {_plain(anchor): _shortened(name) for anchor, name in reader.names.items()}, frozenset(reader.ids))


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _plain(text: str) -> str:
    """A page's words without what would command a terminal."""
    return _CONTROL.sub("", text)


def _shortened(text: str) -> str:
    text = _plain(text)
    return text if len(text) <= _MOST_NAME else text[:_MOST_NAME].rsplit(" ", 1)[0] + " …"


# --- judging it ------------------------------------------------------------------------------


def verify(page: SavedPage, dossier: Dossier) -> Verdict:
    """Whether a saved page says what the content says."""
    if not page.facts:
        return Verdict(BARE, page)
    titles = {str(dossier.settings.title)}
    if dossier.releases is not None:  # it may have had another title then
        titles.add(str(dossier.releases.facts.get(SETTINGS, {}).get("title")))
    other = page.site not in titles
    present, now_at = _present(dossier, page.address)
    if present is None:
        return Verdict(OTHER if other else GONE, page)
    prints = fingerprints(present.facts)
    found = Verdict(MATCHES, page, present.address, present.edition, joint_fingerprint(prints), present.title)
    if found.same_facts and page.edition == present.edition and not now_at:
        return found
    entries, release = _entries(dossier, page, present, prints)
    if other and not (found.same_facts or release):
        return Verdict(OTHER, page)
    return replace(found, how=MOVED if now_at else DIFFERS, entries=entries, release=release)


def _present(dossier: Dossier, address: str) -> tuple[Page | None, bool]:
    """The page that is at an address now, or that took its place; and whether it has another address."""
    page = page_at(dossier, address)
    if page is not None:
        return page, False
    folder, _, id = address.rstrip("/").rpartition("/")
    new = dossier.renamed.get(id, id)
    brief = dossier.briefs.get(new)
    if folder and brief is not None and "#" not in brief.address:
        return page_at(dossier, brief.address), True
    return None, False


def _entries(dossier: Dossier, page: SavedPage, present: Page,
             prints: Mapping[str, str]) -> tuple[tuple[EntryNews, ...], str]:
    """Which entries differ, as far as can be known, and the release that the page is from."""
    if page.entries:
        return tuple(_by_their_marks(page, present, prints)), ""
    if present.brief is None:
        return (), ""
    before = last_release(dossier)
    if before is not None:
        was = before.dossier.briefs.get(page.address.rstrip("/").rpartition("/")[2])
        then = before.dossier.facts.of_brief(was) if was is not None else {}
        if page_fingerprint(then).startswith(page.facts):
            assert dossier.releases is not None and dossier.releases.last is not None
            return tuple(_between(dossier, present, then)), dossier.releases.last.date
    return tuple(_by_their_ids(dossier, page, present)), ""


def _by_their_marks(page: SavedPage, present: Page, prints: Mapping[str, str]) -> Iterator[EntryNews]:
    """An edition's entries, each of which carries its own fingerprint."""
    def at(anchor: str) -> str:
        return f"/{addresses.with_anchor(present.address, anchor)}"

    now = {anchor: mark[:ENTRY] for anchor, mark in prints.items() if anchor}
    for anchor, mark in page.entries.items():
        if anchor not in now:
            yield EntryNews(REMOVED, anchor, page.names.get(anchor, ""))
        elif now[anchor] != mark:
            yield EntryNews(CHANGED, anchor, page.names.get(anchor, ""), at(anchor))
    for anchor in now:
        if anchor not in page.entries:
            value = present.facts[anchor]
            name = value.get("name") or value.get("title") if isinstance(value, Mapping) else ""
            yield EntryNews(ADDED, anchor, str(name or ""), at(anchor))


def _between(dossier: Dossier, present: Page, then: Mapping[str, object]) -> Iterator[EntryNews]:
    """The entries that differ between a brief's page as it was released and as it is."""
    now = present.facts
    marks, old = fingerprints(now), fingerprints(then)
    for id in dict.fromkeys((*now, *then)):
        if marks.get(id) != old.get(id):
            how = REMOVED if id not in now else ADDED if id not in then else CHANGED
            at, name = _place(dossier, present, id, now[id] if id in now else then[id])
            yield EntryNews(how, id, name, at if id in now else "")


def _place(dossier: Dossier, present: Page, id: str, value: object) -> tuple[str, str]:
    """Where an entry of a brief's page stands, and what it is."""
    if not id:
        return f"/{present.address}", "what it says of itself"
    if id == NAMES:
        return "", "names of other briefs"
    origin, elsewhere, anchor = id.partition("#")
    if not elsewhere:
        return f"/{present.address}#{id}", _words(dossier, value)
    brief = dossier.briefs.get(dossier.renamed.get(origin, origin))
    name = str(brief.name) if brief else "the dossier itself" if origin == SETTINGS else origin
    where = f"/{addresses.with_anchor(brief.address, anchor if '/' not in anchor else '')}" if brief else ""
    words = _words(dossier, value)
    return where, f"{name}: {words}" if words else name


_TELLING = ("paragraph", "standing", "office", "act", "role", "type", "on", "actor", "actors", "by", "date")


def _words(dossier: Dossier, value: object) -> str:
    """What tells a statement from others, in a few words: who, what, when."""
    if not isinstance(value, Mapping):
        return ""
    found = []
    for name in _TELLING:
        for item in value[name] if isinstance(value.get(name), list) else [value.get(name)]:
            text = item.get("outside", "") if isinstance(item, Mapping) else item
            if name == "date" and text:
                text = _day(str(text))
            brief = dossier.briefs.get(dossier.renamed.get(str(text), str(text)))
            found.append(str(brief.name) if brief else str(text or ""))
    return _shortened(", ".join(text for text in found if text))


_STATEMENT = re.compile(r'<(?:li|section)\b[^<>]*? id="([^"]+)"')


def _by_their_ids(dossier: Dossier, page: SavedPage, present: Page) -> Iterator[EntryNews]:
    """Statements that only one of the two pages has; which of the others changed, nobody can tell from the page."""
    assert present.brief is not None
    here = {*_STATEMENT.findall(present.body)}
    former = {old for olds in dossier.former_anchors.get(present.brief.id, {}).values() for old in olds}
    own = {anchor: path for path, anchor in dossier.anchors[present.brief.id].items() if anchor in here}
    for anchor in own:
        if anchor not in page.ids:
            yield EntryNews(ADDED, anchor, _words(dossier, present.facts[anchor]), f"/{present.address}#{anchor}")
    shapes = {_shape(anchor) for anchor in own}
    for anchor in sorted(page.ids - here - former):
        if _shape(anchor) in shapes:
            yield EntryNews(REMOVED, anchor, "")


def _shape(anchor: str) -> str:
    """What the anchors of one kind of statement share, such as `position` or `status`."""
    return anchor.partition("-")[0] if "-" in anchor else re.sub("[0-9]+", "0", anchor)
