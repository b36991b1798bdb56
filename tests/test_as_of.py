"""How everything stood on any day: the rule of rough dates, the two clocks, and what differs between days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from tools import CONTENT, SAMPLE, SMALL, lines_of, load_once, write

from generator.as_of.answers import Answer, answer, known, turning_days
from generator.as_of.changes import changes, difference
from generator.as_of.clocks import CAME_OUT_LATER, KNOWN, NO_DATE, NO_SOURCE, rules, stands
from generator.as_of.matters import Matter, matters
from generator.dates import Edtf
from generator.load import load_dossier

DEMAND = SMALL["demands/dd.yml"]


def day(text: str) -> Edtf:
    return Edtf.parse(text)


def matter(folder: Path, files: dict[str, str | bytes | None], *key: str) -> Matter:
    """The one matter with this key in the small dossier with these files."""
    dossier, problems = load_dossier(write(folder, files))
    assert dossier is not None, [problem.as_text() for problem in problems]
    assert not [p for p in problems if p.severity == "error"], [problem.as_text() for problem in problems]
    return next(m for m in matters(dossier) if m.key == key)


def said(found: Answer) -> tuple[list[str], list[str]]:
    return [entry.words for entry in found.certain], [entry.words for entry in found.perhaps]


@pytest.mark.parametrize("year", [2016, 2031])
def test_every_row_of_the_rule_of_rough_dates(year: int) -> None:
    for rule in rules(year):
        assert [(on, stands(day(rule.date), rule.way, day(on))) for on, _ in rule.on] == list(rule.on), rule.date


def positions(*records: str) -> dict[str, str | bytes | None]:
    return {"demands/dd.yml": DEMAND + "positions:\n" + "".join(
        f"  - {{{record}, actor: bb, sources: [paper]}}\n" for record in records)}


@pytest.mark.parametrize(("records", "on", "certain", "perhaps"), [
    (["date: 2031-01, stance: opposes"], "2030-12-31", [], []),
    (["date: 2031-01, stance: opposes"], "2031-01-15", [], ["opposes"]),
    (["date: 2031-01, stance: opposes"], "2031-01-31", ["opposes"], []),
    (["date: 2030-06-01, stance: supports", "date: 2031-01, stance: opposes"], "2031-01-15", ["supports"], ["opposes"]),
    (["date: 2030-06-01, stance: supports", "date: 2031-01-05, stance: opposes"], "2031-01-15", ["opposes"], []),
    (["date: 2031-01-05, stance: supports", "date: 2031-01-05, stance: opposes"], "2031-01-15",
     ["supports", "opposes"], []),
    (["date: 2030-06-01, stance: opposes", "date: 2031-01, stance: opposes"], "2031-01-15", ["opposes"], []),
    # Without a date it counts from when it came out.
    (["stance: opposes"], "2031-05-30", [], []),
    (["stance: opposes"], "2031-05-31", ["opposes"], []),
], ids=str)
def test_a_position_stands_until_another_follows(tmp_path: Path, records: list[str], on: str, certain: list[str],
                                                 perhaps: list[str]) -> None:
    found = matter(tmp_path, positions(*records), "dd", "position", "bb")
    assert said(answer(found, day(on))) == (certain, perhaps)


def test_what_was_the_case_and_what_was_known_are_two_things(tmp_path: Path) -> None:
    sources = ("early: {title: a, publisher: P, type: wire, date: 2031-01-10}\n"
               "late: {title: b, publisher: P, type: wire, date: 2031-04-01}\n"
               "undated: {title: c, publisher: P, type: wire}\n")
    files = {"sources/all.yml": SMALL["sources/all.yml"] + sources, "demands/dd.yml": DEMAND + (
        "summary: See [@undated].\npositions:\n"
        "  - {date: 2031-01-05, actor: bb, stance: supports, sources: [late, early]}\n"
        "  - {date: 2031-02-01, actor: bb, stance: opposes, sources: [late]}\n"
        "  - {date: 2031-01-01, actor: aa, stance: supports, sources: [undated]}\n"
        "  - {date: 2031-01-01, actor: {outside: Cc}, stance: supports, basis: inferred, note: So.}\n")}
    found = matter(tmp_path, files, "dd", "position", "bb")
    assert said(answer(found, day("2031-02-10"))) == (["opposes"], [])
    assert said(known(found, day("2031-02-10"))) == (["supports"], [])
    assert said(known(found, day("2031-01-09"))) == ([], [])
    assert [entry.published.by(day("2031-02-10")) for entry in found.entries] == [KNOWN, CAME_OUT_LATER]
    dossier, _ = load_dossier(tmp_path / "content")
    by_actor = {m.about: m.entries[0].published.by(day("2031-02-10")) for m in matters(dossier) if m.key[1] == "position"}
    assert (by_actor["aa"], by_actor["cc"]) == (NO_DATE, NO_SOURCE)


@pytest.mark.parametrize(("office", "on", "certain", "perhaps"), [
    ("date: 2031-01-05/2031-03", "2031-01-04", [], []), ("date: 2031-01-05/2031-03", "2031-02-01", ["Head"], []),
    ("date: 2031-01-05/2031-03", "2031-03-10", [], ["Head"]), ("date: 2031-01-05/2031-03", "2031-04-01", [], []),
    ("date: 2031-01-05/", "2031-05-01", [], ["Head"]),
    ("note: Perhaps long ago.", "2031-06-01", [], []),
])
def test_an_office_is_held_for_its_time(tmp_path: Path, office: str, on: str, certain: list[str],
                                        perhaps: list[str]) -> None:
    files = {"actors/bb.yml": SMALL["actors/bb.yml"] + f"offices:\n  - {{office: Head, at: aa, {office}, sources: [paper]}}\n"}
    for key in (("bb", "office", ""), ("aa", "holder", "")):
        assert said(answer(matter(tmp_path, files, *key), day(on))) == (certain, perhaps)


def test_differences_tell_what_came_went_and_became_certain(tmp_path: Path) -> None:
    found = matter(tmp_path, positions("date: 2030-06-01, stance: supports", "date: 2031-01, stance: opposes",
                                       "date: 2031-03-01, stance: opposes"), "dd", "position", "bb")
    at = {text: answer(found, day(text)) for text in ("2030-01-01", "2030-12-01", "2031-01-15", "2031-02-01",
                                                      "2031-03-02")}

    def told(first: str, second: str) -> tuple[list[str], ...]:
        one = difference(found, at[first], at[second])
        return tuple([entry.words for entry in entries] for entries in (one.come, one.gone, one.settled, one.doubted))

    assert told("2030-01-01", "2030-12-01") == (["supports"], [], [], [])
    assert told("2030-12-01", "2031-01-15") == (["opposes"], [], [], [])
    assert told("2031-01-15", "2031-02-01") == ([], ["supports"], ["opposes"], [])
    assert not difference(found, at["2031-02-01"], at["2031-03-02"]), "the same said again is no difference"


def test_a_reading_that_counts_from_what_has_not_happened_does_not_run(tmp_path: Path) -> None:
    text = SMALL["un-process/instruments/ii.yml"] + (
        "deadlines:\n  - {what: Talks., within: 6 months, counted_from: [{start: adoption}, {start: mm}]}\n")
    runs = [matter(tmp_path, {"un-process/instruments/ii.yml": text}, "ii", "limit", f"deadline-6-months {n}")
            for n in (1, 2)]
    assert [[entry.words for entry in answer(m, day("2031-01-20")).entries] for m in runs] == [["1 July 2031"], []]
    assert [[entry.words for entry in answer(m, day("2031-07-02")).entries] for m in runs] == [[], ["1 August 2031"]]


def test_nothing_changes_but_on_the_turning_days() -> None:
    dossier, _ = load_once(SAMPLE)
    found = matters(dossier)
    turning = set(turning_days(found, dossier.as_of))
    first = date(2030, 7, 1)
    for number in range((date(2031, 6, 30) - first).days):
        now = first + timedelta(number)
        before = now - timedelta(1)
        if now not in turning:
            assert not list(changes(found, day(str(before)), day(str(now)))), now


def test_editions_say_how_it_stood_and_what_was_known(sample_site: Path) -> None:
    told = lines_of(sample_site / "as-of" / "2031-05-20" / "index.html")
    assert "Status under discussion Calder speaks of inspections 20 May 2031 known from 21 May 2031 (known on the day: open, Aug 2030)" in told
    assert "Reopen the ferry: \"now\": open → under discussion 20 May 2031" in told
    assert "Straits Commission, in being: perhaps no more" in told


@pytest.mark.first_dossier
def test_the_head_of_the_delegation_as_known_when_it_was_named(published_site: Path) -> None:
    told = lines_of(published_site / "as-of" / "2016-01-20" / "index.html")
    assert any("Asaad al-Zoubi, Head of the negotiating delegation from 20 Jan 2016" in line for line in told)
    assert not any("Zoubi" in line for line in lines_of(published_site / "as-of" / "2015-12-18" / "index.html"))


@pytest.mark.first_dossier
def test_who_mediated_at_the_end_of_a_conference_and_all_that_came_of_it(published_site: Path) -> None:
    told = lines_of(published_site / "as-of" / "2014-02-15" / "index.html")
    assert any(line.startswith("Head Lakhdar Brahimi,") and "perhaps" not in line for line in told)
    outcomes = [line for line in told if line.startswith("Outcome ")]
    assert any("first round" in line for line in outcomes) and any("second round" in line for line in outcomes)


@pytest.mark.first_dossier
def test_nothing_later_than_the_day_stands_in_an_edition() -> None:
    dossier, _ = load_once(CONTENT)
    for edition in dossier.settings.editions:
        for found in matters(dossier):
            for entry in answer(found, edition.date).entries:
                assert not entry.since.is_later(edition.date)
