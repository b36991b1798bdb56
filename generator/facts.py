"""What a dossier says, apart from how it is typed, and the fingerprint of it.

Facts are plain JSON values: fields by the names that editors type, in canonical order, and only those that are set.
The same facts have the same fingerprint whatever the quotes, the order of fields, the layout, the comments or where
lines break; another value has another one. The order of a list does not count either, as in the comparison of two
dossiers: a statement is found by its anchor, and not by its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b, sha256
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec.structs import replace
from pydantic.fields import FieldInfo

from generator import prose
from generator.compare.sameness import is_empty, normal_text
from generator.models import FOLDERS, Brief
from generator.models.base import Record
from generator.models.fields import Citation, CountingPoint, Party, Prose
from generator.read.one_file import NO_PRINTS, Prints
from generator.read.records import field_names
from generator.reads import Each, Memo, are_noted, note, unrecorded

if TYPE_CHECKING:
    from generator.dossier import Dossier
    from generator.linking import Link
    from generator.read.content import HandPage
    from generator.read.one_file import FileRead, RecordRead

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json]"
PathIn = tuple[str | int, ...]

SHORT, ENTRY = 12, 8
"""So many digits of a fingerprint people are shown; so many an entry carries in its page.
A page carries 32 in its head."""

NAMES = "#names"
"""Under what a page's facts hold the names of other briefs that it shows."""


def facts_of(record: Record) -> dict[str, Json]:
    """What a record says, without its id: `{"date": "2031-05-20", "actor": "calder", ...}`.

    Dates are EDTF, parties an id or `{"outside": name}`, citations `id, place`; prose has its lines joined.
    """
    found: dict[str, Json] = {}
    for typed, name, default in _plan(type(record)):
        value = getattr(record, name)
        if not is_empty(value) and value != default:
            found[typed] = _plain(value)
    return found


def _said(sayer: Record | HandPage, field: str) -> Json | None:
    """What one field says, by the name that an editor types; None where it says nothing."""
    if not isinstance(sayer, Record):
        note("#pages", "")
        return page_facts(sayer)[field]
    typed, name, default = _plan_by_name(type(sayer))[field]
    value = getattr(sayer, name)
    return _plain(value) if not is_empty(value) and value != default else None


@cache
def _plan_by_name(model: type[Record]) -> dict[str, tuple[str, str, object]]:
    return {typed: (typed, name, default) for typed, name, default in _plan(model)}


@cache
def _plan(model: type[Record]) -> tuple[tuple[str, str, object], ...]:
    """A record's fields in canonical order: as typed, as they are called in Python, and the value if none is typed."""
    names = {info.alias or name: name for name, info in model.model_fields.items()}
    return tuple((typed, names[typed], _default(info)) for typed, info in field_names(model).items() if typed != "id")


def _default(info: FieldInfo) -> object:
    return None if info.is_required() else info.get_default(call_default_factory=True)


def _plain(value: object) -> Json:
    if isinstance(value, Prose):
        return normal_text(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Record):
        return facts_of(value)
    if isinstance(value, Citation):
        return f"{value.id}, {value.locator}" if value.locator else str(value.id)
    if isinstance(value, Party):
        return str(value.ref) if value.ref else {"outside": value.outside or ""}
    if isinstance(value, CountingPoint):
        return str(value.ref or value.date or "adoption")
    if isinstance(value, dict):
        return {str(name): str(value[name]) for name in sorted(value)}
    return str(value)


def page_facts(page: HandPage) -> dict[str, Json]:
    """What a hand-written page says."""
    return {"title": page.title, "body": normal_text(page.body)}


# --- fingerprints ----------------------------------------------------------------------------


def fingerprint(value: object) -> str:
    """The SHA-256 of a plain value in hexadecimal digits; of lists the order does not count."""
    return sha256(_canonical(value).encode()).hexdigest()


def _canonical(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (dict, Mapping)):
        return "{" + ",".join([f"{_text(name)}:{_canonical(value[name])}" for name in sorted(value)]) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(sorted(map(_canonical, value))) + "]"
    return json.dumps(value)


_text = json.encoder.encode_basestring


def exact_print(facts: Mapping[str, object]) -> str:
    """A fingerprint of what a record says for which the order of lists counts too, as it does where values are equal."""
    return blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=16).hexdigest()


def exact_prints(facts: Mapping[str, Any]) -> Mapping[str, str]:
    """The exact fingerprint of each record of a release."""
    return facts.prints if isinstance(facts, FactsAsText) else {name: exact_print(facts[name]) for name in facts}


@dataclass(frozen=True)
class FactsAsText(Mapping[str, Any]):
    """The facts of a release, each record's as JSON that is read when they are asked for: a build takes them over from an
    earlier one, and asks for few."""

    texts: Mapping[str, bytes]
    prints: Mapping[str, str]
    """Their exact fingerprints."""

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> FactsAsText:
        return cls({name: json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
                    for name, said in facts.items()}, dict(exact_prints(facts)))

    def __getitem__(self, name: str) -> Any:
        return json.loads(self.texts[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def joint_fingerprint(prints: Mapping[str, str]) -> str:
    """One fingerprint for several, each with its name; empty for none."""
    return sha256("\n".join(f"{prints[name]} {name}" for name in sorted(prints)).encode()).hexdigest() if prints else ""


def fingerprints(facts: Mapping[str, object]) -> Mapping[str, str]:
    """The fingerprint of each entry of a page's facts."""
    known = getattr(facts, "prints", None)
    return {name: fingerprint(facts[name]) for name in facts} if known is None else known


def page_fingerprint(facts: Mapping[str, object]) -> str:
    """The fingerprint of all that a page shows; empty where nobody says what it shows."""
    return joint_fingerprint(fingerprints(facts))


# --- a dossier's facts -----------------------------------------------------------------------


class PageFacts(Mapping[str, object]):
    """The facts of a page by entry, made when they are asked for; their fingerprints are those of the dossier."""

    def __init__(self, facts: Facts, parts: Mapping[str, object]) -> None:
        self._facts, self._parts = facts, parts

    def __getitem__(self, name: str) -> object:
        part = self._parts[name]
        if part is _ALL:
            return self._facts.fingerprint
        return self._facts.part(part) if isinstance(part, tuple) else part

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    @cached_property
    def prints(self) -> dict[str, str]:
        return {name: self._facts.part_fingerprint(part) if isinstance(part, tuple) else fingerprint(self[name])
                for name, part in self._parts.items()}

    @property
    def are_all(self) -> bool:
        """Whether the page is made from the whole dossier, so that every change of anything changes them."""
        return _ALL in self._parts.values()


_Part: TypeAlias = tuple[str, PathIn]
"""A part of a record: the record's name in the dossier, and the path to the part."""


_ALL = object()
"""Stands for the fingerprint of the whole dossier, which nobody works out before it is needed."""


class Facts:
    """The facts of every record of a dossier, each worked out once."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._prints: Memo[_Part, str] = Memo()
        self._fields: Memo[tuple[str, str], Json | None] = Memo()
        self._sentences: dict[str, list[str]] = {}
        names = {**dossier.records, **{f"pages/{page.name}": page for page in dossier.pages}}
        self._sayers: dict[str, Record | HandPage] = names
        self.by_name: Mapping[str, dict[str, Json]] = Each(names, self._whole_record)
        """What each record says, by its id, `dossier.yml` or `pages/<name>`, in the dossier's order."""
        self.whole: Mapping[str, str] = Each(names, lambda name: joint_fingerprint(self.own(name).prints))
        """The fingerprint of each record, by the same names: of its kind and of its statements by their anchors."""

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the whole dossier."""
        note("#facts", "")
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        with unrecorded():
            return joint_fingerprint({name: self._known(name).whole or self.whole[name] for name in self._sayers})

    def _known(self, name: str) -> Prints:
        """The fingerprints that were worked out when the file was read."""
        return self.dossier.known_prints.get(name, NO_PRINTS)

    def exact(self, name: str) -> str:
        """The exact fingerprint of all that a record says, or a page."""
        note("#facts", "")
        known = self._known(name).exact
        if known:
            return known
        with unrecorded():
            return exact_print(self.by_name[name])

    def _whole_record(self, name: str) -> dict[str, Json]:
        fields = {field: self._field(name, field) for field in self._names(name)}
        return {field: value for field, value in fields.items() if value is not None}

    def _names(self, name: str) -> Iterable[str]:
        """The fields that a record may have, or a page."""
        sayer = self._sayers[name]
        return [typed for typed, *_ in _plan(type(sayer))] if isinstance(sayer, Record) else ("title", "body")

    def _field(self, name: str, field: str) -> Json | None:
        """What one field of a record says; None where it says nothing."""
        return self._fields.get((name, field), lambda: _said(self._sayers[name], field))

    def part(self, part: _Part) -> object:
        """The facts at a path of a record; a record of its own without the statements that have anchors."""
        name, path = part
        if not path:
            apart = {way[0] for way in self.dossier.anchors.get(name, {})}
            said = {field: self._field(name, field) for field in self._names(name) if field not in apart}
            return _head(self.dossier.briefs.get(name)) | {field: value for field, value in said.items()
                                                           if value is not None}
        return self._at(name, path)

    def _at(self, name: str, path: PathIn) -> Any:
        value: Any = self._field(name, str(path[0]))
        for step in path[1:]:
            value = value[step]
        return value

    def part_fingerprint(self, part: _Part) -> str:
        known = self._known_print(part)
        return known if known else self._prints.get(part, lambda: fingerprint(self.part(part)))

    def _known_print(self, part: _Part) -> str:
        """A fingerprint that was worked out when the file was read; empty where none was."""
        name, path = part
        known = self._known(name).parts.get(path, "")
        brief = self.dossier.briefs.get(name)
        if known and brief is not None and are_noted():
            plan = _plan_by_name(type(brief))
            if path:
                note(name, plan[str(path[0])][1])
            else:
                apart = {way[0] for way in self.dossier.anchors[name]}
                for field, (_, called, _) in plan.items():
                    if field not in apart:
                        note(name, called)
        return known

    def own(self, name: str) -> PageFacts:
        """What a record says itself: its statements by their anchors, the rest under the empty name."""
        anchors = self.dossier.anchors.get(name, {})
        return PageFacts(self, {"": (name, ()), **{anchor: (name, path) for path, anchor in anchors.items()}})

    def of_brief(self, brief: Brief) -> PageFacts:
        """What a brief's page shows: its own facts, the statements elsewhere that name it, and others' names."""
        dossier = self.dossier
        parts: dict[str, object] = dict(self.own(brief.id)._parts)
        loose: dict[str, list[Link]] = {}
        names = {link.target: None for link in dossier.links_from[brief.id]}
        for origin, links in groupby(dossier.inbound[brief.id], attrgetter("origin")):
            names[origin] = None
            anchors: Mapping[PathIn, str] | None = None
            for link in links:
                way = _statement(link.path)
                if not way:
                    loose.setdefault(f"{origin}#", []).append(link)
                    continue
                if anchors is None:
                    anchors = dossier.anchors.get(origin, {})
                parts[f"{origin}#{anchors.get(way) or '/'.join(map(str, way))}"] = origin, way
        with unrecorded():  # what leads to a brief is a fact, and the sentence that does is a part of it
            parts |= {name: sorted({self._mention(link) for link in links}) for name, links in loose.items()}
        parts[NAMES] = {id: str(dossier.briefs[id].name) for id in names if id in dossier.briefs}
        return PageFacts(self, parts)

    def of_all(self) -> PageFacts:
        """What a page shows that is made from the whole dossier: the fingerprint of each record."""
        return PageFacts(self, {"": _ALL})

    def _mention(self, link: Link) -> str:
        """A link from a field of a brief's own: the field's name, or the sentence that holds it."""
        if link.token is None:
            return link.role
        value = self._at(link.origin, link.path or ("body",))
        sentences = self._sentences.get(value)
        if sentences is None:
            sentences = self._sentences[value] = sentences_in(value)
        return sentence_with(link.token, sentences)


def _statement(path: PathIn) -> PathIn:
    """The way to the statement that holds the link at a path; empty where the brief itself or a page does."""
    # A link that is an item of a list itself stands right there: what holds more is a record.
    return path[:2] if len(path) > 2 and type(path[1]) is int else ()


def sentences_in(text: str) -> list[str]:
    """The sentences of a text, each on one line."""
    return [" ".join(sentence.split()) for sentence in prose.sentences(text)]


def sentence_with(token: prose.Token, sentences: Iterable[str]) -> str:
    """The first of the sentences that holds a reference; the reference alone where none does."""
    raw = " ".join(token.raw.split())
    return next((sentence for sentence in sentences if raw in sentence), raw)


def with_prints(read: FileRead) -> FileRead:
    """What was read from a file, with the fingerprints of its facts, so that nobody need work them out again."""
    releases = read.releases and replace(read.releases, facts=FactsAsText.of(read.releases.facts))
    return replace(read, records=tuple(replace(one, prints=_prints(one)) for one in read.records), releases=releases)


def _prints(read: RecordRead) -> Prints:
    if read.record is None:
        return NO_PRINTS
    said = facts_of(read.record)
    apart = {path[0] for path in read.anchors}
    head = _head(read.record if isinstance(read.record, Brief) else None)
    found: dict[PathIn, str] = {(): fingerprint(head | {f: value for f, value in said.items() if f not in apart})}
    for path in read.anchors:
        value: Any = said
        for step in path:
            value = value[step]
        found[path] = fingerprint(value)
    whole = joint_fingerprint({"": found[()], **{anchor: found[path] for path, anchor in read.anchors.items()}})
    return Prints(found, whole, exact_print(said))


def _head(brief: Brief | None) -> dict[str, Json]:
    return {"kind": brief.kind} if brief else {}


# --- names -----------------------------------------------------------------------------------


def file_names(dossier: Dossier, names: Iterable[str]) -> dict[str, str]:
    """For each record's name how a release calls it: `actors/calder`, `dossier.yml`, `pages/method`."""
    return {name: f"{FOLDERS[dossier.briefs[name].kind]}/{name}" if name in dossier.briefs else name for name in names}
