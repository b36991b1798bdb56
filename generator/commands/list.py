"""`briefing list`: every brief with its address."""

from __future__ import annotations

import argparse
import json

from generator.commands import FINE, PROBLEMS, Commands, add_command, content_folder, failed, say_errors
from generator.load import load_dossier


def add(commands: Commands) -> None:
    parser = add_command(commands, "list", run, "List every brief.")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    dossier, problems = load_dossier(content_folder(options))
    say_errors(problems)
    if dossier is None:
        return PROBLEMS
    rows = [{"kind": brief.kind, "id": str(brief.id), "title": str(brief.name),
             "file": dossier.start(brief.id)[0], "url": f"/{brief.address}"}
            for brief in dossier.briefs.values()]
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        widths = [max((len(row[key]) for row in rows), default=0) for key in ("kind", "id")]
        for row in rows:
            print(f"{row['kind']:<{widths[0]}}  {row['id']:<{widths[1]}}  {row['title']}")
    return PROBLEMS if failed(problems) else FINE
