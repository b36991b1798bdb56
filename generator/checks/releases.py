"""Checks against the last release: what was published once keeps its address."""

from __future__ import annotations

from collections.abc import Iterator

from generator import addresses
from generator.checks.finding import Finding
from generator.dossier import SETTINGS, Dossier
from generator.models import FOLDERS
from generator.read.content import PAGES_FOLDER

_KINDS = {folder: kind for kind, folder in FOLDERS.items()}


def editions_stay(dossier: Dossier) -> Iterator[Finding]:
    """An edition that was released stays among the editions: its address is cited."""
    if dossier.releases is None or not dossier.is_written(SETTINGS):
        return
    days = {str(edition.date) for edition in dossier.settings.editions}
    released = dossier.releases.facts.get(SETTINGS, {}).get("editions", [])
    for entry in released if isinstance(released, list) else []:
        day = str(entry.get("date")) if isinstance(entry, dict) else ""
        if day and day not in days:
            path = ("editions",) if days else ()
            facts: dict[str, object] = {"date": day, "address": addresses.edition_address(day)}
            yield Finding("edition-gone", SETTINGS, path, facts=facts)


def addresses_stay(dossier: Dossier) -> Iterator[Finding]:
    """The address of a brief or page that was released still leads somewhere."""
    if dossier.releases is None or not (dossier.complete and dossier.is_written(SETTINGS)):
        return
    here = {addresses.page_address(page.name) for page in dossier.pages}
    for brief in dossier.briefs.values():
        here |= {addresses.brief_address(brief.kind, id) for id in (brief.id, *brief.formerly)}
    for name in dossier.releases.facts:
        folder, _, id = name.rpartition("/")
        if folder in _KINDS:
            address = addresses.brief_address(_KINDS[folder], id)
        elif folder == PAGES_FOLDER:
            address = addresses.page_address(id)
        else:
            continue
        if address not in here:
            yield Finding("address-gone", SETTINGS, facts={"address": address})
