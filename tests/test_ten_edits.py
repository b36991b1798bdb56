"""Ten edits as newcomers make them, each from the change to what readers then see.

A copy of the real dossier lies in a git repository of its own. Five edits are right, five have the commonest mistakes.
For each: what the check says, what marks the line in the pull request, what the change is in words. A slip stops the
build; mended as its message says, it is a right edit like the others. The pages of all ten show what readers see.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest
from tools import CONTENT, ROOT, load_once

from generator.cli import main
from generator.dossier import Dossier
from generator.load import load_dossier
from generator.pages import make_page

pytestmark = [pytest.mark.first_dossier, pytest.mark.skipif(shutil.which("git") is None, reason="needs git")]


@dataclass(frozen=True)
class Right:
    """A right edit: `old` becomes `new` in a file of the content."""

    file: str
    old: str
    new: str
    in_words: str
    """A line of the comparison, without the place at its end."""
    page: str
    shown: str
    """What its page then says, and did not before."""


@dataclass(frozen=True)
class Slip:
    """A right edit, made with a mistake: `wrong` stands where the right edit's text should."""

    right: Right
    wrong: str
    line: str
    """The line that the check names, and in it `place`, where the caret stands."""
    place: str
    code: str
    message: str
    in_words: str
    """What the comparison says of the change as it is."""


RIGHT = {
    "a date is corrected": Right(
        "events/msf-on-madaya.yml", "date: 2016-01-30\nplace: Madaya", "date: 2016-01-29\nplace: Madaya",
        "**MSF: people still starve in Madaya**: date: 30 January 2016 → 29 January 2016",
        "events/msf-on-madaya", "29 January 2016"),
    "an actor moved on a demand": Right(
        "demands/halt-attacks-on-civilian-areas.yml",
        "  - date: 2016-02-03\n    actor: russia\n",
        "  - date: 2016-02-01\n    actor: russia\n    stance: conditional\n    speaker: sergei-lavrov\n"
        "    what: Says that it depends on who holds an area.\n    sources: [reuters-lavrov]\n"
        "  - date: 2016-02-03\n    actor: russia\n",
        "**Russia** on *Halt attacks on civilian areas*: conditional, the earliest on record (1 February 2016, Reuters)",
        "demands/halt-attacks-on-civilian-areas", "it depends on who holds an area"),
    "an office ended": Right(
        "actors/bashar-jaafari.yml", "    date: 2016-01-29/..\n", "    date: 2016-01-29/2016-02-02\n",
        "**Bashar Jaafari**, office “Head of delegation” at Syrian government delegation: date: "
        "from 29 January 2016 → 29 January to 2 February 2016",
        "actors/bashar-jaafari", "held before"),
    "a vote is corrected": Right(
        "un-process/instruments/unscr-2042.yml", "  in_favour: 15\n  against: 0\n  abstaining: 0",
        "  in_favour: 14\n  against: 0\n  abstaining: 1",
        "**Resolution 2042 (2012)**, vote corrected: votes in favour 15 → 14; abstentions 0 → 1",
        "un-process/unscr-2042", "14 in favour"),
    "a word is mended": Right(
        "actors/russia.yml", "Ally of the [[syrian-government]]", "Close ally of the [[syrian-government]]",
        "~~Ally~~ **Close ally** of the Syrian government", "actors/russia", "Close ally of the"),
}

SLIPS = {
    "a tab": Slip(
        Right("events/homs-bombing.yml", "    says: At least 24 people were killed, the governor said.",
              "    says: At least 25 people were killed, the governor said.", "",
              "events/homs-bombing", "At least 25 people were killed, the governor said"),
        "\tsays: At least 25 people were killed, the governor said.",
        "\tsays: At least 25 people were killed, the governor said.", "\t",
        "tab-indentation", "a tab stands at the start of this line. Indent with spaces",
        "a tab stands at the start of this line. Indent with spaces"),
    "a misspelt field": Slip(
        Right("actors/qatar.yml", "aliases: [Doha]", "aliases: [Doha, State of Qatar]", "",
              "actors/qatar", "State of Qatar"),
        "alises: [Doha, State of Qatar]", "alises: [Doha, State of Qatar]", "alises",
        "unknown-field", 'unknown field "alises" in an actor. Did you mean "aliases"?',
        "unknown field \"alises\""),
    "typographic quotes": Slip(
        Right("events/aid-to-al-tall.yml", "date: 2016-02-02\nplace", "date: 2016-02-01\nplace", "",
              "events/aid-to-al-tall", "1 February 2016"),
        "date: “2016-02-01”\nplace", "date: “2016-02-01”", "“",
        "bad-date", '"“2016-02-01”" is not a date: it stands in typographic quotes. Write 2016-02-01, without quotes; '
        'where a value needs quotes, they are straight quotes (")',
        "is not a date: it stands in typographic quotes. Write 2016-02-01"),
    "a date in another form": Slip(
        Right("events/convoy-reaches-madaya.yml", "date: 2016-01-11\nplace", "date: 2016-01-10\nplace", "",
              "events/convoy-reaches-madaya", "10 January 2016"),
        "date: 10 January 2016\nplace", "date: 10 January 2016", "10",
        "bad-date", '"10 January 2016" is not a date: it is not written year-month-day. Write 2016-01-10',
        "is not a date: it is not written year-month-day. Write 2016-01-10"),
    "an id that is no brief's": Slip(
        Right("demands/release-detainees.yml", "positions:\n",
              "positions:\n  - date: 2016-02-02\n    actor: russia\n    stance: unclear\n"
              "    what: Gives no answer about lists of names.\n    sources: [reuters-lavrov]\n", "",
              "demands/release-detainees", "Gives no answer about lists of names"),
        "positions:\n  - date: 2016-02-02\n    actor: rusia\n    stance: unclear\n"
        "    what: Gives no answer about lists of names.\n    sources: [reuters-lavrov]\n",
        "    actor: rusia", "rusia", "unknown-id", 'no brief has the id "rusia". Did you mean "russia"?',
        "**rusia** on *Release detainees*: unclear"),
}


STOP_A_BUILD = ("a tab", "an id that is no brief's")
"""The slips that are also tried on a build, which reads content just as the check does: one that keeps a file from being
read, and one between files."""


class _Text(HTMLParser):
    """The text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def text_of(dossier: Dossier, address: str) -> str:
    """What the page of a brief says."""
    reader = _Text()
    reader.feed(make_page(dossier, dossier.briefs[address.rpartition("/")[2]]).body)
    return " ".join("".join(reader.parts).split())


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(folder), "-c", "user.name=Editor", "-c", "user.email=editor@example.org",
                           *arguments], check=True, capture_output=True, text=True).stdout


def change(repository: Path, file: str, old: str, new: str) -> None:
    path = repository / "content" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} does not hold this once: {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose main branch holds the real dossier."""
    folder = tmp_path_factory.mktemp("desk") / "straits"
    shutil.copytree(CONTENT, folder / "content")
    git(folder.parent, "init", "-q", "-b", "main", str(folder))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "As published")
    return folder


@pytest.fixture
def branch(repository: Path) -> Iterator[Path]:
    """The repository on a branch for one edit; main is as it was afterwards."""
    git(repository, "checkout", "-qb", "edit")
    yield repository
    git(repository, "checkout", "-qf", "main")
    git(repository, "branch", "-qD", "edit")


_KNOWN: dict[tuple[object, ...], object] = {}


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command has read and checked once is not read again while it is the same to the byte: main is, all along."""
    def remember(place: str, key: Callable[..., object]) -> None:
        module, _, name = place.rpartition(".")
        asked = getattr(import_module(module), name)

        def known(*arguments: object) -> object:
            at = (place, key(*arguments))
            if at not in _KNOWN:
                _KNOWN[at] = asked(*arguments), arguments  # kept, so that no other object gets its identity
            return _KNOWN[at][0]  # type: ignore[index]

        monkeypatch.setattr(place, known)

    def all_bytes(folder: Path, *more: object) -> object:
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        read = hashlib.sha256(repr([(str(path.relative_to(folder)), path.read_bytes()) for path in files]).encode())
        return folder.name, read.hexdigest(), *more

    remember("generator.compare.differences.snapshot", all_bytes)
    remember("generator.commands.check.read_content", lambda folder, read: all_bytes(folder))
    remember("generator.commands.check.all_problems", lambda content, problems, formats: id(content))


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """A command's exit code and what it prints."""
    capsys.readouterr()
    code = main(arguments)
    return code, capsys.readouterr().out


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_edit_passes_and_is_told_in_words(name: str, branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit = RIGHT[name]
    change(branch, edit.file, edit.old, edit.new)
    git(branch, "commit", "-qam", name)
    content = ("--content", str(branch / "content"))
    assert say(capsys, "check", "--strict", "--format", "github", *content) == (0, "")
    code, words = say(capsys, "diff", "main", "edit", *content)
    assert code == 0 and edit.in_words in words
    assert "1 brief changed" in words.splitlines()[0]


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_explained_where_it_stands(name: str, branch: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slip, edit = SLIPS[name], SLIPS[name].right
    change(branch, edit.file, edit.old, slip.wrong)
    git(branch, "commit", "-qam", name)
    file, content = branch / "content" / edit.file, ("--content", str(branch / "content"))
    number = file.read_text(encoding="utf-8").split("\n").index(slip.line) + 1
    column = slip.line.index(slip.place) + 1

    code, out = say(capsys, "check", *content)
    place, source, caret = out.splitlines()[:3]
    assert code == 1 and place == f"content/{edit.file}:{number}:{column}: error: {slip.message} [{slip.code}]"
    assert source.endswith(f" | {slip.line}") and caret.endswith("^")

    code, out = say(capsys, "check", "--format", "github", *content)
    assert code == 1 and out.splitlines() == [
        f"::error file=content/{edit.file},line={number},col={column},title={slip.code}::{slip.message}"]

    code, words = say(capsys, "diff", "main", "edit", *content)
    assert code == 0 and slip.in_words in words
    assert f"`content/{edit.file}:{number}`: " in words

    if name in STOP_A_BUILD:
        build = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(ROOT / "mkdocs.yml"), "-d", str(branch / "no")],
            env={**os.environ, "BRIEFING_CONTENT": str(branch / "content"), "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True, text=True, timeout=60)
        assert build.returncode == 1 and place in build.stderr and "Traceback" not in build.stderr
        assert not (branch / "no").exists()


def test_readers_see_all_ten(repository: Path, tmp_path: Path) -> None:
    shutil.copytree(repository / "content", tmp_path / "content")
    edits = [*RIGHT.values(), *(slip.right for slip in SLIPS.values())]
    for edit in edits:
        change(tmp_path, edit.file, edit.old, edit.new)
    (before, _), (after, found) = load_once(CONTENT), load_dossier(tmp_path / "content")
    assert before is not None and after is not None and found == []
    for edit in edits:
        assert edit.shown in text_of(after, edit.page), edit.page
        assert edit.shown not in text_of(before, edit.page), edit.page
