"""The files of the search index, made from entries.

Every file is a classic script with one call, `briefingSearch.add(part, data)`, so that the search works from the file
system and under a strict Content-Security-Policy. The client loads `search/start.js`, then what a query needs:

    start        what it must know before it can ask; see `_start`
    terms        `[number, text]`: one part of all the words by which items are found, in order, each with its items
    items        `[number, row, row, ...]`: the items of one part, from the one with that number
    spelling     every word that stands in a name, in order: loaded where a typed word is not among them

Items are numbered: briefs in the order of kinds and ids, then pages. An item's row:

    `[tail, name, description, names, symbols, days, lang, statements, parties, numbers]`
             tail: its address is its kind's prefix, the tail, and its kind's suffix; description: at most 120
             characters; names: other names, plain or as `[sort, name, lang]` (1 in another script, 2 a short form,
             3 from a bracket, 4 a source's publisher); symbols: document symbols; days: EDTF days, months or years as
             `start` or `start/end`; lang: where the name is not in the site's language; parties: the names of those
             whom statements are about; numbers: their items, -1 for who has none. Empty values at the end are left out.
    statements `[text, anchor, label, parties, detail, rank, called]`
             text: a statement, or one sentence of a summary, as plain text; anchor: its place on the item's page, empty
             for what has none; label: its place among the labels; parties: who it is about, by their places in the
             row's parties; detail: stance, status, role, date in words; rank: 1 for a position held on the dossier's
             day, -1 for what came later; called: the label of a provision. Empty values at the end are left out.

A list of words is one text: of each word, how many letters it shares with the one before (a digit) and the others. In
`terms` each is followed by its items: the steps from number to number, each with a code of one digit or two.

    step     in digits of half the range; all but the last digit of a step are 32 or more
    code     3 * how + said. how: 0 not in itself, 1 in its own text, 2 in its description; then in a name, an odd
             number for an alias, an even one for a name proper: 7 and 8 where the name has no other word, 5 and 6 one
             other, 3 and 4 more. said: 0 in no statement, 1 in the text of some, 2 in the label of some or the names
             of their parties; where it is not 0 a digit follows, whose bits are the numbers of those statements
             among the item's, modulo 6

Some words nobody types stand among them: `@2031-05-20`, `@2031-05` and `@-05-20` lead to what happened then, and `^a`,
`^ab` to the items with the most weight whose names have a word with that beginning.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from zlib import crc32

from generator import addresses
from generator.models import KINDS
from generator.search.entries import ALIAS, DIGITS, LABEL_WORDS, PAGE, Entry

TERMS_SIZE, ITEMS_SIZE = 6_000, 8_000
"""About how many bytes are in one part."""
SMALL = 60_000
"""An index of fewer bytes is one file."""
MOST_BEGINNING = 24
"""How many items a beginning of one or two letters leads to."""


def index_files(entries: Mapping[str, Entry]) -> Iterator[tuple[str, bytes]]:
    """The files of the index by their paths below the site's root. `entries` are those of all briefs by their ids, in
    the dossier's order, then those of all pages."""
    terms, bounds = _parts_of_terms(_inverted(entries))
    items, counts = _parts_of_items(entries)
    named = {word for entry in entries.values() for word in entry["named"]}
    spelling = sorted((word for word in named if len(word) > 2 and word.isalpha()), key=_order)
    files = {f"search/terms-{number}.js": _script("terms", [number, text]) for number, text in enumerate(terms)}
    files |= {f"search/items-{number}.js": script for number, script in enumerate(items)}
    files["search/spelling.js"] = _script("spelling", "".join(_shared(spelling)))
    start = _start(entries, bounds, counts)
    if len(start) + sum(map(len, files.values())) <= SMALL:
        yield "search/start.js", start + b"".join(files.values())
    else:
        yield "search/start.js", start
        yield from files.items()


def _start(entries: Mapping[str, Entry], bounds: Sequence[str], counts: Sequence[int]) -> bytes:
    """What the client must know first:

    kinds     the kinds as `[kind, prefix, suffix, how many items]`
    labels    the words for what a statement is; the first one is empty
    weights   of each item a digit: how many other briefs and pages point here, as a power of two, and MAIN more for
              a main brief
    terms     where each part of the terms begins: as much of its first word as tells it from the word before
    items     how many items are in each part, as steps
    shapes    the labels of provisions, with the same number in each
    examples  what one can type
    """
    kinds = [entry["kind"] for entry in entries.values()]
    ways = [[kind, *addresses.brief_address(kind, "\0").split("\0"), kinds.count(kind)] for kind in KINDS]
    return _script("start", {
        "kinds": [*ways, [PAGE, "", "", kinds.count(PAGE)]], "labels": LABEL_WORDS,
        "weights": "".join(DIGITS[min(entry["weight"], 63)] for entry in entries.values()),
        "terms": "".join(_shared(bounds)), "items": "".join(map(_step, counts)),
        "shapes": sorted({shape for entry in entries.values() for shape in entry["labels"]}),
        "examples": _examples(entries.values())})


def _examples(entries: Iterable[Entry]) -> list[str]:
    """One example of each sort: that of the item with the most weight; of who holds what, the shortest."""
    best: dict[str, tuple[int, str]] = {}
    for entry in entries:
        for sort, text in entry["examples"].items():
            worth = -len(text) if sort == "position" else entry["weight"]
            if sort not in best or worth > best[sort][0]:
                best[sort] = worth, text
    return [best[sort][1] for sort in ("alias", "script", "place", "position") if sort in best]


def _script(part: str, data: object) -> bytes:
    return f'briefingSearch.add("{part}",{json.dumps(data, ensure_ascii=False, separators=(",", ":"))});\n'.encode()


# --- terms -------------------------------------------------------------------------------------------------

def _inverted(entries: Mapping[str, Entry]) -> dict[str, bytearray]:
    """For each word its items, as the files have them."""
    steps = [_step(number).encode() for number in range(len(entries) + 1)]
    found: dict[bytes, list[Any]] = {}  # the last item with the word, and all of them
    beginnings: dict[str, list[tuple[int, int]]] = {}
    for number, entry in enumerate(entries.values()):
        pieces = entry["terms"].encode().split(b" ")
        for word, code in zip(pieces[::2], pieces[1::2]):
            held = found.get(word)
            if held is None:
                found[word] = [number, bytearray(steps[number + 1] + code)]
            else:
                held[1] += steps[number - held[0]] + code
                held[0] = number
        for beginning in {word[:most] for word in entry["named"] for most in (1, 2)}:
            beginnings.setdefault(beginning, []).append((-entry["weight"], number))
    inverted: dict[str, bytearray] = {word.decode(): items for word, (_, items) in found.items()}
    code = DIGITS[3 * ALIAS].encode()
    for beginning, numbers in beginnings.items():
        before = -1
        items = inverted["^" + beginning] = bytearray()
        for number in sorted(number for _, number in heapq.nsmallest(MOST_BEGINNING, numbers)):
            items += steps[number - before] + code
            before = number
    return inverted


def _step(number: int) -> str:
    """A number in digits of half the range: the last one is below 32, those before it are not."""
    text = DIGITS[number % 32]
    while number >= 32:
        number //= 32
        text = DIGITS[32 + number % 32] + text
    return text


def _order(word: str) -> bytes:
    """Words stand in the order in which the client compares them."""
    return word.encode("utf-16-be")


def _parts_of_terms(inverted: dict[str, bytearray]) -> tuple[list[str], list[str]]:
    """The terms in parts, and where each begins. Cuts are where a word's checksum says so, not only where the size
    does: a change in one part then leaves the others as they are."""
    parts: list[str] = []
    bounds: list[str] = []
    part: list[tuple[str, str]] = []
    size = 0

    def close() -> None:
        parts.append("".join(f"{shared} {items} " for shared, (_, items)
                             in zip(_shared([word for word, _ in part], ""), part, strict=True)))
        bounds.append(_told_apart(last, part[0][0]))

    last = ""
    for word in sorted(inverted, key=_order):
        items = inverted.pop(word).decode()
        longer = size + len(items) > TERMS_SIZE and size > TERMS_SIZE // 3
        if part and (longer or (size > TERMS_SIZE // 2 and crc32(word.encode()) % 8 == 0)):
            close()
            last, part, size = part[-1][0], [], 0
        part.append((word, items))
        size += len(word) + len(items)
    if part:
        close()
    return parts, bounds


def _told_apart(before: str, word: str) -> str:
    """The beginning of a word that stands after the word before."""
    return next((word[:at] for at in range(1, len(word)) if _order(before) < _order(word[:at])), word)


def _shared(words: Iterable[str], end: str = " ") -> Iterator[str]:
    """Words in order, each without the letters that it shares with the one before."""
    before = ""
    for word in words:
        most = min(len(before), len(word), 63)
        same = next((at for at in range(most) if before[at] != word[at]), most)
        yield f"{DIGITS[same]}{word[same:]}{end}"
        before = word


# --- items -------------------------------------------------------------------------------------------------

def _parts_of_items(entries: Mapping[str, Entry]) -> tuple[list[bytes], list[int]]:
    """The items in parts, and how many are in each; cut as terms are."""
    numbers = {name: number for number, name in enumerate(entries)}
    parts: list[bytes] = []
    counts: list[int] = []
    part: list[str] = []
    size = first = 0

    def close() -> None:
        parts.append(f'briefingSearch.add("items",[{first},{",".join(part)}]);\n'.encode())
        counts.append(len(part))

    for number, (name, entry) in enumerate(entries.items()):
        row = entry["row"]
        if entry["parties"]:
            row = f"{row[:-1]},[{','.join(str(numbers.get(id, -1)) for id in entry['parties'])}]]"
        length = len(row.encode())
        if part and (size + length > 1.25 * ITEMS_SIZE or (size > ITEMS_SIZE // 2 and crc32(name.encode()) % 4 == 0)):
            close()
            part, size, first = [], 0, number
        part.append(row)
        size += length
    if part:
        close()
    return parts, counts
