"""`briefing verify`: whether a saved page still matches the content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tools import SAMPLE, SMALL, load_once, write

from generator.cli import main
from generator.dossier import Dossier
from generator.facts import ENTRY, fingerprint
from generator.pages import page_at
from generator.verifying import DIFFERS, EntryNews, Verdict, read_page, verify

DEMAND = SMALL["demands/dd.yml"]
POSITION = "positions:\n  - date: 2031-05-20\n    actor: bb\n    stance: opposes\n    sources: [paper]\n"


def loaded(folder: Path) -> Dossier:
    dossier, _ = load_once(folder)
    assert dossier is not None
    return dossier


def saved(dossier: Dossier, address: str, more: str = "") -> str:
    """A page as far as the check of it reads it."""
    page = page_at(dossier, address)
    assert page is not None
    return (f'<html data-root="../../"><head><title>{page.title}</title>'
            f'<meta property="og:site_name" content="{dossier.settings.title}">'
            f'<meta name="briefing-page" content="/{address}"><meta name="briefing-edition" content="{page.edition}">'
            f'<meta name="briefing-facts" content="{page.fingerprint[:32]}"></head>{page.body}{more}')


def checked(text: str, folder: Path) -> Verdict:
    return verify(read_page(text), loaded(folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, {"demands/dd.yml": DEMAND + POSITION})


@pytest.fixture
def page(folder: Path) -> str:
    """The page of the demand as it is at first."""
    return saved(loaded(folder), "demands/dd/")


def test_a_built_page_matches_also_where_a_browser_wrote_it_anew(sample_site: Path, tmp_path: Path,
                                                                capsys: pytest.CaptureFixture[str]) -> None:
    for where in (sample_site, sample_site / "actors" / "calder", sample_site / "how-it-began" / "index.html"):
        assert main(["verify", str(where), "--content", str(SAMPLE)]) == 0
    text = (sample_site / "actors" / "calder" / "index.html").read_text(encoding="utf-8")
    text = re.sub(r'<meta name="(.*?)" content="(.*?)">', r"<META  content='\2' name=\1 />", text)
    (tmp_path / "kept.htm").write_text(text.replace('href="../../', 'href="https://x.example/'), encoding="utf-8")
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "kept.htm"), "--content", str(SAMPLE)]) == 0
    assert re.fullmatch(r"“Republic of Calder & the Isles” \(/actors/calder/\) matches: the same facts, [0-9a-f]{12}, "
                        r"as of June 2031\.\n", capsys.readouterr().out)


def test_a_page_with_a_permanent_address_is_known_by_it(folder: Path, page: str) -> None:
    text = page.replace('<meta name="briefing-page" content="/demands/dd/">',
                        '<link rel="canonical" href="https://x.example/below/demands/dd/">')
    assert read_page(text).address == "demands/dd/" and checked(text, folder).matches


def test_layout_makes_no_difference_and_a_fact_does(folder: Path, page: str) -> None:
    write(folder.parent, {"demands/dd.yml": POSITION + DEMAND})
    assert checked(page, folder).matches
    write(folder.parent, {"demands/dd.yml": DEMAND + POSITION.replace("opposes", "supports")})
    assert checked(page, folder).how == DIFFERS


def test_statements_that_only_one_side_has_are_named(folder: Path, page: str) -> None:
    write(folder.parent, {"demands/dd.yml": DEMAND + POSITION.replace("05-20", "05-21")})
    assert checked(page, folder).entries == (
        EntryNews("new", "position-bb-2031-05-21", "Bb, 21 May 2031", "/demands/dd/#position-bb-2031-05-21"),
        EntryNews("gone", "position-bb-2031-05-20", ""))


def test_against_a_release_every_difference_is_named(folder: Path, page: str) -> None:
    main(["release", "--date", "2031-06-01", "--reason", "First", "--content", str(folder)])
    home = saved(loaded(folder), "")
    write(folder.parent, {"demands/dd.yml": DEMAND + POSITION.replace("opposes", "supports"),
                          "actors/bb.yml": SMALL["actors/bb.yml"].replace("name: Bb", "name: Bibi")})
    found = checked(page, folder)
    assert (found.how, found.release) == (DIFFERS, "2031-06-01")
    assert [(entry.how, entry.name, entry.at) for entry in found.entries] == [
        ("changed", "Bibi, 20 May 2031", "/demands/dd/#position-bb-2031-05-20"),
        ("changed", "names of other briefs", "")]
    assert "The page is as released on 1 June 2031. Since then:" in found.in_words()
    write(folder.parent, {"dossier.yml": SMALL["dossier.yml"].replace("title: Small", "title: Renamed")})
    assert checked(home, folder).how == DIFFERS


def test_entries_that_carry_their_own_fingerprints_are_compared_one_by_one(folder: Path, page: str) -> None:
    now = page_at(loaded(folder), "demands/dd/")
    assert now is not None
    mark = fingerprint(now.facts["position-bb-2031-05-20"])[:ENTRY]
    own = "".join(f'<li id="{id}" data-facts="{facts}"><b>{name}</b> <i>said</i></li>' for id, facts, name in (
        ("position-bb-2031-05-20", mark, "Same"), ("status-2031", "00000000", "Gone &amp; lost")))
    text = page.replace(now.fingerprint[:32], "0" * 32) + own
    assert [(entry.how, entry.id, entry.name) for entry in checked(text, folder).entries
            if not entry.id.startswith(("aa", "bb", "#"))] == [("gone", "status-2031", "Gone & lost said")]
    entries = checked(text.replace(mark, "11111111"), folder).entries
    assert ("changed", "position-bb-2031-05-20", "Same said") in [(e.how, e.id, e.name) for e in entries]


@pytest.mark.parametrize(("files", "words"), [
    ({"demands/dd.yml": None, "demands/ee.yml": DEMAND.replace("name: Dd", "name: Dd\nformerly: [dd]") + POSITION},
     "“Dd” (/demands/dd/) is now “Dd” at /demands/ee/."),
    ({"demands/dd.yml": None}, "“Dd” (/demands/dd/) is a page that no longer exists, and nothing took its place."),
    ({"demands/dd.yml": None, "dossier.yml": SMALL["dossier.yml"].replace("Small", "Other")},
     "“Dd” (/demands/dd/) was made by another dossier, “Small”."),
    ({"demands/dd.yml": DEMAND + POSITION, "dossier.yml": SMALL["dossier.yml"].replace("06-01", "06-02")},
     "“Dd” (/demands/dd/) differs. The facts are the same, but the page stands at 1 June 2031 and the dossier at "
     "2 June 2031."),
], ids=["renamed", "gone", "another dossier", "another day"])
def test_what_became_of_a_page_is_said(folder: Path, page: str, files: dict[str, str | bytes | None],
                                       words: str) -> None:
    (folder / "demands" / "dd.yml").unlink()
    write(folder.parent, files)
    found = checked(page, folder)
    assert not found.matches and found.in_words().startswith(words)


def test_a_page_without_a_fingerprint_says_nothing(folder: Path, tmp_path: Path,
                                                  capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.html").write_text("<title>A \x1b[31mletter</title>")
    assert main(["verify", str(tmp_path / "other.html"), "--content", str(folder)]) == 1
    assert capsys.readouterr().out.startswith("“A [31mletter” carries no fingerprint of facts")


def test_the_answer_as_json(folder: Path, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "index.html").write_text(page)
    assert main(["verify", str(tmp_path), "--content", str(folder), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["result"], found["address"], found["entries"]) == ("matches", "/demands/dd/", [])


@pytest.mark.parametrize(("name", "text", "words"), [
    ("page.html", None, "there is no page "), ("page.html", "plain words", "this is no HTML page"),
])
def test_what_is_no_page_is_wrong_usage(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str,
                                        text: str | None, words: str) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    assert main(["verify", str(tmp_path / name), "--content", str(folder)]) == 2
    assert words in capsys.readouterr().err


# --- from the web -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def host() -> Iterator[tuple[str, dict[str, str]]]:
    """A host on this machine, and the pages it has."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            moved, text = self.path == "/moved", pages.get(self.path)
            self.send_response(301 if moved else 200 if text is not None else 404)
            self.send_header("Location", "/page")
            if self.path != "/page":
                self.send_header("Content-Type", "text/plain" if self.path == "/plain" else "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()


def test_a_page_is_fetched_and_redirects_are_followed(folder: Path, page: str,
                                                      host: tuple[str, dict[str, str]]) -> None:
    address, pages = host
    pages["/page"] = page
    for path in ("/page", "/moved", "/page#position-bb-2031-05-20"):
        assert main(["verify", address + path, "--content", str(folder)]) == 0


@pytest.mark.parametrize(("path", "words"), [
    ("/nothing", "the host answers 404"), ("/plain", "it is no page, but text/plain"),
    ("/large", "it is too large for a page"),
])
def test_what_a_host_may_answer_instead_is_said(folder: Path, host: tuple[str, dict[str, str]], path: str, words: str,
                                                capsys: pytest.CaptureFixture[str],
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    address, pages = host
    pages.update({"/plain": "x", "/large": "x" * 2000})
    monkeypatch.setattr("generator.commands.verify.MOST_BYTES", 1000)
    assert main(["verify", address + path, "--content", str(folder)]) == 2
    assert capsys.readouterr().err == f"briefing: {address}{path} cannot be read: {words}\n"
