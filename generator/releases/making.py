"""A new release: what it changed, and the file that holds it."""

from __future__ import annotations

from collections import Counter

from generator.dossier import Dossier
from generator.releases.changes import changes_in_words
from generator.releases.file import Release, Releases, to_text
from generator.releases.snapshot import released_facts, since_last_release
from generator.values import Value


class Refused(Exception):
    """No release can be made; the message says why in one sentence."""


class Made(Value):
    """A release, and the text of the file with it."""

    release: Release
    text: str
    first: bool


def make_release(dossier: Dossier, date: str, reason: str) -> Made:
    """The release of the dossier as it is. Raises Refused for a day before the last one, or where nothing changed."""
    so_far = dossier.releases or Releases()
    last = so_far.last
    if last is not None and date < last.date:
        raise Refused(f"the last release is of {last.date}, so none can be of {date}")
    if last is not None and last.facts == dossier.facts.fingerprint:
        raise Refused(f"nothing changed since the release of {last.date}, so there is nothing to release")
    differences = since_last_release(dossier)
    holds = dict(Counter(brief.kind for brief in dossier.briefs.values()))
    release = Release(date, reason, dossier.facts.fingerprint, holds,
                      changes_in_words(differences) if differences else ())
    return Made(release, to_text(Releases((*so_far.releases, release), released_facts(dossier))), last is None)
