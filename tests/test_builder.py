"""What the builder still does itself: hand-written pages go its whole way, and it knows the generated ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from markdown import Markdown
from tools import PUBLISHED, ROOT, SITE_URL, mkdocs_build, sample_pages, write

from generator.html_blocks import HtmlBlocks
from generator.page_html import page_html, ready_html, without_marks_of_exports

HOOKS = """
import json
import shutil
from pathlib import Path

seen = {}

def note(what, name):
    seen.setdefault(what, []).append(name)

def on_nav(nav, config, files):
    seen["nav"] = [[page.title, page.url] for page in nav.pages]
    return nav

def on_page_markdown(markdown, page, config, files):
    note("markdown", page.url)
    return markdown.replace("Steps.", "Many steps.")

def on_page_content(html, page, config, files):
    note("content", page.url)
    return html + "<p>From a hook.</p>"

def on_post_page(output, page, config):
    note("post", page.url)
    return output

def on_post_build(config):
    Path(config.site_dir, "seen.json").write_text(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a page in the dossier, one in the builder's own documents, and a hook that looks at each."""
    folder = tmp_path_factory.mktemp("hooks")
    content = write(folder, {"pages/method.md": "# How we work\n\nSteps. See [[aa]].\n"})
    (folder / "docs").mkdir()
    (folder / "docs" / "notes.md").write_text("# Notes\n\nOn [Aa](actors/aa.md) and [all actors](actors/index.md).\n")
    (folder / "hooks.py").write_text(HOOKS)
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(), yaml.BaseLoader)  # noqa: S506
    settings |= {"docs_dir": str(folder / "docs"), "hooks": [str(folder / "hooks.py")], "plugins": ["briefing"],
                 "site_url": SITE_URL, "repo_url": "", "not_in_nav": "notes.md"}
    settings["theme"] |= {"custom_dir": str(ROOT / "site_templates" / "theme"), "font": False}
    settings["markdown_extensions"][-1]["toc"]["permalink"] = "#"
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings))
    mkdocs_build(content, folder / "site", folder / "mkdocs.yml")
    return folder / "site"


def test_hand_written_pages_pass_every_hook_and_generated_pages_none(site: Path) -> None:
    seen = json.loads((site / "seen.json").read_text())
    assert [sorted(seen[what]) for what in ("markdown", "content", "post")] == [["method/", "notes/"]] * 3
    page = (site / "method" / "index.html").read_text("utf-8")
    assert "Many steps." in page and "From a hook." in page
    assert "From a hook." in (site / "notes" / "index.html").read_text("utf-8")


def test_the_builders_navigation_has_the_sections_by_title_and_address(site: Path) -> None:
    nav = json.loads((site / "seen.json").read_text())["nav"]
    assert nav[:3] == [["State of play", ""], ["As of another day", "as-of/"], ["What changed", "as-of/changes/"]]
    assert ["Actors", "actors/"] in nav and ["How we work", "method/"] in nav


def test_a_page_of_the_builders_own_leads_to_generated_pages_by_their_files(site: Path) -> None:
    page = (site / "notes" / "index.html").read_text("utf-8")
    assert 'href="../actors/aa/"' in page and 'href="../actors/"' in page


def test_the_sitemap_lists_pages_of_every_origin(site: Path) -> None:
    text = (site / "sitemap.xml").read_text("utf-8")
    for address in ("", "actors/aa/", "method/", "notes/", "glossary/"):
        assert f"<loc>{SITE_URL}{address}</loc>" in text


def test_the_builder_keeps_the_cache_and_empties_nothing_else(tmp_path: Path) -> None:
    content, site, cache = write(tmp_path, {}), tmp_path / "site", str(tmp_path / "cache")
    mkdocs_build(content, site, BRIEFING_CACHE=cache, **PUBLISHED)
    first = {path: path.stat().st_mtime_ns for path in site.rglob("index.html")}
    (site / ".nojekyll").write_text("")
    (site / "left-over.html").write_text("from before")
    mkdocs_build(content, site, BRIEFING_CACHE=cache, **PUBLISHED)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("index.html")} == first
    assert (site / ".nojekyll").exists() and not (site / "left-over.html").exists()


def test_a_theme_laid_over_is_a_part_of_what_pages_are_made_from(tmp_path: Path) -> None:
    content, theme, cache = write(tmp_path, {}), tmp_path / "theme", str(tmp_path / "cache")
    shutil.copytree(ROOT / "site_templates" / "theme", theme)
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(), yaml.BaseLoader)  # noqa: S506
    settings |= {"docs_dir": str(ROOT / settings["docs_dir"]), "plugins": ["briefing"], "site_url": "", "repo_url": ""}
    settings["theme"] |= {"custom_dir": str(theme), "font": False}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings))
    for word in ("Contents", "Register"):
        shell = theme / "main.html"
        shell.write_text(shell.read_text("utf-8").replace("How to read this site", word), "utf-8")
        mkdocs_build(content, tmp_path / "site", tmp_path / "mkdocs.yml", BRIEFING_CACHE=cache)
        assert f">{word}<" in (tmp_path / "site" / "actors" / "aa" / "index.html").read_text("utf-8")
        shell.write_text(shell.read_text("utf-8").replace(word, "How to read this site"), "utf-8")


def test_pages_say_what_the_builders_own_markdown_would_say() -> None:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text(), yaml.BaseLoader)  # noqa: S506
    toc = settings["markdown_extensions"][-1]["toc"]
    blocks = HtmlBlocks()
    blocks.generated = True
    for page in sample_pages():
        if page.kind != "page":  # those go through the builder
            markdown = Markdown(extensions=["attr_list", "toc", "tables", "fenced_code", blocks],
                                extension_configs={"toc": toc})
            laid_out = ready_html(page.body)
            assert laid_out is not None, page.address
            assert laid_out[0] == without_marks_of_exports(markdown.convert(page.body)), page.address


def test_a_page_that_holds_more_markdown_is_parsed() -> None:
    html, sections = page_html("# Straits { #brief }\n\nA *quiet* day.\n\n## Boats & tolls { #boats }\n\n- one\n")
    assert "<em>quiet</em>" in html and "<li>one</li>" in html
    assert [(section.url, section.title) for section in sections] == [("#boats", "Boats &amp; tolls")]
