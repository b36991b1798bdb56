"""Texts that take up texts, paragraph by paragraph, followed in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.addresses import label_key, unique_anchors
from generator.as_of.day import sort_key
from generator.dossier import Dossier
from generator.models import Instrument
from generator.models.un_process import Lineage
from generator.values import Value
from generator.views.mentions import Mention


class Place(Value):
    """A paragraph of a text; the label is empty where no paragraph is named, and the text stands as a whole."""

    text: Instrument
    label: str
    anchor: str
    """The paragraph's anchor on the text's page; empty where its label is none of the brief's, or stands twice."""

    @property
    def key(self) -> tuple[str, str]:
        return self.text.id, label_key(self.label)


class TakenUp(Value):
    """One end of a link between two texts, seen from the other."""

    place: Place
    words: str
    """`endorses`, or seen from the older text `endorsed by`."""
    record: Lineage


def takes_up(dossier: Dossier, text: Instrument) -> dict[str, tuple[TakenUp, ...]]:
    """What a text takes up, by the anchor of its own paragraph; under the empty text what has no such paragraph."""
    return _by_anchor((_place(dossier, text, str(record.paragraph or "")).anchor, TakenUp(other, str(record.type), record))
                      for record in text.lineage if (other := _named(dossier, record)))


def taken_up(dossier: Dossier, text: Instrument, named: Iterable[Mention]) -> dict[str, tuple[TakenUp, ...]]:
    """Who takes a text up, by the anchor of its paragraph; `named` are the links to it in the lineage of others."""
    found = []
    for mention in sorted(named, key=lambda m: sort_key(m.origin.date)):  # type: ignore[attr-defined]
        origin, record = mention.origin, mention.record
        if isinstance(origin, Instrument) and isinstance(record, Lineage) and (own := _named(dossier, record)):
            place = _place(dossier, origin, str(record.paragraph or ""))
            found.append((own.anchor, TakenUp(place, record.type.inverse, record)))
    return _by_anchor(found)


def _by_anchor(found: Iterable[tuple[str, TakenUp]]) -> dict[str, tuple[TakenUp, ...]]:
    groups: dict[str, list[TakenUp]] = {}
    for anchor, entry in found:
        groups.setdefault(anchor, []).append(entry)
    return {anchor: tuple(entries) for anchor, entries in groups.items()}


def _named(dossier: Dossier, record: Lineage) -> Place | None:
    """The other end of a link, as the record names it."""
    text = dossier.briefs.get(record.text.id)
    if not isinstance(text, Instrument):
        return None
    if not record.text.anchor:
        return Place(text, "", "")
    for index, provision in enumerate(text.provisions):
        if dossier.anchors[text.id][("provisions", index)] == record.text.anchor:
            return Place(text, str(provision.paragraph), record.text.anchor)
    return Place(text, record.text.anchor, "")


def _place(dossier: Dossier, text: Instrument, label: str) -> Place:
    """A paragraph by its label. A label that several paragraphs have leads to none of them."""
    wanted = label_key(label)
    same = [index for index, record in enumerate(text.provisions) if label_key(record.paragraph) == wanted] if wanted else []
    anchor = dossier.anchors[text.id][("provisions", same[0])] if len(same) == 1 else ""
    return Place(text, str(text.provisions[same[0]].paragraph) if same else label, anchor)


# --- from the oldest to the newest -----------------------------------------------------------


class Link(Value):
    """A paragraph in a chain, under the one that it takes up."""

    place: Place
    anchor: str
    """Its anchor on the page of chains; empty where it stands there elsewhere."""
    up: TakenUp | None
    """How it takes up the one above; None at the head of a chain."""
    by: tuple[Link, ...]
    """Who takes it up in turn, in the order of adoption."""
    elsewhere: str
    """The anchor at which its chain goes on, where that was told before."""
    whole: str
    """The anchor at which it is told who takes up the text without naming a paragraph; empty where nobody does."""

    @property
    def count(self) -> int:
        """How many links follow on it."""
        return sum(1 + link.count for link in self.by)


class Chains(Value):
    """The chains that begin in one text."""

    text: Instrument
    anchor: str
    heads: tuple[Link, ...]

    @property
    def count(self) -> int:
        return sum(head.count for head in self.heads)


def chains(dossier: Dossier) -> tuple[Chains, ...]:
    """Every chain, from the places that take up nothing, by their text in the order of adoption.

    Each place is told with those who take it up once; where it comes up again it leads there. So a circle ends.
    """
    return _Maker(dossier).chains()


_Key = tuple[str, str]
_DEEPEST = 10
"""How far a chain is indented; what goes on longer goes on at a head of its own."""


class _Maker:
    def __init__(self, dossier: Dossier) -> None:
        self.newer: dict[_Key, list[tuple[TakenUp, Place]]] = {}
        places: dict[_Key, Place] = {}
        takers: set[_Key] = set()
        texts = sorted((text for text in dossier.of_kind("instrument") if isinstance(text, Instrument)),
                       key=lambda text: (sort_key(text.date), text.id))
        for text in texts:
            for record in text.lineage:
                older = _named(dossier, record)
                if older is None:
                    continue
                own = _place(dossier, text, str(record.paragraph or ""))
                places.setdefault(older.key, older)
                takers.add(own.key)
                self.newer.setdefault(older.key, []).append((TakenUp(older, str(record.type), record), own))
        # Whatever stands in a circle has no head: its oldest place is taken for one.
        self.order = sorted(places.values(),
                            key=lambda p: (p.key in takers, sort_key(p.text.date), p.text.id, _number(p)))
        self.anchors = dict(zip((place.key for place in self.order), unique_anchors(
            f"chain {place.text.id} {place.label}" for place in self.order), strict=True))
        self.told: set[_Key] = set()

    def chains(self) -> tuple[Chains, ...]:
        heads: dict[str, list[Link]] = {}
        texts: dict[str, Instrument] = {}
        for place in self.order:
            if place.key not in self.told:
                texts[place.text.id] = place.text
                heads.setdefault(place.text.id, []).append(self.link(place, None, 0))
        anchors = unique_anchors(f"from {id}" for id in heads)
        return tuple(Chains(texts[id], anchor, tuple(links))
                     for (id, links), anchor in zip(heads.items(), anchors, strict=True))

    def link(self, place: Place, up: TakenUp | None, depth: int) -> Link:
        key, whole = place.key, (place.text.id, "")
        own = self.anchors.get(key, "")
        followed = self.anchors[whole] if place.label and whole in self.newer else ""
        if key in self.told or depth >= _DEEPEST and key in self.newer:
            return Link(place, "", up, (), own, "")
        self.told.add(key)
        by = tuple(self.link(taker, entry, depth + 1) for entry, taker in self.newer.get(key, ()))
        return Link(place, own if by else "", up, by, "", followed)


def _number(place: Place) -> tuple[int, str]:
    """Where a paragraph stands in its text; no paragraph first."""
    labels: Iterator[int] = (index for index, record in enumerate(place.text.provisions)
                             if label_key(record.paragraph) == label_key(place.label))
    return (-1 if not place.label else next(labels, len(place.text.provisions)), place.label)
