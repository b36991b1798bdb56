"""A page's ready blocks of HTML, set aside while Markdown makes its headings, and put back.

A page is Markdown headings with blocks of HTML between them. Markdown would leave the blocks as they are, but read
them tag by tag first, which took half of a build.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(r"#{1,6} ")
_MARK = re.compile(r'<div data-block="([0-9]+)"></div>')


def set_aside(body: str) -> tuple[str, tuple[str, ...]]:
    """A page's text with a mark in place of each block, and the blocks. Whatever stands between headings is a block;
    a heading stands alone after an empty line."""
    text: list[str] = []
    block: list[str] = []
    blocks: list[str] = []
    preformatted = False

    def close() -> None:
        lines = "\n".join(block).strip("\n")
        if lines:
            text.append(f'<div data-block="{len(blocks)}"></div>')
            blocks.append(lines)
        block.clear()

    for line in body.split("\n"):
        alone = not block or not block[-1].strip()
        if alone and not preformatted and _HEADING.match(line):
            close()
            text.append(line)
        else:
            preformatted = "<pre" in line and "</pre>" not in line or preformatted and "</pre>" not in line
            block.append(line)
    close()
    return "\n\n".join(text) + "\n", tuple(blocks)


def put_back(html: str, blocks: Sequence[str]) -> str:
    """The page's HTML with its blocks again."""
    return _MARK.sub(lambda match: blocks[int(match[1])], html)
