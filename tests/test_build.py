"""A build that takes over what earlier ones made gives the same site as one that makes everything."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from tools import SAMPLE, SMALL, write

from generator.build import Build, LastSite, Memory
from generator.build.kept import Kept
from generator.cli import main
from generator.load import load_dossier
from generator.rendering import TEMPLATES
from generator.repository import repository
from generator.shell import Shell
from generator.site import SiteMaker
from generator.templating import Environment

ROUNDS = 6
"""So many edits follow each other; more find more."""


def built(content: Path, site: Path, cache: Path | None, processes: int = 1, option: str = "",
          last: LastSite | None = None, memory: Memory | None = None, fails: bool = False,
          edited_first: bool = False) -> dict[str, bytes]:
    """The files of a site, built without the builder; as in the preview, where there is a last site."""
    build = Build(content, cache, "test", processes, last, memory, edited_first)
    if last is not None:
        last.set_aside()
    dossier, problems = build.load()
    assert dossier is not None and not [p for p in problems if p.severity == "error"], problems[:3]
    build.set_aside(site)
    site.mkdir(parents=True, exist_ok=True)
    for path in site.iterdir():  # as the builder empties it
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    build.run(Shell(dossier, environment(), {
        "config": SimpleNamespace(extra_css=[], extra_javascript=[], repo_url=""), "page": None, "csp": "",
        "repository": repository("https://github.com/an-organisation/a-dossier", "main", ""), "kept": "content/"}), option)
    (site / "builder.txt").write_text(f"what the builder writes itself {option}")
    if fails:
        build.abandon()
    else:
        build.end()
    if last is not None:
        (last.have_back if fails else last.let_go)()
    return files_of(site)


def environment() -> Environment:
    environment = Environment(TEMPLATES / "theme")
    environment.filters.update(url=str, script_tag=str)
    return environment


def files_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


# --- edits ---------------------------------------------------------------------------------------


def edits() -> list[Callable[[random.Random, str], str]]:
    """What editors do to a file, each a function of the file's text."""
    def on_a_line(pattern: str, change: Callable[[random.Random, re.Match[str]], str]) -> Callable[[random.Random, str], str]:
        def edit(rng: random.Random, text: str) -> str:
            found = list(re.finditer(pattern, text, re.MULTILINE))
            if not found:
                return text
            match = rng.choice(found)
            return text[:match.start()] + change(rng, match) + text[match.end():]
        return edit

    def word(rng: random.Random) -> str:
        return "".join(rng.choice("abcdeiklmnorstu") for _ in range(6))

    return [
        on_a_line(r"^( *(?:- )?(?:summary|what|says|note|notes|definition|ask|part|situation): )([A-Z][^\n:#]*)$",
                  lambda rng, m: f"{m[1]}{word(rng).title()} {m[2]}"),
        on_a_line(r"^(name|title|  title): (\w[^\n:#]*)$", lambda rng, m: f"{m[1]}: {m[2]} {word(rng)}"),
        on_a_line(r"^( +)(\w[\w ,]{12,}\.)$", lambda rng, m: f"{m[1]}{word(rng).title()} it was.\n{m[1]}{m[2]}"),
        on_a_line(r"\b(20\d\d-\d\d-)(\d\d)\b", lambda rng, m: f"{m[1]}{rng.randint(1, 28):02}"),
        on_a_line(r"\A", lambda rng, m: f"# {word(rng)}\n"),
        on_a_line(r"^aliases: \[([^\]\n]+)\]$", lambda rng, m: f"aliases: [{m[1]}, {word(rng)}]"),
        on_a_line(r"^( +)stance: (supports|opposes|conditional)$", lambda rng, m: f"{m[1]}stance: {rng.choice(('supports', 'opposes'))}"),
        on_a_line(r"^see: \[([^\],\n]+), ([^\]\n]+)\]$", lambda rng, m: f"see: [{m[2]}, {m[1]}]"),
        on_a_line(r"^\n", lambda rng, m: "\n\n"),
        on_a_line(r"^main: true\n", lambda rng, m: ""),
        on_a_line(r"^unverified: .*\n", lambda rng, m: ""),
        on_a_line(r"^( +)publisher: (.*)$", lambda rng, m: f"{m[1]}publisher: {word(rng).title()}"),
    ]


@pytest.mark.parametrize("seed", (2,))
def test_after_any_edit_the_site_is_the_one_that_a_build_from_nothing_makes(tmp_path: Path, seed: int) -> None:
    content, rng, remade = tmp_path / "content", random.Random(seed), 0
    shutil.copytree(SAMPLE, content)
    before = built(content, tmp_path / "site", tmp_path / "cache")
    for _ in range(ROUNDS):
        path, old = edited(rng, content)
        now = built(content, tmp_path / "site", tmp_path / "cache")
        fresh = built(content, tmp_path / "fresh", None)
        assert not differing(now, fresh), (path.relative_to(content), old, path.read_text("utf-8"))
        remade += len(differing(before, now))
        before = now
    assert remade > 0


def edited(rng: random.Random, content: Path) -> tuple[Path, str]:
    """Change a file so that the dossier is still without an error; returns the file and its old text."""
    while True:
        path = rng.choice(sorted(path for path in content.rglob("*") if path.suffix in (".yml", ".md")))
        old = path.read_text("utf-8")
        new = rng.choice(edits())(rng, old)
        path.write_text(new, "utf-8")
        if new != old and not [p for p in load_dossier(content)[1] if p.severity == "error"]:
            return path, old
        path.write_text(old, "utf-8")


def test_a_release_and_what_comes_after_it_are_told(tmp_path: Path) -> None:
    content = write(tmp_path, {})
    path = content / "actors" / "aa.yml"
    for number in range(3):
        if number:
            path.write_text(path.read_text("utf-8").replace("summary: ", f"summary: {number} more. ", 1), "utf-8")
            before = built(content, tmp_path / "site", tmp_path / "cache")
            assert before == built(content, tmp_path / "fresh", None)
        assert main(["release", "--date", f"2031-07-0{number + 1}", "--reason", "A letter", "--content", str(content)]) == 0
        now = built(content, tmp_path / "site", tmp_path / "cache")
        assert now == built(content, tmp_path / "fresh", None)
        assert not number or "about/revisions/index.html" in differing(before, now)


def test_a_change_of_one_summary_makes_few_pages_anew(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    built(content, tmp_path / "site", tmp_path / "cache")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*/*/index.html")}
    path = content / "actors" / "calder.yml"
    path.write_text(path.read_text("utf-8").replace("summary: ", "summary: Once more. ", 1), "utf-8")
    built(content, tmp_path / "site", tmp_path / "cache")
    briefs = [path for path in times if path.parent.parent.name in ("actors", "demands", "un-process", "events", "sources")]
    written = {path.parent.name for path in briefs if path.stat().st_mtime_ns != times[path]}
    # The source whose page shows the sentence that cites it, and nothing else.
    assert written == {"calder", "ledger-tern"} and len(briefs) > 20


# --- what may happen to the cache --------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path, {})


def test_pages_of_many_are_made_anew_only_where_what_a_brief_gives_to_them_came_out_otherwise(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    made: list[str] = []
    for name in ("make", "make_shares"):
        def noted(maker: SiteMaker, key: str, make: Callable[[SiteMaker, str], bytes] = getattr(SiteMaker, name)) -> bytes:
            made.append(key)
            return make(maker, key)
        monkeypatch.setattr(SiteMaker, name, noted)

    def anew(file: str, old: str, new: str) -> set[str]:
        path = content / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        built(content, tmp_path / "site", tmp_path / "cache")
        found = set(made)
        made.clear()
        return found

    first, briefs = anew("actors/calder.yml", "", ""), load_dossier(content)[0].briefs  # type: ignore[union-attr]
    assert {*briefs, *(f"brief {id}" for id, brief in briefs.items() if brief.kind != "term")} <= first
    # The lines at which gaps are to be mended stay, and what is cited: the words are news for the search alone.
    words = anew("demands/keep-the-lights.yml", "summary: ", "summary: Once more. ")
    assert {"keep-the-lights", "search ", "brief keep-the-lights"} <= words
    assert not words & {"section editions", "section gaps"}
    assert not any(key.startswith("days ") for key in words)
    # What an event says is a part of what its entry shows at each edition.
    words = anew("events/light-out.yml", "summary: ", "summary: Once more. ")
    assert "light-out" in words and any(key.startswith("days ") for key in words)
    assert sum(" " not in key for key in words) < 5


def test_what_was_edited_comes_first_and_the_rest_with_the_next_build(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.site.MANY", 0)
    content, rng, alone = tmp_path / "content", random.Random(5), 0
    shutil.copytree(SAMPLE, content)
    memory, last = Memory(), last_site(tmp_path)

    def there() -> dict[str, bytes]:
        return built(content, tmp_path / "site", tmp_path / "cache", memory=memory, last=last, edited_first=True)

    before = there()
    path = content / "events" / "light-out.yml"
    path.write_text(path.read_text("utf-8").replace("summary: ", "summary: Once more. ", 1), "utf-8")
    now = there()
    assert set(differing(before, now)) == {"events/light-out/index.html"}
    fresh = built(content, tmp_path / "fresh", None)
    assert now["events/light-out/index.html"] == fresh["events/light-out/index.html"] and now != fresh
    assert there() == fresh
    for number in range(ROUNDS):
        before = there()
        for _ in range(1 + number % 3):
            edited(rng, content)
            now = there()
            alone += len(differing(before, now)) == 1
            before = now
        assert there() == built(content, tmp_path / "fresh", None)
    assert alone > 3


def test_without_a_change_nothing_is_written(small: Path, tmp_path: Path) -> None:
    first = built(small, tmp_path / "site", tmp_path / "cache")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*.html")}
    assert built(small, tmp_path / "site", tmp_path / "cache") == first
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*.html")} == times


def test_what_somebody_changed_in_the_site_is_mended(small: Path, tmp_path: Path) -> None:
    first = built(small, tmp_path / "site", tmp_path / "cache")
    (tmp_path / "site" / "actors" / "aa" / "index.html").write_text("mine")
    (tmp_path / "site" / "actors" / "stray.html").write_text("stray")
    shutil.rmtree(tmp_path / "site" / "demands")
    assert built(small, tmp_path / "site", tmp_path / "cache") == first


def test_the_cache_serves_a_site_that_is_not_there(small: Path, tmp_path: Path) -> None:
    first = built(small, tmp_path / "site", tmp_path / "cache")
    assert built(small, tmp_path / "other", tmp_path / "cache") == first


def test_what_is_gone_from_the_content_is_gone_from_the_site(small: Path, tmp_path: Path) -> None:
    built(small, tmp_path / "site", tmp_path / "cache")
    (small / "un-process" / "meetings" / "mm.yml").unlink()
    now = built(small, tmp_path / "site", tmp_path / "cache")
    assert now == built(small, tmp_path / "fresh", None)
    assert "un-process/mm/index.html" not in now


def test_another_image_is_another_file(small: Path, tmp_path: Path) -> None:
    image = small / "pages" / "map.png"
    image.parent.mkdir()
    (small / "pages" / "maps.md").write_text("# Maps\n\n![A map](map.png)\n")
    for content in (b"one", b"two"):
        image.write_bytes(content)
        assert built(small, tmp_path / "site", tmp_path / "cache")["images/map.png"] == content


def test_another_option_makes_everything_anew(small: Path, tmp_path: Path) -> None:
    built(small, tmp_path / "site", tmp_path / "cache", option="one")
    kept = Kept(tmp_path / "cache", "test")
    states = {row.state for row in kept.rows("pages").values()}
    kept.close(save=False)
    built(small, tmp_path / "site", tmp_path / "cache", option="other")
    kept = Kept(tmp_path / "cache", "test")
    assert states.isdisjoint(row.state for row in kept.rows("pages").values())
    kept.close(save=False)


@pytest.mark.parametrize("harm", ("cut", "noise", "text", "folder", "other tables"))
def test_a_damaged_cache_makes_no_wrong_page(small: Path, tmp_path: Path, harm: str) -> None:
    first = built(small, tmp_path / "site", tmp_path / "cache")
    file = next((tmp_path / "cache").glob("*.sqlite"))
    data = bytearray(file.read_bytes())
    if harm == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "noise":
        rng = random.Random(7)
        for _ in range(len(data) // 400):
            data[rng.randrange(200, len(data))] ^= 1 << rng.randrange(8)
        file.write_bytes(data)
    elif harm == "text":
        file.write_text("no cache at all")
    else:
        file.unlink()
        if harm == "folder":
            file.mkdir()
        else:
            with sqlite3.connect(file) as base:
                base.execute("CREATE TABLE rows (something)")
    assert built(small, tmp_path / "site", tmp_path / "cache") == first
    assert built(small, tmp_path / "fresh", tmp_path / "cache") == first


def test_noise_anywhere_in_the_cache_makes_no_wrong_page(small: Path, tmp_path: Path) -> None:
    first = built(small, tmp_path / "site", tmp_path / "cache")
    file = next((tmp_path / "cache").glob("*.sqlite"))
    whole, rng = file.read_bytes(), random.Random(3)
    for number in range(4):
        data = bytearray(whole)
        for _ in range(4 ** (number % 5)):
            data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        file.write_bytes(data)
        assert built(small, tmp_path / "fresh", tmp_path / "cache") == first, number


def test_while_one_build_has_the_cache_another_does_without(small: Path, tmp_path: Path) -> None:
    first = built(small, tmp_path / "site", tmp_path / "cache")
    holder = Kept(tmp_path / "cache", "test")
    assert holder.here
    assert built(small, tmp_path / "other", tmp_path / "cache") == first
    holder.close(save=False)


def test_a_build_that_was_interrupted_leaves_what_was_kept_before(small: Path, tmp_path: Path) -> None:
    built(small, tmp_path / "site", tmp_path / "cache")
    (small / "actors" / "aa.yml").write_text("name: Aab\ntype: state\nsummary: See [[bb]].\nsources: [paper]\n")
    build = Build(small, tmp_path / "cache", "test", 1)
    build.load()
    build.set_aside(tmp_path / "site")
    build.abandon()  # as when the process ends here: the site lies aside
    now = built(small, tmp_path / "site", tmp_path / "cache")
    assert now == built(small, tmp_path / "fresh", None)
    assert not [path for path in (tmp_path / "cache").iterdir() if path.is_dir()]


def test_two_processes_make_the_same_site_as_one(tmp_path: Path) -> None:
    assert built(SAMPLE, tmp_path / "one", None) == built(SAMPLE, tmp_path / "two", None, processes=2)


# --- as the preview builds -----------------------------------------------------------------------


def last_site(folder: Path) -> LastSite:
    for name in ("site", "room"):
        (folder / name).mkdir(exist_ok=True)
    return LastSite(folder / "site", folder / "room")


def states_of(site: Path) -> dict[str, tuple[int, bytes]]:
    return {path.relative_to(site).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
            for path in site.rglob("*") if path.is_file()}


def edited_small(small: Path, name: str, words: str) -> None:
    (small / "actors" / f"{name}.yml").write_text(
        SMALL[f"actors/{name}.yml"].replace("summary: ", f"summary: {words} "), "utf-8")


@pytest.mark.parametrize("kept", (True, False))
def test_builds_of_one_process_make_the_same_site_also_after_one_that_failed(
    small: Path, tmp_path: Path, kept: bool
) -> None:
    def there(**more: bool) -> dict[str, bytes]:
        return built(small, tmp_path / "site", tmp_path / "cache" if kept else None, last=last, memory=memory, **more)

    last, memory = last_site(tmp_path), Memory()
    there()
    for change in (
        lambda: edited_small(small, "aa", "Once."),
        lambda: (small / "un-process" / "meetings" / "mm.yml").unlink(),
        lambda: edited_small(small, "aa", "Twice."),
        lambda: (small / "un-process" / "meetings" / "nn.yml").write_text(SMALL["un-process/meetings/mm.yml"]),
        lambda: (tmp_path / "site" / "actors" / "aa" / "index.html").write_text("mine"),
        lambda: edited_small(small, "bb", "Once."),
    ):
        before = states_of(tmp_path / "site")
        change()
        if states_of(tmp_path / "site") == before:
            there(fails=True)
            assert states_of(tmp_path / "site") == before
        assert not differing(there(), built(small, tmp_path / "fresh", None))
    assert not list((tmp_path / "room").iterdir())


def test_the_last_site_comes_back_whatever_happened(tmp_path: Path) -> None:
    site, last = tmp_path / "site", last_site(tmp_path)
    for name in ("stays", "goes/away", "is/written", "empty"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text(name)
    before = states_of(site)
    # Nobody took it back: the builder was stopped early, or has left something in its place.
    for left in ((), ("other",)):
        last.set_aside()
        for name in left:
            (site / name).write_text("new")
            assert last.take() == {}
        assert sorted(path.name for path in site.iterdir()) == sorted(left)
        last.have_back()
        assert states_of(site) == before
    last.set_aside()
    assert last.take().keys() == before.keys()
    last.lay_aside("goes/away")
    (site / "goes").rmdir()
    (site / "goes").write_text("a file where a folder was")
    last.lay_aside("is/written")
    (site / "is" / "written").write_text("anew")
    last.lay_aside("empty")
    (site / "empty" / "no" / "more").mkdir(parents=True)
    (site / "empty" / "no" / "more" / "new").write_text("a folder where a file was")
    last.have_back()
    assert states_of(site) == before


def test_what_another_build_kept_is_seen_by_one_that_remembers(small: Path, tmp_path: Path) -> None:
    last, memory = last_site(tmp_path), Memory()

    def there() -> dict[str, bytes]:
        return built(small, tmp_path / "site", tmp_path / "cache", last=last, memory=memory)

    there()
    edited_small(small, "aa", "Elsewhere.")
    built(small, tmp_path / "other", tmp_path / "cache")
    write(tmp_path, {})
    edited_small(small, "bb", "Here.")
    assert there() == built(small, tmp_path / "fresh", None)
    edited_small(small, "aa", "Elsewhere.")
    assert built(small, tmp_path / "other", tmp_path / "cache") == built(small, tmp_path / "fresh", None)


def test_rows_that_are_remembered_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = Memory()

    def opened() -> Kept:
        return Kept(tmp_path, "test", memory)

    def rows(kept: Kept) -> dict[str, bytes]:
        return kept.values("part", kept.rows("part"))

    kept = opened()
    assert rows(kept) == {}
    kept.keep("part", "one", "", b"", b"1")
    kept.keep("part", "two", "", b"", b"2")
    kept.drop("part", ["one"])
    kept.close(save=True)
    with monkeypatch.context() as patch:
        patch.setattr(Kept, "_all", None)
        kept = opened()
        assert rows(kept) == {"two": b"2"}
    kept.keep("part", "two", "", b"", b"3")
    kept.close(save=False)  # of a build that failed nothing stays
    kept = opened()
    assert rows(kept) == {"two": b"2"}
    kept.close(save=True)
    other = Kept(tmp_path, "test")
    other.keep("part", "two", "", b"", b"4")
    other.close(save=True)
    kept = opened()
    assert rows(kept) == {"two": b"4"}
    kept.close(save=True)
