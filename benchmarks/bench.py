"""Measures the program against stock MkDocs, and prints how it stands to its bars.

    python benchmarks/bench.py [N] [--rounds R] [--results DIR]

N is the largest dossier's number of briefs: 1000 takes some minutes, 10000 measures everything.
Builders take turns, every value is a median, and what is printed are ratios: seconds stand in the results.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import search
from bars import BARS, OWN, as_markdown, as_text, rows
from builders import (
    ROOT,
    SETTLED,
    Ours,
    Stock,
    Stuck,
    copy_product,
    environment,
    hugo,
    hugo_site,
    on_one_core,
    preview,
    shown_after,
    zensical,
)
from corpus import ADJECTIVES, AS_OF, NOUNS, Corpus, brief_files, date, write_corpus
from edits import Edit, Edits, address_of
from measuring import CommandFailed, Samples, fingerprint, machine, peak_memory, seconds

SIZES = (100, 1000, 5000, 10000)

EDITIONS = 10
"""As many as the project's own dossier has, at every size: days that mattered do not grow with the briefs."""

PROBES, PROBE = 8, "probe-"
"""So many briefs, one of each kind, are the same at every size and linked by nothing else: pages to weigh."""

ONE = 1
"""The smallest dossier there is: one brief, no edition. Building it is what starting up costs."""

QUICK = 1000
"""Up to that size a run leaves out what would take it too long."""

_LIKE_A_TERM = re.compile(rf"\b({'|'.join(ADJECTIVES)})(\s+(?:{'|'.join(NOUNS)})\b)", re.IGNORECASE)

VERSIONS = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "markupsafe", "pydantic", "msgspec", "pyyaml", "nh3")


class WrongPage(Exception):
    """A build gave other pages than it should have."""


def write_bench_corpus(size: int, folder: Path) -> None:
    """The corpus of that size, the probes among its briefs."""
    if size == ONE:
        return write_one_brief(folder)
    write_corpus(size - PROBES, folder, edition_count=EDITIONS)
    probes = Corpus(PROBES, 99, PROBE)
    probes.write()
    for name, text in brief_files(probes).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # The main actors and demands are the corpus's, and its terms, which grow with it, are not explained here.
        text = _LIKE_A_TERM.sub(r"\1 old\2", text.replace("\nmain: true\n", "\n"))
        path.write_text(text, encoding="utf-8")


def write_one_brief(folder: Path) -> None:
    (folder / "actors").mkdir(parents=True)
    day = date.fromordinal(AS_OF).isoformat()
    (folder / "dossier.yml").write_text(
        f"title: One brief\ndescription: A dossier with one brief.\nas_of: {day}\nunverified: true\n")
    (folder / "actors" / "assembly.yml").write_text(
        "name: Assembly\ntype: UN organ\nsummary: |\n  It stands alone.\naccept: {never-linked: it is the only one}\n"
        "unverified: true\n")


class Measured:
    """One dossier that is measured, with all who build it."""

    def __init__(self, bench: Bench, size: int, content: Path | None = None) -> None:
        self.bench, self.size = bench, size
        folder = bench.scratch / str(size)
        self.content = content or bench.product / f"content-{size}"
        self.ours = Ours(bench.product, self.content, folder / "ours")
        self.other = Ours(bench.product, self.content, folder / "other")
        """The same with a site and a cache of its own."""
        if content is None:
            write_bench_corpus(size, self.content)
            self.run(self.ours.briefing("check", "--fix", "--strict"))
            if size != ONE:
                day = date.fromordinal(AS_OF).isoformat()
                self.run(self.ours.briefing("release", "--date", day, "--reason", "The first release."))
        self.hash = fingerprint(self.content)
        self.stock = Stock(folder / "export")
        self.hugo_folder = folder / "hugo"
        if size != ONE:
            self.run(self.ours.briefing("export", str(self.stock.export)))
            if hugo():
                hugo_site(self.stock.export, self.hugo_folder)
        self.edits = Edits(self.content, bench.product / "site_templates")

    def run(self, command: Sequence[str]) -> float:
        return seconds(command, self.bench.product, self.ours.env())

    def add(self, name: str, value: float) -> None:
        self.bench.samples.add(name, self.size, value)

    # -- one measurement each

    def cold(self) -> None:
        self.ours.forget()
        self.add("cold", self.run(self.ours.build()))

    def cold_on_one_core(self) -> None:
        command = on_one_core(self.other.build())
        if command:
            self.other.forget()
            self.add("cold, one core", seconds(command, self.bench.product, self.other.env()))

    def warm(self, what: str) -> None:
        """Build again after an edit, and see that its page shows it."""
        edit: Edit | None = getattr(self.edits, what)()
        self.add(f"warm, {what}", self.run(self.ours.build()))
        if edit:
            page = self.ours.site / edit.address / "index.html"
            if edit.words not in page.read_text(encoding="utf-8"):
                raise WrongPage(f"after an edit of one {what}, {edit.address} does not show {edit.words!r}")

    def check(self) -> None:
        self.add("check", self.run(self.ours.briefing("check")))

    def build_stock(self) -> None:
        self.stock.forget()
        self.add("stock", seconds(self.stock.build(), self.stock.export, environment()))

    def build_hugo(self) -> None:
        program = hugo()
        if program:
            shutil.rmtree(self.hugo_folder / "public", ignore_errors=True)
            self.add("hugo", seconds([str(program), "build"], self.hugo_folder, environment()))

    def build_zensical(self) -> None:
        program = zensical()
        if program:
            for folder in (self.stock.site, self.stock.export / ".cache"):
                shutil.rmtree(folder, ignore_errors=True)
            try:
                self.add("zensical", seconds([str(program), "build"], self.stock.export, environment()))
            except CommandFailed as problem:  # it refuses a section that is too long for its search
                tell(f"left out: {str(problem).splitlines()[-1]}")

    def memory(self) -> None:
        self.ours.forget()
        shares, largest = peak_memory(self.ours.build(), self.bench.product, self.ours.env())
        self.add("memory", shares)
        self.add("memory, largest process", largest)

    # -- previews

    def serve(self, rounds: int) -> None:
        """From a saved summary to its page, as the preview serves it."""
        self.ours.forget()
        with preview(self.ours.serve, self.bench.product, self.ours.env()) as port:
            self.bench.settle(port, self.edits.summary())
            for _ in range(rounds):
                edit = self.edits.summary()
                self.add("serve", shown_after(port, edit))
                time.sleep(SETTLED)

    def serve_stock(self, rounds: int) -> None:
        """The same with stock: the words are added to the page's Markdown."""
        with preview(self.stock.serve, self.stock.export, environment()) as port:
            for number in range(rounds + 1):
                edit = self.edits.summary()
                page = self.stock.export / "docs" / f"{edit.address.rstrip('/')}.md"
                if number == 0:
                    self.bench.settle(port, Edit(edit.address, "<h1"))
                page.write_text(f"{page.read_text(encoding='utf-8')}\n{edit.words}\n", encoding="utf-8")
                taken = shown_after(port, edit)
                if number:
                    self.add("stock serve", taken)
                time.sleep(SETTLED)

    # -- what was built

    def brief_addresses(self) -> list[str]:
        """The addresses of all briefs that have a page and a file of their own: sources share files, terms a page."""
        return [address_of(self.content, file) for file in self.edits.files]

    def weigh(self) -> None:
        """Compare the pages of ours and of stock, and those of the probes with the smallest dossier's."""
        ours = {address: (self.ours.site / address / "index.html").read_bytes() for address in self.brief_addresses()}
        packed = {address: len(gzip.compress(page, 9, mtime=0)) for address, page in ours.items()}
        theirs = {address: len(gzip.compress((self.stock.site / address / "index.html").read_bytes(), 9, mtime=0))
                  for address in ours}
        self.add("weight, packed", sum(packed.values()) / sum(theirs.values()))
        self.add("weight, lighter", 100 * sum(packed[one] <= theirs[one] for one in packed) / len(packed))
        probes = {address: len(page) for address, page in ours.items() if f"/{PROBE}" in address}
        first = self.bench.probes = self.bench.probes or probes
        if first is not probes:
            self.add("weight, growth", max(100 * abs(size / first[address] - 1) for address, size in probes.items()))

    def compare_with_cold(self) -> None:
        """What warm builds left is what a cold one makes."""
        self.other.forget()
        seconds(self.other.build(), self.bench.product, self.other.env())
        if fingerprint(self.ours.site) != fingerprint(self.other.site):
            raise WrongPage(f"at {self.size} briefs the warm result is not what a cold build makes: "
                            + ", ".join(differing(self.ours.site, self.other.site)[:5]))
        self.other.forget()


def differing(one: Path, other: Path) -> list[str]:
    """The files that two folders do not have alike."""
    names = {path.relative_to(folder) for folder in (one, other) for path in folder.rglob("*") if path.is_file()}
    return [name.as_posix() for name in sorted(names)
            if not ((one / name).is_file() and (other / name).is_file()
                    and (one / name).read_bytes() == (other / name).read_bytes())]


class Bench:
    """A run of everything, up to a size."""

    def __init__(self, size: int, rounds: int | None, scratch: Path) -> None:
        self.size, self.rounds_asked, self.scratch = size, rounds, scratch
        self.quick = size <= QUICK
        self.samples = Samples()
        self.probes: dict[str, int] = {}
        self.product = copy_product(scratch / "product")
        self.hashes: dict[str, str] = {}
        self.built: dict[int, tuple[Path, Path, Path]] = {}
        """By size the content, its site, and stock's."""

    def sizes(self) -> list[int]:
        return [size for size in SIZES if size <= self.size] or [self.size]

    def rounds(self, size: int) -> int:
        return self.rounds_asked or (5 if size <= QUICK else 3)

    def settle(self, port: int, edit: Edit) -> None:
        """Wait until a preview has started and shows what it should, and is idle."""
        shown_after(port, edit)
        time.sleep(SETTLED)

    def run(self) -> None:
        one = Measured(self, ONE)
        one.run(one.ours.build())  # the program's modules are compiled once
        for size in self.sizes():
            tell(f"{size:,} briefs: writing them")
            self.measure(Measured(self, size), one)
        self.measure_own()
        self.measure_search()

    def measure(self, this: Measured, one: Measured) -> None:
        """One size: every builder in turns, then the previews and the memory."""
        largest = this.size == max(self.sizes())
        whole = this.size >= QUICK or largest
        near = this.size == min(max(self.sizes()), QUICK)
        self.hashes[f"{this.size}"] = this.hash
        for number in range(self.rounds(this.size)):
            tell(f"{this.size:,} briefs: round {number + 1} of {self.rounds(this.size)}")
            if not self.quick:
                this.build_zensical()
            this.build_stock()
            this.cold()
            if number == 0:
                this.weigh()
            if whole:
                for what in ("nothing", "summary", "title", "source", "template"):
                    this.warm(what)
                this.check()
            this.cold_on_one_core()
            this.build_hugo()
            if near:
                one.cold()
                one.warm("nothing")
                one.warm("summary")
        if whole:
            this.compare_with_cold()
        if near:
            tell(f"{this.size:,} briefs: previews")
            one.serve(self.rounds(ONE))
            this.serve(self.rounds(this.size))
            this.serve_stock(min(3, self.rounds(this.size)))
            one.memory()
        if whole:
            this.memory()
        if this.size >= QUICK or largest:
            self.built[this.size] = this.content, this.ours.site, this.stock.site

    def measure_own(self) -> None:
        """The project's own dossier."""
        own = Measured(self, OWN, self.product / "content")
        self.hashes["own"] = own.hash
        for number in range(self.rounds_asked or (3 if self.quick else 5)):
            tell(f"the project's own dossier: round {number + 1}")
            own.build_stock()
            own.cold()

    def measure_search(self) -> None:
        """What a search in the sites costs readers."""
        tell("search")
        try:
            search.measure(self.built, self.samples, each=1 if self.quick else 3)
        except ImportError as problem:  # nothing to drive a browser with, or no browser
            tell(f"left out: the search: {problem}")

    def results(self) -> dict[str, Any]:
        """All that is recorded, as plain values."""
        table = [{"what": bar.what, "briefs": bar.at, "measured as": bar.how, "bar": bar.bar,
                  "direction": bar.direction, "unit": bar.unit.strip(), "measured": value,
                  "verdict": bar.verdict(value)}
                 for bar in BARS for value in [bar.measured(self.samples)]]
        return {"briefs": self.size, "machine": machine(), "versions": versions(), "editions": EDITIONS,
                "corpora": self.hashes, "bars": table,
                "samples": {f"{name} @ {named(size)}": values
                            for (name, size), values in sorted(self.samples.values.items())}}


def named(size: int) -> str:
    return "own" if size == OWN else str(size)


def tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def versions() -> dict[str, str]:
    """Of the program and of all that takes part."""
    found = {name: version(name) for name in VERSIONS}
    for name, program in (("hugo", hugo()), ("zensical", zensical())):
        if program:
            asked = "version" if name == "hugo" else "--version"
            said = subprocess.run([program, asked], capture_output=True, text=True)
            found[name] = said.stdout.removeprefix("hugo ").split("-")[0].strip()
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return {"program": commit.stdout.strip() or "unknown", **found}


def as_document(results: dict[str, Any], table: str) -> str:
    """The results for people."""
    about = [f"{name}: {value}" for part in ("machine", "versions") for name, value in results[part].items()]
    corpora = [f"{name} briefs: `{value}`" for name, value in results["corpora"].items()]
    return "\n".join([f"# Measured up to {results['briefs']:,} briefs", "", table, "", "Machine and versions:", "",
                      *(f"- {line}" for line in about), "", "Checksums of the dossiers:", "",
                      *(f"- {line}" for line in corpora), ""])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Measure the program against its bars.")
    parser.add_argument("size", metavar="N", nargs="?", type=int, default=QUICK, help=f"the largest dossier ({QUICK})")
    parser.add_argument("--rounds", type=int, help="how often everything is measured (5, and 3 above 1000 briefs)")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results", metavar="DIR",
                        help="where results are written")
    options = parser.parse_args(arguments)
    if options.size < 2 * PROBES:
        parser.error(f"at least {2 * PROBES} briefs")
    with tempfile.TemporaryDirectory(prefix="briefing-bench-") as scratch:
        bench = Bench(options.size, options.rounds, Path(scratch))
        try:
            bench.run()
        except (WrongPage, CommandFailed, Stuck) as problem:
            print(f"{as_text(rows(bench.samples))}\n\nstopped: {problem}", file=sys.stderr)
            return 1
        results = bench.results()
    table = rows(bench.samples)
    options.results.mkdir(parents=True, exist_ok=True)
    name = options.results / f"n{options.size}"
    name.with_suffix(".json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    name.with_suffix(".md").write_text(as_document(results, as_markdown(table)), encoding="utf-8")
    print(as_text(table))
    return 0


if __name__ == "__main__":
    sys.exit(main())
