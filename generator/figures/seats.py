"""Who sat where at a meeting: a table seen from above, or rooms with the mediator between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from generator.figures.svg import (
    MIDDLE,
    NARROW,
    ROW,
    SMALL,
    Fitted,
    drawing,
    element,
    fit,
    line,
    link,
    listing,
    number,
    share,
    write,
)
from generator.values import Value

MOST_SEATS = 24
MOST_HEADS = 4
MOST_ABSENT = 12

# Formats in which the sides do not share a table.
APART = ("proximity", "shuttle", "consultation")


class Member(Value):
    name: str
    role: str | None = None
    href: str | None = None


class Side(Value):
    """Those who sat for one party; a side may be known by its name alone."""

    name: str | None
    members: tuple[Member, ...] = ()
    href: str | None = None


class Room(Value):
    name: str | None
    sides: tuple[Side, ...]


class Absent(Value):
    """Who was not there; the note says "not invited" or why they stayed away, in a few words."""

    name: str
    note: str | None = None
    href: str | None = None


class Seats(Value):
    meeting: str
    format: str
    head: tuple[Member, ...] = ()
    """Who mediated or, where nobody did, who convened."""
    rooms: tuple[Room, ...] = ()
    beside: tuple[Member, ...] = ()
    """Who was about without a seat: advisers, observers, those consulted apart."""
    absent: tuple[Absent, ...] = ()
    around: tuple[Absent, ...] = ()
    """Who was there, in which room is not known; the note is their role."""


class _Drawn(Value):
    """Markup and the y at which the next thing may begin."""

    markup: str
    bottom: float


_TABLE = 20
_GAP = 26
_SECTION = 20


def seats(figure: Seats, prefix: str) -> str:
    """The seating of a meeting, at most MOST_SEATS named; the empty text where no side is known."""
    rooms = _limited([room for room in figure.rooms if room.sides])
    if not rooms:
        return ""
    if figure.format in APART:
        plan = _rooms_apart(figure, rooms)
    else:
        plan = _tables(figure, rooms)
    parts, y = [plan.markup], plan.bottom
    if figure.around:
        below = _roll("There as well, room not recorded", figure.around, y, "f-seat")
        parts, y = [*parts, below.markup], below.bottom
    if figure.beside:
        below = _roll("Beside the talks", [Absent(m.name, m.role, m.href) for m in figure.beside], y, "f-seat")
        parts, y = [*parts, below.markup], below.bottom
    if figure.absent:
        below = _roll("Not there", figure.absent, y, "f-empty")
        parts, y = [*parts, below.markup], below.bottom
    return drawing("figure-seats", prefix, f"Who sat where: {figure.meeting}", _description(figure),
                   (NARROW, y), *parts, links=any(_hrefs(figure)))


# --- too many --------------------------------------------------------------------------------


class _Row(Value):
    """A side with the members that are drawn, and how many are not."""

    side: Side
    left_out: int
    each: str | None = None
    """The role of every one of the members, said once."""


# A room's name and its sides.
_PlanRoom = tuple[str | None, tuple[_Row, ...]]


def _limited(rooms: Sequence[Room]) -> list[_PlanRoom]:
    """The rooms with as many members of each side as there is room for."""
    sides = [side for room in rooms for side in room.sides]
    shown = iter(share([len(side.members) for side in sides], MOST_SEATS))
    return [(room.name, tuple(_row(side, next(shown)) for side in room.sides)) for room in rooms]


def _row(side: Side, count: int) -> _Row:
    """A side with its first members; a role that all of them have is taken from them to be said once."""
    roles = {member.role for member in side.members}
    members, each = side.members[:count], None
    if len(side.members) > 2 and len(roles) == 1 and side.members[0].role:
        each = f"each {side.members[0].role}"
        members = tuple(replace(member, role=None) for member in members)
    return _Row(replace(side, members=members), len(side.members) - count, each)


# --- one table -------------------------------------------------------------------------------


def _tables(figure: Seats, rooms: Sequence[_PlanRoom]) -> _Drawn:
    """Each room's table below the one before, the mediator at the head of the first."""
    parts, y = [], 0.0
    for index, (name, rows) in enumerate(rooms):
        if name:
            heading = fit(name, NARROW, 2, SMALL)
            parts.append(write(heading, NARROW / 2, y + 13, "f-soft", "middle"))
            y += heading.height + 8
        table = _table(figure.head if index == 0 else (), rows, y)
        parts.append(table.markup)
        y = table.bottom + _SECTION
    return _Drawn("".join(parts), y - _SECTION)


def _table(head: Sequence[Member], rows: Sequence[_Row], y: float) -> _Drawn:
    """A table with sides facing each other in pairs; a single side sits all around it."""
    around = len(rows) == 1 and len(rows[0].side.members) > 3
    if len(rows) == 1 and not around:
        return _across(head, rows[0], y)
    parts = []
    centre = NARROW / 2
    if head:
        top = _heads(head, y)
        parts.append(top.markup)
        y = top.bottom + 8
    if around:
        name = _side_name(rows[0], centre, y + 15, NARROW, "middle")
        if name:
            parts.append(name.markup)
            y = name.bottom + 8
        rows = _halves(rows[0])
    if head:
        parts.append(element("circle", cx=centre, cy=y + 4, r=4, class_="f-seat"))
        y += 12
    column = centre - _TABLE / 2 - 18
    table_top = y
    y += 15 if around else 8
    for left, right in zip(rows[::2], [*rows[1::2], None], strict=False):
        ends = [_seated(row, x, y, column, anchor) for row, x, anchor in (
            (left, centre - _TABLE / 2, "end"), (right, centre + _TABLE / 2, "start")) if row is not None]
        parts += [end.markup for end in ends]
        y = max(end.bottom for end in ends) + 8
    y += 7 if around else 0
    table = element("rect", x=centre - _TABLE / 2, y=table_top, width=_TABLE, height=y - table_top,
                    rx=_TABLE / 2 if around else 2, class_="f-table")
    return _Drawn(table + "".join(parts), y + 4)


def _halves(row: _Row) -> list[_Row]:
    """One side around the whole table: the first half of its members on the left, the rest on the right."""
    members = row.side.members
    half = (len(members) + 1) // 2
    return [_Row(Side(None, members[:half]), 0), _Row(Side(None, members[half:]), row.left_out)]


def _seated(row: _Row, edge: float, y: float, column: float, anchor: str) -> _Drawn:
    """A side along one edge of the table: its name, then its members, each beside a seat."""
    away = -1 if anchor == "end" else 1
    x, first = edge + away * 18, y
    parts = []
    name = _side_name(row, x, y + 12, column, anchor)
    if name:
        parts.append(name.markup)
        y = name.bottom + 7
        if not row.side.members:
            parts.append(element("circle", cx=edge + away * 8, cy=first + 12 - MIDDLE, r=4, class_="f-seat"))
    for member in row.side.members:
        parts.append(element("circle", cx=edge + away * 8, cy=y + 12 - MIDDLE, r=4, class_="f-seat"))
        drawn = _member(member, x, y + 12, column, anchor)
        parts.append(drawn.markup)
        y = drawn.bottom
    if row.left_out:
        parts.append(write(_more(row.left_out, column), x, y + 12, "f-soft", _anchor(anchor)))
        y += ROW
    return _Drawn("".join(parts), y)


def _across(head: Sequence[Member], row: _Row, y: float) -> _Drawn:
    """Few people: the mediator on one side of the table, the others across."""
    parts = []
    centre = NARROW / 2
    if head:
        top = _heads(head, y)
        parts.append(top.markup)
        y = top.bottom + 8
    table = 150
    seats_at = [(len(head[:MOST_HEADS]), y + 4), (max(len(row.side.members), 1), y + 42)]
    for count, seat_y in seats_at:
        parts += [element("circle", cx=centre + (index - (count - 1) / 2) * 30, cy=seat_y, r=4, class_="f-seat")
                  for index in range(count)]
    parts.append(element("rect", x=centre - table / 2, y=y + 13, width=table, height=_TABLE, rx=2, class_="f-table"))
    y += 54
    name = _side_name(row, centre, y + 12, NARROW, "middle")
    if name:
        parts.append(name.markup)
        y = name.bottom + 7
    for member in row.side.members:
        drawn = _member(member, centre, y + 12, NARROW, "middle")
        parts.append(drawn.markup)
        y = drawn.bottom
    return _Drawn("".join(parts), y)


# --- rooms apart -----------------------------------------------------------------------------


def _rooms_apart(figure: Seats, rooms: Sequence[_PlanRoom]) -> _Drawn:
    """A box for each room, two in a row, and the mediator's way between them."""
    boxes: list[_PlanRoom] = list(rooms)
    if len(boxes) == 1:  # where they sat is not known, only that they sat apart
        boxes = [(boxes[0][0] if len(boxes[0][1]) == 1 else None, (row,)) for row in boxes[0][1]]
    centre = NARROW / 2
    parts, y = [], 0.0
    start = y
    if figure.head:
        top = _heads(figure.head, y)
        parts += [top.markup, element("circle", cx=centre, cy=top.bottom + 8, r=4, class_="f-dot")]
        start, y = top.bottom + 8, top.bottom + 26
    spine_end = start
    for index in range(0, len(boxes), 2):
        pair = boxes[index:index + 2]
        box_width = (NARROW - _GAP) / 2 if len(pair) == 2 else NARROW
        drawn = [_box(room, place * (box_width + _GAP), y, box_width) for place, room in enumerate(pair)]
        bottom = max(box.bottom for box in drawn)
        for place, box in enumerate(drawn):
            parts += [element("rect", x=place * (box_width + _GAP) + .5, y=y + .5, width=box_width - 1,
                              height=box.bottom - y - 1, rx=2, class_="f-room"), box.markup]
        if figure.head and len(pair) == 2:
            spine_end = y + 22
            parts += [_arrow(centre, spine_end, centre - _GAP / 2, spine_end),
                      _arrow(centre, spine_end, centre + _GAP / 2, spine_end)]
        elif figure.head:
            parts.append(_arrow(centre, spine_end, centre, y))
            spine_end = y if spine_end == start else spine_end
        y = bottom + 14
    if figure.head and len(boxes) > 1:
        parts.insert(0, line(centre, start, centre, spine_end, "f-line"))
    return _Drawn("".join(parts), y - 14 + 4)


def _box(room: _PlanRoom, x: float, y: float, width: float) -> _Drawn:
    """What stands in a room's box; the box itself is drawn by the row, as high as the highest."""
    name, rows = room
    inner = width - 20
    parts = []
    y += 9
    if name:
        heading = fit(name, inner, 2, SMALL)
        parts.append(write(heading, x + 10, y + 12, "f-soft"))
        y += heading.height + 3
    for index, row in enumerate(rows):
        y += 8 if index else 0
        side = _side_name(row, x + 10, y + 13, inner, "start")
        if side:
            parts.append(side.markup)
            y = side.bottom + 5
        columns = 2 if width > 250 and len(row.side.members) > 3 else 1
        y = _in_columns(row, x + 10, y, inner, columns, parts)
    return _Drawn("".join(parts), y + 2)


def _in_columns(row: _Row, x: float, y: float, width: float, columns: int, parts: list[str]) -> float:
    """Members below each other in columns; adds to parts and returns the next free y."""
    column = (width - 12 * (columns - 1)) / columns
    per = -(-len(row.side.members) // columns)
    bottom = y
    for index in range(columns):
        down = y
        for member in row.side.members[index * per:(index + 1) * per]:
            drawn = _member(member, x + index * (column + 12), down + 12, column, "start")
            parts.append(drawn.markup)
            down = drawn.bottom
        bottom = max(bottom, down)
    if row.left_out:
        parts.append(write(_more(row.left_out, width), x, bottom + 12, "f-soft"))
        bottom += ROW - 4
    return bottom


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line with a head at its end, along an axis."""
    along_x, along_y = (x2 > x1) - (x2 < x1), (y2 > y1) - (y2 < y1)
    back_x, back_y = x2 - 5 * along_x, y2 - 5 * along_y
    tips = [(back_x + 3 * sign * along_y, back_y + 3 * sign * along_x) for sign in (-1, 1)]
    head = "".join(f"M{number(x)} {number(y)}L{number(x2)} {number(y2)}" for x, y in tips)
    return element("path", d=f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}{head}", class_="f-line")


# --- people ----------------------------------------------------------------------------------


def _heads(head: Sequence[Member], y: float) -> _Drawn:
    """The mediator or convener, in the middle at the top."""
    parts = []
    for member in head[:MOST_HEADS]:
        drawn = _member(member, NARROW / 2, y + 14, NARROW, "middle", bold=True)
        parts.append(drawn.markup)
        y = drawn.bottom
    if len(head) > MOST_HEADS:
        parts.append(write(_more(len(head) - MOST_HEADS, NARROW), NARROW / 2, y + 14, "f-soft", "middle"))
        y += 24
    return _Drawn("".join(parts), y - 4)


def _member(member: Member, x: float, y: float, width: float, anchor: str, bold: bool = False) -> _Drawn:
    """A name and the role below it, the first baseline at y."""
    name = fit(member.name, width, 2, bold=bold)
    role = fit(member.role, width, 2, SMALL) if member.role else None
    cut = name.cut or (role is not None and role.cut)
    full = ", ".join(part for part in (member.name, member.role) if part) if cut else None
    parts = [write(name, x, y, "f-name", _anchor(anchor))]
    below = y + name.height
    if role:
        parts.append(write(role, x, below, "f-soft", _anchor(anchor)))
        below += role.height
    bottom = max(below - 12 + (7 if role or len(name.lines) > 1 else 0), y - 12 + ROW)
    return _Drawn(link(member.href, _hit(member.href, name, x, y, anchor), *parts, full=full), bottom)


def _side_name(row: _Row, x: float, y: float, width: float, anchor: str) -> _Drawn | None:
    """The side's name and, where all its members have the same role, that role."""
    parts, below = [], y
    side = row.side
    if side.name:
        name = fit(side.name, width, 3, bold=True)
        parts.append(link(side.href, _hit(side.href, name, x, y, anchor), write(name, x, y, "f-name", _anchor(anchor)),
                          full=side.name if name.cut else None))
        below += name.height
    if row.each:
        each = fit(row.each, width, 2, SMALL)
        parts.append(link(None, write(each, x, below, "f-soft", _anchor(anchor)),
                          full=row.each if each.cut else None))
        below += each.height
    return _Drawn("".join(parts), below - 12) if parts else None


def _hit(href: str | None, name: Fitted, x: float, y: float, anchor: str) -> str:
    """Where a finger may tap: the name with a little around it."""
    if href is None:
        return ""
    left = {"start": x, "middle": x - name.width / 2, "end": x - name.width}[anchor]
    return element("rect", x=left - 3, y=y - 18, width=name.width + 6, height=name.height + 9, rx=3, class_="f-hit")


def _more(count: int, width: float) -> Fitted:
    return fit(f"and {count} more", width, 1, SMALL)


def _anchor(anchor: str) -> str | None:
    return None if anchor == "start" else anchor


def _roll(heading: str, people: Sequence[Absent], y: float, seat: str) -> _Drawn:
    """Those without a seat, below a dashed rule."""
    y += 12
    parts = [line(0, y, NARROW, y, "f-line f-dashed"), write(fit(heading, NARROW, 1, SMALL), 0, y + 20, "f-soft")]
    y += 32
    for person in people[:MOST_ABSENT]:
        drawn = _on_roll(person, y, seat)
        parts.append(drawn.markup)
        y = drawn.bottom
    if len(people) > MOST_ABSENT:
        parts.append(write(_more(len(people) - MOST_ABSENT, NARROW), 16, y + 12, "f-soft"))
        y += ROW
    return _Drawn("".join(parts), y)


def _on_roll(person: Absent, y: float, seat: str) -> _Drawn:
    """A name with its note: beside it where there is room, else below."""
    x = 16
    name = fit(person.name, NARROW - x)
    parts = [element("circle", cx=4.5, cy=y + 12 - MIDDLE, r=4, class_=seat)]
    written = [_hit(person.href, name, x, y + 12, "start")]
    height, cut = name.height, name.cut
    if person.note and name.width_with(person.note) <= NARROW - x:
        written.append(write(name, x, y + 12, "f-name", tail=(person.note, "f-soft")))
    else:
        written.append(write(name, x, y + 12, "f-name"))
        if person.note:
            note = fit(person.note, NARROW - x, 2, SMALL)
            written.append(write(note, x, y + 12 + name.height, "f-soft"))
            height, cut = height + note.height, cut or note.cut
    full = ", ".join(part for part in (person.name, person.note) if part) if cut else None
    return _Drawn("".join(parts) + link(person.href, *written, full=full), y + max(height + 8, ROW))


# --- words -----------------------------------------------------------------------------------


def _hrefs(figure: Seats) -> Iterable[str | None]:
    for group in (figure.head, figure.beside, figure.absent, figure.around):
        yield from (person.href for person in group)
    for room in figure.rooms:
        for side in room.sides:
            yield side.href
            yield from (member.href for member in side.members)


def _description(figure: Seats) -> str:
    sides = [side for room in figure.rooms for side in room.sides]
    people = sum(max(len(side.members), 1) for side in sides)
    text = f"A seating plan, format: {figure.format}."
    if figure.head:
        text += f" At the head: {listing(member.name for member in figure.head)}."
    names = [side.name for side in sides if side.name]
    if names:
        text += f" Sides: {listing(names)}."
    if people > MOST_SEATS:
        text += f" Of {people} seats {MOST_SEATS} are named."
    if figure.around:
        text += f" There as well: {listing(person.name for person in figure.around[:MOST_ABSENT])}."
    if figure.absent:
        text += f" Not there: {listing(person.name for person in figure.absent[:MOST_ABSENT])}."
    return text
