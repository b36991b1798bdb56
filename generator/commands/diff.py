"""`briefing diff`: what changed between two commits' content, in people's words."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from pathlib import Path

from generator.commands import FINE, Commands, WrongUsage, add_command
from generator.places import default_content


def add(commands: Commands) -> None:
    parser = add_command(commands, "diff", run, "Say in words what changed in the content between two commits.")
    parser.add_argument("base", metavar="BASE",
                        help="a branch, a tag or a commit; `main...` is the commit where the work left main")
    parser.add_argument("head", metavar="HEAD", nargs="?", default="",
                        help="the newer side; left out: the files as they are now")
    parser.add_argument("--repository", metavar="URL", help="the repository's web address, to make links to lines; "
                        "where it does not say its host's style, the environment variable REPO_HOST does")
    parser.add_argument("--commit", metavar="SHA", help="the commit that the links lead to, if it is not HEAD")


def run(options: argparse.Namespace) -> int:
    from generator.compare.differences import compare, snapshot
    from generator.compare.markdown import Linker, as_markdown
    from generator.compare.report import report
    from generator.history import NoHistory, two_sides
    from generator.repository import BadRepository, repository

    try:
        kept = repository(options.repository or "", host=os.environ.get("REPO_HOST", ""))
    except BadRepository as refusal:
        raise WrongUsage(str(refusal)) from None
    if options.commit and not re.fullmatch(r"[0-9A-Za-z][\w./-]*", options.commit):
        raise WrongUsage(f'"{options.commit}" is not a commit\'s number')
    content = Path(options.content or default_content())
    if isinstance(sys.stdout, io.TextIOWrapper):
        # The text is for files and hosts, whatever this terminal's own encoding.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")

    try:
        with two_sides(content, options.base, options.head) as (old, new):
            name = content.resolve().name or "content"
            changes = compare(snapshot(old.folder, name), snapshot(new.folder, name))
            linker = Linker(kept.line_at if kept else None, new.path,
                            options.commit or new.commit, old.commit, old.path)
            moved = (old.path, new.path) if old.folder and new.folder and old.path != new.path else None
            print(as_markdown(report(changes), ((old.name, old.commit), (new.name, new.commit)), linker, moved), end="")
    except NoHistory as refusal:
        raise WrongUsage(str(refusal)) from None
    return FINE
