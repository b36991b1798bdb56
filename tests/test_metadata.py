"""What a page says of itself to search engines, reference managers and whoever shares its address."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tools import CONTENT, SITE_URL, load_once


class HeadReader(HTMLParser):
    """The metadata of one page: metas by name or property, links by relation, and JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.link: dict[str, str] = {}
        self.json_ld: list[str] = []
        self.redirect = False
        self._in_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta[values.get("name") or values.get("property") or ""] = values.get("content", "")
            self.redirect |= values.get("http-equiv", "") == "refresh"
        if tag == "link":
            self.link[values.get("rel", "")] = values.get("href", "")
        self._in_json = tag == "script" and values.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.json_ld.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_json = False


def heads(site: Path) -> dict[str, HeadReader]:
    """The metadata of every page by its address, but for the 404 page and the ways on from old addresses."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        reader = HeadReader()
        reader.feed(path.read_text(encoding="utf-8"))
        if name != "404.html" and not reader.redirect:
            found[name.removesuffix("index.html")] = reader
    return found


@pytest.fixture(scope="module")
def published(published_site: Path) -> dict[str, HeadReader]:
    return heads(published_site)


@pytest.fixture(scope="module")
def day() -> str:
    dossier, _ = load_once(CONTENT)
    assert dossier is not None
    last = dossier.as_of.end_latest or dossier.as_of.start_earliest
    assert last is not None
    return last.isoformat()


def day_of(address: str, day: str) -> str:
    """The day that a page stands at: an edition's own, on all others the dossier's."""
    edition = re.fullmatch(r"as-of/([0-9-]+)/", address)
    return edition[1] if edition else day


def test_every_page_names_its_permanent_address(published: dict[str, HeadReader]) -> None:
    for address, head in published.items():
        assert head.link.get("canonical") == SITE_URL + address, address
        assert head.meta.get("og:url") == SITE_URL + address, address


def test_every_page_can_be_shared(published: dict[str, HeadReader]) -> None:
    for address, head in published.items():
        assert head.meta.get("og:title", "").strip(), address
        assert head.meta.get("og:description", "").strip() == head.meta.get("description", "").strip() != "", address
        assert head.meta.get("og:type") in ("website", "article"), address


def test_every_page_can_be_cited(published: dict[str, HeadReader], day: str) -> None:
    for address, head in published.items():
        assert head.meta.get("citation_title", "").strip(), address
        date = head.meta.get("citation_publication_date") or head.meta.get("citation_date") or ""
        assert date.replace("/", "-") == day_of(address, day), address


def test_every_page_says_what_it_is_in_json(published: dict[str, HeadReader], day: str) -> None:
    for address, head in published.items():
        assert len(head.json_ld) == 1, address
        record = json.loads(head.json_ld[0])
        assert record.get("@context", "").rstrip("/") == "https://schema.org", address
        assert record.get("@type") and record.get("name", "").strip(), address
        assert record.get("dateModified") == day_of(address, day), address
        assert record.get("url") == SITE_URL + address, address


def test_the_sitemap_lists_every_page_and_no_other(published: dict[str, HeadReader], published_site: Path) -> None:
    listed = re.findall(r"<loc>(.*?)</loc>", (published_site / "sitemap.xml").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(SITE_URL + address for address in published)
    packed = gzip.decompress((published_site / "sitemap.xml.gz").read_bytes())
    assert packed == (published_site / "sitemap.xml").read_bytes()


def test_a_site_without_an_address_claims_none(sample_site: Path) -> None:
    for address, head in heads(sample_site).items():
        assert "canonical" not in head.link and "og:url" not in head.meta, address
        assert head.meta.get("og:title", "").strip() and head.meta.get("citation_title", "").strip(), address
        assert "url" not in json.loads(head.json_ld[0]), address
        assert "None" not in head.meta.values(), address
