"""Strict YAML for briefs written by hand, with the place of every key and value.

Only the plain part of YAML is read: fields, lists and text. Every scalar stays the text that
was typed, so `NO`, `017` and `2031-02-03` mean what they say. Whatever else YAML offers
(anchors, tags, merge keys, several documents) is reported where it stands.

The tree is built from the parser's events one at a time and without recursion, so a file that
nests without end is left before it can do harm. Nothing here raises: problems are returned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
import yaml
from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from generator.diagnostics import Diagnostic, diagnostic

MOST_DEEP = 50
MOST_REPORTS = 100
"""So many problems of one kind are reported for one file; a broken file has no end of them."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STAND_IN = "\ufffd"


# --- what is read -------------------------------------------------------------------------


class Entry(Struct):
    """One field of a mapping: where its key stands, and its value."""

    line: int
    column: int
    node: Node


class Node(Struct):
    """A value and its place. Lines and columns count from 1, columns in characters.

    `style` is the quote (`'` or `"`) or the block sign (`|` or `>`) of a scalar, None for plain
    text, lists and mappings. A block scalar's place is its sign, a block list's its first dash.
    `end_column` is the column after the last character of plain or quoted text and of what stands
    in brackets, and 0 for everything else.
    """

    line: int
    column: int
    value: str | list[Node] | dict[str, Entry]
    style: str | None
    end_line: int
    end_column: int = 0

    def plain(self) -> str | list | dict:
        """The value without places: strings, lists and dicts."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return {key: entry.node.plain() for key, entry in self.value.items()}

    def find(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Where the value at `path` stands, or its nearest ancestor that exists."""
        node = self.at(path)
        return node.line, node.column

    def find_key(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Like `find`, but where the last step is a field, the place of that field's key."""
        node = self
        place: Node | Entry = self
        for step in path:
            below = node._below(step)
            if below is None:
                return node.line, node.column
            place = below
            node = below.node if isinstance(below, Entry) else below
        return place.line, place.column

    def at(self, path: Sequence[str | int]) -> Node:
        """The value at `path`, or its nearest ancestor that exists."""
        node = self
        for step in path:
            below = node._below(step)
            if below is None:
                break
            node = below.node if isinstance(below, Entry) else below
        return node

    def below(self, step: str | int) -> Node | None:
        """The value one step further, or None."""
        found = self._below(step)
        return found.node if isinstance(found, Entry) else found

    def _below(self, step: str | int) -> Node | Entry | None:
        if isinstance(self.value, dict):
            return self.value.get(step) if isinstance(step, str) else None
        if isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value):
            return self.value[step]
        return None


def read_yaml(data: bytes, file: str) -> tuple[Node | None, list[Diagnostic]]:
    """Read one brief. `file` is the name to report problems under.

    The node is None where no tree of the whole file could be read: an empty file, one that is
    not a mapping, or one whose reading had to stop half-way (`yaml-syntax`, `too-deep`). With
    every other problem the tree is there, without what was reported.
    """
    report = _Report(file)
    text = _decode(data, report)
    node = None
    if text is not None and not _conflicts(text, report):
        lines, tabs = _flatten_tabs(_replace_bad_characters(text, report), report)
        node = _Reader(lines, tabs, report).read()
    report.found.sort(key=lambda problem: (problem.line, problem.column))
    return node, report.found


def clean_text(data: bytes, file: str) -> tuple[str | None, list[Diagnostic]]:
    """Text that is no YAML, such as a hand-written page, under the same rules for its characters."""
    report = _Report(file)
    text = _decode(data, report)
    if text is not None:
        _conflicts(text, report)
        text = _replace_bad_characters(text, report)
    return text, report.found


def without_bad_characters(text: str) -> str:
    """Text that can be shown: what the reader refuses is replaced, a harmless character for each."""
    return _BAD.sub(_STAND_IN, text)


_CAUSES = frozenset(
    ("bad-encoding", "bad-character", "tab-indentation", "yaml-alias", "yaml-anchor", "yaml-tag", "yaml-syntax")
)
"""After one of these, nothing more is said about broken YAML in the same line."""


class _Report:
    """The problems of one file, and the lines that hold a cause of broken YAML."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []
        self.causes: set[int] = set()
        self._counts: Counter[str] = Counter()
        self._places: set[tuple[str, int, int]] = set()

    def add(self, code: str, line: int, column: int, *, hint: str | None = None, **facts: object) -> None:
        if (code, line, column) in self._places:
            return  # a mapping begins where its first key does, and both may see one anchor
        self._places.add((code, line, column))
        if code in _CAUSES:
            self.causes.add(line)
        self._counts[code] += 1
        if self._counts[code] <= MOST_REPORTS:
            self.found.append(diagnostic(code, self.file, line, column, hint=hint, **facts))

    def forget_fields(self, line: int, column: int) -> None:
        """Drop what was said about fields from here on: this turned out to be broken text."""
        self.found = [
            problem for problem in self.found
            if problem.code not in ("empty-value", "bad-key") or (problem.line, problem.column) < (line, column)
        ]


# --- from bytes to clean text -------------------------------------------------------------

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# Control characters, line separators that editors do not count as lines, bidirectional
# overrides and isolates (they can disguise text), private use, noncharacters, and byte order
# marks past the file's start.
_BAD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0xF0000, 0x10000))
    + "\U000f0000-\U0010ffff]"
)


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"


def _decode(data: bytes, report: _Report) -> str | None:
    if data.startswith(_BOM):
        data = data[len(_BOM):]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        before = _lf(data[: problem.start].decode("utf-8"))
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        report.add("bad-encoding", line, column, byte=f"0x{data[problem.start]:02X}")
        if data.startswith(_UTF_16) or b"\x00" in data:
            return None  # UTF-16, a picture: nothing in it is text
        text = data.decode("utf-8", errors="replace")
    return _lf(text)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_CONFLICT = re.compile(r"^(?P<sign><{7}|>{7})(?: .*)?$", re.MULTILINE)


def _conflicts(text: str, report: _Report) -> bool:
    """Report each place where git left two versions of the same lines."""
    opened = False
    for match in _CONFLICT.finditer(text):
        if match["sign"] == "<" * 7 or not opened:
            report.add("merge-conflict", text.count("\n", 0, match.start()) + 1, 1, sign=match["sign"])
        opened = match["sign"] == "<" * 7
    return bool(report.found) and report.found[-1].code == "merge-conflict"


def _replace_bad_characters(text: str, report: _Report) -> str:
    """Report what must not reach the parser, and put as many harmless characters in its place."""
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text  # all of them count as not printable; this is seen many times sooner
    line, start = 1, 0
    for count, match in enumerate(_BAD.finditer(text)):
        if count == MOST_REPORTS:
            break
        at = match.start()
        line += text.count("\n", start, at)
        start = max(start, text.rfind("\n", start, at) + 1)
        report.add("bad-character", line, at - start + 1, name=_name(match[0]))
    return _BAD.sub(_STAND_IN, text)


# --- tabs ---------------------------------------------------------------------------------

_LEADING_TAB = re.compile(r"^ *\t", re.MULTILINE)
_LEADING = re.compile(r"[ \t]*")


def _flatten_tabs(text: str, report: _Report) -> tuple[list[str], set[int]]:
    """The text's lines with spaces for tabs at their starts, and the numbers of those lines.

    Tabs stay where they are text: inside a quoted scalar, or past a block scalar's margin.
    """
    lines = text.split("\n")
    if _LEADING_TAB.search(text) is None:
        return lines, set()
    tabs = {number: line.index("\t") for number, line in enumerate(lines) if _LEADING_TAB.match(line)}
    flat = list(lines)
    for number in tabs:
        flat[number] = _flattened(lines[number])
    text_lines = _lines_where_tabs_are_text(flat, tabs)
    found = {number for number in tabs if number not in text_lines}
    for number in found:
        lines[number] = flat[number]
        report.add("tab-indentation", number + 1, tabs[number] + 1)
    return lines, {number + 1 for number in found}


def _flattened(line: str) -> str:
    end = _LEADING.match(line).end()
    return line[:end].replace("\t", " ") + line[end:]


def _lines_where_tabs_are_text(flat: list[str], tabs: dict[int, int]) -> set[int]:
    """Which of the `tabs` lines (number: index of the first tab) lie inside a scalar's text.

    `flat` is the text with its tabs made spaces. That can leave lines that do not fit the ones
    above; parsing then begins anew at such a line, for only the scalars matter here.
    """
    inside: set[int] = set()
    start = 0
    for _ in range(MOST_REPORTS):
        depth = 0
        try:
            for event in yaml.parse("\n".join(flat[start:]), Loader=_LOADER):
                if isinstance(event, yaml.ScalarEvent):
                    if event.style:
                        inside.update(_text_lines(event, start, flat, tabs))
                elif isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                    if depth > MOST_DEEP:
                        return inside
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
            return inside
        except yaml.MarkedYAMLError as problem:
            if problem.problem_mark is None:
                return inside
            if "quoted scalar" in (problem.context or "") and problem.context_mark is not None:
                if problem.problem_mark.line > problem.context_mark.line:  # a quote never closed
                    inside.update(range(start + problem.context_mark.line + 1, len(flat)))
                    return inside
            start += max(problem.problem_mark.line, 1)
        except (yaml.YAMLError, ValueError, OverflowError):
            return inside
        if start >= len(flat):
            break
    return inside


def _text_lines(event: yaml.ScalarEvent, start: int, flat: list[str], tabs: dict[int, int]) -> Iterator[int]:
    first, last = start + event.start_mark.line + 1, start + event.end_mark.line
    margin = 0
    if event.style in "|>":
        if event.end_mark.column == 0:
            last -= 1
        if not re.match(r"[|>][+-]?[1-9]", flat[first - 1][event.start_mark.column:]):
            margins = (len(line) - len(line.lstrip(" ")) for line in flat[first: last + 1] if line.strip())
            margin = min(margins, default=len(flat))
    for number in range(first, last + 1):
        if number in tabs and tabs[number] >= margin:
            yield number


# --- the tree -----------------------------------------------------------------------------


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("node", "field", "quiet", "flow", "repeats", "at_value", "key", "key_line", "key_column")

    def __init__(self, node: Node, field: str, quiet: bool, flow: bool) -> None:
        self.node = node
        self.flow = flow  # in brackets
        self.repeats = False  # mapping: all of it stands here a second time
        self.field = field  # the field that holds this list or mapping
        self.quiet = quiet  # inside something reported already: no word about empty values
        self.at_value = False  # mapping: a key was read, its value comes next
        self.key: str | None = None  # mapping: that key, None where it cannot be used
        self.key_line = 0
        self.key_column = 0


class _Stop(Exception):
    """Reading ends here; the reason is reported already."""


_ONE_WORD_COLON = re.compile(r"\s*(?:- +)*[^\W\d][\w.-]*(:)(?!//)[^\s:]")
_DASH_LIKE = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7"
_ODD = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
_NO_DASH = re.compile(f"(?P<sign>[{_DASH_LIKE}])[ {_ODD}]|-(?=[{_ODD}])")
# Spaces that look like plain ones, where YAML needs plain ones.
_ODD_SPACE = re.compile(f"^ *(?:- +)*(?P<start>[{_ODD}])|^ *(?:- *)*[^\\W\\d][\\w-]*:(?P<colon>[{_ODD}])"
                        f"|^ *-(?P<dash>[{_ODD}])")
_DASHES = frozenset(f"-{_DASH_LIKE}")
"""What `no_dash` speaks of begins with one of these."""

_NO_SPACE_DASH = re.compile(r"""-(?:[^\W\d]|["'\[])""")
_PROPERTY = re.compile(r"&[^\s,\[\]{}]*|!<[^>]*>?|![^\s,\[\]{}]*")
_ESCAPED_TAG = re.compile(r"!\S*%\S*")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}


class _Reader:
    def __init__(self, lines: list[str], tabs: set[int], report: _Report) -> None:
        self.lines = lines
        self.first_tab = min(tabs, default=len(lines) + 2)
        self.report = report
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.text: Node | None = None  # where the whole file is text
        # The quoted scalar or bracketed list read last, for words about what follows it.
        self.closed: tuple[Node, str] | None = None
        self.last_mark: yaml.Mark | None = None
        self.may_have_properties = True  # an anchor or a tag
        self.just_closed: list[Node] = []  # lists and mappings without brackets that ended last, the inner ones first
        self.text_block: Node | None = None  # the text under `|` read last

    def read(self) -> Node | None:
        documents = 0
        text = "\n".join(self.lines)
        self.may_have_properties = "&" in text or "!" in text
        parser = _LOADER(text)
        try:
            for event in iter(parser.get_event, None):
                if type(event) is ScalarEvent:  # most are
                    if self.just_closed:
                        self.just_closed = []
                    self.scalar(event)
                    self.last_mark = event.end_mark
                    continue
                if type(event) is yaml.DocumentStartEvent:
                    documents += 1
                    if documents == 2:
                        self.second_document(event)
                        break
                self.take(event)
        except _Stop:
            return None
        except yaml.MarkedYAMLError as problem:
            self.explain(problem)
            return None
        except (yaml.YAMLError, ValueError, OverflowError):
            self.unplaced()
            return None
        finally:
            parser.dispose()
        if self.text is not None:
            self.top_text(self.text)
        elif self.root is None and documents < 2 and not self.report.found:
            self.report.add("empty-file", 1, 1)
        return self.root

    def take(self, event: yaml.Event) -> None:
        """Take in whatever is no scalar."""
        kind = type(event)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            self.close(event)
        else:
            self.just_closed = []
            if kind is MappingStartEvent:
                self.open(event, {})
            elif kind is SequenceStartEvent:
                self.open(event, [])
            elif kind is yaml.AliasEvent:
                self.alias(event)
            elif kind is yaml.DocumentStartEvent:
                self.document(event)
        if event.end_mark is not None:
            self.last_mark = event.end_mark

    @property
    def last_end(self) -> tuple[int, int]:
        """Where what was read last ends, counted from 0."""
        return (0, 0) if self.last_mark is None else (self.last_mark.line, self.last_mark.column)

    def document(self, event: yaml.DocumentStartEvent) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if event.version or event.tags:
            self.syntax(line, column, "directive")

    def second_document(self, event: yaml.DocumentStartEvent) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        while line < len(self.lines) and not self.line(line).startswith("---"):
            line += 1  # directives may stand before it
        self.report.add("several-documents", line, column)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        start, end = event.start_mark, event.end_mark
        style = event.style or None
        value = event.value
        line, column, last = start.line + 1, start.column + 1, end.line + 1
        if style is not None:
            if style in "|>":
                last = self.last_text_line(start.line, end.line, end.column)
            elif style == '"' and _BAD.search(value):
                self.bad_escapes(start, end)
                value = _BAD.sub(_STAND_IN, value)
        end_column = 0 if style == "|" or style == ">" else end.column + 1
        node = Node(line, column, value, style, last, end_column)
        if self.may_have_properties:
            self.properties(event)
        if style is not None:
            if style in "'\"":
                self.closed = node, style
            else:
                self.text_block = node
        elif value[:1] in _DASHES and self.no_dash(node):
            node.value = ""  # nothing more is to be said about it

        if not self.stack:
            if value or style:  # else nothing but `---` and comments
                self.text = node
            return
        frame = self.stack[-1]
        if type(frame.node.value) is list:
            frame.node.value.append(node)
            if (not value or value.isspace()) and not frame.quiet:
                column = node.column if style else max(node.column - 1, 1)
                self.no_value(node.line, column, frame.field)
        elif frame.at_value:
            if (not value or value.isspace()) and frame.key is not None and not frame.quiet:
                at = (line, column) if style else (frame.key_line, frame.key_column)
                self.no_value(*at, frame.key)
            self.put(frame, node)
        else:
            self.scalar_key(frame, node)

    def no_dash(self, node: Node) -> bool:
        """Report plain text on a line of its own whose author meant it for a value of a list."""
        if self.line(node.line)[: node.column - 1].strip():
            return False
        if _NO_SPACE_DASH.match(node.value):
            self.syntax(node.line, node.column, "dash-space")
        elif match := _NO_DASH.match(node.value):
            if match["sign"]:
                self.syntax(node.line, node.column, "other-dash", sign=match["sign"])
            else:
                self.syntax(node.line, node.column + 1, "odd-space", name=_name(node.value[1]))
        else:
            return False
        self.report.causes.add(node.line + 1)  # the record's next line, which now fits nowhere
        return True

    def no_value(self, line: int, column: int, field: str) -> None:
        """Report a field without a value, unless what stands there is reported already."""
        if line not in self.report.causes:
            hint = _AFTER_HASH if re.search(r"[:-]\s+#\S", self.line(line)) else None
            self.report.add("empty-value", line, column, field=field, hint=hint)

    def last_text_line(self, first: int, end: int, column: int) -> int:
        """The last line of a block scalar; the parser counts the blank lines after it as well."""
        last = end if column else end - 1
        while last > first and (last >= len(self.lines) or not self.lines[last].strip()):
            last -= 1
        return max(last, first) + 1

    def top_text(self, node: Node) -> None:
        if node.style is None and (match := _ONE_WORD_COLON.match(self.line(node.line), node.column - 1)):
            self.syntax(node.line, match.start(1) + 1, "colon-space")
        else:
            self.report.add("not-a-mapping", node.line, node.column, found="text")

    def scalar_key(self, frame: _Frame, node: Node) -> None:
        name = node.value
        frame.at_value = True
        frame.key = None
        frame.key_line, frame.key_column = node.line, node.column
        if name == "<<" and node.style is None:
            self.report.add("yaml-merge-key", node.line, node.column)
        elif not name.strip():
            if node.line not in self.report.causes:
                self.report.add("bad-key", node.line, node.column, found="empty")
        elif "\n" in name:
            self.report.add("bad-key", node.line, node.column, found="several lines")
        elif name in frame.node.value:
            self.repeated(frame, node, name)
        else:
            frame.key = name

    def repeated(self, frame: _Frame, node: Node, name: str) -> None:
        """A field that its record has already. Where it is the record's first, a dash is missing: said once."""
        first = frame.node.value[name].line
        in_list = len(self.stack) > 1 and isinstance(self.stack[-2].node.value, list) and first != node.line
        if not frame.repeats:
            hint = _KEEP_ONE_OR_DASH if in_list else None
            self.report.add("duplicate-key", node.line, node.column, field=name, first=first, hint=hint)
        if in_list and name == next(iter(frame.node.value)):
            frame.repeats = True

    def put(self, frame: _Frame, node: Node) -> None:
        """The value of the key read last."""
        frame.at_value = False
        if frame.key is not None:
            frame.node.value[frame.key] = Entry(frame.key_line, frame.key_column, node)

    def open(self, event: yaml.CollectionStartEvent, value: list | dict) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if self.may_have_properties:
            self.properties(event)
        if len(self.stack) == MOST_DEEP:
            self.report.add("too-deep", line, column, most=MOST_DEEP)
            raise _Stop
        node = Node(line, column, value, None, line)
        field, quiet = "", False
        if not self.stack:
            if isinstance(value, list):
                self.report.add("not-a-mapping", line, column, found="a list")
                raise _Stop
            self.root = node
        else:
            frame = self.stack[-1]
            field, quiet = frame.field, frame.quiet
            if isinstance(frame.node.value, list):
                frame.node.value.append(node)
            elif frame.at_value:
                field = frame.key or field
                quiet = quiet or frame.key is None
                self.put(frame, node)
            else:
                if not quiet:
                    found = "a list" if isinstance(value, list) else "a record"
                    self.report.add("bad-key", line, column, found=found)
                frame.at_value, frame.key, quiet = True, None, True
        self.stack.append(_Frame(node, field, quiet, bool(event.flow_style)))

    def close(self, event: yaml.CollectionEndEvent) -> None:
        node = self.stack.pop().node
        start, end = event.start_mark, event.end_mark
        if (start.line, start.column) != (end.line, end.column):  # a closing bracket
            node.end_line, node.end_column = end.line + 1, end.column + 1
            self.closed = node, "]" if isinstance(node.value, list) else "}"
        elif isinstance(node.value, list):
            node.end_line = node.value[-1].end_line if node.value else node.line
        else:
            last = next(reversed(node.value.values()), None)
            node.end_line = node.line if last is None else last.node.end_line
        if not node.end_column:
            self.just_closed.append(node)

    def alias(self, event: yaml.AliasEvent) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.report.add("yaml-alias", line, column, anchor=event.anchor)
        if not self.stack:
            raise _Stop
        frame = self.stack[-1]
        node = Node(line, column, f"*{event.anchor}", None, line)
        if isinstance(frame.node.value, list):
            frame.node.value.append(node)
        elif frame.at_value:
            self.put(frame, node)
        else:
            frame.at_value, frame.key = True, None

    def properties(self, event: yaml.NodeEvent) -> None:
        """Report the anchor and the tag before a value. A bare `!` is told only by the text."""
        number, column = event.start_mark.line, event.start_mark.column
        line = self.lines[number] if number < len(self.lines) else ""
        if line[column: column + 1] not in ("&", "!"):
            return
        while match := _PROPERTY.match(line, column):
            if match[0][0] == "&":
                self.report.add("yaml-anchor", number + 1, column + 1, anchor=match[0][1:])
            else:
                self.report.add("yaml-tag", number + 1, column + 1, tag=match[0])
            column = match.end()
            while line[column: column + 1] in (" ", "\t"):
                column += 1

    def bad_escapes(self, start: yaml.Mark, end: yaml.Mark) -> None:
        """Report characters that only an escape such as `\\u202E` brings in."""
        for number in range(start.line, end.line + 1):
            first = start.column if number == start.line else 0
            last = end.column if number == end.line else len(self.lines[number])
            for match in _ESCAPE.finditer(self.lines[number], first, last):
                digits = match[1] or match[2] or match[3]
                character = chr(int(digits, 16)) if digits else _SHORT_ESCAPES.get(match[4], "")
                if character and _BAD.match(character):
                    self.report.add("bad-character", number + 1, match.start() + 1, name=_name(character))

    # --- what the parser could not read ---------------------------------------------------

    def syntax(self, line: int, column: int, words: str, /, **facts: object) -> None:
        """Report broken YAML, unless something on the line, or a tab above, may be its cause."""
        if line in self.report.causes or self.first_tab <= line:
            return
        if words not in ("odd-space", "dash-space", "other-dash"):
            for number in (line, self.line_above(line)):
                if match := _ODD_SPACE.match(self.line(number)):
                    if number not in self.report.causes:
                        self.syntax(number, match.end(match.lastgroup), "odd-space", name=_name(match[match.lastgroup]))
                    return
        problem, hint = _WORDS[words]
        if words in _QUOTABLE and _TYPOGRAPHIC.search(self.line(line)):
            hint = _STRAIGHT
        self.report.add("yaml-syntax", line, column, problem=problem.format(**facts), hint=hint.format(**facts))

    def line(self, number: int) -> str:
        """Line `number`, counted from 1; nothing past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def line_above(self, number: int) -> int:
        """The number of the line above, past blank lines and comments; 0 where there is none."""
        above = number - 1
        while above and (not self.line(above).strip() or self.line(above).lstrip().startswith("#")):
            above -= 1
        return above

    def unplaced(self) -> None:
        """A tag or an escape that stands for no character; the parser does not say where."""
        number, column = self.last_end
        if match := _ESCAPED_TAG.search(self.line(number + 1), column):
            self.report.add("yaml-tag", number + 1, match.start() + 1, tag=match[0])
        else:
            self.syntax(number + 1, column + 1, "unknown")

    def explain(self, error: yaml.MarkedYAMLError) -> None:
        """Say in an editor's words what the parser stumbled over, and where."""
        mark = error.problem_mark or error.context_mark
        if mark is None:
            self.syntax(1, 1, "unknown")
            return
        line, column = mark.line + 1, mark.column + 1
        opening = error.context_mark or mark
        at_opening = opening.line + 1, opening.column + 1
        problem, context = error.problem or "", error.context or ""
        character = self.line(line)[column - 1: column]

        if character == "\t" and ("tab" in problem or "cannot start" in problem):
            if not self.line(line)[: column - 1].strip(" "):
                self.report.add("tab-indentation", line, column)
            else:
                self.syntax(line, column, "tab")
        elif "quoted scalar" in context or "quoted scalar" in problem or "double-quoted" in context:
            if "end of stream" in problem or "document" in problem:
                quote = self.line(at_opening[0])[at_opening[1] - 1: at_opening[1]] or '"'
                self.syntax(*at_opening, "open-quote", quote=quote)
            else:
                self.escape(line, column)
        elif "cannot start any token" in problem:
            if character == "`" and self.line(line).lstrip().startswith("```"):
                words = "fence"
            elif character == "@":
                words = "at-sign"
            else:
                words = "percent-line" if character == "%" and column == 1 else "start"
            self.syntax(line, column, words, sign=character)
        elif "directive" in context:
            self.syntax(*at_opening, "percent-line", sign="%")
        elif "scanning an alias" in context or "scanning an anchor" in context:
            number, start = at_opening
            if "alias" in context and re.fullmatch(r" *\*[ \t]", self.line(number)[: start + 1]):
                self.syntax(number, start, "other-dash", sign="*")
            else:
                self.syntax(number, start, "start", sign="*" if "alias" in context else "&")
        elif "tag" in context or "tag handle" in problem:
            number, start = at_opening
            match = _PROPERTY.match(self.line(number), start - 1)
            self.report.add("yaml-tag", number, start, tag=match[0] if match else "!")
        elif "block scalar" in context:
            sign = self.line(at_opening[0])[at_opening[1] - 1: at_opening[1]] or "|"
            self.syntax(*at_opening, "block", sign=sign)
        elif self.after_closed(line):
            pass
        elif "flow" in context:
            self.open_bracket(at_opening, line)
        elif "simple key" in context:
            self.no_key(at_opening[0])
        elif "mapping values" in problem:
            self.colon(line, column)
        elif "sequence entries" in problem:
            self.syntax(line, column, "list-here")
        elif "mapping keys" in problem:
            self.syntax(line, column, "start", sign="?")
        elif "node content" in problem:
            if character:
                self.syntax(line, column, "start", sign=character)
            else:
                self.syntax(line, column, "unknown")
        elif "document start" in problem:
            percent = [number for number in range(1, line) if self.line(number).startswith("%")]
            if percent and self.root is None:
                self.syntax(percent[0], 1, "percent-line", sign="%")
            else:
                self.syntax(line, column, "after-end")
        elif "expected" in problem:
            self.misfit(line, column)
        else:
            self.syntax(line, column, "unknown")

    def after_closed(self, line: int) -> bool:
        """Text that follows a closing quote or bracket on the same line."""
        if self.closed is None or self.last_end[0] != self.closed[0].end_line - 1:
            return False
        node, sign = self.closed
        number, column = self.last_end
        rest = self.lines[number][column:]
        text = rest.lstrip()
        in_brackets = any(frame.flow for frame in self.stack)
        if number + 1 != line or node.end_line != line or not text or text[0] in ("#:,]}" if in_brackets else "#:"):
            return False
        column += len(rest) - len(text) + 1
        if sign in "]}":
            self.report.forget_fields(node.line, node.column)
            self.syntax(line, column, "after-bracket", close=sign, open="[" if sign == "]" else "{")
        elif node.line == line:
            words = "after-apostrophe" if sign == "'" else "after-quote"
            self.syntax(line, column, words)
        else:
            self.syntax(node.line, node.column, "late-quote", quote=sign, line=line)
        return True

    def escape(self, line: int, column: int) -> None:
        text = self.line(line)
        at = text.rfind("\\", 0, column)
        if at < 0:
            self.syntax(line, column, "unknown")
        else:
            self.syntax(line, at + 1, "escape", escape=re.match(r"\\(?:[xuU][0-9A-Fa-f]*|.?)", text[at:])[0])

    def open_bracket(self, at: tuple[int, int], line: int) -> None:
        sign = self.line(at[0])[at[1] - 1: at[1]]
        self.report.forget_fields(*at)
        if sign == ",":
            self.syntax(*at, "two-commas")
            return
        self.syntax(*at, "open-bracket", open=sign, close="}" if sign == "{" else "]", line=min(line, self.last_line()))

    def last_line(self) -> int:
        last = len(self.lines)
        while last > 1 and not self.lines[last - 1].strip():
            last -= 1
        return last

    def no_key(self, number: int) -> None:
        """A line at a field's place that is no `field: value`."""
        text = self.line(number)
        start = len(text) - len(text.lstrip()) + 1
        if match := _ONE_WORD_COLON.match(text):
            self.syntax(number, match.start(1) + 1, "colon-space")
        elif _NO_SPACE_DASH.match(text, start - 1):
            self.syntax(number, start, "dash-space")
        elif match := _WIDE_COLON.match(text):
            self.syntax(number, match.start(1) + 1, "wide-colon", sign=match[1])
        else:
            self.syntax(number, start, "no-colon")

    def colon(self, line: int, column: int) -> None:
        """A colon and a space where no field can begin."""
        text = self.line(line)
        if re.search(r":[ \t]", text[: column - 1]):
            outside = re.search(r":[ \t]+outside$", text[: column - 1])
            self.syntax(line, column, "outside" if outside else "colon-in-text")
            return
        above = self.line_above(line)
        before = self.line(above)
        inner, outer = (len(t) - len(t.lstrip(" ")) for t in (text, before))
        if not above:
            self.syntax(line, column, "unknown")
        elif inner > outer and re.fullmatch(r"[a-z0-9][\w-]*", before.strip()):
            self.syntax(above, len(before.rstrip()) + 1, "lone-word", word=before.strip())
        elif re.search(r":(?:\s|$)", before) or inner > outer and not _ONE_WORD_COLON.match(before):
            self.syntax(line, inner + 1, "field-in-text")
        else:
            self.no_key(above)

    def misfit(self, line: int, column: int) -> None:
        text = self.line(line)
        if text[: column - 1].strip():
            self.syntax(line, column, "unknown")
        elif text[column - 1: column] == ":":
            self.report.add("bad-key", line, column, found="empty")
        elif _NO_SPACE_DASH.match(text, column - 1):
            self.syntax(line, column, "dash-space")
        else:
            self.indentation(line, column)

    def indentation(self, line: int, column: int) -> None:
        """A line that starts between the columns at which something is open: say which is the nearest."""
        blocks = [frame.node for frame in self.stack if not frame.flow] + self.just_closed[::-1]
        dash = re.match(r" *- ", self.line(line)) is not None
        if dash and len(blocks) > 1 and isinstance(blocks[-1].value, dict):
            inner, outer = blocks[-1], blocks[-2]
            if isinstance(outer.value, dict) and outer.column <= column < inner.column:
                self.syntax(line, column, "first-dash", first=inner.line)
                return
        places = [node for node in blocks if isinstance(node.value, list) == dash]
        if self.after_text(line):
            self.syntax(line, column, "text-indentation", found=_spaces(column - 1))
        elif places:
            nearest = min(abs(node.column - column) for node in places)
            wanted = [f"{_spaces(node.column - 1)}, as in line {self.line_at(node, line)}"
                      for node in places if abs(node.column - column) == nearest]
            self.syntax(line, column, "indentation", found=_spaces(column - 1), wanted=" or ".join(wanted))
        else:
            self.syntax(line, column, "misplaced")

    def after_text(self, line: int) -> bool:
        """Whether text under `|` ended just above a line, and the line reads like its continuation."""
        node = self.text_block
        return (node is not None and node.end_line == self.line_above(line)
                and not re.match(r"\s*(?:- |[\w-]+:(?:\s|$))", self.line(line)))

    def line_at(self, node: Node, line: int) -> int:
        """The last line above one at which something starts in the column of a list or a record."""
        inside = node.value.values() if isinstance(node.value, dict) else node.value
        return max((part.line for part in inside if part.line < line), default=node.line)


def _spaces(number: int) -> str:
    return {0: "no space", 1: "1 space"}.get(number, f"{number} spaces")


_WIDE_COLON = re.compile(r"\s*(?:- +)*[^\W\d][\w.-]*\s*([\uff1a\ufe55\ua789\u02d0\u2236])")
_AFTER_HASH = 'What follows "#" is a comment: if it is the value, put it in quotes'
_KEEP_ONE_OR_DASH = "Keep one of the two; if another record starts here, put `- ` before its first field"
_QUOTE_IT = "If it is text, put the whole value in quotes, or write it under `|`"

# A value in typographic quotes looks quoted to its author, and is not.
_TYPOGRAPHIC = re.compile("(?:^|[:,\\[{-])\\s*[\u201c\u201d\u201e\u2018\u2019\u00ab]")
_QUOTABLE = ("colon-in-text", "open-bracket", "field-in-text", "after-bracket", "start")
_STRAIGHT = 'Typographic quotes do not count: put the value in straight quotes (")'

# Each way to break YAML: what is wrong, and what to write instead.
_WORDS = {
    "colon-in-text": ("this value has a colon followed by a space",
                      "Put the whole value in quotes, or write it under `|`"),
    "field-in-text": ("this line continues the value above it, but has a colon followed by a space",
                      "If it is a field, indent it like the fields above; "
                      "if it is text, put the whole value in quotes"),
    "colon-space": ("a space is missing after the colon", "Write `field: value`, with a space after the colon"),
    "dash-space": ("a space is missing after the dash", "Write `- value`, with a space after the dash"),
    "other-dash": ('a list is written with hyphens, not with "{sign}"',
                   "Write `- value`, with a plain hyphen and a space"),
    "odd-space": ("the space here is no plain space ({name})", "Delete it, and press the space bar instead"),
    "wide-colon": ("this colon ({sign}) is no plain one",
                   "Write `field: value`, with a plain colon and a space after it"),
    "no-colon": ("this line is not a `field: value` line",
                 "If it continues the value above, indent it further; otherwise write a field, a colon and a space"),
    "lone-word": ("a colon is missing at the end of this line", "Write `{word}:`"),
    "start": ('a value cannot start with "{sign}"', "Put the whole value in quotes"),
    "at-sign": ('a value cannot start with "@"',
                "Where a source's id belongs, write it without @; if it is text, put the whole value in quotes"),
    "fence": ("the marks ``` stand here", "Delete this line, and the one with the closing marks"),
    "percent-line": ('a line cannot start with "{sign}"', "Delete the line, or indent it if it is text"),
    "directive": ("a YAML directive stands here", "Delete the lines above `---`"),
    "list-here": ("a list cannot start on the line of its field",
                  "Start each `- ` on a line of its own; if it is text, put the whole value in quotes"),
    "open-quote": ("the quote that opens here is never closed", "Put {quote} at the end of the value as well"),
    "late-quote": ("the quote that opens here is closed in line {line}, in the middle of that line",
                   "Put {quote} where the value ends"),
    "after-quote": ("text follows the closing quote",
                    "Put the whole value in quotes: '...' if it holds double quotes itself, or write it under `|`"),
    "after-apostrophe": ("text follows the closing quote",
                         "Inside single quotes write an apostrophe twice (''), or write the value under `|`"),
    "after-bracket": ('text follows "{close}", but a value that starts with "{open}" ends there',
                      "Put the whole value in quotes, or write it under `|`"),
    "open-bracket": ('the "{open}" here is not closed, or a comma is missing before line {line} ends',
                     'Close it with "{close}". ' + _QUOTE_IT),
    "two-commas": ("a value is missing before this comma", "Delete the comma"),
    "outside": ("this value has a colon followed by a space", "Write {{outside: Name}}, in braces"),
    "block": ('text follows "{sign}" on the same line',
              'Start the text on the next line, indented; or put the whole value in quotes if it begins with "{sign}"'),
    "escape": ('"{escape}" means nothing inside double quotes', "Write \\\\ for a backslash, or use single quotes"),
    "tab": ("a tab stands here", "Write a space instead"),
    "indentation": ("this line starts with {found}, which fits none of the lines above it",
                    "Start it exactly below what it belongs with: with {wanted}"),
    "text-indentation": ("this line starts with {found}, and the text above it with more",
                         "Start it exactly below that text"),
    "first-dash": ("a list goes on here, but its first value, in line {first}, has no dash",
                   "Write `- ` before that value, too, in the column of this one"),
    "misplaced": ("the indentation of this line does not fit the lines above it",
                  "Start it exactly below the line it belongs with"),
    "after-end": ("this line does not belong to what stands above it",
                  "Write `field: value` lines only; text that starts with a quote or a bracket needs a field"),
    "unknown": ("this line cannot be read",
                "Look for a missing quote, bracket or colon here and in the line above"),
}
