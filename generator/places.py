"""Where the dossier is when nobody says."""

from __future__ import annotations

import os

CONTENT_VARIABLE = "BRIEFING_CONTENT"


def default_content() -> str:
    """The content folder: what the environment names, or `content`."""
    return os.environ.get(CONTENT_VARIABLE) or "content"
