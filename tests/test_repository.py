"""The pencil and the flag: every page leads to its file on the repository's host, and to a form for mistakes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tools import ROOT, SAMPLE, SITE_URL, load_once, mkdocs_build, read_site_once, write

from generator.repository import HOSTS, LONGEST, BadRepository, repository

REPOSITORY = "https://github.com/desk/straits"
KEPT = "tests/sample/content"
LABELS = ("Page", "Statement", "Source", "What is wrong")

# address, host option, then the links for a file, a line of it, and a folder.
LINKS = [
    ("https://github.com/a/b", "", "https://github.com/a/b/edit/main/c/x.yml",
     "https://github.com/a/b/blob/main/c/x.yml#L40", "https://github.com/a/b/tree/main/c"),
    ("https://gitlab.com/a/sub/b/", "", "https://gitlab.com/a/sub/b/-/edit/main/c/x.yml",
     "https://gitlab.com/a/sub/b/-/blob/main/c/x.yml#L40", "https://gitlab.com/a/sub/b/-/tree/main/c"),
    ("https://codeberg.org/a/b.git", "", "https://codeberg.org/a/b/_edit/main/c/x.yml",
     "https://codeberg.org/a/b/src/branch/main/c/x.yml#L40", "https://codeberg.org/a/b/src/branch/main/c"),
    ("https://bitbucket.org/a/b", "", "https://bitbucket.org/a/b/src/main/c/x.yml?mode=edit&at=main",
     "https://bitbucket.org/a/b/src/main/c/x.yml#lines-40", "https://bitbucket.org/a/b/src/main/c"),
    ("https://git.example/a/b", "Forgejo", "https://git.example/a/b/_edit/main/c/x.yml",
     "https://git.example/a/b/src/branch/main/c/x.yml#L40", "https://git.example/a/b/src/branch/main/c"),
]


@pytest.mark.parametrize(("url", "host", "edit", "line", "folder"), LINKS, ids=[row[0] for row in LINKS])
def test_each_hosts_own_addresses(url: str, host: str, edit: str, line: str, folder: str) -> None:
    found = repository(url, host=host)
    assert found is not None
    assert [found.edit("c/x.yml"), found.line("c/x.yml", 40), found.folder("c")] == [edit, line, folder]


@pytest.mark.parametrize(("url", "line"), [
    ("https://github.com/a/b", "https://github.com/a/b/blob/c0ffee/c/x.yml#L4"),
    ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/blob/c0ffee/c/x.yml#L4"),
    ("https://codeberg.org/a/b", "https://codeberg.org/a/b/src/commit/c0ffee/c/x.yml#L4"),
    ("https://bitbucket.org/a/b", "https://bitbucket.org/a/b/src/c0ffee/c/x.yml#lines-4")])
def test_a_line_as_it_was_at_a_commit(url: str, line: str) -> None:
    found = repository(url)
    assert found is not None and found.line_at("c0ffee", "c/x.yml", 4) == line


@pytest.mark.parametrize(("url", "host"), [
    ("https://github.example.org/a/b", "github"), ("https://gitlab.desk.example/a/b", "gitlab"),
    ("https://my-gitea.example/a/b", "gitea"), ("https://forgejo.example:3000/a/b", "forgejo"),
    ("http://www.bitbucket.org/a/b", "bitbucket")])
def test_a_host_is_guessed_where_its_name_says_it(url: str, host: str) -> None:
    found = repository(url)
    assert found is not None and found.host is HOSTS[host]


@pytest.mark.parametrize(("arguments", "words"), [
    (("https://git.example/a/b",),
     "does not say what kind of host it is: set the option repo_host (REPO_HOST) to one of github, gitlab,"),
    (("https://mygithubs.example/a/b",), "does not say what kind of host it is"),
    (("https://github.com/a/b", "main", "githib"),
     '"githib", but must be one of github, gitlab, gitea, forgejo, bitbucket'),
    (("https://github.com/a/b", "two words"), '"two words", which cannot be a branch\'s name'),
    (("https://github.com/a/b", "a..b"), "cannot be a branch's name"),
    (("https://github.com/a/b", 1.1), "is the number 1.1: put it in quotes"),
    (("https://bitbucket.org/a/b", "desk/next"), "cannot lead to a branch with a slash"),
    (("https://me:secret@github.com/a/b",), "holds a user's name or password"),
    (("git@github.com:a/b",), "looks like https://host/owner/name, not")])
def test_what_no_link_can_be_made_from_is_said(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(BadRepository) as caught:
        repository(*arguments)
    assert words in str(caught.value) and "secret" not in str(caught.value)


def test_names_with_any_signs_are_encoded() -> None:
    found = repository("https://github.com/a/b", "fix/#12 é".replace(" ", ""))
    assert found is not None
    assert found.line("my content/x.yml", 3) == "https://github.com/a/b/blob/fix/%2312%C3%A9/my%20content/x.yml#L3"


def asked(address: str) -> dict[str, str]:
    """What an address fills in, by name."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query, keep_blank_values=True).items()}


def test_a_form_of_the_hosts_own_is_filled_in_by_field() -> None:
    found = repository(REPOSITORY)
    assert found is not None
    page = f"{SITE_URL}actors/zoe/"
    address = found.report('Mistake: "زوي" & Co. #1', page, LABELS, "She\n said  *no*?", "Ledger")
    assert address.startswith(f"{REPOSITORY}/issues/new?template=mistake.yml&title=")
    assert asked(address) == {
        "template": "mistake.yml", "title": 'Mistake: "زوي" & Co. #1', "page": page,
        "statement": "She said *no*?", "source": "Ledger"}


@pytest.mark.parametrize(("url", "title", "body"), [
    ("https://gitlab.com/a/b", "issue[title]", "issue[description]"), ("https://codeberg.org/a/b", "title", "body"),
    ("https://bitbucket.org/a/b", "title", "content")])
def test_elsewhere_the_issues_text_asks_the_same(url: str, title: str, body: str) -> None:
    found = repository(url)
    assert found is not None
    assert asked(found.report("Mistake: Zoë", "/actors/zoe/", LABELS, "No.", "")) == {
        title: "Mistake: Zoë",
        body: "Page: /actors/zoe/\n\nStatement: No.\n\nSource: \n\nWhat is wrong: "}


def test_long_words_are_cut_so_that_every_browser_takes_the_address() -> None:
    found = repository("https://gitlab.com/a/b")
    assert found is not None
    address = found.report("Mistake: Zoë", "/zoe/", LABELS, "ثلاثة قوارب " * 400, "Ledger, page 1")
    assert 1500 < len(address) <= LONGEST
    text = asked(address)["issue[description]"]
    assert "Statement: ثلاثة قوارب" in text and "…\n\nSource: Ledger, page 1\n\n" in text
    assert len(found.report("غ" * 3000, "/zoe/", LABELS, "خ" * 3000, "ح" * 3000)) <= LONGEST


# --- the built pages ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept_site(build_once: Callable[..., Path]) -> Path:
    """The sample dossier, which stands in a repository."""
    return build_once("kept", SAMPLE, REPO_URL=f"{REPOSITORY}/")


def links(site: Path, address: str) -> Iterator[tuple[str, str]]:
    """Each link to the repository's host on a page, with its words or its name."""
    page = (site / address / "index.html").read_text(encoding="utf-8")
    for attributes, words in re.findall(r"<a ([^>]*)>(.*?)</a>", page, re.DOTALL):
        named = dict(re.findall(r'([a-z-]+)="([^"]*)"', attributes))
        if named.get("href", "").startswith(REPOSITORY):
            yield unescape(named.get("aria-label") or words), unescape(named["href"])


def written_at(address: str) -> str:
    """The line of the sample's content that a link to a line leads to."""
    file, _, line = address.removeprefix(f"{REPOSITORY}/blob/main/").partition("#L")
    return (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


FIELDS = [
    ("demands/reopen-the-ferry/", {
        'Reopen the ferry: "now"': "name:", "Basis in texts": "basis:", "Positions": "positions:",
        "How it fared": "history:"}),
    ("un-process/straits-accord/", {"Provisions": "provisions:", "Deadlines": "deadlines:"}),
    ("un-process/tern-round/", {"Who took part": "seats:", "Outcome": "outcome:"}),
    ("sources/ledger-tern/", {"How far it can be relied on": "  reliability:", "Where to read it": "  url:"})]


@pytest.mark.parametrize(("address", "headings"), FIELDS, ids=[address for address, _ in FIELDS])
def test_a_headings_pencil_leads_to_the_line_of_its_field(
        address: str, headings: dict[str, str], kept_site: Path) -> None:
    pencils = {name.removeprefix("Edit "): to for name, to in links(kept_site, address) if name.startswith("Edit ")}
    assert {heading: written_at(pencils[heading])[:len(field)] for heading, field in headings.items()} == headings


def test_no_heading_leads_to_another_briefs_data(kept_site: Path) -> None:
    for address in ("actors/calder/", "actors/aster-front/", "un-process/straits-commission/"):
        found = dict(links(kept_site, address))
        pencils = {name: to for name, to in found.items() if name.startswith("Edit ")}
        own = found["edit this brief"].replace("/edit/", "/blob/")
        assert pencils and all(to.startswith(f"{own}#L") for to in pencils.values())
        assert not {"Edit What points here", "Edit Sources", "Edit Terms used here", "Edit Demands"} & set(pencils)


def test_a_statements_line_is_told_to_the_script(kept_site: Path) -> None:
    page = (kept_site / "demands/reopen-the-ferry/index.html").read_text(encoding="utf-8")
    line = re.search(r'id="position-calder-2031-05-20" data-line="(\d+)"', page)
    base = re.search(r'data-lines="([^"]*)"', page)
    assert line and base and "2031-05-20" in written_at(base[1] + line[1])


@pytest.mark.parametrize(("address", "words", "to"), [
    ("actors/calder/", "edit this brief", f"edit/main/{KEPT}/actors/calder.yml"),
    ("", "edit this page", f"edit/main/{KEPT}/dossier.yml"),
    ("how-it-began/", "edit this page", f"edit/main/{KEPT}/pages/how-it-began.md"),
    ("actors/", f"{KEPT}/actors", f"tree/main/{KEPT}/actors"),
    ("positions/", f"{KEPT}/demands", f"tree/main/{KEPT}/demands"),
    ("timeline/", KEPT, f"tree/main/{KEPT}")])
def test_every_page_leads_to_what_it_is_made_from(address: str, words: str, to: str, kept_site: Path) -> None:
    assert dict(links(kept_site, address))[words] == f"{REPOSITORY}/{to}"


def test_a_source_in_a_file_of_many_leads_to_its_line(kept_site: Path) -> None:
    assert written_at(dict(links(kept_site, "sources/ledger-tern/"))["edit this brief"]).startswith("ledger-tern:")


def test_a_term_leads_to_its_own_file(kept_site: Path) -> None:
    terms = {to for name, to in links(kept_site, "glossary/") if name.startswith("Edit ")}
    files = sorted((SAMPLE / "terms").glob("*.yml"))
    assert terms == {f"{REPOSITORY}/blob/main/{KEPT}/terms/{file.name}#L1" for file in files}


def test_every_page_has_a_form_for_mistakes_that_names_it(kept_site: Path) -> None:
    for path in sorted(kept_site.rglob("index.html")):
        address = path.parent.relative_to(kept_site).as_posix()
        if 'http-equiv="refresh"' in path.read_text(encoding="utf-8"):
            continue
        form = asked(dict(links(kept_site, address))["Report a mistake"])
        assert form["page"] == ("/" if address == "." else f"/{address}/") and form["title"].startswith("Mistake: ")
    assert "Report a mistake" in (kept_site / "404.html").read_text(encoding="utf-8")


def test_pencils_are_in_no_list_of_contents_and_in_no_search(kept_site: Path, sample_site: Path) -> None:
    page = (kept_site / "demands/reopen-the-ferry/index.html").read_text(encoding="utf-8")
    contents = re.search(r'<nav class="toc".*?</nav>', page, re.DOTALL)
    assert contents and "pencil" not in contents[0] and "pencil" in page
    for path in sorted(kept_site.glob("search/**/*")):
        if path.is_file():
            assert path.read_bytes() == (sample_site / path.relative_to(kept_site)).read_bytes()


def test_without_a_repository_nothing_of_it_is_left(sample_site: Path) -> None:
    for name in read_site_once(sample_site):
        page = (sample_site / name).read_text(encoding="utf-8")
        assert not re.search(r'class="(pencil|report)"|data-lines?=|Report a mistake|Repository</a>', page), name


def test_a_letter_has_the_page_as_its_subject(sample_site: Path, tmp_path: Path) -> None:
    
    dossier, _ = load_once(SAMPLE)
    assert dossier is not None and dossier.settings.contact is not None
    page = (sample_site / "actors/calder/index.html").read_text(encoding="utf-8")
    assert dossier.settings.contact.href.startswith("mailto:")
    assert re.search(r'href="mailto:[^"]*\?subject=[^"]*Republic%20of%20Calder%20%26%20the%20Isles"', page)


def test_content_outside_the_repository_has_no_pencil_but_a_form(tmp_path: Path) -> None:
    mkdocs_build(write(tmp_path, {}), tmp_path / "site", REPO_URL=REPOSITORY)
    assert [name for name, _ in links(tmp_path / "site", "actors/aa/")] == ["Report a mistake", "Repository"]


@pytest.mark.parametrize(("options", "words"), [
    ({"REPO_URL": "https://git.example/a/b"}, "set the option repo_host (REPO_HOST) to one of"),
    ({"REPO_URL": REPOSITORY, "REPO_BRANCH": "a branch"}, 'REPO_BRANCH) is "a branch", which cannot be')])
def test_a_wrong_option_stops_the_build_in_one_sentence(options: dict[str, str], words: str, tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(ROOT / "mkdocs.yml"), "-d", str(tmp_path / "site")],
        env={**os.environ, "BRIEFING_CONTENT": str(write(tmp_path, {})), "NO_MKDOCS_2_WARNING": "1", **options},
        capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode != 0 and words in result.stderr
    assert "Traceback" not in result.stderr
