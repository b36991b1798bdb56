"""What a change has to do with releases: those it makes, and whether what it changes is in one."""

from __future__ import annotations


from generator.compare.changes import Changes
from generator.dossier import Dossier
from generator.releases.file import RELEASES_FILE, Release
from generator.values import Value


class ReleaseNews(Value):
    """Releases that came or went, and the last one where it does not hold what the change brings."""

    come: tuple[Release, ...]
    gone: tuple[Release, ...]
    open_since: Release | None

    def __bool__(self) -> bool:
        return bool(self.come or self.gone or self.open_since)


def release_news(changes: Changes) -> ReleaseNews:
    """Nothing where a dossier has no releases, or they cannot be read: the check says so."""
    before, after = changes.before.dossier, changes.after.dossier
    if changes.after.settled and after.releases is None and RELEASES_FILE in changes.after.files:
        return ReleaseNews((), (), None)
    old, new = _releases(before), _releases(after)
    last = new[-1] if new and changes.after.settled and (changes.briefs or changes.pages) else None
    return ReleaseNews(tuple(release for release in new if release not in old),
                       tuple(release for release in old if release not in new),
                       last if last and last.facts != after.facts.fingerprint else None)


def _releases(dossier: Dossier) -> tuple[Release, ...]:
    return dossier.releases.releases if dossier.releases else ()
