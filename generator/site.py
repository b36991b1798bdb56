"""The files that make a dossier's site, in groups that are made together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from generator import addresses
from generator.dossier import Dossier
from generator.pages import SECTION_TITLES, Group, PageMaker, SiteFile, make_files, make_moving_files
from generator.search import EntryMaker, index_files
from generator.shell import Shell

NO_PAGES = frozenset({"moving", "search", "moved"})
"""Groups of files that are no pages of the site."""
MANY = 300
"""A dossier of more briefs has section pages that take long."""
_HEAVY = ("days", "parts", "years", "moving", "search", "section")
"""What takes longest is begun first."""


def entry(maker: EntryMaker, id: str) -> bytes:
    """What the search has to know of a brief, as JSON."""
    return json.dumps(maker.of_brief(maker.dossier.briefs[id])).encode()


def entries_of_pages(dossier: Dossier) -> dict[str, bytes]:
    """The same of the pages that are no brief."""
    found = EntryMaker(dossier).of_pages(SECTION_TITLES)
    return {name: json.dumps(one).encode() for name, one in found.items()}


def digest_of(entries: Mapping[str, bytes]) -> str:
    found = blake2b(digest_size=12)
    for name, value in entries.items():
        found.update(f"{name} {len(value)}\n".encode())
        found.update(value)
    return found.hexdigest()


def takes_long(keys: Iterable[str], dossier: Dossier) -> bool:
    """Whether several of the groups take as long as many others do."""
    return len(dossier.briefs) > MANY and sum(key.partition(" ")[0] in _HEAVY for key in keys) > 1


class SiteMaker:
    """Makes the files of a site in groups: those of pages, and others by what they are for."""

    def __init__(self, dossier: Dossier, shell: Shell, entries: Mapping[str, bytes]) -> None:
        """`entries` are those of the search, as JSON: of the briefs in their order, then of the pages."""
        self.dossier = dossier
        self.shell = shell
        self.entries = entries
        self.pages = PageMaker(dossier)

    @property
    def keys(self) -> list[str]:
        """The groups of files that make the site, what takes longest first; hand-written pages are the builder's."""
        groups = [group for group in self.pages.groups if group.what != "page"]
        # What these two are made from is no fact of the dossier: their names tell one from another.
        images = {name: path.read_bytes() for name, path in self.dossier.images.items()}
        keys = [Group("moving", ""), Group("search", digest_of(self.entries)), Group("moved", digest_of(images)), *groups]
        order = {what: number for number, what in enumerate(_HEAVY)}
        return [f"{what} {name}" for what, name in sorted(keys, key=lambda key: order.get(key.what, len(order)))]

    def make(self, key: str) -> bytes:
        """The files of a group, packed."""
        what, _, name = key.partition(" ")
        if what == "moving":
            return packed(make_moving_files(self.dossier, self.shell.offline))
        if what == "moved":
            return packed(map(self._linked, make_files(self.dossier)))
        if what == "search":
            entries = {name: json.loads(entry) for name, entry in self.entries.items()}
            return packed(SiteFile(path, content) for path, content in index_files(entries))
        return packed(self._around(Group(what, name)))

    def _around(self, group: Group) -> Iterator[SiteFile]:
        for page in self.pages.pages(group):
            html = self.shell.around(page).encode("utf-8", "xmlcharrefreplace")
            yield SiteFile(f"{page.address}index.html", html)

    def _linked(self, file: SiteFile) -> SiteFile:
        if self.shell.offline and file.path.endswith(".html"):
            return SiteFile(file.path, addresses.to_files(file.content.decode()).encode())
        return file


def packed(files: Iterable[SiteFile]) -> bytes:
    """Files as one value: a line of JSON with their paths and lengths, and their bytes."""
    found = list(files)
    head = json.dumps([[file.path, len(file.content)] for file in found])
    return b"".join([head.encode(), b"\n", *(file.content for file in found)])


def unpacked(value: bytes) -> Iterator[SiteFile]:
    """The files in a value."""
    end = value.index(b"\n")
    at = end + 1
    for path, length in json.loads(value[:end]):
        yield SiteFile(path, value[at:at + length])
        at += length
