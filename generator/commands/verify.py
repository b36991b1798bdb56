"""`briefing verify`: whether a saved page still matches the content. It asks the network only for a web address."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from generator.commands import FINE, PROBLEMS, Commands, WrongUsage, add_command, content_folder, say_errors
from generator.load import load_dossier

MOST_BYTES = 20_000_000
"""A page that is larger is none of ours."""


def add(commands: Commands) -> None:
    parser = add_command(commands, "verify", run, "Say whether a saved page still matches the content.")
    parser.add_argument("page", metavar="URL-or-FILE", help="a saved page, a folder with one, or a web address")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    from generator.verifying import NoPage, read_page, verify

    dossier, problems = load_dossier(content_folder(options))
    if dossier is None:
        say_errors(problems)
        return PROBLEMS
    try:
        page = read_page(_text(options.page))
    except NoPage as refusal:
        raise WrongUsage(f"{options.page}: {refusal}") from None
    verdict = verify(page, dossier)
    print(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) if options.format == "json"
          else verdict.in_words())
    return FINE if verdict.matches else PROBLEMS


def _text(where: str) -> str:
    """The page's HTML from a file, a folder or the web. Raises WrongUsage where there is none."""
    if re.match(r"https?://", where, re.IGNORECASE):
        from generator.outside_links import NotFetched, fetch

        try:
            return fetch(where, "briefing verify", MOST_BYTES)
        except NotFetched as refusal:
            raise WrongUsage(f"{where} cannot be read: {refusal}") from None
    path = Path(where)
    if path.is_dir():
        path = path / "index.html"
    try:
        if path.is_file() and path.stat().st_size > MOST_BYTES:
            raise WrongUsage(f"{path} is too large for a page")
        if not path.is_file():
            raise WrongUsage(f"there is no page {path}")
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as problem:
        raise WrongUsage(f"{path} cannot be read: {problem.strerror or problem}") from None
