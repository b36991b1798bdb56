"""A running preview for tests: `mkdocs serve` over a copy of the program and a small dossier, to break and to mend."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tools import ROOT, write

WAIT = 12
"""Seconds until a step that waits for the preview fails."""


@dataclass
class Preview:
    """A preview that runs: its folder, where it is served, and what it has printed."""

    folder: Path
    url: str
    process: subprocess.Popen[bytes]

    def get(self, address: str = "") -> str:
        """A page as it is served; that of a wrong address as well. Nothing while there is no answer."""
        try:
            with urlopen(self.url + address, timeout=WAIT) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            return error.read().decode()
        except (URLError, OSError):
            return ""

    @property
    def printed(self) -> str:
        return (self.folder / "printed").read_text(encoding="utf-8", errors="replace")

    def until(self, holds: Callable[[str], bool], address: str = "") -> str:
        """The page at an address, as soon as something holds for it."""
        end = time.monotonic() + WAIT
        page = ""
        while time.monotonic() < end:
            assert self.process.poll() is None, f"the preview is over:\n{self.printed[-3000:]}"
            page = self.get(address)
            if page and holds(page):
                return page
            time.sleep(0.1)
        raise AssertionError(f"{address or 'home'} is not as expected.\n{page[:3000]}\n{self.printed[-3000:]}")

    def file(self, name: str) -> Path:
        return self.folder / name

    def broken(self, name: str, *change: str) -> Callable[[], object]:
        """Change a file, or without a change take it away; returns what undoes that."""
        path = self.file(name)
        if not change:
            kept = path.rename(self.folder / "kept")
            return lambda: kept.rename(path)
        before = path.read_bytes()
        self.change(name, *change)
        return lambda: path.write_bytes(before)

    def change(self, name: str, old: str, new: str) -> None:
        path = self.file(name)
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} holds no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@contextmanager
def preview(folder: Path, files: dict[str, str | bytes | None], *program: tuple[str, str, str]) -> Iterator[Preview]:
    """Run a preview of the small dossier with these files changed, while the block runs; `program` are changes of the
    program's own files, each with the old words and the new ones."""
    for name in ("generator", "site_templates"):
        # With what Python has compiled already: modification times are copied too, so it is taken for what it is.
        shutil.copytree(ROOT / name, folder / name)
    for name, old, new in program:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{name} holds no {old!r}"
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    write(folder, files)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keep = {key: value for key, value in os.environ.items()
            if key not in ("SITE_URL", "REPO_URL", "REPO_BRANCH", "REPO_HOST", "OFFLINE", "BRIEFING_CONTENT")}
    with (folder / "printed").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"], cwd=folder, stdout=out, stderr=out,
            env={**keep, "PYTHONPATH": str(folder), "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"})
        try:
            yield Preview(folder, f"http://127.0.0.1:{port}/", process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
