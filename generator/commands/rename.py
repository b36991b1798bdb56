"""`briefing rename`: a brief under another id, everywhere."""

from __future__ import annotations

import argparse
import typing

from generator.commands import FINE, Commands, WrongUsage, add_command, content_folder, id_of

if typing.TYPE_CHECKING:
    from generator.edit.rename import Rename

_TOLD_AT_MOST = 8
"""So many statements whose anchors moved are named; a dry run names all."""


def add(commands: Commands) -> None:
    parser = add_command(
        commands, "rename", run, "Give a brief another id: its file, every reference to it, and a redirect from its "
        "old address. All or nothing.")
    parser.add_argument("old", metavar="OLD", help="the id it has")
    parser.add_argument("new", metavar="NEW", help="the id it is to have")
    parser.add_argument("--dry-run", action="store_true", help="show every change and write nothing")


def run(options: argparse.Namespace) -> int:
    from generator.edit.rename import RenameRefused, carry_out, plan_rename

    try:
        rename = plan_rename(content_folder(options), id_of(options.old), id_of(options.new))
        if options.dry_run:
            print("".join(change.preview for change in rename.changes))
        else:
            carry_out(rename)
    except RenameRefused as refusal:
        raise WrongUsage(str(refusal)) from None
    print(*_words(rename, options.dry_run), sep="\n")
    return FINE


def _words(rename: Rename, dry_run: bool) -> list[str]:
    own = rename.changes[0]
    moved = f"{own.name} is now {own.new_name}" if own.name != own.new_name else f"changed in {own.name}"
    files = len([change for change in rename.changes if change.count])
    lines = [f"{moved}; {_count(rename.count, 'reference')} to it changed in {_count(files, 'file')}.",
             f"The address {rename.old_address} leads on to {rename.new_address}."]
    most = len(rename.moved) if dry_run else _TOLD_AT_MOST
    if rename.moved:
        it = "statement's anchor held" if len(rename.moved) == 1 else "statements' anchors held"
        lines += [f"{len(rename.moved)} {it} the id; the old ones keep working on the same pages:",
                  *(f"  {anchor.old} -> #{anchor.new.partition('#')[2]}" for anchor in rename.moved[:most])]
        if len(rename.moved) > most:
            lines.append(f"  and {len(rename.moved) - most} more")
    return ["Nothing is written yet. It would be:", *lines] if dry_run else [
        *lines, "Look it over (git diff), and run `briefing check`."]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
