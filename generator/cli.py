"""The `briefing` command."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from generator.diagnostics import ERROR, Diagnostic
from generator.dossier import Dossier
from generator.load import load_dossier
from generator.places import CONTENT_VARIABLE, default_content

FINE, PROBLEMS, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the result is its exit code: 0 fine, 1 problems in the content, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    if options.run is _pack:
        return _pack(options)
    content = Path(options.content or default_content())
    if not content.is_dir():
        return _complain(f"there is no content folder {content}: name it with --content DIR")
    if not (content / "dossier.yml").is_file():
        return _complain(f"{content} holds no dossier.yml, so it is no dossier: name another with --content DIR")
    dossier, problems = load_dossier(content)
    try:
        return int(options.run(options, dossier, problems))
    except BrokenPipeError:
        # The reader of our output, such as `head`, has gone: nothing is wrong.
        sys.stderr.close()
        return FINE


def _complain(words: str) -> int:
    print(f"briefing: {words}", file=sys.stderr)
    return USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefing", description="Check, list and export a dossier of briefs.",
        epilog=f"The content folder is `content`, or what {CONTENT_VARIABLE} names, or --content DIR.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.add_argument("--content", metavar="DIR", help="the content folder")
        sub.set_defaults(run=run)
        return sub

    check = command("check", _check, "Say everything that is wrong with the content.")
    check.add_argument("--format", choices=("text", "github", "json"), default="text")
    check.add_argument("--strict", action="store_true", help="warnings count as errors for the exit code")
    listing = command("list", _list, "List every brief.")
    listing.add_argument("--format", choices=("text", "json"), default="text")
    exporting = command("export", _export, "Write the pages as Markdown for stock MkDocs with Material.")
    exporting.add_argument("folder", metavar="DIR", type=Path, help="an empty folder, or an earlier export")
    packing = commands.add_parser("pack", help="Pack a site built for offline use into one zip file.",
                                  description="Pack a site built with the option offline into one zip file.")
    packing.add_argument("site", metavar="SITE", type=Path, help="the built site's folder")
    packing.add_argument("target", metavar="FILE", type=Path, help="the zip file to write")
    packing.set_defaults(run=_pack, content=None)
    return parser


def _failed(problems: list[Diagnostic], strict: bool = False) -> bool:
    return any(strict or problem.severity == ERROR for problem in problems)


# --- check -----------------------------------------------------------------------------------


def _check(options: argparse.Namespace, dossier: Dossier | None, problems: list[Diagnostic]) -> int:
    if options.format == "json":
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        as_line = _github if options.format == "github" else Diagnostic.as_text
        for problem in problems:
            print(as_line(problem))
    if problems and options.format == "text":
        errors = sum(problem.severity == ERROR for problem in problems)
        print(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}", file=sys.stderr)
    return PROBLEMS if _failed(problems, options.strict) else FINE


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _github(problem: Diagnostic) -> str:
    """A workflow command that marks the line in a pull request."""
    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    words = problem.message if problem.hint is None else f"{problem.message}. {problem.hint}"
    return (f"::{problem.severity} file={value(problem.file)},line={problem.line},col={problem.column},"
            f"title={value(problem.code)}::{data(words)}")


# --- list ------------------------------------------------------------------------------------


def _list(options: argparse.Namespace, dossier: Dossier | None, problems: list[Diagnostic]) -> int:
    if dossier is None or _failed(problems):
        _say_first(problems)
        if dossier is None:
            return PROBLEMS
    rows = [{"kind": brief.kind, "id": str(brief.id), "title": str(brief.name),
             "file": dossier.origin(brief.id).file, "url": f"/{brief.address}"}
            for brief in dossier.briefs.values()]
    if options.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        widths = [max((len(row[key]) for row in rows), default=0) for key in ("kind", "id")]
        for row in rows:
            print(f"{row['kind']:<{widths[0]}}  {row['id']:<{widths[1]}}  {row['title']}")
    return PROBLEMS if _failed(problems) else FINE


def _say_first(problems: list[Diagnostic]) -> None:
    """Errors go to standard error where standard output is for something else."""
    for problem in problems:
        if problem.severity == ERROR:
            print(problem.as_text(), file=sys.stderr)


# --- export ----------------------------------------------------------------------------------


def _pack(options: argparse.Namespace) -> int:
    from generator.offline import pack

    if not (options.site / "index.html").is_file():
        return _complain(f"{options.site} holds no index.html, so it is no built site: run `make offline`")
    print(f"{pack(options.site, options.target)} files packed into {options.target}")
    return FINE


def _export(options: argparse.Namespace, dossier: Dossier | None, problems: list[Diagnostic]) -> int:
    from generator.export import ExportRefused, export

    if dossier is None or _failed(problems):
        _say_first(problems)
        print("briefing: the content has errors: nothing was exported", file=sys.stderr)
        return PROBLEMS
    try:
        count = export(dossier, options.folder)
    except ExportRefused as refusal:
        return _complain(str(refusal))
    print(f"{count} pages written to {options.folder}")
    return FINE


if __name__ == "__main__":
    sys.exit(main())
