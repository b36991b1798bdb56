"""The search index: complete, small, the same bytes every time, and with no dead address."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tools import CONTENT, ROOT, SAMPLE, load_once, read_site_once, write

from generator.dossier import Dossier
from generator.load import load_dossier
from generator.pages import SECTION_TITLES, make_search_files
from generator.search import EntryMaker, index_files
from generator.search.entries import DIGITS, LABEL_WORDS, LONGEST_DESCRIPTION, SEARCH_KINDS, Entry
from generator.search.files import ITEMS_SIZE, TERMS_SIZE
from generator.search.words import STOP, words
from generator.views.editions import days

CLIENT = ROOT / "site_templates" / "assets" / "javascripts" / "search-index.js"


@cache
def load(content: Path) -> Dossier:
    dossier, _ = load_once(content)
    assert dossier is not None
    return dossier


def entries_of(dossier: Dossier) -> dict[str, Entry]:
    maker = EntryMaker(dossier)
    return {**{brief.id: maker.of_brief(brief) for brief in dossier.briefs.values()}, **maker.of_pages(SECTION_TITLES)}


@cache
def files(content: Path) -> dict[str, bytes]:
    return {file.path: file.content for file in make_search_files(load(content))}


def calls(content: Path) -> list[tuple[str, Any]]:
    """What the files of the index hand to the search: each part's name and its data."""
    lines = [line for script in files(content).values() for line in script.decode().splitlines()]
    assert all(line.startswith('briefingSearch.add("') and line.endswith(");") for line in lines)
    return [(part, json.loads(data)) for part, data in (line[20:-2].split('",', 1) for line in lines)]


@cache
def start(content: Path) -> Any:
    return next(data for part, data in calls(content) if part == "start")


@cache
def items(content: Path) -> list[list[Any]]:
    """The rows of all items in their order, with the empty values at their ends put back."""
    parts = sorted((data for part, data in calls(content) if part == "items"), key=lambda data: data[0])
    rows = [row for _, *part in parts for row in part]
    return [row + ["", "", "", [], [], "", "", [], [], []][len(row):] for row in rows]


def kinds(content: Path) -> list[list[Any]]:
    """The kind of each item: `[kind, prefix, suffix, how many]`."""
    return [kind for kind in start(content)["kinds"] for _ in range(kind[3])]


def addresses(content: Path) -> list[str]:
    return [f"{kind[1]}{row[0]}{kind[2]}" for kind, row in zip(kinds(content), items(content), strict=True)]


def statement(row: list[Any]) -> list[Any]:
    return row + ["", "", 0, [], "", 0, ""][len(row):]


def terms(content: Path) -> dict[str, list[int]]:
    """The items of each word."""
    found: dict[str, list[int]] = {}
    for _, text in sorted(data for part, data in calls(content) if part == "terms"):
        pieces, before = text.split(" "), ""
        for shared, packed in zip(pieces[::2], pieces[1::2], strict=False):
            before = before[:DIGITS.index(shared[0])] + shared[1:]
            number, at, found[before] = -1, 0, []
            while at < len(packed):
                step, value = 0, 32
                while value > 31:
                    value = DIGITS.index(packed[at])
                    step, at = step * 32 + value % 32, at + 1
                number += step
                found[before].append(number)
                at += 2 if DIGITS.index(packed[at]) % 3 else 1
    return found


@pytest.mark.parametrize("content", [CONTENT, SAMPLE])
def test_every_brief_is_there_with_every_name(content: Path) -> None:
    found = dict(zip(addresses(content), zip(kinds(content), items(content), strict=True), strict=True))
    for brief in load(content).briefs.values():
        kind, row = found[brief.address]
        assert row[1] == brief.name
        assert kind[0] == brief.kind
        flat = {name if isinstance(name, str) else name[1] for name in row[3]}
        assert {str(alias) for alias in brief.aliases} - {str(brief.name)} <= flat
        assert {str(script.name) for script in getattr(brief, "scripts", ())} <= flat
        assert len(row[2]) <= LONGEST_DESCRIPTION


@pytest.mark.parametrize("content", [CONTENT, SAMPLE])
def test_every_section_and_hand_written_page_and_provision_is_there(content: Path) -> None:
    dossier = load(content)
    titles = [row[1] for kind, row in zip(kinds(content), items(content), strict=True) if kind[0] == "page"]
    assert titles == [*SECTION_TITLES.values(), *(page.title for page in dossier.pages),
                      *(day.name for day in days(dossier))]
    provisions = sum(len(brief.provisions) for brief in dossier.of_kind("instrument"))  # type: ignore[attr-defined]
    assert sum(bool(statement(said)[6]) for row in items(content) for said in row[7]) == provisions


@pytest.mark.parametrize("site", ["published", "sample"])
def test_every_address_and_anchor_exists(site: str, request: pytest.FixtureRequest) -> None:
    content = CONTENT if site == "published" else SAMPLE
    pages = read_site_once(request.getfixturevalue(f"{site}_site"))
    dead = []
    for address, row in zip(addresses(content), items(content), strict=True):
        path, _, own = address.partition("#")
        page = pages.get(f"{path}index.html")
        for anchor in ["", *(statement(said)[1] for said in row[7])]:
            if page is None or (anchor or own) not in [*page.ids, ""]:
                dead.append(f"{path}#{anchor or own}")
    assert dead == []


@pytest.mark.parametrize("content", [CONTENT, SAMPLE])
def test_numbers_in_the_index_lead_somewhere(content: Path) -> None:
    every = items(content)
    assert len(every) == len(start(content)["weights"]) == sum(kind[3] for kind in start(content)["kinds"])
    assert [kind[0] for kind in start(content)["kinds"]] == list(SEARCH_KINDS)
    for row in every:
        names, numbers = row[8], row[9]
        assert len(names) == len(numbers)
        assert all(number < 0 or every[number][1] == name for name, number in zip(names, numbers, strict=True))
        for said in map(statement, row[7]):
            assert 0 <= said[2] < len(LABEL_WORDS) and said[5] in (-1, 0, 1)
            assert all(0 <= party < len(names) for party in said[3])
    assert all(0 <= number < len(every) for numbers in terms(content).values() for number in numbers)


@pytest.mark.parametrize("content", [CONTENT, SAMPLE])
def test_every_word_of_a_name_and_of_a_statement_leads_to_its_item(content: Path) -> None:
    found = {word: set(numbers) for word, numbers in terms(content).items()}
    for number, row in enumerate(items(content)):
        for name in [row[1], *(name if isinstance(name, str) else name[1] for name in row[3]), *row[4]]:
            told = [word for word in words(name) if len(word) > 3 and word not in STOP]
            assert all(number in found.get(word, ()) for word in told), name
        for said in row[7]:
            assert all(number in found.get(word, ()) for word in words(said[0]) if word not in STOP), said[0]


def test_the_parts_are_small_and_what_starts_the_search_smaller_still() -> None:
    sizes = {path: len(script) for path, script in files(CONTENT).items()}
    assert len(gzip.compress(files(CONTENT)["search/start.js"], mtime=0)) < 3_000
    assert max(size for path, size in sizes.items() if "terms-" in path) < 2 * TERMS_SIZE
    longest = max(len(entry["row"].encode()) for entry in entries_of(load(CONTENT)).values())
    assert max(size for path, size in sizes.items() if "items-" in path) < 1.5 * ITEMS_SIZE + longest


def test_a_small_dossier_has_one_file() -> None:
    assert list(files(SAMPLE)) == ["search/start.js"]


@pytest.mark.first_dossier
def test_the_text_of_every_kind_of_statement_is_there() -> None:
    said = [statement(said) for row in items(CONTENT) for said in row[7]]
    everything = " ".join(one[0] for one in said)
    assert "Salafist armed group" in everything
    assert {LABEL_WORDS[one[2]] for one in said} >= {
        "Paragraph", "Deadline", "Position", "Step", "Standing", "Relation", "Account", "Outcome"}
    assert "[[" not in everything and "[@" not in everything


def test_it_is_the_same_every_time() -> None:
    again, _ = load_dossier(CONTENT)
    assert again is not None
    assert {file.path: file.content for file in make_search_files(again)} == files(CONTENT)


def test_entries_can_be_kept_as_json_and_the_files_are_made_from_them_alone() -> None:
    kept = json.loads(json.dumps(entries_of(load(CONTENT))))
    assert dict(index_files(kept)) == files(CONTENT)


def test_a_changed_sentence_changes_few_files(tmp_path: Path) -> None:
    entries = entries_of(load(CONTENT))
    before = dict(index_files(entries))
    id, entry = next((id, entry) for id, entry in entries.items() if entry["kind"] == "demand")
    changed: Entry = {**entry, "row": entry["row"].replace(".", " zymurgy.", 1), "terms": f"{entry['terms']} zymurgy 3"}
    after = dict(index_files({**entries, id: changed}))
    assert before.keys() == after.keys()
    assert sum(before[path] != after[path] for path in before) <= 4


def test_names_cannot_break_out_of_the_script(tmp_path: Path) -> None:
    actor = 'name: "</script> \\" ); \\\\ \\u2028"\ntype: state\nsources: [paper]\n'
    content = write(tmp_path, {"actors/cc.yml": actor})
    dossier, _ = load_dossier(content)
    assert dossier is not None
    [script] = [file.content.decode() for file in make_search_files(dossier)]
    parts = [json.loads(line[line.index(",") + 1:-2]) for line in script.splitlines() if '.add("items",' in line]
    assert any(row[1].startswith('</script> " ); \\') for part in parts for row in part[1:])


# --- words -----------------------------------------------------------------------------------------------------

WORDS = ROOT / "tests" / "search" / "words.tsv"


def table() -> list[tuple[str, list[str]]]:
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and line[0] != "#")
    return [(text, found.split()) for text, _, found in rows]


@pytest.mark.parametrize(("text", "found"), table())
def test_texts_have_these_words(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_the_client_finds_the_same_words() -> None:
    """In the table, and in every name and statement of both dossiers."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no Node.js on this machine")
    texts = [text for text, _ in table()]
    for content in (CONTENT, SAMPLE):
        for row in items(content):
            texts += [row[1], row[2], *(said[0] for said in row[7])]
            texts += [name if isinstance(name, str) else name[1] for name in row[3]]
    script = (f"globalThis.window = globalThis; require({json.dumps(str(CLIENT))});"
              "const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
              "console.log(JSON.stringify(texts.map(briefingIndex.words)))")
    asked = subprocess.run([node, "-e", script], input=json.dumps(texts), capture_output=True, encoding="utf-8",
                           check=True)
    there = json.loads(asked.stdout)
    assert [(text, own) for text, own in zip(texts, there, strict=True) if own != words(text)] == []


def test_the_client_holds_no_word_of_a_dossier_and_asks_nobody() -> None:
    scripts = ROOT / "site_templates" / "assets" / "javascripts"
    for name in ("search.js", "search-index.js"):
        text = (scripts / name).read_text(encoding="utf-8")
        for never in ("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "import(",
                      "Worker", "http"):
            assert never not in text, f"{name}: {never}"
