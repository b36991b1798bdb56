"""What an editor sees while writing a brief: the standard YAML language server with the project's own settings.

The server is the one that VS Code's YAML extension starts. `make test` installs it where there is npm.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from language_server import LanguageServer
from tools import CONTENT, ROOT

from generator.models import FOLDERS
from generator.models.vocabulary import ActorType, Stance

SERVER = ROOT / "tests" / "node" / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))


def why_not() -> str:
    if shutil.which("node") is None:
        return "no Node on this machine"
    return "" if SERVER.is_file() else "the language server is not installed: run `make node`"


pytestmark = [pytest.mark.node, pytest.mark.skipif(bool(why_not()), reason=f"EDITOR TESTS SKIPPED: {why_not()}")]

ACTOR, DEMAND, SOURCES = "content/actors/aa.yml", "content/demands/dd.yml", "content/sources/all.yml"
IN_DEMAND = "name: Stop\ncategory: military\nask: Stop.\nmade_by: [aa]\n"


@pytest.fixture(scope="module")
def editor() -> Iterator[LanguageServer]:
    server = LanguageServer(["node", str(SERVER), "--stdio"], ROOT, SETTINGS)
    yield server
    server.stop()


def documentation(item: dict[str, Any]) -> str:
    told = item.get("documentation", "")
    return told if isinstance(told, str) else told["value"]


# --- completion ---------------------------------------------------------------------------


def test_fields_are_offered_with_what_they_are_for(editor: LanguageServer) -> None:
    offered = editor.completions(ACTOR, "name: Aa\ntype: state\n▮")
    assert offered["relations"]["insertText"].startswith("relations:\n  - type: ")
    assert offered["sources"]["insertText"] == "sources: [$1]"
    assert documentation(offered["main"]) == (
        "Say `true` for the actors that the matrix starts from.\n\n```yaml\nmain: true\n```")
    assert "name" not in offered  # it is there already
    assert "id" not in offered  # it is the file's name


def test_a_field_begun_is_completed(editor: LanguageServer) -> None:
    assert editor.completions(ACTOR, "name: Aa\nty▮")["type"]["insertText"] == "type: "


def test_fields_are_offered_inside_a_record(editor: LanguageServer) -> None:
    offered = editor.completions(DEMAND, IN_DEMAND + "positions:\n  - actor: aa\n    ▮")
    assert {"stance", "words", "speaker", "date", "sources"} <= set(offered)
    assert not {"actor", "category"} & set(offered)
    assert "Where it stands." in documentation(offered["stance"])


@pytest.mark.parametrize(("before", "inserted"), [
    ("positions: ", "\n  - "), ("positions:\n  ", "- "), ("positions:\n  - ", "")])
def test_a_whole_new_record_is_offered_wherever_it_is_begun(
    editor: LanguageServer, before: str, inserted: str
) -> None:
    offered = editor.completions(DEMAND, f"{IN_DEMAND}{before}▮")
    [label] = [label for label in offered if label.startswith("position: ")]
    fields = label.removeprefix("position: ").split(", ")
    text = offered[label]["insertText"]
    assert set(fields) == {"date", "actor", "stance", "sources"}
    assert text.startswith(f"{inserted}{fields[0]}: $1\n")
    assert "stance: ${3|supports,conditional,opposes,unclear|}\n" in text
    assert text.endswith("sources: [$4]")


@pytest.mark.parametrize(("file", "text", "words"), [
    (ACTOR, "name: Aa\ntype: ▮", ActorType),
    (ACTOR, "name: Aa\ntype: st▮", ActorType),
    (DEMAND, IN_DEMAND + "positions:\n  - actor: aa\n    stance: ▮", Stance)])
def test_the_words_of_a_list_are_offered_with_their_meanings(
    editor: LanguageServer, file: str, text: str, words: Any
) -> None:
    offered = editor.completions(file, text)
    assert {label: documentation(item) for label, item in offered.items()} == {
        word.value: word.meaning for word in words}


def test_forms_of_dates_are_offered_and_no_date(editor: LanguageServer) -> None:
    offered = editor.completions(ACTOR, "name: Aa\ntype: state\ndate: ▮")
    assert offered["a period that goes on"]["insertText"] == "${1:first day}/.."
    assert not any(char.isdigit() for label in offered for char in label)


def test_a_new_source_is_offered_and_its_fields(editor: LanguageServer) -> None:
    whole = editor.completions(SOURCES, "▮")["source: title, publisher, type"]
    assert whole["insertText"].startswith("${1:id}:\n  title: $2\n  publisher: $3\n  type: ")
    assert "reliability" in editor.completions(SOURCES, "paper:\n  title: News\n  ▮")
    assert "wire copy" in editor.completions(SOURCES, "paper:\n  type: ▮")


def test_nothing_invented_is_filled_in(editor: LanguageServer) -> None:
    """Examples explain; what is inserted holds places to fill in, or what the site takes where a field is left out."""
    for text in ("▮", "name: Aa\nlabels:\n  - ▮"):
        for item in editor.completions(ACTOR, text).values():
            for example in ("Aster", "calder", "ledger", "2031", "2029", "Q1065"):
                assert example not in item["insertText"], item["label"]


# --- hover --------------------------------------------------------------------------------


def test_a_field_is_explained(editor: LanguageServer) -> None:
    assert "The name this site uses: the page's title.\n\n```yaml\nname: Aster Council\n```" in editor.hover(
        ACTOR, "na▮me: Aa\ntype: state\n")


def test_a_field_inside_a_record_is_explained(editor: LanguageServer) -> None:
    told = editor.hover(DEMAND, IN_DEMAND + "positions:\n  - actor: aa\n    sta▮nce: opposes\n")
    assert told.startswith("#### position\n\nWhere it stands.\n")
    assert "* `unclear`: has said nothing that settles it" in told


def test_a_record_a_citation_and_the_dossier_are_explained(editor: LanguageServer) -> None:
    assert "    actor: calder\n    stance: opposes\n" in editor.hover(DEMAND, IN_DEMAND + "posi▮tions:\n  - actor: aa\n")
    assert "The id of a source" in editor.hover(DEMAND, IN_DEMAND + "sources: [pa▮per]\n")
    assert "the title, as published" in editor.hover(SOURCES, "paper:\n  tit▮le: News\n")
    assert "statuses, offices and positions are those of that day" in editor.hover(
        "content/dossier.yml", "title: X\nas▮_of: 2031\n")


# --- diagnostics --------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "text", "expected"), [
    (ACTOR, "name: Aa\ntype: stat\n", '2: Value is not accepted. Valid values: "person", "state", '),
    (ACTOR, "name: Aa\ntype: state\nsumary: A state.\n", "3: Property sumary is not allowed."),
    (ACTOR, "type: state\n", '1: Missing property "name".'),
    (ACTOR, "name: Aa\ntype: state\naliases: AA\n", "3: Write it like this: `[AC, Council of Aster]`"),
    (ACTOR, "name: Aa\ntype: state\ndate: 3 May 2031\n", "3: Write a date such as 2031-05-20, 2031-02, 2031"),
    (ACTOR, "name: Aa\ntype: state\nmain: yes\n", "3: Write true or false"),
    (ACTOR, "name: 017\ntype: state\n", "1: Write text; what could be read as a number"),
    (ACTOR, "name: Aa\ntype: state\nsources: [The Paper]\n", "3: Add it to a file in sources/, or correct the id"),
    (DEMAND, IN_DEMAND + "positions:\n  - actor: Aa\n    stance: opposes\n", "6: Write the id, which is the other "),
    (DEMAND, IN_DEMAND + "positions:\n  - actor: aa\n", '6: Missing property "stance".'),
    (SOURCES, "paper:\n  title: News\n  publisher: Paper\n  type: web\n", "4: Value is not accepted."),
    (SOURCES, "The Paper:\n  title: News\n  publisher: Paper\n  type: wire\n", "1: An id is the page's address: "),
    ("content/dossier.yml", "title: X\ndescription: X\n", '1: Missing property "as_of".'),
])
def test_a_mistake_is_marked_where_it_stands(editor: LanguageServer, file: str, text: str, expected: str) -> None:
    found = editor.diagnostics(file, text)
    assert len(found) == 1 and found[0].startswith(expected), found


def test_nothing_is_marked_in_any_brief_of_the_dossier(editor: LanguageServer) -> None:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
             for path in sorted(CONTENT.rglob("*.yml"))}
    assert {file: found for file, found in editor.all_diagnostics(texts).items() if found} == {}


def test_every_kind_of_file_has_its_schema(editor: LanguageServer) -> None:
    texts = {f"content/{folder}/aa.yml": "aa: [bb]\n" for folder in FOLDERS.values()}
    texts["content/dossier.yml"] = "aa: [bb]\n"
    assert [file for file, found in editor.all_diagnostics(texts).items() if not found] == []


def test_files_that_are_no_briefs_are_left_alone(editor: LanguageServer) -> None:
    assert editor.diagnostics("mkdocs.yml", "anything: [goes]\n") == []
    assert editor.diagnostics("content/pages/aa.yml", "anything: [goes]\n") == []


def test_the_settings_know_every_kind_and_the_schemas_they_name_exist() -> None:
    named = SETTINGS["yaml.schemas"]
    assert set(named.values()) == {f"content/{folder}/*.yml" for folder in FOLDERS.values()} | {"content/dossier.yml"}
    assert all((ROOT / file).is_file() for file in named)
