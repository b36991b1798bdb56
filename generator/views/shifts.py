"""Positions over time: every shift of stance, named and in order."""

from __future__ import annotations

from generator.dossier import Dossier


def shifts(dossier: Dossier) -> object:
    return None
