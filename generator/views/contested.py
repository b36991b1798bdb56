"""Everything that accounts differ on."""

from __future__ import annotations

from generator.dossier import Dossier


def contested(dossier: Dossier) -> object:
    return None
