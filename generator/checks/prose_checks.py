"""Checks of prose: nothing stands in it that the site does not carry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator import prose
from generator.checks.finding import Finding, PathIn, Subject
from generator.diagnostics import did_you_mean_citation, did_you_mean_reference
from generator.loaded_words import is_own_words

_WHOLE = re.compile("\u201c[^\u201c\u201d]+\u201d|\u201e[^\u201e\u201c\u201d]+[\u201c\u201d]"
                    "|\u2018[^\u2018\u2019]+\u2019|\u00ab[^\u00ab\u00bb]+\u00bb")


_OPENING = re.compile("[\u201c\u201e\u2018\u00ab]")
_MAY_BE_FLAWED = re.compile(r"[<#]|\][(:\[]|^[=-]", re.MULTILINE)
"""What every flaw of prose has in it."""


def prose_is_plain(subject: Subject) -> Iterator[Finding]:
    """No HTML, heading, image or unsafe link stands in a field.

    On a hand-written page headings may stand, and images from beside it.
    """
    if not _MAY_BE_FLAWED.search(subject.whole_text):
        return
    page = subject.record is None
    images = frozenset(subject.dossier.images) if page else frozenset()
    for path, text in subject.proses:
        if _MAY_BE_FLAWED.search(text):
            seen: Counter[str] = Counter()
            for flaw in prose.flaws(text, headings=page, images=images):
                yield Finding(flaw.code, subject.name, path, flaw.raw, seen[flaw.raw], facts={"raw": flaw.raw})
                seen[flaw.raw] += 1


def texts_stand_in_no_typographic_quotes(subject: Subject) -> Iterator[Finding]:
    """No text stands whole in quotes such as \u201c...\u201d: YAML has others, and pages set them by themselves."""
    if _OPENING.search(subject.whole_text):
        for path, text in subject.texts:
            if _WHOLE.fullmatch(text.strip()):
                yield Finding("typographic-quotes", subject.name, path, facts={"open": text.strip()[0]})


def loaded_words_are_quoted(subject: Subject) -> Iterator[Finding]:
    """A word that the glossary lists as loaded stands in quotations only."""
    words = subject.dossier.loaded_words
    if not words.may_stand_in(subject.whole_text):
        return
    for path, text in subject.texts or subject.proses:
        if _is_own(subject, path, text):
            for found in words.found_in(subject.name, path, text):
                hint = (f'This site says "{found.house_word}", or quotes the word as somebody\'s'
                        if found.house_word else None)
                yield Finding("loaded-word", found.origin, path, found.text, found.nth, hint, {"text": found.text})


def _is_own(subject: Subject, path: PathIn, text: str) -> bool:
    """Whether a text is the site's own wording."""
    if subject.record is None:
        return True
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    depth = len(path) - 1 - (isinstance(path[-1], int))
    return is_own_words(subject.records.get(path[:depth], subject.record), name, text)


def references_are_written_as_such(subject: Subject) -> Iterator[Finding]:
    """No id stands in brackets or after an `@` in a way that the page shows as it was typed."""
    ids = subject.dossier.ids
    for path, text in subject.proses:
        if "[" not in text and "@" not in text:
            continue
        seen: Counter[str] = Counter()
        for near in prose.near_references(text):
            kind = ids.get(near.target)
            if kind and (not near.cites or kind == "source"):
                cites = kind == "source" and not near.rest
                hint = did_you_mean_citation(near.target) if cites else did_you_mean_reference(near.target + near.rest)
                yield Finding("broken-reference", subject.name, path, near.raw, seen[near.raw], hint, {"raw": near.raw})
            seen[near.raw] += 1
        for token in prose.tokens(text):
            second = token.shown.lstrip("@") if token.kind == prose.CITATION else ""
            if second and ids.get(second) == "source":
                hint = did_you_mean_citation(f"{token.target}; @{second}")
                yield Finding("broken-reference", subject.name, path, token.raw, 0, hint, {"raw": token.raw})


def no_text_is_lost_after_a_hash(subject: Subject) -> Iterator[Finding]:
    """No text goes on after a ` #`, which begins a comment; a comment stands two spaces away, or on its own line."""
    if subject.record is not None and subject.dossier.is_written(subject.name):
        for path, rest in subject.dossier.origin(subject.name).after_hash:
            yield Finding("text-after-hash", subject.name, path, rest)
