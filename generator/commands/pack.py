"""`briefing pack`: a site built for offline use as one file."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.commands import FINE, Commands, WrongUsage, add_command


def add(commands: Commands) -> None:
    parser = add_command(commands, "pack", run, "Pack a site built with the option offline into one zip file.",
                         content=False)
    parser.add_argument("site", metavar="SITE", type=Path, help="the built site's folder")
    parser.add_argument("target", metavar="FILE", type=Path, help="the zip file to write")


def run(options: argparse.Namespace) -> int:
    from generator.offline import pack

    if not (options.site / "index.html").is_file():
        raise WrongUsage(f"{options.site} holds no index.html, so it is no built site: run `make offline`")
    try:
        count = pack(options.site, options.target)
    except OSError as error:
        raise WrongUsage(f"{options.target} cannot be written: {(error.strerror or str(error)).lower()}") from None
    print(f"{count} files packed into {options.target}")
    return FINE
