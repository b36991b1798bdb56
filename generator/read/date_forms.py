"""What a text that is no EDTF date most probably means: the forms in which people write dates.

Nothing here is accepted as a date; it only fills the message that says what to write instead.
"""

from __future__ import annotations

import re

from generator.dates import Edtf, EdtfError

_MONTHS = {name: number for number, names in enumerate((
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sep sept", "october oct", "november nov", "december dec"), 1) for name in names.split()}

_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<y>\d{4})"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in (
    rf"{_YEAR}[-/. ](?P<m>\d{{1,2}})[-/. ](?P<d>\d{{1,2}})",
    rf"{_YEAR}(?P<m>\d{{2}})(?P<d>\d{{2}})",
    rf"{_YEAR}[-/. ](?P<m>\d{{1,2}})",
    rf"(?P<m>\d{{1,2}})[-/.]{_YEAR}",
    rf"(?:\w+day,? )?(?:the )?{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
    rf"(?:\w+day,? )?{_MONTH} {_DAY},? {_YEAR}",
    rf"{_YEAR},? {_MONTH}(?: {_DAY})?",
    rf"{_MONTH},?[ -](?:of )?{_YEAR}",
))
_NUMBERS = re.compile(rf"(?P<a>\d{{1,2}})[-/. ](?P<b>\d{{1,2}})[-/. ]{_YEAR}")
_DECADE = re.compile(r"(?:the )?(\d{3})0'?s", re.IGNORECASE)
_ABOUT = re.compile(r"(?:about|around|circa|ca\.?|c\.|approx\.?|approximately)\s*(.+)", re.IGNORECASE)
_SINCE = re.compile(r"(?:since|from)\s+(.+)|(.+?)\s*(?:-|\u2013|\u2014)", re.IGNORECASE)
_BETWEEN = re.compile(r"between (?P<a>.+?) and (?P<b>.+)", re.IGNORECASE)
_BEFORE = re.compile(r"(?:before|until|till|by|up to)\s+(.+)", re.IGNORECASE)
_PART = re.compile(r"(?:(?:the )?(?:early|mid|late|beginning of|start of|middle of|end of))[ -](.+)", re.IGNORECASE)
_PERIOD = re.compile(r"(?:from )?(.+?)(?:\s+(?:to|until|till)\s+|\s+[-\u2013\u2014]\s+|\s*[\u2013\u2014]\s*|\.\.)(.+)",
                     re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})[-\u2013\u2014](\d{4})")
_DAYS = re.compile(rf"(\d{{1,2}})\s*(?:-|\u2013|\u2014|to)\s*(\d{{1,2}} {_MONTH},? {_YEAR})", re.IGNORECASE)


def likely_dates(text: str) -> tuple[str, ...]:
    """The EDTF dates that a text may mean: one where it is certain, two where day and month may change places."""
    text = " ".join(text.split())
    if (plain := _plain(text)) != text and _is_date(plain):
        return (plain,)
    if match := _BETWEEN.fullmatch(text):
        return _between(match["a"], match["b"])
    if match := _NUMBERS.fullmatch(text):
        return _day_and_month(match["y"], int(match["a"]), int(match["b"]))
    found = _one(text)
    return (found,) if found and found != text and _is_date(found) else ()


def _plain(text: str) -> str:
    """A date that only its dashes, spaces or small letters keep from being one."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).replace(" ", "")
    text = re.sub(r"/(?:present|now|today|ongoing|open)$", "/..", text, flags=re.IGNORECASE)
    return text.replace("x", "X")


def _between(first: str, second: str) -> tuple[str, ...]:
    """`between 1 and 3 March 2031`: all of these days, or one of them, which only the month can say."""
    last = _one(second)
    start = _one(first) or _one(f"{first} {second.partition(' ')[2]}")
    if not (start and last and _is_date(f"{start}/{last}")):
        return ()
    shared = start.rpartition("-")[0]
    return (f"{start}/{last}", *([shared] if shared and last.startswith(shared) else []))


def _day_and_month(year: str, first: int, second: int) -> tuple[str, ...]:
    """`03/02/2031`: the day first, as most of the world writes, then the month first."""
    both = (f"{year}-{second:02d}-{first:02d}", f"{year}-{first:02d}-{second:02d}")
    return tuple(dict.fromkeys(date for date in both if _is_date(date)))


def _one(text: str) -> str:
    if _is_date(text):
        return text
    for form in _FORMS:
        if match := form.fullmatch(text):
            return _written(match.groupdict())
    return _wider(text)


def _wider(text: str) -> str:
    """Decades, dates that are not exact, and periods."""
    if match := _DECADE.fullmatch(text):
        return f"{match[1]}X"
    if match := _ABOUT.fullmatch(text):
        inner = _one(match[1])
        return f"{inner}~" if inner and "/" not in inner else ""
    if match := _YEARS.fullmatch(text):
        return f"{match[1]}/{match[2]}"
    if match := _DAYS.fullmatch(text):
        last = _one(match[2])
        return f"{last[:8]}{int(match[1]):02d}/{last}" if last else ""
    if match := _PERIOD.fullmatch(text):
        sides = [_one(side) for side in _with_years(*match.groups())]
        return "/".join(sides) if all(sides) and not any("/" in side for side in sides) else ""
    if match := _BEFORE.fullmatch(text):
        end = _one(match[1])
        return f"../{end}" if end and "/" not in end else ""
    if match := _PART.fullmatch(text):
        whole = _one(match[1])
        return whole if re.fullmatch(r"\d{4}(?:-\d\d)?", whole) else ""
    if match := _SINCE.fullmatch(text):
        start = _one(match[1] or match[2])
        return f"{start}/.." if start and "/" not in start else ""
    return ""


def _with_years(first: str, last: str) -> tuple[str, str]:
    """Both sides of a period, with the year of the last where the first names a month and no year."""
    year = re.search(r"\b\d{4}\b", last)
    named = re.search(rf"\b{_MONTH}", first, re.IGNORECASE)
    return (f"{first} {year[0]}", last) if year and named and not re.search(r"\d{4}", first) else (first, last)


def _written(parts: dict[str, str | None]) -> str:
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts.get("m") or 0)
    day = parts.get("d")
    return f"{parts['y']}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def _is_date(text: str) -> bool:
    try:
        Edtf.parse(text)
    except EdtfError:
        return False
    return True
