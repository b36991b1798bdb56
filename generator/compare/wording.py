"""How a text was reworded: the sentences that differ, word by word."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence

from generator import prose
from generator.compare.sameness import Sameness, Word
from generator.models.fields import Line, Prose
from generator.values import Value

SAME, OLD, NEW, GAP = "same", "old", "new", "gap"

_LONG_SAME, _EDGE = 30, 10
"""Of more unchanged words than the first, only so many stay at either end."""
_LONG_LINE = 8
"""Lines of which one has more words than this are compared like sentences."""
_MOST_WORDS = 120
"""So many words of what came or went are shown; the rest is counted."""
_TOO_UNLIKE = 0.35
"""Below this likeness a sentence is shown whole, the old one and the new one."""
_MOST_PAIRS = 400_000
"""Longer rewrites are not compared word by word: nobody could read that, and it takes too long."""
_ISLAND = 2
"""So few unchanged words between two changes are shown as changed too: confetti cannot be read."""


class Piece(Value):
    """Words in a row: unchanged (`same`), `old`, `new`, or a `gap` where unchanged ones are left out."""

    kind: str
    text: str
    more: int = 0
    """How many words were cut off its end."""


Passage = tuple[Piece, ...]
Names = Callable[[str], str]


def passages(before: str, after: str, sameness: Sameness, names_before: Names,
             names_after: Names) -> tuple[Passage, ...]:
    """The places where two texts differ; none where only paragraphs and line breaks do."""
    old = [sameness.words(sentence, names_before) for sentence in prose.sentences(before)]
    new = [sameness.words(sentence, names_after) for sentence in prose.sentences(after)]
    return tuple(_passage(_joined(old[a:b]), _joined(new[c:d])) for tag, a, b, c, d in
                 _opcodes([_key(words) for words in old], [_key(words) for words in new]) if tag != "equal")


def is_worded(before: object, after: object) -> bool:
    """Whether a difference between two values is shown word by word: prose, and lines as long as a sentence."""
    return all(isinstance(value, (Prose, Line)) for value in (before, after)) and any(
        isinstance(value, Prose) or len(value.split()) > _LONG_LINE for value in (before, after)
        if isinstance(value, (Prose, Line)))


def exchanged(passage: Passage) -> tuple[str, str] | None:
    """The words that gave way to others, where nothing else differs and nothing is left out of sight."""
    changed = [piece for piece in passage if piece.kind in (OLD, NEW)]
    if [piece.kind for piece in changed] != [OLD, NEW] or any(piece.more for piece in changed) or len(
            changed) == len(passage):
        return None
    old, new = (piece.text.strip(".,;:!?") for piece in changed)
    return old, new


def _key(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.key for word in words)


def _joined(sentences: Sequence[list[Word]]) -> list[Word]:
    return [word for sentence in sentences for word in sentence]


def _opcodes(before: Sequence[object], after: Sequence[object]) -> list[tuple[str, int, int, int, int]]:
    return difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _passage(old: list[Word], new: list[Word]) -> Passage:
    steps = _opcodes(_key(old), _key(new)) if len(old) * len(new) <= _MOST_PAIRS else []
    alike = 2 * sum(b - a for tag, a, b, _, _ in steps if tag == "equal") / max(len(old) + len(new), 1)
    if alike < _TOO_UNLIKE:
        steps = [("replace", 0, len(old), 0, len(new))]
    pieces: list[Piece] = []
    for tag, a, b, c, d in _without_islands(steps):
        if tag == "equal":
            pieces.extend(_unchanged(new[c:d], first=not pieces, last=d == len(new)))
        else:
            pieces.extend(_changed(old[a:b], new[c:d]))
    return tuple(pieces)


def _without_islands(steps: list[tuple[str, int, int, int, int]]) -> Iterator[tuple[str, int, int, int, int]]:
    """Changes with only a few unchanged words between them become one."""
    run: tuple[str, int, int, int, int] | None = None
    for number, (tag, a, b, c, d) in enumerate(steps):
        edge = number in (0, len(steps) - 1)
        if tag == "equal" and (edge or b - a > _ISLAND):
            if run:
                yield run
            run = None
            yield tag, a, b, c, d
        else:
            run = ("replace", run[1] if run else a, b, run[3] if run else c, d)
    if run:
        yield run


def _unchanged(words: list[Word], first: bool, last: bool) -> Iterator[Piece]:
    if len(words) <= _LONG_SAME:
        yield Piece(SAME, text_of(words))
        return
    if not first:
        yield Piece(SAME, text_of(words[:_EDGE]))
    yield Piece(GAP, "")
    if not last:
        yield Piece(SAME, text_of(words[-_EDGE:]))


def _changed(old: list[Word], new: list[Word]) -> Iterator[Piece]:
    # Where a reader would see the same words twice, what differs is in the references or the marks: show those.
    bare = text_of(old) == text_of(new)
    for kind, words in ((OLD, old), (NEW, new)):
        if words:
            shown = words[:_MOST_WORDS]
            yield Piece(kind, text_of(shown, bare), len(words) - len(shown))


def text_of(words: Sequence[Word], typed: bool = False) -> str:
    """Words as running text; as an editor typed them where asked."""
    return " ".join((word.key if word.key.strip() else word.shown) if typed else word.shown for word in words)
