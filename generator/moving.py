"""The data files by which the positions and the state of play are moved to another day.

Each is a classic script with one call, `briefingDays(data)`, that a page loads when its control is first used. All
words and all HTML in it come from the templates; the script only looks up what stands where:

    days     `[day, in words, what happened, edition]` for each day that can be shown, in order, the dossier's own last;
             day: as in the page's address; edition: HTML that leads to that day's edition, or an empty text
    parts    HTML of the parts of the page whose places are named, by the name of the part
    texts    what can stand in a place
    slots    `[place, [[day, text, changed], ...]]`: from the day on (its place in `days`) the text (its place in
             `texts`, several for a list, or null for nothing) stands there; changed: 1 where it says something else
    changes  for each day what changed on it, as places in `texts`
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from generator import addresses, prose
from generator.as_of.moves import as_date
from generator.dossier import Dossier
from generator.rendering import Renderer
from generator.views.days import (
    Days,
    Slot,
    home_can_move,
    home_days,
    positions_can_move,
    positions_days,
    stance_word,
)
from generator.views.editions import days as edition_days
from generator.views.state_of_play import ROOM, main_demands, open_deadlines

MOVED = {"home": home_days, "positions": positions_days}
"""The pages that can be moved, by section."""

_CAN_MOVE = {"home": home_can_move, "positions": positions_can_move}


def can_move(dossier: Dossier, name: str) -> bool:
    """Whether a section's page can be moved to another day."""
    return name in _CAN_MOVE and _CAN_MOVE[name](dossier)


def moving_path(name: str) -> str:
    """Where a page's data file stands, below the site's root."""
    return f"{addresses.SECTIONS['editions']}{name}.js"


def moving_files(renderer: Renderer, to_files: bool = False) -> Iterator[tuple[str, bytes]]:
    """The data files by their paths. With `to_files` links lead to files, for a site that is opened from a folder."""
    for name, days_of in MOVED.items():
        days = days_of(renderer.dossier)
        if days:
            data = _Data(renderer, addresses.SECTIONS[name], to_files).of(days, name)
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            yield moving_path(name), f"briefingDays({text});\n".encode()


class _Data:
    """Makes a page's data from its days: each text once."""

    def __init__(self, renderer: Renderer, address: str, to_files: bool) -> None:
        self.dossier = renderer.dossier
        self.address = address
        self.to_files = to_files
        self.texts: dict[str, int] = {}
        template = renderer.environment.get_template("parts/day-states.md.j2")
        self.macros: Any = template.make_module({"stance_word": stance_word})

    def of(self, days: Days, name: str) -> dict[str, object]:
        place = {day: number for number, day in enumerate(days.stops)}
        # What changed on the dossier's own day stands last, with the page as it is.
        own = len(place)
        as_of = self.dossier.as_of
        last = as_of.start_earliest if as_of.is_exact_day else None
        slots = [[slot.key, self.steps(slot, place, own)] for slot in days.slots]
        changes = [[self.text(str(self.macros.change(change))) for change in days.changes.get(day, ())]
                   for day in (*days.stops, *([last] if last else []))]
        editions = {str(day.date): self.html(str(self.macros.edition(day))) for day in edition_days(self.dossier)
                    if day.record}
        told = [[str(date), date.readable(), self.told(days, day) if day else "", editions.get(str(date), "")]
                for date, day in (*((as_date(day), day) for day in days.stops), (as_of, last))]
        return {"days": told, "parts": self.parts(days) if name == "home" else {}, "texts": list(self.texts),
                "slots": slots, "changes": changes if last else [*changes, []]}

    def steps(self, slot: Slot, place: dict[date, int], own: int) -> list[list[object]]:
        """Where and when another text comes to stand in a place."""
        found: list[list[object]] = []
        for step in slot.steps:
            shown: object = None
            if step.values:
                shown = self.names(step.values, step.day) if slot.macro == "names" else self.text(
                    str(getattr(self.macros, slot.macro)(*step.values, as_date(step.day))))
            if (found[-1][1] if found else None) != shown:
                at: list[object] = [place.get(step.day, own), shown]
                found.append([*at, 1] if step.day in slot.changed else at)
        return found

    def names(self, values: tuple[Any, ...], day: date) -> list[int]:
        named, more = values
        found = [self.text(str(self.macros.name(one, as_date(day)))) for one in named]
        return [*found, self.text(str(self.macros.more(more)))] if more else found

    def told(self, days: Days, day: date) -> str:
        return str(self.macros.told(len(days.changes.get(day, ())), days.again.get(day, 0),
                                    days.undated.get(day, 0), as_date(day)))

    def parts(self, days: Days) -> dict[str, str]:
        """The parts of the state of play."""
        filled = {slot.key for slot in days.slots}
        rooms = [(title, [str(word) for word in words if f"standing {word}" in filled]) for title, words in ROOM]
        more = len(open_deadlines(self.dossier)) - len(days.deadlines)
        return {"rooms": self.html(str(self.macros.rooms([room for room in rooms if room[1]], days.only_main))),
                "demands": self.html(str(self.macros.demands(main_demands(self.dossier)))),
                "deadlines": self.html(str(self.macros.deadlines(days.deadlines, more, filled)))}

    def text(self, html: str) -> int:
        """The place of a text among all."""
        return self.texts.setdefault(self.html(html), len(self.texts))

    def html(self, text: str) -> str:
        """A text for the page: citations have their numbers on pages only, and are left to the place it leads to."""
        text = addresses.anchor_links(prose.CITE_MARK.sub("", text), self.address).strip("\n")
        return addresses.to_files(text) if self.to_files else text
