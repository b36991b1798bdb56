"""The HTML of generated pages, kept from the Markdown parser, which would read it tag by tag to find where it ends.

A generated page is headings in Markdown with ready HTML between them. Reading that HTML twice, as the builder does,
takes longer than making the page.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
_FIRST_TAG = re.compile(r"<([a-z][a-z0-9]*)\b")
_BLOCKS = frozenset(Markdown().block_level_elements)
_ID = re.compile(r'\sid="([^"]*)"')
_BEFORE_THE_BUILDERS = 26
"""Ahead of whatever reads raw HTML, and of code fences, which lines of HTML might look like."""


class HtmlBlocks(Extension):
    """A Markdown extension for pages that are nothing but headings and HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.generated = False
        """Whether the page to come is such a page; pages of other origin are read as Markdown throughout."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(_SetAside(md, self), "html_blocks", _BEFORE_THE_BUILDERS)


class _SetAside(Preprocessor):
    def __init__(self, md: Markdown, extension: HtmlBlocks) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        if not self.extension.generated:
            return lines
        text = "\n".join(lines)
        kept: list[str] = []
        start = 0
        for heading in _HEADING.finditer(text):
            block = text[start:heading.start()]
            if block.count("<pre") != block.count("</pre"):
                continue  # no heading, but a line of a listing
            kept += [self._aside(block), heading[0]]
            start = heading.end()
        return "\n\n".join([*kept, self._aside(text[start:])]).split("\n")

    def _aside(self, block: str) -> str:
        """What stands for the block until all is put together; other text stays as it is."""
        block = block.strip("\n")
        tag = _FIRST_TAG.match(block)
        return self.md.htmlStash.store(block) if tag and self.md.is_block_level(tag[1]) else block


def is_block(text: str) -> bool:
    """Whether a text begins with an element that stands by itself, as a paragraph or a list does."""
    tag = _FIRST_TAG.match(text)
    return tag is not None and tag[1] in _BLOCKS


def ids_in(html: str) -> set[str]:
    """The anchors of a page."""
    return set(_ID.findall(html))
