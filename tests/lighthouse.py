"""Lighthouse's marks for a built site: `make lighthouse`. Exits with 1 where a mark is below the bar.

Serves the site gzipped on the loopback interface and asks the version of Lighthouse below, which npx fetches, about the
state of play, the longest actor, the positions and the timeline, as on a phone. Marks vary from run to run and from
machine to machine: run it alone on the machine, and again before believing a single low one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from serving import packed_size, serve

VERSION = "12.2.3"
BARS = {"performance": 98, "accessibility": 100, "best-practices": 98, "seo": 98}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"


def pages_to_mark(site: Path) -> dict[str, str]:
    """Name and address of each page that is marked."""
    actors = sorted(site.glob("actors/*/index.html"), key=lambda path: (packed_size(path.read_bytes()), path))
    longest = f"{actors[-1].parent.relative_to(site).as_posix()}/"
    return {"state of play": "", f"longest actor ({actors[-1].parent.name})": longest,
            "positions": "positions/", "timeline": "timeline/"}


def marks(url: str, chromium: str, report: Path) -> tuple[dict[str, int], list[str]]:
    """The mark of each category, 0 to 100, and the audits that cost points; raises RuntimeError where none came."""
    result = subprocess.run(
        ["npx", "--yes", f"lighthouse@{VERSION}", url, "--quiet", "--output=json", f"--output-path={report}",
         f"--only-categories={','.join(BARS)}", f"--chrome-flags={FLAGS}"],
        env={**os.environ, "CHROME_PATH": chromium}, capture_output=True, text=True, timeout=300)
    if result.returncode != 0 or not report.is_file():
        raise RuntimeError(result.stderr.strip()[-2000:] or "Lighthouse wrote no report")
    found = json.loads(report.read_text(encoding="utf-8"))
    if found.get("runtimeError"):
        raise RuntimeError(found["runtimeError"]["message"])
    scores = {name: round(100 * (found["categories"][name]["score"] or 0)) for name in BARS}
    return scores, lost_points(found)


def lost_points(found: dict) -> list[str]:  # type: ignore[type-arg]
    """Each weighted audit below full marks, as `category: audit (value)`."""
    lines = []
    for name in BARS:
        for ref in found["categories"][name]["auditRefs"]:
            audit = found["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.98:
                lines.append(f"{name}: {audit['title']} ({audit.get('displayValue') or round(audit['score'], 2)})")
    return lines


def main(arguments: list[str]) -> int:
    site = Path(arguments[0] if arguments else "site")
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None or shutil.which("npx") is None:
        print("Lighthouse needs a Chromium and npx (of Node.js) on this machine.", file=sys.stderr)
        return 2
    low = 0
    row = "{:<46}" + "{:>16}" * len(BARS)
    print(row.format("", *BARS))
    with serve(site, pack=True) as url, tempfile.TemporaryDirectory() as folder:
        for name, address in pages_to_mark(site).items():
            try:
                scores, lost = marks(url + address, chromium, Path(folder) / "report.json")
            except (RuntimeError, subprocess.TimeoutExpired) as error:
                print(f"{name}: no marks: {error}", file=sys.stderr)
                return 1
            below = [category for category, bar in BARS.items() if scores[category] < bar]
            low += len(below)
            print(row.format(name, *(f"{scores[c]}{' <' if c in below else ''}" for c in BARS)), flush=True)
            for line in lost:
                print(f"    {line}", flush=True)
    print(row.format("at least", *BARS.values()))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
