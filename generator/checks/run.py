"""Runs the checks, and puts what they find at its place and into words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from generator.checks import links, prose_checks, records, releases, sources, times
from generator.checks.finding import DossierCheck, Finding, PathIn, RecordCheck, Subject
from generator.diagnostics import CODES, WARNING, Diagnostic, diagnostic, did_you_mean
from generator.dossier import Accepted, Dossier
from generator.models.base import records_on_the_way
from generator.values import Value

RECORD_CHECKS: tuple[RecordCheck, ...] = (
    links.references_lead_somewhere, links.meetings_nest,
    prose_checks.prose_is_plain, prose_checks.texts_stand_in_no_typographic_quotes,
    prose_checks.references_are_written_as_such, prose_checks.no_text_is_lost_after_a_hash,
    prose_checks.loaded_words_are_quoted,
    records.positions_have_grounds, records.inferences_say_from_what, records.statements_have_sources,
    records.editions_have_sources, records.votes_add_up, records.deadlines_count_from_something,
    records.sides_are_apart,
    sources.sources_come_after_facts,
    times.members_join_after_founding, times.histories_are_in_order, times.mandates_end_after_they_start,
    times.events_lie_within_their_meeting, times.editions_are_days,
)
"""Every check of one record: of a brief, of the dossier's own, or of a hand-written page."""

DOSSIER_CHECKS: tuple[DossierCheck, ...] = (
    links.briefs_are_linked, links.former_ids_are_free, links.briefs_have_names_of_their_own,
    sources.sources_are_cited, releases.editions_stay, releases.addresses_stay,
)
"""Every check that needs all records at once."""


class Checked(Value):
    """What the checks of one record found, and the warnings that it accepts: the paths to `accept`, with their names."""

    findings: tuple[Finding, ...] = ()
    accepts: tuple[tuple[PathIn, str], ...] = ()

    def as_json(self) -> str:
        """A text to keep; empty where there is nothing to say."""
        found = [[f.code, f.origin, f.path, f.text, f.nth, f.hint, f.facts] for f in self.findings]
        return json.dumps([found, self.accepts]) if found or self.accepts else ""

    @classmethod
    def from_json(cls, text: str) -> Checked:
        """What was kept as a text."""
        found, accepts = json.loads(text) if text else ((), ())
        return cls(tuple(Finding(code, origin, tuple(path), *rest) for code, origin, path, *rest in found),
                   tuple((tuple(path), code) for path, code in accepts))


def check_record(dossier: Dossier, name: str) -> Checked:
    """Run the checks of one record: a brief by its id, `dossier.yml`, or a page as `pages/<name>`."""
    subject = Subject(dossier, name)
    return Checked(tuple(finding for check in RECORD_CHECKS for finding in check(subject)), tuple(subject.accepts))


def check_dossier(dossier: Dossier) -> list[Finding]:
    """Run the checks that need all records at once."""
    return [finding for check in DOSSIER_CHECKS for finding in check(dossier)]


CheckRecord = Callable[[Dossier, str], Checked]
"""How one record is checked; the result of an earlier check may stand for it."""


def run_checks(dossier: Dossier, check: CheckRecord = check_record) -> tuple[list[Diagnostic], tuple[Accepted, ...]]:
    """All findings as diagnostics, and the warnings that records accepted with a reason."""
    checked = {name: check(dossier, name) for name in (*dossier.records, *(f"pages/{p.name}" for p in dossier.pages))}
    findings = [finding for one in checked.values() for finding in one.findings] + check_dossier(dossier)
    problems: list[Diagnostic] = []
    accepted: list[Accepted] = []
    used: set[tuple[str, PathIn, str]] = set()
    for finding in findings:
        problem = _place(dossier, finding)
        silenced = _silence(dossier, finding)
        if silenced is None:
            problems.append(problem)
        else:
            path, reason = silenced
            used.add((finding.origin, path, finding.code))
            accepted.append(Accepted(problem, finding.origin, reason))
    problems.extend(_place(dossier, finding) for finding in _bad_accepts(dossier, checked, used))
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


def _bad_accepts(
    dossier: Dossier, checked: dict[str, Checked], used: set[tuple[str, PathIn, str]]
) -> Iterator[Finding]:
    """`accept` entries that name no warning, or one that no longer occurs."""
    warnings = sorted(code.name for code in CODES.values() if code.can_be_accepted)
    for origin, one in checked.items():
        for path, code in one.accepts:
            if code not in warnings:
                yield Finding("unknown-warning", origin, (*path, code), facts={"code": code},
                              hint=did_you_mean(code, warnings) or f"Write one of: {', '.join(warnings)}")
            elif dossier.complete and (origin, path[:-1], code) not in used:
                yield Finding("idle-accept", origin, (*path, code), facts={"code": code})
