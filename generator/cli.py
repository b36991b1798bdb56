"""The `briefing` command: it only finds the command that was asked for, and runs it."""

from __future__ import annotations

import argparse
import importlib
import io
import sys
from collections.abc import Sequence

from generator.commands import FINE, USAGE, WrongUsage
from generator.places import CONTENT_VARIABLE

COMMANDS = ("check", "new", "rename", "show", "where", "diff", "list", "schema", "links", "export", "pack")
"""Every command; each is a module of `generator.commands` with the same name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the result is its exit code: 0 fine, 1 problems in the content, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A name in another script never stops a command where the terminal knows fewer letters.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return int(options.run(options))
    except WrongUsage as refusal:
        print(f"briefing: {refusal}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # The reader of our output, such as `head`, has gone: nothing is wrong.
        sys.stderr.close()
        return FINE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefing", description="Check, change, compare, list and export a dossier of briefs.",
        epilog=f"The content folder is `content`, or what {CONTENT_VARIABLE} names, or --content DIR.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        importlib.import_module(f"generator.commands.{name}").add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
