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

_PIECES = re.compile(r"(<[^<>]+>|\ue002[^\ue003]*\ue003)")
"""Tags and citation marks, between the words."""
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)")
_SHORT = 40
"""Pieces of text up to this length recur, and are remembered where no term is in them."""
_CLOSED = frozenset({"a", "svg", "h1", "h2", "h3", "h4", "th", "dt", "summary", "code", "pre", "button", "cite", "q",
                     "caption", "bdi", "time", "label", "select", "option", "details"})
"""Elements whose words are left alone."""
_VOID = frozenset({"br", "img", "hr", "input", "meta", "link", "wbr"})


class Glossary:
    """The terms of a dossier, ready to be looked for."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_word: dict[str, Term] = {}
        self._without: set[str] = set()
        self._by_id = {term.id: term for term in terms}
        for term in self._by_id.values():
            for word in (term.name, *term.aliases):
                if _is_phrase(word):
                    self._by_word.setdefault(_key(word), term)
        words = sorted(self._by_word, key=lambda word: (-len(word), word))
        # An abbreviation stands as it is typed; other words begin a sentence too, and stand in the plural.
        patterns = [re.escape(html.escape(word, quote=False)) if word.isupper() else
                    f"(?i:{re.escape(html.escape(word, quote=False))})s?" for word in words]
        self._any = re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])") if patterns else None

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

        pieces = _PIECES.split(re.sub(rf'<a href="{ROOT}glossary/#([a-z0-9-]+)">([^<]*)</a>', linked, text))
        if self._any is None:
            return "".join(pieces), list(used.values())
        depth, closed = 0, 0
        for number, piece in enumerate(pieces):
            if number % 2:
                tag = _TAG.match(piece)
                if tag and not piece.endswith("/>") and tag[2].lower() not in _VOID:
                    step = -1 if tag[1] else 1
                    depth += step
                    closed += step if tag[2].lower() in _CLOSED else 0
            elif depth and not closed and piece not in self._without:
                if self._any.search(piece):
                    pieces[number] = self._any.sub(lambda match: self._first(match[0], used, note), piece)
                elif len(piece) <= _SHORT:
                    self._without.add(piece)
        return "".join(pieces), list(used.values())

    def _first(self, word: str, used: dict[str, Term], note) -> str:  # type: ignore[no-untyped-def]
        plain = html.unescape(word)
        term = self._by_word.get(_key(plain)) or self._by_word.get(_key(plain[:-1]))
        return word if term is None or term.id in used else str(note(term, word))


def _is_phrase(word: str) -> bool:
    """Whether a term's word can be looked for in running text: not a list of words, not a single letter."""
    return len(word) > 1 and not re.search(r"[,;()/]", word)


def _key(word: str) -> str:
    return word if word.isupper() else word.lower()
