"""A generated page's Markdown as HTML: headings, and between them the HTML that the templates made.

Says the same as the builder's own Markdown with the extensions of `mkdocs.yml`, a few hundred times faster, because
nothing but headings has to be read. A page that holds more Markdown is read by the same parser.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import NamedTuple

from markdown import Markdown

from generator.html_blocks import is_block

PERMALINK, PERMALINK_TITLE = "#", "Link to this section"
"""What leads to a heading; the `toc` extension in `mkdocs.yml` is set to the same, for pages that go through it."""


class Section(NamedTuple):
    """A heading of the second level: its anchor, and its words as HTML."""

    anchor: str
    title: str

    @property
    def url(self) -> str:
        return f"#{self.anchor}"


_HEADING = re.compile(r'(#{1,6}) (.*?) \{ #([^\s{}"]+)(?: data-search-exclude="1")? \}')
_FOR_AN_EXPORT = re.compile(r' data-search-exclude(?:="1")?(?=[^<>]*>)')
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])")
_TAG = re.compile(r'</?[a-z]+(?: [a-z-]+(?:="[^"<>]*")?)*>')
_SIGNS = re.compile(r"[\\`*_{}\[\]<>]|&(?!#?\w+;)")


def page_html(body: str) -> tuple[str, list[Section]]:
    """The page's HTML, and its sections for a table of contents."""
    return ready_html(body) or _parsed(body)


def _parsed(body: str) -> tuple[str, list[Section]]:
    markdown = Markdown(extensions=["attr_list", "toc"], extension_configs={
        "toc": {"permalink": PERMALINK, "permalink_title": PERMALINK_TITLE}})
    html = markdown.convert(body)
    tops = getattr(markdown, "toc_tokens", [])
    sections = [Section(section["id"], section["name"]) for top in tops for section in top["children"]]
    return without_marks_of_exports(html), sections


def ready_html(body: str) -> tuple[str, list[Section]] | None:
    """The same of a page that is nothing but headings and ready HTML; None of any other."""
    parts: list[str] = []
    sections: list[Section] = []
    before, *rest = f"\n{body}".split("\n#")
    if not _take(before, parts):
        return None
    for piece in rest:
        line, _, block = piece.partition("\n")
        heading = _heading(line)
        if heading is None:
            return None
        shown, section = heading
        parts.append(shown)
        if section is not None:
            sections.append(section)
        if not _take(block, parts):
            return None
    return without_marks_of_exports("\n".join(parts)), sections


@lru_cache(maxsize=4096)
def _heading(line: str) -> tuple[str, Section | None] | None:
    """A heading's HTML, and the section that one of the second level begins; None for a line that has to be parsed.
    Without the first of its signs, which the page is cut at. Many pages have the same."""
    heading = _HEADING.fullmatch(f"#{line}")
    if heading is None:
        return None
    marks, words, anchor = heading.groups()
    plain = _ESCAPED.sub("", words) if "\\" in words else words
    if _SIGNS.search(_TAG.sub("", plain) if "<" in plain else plain):
        return None
    shown = _ESCAPED.sub(r"\1", words) if "\\" in words else words
    level = len(marks)
    section = Section(anchor, html.escape(html.unescape(_TAG.sub("", shown)), quote=False)) if level == 2 else None
    return (f'<h{level} id="{anchor}">{shown}<a class="headerlink" href="#{anchor}" '
            f'title="{PERMALINK_TITLE}">{PERMALINK}</a></h{level}>'), section


def without_marks_of_exports(html: str) -> str:
    """The HTML of a page without what only stock Material's search reads."""
    return _FOR_AN_EXPORT.sub("", html) if " data-search-exclude" in html else html


def _take(block: str, parts: list[str]) -> bool:
    """Add the HTML between two headings; False where it is something else."""
    block = block.strip("\n")
    if block:
        parts.append(block)
    return not block or is_block(block)
