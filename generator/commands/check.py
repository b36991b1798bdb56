"""`briefing check`: every problem in the content at once."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict

from generator.commands import FINE, PROBLEMS, Commands, add_command, content_folder, failed
from generator.diagnostics import ERROR, Diagnostic
from generator.load import load_dossier


def add(commands: Commands) -> None:
    parser = add_command(commands, "check", run, "Say everything that is wrong with the content.")
    parser.add_argument("--format", choices=("text", "github", "json"), default="text")
    parser.add_argument("--strict", action="store_true", help="warnings count as errors for the exit code")


def run(options: argparse.Namespace) -> int:
    _, problems = load_dossier(content_folder(options))
    if options.format == "json":
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        as_line = _github if options.format == "github" else Diagnostic.as_text
        for problem in problems:
            print(as_line(problem))
    if problems and options.format == "text":
        errors = sum(problem.severity == ERROR for problem in problems)
        print(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}", file=sys.stderr)
    return PROBLEMS if failed(problems, options.strict) else FINE


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
