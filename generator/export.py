"""Writes the pages as Markdown files with a configuration for stock MkDocs and Material."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path

from generator.dossier import Dossier
from generator.pages import NavEntry, make_files, make_nav, make_pages
from generator.stylesheet import CONTENT, stylesheet

FIRST_LINE = "# Written by `briefing export`: do not edit, export again.\n"


class ExportRefused(Exception):
    """The folder holds something else; the message says what."""


def export(dossier: Dossier, folder: Path) -> int:
    """Write the dossier's site into a folder and return the number of pages.

    The folder may be missing, empty or an earlier export, which is replaced; anything else in it
    raises `ExportRefused`, and nothing is written.
    """
    try:
        _make_room(folder)
        return _write_all(dossier, folder)
    except OSError as error:
        where = error.filename or folder
        raise ExportRefused(f"{where} cannot be written: {(error.strerror or str(error)).lower()}") from None


def _write_all(dossier: Dossier, folder: Path) -> int:
    """Write every file, or none: what cannot be ended is taken away again."""
    docs = folder / "docs"
    count = 0
    try:
        # The scripts belong to the site's own shell; the other builder brings its own, and its own search.
        _write(docs / "stylesheets/briefing.css", stylesheet(CONTENT))
        for page in make_pages(dossier):
            _write(docs / page.path, page.text.encode())
            count += 1
        for extra in make_files(dossier):
            _write(docs / extra.path, extra.content)
        _write(folder / "mkdocs.yml", _configuration(dossier).encode())
    except BaseException:
        _clear(folder)
        raise
    return count


def _make_room(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise ExportRefused(f"{folder} is not a folder")
    held = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    if not held:
        folder.mkdir(parents=True, exist_ok=True)
        return
    config = folder / "mkdocs.yml"
    ours = config.is_file() and config.read_bytes().startswith(FIRST_LINE.encode())
    others = [name for name in held if name not in ("docs", "mkdocs.yml", "site")]
    if not ours or others:
        raise ExportRefused(f"{folder} holds {', '.join((others or held)[:3])}: name an empty folder")
    _clear(folder)


def _clear(folder: Path) -> None:
    """Take an earlier export away, or what one left that could not be ended."""
    shutil.rmtree(folder / "docs", ignore_errors=True)
    with contextlib.suppress(OSError):
        (folder / "mkdocs.yml").unlink()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _nav(entries: tuple[NavEntry, ...], indent: str) -> str:
    lines = ""
    for entry in entries:
        title = json.dumps(entry.title, ensure_ascii=False)
        lines += f"{indent}- {title}: {entry.path}\n" if not entry.children else \
            f"{indent}- {title}:\n{indent}    - {entry.path}\n{_nav(entry.children, indent + '    ')}"
    return lines


def _configuration(dossier: Dossier) -> str:
    settings = dossier.settings
    title = json.dumps(str(settings.title), ensure_ascii=False)
    description = json.dumps(str(settings.description), ensure_ascii=False)
    licence = json.dumps(f"Content: {settings.licence.name}", ensure_ascii=False)
    return f"""{FIRST_LINE}site_name: {title}
site_description: {description}
copyright: {licence}
theme:
  name: material
  font: false
  features: [navigation.tabs, navigation.indexes, toc.follow, search.suggest, search.highlight]
extra_css: [stylesheets/briefing.css]
plugins:
  - search:
      separator: '(?:[\\s\\-,:;!?=\\[\\]()"/_]|\\.(?!\\d))+'
markdown_extensions:
  - attr_list
  - toc:
      permalink: true
not_in_nav: |
  /actors/*
  /demands/*
  /positions/*
  /un-process/*
  /events/*
  /sources/*
  /timeline/*
  /as-of/*
validation:
  omitted_files: warn
  absolute_links: warn
  unrecognized_links: warn
  anchors: warn
nav:
{_nav(make_nav(dossier), "  ")}"""
