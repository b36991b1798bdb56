"""The figures that accounts give, side by side on one scale: a row an account, none of them more than the others."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.svg import NARROW, SMALL, drawing, element, fit, listing, width_of, write
from generator.values import Value

_ROW = 40
_LEFT, _RIGHT = 12, NARROW - 12
_ARROW = 26
_SMALL = 20
"""Up to this number a scale from zero always shows the difference."""


class Told(Value):
    """One account's figure: `low` is `high` where it is one number."""

    who: str
    words: str
    """The figure in words: `more than 50`."""
    low: int
    high: int
    bound: str = "exactly"
    """`exactly`, `about`, `at least`, `more than` or `at most`."""


class Range(Value):
    on: str
    unit: str
    told: tuple[Told, ...]


class _Scale(Value):
    first: int
    last: int

    @property
    def broken(self) -> bool:
        """Whether the scale begins above zero."""
        return self.first > 0

    def x(self, value: int) -> int:
        left = _LEFT + (18 if self.broken else 0)
        # Room is kept at the right end for what has no upper end.
        return round(left + (value - self.first) / (self.last - self.first) * (_RIGHT - _ARROW - left))


def scale_of(told: Sequence[Told]) -> _Scale:
    """From zero, unless the lowest figure is more than half of the highest: then from a round number below it."""
    low, high = min(entry.low for entry in told), max(entry.high for entry in told)
    if low * 2 <= high or low == high or high <= _SMALL:
        return _Scale(0, max(high, 1))
    step = 10 ** max(len(str(high - low)) - 1, 0)
    return _Scale(max(low - max((high - low) // 4, 1), 0) // step * step, high)


def range_of(figure: Range, prefix: str) -> str:
    """The figures on one scale, in the order given; the empty text for fewer than two."""
    if len(figure.told) < 2:
        return ""
    scale = scale_of(figure.told)
    rows = [_row(told, scale, 14.0 + _ROW * number) for number, told in enumerate(figure.told)]
    bottom = _ROW * len(figure.told) + 4.0
    start = f", from {scale.first:,} on" if scale.broken else ""
    numbers = listing(f"{told.who}: {told.words}" for told in figure.told)
    says = f"{numbers}. Drawn to scale{start}, in the order of the list."
    return drawing("figure-range", prefix, f"{figure.on}: {figure.unit}", says, (NARROW, bottom + 20),
                   *rows, _axis(scale, bottom), links=False)


def _row(told: Told, scale: _Scale, y: float) -> str:
    """One account: who gives the figure, and below it the mark with the figure in words beside it."""
    x1, x2, level = scale.x(told.low), scale.x(told.high), y + 14
    parts = [write(fit(told.who, NARROW, 1, SMALL), 0, y, "f-soft"), *_mark(told, x1, x2, level)]
    width = width_of(told.words, SMALL)
    after = x2 + (_ARROW + 4 if told.bound in ("at least", "more than") else 10)
    before = x1 - (10 if told.bound != "at most" else _ARROW + 4)
    if after + width <= NARROW:
        parts.append(write(fit(told.words, NARROW, 1, SMALL), after, level + 4.5, "f-name"))
    elif before - width >= 0:
        parts.append(write(fit(told.words, NARROW, 1, SMALL), before, level + 4.5, "f-name", anchor="end"))
    else:
        # A range that leaves room at neither end says its figure in the line above.
        parts[0] = write(fit(f"{told.who}: {told.words}", NARROW, 1, SMALL), 0, y, "f-soft")
    return element("g", *parts)


def _mark(told: Told, x1: float, x2: float, y: float) -> list[str]:
    """A dot or a bar; hollow or dashed where it is about; with an arrow where one end is open."""
    open_, about = told.bound in ("at least", "more than"), told.bound == "about"
    parts = []
    if x2 > x1:
        parts.append(element("path", d=f"M{_n(x1)} {_n(y - 4)}v8m0 -4H{_n(x2)}m0 -4v8",
                             class_="f-bar-line f-dashed" if about else "f-bar-line"))
    if open_:
        parts.append(element("path", d=f"M{_n(x2)} {_n(y)}h{_n(_ARROW - 4)}m-5 -4l5 4l-5 4", class_="f-bar-line"))
    if told.bound == "at most":
        parts.append(element("path", d=f"M{_n(x1)} {_n(y)}h-{_n(_ARROW - 4)}m5 -4l-5 4l5 4", class_="f-bar-line"))
    if x1 == x2:
        hollow = about or told.bound == "more than"
        parts.append(element("circle", cx=x1, cy=y, r=4, class_="f-open" if hollow else "f-dot"))
    return parts


def _axis(scale: _Scale, y: float) -> str:
    """The scale: its start, broken where that is not zero, and the highest figure."""
    start, end = scale.x(scale.first), scale.x(scale.last)
    path = f"M{_n(start)} {_n(y - 3)}v6m0 -3H{_n(end)}m0 -3v6"
    if scale.broken:
        path += f"M0 {_n(y)}h8m0 -5l4 10m4 -10l4 10m0 -5H{_n(start)}"
    last = fit(f"{scale.last:,}", NARROW, 1, SMALL)
    labels = [write(fit(f"{scale.first:,}", NARROW, 1, SMALL), start - (8 if scale.broken else 4), y + 16, "f-soft"),
              write(last, min(end, NARROW - last.width / 2), y + 16, "f-soft", anchor="middle")]
    if scale.broken:
        labels.append(write(fit("0", NARROW, 1, SMALL), 0, y + 16, "f-soft"))
    return element("g", element("path", d=path, class_="f-line"), *labels)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
