"""Checks of sources: each is cited, and none is older than what it reports."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.finding import Finding, Subject
from generator.dossier import Dossier
from generator.models import Brief, Event, Meeting, Source
from generator.models.base import DatedStatement


def sources_are_cited(dossier: Dossier) -> Iterator[Finding]:
    """Every source is cited by some brief or page."""
    if not dossier.complete:
        return
    for source in dossier.of_kind("source"):
        if not any(link.cites for link in dossier.inbound[source.id]):
            yield Finding("source-never-cited", source.id)


def sources_come_after_facts(subject: Subject) -> Iterator[Finding]:
    """A source of a dated statement was not certainly published before the statement's date."""
    if not isinstance(subject.record, Brief):
        return
    for path, record in subject.records.items():
        if not isinstance(record, (DatedStatement, Event, Meeting)) or record.date is None:
            continue
        for index, citation in enumerate(record.sources):
            source = subject.dossier.briefs.get(citation.id)
            if isinstance(source, Source) and source.date is not None and _reports_too_early(source, record):
                yield Finding("source-too-early", subject.name, (*path, "sources", index),
                              facts={"source": f'"{source.id}"', "published": source.date.readable(),
                                     "date": record.date.readable()})


def _reports_too_early(source: Source, record: DatedStatement | Event | Meeting) -> bool:
    """Published certainly before the statement's time began. An open or long period starts the clock at its start."""
    assert source.date is not None and record.date is not None
    start, published = record.date.start_earliest, source.date.end_latest
    return start is not None and published is not None and published < start and source.date.before(record.date)
