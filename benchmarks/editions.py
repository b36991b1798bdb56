"""What editions cost: the same dossier built without and with them, in turns.

    python benchmarks/editions.py [BRIEFS] [EDITIONS] [ROUNDS]     (1000, 12 and 3)

Prints seconds of processor time, pages and bytes, and the ratios of the medians.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def build(content: Path, site: Path) -> float:
    """Seconds of processor time of one strict build."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(site)], cwd=ROOT, check=True,
                   env={**os.environ, "BRIEFING_CONTENT": str(content), "NO_MKDOCS_2_WARNING": "1"})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def size(site: Path) -> tuple[int, int]:
    """Pages and bytes of a built site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return sum(path.name == "index.html" for path in files), sum(path.stat().st_size for path in files)


def main(briefs: int = 1000, editions: int = 12, rounds: int = 3) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folders = {name: Path(scratch) / name for name in ("without", "with")}
        for name, folder in folders.items():
            subprocess.run([sys.executable, str(ROOT / "benchmarks" / "corpus.py"), str(briefs), str(folder), "--editions",
                            str(editions if name == "with" else 0)], check=True, stdout=subprocess.DEVNULL)
        times: dict[str, list[float]] = {name: [] for name in folders}
        for _ in range(rounds):
            for name, folder in folders.items():
                times[name].append(build(folder, Path(scratch) / f"site-{name}"))
        sizes = {name: size(Path(scratch) / f"site-{name}") for name in folders}
        print(f"{briefs} briefs, {editions} editions, {rounds} rounds")
        for name in folders:
            print(f"{name:8} {statistics.median(times[name]):7.2f} s  {sizes[name][0]:6} pages  {sizes[name][1]:12,} bytes")
        median = {name: statistics.median(values) for name, values in times.items()}
        print(f"ratio    {median['with'] / median['without']:7.3f}    {sizes['with'][0] / sizes['without'][0]:6.3f}"
              f"       {sizes['with'][1] / sizes['without'][1]:12.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
