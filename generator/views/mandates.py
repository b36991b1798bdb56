"""From mandate to practice: what each provision asked, by when, and what became of it."""

from __future__ import annotations

from generator.dossier import Dossier


def mandates(dossier: Dossier) -> object:
    return None
