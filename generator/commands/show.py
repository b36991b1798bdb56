"""`briefing show`: one brief, or one statement of it, as the reader sees it."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import typing
from collections.abc import Sequence

from generator.commands import FINE, PROBLEMS, Commands, WrongUsage, add_command, content_folder, id_of
from generator.diagnostics import ERROR, did_you_mean
from generator.load import load_dossier

if typing.TYPE_CHECKING:
    from generator.diagnostics import Diagnostic
    from generator.edit.written import ContentFile


def add(commands: Commands) -> None:
    parser = add_command(commands, "show", run, "Print one brief, or one statement of it, as the reader sees it.")
    parser.add_argument("id", metavar="ID[#ANCHOR]", help="the brief's id, perhaps with the anchor of a statement")


def run(options: argparse.Namespace) -> int:
    from generator.edit.written import read_files, records
    from generator.pages import make_page
    from generator.terminal import anchors, as_text, part, read_page

    folder = content_folder(options)
    wanted, _, anchor = options.id.partition("#")
    wanted = id_of(wanted)
    dossier, problems = load_dossier(folder)
    id = wanted
    if dossier is None or wanted not in dossier.briefs:
        files = read_files(folder)
        id = current_id(files, wanted)
        if dossier is None or id not in dossier.briefs:
            file = next((record.file.name for record in records(files) if record.origin == id), f"/{id}.yml")
            _say_why(id if dossier else "dossier.yml", file if dossier else "/dossier.yml", problems)
            return PROBLEMS
    brief = dossier.briefs[id]
    page = read_page(make_page(dossier, brief).body)
    if brief.kind == "term":
        anchor = anchor or id
    if anchor:
        found = part(page, anchor)
        if found is None:
            hint = did_you_mean(f"#{anchor}", [f"#{other}" for other in anchors(page)]) or (
                f"`briefing show {id}` prints all of it")
            raise WrongUsage(f'"{id}" has no place "#{anchor}". {hint}')
        if brief.kind != "term":
            print(f"{brief.name}\n")
        page = found
    print(as_text(page, shutil.get_terminal_size().columns, _bold if _may_use_codes() else str), end="")
    return FINE


def current_id(files: Sequence[ContentFile], wanted: str) -> str:
    """The id that a brief has now, told where it had another. Raises WrongUsage where no brief has or had it."""
    from generator.edit.new_ids import no_such_id, now_called

    id = now_called(files, wanted)
    if id is None:
        raise WrongUsage(no_such_id(files, wanted))
    if id != wanted:
        print(f'briefing: "{wanted}" is now "{id}"', file=sys.stderr)
    return id


def _say_why(name: str, file: str, problems: list[Diagnostic]) -> None:
    """The errors of the file that keep a brief from being shown."""
    for problem in problems:
        if problem.severity == ERROR and problem.file.endswith(file):
            print(problem.as_text(), file=sys.stderr)
    print(f'briefing: "{name}" has errors, so there is no page to show: mend them first', file=sys.stderr)


def _may_use_codes() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m"
