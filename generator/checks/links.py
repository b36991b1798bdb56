"""Checks of references: they lead somewhere, and everything can be reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.checks.finding import Finding
from generator.diagnostics import did_you_mean, did_you_mean_reference, renamed
from generator.dossier import Dossier, Link
from generator.models import KINDS, Meeting
from generator.models.fields import is_id, suggest_id


def references_lead_somewhere(dossier: Dossier) -> Iterator[Finding]:
    """A reference or citation names a brief that exists, of a kind that may stand there, and a place in it."""
    seen: Counter[tuple[str, tuple[str | int, ...], str]] = Counter()
    for link in dossier.links:
        text, nth = None, 0
        if link.token is not None:
            key = (link.origin, link.path, link.token.raw)
            text, nth = link.token.raw, seen[key]
            seen[key] += 1
        code, hint, facts = _fault(dossier, link)
        if code:
            yield Finding(code, link.origin, link.path, text, nth, hint, facts)


def _fault(dossier: Dossier, link: Link) -> tuple[str, str | None, dict[str, object]]:
    kind = dossier.ids.get(link.target)
    if link.token is not None and not is_id(link.target):
        return "broken-reference", _likely_reference(dossier, link), {"raw": link.token.raw}
    if kind is None:
        if dossier.hidden:
            return "", None, {}
        known = [id for id, kind in dossier.ids.items() if kind in link.kinds]
        code = "unknown-source" if link.cites else "unknown-id"
        new = dossier.renamed.get(link.target)
        return code, renamed(link.target, new) if new else did_you_mean(link.target, known), {"id": link.target}
    if kind not in link.kinds:
        expected = " or ".join(KINDS[kind].label for kind in link.kinds)
        known = [id for id, kind in dossier.ids.items() if kind in link.kinds]
        return "wrong-kind", did_you_mean(link.target, known), {
            "id": link.target, "found": KINDS[kind].label, "expected": expected}
    if link.anchor and link.target in dossier.briefs:
        anchors = dossier.anchors[link.target].values()
        if link.anchor not in anchors:
            places = [f"#{anchor}" for anchor in anchors]
            hint = did_you_mean(f"#{link.anchor}", places, quote="") or (
                f"It has: {', '.join(places[:12])}" if places else "Link the brief as a whole")
            return "unknown-anchor", hint, {"id": link.target, "anchor": link.anchor}
    return "", None, {}


def _likely_reference(dossier: Dossier, link: Link) -> str | None:
    """A hint for a reference that names a brief by something other than its id, such as its title."""
    id = suggest_id(link.target)
    if link.cites or id not in dossier.ids:
        id = dossier.by_name.get(" ".join(link.target.split()).casefold(), "")
    return did_you_mean_reference(id) if id and not link.cites else None


def briefs_are_linked(dossier: Dossier) -> Iterator[Finding]:
    """Every brief but a source or a term can be reached from another: linked there, or listed there.

    A field that names another brief lists this one on the other's page, so it counts as well.
    """
    if not dossier.complete:
        return
    listed = {link.origin for link in dossier.links
              if link.token is None and not link.cites and link.target in dossier.briefs}
    for id, links in dossier.inbound.items():
        if not links and id not in listed and dossier.briefs[id].kind not in ("source", "term"):
            yield Finding("never-linked", id)


def former_ids_are_free(dossier: Dossier) -> Iterator[Finding]:
    """A former id is no other brief's id, present or former: its redirect needs the address."""
    taken: dict[str, str] = {}
    for id, brief in dossier.briefs.items():
        for index, old in enumerate(brief.formerly):
            other = old if old in dossier.ids else taken.get(old)
            if other is not None:
                yield Finding("address-clash", id, ("formerly", index),
                              facts={"address": f"/{brief.address.replace(id, old)}", "other": f'"{other}"'})
            taken.setdefault(old, id)


def meetings_nest(dossier: Dossier) -> Iterator[Finding]:
    """No meeting is a part of itself, by any number of steps."""
    for meeting in dossier.of_kind("meeting"):
        way = [meeting.id]
        current = meeting
        while isinstance(current, Meeting) and current.part_of and current.part_of.id in dossier.briefs:
            way.append(current.part_of.id)
            if current.part_of.id == meeting.id:
                yield Finding("circular-part", meeting.id, ("part_of",),
                              facts={"meeting": f'"{meeting.id}"', "way": " > ".join(way)})
                break
            if current.part_of.id in way[:-1]:
                break
            current = dossier.briefs[current.part_of.id]
