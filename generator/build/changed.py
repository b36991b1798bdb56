"""Which facts of a dossier are not what they were, from what its files said before and say now.

A fact is named as whoever reads it notes it (`generator.reads`). Which briefs there are, what they are called in the
glossary and what the dossier says of itself is no fact: where that changes, everything is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec.structs import replace

from generator.compare.sameness import normal_text
from generator.facts import sentence_with, sentences_in
from generator.linking import Link, PathIn, cited_in_texts, is_named, value_at
from generator.models import KINDS
from generator.read.one_file import FileRead, RecordRead
from generator.reads import Fact
from generator.shares import SHARES

INBOUND, LEADING, NAMED_BY, TIMES_CITED = "#inbound", "#leading", "#named-by", "#times-cited"
"""What leads to a brief, by its id, with the sentences that name it; the same without them; which fields of others
name it; how often it is cited."""
LINKS, CITED, ANCHORS, ORIGIN, START = "#links", "#cited", "#anchors", "#origin", "#start"
"""What a brief leads to, by its id; what its texts cite; the anchors of its statements; where it was written, by line;
the line at which it starts."""
ACCEPTED, RELEASES, PAGES, FACTS, BY_NAME, PLACES, LOADED_WORDS = (
    "#accepted", "#releases", "#pages", "#facts", "#by-name", "#places", "#loaded-words")
"""The warnings that records accept; the releases so far; the hand-written pages; the fingerprint of all; the briefs by
name; what places are named; the loaded words that the glossary lists. Their key is empty.
The first and the last come of all that was read: a build compares what they are (`Build`)."""

NAMES = (*sorted({name for kind in KINDS.values() for name in kind.model_fields}),
         INBOUND, LEADING, NAMED_BY, TIMES_CITED, LINKS, CITED, ANCHORS, ORIGIN, START, *SHARES,
         ACCEPTED, RELEASES, PAGES, FACTS, BY_NAME, PLACES, LOADED_WORDS)
"""The names of all facts, in one order."""


_OF_ALL = ((FACTS, ""), (BY_NAME, ""))
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
        yield PAGES, ""
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
            if name == "place":
                yield PLACES, ""
    if old.anchors != new.anchors:
        yield ANCHORS, id
    if (old.line, old.column, old.places, old.fields) != (new.line, new.column, new.places, new.fields):
        yield ORIGIN, id
    if (old.line, old.column) != (new.line, new.column):
        yield START, id
    if [_unplaced(link) for link in old.links] != [_unplaced(link) for link in new.links]:
        yield LINKS, id
    if cited_in_texts(old.record, old.links) != cited_in_texts(new.record, new.links):
        yield CITED, id
    before, now = _by_target(old), _by_target(new)
    for target in before.keys() | now.keys():
        yield from _leading(target, before.get(target, []), now.get(target, []))


def _leading(target: str, was: list[tuple[Link, str]], now: list[tuple[Link, str]]) -> Iterator[Fact]:
    """What differs in how a record leads to another."""
    if was == now:
        return
    yield INBOUND, target
    olds, news = [link for link, _ in was], [link for link, _ in now]
    if list(map(_without_token, olds)) != list(map(_without_token, news)):
        yield LEADING, target
    if sum(link.cites for link in olds) != sum(link.cites for link in news):
        yield TIMES_CITED, target
    if list(filter(is_named, olds)) != list(filter(is_named, news)):
        yield NAMED_BY, target


def _by_target(read: RecordRead) -> dict[str, list[tuple[Link, str]]]:
    """The links by what they lead to, each with the sentence that it stands in."""
    found: dict[str, list[tuple[Link, str]]] = {}
    sentences: dict[PathIn, list[str]] = {}
    for link in read.links:
        sentence = ""
        if link.token is not None:
            if link.path not in sentences:
                sentences[link.path] = sentences_in(normal_text(str(value_at(read.record, link.path))))
            sentence = sentence_with(link.token, sentences[link.path])
        found.setdefault(link.target, []).append((_unplaced(link), sentence))
    return found


def _without_token(link: Link) -> Link:
    return replace(link, token=None)


def _unplaced(link: Link) -> Link:
    """A link without the place of its words in their text: nobody shows that."""
    return link if link.token is None else replace(link, token=replace(link.token, at=0))


def _all_of(id: str, read: RecordRead) -> Iterator[Fact]:
    """Every fact that a record takes part in."""
    for name in NAMES:
        yield (name, id) if name.startswith("#") else (id, name)
    yield from _inbound(read.links)


def _inbound(links: object) -> Iterator[Fact]:
    for link in links:  # type: ignore[attr-defined]
        for fact in (INBOUND, LEADING, NAMED_BY, TIMES_CITED):
            yield fact, link.target
