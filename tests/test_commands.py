"""The commands as editors, hosts and scripts use them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools import ROOT, SAMPLE, dead_links, read_site, write

from generator.cli import main


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    keep = {key: value for key, value in os.environ.items() if key != "BRIEFING_CONTENT"}
    return subprocess.run([sys.executable, "-m", "generator.cli", *arguments], cwd=cwd, env={**keep, **environment},
                          capture_output=True, text=True, timeout=120)


def test_check_says_nothing_where_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(SAMPLE)]) == 0
    assert capsys.readouterr().out == ""


def test_check_exits_with_1_for_an_error_and_for_a_warning_only_if_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = write(tmp_path / "wrong", {"actors/aa.yml": "name: Aa\n"})
    warned = write(tmp_path / "warned", {"actors/cc.yml": "name: Cc\ntype: state\nsources: [paper]\n"})
    assert main(["check", "--content", str(wrong)]) == 1
    assert main(["check", "--content", str(warned)]) == 0
    assert main(["check", "--content", str(warned), "--strict"]) == 1


@pytest.mark.parametrize("arguments", [["check", "--content", "nowhere"], ["list", "--content", "nowhere"]])
def test_no_content_is_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_folder_without_a_dossier_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(tmp_path)]) == 2


def test_an_unknown_option_is_wrong_usage() -> None:
    assert run("check", "--colour").returncode == 2
    assert run().returncode == 2


def test_check_as_json_holds_every_field_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {"actors/aa.yml": "name: Aa\ntype: stat\nsummary: See [[bb]].\nsources: [paper]\n"})
    assert main(["check", "--content", str(content), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == [{
        "file": "content/actors/aa.yml", "line": 2, "column": 7, "severity": "error", "code": "bad-value",
        "message": '"stat" is not a known value of "type"', "hint": 'Did you mean "state"?'}]


def test_check_as_json_is_an_empty_list_where_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", str(SAMPLE), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_check_for_github_marks_the_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {"actors/aa.yml": "name: Aa\ntype: stat\nsummary: See [[bb]].\nsources: [paper]\n"})
    main(["check", "--content", str(content), "--format", "github"])
    assert capsys.readouterr().out == (
        '::error file=content/actors/aa.yml,line=2,col=7,title=bad-value::"stat" is not a known value of "type". '
        'Did you mean "state"?\n')


def test_list_as_json_names_every_brief_with_its_address(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--content", str(SAMPLE), "--format", "json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["calder"] == {"kind": "actor", "id": "calder", "title": "Republic of Calder & the Isles",
                              "file": "content/actors/calder.yml", "url": "/actors/calder/"}
    assert rows["gazette-list"]["file"] == "content/sources/official.yml"
    assert rows["proximity-talks"]["url"] == "/glossary/#proximity-talks"
    assert {row["kind"] for row in rows.values()} == {
        "actor", "demand", "instrument", "body", "meeting", "event", "source", "term"}


def test_the_commands_work_from_any_folder_and_take_the_content_from_the_environment(tmp_path: Path) -> None:
    result = run("list", cwd=tmp_path, BRIEFING_CONTENT=str(SAMPLE))
    assert result.returncode == 0 and "Republic of Calder" in result.stdout
    assert run("check", cwd=tmp_path).returncode == 2


def test_no_bytes_in_content_end_in_a_traceback(tmp_path: Path) -> None:
    """Broken pieces of real files, one after another: problems, never an exception."""
    import random

    randomly = random.Random(7)
    files = sorted(SAMPLE.rglob("*.yml"))
    for number in range(60):
        path = randomly.choice(files)
        data = bytearray(path.read_bytes())
        for _ in range(randomly.randint(1, 6)):
            at = randomly.randrange(len(data))
            data[at:at + randomly.randint(0, 9)] = bytes(randomly.choice(b"[]{}:-#&*!|>'\"\t\n @`%\xff0aZ")
                                                         for _ in range(randomly.randint(0, 6)))
        content = write(tmp_path / str(number), {path.relative_to(SAMPLE).as_posix(): bytes(data)})
        assert main(["check", "--content", str(content), "--format", "json"]) in (0, 1, 2)


def test_export_writes_what_stock_mkdocs_builds_without_a_warning(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["export", str(out), "--content", str(SAMPLE)]) == 0
    assert sorted(entry.name for entry in out.iterdir()) == ["docs", "mkdocs.yml"]
    assert "briefing" not in (out / "mkdocs.yml").read_text(encoding="utf-8").split("plugins:")[1]
    result = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")],
                            cwd=out, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True)
    assert result.returncode == 0 and "WARNING" not in result.stderr, result.stderr
    assert dead_links(tmp_path / "site", read_site(tmp_path / "site")) == []
    # What belongs to the site's own shell stays there.
    assert not (out / "docs" / "search").exists()
    assert ".needs-js" in (out / "docs" / "stylesheets" / "briefing.css").read_text(encoding="utf-8")


def test_export_replaces_an_earlier_export_and_refuses_anything_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["export", str(out), "--content", str(SAMPLE)]) == 0
    (out / "docs" / "old.md").write_text("# Old\n")
    assert main(["export", str(out), "--content", str(SAMPLE)]) == 0
    assert not (out / "docs" / "old.md").exists()
    (out / "letter.txt").write_text("keep me")
    assert main(["export", str(out), "--content", str(SAMPLE)]) == 2
    assert "letter.txt" in capsys.readouterr().err
    assert (out / "letter.txt").read_text() == "keep me"


def test_export_writes_nothing_while_the_content_has_errors(tmp_path: Path) -> None:
    wrong = write(tmp_path, {"actors/aa.yml": "name: Aa\n"})
    assert main(["export", str(tmp_path / "out"), "--content", str(wrong)]) == 1
    assert not (tmp_path / "out").exists()
