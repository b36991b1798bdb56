"""An actor's own timeline: everything dated that it took part in or was, in order and by year.

Its positions are not repeated here: they stand on the same page by demand, each with its date.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.as_of.day import sort_key
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Actor, Brief
from generator.models.actor import ActorLike
from generator.values import Value
from generator.views.mentions import Mention, anchor_of


class OwnMoment(Value):
    """One dated thing: what it is in words, and the brief and place that tell it."""

    date: Edtf
    kind: str
    brief: Brief
    anchor: str
    words: str


class Year(Value):
    title: str
    moments: tuple[OwnMoment, ...]


def own_timeline(dossier: Dossier, brief: ActorLike, named: dict[str, list[Mention]]) -> tuple[Year, ...]:
    """The years of an actor or body; `named` are the links to it by role, as `mentions` gives them."""
    moments: dict[tuple[str, str, str, str], OwnMoment] = {}
    for date, kind, origin, anchor, words in _dated(dossier, brief, named):
        if date is not None:
            moments.setdefault((str(date), origin.id, anchor, words),
                               OwnMoment(date, kind, origin, anchor, words))
    years: dict[str, list[OwnMoment]] = {}
    for moment in sorted(moments.values(), key=lambda m: (sort_key(m.date), m.brief.id, m.anchor)):
        years.setdefault(moment.date.day_key[:4] or "Undated", []).append(moment)
    return tuple(Year(title, tuple(found)) for title, found in years.items())


_Dated = tuple[Edtf | None, str, Brief, str, str]


def _dated(dossier: Dossier, brief: ActorLike, named: dict[str, list[Mention]]) -> Iterator[_Dated]:
    for mention in named.get("involved.actors", ()):
        yield mention.origin.date, "event", mention.origin, "", str(mention.record.role)  # type: ignore[attr-defined]
    for role, words in (("seats.actors", "took part"), ("seats.for", "represented"), ("absent.actors", "absent")):
        for mention in named.get(role, ()):
            # Those who sat for it have days of their own; it was represented at the meeting.
            date = mention.record.date if words != "represented" else None  # type: ignore[attr-defined]
            yield (date or mention.origin.date, "meeting", mention.origin, "", words)  # type: ignore[attr-defined]
    for mention in named.get("convener", ()):
        yield mention.origin.date, "meeting", mention.origin, "", "convened it"  # type: ignore[attr-defined]
    for mention in named.get("by", ()):
        yield mention.origin.date, "instrument", mention.origin, "", "adopted or issued by it"  # type: ignore[attr-defined]
    for mention in named.get("signatories.actors", ()):
        yield mention.record.date or mention.origin.date, "instrument", mention.origin, mention.anchor, str(  # type: ignore[attr-defined]
            mention.record.act)  # type: ignore[attr-defined]
    for mention in named.get("vote.cast.actors", ()):
        yield mention.origin.date, "instrument", mention.origin, "", f"voted {mention.record.vote}"  # type: ignore[attr-defined]
    for mention in named.get("heads.actor", ()):
        yield mention.record.date, "body", mention.origin, mention.anchor, str(mention.record.role)  # type: ignore[attr-defined]
    for index, standing in enumerate(brief.standing):
        yield (standing.date, brief.kind, brief, anchor_of(dossier, brief.id, ("standing", index)),
               f"standing: {standing.standing}")
    if isinstance(brief, Actor):
        for office in brief.offices:
            yield office.date, brief.kind, brief, "offices", str(office.office)
