"""Names in alphabetical order: every name and alias a line, so that whoever knows one spelling finds the brief."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from generator.addresses import anchor_text
from generator.models import Brief
from generator.models.base import Script
from generator.values import Value

OTHER = "Other"
"""Stands for the letter of names that begin with none from A to Z and no digit."""
DIGITS = "0–9"

_BARRED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that Unicode does not take apart."""


class NameLine(Value):
    """A line of an alphabetical list: a brief's own name, or an alias that leads to it."""

    shown: str
    brief: Brief
    is_alias: bool


class Letter(Value):
    letter: str
    anchor: str
    lines: tuple[NameLine, ...]

    @property
    def total(self) -> int:
        return len(self.lines)


class ScriptLine(Value):
    """A brief's name in another script."""

    script: Script
    brief: Brief


def folded(text: str) -> str:
    """How a name sorts: lower case, without accents, quotation marks and the like."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_BARRED)
    return " ".join("".join(_kept(sign) for sign in plain).split())


def _kept(sign: str) -> str:
    if unicodedata.category(sign) in ("Mn", "Lm"):  # accents; the raised signs that stand for ayn and hamza
        return ""
    return sign if sign.isalnum() else " " if sign in " -/–" else ""


def letter_of(text: str) -> str:
    first = folded(text)[:1]
    if "a" <= first <= "z":
        return first.upper()
    return DIGITS if first.isdigit() and first.isascii() else OTHER


def letter_anchor(letter: str) -> str:
    return f"letter-{anchor_text(letter)}"


def letters(briefs: Iterable[Brief], names: bool = True, aliases: bool = True) -> tuple[Letter, ...]:
    """The briefs' names, as lists sort them, and their aliases by letter. Spellings that sort alike stand once."""
    groups: dict[str, list[NameLine]] = {}
    for brief in briefs:
        own = str(getattr(brief, "sort", None) or brief.name)
        seen = {folded(own), folded(brief.name)} if names else {folded(brief.name)}
        if names:
            groups.setdefault(letter_of(own), []).append(NameLine(own, brief, False))
        for alias in brief.aliases if aliases else ():
            if folded(alias) not in seen or not folded(alias):
                seen.add(folded(alias))
                groups.setdefault(letter_of(alias), []).append(NameLine(str(alias), brief, True))
    return tuple(Letter(letter, letter_anchor(letter), tuple(sorted(groups[letter], key=_line_key)))
                 for letter in sorted(groups, key=_letter_key))


def _line_key(line: NameLine) -> tuple[str, str, bool, str]:
    return (folded(line.shown), line.shown, line.is_alias, line.brief.id)


def _letter_key(letter: str) -> tuple[int, str]:
    return ({DIGITS: 0, OTHER: 2}.get(letter, 1), letter)


def in_scripts(briefs: Iterable[Brief]) -> tuple[ScriptLine, ...]:
    """The names in other scripts, by language and name."""
    lines = [ScriptLine(script, brief) for brief in briefs for script in getattr(brief, "scripts", ())]
    return tuple(sorted(lines, key=lambda line: (line.script.lang, line.script.name, line.brief.id)))
