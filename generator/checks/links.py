"""Checks of references: they lead somewhere, and everything can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.checks.finding import Finding, Subject
from generator.diagnostics import (
    SOURCE_OF_ADDRESS,
    Diagnostic,
    did_you_mean,
    did_you_mean_citation,
    did_you_mean_id,
    did_you_mean_reference,
    renamed,
    several_values,
    typed_reference,
)
from generator.dossier import Dossier
from generator.linking import Link
from generator.models import KINDS, Meeting, Source
from generator.models.fields import is_id, suggest_id


def references_lead_somewhere(subject: Subject) -> Iterator[Finding]:
    """A reference or citation names a brief that exists, of a kind that may stand there, and a place in it."""
    dossier = subject.dossier
    links = dossier.links_from[subject.name]
    for number, link in enumerate(links):
        if not link.anchor and dossier.ids.get(link.target) in link.kinds:
            continue
        code, hint, facts = _fault(dossier, link)
        if code:
            text = link.token.raw if link.token is not None else None
            nth = sum(one.token is not None and one.path == link.path and one.token.raw == text
                      for one in links[:number])
            yield Finding(code, link.origin, link.path, text, nth, hint, facts)


def _fault(dossier: Dossier, link: Link) -> tuple[str, str | None, dict[str, object]]:
    kind = dossier.ids.get(link.target)
    if link.token is not None and not is_id(link.target):
        return "broken-reference", _likely_reference(dossier, link), {"raw": link.token.raw}
    if kind is None and link.target in dossier.misplaced:
        return "", None, {}
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
    kinds = ("source",) if link.cites else link.kinds
    if link.token is not None and not link.cites and link.token.shown in dossier.ids:
        return did_you_mean_reference(f"{link.token.shown}|{link.target}")  # the other way round
    id = likely_id(dossier, link.target, kinds)
    if not id:
        return None
    return did_you_mean_citation(id) if link.cites else did_you_mean_reference(id)


def likely_id(dossier: Dossier, typed: str, kinds: Sequence[str] = ()) -> str:
    """The id that was meant by something near it: a file's name, a title, an address; empty where none is."""
    bare = typed.strip(" []()@\"'").rpartition("#")[0] or typed.strip(" []()@\"'")
    bare = bare.removesuffix("/").rpartition("/")[2].removesuffix(".yml") if "://" not in bare else ""
    name = " ".join(typed.split()).casefold()
    by_address = {brief.url: id for id, brief in dossier.briefs.items() if isinstance(brief, Source) and brief.url}
    for id in (suggest_id(bare), dossier.by_name.get(name, ""), by_address.get(typed.strip(), "")):
        if dossier.ids.get(id) and (not kinds or dossier.ids[id] in kinds):
            return id
    return ""


def with_likely_id(dossier: Dossier, problem: Diagnostic) -> Diagnostic:
    """The problem of a field that holds no id, with the id that is most probably meant."""
    typed = typed_reference(problem)
    if not typed:
        return problem
    parts = [part for part in re.split(r"[,;\s]+", typed) if part]
    if len(parts) > 1 and all(part in dossier.ids for part in parts):
        return replace(problem, hint=several_values(parts))
    id = likely_id(dossier, typed)
    if id:
        return replace(problem, hint=did_you_mean_id(id))
    if "://" in typed:
        return replace(problem, hint=SOURCE_OF_ADDRESS)
    near = did_you_mean(suggest_id(typed), dossier.ids)
    return replace(problem, hint=f"{near} {problem.hint}") if near else problem


def briefs_are_linked(dossier: Dossier) -> Iterator[Finding]:
    """Every brief but a source or a term can be reached from another: linked there, or listed there.

    A field that names another brief lists this one on the other's page, so it counts as well.
    """
    if not dossier.complete:
        return
    listed = {name for name, links in dossier.links_from.items()
              if any(link.token is None and not link.cites and link.target in dossier.briefs for link in links)}
    for id, links in dossier.inbound.items():
        if not links and id not in listed and dossier.briefs[id].kind not in ("source", "term"):
            yield Finding("never-linked", id)


def briefs_have_names_of_their_own(dossier: Dossier) -> Iterator[Finding]:
    """No two briefs of a kind have one name, as a copy has until somebody changes it; sources may."""
    first: dict[tuple[str, str], str] = {}
    for id, brief in dossier.briefs.items():
        if brief.kind != "source":
            other = first.setdefault((brief.kind, brief.name.casefold()), id)
            if other != id:
                yield Finding("same-name", id, ("name",), facts={"name": brief.name, "other": other})


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


def meetings_nest(subject: Subject) -> Iterator[Finding]:
    """No meeting is a part of itself, by any number of steps."""
    briefs, current = subject.dossier.briefs, subject.record
    way = [subject.name]
    while isinstance(current, Meeting) and current.part_of and current.part_of.id in briefs:
        way.append(current.part_of.id)
        if current.part_of.id == subject.name:
            yield Finding("circular-part", subject.name, ("part_of",),
                          facts={"meeting": f'"{subject.name}"', "way": " > ".join(way)})
            return
        if current.part_of.id in way[:-1]:
            return
        current = briefs[current.part_of.id]
