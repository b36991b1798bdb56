"""The search index: from a dossier to the files that the search loads in the browser.

Every file is a classic script with one call, `briefingSearch.add(part, data)`, so that the search works from the file
system and under a strict Content-Security-Policy. Names are written as the content has them: every rule of how typed
text is compared with them stands in the client (`search-index.js`), once for both sides.

`search/names.js` holds everything that can be found by its name, and is loaded first:

    kinds    the kinds as `[kind, prefix, suffix]`; an item's address is prefix + tail + suffix
    labels   the words for what a statement is; the first one is empty
    items    `[kind, tail, name, description, weight, names, symbols, date, lang]`
             kind: its place in `kinds`; description: at most 120 characters; weight: how many other briefs and pages
             point here, as a power of two, and MAIN more for a main brief; names: aliases, and names in other scripts
             as `[lang, name]`; symbols: document symbols; date: EDTF days, months or years as `start` or `start/end`;
             lang: where the name is not in the site's language. Empty values at the end are left out.
    places   `[item, anchor, label, description]`: the provisions of texts; item is its place in `items`
    texts    how many files of text there are

`search/text-1.js` and so on hold what the pages say, by item, in parts of about `SHARD` bytes:

    [[item, [[text, anchor, label, parties, detail, rank], ...]], ...]
             text: a statement, or one sentence of a summary, as plain text; anchor: its place on the item's page, empty
             for what has none; label: its place in `labels`; parties: who it is about, as places in `items`, or names;
             detail: stance, status, role, date in words; rank: 1 for a position held on the dossier's day, -1 for
             what came later. Empty values at the end are left out.

A larger dossier can have its names in parts too: `items` refer to each other by number only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from generator import addresses, prose
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import KINDS, Brief, Demand, Event, Instrument, Meeting, Source, Term
from generator.models.base import Record, walk
from generator.models.fields import Citation, Count, Length, Line, Party, Prose, Reference, Vocabulary
from generator.models.vocabulary import Bound, PositionBasis
from generator.views.briefs import positions_by_actor
from generator.views.editions import days

Path = tuple[str | int, ...]

PAGE = "page"
SEARCH_KINDS = (*KINDS, PAGE)
"""Every kind that a result can have: those of briefs, and pages that are no brief."""

MAIN = 16
SHARD = 150_000
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
# Of a brief's own fields these are in its description or on its page's panel; their words are no statements.
_PANEL = frozenset({"type", "date", "category", "publisher", "place", "format", "main", "in_force", "bears_on",
                    "meeting", "made_by", "addressed_to", "by", "convener", "at", "adoption", "close_to", "path"})


def index_files(dossier: Dossier, titles: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The files of the index by their paths below the site's root. `titles` are those of the section pages."""
    index = _Index(dossier, titles)
    shards = list(index.shards())
    yield "search/names.js", _script("names", index.names(len(shards)))
    for number, shard in enumerate(shards, 1):
        yield f"search/text-{number}.js", _script("text", shard)


def _script(part: str, data: object) -> bytes:
    return f'briefingSearch.add("{part}",{_json(data)});\n'.encode()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


class _Index:
    """What there is to find in one dossier. Items are numbered: briefs in their order, section pages, other pages."""

    def __init__(self, dossier: Dossier, titles: Mapping[str, str]) -> None:
        self.dossier = dossier
        self.titles = titles
        names = [*dossier.briefs, *(f"section {name}" for name in addresses.SECTIONS),
                 *(f"pages/{page.name}" for page in dossier.pages)]
        self.number = {name: number for number, name in enumerate(names)}
        self.plain: Callable[[str], str] = partial(prose.plain, name_of=self.name_of)
        self.site_language = dossier.settings.languages[0]

    def page_sentences(self, body: str) -> Iterator[str]:
        """The sentences of a hand-written page; a heading stands by itself."""
        for block in body.split("\n\n"):
            yield from self.sentences(block)

    def name_of(self, id: str) -> str:
        brief = self.dossier.briefs.get(id)
        return str(brief.name) if brief else id

    def sentences(self, text: str) -> Iterator[str]:
        """Prose as plain sentences. Cut again once references are names: a sentence may begin with one."""
        for piece in prose.sentences(text):
            yield from prose.sentences(self.plain(piece))

    # --- names ---------------------------------------------------------------------------

    def names(self, texts: int) -> dict[str, object]:
        ways = [[kind, *addresses.brief_address(kind, "\0").split("\0")] for kind in KINDS]
        return {"kinds": [*ways, [PAGE, "", ""]], "labels": list(LABELS.values()),
                "items": [*map(self.item, self.dossier.briefs.values()), *self.sections(), *self.hand_written(),
                          *self.editions()],
                "places": list(self.places()), "texts": texts}

    def item(self, brief: Brief) -> list[object]:
        scripts = [[str(script.lang), str(script.name)] for script in getattr(brief, "scripts", ())]
        symbol = getattr(brief, "symbol", None)
        lang = brief.lang if isinstance(brief, Source) and brief.lang != self.site_language else ""
        return _trimmed([SEARCH_KINDS.index(brief.kind), str(brief.id), str(brief.name), self.description(brief),
                         self.weight(brief), [*_other_names(brief), *scripts], [str(symbol)] if symbol else [],
                         _days(brief), str(lang)])

    def weight(self, brief: Brief) -> int:
        origins = len({link.origin for link in self.dossier.leading[brief.id]})
        return origins.bit_length() + (MAIN if getattr(brief, "main", False) else 0)

    def description(self, brief: Brief) -> str:
        if isinstance(brief, Source):
            when = f", {brief.date.readable()}" if brief.date else ""
            return _shortened(f"{brief.publisher}{when}")
        texts = (getattr(brief, name, None) for name in ("definition", "ask", "summary", "part"))
        text = next(filter(None, texts), "")
        first = next(self.sentences(text), "")
        # What happened is looked for by its day; where the name does not say it, the description does.
        day = brief.date.readable() if isinstance(brief, _HAPPENED) else ""
        return _shortened(f"{day}. {first}" if day and day not in brief.name else first)

    def sections(self) -> Iterator[list[object]]:
        settings = self.dossier.settings
        for name, address in addresses.SECTIONS.items():
            words = [*([str(settings.title)] if name == "home" else []), *SECTION_WORDS.get(name, ())]
            description = _shortened(str(settings.description)) if name == "home" else ""
            yield _trimmed([SEARCH_KINDS.index(PAGE), address, self.titles[name], description, 0, words])

    def hand_written(self) -> Iterator[list[object]]:
        for page in self.dossier.pages:
            first = next(self.page_sentences(page.body), "")
            yield _trimmed([SEARCH_KINDS.index(PAGE), addresses.page_address(page.name), page.title,
                            _shortened(first), 0])

    def editions(self) -> Iterator[list[object]]:
        """The dossier as of other days, found by their days."""
        for day in days(self.dossier):
            yield _trimmed([SEARCH_KINDS.index(PAGE), day.address, day.name, _shortened(day.title), 0,
                            [f"how it stood on {day.date.readable()}"], [], str(day.date)])

    def places(self) -> Iterator[list[object]]:
        for brief in self.dossier.of_kind("instrument"):
            assert isinstance(brief, Instrument)
            for index, record in enumerate(brief.provisions):
                words = f"{record.verb}: {self.plain(record.says)}" if record.verb else self.plain(record.says)
                label = f"{record.part}, {record.paragraph}" if record.part else str(record.paragraph)
                yield [self.number[brief.id], self.dossier.anchors[brief.id][("provisions", index)], label,
                       _shortened(words)]

    # --- text ----------------------------------------------------------------------------

    def shards(self) -> Iterator[list[list[object]]]:
        """What the pages say, cut between items into parts of about the same size."""
        shard: list[list[object]] = []
        size = 0
        for name, number in self.number.items():
            statements = [_trimmed(statement) for statement in self.statements(name)]
            if not statements:
                continue
            shard.append([number, statements])
            size += len(_json(statements).encode())
            if size >= SHARD:
                yield shard
                shard, size = [], 0
        if shard:
            yield shard

    def statements(self, name: str) -> Iterator[list[object]]:
        brief = self.dossier.briefs.get(name)
        if brief is not None:
            yield from self.loose(brief)
            yield from self.anchored(brief)
        elif name.startswith("pages/"):
            page = next(page for page in self.dossier.pages if f"pages/{page.name}" == name)
            for sentence in self.page_sentences(page.body):
                yield [sentence]
        else:
            settings = self.dossier.settings
            text = {"section home": settings.situation, "section about": settings.about}.get(name)
            for sentence in self.sentences(text or ""):
                yield [sentence]

    def loose(self, brief: Brief) -> Iterator[list[object]]:
        """What a brief says outside its citable statements: prose by the sentence, small records each in a line."""
        anchored = {path[0] for path in self.dossier.anchors[brief.id]}
        for path, value in walk(brief):
            field = path[0]
            if field in anchored or field in _UNSEARCHED:
                continue
            if isinstance(value, Prose) and len(path) == 1:
                for sentence in self.sentences(value):
                    yield [sentence]
            elif isinstance(value, Record) and (len(path) == 2 or not isinstance(getattr(brief, str(field)), tuple)):
                text, detail, parties = self.words_of(value)
                words = " · ".join(filter(None, [", ".join(map(self.dossier.party_name, parties)), detail, text]))
                if words:
                    yield [words]
            elif isinstance(value, Line) and len(path) == 1 and field not in _PANEL:
                yield [str(value)]

    def anchored(self, brief: Brief) -> Iterator[list[object]]:
        """The citable statements of a brief, each with the names, words and days that belong to it."""
        held = {item.anchor for entry in positions_by_actor(self.dossier, brief) if entry.now
                for item in (entry.now, *entry.others)} if isinstance(brief, Demand) else set()
        for path, anchor in self.dossier.anchors[brief.id].items():
            record = _record_at(brief, path)
            text, detail, parties = self.words_of(record)
            if path[0] == "provisions" and len(path) == 2:
                detail = ", ".join(filter(None, [str(record.paragraph), detail]))  # type: ignore[attr-defined]
                parties = []
            date = getattr(record, "date", None)
            rank = 1 if anchor in held else -1 if date and date.is_later(self.dossier.as_of) else 0
            field = next(step for step in reversed(path) if isinstance(step, str))
            yield [text, anchor, list(LABELS).index(field),
                   [self.number[p.ref.id] if p.ref and p.ref.id in self.number else p.outside or str(p.ref)
                    for p in parties], detail, rank]

    def words_of(self, record: Record) -> tuple[str, str, list[Party]]:
        """A record's prose and quotations; its short words and its date; the parties that it names."""
        said: list[str] = []
        notes: list[str] = []
        short: list[str] = []
        dates: list[str] = []
        parties: list[Party] = []
        for path, value in walk(record):
            if any(step in _UNSEARCHED or step == "history" for step in path):
                continue
            if isinstance(value, Prose):
                (notes if path[-1] == "note" else said).append(self.plain(value))
            elif path[-1] == "words":
                said.append(str(value))
            elif isinstance(value, Party) and value not in parties:
                parties.append(value)
            elif isinstance(value, Edtf):
                dates.append(value.readable())
            elif isinstance(value, (Bound, PositionBasis, Citation, Reference, bool)):
                continue
            elif isinstance(value, (Line, Vocabulary, Length, Count)):
                short.append(str(value))
        return " ".join([*said, *notes]), ", ".join([*short, *dates]), parties


def _other_names(brief: Brief) -> list[str]:
    names = [str(alias) for alias in brief.aliases]
    if isinstance(brief, Term):
        names += [str(word) for word in (brief.stands_for, brief.house_word, *brief.loaded) if word]
    if sort := getattr(brief, "sort", None):
        names.append(str(sort).partition(",")[0])
    return [name for name in dict.fromkeys(names) if name != brief.name]


def _days(brief: Brief) -> str:
    """The day or days of a brief that happened on some, as far as they are known."""
    date = getattr(brief, "date", None)
    if date is None or not isinstance(brief, _HAPPENED):
        return ""
    start, end = date.day_key, date.end_latest
    return f"{start}/{end.isoformat()}" if date.is_interval and end else start


def _record_at(brief: Brief, path: Path) -> Record:
    value: object = brief
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)  # type: ignore[index]
    assert isinstance(value, Record)
    return value


def _shortened(text: str, most: int = LONGEST_DESCRIPTION) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _trimmed(row: list[object]) -> list[object]:
    """A row without the empty values at its end."""
    end = len(row)
    while end and row[end - 1] in ("", 0, [], None):
        end -= 1
    return row[:end]
