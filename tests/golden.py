"""Writes the golden pages anew: run `make golden`, then read the difference before committing it."""

from __future__ import annotations

from test_sample_dossier import GOLDEN, PAGES
from tools import SAMPLE

from generator.load import load_dossier
from generator.pages import make_pages

if __name__ == "__main__":
    dossier, problems = load_dossier(SAMPLE)
    assert dossier is not None, problems
    GOLDEN.mkdir(exist_ok=True)
    wanted = {f"{name}.md": name for name in PAGES}
    for page in make_pages(dossier):
        if page.path in wanted:
            name = wanted[page.path].replace("/", "__")
            (GOLDEN / f"{name}.md").write_text(page.text, encoding="utf-8")
