"""Runs the checks, and puts what they find at its place and into words."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks import links, prose_checks, records, releases, sources, times
from generator.checks.finding import Check, Finding, PathIn
from generator.diagnostics import CODES, WARNING, Diagnostic, diagnostic, did_you_mean
from generator.dossier import Accepted, Dossier
from generator.models.base import records_on_the_way, walk

CHECKS: tuple[Check, ...] = (
    links.references_lead_somewhere, links.briefs_are_linked, links.former_ids_are_free, links.meetings_nest,
    links.briefs_have_names_of_their_own,
    prose_checks.prose_is_plain, prose_checks.pages_are_plain, prose_checks.texts_stand_in_no_typographic_quotes,
    prose_checks.references_are_written_as_such, prose_checks.no_text_is_lost_after_a_hash,
    prose_checks.loaded_words_are_quoted,
    records.positions_have_grounds, records.inferences_say_from_what, records.statements_have_sources,
    records.votes_add_up, records.deadlines_count_from_something, records.sides_are_apart,
    sources.sources_are_cited, sources.sources_come_after_facts,
    times.members_join_after_founding, times.histories_are_in_order, times.mandates_end_after_they_start,
    times.events_lie_within_their_meeting, times.editions_are_days,
    releases.editions_stay, releases.addresses_stay,
)
"""Every check, in the order in which they run."""


def run_checks(dossier: Dossier) -> tuple[list[Diagnostic], tuple[Accepted, ...]]:
    """All findings as diagnostics, and the warnings that records accepted with a reason."""
    problems: list[Diagnostic] = []
    accepted: list[Accepted] = []
    used: set[tuple[str, PathIn, str]] = set()
    for check in CHECKS:
        for finding in check(dossier):
            problem = _place(dossier, finding)
            silenced = _silence(dossier, finding)
            if silenced is None:
                problems.append(problem)
            else:
                path, reason = silenced
                used.add((finding.origin, path, finding.code))
                accepted.append(Accepted(problem, finding.origin, reason))
    problems.extend(_place(dossier, finding) for finding in _bad_accepts(dossier, used))
    return problems, tuple(sorted(accepted, key=lambda entry: entry.diagnostic))


def _place(dossier: Dossier, finding: Finding) -> Diagnostic:
    origin = dossier.origin(finding.origin)
    line, column = (origin.place(finding.path) if finding.text is None
                    else origin.place_of_text(finding.path, finding.text, finding.nth))
    return diagnostic(finding.code, origin.file, line, column, hint=finding.hint, **finding.facts)


def _silence(dossier: Dossier, finding: Finding) -> tuple[PathIn, str] | None:
    """The nearest record on the way to a warning that accepts it, with the reason."""
    if CODES[finding.code].severity != WARNING or finding.origin not in dossier.records:
        return None
    for path, holder in reversed(records_on_the_way(dossier.records[finding.origin], finding.path)):
        reason = getattr(holder, "accept", {}).get(finding.code)
        if reason is not None:
            return path, reason
    return None


def _bad_accepts(dossier: Dossier, used: set[tuple[str, PathIn, str]]) -> Iterator[Finding]:
    """`accept` entries that name no warning, or one that no longer occurs."""
    warnings = sorted(code.name for code in CODES.values() if code.can_be_accepted)
    for origin, record in dossier.records.items():
        for path, value in walk(record):
            if path[-1] != "accept":
                continue
            for code in value:  # type: ignore[attr-defined]
                if code not in warnings:
                    yield Finding("unknown-warning", origin, (*path, code), facts={"code": code},
                                  hint=did_you_mean(code, warnings) or f"Write one of: {', '.join(warnings)}")
                elif dossier.complete and (origin, path[:-1], code) not in used:
                    yield Finding("idle-accept", origin, (*path, code), facts={"code": code})
