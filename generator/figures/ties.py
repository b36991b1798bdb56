"""An actor and its direct ties, as a bracket: the actor, then a branch for each kind of tie, then the parties."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Literal

from generator.figures.svg import (
    HEADING,
    MIDDLE,
    NARROW,
    ROW,
    SMALL,
    SMALL_STEP,
    Fitted,
    drawing,
    element,
    fit,
    line,
    link,
    listing,
    moved,
    share,
    width_of,
    write,
)
from generator.values import Value

MOST_TIES = 24
LATER, UNSURE = "later", "not certain by then"

Tone = Literal["with", "against", "neutral"]


class Tie(Value):
    """One tie, read from the centre: `words` says "supports", "led by" or "has as a member"."""

    name: str
    href: str | None
    words: str
    tone: Tone
    later: bool = False
    """It began after the day that the page is about."""
    unsure: bool = False
    """Whether it had begun by that day is not certain."""


class Ties(Value):
    centre: str
    ties: tuple[Tie, ...]


class _Group(Value):
    words: str
    shown: tuple[Tie, ...]
    size: int


_TRUNK = 4.5
_LABEL = 18
_NAME = 22
"""Where names begin, from the spine."""
_WIDEST_LABEL = 100
_BETWEEN_GROUPS = 8


def ties(figure: Ties, prefix: str) -> str:
    """The bracket of an actor's ties, at most MOST_TIES of them; the empty text where there is none."""
    if not figure.ties:
        return ""
    groups = _groups(figure.ties)
    labels = [fit(group.words, _WIDEST_LABEL, 3, SMALL) for group in groups]
    spine = ceil(_LABEL + max(max(label.width for label in labels), _count_width(groups)) + 15)

    centre = fit(figure.centre, NARROW - _LABEL, 2, HEADING, bold=True)
    parts = [link(None, write(centre, _LABEL, 15, "f-name"), full=figure.centre if centre.cut else None)]
    y = 15 + centre.height + 14.0
    last_branch = y
    for group, label in zip(groups, labels, strict=True):
        last_branch = y
        drawn, below = _branch(group, label, spine, y)
        parts.append(drawn)
        y = below + _BETWEEN_GROUPS
    left_out = len(figure.ties) - sum(len(group.shown) for group in groups)
    if left_out:
        last_branch = y
        parts += [line(_TRUNK, y - MIDDLE, _LABEL - 4, y - MIDDLE, "f-line f-dashed"),
                  write(fit(f"and {left_out} more in the list", NARROW - _LABEL, 1, SMALL), _LABEL, y, "f-soft")]
        y += ROW + _BETWEEN_GROUPS
    trunk = line(_TRUNK, 10, _TRUNK, last_branch - MIDDLE, "f-line")
    dot = element("circle", cx=_TRUNK, cy=10, r=4, class_="f-dot")
    return drawing("figure-ties", prefix, f"Ties of {figure.centre}", _description(figure, groups, left_out),
                   (NARROW, y - ROW + 4), trunk, dot, *parts, links=any(tie.href for tie in figure.ties))


def _groups(all_ties: Sequence[Tie]) -> list[_Group]:
    """Ties by their words, in the order of each word's first tie; those that came later stand last."""
    by_words: dict[str, list[Tie]] = {}
    for tie in all_ties:
        by_words.setdefault(tie.words, []).append(tie)
    ordered = [sorted(group, key=lambda tie: tie.later) for group in by_words.values()]
    shown = share([len(group) for group in ordered], MOST_TIES)
    return [_Group(words, tuple(group[:count]), len(group))
            for words, group, count in zip(by_words, ordered, shown, strict=True) if count]


def _count(group: _Group) -> str:
    """How many of the group are drawn, where not all are."""
    return f"{len(group.shown)} of {group.size}" if len(group.shown) < group.size else ""


def _count_width(groups: Sequence[_Group]) -> float:
    return max(width_of(_count(group), SMALL) for group in groups)


def _branch(group: _Group, label: Fitted, spine: float, y: float) -> tuple[str, float]:
    """A labelled branch with its parties as rows, drawn about the point where it leaves the trunk's height.

    Returns it and the next free baseline.
    """
    parts = [line(_TRUNK, 0, _LABEL - 4, 0, "f-line"), write(label, _LABEL, MIDDLE, "f-label")]
    parts.append(line(_LABEL + width_of(label.lines[0], SMALL) + 4, 0, spine, 0, "f-line"))
    label_end = label.height
    if _count(group):
        parts.append(write(fit(_count(group), _WIDEST_LABEL, 1, SMALL), _LABEL, MIDDLE + label_end, "f-soft"))
        label_end += SMALL_STEP
    row = last = 0.0
    for tie in group.shown:
        last = row
        drawn, row = _row(tie, spine, row)
        parts.append(drawn)
    if last:
        parts.append(line(spine, 0, spine, last, "f-line"))
    return moved(0, y - MIDDLE, *parts), y + max(row, label_end + ROW - SMALL_STEP)


def _row(tie: Tie, spine: float, y: float) -> tuple[str, float]:
    """One party: a tick and a mark for the tone, the name, and what is to be said of the time.

    Drawn about the point where it leaves the spine; returns it and where the next row leaves.
    """
    room = NARROW - spine - _NAME
    name = fit(tie.name, room)
    tag = LATER if tie.later else UNSURE if tie.unsure else ""
    height = name.height
    class_ = "f-later" if tie.later else "f-soft"
    if tag and name.width_with(tag) <= room:
        parts = [write(name, _NAME, MIDDLE, "f-name", tail=(tag, class_))]
    else:
        parts = [write(name, _NAME, MIDDLE, "f-name")]
        if tag:
            parts.append(write(fit(tag, room, 1, SMALL), _NAME, MIDDLE + name.height, class_))
            height += SMALL_STEP
    height = height - name.step + ROW
    hit = element("rect", x=_NAME - 4, y=MIDDLE - 19, width=room + 4, height=height, rx=3, class_="f-hit")
    dashed = " f-dashed" if tie.later or tie.unsure else ""
    return moved(spine, y, line(0, 0, 10, 0, f"f-line{dashed}"), _MARKS[tie.tone], link(
        tie.href, hit if tie.href else "", *parts, full=tie.name if name.cut else None)), y + height


_MARKS: dict[Tone, str] = {
    "with": element("circle", cx=13.5, r=3.5, class_="f-with"),
    "against": element("path", d="M10.5-3l6 6m0-6l-6 6", class_="f-against"),
    "neutral": element("circle", cx=13.5, r=3, class_="f-neutral"),
}
"""A dot for a tie of support, a cross for one of opposition, a ring for any other."""


def _description(figure: Ties, groups: Sequence[_Group], left_out: int) -> str:
    total = len(figure.ties)
    kinds = listing(f"{group.words} ({group.size})" for group in groups)
    text = f"A bracket from {figure.centre} to {total} direct {'tie' if total == 1 else 'ties'}: {kinds}."
    if left_out:
        text += f" {left_out} of them are left out here and stand in the list on this page."
    return text + (" A dot marks support, a cross opposition, a ring any other tie; a dashed line one that came later"
                   " or is not certain.")
