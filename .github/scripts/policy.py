"""Makes sure that every page of a built site carries the security policy of ARCHITECTURE.md: `policy.py SITE`.

A page's policy may be stricter than the document's, never weaker. What only a header can say (`frame-ancestors`) is
left out. Exit code 1, and a line for each page, where one falls short.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[2] / "ARCHITECTURE.md"
ONLY_AS_HEADER = {"frame-ancestors", "report-uri", "sandbox"}
NOT_FROM_DEFAULT = {"base-uri", "form-action"}
"""What `default-src` does not stand in for."""


def directives(policy: str) -> dict[str, str]:
    """A policy's directives with their values."""
    parts = (part.split(None, 1) for part in policy.split(";") if part.strip())
    return {part[0].lower(): " ".join(part[1:]).strip() for part in parts}


def documented() -> dict[str, str]:
    """The policy that the document asks of a page."""
    found = re.search(r"^\s*Content-Security-Policy: (.+)$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        sys.exit(f"{DOCUMENT.name} names no Content-Security-Policy")
    return {name: value for name, value in directives(found[1]).items() if name not in ONLY_AS_HEADER}


class Page(HTMLParser):
    """A page's policies, and what would run or load before the first of them holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.policies: list[str] = []
        self.before: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(values.get("content", ""))
        elif not self.policies and tag in ("script", "link", "style", "img", "iframe", "body"):
            self.before.append(tag)


def shortfalls(page: str, wanted: dict[str, str]) -> list[str]:
    """What a page's policy lacks, in words; empty where it is as strict as wanted."""
    reader = Page()
    reader.feed(page)
    if not reader.policies:
        return ["no Content-Security-Policy"]
    if reader.before:
        return [f"<{reader.before[0]}> stands before the policy"]
    found = directives(reader.policies[0])
    lacking = []
    for name, value in wanted.items():
        fallback = None if name in NOT_FROM_DEFAULT else found.get("default-src")
        if found.get(name, fallback) not in (value, "'none'"):
            lacking.append(f"{name} is {found.get(name, fallback) or 'missing'}, not {value}")
    return lacking + [f"{name} is not in the document's policy" for name in found if name not in wanted]


def main(site: Path) -> int:
    wanted = documented()
    pages = sorted(site.rglob("*.html"))
    if not pages:
        sys.exit(f"There are no pages in {site}: build the site first.")
    failed = [(page, words) for page in pages for words in shortfalls(page.read_text(encoding="utf-8"), wanted)]
    for page, words in failed:
        print(f"{page.relative_to(site).as_posix()}: {words}", file=sys.stderr)
    if not failed:
        print(f"All {len(pages)} pages carry the policy.")
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder of the built site: policy.py SITE")
    sys.exit(main(Path(sys.argv[1])))
