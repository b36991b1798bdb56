"""Ready HTML is set aside from Markdown and put back: the page is the same as if Markdown had read all of it."""

from __future__ import annotations

import markdown
import pytest
from tools import SAMPLE

from generator.blocks import put_back, set_aside
from generator.load import load_dossier
from generator.pages import make_pages


def as_html(text: str) -> str:
    return markdown.markdown(text, extensions=["toc", "attr_list", "tables"])


@pytest.mark.parametrize("body", [
    "# A\n\n<p>b</p>\n\n## C { #c }\n\n<ul>\n<li>d</li>\n</ul>\n",
    "<div>\n<pre>\n\n# no heading\n</pre>\n</div>\n\n# A\n",
    "# A\n\n## B\n\n<p>one\n# two</p>\n",
])
def test_a_page_is_the_same(body: str) -> None:
    text, blocks = set_aside(body)
    assert "".join(put_back(as_html(text), blocks).split()) == "".join(as_html(body).split())
    assert all(block not in text for block in blocks)


def test_every_page_of_the_sample_is_the_same() -> None:
    dossier, _ = load_dossier(SAMPLE)
    for page in make_pages(dossier):
        text, blocks = set_aside(page.body)
        assert "".join(put_back(as_html(text), blocks).split()) == "".join(as_html(page.body).split()), page.address
