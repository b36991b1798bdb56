"""The Content-Security-Policy stands on every page, and nothing on any page needs a weaker one."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "font-src": "'self'", "connect-src": "'self'", "base-uri": "'none'", "form-action": "'self'",
}


class PolicyReader(HTMLParser):
    """The policy of a page, and what would break under it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.policies: list[str] = []
        self.late = False
        self.redirect = False
        self.inline: list[str] = []
        self._loaded = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(values.get("content", ""))
            self.late = self._loaded
        self.redirect |= tag == "meta" and values.get("http-equiv", "").lower() == "refresh"
        self._loaded |= tag in ("script", "link", "style", "body")
        if tag == "script" and "src" not in values and values.get("type") != "application/ld+json":
            self.inline.append("inline script")
        if tag == "style":
            self.inline.append("style element")
        self.inline += [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
        self.inline += [f"{tag} {name}=javascript:" for name, value in values.items()
                        if value.strip().lower().startswith("javascript:")]


def read(site: Path) -> dict[str, PolicyReader]:
    """Every page but those that only lead on from an old address."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        reader = PolicyReader()
        reader.feed(path.read_text(encoding="utf-8"))
        if not reader.redirect:
            pages[path.relative_to(site).as_posix()] = reader
    return pages


@pytest.fixture(params=["sample_site", "published_site"], scope="module")
def pages(request: pytest.FixtureRequest) -> dict[str, PolicyReader]:
    return read(request.getfixturevalue(request.param))


def parse(policy: str) -> dict[str, str]:
    parts = [part.split(None, 1) for part in policy.split(";") if part.strip()]
    return {part[0]: " ".join(part[1:]) for part in parts}


def test_every_page_has_the_policy_before_anything_it_governs(pages: dict[str, PolicyReader]) -> None:
    wrong = {name: page.policies for name, page in pages.items()
             if len(page.policies) != 1 or parse(page.policies[0]) != POLICY or page.late}
    assert not wrong, f"{len(wrong)} of {len(pages)} pages, first {next(iter(wrong.items()))}"


def test_no_page_has_a_script_or_a_style_inline(pages: dict[str, PolicyReader]) -> None:
    wrong = {name: page.inline for name, page in pages.items() if page.inline}
    assert not wrong, f"{len(wrong)} of {len(pages)} pages, first {next(iter(wrong.items()))}"
