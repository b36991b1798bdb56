"""What there is to find: for each brief and each page one entry, made from it alone.

An entry is plain JSON-able data, so that it can be kept; `files.py` makes the files of the index from entries only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any, TypedDict

from generator import addresses, prose
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import KINDS, Brief, Demand, Event, Instrument, Meeting, Source, Term
from generator.models.base import Record, walk
from generator.models.fields import Citation, Count, Length, Line, Party, Prose, Reference, Vocabulary
from generator.models.vocabulary import Bound, PositionBasis
from generator.reads import Memo
from generator.search.words import STOP, counted, telling, words
from generator.views.briefs import positions_by_actor
from generator.views.editions import days

Path = tuple[str | int, ...]
Values = list[tuple[Path, object]]

PAGE = "page"
SEARCH_KINDS = (*KINDS, PAGE)
"""Every kind that a result can have: those of briefs, and pages that are no brief. Items stand in this order."""

MAIN = 16
LONGEST_DESCRIPTION = 120

LABELS: dict[str, str] = {
    "": "", "provisions": "Paragraph", "deadlines": "Deadline", "signatories": "Signature", "positions": "Position",
    "history": "Step", "standing": "Standing", "memberships": "Membership", "members": "Members",
    "relations": "Relation", "designations": "Designation", "labels": "What others call it", "mandate": "Mandate",
    "heads": "Head", "outcome": "Outcome", "accounts": "Account",
}
"""What a statement is called in the results, by its field."""

SECTION_WORDS: dict[str, tuple[str, ...]] = {
    "home": ("overview", "start page"), "positions": ("matrix", "who stands where"), "timeline": ("chronology",),
    "un-process": ("texts, bodies and meetings",), "sources": ("bibliography",), "glossary": ("terms",),
    "about": ("method", "licence", "corrections"), "editions": ("editions", "how it stood", "as of"),
    "edition-changes": ("differences between days", "what changed between two days"),
    "gaps": ("gaps", "weak spots", "unverified", "single source"), "balance": ("bias", "neutrality", "sides", "who is quoted"),
    "how-to-read": ("legend", "marks", "fingerprint", "cite"),
    "shifts": ("changes of position", "who moved", "hardened, softened, reversed"),
    "contested": ("disputed facts", "accounts that differ", "tolls"),
    "revisions": ("corrections", "what changed", "changelog", "releases"),
    "mandates": ("implementation", "compliance", "deadlines", "overdue", "chains of texts"),
}
"""Other words that readers type for the section pages."""

_HAPPENED = (Event, Meeting, Instrument)

# Fields that say nothing that a reader would search for, or that stand elsewhere in the index.
_UNSEARCHED = frozenset({
    "name", "title", "aliases", "formerly", "scripts", "sort", "symbol", "sources", "accept", "see", "reviewed",
    "wikidata", "lang", "url", "archived", "loaded", "house_word", "stands_for", "paragraph", "part_of", "lineage",
    "text", "start", "time"})
_UNTOLD = _UNSEARCHED | {"history"}
# Of a brief's own fields these are in its description or on its page's panel; their words are no statements.
_PANEL = frozenset({"type", "date", "category", "publisher", "place", "format", "main", "in_force", "bears_on",
                    "meeting", "made_by", "addressed_to", "by", "convener", "at", "adoption", "close_to", "path"})

class Entry(TypedDict):
    """All that the index needs of one item; the shape of `row`, the codes and the terms are those of `files.py`."""

    kind: str
    row: str
    """The item's row as JSON."""
    parties: list[str]
    """The ids of those whom its statements are about, in the order in which the row has them; empty for outsiders."""
    weight: int
    terms: str
    """The words by which it is found, each followed by its code, with blanks between."""
    named: list[str]
    """Those of the words that are in its names."""
    labels: list[str]
    """The labels of its provisions."""
    examples: dict[str, str]
    """What one can type to find it, by the sort of example: what the open search proposes is chosen from these."""


DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""The digits of every number in the index."""
BUCKETS = 6
LOOSE, ABOUT, ALIAS, NAME = 1, 2, 3, 4
IN_TEXT, IN_LABEL = 1, 2
# A short form of a name, a name in a bracket, the publisher of a source: how the client ranks a name that is not plain.
SCRIPT, SHORT, BRACKETED, PUBLISHER = 1, 2, 3, 4


class _Terms:
    """The words of an item with how it holds them, gathered field by field."""

    def __init__(self) -> None:
        self.own: dict[str, int] = {}
        self.said: dict[str, int] = {}
        self.labelled: set[str] = set()
        self.in_names: set[str] = set()

    def name(self, text: str, field: int) -> None:
        """A name: each of its words, and all of them as one where a reader may leave out the blanks."""
        told = telling(words(text))
        distinct = dict.fromkeys(told)
        self.in_names.update(distinct)
        found = [*distinct, *counted(told)]
        if 1 < len(told) < 4:
            found.append("".join(told))
        rank = field + 2 * (3 - min(len(distinct), 3))
        for word in found:
            if rank > self.own.get(word, 0):
                self.own[word] = rank

    def about(self, text: str) -> None:
        for word in words(text):
            if self.own.get(word, 0) < ABOUT:
                self.own[word] = ABOUT

    def loose(self, text: str) -> None:
        for word in words(text):
            self.own.setdefault(word, LOOSE)

    def statement(self, number: int, text: Iterable[str], labels: Iterable[str]) -> None:
        """The words of a citable statement, in its text and beside it; it is known by its number modulo `BUCKETS`."""
        bit, said = 1 << number % BUCKETS, self.said
        labels = list(labels)
        self.labelled.update(labels)
        for word in dict.fromkeys((*text, *labels)):
            said[word] = said.get(word, 0) | bit

    def coded(self) -> str:
        """Each word and its code: what is compared with what is typed, `files.py` says how."""
        own, said, labelled = self.own, self.said, self.labelled
        found = []
        for word in {**own, **said}:
            held, mask = own.get(word, 0), said.get(word, 0)
            if word in STOP and held < ALIAS:
                continue
            found.append(word)
            found.append(DIGITS[3 * held + (IN_LABEL if word in labelled else IN_TEXT)] + DIGITS[mask] if mask
                         else DIGITS[3 * held])
        return " ".join(found)

    def named(self) -> list[str]:
        return sorted(self.in_names)


class EntryMaker:
    """Makes the entries of one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.site_language = dossier.settings.languages[0]
        self.plain = partial(prose.plain, name_of=self.name_of)
        self.party_words: Memo[str, tuple[str, ...]] = Memo()

    # --- briefs --------------------------------------------------------------------------

    def of_brief(self, brief: Brief) -> Entry:
        """The entry of a brief: made from what it says, the names of those it refers to, and how many refer to it."""
        values = list(walk(brief))
        about = self.description(brief)
        names = list(_names(brief, about))
        symbol = _of(brief, "symbol")
        happened = _days(brief)
        terms = _Terms()
        for text, field in _worths(brief, names, symbol):
            terms.name(text, field)
        tail = str(brief.id)
        terms.about(about)
        terms.loose(tail)
        for term in _day_terms(happened):
            terms.own[term] = LOOSE
        parties: dict[str, tuple[int, str]] = {}
        rows = [*self.loose(brief, values, terms), *self.anchored(brief, values, terms, parties)]
        lang = str(brief.lang) if isinstance(brief, Source) and brief.lang != self.site_language else ""
        row = [tail, str(brief.name), about, names, [str(symbol)] if symbol else [], happened, lang, rows,
               [name for _, name in parties.values()]]
        places = [str(record.paragraph) for record in brief.provisions] if isinstance(brief, Instrument) else []
        return {"kind": brief.kind, "row": _json(_trimmed(row)),
                "parties": ["" if key[0] == "=" else key for key in parties],
                "weight": self.weight(brief), "terms": terms.coded(), "named": terms.named(),
                "labels": sorted({_shape(place) for place in places}),
                "examples": self.examples(brief, names, places, rows, parties)}

    def name_of(self, id: str) -> str:
        brief = self.dossier.briefs.get(id)
        return str(brief.name) if brief else id

    def sentences(self, text: str) -> Iterator[str]:
        """Prose as plain sentences. Cut once references are names: a sentence may begin with one."""
        for block in _BLOCK.split(text):
            yield from prose.sentences(self.plain(block))

    def weight(self, brief: Brief) -> int:
        """How many other briefs and pages point here, as a power of two, and `MAIN` more for a main brief."""
        origins = len({link.origin for link in self.dossier.leading[brief.id]})
        return origins.bit_length() + (MAIN if _of(brief, "main") else 0)

    def description(self, brief: Brief) -> str:
        if isinstance(brief, Source):
            when = f", {brief.date.readable()}" if brief.date else ""
            return _shortened(f"{brief.publisher}{when}")
        texts = (_of(brief, name) for name in ("definition", "ask", "summary", "part"))
        first = next(self.sentences(next(filter(None, texts), "")), "")
        # What happened is looked for by its day; where the name does not say it, the description does.
        day = brief.date.readable() if isinstance(brief, _HAPPENED) and brief.date else ""
        return _shortened(f"{day}. {first}" if day and day not in brief.name else first)

    # --- statements ----------------------------------------------------------------------

    def loose(self, brief: Brief, values: Values, terms: _Terms) -> Iterator[list[object]]:
        """What a brief says outside its citable statements: prose by the sentence, small records each in a line."""
        anchored = {path[0] for path in self.dossier.anchors[brief.id]}
        for place, (path, value) in enumerate(values):
            field = path[0]
            if field in anchored or field in _UNSEARCHED:
                continue
            if isinstance(value, Prose) and len(path) == 1:
                found = list(self.sentences(value))
            elif isinstance(value, Record) and (len(path) == 2 or not isinstance(getattr(brief, str(field)), tuple)):
                text, detail, parties = self.words_of(values, place)
                line = " · ".join(filter(None, [", ".join(map(self.dossier.party_name, parties)), detail, text]))
                found = [line] if line else []
            elif isinstance(value, Line) and len(path) == 1 and field not in _PANEL:
                found = [str(value)]
            else:
                continue
            for text in found:
                terms.loose(text)
                yield [text]

    def anchored(self, brief: Brief, values: Values, terms: _Terms, known: dict[str, tuple[int, str]],
                 ) -> Iterator[list[object]]:
        """The citable statements of a brief, each with the names, words and days that belong to it."""
        anchors = self.dossier.anchors[brief.id]
        if not anchors:
            return
        held = {item.anchor for entry in positions_by_actor(self.dossier, brief) if entry.now
                for item in (entry.now, *entry.others)} if isinstance(brief, Demand) else set()
        at = {path: place for place, (path, _) in enumerate(values) if path in anchors}
        for number, (path, anchor) in enumerate(anchors.items()):
            record = values[at[path]][1]
            assert isinstance(record, Record)
            text, detail, parties = self.words_of(values, at[path])
            called = ""
            if path[0] == "provisions" and len(path) == 2:
                detail = ", ".join(filter(None, [str(record.paragraph), detail]))  # type: ignore[attr-defined]
                called = ", ".join(filter(None, [record.part, record.paragraph]))  # type: ignore[attr-defined]
                parties = []
            when = _of(record, "date")
            rank = 1 if anchor in held else -1 if when and when.is_later(self.dossier.as_of) else 0
            label = _LABEL_NUMBERS[next(step for step in reversed(path) if isinstance(step, str))]
            said_by = [self.party(party, known) for party in parties]
            beside = words(f"{LABEL_WORDS[label]} {detail} {called}")
            terms.statement(number, words(text), [*beside, *(word for one in parties for word in self.words_for(one))])
            yield _trimmed([text, anchor, label, said_by, detail, rank, called])

    def party(self, party: Party, known: dict[str, tuple[int, str]]) -> int:
        """Where a party stands among those of an item; noted there with its name."""
        id = party.ref.id if party.ref and party.ref.id in self.dossier.briefs else ""
        key = id or f"={self.dossier.party_name(party)}"
        if key not in known:
            known[key] = len(known), self.dossier.party_name(party)
        return known[key][0]

    def words_for(self, party: Party) -> tuple[str, ...]:
        """The words of all the names of a party."""
        brief = self.dossier.briefs.get(party.ref.id) if party.ref else None
        if brief is None:
            return tuple(words(self.dossier.party_name(party)))

        def make() -> tuple[str, ...]:
            names = list(_names(brief, ""))
            told = (word for name, _ in _worths(brief, names, None) for word in telling(words(name)))
            return tuple(dict.fromkeys(told))

        return self.party_words.get(brief.id, make)

    def words_of(self, values: Values, place: int) -> tuple[str, str, list[Party]]:
        """A record's prose and quotations; its short words and its date; the parties that it names. `values` are those
        of its brief, `place` is where the record stands among them."""
        said: list[str] = []
        notes: list[str] = []
        short: list[str] = []
        dates: list[str] = []
        parties: list[Party] = []
        record = values[place][0]
        depth = len(record)
        for path, value in islice(values, place + 1, None):
            if path[:depth] != record:
                break
            if not _UNTOLD.isdisjoint(path[depth:]):
                continue
            if isinstance(value, Prose):
                (notes if path[-1] == "note" else said).append(self.plain(value))
            elif path[-1] == "words":
                said.append(str(value))
            elif isinstance(value, Party):
                if value not in parties:
                    parties.append(value)
            elif isinstance(value, Edtf):
                dates.append(value.readable())
            elif isinstance(value, (Bound, PositionBasis, Citation, Reference, bool)):
                continue
            elif isinstance(value, (Line, Vocabulary, Length, Count)):
                short.append(str(value))
        return " ".join([*said, *notes]), ", ".join([*short, *dates]), parties

    def examples(self, brief: Brief, names: list[object], places: list[str], rows: list[list[object]],
                 parties: dict[str, tuple[int, str]]) -> dict[str, str]:
        """What a reader may type to find this brief: by another name, in another script, down to a paragraph or to who
        holds what."""
        found = {}
        alias = next((name for name in names if isinstance(name, str)), None)
        script = next((name[1] for name in names if isinstance(name, list) and name[0] == SCRIPT), None)
        place = next((place for place in places if re.search("[0-9]", place)), None)
        if alias and brief.kind == "actor":
            found["alias"] = alias
        if script:
            found["script"] = script
        if place:
            found["place"] = f"{re.split('[:(]', brief.name)[0].strip()} {place}"
        who = [name for key, (number, name) in parties.items() if key[0] != "="
               and any(len(row) > 5 and row[5] == 1 and row[3][:1] == [number] for row in rows)]  # type: ignore[index]
        if who:
            found["position"] = f"{min(who, key=len)} {brief.name.lower()}"
        return found

    # --- pages ---------------------------------------------------------------------------

    def of_pages(self, titles: Mapping[str, str]) -> dict[str, Entry]:
        """The entries of the pages that are no brief: the sections, the hand-written ones, the dossier's editions.
        `titles` are those of the section pages."""
        return {**dict(self.sections(titles)), **dict(self.hand_written()), **dict(self.editions())}

    def page(self, address: str, name: str, about: str, said: Iterable[str] = (), other: Iterable[str] = (),
             day: str = "") -> Entry:
        names = list(other)
        said = list(said)
        terms = _Terms()
        terms.name(name, NAME)
        for text in names:
            terms.name(text, ALIAS)
        terms.about(about)
        for text in (address, *said):
            terms.loose(text)
        for term in _day_terms(day):
            terms.own[term] = LOOSE
        row = [address, name, about, names, [], day, "", [[text] for text in said]]
        return {"kind": PAGE, "row": _json(_trimmed(row)), "parties": [], "weight": 0, "terms": terms.coded(),
                "named": terms.named(), "labels": [], "examples": {}}

    def sections(self, titles: Mapping[str, str]) -> Iterator[tuple[str, Entry]]:
        settings = self.dossier.settings
        texts = {"home": settings.situation, "about": settings.about}
        for name, address in addresses.SECTIONS.items():
            other = [*([str(settings.title)] if name == "home" else []), *SECTION_WORDS.get(name, ())]
            about = _shortened(str(settings.description)) if name == "home" else ""
            said = self.sentences(texts.get(name) or "")
            yield f"section {name}", self.page(address, titles[name], about, said, other)

    def hand_written(self) -> Iterator[tuple[str, Entry]]:
        for page in self.dossier.pages:
            said = list(self.sentences(page.body))
            about = _shortened(said[0]) if said else ""
            yield f"pages/{page.name}", self.page(addresses.page_address(page.name), page.title, about, said)

    def editions(self) -> Iterator[tuple[str, Entry]]:
        """The dossier as of other days, found by their days."""
        for day in days(self.dossier):
            other = [f"how it stood on {day.date.readable()}"]
            yield f"as-of {day.date}", self.page(day.address, day.name, _shortened(day.title), (), other, str(day.date))


_BLOCK = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*+]|[0-9]+\.)[ \t])")
LABEL_WORDS = tuple(LABELS.values())
_LABEL_NUMBERS = {field: number for number, field in enumerate(LABELS)}

_SHORT = re.compile(r"([^(]{4,}?)\s*\([^()]*\)\s*(?:$|:)")
_SHORT_TEXT = re.compile(r"([^:]{4,}?)\s*:")
_IN_BRACKETS = re.compile(r"\(([^()]*[^\W\d_][^()]*)\)\s*(?:$|:)")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?"
_ORDINAL = "[0-9]{1,2}(?:st|nd|rd|th)?"
_DAY_ALONE = re.compile(
    rf"\s*(?:[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?|{_ORDINAL}\s+(?:of\s+)?{_MONTH}(?:,?\s+[0-9]{{4}})?"
    rf"|{_MONTH}\s+(?:{_ORDINAL}(?:,?\s+[0-9]{{4}})?|[0-9]{{4}}))\s*", re.IGNORECASE)


def _names(brief: Brief, about: str) -> Iterator[object]:
    """The names of a brief beside its own: plain, or as `[sort, name, language]`; a language for other scripts only."""
    others = _other_names(brief)
    yield from others
    scripts = [(str(script.lang), str(script.name)) for script in _of(brief, "scripts") or ()]
    for lang, name in scripts:
        yield [SCRIPT, name, lang]
    if isinstance(brief, Source):
        if publisher := re.split(r" via |,|\(| / ", about)[0].strip():
            yield [PUBLISHER, publisher]
        return
    own = str(brief.name)
    if "(" in own and (short := _SHORT.match(own)):
        yield [SHORT, short[1]]
    if isinstance(brief, Instrument) and ":" in own and (short := _SHORT_TEXT.match(own)):
        yield [SHORT, short[1]]
    for lang, name in (("", own), *(("", other) for other in others), *scripts):
        if "(" in name:
            for inside in _IN_BRACKETS.findall(name):
                if not _DAY_ALONE.fullmatch(inside):
                    yield [BRACKETED, inside, *([lang] if lang else [])]


def _worths(brief: Brief, names: Iterable[object], symbol: object) -> Iterator[tuple[str, int]]:
    """All the names of a brief, each with how much it counts as one."""
    yield str(brief.name), NAME
    for name in names:
        if isinstance(name, list):
            yield name[1], NAME if name[0] in (SCRIPT, SHORT) else ALIAS
        else:
            yield str(name), ALIAS
    if symbol:
        yield str(symbol), ALIAS


_MOST_MONTHS = 36


def _day_terms(happened: str) -> Iterator[str]:
    """What something that happened is found by: its day, its day of any year, and each month in which it went on."""
    start, _, end = happened.partition("/")
    if not re.fullmatch("[0-9]{4}-[0-9]{2}(-[0-9]{2})?", start):
        return
    if len(start) == 10:
        yield f"@{start}"
        yield f"@{start[4:]}"
    year, month = int(start[:4]), int(start[5:7])
    for number in range(_MOST_MONTHS):
        text = f"{year + (month + number - 1) // 12:04}-{(month + number - 1) % 12 + 1:02}"
        if number and text > end:
            return
        yield f"@{text}"


def _of(record: Record, field: str) -> Any:
    """A field of a record; None where such records have none. Cheaper than asking pydantic for what is not there."""
    return getattr(record, field) if field in type(record).model_fields else None


def _shape(label: str) -> str:
    """A label with all its numbers alike: the client learns from it which words stand before a number."""
    return re.sub("[0-9]+", "1", label)


def _other_names(brief: Brief) -> list[str]:
    names = [str(alias) for alias in brief.aliases]
    if isinstance(brief, Term):
        names += [str(word) for word in (brief.stands_for, brief.house_word, *brief.loaded) if word]
    if sort := _of(brief, "sort"):
        names.append(str(sort).partition(",")[0])
    return [name for name in dict.fromkeys(names) if name != brief.name]


def _days(brief: Brief) -> str:
    """The day or days of a brief that happened on some, as far as they are known."""
    when = brief.date if isinstance(brief, _HAPPENED) else None
    if when is None:
        return ""
    start, end = when.day_key, when.end_latest
    return f"{start}/{end.isoformat()}" if when.is_interval and end else start


def _shortened(text: str, most: int = LONGEST_DESCRIPTION) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _trimmed(row: list[object]) -> list[object]:
    """A row without the empty values at its end."""
    end = len(row)
    while end and row[end - 1] in ("", 0, [], None):
        end -= 1
    return row[:end]
