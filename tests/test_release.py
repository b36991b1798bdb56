"""Releases: what was published is kept with its reason, and what changed since is told."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from tools import CONTENT, SAMPLE, SMALL, load_once, problems, write

from generator.cli import main
from generator.compare.changes import Snapshot
from generator.compare.differences import compare, snapshot
from generator.compare.markdown import Linker, as_markdown
from generator.compare.releases import release_news
from generator.compare.report import report
from generator.dossier import Dossier
from generator.load import load_dossier
from generator.reads import recording
from generator.releases.changes import changes_in_words
from generator.releases.file import GROUPS, Release, Releases, read_releases, to_text
from generator.releases.snapshot import last_release, released_facts, since_last_release
from generator.views.revisions import MOST, revisions

DEMAND = SMALL["demands/dd.yml"]
POSITION = "positions:\n  - date: 2031-05-20\n    actor: bb\n    stance: opposes\n    sources: [paper]\n"


def loaded(folder: Path) -> Dossier:
    dossier, _ = load_once(folder)
    assert dossier is not None
    return dossier


def release(folder: Path, day: str = "2031-06-01", reason: str = "A letter") -> int:
    return main(["release", "--date", day, "--reason", reason, "--content", str(folder)])


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """The small dossier, released once."""
    folder = write(tmp_path, {"demands/dd.yml": DEMAND + POSITION})
    assert release(folder) == 0
    return folder


def told(folder: Path) -> list[str]:
    """Every change since the last release, in a line each."""
    differences = since_last_release(loaded(folder))
    assert differences is not None
    changes = changes_in_words(differences)
    return [f"{change.group}: {change.how} {change.title}, {change.what}".rstrip(", ")
            + "".join(f"; {edit.field}: {edit.was} -> {edit.now}" for edit in change.edits) for change in changes]


@pytest.mark.parametrize("folder", [CONTENT, SAMPLE], ids=["real", "sample"])
def test_a_released_dossier_can_be_loaded_again_and_compared(folder: Path) -> None:
    dossier = loaded(folder)
    text = to_text(Releases((Release("2031-01-01", "x", "0", {}),), released_facts(dossier)))
    found, wrong = read_releases(text.encode(), "content/releases.json")
    assert found is not None and not wrong and to_text(found) == text
    # Compared with a dossier of which nothing is shared with the present one.
    other = copy.copy(dossier)
    other.releases = replace(found, facts={name: {**facts, "reviewed": "1999"} if "/" in name else facts
                                           for name, facts in found.facts.items()})
    before = last_release(other)
    assert before is not None and before.dossier.briefs.keys() == dossier.briefs.keys()
    named = {field.name for brief in compare(before, Snapshot(dossier, True, (), {})).briefs
             for record in brief.records for field in record.fields}
    assert named == {"reviewed"}


def test_a_diff_says_what_is_released_and_what_is_not_yet(released: Path, tmp_path: Path) -> None:
    files = {"demands/dd.yml": DEMAND + POSITION.replace("opposes", "supports")}
    before, unreleased = snapshot(write(tmp_path / "before", files)), snapshot(released)
    assert [release.reason for release in release_news(compare(before, unreleased)).come] == ["A letter"]
    write(released.parent, files)
    text = as_markdown(report(compare(unreleased, snapshot(released))), (("main", ""), ("", "")), Linker())
    assert "among what changed since the release of 2031-06-01, without a reason." in text
    assert release(released, "2031-06-02") == 0
    text = as_markdown(report(compare(unreleased, snapshot(released))), (("main", ""), ("", "")), Linker())
    assert text.startswith("## 1 brief changed, 1 release made: 1 position\n") and "Not in a release" not in text
    assert "- Release of 2031-06-02 made: “A letter”, 1 change\n" in text
    assert not release_news(compare(snapshot(released), snapshot(released)))


def test_corrections_are_told_with_what_stood_there_before(released: Path) -> None:
    write(released.parent, {"demands/dd.yml": DEMAND.replace("Stop.", "Stop now.") + POSITION.replace(
        "opposes", "supports"), "actors/cc.yml": "name: Cc\ntype: state\nsummary: See [[aa]].\nsources: [paper]\n",
        "sources/all.yml": SMALL["sources/all.yml"].replace("date: 2031-05-31", "date: 2031-05-30")})
    assert told(released) == [
        "positions: changed Dd, position of Bb (20 May 2031); stance: opposes -> supports",
        "who: added Cc, actor. See Aa.",
        "sources: changed News; date: 31 May 2031 -> 30 May 2031",
        "wording: changed Dd; what is asked: Stop. -> Stop now.",
    ]


def test_a_new_release_keeps_in_words_what_it_changed(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(released.parent, {"demands/dd.yml": DEMAND + POSITION.replace("opposes", "supports")})
    assert release(released, "2031-06-02", "  Bb wrote:\n it agrees. ") == 0
    assert "release of 2031-06-02, 1 change since the last release" in capsys.readouterr().out
    releases = loaded(released).releases
    assert releases is not None and [r.date for r in releases.releases] == ["2031-06-01", "2031-06-02"]
    assert releases.last is not None and releases.last.reason == "Bb wrote: it agrees."
    assert [(edit.was, edit.now) for edit in releases.last.changes[0].edits] == [("opposes", "supports")]
    assert told(released) == []


def test_the_file_is_read_by_people_too(released: Path) -> None:
    before = (released / "releases.json").read_text().splitlines()
    assert '"positions": [' in before and all(len(line) < 200 for line in before)
    write(released.parent, {"demands/dd.yml": DEMAND + POSITION.replace("opposes", "supports")})
    release(released, "2031-06-02")
    after = (released / "releases.json").read_text().splitlines()
    facts = [line for line in after[after.index('"facts": {'):] if line not in before]
    assert facts[0] == '{"date": "2031-05-20", "actor": "bb", "stance": "supports", "sources": ["paper"]}'
    assert len(facts) == 2, "one statement, and the seal"


@pytest.mark.parametrize(("options", "words"), [
    (("2031-05-31", "x"), "the last release is of 2031-06-01, so none can be of 2031-05-31"),
    (("2031-06-01", "x"), "nothing changed since the release of 2031-06-01, so there is nothing to release"),
    (("2031-06", "x"), '"2031-06" is no day: write one such as 2031-05-20'),
    (("2031-06-02~", "x"), '"2031-06-02~" is no day: write one such as 2031-05-20'),
    (("2031-06-02", " "), "a release needs a reason: readers are shown it"),
])
def test_a_release_that_cannot_be_is_refused(released: Path, capsys: pytest.CaptureFixture[str],
                                             options: tuple[str, str], words: str) -> None:
    before = (released / "releases.json").read_bytes()
    assert release(released, *options) == 2 and capsys.readouterr().err == f"briefing: {words}\n"
    assert (released / "releases.json").read_bytes() == before


def test_content_with_errors_is_not_released(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, {"actors/aa.yml": "name: Aa\n"})
    assert release(folder) == 1 and "nothing was released" in capsys.readouterr().err
    assert not (folder / "releases.json").exists()


def test_layout_alone_is_no_change(released: Path) -> None:
    (released / "demands" / "dd.yml").write_text(
        "positions: [{actor: bb, sources: [paper], date: '2031-05-20', stance: opposes}]\n" + DEMAND)
    assert release(released, "2031-07-01") == 2


# --- a file that is not as it was written -----------------------------------------------------


def broken(released: Path, before: str, after: str) -> list[str]:
    path = released / "releases.json"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return [problem.as_text() for problem in load_dossier(released)[1]]


BACK = "Take it back as it was in the last commit: only `briefing release` writes it"


@pytest.mark.parametrize(("before", "after", "said"), [
    ('"A letter"', '"A visit"',
     f"content/releases.json:1:1: error: this file of releases was changed by hand. {BACK} "
                                "[releases-edited]"),
    ('"opposes"', '"supports"',
     f"content/releases.json:1:1: error: this file of releases was changed by hand. {BACK} "
                                "[releases-edited]"),
    ('"format": 1,', '"format": 2,',
     "content/releases.json:1:1: error: this file of releases cannot be used: its format "
                                     "is 2, and this version of the program knows 1. Use the version of the program that "
                                     "made the last release; only where that is not what happened, take the file back as "
                                     "it was in the last commit [releases-broken]"),
    ('"changes": [', '"changes": [,', "content/releases.json:9:13: error: this file of releases cannot be used: it is no "
                                      f"valid JSON (Expecting value). {BACK} [releases-broken]"),
    ('"2031-06-01"', "7", "content/releases.json:1:1: error: this file of releases cannot be used: the date of release 1 "
                          f"must be a text. {BACK} [releases-broken]"),
    ('"releases": [', "<<<<<<< ours\n", "content/releases.json:3:1: error: two versions of the same lines stand here "
     "(<<<<<<<). Keep one side's file whole, and make the other side's release again with `briefing release` "
     "[merge-conflict]"),
])
def test_a_file_that_was_changed_by_hand_is_said_to_be(released: Path, before: str, after: str, said: str) -> None:
    assert broken(released, before, after) == [said]
    assert release(released, "2032-01-01") == 1


def test_other_line_ends_are_no_change(released: Path) -> None:
    path = released / "releases.json"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_dossier(released)[1] == []


def test_nothing_that_a_file_may_hold_stops_the_reading() -> None:
    for data in (b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"format": 1, "releases": [], "facts": {}}',
                 b'{"format": 1, "releases": [{"date": "x"}], "facts": []}'):
        found, wrong = read_releases(data, "content/releases.json")
        assert found is None and len(wrong) == 1


def test_only_what_differs_from_a_release_is_made_from_it(released: Path) -> None:
    write(released.parent, {"demands/dd.yml": DEMAND + POSITION,
                            "actors/bb.yml": SMALL["actors/bb.yml"] + "aliases: [Bebe]\n"})
    dossier = loaded(released)
    before = last_release(dossier)
    assert before is not None
    assert {id for id, brief in before.dossier.briefs.items() if brief is not dossier.briefs[id]} == {"bb"}
    assert before.dossier.settings is dossier.settings
    assert before.dossier.pages == dossier.pages


def test_the_page_of_revisions_notes_no_more_than_it_shows(released: Path) -> None:
    dossier = loaded(released)
    with recording() as read:
        revisions(dossier)
    assert read == {("#facts", ""), ("#releases", "")}


def test_facts_that_this_version_cannot_read_are_not_compared(released: Path) -> None:
    dossier = loaded(released)
    assert dossier.releases is not None
    facts = {**dossier.releases.facts, "actors/aa": {"name": "Aa", "shade": "blue"}}
    dossier.releases = replace(dossier.releases, facts=facts)
    differences = since_last_release(dossier)
    assert differences is not None and differences.briefs == ()


# --- what was published stays -----------------------------------------------------------------


def test_what_was_released_and_is_gone_is_a_warning_that_can_be_accepted(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edition = "editions:\n  - {date: 2031-05-01, title: First, sources: [paper]}\n"
    term = {"terms/tt.yml": "name: Tt\ndefinition: A word [@paper].\n", "pages/made.md": "# Made\n\nBy hand.\n"}
    folder = write(tmp_path, {"dossier.yml": SMALL["dossier.yml"] + edition, **term})
    assert release(folder) == 0
    (folder / "pages" / "made.md").unlink()
    (folder / "terms" / "tt.yml").rename(folder / "terms" / "uu.yml")
    gone = {"dossier.yml": SMALL["dossier.yml"]}
    assert problems(tmp_path, gone) == [
        "content/dossier.yml:1:1: warning: /glossary/#tt was released and leads nowhere now. Name the old id under "
        "`formerly` in the brief that took its place, or accept the warning with the reason [address-gone]",
        "content/dossier.yml:1:1: warning: /made/ was released and leads nowhere now. Name the old id under "
        "`formerly` in the brief that took its place, or accept the warning with the reason [address-gone]",
        "content/dossier.yml:1:1: warning: the edition of 2031-05-01 was released and is gone: its address "
        "/as-of/2031-05-01/ leads nowhere. List it in `editions` again, or accept the warning with the reason "
        "[edition-gone]"]
    accepted = SMALL["dossier.yml"] + "accept: {address-gone: it was never read, edition-gone: it was the wrong day}\n"
    assert problems(tmp_path, {"dossier.yml": accepted}) == []
    assert problems(tmp_path, {"dossier.yml": accepted.replace("address-gone: it was never read, ", ""),
                               "terms/uu.yml": "name: Tt\nformerly: [tt]\ndefinition: A word [@paper].\n",
                               "pages/made.md": "# Made\n\nAgain.\n"}) == []
    capsys.readouterr()
    assert release(folder, "2031-06-02") == 0
    assert capsys.readouterr().err == (
        'content/dossier.yml:5:24: warning: nothing here gives the warning "edition-gone" any more. Delete it from `accept` '
        "[idle-accept]\n")


def test_the_comparison_of_commits_takes_no_notice_of_the_file(released: Path, tmp_path: Path) -> None:
    bare = write(tmp_path / "bare", {"demands/dd.yml": DEMAND + POSITION})
    assert compare(snapshot(bare), snapshot(released)).nothing


# --- the page ---------------------------------------------------------------------------------


def test_the_samples_revisions_show_every_shape() -> None:
    view = revisions(loaded(SAMPLE))
    assert [(release.date.readable(), release.first, release.count > 0) for release in view.releases] == [
        ("25 May 2031", False, True), ("30 April 2031", True, False)]
    entries = [entry for group in (*view.open, *view.releases[0].groups) for entry in group.changes]
    assert {entry.change.how for entry in entries} == {"added", "changed", "removed"}
    assert {entry.change.group for entry in entries} == set(GROUPS)
    assert {bool(edit.was) + 2 * bool(edit.now) for entry in entries for edit in entry.change.edits} == {1, 2, 3}
    gone = next(entry for entry in entries if entry.change.page == "false-alarm")
    assert (gone.id, gone.address) == ("", "")
    moved = next(entry for entry in entries if entry.change.anchor == "account-old-aster-front-2031-04-03")
    assert moved.anchor == "account-old-aster-front-2031-04-03", "an anchor that the page keeps"


def test_the_page_tells_reasons_corrections_and_sources(sample_site: Path) -> None:
    page = (sample_site / "about" / "revisions" / "index.html").read_text(encoding="utf-8")
    assert 'id="release-2031-05-25"' in page and "the alarm was the same light" in page
    assert re.search(r"<del>opposes</del>.*?<ins>conditional</ins>", page)
    assert 'href="../../demands/reopen-the-ferry/#position-calder-2031-05-20"' in page
    assert "ledger-tern]" not in page, "sources are called by their publishers"


def test_a_dossier_without_releases_says_so(tmp_path: Path) -> None:
    view = revisions(loaded(write(tmp_path, {})))
    assert view.releases == () and view.open == () and view.last is None


def test_thousands_of_changes_are_capped_and_counted(released: Path) -> None:
    dossier = loaded(released)
    assert dossier.releases is not None and dossier.releases.last is not None
    write(released.parent, {"demands/dd.yml": DEMAND + POSITION.replace("opposes", "supports")})
    release(released, "2031-06-02")
    dossier = loaded(released)
    assert dossier.releases is not None and dossier.releases.last is not None
    one = dossier.releases.last.changes[0]
    many = replace(dossier.releases.last, changes=(one, one, *(replace(one, group="wording") for _ in range(5000))))
    dossier.releases = replace(dossier.releases, releases=(many,))
    positions, wording = revisions(dossier).releases[0].groups
    assert (len(positions.changes), positions.more) == (2, 0)
    assert (len(wording.changes), wording.count) == (MOST - 2, 5000)


def test_the_format_json_of_the_check_names_the_file(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken(released, '"A letter"', '"A visit"')
    capsys.readouterr()
    assert main(["check", "--format", "json", "--content", str(released)]) == 1
    assert [entry["file"] for entry in json.loads(capsys.readouterr().out) if entry["severity"] == "error"] == [
        "content/releases.json"]
