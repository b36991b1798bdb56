"""The commands on an unfriendly machine: one clear sentence, an exit code that is not 0, and nothing half written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools import ROOT, write

from generator import cli
from generator.cli import main
from generator.edit.new import NewRefused, plan_new, write_new
from generator.places import content_of_site, default_content

posix = pytest.mark.skipif(os.name != "posix", reason="pipes, limits and odd names as POSIX has them")


def start(script: str, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A shell line with `briefing` in it, as somebody types it."""
    return subprocess.run(
        ["sh", "-c", script.replace("briefing", f'"{sys.executable}" -m generator.cli'), "sh", *arguments], cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, text=True, timeout=60)


def one_sentence(said: str) -> str:
    assert said.startswith("briefing: ") and said.count("\n") == 1 and said.endswith("\n"), said
    return said


# --- output -------------------------------------------------------------------------------


@posix
def test_output_that_goes_nowhere_is_said(tmp_path: Path) -> None:
    write(tmp_path, {})
    closed = start("briefing new actor cc >&-", cwd=tmp_path)
    assert closed.returncode == 2 and "standard output is closed" in one_sentence(closed.stderr)
    assert not (tmp_path / "content/actors/cc.yml").exists()
    if Path("/dev/full").exists():
        full = start("briefing list >/dev/full", cwd=tmp_path)
        assert full.returncode == 2 and "the output cannot be written: No space left" in one_sentence(full.stderr)
    silent = start("briefing check --format json 2>&-", cwd=tmp_path)
    assert (silent.returncode, silent.stdout, silent.stderr) == (0, "[]\n", "")


@posix
def test_json_is_json_whatever_the_terminal_knows_and_files_are_called(tmp_path: Path) -> None:
    content = write(tmp_path, {"actors/cc.yml": "name: Ελένη 😀 é\nsources: [paper]\n"})
    os.close(os.open(os.fsencode(content / "actors") + b"/caf\xe9.yml", os.O_CREAT))
    found = start("briefing check --format json", cwd=tmp_path, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert found.returncode == 1 and found.stderr == ""
    assert {"bad-id", "missing-field"} <= {problem["code"] for problem in json.loads(found.stdout)}


def test_ctrl_c_stops_with_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    content = write(tmp_path, {})
    monkeypatch.setattr("generator.commands.list.load_dossier", interrupted)
    monkeypatch.setattr(cli, "_forget_output", lambda: None)
    assert main(["list", "--content", str(content)]) == 130
    assert capsys.readouterr().err == "briefing: stopped\n"


# --- what stands in the content folder ----------------------------------------------------


@posix
@pytest.mark.parametrize("command", [["show", "aa"], ["where", "aa"], ["new", "actor", "cc"], ["check"]])
def test_nothing_waits_for_a_pipe(tmp_path: Path, command: list[str]) -> None:
    content = write(tmp_path, {"dossier.yml": None})
    os.mkfifo(content / "dossier.yml")
    assert main([*command, "--content", str(content)]) == (0 if command[0] in ("where", "new") else 1)


@posix
def test_the_name_of_a_file_makes_no_second_line_and_commands_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write(tmp_path, {"actors/a\nb\x1b[2J.yml": "name: X\n"})
    assert main(["check", "--content", str(content)]) == 1
    said = capsys.readouterr().out
    assert said.startswith(r"content/actors/a\x0ab\x1b[2J.yml:1:1: error: ") and said.count("\n") == 1


@posix
def test_a_folder_that_nobody_can_look_into_is_one_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write(tmp_path, {
        "un-process/instruments/ii.yml": None, "un-process/meetings/mm.yml": None,
        "actors/aa.yml": "name: Aa\ntype: state\nsummary: See [[bb]], [[mm]] and [[ii]].\nsources: [paper]\n"})
    (content / "un-process").symlink_to(tmp_path / "nowhere")
    assert main(["check", "--content", str(content)]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("content/un-process:1:1: error: this cannot be read") and said.out.count("\n") == 1


@posix
@pytest.mark.parametrize(("make", "words"), [
    (lambda path: path.symlink_to("nowhere"), "is a link that leads to nothing, not a content folder"),
    (lambda path: path.write_text("x"), "is a file, not a content folder"),
    (os.mkfifo, "is a file, not a content folder"),
    (lambda path: path.mkdir(), "is empty: name another with --content DIR, or begin a dossier with"),
    (lambda path: None, "nothing is there; name another with --content DIR, or begin a dossier with")])
def test_what_is_no_content_folder_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], make: object, words: str
) -> None:
    make(tmp_path / "con\ntent")  # type: ignore[operator]
    for command in (["check"], ["list"], ["show", "aa"], ["rename", "aa", "bb"], ["new", "actor", "cc"]):
        assert main([*command, "--content", str(tmp_path / "con\ntent")]) == 2
        assert words in one_sentence(capsys.readouterr().err)


def test_the_environment_names_one_folder_for_the_commands_and_the_builder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the builder's configuration stands in another folder, with a content folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_CONTENT", "dossier")
    assert content_of_site(None, ROOT) == tmp_path / "dossier" == Path(default_content()).absolute()
    assert content_of_site("contents", ROOT) == ROOT / "contents"
    monkeypatch.delenv("BRIEFING_CONTENT")
    assert content_of_site(None, ROOT) == ROOT / "content"


# --- what is written ----------------------------------------------------------------------

LIMITED = """
import resource
from generator.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
codes = [main(command.split()) for command in (
    "new actor cc", "new source ledger", "schema --write schemas", "export out", "pack site site.zip")]
raise SystemExit(codes != [2] * 5)
"""


@posix
def test_what_cannot_be_written_to_its_end_leaves_nothing_behind(tmp_path: Path) -> None:
    write(tmp_path, {})
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_bytes(os.urandom(4000))
    (tmp_path / "site.zip").write_text("the one before")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    result = subprocess.run([sys.executable, "-c", LIMITED], cwd=tmp_path, timeout=60, capture_output=True, text=True,
                            env={**os.environ, "PYTHONPATH": str(ROOT), "BRIEFING_CONTENT": "content",
                                 "PYTHONDONTWRITEBYTECODE": "1"})
    assert result.returncode == 0, result.stderr
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == ["briefing"] * 5
    assert all("cannot be written: " in line for line in result.stderr.splitlines())
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_what_another_wrote_meanwhile_stays(tmp_path: Path) -> None:
    content = write(tmp_path, {})
    one, other = plan_new(content, "source", "ledger"), plan_new(content, "source", "gazette")
    write_new(one)
    with pytest.raises(NewRefused, match="was changed meanwhile"):
        write_new(other)
    assert "\nledger:\n" in (content / "sources/all.yml").read_text(encoding="utf-8")
