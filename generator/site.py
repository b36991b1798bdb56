"""The files that make a dossier's site, in groups that are made together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from generator import addresses
from generator.dossier import Dossier
from generator.pages import SECTION_TITLES, Group, PageMaker, SiteFile, make_files, make_moving_files
from generator.reads import Noted
from generator.search import Entry, EntryMaker, index_files
from generator.shares import BALANCE, EDITIONS, GAPS, SEARCH, SHARES, joined
from generator.shell import Shell
from generator.values import from_json

NO_PAGES = frozenset({"moving", "search", "moved"})
"""Groups of files that are no pages of the site."""
MANY = 300
"""A dossier of more briefs has section pages that take long."""
_HEAVY = ("days", "parts", "years", "moving", "search", "section")
"""What takes longest is begun first."""


def digest_of(images: Mapping[str, bytes]) -> str:
    found = blake2b(digest_size=12)
    for name, value in images.items():
        found.update(f"{name} {len(value)}\n".encode())
        found.update(value)
    return found.hexdigest()


_SHARES = {"search ": SEARCH, "section balance": BALANCE, "section gaps": GAPS, "section home": GAPS,
           "section editions": EDITIONS, "section edition-changes": EDITIONS}
"""Groups that are put together from what briefs give to them; beside the editions themselves."""


def shares_read(key: str) -> str:
    """The name of the shares that a group reads; empty for none. What is not told here is worked out again, which takes
    longer."""
    return EDITIONS if key.startswith("days ") else _SHARES.get(key, "")


def is_large(dossier: Dossier) -> bool:
    return len(dossier.briefs) > MANY


def takes_long(keys: Iterable[str], dossier: Dossier) -> bool:
    """Whether several of the groups take as long as many others do."""
    return is_large(dossier) and sum(key.partition(" ")[0] in _HEAVY for key in keys) > 1


class SiteMaker:
    """Makes the files of a site in groups: those of pages, and others by what they are for."""

    def __init__(self, dossier: Dossier, shell: Shell) -> None:
        self.dossier = dossier
        self.shell = shell
        self.pages = PageMaker(dossier)

    def make_shares(self, id: str) -> bytes:
        """What a brief gives to pages of many, joined (`generator.shares`)."""
        make = self.pages.share_maker.make
        return joined(make[name](id) for name in SHARES)

    def take_shares(self, name: str, shares: Mapping[str, bytes]) -> None:
        """Have all shares of a name, by the ids of briefs; what reads one notes it."""
        self.pages.shares[name] = Noted(name, shares)

    @property
    def brief_keys(self) -> list[str]:
        """The groups of files that are a brief's own page."""
        return [f"brief {group.name}" for group in self.pages.groups if group.what == "brief"]

    @property
    def keys(self) -> list[str]:
        """The other groups of files that make the site, what takes longest first; hand-written pages are the builder's."""
        groups = [group for group in self.pages.groups if group.what not in ("brief", "page")]
        # Their bytes are no fact of the dossier: the group's name tells one from another.
        images = {name: path.read_bytes() for name, path in self.dossier.images.items()}
        keys = [Group("moving", ""), Group("search", ""), Group("moved", digest_of(images)), *groups]
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
            entries = {id: from_json(Entry, entry) for id, entry in self.pages.shares[SEARCH].items()}
            entries |= EntryMaker(self.dossier).of_pages(SECTION_TITLES)
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
