"""The canonical format of content files: what departs from it, and the text that does not.

Each rule yields changes: what is wrong at which place, and the edits that mend it. Mending makes all edits that
do not touch each other, reads the text again and goes on until nothing is left to change. Whatever no rule
speaks of keeps its bytes, comments included.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.diagnostics import Diagnostic, format_diagnostic
from generator.files.edits import Edit, apply
from generator.format.document import Change, Document
from generator.format.layout import layout_changes
from generator.format.lists import list_changes
from generator.format.ordering import order_changes
from generator.format.scalars import scalar_changes
from generator.read.one_file import record_problems
from generator.read.yaml_text import Node, read_yaml
from generator.values import Value

BOM = "\ufeff"
MOST_ROUNDS = 40
"""So many rounds of edits are made at most; nesting is limited, so real files take a handful."""


STAGES = ((layout_changes, scalar_changes), (list_changes,), (order_changes,))
"""The rules, in the order in which they mend: lists are laid out once the indentation is right, and move last."""


class Mended(Value):
    """A file's text after mending, and how many things were mended. `refused` says why nothing was, if so."""

    text: str
    count: int = 0
    refused: str = ""


def format_problems(file: str, text: str, root: Node, kind: str) -> list[Diagnostic]:
    """Everything in a file that is not canonical. `text` is its text as it is, `root` what was read from it."""
    found = list(_raw_changes(text))
    found += changes(Document(with_line_feeds(text), root, kind))
    return sorted({format_diagnostic(change.code, change.words, file, change.line, change.column, **change.facts)
                   for change in found})


def changes(document: Document) -> Iterator[Change]:
    """What is not canonical, with the edits that mend it."""
    for stage in STAGES:
        for rule in stage:
            yield from rule(document)


def with_line_feeds(text: str) -> str:
    """The text as it is read: without a byte order mark, every line ended by a line feed."""
    text = text.removeprefix(BOM)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _raw_changes(text: str) -> Iterator[Change]:
    if text.startswith(BOM):
        yield Change("format-spacing", "bom", 1, 1)
    if "\r" in text:
        before = text[: text.index("\r")].removeprefix(BOM)
        yield Change("format-spacing", "line-feed", before.count("\n") + 1, len(before) - before.rfind("\n"))


def mend(text: str, kind: str) -> Mended:
    """A file's text in canonical form. `kind` is that of the folder it stands in, `settings` for dossier.yml.

    The text is refused, and comes back as it was, where it cannot be read without an error in its YAML, or where
    the mended text would say something else.
    """
    current = with_line_feeds(text)
    root, problems = read_yaml(current.encode(), "")
    if root is None or problems or not isinstance(root.value, dict):
        return Mended(text, refused="unread")
    first, first_round = root, list[Change]()
    for _ in range(MOST_ROUNDS):
        document = Document(current, root, kind)
        if not first_round:
            first_round = list(changes(document))
        edits = next(filter(None, (_together(stage) for stage in _staged(document))), None)
        if edits is None:
            break
        mended = apply(current, edits)
        root, problems = read_yaml(mended.encode(), "")
        if root is None or problems or mended == current:
            return Mended(text, refused="changed")
        current = mended
    else:
        return Mended(text, refused="changed")
    if current == text:
        return Mended(text)
    if not _same(first, root, kind) or _comments(with_line_feeds(text), first) != _comments(current, root):
        return Mended(text, refused="changed")
    return Mended(current, len(first_round) + sum(1 for _ in _raw_changes(text)))


def _staged(document: Document) -> Iterator[list[Change]]:
    for stage in STAGES:
        yield [change for rule in stage for change in rule(document)]


def _together(found: list[Change]) -> list[Edit]:
    """The edits of as many changes as do not touch each other, first come first served."""
    taken: dict[int, Edit] = {}
    starts: list[int] = []
    for change in found:
        new = [edit for edit in change.edits if taken.get(edit.start) != edit]
        if all(_is_free(edit, taken, starts) for edit in new):
            for edit in new:
                taken[edit.start] = edit
                insort(starts, edit.start)
    return list(taken.values())


def _is_free(edit: Edit, taken: dict[int, Edit], starts: list[int]) -> bool:
    if edit.start in taken:
        return False
    at = bisect_left(starts, edit.start)
    return (at == 0 or taken[starts[at - 1]].end <= edit.start) and (at == len(starts) or edit.end <= starts[at])


def _same(before: Node, after: Node, kind: str) -> bool:
    """Whether two trees say the same, and the same is wrong with them. A text's last line feed says nothing."""
    return _plain(before.plain()) == _plain(after.plain()) and (
        sorted(record_problems(before, kind)) == sorted(record_problems(after, kind)))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value.rstrip("\n")
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {name: _plain(item) for name, item in value.items()}


def _comments(text: str, root: Node) -> Counter[str]:
    """Every comment that stands on a line of its own, outside of texts."""
    inside: set[int] = set()

    def texts(node: Node) -> None:
        if isinstance(node.value, str):
            inside.update(range(node.line + 1, node.end_line + 1))
        else:
            for child in node.value if isinstance(node.value, list) else [e.node for e in node.value.values()]:
                texts(child)

    texts(root)
    return Counter(line.strip() for number, line in enumerate(text.split("\n"), 1)
                   if number not in inside and line.lstrip().startswith("#"))
