"""The dossier as it was released last, made from its facts, so that it can be compared with the present one."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import ValidationError

from generator.compare.changes import Changes, Snapshot
from generator.compare.differences import compare
from generator.dossier import SETTINGS, Dossier
from generator.facts import Facts, exact_prints, file_names
from generator.load import STAND_IN
from generator.models import FOLDERS, KINDS, Settings
from generator.models.base import Record
from generator.read.content import PAGES_FOLDER, Content, HandPage
from generator.read.origin import Origin

R = TypeVar("R", bound=Record)

_KINDS = {folder: kind for kind, folder in FOLDERS.items()}


def released_facts(dossier: Dossier) -> dict[str, Any]:
    """The present facts as a release keeps them: by `dossier.yml`, `actors/<id>` and the like, `pages/<name>`."""
    names = file_names(dossier, dossier.facts.by_name)
    return {names[name]: facts for name, facts in dossier.facts.by_name.items()}


def last_release(dossier: Dossier) -> Snapshot | None:
    """The dossier as it was released last; None without a release.

    What says the same as today is today's own record; fingerprints tell, so that only what differs is looked at. A brief
    that this version of the program can no longer read is known by its id alone, and so is not compared.
    """
    if dossier.releases is None or dossier.releases.last is None:
        return None
    released, now = dossier.releases.facts, dossier.facts
    pages = {page.name: page for page in dossier.pages}
    content = Content(dossier.folder)
    base = dossier.folder.resolve().name or "content"
    for name, exact in exact_prints(released).items():
        folder, _, id = name.rpartition("/")
        origin = Origin(f"{base}/{name}")
        if name == SETTINGS:
            content.settings = dossier.settings if now.exact(name) == exact else _record(Settings, released[name])
            content.settings_origin = origin
        elif folder == PAGES_FOLDER:
            content.pages.append(pages[id] if id in pages and now.exact(name) == exact
                                 else _page(id, released[name], origin))
        elif folder in _KINDS:
            kind = _KINDS[folder]
            content.ids[id], content.origins[id] = kind, origin
            brief = dossier.briefs.get(id)
            if brief is not None and brief.kind == kind and now.exact(id) == exact:
                content.anchors[id] = dossier.anchors[id]
            else:
                brief = _record(KINDS[kind], {**released[name], "id": id})
            if brief is not None:
                content.briefs.append(brief)
    return Snapshot(Dossier(content, content.settings or STAND_IN), content.settings is not None, (), {})


def since_last_release(dossier: Dossier) -> Changes | None:
    """All that differs from the last release; None without one."""
    before = last_release(dossier)
    return None if before is None else compare(before, Snapshot(dossier, True, (), {}), placed=False)


def facts_at_last_release(dossier: Dossier) -> Facts | None:
    """The last release's facts, to compare pages with; None without a release."""
    before = last_release(dossier)
    return before.dossier.facts if before else None


def _page(name: str, facts: dict[str, Any], origin: Origin) -> HandPage:
    return HandPage(name, str(facts.get("title", "")), str(facts.get("body", "")), origin)


def _record(model: type[R], facts: dict[str, Any]) -> R | None:
    try:
        return model.model_validate(_typed(facts))
    except ValidationError:
        return None


def _typed(value: Any) -> Any:
    """A plain value as an editor types it: all of it is text."""
    if isinstance(value, dict):
        return {name: _typed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
