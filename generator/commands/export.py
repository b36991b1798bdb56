"""`briefing export`: the pages as Markdown for another builder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.commands import FINE, PROBLEMS, Commands, WrongUsage, add_command, content_folder, failed, say_errors
from generator.load import load_dossier


def add(commands: Commands) -> None:
    parser = add_command(commands, "export", run, "Write the pages as Markdown for stock MkDocs with Material.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="an empty folder, or an earlier export")


def run(options: argparse.Namespace) -> int:
    from generator.export import ExportRefused, export

    dossier, problems = load_dossier(content_folder(options))
    if dossier is None or failed(problems):
        say_errors(problems)
        print("briefing: the content has errors: nothing was exported", file=sys.stderr)
        return PROBLEMS
    try:
        count = export(dossier, options.folder)
    except ExportRefused as refusal:
        raise WrongUsage(str(refusal)) from None
    print(f"{count} pages written to {options.folder}")
    return FINE
