"""The search in a real browser: tables of queries, every name, misspellings, the dialog itself.

The fixtures `page`, `real_url` and `sample_url` are those of this folder: a Playwright page, and the addresses of the
served sites of the project's own dossier and of the sample, ending in a slash.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tools import CONTENT, ROOT, SAMPLE, load_once

from generator.models import Brief

pytestmark = pytest.mark.browser

TABLES = ROOT / "tests" / "search"

# Types each query and reads the first results, once they are shown: [[href, kind], ...] for each, and the longest time
# in milliseconds that typing held up the page.
ASK = """async ([queries, most]) => {
  const found = []; let longest = 0;
  const results = document.getElementById("search-results");
  for (const query of queries) {
    const start = performance.now();
    briefingSearch.open(query);
    longest = Math.max(longest, performance.now() - start);
    while (results.getAttribute("aria-busy") === "true") await new Promise((go) => setTimeout(go, 4));
    found.push([...results.querySelectorAll("a")].slice(0, most).map((a) => [a.getAttribute("href"), a.dataset.kind]));
  }
  return [found, longest];
}"""

LOADED = "() => document.querySelector('#search[data-wants=\"0\"] #search-results[aria-busy=\"false\"]')"


def table(name: str) -> list[tuple[str, str]]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [(query, wanted) for query, _, wanted in (line.partition("\t") for line in lines if line and line[0] != "#")]


def open_search(page: Any, url: str, query: str = "talks") -> None:
    """A page with the search open, all that the query needs loaded."""
    page.goto(f"{url}?q={quote(query)}")
    page.wait_for_selector("#search[open]")
    page.wait_for_function(LOADED)


def ask(page: Any, queries: list[str], most: int = 3) -> list[list[list[str]]]:
    found, longest = page.evaluate(ASK, [queries, most])
    print(f"{len(queries)} queries, the slowest in {longest:.0f} ms")
    return found


def wrong(page: Any, rows: list[tuple[str, str]]) -> list[str]:
    answers = ask(page, [query for query, _ in rows], 1)
    return [f"{query}: {answer[0][0] if answer else 'nothing'}, not {wanted}"
            for (query, wanted), answer in zip(rows, answers, strict=True)
            if not answer or not f"./{answer[0][0]}".endswith(wanted)]


@pytest.mark.parametrize("name", [pytest.param("real.tsv", marks=pytest.mark.first_dossier), "sample.tsv"])
def test_each_query_of_the_table_finds_its_place_first(page: Any, request: pytest.FixtureRequest, name: str) -> None:
    rows = table(name)
    assert len(rows) >= {"real.tsv": 75, "sample.tsv": 15}[name]
    open_search(page, request.getfixturevalue(f"{name.removesuffix('.tsv')}_url"))
    assert wrong(page, rows) == []


def briefs(content: Path) -> list[Brief]:
    dossier, _ = load_once(content)
    assert dossier is not None
    return list(dossier.briefs.values())


def names_of(brief: Brief) -> list[str]:
    """Every name of a brief as a reader may type it."""
    symbol = getattr(brief, "symbol", None)
    return [str(name) for name in (brief.name, *brief.aliases, *([symbol] if symbol else []),
                                   *(script.name for script in getattr(brief, "scripts", ())))]


def same(text: str) -> str:
    """Names that differ in signs or letter case alone are the same name."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum()).removeprefix("the")


def first_names(all_briefs: list[Brief]) -> dict[str, set[str]]:
    """Which briefs bear a name, also as the part of it before a bracket or colon, or in a bracket, or as a surname."""
    import re

    bearers: dict[str, set[str]] = {}
    for brief in all_briefs:
        for name in [*names_of(brief), str(getattr(brief, "sort", None) or "").partition(",")[0]]:
            for form in (name, name.partition("(")[0], name.partition(":")[0], *re.findall(r"\(([^()]+)\)", name)):
                bearers.setdefault(same(form), set()).add(brief.address)
    return bearers


@pytest.mark.parametrize("site", ["real", "sample"])
def test_every_name_finds_its_brief_first_or_one_of_the_same_name(page: Any, request: pytest.FixtureRequest,
                                                                   site: str) -> None:
    all_briefs = briefs(CONTENT if site == "real" else SAMPLE)
    bearers = first_names(all_briefs)
    asked = [(name, brief.address) for brief in all_briefs for name in names_of(brief)]
    open_search(page, request.getfixturevalue(f"{site}_url"))
    answers = ask(page, [name for name, _ in asked], 1)
    missed = [f"{name}: {answer[0][0] if answer else 'nothing'}, not {address}"
              for (name, address), answer in zip(asked, answers, strict=True)
              if not answer or not any(answer[0][0].endswith(one) for one in bearers[same(name)] | {address})]
    assert missed == []


def misspelt(name: str, chance: random.Random) -> str:
    """One edit: a letter left out, doubled, changed, or swapped with the next."""
    at = chance.randrange(len(name) - 1)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice([name[:at] + name[at + 1:], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1:],
                          name[:at] + name[at + 1] + name[at] + name[at + 2:]])


@pytest.mark.first_dossier
def test_misspelt_names_are_found(page: Any, real_url: str) -> None:
    """Of names with one edit, nearly all are found first, and all but a few among the first three."""
    chance = random.Random(2254)
    names = [(name, brief.address) for brief in briefs(CONTENT) if brief.kind not in ("source", "event")
             for name in (brief.name, *brief.aliases) if len(name) >= 5 and not any(c.isdigit() for c in name)]
    asked = [(misspelt(name, chance), name, address) for name, address in chance.sample(names, 200)]
    bearers = first_names(briefs(CONTENT))
    open_search(page, real_url)
    answers = ask(page, [typed for typed, _, _ in asked])
    ranks = [next((rank for rank, (href, _) in enumerate(answer) if href.endswith(tuple(bearers[same(name)]))), 9)
             for (_, name, _), answer in zip(asked, answers, strict=True)]
    missed = [f"{typed} ({name}): {answer[:1]}" for (typed, name, _), answer, rank in
              zip(asked, answers, ranks, strict=True) if rank]
    print(f"first {ranks.count(0)} of {len(ranks)}, among three {sum(rank < 3 for rank in ranks)}:", *missed, sep="\n")
    assert ranks.count(0) >= 0.95 * len(ranks)
    assert sum(rank < 3 for rank in ranks) >= 0.98 * len(ranks)


@pytest.mark.first_dossier
def test_results_say_their_kind_and_can_be_narrowed(page: Any, real_url: str) -> None:
    open_search(page, real_url, "ceasefire")
    button = page.locator('#search-kinds button[data-filter="demand"]')
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    page.wait_for_function(LOADED)
    page.locator("#search-results li").last.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelectorAll('#search-results a').length > 20")
    page.wait_for_function(LOADED)
    kinds = page.eval_on_selector_all("#search-results a", "links => links.map(a => a.dataset.kind)")
    count = int(button.inner_text().split()[-1].rstrip("+"))
    assert set(kinds) == {"demand"} and len(kinds) == min(count, 30)
    assert page.inner_text("#search-status") in (f"{count} results", f"More than {count - 1} results")
    button.click()
    page.wait_for_function(LOADED)
    assert len(set(page.eval_on_selector_all("#search-results a", "links => links.map(a => a.dataset.kind)"))) > 2


@pytest.mark.first_dossier
def test_text_is_found_and_marked(page: Any, real_url: str) -> None:
    open_search(page, real_url, "Salafist armed group")
    first = page.locator("#search-results li").first
    assert {word.lower() for word in first.locator("mark").all_inner_texts()} >= {"salafist", "armed", "group"}
    assert first.locator(".search-kind").inner_text() == "Actor"


@pytest.mark.first_dossier
def test_keys_status_and_address(page: Any, real_url: str) -> None:
    open_search(page, real_url, "russia")
    page.locator("#search-input").press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelector('#search-results a')")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-input"
    page.fill("#search-input", "iran")
    page.wait_for_function("() => location.search === '?q=iran'")
    page.keyboard.press("Escape")
    page.wait_for_function("() => !document.getElementById('search').open && location.search === ''")
    page.keyboard.press("/")
    page.wait_for_selector("#search[open]")
    page.fill("#search-input", "iran")
    page.keyboard.press("Enter")  # though what it needs is not there yet
    page.wait_for_url("**/actors/iran/**")


@pytest.mark.first_dossier
def test_nothing_found_offers_names_and_nothing_typed_offers_examples(page: Any, real_url: str) -> None:
    open_search(page, real_url, "Dschaafari")
    assert page.locator("#search-results a").count() == 0
    assert page.inner_text("#search-status").startswith("Nothing found")
    assert "Bashar Jaafari" in page.locator("#search-tips button").all_inner_texts()
    page.fill("#search-input", "")
    page.wait_for_function("() => document.querySelectorAll('#search-tips button').length >= 3")
    examples = page.locator("#search-tips button").all_inner_texts()
    for example, answer in zip(examples, ask(page, examples, 1), strict=True):
        assert answer, example


@pytest.mark.first_dossier
def test_it_works_from_the_file_system(page: Any, real_site: Path) -> None:
    page.goto((real_site / "index.html").as_uri() + "?q=2254%20op12")
    page.wait_for_function(LOADED)
    page.wait_for_selector("#search-results a")
    first = page.locator("#search-results a").first.get_attribute("href")
    assert first.endswith("un-process/unscr-2254/index.html#op12")


@pytest.mark.first_dossier
def test_only_what_the_query_needs_is_loaded(page: Any, real_url: str, real_site: Path) -> None:
    import gzip

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(real_url)))
    open_search(page, real_url, "russia ceasefire")
    loaded = {path for path in asked if path.startswith("search/")}
    assert "search/start.js" in loaded and len(loaded) < 20
    every = {f"search/{path.name}" for path in (real_site / "search").iterdir()}
    weigh = {path: len(gzip.compress((real_site / path).read_bytes(), mtime=0)) for path in every}
    assert loaded <= every
    assert sum(weigh[path] for path in loaded) < 0.25 * sum(weigh.values())


@pytest.mark.first_dossier
def test_a_part_that_cannot_be_had_stops_nothing(page: Any, real_url: str) -> None:
    page.route("**/search/terms-*.js", lambda route: route.abort())
    page.goto(f"{real_url}?q=russia")
    page.wait_for_function("() => document.querySelector('#search-status')?.textContent.startsWith('Nothing found')")
    page.unroute("**/search/terms-*.js")
