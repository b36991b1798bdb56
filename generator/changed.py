"""Which facts of a dossier are not what they were, from what its files said before and say now.

A fact is named as whoever reads it notes it (`generator.reads`). Which briefs there are, what they are called in the
glossary and what the dossier says of itself is no fact: where that changes, everything is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from generator.linking import Link
from generator.models import KINDS
from generator.read.one_file import FileRead, RecordRead
from generator.reads import Fact

INBOUND, LINKS, ANCHORS, ORIGIN, START = "#inbound", "#links", "#anchors", "#origin", "#start"
"""What leads to a brief, by its id; what it leads to; the anchors of its statements; where it was written, by line; the
line at which it starts."""
ACCEPTED, RELEASES, FACTS, BY_NAME = "#accepted", "#releases", "#facts", "#by-name"
LOADED_WORDS = "#loaded-words"
"""The warnings that records accept; the releases so far; the fingerprint of all; the briefs by name; the loaded words
that the glossary lists. Their key is empty."""

NAMES = (*sorted({name for kind in KINDS.values() for name in kind.model_fields}),
         INBOUND, LINKS, ANCHORS, ORIGIN, START, ACCEPTED, RELEASES, FACTS, BY_NAME, LOADED_WORDS)
"""The names of all facts, in one order."""


_OF_ALL = ((FACTS, ""), (BY_NAME, ""), (LOADED_WORDS, ""))
"""What is never as it was where a brief comes, goes or can no longer be read."""


def changed_facts(before: FileRead, now: FileRead) -> Iterator[Fact]:
    """The facts that differ between what a file said and says. Facts may come several times."""
    olds = {read.id: read for read in before.records}
    news = {read.id: read for read in now.records}
    for id in olds.keys() | news.keys():
        old, new = olds.get(id), news.get(id)
        if old is None or new is None:
            yield from _all_of(id, old or new)  # type: ignore[arg-type]
            yield from _OF_ALL
        elif old != new:
            yield from _between(id, old, new)
    if before.page != now.page:
        yield FACTS, ""
        # Who is named on a page shows the sentence that names it.
        for page in (before.page, now.page):
            yield from _inbound(page.links if page is not None else ())
    if before.releases != now.releases:
        yield RELEASES, ""


def _between(id: str, old: RecordRead, new: RecordRead) -> Iterator[Fact]:
    if type(old.record) is not type(new.record) or old.record is None or new.record is None:
        yield from chain(_all_of(id, old), _all_of(id, new), _OF_ALL)
        return
    for name in type(new.record).model_fields:
        if old.record.__dict__.get(name) != new.record.__dict__.get(name):
            yield id, name
            yield FACTS, ""
            if name in ("name", "aliases"):
                yield BY_NAME, ""
            if name in ("name", "loaded", "house_word"):
                yield LOADED_WORDS, ""
    if old.anchors != new.anchors:
        yield ANCHORS, id
    if (old.line, old.column, old.places, old.fields) != (new.line, new.column, new.places, new.fields):
        yield ORIGIN, id
    if (old.line, old.column) != (new.line, new.column):
        yield START, id
    if old.links != new.links:
        yield LINKS, id
    yield from _inbound(link for links in _unlike(old.links, new.links) for link in links)


def _unlike(old: tuple[Link, ...], new: tuple[Link, ...]) -> Iterator[list[Link]]:
    """The links, by target, to targets that are not linked exactly as before."""
    before, now = _by_target(old), _by_target(new)
    for target in before.keys() | now.keys():
        if before.get(target) != now.get(target):
            yield before.get(target) or now[target]


def _by_target(links: tuple[Link, ...]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.target, []).append(link)
    return found


def _all_of(id: str, read: RecordRead) -> Iterator[Fact]:
    """Every fact that a record takes part in."""
    for name in NAMES:
        yield (name, id) if name.startswith("#") else (id, name)
    yield from _inbound(read.links)


def _inbound(links: object) -> Iterator[Fact]:
    for link in links:  # type: ignore[attr-defined]
        yield INBOUND, link.target
