"""How much travels: what a browser really asks for, as a host sends it (gzipped)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from driving import KINDS, Site, packed_total, visit
from serving import packed_size

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST_VISIT = 200_000
SECOND_PAGE = 20_000
HEAVIEST = 5


def heaviest_briefs(site: Site) -> list[str]:
    briefs = [address for kind in KINDS for address in site.by_length(kind)[-HEAVIEST:]]
    return sorted(briefs, key=lambda address: -packed_size(site.file(address).read_bytes()))[:HEAVIEST]


def test_a_first_visit_is_small(real: Site, new_page: Callable[..., Page]) -> None:
    heavy = {}
    for address in heaviest_briefs(real):
        sizes = packed_total(visit(new_page(), real.url + address))
        if sum(sizes.values()) >= FIRST_VISIT:
            heavy[address] = {"all": sum(sizes.values()), **dict(list(sizes.items())[:5])}
    assert heavy == {}, "bytes of a first visit, and the largest parts of it"


def test_a_second_page_is_smaller_still(real: Site, page: Page) -> None:
    """Nothing that the first page fetched is fetched again, so the second one is hardly more than its text."""
    had = set(visit(page, real.url).requests)
    heavy = {}
    for address in heaviest_briefs(real):
        record = visit(page, real.url + address)
        record.requests = [url for url in record.requests if url not in had]
        sizes = packed_total(record)
        if sum(sizes.values()) >= SECOND_PAGE:
            heavy[address] = sizes
    assert heavy == {}, "bytes of a second page"
