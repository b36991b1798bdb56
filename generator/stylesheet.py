"""The site's one stylesheet, joined from the files in `site_templates/styles`."""

from __future__ import annotations

from generator.rendering import TEMPLATES

CONTENT = ("colours", "text", "figures", "lists", "editions", "matrix", "days")
"""What pages need in any shell."""

ALL = ("colours", "elements", "shell", "text", "figures", "lists", "editions", "matrix", "days", "print")
"""What pages need in the site's own shell, in the order of the cascade."""


def stylesheet(parts: tuple[str, ...] = ALL) -> bytes:
    """The named files of `site_templates/styles`, one after another."""
    return b"\n".join((TEMPLATES / "styles" / f"{part}.css").read_bytes() for part in parts)
