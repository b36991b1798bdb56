"""The program itself as a state: what else than content a build depends on."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator.rendering import TEMPLATES

PACKAGES = ("jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material", "nh3", "pydantic", "pyyaml")
"""What pages are made with beside this program."""


@cache
def code_state() -> str:
    """The program's own files and the versions of what it works with, as one digest."""
    found = blake2b(platform.python_version().encode(), digest_size=12)
    for name in PACKAGES:
        try:
            found.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            found.update(f"{name} none\n".encode())
    _add(found, sorted(Path(__file__).resolve().parent.parent.rglob("*.py")))
    return found.hexdigest()


def templates_state(others: Iterable[Path] = ()) -> str:
    """The templates, styles and scripts as they are now, with those of a theme that is laid over them."""
    found = blake2b(digest_size=12)
    for folder in (TEMPLATES, *others):
        _add(found, sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__"))
    return found.hexdigest()


def _add(digest: blake2b, paths: Iterable[Path]) -> None:
    for path in paths:
        data = path.read_bytes()
        digest.update(f"{path} {len(data)}\n".encode())
        digest.update(data)
