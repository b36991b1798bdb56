"""`briefing new`: a new brief, or a new dossier, with the questions that it must answer."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.commands import FINE, Commands, WrongUsage, add_command, content_folder, id_of
from generator.places import default_content


def add(commands: Commands) -> None:
    parser = add_command(commands, "new", run, "Write a new brief with the questions that an editor must answer.")
    parser.add_argument("kind", metavar="KIND", help="actor, demand, instrument, body, meeting, event, source or term; "
                        "or `dossier`, which begins one")
    parser.add_argument("id", metavar="ID", nargs="?", help="its id, which is its address for ever: lower-case "
                        "letters, digits and hyphens; a dossier has none")
    parser.add_argument("--name", default="", help="its name, or a source's or the dossier's title")
    parser.add_argument("--file", metavar="NAME", default="", help="for a source: the file in sources/ that it goes to")
    parser.add_argument("--tidy", action="store_true",
                        help="for a brief that is filled in: delete what is left of these comments")
    parser.add_argument("--modeline", action="store_true",
                        help="name the schema in the first line, for editors that do not know it by the folder")


def run(options: argparse.Namespace) -> int:
    from generator.edit.drafts import DOSSIER
    from generator.edit.new import NewRefused, plan_new, plan_tidy, write_new
    from generator.models import KINDS

    if options.kind == DOSSIER:
        return _begin(options)
    if options.id is None and options.kind in KINDS:
        raise WrongUsage(f"a new {options.kind} needs an id, which is its address for ever: "
                         f"`briefing new {options.kind} ID`")
    try:
        if options.tidy:
            new = plan_tidy(content_folder(options), options.kind, id_of(options.id or ""))
            write_new(new)
            print(f"{new.name}: what was left of the draft's comments is deleted")
            return FINE
        new = plan_new(content_folder(options), options.kind, options.id or "", " ".join(options.name.split()),
                       options.modeline, options.file)
        write_new(new)
    except NewRefused as refusal:
        raise WrongUsage(str(refusal)) from None
    print(f"{options.id} added at the end of {new.name}" if new.exists else f"{new.name} written")
    tidy = f"At the end, `briefing new {options.kind} {options.id} --tidy` deletes the comments."
    if options.kind == "source":
        print(f"Next: fill in the fields without a #, cite it as [@{options.id}] or in `sources`, and run "
              f"`briefing check`. {tidy}")
    else:
        print("Next: fill in the fields without a #, link it from a brief that it bears on, for example as "
              f"[[{options.id}]], and run `briefing check`. {tidy}")
    return FINE


def _begin(options: argparse.Namespace) -> int:
    """Begin a dossier in a folder that holds none, or that is not there yet."""
    from generator.edit.new import NewRefused, plan_dossier, write_new

    if options.tidy:
        raise WrongUsage("--tidy is for a brief: delete what is left of the comments in dossier.yml by hand")
    if options.id is not None or options.file:
        raise WrongUsage("a dossier has no id and no other file than dossier.yml: write `briefing new dossier`, "
                         "and name its folder with --content DIR")
    try:
        new = plan_dossier(Path(options.content or default_content()), " ".join(options.name.split()),
                           options.modeline)
        write_new(new)
    except NewRefused as refusal:
        raise WrongUsage(str(refusal)) from None
    print(f"{new.name} written")
    print("Next: fill in the fields without a #; then add a source that you have read, and who is at the table, such "
          "as\n  briefing new source ledger-report\n  briefing new actor ines-dahl\nand run `briefing check`.")
    return FINE
