"""Edits of a content folder as an editor makes them: each changes what no edit before it changed so, and tells which
words must then stand on which page."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

SECTIONS = {
    "actors": "actors", "demands": "demands", "events": "events", "un-process/bodies": "un-process",
    "un-process/instruments": "un-process", "un-process/meetings": "un-process"}
"""The address that the briefs in a folder have above them."""

TEMPLATE = "pages/event.md.j2"
"""The template that is edited: that of events, of which every dossier of some size has some."""

_SUMMARY = re.compile(r"^summary: \|\n(?:  Worded anew in round \S+\.\n)?", re.MULTILINE)
_NAME = re.compile(r"^name: (.*)$", re.MULTILINE)
_TITLE = re.compile(r"^  title: (.*)$", re.MULTILINE)
_KICKER = re.compile(r'(<p class="kicker">Event)[^·<]*·')
_WORD = re.compile(r"[a-z0-9-]+")


@dataclass(frozen=True)
class Edit:
    """A page's address, and words that stand on it now."""

    address: str
    words: str


def address_of(content: Path, file: Path) -> str:
    """The address of the brief in a file, such as `actors/calder/`."""
    return f"{SECTIONS[file.parent.relative_to(content).as_posix()]}/{file.stem}/"


class Edits:
    """Edits of one content folder, and of the template beside the program that builds it."""

    def __init__(self, content: Path, templates: Path) -> None:
        self.content = content
        self.template_file = templates / TEMPLATE
        self.files = [file for folder in SECTIONS for file in sorted((content / folder).glob("*.yml"))]
        self.sources = sorted((content / "sources").glob("*.yml"))
        texts = {file: file.read_text(encoding="utf-8") for file in (*self.files, *self.sources)}
        mentioned = Counter(word for text in texts.values() for word in set(_WORD.findall(text)))
        # A person's name is written a second time, to be sorted by.
        named = [file for file in self.files if not re.search("^sort: ", texts[file], re.MULTILINE)]
        self.known = sorted(named, key=lambda file: (-mentioned[file.stem], file.stem))
        """The briefs, those that most files mention first."""
        ids = [(id, file) for file in self.sources for id in re.findall(r"^([a-z0-9-]+):$", texts[file], re.MULTILINE)]
        self.cited = sorted(ids, key=lambda source: (-mentioned[source[0]], source[0]))
        """The sources, those that most files cite first."""
        kinds = [[file for file in self.files if file.parent == content / folder] for folder in SECTIONS]
        self.turns = [kind for kind in kinds if kind]
        self.round = 0

    def tag(self) -> str:
        """Another word at each call."""
        self.round += 1
        return f"Q{self.round}z"

    def nothing(self) -> None:
        return None

    def summary(self) -> Edit:
        """Other words in a brief's summary: each time a brief of another kind, none of the best known."""
        tag = self.tag()
        kind = self.turns[self.round % len(self.turns)]
        file = kind[(len(kind) // 2 + self.round // len(self.turns)) % len(kind)]
        words = f"Worded anew in round {tag}."
        _replace(file, _SUMMARY, lambda _: f"summary: |\n  {words}\n")
        return Edit(address_of(self.content, file), words)

    def title(self) -> Edit:
        """Another name for one of the briefs that most pages mention."""
        tag = self.tag()
        file = self.known[self.round % min(len(self.known), 5)]
        return Edit(address_of(self.content, file), _rename(file, _NAME, tag))

    def source(self) -> Edit:
        """Another title for a source that is cited more often than nine in ten."""
        tag = self.tag()
        id, file = self.cited[(len(self.cited) // 10 + self.round) % len(self.cited)]
        head = re.compile(rf"(?s)^{re.escape(id)}:\n.*?(?=^\S|\Z)", re.MULTILINE)
        return Edit(f"sources/{id}/", _rename(file, _TITLE, tag, head))

    def template(self) -> Edit:
        """Other words in the template of all events."""
        tag = self.tag()
        _replace(self.template_file, _KICKER, lambda match: f"{match[1]} {tag} ·")
        event = next(file for file in self.files if file.parent.name == "events")
        return Edit(address_of(self.content, event), f"Event {tag} ·")


def _replace(file: Path, pattern: re.Pattern[str], put: object) -> None:
    text = file.read_text(encoding="utf-8")
    new, count = pattern.subn(put, text, count=1)  # type: ignore[call-overload]
    assert count == 1 and new != text, f"nothing to edit in {file.name}"
    file.write_text(new, encoding="utf-8")


def _rename(file: Path, pattern: re.Pattern[str], tag: str, part: re.Pattern[str] | None = None) -> str:
    """Put a tag behind a name, in the place of an earlier one; returns the tag."""

    def renamed(match: re.Match[str]) -> str:
        text = match[0]
        value = re.search(pattern, text)
        assert value is not None, file.name
        plain = json.loads(value[1]) if value[1].startswith('"') else value[1].strip("'").replace("''", "'")
        name = json.dumps(f"{re.sub(r' Q[0-9]+z$', '', plain)} {tag}", ensure_ascii=False)
        return text[:value.start(1)] + name + text[value.end(1):]

    _replace(file, part or re.compile(r"(?s)\A.*"), renamed)
    return tag
