"""The measuring itself: medians against bars, edits that are seen, pages that can be compared."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tools import ROOT

from generator.load import load_dossier

sys.path.append(str(ROOT / "benchmarks"))

import bars  # noqa: E402
import bench  # noqa: E402
from edits import Edits  # noqa: E402
from measuring import Samples, fingerprint, peak_memory  # noqa: E402


def samples(**values: list[float]) -> Samples:
    """What was measured at a thousand briefs."""
    return Samples({(name, 1000): found for name, found in values.items()})


def row(measured: Samples, bar: float | None, direction: str = bars.AT_LEAST) -> list[bars.Row]:
    ratio = bars.faster("stock", "ours", 1000)
    return bars.rows(measured, [bars.Bar("build", "1,000", "stock / ours", ratio, bar, direction)])


def test_a_bar_is_held_against_the_ratio_of_medians() -> None:
    measured = samples(stock=[90, 30, 31], ours=[5, 4, 6])
    assert row(measured, 6) == [bars.Row("build", "1,000", "stock / ours", "at least 6x", "6.20x", "met")]
    assert row(measured, 6.5)[0].verdict == "missed"
    assert row(measured, 6.5, bars.AT_MOST)[0].verdict == "met"


def test_what_a_run_did_not_measure_says_so_and_is_left_out_where_nothing_is_asked() -> None:
    measured = samples(stock=[30])
    assert [(found.measured, found.verdict) for found in row(measured, 6)] == [("-", "not in this run")]
    assert row(measured, None) == []


def test_growth_compares_what_a_brief_adds() -> None:
    steady = Samples({("cold", size): [1 + size / 1000] for size in (1000, 5000, 10000)})
    assert bars.marginal("cold", (1000, 5000, 10000))(steady) == pytest.approx(1)
    steeper = Samples({**steady.values, ("cold", 10000): [16.0]})
    assert bars.marginal("cold", (1000, 5000, 10000))(steeper) == pytest.approx(2)


def test_every_row_that_asks_for_something_is_in_the_table() -> None:
    table = bars.as_markdown(bars.rows(Samples()))
    assert table.count("not in this run") == sum(bar.bar is not None for bar in bars.BARS)


def test_an_edit_is_another_one_each_time_and_leaves_sound_content(tmp_path: Path) -> None:
    content, templates = tmp_path / "content", tmp_path / "templates"
    bench.write_bench_corpus(60, content)
    (templates / "pages").mkdir(parents=True)
    (templates / "pages/event.md.j2").write_bytes((ROOT / "site_templates/pages/event.md.j2").read_bytes())
    edits = Edits(content, templates)
    seen = {fingerprint(tmp_path)}
    for what in ("summary", "title", "source", "template") * 4:
        edit = getattr(edits, what)()
        assert (fingerprint(tmp_path) not in seen, edit.address.endswith("/")) == (True, True)
        seen.add(fingerprint(tmp_path))
    dossier, problems = load_dossier(content)
    assert (dossier is not None, [problem.as_text() for problem in problems]) == (True, [])


def test_the_briefs_that_are_weighed_are_the_same_at_every_size(tmp_path: Path) -> None:
    probes = []
    for size in (30, 60):
        bench.write_bench_corpus(size, tmp_path / str(size))
        found = (tmp_path / str(size)).rglob(f"{bench.PROBE}*.yml")
        probes.append({file.name: file.read_bytes() for file in found})
        dossier, problems = load_dossier(tmp_path / str(size))
        assert dossier is not None and len(dossier.briefs) == size and problems == []
    assert probes[0] == probes[1] and len(probes[0]) == bench.PROBES


def test_memory_counts_a_command_with_its_children(tmp_path: Path) -> None:
    hold = "import time; held = b'1' * 40_000_000; time.sleep(1.5)"
    both = f"import subprocess; subprocess.Popen([{sys.executable!r}, '-c', {hold!r}]); {hold}"
    command = [sys.executable, "-c", both]
    shares, largest = peak_memory(command, tmp_path, {})
    assert 76 < shares < 120 and largest > 38


def test_a_cold_and_a_warm_build_are_measured_and_looked_at(tmp_path: Path) -> None:
    run = bench.Bench(bench.ONE, 1, tmp_path)
    one = bench.Measured(run, bench.ONE)
    one.cold()
    one.warm("summary")
    assert {name: len(values) for (name, _), values in run.samples.values.items()} == {"cold": 1, "warm, summary": 1}
