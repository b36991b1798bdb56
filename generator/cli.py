"""The `briefing` command: it only finds the command that was asked for, and runs it."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import os
import sys
from collections.abc import Sequence

from generator.commands import FINE, USAGE, WrongUsage
from generator.places import CONTENT_VARIABLE

STOPPED = 130
"""The exit code after Ctrl-C, as shells have it."""

COMMANDS = ("check", "new", "rename", "show", "where", "diff", "list", "schema", "links", "release", "verify", "export", "pack")
"""Every command; each is a module of `generator.commands` with the same name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the result is its exit code: 0 fine, 1 problems in the content, 2 wrong usage."""
    if not _prepare_streams():
        return USAGE
    try:
        options = _parser().parse_args(arguments)
        if getattr(options, "format", "") == "json":
            # JSON is UTF-8, whatever the terminal knows.
            _reconfigure(sys.stdout, encoding="utf-8", newline="\n", errors="backslashreplace")
        code = int(options.run(options))
        # What could not be written is found out here, and not while the interpreter ends.
        sys.stdout.flush()
        return code
    except WrongUsage as refusal:
        return _refused(str(refusal))
    except BrokenPipeError:
        # The reader of our output, such as `head`, has gone: nothing is wrong.
        _forget_output()
        return FINE
    except OSError as problem:
        _forget_output()
        name = problem.filename
        what = f"{os.fsdecode(name)} cannot be read or written" if name else "the output cannot be written"
        return _refused(f"{what}: {problem.strerror or problem}")
    except KeyboardInterrupt:
        _forget_output()
        _refused("stopped")
        return STOPPED


def _prepare_streams() -> bool:
    """Make the output safe for any name; False, and said, where there is none."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        _refused("standard output is closed, so there is nowhere to write to")
        return False
    for stream in (sys.stdout, sys.stderr):
        # A name in another script never stops a command where the terminal knows fewer letters.
        _reconfigure(stream, errors="backslashreplace")
    return True


def _reconfigure(stream: object, **options: str) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(**options)  # type: ignore[arg-type]


def _refused(words: str) -> int:
    # A line end in a file's name would make two sentences of one.
    words = words.replace("\r", "\\r").replace("\n", "\\n")
    with contextlib.suppress(OSError):
        print(f"briefing: {words}", file=sys.stderr, flush=True)
    return USAGE


def _forget_output() -> None:
    """Throw away what is still to be written, so that the interpreter does not fail over it at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


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
