"""Two clocks: what was the case on a day, and what was known by that day.

The first clock asks a statement's own date, the second when its sources were published. A date that is too rough to
tell never counts as certain. `RULES` is the whole rule as a table; the site and the reference show it.
"""

from __future__ import annotations


from generator.dates import CURRENT, LATER, PAST, Edtf
from generator.dossier import Dossier
from generator.models import CARRIED_BY_BRIEF, Brief, Source
from generator.models.base import Record
from generator.statements import named_in
from generator.values import Value

MOMENT, PERIOD = "moment", "period"
"""Two ways of being dated: what happens once and stays so until something else follows, and what holds for a time."""

NOT_YET, PERHAPS, CASE, OVER = "not yet", "perhaps", "the case", "over"
"""How a dated statement stands to a day. `over` is only said of what holds for a time."""


def stands(date: Edtf, way: str, day: Edtf) -> str:
    """How a statement of that date stands to the day: NOT_YET, PERHAPS, CASE or OVER."""
    if way == MOMENT:
        return CASE if date.has_begun(day) else NOT_YET if date.is_later(day) else PERHAPS
    return {PAST: OVER, CURRENT: CASE, LATER: NOT_YET}.get(date.on(day), PERHAPS)


class Rule(Value):
    """One row of the table: a date as typed, the way of what it dates, and how that stands to some days."""

    date: str
    way: str
    says: str
    """What the date means, in words."""
    on: tuple[tuple[str, str], ...]
    """Days, each with how the statement stands to it."""


def rules(year: int) -> tuple[Rule, ...]:
    """The rule of rough dates, with the days of one year."""
    y, before = f"{year:04}", f"{year - 1:04}"

    def row(date: str, way: str, says: str, *on: tuple[str, str]) -> Rule:
        return Rule(date, way, says, tuple((day if day.startswith(before) else f"{y}-{day}", word) for day, word in on))

    return (
        row(f"{y}-01-15", MOMENT, "that day", ("01-14", NOT_YET), ("01-15", CASE), ("01-16", CASE)),
        row(f"{y}-01", MOMENT, "on some day of January: certain once the month is over",
            (f"{before}-12-31", NOT_YET), ("01-15", PERHAPS), ("01-31", CASE)),
        row(y, MOMENT, "on some day of the year: certain once the year is over",
            (f"{before}-12-31", NOT_YET), ("06-30", PERHAPS), ("12-31", CASE)),
        row(f"{y}-02-XX", MOMENT, "on some day of February, the day not known",
            ("01-31", NOT_YET), ("02-10", PERHAPS), ("02-28" if year % 4 else "02-29", CASE)),
        row(f"{y}-03~", MOMENT, "about March: a month before and after it are as possible",
            ("01-31", NOT_YET), ("02-15", PERHAPS), ("04-15", PERHAPS), ("04-30", CASE)),
        row(f"{y}-03-10?", MOMENT, "10 March, uncertain: the day before and after are as possible",
            ("03-08", NOT_YET), ("03-10", PERHAPS), ("03-11", CASE)),
        row(f"{y}-01-12/{y}-01-15", MOMENT, "over several days: it has come once it has begun",
            ("01-11", NOT_YET), ("01-12", CASE), ("01-20", CASE)),
        row(f"{y}-01-12/{y}-01-15", PERIOD, "from the first to the last day, both included",
            ("01-11", NOT_YET), ("01-12", CASE), ("01-15", CASE), ("01-16", OVER)),
        row(f"{y}-01/{y}-03", PERIOD, "from some day of January to some day of March",
            ("01-15", PERHAPS), ("02-15", CASE), ("03-15", PERHAPS), ("04-01", OVER)),
        row(f"{y}-01-12/..", PERIOD, "since that day, without an end", ("01-11", NOT_YET), ("12-31", CASE)),
        row(f"{y}-01-12/", PERIOD, "since that day; whether and when it ended is not known",
            ("01-11", NOT_YET), ("01-12", PERHAPS), ("12-31", PERHAPS)),
        row(f"../{y}-01-15", PERIOD, "until that day, from before the dossier's time",
            (f"{before}-12-31", CASE), ("01-15", CASE), ("01-16", OVER)),
        row(f"/{y}-01-15", PERIOD, "until that day; since when is not known",
            (f"{before}-12-31", PERHAPS), ("01-15", CASE), ("01-16", OVER)),
        row(f"{y}-01", PERIOD, "for some time in January", ("01-15", PERHAPS), ("02-01", OVER)),
    )


# --- what was known --------------------------------------------------------------------------

KNOWN, CAME_OUT_LATER, PERHAPS_KNOWN, NO_DATE, NO_SOURCE = "known", "later", "perhaps", "no date", "no source"


class Publication(Value):
    """When a statement came out: its first dated source, and whether there are sources, or undated ones."""

    first: Edtf | None
    sources: bool
    undated: bool

    def by(self, day: Edtf) -> str:
        """Whether it was known by the day: KNOWN, CAME_OUT_LATER, PERHAPS_KNOWN, NO_DATE (a source without a date
        of publication may have been earlier) or NO_SOURCE."""
        if self.first is not None and self.first.has_begun(day):
            return KNOWN
        if self.undated:
            return NO_DATE
        if self.first is None:
            return NO_SOURCE
        return CAME_OUT_LATER if self.first.is_later(day) else PERHAPS_KNOWN


def publication(dossier: Dossier, record: Record, brief: Brief) -> Publication:
    """When a record's sources were published: those it names, or cites in its text. What the brief's own sources
    carry rests on these where it names none."""
    cited = [citation.id for citation in getattr(record, "sources", ())] or sorted(named_in(record))
    if not cited and isinstance(record, (Brief, *CARRIED_BY_BRIEF)):
        cited = [citation.id for citation in getattr(brief, "sources", ())]
    found = [source for source in map(dossier.briefs.get, cited) if isinstance(source, Source)]
    dates = [source.date for source in found if source.date is not None]
    first = min(dates, key=lambda date: (date.end_latest or date.start_latest, date.sort_key)) if dates else None
    return Publication(first, bool(found), len(dates) < len(found))
