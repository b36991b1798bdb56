"""What changed on the site since its last release, and at each release before."""

from __future__ import annotations

from generator.dossier import Dossier


def revisions(dossier: Dossier) -> object:
    return None
