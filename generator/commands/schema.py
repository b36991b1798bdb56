"""`briefing schema`: what an editor's program needs to know of the content files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.commands import FINE, Commands, WrongUsage, add_command


def add(commands: Commands) -> None:
    parser = add_command(commands, "schema", run, "Print the JSON Schema of a kind of brief.", content=False)
    parser.add_argument("kind", metavar="KIND", nargs="?",
                        help="a kind of brief, or `dossier` for dossier.yml; without it, all their names")
    parser.add_argument("--write", metavar="DIR", type=Path, help="write them all into a folder instead, a file each")


def run(options: argparse.Namespace) -> int:
    from generator.diagnostics import did_you_mean
    from generator.schema import NAMES, as_text, schema, write

    if options.kind is not None and options.write is not None:
        raise WrongUsage("--write writes every schema: leave the kind out")
    if options.write is not None:
        try:
            paths = write(options.write)
        except OSError as error:
            raise WrongUsage(f"{options.write} cannot be written: {(error.strerror or str(error)).lower()}") from None
        print(f"{len(paths)} schemas written to {options.write}")
    elif options.kind is None:
        print("\n".join(NAMES))
    elif options.kind not in NAMES:
        hint = did_you_mean(options.kind, NAMES, most=1) or f"There are {', '.join(NAMES)}"
        raise WrongUsage(f'there is no kind "{options.kind}". {hint}')
    else:
        # The same bytes everywhere, as in the committed file.
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        print(as_text(schema(options.kind)), end="")
    return FINE
