"""The preview never dies: what is broken shows on the page and in the terminal, and mending it heals the page."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from previewing import preview
from tools import SMALL


def shown(page: str) -> str:
    """What a page of the preview says on top is wrong, in plain words; nothing where all is well."""
    found = re.search(r'<aside class="preview".*?<details open>(.*?)</details>', page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[1])).split()) if found else ""


def sound(page: str) -> bool:
    return "<h1" in page and not shown(page)


# A change that breaks the preview, the words that then stand on every page, and the same in the terminal.
BREAKS = {
    "a misspelt field": (
        ("content/actors/aa.yml", "type: state", "typ: state"),
        r'^1 error These are the pages from before\. .* content/actors/aa\.yml:2:1 Error: unknown field "typ" in '
        r'an actor\. Did you mean "type"\? typ : state$',
        r'content/actors/aa\.yml:2:1: error: unknown field "typ".*\n +2 \| typ: state\n +\| \^\n'),
    "a source that nobody finds any more": (
        ("content/sources/all.yml", "paper:", "papr:"),
        r'^6 errors of 1 cause, 1 warning .* no source has the id "paper".* The same in 5 other places: content/',
        r'error: no source has the id "paper".*\n +\d+ \| .*\n +\| +\^\n  the same in 5 other places:\n'),
    "many things at once": (
        ("content/actors/aa.yml", "type: state", "type: state" + "".join(f"\nf{number}: x" for number in range(20))),
        r'^20 errors These are the pages from before\. .* unknown field "f19"',
        r"8 more stand on the page; `briefing check` lists all"),
    "a template that is not there": (
        ("site_templates/pages/party.md.j2",), r"^1 error .* there is no template party\.md\.j2$",
        r"there is no template party\.md\.j2\n"),
    "a name that a page's template does not know": (
        ("site_templates/pages/party.md.j2", "{{ foot(", "{{ nobody }}{{ foot("),
        r"site_templates/pages/party\.md\.j2:\d+ Error: this template is broken: 'nobody' is undefined",
        r"site_templates/pages/party\.md\.j2:\d+: this template is broken: 'nobody'"),
    "a broken tag in the shell": (
        ("site_templates/theme/main.html", "{% block after %}", "{% block after"),
        r"site_templates/theme/main\.html:\d+ Error: this template is broken: .*\{% block after",
        r"site_templates/theme/main\.html:\d+: this template is broken"),
    "a name that the shell does not know": (
        ("site_templates/theme/partials/correct.html", "{% if repository or", "{% if no_one.there or"),
        r"site_templates/theme/partials/correct\.html:\d+ Error: this template is broken: 'no_one' is undefined",
        r"partials/correct\.html:\d+: this template is broken: 'no_one'"),
    "broken YAML in the configuration": (
        ("mkdocs.yml", "theme:\n", "theme: [\n"),
        r"mkdocs\.yml:\d+:\d+ Error: this is not valid YAML",
        r"mkdocs\.yml:\d+:\d+: this is not valid YAML"),
    "an unknown option": (
        ("mkdocs.yml", "      repo_branch:", "      no_such_option: 1\n      repo_branch:"),
        r"1 warning The pages are up to date, but a strict build stops here\..* mkdocs\.yml:\d+:7 .*no_such_option",
        r"Unrecognised configuration name: no_such_option"),
    "a wrong value of an option": (
        ("mkdocs.yml", "      repo_branch: !ENV [REPO_BRANCH, main]", "      repo_branch: [main]"),
        r"1 error .* mkdocs\.yml:\d+:7 .*'repo_branch': Expected type", r"'repo_branch': Expected type"),
    "a content folder that is not there": (
        ("mkdocs.yml", "  - briefing:\n", "  - briefing:\n      content_dir: contents\n"),
        r"contents/dossier\.yml:1:1 Error: no content folder here: contents",
        r"contents/dossier\.yml:1:1: error: no content folder here"),
    "no record of the dossier": (
        ("content/dossier.yml",), r"content/dossier\.yml:1:1 Error: no content folder here: content", ""),
    "no content at all": (
        ("content",), r"content/dossier\.yml:1:1 Error: no content folder here: content", ""),
}


def test_whatever_breaks_while_it_runs_is_shown_and_heals(tmp_path: Path) -> None:
    with preview(tmp_path, {}) as running:
        running.until(sound, "actors/aa/")
        mend = None
        for change, words, printed in BREAKS.values():
            # What was broken before is mended in the same moment: it has to be gone when the next is shown.
            if mend:
                mend()
            mend = running.broken(*change)
            page = running.until(lambda page, words=words: re.search(words, shown(page)), "actors/aa/")
            assert "<h1" in page.partition("</aside>")[2], "the last good page is still there"
            assert re.search(printed, running.printed)
        # Every page says it, one that is not there as well, and each waits for news.
        assert shown(running.get("demands/dd/")) == shown(running.get("actors/nobody/")) == shown(page)
        assert "livereload(" in page and "livereload(" in running.get("actors/nobody/")
        mend()
        running.until(sound, "actors/aa/")
        assert "Traceback" not in running.printed


def test_the_word_that_is_meant_is_marked(tmp_path: Path) -> None:
    from generator.diagnostics import Diagnostic
    from generator.preview import of_cause

    (tmp_path / "x.yml").write_text("name: Aa\ntype: sate\n", encoding="utf-8")
    found = of_cause([Diagnostic("x.yml", 2, 7, "error", "bad-value", "no")], tmp_path)
    assert (found.place, found.marked) == ("x.yml:2:7", ("type: ", "sate", ""))
    assert of_cause([Diagnostic("gone.yml", 2, 7, "error", "bad-value", "no")], tmp_path).marked == ("", "", "")


def test_an_error_is_placed_where_it_is_mended() -> None:
    import click
    import jinja2

    from generator.preview import TEMPLATES, of_error

    def of(act: Callable[[], object]) -> tuple[str, str]:
        try:
            act()
        except BaseException as error:
            found = of_error(error)
            return (found.place, found.message) if found else ("", "")
        raise AssertionError("nothing went wrong")

    def raised(error: BaseException) -> object:
        raise error

    pages = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES / "pages"))
    assert of(lambda: pages.get_template("nothing.md.j2")) == ("", "there is no template nothing.md.j2")
    assert of(lambda: (TEMPLATES / "nothing.css").read_bytes()) == (
        "site_templates/nothing.css", "this file cannot be read: No such file or directory")
    assert of(lambda: raised(click.ClickException("Write main."))) == ("", "Write main.")
    assert of(lambda: raised(ValueError("odd"))) == ("", "ValueError: odd")
    assert of(lambda: raised(SystemExit("Aborted with 2 warnings"))) == ("", "")


def test_what_builds_leave_is_looked_for_once_all_is_quiet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gc
    import logging
    import time

    from generator.preview import Preview, _Leftovers

    (tmp_path / "site").mkdir()
    during: list[bool] = []
    monkeypatch.setattr(_Leftovers, "QUIET", 0.01)
    preview = Preview(lambda: during.append(gc.isenabled()), tmp_path / "site", logging.getLogger("none"), "none")
    try:
        for _ in range(2):
            preview.build()
        assert during == [False, False]
        end = time.monotonic() + 12
        while not gc.isenabled() and time.monotonic() < end:
            time.sleep(0.01)
        assert gc.isenabled()
    finally:
        preview.close()
        gc.enable()


def test_what_was_edited_is_served_before_what_takes_long(tmp_path: Path) -> None:
    with preview(tmp_path, {}, ("generator/site.py", "MANY = 300", "MANY = 0")) as running:
        running.until(sound)
        running.change("content/actors/aa.yml", "name: Aa", "name: Changed")
        running.until(lambda page: "Changed" in page, "actors/aa/")
        running.until(lambda page: "Changed" in page, "actors/")
        running.until(lambda _: running.printed.count("Reloading browsers") == 2)


def test_what_is_new_renamed_or_gone_is_picked_up(tmp_path: Path) -> None:
    with preview(tmp_path, {}) as running:
        running.until(sound, "actors/aa/")
        running.file("content/actors/cc.yml").write_text(
            SMALL["actors/aa.yml"].replace("Aa", "Newcomer").replace("[[bb]]", "[[aa]]"), encoding="utf-8")
        running.until(lambda page: "Newcomer" in page and "no other brief links here" in shown(page), "actors/cc/")
        running.file("content/actors/cc.yml").rename(running.file("content/actors/ee.yml"))
        running.until(lambda page: "Newcomer" in page.partition("</aside>")[2], "actors/ee/")
        assert "There is no page at this address" in running.get("actors/cc/")
        running.file("content/actors/ee.yml").unlink()
        with running.file("site_templates/styles/text.css").open("a", encoding="utf-8") as styles:
            styles.write(".brand-new { color: var(--ink); }\n")
        running.change("mkdocs.yml", 'repo_url: !ENV [REPO_URL, ""]', "repo_url: https://github.com/desk/straits")
        running.until(lambda page: "github.com/desk/straits/edit/main/content/actors/aa.yml" in page, "actors/aa/")
        running.until(lambda page: "There is no page at this address" in page and not shown(page), "actors/ee/")
        assert ".brand-new" in running.get("stylesheets/briefing.css")


def test_a_start_with_broken_content_says_what_to_mend_and_heals(tmp_path: Path) -> None:
    with preview(tmp_path, {"actors/aa.yml": "name: Aa\n\ttype: state\n", "demands/dd.yml": "name: <Dd>\n"}) as running:
        page = running.until(lambda page: "actors/aa.yml:2:1 Error: a tab stands at" in shown(page), "actors/aa/")
        assert "Nothing to show yet" in page and "There are no pages to show yet." in shown(page)
        assert "livereload(" in page and shown(page) == shown(running.get())
        assert "there are no pages to show yet: the preview says what to mend" in running.printed
        running.file("content/actors/aa.yml").write_text(SMALL["actors/aa.yml"], encoding="utf-8")
        running.until(lambda page: "actors/aa.yml" not in shown(page) and "demands/dd.yml" in shown(page))
        running.file("content/demands/dd.yml").write_text(SMALL["demands/dd.yml"], encoding="utf-8")
        running.until(sound, "actors/aa/")


def test_a_file_that_may_not_be_read_is_named_and_heals(tmp_path: Path) -> None:
    (tmp_path / "closed").touch(mode=0)
    if os.access(tmp_path / "closed", os.R_OK):
        pytest.skip("whoever may read everything cannot try this")
    with preview(tmp_path, {}) as running:
        running.until(sound, "actors/aa/")
        running.file("content/actors/aa.yml").chmod(0)
        running.until(lambda page: "content/actors/aa.yml" in shown(page), "actors/aa/")
        running.file("content/actors/aa.yml").chmod(0o644)
        running.until(sound, "actors/aa/")
