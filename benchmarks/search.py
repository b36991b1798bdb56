"""What a search costs a reader: bytes and time until the first results, for dossiers of any size.

    python benchmarks/search.py CONTENT [CONTENT ...] [--stock SITE ...] [--rounds N]

Each CONTENT is a content folder; each SITE a site built by stock MkDocs from the export of the folder at the same
place. A browser opens the search, types each of some typical queries, and waits; everything that it loads is counted as
gzip -9 has it. `first` is until the first result is shown, `rest` until nothing more is loaded, both from a search that
was never open before, its scripts included. Times are those of a phone: four times slower than this machine, 1.6 Mbit/s,
150 ms to the server. `open` is from opening the search with the query typed at once, `typed` from the last key in a
search that is open. Prints medians and the worst; the ratio to the stock index; and growth from the first folder to the
last.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measuring import Samples

from generator.dossier import Dossier
from generator.load import load_dossier
from generator.pages import make_search_files

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "sample" / "content"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
LATENCY, BYTES_PER_SECOND, SLOWER = 150, 200_000, 4

OPEN = """(query) => {
  window.shown = 0;
  new MutationObserver((changes, observer) => {
    const first = document.querySelector("#search-results:not([hidden]) a");
    if (first || /^Nothing/.test(document.getElementById("search-status")?.textContent)) {
      window.shown = performance.now();
      observer.disconnect();
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true });
  window.started = performance.now();
  document.getElementById("search-open").click();
  if (window.briefingSearch) {
    const input = document.getElementById("search-input");
    input.value = query;
    input.dispatchEvent(new Event("input"));
  } else for (const key of query) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}"""
LOADED = """() => performance.getEntriesByType("resource").filter((one) => one.startTime > window.started)
  .map((one) => [one.name, one.startTime < window.shown])"""
AT_REST = """() => document.getElementById("search").dataset.wants === "0" && document.readyState === "complete" """


def queries(dossier: Dossier, each: int = 3) -> dict[str, list[str]]:
    """Some queries of each sort, the same each time: names and words as the dossier has them."""
    chance = random.Random(7)
    names = [brief for brief in dossier.briefs.values() if brief.kind not in ("source", "event")]
    actors, demands, instruments, events = (
        list[Any](dossier.of_kind(kind)) for kind in ("actor", "demand", "instrument", "event"))
    texts = [text for text in instruments if text.symbol]
    dated = [event for event in events if event.date and event.date.is_exact_day]
    scripts = [str(actor.scripts[0].name) for actor in actors if actor.scripts]

    def some(values: Sequence[Any]) -> list[Any]:
        return chance.sample(values, min(each, len(values)))

    def word(text: str) -> str:
        return chance.choice(re.findall(r"[a-z]{5,}", text) or ["talks"])

    return {
        "a name": [str(brief.name) for brief in some(names)],
        "an actor and a topic": [f"{who.name} {word(str(what.name))}"
                                 for who, what in zip(some(actors), some(demands), strict=False)],
        "two words": [f"{word(str(demand.summary))} {word(str(demand.summary))}" for demand in some(demands)],
        "three letters": [max(str(brief.name).split(), key=len)[:3] for brief in some(names)],
        "a symbol": [str(text.symbol) for text in some(texts)],
        "a paragraph": [f"{text.symbol} {text.provisions[0].paragraph}" for text in some(texts) if text.provisions],
        "a day": [event.date.readable() for event in some(dated)],
        "another script": some(scripts),
        "misspelt": [name[:2] + name[3:] for name in map(lambda brief: str(brief.name), some(actors))],
    }


class _Gzipped(http.server.SimpleHTTPRequestHandler):
    """Files as a host sends them: compressed, the connection kept."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        body = compressed(path) if path.is_file() else b""
        self.send_response(200 if path.is_file() else 404)
        for name, value in {"Content-Type": self.guess_type(str(path)), "Content-Encoding": "gzip",
                            "Content-Length": str(len(body))}.items():
            if body or name == "Content-Length":
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@functools.cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Gzipped, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


@dataclass
class Cost:
    first: int
    rest: int
    opened: float
    typed: float


def cost(browser: Any, url: str, folder: Path, query: str) -> Cost:
    """One query, typed into a search that was never open, then again, after another one, into an open search."""
    first, rest, opened = _ask(browser, url, folder, query, "")
    _, _, typed = _ask(browser, url, folder, query, "zzzz")
    return Cost(first, rest, opened, typed)


def _ask(browser: Any, url: str, folder: Path, query: str, before: str) -> tuple[int, int, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    driver = context.new_cdp_session(page)
    driver.send("Network.enable")
    driver.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY,
        "downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND})
    driver.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    if before:
        page.evaluate(OPEN, "")
        page.wait_for_function("() => document.querySelector('#search-tips button')", polling=20)
    page.evaluate("performance.clearResourceTimings()")
    page.evaluate(OPEN, query)
    page.wait_for_function("() => window.shown")
    page.wait_for_function(AT_REST)
    took = page.evaluate("window.shown - window.started")
    loaded = [(address.removeprefix(url), early) for address, early in page.evaluate(LOADED)]
    sizes = {path: (len(compressed(folder / path)), early) for path, early in loaded if (folder / path).is_file()}
    first, rest = sum(size for size, early in sizes.values() if early), sum(size for size, _ in sizes.values())
    context.close()
    return first, rest, took


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser. Raises ImportError where there is nothing to drive one with."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def measure(built: Mapping[int, tuple[Path, Path, Path]], samples: Samples, each: int) -> None:
    """Measure the search of built sites, so many queries of each sort. `built` holds by size a content folder, its site,
    and stock's. Raises ImportError where there is no browser."""
    if CHROMIUM is None:
        raise ImportError("there is no Chromium")
    with chromium() as browser:
        for size, (content, site, stock) in built.items():
            dossier, problems = load_dossier(content)
            assert dossier is not None, problems
            compressed.cache_clear()
            whole = len(compressed(stock / "search" / "search_index.json"))
            with serving(site) as url:
                for query in (query for some in queries(dossier, each).values() for query in some):
                    first, _, opened = _ask(browser, url, site, query, "")
                    samples.add("search, first bytes", size, first)
                    samples.add("search, first bytes of stock's", size, 100 * first / whole)
                    samples.add("search, first result", size, opened / 1000)


def measured(browser: Any, shell: Path, content: Path, scratch: Path, rounds: int) -> dict[str, list[Cost]]:
    """The costs of all queries by their sort. The page is the sample's, the index that of the dossier."""
    dossier, problems = load_dossier(content)
    assert dossier is not None, problems
    site = scratch / "site"
    shutil.rmtree(site, ignore_errors=True)
    for name in ("index.html", "javascripts", "stylesheets"):
        source = shell / name
        if source.is_dir():
            shutil.copytree(source, site / name)
        else:
            site.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, site / name)
    for file in make_search_files(dossier):
        (site / file.path).parent.mkdir(exist_ok=True)
        (site / file.path).write_bytes(file.content)
    compressed.cache_clear()
    with serving(site) as url:
        return {sort: [cost(browser, url, site, query) for query in some for _ in range(rounds)]
                for sort, some in queries(dossier).items()}


def report(content: Path, costs: dict[str, list[Cost]], stock: Path | None) -> float:
    """Print what was measured; the median of bytes to the first result."""
    print(f"\n{content.name:24} {'first':>16} {'rest':>16} {'open, s':>14} {'typed, s':>14}   (median, worst)")
    everything = [one for some in costs.values() for one in some]
    for sort, some in [*costs.items(), ("all", everything)]:
        if not some:
            continue
        cells = [f"{statistics.median(values):8.0f} {max(values):7.0f}" for values in
                 ([one.first for one in some], [one.rest for one in some])]
        cells += [f"{statistics.median(values):8.2f} {max(values):5.2f}" for values in
                  ([one.opened / 1000 for one in some], [one.typed / 1000 for one in some])]
        print(f"{sort:24} " + " ".join(cells))
    median = statistics.median(one.first for one in everything)
    if stock:
        whole = len(gzip.compress((stock / "search" / "search_index.json").read_bytes(), 9, mtime=0))
        worst, rest = (max(getattr(one, name) for one in everything) for name in ("first", "rest"))
        print(f"of the stock index: {median / whole:.2%}, at worst {worst / whole:.2%}, at rest at worst {rest / whole:.2%}")
    return median


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("content", nargs="+", type=Path)
    parser.add_argument("--stock", nargs="*", type=Path, default=[])
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        shell = Path(scratch) / "shell"
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(shell)], cwd=ROOT, check=True,
                       env={**os.environ, "BRIEFING_CONTENT": str(SAMPLE), "NO_MKDOCS_2_WARNING": "1"})
        medians = []
        for number, content in enumerate(options.content):
            costs = measured(browser, shell, content.resolve(), Path(scratch), options.rounds)
            medians.append(report(content, costs, options.stock[number] if number < len(options.stock) else None))
    if len(medians) > 1:
        print(f"\ngrowth from the first folder to the last: {medians[-1] / medians[0]:.3f}")


if __name__ == "__main__":
    main()
