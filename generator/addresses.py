"""Every address of the site is made here, and nowhere else.

An address is relative to the site's root and ends in a slash: `actors/union-of-lakes/`; the root
itself is the empty text. Pages are rendered with links that begin with the ROOT marker, so that one
piece of rendered prose serves every page; `anchor_links` puts in the way up for the page at hand.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

ROOT = "\ue000"
"""Stands for the site's root in rendered links. The reader refuses it in content."""

SECTIONS: dict[str, str] = {
    "home": "", "actors": "actors/", "demands": "demands/", "positions": "positions/", "un-process": "un-process/",
    "timeline": "timeline/", "events": "events/", "sources": "sources/", "glossary": "glossary/", "about": "about/",
    "compare": "compare/", "places": "places/", "how-to-read": "how-to-read/",
    "editions": "as-of/", "edition-changes": "as-of/changes/", "contested": "contested/",
    "shifts": "positions/shifts/", "mandates": "mandates/", "gaps": "about/gaps/", "balance": "about/balance/",
    "revisions": "about/revisions/",
}
"""The pages that every dossier has, by name."""

_BRIEFS: dict[str, str] = {
    "actor": "actors/", "demand": "demands/", "instrument": "un-process/", "body": "un-process/",
    "meeting": "un-process/", "event": "events/", "source": "sources/",
}

MISSING = "404.html"
"""Where hosts look for the page to show at an address without one."""

RESERVED_IDS = frozenset({"index", "404"})

RESERVED_PAGES = frozenset(
    {address.split("/")[0] for address in SECTIONS.values() if address}
    | {"index", "404", "search", "assets", "stylesheets", "javascripts", "images"})
"""Names that a hand-written page cannot have."""


def brief_address(kind: str, id: str) -> str:
    """The address of a brief; a term's is its place in the glossary."""
    return f"glossary/#{id}" if kind == "term" else f"{_BRIEFS[kind]}{id}/"


def page_address(name: str) -> str:
    """The address of a hand-written page."""
    return f"{name}/"


def part_address(section: str, part: str, number: int = 1) -> str:
    """The address of a section's part on a page of its own, and of its further pages: `timeline/2031/`."""
    return f"{SECTIONS[section]}{part}/" + (f"{number}/" if number > 1 else "")


def with_anchor(address: str, anchor: str) -> str:
    """The address of a place on a page."""
    return f"{address.partition('#')[0]}#{anchor}" if anchor else address


def edition_address(day: str) -> str:
    """The address of the dossier as of another day, such as `as-of/2031-04-30/`."""
    return f"{SECTIONS['editions']}{day}/"


def way_up(address: str) -> str:
    """The relative way from a page to the site's root: `../../` from `actors/union-of-lakes/`."""
    return "../" * address.partition("#")[0].count("/") or "./"


def anchor_links(text: str, address: str) -> str:
    """Turn the root markers in rendered text into links that work from the page at `address`."""
    return text.replace(ROOT, way_up(address))


_LINK = re.compile(r'(?:(?<= href=")|(?<=; url=))(?!https?:|mailto:|#)([^"#?]*/)?(?=["#?])')


def to_files(html: str) -> str:
    """A built page's links turned from folders to the files in them, as a folder without a server needs."""
    return _LINK.sub(lambda match: f"{match[0].removeprefix('./')}index.html" if match[0] else match[0], html)


def source_path(address: str) -> str:
    """The Markdown file that holds a page: `actors/union-of-lakes.md`, `index.md` for a section."""
    path = address.partition("#")[0].rstrip("/")
    if not path:
        return "index.md"
    return f"{path}/index.md" if f"{path}/" in SECTIONS.values() else f"{path}.md"


def section_anchor(anchor: str, taken: Container[str]) -> str:
    """A section's anchor: it gives way where a statement of the page has the same."""
    return f"{anchor}-section" if anchor in taken else anchor


_NOT_ANCHOR = re.compile(r"[^a-z0-9]+")


def anchor_text(text: str) -> str:
    """Text as an anchor: lower case, anything but ASCII letters and digits turned into one hyphen."""
    return _NOT_ANCHOR.sub("-", text.lower()).strip("-")


def label_key(text: str) -> str:
    """A paragraph's label as it is compared: small letters and digits of any script, with one space between words."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


_TAKEN = re.compile(r"content|menu|search(-open)?|theme-toggle|popover|citation|cite-title|copy-citation|brief"
                    r"|source-[0-9]+|term-.+")
"""Anchors that the page's shell and its lists of sources and terms have themselves."""


def unique_anchors(texts: Iterable[str]) -> list[str]:
    """Anchors for labels in order: lower case, anything else a hyphen; a repeated or taken one gets `-2`."""
    seen: set[str] = set()
    anchors = []
    for text in texts:
        base = anchor_text(text) or "part"
        anchor, number = base, 1
        while anchor in seen or _TAKEN.fullmatch(anchor):
            number += 1
            anchor = f"{base}-{number}"
        seen.add(anchor)
        anchors.append(anchor)
    return anchors
