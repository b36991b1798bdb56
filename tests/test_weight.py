"""A reader on a slow line: no brief's own text weighs much."""

from __future__ import annotations

from pathlib import Path

import pytest
from serving import packed_size

SECOND_PAGE = 20_000
"""Bytes, gzipped: all that a second page costs, as the rest was fetched with the first."""


@pytest.mark.parametrize("site", ["real_site", "sample_site", "published_site"])
def test_every_brief_is_light(site: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(site)
    sizes = {path.parent.relative_to(folder).as_posix(): packed_size(path.read_bytes())
             for section in ("actors", "demands", "un-process", "events", "sources")
             for path in sorted(folder.glob(f"{section}/*/index.html"))}
    assert len(sizes) > 5
    heavy = {name: size for name, size in sorted(sizes.items(), key=lambda entry: -entry[1]) if size >= SECOND_PAGE}
    assert heavy == {}
