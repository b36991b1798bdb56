"""The search index: complete, small, the same bytes every time, and with no dead address."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tools import CONTENT, ROOT, SAMPLE, load_once, read_site_once, write

from generator.dossier import Dossier
from generator.load import load_dossier
from generator.pages import SECTION_TITLES, make_search_files
from generator.search import LONGEST_DESCRIPTION, SEARCH_KINDS, SHARD, index_files
from generator.views.editions import days


@cache
def load(content: Path) -> Dossier:
    dossier, _ = load_once(content)
    assert dossier is not None
    return dossier


@cache
def files(content: Path) -> dict[str, bytes]:
    return dict(index_files(load(content), SECTION_TITLES))


def data(script: bytes) -> Any:
    """What a file of the index hands to the search."""
    text = script.decode()
    assert text.startswith('briefingSearch.add("') and text.endswith(");\n")
    return json.loads(text[text.index(",") + 1:-3])


def names(content: Path) -> dict[str, Any]:
    return data(files(content)["search/names.js"])


def texts(content: Path) -> list[Any]:
    return [entry for path, script in files(content).items() if "text-" in path for entry in data(script)]


def row(item: list[Any]) -> list[Any]:
    """An item with the empty values at its end put back."""
    return item + ["", "", "", 0, [], [], "", ""][len(item) - 1:]


def address(index: dict[str, Any], item: list[Any]) -> str:
    _, prefix, suffix = index["kinds"][item[0]]
    return f"{prefix}{item[1]}{suffix}"


@pytest.mark.parametrize("content", [CONTENT, SAMPLE])
def test_every_brief_is_there_with_every_name(content: Path) -> None:
    index = names(content)
    found = {address(index, item): row(item) for item in index["items"]}
    for brief in load(content).briefs.values():
        item = found[brief.address]
        assert item[2] == brief.name
        assert index["kinds"][item[0]][0] == brief.kind
        flat = {name if isinstance(name, str) else name[1] for name in item[5]}
        assert {str(alias) for alias in brief.aliases} - {str(brief.name)} <= flat
        assert {str(script.name) for script in getattr(brief, "scripts", ())} <= flat
        assert len(item[3]) <= LONGEST_DESCRIPTION


@pytest.mark.parametrize("content", [CONTENT, SAMPLE])
def test_every_section_and_hand_written_page_and_provision_is_there(content: Path) -> None:
    index, dossier = names(content), load(content)
    titles = [item[2] for item in index["items"] if SEARCH_KINDS[item[0]] == "page"]
    assert titles == [*SECTION_TITLES.values(), *(page.title for page in dossier.pages),
                      *(day.name for day in days(dossier))]
    provisions = sum(len(brief.provisions) for brief in dossier.of_kind("instrument"))  # type: ignore[attr-defined]
    assert len(index["places"]) == provisions


@pytest.mark.parametrize("site", ["published", "sample"])
def test_every_address_and_anchor_exists(site: str, request: pytest.FixtureRequest) -> None:
    content = CONTENT if site == "published" else SAMPLE
    pages = read_site_once(request.getfixturevalue(f"{site}_site"))
    index = names(content)
    dead = []
    wanted = [(item, "") for item in index["items"]]
    wanted += [(index["items"][place[0]], place[1]) for place in index["places"]]
    wanted += [(index["items"][item], statement[1]) for item, statements in texts(content) for statement in statements
               if len(statement) > 1]
    for item, anchor in wanted:
        path, _, own = address(index, item).partition("#")
        page = pages.get(f"{path}index.html")
        if page is None or (anchor or own) not in [*page.ids, ""]:
            dead.append(f"{path}#{anchor or own}")
    assert dead == []


@pytest.mark.parametrize("content", [CONTENT, SAMPLE])
def test_numbers_in_the_index_lead_somewhere(content: Path) -> None:
    index = names(content)
    assert index["texts"] == len(files(content)) - 1
    for item, statements in texts(content):
        assert 0 <= item < len(index["items"])
        for statement in statements:
            _, _, label, parties, _, rank = statement + ["", "", 0, [], "", 0][len(statement):]
            assert 0 <= label < len(index["labels"]) and rank in (-1, 0, 1)
            assert all(isinstance(party, str) or 0 <= party < len(index["items"]) for party in parties)


@pytest.mark.first_dossier
def test_the_text_of_every_kind_of_statement_is_there() -> None:
    said = " ".join(statement[0] for _, statements in texts(CONTENT) for statement in statements)
    assert "Salafist armed group" in said
    labels = {names(CONTENT)["labels"][statement[2]] for _, statements in texts(CONTENT) for statement in statements
              if len(statement) > 2}
    assert labels >= {"Paragraph", "Deadline", "Position", "Step", "Standing", "Relation", "Account", "Outcome"}
    assert "[[" not in said and "[@" not in said


def test_it_stays_small() -> None:
    sizes = {path: len(gzip.compress(script, mtime=0)) for path, script in files(CONTENT).items()}
    assert sizes["search/names.js"] < 45_000
    assert all(len(script) < 1.3 * SHARD for path, script in files(CONTENT).items() if "text-" in path)


def test_it_is_the_same_every_time_and_part_of_the_site() -> None:
    again, _ = load_dossier(CONTENT)
    assert again is not None
    assert dict(index_files(again, SECTION_TITLES)) == files(CONTENT)
    made = {file.path: file.content for file in make_search_files(load(CONTENT))}
    assert made == files(CONTENT)


def test_names_cannot_break_out_of_the_script(tmp_path: Path) -> None:
    actor = 'name: "</script> \\" ); \\\\ \\u2028"\ntype: state\nsources: [paper]\n'
    content = write(tmp_path, {"actors/cc.yml": actor})
    dossier, _ = load_dossier(content)
    assert dossier is not None
    index = data(dict(index_files(dossier, SECTION_TITLES))["search/names.js"])
    assert any(item[2].startswith('</script> " ); \\') for item in index["items"])


def test_the_client_holds_no_word_of_a_dossier_and_asks_nobody() -> None:
    scripts = ROOT / "site_templates" / "assets" / "javascripts"
    for name in ("search.js", "search-index.js"):
        text = (scripts / name).read_text(encoding="utf-8")
        for never in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "import(",
                      "Worker", "http"):
            assert never not in text, f"{name}: {never}"
