"""`briefing new`: a new brief with the questions that it must answer."""

from __future__ import annotations

import argparse

from generator.commands import FINE, Commands, WrongUsage, add_command, content_folder, id_of


def add(commands: Commands) -> None:
    parser = add_command(commands, "new", run, "Write a new brief with the questions that an editor must answer.")
    parser.add_argument("kind", metavar="KIND", help="actor, demand, instrument, body, meeting, event, source or term")
    parser.add_argument("id", metavar="ID", help="its id, which is its address for ever: lower-case letters, digits "
                        "and hyphens")
    parser.add_argument("--name", default="", help="its name, or a source's title")
    parser.add_argument("--file", metavar="NAME", default="", help="for a source: the file in sources/ that it goes to")
    parser.add_argument("--tidy", action="store_true",
                        help="for a brief that is filled in: delete what is left of these comments")
    parser.add_argument("--modeline", action="store_true",
                        help="name the schema in the first line, for editors that do not know it by the folder")


def run(options: argparse.Namespace) -> int:
    from generator.edit.new import NewRefused, plan_new, plan_tidy, write_new

    try:
        if options.tidy:
            new = plan_tidy(content_folder(options), options.kind, id_of(options.id))
            write_new(new)
            print(f"{new.name}: what was left of the draft's comments is deleted")
            return FINE
        new = plan_new(content_folder(options), options.kind, options.id, " ".join(options.name.split()),
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
