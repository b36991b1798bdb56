"""Checks of prose: nothing stands in it that the site does not carry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from generator import prose
from generator.checks.finding import Finding
from generator.dossier import Dossier
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


def _flaws(origin: str, path: tuple[str | int, ...], flaws: list[prose.Flaw]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for flaw in flaws:
        yield Finding(flaw.code, origin, path, flaw.raw, seen[flaw.raw], facts={"raw": flaw.raw})
        seen[flaw.raw] += 1
