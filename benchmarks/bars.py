"""The bars: what is measured, against what, and how much is asked. Another bar is another row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from measuring import NotMeasured, Samples

AT_LEAST, AT_MOST = "at least", "at most"
OWN = -1
"""The size under which the project's own dossier is kept, which has one of its own."""
NOT_HERE = "not in this run"

Measure = Callable[[Samples], float]


@dataclass(frozen=True)
class Bar:
    """One row: `measured` against `bar`. A row without a bar is only reported beside."""

    what: str
    at: str
    how: str
    measure: Measure
    bar: float | None = None
    direction: str = AT_LEAST
    unit: str = "x"

    def measured(self, samples: Samples) -> float | None:
        """The value, or None where this run did not measure it."""
        try:
            return self.measure(samples)
        except NotMeasured:
            return None

    def verdict(self, value: float | None) -> str:
        if value is None:
            return NOT_HERE
        if self.bar is None:
            return ""
        met = value >= self.bar if self.direction == AT_LEAST else value <= self.bar
        return "met" if met else "missed"


def faster(slow: str, quick: str, size: int) -> Measure:
    """How many times as long the first takes."""
    return lambda samples: samples.median(slow, size) / samples.median(quick, size)


def over(name: str, size: int, other: str, other_size: int) -> Measure:
    return lambda samples: samples.median(name, size) / samples.median(other, other_size)


def difference(name: str, size: int, other: str, other_size: int) -> Measure:
    return lambda samples: samples.median(name, size) - samples.median(other, other_size)


def marginal(name: str, sizes: tuple[int, int, int]) -> Measure:
    """The time a brief adds from the second size to the third, over what it adds from the first to the second."""
    low, middle, high = sizes

    def measure(samples: Samples) -> float:
        later = (samples.median(name, high) - samples.median(name, middle)) / (high - middle)
        return later / ((samples.median(name, middle) - samples.median(name, low)) / (middle - low))

    return measure


def memory_per_thousand(samples: Samples) -> float:
    """The most of all sizes from 1,000 on, the empty build taken off."""
    empty = samples.median("memory", 1)
    sizes = [size for size in samples.sizes("memory") if size >= 1000]
    values = [(samples.median("memory", size) - empty) * 1000 / size for size in sizes]
    if not values:
        raise NotMeasured("memory")
    return max(values)


def largest(name: str) -> Measure:
    """The median at the largest size at which it was measured."""

    def measure(samples: Samples) -> float:
        sizes = samples.sizes(name)
        if not sizes:
            raise NotMeasured(name)
        return samples.median(name, sizes[-1])

    return measure


def by_size(what: str, how: str, slow: str, quick: str, bars: dict[int, float | None]) -> Iterable[Bar]:
    return (Bar(what, f"{size:,}", how, faster(slow, quick, size), bar) for size, bar in bars.items())


STOCK = "stock's time / ours"
HUGO = "Hugo's time / ours"

BARS: tuple[Bar, ...] = (
    *by_size("cold build", STOCK, "stock", "cold", {100: None, 1000: 6, 5000: 9, 10000: 10}),
    *by_size("cold build on one core", STOCK, "stock", "cold, one core",
             {100: None, 1000: None, 5000: None, 10000: None}),
    *by_size("warm, one summary edited", STOCK, "stock", "warm, summary", {1000: 15, 5000: 30, 10000: None}),
    Bar("warm, one summary edited", "1,000", "ours / ours of one brief, cold",
        over("warm, summary", 1000, "cold", 1), 1.25, AT_MOST),
    Bar("warm, one summary edited", "1,000", "ours / ours of one brief, warm as well",
        over("warm, summary", 1000, "warm, summary", 1)),
    *by_size("warm, one title edited", STOCK, "stock", "warm, title", {1000: 8, 5000: 12, 10000: None}),
    *by_size("warm, one source edited", STOCK, "stock", "warm, source", {1000: None, 5000: None, 10000: None}),
    *by_size("warm, one template edited", STOCK, "stock", "warm, template", {1000: None, 5000: None, 10000: None}),
    *by_size("warm, nothing edited", STOCK, "stock", "warm, nothing", {1000: None, 5000: None, 10000: None}),
    Bar("serve: save to page served", "1,000", "ours - ours of one brief",
        difference("serve", 1000, "serve", 1), 0.3, AT_MOST, " s"),
    Bar("serve: save to page served", "1,000", STOCK, faster("stock serve", "serve", 1000), 25),
    Bar("growth, cold: a brief's time", "5,000-10,000", "over that from 1,000 to 5,000",
        marginal("cold", (1000, 5000, 10000)), 1.1, AT_MOST),
    Bar("growth, warm: one summary edited", "10,000", "over that at 1,000",
        over("warm, summary", 10000, "warm, summary", 1000), 3, AT_MOST),
    Bar("peak memory for 1,000 briefs", "largest", "above a dossier with one brief",
        memory_per_thousand, 25, AT_MOST, " MiB"),
    Bar("briefing check", "1,000", "stock's cold build / ours", faster("stock", "check", 1000), 20),
    Bar("growth, check: a brief's time", "5,000-10,000", "over that from 1,000 to 5,000",
        marginal("check", (1000, 5000, 10000)), 1.1, AT_MOST),
    Bar("page weight: the same briefs", "largest", "most that their HTML differs from the smallest dossier's",
        largest("weight, growth"), 2, AT_MOST, " %"),
    Bar("page weight: all briefs, gzipped", "largest", "ours / stock's", largest("weight, packed"), 1, AT_MOST),
    Bar("page weight: all briefs, gzipped", "largest", "how many are no heavier than stock's",
        largest("weight, lighter"), unit=" %"),
    Bar("search: bytes to the first result", "5,000", "of stock's index, gzipped",
        lambda samples: samples.median("search, first bytes of stock's", 5000), 6, AT_MOST, " %"),
    Bar("search: bytes to the first result", "10,000", "over those at 1,000",
        over("search, first bytes", 10000, "search, first bytes", 1000), 1.35, AT_MOST),
    Bar("search: first result, slow phone", "largest", "seconds", largest("search, first result"), 1, AT_MOST, " s"),
    Bar("the project's own dossier", "", STOCK, faster("stock", "cold", OWN), 4),
    *by_size("beside: Hugo on the same Markdown", HUGO, "hugo", "cold",
             {100: None, 1000: None, 5000: None, 10000: None}),
    *by_size("beside: Zensical on the same Markdown", "Zensical's time / ours", "zensical", "cold",
             {100: None, 1000: None, 5000: None, 10000: None}),
)


def number(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}{unit}"


@dataclass(frozen=True)
class Row:
    """A row of the table as it is printed."""

    what: str
    at: str
    how: str
    bar: str
    measured: str
    verdict: str


HEAD = Row("what", "briefs", "measured as", "bar", "here", "")


def rows(samples: Samples, bars: Sequence[Bar] = BARS) -> list[Row]:
    """Every bar with what was measured beside it; rows that only report are left out where this run has nothing."""
    found = []
    for bar in bars:
        value = bar.measured(samples)
        if bar.bar is None and value is None:
            continue
        asked = f"{bar.direction} {bar.bar:g}{bar.unit}" if bar.bar is not None else "-"
        shown = number(value, bar.unit) if value is not None else "-"
        found.append(Row(bar.what, bar.at, bar.how, asked, shown, bar.verdict(value)))
    return found


def _cells(row: Row) -> tuple[str, ...]:
    return row.what, row.at, row.how, row.bar, row.measured, row.verdict


def as_text(table: Sequence[Row]) -> str:
    """The table in columns, for a terminal."""
    lines = [_cells(HEAD), *map(_cells, table)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join("  ".join(line).rstrip() for line in padded)


def as_markdown(table: Sequence[Row]) -> str:
    """The table in Markdown."""
    lines = [_cells(HEAD), ("---",) * 6, *map(_cells, table)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
