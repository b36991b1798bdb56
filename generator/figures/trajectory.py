"""Positions over time: a line an actor, in steps between for, conditional and against, on one scale of days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from generator.figures.svg import (
    NAME_STEP,
    NARROW,
    ROW,
    SMALL,
    drawing,
    element,
    fit,
    line,
    link,
    listing,
    width_of,
    write,
)
from generator.values import Value

MOST_LINES = 10
MOST_TICKS = 40

LEVELS = ("supports", "conditional", "opposes", "unclear")
"""From the upper line to the lower; the last stands below the others, outside their order."""

_LEVEL = 11
_EDGE = ROW / 2
_BELOW_NAME = 13
_BETWEEN = 8
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Dot(Value):
    """A position: from the first to the last day it may be of."""

    first: date
    last: date
    stance: str
    words: str
    """Its date and stance in words: `20 May 2031: conditional`."""
    href: str
    inferred: bool = False
    sure: bool = True
    """Whether it certainly came after the one before it, and stands alone on its date."""


class Course(Value):
    """Somebody's dated positions, in order; those of one date stand one after another."""

    name: str
    dots: tuple[Dot, ...]

    @property
    def moves(self) -> bool:
        return len({dot.stance for dot in self.dots}) > 1


class Trajectory(Value):
    demand: str
    courses: tuple[Course, ...]
    day: date
    day_label: str


class _Scale(Value):
    first: date
    last: date

    def x(self, day: date) -> float:
        days = (self.last - self.first).days or 1
        return round(_EDGE + (day - self.first).days / days * (NARROW - 2 * _EDGE), 1)


def trajectory(figure: Trajectory, prefix: str) -> str:
    """The courses of at most MOST_LINES actors, those that move first; the empty text where nobody has two positions.

    Everything is drawn to one scale, which holds the day as well. Positions too near each other to be hit one by one
    share a link to the first of them.
    """
    courses = [course for course in figure.courses if len(course.dots) > 1]
    shown = sorted(courses, key=lambda course: not course.moves)[:MOST_LINES]
    if not shown:
        return ""
    days = [day for course in shown for dot in course.dots for day in (dot.first, dot.last)]
    scale = _Scale(min(*days, figure.day), max(*days, figure.day))
    y = 16.0 + _BETWEEN
    drawn, tall = [], []
    for course in shown:
        part, top, y = _course(course, scale, y)
        drawn.append(part)
        tall.append((top, y - _BETWEEN - NAME_STEP + _BELOW_NAME))
    left_out = len(courses) - len(shown)
    frame = _frame(figure, scale, tall, y)
    if left_out:
        drawn.append(write(fit(f"and {left_out} more in the list", NARROW, 1, SMALL), 0, y + 36, "f-soft"))
    return drawing("figure-trajectory", prefix, f"Positions over time: {figure.demand}", _description(shown, left_out),
                   (NARROW, y + (40 if left_out else 20)), frame, *drawn, links=True)


def _course(course: Course, scale: _Scale, y: float) -> tuple[str, float, float]:
    """One actor: the name, three lines to stand on, the steps between them and the dots; and where these begin, and
    the next actor does."""
    name = fit(course.name, NARROW, 1)
    levels = 4 if any(dot.stance == "unclear" for dot in course.dots) else 3
    top = y + _BELOW_NAME + 6
    lines = "".join(f"M0 {_at(top + _LEVEL * level)}H{NARROW}" for level in range(3))
    rules = element("path", d=lines, class_="f-rule")
    places = [(dot, scale.x(dot.first), scale.x(dot.last), top + _LEVEL * LEVELS.index(dot.stance))
              for dot in course.dots]
    marks = [(dot, (x1 + x2) / 2, mark) for (dot, x1, x2, level), mark in
             zip(places, map(_mark, places), strict=True)]
    height = _LEVEL * (levels - 1) + 14
    clusters = [_cluster(course.name, cluster, top - 7, height) for cluster in _clusters(marks)]
    return element("g", link(None, write(name, 0, y + 6, "f-name"), full=course.name if name.cut else None), rules,
                   *_steps(places), *clusters), top - 7, top - 7 + height + _BETWEEN + NAME_STEP - _BELOW_NAME


_Place = tuple[Dot, float, float, float]


def _steps(places: Sequence[_Place]) -> Iterator[str]:
    """The steps from each position to the next: none from or to what is unclear, or between those of one date."""
    paths: dict[str, list[str]] = {}
    for (one, _, x1, y1), (other, x2, x3, y2) in pairwise(places):
        same = (one.first, one.last) == (other.first, other.last)
        if "unclear" in (one.stance, other.stance) or same and one.stance == other.stance:
            continue
        # Dashed: what rests on an inference, and where the dates do not say which came first.
        class_ = "f-step" if other.sure and not (one.inferred or other.inferred) else "f-step f-dashed"
        start, end = (x1 if same else min(x1, x3)), (x1 if same else max(x2, min(x1, x3)))
        step = f"M{_at(start)} {_at(y1)}H{_at(end)}"
        paths.setdefault(class_, []).append(step + (f"V{_at(y2)}" if y1 != y2 else ""))
    for class_, found in paths.items():
        yield element("path", d="".join(found), class_=class_)


def _mark(place: _Place) -> str:
    """A dot for support, a ring for conditional support, a cross for opposition, a question mark for unclear; on a bar
    over the time it may be of, and in a dashed ring where it is an inference."""
    dot, x1, x2, y = place
    x = (x1 + x2) / 2
    mark = {
        "supports": element("circle", cx=x, cy=y, r=4, class_="f-with"),
        "conditional": element("circle", cx=x, cy=y, r=3.5, class_="f-part"),
        "opposes": element("path", d=f"M{_at(x - 3.5)} {_at(y - 3.5)}l7 7m-7 0l7 -7", class_="f-against"),
        "unclear": element("text", "?", x=x, y=y + 4.5, class_="f-soft", text_anchor="middle", font_size=SMALL),
    }[dot.stance]
    bar = line(x1, y, x2, y, "f-span") if x2 - x1 > 8 else ""
    return bar + mark + (element("circle", cx=x, cy=y, r=7, class_="f-empty") if dot.inferred else "")


def _clusters(marks: Sequence[tuple[Dot, float, str]]) -> Iterator[list[tuple[Dot, float, str]]]:
    """Marks in the order of their places, those nearer to each other than a finger together."""
    cluster: list[tuple[Dot, float, str]] = []
    for mark in sorted(marks, key=lambda entry: entry[1]):
        if cluster and mark[1] - cluster[-1][1] >= ROW:
            yield cluster
            cluster = []
        cluster.append(mark)
    yield cluster


def _cluster(name: str, cluster: Sequence[tuple[Dot, float, str]], top: float, height: float) -> str:
    left, right = cluster[0][1] - _EDGE, cluster[-1][1] + _EDGE
    hit = element("rect", x=left, y=top, width=right - left, height=height, rx=3, class_="f-hit")
    words = f"{name}, {'; '.join(dot.words for dot, _, _ in cluster)}"
    # For pointers: the records stand below, in the order of the page, for whoever goes by keyboard.
    return link(cluster[0][0].href, hit, *(mark for _, _, mark in cluster), full=words, tabindex=-1)


# --- the frame -------------------------------------------------------------------------------


def _frame(figure: Trajectory, scale: _Scale, tall: Sequence[tuple[float, float]], bottom: float) -> str:
    """The day as an upright line at each actor with its label above, and the turns of months or years below."""
    x = scale.x(figure.day)
    width = width_of(figure.day_label, SMALL)
    at = min(max(x, width / 2), NARROW - width / 2)
    upright = "".join(f"M{_at(x)} {_at(top)}V{_at(end)}" for top, end in ((14, 19), *tall, (bottom - 6, bottom)))
    parts = [element("path", d=upright, class_="f-day"),
             write(fit(figure.day_label, NARROW, 1, SMALL), at, 10, "f-day-label", anchor="middle")]
    free = -10.0
    for day, label in _ticks(scale):
        x, width = scale.x(day), width_of(label, SMALL)
        at = min(max(x, width / 2), NARROW - width / 2)
        if at - width / 2 > free:
            parts += [line(x, bottom - 3, x, bottom + 3, "f-line"),
                      write(fit(label, NARROW, 1, SMALL), at, bottom + 16, "f-soft", anchor="middle")]
            free = at + width / 2 + 8
    return element("g", line(0, bottom, NARROW, bottom, "f-line"), *parts)


def _ticks(scale: _Scale) -> list[tuple[date, str]]:
    """The turns of years or of months within the scale; its ends where there are fewer than two of them."""
    first, last = scale.first, scale.last
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    if len(years) > 1:
        step = len(years) // MOST_TICKS + 1
        return [(day, str(day.year)) for day in years[::step]]
    months = [date(number // 12, number % 12 + 1, 1)
              for number in range(first.year * 12 + first.month, last.year * 12 + last.month)]
    if len(months) > 1:
        return [(day, _MONTHS[day.month - 1] + (f" {day.year}" if day.month == 1 or day == months[0] else ""))
                for day in months]
    return [(day, f"{day.day} {_MONTHS[day.month - 1]} {day.year}") for day in (first, last)]


def _description(courses: Sequence[Course], left_out: int) -> str:
    told = [f"{course.name}: {listing(_told(course))}." for course in courses]
    return " ".join(told) + (f" {left_out} more actors are in the list on this page." if left_out else "")


def _told(course: Course) -> Iterator[str]:
    """A course in words: each new stance with its date, and how often one was repeated."""
    last = ""
    for dot in course.dots:
        if dot.stance != last:
            yield dot.words + (" (inferred)" if dot.inferred else "")
        last = dot.stance
    if not course.moves:
        yield f"the same {len(course.dots) - 1} more time{'s' if len(course.dots) > 2 else ''}"


def _at(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
