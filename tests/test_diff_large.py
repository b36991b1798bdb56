"""What `briefing diff` says of large changes, and what it asks of those that turn a meaning round."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_diff import DEMAND, Files, demand, said, section, title
from tools import SMALL

ASKED = "Questions for the reviewer"
POSITION = "  - {{date: 2031-05-{day:02}, actor: bb, stance: opposes, what: Says no., sources: [paper]}}\n"
LEDGER = SMALL["sources/all.yml"] + (
    "ledger:\n  title: Tern\n  publisher: The Ledger\n  type: wire\n  date: 2031-05-31\n")


def actors(number: int, summary: str) -> Files:
    return {f"actors/a{place:02}.yml": f"name: Actor {place:02}\ntype: state\nsummary: {summary}\nsources: [paper]\n"
            for place in range(number)}


def test_a_stance_turned_among_many_rewordings_is_seen_at_once(tmp_path: Path) -> None:
    old = {**demand(""), **actors(20, "It stays on the shore.")}
    new = {**actors(20, "It stays upon the shore."), "demands/dd.yml": DEMAND.replace("opposes", "supports")}
    text = said(tmp_path, old, new)
    assert text.splitlines()[4:7] == [
        "**Look at these first:**", "",
        "- Bb on *Reopen the ferry*: **opposes → supports** · `content/demands/dd.yml:7`"]
    lines = section(text, "Wording")
    assert len(lines) == 1 and lines[0].startswith(
        "- In 20 texts ~~on~~ **upon**, and nothing else: Actor 00, summary · `content/actors/a00.yml:3`; Actor 01")
    assert "Look at these first" not in said(tmp_path / "small", demand(""), {"demands/dd.yml": new["demands/dd.yml"]})


def test_a_list_that_is_gone_is_told_once_and_asked_about(tmp_path: Path) -> None:
    three = "".join(POSITION.format(day=day) for day in (2, 3, 4))
    text = said(tmp_path, demand(three), {"demands/dd.yml": DEMAND.partition("positions:")[0]})
    assert title(text) == "1 brief changed: 4 positions removed"
    assert section(text, "Whole lists gone") == [
        "- **Reopen the ferry**: all 4 positions (Bb 4 times) · `content/demands/dd.yml:7` (before)"]
    assert section(text, ASKED) == [
        "- **A whole list is gone.** Was that meant, or did a merge drop it?",
        "  - Reopen the ferry: all 4 positions · `content/demands/dd.yml:7` (before)"]
    assert "### Positions" not in text
    few = said(tmp_path / "few", demand(three), demand(""))
    assert "Whole lists gone" not in few and few.count("It has no position of the day") == 0


def test_that_an_actor_has_no_position_any_more_is_said_once(tmp_path: Path) -> None:
    other = POSITION.format(day=2).replace("actor: bb", "actor: aa")
    text = said(tmp_path, demand(POSITION.format(day=3) + other),
                {"demands/dd.yml": DEMAND.partition("  - ")[0] + other})
    assert text.count("It has no position of the day there now.") == 1


def test_a_source_exchanged_in_many_places_is_told_once(tmp_path: Path) -> None:
    before: Files = {"sources/all.yml": LEDGER, **actors(4, "It stays on the shore [@paper, p. 4]."), **demand("")}
    after = {name: str(text).replace("paper, p", "ledger, p").replace("sources: [paper]", "sources: [ledger]")
             for name, text in before.items() if name.startswith("actors/")}
    after["actors/a03.yml"] = after["actors/a03.yml"].replace("stays", "leaves")
    text = said(tmp_path, before, after)
    line = section(text, "Sources exchanged")
    assert len(line) == 1 and line[0].startswith(
        "- In 7 places Paper `paper` → The Ledger `ledger`, and nothing else:"
        " Actor 00 (2) · `content/actors/a00.yml:3`; Actor 01 (2)")
    assert section(text, "Wording")[1] == (
        "  > It ~~stays~~ **leaves** on the shore ~~\\[paper, p. 4\\].~~ **\\[ledger, p. 4\\].**")
    asked = section(text, ASKED)
    assert asked[0] == "- **A source was exchanged.** Does the new one say all of it?" and len(asked) == 2


def test_files_with_the_same_problem_are_named_together_and_once(tmp_path: Path) -> None:
    text = said(tmp_path, {}, {f"events/e{place}.yml": "name: E\ntype: party\ndate: 2031\nsources: [paper]\n"
                               for place in range(3)})
    assert title(text) == "Files that could not be compared; 3 new errors"
    assert section(text, "Not compared")[1].startswith(
        '- `content/events/e0.yml:2` and 2 more files: "party" is not a known value')
    assert section(text, "What the check says") == ["3 new problems, all of which stop the build; named above."]


def test_formatting_that_hides_an_error_is_not_called_the_same(tmp_path: Path) -> None:
    text = said(tmp_path, {}, {"actors/aa.yml": SMALL["actors/aa.yml"] + "name: Aa\n"})
    assert title(text) == "Only formatting changed; 1 new error"
    assert "What could be read says the same in 1 file." in text


@pytest.mark.parametrize(("before", "after", "asked"), [
    ("It is part of it.", "It is not part of it.", "“not” came"),
    ("It has no part in it.", "It has a part in it.", "“no” went"),
    ("It doesn't run now.", "It does run now.", "“doesn't” went"),
    ("It is not new.", "It was not so new.", ""),
    ("It is part of it.", "It is part of it. There is no boat.", ""),
])
def test_a_not_that_comes_or_goes_is_asked_about(tmp_path: Path, before: str, after: str, asked: str) -> None:
    texts = [f"name: Aa\ntype: state\nsummary: {text}\nsources: [paper]\n" for text in (before, after)]
    text = said(tmp_path, {"actors/aa.yml": texts[0]}, {"actors/aa.yml": texts[1]})
    assert (f"  - Aa: {asked} · `content/actors/aa.yml:3`" in text) if asked else ("“not” or its like" not in text)


def test_changed_quotations_are_asked_about(tmp_path: Path) -> None:
    spoken = "  - {date: 2031-05-03, actor: bb, stance: opposes, words: The ferry will stay here, sources: [paper]}\n"
    text = said(tmp_path, {**demand(spoken), "actors/aa.yml": SMALL["actors/aa.yml"].replace(
        "See", "He spoke of “the boats of the shore”; see")}, {
        **demand(spoken.replace("will stay", "may stay")), "actors/aa.yml": SMALL["actors/aa.yml"].replace(
            "See", "He spoke of “the boats of that shore”; see")})
    asked = section(text, ASKED)
    assert asked[0] == "- **Words in quotation marks were changed.** Are these the words in the source?"
    assert [line.partition(" · ")[0] for line in asked[1:3]] == ["  - Reopen the ferry: position of Bb", "  - Aa"]


@pytest.mark.parametrize(("file", "before", "after", "asked"), [
    ("un-process/instruments/ii.yml", "vote: {in_favour: 14, against: 0, abstaining: 1, total: 15}\n",
     "vote: {in_favour: 15, against: 0, abstaining: 0, total: 15}\n", ("The result of a vote was changed", "Ii: vote")),
    ("actors/aa.yml", "relations: [{type: supports, actor: bb, sources: [paper]}]\n",
     "relations: [{type: opposes, actor: bb, sources: [paper]}]\n",
     ("Facts corrected under the same sources", "Aa: relation to Bb: supports → opposes")),
    ("actors/aa.yml", "relations: [{type: supports, actor: bb, sources: [paper]}]\n",
     "relations: [{type: supports, actor: bb, note: So it is., sources: [paper]}]\n", None),
    ("demands/dd.yml", "addressed_to: [bb]\npositions: [{actor: bb, stance: opposes, sources: [paper]}]\n",
     "addressed_to: [aa]\npositions: [{actor: bb, stance: opposes, sources: [paper]}]\n",
     ("A demand asks something else", "Dd, 1 position")),
    ("actors/aa.yml", "offices: [{office: Envoy, sources: [paper]}]\n",
     "offices: [{office: Envoy, unverified: true}]\n",
     ("Sources taken away, and none put in", "Aa: office “Envoy”: its only source is gone")),
])
def test_facts_that_change_under_the_same_sources_are_asked_about(
    tmp_path: Path, file: str, before: str, after: str, asked: tuple[str, str] | None
) -> None:
    text = said(tmp_path, {file: SMALL[file] + before}, {file: SMALL[file] + after})
    if asked is None:
        assert ASKED not in text
    else:
        lines = section(text, ASKED)
        assert lines[0].startswith(f"- **{asked[0]}.**") and lines[1].startswith(f"  - {asked[1]} · "), lines


def test_words_that_are_loaded_from_now_on_are_looked_for_everywhere(tmp_path: Path) -> None:
    term = "name: Boat\ndefinition: A vessel.\nloaded: [{words}]\nhouse_word: ferry\nsources: [paper]\n"
    text = said(tmp_path, {"terms/boat.yml": term.format(words="tub"), **actors(2, "Its hulks lie there.")},
                {"terms/boat.yml": term.format(words="tub, hulk")})
    assert "  - “hulk”, in 2 texts, first here · `content/actors/a00.yml:3`" in section(text, ASKED)


def test_a_new_brief_on_one_source_is_asked_about_once(tmp_path: Path) -> None:
    text = said(tmp_path, {"sources/all.yml": LEDGER}, {"demands/dd.yml": DEMAND + POSITION.format(day=3).replace(
        "[paper]", "[ledger]")})
    new = said(tmp_path / "new", {"sources/all.yml": LEDGER}, {"demands/new.yml": DEMAND.replace(
        "Reopen", "Repair") + POSITION.format(day=3).replace("[paper]", "[ledger]")})
    assert "**Bb** on *Reopen the ferry*" in text
    assert [line.partition(" · ")[0] for line in section(new, ASKED) if "new brief" in line or "  - Bb" in line] == [
        "  - Bb on *Repair the ferry*, opposes (3 May 2031)", "  - Repair the ferry, the new brief as a whole"]


def test_somebody_outside_who_gets_a_brief_has_not_come_and_gone(tmp_path: Path) -> None:
    text = said(tmp_path, {"demands/dd.yml": SMALL["demands/dd.yml"].replace("[aa]", "[aa, {outside: Norwick}]")}, {
        "demands/dd.yml": SMALL["demands/dd.yml"].replace("[aa]", "[aa, norwick]"),
        "actors/norwick.yml": SMALL["actors/bb.yml"].replace("Bb", "Norwick")})
    assert section(text, "Demands")[0].startswith("- **Dd**: who asks: Norwick, now as the brief `norwick` · ")
    assert "asks something else" not in text


def test_a_new_day_tells_a_text_with_all_that_hangs_on_it_as_one(tmp_path: Path) -> None:
    text = said(tmp_path, {"un-process/instruments/ii.yml": SMALL["un-process/instruments/ii.yml"].replace(
        "2031-01-01", "2031-06-05") + "signatories:\n" + "".join(
            f"  - {{actors: [{id}], act: signed, date: 2031-06-05, sources: [paper]}}\n" for id in ("aa", "bb"))},
        {"dossier.yml": SMALL["dossier.yml"].replace("2031-06-01", "2031-07-01")})
    assert ("- No longer later than the day (1 brief): Ii (5 June 2031; 2 signatory records)"
            in section(text, "The dossier itself"))
