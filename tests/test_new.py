"""`briefing new`: a brief that asks its questions, and no id that would clash."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tools import ROOT, SAMPLE, write

from generator.cli import main
from generator.edit.drafts import draft
from generator.edit.written import read_files
from generator.format.canonical import format_problems, mend
from generator.load import load_dossier
from generator.models import FOLDERS, KINDS, Settings
from generator.read.records import field_names, read_record
from generator.read.yaml_text import read_yaml

BRIEFS = [kind for kind in KINDS if kind != "source"]


def new(content: Path, *arguments: str) -> int:
    return main(["new", *arguments, "--content", str(content)])


@pytest.mark.parametrize("kind", KINDS)
def test_a_fresh_brief_gives_one_message_for_each_answer_that_is_missing(tmp_path: Path, kind: str) -> None:
    content = write(tmp_path, {})
    assert new(content, kind, "fresh") == 0
    problems = load_dossier(content)[1]
    asked = {name for name, info in field_names(KINDS[kind]).items() if info.is_required()} - {"id"} | {"sources"}
    if kind == "source":
        asked -= {"sources"}
    assert {re.search('field "(.*?)"', problem.message)[1] for problem in problems} == asked  # type: ignore[index]
    assert len(problems) == len(asked)
    for problem in problems:
        assert problem.code == "empty-value" and ("? " in problem.hint or "The name this site uses" in problem.hint)
        assert "delete the line" not in problem.hint


def test_the_questions_stand_in_the_file_with_the_words_to_choose_from(tmp_path: Path) -> None:
    content = write(tmp_path, {})
    assert new(content, "demand", "fresh", "--name", "10:17") == 0
    text = (content / "demands/fresh.yml").read_text(encoding="utf-8")
    assert ("## Who asks? Each is the id of an actor or body, or `outside: Name`. For example: [aster-council]\n"
            "made_by:\n") in text
    assert "##   humanitarian    aid, sieges, detainees, protection of civilians\n" in text
    assert '\nname: "10:17"\n' in text
    assert "#positions:\n#  - date: 2031-05-20\n#    actor: calder\n#    stance: opposes\n" in text


ANSWERS = {"name": "Fresh", "title": "Fresh", "type": None, "date": "2031-05-01", "category": "military",
           "ask": "Stop.", "made_by": "[aa]", "format": "direct", "definition": "A word.", "publisher": "Paper",
           "sources": "[paper]"}
TYPES = {"actor": "state", "instrument": "resolution", "body": "mission", "event": "attack", "source": "wire"}


def answered(content: Path, kind: str) -> tuple[Path, str]:
    """A new brief of a kind: its file, and its text with every question answered."""
    assert new(content, kind, "fresh") == 0
    path = content / FOLDERS[kind] / ("all.yml" if kind == "source" else "fresh.yml")
    text = path.read_text(encoding="utf-8")
    for field, answer in ANSWERS.items():
        text = re.sub(rf"(?m)^( *{field}):$", rf"\1: {answer or TYPES.get(kind)}", text)
    return path, text


@pytest.mark.parametrize("kind", KINDS)
def test_an_answered_brief_is_without_an_error_and_in_canonical_form(tmp_path: Path, kind: str) -> None:
    content = write(tmp_path, {})
    path, text = answered(content, kind)
    path.write_text(text, encoding="utf-8")
    assert {problem.code for problem in load_dossier(content)[1]} <= {"never-linked", "source-never-cited"}
    for file in read_files(content):
        if file.path == path and file.node is not None:
            found = format_problems(file.name, file.raw, file.node, file.kind)
            assert [problem for problem in found if kind != "source" or problem.line > 5] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_brief_is_tidied_of_its_drafts_comments_and_of_nothing_else(tmp_path: Path, kind: str) -> None:
    content = write(tmp_path, {})
    path, text = answered(content, kind)
    path.write_text(re.sub(r"(?m)^( *)#notes: .*$", r"\1# ask the harbour master", text), encoding="utf-8")
    assert main(["new", kind, "fresh", "--tidy", "--content", str(content)]) == 0
    tidy = path.read_text(encoding="utf-8")
    assert [line.strip() for line in tidy.split("\n") if "#" in line] == ["# ask the harbour master"]
    assert read_yaml(tidy.encode(), "a.yml")[0].plain() == read_yaml(text.encode(), "a.yml")[0].plain()
    assert mend(tidy, kind).text == tidy and ("\n\n" in tidy) == (kind == "source")


@pytest.mark.parametrize(("kind", "id", "words"), [
    ("term", "calder", '"calder" is an actor: write briefing new actor calder --tidy'),
    ("actor", "calder", "nothing of a draft's comments is left in content/actors/calder.yml"),
    ("actor", "calderr", 'Did you mean "calder"?'),
])
def test_what_cannot_be_tidied_is_said(kind: str, id: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", kind, id, "--tidy", "--content", str(SAMPLE)]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_works_once_its_sign_is_taken_away(kind: str) -> None:
    """Uncommented as a whole, the brief has the shape of its kind and is in canonical form."""
    text = re.sub(r"(?m)^ *##.*\n", "", draft(kind, "fresh"))
    text = re.sub(r"(?m)^( *)#", r"\1", text)
    for field, answer in ANSWERS.items():
        text = re.sub(rf"(?m)^( *{field}):$", rf"\1: {answer or TYPES.get(kind)}", text)
    node, problems = read_yaml(text.encode(), "x")
    assert problems == [] and node is not None
    assert mend(text, kind).text == text
    if kind == "source":
        node = node.at(["fresh"])
    left_out = {"id", "formerly", "unverified", "reviewed", "accept"}
    assert list(node.plain()) == [name for name in field_names(KINDS[kind]) if name not in left_out]
    assert read_record(KINDS[kind], node, "x", {"id": "fresh"})[1] == []


@pytest.mark.parametrize("kind", BRIEFS)
def test_a_modeline_leads_to_the_schema_beside_the_content_folder(tmp_path: Path, kind: str) -> None:
    content = write(tmp_path, {})
    assert new(content, kind, "fresh", "--modeline") == 0
    path = content / FOLDERS[kind] / "fresh.yml"
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    way = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / way).resolve() == (tmp_path / f"schemas/{kind}.json").resolve()


# --- sources ------------------------------------------------------------------------------


def test_a_source_joins_a_file_whose_bytes_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = "\ufeffpaper:\r\n  publisher: Paper\r\n  title: News\r\n  type: newspaper # why\r\n".encode()
    content = write(tmp_path, {"sources/all.yml": old})
    assert new(content, "source", "017", "--modeline") == 0
    data = (content / "sources/all.yml").read_bytes()
    modeline = b"# yaml-language-server: $schema=../../schemas/source.json\r\n"
    assert data.startswith(old[:3] + modeline + old[3:]) and b'\r\n"017":\r\n' in data
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "017 added at the end of content/sources/all.yml" in capsys.readouterr().out


def test_a_source_goes_where_its_like_are_or_to_the_file_that_is_named(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    for id, arguments, file in (("ledger-second", (), "press"), ("gazette-third", (), "official"),
                                ("wire-first", ("--file", "wires"), "wires"), ("wire-second", (), "wires")):
        assert new(content, "source", id, *arguments) == 0
        assert f"{id}:\n" in (content / f"sources/{file}.yml").read_text(encoding="utf-8")


def test_the_first_source_of_a_dossier_gets_a_file(tmp_path: Path) -> None:
    content = write(tmp_path, {"sources/all.yml": None})
    assert new(content, "source", "paper") == 0
    assert (content / "sources/sources.yml").is_file()


# --- a new dossier ------------------------------------------------------------------------


def test_a_dossier_begins_with_one_command_and_asks_for_what_it_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = tmp_path / "desk" / "content"
    assert new(content, "dossier", "--name", "Talks: the lakes", "--modeline") == 0
    text = (content / "dossier.yml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/dossier.json\n## A new dossier. ")
    assert '\ntitle: "Talks: the lakes"\n' in text
    assert [(problem.code, problem.line, problem.hint.partition(".")[0]) for problem in load_dossier(content)[1]] == [
        ("empty-value", text[: text.index("\ndescription:")].count("\n") + 2,
         "What the dossier is about, in one sentence"),
        ("empty-value", text[: text.index("\nas_of:")].count("\n") + 2,
         "The day the dossier stands at; statuses, offices and positions are those of that day")]
    answered = text.replace("\ndescription:", "\ndescription: Who asks what.").replace("\nas_of:", "\nas_of: 1974-08-16")
    (content / "dossier.yml").write_text(answered, encoding="utf-8")
    assert main(["check", "--strict", "--content", str(content)]) == 0
    capsys.readouterr()
    assert new(content, "actor", "tarik-orr") == 0
    assert (content / "actors/tarik-orr.yml").is_file()


def test_every_example_of_a_new_dossier_works_once_its_sign_is_taken_away() -> None:
    text = re.sub(r"(?m)^ *##.*\n", "", draft("dossier", ""))
    text = re.sub(r"(?m)^#", "", text)
    for field, answer in (("title", "Talks"), ("description", "Who asks what."), ("as_of", "2031-05-20")):
        text = text.replace(f"\n{field}:\n", f"\n{field}: {answer}\n")
    node, problems = read_yaml(text.encode(), "x")
    assert problems == [] and node is not None
    assert mend(text, "settings").text == text
    assert set(node.plain()) == set(field_names(Settings)) - {"note", "unverified", "accept"}
    assert read_record(Settings, node, "x")[1] == []


@pytest.mark.parametrize(("arguments", "words"), [
    (["dossier"], "content/dossier.yml is there already: this folder holds a dossier"),
    (["dossier", "straits"], "a dossier has no id"),
    (["dosier"], '"dosier" is no kind of brief. Did you mean "dossier"?'),
    (["actor"], "a new actor needs an id, which is its address for ever: `briefing new actor ID`")])
def test_a_dossier_is_begun_once_and_has_no_id(
    tmp_path: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write(tmp_path, {})
    before = {path: path.read_bytes() for path in content.rglob("*.yml")}
    assert new(content, *arguments) == 2
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1
    assert {path: path.read_bytes() for path in content.rglob("*.yml")} == before


def test_no_dossier_begins_where_a_file_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").write_text("x", encoding="utf-8")
    assert new(tmp_path / "content", "dossier") == 2
    assert "is no folder, so it can hold no dossier" in capsys.readouterr().err


# --- refusals -----------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "id", "words"), [
    ("demnad", "x", '"demnad" is no kind of brief. Did you mean "demand"?'),
    ("thing", "x", "The kinds are: actor, demand, instrument, body, meeting, event, source, term"),
    ("demand", "Lift the Blockade!", 'Try "lift-the-blockade"'),
    ("demand", "Dd'", 'Try "dd-2"'),
    ("actor", "aa", '"aa" is already the id of content/actors/aa.yml'),
    ("actor", "AA", '"AA" differs only in upper and lower case from content/actors/aa.yml'),
    ("event", "broken", '"broken" is already the id of content/demands/broken.yml'),
    ("meeting", "ii", '"ii" is already the id of content/un-process/instruments/ii.yml'),
    ("term", "paper", '"paper" is already the id of content/sources/all.yml'),
    ("body", "old", '"old" was the id of "bb" before, and its old address still leads there'),
    ("event", "index", "the site needs that address for itself"),
    ("event", "404", "the site needs that address for itself"),
    ("event", "positions", "is the name of the page /positions/"),
    ("event", "story", "is the name of the page /story/"),
    ("term", "content", "an anchor that the glossary needs for itself"),
    ("event", "folder", "content/events/folder.yml is there already"),
])
def test_what_cannot_be_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, id: str, words: str
) -> None:
    content = write(tmp_path, {
        "actors/bb.yml": "name: Bb\ntype: state\nformerly: [old]\nsummary: See [[aa]].\nsources: [paper]\n",
        "demands/broken.yml": "name: [\n", "pages/story.md": "# Story\n"})
    (content / "events/folder.yml").mkdir(parents=True)
    before = sorted(content.rglob("*"))
    assert new(content, kind, id) == 2
    error = capsys.readouterr().err
    assert words in error and error.count("\n") == 1
    assert sorted(content.rglob("*")) == before


@pytest.mark.parametrize(("arguments", "words"), [
    (("actor", "x", "--file", "y"), "--file is for sources only"),
    (("source", "x", "--file", "../y"), "Try --file y"),
    (("source", "x", "--file", "bad"), "content/sources/bad.yml:2:1: error: this is not valid YAML"),
    (("source", "x", "--file", "flow"), "content/sources/flow.yml is written in a way that nothing can be added to"),
])
def test_a_file_that_cannot_take_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    content = write(tmp_path, {"sources/bad.yml": "paper: [\n", "sources/flow.yml": "{a: {title: x}}\n"})
    assert new(content, *arguments) == 2
    assert words in capsys.readouterr().err
    assert (content / "sources/flow.yml").read_text() == "{a: {title: x}}\n"


def test_what_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = write(tmp_path, {})
    (content / "events").write_text("a file")
    assert new(content, "event", "x") == 2
    assert "content/events/x.yml cannot be written" in capsys.readouterr().err


def test_the_schemas_stand_where_modelines_look_for_them() -> None:
    if (ROOT / "schemas").is_dir():
        assert [kind for kind in KINDS if not (ROOT / "schemas" / f"{kind}.json").is_file()] == []
