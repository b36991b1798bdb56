"""A reader on a slow line: no brief's own text weighs much, and no list's is a burden."""

from __future__ import annotations

from pathlib import Path

import pytest
from serving import packed_size

SECOND_PAGE = 20_000
"""Bytes, gzipped: all that a second page costs, as the rest was fetched with the first."""

LIST = 45_000
"""Bytes, gzipped, of a page that shows the whole dossier: a list, or how everything stood on a day."""

BRIEFS = ("actors", "demands", "un-process", "events", "sources")


@pytest.mark.parametrize("site", ["sample_site", "published_site"])
def test_every_page_is_light(site: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(site)
    sizes = {path.parent.relative_to(folder).as_posix(): packed_size(path.read_bytes())
             for path in sorted(folder.rglob("index.html"))}
    briefs = {name for name in sizes if name.count("/") == 1 and name.startswith(BRIEFS)}
    assert len(briefs) > 5 and len(sizes) - len(briefs) > 15
    heavy = {name: size for name, size in sorted(sizes.items(), key=lambda entry: -entry[1])
             if size >= (SECOND_PAGE if name in briefs else LIST)}
    assert heavy == {}
