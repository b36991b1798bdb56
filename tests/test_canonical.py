"""The canonical format: how briefs are laid out, what `briefing check --fix` mends, and what it leaves alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tools import CONTENT, SAMPLE, SMALL, write

from generator.cli import main
from generator.files.edits import Edit, apply, line_starts
from generator.format.canonical import Mended, changes, format_problems, mend
from generator.format.document import Change, Document, shapes
from generator.models import KINDS, Settings
from generator.models.base import Record
from generator.read.content import read_content
from generator.read.records import field_names, record_types
from generator.read.yaml_text import Node, read_yaml


def all_records() -> list[type[Record]]:
    """Every model of a record that content may hold, briefs first."""
    found: dict[type[Record], None] = {}
    waiting: list[type[Record]] = [*KINDS.values(), Settings]
    for model in waiting:
        if model not in found:
            found[model] = None
            waiting += [inner for info in model.model_fields.values() for inner in record_types(info.annotation)]
    return list(found)


@pytest.mark.parametrize("model", all_records(), ids=lambda model: model.__name__)
def test_the_canonical_order_names_each_field_once(model: type[Record]) -> None:
    typed = [info.alias or name for name, info in model.model_fields.items()]
    assert sorted(model.order.split()) == sorted(typed)
    assert list(field_names(model)) == model.order.split()


# --- mending -----------------------------------------------------------------------------------


def mended(text: str, kind: str = "actor") -> str:
    """The text in canonical form; mending it once more changes nothing."""
    result = mend(text, kind)
    assert not result.refused
    assert mend(result.text, kind).text == result.text
    return result.text


CASES = {
    "order": ("type: state\nname: Aa\n", "name: Aa\ntype: state\n"),
    "comments move with the field below them": (
        "# what it is\n# exactly\ntype: state\nname: Aa # called so\n",
        "name: Aa # called so\n# what it is\n# exactly\ntype: state\n"),
    "comments apart stay": (
        "# A note on the file.\n\ntype: state\n\n# apart\n\nname: Aa\n",
        "# A note on the file.\n\nname: Aa\n\n# apart\n\ntype: state\n"),
    "a modeline stays first": (
        "# yaml-language-server: $schema=x\ntype: state\nname: Aa\n",
        "# yaml-language-server: $schema=x\nname: Aa\ntype: state\n"),
    "texts move whole": (
        "summary: |\n  # no comment\n\n    deeper: x\n\nname: Aa\n", "name: Aa\n\nsummary: |\n  # no comment\n\n    deeper: x\n"),
    "the first field of an item": (
        "offices:\n  - date: 2031\n    # where\n    at: bb\n    office: Head\n",
        "offices:\n  - office: Head\n    # where\n    at: bb\n    date: 2031\n"),
    "a comment of a field that becomes an item's first": (
        "offices:\n  - date: 2031\n    # as\n    office: Head\n", "offices:\n  # as\n  - office: Head\n    date: 2031\n"),
    "order in braces": ("scripts:\n  - {name: x, lang: ar}\n", "scripts:\n  - {lang: ar, name: x}\n"),
    "an unknown field keeps its record's order": ("type: state\nx: z\nname: Aa\n", "type: state\nx: z\nname: Aa\n"),
    "needless quotes": ('name: "Aa\'s"\naliases: [\'b\', "c, d"]\n', 'name: Aa\'s\naliases: [b, "c, d"]\n'),
    "missing quotes": ("name: 017\naliases: [NO, 10:17, 1e3, 2031-02-03, x]\n",
                       'name: "017"\naliases: ["NO", "10:17", "1e3", "2031-02-03", x]\n'),
    "dates, counts and yes-or-no stand plain": ('date: "2031"\nmain: \'true\'\n', "date: 2031\nmain: true\n"),
    "double quotes inside": ('name: "a: \\"b\\" it\'s"\n', "name: 'a: \"b\" it''s'\n"),
    "an escape stays": ('name: "a\\u0301: b"\n', 'name: "a\\u0301: b"\n'),
    "quoted fields": ('"name": Aa\n', "name: Aa\n"),
    "colons and dashes": ("name:   Aa\ntype : state\nscripts:\n  -   lang: ar\n      name: x\n",
                          "name: Aa\ntype: state\nscripts:\n  - lang: ar\n    name: x\n"),
    "brackets": ("aliases: [ a,b ,c, ]\nscripts:\n  - { lang: ar,name: x }\n",
                 "aliases: [a, b, c]\nscripts:\n  - {lang: ar, name: x}\n"),
    "indentation": (
        "summary: |\n     One.\n\n       * deeper\n# level\nscripts:\n-   lang: ar\n    # of it\n    name: x\n",
        "# level\nscripts:\n  - lang: ar\n    # of it\n    name: x\nsummary: |\n  One.\n\n    * deeper\n"),
    "a record below its dash": ("scripts:\n  -\n    lang: ar\n    name: x\n", "scripts:\n  - lang: ar\n    name: x\n"),
    "a value below its field": ("name:\n  Aa\n", "name: Aa\n"),
    "line ends": ("\ufeffname: Aa \r\nsummary: |\r\n  One.  \r\n  Two.\r\n\r\n\r\n",
                  "name: Aa\nsummary: |\n  One.  \n  Two.\n"),
    "the end of the file": ("name: Aa", "name: Aa\n"),
    "a short list": ("aliases:\n  - a\n  - \"no\"\n  - b, c\n", 'aliases: [a, "no", "b, c"]\n'),
    "a list with comments stays": ("aliases:\n  - a # so\n  - b\n", "aliases:\n  - a # so\n  - b\n"),
    "a list over several lines": ("aliases: [a,\n  b, 'c, d']\n", 'aliases: [a, b, "c, d"]\n'),
    "a long list": (f"aliases: [{'x' * 60}, \"{'y' * 60}, z\"]\n", f"aliases:\n  - {'x' * 60}\n  - {'y' * 60}, z\n"),
    "a comment in brackets stays": ("aliases: [a, # so\n  b]\n", "aliases: [a, # so\n  b]\n"),
    "all at once": (
        "speaks_for: 'bb'\nscripts:\n- {lang: ar, name: x}\nmemberships:\n- role:  head\n  of: bb\n  sources: [a,\n   b]\n"
        f"see: [{'x' * 60}, {'y' * 60}]\nname: 'no'\n",
        'name: "no"\nscripts:\n  - {lang: ar, name: x}\nmemberships:\n  - of: bb\n    role: head\n    sources: [a, b]\n'
        f"speaks_for: bb\nsee:\n  - {'x' * 60}\n  - {'y' * 60}\n"),
    "a file in braces": ('{type: state,name: "a, b"}\n', '{name: "a, b", type: state}\n'),
    "a record in braces over several lines": ("scripts:\n  - {lang: ar,\n     name: x}\n",
                                              "scripts:\n  - {lang: ar, name: x}\n"),
}


@pytest.mark.parametrize(("text", "canonical"), CASES.values(), ids=CASES)
def test_mending_gives_the_canonical_form(text: str, canonical: str) -> None:
    assert mended(text) == canonical


@pytest.mark.parametrize("text", ["name: Aa\n\ttype: state\n", "name: Aa\nname: Bb\ntype:  x\n", "name: [\n", "", "- a\n",
                                  "type: &a state\nname: Aa\n"])
def test_a_text_that_cannot_be_read_is_left_alone(text: str) -> None:
    assert mend(text, "actor") == Mended(text, refused="unread")


def test_a_text_that_would_say_something_else_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.format import canonical

    def wrong(document: Document) -> Iterator[Change]:
        if "A" in document.text:
            yield Change("format-quotes", "needless-quotes", 1, 7, {"instead": "B"}, (Edit(6, 7, "B"),))

    monkeypatch.setattr(canonical, "STAGES", ((wrong,),))
    assert mend("name: A\n", "actor") == Mended("name: A\n", refused="changed")


@pytest.mark.parametrize("folder", [CONTENT, SAMPLE], ids=["real", "sample"])
def test_the_content_is_canonical(folder: Path) -> None:
    content, _ = read_content(folder)
    assert [problem.as_text() for file in content.files if file.root
            for problem in format_problems(file.file, file.data.decode(), file.root, file.kind)] == []


@pytest.mark.parametrize("model", all_records(), ids=lambda model: model.__name__)
def test_each_example_of_a_field_is_canonical(model: type[Record]) -> None:
    for name, info in field_names(model).items():
        text = f"{name}: {info.examples[0]}\n"  # type: ignore[index]
        root, _ = read_yaml(text.encode(), "")
        assert root is not None
        document = Document(text, root, "settings")
        document.model, document.shapes = model, shapes(model)
        assert list(changes(document)) == [], text


# --- any file, written any way -----------------------------------------------------------------


def scrambled(text: str, kind: str, randomly: random.Random) -> str:
    """A canonical text with its fields moved, its values quoted and its spaces doubled here and there."""
    for change in (_moved, _quoted, _spaced):
        root, problems = read_yaml(text.encode(), "")
        assert root is not None and not problems
        text = change(text, root, kind, randomly)
    return text


def _records(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        yield node
    for child in _children(node):
        yield from _records(child)


def _children(node: Node) -> list[Node]:
    if isinstance(node.value, str):
        return []
    return node.value if isinstance(node.value, list) else [entry.node for entry in node.value.values()]


def _moved(text: str, root: Node, kind: str, randomly: random.Random) -> str:
    """The fields of one record of lines in another order."""
    lines = text.split("\n")
    records = [node for node in _records(root) if not node.end_column and len(node.value) > 1
               and not (kind == "source" and node is root)]
    if not records:
        return text
    node = randomly.choice(records)
    assert isinstance(node.value, dict)
    entries = list(node.value.values())
    column = entries[0].column - 1
    pieces = []
    for entry in entries:
        first, *rest = lines[entry.line - 1: entry.node.end_line]
        pieces.append([first[column:], *rest])
    randomly.shuffle(pieces)
    start, stop = entries[0].line - 1, entries[-1].node.end_line
    head = lines[start][:column]
    new = [line for number, (first, *rest) in enumerate(pieces)
           for line in [(" " * column if number else head) + first, *rest]]
    return "\n".join([*lines[:start], *new, *lines[stop:]])


def _quoted(text: str, root: Node, kind: str, randomly: random.Random) -> str:
    """Some plain values in quotes."""
    starts = line_starts(text)
    edits = []
    for node in _scalars(root):
        value = node.value
        assert isinstance(value, str)
        if node.style is None and "\\" not in value and '"' not in value and randomly.random() < 0.2:
            start = starts[node.line - 1] + node.column - 1
            quoted = f'"{value}"' if randomly.random() < 0.5 else "'" + value.replace("'", "''") + "'"
            edits.append(Edit(start, start + len(value), quoted))
    return apply(text, edits)


def _scalars(node: Node) -> Iterator[Node]:
    if isinstance(node.value, str):
        yield node
    for child in _children(node):
        yield from _scalars(child)


def _spaced(text: str, root: Node, kind: str, randomly: random.Random) -> str:
    """Some colons with more space behind them, some lines with space at their end."""
    starts = line_starts(text)
    edits = []
    for node in _records(root):
        assert isinstance(node.value, dict)
        for name, entry in node.value.items():
            if entry.node.line == entry.line and entry.node.style not in ("|", ">") and randomly.random() < 0.1:
                at = starts[entry.node.line - 1] + entry.node.column - 1
                edits.append(Edit(at, at, " " * randomly.randint(1, 3)))
    return apply(text, edits)


@pytest.mark.parametrize("folder", [CONTENT, SAMPLE], ids=["real", "sample"])
def test_a_file_written_any_way_is_mended_to_the_same_text(folder: Path) -> None:
    randomly = random.Random(5)
    content, _ = read_content(folder)
    files = [file for file in content.files if len(file.data) < 20_000]
    for file in randomly.sample(files, min(25, len(files))):
        text = file.data.decode()
        for _ in range(2):
            assert mended(scrambled(text, file.kind, randomly), file.kind) == text, file.file


@pytest.mark.parametrize("folder", [CONTENT, SAMPLE], ids=["real", "sample"])
def test_comments_stay_whatever_moves(folder: Path) -> None:
    """Comments above any field: none is lost, none gets into a text, the meaning stays, and once is enough."""
    randomly = random.Random(6)
    content, _ = read_content(folder)
    files = [file for file in content.files if len(file.data) < 20_000]
    for file in randomly.sample(files, min(25, len(files))):
        text = _commented(scrambled(file.data.decode(), file.kind, randomly), randomly)
        result = mend(text, file.kind)
        assert not result.refused, file.file
        before, after = (read_yaml(t.encode(), "")[0] for t in (text, result.text))
        assert before is not None and after is not None and before.plain() == after.plain()
        assert sorted(re.findall("#c[0-9]+.*", result.text)) == sorted(re.findall("#c[0-9]+.*", text))
        assert mend(result.text, file.kind).text == result.text


def _commented(text: str, randomly: random.Random) -> str:
    root, _ = read_yaml(text.encode(), "")
    assert root is not None
    places = {entry.line: entry.column for node in _records(root) if not node.end_column
              for entry in node.value.values()}  # type: ignore[union-attr]
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        if number in places and randomly.random() < 0.2:
            lines += ["", " " * (places[number] - 1) + f"#c{number}"][randomly.randint(0, 1):]
        lines.append(line)
    return "\n".join(lines)


def test_lines_without_a_finding_stay_byte_for_byte() -> None:
    randomly = random.Random(7)
    content, _ = read_content(CONTENT)
    for file in randomly.sample(content.files, 20):
        lines = file.data.decode().split("\n")
        names = [number for number, line in enumerate(lines) if line.startswith(("name: ", "  title: "))]
        number = randomly.choice(names) if names else 0
        changed = [*lines]
        changed[number] = changed[number].replace(": ", ":  ", 1)
        changed.insert(number, "# a comment  of one's own")
        result = mend("\n".join(changed), file.kind)
        assert result.text.split("\n")[number] == "# a comment  of one's own"
        del changed[number]
        assert result.text == "\n".join([*lines[:number], "# a comment  of one's own", *lines[number:]])


# --- the command -------------------------------------------------------------------------------

WRONG_ORDER = "type: state\nname: Aa\nsummary: See [[bb]].\nsources: [paper]\n"


def test_fix_mends_files_and_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {"actors/aa.yml": WRONG_ORDER, "actors/bb.yml": SMALL["actors/bb.yml"] + "x: z\n"})
    file, other = content / "actors" / "aa.yml", (content / "actors" / "bb.yml").stat()
    file.chmod(0o640)
    assert main(["check", "--fix", "--content", str(content)]) == 1  # an error elsewhere does not keep it from mending
    shown = capsys.readouterr()
    assert shown.out.startswith("content/actors/aa.yml: mended in 1 place\ncontent/actors/bb.yml:5:1: error: unknown")
    assert file.read_text() == SMALL["actors/aa.yml"]
    assert file.stat().st_mode & 0o777 == 0o640
    assert (content / "actors" / "bb.yml").stat().st_mtime_ns == other.st_mtime_ns
    assert [path.name for path in file.parent.iterdir() if path.suffix != ".yml"] == []


def test_fix_as_a_dry_run_shows_a_diff_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write(tmp_path, {"actors/aa.yml": WRONG_ORDER})
    assert main(["check", "--fix", "--dry-run", "--content", str(content)]) == 0
    assert capsys.readouterr() == (
        "--- content/actors/aa.yml\n+++ content/actors/aa.yml\n@@ -1,4 +1,4 @@\n+name: Aa\n type: state\n-name: Aa\n"
        " summary: See [[bb]].\n sources: [paper]\n", "1 file would change\n0 errors, 1 warning\n")
    assert (content / "actors" / "aa.yml").read_text() == WRONG_ORDER


def test_fix_leaves_a_broken_file_alone_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {"actors/aa.yml": WRONG_ORDER + "\tx: y\n"})
    assert main(["check", "--fix", "--content", str(content)]) == 1
    assert capsys.readouterr().err.startswith(
        "briefing: content/actors/aa.yml is left as it is: mend the errors in its YAML first\n")


def test_fix_says_that_a_file_is_read_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {"actors/aa.yml": WRONG_ORDER})
    (content / "actors" / "aa.yml").chmod(0o444)
    assert main(["check", "--fix", "--content", str(content)]) == 1
    assert "briefing: content/actors/aa.yml cannot be written: it is read-only\n" in capsys.readouterr().err
    assert (content / "actors" / "aa.yml").read_text() == WRONG_ORDER


@pytest.mark.parametrize(("arguments", "words"), [
    (["--dry-run"], "--fix --dry-run"), (["--fix", "--dry-run", "--format", "json"], "--format")])
def test_a_dry_run_of_nothing_is_wrong_usage(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *arguments, "--content", str(SAMPLE)]) == 2
    assert words in capsys.readouterr().err
