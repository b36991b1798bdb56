"""Where something was written. What is asked for on every page is known; the rest is read again from the file's bytes.

The nodes of a whole dossier weigh many times what it says, so nobody keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import field

from generator.diagnostics import Diagnostic
from generator.read.yaml_text import Node, clean_text, read_yaml
from generator.values import Value

PathIn = tuple[str | int, ...]
Places = Mapping[PathIn, tuple[int, int]]


@lru_cache(maxsize=8)
def tree(data: bytes, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """The nodes of a YAML file and its problems; those of the last few files are kept."""
    node, problems = read_yaml(data, file)
    return node, tuple(problems)


@lru_cache(maxsize=8)
def lines_of(data: bytes, is_yaml: bool = True) -> tuple[str, ...]:
    """The lines of a file as places count them."""
    if not is_yaml:
        return tuple((clean_text(data, "")[0] or "").split("\n"))
    return tuple(data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n"))


class Origin(Value):
    """Where a brief or a page came from.

    `data` are the file's bytes, None where nobody has them; `entry` is the id under which a record stands in a file
    of many, empty for the whole file.
    """

    file: str
    line: int = 1
    """The line at which the record starts."""
    data: bytes | None = None
    is_yaml: bool = True
    entry: str = ""
    places: Places = field(default_factory=dict)
    """Line and column of the records inside, by path."""
    fields: Mapping[str, int] = field(default_factory=dict)
    """The line of each field that is there."""
    after_hash: tuple[tuple[PathIn, str], ...] = ()
    """For texts that a ` #` ends what follows them in the same line, by path."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file."""
        return () if self.data is None else lines_of(self.data, self.is_yaml)

    @property
    def node(self) -> Node | None:
        """The record's node, read again; None for a page."""
        root = tree(self.data, self.file)[0] if self.is_yaml and self.data is not None else None
        return root.below(self.entry) if root is not None and self.entry else root

    def place(self, path: PathIn) -> tuple[int, int]:
        """Line and column of the value at a path; of the record's start for the empty path."""
        known = self.places.get(path)
        if known is not None:
            return known
        if not path:
            return self.line, 1
        found = self._place_in_record(path) or self._place_in_field(path)
        if found is not None:
            return found
        node = self.node
        return (self.line, 1) if node is None else node.find(path)

    def _place_in_record(self, path: PathIn) -> tuple[int, int] | None:
        """The place of a value that begins beside its field's name in a record whose place is known: in block style the
        names of a record's fields stand below each other. None for any other."""
        record = self.places.get(path[:-1])
        if record is None or self.data is None or not self.is_yaml:
            return None
        line, column = record
        name = re.compile(rf"{re.escape(str(path[-1]))}: +(?=[^\s#])")
        if self.lines[line - 1][column - 1:column] in ("{", ""):
            return None
        for number, text in enumerate(self.lines[line - 1:], line):
            indent = column - 1 if number == line else len(text) - len(text.lstrip(" "))
            if indent < column - 1 and text.strip():
                return None
            found = name.match(text, column - 1) if indent == column - 1 else None
            if found:
                return number, found.end() + 1
        return None

    def _place_in_field(self, path: PathIn) -> tuple[int, int] | None:
        """The place of a value, from the lines of its field alone; None where these are no YAML by themselves."""
        start = self.fields.get(str(path[0]))
        if start is None or self.data is None or not self.is_yaml:
            return None
        if len(path) == 1:
            own = re.compile(rf" *{re.escape(str(path[0]))}: +(?=[^\s#])").match(self.lines[start - 1])
            if own:  # the value begins beside its field's name
                return start, own.end() + 1
            below = self.lines[start] if start < len(self.lines) else ""
            if self.lines[start - 1].strip() == f"{path[0]}:" and below.strip() and not below.lstrip().startswith("#"):
                return start + 1, len(below) - len(below.lstrip(" ")) + 1
        ends = [line for line in self.fields.values() if line > start]
        if self.entry and not ends:
            return None  # where the last field of one record of many ends is not known
        text = "\n".join(self.lines[start - 1:min(ends) - 1 if ends else None])
        node, problems = read_yaml(text.encode(), self.file)
        if node is None or problems or not isinstance(node.value, dict) or list(node.value) != [path[0]]:
            return None
        line, column = node.find(path)
        return line + start - 1, column

    def place_of_text(self, path: PathIn, needle: str, nth: int = 0) -> tuple[int, int]:
        """Line and column of the nth time a text stands in the value at a path."""
        needle = needle.partition("\n")[0]  # where it runs over several lines, its first one finds it
        node, lines = self.node, self.lines
        if node is None:
            start, end, line, column = 0, len(lines), self.line, 1
        else:
            line, column = node.find(path)
            start, end = line - 1, node.at(path).end_line
        for index in range(start, min(end, len(lines))):
            text = lines[index]
            at = text.find(needle, column - 1 if index == line - 1 and node is not None else 0)
            while at >= 0:
                if nth == 0:
                    return index + 1, at + 1
                nth -= 1
                at = text.find(needle, at + len(needle))
        return line, column
