"""What is contested: the accounts of a question side by side and on one scale, and the register of all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import SAMPLE, loaded, write

from generator.dossier import Dossier
from generator.pages import make_page, make_section
from generator.views.contested import Contested, contested


@pytest.fixture(scope="module")
def sample() -> Dossier:
    return loaded(SAMPLE)


@pytest.fixture(scope="module")
def register(sample_site: Path) -> str:
    return (sample_site / "contested" / "index.html").read_text(encoding="utf-8")


def blast(folder: Path, accounts: str, name: str = "blast") -> Dossier:
    return loaded(write(folder, {f"events/{name}.yml": (
        "name: 'Blast <&> | *star*'\ntype: attack\ndate: 2031-02-01\nsources: [paper]\naccounts:\n" + accounts)}))


def asked(view: Contested) -> list[str]:
    return [f"{group.key}: {q.on}: {q.differs or '; '.join(f'{who}, {says}' for who, says in q.told)}"
            for group in view.questions for q in group.questions]


TOLL = """\
  - {on: Number killed, by: aa, date: 2031-02-01, says: Forty., figure: {value: 40, unit: dead}, sources: [paper]}
  - {on: Number killed, by: bb, says: Many., figure: {value: 50, bound: more than, unit: dead}, sources: [paper],
     certainty: as far as we know}
  - {on: Number killed, says: Some., unverified: true}
  - {on: Who did it, by: aa, says: "Not **Aa**. It had no reason.", sources: [paper]}
  - {on: Who did it, by: {outside: 'The <b> group'}, says: Aa did., sources: [paper]}
  - {on: Where, by: aa, says: In the port., sources: [paper]}
"""


# --- the block -------------------------------------------------------------------------------


def test_accounts_stand_side_by_side_with_their_own_words_for_certainty(tmp_path: Path) -> None:
    dossier = blast(tmp_path, TOLL)
    page = make_page(dossier, dossier.briefs["blast"]).body
    assert page.count("Accounts differ. None is preferred here.") == 2
    assert "How sure: <q>as far as we know</q>" in page
    order = [page.index(words) for words in ('amount">40 dead', 'amount">more than 50 dead', "Some.")]
    assert order == sorted(order)
    assert page.count('class="figure-range"') == 1 and "Aa, 1 Feb 2031: 40 and Bb: more than 50." in page


def test_numbers_of_different_units_are_not_held_against_each_other(tmp_path: Path) -> None:
    dossier = blast(tmp_path, TOLL.replace("more than, unit: dead", "more than, unit: wounded"))
    assert "figure-range" not in make_page(dossier, dossier.briefs["blast"]).body
    assert asked(contested(dossier))[0].startswith("event: Number killed")


def test_numbers_without_any_source_are_not_drawn(tmp_path: Path) -> None:
    dossier = blast(tmp_path, TOLL.replace("sources: [paper]", "unverified: true"))
    assert "figure-range" not in make_page(dossier, dossier.briefs["blast"]).body


# --- the register ----------------------------------------------------------------------------


def test_the_register_says_what_differs_in_a_line(tmp_path: Path) -> None:
    dossier = blast(tmp_path, TOLL)
    view = contested(dossier)
    assert asked(view) == ["numbers: Number killed: 40 and more than 50 dead; 1 account gives no such number",
                           "event: Who did it: Aa, Not **Aa**.; The <b> group, Aa did."]
    page = make_section(dossier, "contested").body
    assert '<a href="../events/blast/#on-number-killed">Number killed</a>' in page
    assert "<b>The &lt;b&gt; group</b>: Aa did." in page and "<b>Aa</b>: Not Aa." in page
    assert "Blast &lt;&amp;&gt; | *star*" in page and '<a class="cite"' in page


def test_the_same_question_of_two_briefs_is_one_line(tmp_path: Path) -> None:
    content = blast(tmp_path, TOLL).folder
    (content / "events" / "other.yml").write_bytes((content / "events" / "blast.yml").read_bytes())
    [toll] = [q for group in contested(loaded(content)).questions for q in group.questions if q.on == "Number killed"]
    assert [(brief.id, anchor) for brief, anchor in toll.places] == [
        ("blast", "on-number-killed"), ("other", "on-number-killed")]


def test_the_sample_has_everything_that_can_be_contested(sample: Dossier, register: str) -> None:
    view = contested(sample)
    assert asked(view)[0] == "numbers: People on board: about 40 and 60 to 1,200 people"
    assert view.deadlines and view.disputed and view.contradictions
    for anchor in ("numbers", "meeting", "deadlines", "disputed", "contradictions"):
        assert f' id="{anchor}"' in register, anchor
    assert 'href="../demands/reopen-the-ferry/#position-aster-council-2031-05-12"' in register


def test_what_came_later_is_marked(tmp_path: Path) -> None:
    dossier = blast(tmp_path, TOLL)
    later = contested(dossier.at(dossier.briefs["mm"].date.parse("2031-01-01")))  # type: ignore[attr-defined]
    assert all(q.later for group in later.questions for q in group.questions)
    assert not any(q.later for group in contested(dossier).questions for q in group.questions)


def test_without_anything_contested_the_page_says_so(tmp_path: Path) -> None:
    page = make_section(loaded(write(tmp_path, {})), "contested").body
    assert "Nothing in this dossier is recorded as contested" in page


@pytest.mark.first_dossier
def test_how_many_were_killed_by_which_account(published_site: Path) -> None:
    def page(address: str) -> str:
        return (published_site / address / "index.html").read_text(encoding="utf-8")

    assert ('href="../events/sayyida-zeinab-bombing/#on-number-killed">Number killed</a><br>'
            "45, more than 50, 59, 60 and 71 people killed") in page("contested")
    assert ("Syrian state media, 31 Jan 2016: 45, Syrian state media, 31 Jan 2016: more than 50, "
            "nobody named, unverified: 59, nobody named, unverified: 60 and "
            "Syrian Observatory for Human Rights, 1 Feb 2016: 71."
            ) in page("events/sayyida-zeinab-bombing")
