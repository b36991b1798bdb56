"""Who is heard how much: counts by side and by actor, for readers to judge by."""

from __future__ import annotations

from generator.dossier import Dossier


def balance(dossier: Dossier) -> object:
    return None
