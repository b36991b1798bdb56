"""Checks of prose: nothing stands in it that the site does not carry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator import prose
from generator.checks.finding import Finding
from generator.diagnostics import did_you_mean_citation, did_you_mean_reference
from generator.dossier import Dossier
from generator.loaded_words import loaded_in
from generator.models.base import walk
from generator.models.fields import Line, Prose

_WHOLE = re.compile("\u201c[^\u201c\u201d]+\u201d|\u201e[^\u201e\u201c\u201d]+[\u201c\u201d]"
                    "|\u2018[^\u2018\u2019]+\u2019|\u00ab[^\u00ab\u00bb]+\u00bb")


def prose_is_plain(dossier: Dossier) -> Iterator[Finding]:
    """No HTML, heading, image or unsafe link stands in a field."""
    for origin, record in dossier.records.items():
        for path, value in walk(record):
            if isinstance(value, Prose):
                yield from _flaws(origin, path, prose.flaws(value))


def pages_are_plain(dossier: Dossier) -> Iterator[Finding]:
    """No HTML, unsafe link or image from elsewhere stands in a hand-written page."""
    for page in dossier.pages:
        yield from _flaws(f"pages/{page.name}", (),
                          prose.flaws(page.body, headings=True, images=frozenset(dossier.images)))


def texts_stand_in_no_typographic_quotes(dossier: Dossier) -> Iterator[Finding]:
    """No text stands whole in quotes such as \u201c...\u201d: YAML has others, and pages set them by themselves."""
    for origin, record in dossier.records.items():
        for path, value in walk(record):
            if isinstance(value, (Line, Prose)) and _WHOLE.fullmatch(value.strip()):
                yield Finding("typographic-quotes", origin, path, facts={"open": value.strip()[0]})


def loaded_words_are_quoted(dossier: Dossier) -> Iterator[Finding]:
    """A word that the glossary lists as loaded stands in quotations only."""
    for found in loaded_in(dossier):
        hint = f'This site says "{found.house_word}", or quotes the word as somebody\'s' if found.house_word else None
        yield Finding("loaded-word", found.origin, found.path, found.text, found.nth, hint, {"text": found.text})


def references_are_written_as_such(dossier: Dossier) -> Iterator[Finding]:
    """No id stands in brackets or after an `@` in a way that the page shows as it was typed."""
    for origin, path, text in _texts(dossier):
        seen: Counter[str] = Counter()
        for near in prose.near_references(text):
            kind = dossier.ids.get(near.target)
            if kind and (not near.cites or kind == "source"):
                cites = kind == "source" and not near.rest
                hint = did_you_mean_citation(near.target) if cites else did_you_mean_reference(near.target + near.rest)
                yield Finding("broken-reference", origin, path, near.raw, seen[near.raw], hint, {"raw": near.raw})
            seen[near.raw] += 1
        for token in prose.tokens(text):
            second = token.shown.lstrip("@") if token.kind == prose.CITATION else ""
            if dossier.ids.get(second) == "source":
                hint = did_you_mean_citation(f"{token.target}; @{second}")
                yield Finding("broken-reference", origin, path, token.raw, 0, hint, {"raw": token.raw})


def no_text_is_lost_after_a_hash(dossier: Dossier) -> Iterator[Finding]:
    """No text goes on after a ` #`, which begins a comment; a comment stands two spaces away, or on its own line."""
    for name in dossier.records:
        if dossier.is_written(name):
            for path, rest in dossier.origin(name).after_hash:
                yield Finding("text-after-hash", name, path, rest)


def _texts(dossier: Dossier) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Every text with references: in the fields of records, and on hand-written pages."""
    for origin, record in dossier.records.items():
        for path, value in walk(record):
            if isinstance(value, Prose):
                yield origin, path, value
    for page in dossier.pages:
        yield f"pages/{page.name}", (), page.body


def _flaws(origin: str, path: tuple[str | int, ...], flaws: list[prose.Flaw]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for flaw in flaws:
        yield Finding(flaw.code, origin, path, flaw.raw, seen[flaw.raw], facts={"raw": flaw.raw})
        seen[flaw.raw] += 1
