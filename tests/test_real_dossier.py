"""The project's own dossier: complete, clean, and the same bytes every time."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tools import CONTENT, PUBLISHED, dead_links, load_once, mkdocs_build, read_site_once

from generator.models import Demand

AT_LEAST = {"actor": 57, "demand": 29, "instrument": 20, "body": 10, "meeting": 18, "event": 66, "source": 150,
            "term": 30}


def test_the_check_says_nothing() -> None:
    assert [problem.as_text() for problem in load_once(CONTENT)[1]] == []


@pytest.mark.first_dossier
def test_every_kind_is_there_in_full() -> None:
    dossier, _ = load_once(CONTENT)
    assert dossier is not None
    counts = Counter(brief.kind for brief in dossier.briefs.values())
    assert {kind: counts[kind] for kind, least in AT_LEAST.items() if counts[kind] < least} == {}


@pytest.mark.first_dossier
def test_every_actor_and_demand_has_a_summary_a_reader_can_use() -> None:
    from generator.prose import sentences

    dossier, _ = load_once(CONTENT)
    assert dossier is not None
    short = {brief.id: len(sentences(brief.summary or "")) for brief in dossier.of_kind("actor", "demand")}  # type: ignore[attr-defined]
    assert {id: count for id, count in short.items() if not 2 <= count <= 7} == {}


def test_every_inferred_position_says_so_and_from_what() -> None:
    dossier, _ = load_once(CONTENT)
    assert dossier is not None
    for demand in dossier.of_kind("demand"):
        assert isinstance(demand, Demand)
        for position in demand.positions:
            assert position.grounds is not None or position.unverified
            if position.grounds == "inferred":
                assert position.note or position.what


def test_the_site_has_all_its_pages_and_no_dead_link(published_site: Path) -> None:
    dossier, _ = load_once(CONTENT)
    assert dossier is not None
    pages = read_site_once(published_site)
    assert {f"{brief.address}index.html" for brief in dossier.briefs.values() if brief.kind != "term"} <= set(pages)
    assert dead_links(published_site, pages) == []


def test_every_page_has_one_title_one_h1_and_a_description(published_site: Path) -> None:
    titles: Counter[str] = Counter()
    for name, page in read_site_once(published_site).items():
        if name == "404.html":
            continue
        assert page.h1 == 1, name
        assert page.title.strip() and page.description.strip(), name
        repeated = [id for id, count in Counter(page.ids).items() if count > 1 and not id.startswith("__")]
        assert repeated == [], name
        assert page.scripts == [], name
        titles[page.title] += 1
    assert [title for title, count in titles.items() if count > 1] == []


def test_no_page_asks_another_host_for_anything(published_site: Path) -> None:
    for name, page in read_site_once(published_site).items():
        assert [url for url in page.requests if urlsplit(url).netloc] == [], name
    for path in sorted(published_site.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        assert "url(http" not in text and "url(//" not in text and "@import" not in text, path


def test_two_builds_give_the_same_bytes(published_site: Path, tmp_path: Path) -> None:
    mkdocs_build(CONTENT, tmp_path / "site", TZ="Asia/Tokyo", PYTHONHASHSEED="5", **PUBLISHED)
    assert _digests(tmp_path / "site") == _digests(published_site)


def _digests(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(site.rglob("*")) if path.is_file()}


def test_the_sitemap_has_the_dossiers_day_and_no_other(published_site: Path) -> None:
    import re

    dossier, _ = load_once(CONTENT)
    assert dossier is not None
    packed = (published_site / "sitemap.xml.gz").read_bytes()
    text = gzip.decompress(packed).decode()
    assert set(re.findall(r"<lastmod>(.*?)</lastmod>", text)) == {str(dossier.as_of)}
    # The header's time, seconds since 1970, is the dossier's day as well.
    from datetime import UTC, datetime

    assert datetime.fromtimestamp(int.from_bytes(packed[4:8], "little"), UTC).date().isoformat() == str(dossier.as_of)
