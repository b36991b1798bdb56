"""A few bars under each other: how many there are of something, and which part of them is of one sort."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.svg import NAME, NAME_STEP, NARROW, drawing, element, fit, write
from generator.values import Value

_BAR, _GAP, _FOR_NUMBERS = 12, 14, 120


class Bar(Value):
    name: str
    all: int
    part: int


def bars(entries: Sequence[Bar], prefix: str) -> str:
    """The bars as SVG, drawn to one scale; empty where there is nothing to draw.

    The filled part of a bar is `part`, the frame is `all`; the numbers stand behind it.
    """
    longest = max((entry.all for entry in entries), default=0)
    if not longest:
        return ""
    scale = (NARROW - _FOR_NUMBERS) / longest
    parts, y = [], 0.0
    for entry in entries:
        name = fit(entry.name, NARROW, most=2)
        parts.append(write(name, 0, y + NAME, "f-name"))
        y += name.height + 4
        if entry.all:
            parts.append(element("rect", x=.5, y=y + .5, width=entry.all * scale, height=_BAR - 1, class_="f-seat"))
        if entry.part:
            parts.append(element("rect", x=.5, y=y + .5, width=entry.part * scale, height=_BAR - 1, class_="f-bar"))
        numbers = fit(f"{entry.part:,} of {entry.all:,}", _FOR_NUMBERS, most=1)
        parts.append(write(numbers, entry.all * scale + 8, y + _BAR - 1, "f-soft"))
        y += max(_BAR, NAME_STEP) + _GAP
    says = "; ".join(f"{entry.name}: {entry.part:,} of {entry.all:,}" for entry in entries)
    return drawing("figure-bars", prefix, "Own words quoted, of all statements of what a side said", says,
                   (NARROW, y - _GAP + 4), *parts, links=False)
