"""A generated page comes out of the Markdown parser as if it had read the page's HTML, only sooner."""

from __future__ import annotations

import markdown
import pytest

from generator.html_blocks import HtmlBlocks, ids_in

EXTENSIONS = ["attr_list", "toc", "fenced_code", "tables"]

PAGE = """# A name { #brief }

<p class="kicker">Actor</p>

<figure>
<svg viewBox="0 0 1 1"><title>*x*</title><path d="M0 0"/></svg>
</figure>
<ul>
<li id="one">One &amp; <b>two</b></li>

<li>[three](x.md)</li>
</ul>

## Notes &amp; [more] { #notes data-x="1" }

<div class="prose">
<pre><code>
# no heading

## neither
```
</code></pre>
<p>After</p>
</div>
## Next
<p>Last</p>
"""


def converted(text: str, generated: bool | None) -> list[str]:
    """The lines of the page; None: without the extension."""
    ours = HtmlBlocks()
    ours.generated = bool(generated)
    md = markdown.Markdown(extensions=[*EXTENSIONS, *([] if generated is None else [ours])])
    return [line for line in md.convert(text).split("\n") if line]


def test_a_page_of_headings_and_html_is_what_the_parser_makes_of_it() -> None:
    assert converted(PAGE, generated=True) == converted(PAGE, generated=None)


@pytest.mark.parametrize("text", [PAGE, "Plain *words*.\n\n<div>\n\n*a*\n\n</div>\n\n* a list\n"])
def test_other_pages_are_read_as_markdown_throughout(text: str) -> None:
    assert converted(text, generated=False) == converted(text, generated=None)


def test_text_and_inline_html_outside_of_blocks_stay_markdown() -> None:
    text = "Plain *words*.\n\n## A\n\n<em>x</em> and *y*\n\n## B\n\n"
    assert converted(text, generated=True) == converted(text, generated=None)


def test_anchors_are_found() -> None:
    assert ids_in('<h1 id="brief">x</h1><li class="a" id="é b">data-id="no" x</li>') == {"brief", "é b"}
