"""What `briefing diff` says of a change, in words; the dossiers are the smallest that show it."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from test_history import commit, git
from tools import CONTENT, ROOT, SAMPLE, SMALL, write

from generator.cli import main
from generator.compare.changes import Place
from generator.compare.differences import compare, snapshot
from generator.compare.markdown import MOST_CHARACTERS, Linker, as_markdown, code, escaped
from generator.compare.report import report
from generator.repository import repository

Files = dict[str, "str | bytes | None"]

DEMAND = ("name: Reopen the ferry\ncategory: military\nask: The ferry runs.\nmade_by: [aa]\nsources: [paper]\n"
          "positions:\n"
          "  - {date: 2031-05-01, actor: bb, stance: opposes, sources: [paper]}\n")


def tell(before: Path | None, after: Path | None, linker: Linker | None = None) -> str:
    """The text for two content folders."""
    changes = compare(snapshot(before), snapshot(after))
    return as_markdown(report(changes), (("main", "a" * 40), ("", "")), linker or Linker())


def said(folder: Path, before: Files, after: Files) -> str:
    """The text for the small dossier with these files, and then with those."""
    return tell(write(folder / "before", before), write(folder / "after", {**before, **after}))


def section(text: str, title: str) -> list[str]:
    """The lines under a heading."""
    parts = re.split(r"(?m)^#{2,4} ", text)
    found = [part for part in parts if part.startswith(title + "\n")]
    assert found, f"no section {title} in\n{text}"
    return [line for line in found[0].splitlines()[1:] if line.strip()]


def title(text: str) -> str:
    return text.splitlines()[0].removeprefix("## ")


def demand(positions: str) -> Files:
    return {"demands/dd.yml": DEMAND + positions}


# --- positions -------------------------------------------------------------------------------


def test_a_new_position_says_what_stood_before_it(tmp_path: Path) -> None:
    text = said(tmp_path, demand(""), demand(
        "  - {date: 2031-05-20, actor: bb, stance: conditional, words: Not yet, sources: [paper]}\n"))
    assert title(text) == "1 brief changed: 1 position"
    assert section(text, "Positions") == [
        "- **Bb** on *Reopen the ferry*: softened, opposes → conditional (20 May 2031, Paper). “Not yet”"
        " · `content/demands/dd.yml:8`"]
    assert "- Briefs with what they show of it, the most affected first: Bb (1 position)" in text
    assert "- Pages of the whole site: Positions (1 position of the day)" in text
    asked = section(text, "Questions for the reviewer")
    assert ("  - Bb on *Reopen the ferry* softened: opposes (1 May 2031) → conditional (20 May 2031)"
            " · `content/demands/dd.yml:8`") in asked
    assert "  - Bb on *Reopen the ferry*, conditional (20 May 2031) · `content/demands/dd.yml:8`" in asked


@pytest.mark.parametrize(("record", "words"), [
    ("{date: 2031-05-20, actor: bb, stance: opposes, sources: [paper]}", "still opposes (20 May 2031, Paper)"),
    ("{date: 2031-05-20, actor: aa, stance: supports, unverified: true}",
     "**Aa** on *Reopen the ferry*: supports, the first on record (20 May 2031, unverified)"),
    ("{date: 2031-04-20, actor: bb, stance: supports, sources: [paper]}",
     "the earliest on record (20 April 2031, Paper)."
     " Older than the position of the day (opposes, 1 May 2031), which stays."),
    ("{date: 2031-07-20, actor: bb, stance: supports, basis: inferred, note: From its silence.}",
     "opposes → supports, inferred (20 July 2031). (Note: From its silence.) Later than 1 June 2031"),
    ("{date: 2031-05-01, actor: bb, stance: supports, sources: [paper]}",
     "supports and opposes, on one day (1 May 2031)"),
])
def test_a_position_is_placed_among_the_others(tmp_path: Path, record: str, words: str) -> None:
    before = demand("").get("demands/dd.yml")
    assert isinstance(before, str)
    after = before.replace("positions:\n", f"positions:\n  - {record}\n")
    assert words in said(tmp_path, demand(""), {"demands/dd.yml": after})


def test_a_position_on_record_that_changes_is_called_corrected_and_asked_about(tmp_path: Path) -> None:
    text = said(tmp_path, demand(""), {"demands/dd.yml": DEMAND.replace("opposes", "supports")})
    assert section(text, "Positions") == [
        "- **Bb** on *Reopen the ferry* (1 May 2031), corrected: **opposes → supports**."
        " The position of the day becomes supports; it was opposes. · `content/demands/dd.yml:7`"]
    assert section(text, "Questions for the reviewer") == [
        "- **Positions on record were changed or removed.** Were they wrong? An actor that moves gets a new record,"
        " and the old one stays.",
        "  - Bb on *Reopen the ferry*, supports (1 May 2031); it was opposes · `content/demands/dd.yml:7`"]
    gone = said(tmp_path / "gone", demand(""), {"demands/dd.yml": DEMAND.partition("positions:")[0]})
    assert section(gone, "Positions") == [
        "- **Bb** on *Reopen the ferry*, removed: opposes (1 May 2031, Paper). It has no position of the day there now."
        " · `content/demands/dd.yml:7` (before)"]


@pytest.mark.parametrize("first", [True, False])
def test_positions_of_one_day_count_the_same_in_either_order(tmp_path: Path, first: bool) -> None:
    other = "  - {date: 2031-05-01, actor: bb, stance: supports, sources: [paper]}\n"
    head, mark, rest = DEMAND.partition("positions:\n")
    two: Files = {"demands/dd.yml": head + mark + (other + rest if first else rest + other)}
    text = said(tmp_path, demand(""), two)
    line = 7 if first else 8
    assert section(text, "Positions") == [
        "- **Bb** on *Reopen the ferry*: supports, beside opposes on the same day (1 May 2031, Paper)."
        f" · `content/demands/dd.yml:{line}`"]
    assert "- Pages of the whole site: Positions (1 position of the day)" in text
    back = said(tmp_path / "back", two, demand(""))
    assert "removed: supports (1 May 2031, Paper). The position of the day is now opposes (1 May 2031)." in back


def test_how_the_dossier_stood_on_other_days_is_told(tmp_path: Path) -> None:
    """What a correction does to the editions before the dossier's day; each change once, with its days."""
    days = "".join(f"  - {{date: {day}, title: A day, sources: [paper]}}\n" for day in (
        "2031-01-20", "2031-05-03", "2031-05-20", "2031-06-01"))
    office = "offices: [{{office: Envoy, at: bb, date: {}/.., sources: [paper]}}]\n"
    before: Files = {"dossier.yml": SMALL["dossier.yml"] + f"editions:\n{days}", "demands/dd.yml": DEMAND,
                     "actors/aa.yml": SMALL["actors/aa.yml"] + office.format("2031-01-20")}
    text = said(tmp_path, before, {
        "demands/dd.yml": DEMAND.replace("opposes", "unclear"),
        "actors/aa.yml": SMALL["actors/aa.yml"] + office.format("2031-01-21"),
        "sources/all.yml": SMALL["sources/all.yml"].replace("2031-05-31", "2031-05-20"),
        "events/ee.yml": "name: Ee\ntype: attack\ndate: 2031-05\nsummary: It fell.\nsources: [paper]\n"})
    assert section(text, "How the dossier stood on the days of its editions") == [
        "- **Aa**, office, on 20 January 2031: Envoy (Bb) → nothing · `content/actors/aa.yml:5`",
        "- **Reopen the ferry**, position of Bb, on 3 May 2031 and 20 May 2031: opposes → unclear"
        " · `content/demands/dd.yml:7`",
        "- **Ee**, now told of on 3 May 2031 and 20 May 2031",
        "- *News* (Paper), on 20 May 2031: not published yet → published, and with it what rests on it"
        " alone · `content/sources/all.yml:5`"]


def test_a_shift_that_is_told_no_longer_is_said(tmp_path: Path) -> None:
    later = "  - {date: 2031-05-20, actor: bb, stance: supports, sources: [paper]}\n"
    text = said(tmp_path, demand(later), {"demands/dd.yml": DEMAND.partition("  - ")[0] + later})
    assert ("- No longer told as a shift: Bb on *Reopen the ferry* reversed: opposes (1 May 2031) → supports"
            " (20 May 2031) · `content/demands/dd.yml:7` (before)") in section(text, "Positions")


# --- records of every kind -------------------------------------------------------------------


@pytest.mark.parametrize(("file", "before", "after", "heading", "line"), [
    ("un-process/instruments/ii.yml", "vote: {in_favour: 14, against: 0, abstaining: 1, total: 15}\n",
     "vote: {in_favour: 15, against: 0, abstaining: 0, total: 15}\n", "Texts and votes",
     "**Ii**, vote corrected: votes in favour 14 → 15; abstentions 1 → 0"),
    ("un-process/instruments/ii.yml", "", "signatories: [{actors: [aa], act: signed}]\n", "Texts and votes",
     "**Ii**, added: Aa (signed)."),
    ("actors/aa.yml", "offices: [{office: Envoy, date: 2030/.., sources: [paper]}]\n",
     "offices: [{office: Envoy, date: 2030/2031-05, sources: [paper]}]\n", "Actors and bodies",
     "**Aa**, office “Envoy”: date: from 2030 → 2030 to May 2031"),
    ("actors/aa.yml", "standing: [{standing: party, date: 2031-01/.., sources: [paper]}]\n",
     "standing: [{standing: observer, date: 2031-01/.., sources: [paper]}]\n", "Actors and bodies",
     "**Aa**, standing (from January 2031): party → observer"),
    ("actors/aa.yml", "relations: [{type: supports, actor: bb, sources: [paper]}]\n", "", "Actors and bodies",
     "**Aa**, removed: supports Bb (Paper)."),
    ("actors/aa.yml", "", "labels: [{by: bb, called: pirate, date: 2031, sources: [paper]}]\n", "Actors and bodies",
     "**Aa**, added: called “pirate” by Bb (2031, Paper)."),
    ("actors/aa.yml", "accounts: [{on: Lorries, says: Some., figure: {value: 40, unit: lorries}, sources: [paper]}]\n",
     "accounts: [{on: Lorries, says: Some., figure: {low: 40, high: 50, unit: lorries}, sources: [paper]}]\n",
     "Accounts and figures", "**Aa**, account on “Lorries”: figure: 40 lorries → 40 to 50 lorries"),
    ("un-process/meetings/mm.yml", "seats: [{actors: [bb], for: aa, role: guest}]\n",
     "seats: [{actors: [bb], for: aa, role: speaker}]\n", "Meetings",
     "**Mm**, seat of Bb for Aa: role: guest → speaker"),
    ("un-process/meetings/mm.yml", "", "basis: [{text: ii#op1}]\n", "Meetings", "**Mm**, added: basis in Ii, OP1"),
    ("demands/dd.yml", "history: [{date: 2031-02, what: Asked., status: open, sources: [paper]}]\n",
     "history: [{date: 2031-02, what: Asked., status: met, sources: [paper]}]\n", "Statuses and deadlines on the day",
     "*Dd*: open → met"),
    ("un-process/instruments/ii.yml",
     "deadlines:\n  - {what: A report., within: 6 months, counted_from: [{start: adoption}]}\n",
     "deadlines:\n  - {what: A report., within: 6 months, counted_from: [{start: adoption}, {start: mm}]}\n",
     "Statuses and deadlines on the day", "Ii, deadline (within 6 months), ends: 1 July 2031 → 1 July 2031 or, by"
     " another reading, 1 August 2031"),
    ("un-process/instruments/ii.yml", "deadlines: [{what: A report., due: 2031-05, unverified: true}]\n",
     "deadlines: [{what: A report., due: 2031-07, unverified: true}]\n", "Statuses and deadlines on the day",
     "Ii, deadline (July 2031): unknown → pending. Its time runs to July 2031."),
    ("actors/aa.yml",
     "accounts:\n  - {on: Lorries, says: Some., figure: {value: 40, unit: lorries}, sources: [paper]}\n",
     "accounts:\n  - {on: Lorries, says: Some., figure: {value: 40, unit: lorries}, sources: [paper]}\n"
     "  - {on: Lorries, by: bb, says: More., figure: {value: 50, unit: lorries}, unverified: true}\n",
     "Contested facts", "**Aa**, “Lorries”: contested from now on, by 2 accounts: 40 and 50 lorries"),
    ("actors/aa.yml", "", "accounts: [{on: Lorries, says: More., certainty: at a guess, sources: [paper]}]\n",
     "Accounts and figures",
     "**Aa**, added: account on “Lorries” (Paper). More. How sure, in its own words: “at a guess”."),
    ("actors/aa.yml", "accounts: [{on: Lorries, says: Some., sources: [paper]}]\n", "", "Questions for the reviewer",
     "**Accounts taken away.** Were they wrong? Accounts that differ stay, side by side."),
    ("dossier.yml", "", "editions: [{date: 2031-05-01, title: Begin, sources: [paper]}]\n", "The dossier itself",
     "Edition added: 1 May 2031, “Begin”; its page `/as-of/2031-05-01/` comes"),
    ("dossier.yml", "editions: [{date: 2031-05-01, title: Begin, sources: [paper]}]\n",
     "editions: [{date: 2031-05-02, title: Begin, sources: [paper]}]\n", "Questions for the reviewer",
     "**The page of an edition goes, and what cites it leads nowhere.** Was that day wrong?"),
    ("dossier.yml", "sides:\n  - {name: Left, actors: [aa]}\n  - {name: Right, actors: [bb]}\n",
     "sides: [{name: Left, actors: [aa, bb]}]\n", "The dossier itself", "Side “Left”: Bb counts to it now"),
    ("demands/dd.yml", "", "main: true\naddressed_to: [bb]\n", "Demands",
     "**Dd**: among the main ones: no → yes; of whom it is asked: added Bb"),
    ("sources/all.yml", "", "  reliability: Careful.\n", "Sources, what is said of them",
     "**News**: reliability added: Careful."),
])
def test_an_edit_of_one_field_is_a_change_of_its_record(
    tmp_path: Path, file: str, before: str, after: str, heading: str, line: str
) -> None:
    small = SMALL[file]
    text = said(tmp_path, {file: small + before}, {file: small + after})
    assert any(entry.startswith(f"- {line}") for entry in section(text, heading)), text


def test_prose_is_compared_word_by_word_in_the_sentences_that_differ(tmp_path: Path) -> None:
    old = "summary: |\n  It began in May [@paper]. The ferry stopped on 3 May. There [[bb]] was.\n"
    new = "summary: |\n  It began in May\n  [@paper]. The ferry stopped on 4 May. There [[bb]]\n  was.\n"
    base = "name: Aa\ntype: state\nsources: [paper]\n"
    text = said(tmp_path, {"actors/aa.yml": base + old}, {"actors/aa.yml": base + new})
    assert title(text) == "1 brief changed: 1 text reworded"
    assert section(text, "Wording") == ["- **Aa**, summary · `content/actors/aa.yml:4`",
                                        "  > The ferry stopped on ~~3~~ **4** May."]


def test_several_texts_of_one_record_are_told_apart(tmp_path: Path) -> None:
    before = ("  - {date: 2031-05-02, actor: aa, stance: supports, what: Wants it., note: Said once., "
              "sources: [paper]}\n")
    text = said(tmp_path, demand(before), demand(before.replace("Wants it", "Likes it").replace("once", "twice")))
    lines = section(text, "Positions")
    assert "in the editor's words reworded" in lines[0] and "note reworded" in lines[0]
    assert sorted(lines[1:]) == ["  >", "  > *in the editor's words:* ~~Wants~~ **Likes** it.",
                                 "  > *note:* Said ~~once.~~ **twice.**"]
    longer = SMALL["dossier.yml"].replace("A small dossier.", "A dossier " + "of one thing and another " * 3)
    text = said(tmp_path / "2", {"dossier.yml": longer}, {"dossier.yml": longer.replace("dossier of", "folder of")})
    assert section(text, "Wording")[0] == "- **The dossier**, description · `content/dossier.yml:2`"


def test_a_link_that_leads_elsewhere_under_the_same_words_is_shown_as_typed(tmp_path: Path) -> None:
    base = "name: Aa\ntype: state\nsources: [paper]\nsummary: "
    text = said(tmp_path, {"actors/aa.yml": base + "Here [[bb|they]] stood, [[mm]].\n"},
                {"actors/aa.yml": base + "Here [[ii|they]] stood, [[mm]].\n"})
    assert "> Here ~~\\[\\[bb\\|they\\]\\]~~ **\\[\\[ii\\|they\\]\\]** stood, Mm." in text


# --- briefs, sources, pages ------------------------------------------------------------------


def test_a_brief_that_comes_is_told_with_what_it_holds(tmp_path: Path) -> None:
    text = said(tmp_path, demand(""), {"demands/new.yml": DEMAND.replace("Reopen the ferry", "Light the shore")})
    assert title(text) == "1 brief added: 1 position"
    assert section(text, "Briefs added")[:2] == [
        "- **Light the shore** (demand): The ferry runs. Asked by Aa. With 1 position. · `content/demands/new.yml:1`",
        "  - `content/demands/new.yml:7`: **Bb** opposes (1 May 2031, Paper)"]


def test_a_new_brief_without_a_summary_is_named_without_one(tmp_path: Path) -> None:
    text = said(tmp_path, {}, {"events/ee.yml": "name: Ee\ntype: attack\ndate: 2031-03-01\nbears_on: [dd]\n"
                                                "unverified: true\n"})
    assert section(text, "Briefs added") == ["- **Ee** (event, 1 March 2031). · `content/events/ee.yml:1`"]


def test_a_brief_that_goes_leaves_questions(tmp_path: Path) -> None:
    before = write(tmp_path / "before", demand(""))
    after = write(tmp_path / "after", demand(""))
    (after / "actors/bb.yml").unlink()
    text = tell(before, after)
    assert title(text) == "1 brief removed; 2 new errors"
    assert section(text, "Briefs removed") == ["- **Bb** (actor) · `content/actors/bb.yml:1` (before)"]
    asked = section(text, "Questions for the reviewer")
    assert "  - Bb (`bb`), named 2 times, first here · `content/actors/aa.yml:3`" in asked
    assert "  - Bb, `/actors/bb/` · `content/actors/bb.yml:1` (before)" in asked
    assert section(text, "What the check says")[0] == "2 new problems, all of which stop the build:"


def test_a_renamed_brief_is_no_removal_and_what_names_it_is_no_noise(tmp_path: Path) -> None:
    before = write(tmp_path / "before", demand(""))
    after = write(tmp_path / "after", demand(""))
    (after / "actors/bb.yml").unlink()
    (after / "actors/bee.yml").write_text(SMALL["actors/bb.yml"] + "formerly: [bb]\n")
    (after / "actors/aa.yml").write_text(SMALL["actors/aa.yml"].replace("[[bb]]", "[[bee]]"))
    (after / "demands/dd.yml").write_text(DEMAND.replace("actor: bb", "actor: bee"))
    text = tell(before, after)
    assert title(text) == "1 brief renamed"
    assert section(text, "Briefs renamed or moved")[0] == (
        "- **Bb**: id `bb` → `bee`; the old address leads here · `content/actors/bee.yml:1`")
    assert ("In 2 files only the new id of a renamed brief follows: `content/actors/aa.yml`, `content/demands/dd.yml`."
            in text)
    assert "Questions" not in text and "Positions" not in text
    (after / "actors/bee.yml").write_text(SMALL["actors/bb.yml"])
    assert "the old address will lead nowhere" in tell(before, after)


def test_sources_added_and_no_longer_cited_are_named(tmp_path: Path) -> None:
    two = SMALL["sources/all.yml"] + "ledger:\n  publisher: The Ledger\n  title: Tern\n  type: wire\n"
    cites = SMALL["actors/aa.yml"].replace("[paper]", "[paper, ledger]")
    added = said(tmp_path / "1", {}, {"sources/all.yml": two, "actors/aa.yml": cites})
    assert title(added) == "1 brief changed: 1 source added"
    assert section(added, "Sources added") == [
        "- The Ledger: *Tern* `ledger`, without an address, without a date · `content/sources/all.yml:6`"]
    assert "- **Aa**: sources: added The Ledger \\[ledger\\] · `content/actors/aa.yml:4`" in added
    dropped = said(tmp_path / "2", {"sources/all.yml": two, "actors/aa.yml": cites},
                   {"actors/aa.yml": SMALL["actors/aa.yml"]})
    assert section(dropped, "Sources no longer cited") == ["- The Ledger: *Tern* `ledger`"]


def test_pages_images_and_strays_are_told_too(tmp_path: Path) -> None:
    text = said(tmp_path, {"pages/how.md": "# How\n\nIt began in May.\n"},
                {"pages/how.md": "# How\n\nIt began in June.\n", "pages/map.png": b"png", "notes.txt": "x"})
    assert title(text) == "1 hand-written page, 1 image, 1 other file; 1 new error"
    assert section(text, "Hand-written pages and other files") == [
        "- *How* reworded · `content/pages/how.md:3`", "  > It began in ~~May.~~ **June.**",
        "- Image added: `content/pages/map.png`",
        "- A file that the content folder has no place for, added: `content/notes.txt`"]


# --- the day ---------------------------------------------------------------------------------


def test_a_date_that_crosses_the_day_is_asked_about(tmp_path: Path) -> None:
    text = said(tmp_path, {}, {"un-process/meetings/mm.yml": SMALL["un-process/meetings/mm.yml"].replace(
        "2031-02-01/2031-02-05", "2031-07-01/2031-07-05")})
    assert "**Dates that moved across the dossier’s day, 1 June 2031.**" in text
    assert "  - Mm: 1 to 5 February 2031 → 1 to 5 July 2031, later than the day now" in text


def test_another_day_says_which_facts_change_sides(tmp_path: Path) -> None:
    files: Files = {
        "actors/aa.yml": SMALL["actors/aa.yml"] + "offices: [{office: Envoy, date: 2030/2031-03, sources: [paper]}]\n",
        "demands/dd.yml": DEMAND + ("history:\n  - {date: 2031-01, what: Asked., status: open, sources: [paper]}\n"
                                    "  - {date: 2031-05, what: Done., status: met, sources: [paper]}\n")}
    text = said(tmp_path, files, {"dossier.yml": SMALL["dossier.yml"].replace("2031-06-01", "2031-01-31")})
    assert title(text) == "The dossier’s day moves from 1 June 2031 to 31 January 2031"
    lines = section(text, "The dossier itself")
    assert "- Later than the day now, and marked as such (1 brief): Mm (1 to 5 February 2031)" in lines
    assert "- Hold now (1): Aa: office “Envoy” (2030 to March 2031)" in lines
    assert "- Statuses of demands (1): *Reopen the ferry* met → open" in lines
    assert lines[lines.index("- Positions of the day (1):") + 1] == "  - Bb on *Reopen the ferry*: opposes → none"


# --- questions -------------------------------------------------------------------------------


def test_loaded_words_are_asked_about_outside_quotations_only(tmp_path: Path) -> None:
    term = ("name: Regime\ndefinition: A judgement.\nloaded: [regime, IS, old regime]\nhouse_word: government\n"
            "sources: [paper]\n")
    text = said(tmp_path, {"terms/regime.yml": term}, {"actors/aa.yml": SMALL["actors/aa.yml"].replace(
        "See [[bb]].", "The old regime is there, as [[bb]] says, “the regime” is “IS”.")})
    asked = section(text, "Questions for the reviewer")
    assert asked == ["- **Loaded words outside a quotation.** Is there a neutral one?",
                     "  - “old regime” in Aa; this site says “government” · `content/actors/aa.yml:3`"]


def test_a_quotation_without_a_source_from_those_days_is_asked_about(tmp_path: Path) -> None:
    text = said(tmp_path, demand(""), demand(
        "  - {date: 2031-01-20, actor: aa, stance: supports, words: Yes, sources: [paper]}\n"))
    assert "**Quotations without a source from those days.**" in text


def test_accepted_warnings_and_statements_without_a_source_are_asked_about(tmp_path: Path) -> None:
    text = said(tmp_path, {}, {"actors/aa.yml": SMALL["actors/aa.yml"] + (
        "offices: [{office: Envoy, unverified: true}]\naccept: {never-linked: kept for its aliases}\n")})
    asked = section(text, "Questions for the reviewer")
    assert "  - Aa: office “Envoy” · `content/actors/aa.yml:5`" in asked
    assert "  - Aa: never-linked, “kept for its aliases” · `content/actors/aa.yml:6`" in asked


# --- no noise, whatever happens to the files -------------------------------------------------


def test_nothing_and_formatting_only_say_so(tmp_path: Path) -> None:
    assert title(said(tmp_path / "1", {}, {})) == "Nothing changed"
    text = said(tmp_path / "2", {}, {"actors/aa.yml": '# A comment\nsources:\n  - paper\nname: "Aa"\n\ntype: state\n'
                                                      "summary: |\n  See\n  [[bb]].\n"})
    assert title(text) == "Only formatting changed"
    assert "The wording and facts are the same; only formatting changed in 1 file." in text


def _shuffled(value: object, dice: random.Random) -> object:
    """The same record with its fields, and the records in its lists, in another order."""
    if isinstance(value, dict):
        return {key: _shuffled(value[key], dice) for key in dice.sample(list(value), len(value))}
    if isinstance(value, list):
        return [_shuffled(item, dice) for item in dice.sample(value, len(value))]
    return value


def test_another_order_and_another_writer_are_no_change(tmp_path: Path) -> None:
    """Every brief of the sample written anew by a YAML writer, its fields and lists shuffled."""
    dice = random.Random(5)
    after = tmp_path / "content"
    shutil.copytree(SAMPLE, after)
    for path in sorted(after.rglob("*.yml")):
        plain = yaml.load(path.read_bytes(), yaml.BaseLoader)
        path.write_text(yaml.safe_dump(_shuffled(plain, dice), allow_unicode=True, sort_keys=False, width=60))
    changes = compare(snapshot(SAMPLE), snapshot(after))
    assert [(change.id, record.path) for change in changes.briefs for record in change.records] == []
    assert changes.only_formatting


def _each_record(value: object, change: Callable[[dict[str, object]], None], depth: int = 0) -> None:
    """Change every record below a brief, wherever it stands."""
    if isinstance(value, dict):
        for inner in value.values():
            _each_record(inner, change, depth + 1)
        if depth and not {"outside", "unit", "lang"} & set(value):
            change(value)
    elif isinstance(value, list):
        for inner in value:
            _each_record(inner, change, depth + 1)


def test_every_kind_of_record_can_be_told_when_it_comes_goes_or_changes(tmp_path: Path) -> None:
    """The sample with a note on each record, and without any record, against the sample as it is."""
    noted, bare = tmp_path / "noted/content", tmp_path / "bare/content"
    for folder in (noted, bare):
        shutil.copytree(SAMPLE, folder)
    for path in sorted(SAMPLE.rglob("*.yml")):
        if path.parent.name == "sources" or path.name == "dossier.yml":
            continue
        plain = yaml.load(path.read_bytes(), yaml.BaseLoader)
        few = {key: value for key, value in plain.items() if key not in ("vote", "precondition") and not (
            isinstance(value, list) and any(isinstance(item, dict) and "outside" not in item for item in value))}
        _each_record(plain, lambda record: record.update(note="Seen again."))
        for folder, record in ((noted, plain), (bare, few)):
            (folder / path.relative_to(SAMPLE)).write_text(yaml.safe_dump(record, allow_unicode=True))
    types = set()
    for before, after in ((SAMPLE, noted), (bare, SAMPLE), (SAMPLE, bare)):
        changes = compare(snapshot(before), snapshot(after))
        assert not changes.unreadable
        types |= {(record.type, record.how) for brief in changes.briefs for record in brief.records if record.path}
        text = tell(before, after)
        assert not re.search(r"\bNone\b|[:,] record\b", text), text
    statements = {type for type, how in types if how == "changed"}
    assert statements >= {"Position", "Vote", "CastVote", "CountedFrom", "ProvisionStep", "Seat", "Mandate", "Head"}
    assert {type for type, how in types if how == "added"} == {type for type, how in types if how == "removed"}


def test_files_that_cannot_be_read_are_named_and_nothing_in_them_counts_as_gone(tmp_path: Path) -> None:
    text = said(tmp_path, demand(""), {
        "actors/bb.yml": "name: 'Bb\n", "sources/all.yml": "paper: [\n", "dossier.yml": "title: T\nas_of: tomorrow\n",
        "un-process/meetings/mm.yml": SMALL["un-process/meetings/mm.yml"].replace("direct", "shuttle")})
    assert title(text) == "1 brief changed; 3 files not compared; 9 new errors"
    assert [line.partition(":")[0] for line in section(text, "Not compared")[1:]] == [
        "- `content/actors/bb.yml", "- `content/dossier.yml", "- `content/sources/all.yml"]
    assert section(text, "Meetings") == [
        "- **Mm**: format: direct → shuttle · `content/un-process/meetings/mm.yml:3`"]
    assert "removed" not in text


def test_records_that_move_to_another_file_are_no_change(tmp_path: Path) -> None:
    before = write(tmp_path / "before", {})
    after = write(tmp_path / "after", {})
    (after / "sources/all.yml").rename(after / "sources/press.yml")
    assert title(tell(before, after)) == "Only formatting changed"


def test_a_file_that_was_broken_before_and_is_untouched_is_no_matter(tmp_path: Path) -> None:
    broken: Files = {"actors/bb.yml": "name: 'Bb\n", "dossier.yml": "title: T\nas_of: tomorrow\n"}
    assert title(said(tmp_path, broken, {})) == "Nothing changed"


def test_content_may_be_missing_on_one_side() -> None:
    come, gone = tell(None, SAMPLE), tell(SAMPLE, None)
    assert "briefs added, dossier.yml added" in title(come) and "Briefs removed" not in come
    assert "briefs removed, dossier.yml removed" in title(gone) and "Briefs added" not in gone
    assert title(tell(None, None)) == "Nothing changed"


# --- the text itself -------------------------------------------------------------------------

NASTY = ("@octocat #12 GH-7 a@b.example www.evil.example https://evil.example/x ![i](https://e.example/i.png) "
         "<!-- x --> <script>alert(1)</script> [[bb]] :tada: `code` **b** ~~s~~ | $x$ deadbeefdeadbeef \\ _u_ "
         "[^1] &lt;")


def test_nothing_that_content_says_becomes_markup(tmp_path: Path) -> None:
    """Every text field of every kind holds a text that would do harm; hosts must see none of it."""
    quoted = "'" + NASTY.replace("'", "''").replace("[[bb]]", "x") + "'"
    before, after = tmp_path / "before/content", tmp_path / "after/content"
    shutil.copytree(SAMPLE, before)
    shutil.copytree(SAMPLE, after)
    for path in sorted(after.rglob("*.yml")):
        text = path.read_text()
        for field in ("name", "title", "publisher", "note", "role", "office", "words", "says", "what", "unit", "on",
                      "place", "symbol", "definition", "reliability", "called", "designated", "room"):
            text = re.sub(rf"(?m)^(\s*(?:- )?{field}:) [^|>\n]*$", lambda match: f"{match[1]} {quoted}", text)
        path.write_text(text)
    (after / "pages/how-it-began.md").write_text(f"# {NASTY}\n\n{NASTY}\n")
    (after / "x`@octocat`.txt").write_text("x")
    for text in (tell(before, after), tell(None, after), tell(after, before)):
        bare = re.sub(r"`[^`\n]*`", "", text.replace("\\`", ""))
        assert "octocat" in text and len(text) < MOST_CHARACTERS
        for harm in ("@octocat", "#12", "GH-7", "@b.example", "www.", "https://", "![i", "<", ":tada:",
                     "deadbeefdeadbeef", "[^1]", " $x", " _u"):
            assert harm not in bare, (harm, bare[max(bare.find(harm) - 60, 0):][:120])
        assert not re.search(r"(?<!\\)(\]\(|\[\[|\| |~~~)", bare)


def test_values_do_not_begin_a_list_or_a_heading() -> None:
    assert [str(escaped(text)) for text in ("# x", "- x", "12. x", "31 May", "a\n\nb", "1 < 2 & 3")] == [
        "\\# x", "\\- x", "12\\. x", "31 May", "a b", "1 &lt; 2 &amp; 3"]
    assert escaped("a\u202eb\x1b") == "ab" and code("c\u2066\u202ed`") == "cd'"
    assert escaped("رياض (x)") == "\u2068رياض (x)\u2069"


def test_places_become_links_to_the_side_they_stand_on() -> None:
    kept = repository("https://github.com/o/r")
    assert kept is not None
    linker = Linker(kept.line_at, "some where/content", "headsha", "basesha")
    assert linker(Place("content/actors/aa.yml", 3)) == (
        "[`actors/aa.yml:3`](https://github.com/o/r/blob/headsha/some%20where/content/actors/aa.yml#L3)")
    assert "/blob/basesha/" in linker(Place("content/actors/aa.yml", 3, old=True))


@pytest.mark.first_dossier
def test_a_very_long_change_is_cut_with_a_count() -> None:
    text = tell(None, CONTENT)
    assert len(text) <= MOST_CHARACTERS
    assert re.search(r"(?m)^- … and \d+ more$", text)


# --- the command -----------------------------------------------------------------------------


def test_the_command_compares_commits_and_the_files_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit(tmp_path, {f"content/{name}": text for name, text in SMALL.items()})
    actor = tmp_path / "content/actors/aa.yml"
    actor.write_text(actor.read_text().replace("name: Aa", "name: Aah"))
    content = str(tmp_path / "content")
    assert main(["diff", "main", "--content", content]) == 0
    out = capsys.readouterr().out
    assert "- **Aah**: name: Aa → Aah · `content/actors/aa.yml:1`" in out
    assert "with the files as they are now." in out
    git(tmp_path, "commit", "-qam", "rename")
    arguments = ["diff", "main~1", "main", "--content", content, "--repository", "https://github.com/o/r"]
    assert main(arguments) == 0
    assert f"(https://github.com/o/r/blob/{git(tmp_path, 'rev-parse', 'main')}/content/actors/aa.yml#L1)" in (
        capsys.readouterr().out)
    assert main([*arguments, "--commit", "abc123"]) == 0
    assert "/blob/abc123/content/actors/aa.yml#L1" in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "words"), [
    (["nowhere"], 'there is no commit "nowhere"'),
    (["HEAD", "--content", "nowhere"], "neither side has a content folder"),
    (["HEAD", "--repository", "javascript:alert(1)"], "looks like https://host/owner/name, not"),
    (["HEAD", "--commit", "a b"], "is not a commit's number"),
])
def test_wrong_usage_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str],
    words: str
) -> None:
    commit(tmp_path, {"content/dossier.yml": SMALL["dossier.yml"]})
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFING_CONTENT", raising=False)
    assert main(["diff", *arguments]) == 2
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1


def test_without_git_only_diff_complains(tmp_path: Path) -> None:
    content = write(tmp_path, {})
    environment = {**os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(ROOT)}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "generator.cli", *arguments, "--content", str(content)],
                              env=environment, capture_output=True, text=True, timeout=60, check=False)

    refused = run("diff", "main")
    assert (refused.returncode, refused.stdout) == (2, "") and "git was not found" in refused.stderr
    assert run("check").returncode == 0
