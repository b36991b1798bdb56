"""`briefing links`: whether outside addresses still answer. The only command that uses the network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator.commands import FINE, PROBLEMS, Commands, WrongUsage, add_command, content_folder, say_errors
from generator.diagnostics import did_you_mean


def add(commands: Commands) -> None:
    parser = add_command(commands, "links", run, "Ask whether the outside addresses of the dossier still answer.")
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    parser.add_argument("--only", metavar="ID", nargs="+", default=[],
                        help="only the addresses of these sources or briefs")
    parser.add_argument("--from", metavar="FILE", dest="earlier",
                        help="ask nobody: word the results that an earlier run wrote with --format json")


def run(options: argparse.Namespace) -> int:
    """Dead addresses are news, not a failure: the exit code stays 0."""
    from generator import outside_links

    if options.earlier:
        results = _earlier(Path(options.earlier))
    else:
        found = _ask(options)
        if found is None:
            return PROBLEMS
        results = found
    print(outside_links.to_json(results) if options.format == "json"
          else outside_links.report(results, options.format).rstrip("\n"))
    return FINE


def _earlier(file: Path) -> list:  # type: ignore[type-arg]
    from generator.outside_links import from_json

    try:
        return from_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongUsage(f"{file} cannot be read: {error.strerror}") from None
    except ValueError:
        raise WrongUsage(f"{file} does not hold what `briefing links --format json` writes") from None


def _ask(options: argparse.Namespace) -> list | None:  # type: ignore[type-arg]
    """What the hosts answer; None where the dossier cannot be read."""
    from generator.load import load_dossier
    from generator.outside_links import Web, check, offline, outside_links

    dossier, problems = load_dossier(content_folder(options))
    if dossier is None:
        say_errors(problems)
        return None
    for id in options.only:
        if id not in dossier.ids:
            hint = did_you_mean(id, dossier.ids)
            raise WrongUsage(f'no brief or source has the id "{id}"' + (f". {hint}" if hint else ""))
    links = outside_links(dossier, options.only)
    contact = dossier.settings.contact
    agent = "briefing-links/1.0 (checks a dossier's sources" + (f"; {contact})" if contact else ")")
    progress = _Progress(len(links))
    try:
        results = check(links, Web(agent), tell=progress)
    except KeyboardInterrupt:
        raise WrongUsage("stopped before every address was asked for") from None
    finally:
        progress.end()
    if offline(results):
        raise WrongUsage(f"not one of {len(results)} addresses could be reached: is this machine connected?")
    return results


class _Progress:
    """Says on a terminal how far the asking has come; silent where nobody watches."""

    def __init__(self, total: int) -> None:
        self.total, self.done = total, 0
        self.shown = sys.stderr.isatty()

    def __call__(self) -> None:
        self.done += 1
        if self.shown:
            print(f"\rasked {self.done} of {self.total}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.shown and self.done:
            print(file=sys.stderr)
