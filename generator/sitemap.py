"""The list of pages for search engines, as XML and packed."""

from __future__ import annotations

import gzip
import html
from collections.abc import Iterable
from datetime import UTC, date, datetime
from urllib.parse import urljoin

from generator.dossier import Dossier

_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2106, 1, 1)
"""What the packed form can say of its age."""


def sitemap(dossier: Dossier, site_url: str, addresses: Iterable[str]) -> dict[str, bytes]:
    """The two files by their paths. Without the site's address nobody can say where a page is: then no page is in them.

    The pages' day is the dossier's: nothing in the output comes from the clock.
    """
    day = dossier.as_of.end_latest or dossier.as_of.start_earliest or _FIRST_DAY
    day = min(max(day, _FIRST_DAY), _LAST_DAY)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    root = urljoin(site_url, "x")[:-1]  # all addresses lie below it: to join each takes as long as all the rest
    for address in sorted(addresses) if site_url else ():
        where = html.escape(root + address if address else site_url)
        lines.append(f"<url><loc>{where}</loc><lastmod>{day.isoformat()}</lastmod></url>")
    text = "\n".join([*lines, "</urlset>", ""]).encode()
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    return {"sitemap.xml": text, "sitemap.xml.gz": gzip.compress(text, mtime=moment)}
