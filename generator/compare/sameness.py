"""When two values say the same: not how they are typed, in which order, nor by which of its ids a brief is named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from generator import prose
from generator.models.base import Record
from generator.models.fields import Citation, CountingPoint, Party, Prose, Reference
from generator.read.records import field_names
from generator.values import Value


class Word(Value):
    """A word of prose, a reference or a citation. Two are equal when a reader is told the same."""

    key: str
    shown: str
    """As a reader sees it; the source's id for a citation."""


class Sameness:
    """Compares values of an older dossier with those of a newer one that may have given briefs new ids."""

    def __init__(self, renamed: dict[str, str] | None = None) -> None:
        self.renamed = renamed or {}
        self._keys: dict[int, tuple[object, object]] = {}

    def same(self, before: object, after: object) -> bool:
        return before == after or self.key(before) == self.key(after)

    def id(self, id: str) -> str:
        """The id that a brief has now."""
        return self.renamed.get(id, id)

    def _anchor(self, anchor: str, target: str) -> str:
        if anchor and self.renamed:
            for old, new in self.renamed.items():
                anchor = re.sub(rf"(?<![a-z0-9]){re.escape(old)}(?![a-z0-9])", new, anchor)
        return f"{self.id(target)}#{anchor}" if anchor else self.id(target)

    def key(self, value: object) -> object:
        """What a value says, as something that can be compared and sorted by its text."""
        if isinstance(value, (Record, tuple)):
            known = self._keys.get(id(value))
            if known is None:
                known = self._keys[id(value)] = (value, self._key(value))
            return known[1]
        return self._key(value)

    def _key(self, value: object) -> object:
        if isinstance(value, Prose):
            return " ".join(word.key for word in self.words(value))
        if isinstance(value, Record):
            return tuple((name, self.key(inner)) for name, inner in fields_of(value) if not is_empty(inner))
        if isinstance(value, tuple):
            return tuple(sorted((self.key(item) for item in value), key=repr))
        if isinstance(value, dict):
            return tuple(sorted((str(name), str(text)) for name, text in value.items()))
        if isinstance(value, Party):
            return self.id(value.ref.id) if value.ref else f"outside: {value.outside}"
        if isinstance(value, Citation):
            return f"{self.id(value.id)}, {value.locator}"
        if isinstance(value, CountingPoint):
            return self.key(value.ref) if value.ref else str(value.date or "adoption")
        if isinstance(value, Reference):
            return self._anchor(value.anchor, value.id)
        return value if value is None or isinstance(value, (bool, int)) else str(value)

    # --- prose ---------------------------------------------------------------------------

    def words(self, text: str, name_of: Callable[[str], str] = str) -> list[Word]:
        """Prose as words. Lines may break anywhere; paragraphs and the entries of lists begin with a mark."""
        found: list[Word] = []
        for block in _BLOCKS.split(text.strip()):
            if found:
                found.append(LINE if _ENTRY.match(block) else PARAGRAPH)
            glued = False
            for piece in _pieces(block):
                if isinstance(piece, str):
                    words = [Word(word, _bare(word)) for word in piece.split()]
                    spaced = piece[:1].isspace(), piece[-1:].isspace() or (not piece and not glued)
                else:
                    words, spaced = [self._reference(piece, name_of)], (False, False)
                if glued and words and not spaced[0]:
                    # What stands at a reference without a space is one word with it, such as the full stop.
                    words[0] = Word(found[-1].key + words[0].key, found[-1].shown + words[0].shown)
                    del found[-1]
                found.extend(words)
                glued = not spaced[1]
        return found

    def _reference(self, token: prose.Token, name_of: Callable[[str], str]) -> Word:
        if token.kind == prose.CITATION:
            place = f", {token.shown}" if token.shown else ""
            return Word(f"[@{self.id(token.target)}{place}]", f"[{token.target}{place}]")
        where = self._anchor(token.anchor, token.target)
        return Word(f"[[{where}|{token.shown}]]" if token.shown else f"[[{where}]]",
                    token.shown or name_of(token.target))


def is_empty(value: object) -> bool:
    """Whether a field holds nothing; the number 0 is something."""
    return value is None or value is False or (isinstance(value, (tuple, dict)) and not value)


def normal_text(text: str) -> str:
    """Prose with one space between words, and line breaks only between paragraphs and the entries of lists."""
    found = ""
    for block in _BLOCKS.split(text.strip()):
        indent = block[:len(block) - len(block.lstrip(" \t"))]
        found += (("\n" + indent if _ENTRY.match(block) else "\n\n") if found else "") + " ".join(block.split())
    return found


PARAGRAPH, LINE = Word("\n\n", "¶"), Word("\n", "¶")

_ENTRY = re.compile(r"[ \t]*(?:[-*+]|[0-9]+\.|\||>|#)[ \t]?")
_BLOCKS = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*+]|[0-9]+\.)[ \t]|[ \t]*[|>#])")
_MARKS = re.compile(r"^[*_`]{1,3}(?=\w)|(?<=[\w.,;:!?])[*_`]{1,3}(?=[.,;:!?)]*$)")


def fields_of(record: Record) -> Iterator[tuple[str, object]]:
    """A record's fields by the names that editors type, in their order, without the id."""
    names = {info.alias or name: name for name, info in type(record).model_fields.items()}
    for typed in field_names(type(record)):
        if typed != "id":
            yield typed, getattr(record, names[typed])


def _bare(word: str) -> str:
    """A word without the marks of emphasis."""
    return _MARKS.sub("", word) or word


def _pieces(text: str) -> Iterator[str | prose.Token]:
    """Running text and references in their order."""
    at, skip = 0, 0
    for token in prose.tokens(text):
        if skip:
            skip -= 1
            yield " "
        else:
            start = text.index(token.raw, at)
            yield text[at:start]
            at = start + len(token.raw)
            skip = token.raw.count(";") if token.kind == prose.CITATION else 0
        yield token
    yield text[at:]
