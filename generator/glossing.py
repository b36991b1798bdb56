"""The glossary's terms found in a page's text: each is explained in place where the page uses it first.

Works on the page's text before its citations are numbered. Only words that readers see as running
text are looked at: not links, headings, table heads, figures or code.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from generator.addresses import ROOT
from generator.models import Term

_CLOSED = ("a", "svg", "h1", "h2", "h3", "h4", "th", "dt", "summary", "code", "pre", "button", "cite", "q", "caption",
           "bdi", "time", "label", "select", "option", "details")
"""Elements whose words are left alone."""
_CLOSED_TAG = re.compile(rf"(<(/?)(?:{'|'.join(_CLOSED)})\b[^<>]*(?<!/)>)")
_OPENING = re.compile(r"<(?!(?:br|img|hr|input|meta|link|wbr)\b)[a-zA-Z][^<>]*(?<!/)>")
_PIECES = re.compile(r"(<[^<>]+>|\ue002[^\ue003]*\ue003)")
"""Tags and citation marks, between the words."""
_LINK_TO_TERM = re.compile(rf'<a href="{ROOT}glossary/#([a-z0-9-]+)">([^<]*)</a>')
_SMALL = bytes(byte + 32 if 65 <= byte <= 90 else byte for byte in range(256))
_LETTERS = bytes(byte if 48 <= byte <= 57 or 97 <= byte <= 122 else 32 for byte in range(256))
"""Each byte of a text in small ASCII letters: a letter or digit as it is, all else as a space."""


class _Phrase:
    """What is looked for: a term's name, or another word for it."""

    def __init__(self, word: str) -> None:
        shown = html.escape(word, quote=False)
        # An abbreviation stands as it is typed; other words begin a sentence too, and stand in the plural.
        self.pattern = re.escape(shown) if word.isupper() else f"(?i:{re.escape(shown)})s?"
        self._bytes = shown.encode().translate(_SMALL)
        words = self._bytes.translate(_LETTERS).split()
        # A word of another script is no word here, and may be in any text.
        self.last = (words[-1], words[-1] + b"s") if words else (b"",)
        self._others = frozenset(words[:-1])

    def may_be_in(self, text: bytes, words: set[bytes]) -> bool:
        """Whether a text whose words are these, the last of its own among them, may hold it."""
        return words.issuperset(self._others) and (not self._bytes.isascii() or self._bytes in text)


class Glossary:
    """The terms of a dossier, ready to be looked for.

    A page's words are compared with the last words of all phrases at once, and only for the phrases that it may hold is
    it read again: so a page costs the same however many terms there are.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_word: dict[str, Term] = {}
        self._by_id = {term.id: term for term in terms}
        for term in self._by_id.values():
            for word in (term.name, *term.aliases):
                if _is_phrase(word):
                    self._by_word.setdefault(_key(word), term)
        # The longest first: it is the one that counts where several begin at one place.
        self._phrases = [_Phrase(word) for word in sorted(self._by_word, key=lambda word: (-len(word), word))]
        self._ending_in: dict[bytes, list[int]] = {}
        for number, phrase in enumerate(self._phrases):
            for last in phrase.last:
                self._ending_in.setdefault(last, []).append(number)
        self._last_words = frozenset(self._ending_in)
        self._patterns: dict[tuple[int, ...], re.Pattern[str]] = {}

    def _sought_in(self, text: str) -> re.Pattern[str] | None:
        """What finds the phrases that may be in a text; None where there are none."""
        small = text.encode().translate(_SMALL)
        words = {b"", *small.translate(_LETTERS).split()}
        numbers = tuple(sorted({number for last in words & self._last_words for number in self._ending_in[last]
                                if self._phrases[number].may_be_in(small, words)}))
        if not numbers:
            return None
        found = self._patterns.get(numbers)
        if found is None:
            patterns = "|".join(self._phrases[number].pattern for number in numbers)
            found = self._patterns[numbers] = re.compile(rf"(?<![\w-])(?:{patterns})(?![\w-])")
        return found

    def explain(self, text: str) -> tuple[str, list[Term]]:
        """The text with each term's first use, and every link to a term, made a link to its note on the page.

        Returns the terms whose notes the page needs, in the order of the page.
        """
        used: dict[str, Term] = {}

        def note(term: Term, shown: str) -> str:
            used.setdefault(term.id, term)
            return f'<a class="term" href="#term-{term.id}">{shown}</a>'

        def linked(match: re.Match[str]) -> str:
            term = self._by_id.get(match[1])
            return note(term, match[2]) if term else match[0]

        if f"{ROOT}glossary/#" in text:
            text = _LINK_TO_TERM.sub(linked, text)
        runs = _CLOSED_TAG.split(text)  # again and again words, a closed element's tag, and its slash
        closed, running = 0, []
        for number in range(0, len(runs), 3):
            if not closed:
                running.append(number)
            if number + 1 < len(runs):
                closed += -1 if runs[number + 2] else 1
                runs[number + 2] = ""
        sought = self._sought_in(" ".join([runs[number] for number in running]))
        if sought is None:
            return text, list(used.values())
        for number in running:
            if sought.search(runs[number]):
                depth = _depth("".join(runs[:number]))
                pieces = _PIECES.split(runs[number])
                for place, piece in enumerate(pieces):
                    if place % 2:
                        depth += _depth(piece)
                    elif depth:
                        pieces[place] = sought.sub(lambda match: self._first(match[0], used, note), piece)
                runs[number] = "".join(pieces)
        return "".join(runs), list(used.values())

    def _first(self, word: str, used: dict[str, Term], note) -> str:  # type: ignore[no-untyped-def]
        plain = html.unescape(word)
        term = self._by_word.get(_key(plain)) or self._by_word.get(_key(plain[:-1]))
        return word if term is None or term.id in used else str(note(term, word))


def _depth(text: str) -> int:
    """How many more elements begin in a text than end."""
    return len(_OPENING.findall(text)) - text.count("</")


def _is_phrase(word: str) -> bool:
    """Whether a term's word can be looked for in running text: not a list of words, not a single letter."""
    return len(word) > 1 and not re.search(r"[,;()/]", word)


def _key(word: str) -> str:
    return word if word.isupper() else word.lower()
