"""The report as Markdown that any code host shows as it is meant, whatever stands in the content.

Every value that a template puts out is escaped on its way, so that content can make no link, mention, image, HTML
or heading; only the template's own text and what is marked as ready (`Markup`) goes through as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from generator import prose
from generator.addresses import edition_address
from generator.compare.balance import matched_sides
from generator.compare.changes import Changes, FieldChange, Place
from generator.compare.sameness import Sameness, is_empty
from generator.compare.wording import is_worded
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Source
from generator.models.base import Script
from generator.models.fields import (
    Citation,
    CountingPoint,
    Language,
    Party,
    Prose,
    Reference,
    TimeOfDay,
    Url,
)
from generator.models.settings import Licence, Side
from generator.rendering import TEMPLATES, running_name, unquoted

if TYPE_CHECKING:
    from generator.compare.report import Report

MOST_CHARACTERS = 60_000
"""Hosts refuse longer comments: GitHub's limit is 65,536 characters, and the comment's maker adds some."""

_CUTS = (60, 40, 25, 15, 10, 6, 4, 2, 1)
"""How many entries a list shows at most: the first number with which the text is short enough."""

_MOST_WORDS = 60
"""So many words of a text are quoted where it is not compared."""


LineLink = Callable[[str, str, int], str]
"""The address of a line on the repository's host: commit, path in the repository, line."""


class Linker:
    """Shows a place in a file: as a link to the repository's host where it is known, or as text."""

    def __init__(self, line_link: LineLink | None = None, content_path: str = "content", head: str = "",
                 base: str = "", base_path: str | None = None) -> None:
        self.line_link, self.content_path, self.head, self.base = line_link, content_path, head, base
        self.base_path = content_path if base_path is None else base_path

    def __call__(self, place: Place) -> Markup:
        """The place as Markdown, such as `` `content/actors/calder.yml:12` ``."""
        commit = self.base if place.old else self.head
        _, _, below = place.file.partition("/")
        if self.line_link is None or not commit:
            return Markup(f"`{code(place.file)}:{place.line}`")
        path = f"{self.base_path if place.old else self.content_path}/{below}".lstrip("/")
        return Markup(f"[`{code(below)}:{place.line}`]({self.line_link(commit, path, place.line)})")


Called = tuple[str, str]
"""What the person called a side, and its commit's number; the number is empty for the files as they are now."""


def as_markdown(report: Report, sides: tuple[Called, Called], linker: Linker,
                moved: tuple[str, str] | None = None) -> str:
    """The whole text, cut to what a comment may hold. `moved`: the content folder's path before and now."""
    text = ""
    for most in _CUTS:
        text = Words(report.changes, linker).render(report, sides, most, moved)
        if len(text) <= MOST_CHARACTERS:
            break
    if len(text) > MOST_CHARACTERS:
        text = text[:MOST_CHARACTERS].rpartition("\n")[0] + "\n\n…\n"
    return text


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    """The templates, compiled once. Their filters ask the comparison's own words, which each text is given."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES / "diff"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined, keep_trailing_newline=True, auto_reload=False, finalize=escaped)

    def asking(name: str):  # type: ignore[no-untyped-def]
        return jinja2.pass_context(lambda context, *values: getattr(context["words"], name)(*values))

    environment.filters.update(
        {name: asking(name) for name in ("plain", "publisher", "said")}, unquoted=unquoted, running=running_name,
        code=lambda text: Markup(f"`{code(text)}`"), model=lambda record: type(record).__name__)
    return environment


class Words:
    """What the templates of one comparison ask for."""

    def __init__(self, changes: Changes, linker: Linker) -> None:
        self.changes = changes
        self.linker = linker
        self.sameness = Sameness(changes.renamed)

    def render(self, report: Report, sides: tuple[Called, Called], most: int, moved: tuple[str, str] | None) -> str:
        from generator.compare.report import field_passages  # and all that reports need, which single words do not

        return _tidy(_environment().get_template("report.md.j2").render(
            report=report, sides=sides, most=most, moved=moved, words=self, line_of=self.linker,
            list_change=self.list_change, value_kind=value_kind,
            passages=lambda field: field_passages(self.changes, self.sameness, field),
            first_sentence=self.first_sentence, side_changes=self.side_changes,
            edition_page=lambda date: Markup(f"`/{edition_address(str(date))}`"),
            as_of=self.changes.after.dossier.as_of))

    # --- values as text ------------------------------------------------------------------

    def _dossiers(self) -> tuple[Dossier, Dossier]:
        return self.changes.after.dossier, self.changes.before.dossier

    def name(self, id: str) -> str:
        """A brief's name within a sentence, also of one that is gone; the id where there is no such brief."""
        for dossier in self._dossiers():
            if id in dossier.briefs:
                return running_name(dossier.briefs[id])
        return id

    def publisher(self, id: str) -> str:
        for dossier in self._dossiers():
            source = dossier.briefs.get(id)
            if isinstance(source, Source):
                return str(source.publisher)
        return id

    def plain(self, text: str, most: int = _MOST_WORDS) -> str:
        """Prose as plain text, cut after so many words."""
        words = prose.plain(text, self.name).split()
        return " ".join(words[:most]) + (" …" if len(words) > most else "")

    def first_sentence(self, text: str) -> str:
        return self.plain(next(iter(prose.sentences(text)), ""), 45)

    def said(self, value: object) -> str | Markup:
        """A single value as a reader sees it."""
        if isinstance(value, Party):
            return self.name(value.ref.id) if value.ref else value.outside or ""
        if isinstance(value, Citation):
            place = f", {value.locator}" if value.locator else ""
            return f"{self.publisher(value.id)} [{value.id}{place}]"
        if isinstance(value, Reference):
            return self._reference(value)
        if isinstance(value, CountingPoint):
            return self.said(value.ref or value.date) if value.ref or value.date else "adoption"
        if isinstance(value, (Edtf, TimeOfDay)):
            return value.readable() if isinstance(value, Edtf) else value.readable
        if isinstance(value, Url):
            return Markup(f"`{code(value)}`")
        if isinstance(value, Prose):
            return self.plain(value)
        if isinstance(value, Language):
            return value.words
        if isinstance(value, Script):
            return f"{value.name} ({value.lang.words})"
        if isinstance(value, Licence):
            return str(value.name)
        if isinstance(value, Side):
            return f"{value.name}: {self.names_of(value.actors)}"
        return str(value)

    def _reference(self, value: Reference) -> str:
        name = self.name(value.id)
        for dossier in self._dossiers():
            for path, anchor in dossier.anchors.get(value.id, {}).items():
                if value.anchor and anchor == value.anchor and path[0] == "provisions" and len(path) == 2:
                    text = dossier.briefs[value.id]
                    return f"{name}, {text.provisions[path[1]].paragraph}"  # type: ignore[attr-defined]
        return f"{name}, {value.anchor}" if value.anchor else name

    def names_of(self, ids: Iterable[str]) -> str:
        return ", ".join(self.name(id) for id in ids)

    def side_changes(self, field: FieldChange) -> list[tuple[Side | None, Side | None, str, str]]:
        """The sides that are others than before, as they were and are, with the names of who came and who went."""
        found = []
        for was, now in matched_sides(field.before or (), field.after or (), self.sameness):  # type: ignore[arg-type]
            old, new = ({self.sameness.id(id): id for id in (side.actors if side else ())} for side in (was, now))
            come, gone = ([id for key, id in mine.items() if key not in others] for mine, others in (
                (new, old), (old, new)))
            if come or gone or (was and now and was.name != now.name):
                found.append((was, now, self.names_of(come), self.names_of(gone)))
        return found

    def list_change(self, field: FieldChange) -> tuple[list[object], list[object], list[object]]:
        """What of a list came, what went, and who is named as before but by another brief or by none."""
        before, after = (_as_list(value) for value in (field.before, field.after))
        old, new = ([self.sameness.key(item) for item in items] for items in (before, after))
        come, gone = _without(after, new, old), _without(before, old, new)
        names = [str(self.said(item)) for item in gone if isinstance(item, Party)]
        same = [item for item in come if isinstance(item, Party) and str(self.said(item)) in names]
        said = [str(self.said(item)) for item in same]
        return ([item for item in come if item not in same],
                [item for item in gone if not (isinstance(item, Party) and str(self.said(item)) in said)], same)


def _as_list(value: object) -> list[object]:
    if isinstance(value, dict):
        return [f"{name}: {text}" for name, text in value.items()]
    return list(value) if isinstance(value, tuple) else []


def _without(items: list[object], keys: list[object], others: list[object]) -> list[object]:
    """The items whose keys the others do not have, or have less often."""
    left = list(others)
    found = []
    for item, key in zip(items, keys, strict=True):
        if key in left:
            left.remove(key)
        else:
            found.append(item)
    return found


def value_kind(field: FieldChange) -> str:
    """How a field's change is told: `list`, `text`, `yes-no` or `value`; `came` or `went` for one side only."""
    value = field.after if not is_empty(field.after) else field.before
    if isinstance(value, bool):
        return "yes-no"
    if isinstance(value, (tuple, dict)):
        return "list"
    if is_empty(field.before):
        return "came"
    if is_empty(field.after):
        return "went"
    return "text" if is_worded(field.before, field.after) else "value"


# --- making text safe ------------------------------------------------------------------------

_SIGNS = re.compile(r"[\\`*_\[\]~|$]")
_FIRST_SIGN = re.compile(r"^(\s*)([#+=-])")
_FIRST_NUMBER = re.compile(r"^(\s*[0-9]+)([.)])(?=\s|$)")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What cannot be seen, and what turns the order of letters round: only file names and messages can hold it."""
_BREAK = "\u200b"
"""A space without width: it keeps a host from seeing a name, a number or an address in running text."""
_TRIGGERS = re.compile(
    r"(?<=@)(?=\w)|(?<=[#!])(?=\d)|(?<=\bGH-)(?=\d)|(?<=http)(?=s?://)|(?<=ftp)(?=://)|(?<=www)(?=\.)"
    r"|(?<=mailto)(?=:)|(?<=xmpp)(?=:)|(?<=:)(?=[a-z0-9_+-]+:)|(?<=\W:)(?=\w)|(?<=^:)(?=\w)", re.IGNORECASE)
_COMMIT_NUMBER = re.compile(r"(?<![0-9A-Za-z])([0-9a-f]{3})([0-9a-f]{4,61})(?![0-9A-Za-z])", re.IGNORECASE)


def escaped(value: object) -> Markup:
    """Any value as Markdown that shows it and does nothing else. What is marked as ready stays as it is."""
    if isinstance(value, Markup):
        return value
    text = _HIDDEN.sub("", re.sub(r"\s+", " ", str(value)))
    text = _TRIGGERS.sub(_BREAK, text)
    text = _COMMIT_NUMBER.sub(rf"\1{_BREAK}\2", text)
    text = _SIGNS.sub(r"\\\g<0>", text)
    text = _FIRST_NUMBER.sub(r"\1\\\2", _FIRST_SIGN.sub(r"\1\\\2", text))
    return Markup(isolated(text.translate(_HTML)))


def code(text: str) -> str:
    """Text inside a pair of backticks."""
    return _HIDDEN.sub("", re.sub(r"\s", " ", text.replace("`", "'")))


def isolated(text: str) -> str:
    """Text that runs from right to left kept apart from what stands around it."""
    first = next((unicodedata.bidirectional(char) for char in text
                  if unicodedata.bidirectional(char) in ("L", "R", "AL")), "L")
    return text if first == "L" else f"\u2068{text}\u2069"


def _tidy(text: str) -> str:
    """No blanks at the ends of lines and no runs of empty lines: what templates leave behind."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip("\n") + "\n"
