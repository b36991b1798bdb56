"""Who is heard how much: what counts for whom, and what a change does to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_gaps import page
from tools import CONTENT, SAMPLE, SMALL, loaded, write

from generator.compare.balance import balance_news
from generator.compare.differences import compare, snapshot
from generator.loaded_words import own_words, pattern_of
from generator.views.balance import Row, balance

DEMAND = SMALL["demands/dd.yml"] + """positions:
  - {date: 2031-05-01, actor: aa, speaker: cc, stance: supports, words: Now, sources: [paper]}
  - {date: 2031-05-02, actor: aa, stance: opposes, basis: inferred, note: From its silence.}
  - {date: 2031-05-03, actor: {outside: Guild}, stance: supports, sources: [paper]}
  - {date: 2031-07-03, actor: aa, stance: supports, words: Later, sources: [paper]}
"""
FILES = {"dossier.yml": SMALL["dossier.yml"] + "sides:\n  - {name: Left, actors: [aa]}\n  - {name: Right, actors: [bb]}\n",
         "demands/dd.yml": DEMAND,
         "actors/cc.yml": SMALL["actors/aa.yml"].replace("Aa", "Cc").replace("state", "person") + "speaks_for: aa\n"}


def told(rows: tuple[Row, ...]) -> dict[str, tuple[int, int, int]]:
    return {row.name: (row.tally.about, row.tally.by, row.tally.quoted) for row in rows}


def test_what_is_said_counts_for_the_side_whose_speaker_says_it(tmp_path: Path) -> None:
    view = balance(loaded(write(tmp_path, FILES)))
    # About each actor: its brief's own text; about aa also the demand, the meeting and the inferred position.
    assert told(view.actors) == {"Aa": (4, 1, 1), "Bb": (1, 0, 0), "Cc": (1, 1, 1)}
    assert told(view.sides) == {"Left": (5, 1, 1), "Right": (1, 0, 0), "No side": (0, 1, 0)}
    assert [member.id for member in view.sides[0].members] == ["aa", "cc"]
    assert {row.brief.id: row.side for row in view.actors if row.brief} == {"aa": "Left", "bb": "Right", "cc": "Left"}
    assert view.sides[0].kinds == (("newspaper", 1),) and view.sides[0].languages == (("English", 1),)


def test_a_dossier_without_sides_still_counts_by_actor(tmp_path: Path) -> None:
    dossier = loaded(write(tmp_path, {**FILES, "dossier.yml": SMALL["dossier.yml"]}))
    assert balance(dossier).sides == () and len(balance(dossier).actors) == 3
    text = page(dossier, "about/balance/").body
    assert "names no sides" in text and "<svg" not in text and ">Side<" not in text


def test_the_page_of_the_sample_says_how_it_counts() -> None:
    text = page(loaded(SAMPLE), "about/balance/").body
    assert "Mainland &amp; isles" in text and "How it is counted, and what it cannot tell" in text


def test_a_diff_says_what_a_change_does_to_the_balance(tmp_path: Path) -> None:
    before = snapshot(write(tmp_path / "1", FILES))
    after = snapshot(write(tmp_path / "2", {**FILES, "demands/dd.yml": DEMAND.replace("supports, sources", (
        "supports, words: We too, sources")).replace("{outside: Guild}", "bb")}))
    news = balance_news(compare(before, after))
    assert [(side.name, side.before, side.after) for side in news.quoted] == [("Left", 1, 1), ("Right", 0, 1)]
    assert news.single is None and not balance_news(compare(before, before))


@pytest.mark.parametrize(("word", "text", "found"), [
    ("regime", "The Regime's men", 1), ("regime", "two regimes", 1), ("regime", "regime-held towns", 1),
    ("regime", "a regimen", 0), ("IS", "it is IS", 1), ("ally", "its allies", 1), ("Lake-backed force", "a lake backed\nforce", 1),
    ("政权", "旧政权的", 1), ("نظام", "قال نظام", 1), ("regime", "“the regime” and «regime»", 0),
    ("regime", "„das Regime“ [[regime]] [@regime-2]", 0), ("regime", "[[aa|the regime]]", 1), ("regime", "*regime*", 0),
    ("regime", 'a "quoted" regime', 1), ("entité", "des entités", 1), ("sheriff's men", "the sheriff’s men", 1)])
def test_loaded_words_are_found_whole_in_what_the_site_says_itself(word: str, text: str, found: int) -> None:
    assert len(pattern_of(word).findall(own_words(text))) == found


@pytest.mark.first_dossier
def test_both_sides_of_the_real_dossier_are_heard() -> None:
    rows = balance(loaded(CONTENT)).sides
    assert [row.name for row in rows][:2] == ["Government side", "Opposition side"]
    assert all(row.tally.quoted for row in rows)
