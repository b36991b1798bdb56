"""Where the dossier is when nobody says."""

from __future__ import annotations

import os
from pathlib import Path

CONTENT_VARIABLE = "BRIEFING_CONTENT"


def default_content() -> str:
    """The content folder: what the environment names, or `content`."""
    return os.environ.get(CONTENT_VARIABLE) or "content"


def content_of_site(configured: str | None, root: Path) -> Path:
    """The content folder of a site whose configuration stands in `root`.

    What the configuration says, and the default, start from there; what the environment says starts from where the
    builder was called, as it does for every command.
    """
    named = os.environ.get(CONTENT_VARIABLE)
    return Path.cwd() / named if named and not configured else root / (configured or "content")
