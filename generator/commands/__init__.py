"""The commands, a module each: `add` names the command's options, `run` does it and returns the exit code.

Modules import what they need when they run, so that no command waits for another's.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.diagnostics import ERROR, Diagnostic
from generator.places import default_content

FINE, PROBLEMS, USAGE = 0, 1, 2
"""Exit codes: done; problems in the content; wrong usage, or nothing to work on."""

Run = Callable[[argparse.Namespace], int]
Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


class WrongUsage(Exception):
    """What was asked for cannot be done; the message says why in one sentence. Exit code 2."""


def add_command(commands: Commands, name: str, run: Run, words: str, content: bool = True) -> argparse.ArgumentParser:
    """A command with its help; `content` gives it the option --content."""
    parser = commands.add_parser(name, help=words, description=words)
    if content:
        parser.add_argument("--content", metavar="DIR", help="the content folder")
    parser.set_defaults(run=run)
    return parser


def content_folder(options: argparse.Namespace) -> Path:
    """The content folder that the options name. Raises WrongUsage where there is no dossier."""
    folder = Path(options.content or default_content())
    try:
        _look_into(folder)
    except OSError as problem:
        raise WrongUsage(f"the content folder {folder} cannot be read: {problem.strerror or problem}") from None
    return folder


def _look_into(folder: Path) -> None:
    """Raises WrongUsage where there is no dossier, and OSError where nobody may look."""
    otherwise = "another with --content DIR, or begin a dossier with `briefing new dossier`"
    if not folder.is_dir():
        if not os.path.lexists(folder):
            raise WrongUsage(f"{folder} is no content folder: nothing is there; name {otherwise}")
        what = "a file" if folder.exists() else "a link that leads to nothing"
        raise WrongUsage(f"{folder} is {what}, not a content folder; name it with --content DIR")
    if not os.listdir(folder):
        raise WrongUsage(f"the content folder {folder} is empty: name {otherwise}")
    try:
        os.lstat(folder / "dossier.yml")
    except FileNotFoundError:
        raise WrongUsage(f"{folder} holds no dossier.yml, so it is no dossier: name {otherwise}") from None


def id_of(typed: str) -> str:
    """The id that was typed, or that of the file whose name the shell completed: `content/actors/calder.yml`."""
    return Path(typed).stem if typed.endswith(".yml") else typed


def failed(problems: Iterable[Diagnostic], strict: bool = False) -> bool:
    """Whether problems stop what was asked for: errors do, and under `strict` warnings as well."""
    return any(strict or problem.severity == ERROR for problem in problems)


def say_errors(problems: Iterable[Diagnostic]) -> None:
    """Errors go to standard error where standard output is for something else."""
    for problem in problems:
        if problem.severity == ERROR:
            print(problem.as_text(), file=sys.stderr)
