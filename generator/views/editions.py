"""The dossier as of another day: its editions."""

from __future__ import annotations

from generator.dossier import Dossier


def editions(dossier: Dossier) -> object:
    return None


def edition_changes(dossier: Dossier) -> object:
    return None
