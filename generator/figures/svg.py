"""What the figures share: elements and escaping, text fitted by estimated width, fair shares of too many entries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from generator.values import Value

# A phone's column in CSS pixels: at this width a figure's units are pixels, so its text is as large as the page's.
NARROW = 330

# Sizes of text and the distance of baselines, in the figure's units.
NAME, SMALL, HEADING = 14, 13, 15
NAME_STEP, SMALL_STEP, HEADING_STEP = 17, 16, 19
# Rows of links stand so far apart that a finger finds one of them, also where the page is 320 pixels wide.
ROW = 28
# Between a name and the small word that follows it, beside a space.
TAIL_GAP = 4
# From a line of text's baseline up to the middle of its small letters.
MIDDLE = 4.5

# What XML cannot carry.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


# --- elements --------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Text as it may stand in an element or between an attribute's double quotes."""
    text = _REFUSED.sub("", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """A coordinate with at most one decimal: `12`, `12.5`."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """An element around ready-made markup. `class_` is `class`, `font_size` is `font-size`; None leaves it out."""
    words = [name]
    for key, value in attributes.items():
        if value is not None:
            written = escape(value) if isinstance(value, str) else number(value)
            words.append(f'{_attribute(key)}="{written}"')
    inside = "".join(children)
    return f"<{' '.join(words)}>{inside}</{name}>" if inside else f"<{' '.join(words)}/>"


@cache
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def title(text: str) -> str:
    return element("title", escape(text))


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    way = f"H{number(x2)}" if y1 == y2 else f"V{number(y2)}" if x1 == x2 else f"L{number(x2)} {number(y2)}"
    return element("path", d=f"M{number(x1)} {number(y1)}{way}", class_=class_)


def moved(x: float, y: float, *children: str) -> str:
    """A group drawn about its own origin, which stands at this place: what repeats is then the same text each time."""
    return element("g", *children, transform=f"translate({number(x)} {number(y)})")


def link(href: str | None, *children: str, full: str | None = None, tabindex: int | None = None) -> str:
    """Children inside a link, or in a plain group where there is nowhere to go; `full` is what was cut, in full."""
    heading = title(full) if full else ""
    if href is None:
        return element("g", heading, *children)
    return element("a", heading, *children, href=href, tabindex=tabindex)


def drawing(class_: str, prefix: str, name: str, says: str, size: tuple[float, float], *children: str,
            links: bool) -> str:
    """The whole figure. With links it is a group, since an image would hide them from assistive technology."""
    return element(
        "svg", element("title", escape(name), id=f"{prefix}-title"), element("desc", escape(says), id=f"{prefix}-desc"),
        *children,
        class_=class_, viewBox=f"0 0 {number(size[0])} {number(size[1])}", preserveAspectRatio="xMinYMin",
        role=None if links else "img", aria_labelledby=f"{prefix}-title {prefix}-desc", font_size=NAME)


# --- text ------------------------------------------------------------------------------------

# Widths of characters in hundredths of the font's size: a little more than the common sans-serifs need.
_WIDTHS = {char: width for chars, width in (
    ("ijlI|'.,:; ", 29), ("()[]{}!-/\\ftr\"", 41), ("cksvxyzJ?_^*", 54), ("mMW%@…—", 95), ("w", 80),
    ("abdeghnopqu0123456789+=<>~#$EFLSTYZ", 62), ("ABCKPRVX&", 68), ("DGHNOQU", 80),
) for char in chars}
_OTHER, _WIDE, _JOINED, _BOLD = 65, 102, 58, 1.07


def width_of(text: str, size: float, bold: bool = False) -> float:
    """The width that a line of text needs at most in a common sans-serif font; an estimate."""
    return _hundredths(text) / 100 * size * (_BOLD if bold else 1)


@lru_cache(maxsize=16384)
def _hundredths(text: str) -> int:
    return sum(map(_char_width, text))


@cache
def _char_width(char: str) -> int:
    if char in _WIDTHS:
        return _WIDTHS[char]
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return _WIDE
    if unicodedata.bidirectional(char) in ("R", "AL"):
        return _JOINED
    base = unicodedata.normalize("NFD", char)[0]
    return _WIDTHS.get(base, _OTHER)


class Fitted(Value):
    """Text broken into lines; `cut` says that the last line ends in an ellipsis."""

    lines: tuple[str, ...]
    cut: bool
    size: float
    step: float
    bold: bool = False

    @property
    def height(self) -> float:
        return self.step * len(self.lines)

    @property
    def width(self) -> float:
        return max(width_of(part, self.size, self.bold) for part in self.lines)

    def width_with(self, tail: str) -> float:
        """The width of the last line with a small word after it."""
        return width_of(self.lines[-1], self.size, self.bold) + TAIL_GAP + width_of(f" {tail}", SMALL)


def fit(text: str, width: float, most: int = 2, size: float = NAME, bold: bool = False) -> Fitted:
    """Break text into at most so many lines of a width; a word that is too long is broken, what is left is cut."""
    step = {NAME: NAME_STEP, SMALL: SMALL_STEP, HEADING: HEADING_STEP}[int(size)]
    lines: list[str] = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size, bold) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        if width_of(word, size, bold) <= width:
            lines[-1] = word
            continue
        for char in word:
            if lines[-1] and width_of(lines[-1] + char, size, bold) > width:
                lines.append("")
            lines[-1] += char
    if len(lines) <= most:
        return Fitted(tuple(lines), False, size, step, bold)
    return Fitted((*lines[:most - 1], _cut(lines[most - 1], width, size, bold)), True, size, step, bold)


def _cut(text: str, width: float, size: float, bold: bool) -> str:
    """Text with an ellipsis: after a whole word where one can be kept, else after a letter."""
    words = text.split(" ")
    shorter = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
    shorter += [words[0][:count] for count in range(len(words[0]) - 1, -1, -1)]
    candidates = [part.rstrip(" ,;:-(") + "…" for part in shorter]
    return next((part for part in candidates if width_of(part, size, bold) <= width), "…")


def write(fitted: Fitted, x: float, y: float, class_: str, anchor: str | None = None,
          tail: tuple[str, str] | None = None) -> str:
    """Fitted text as one text element, its first baseline at y.

    `tail` is a small word and its class that follow on the last line, wherever the reader's font makes that end.
    """
    spans = []
    for index, part in enumerate(fitted.lines):
        before, after = _space(index, len(fitted.lines), anchor)
        spans.append(element("tspan", before + _isolated(part) + after, x=x, y=y + index * fitted.step))
    if tail:
        spans.append(element("tspan", " " + _isolated(tail[0]), dx=TAIL_GAP, font_size=SMALL, class_=tail[1]))
    return element("text", *spans, class_=class_, text_anchor=anchor,
                   font_size=None if fitted.size == NAME else fitted.size,
                   font_weight=600 if fitted.bold else None)


def _space(index: int, lines: int, anchor: str | None) -> tuple[str, str]:
    """The space that parts two lines for who hears or copies them, on the side where it moves nothing."""
    if anchor == "end":
        return (" " if index else "", "")
    return ("", " " if index < lines - 1 else "")


def _isolated(text: str) -> str:
    """Escaped text; right-to-left script is kept from reordering what stands around it."""
    if any(unicodedata.bidirectional(char) in ("R", "AL") for char in text):
        text = f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
    return escape(text)


# --- entries ---------------------------------------------------------------------------------


def share(sizes: Sequence[int], limit: int) -> list[int]:
    """How many entries of each group are shown when there is room for so many: turn by turn, so none is crowded out."""
    shown = [0] * len(sizes)
    while limit > 0 and any(have < size for have, size in zip(shown, sizes, strict=True)):
        for index, size in enumerate(sizes):
            if shown[index] < size and limit > 0:
                shown[index] += 1
                limit -= 1
    return shown


def listing(words: Iterable[str]) -> str:
    """Words as a sentence lists them: `a, b and c`."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last
