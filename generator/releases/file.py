"""`content/releases.json`: every release with its date, its reason and what it changed, and the last one's facts.

Only `briefing release` writes it. It is laid out to be read in a comparison of commits: a line for each change, for
each field of a record and for each statement. A seal at its end shows whether anybody else wrote in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from msgspec import field

from generator.diagnostics import Diagnostic, diagnostic
from generator.values import Value, as_plain

RELEASES_FILE = "releases.json"
FORMAT = 1

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
GROUPS = ("dossier", "positions", "who", "texts", "events", "sources", "wording")
"""What changes are told under, in the order of the page."""


class Edit(Value):
    """A field that says something else: its name in words, and both values; one is empty where it came or went."""

    field: str
    was: str
    now: str


class Change(Value):
    """One change, in words that stay true whatever becomes of the brief."""

    group: str
    how: str
    page: str
    """The brief's id, `dossier.yml`, or `pages/<name>`."""
    anchor: str
    title: str
    what: str
    """What it is about, or what was said; may be empty."""
    edits: tuple[Edit, ...] = ()
    sources: tuple[str, ...] = ()


class Release(Value):
    """A state of the dossier that was published. `holds`: how many briefs of each kind."""

    date: str
    reason: str
    facts: str
    """The dossier's fingerprint."""
    holds: Mapping[str, int]
    changes: tuple[Change, ...] = ()


class Releases(Value):
    """All releases, the oldest first, and what each record said at the last, such as `actors/calder`."""

    releases: tuple[Release, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def last(self) -> Release | None:
        return self.releases[-1] if self.releases else None


# --- writing ---------------------------------------------------------------------------------


def to_text(releases: Releases) -> str:
    """The whole file."""
    lines = ["{", f'"format": {FORMAT},', '"releases": [', *_joined(map(_release, releases.releases)), "],",
             '"facts": {', *_joined(_record(name, releases.facts[name]) for name in sorted(releases.facts)), "},"]
    text = "\n".join(lines) + "\n"
    return f'{text}"seal": "{_seal(text)}"\n}}\n'


def _release(release: Release) -> str:
    head = [f'"{name}": {_json(getattr(release, name))},' for name in ("date", "reason", "facts", "holds")]
    changes = [_json({name: value for name, value in as_plain(change).items() if value}) for change in release.changes]
    return "\n".join(["{", *head, '"changes": [', *_joined(changes), "]", "}"])


def _record(name: str, facts: Mapping[str, Any]) -> str:
    fields = []
    for field_name, value in facts.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            inner = "\n".join(["[", *_joined(map(_json, value)), "]"])
        else:
            inner = _json(value)
        fields.append(f"{_json(field_name)}: {inner}")
    return "\n".join([f"{_json(name)}: {{", *_joined(fields), "}"])


def _joined(pieces: Any) -> Iterator[str]:
    found = list(pieces)
    yield from (f"{piece}," for piece in found[:-1])
    yield from found[-1:]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _seal(text: str) -> str:
    return sha256(text.encode()).hexdigest()


# --- reading ---------------------------------------------------------------------------------

_CONFLICT = re.compile(r"(?m)^(<{7}|>{7})")
_SEALED = re.compile(r'"seal": "([0-9a-f]*)"\n\}\n*\Z')
_LATER_VERSION = ("Use the version of the program that made the last release; only where that is not what happened, take "
                  "the file back as it was in the last commit")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Broken(Exception):
    def __init__(self, reason: str, hint: str | None = None) -> None:
        super().__init__(reason)
        self.hint = hint


def read_releases(data: bytes, file: str) -> tuple[Releases | None, list[Diagnostic]]:
    """The releases from the file's bytes; None, and why, where they are not as `briefing release` writes them."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return None, [diagnostic("bad-encoding", file, byte=error.start)]
    conflict = _CONFLICT.search(text)
    if conflict:
        return None, [diagnostic("merge-conflict", file, text.count("\n", 0, conflict.start()) + 1, 1,
                                 sign=conflict[1], hint="Keep one side's file whole, and make the other side's "
                                                        "release again with `briefing release`")]
    try:
        plain = json.loads(text)
        found = _releases(plain)
    except json.JSONDecodeError as error:
        return None, [diagnostic("releases-broken", file, error.lineno, error.colno,
                                 reason=f"it is no valid JSON ({error.msg})")]
    except RecursionError:
        return None, [diagnostic("releases-broken", file, reason="it is nested too deep")]
    except _Broken as error:
        return None, [diagnostic("releases-broken", file, reason=str(error), hint=error.hint)]
    sealed = _SEALED.search(text)
    if sealed is None or sealed[1] != _seal(text[:sealed.start()]):
        return None, [diagnostic("releases-edited", file)]
    return found, []


def _releases(plain: object) -> Releases:
    top = _mapping(plain, "the file")
    version = top.get("format")
    if version is None:
        raise _Broken("it does not say its format")
    if version != FORMAT:
        raise _Broken(f"its format is {str(version)[:20]}, and this version of the program knows {FORMAT}", _LATER_VERSION)
    releases = tuple(_one_release(entry, f"release {number}")
                     for number, entry in enumerate(_list(top.get("releases"), "releases"), 1))
    days = [release.date for release in releases]
    if not days or days != sorted(days):
        raise _Broken("its releases are not in the order of their dates" if days else "it holds no release")
    facts = _mapping(top.get("facts"), "facts")
    for name, record in facts.items():
        _mapping(record, f'"{name}" in facts')
    return Releases(releases, facts)


def _one_release(plain: object, where: str) -> Release:
    entry = _mapping(plain, where)
    date = _string(entry.get("date"), f"the date of {where}")
    if not _DAY.fullmatch(date):
        raise _Broken(f"the date of {where} is no day")
    holds = _mapping(entry.get("holds"), f"what {where} holds")
    if not all(isinstance(number, int) for number in holds.values()):
        raise _Broken(f"what {where} holds is not counted in whole numbers")
    changes = tuple(_change(change, f"a change of {where}") for change in _list(entry.get("changes"), "changes"))
    return Release(date, _string(entry.get("reason"), f"the reason of {where}"),
                   _string(entry.get("facts"), f"the fingerprint of {where}"), holds, changes)


def _change(plain: object, where: str) -> Change:
    entry = _mapping(plain, where)
    texts = {name: _string(entry.get(name, ""), f"{name} in {where}")
             for name in ("group", "how", "page", "anchor", "title", "what")}
    if texts["group"] not in GROUPS or texts["how"] not in (ADDED, REMOVED, CHANGED):
        raise _Broken(f"{where} is of no known group or kind")
    edits = tuple(Edit(*(_string(_mapping(edit, where).get(name), f"{name} in {where}")
                         for name in ("field", "was", "now")))
                  for edit in _list(entry.get("edits", []), f"edits in {where}"))
    cited = _list(entry.get("sources", []), f"sources in {where}")
    sources = tuple(_string(id, f"a source in {where}") for id in cited)
    return Change(**texts, edits=edits, sources=sources)


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Broken(f"{what} must be a record")
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise _Broken(f"{what} must be a list")
    return value


def _string(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise _Broken(f"{what} must be a text")
    return value
