"""CONTRIBUTING says the truth: each of its examples is carried out, in order, on the dossier that it shows whole."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest
from tools import ROOT

from generator.cli import COMMANDS, main
from generator.format.canonical import mend
from generator.models import FOLDERS
from generator.rendering import TEMPLATES

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
WHOLE = "One whole brief of each kind"
TASKS = ["I found a mistake", "An office changed hands", "A new round was held", "Two sources differ",
         "A date is only roughly known", "Someone was renamed", "An actor moved on a demand", "A text was adopted",
         "Something came of a paragraph, or nothing", "A day matters", "Several actors count as one side",
         "A word takes sides", "A published mistake was corrected"]
THIN, CITED, DELETING = "The dossier is thin somewhere", "Somebody cites a page", "A brief is one too many"
"""Tasks without an example to copy."""

_BLOCK = re.compile(r"^(?P<indent> *)```(?P<kind>[a-z ]*)\n(?P<body>.*?)^ *```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`content/([a-z/-]+\.yml)`")


@dataclass(frozen=True)
class Block:
    """A block of the document with the line of text before it."""

    lead: str
    kind: str
    body: str

    @property
    def file(self) -> str:
        found = _FILE.search(self.lead)
        assert found, self.lead
        return found[1]


def section(title: str) -> str:
    """The part of the document below a heading, to the next heading of any level."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def blocks(title: str) -> list[Block]:
    text = section(title)
    return [Block(text[:found.start()].rstrip().rpartition("\n")[2].strip(), found["kind"],
                  re.sub(f"^{found['indent']}", "", found["body"], flags=re.MULTILINE))
            for found in _BLOCK.finditer(text)]


def whole_briefs() -> dict[str, str]:
    return {block.file: block.body for block in blocks(WHOLE) if block.kind == "yaml"}


class Dossier:
    """The whole briefs as a content folder, changed step by step as the document says."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        for name, body in whole_briefs().items():
            self.write(name, body)

    def write(self, name: str, body: str) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")

    def read(self, name: str) -> str:
        return (self.content / name).read_text(encoding="utf-8")

    def replace(self, name: str, before: str, after: str) -> None:
        assert f"\n{self.read(name)}".count(f"\n{before}") == 1, f"{name} does not hold, once: {before}"
        self.write(name, f"\n{self.read(name)}".replace(f"\n{before}", f"\n{after}")[1:])

    def check(self) -> str:
        """What `briefing check` prints."""
        with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()):
            main(["check", "--content", str(self.content)])
        return out.getvalue()


def carry_out(dossier: Dossier, steps: list[Block]) -> None:
    """Do what a section says, and compare what the check says after each step."""
    name = before = ""
    for number, step in enumerate(steps):
        if step.lead.startswith("Before, in"):
            name, before = step.file, step.body
            assert f"\n{dossier.read(name)}".count(f"\n{before}") == 1, f"{name} does not hold, once: {before}"
            continue
        if step.lead == "After:":
            dossier.replace(name, before, step.body)
            before = step.body
        elif step.kind == "yaml wrong":
            dossier.replace(name, before, step.body)
        elif step.lead.startswith("A new file,"):
            dossier.write(step.file, step.body)
        elif step.kind == "sh":
            assert main([*shlex.split(step.body)[1:], "--content", str(dossier.content)]) == 0
        elif step.lead.endswith("then stands:"):
            assert dossier.read(step.file).startswith(step.body)
        elif step.lead == "The check says:":
            assert dossier.check() == step.body
        else:
            pytest.fail(f"nobody knows what to do with the block after: {step.lead}")
        if not any(later.lead == "The check says:" for later in steps[number:number + 2]):
            assert ": error: " not in dossier.check(), step
    if steps[-1].lead != "The check says:":
        assert dossier.check() == ""


@pytest.mark.parametrize("title", TASKS)
def test_what_the_document_tells_editors_to_do_works(title: str, tmp_path: Path) -> None:
    """And leaves every file in canonical form, but for the mistake that the first task makes on purpose."""
    steps = blocks(title)
    assert steps
    dossier = Dossier(tmp_path)
    carry_out(dossier, steps)
    kinds = {folder: kind for kind, folder in FOLDERS.items()} | {"": "settings"}
    for path in sorted(dossier.content.rglob("*.yml")) if title != TASKS[0] else ():
        name = path.relative_to(dossier.content).as_posix()
        text = dossier.read(name)
        assert mend(text, kinds[name.rpartition("/")[0]]).text == text, name


def test_every_task_is_carried_out() -> None:
    by_task = TEXT.split("\n## By task\n")[1].split("\n## ")[0]
    assert re.findall(r"^### (.*)$", by_task, re.MULTILINE) == [*TASKS[1:], THIN, CITED, DELETING]


def test_deleting_a_brief_is_as_the_document_says(tmp_path: Path) -> None:
    assert "names every place that still links to it" in section(DELETING)
    dossier = Dossier(tmp_path)
    (dossier.content / "actors/aster-front.yml").unlink()
    assert 'no brief has the id "aster-front"' in dossier.check() and "the same in" in dossier.check()
    assert "write the old id under that one's `formerly`" in section(DELETING)
    dossier.replace("actors/calder.yml", "main: true\n", "formerly: [aster-front]\nmain: true\n")
    assert '"aster-front" is now called "calder": write that [unknown-id]' in dossier.check()


def test_every_kind_of_gap_is_told_with_what_to_do() -> None:
    page = (TEMPLATES / "pages/gaps.md.j2").read_text(encoding="utf-8")
    titles = re.findall(r'": "([^"]+)"', page.partition("set TITLES = {")[2].partition("%}")[0])
    assert len(titles) > 5 and titles == re.findall(r"^\| ([A-Z][^|]*) \| ", section(THIN), re.MULTILINE)


def test_the_whole_briefs_are_one_of_each_kind_without_a_problem(tmp_path: Path) -> None:
    assert {name.rpartition("/")[0] for name in whole_briefs()} == {"", *FOLDERS.values()}
    assert Dossier(tmp_path).check() == ""


def test_the_way_to_a_merged_change_fits_one_screen() -> None:
    assert len(section("I found a mistake").splitlines()) <= 50


def test_the_commands_in_the_document_exist() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in re.findall(r"`make ([a-z-]+)", TEXT) if name not in targets] == []
    assert [name for name in re.findall(r"(?:`|^)briefing ([a-z-]+)", TEXT, re.MULTILINE) if name not in COMMANDS] == []
    assert "`briefing verify URL-or-FILE`" in section(CITED)
