"""Where the dossier is thin."""

from __future__ import annotations

from generator.dossier import Dossier


def gaps(dossier: Dossier) -> object:
    return None
