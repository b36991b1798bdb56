"""`briefing where`: all that points to a brief."""

from __future__ import annotations

import argparse
import json
import typing

from generator.commands import FINE, Commands, WrongUsage, add_command, content_folder, id_of
from generator.diagnostics import did_you_mean

if typing.TYPE_CHECKING:
    from generator.edit.written import ContentFile


def add(commands: Commands) -> None:
    parser = add_command(commands, "where", run, "List every place that points to a brief, or to one statement of it.")
    parser.add_argument("id", metavar="ID[#ANCHOR]", help="the brief's id, perhaps with the anchor of a statement")
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(options: argparse.Namespace) -> int:
    from generator.commands.show import current_id
    from generator.edit.pointing import pointing
    from generator.edit.written import read_files

    files = read_files(content_folder(options))
    wanted, _, anchor = options.id.partition("#")
    id = current_id(files, id_of(wanted))
    if anchor:
        _refuse_unknown(files, id, anchor)
    words = _Words()
    found = pointing(files, id, anchor)
    if options.format == "json":
        print(json.dumps([
            {"file": file.file, "line": place.line, "column": place.column, "kind": file.kind, "id": file.id or None,
             "name": file.name, "role": words.of(place), "field": place.field or None, "anchor": place.anchor or None}
            for file in found for place in file.places], ensure_ascii=False, indent=2))
        return FINE
    target = f"{id}#{anchor}" if anchor else id
    if not found:
        print(f"nothing points to {target}")
        return FINE
    for file in found:
        print(f"{file.kind} {file.name}" + (f" ({file.id})" if file.id else ""))
        for place in file.places:
            to = f", #{place.anchor}" if place.anchor and not anchor else ""
            print(f"  {file.file}:{place.line}:{place.column}: {words.of(place)}{to}")
    count = sum(len(file.places) for file in found)
    print(f"\n{_count(count, 'place')} in {_count(len(found), 'brief or page', 'briefs and pages')} "
          f"{'points' if count == 1 else 'point'} to {target}")
    return FINE


def _refuse_unknown(files: list[ContentFile], id: str, anchor: str) -> None:
    """A misspelt anchor gets the nearest. Of a brief with errors nobody knows the anchors."""
    from generator.anchors import statement_anchors
    from generator.edit.written import records
    from generator.models import Brief
    from generator.read.records import read_record

    record = next((record for record in records(files) if record.origin == id), None)
    brief = read_record(record.model, record.node, record.file.name, {"id": id})[0] if record else None
    if isinstance(brief, Brief):
        known = [f"#{other}" for other in statement_anchors(brief).values()]
        if f"#{anchor}" not in known:
            hint = did_you_mean(f"#{anchor}", known) or f"`briefing where {id}` lists what points to the whole of it"
            raise WrongUsage(f'"{id}" has no place "#{anchor}". {hint}')


class _Words:
    """What a place says, in the words that the site's pages have for it."""

    def __init__(self) -> None:
        import jinja2

        from generator.rendering import TEMPLATES

        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), trim_blocks=True,
                                         lstrip_blocks=True, undefined=jinja2.StrictUndefined)
        self._of = environment.get_template("where.txt.j2").module.place  # type: ignore[attr-defined]

    def of(self, place: object) -> str:
        return " ".join(str(self._of(place)).split())


def _count(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"
