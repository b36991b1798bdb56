"""How densely a timeline is filled, month by month or coarser, with the main rounds and the dossier's day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.figures.svg import (
    MIDDLE,
    NARROW,
    SMALL,
    drawing,
    element,
    fit,
    line,
    link,
    title,
    width_of,
    write,
)
from generator.values import Value

MOST_BINS = 90
MOST_LABELS = 6
MOST_LANES = 6

# Months in a bin, from fine to coarse; the first that needs at most MOST_BINS bins is taken.
_PERIODS = (1, 3, 12, 60, 120, 600, 1200, 12000)
# Years between the axis' labels.
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")


class Bin(Value):
    """A stretch of time: `key` is its first month (`2031-04`), `later` how many of its entries came after the day."""

    label: str
    key: str
    count: int
    href: str | None = None
    later: int = 0


class Bins(Value):
    """Bins of `period` months each, without a gap; empty ones have the count 0."""

    period: int
    bins: tuple[Bin, ...]


class Band(Value):
    """A round or the like: its first and last month, `2031-04`, or day, `2031-04-02`."""

    label: str
    start: str
    end: str


class Strip(Value):
    bins: Bins
    as_of: str
    """The day, as `2031-06-01`."""
    as_of_label: str
    """The day in words, as `as of 1 June 2031`."""
    bands: tuple[Band, ...] = ()
    """The first MOST_LABELS that find room are labelled."""


_NO_BINS = Bins(1, ())


def bins_by_period(months: Mapping[str, int], later: Mapping[str, int] | None = None,
                   hrefs: Mapping[str, str] | None = None) -> Bins:
    """Entries by month gathered into at most MOST_BINS bins.

    months: how many entries each month (`2031-04`) has. later: how many of these came after the day. hrefs: where a
    month's entries stand; a bin of several months leads to the first of them that has any. Bins begin at the turn of
    their period (a quarter in January, April...) and run from the first month with an entry to the last.
    """
    counts = {_index(month): count for month, count in months.items() if count > 0}
    if not counts:
        return _NO_BINS
    after = {_index(month): count for month, count in (later or {}).items()}
    targets = {_index(month): href for month, href in (hrefs or {}).items()}
    first, last = min(counts), max(counts)
    period = next((length for length in _PERIODS if last // length - first // length < MOST_BINS), _PERIODS[-1])
    # Months with entries only are visited, however long the span.
    by_bin: dict[int, list[int]] = {}
    for month in sorted(counts):
        by_bin.setdefault(month // period, []).append(month)
    bins = []
    for place in range(first // period, last // period + 1):
        inside = by_bin.get(place, [])
        bins.append(Bin(_words(place * period, period), _key(place * period), sum(counts[m] for m in inside),
                        next((targets[m] for m in inside if m in targets), None),
                        sum(min(after.get(m, 0), counts[m]) for m in inside)))
    return Bins(period, tuple(bins))


def _index(date: str) -> int:
    """A month's place among all months, from `2031-04` or `2031-04-02`."""
    year, month = date.lstrip("-").split("-")[:2]
    return (-1 if date.startswith("-") else 1) * int(year) * 12 + int(month) - 1


def _key(index: int) -> str:
    year = index // 12
    return f"{'-' if year < 0 else ''}{abs(year):04}-{index % 12 + 1:02}"


def _words(index: int, period: int) -> str:
    year, month = divmod(index, 12)
    if period == 1:
        return f"{_MONTHS[month]} {year}"
    if period < 12:
        return f"{_MONTHS[month]} to {_MONTHS[month + period - 1]} {year}"
    return str(year) if period == 12 else f"{year} to {year + period // 12 - 1}"


# --- the drawing -----------------------------------------------------------------------------


class _Scale(Value):
    """From months to the drawing's units."""

    first: int
    unit: float
    width: float

    def x(self, month: float) -> float:
        return min(max((month - self.first) * self.unit, 0), self.width)

    def day(self, date: str, end: bool = False) -> float:
        """The place of a day; of a month its start or its end."""
        parts = date.lstrip("-").split("-")
        within = int(end) if len(parts) < 3 else min((int(parts[2]) - 1 + int(end)) / 31, 1)
        return self.x(_index(date) + within)


_HEADROOM, _AXIS, _LANE = 42, 20, 19


def strip(figure: Strip, prefix: str, width: int = NARROW) -> str:
    """The strip, so many units wide; the empty text where there is no entry."""
    bins = figure.bins.bins
    if not any(entry.count for entry in bins):
        return ""
    scale = _Scale(_index(bins[0].key), width / (len(bins) * figure.bins.period), width)
    height = 84 if width > NARROW else 72
    base = _HEADROOM + height
    most = max(bins, key=lambda entry: entry.count)
    marker = scale.day(figure.as_of, end=True)

    hatch = f"{prefix}-hatch"
    parts = [
        _hatch(hatch),
        line(0, _HEADROOM, width, _HEADROOM, "f-rule"),
        _most(most, marker, width),
        *_axis(bins, scale, figure.bins.period, base),
        *[_bar(entry, scale, figure.bins.period, base, height / most.count, hatch) for entry in bins if entry.count],
        line(0, base, width, base, "f-line"),
        *_marker(figure, marker, base, width, hatch),
    ]
    bands, bottom = _bands(figure.bands, scale, base + _AXIS + 4, width)
    shape = "f-wide" if width > NARROW else "f-narrow"
    return drawing(f"figure-strip {shape}", prefix, "Entries of the timeline over time", _description(figure, most),
                   (width, bottom + 4), *parts, *bands, links=any(entry.href for entry in bins))


def _hatch(name: str) -> str:
    """Stripes for what came later: they show on the thinnest bar, in print and without colours."""
    stripe = element("path", d="M0 1H4", class_="f-hatch")
    return element("defs", element("pattern", stripe, id=name, width=4, height=4, patternUnits="userSpaceOnUse"))


def _bar(entry: Bin, scale: _Scale, period: int, base: float, unit: float, hatch: str) -> str:
    """A bin's bar, what came later on top. The link takes the whole height, so that low bars can be hit.

    Bars are left out of the tab order: keyboards go by the years below, a dozen stops instead of ninety.
    """
    x1 = scale.x(_index(entry.key))
    x2 = scale.x(_index(entry.key) + period)
    gap = 1 if x2 - x1 < 8 else 2
    bar_width = min(x2 - x1 - gap, 40)
    x = x1 + (x2 - x1 - bar_width) / 2
    top = base - max(entry.count * unit, 2)
    split = base - (base - top) * (entry.count - entry.later) / entry.count
    parts = [title(f"{entry.label}: {entry.count} {'entry' if entry.count == 1 else 'entries'}{_later(entry)}"),
             element("rect", x=x1, y=_HEADROOM, width=x2 - x1, height=base - _HEADROOM, class_="f-hit")]
    if split < base:
        parts.append(element("rect", x=x, y=split, width=bar_width, height=base - split, class_="f-bar"))
    if entry.later:
        parts.append(element("rect", x=x, y=top, width=bar_width, height=split - top, fill=f"url(#{hatch})",
                             class_="f-bar-later"))
    return link(entry.href, *parts, tabindex=-1 if entry.href else None)


def _later(entry: Bin) -> str:
    if not entry.later:
        return ""
    return ", later" if entry.later == entry.count else f", {entry.later} of them later"


def _most(most: Bin, marker: float, width: int) -> str:
    """What the highest bar stands for, over the line that it reaches; on the side where the day is not."""
    fitted = fit(f"most: {most.count} in {most.label}", width, 1, SMALL)
    right = marker < fitted.width + 8
    return write(fitted, width if right else 0, _HEADROOM - 6, "f-soft", "end" if right else None)


def _marker(figure: Strip, x: float, base: float, width: int, hatch: str) -> list[str]:
    """The day, as a line through the bars with its label on top, and a word for what is beyond it."""
    label = fit(figure.as_of_label, width - 6, 1, SMALL)
    parts = [line(x, _HEADROOM, x, base, "f-halo"), line(x, 0, x, base, "f-day")]
    if x - 6 - label.width >= 0:
        free_left, free_right = x - 6 - label.width, x + 6
        parts.append(write(label, x - 6, 12, "f-day-label", "end"))
    else:
        start = min(x + 6, width - label.width)
        free_left, free_right = 0, start + label.width + 12
        parts.append(write(label, start, 12, "f-day-label"))
    later = fit("later", width, 1, SMALL)
    if not any(entry.later for entry in figure.bins.bins):
        return parts
    if free_right == x + 6 and free_right + later.width <= width:
        parts.append(write(later, free_right, 12, "f-later"))
    elif free_left >= later.width + 30:
        parts += [_swatch(0, hatch), write(later, 18, 12, "f-later")]
    elif free_right + later.width + 18 <= width:
        parts += [_swatch(width - later.width - 18, hatch), write(later, width, 12, "f-later", "end")]
    return parts


def _swatch(x: float, hatch: str) -> str:
    return element("rect", x=x + .5, y=2, width=12, height=10, fill=f"url(#{hatch})", class_="f-bar-later")


# --- the axis --------------------------------------------------------------------------------


def _axis(bins: Sequence[Bin], scale: _Scale, period: int, base: float) -> list[str]:
    """Years at their first day, as many as find room; where there are none, the months at both ends."""
    first = _index(bins[0].key)
    end = first + len(bins) * period
    years = range(-(-first // 12), -(-end // 12))
    if len(years) < 2 and period < 12:
        return _ends(bins, scale, base)
    widest = max(width_of(str(year), SMALL) for year in (years[0], years[-1]))
    step = next((step for step in _STEPS if step * 12 * scale.unit >= widest + 12), _STEPS[-1])
    labels = [(year * 12, scale.x(year * 12), year) for year in years if not year % step]
    if first % 12 and (step == 1 or not labels or labels[0][1] >= widest + 12):
        labels.insert(0, (first, 0, first // 12))
    parts: list[str] = []
    right = -6.0
    for month, x, year in labels:
        label = max(min(x + 4, scale.width - widest), 0) if month % 12 == 0 else 0
        if label < right + 6:
            continue
        right = label + widest
        if month % 12 == 0:
            parts.append(line(x, base, x, base + 6, "f-line"))
        parts.append(_year(str(year), _first_href(bins, month, (year // step + 1) * step * 12), label, base, widest))
    return parts


def _ends(bins: Sequence[Bin], scale: _Scale, base: float) -> list[str]:
    first, last = fit(bins[0].label, scale.width, 1, SMALL), fit(bins[-1].label, scale.width, 1, SMALL)
    if len(bins) == 1:
        return [write(first, scale.width / 2, base + 17, "f-soft", "middle")]
    parts = [write(first, 0, base + 17, "f-soft")]
    if first.width + last.width + 12 <= scale.width:
        parts.append(write(last, scale.width, base + 17, "f-soft", "end"))
    return parts


def _first_href(bins: Sequence[Bin], start: int, end: int) -> str | None:
    return next((entry.href for entry in bins if entry.href and start <= _index(entry.key) < end), None)


def _year(label: str, href: str | None, x: float, base: float, width: float) -> str:
    hit = element("rect", x=x - 3, y=base + 2, width=width + 6, height=24, rx=3, class_="f-hit")
    return link(href, hit if href else "", write(fit(label, width + 20, 1, SMALL), x, base + 17, "f-soft"))


# --- rounds ----------------------------------------------------------------------------------


def _bands(bands: Sequence[Band], scale: _Scale, y: float, width: int) -> tuple[list[str], float]:
    """Rounds as bars below the axis, each in the first lane with room for it and its label."""
    lanes: list[list[tuple[float, float]]] = []
    parts = []
    labelled = 0
    for band in bands:
        x1, x2 = scale.day(band.start), scale.day(band.end, end=True)
        if x2 <= 0 or x1 >= width:
            continue
        x2 = min(max(x2, x1 + 4), width)
        x1 = min(x1, x2 - 4)
        label = fit(band.label, width / 2, 1, SMALL)
        spans = _spans(x1, x2, label.width, width) if labelled < MOST_LABELS else []
        place = _place(lanes, [*spans, (x1 - 3, x2 + 3, None)])
        if place is None:
            continue
        lane, text_x = place
        labelled += text_x is not None
        middle = y + lane * _LANE + 10
        drawn = [title(f"{band.label}: {_span_words(band)}"),
                 element("rect", x=x1, y=middle - 2.5, width=x2 - x1, height=5, class_="f-band")]
        if text_x is not None:
            drawn.append(write(label, text_x, middle + MIDDLE, "f-name"))
        parts.append(element("g", *drawn))
    return parts, y + len(lanes) * _LANE


def _spans(x1: float, x2: float, label: float, width: int) -> list[tuple[float, float, float | None]]:
    """Where a band and its label may stand: the label after the band or before it, with where its text begins."""
    spans: list[tuple[float, float, float | None]] = []
    if x2 + 5 + label <= width:
        spans.append((x1 - 6, x2 + 5 + label + 6, x2 + 5))
    if x1 - 5 - label >= 0:
        spans.append((x1 - 5 - label - 6, x2 + 6, x1 - 5 - label))
    return spans


def _place(lanes: list[list[tuple[float, float]]],
           spans: Sequence[tuple[float, float, float | None]]) -> tuple[int, float | None] | None:
    """The first lane in which one of the spans is free, opening a new one if need be; takes it."""
    for left, right, text_x in spans:
        for index, lane in enumerate([*lanes, []]):
            if index < MOST_LANES and all(right <= start or left >= end for start, end in lane):
                if index == len(lanes):
                    lanes.append([])
                lanes[index].append((left, right))
                return index, text_x
    return None


def _span_words(band: Band) -> str:
    start, end = (_words(_index(date), 1) for date in (band.start, band.end))
    return start if start == end else f"{start} to {end}"


def _description(figure: Strip, most: Bin) -> str:
    bins = figure.bins.bins
    entries = sum(entry.count for entry in bins)
    each = {1: "month", 3: "quarter", 12: "year"}.get(figure.bins.period, f"{figure.bins.period // 12} years")
    first, last = bins[0].label, bins[-1].label
    text = (f"{'One bar' if len(bins) == 1 else f'Bars, one for each {each}'}, of {entries} "
            f"{'entry' if entries == 1 else 'entries'} in {first}" + ("" if first == last else f" up to {last}")
            + f"; most, {most.count}, in {most.label}. A line marks {figure.as_of_label}.")
    if any(entry.later for entry in bins):
        text += " What came later is striped."
    if figure.bands:
        text += " Rounds are marked below the axis."
    return text
