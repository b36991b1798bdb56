"""What the dates module promises, as tables."""

from __future__ import annotations

import copy
import pickle
from datetime import date, timedelta

import pytest

from generator.dates import CURRENT, LATER, PAST, UNSURE, Edtf, EdtfError, EdtfUnsupported

D = Edtf.parse

SINGLE = [
    "2016", "2016-02", "2016-02-03", "2016~", "2016?", "2016%", "2016-01~", "2016-02?", "2016-01-29~",
    "2016-02-03%", "199X", "19XX", "190X", "200X", "199X~", "19XX~", "000X", "00XX", "2016-XX", "2016-XX~",
    "2016-02-XX", "2016-02-XX?", "2016-XX-XX", "0001", "0001-01-01", "0001~", "9999", "9999~", "9999-12-31",
    "9999-12-31~", "0001-01-01?", "99XX%", "2015-12-31", "2016-01-01", "2017", "2015",
]
INTERVALS = [
    "2016-01/2016-02-03", "2014-01-24/2014-01-31", "2016-01-29/2016-02-03", "2015-12-09/2016-02-03",
    "2016~/2017?", "199X/2016", "19XX/20XX", "2016-XX/2017", "2016/2016", "2016-02/2016-02-03",
    "2015/..", "../2015", "2015/", "/2015", "2015-12-10/..", "2016-01~/..", "/2016-02-03%", "2016-02-03/2016-02",
]
ALL = SINGLE + INTERVALS


def iso(*days: date | None) -> tuple[str | None, ...]:
    return tuple(day and day.isoformat() for day in days)


# -- reading


@pytest.mark.parametrize("text", ALL)
def test_a_date_keeps_its_text_exactly(text):
    assert D(text).text == str(D(text)) == text
    assert D(str(D(text))) == D(text)


def test_dates_typed_the_same_are_one_value():
    assert D("2016-02") == D("2016-02") and hash(D("2016-02")) == hash(D("2016-02"))
    assert D("2016-02") != D("2016-02-XX")
    assert repr(D("2016-02")) == "Edtf(text='2016-02')"


@pytest.mark.parametrize("text", ["2016-02", "2015/..", "/2015~"])
def test_a_date_survives_copying(text):
    D(text).before(D("2017"))
    for twin in (copy.deepcopy(D(text)), pickle.loads(pickle.dumps(D(text)))):
        assert twin == D(text) and twin.sort_key == D(text).sort_key
        assert (twin.open_end, twin.unknown_start) == (D(text).open_end, D(text).unknown_start)


def test_a_date_cannot_be_changed():
    with pytest.raises(AttributeError):
        D("2016").text = "2017"


@pytest.mark.parametrize("text, reason", [
    ("2016-13", "there is no month 13"),
    ("2016-00", "there is no month 00"),
    ("2016-42", "there is no month 42"),
    ("2016-21-05", "there is no month 21"),
    ("2016-13-45", "there is no month 13"),
    ("199X-13", "there is no month 13"),
    ("2016?-13", "there is no month 13"),
    ("2016-02-30", "February 2016 has no day 30"),
    ("2015-02-29", "February 2015 has no day 29"),
    ("1900-02-29~", "February 1900 has no day 29"),
    ("2016-02-00", "February 2016 has no day 00"),
    ("2016-04-45", "April 2016 has no day 45"),
    ("2016-XX-32", "a month has no day 32"),
    ("2016-02-30T17:00Z", "February 2016 has no day 30"),
    ("-0044-13", "there is no month 13"),
    ("2016-02-03/2016-02-02", "the interval ends before it starts"),
    ("2016-02/2016-01", "the interval ends before it starts"),
    ("2016~/2015~", "the interval ends before it starts"),
    ("../..", "an interval needs at least one date"),
    ("/", "an interval needs at least one date"),
    ("/..", "an interval needs at least one date"),
    ("../", "an interval needs at least one date"),
    ("..", "an interval needs at least one date"),
    ("2016/2017/2018", "an interval is two dates with one / between them"),
    ("2016-13/2017", "there is no month 13"),
    ("2016/2017-02-30", "February 2017 has no day 30"),
    ("2016-21/2016-13", "there is no month 13"),
    ("", "it is empty"),
    (" 2016", "there is a space before or after it"),
    ("2016\n", "there is a space before or after it"),
    ("2016-02-03 17:00", 'a time of day goes into "time"'),
    ("2016-02-03T17:0", 'a time of day goes into "time"'),
    ("199x", "an unknown digit is a capital X"),
    ("2016-02-xx", "an unknown digit is a capital X"),
    ("2016-02?~", "approximate and uncertain together are 2016-02%"),
    ("20160203", "year, month and day are written 2016-02-03"),
    ("2016-2-3", "year, month and day are written 2016-02-03"),
    ("2016/02/03", "year, month and day are written 2016-02-03"),
    ("2016-2", "a month has two digits: 2016-02"),
    ("2016/02", 'a year has four digits, and "02" has 2'),
    ("2016\u201302\u201303", "its parts are joined with the plain hyphen, -"),
    ("2016..2017", "an interval is written with / between its dates"),
    ("3 February 2016", "a date is written as 2032, 2032-02 or 2032-02-03"),
    ("soon", "a date is written as 2032, 2032-02 or 2032-02-03"),
    ("2016-9X", "a date is written as 2032, 2032-02 or 2032-02-03"),
    ("\u0662\u0660\u0661\u0666", "a date is written as 2032, 2032-02 or 2032-02-03"),
])
def test_what_is_not_a_date_is_refused_with_a_reason(text, reason):
    with pytest.raises(EdtfError) as caught:
        D(text)
    assert str(caught.value) == reason
    assert not isinstance(caught.value, EdtfUnsupported)


@pytest.mark.parametrize("text, reason", [
    ("2016-21", "a season"),
    ("2016-24~", "a season"),
    ("2016-21/2016-22", "a season"),
    ("2016-33", "level 2: a season, a quarter or another part of a year"),
    ("Y170000002", "a year written with Y"),
    ("Y-17", "a year written with Y"),
    ("Y17E7", "level 2: a year with an exponent or significant digits"),
    ("1950S2", "level 2: a year with an exponent or significant digits"),
    ("-0044", "a year before 0001"),
    ("-0044-03-15", "a year before 0001"),
    ("-0100/2016", "a year before 0001"),
    ("0000", "the year 0000"),
    ("0000-01-01", "the year 0000"),
    ("2016-02-01T17:00Z", 'a date with a time: put the time in "time"'),
    ("2016-02-01T17:00:00+01:00", 'a date with a time: put the time in "time"'),
    ("2016-02-01T17:00", 'a date with a time: put the time in "time"'),
    ("2016-02-01T10:00Z/2016-02-01T12:00Z", 'a date with a time: put the time in "time"'),
    ("[1667,1668,1670..1672]", "level 2: a set of dates"),
    ("[..1760-12-03]", "level 2: a set of dates"),
    ("{1960,1961-12}", "level 2: a set of dates"),
    ("?2016-02", "level 2: a qualifier that is not at the end of the date"),
    ("2016~-02", "level 2: a qualifier that is not at the end of the date"),
    ("2016-?02-03", "level 2: a qualifier that is not at the end of the date"),
    ("2016-02~-03", "level 2: a qualifier that is not at the end of the date"),
    *((text, "level 2: unknown digits other than 199X, 19XX, 2032-XX or 2032-02-XX")
      for text in ("1XXX", "XXXX", "2016-1X", "2016-XX-03", "199X-02", "199X-XX", "156X-12-25", "2016-02-0X")),
])
def test_valid_edtf_beyond_what_is_supported_is_told_apart(text, reason):
    with pytest.raises(EdtfUnsupported) as caught:
        D(text)
    assert str(caught.value) == reason


# -- what was typed


@pytest.mark.parametrize("text, start, end", [
    ("2016-02-03", ("2016-02-03", "2016-02-03"), ("2016-02-03", "2016-02-03")),
    ("2016-02", ("2016-02-01", "2016-02-29"), ("2016-02-01", "2016-02-29")),
    ("2016", ("2016-01-01", "2016-12-31"), ("2016-01-01", "2016-12-31")),
    ("2016-01~", ("2016-01-01", "2016-01-31"), ("2016-01-01", "2016-01-31")),
    ("2016-02-03%", ("2016-02-03", "2016-02-03"), ("2016-02-03", "2016-02-03")),
    ("199X", ("1990-01-01", "1999-12-31"), ("1990-01-01", "1999-12-31")),
    ("19XX", ("1900-01-01", "1999-12-31"), ("1900-01-01", "1999-12-31")),
    ("000X", ("0001-01-01", "0009-12-31"), ("0001-01-01", "0009-12-31")),
    ("2016-XX", ("2016-01-01", "2016-12-31"), ("2016-01-01", "2016-12-31")),
    ("2016-XX-XX", ("2016-01-01", "2016-12-31"), ("2016-01-01", "2016-12-31")),
    ("2016-02-XX", ("2016-02-01", "2016-02-29"), ("2016-02-01", "2016-02-29")),
    ("2016-01/2016-02-03", ("2016-01-01", "2016-01-31"), ("2016-02-03", "2016-02-03")),
    ("2015/..", ("2015-01-01", "2015-12-31"), (None, None)),
    ("2015/", ("2015-01-01", "2015-12-31"), (None, None)),
    ("../2015", (None, None), ("2015-01-01", "2015-12-31")),
    ("/2015", (None, None), ("2015-01-01", "2015-12-31")),
])
def test_bounds_are_those_of_what_is_typed(text, start, end):
    it = D(text)
    assert iso(it.start_earliest, it.start_latest) == start
    assert iso(it.end_earliest, it.end_latest) == end


@pytest.mark.parametrize("text, precision", [
    ("2016-02-03", "day"), ("2016-02-03~", "day"), ("2016-02", "month"), ("2016-02-XX", "month"),
    ("2016", "year"), ("2016-XX", "year"), ("2016-XX-XX", "year"), ("199X", "decade"), ("19XX", "century"),
    ("2016-01/2016-02-03", "month"), ("2016-02-03/2017", "year"), ("2016-02-03/..", "day"), ("/199X", "decade"),
])
def test_precision_is_that_of_the_coarser_side(text, precision):
    assert D(text).precision == precision


@pytest.mark.parametrize("text, approximate, uncertain", [
    ("2016", False, False), ("2016~", True, False), ("2016?", False, True), ("2016%", True, True),
    ("2016~/2017", True, False), ("2016/2017?", False, True), ("2016~/2017?", True, True), ("/2016%", True, True),
    ("2016-XX", False, False),
])
def test_qualifiers_of_either_side_count(text, approximate, uncertain):
    assert (D(text).is_approximate, D(text).is_uncertain) == (approximate, uncertain)


@pytest.mark.parametrize("text, exact", [
    ("2016-02-03", True), ("2016-02-03~", False), ("2016-02-03?", False), ("2016-02", False),
    ("2016-02-XX", False), ("2016-02-03/2016-02-03", False), ("2016-02-03/..", False),
])
def test_an_exact_day_is_single_and_unqualified(text, exact):
    assert D(text).is_exact_day is exact


@pytest.mark.parametrize("text, gaps", [
    ("2016", ""), ("2015/2016", ""), ("2015/..", "open_end"), ("2015/", "unknown_end"),
    ("../2015", "open_start"), ("/2015", "unknown_start"),
])
def test_open_and_unknown_sides_are_told_apart(text, gaps):
    names = ("open_start", "unknown_start", "open_end", "unknown_end")
    assert [name for name in names if getattr(D(text), name)] == gaps.split()
    assert D(text).is_interval is ("/" in text)


# -- comparing


@pytest.mark.parametrize("one, other, relation", [
    ("2016-02-03", "2016-02-04", "before"),
    ("2016-02-03", "2016-02-03", "overlaps"),
    ("2016-02", "2016-02-03", "overlaps"),
    ("2016-02", "2016-03-01", "before"),
    ("2016", "2016-12-31", "overlaps"),
    ("2016", "2017-01", "before"),
    ("199X", "2000", "before"),
    ("2017", "2016-XX", "after"),
    ("2016-01/2016-02-03", "2016-02-04", "before"),
    ("2016-01/2016-02-03", "2016-02-03", "overlaps"),
    ("2015/..", "2050", "overlaps"),
    ("2015/", "2050", "overlaps"),
    ("2015/..", "2014-12-31", "after"),
    ("2015/", "2014-12-31", "after"),
    ("../2015", "1500", "overlaps"),
    ("/2015", "1500", "overlaps"),
    ("../2015", "2016", "before"),
    ("../2015", "2016/..", "before"),
    # Qualified dates reach one unit of their own precision further.
    ("2016-01~", "2016-02-29", "overlaps"),
    ("2016-01~", "2016-03-01", "before"),
    ("2016-01~", "2015-12-01", "overlaps"),
    ("2016-01~", "2015-11-30", "after"),
    ("2016-02-03?", "2016-02-04", "overlaps"),
    ("2016-02-03?", "2016-02-05", "before"),
    ("2016%", "2017", "overlaps"),
    ("2016%", "2018", "before"),
    ("199X~", "2009", "overlaps"),
    ("199X~", "2010", "before"),
    ("19XX?", "2099", "overlaps"),
    ("19XX?", "2100", "before"),
    ("2016-02-XX~", "2016-04-01", "before"),
    ("2016-01~", "2016-03~", "overlaps"),
    ("2016-01~", "2016-04~", "before"),
    ("2015/2016-01~", "2016-02", "overlaps"),
])
def test_before_and_after_are_claimed_only_when_certain(one, other, relation):
    a, b = D(one), D(other)
    assert [name for name in ("before", "after", "overlaps") if getattr(a, name)(b)] == [relation]


@pytest.mark.parametrize("one", ALL)
def test_exactly_one_of_before_after_overlaps_and_mirrored(one):
    a = D(one)
    for b in map(D, ALL):
        assert [a.before(b), a.after(b), a.overlaps(b)].count(True) == 1, b
        assert a.before(b) == b.after(a), b
        assert a.overlaps(b) == b.overlaps(a), b


@pytest.mark.parametrize("text", ALL)
def test_a_date_overlaps_itself(text):
    assert D(text).overlaps(D(text))


@pytest.mark.parametrize("text, day, standing", [
    ("2016-02-03", "2016-02-02", LATER),
    ("2016-02-03", "2016-02-03", CURRENT),
    ("2016-02-03", "2016-02-04", PAST),
    ("2016-02", "2016-02-03", UNSURE),
    ("2016-02", "2016-01-31", LATER),
    ("2016-02", "2016-03-01", PAST),
    ("2016-01/2016-02-03", "2016-01-15", UNSURE),
    ("2016-01/2016-02-03", "2016-01-31", CURRENT),
    ("2016-01/2016-02-03", "2016-02-03", CURRENT),
    ("2016-01/2016-02-03", "2016-02-04", PAST),
    ("2015/2016-02", "2016-02-01", CURRENT),
    ("2015/2016-02", "2016-02-02", UNSURE),
    # The day it ends tells that it had begun.
    ("2016-02/2016-02-03", "2016-02-03", CURRENT),
    ("2015/", "2014-12-31", LATER),
    ("2015/", "2015-06-01", UNSURE),
    ("2015/", "2030-01-01", UNSURE),
    ("2015-03-04/", "2015-03-04", UNSURE),
    ("2015/..", "2014-12-31", LATER),
    ("2015/..", "2015-06-01", UNSURE),
    ("2015/..", "2015-12-31", CURRENT),
    ("2015/..", "2030-01-01", CURRENT),
    ("../2015", "1900-01-01", CURRENT),
    ("../2015", "2015-06-01", UNSURE),
    ("../2015", "2016-01-01", PAST),
    ("/2015", "1900-01-01", UNSURE),
    ("/2015-05-06", "2015-05-06", CURRENT),
    ("/2015", "2016-01-01", PAST),
    ("2016-02-03~", "2016-02-03", UNSURE),
    ("2016-02-03~", "2016-02-04", UNSURE),
    ("2016-02-03~", "2016-02-05", PAST),
    ("2016-01~", "2015-11-30", LATER),
    ("2016-01~", "2015-12-01", UNSURE),
    ("2016-01~/..", "2016-02-28", UNSURE),
    ("2016-01~/..", "2016-02-29", CURRENT),
    # A day that is itself imprecise tells less.
    ("2016-02-03", "2016-02", UNSURE),
    ("2016-02", "2016-02", UNSURE),
    ("2016-01", "2016-02", PAST),
    ("2015-06/2016-06", "2016-02", CURRENT),
    ("2016-01-25", "2014-01-24/2014-01-31", LATER),
])
def test_how_a_date_stands_to_a_day(text, day, standing):
    assert D(text).on(D(day)) == standing


@pytest.mark.parametrize("text, day, begun, later", [
    ("2016-02-03", "2016-02-02", False, True),
    ("2016-02-03", "2016-02-03", True, False),
    ("2016-02-03", "2016-02-04", True, False),
    ("2016-02", "2016-02-03", False, False),
    ("2016-02", "2016-02-29", True, False),
    ("2016-03", "2016-02-29", False, True),
    ("2016-01/2016-02-03", "2016-01-31", True, False),
    ("2015/", "2015-12-31", True, False),
    ("2015/..", "2015-12-30", False, False),
    ("../2015", "1500-01-01", True, False),
    ("/2015", "2015-01-01", False, False),
    ("/2015", "2015-12-31", True, False),
    ("2016-02-03~", "2016-02-03", False, False),
    ("2016-02-03~", "2016-02-04", True, False),
    ("2016-02-03~", "2016-02-01", False, True),
    ("2016-02-03", "2016-02", False, False),
    ("2014-01-30", "2014-01-24/2014-01-31", True, False),
])
def test_having_begun_and_being_later_are_claimed_only_when_certain(text, day, begun, later):
    assert (D(text).has_begun(D(day)), D(text).is_later(D(day))) == (begun, later)


@pytest.mark.parametrize("text", ALL)
def test_standing_moves_forward_as_days_pass(text):
    it = D(text)
    days = [D(f"{year}-{rest}") for year in ("0001", "1850", "1899", "1995", "2015", "2016", "2017", "2200", "9999")
            for rest in ("01-01", "02-03", "06-15", "12-31")]
    standings = [it.on(day) for day in days]
    order = {LATER: 0, UNSURE: 1, CURRENT: 1, PAST: 2}
    assert [order[s] for s in standings] == sorted(order[s] for s in standings)
    begun = [it.has_begun(day) for day in days]
    assert begun == sorted(begun)
    for day, standing in zip(days, standings):
        assert not (it.has_begun(day) and it.is_later(day))
        assert it.has_begun(day) or standing not in (CURRENT, PAST)
        assert it.is_later(day) == (standing == LATER)


# -- ordering and grouping


def test_dates_sort_by_start_with_the_less_precise_first():
    ordered = [
        "../2015", "/2015", "19XX", "199X", "1990", "2014-12-31", "2015/2016", "2015/..", "2016", "2016-01/2016-02-03",
        "2016-01-01", "2016-01-29/2016-02-03", "2016-02", "2016-02-01", "2016-02-03", "2016-02-03/2016-02-05",
        "2016-02-03/..", "2016-03",
    ]
    assert [it.text for it in sorted(map(D, reversed(ordered)), key=lambda it: it.sort_key)] == ordered


@pytest.mark.parametrize("one", ALL)
def test_sort_keys_are_total_and_agree_with_the_calendar(one):
    a = D(one)
    for b in map(D, ALL):
        assert (a.sort_key == b.sort_key) == (a.text == b.text), b
        assert not a.before(b) or a.sort_key < b.sort_key, b


@pytest.mark.parametrize("text, day_key, month", [
    ("2016-02-03", "2016-02-03", "2016-02"),
    ("2016-02-03~", "2016-02-03", "2016-02"),
    ("2016-02", "2016-02", "2016-02"),
    ("2016-02-XX", "2016-02", "2016-02"),
    ("2016", "2016", None),
    ("2016-XX", "2016", None),
    ("2016-XX-XX", "2016", None),
    ("0950", "0950", None),
    ("199X", "199X", None),
    ("000X", "000X", None),
    ("19XX", "19XX", None),
    ("2016-02-03/2017", "2016-02-03", "2016-02"),
    ("2016-01/2016-02-03", "2016-01", "2016-01"),
    ("2015-12-10/..", "2015-12-10", "2015-12"),
    ("../2015", "", None),
    ("/2015-12-10", "", None),
])
def test_grouping_keys_say_what_is_known_of_the_start(text, day_key, month):
    assert (D(text).day_key, D(text).month) == (day_key, month)


# -- words


@pytest.mark.parametrize("text, words", [
    ("2016-02-03", "3 February 2016"),
    ("2016-02", "February 2016"),
    ("2016", "2016"),
    ("0950", "950"),
    ("2016-01~", "about January 2016"),
    ("2016?", "2016 (uncertain)"),
    ("2016%", "about 2016 (uncertain)"),
    ("2016-01-29~", "about 29 January 2016"),
    ("199X", "the 1990s"),
    ("199X~", "about the 1990s"),
    ("190X", "between 1900 and 1909"),
    ("200X", "between 2000 and 2009"),
    ("009X", "between 90 and 99"),
    ("19XX", "between 1900 and 1999"),
    ("00XX", "between 1 and 99"),
    ("19XX%", "roughly between 1900 and 1999 (uncertain)"),
    ("2016-XX", "2016, month not known"),
    ("2016-02-XX", "February 2016, day not known"),
    ("2016-XX-XX", "2016, day not known"),
    ("2016-XX%", "about 2016 (uncertain), month not known"),
    ("2016-01-29/2016-02-03", "29 January to 3 February 2016"),
    ("2014-01-24/2014-01-31", "24 to 31 January 2014"),
    ("2015-12-09/2016-02-03", "9 December 2015 to 3 February 2016"),
    ("2016-02-03/2016-02-03", "3 February 2016"),
    ("2016-01/2016-02", "January to February 2016"),
    ("2015-12/2016-02", "December 2015 to February 2016"),
    ("2016-02/2016-02", "February 2016"),
    ("2015/2016", "2015 to 2016"),
    ("2016-01/2016-02-03", "January 2016 to 3 February 2016"),
    ("2016-01-29~/2016-02-03", "from about 29 January 2016 to 3 February 2016"),
    ("2016~/2017?", "from about 2016 to 2017 (uncertain)"),
    ("2016~/2016~", "about 2016"),
    ("199X/2016", "from the 1990s to 2016"),
    ("19XX/2016", "from some time between 1900 and 1999 to 2016"),
    ("2016-XX/2017", "from 2016, month not known, to 2017"),
    ("2016/2017-02-XX", "from 2016 to February 2017, day not known"),
    ("2015-12-10/..", "from 10 December 2015"),
    ("2016-01~/..", "from about January 2016"),
    ("../2015", "until 2015"),
    ("../19XX", "until some time between 1900 and 1999"),
    ("2015/", "from 2015, end not known"),
    ("/2015", "until 2015, start not known"),
])
def test_dates_read_as_english(text, words):
    assert D(text).readable() == words


# -- counting


@pytest.mark.parametrize("text, number, unit, result", [
    ("2015-12-18", 6, "month", "2016-06-18"),
    ("2015-12-18", 18, "month", "2017-06-18"),
    ("2015-12-18", 1, "year", "2016-12-18"),
    ("2015-12-18", 14, "day", "2016-01-01"),
    ("2015-12-18", 2, "week", "2016-01-01"),
    ("2015-12-18", 0, "day", "2015-12-18"),
    ("2016-01-31", 1, "month", "2016-02-29"),
    ("2016-02-29", 1, "year", "2017-02-28"),
    ("2016-02-29", 4, "year", "2020-02-29"),
    ("2015-12-18", -1, "month", "2015-11-18"),
    ("2015-12-18~", 6, "month", "2016-06-18~"),
    ("2015-12-18?", 3, "day", "2015-12-21?"),
    ("2016-02", 6, "month", "2016-08"),
    ("2016-02", 1, "year", "2017-02"),
    ("2016-02~", 1, "month", "2016-03~"),
    ("2016-02-XX", 1, "month", "2016-03-XX"),
    ("2016", 2, "year", "2018"),
    ("2016", 24, "month", "2018"),
    ("2016-XX", 1, "year", "2017-XX"),
    ("2016-XX-XX", 1, "year", "2017-XX-XX"),
    ("199X", 10, "year", "200X"),
    ("19XX", 100, "year", "20XX"),
    # A length finer than the date leaves an approximate date of the same precision.
    ("2016-02", 10, "day", "2016-02~"),
    ("2016-02", 30, "day", "2016-03~"),
    ("2016-02~", 10, "day", "2016-02~"),
    ("2016-02?", 3, "week", "2016-03%"),
    ("2016-02-XX", 4, "week", "2016-03-XX~"),
    ("2016", 6, "month", "2017~"),
    ("2016", 1, "month", "2016~"),
    ("199X", 6, "year", "200X~"),
])
def test_adding_a_length_keeps_the_precision(text, number, unit, result):
    assert D(text).add(number, unit).text == result


def test_adding_to_an_imprecise_date_covers_every_possible_answer():
    for text in ("2016-01", "2016-02", "2015-12", "2016", "2015"):
        it = D(text)
        for days in (1, 7, 15, 28, 30, 31, 45, 90, 180, 365, 400):
            total = it.add(days, "day")
            for start in (it.start_earliest, it.start_latest):
                assert total.overlaps(D((start + timedelta(days=days)).isoformat()))


@pytest.mark.parametrize("text", INTERVALS)
def test_nothing_can_be_added_to_an_interval(text):
    with pytest.raises(EdtfError, match="no single date"):
        D(text).add(1, "day")


@pytest.mark.parametrize("text, number, unit", [
    ("9999-12-31", 1, "day"), ("9999", 1, "year"), ("9999-12", 1, "month"), ("2016", 9999, "year"),
    ("0001-01-01", -1, "day"), ("0001-01", -1, "month"), ("2016-02-03", 10**15, "day"),
])
def test_adding_stays_inside_the_calendar(text, number, unit):
    with pytest.raises(EdtfError, match="outside the years 0001 to 9999"):
        D(text).add(number, unit)


def test_an_unknown_unit_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="no such unit: hour"):
        D("2016").add(1, "hour")


@pytest.mark.parametrize("text, told", [
    ("2031-01-20/2031-05-29", "from 20 Jan 2031"), ("2031-01-20/2031-02", "20 Jan 2031 to Feb 2031"),
    ("2031-01-20/2031-02-01", "20 Jan to 1 Feb 2031"), ("../2031-05-29", "until 29 May 2031"),
    ("2031-01-20/..", "from 20 Jan 2031"), ("2031-05", "May 2031"),
])
def test_an_end_that_came_after_the_day_is_not_told(text: str, told: str) -> None:
    assert Edtf.parse(text).as_seen_on(Edtf.parse("2031-02-01")).short() == told
