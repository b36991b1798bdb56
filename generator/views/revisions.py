"""What changed on the site since its last release, and at each release before."""

from __future__ import annotations

from collections.abc import Iterator

from generator.dates import Edtf
from generator.dossier import SETTINGS, Dossier
from generator.facts import SHORT
from generator.models.fields import Citation
from generator.reads import note, unrecorded
from generator.releases.file import GROUPS, Change
from generator.values import Value

MOST = 120
"""So many changes of one release are told at most; the others are counted."""
_OPEN_AT_MOST = 12
"""A group of more changes is folded."""


class Told(Value):
    """A change, and where what it is about stands today: a brief's id, or the address of a page; both may be empty."""

    change: Change
    id: str
    anchor: str
    address: str
    sources: tuple[Citation, ...]


class Group(Value):
    """The changes of one kind. `more`: how many are not told."""

    name: str
    changes: tuple[Told, ...]
    more: int

    @property
    def count(self) -> int:
        return len(self.changes) + self.more

    @property
    def open(self) -> bool:
        return len(self.changes) <= _OPEN_AT_MOST


class Revision(Value):
    """A release with its changes."""

    anchor: str
    date: Edtf
    reason: str
    facts: str
    briefs: int
    sources: int
    first: bool
    count: int
    groups: tuple[Group, ...]


class Revisions(Value):
    """`open`: what changed since the last release, and how much that is. The releases, newest first."""

    open: tuple[Group, ...]
    open_count: int
    facts: str
    releases: tuple[Revision, ...]

    @property
    def last(self) -> Revision | None:
        return self.releases[0] if self.releases else None


def _since_last_release(dossier: Dossier) -> tuple[Change, ...]:
    """What changed since the last release; nothing where there is none, and then nobody needs the comparison."""
    if dossier.releases is None:
        return ()
    from generator.releases.changes import changes_in_words
    from generator.releases.snapshot import since_last_release

    # Beside the releases, noted above, and the dossier's own record, the comparison reads fields of briefs and pages, and
    # what comes of these alone, such as anchors; no line of any file. Wherever one of them differs from what it was, the
    # fact of all facts does: it stands for thousands.
    note("#facts", "")
    with unrecorded():
        differences = since_last_release(dossier)
        return changes_in_words(differences) if differences else ()


def revisions(dossier: Dossier) -> Revisions:
    since = _since_last_release(dossier)
    return Revisions(_groups(dossier, since), len(since), dossier.facts.fingerprint[:SHORT],
                     tuple(reversed(list(_releases(dossier)))))


def _releases(dossier: Dossier) -> Iterator[Revision]:
    seen: dict[str, int] = {}
    for number, release in enumerate(dossier.releases.releases if dossier.releases else ()):
        again = seen[release.date] = seen.get(release.date, 0) + 1
        anchor = f"release-{release.date}" + (f"-{again}" if again > 1 else "")
        briefs, sources = sum(release.holds.values()), release.holds.get("source", 0)
        yield Revision(anchor, Edtf.parse(release.date), release.reason, release.facts[:SHORT], briefs - sources,
                       sources, number == 0, len(release.changes), _groups(dossier, release.changes))


def _groups(dossier: Dossier, changes: tuple[Change, ...]) -> tuple[Group, ...]:
    """The changes by kind; where they are too many, each kind tells its first ones."""
    by_name = {name: [change for change in changes if change.group == name] for name in GROUPS}
    by_name = {name: found for name, found in by_name.items() if found}
    share, left = {}, MOST
    # The smallest groups are told whole, so that a few positions do not vanish behind many reworded texts.
    for number, name in enumerate(sorted(by_name, key=lambda name: len(by_name[name]))):
        share[name] = min(len(by_name[name]), left // (len(by_name) - number))
        left -= share[name]
    return tuple(Group(name, tuple(_told(dossier, change) for change in found[:share[name]]), len(found) - share[name])
                 for name, found in by_name.items())


def _told(dossier: Dossier, change: Change) -> Told:
    id = dossier.renamed.get(change.page, change.page)
    sources = tuple(Citation(dossier.renamed.get(source, source), "") for source in change.sources)
    known = tuple(source for source in sources if source.id in dossier.briefs and source.id != id)
    if id in dossier.briefs:
        anchors = {*dossier.anchors[id].values(), *(old for olds in dossier.former_anchors.get(id, {}).values()
                                                    for old in olds)}
        return Told(change, id, change.anchor if change.anchor in anchors else "", "", known)
    if change.page == SETTINGS:
        return Told(change, "", "", "about/", known)
    name = change.page.removeprefix("pages/")
    here = change.page != name and any(page.name == name for page in dossier.pages)
    return Told(change, "", "", f"{name}/" if here else "", known)
