"""How problems are shown: the line with a caret, one cause once, GitHub's annotations, the count."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import SMALL, write

from generator.cli import main
from generator.diagnostics import diagnostic
from generator.report import as_annotations, by_cause, excerpt, summary

ACTOR = SMALL["actors/aa.yml"]


def test_text_shows_the_line_with_a_caret_below_the_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {"actors/aa.yml": ACTOR.replace("state", "stat")})
    assert main(["check", "--content", str(content)]) == 1
    shown = capsys.readouterr()
    assert shown.out == (
        'content/actors/aa.yml:2:7: error: "stat" is not a known value of "type". Did you mean "state"? [bad-value]\n'
        "    2 | type: stat\n"
        "      |       ^\n")
    assert shown.err == "1 error, 0 warnings\n"


@pytest.mark.parametrize(("line", "column", "shown", "mark"), [
    ("type: stat", 7, "type: stat", "      ^"),
    ("\tx:\ty", 5, "\tx:\ty", "\t  \t^"),
    ("名前: x y", 7, "名前: x y", "        ^"),  # each of the two takes two columns
    ("na\u0308me: x", 8, "na\u0308me: x", "      ^"),  # a combining mark takes none
    ("name: اسم آخر, x", 8, "name: اسم آخر, x", "      ^^^^^^^"),  # shown from right to left: the whole run
    ("name: اسم 12, x", 16, "name: اسم 12, x", "               ^"),
    ("type:", 6, "type:", "     ^"),
], ids=["plain", "tabs", "wide", "combining", "right-to-left", "after-right-to-left", "line-end"])
def test_the_caret_stands_where_the_place_is_seen(line: str, column: int, shown: str, mark: str) -> None:
    assert excerpt(line, column) == (shown, mark)


def test_a_long_line_is_cut_around_the_place() -> None:
    shown, mark = excerpt("a" * 300 + "X" + "b" * 300, 301)
    assert shown.startswith("...aaa") and shown.endswith("bbb...") and len(shown) == 106
    assert shown[mark.index("^")] == "X"
    assert excerpt("X" + "b" * 300, 1) == ("X" + "b" * 99 + "...", "^")
    assert excerpt("name: one two three four", 7, 10) == ("...e: one two...", "      ^")


def test_a_line_is_shown_without_what_could_steer_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--content", str(write(tmp_path, {"actors/aa.yml": ACTOR + "notes: a\x1b[31m\n"}))])
    assert "\x1b" not in capsys.readouterr().out


def test_one_cause_is_shown_once_and_then_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {"actors/aa.yml": ACTOR.replace("sources", "notes: See [[bbb]] and [[bbb]].\nsources"),
                               "demands/dd.yml": SMALL["demands/dd.yml"].replace("[aa]", "[aa, bbb]")})
    main(["check", "--content", str(content)])
    shown = capsys.readouterr()
    assert shown.out == (
        'content/actors/aa.yml:4:12: error: no brief has the id "bbb". Did you mean "bb"? [unknown-id]\n'
        "    4 | notes: See [[bbb]] and [[bbb]].\n"
        "      |            ^\n"
        "  the same in 2 other places:\n"
        "    content/actors/aa.yml:4:24\n"
        "    content/demands/dd.yml:4:15\n")
    assert shown.err == "3 errors of 1 cause, 0 warnings\n"


def test_the_same_words_of_two_causes_stay_apart() -> None:
    missing = [diagnostic("missing-field", file, field="type", record="an actor", example="") for file in ("a", "b")]
    tabs = [diagnostic("tab-indentation", file, line) for file in ("a", "b") for line in (1, 2)]
    assert [len(group) for group in by_cause(missing + tabs)] == [1, 1, 2, 2]


def test_github_names_each_cause_before_it_repeats_one() -> None:
    problems = [diagnostic("unknown-id", "a", line, id="x", hint="") for line in range(1, 13)]
    problems.append(diagnostic("unknown-id", "b", id="y", hint=""))
    lines = list(as_annotations(problems))
    assert len(lines) == 13 and '"y"' in lines[1] and "file=a,line=2" in lines[2]
    assert summary(problems) == "13 errors of 2 causes, 0 warnings"


def test_github_ends_with_the_count_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--format", "github", "--content", str(write(tmp_path, {"actors/aa.yml": ACTOR + "x: z\n"}))])
    shown = capsys.readouterr()
    assert shown.out.startswith("::error file=content/actors/aa.yml,line=5,col=1,title=unknown-field::")
    assert shown.err == "1 error, 0 warnings\n"
