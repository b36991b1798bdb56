"""`briefing release`: keep the dossier's facts as they are published, with what they change."""

from __future__ import annotations

import argparse
import sys

from generator.commands import FINE, PROBLEMS, Commands, WrongUsage, add_command, content_folder, failed, say_errors
from generator.load import load_dossier


def add(commands: Commands) -> None:
    parser = add_command(commands, "release", run,
                         "Keep the dossier's facts as released, with the reason and what changed since the last one.")
    parser.add_argument("--date", metavar="DAY", required=True, help="the day of the release, such as 2031-05-20")
    parser.add_argument("--reason", metavar="WORDS", required=True, help="why, in a sentence that readers are shown")


def run(options: argparse.Namespace) -> int:
    from generator.dates import Edtf, EdtfError
    from generator.files.writing import write_new, write_text
    from generator.releases.file import RELEASES_FILE
    from generator.releases.making import Refused, make_release

    reason = " ".join(options.reason.split())
    if not reason:
        raise WrongUsage("a release needs a reason: readers are shown it")
    try:
        whole_day = Edtf.parse(options.date).is_exact_day
    except EdtfError:
        whole_day = False
    if not whole_day:
        raise WrongUsage(f'"{options.date}" is no day: write one such as 2031-05-20')
    folder = content_folder(options)
    dossier, problems = load_dossier(folder)
    if dossier is None or failed(problems):
        say_errors(problems)
        print("briefing: the content has errors: nothing was released", file=sys.stderr)
        return PROBLEMS
    try:
        made = make_release(dossier, options.date, reason)
    except Refused as refusal:
        raise WrongUsage(str(refusal)) from None
    path = folder / RELEASES_FILE
    (write_text if path.exists() else write_new)(path, made.text)
    count = len(made.release.changes)
    what = "the first release" if made.first else f"{count:,} change{'' if count == 1 else 's'} since the last release"
    print(f"{path}: release of {options.date}, {what}; facts {made.release.facts[:12]}")
    # What was gone since the last release is so no more, and need not be accepted any longer.
    for problem in load_dossier(folder)[1]:
        if problem not in problems:
            print(problem.as_text(), file=sys.stderr)
    return FINE
