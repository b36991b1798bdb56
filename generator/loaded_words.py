"""Loaded words that the glossary lists, found in what a dossier says itself: not in quotations, names of sources or ids.

The list is content: a term's `loaded`, any number of words to a term, with or without a `house_word`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.models import Source, Term
from generator.models.actor import ActorLike, Designation, Label
from generator.models.base import Record
from generator.models.fields import Line, Prose
from generator.models.un_process import Instrument, Provision
from generator.values import Value

if TYPE_CHECKING:
    from generator.dossier import Dossier

PathIn = tuple[str | int, ...]

_QUOTED = re.compile(
    "\u201c[^\u201c\u201d]*\u201d|\u201e[^\u201c\u201d\u201e]*[\u201c\u201d]|\u201d[^\u201c\u201d]*\u201d"
    "|\u2018(?:[^\u2018\u2019]|\u2019(?=\\w))*\u2019|\u201a[^\u2018\u2019\u201a]*[\u2018\u2019]"
    "|\u00ab[^\u00ab\u00bb]*\u00bb|\u00bb[^\u00ab\u00bb]*\u00ab|\u2039[^\u2039\u203a]*\u203a"
    "|\u300c[^\u300c\u300d]*\u300d|\u300e[^\u300e\u300f]*\u300f|\"[^\"]*\"", re.DOTALL)
"""A quotation in the marks of any of several languages."""

_UNSPOKEN = re.compile(
    r"\[\[[^\[\]|]*(?:\||\]\])|\[@[^\[\]]*\]|`[^`]*`|\]\([^()\s]*\)|<[^<>\s]+>|https?://[^\s<>\"]+"
    r"|(?m:^[ ]{0,3}>.*$)")
"""What stands in prose without being the site's words: ids, citations, code, addresses, set-off quotations."""

_MENTIONED = re.compile(r"(?<![\w*\\])\*[\w -]+\*(?![\w*])")
"""Words in italics, which speak of the words themselves."""

_NO_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that write words without spaces between them."""

_HYPHEN = "[-\u2010\u2011]"

_NOT_OWN = frozenset({"words", "certainty", "aliases", "wikidata", "symbol", "sort", "accept", "publisher", "author",
                      "path", "seen", "title", "loaded", "house_word", "scripts"})
"""Fields that hold somebody else's words, or names and marks."""


class Loaded(Value):
    """A loaded word where it stands: `text` is as written there, `nth` counts the same text before it."""

    origin: str
    path: PathIn
    text: str
    nth: int
    word: str
    house_word: str


def pattern_of(word: str) -> re.Pattern[str]:
    """Finds a word as a whole, and as a part of a hyphened one, in either case and in the plural.

    Hyphens and spaces inside it count as the same. An abbreviation stands as it is typed, so that IS is not
    every "is". Other forms are words of their own on the list.
    """
    if _NO_SPACES.search(word):
        return re.compile(re.escape(word))
    inner = r"(?:\s|[-\u2010\u2011])+".join(map(re.escape, re.split(rf"(?:\s|{_HYPHEN})+", word.strip())))
    inner = re.sub("['\u2019]", "['\u2019]", inner)
    if re.search("[a-z\u00df-\u024f]$", word):
        inner = f"{inner[:-1]}(?:y|ies)" if re.search("[^aeiou]y$", word) else f"{inner}(?:s|es)?"
    return re.compile(rf"(?<!\w){inner}(?!\w)", 0 if word.isupper() else re.IGNORECASE)


def loaded_words(dossier: Dossier) -> dict[str, tuple[re.Pattern[str], Term]]:
    """Every loaded word of the glossary with its pattern and its term; the longest first, so that it is found first."""
    found = {str(word): (pattern_of(word), term) for term in dossier.of_kind("term") if isinstance(term, Term)
             for word in term.loaded}
    return dict(sorted(found.items(), key=lambda entry: -len(entry[0])))


def own_words(text: str) -> str:
    """A text in which all that the site does not say itself is blanked out; everything else keeps its place."""
    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return _MENTIONED.sub(blank, _QUOTED.sub(blank, _UNSPOKEN.sub(blank, text)))


def is_own_words(record: Record, name: str | int, value: object) -> bool:
    """Whether a value of a record is the site's own wording, not somebody's words nor a name for machines."""
    if isinstance(record, Source):
        return isinstance(value, Prose)
    if isinstance(record, (ActorLike, Instrument)) and name == "name":
        return False
    if isinstance(record, (Label, Designation)) and name in ("called", "designated"):
        return False
    if isinstance(record, Provision) and name in ("verb", "paragraph", "part"):
        return False
    return isinstance(value, (Prose, Line)) and name not in _NOT_OWN


class WordList:
    """The loaded words of a dossier's glossary, ready to be looked for."""

    def __init__(self, dossier: Dossier) -> None:
        self.words = loaded_words(dossier)
        starts = {re.split(rf"\s|{_HYPHEN}|['\u2019]", word)[0].removesuffix("y"): word.isupper() for word in self.words}
        self._as_typed = tuple(start for start, upper in starts.items() if upper)
        self._in_any_case = tuple(dict.fromkeys(start.casefold() for start, upper in starts.items() if not upper))
        self._names = _names_around(dossier, self) if self.words else None

    @property
    def shape(self) -> str:
        """All that what is found depends on, beside the texts: where it is the same, the same is found."""
        words = [(word, pattern.pattern, term.id, str(term.house_word or "")) for word, (pattern, term) in self.words.items()]
        return repr((words, self._names.pattern if self._names else ""))

    def may_stand_in(self, text: str) -> bool:
        """Whether a text may hold one of the words: looking for plain letters first is many times faster."""
        folded = text.casefold()
        return any(start in folded for start in self._in_any_case) or any(start in text for start in self._as_typed)

    def found_in(self, origin: str, path: PathIn, text: str) -> list[Loaded]:
        """The loaded words that a text of a brief or a page says itself, in their order."""
        if not self.may_stand_in(text):
            return []
        spoken = own_words(text)
        if self._names is not None:
            spoken = self._names.sub(lambda match: " " * len(match[0]), spoken)
        found: list[tuple[int, Loaded]] = []
        for word, (pattern, term) in self.words.items():
            if term.id == origin:
                continue  # an entry on a word has to name it
            for match in pattern.finditer(spoken):
                needle = match[0].partition("\n")[0]
                found.append((match.start(), Loaded(origin, path, match[0], text.count(needle, 0, match.start()), word,
                                                    str(term.house_word or ""))))
            spoken = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), spoken)
        return [loaded for _, loaded in sorted(found, key=lambda entry: entry[0])]


def _names_around(dossier: Dossier, words: WordList) -> re.Pattern[str] | None:
    """Finds the names of actors, bodies and texts in which a loaded word is only a part of the name."""
    names = [str(brief.name) for brief in dossier.of_kind("actor", "body", "instrument")]
    around = [name for name in names if words.may_stand_in(name) and any(
        (found := pattern.search(name)) and found[0] != name for pattern, _ in words.words.values())]
    return re.compile("|".join(re.escape(name) for name in sorted(around, key=len, reverse=True))) if around else None
