"""`briefing links`: which outside addresses there are, what hosts answer, how it is told. Only this machine is asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tools import CONTENT, load_once, write

from generator.cli import main
from generator.load import load_dossier
from generator.outside_links import (
    FINE,
    GONE,
    MOVED,
    REFUSED,
    UNREACHABLE,
    Answer,
    OutsideLink,
    Place,
    Web,
    check,
    from_json,
    group,
    outside_links,
    plain_address,
    report,
    to_json,
)

ANSWERS: dict[str, tuple[int, str]] = {
    "/fine": (200, ""), "/gone": (404, ""), "/taken-away": (410, ""), "/robots-out": (403, ""), "/often": (429, ""),
    "/fault": (503, ""), "/moved": (301, "/fine"), "/for-now": (302, "/fine"), "/moved-then-for-now": (308, "/for-now"),
    "/moved-to-gone": (301, "/gone"), "/to-front": (301, "/"), "/loop": (302, "/loop"), "/": (200, ""),
    "/to-file": (301, "file:///etc/passwd"), "/r%C3%A9sum%C3%A9": (200, ""), "/moved-far": (301, "/r\u00e9sum\u00e9 x"),
    "/r%C3%A9sum%C3%A9%20x": (200, ""),
}


class Answering(BaseHTTPRequestHandler):
    """Answers from the table; `/get-only` refuses HEAD; `/slow` never answers in time. Keeps what was asked."""

    asked: list[tuple[str, str]] = []
    at_once = 0
    most_at_once = 0

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path))
        if self.path == "/slow":
            time.sleep(0.5)
        else:
            Answering.at_once += 1
            Answering.most_at_once = max(Answering.at_once, Answering.most_at_once)
            time.sleep(0.005)
            Answering.at_once -= 1
        code, location = ANSWERS.get(self.path, (200 if self.command == "GET" else 405, ""))
        self.send_response(code)
        if location:
            self.send_header("Location", location.encode("utf-8").decode("latin-1"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def quick() -> Web:
    return Web("test", timeout=0.25, pause=0)


@pytest.mark.parametrize("path, answer", [
    ("/fine", Answer(FINE)),
    ("/fine#part", Answer(FINE)),
    ("/get-only", Answer(FINE)),
    ("/résumé", Answer(FINE)),
    ("/for-now", Answer(FINE)),
    ("/moved", Answer(MOVED, now="/fine")),
    ("/moved-far", Answer(MOVED, now="/r%C3%A9sum%C3%A9%20x")),
    ("/moved-then-for-now", Answer(MOVED, now="/for-now")),
    ("/gone", Answer(GONE, "404")),
    ("/taken-away", Answer(GONE, "410")),
    ("/moved-to-gone", Answer(GONE, "404")),
    ("/to-front", Answer(GONE, "front-page")),
    ("/robots-out", Answer(REFUSED, "403")),
    ("/often", Answer(REFUSED, "429")),
    ("/loop", Answer(REFUSED, "redirects")),
    ("/to-file", Answer(REFUSED, "redirects")),
    ("/fault", Answer(UNREACHABLE, "503")),
    ("/slow", Answer(UNREACHABLE, "timeout")),
])
def test_what_hosts_answer_and_what_it_means(host: str, path: str, answer: Answer) -> None:
    found = quick().visit(host + path)
    assert Answer(found.status, found.reason, found.now and found.now.removeprefix(host)) == answer


@pytest.mark.parametrize("address, reason", [
    ("http://127.0.0.1:9/closed", "no-connection"), ("http://nobody.invalid/", "unknown-host"),
    ("http://" + "x" * 70 + "ü.example/", "malformed")])
def test_a_host_that_is_not_there_is_an_answer_too(address: str, reason: str) -> None:
    assert quick().visit(address) == Answer(UNREACHABLE, reason)


def test_a_host_is_asked_one_thing_at_a_time_with_pauses_and_by_head_first(host: str) -> None:
    Answering.asked.clear()
    Answering.most_at_once = 0
    links = [OutsideLink(f"{host}/{name}", (Place("f.yml", 1, 1, name),)) for name in ("fine", "gone", "robots-out")]
    begun = time.monotonic()
    results = check(links, Web("test", timeout=1, pause=0.05), workers=3)
    assert [result.status for result in results] == [FINE, GONE, REFUSED]
    assert Answering.asked == [("HEAD", "/fine"), ("HEAD", "/gone"), ("GET", "/gone"), ("HEAD", "/robots-out"),
                               ("GET", "/robots-out")]
    assert Answering.most_at_once == 1 and time.monotonic() - begun >= 4 * 0.05


def test_addresses_go_over_the_wire_in_ascii() -> None:
    assert plain_address("https://bücher.example/ü?q=é&a=[1]#x") == (
        "https://xn--bcher-kva.example/%C3%BC?q=%C3%A9&a=[1]")
    assert plain_address("https://a.example/x%20y") == "https://a.example/x%20y"
    assert plain_address("https://a.example") == "https://a.example/"


SOURCES = ("paper:\n  publisher: Paper\n  title: News\n  type: newspaper\n  date: 2031-05-31\n"
           "  url: {0}/gone\n  archived: {0}/fine\n"
           "silent:\n  publisher: Paper\n  title: More\n  type: newspaper\n  url: {0}/gone?again\n"
           "fresh:\n  publisher: Paper\n  title: More\n  type: newspaper\n  url: {0}/moved\n")
AA = ("name: Aa\ntype: state\n"
      "summary: |\n  See [[bb]], [a page]({0}/robots-out) and `{0}/code`.\n  Again <{0}/moved> [@fresh; @silent].\n"
      "sources: [paper]\n")


@pytest.fixture
def content(tmp_path: Path, host: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("generator.outside_links.Web.__init__.__defaults__", (1, 0))
    monkeypatch.setitem(ANSWERS, "/gone?again", (404, ""))
    return write(tmp_path, {"sources/all.yml": SOURCES.format(host), "actors/aa.yml": AA.format(host),
                            "pages/more.md": f"# More\n\nSee [it]({host}/fine) and [[aa]].\n"})


def test_addresses_are_found_in_sources_and_in_texts_with_their_places(content: Path, host: str) -> None:
    dossier, _ = load_dossier(content)
    assert dossier is not None
    found = {link.address.removeprefix(host): [f"{place.file}:{place.line}:{place.column} {place.id}"
                                               for place in link.places] for link in outside_links(dossier)}
    assert found == {
        "/robots-out": ["content/actors/aa.yml:4:24 aa"],
        "/moved": ["content/actors/aa.yml:5:10 aa", "content/sources/all.yml:17:8 fresh"],
        "/fine": ["content/pages/more.md:3:10 pages/more", "content/sources/all.yml:7:13 paper"],
        "/gone": ["content/sources/all.yml:6:8 paper"],
        "/gone?again": ["content/sources/all.yml:12:8 silent"]}
    assert [link.address for link in outside_links(dossier, ["silent"])] == [f"{host}/gone?again"]


def test_the_report_is_grouped_by_what_an_editor_should_do(
    content: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["links", "--content", str(content)]) == 0
    assert capsys.readouterr().out.replace(host, "http://h") == """\
5 outside addresses: 1 fine, 1 moved, 2 gone, 1 refused.

Gone (1). Find the new address, or an archived copy and name it as `archived`.

  http://h/gone?again
    content/sources/all.yml:12:8: silent
    404: the host has no such page

Moved (1). Look whether it is the same page, then write the new address.

  http://h/moved
    content/actors/aa.yml:5:10: aa
    content/sources/all.yml:17:8: fresh
    now http://h/fine

Dead, but an archived copy stands in (1). Nothing to do: readers get the copy.

  http://h/gone
    content/sources/all.yml:6:8: paper
    404: the host has no such page
    copy http://h/fine

Refused (1). Nothing to do: such sites turn robots away, and readers mostly get in.

  http://h/robots-out
    content/actors/aa.yml:4:24: aa
    403: refuses robots
"""


def test_results_can_be_kept_and_worded_later(
    content: Path, tmp_path: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["links", "--content", str(content), "--format", "json"]) == 0
    text = capsys.readouterr().out
    assert json.loads(text)[-1] == {
        "address": f"{host}/gone?again", "status": "gone", "reason": "404", "now": None, "archived": None,
        "needs_editor": True,
        "places": [{"file": "content/sources/all.yml", "line": 12, "column": 8, "id": "silent"}]}
    (tmp_path / "links.json").write_text(text)
    assert main(["links", "--from", str(tmp_path / "links.json"), "--format", "markdown"]) == 0
    words = capsys.readouterr().out.replace(host, "http://h")
    assert words.startswith("5 outside addresses:") and """
- <http://h/gone?again>
  (404: the host has no such page)
  - `silent` in `content/sources/all.yml`, line 12
""" in words
    assert to_json(from_json(text)) == text.rstrip("\n")


def test_a_dead_copy_stands_in_for_nothing(host: str) -> None:
    place = (Place("f.yml", 1, 1, "x"),)
    links = [OutsideLink(f"{host}/gone", place, f"{host}/fault"), OutsideLink(f"{host}/fault", place)]
    assert [(group_.name, len(group_.results)) for group_ in group(check(links, quick()))] == [
        ("gone", 1), ("unreachable", 1)]


def test_where_all_is_well_it_says_so_in_one_line(host: str) -> None:
    links = [OutsideLink(f"{host}/fine", (Place("f.yml", 1, 1, "x"),))]
    assert report(check(links, quick()), "text") == report(check(links, quick()), "markdown")
    assert report(check(links, quick()), "text").strip() == "The one outside address answers."
    assert report([], "text").strip() == "The dossier names no outside address."


@pytest.mark.parametrize("arguments, words", [
    (["--only", "silnt"], 'no brief or source has the id "silnt". Did you mean "silent"?'),
    (["--from", "nowhere.json"], "nowhere.json cannot be read: No such file or directory"),
    (["--from", "dossier.yml"], "does not hold what `briefing links --format json` writes"),
    (["--content", "nowhere"], "nowhere"),
])
def test_wrong_usage_gets_one_sentence(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(content)
    assert main(["links", "--content", ".", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and words in err and err.count("\n") == 1


def test_a_machine_without_a_network_is_told_apart_from_dead_addresses(
    content: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("generator.outside_links.Web._request", lambda *_: ("unknown-host", None))
    assert main(["links", "--content", str(content)]) == 2
    assert "not one of 5 addresses could be reached: is this machine connected?" in capsys.readouterr().err


@pytest.mark.first_dossier
def test_every_address_of_the_real_dossier_is_found_where_it_stands() -> None:
    dossier, _ = load_once(CONTENT)
    assert dossier is not None
    links = outside_links(dossier)
    assert len(links) > 100
    for link in links:
        for place in link.places:
            line = (CONTENT.parent / place.file).read_text(encoding="utf-8").split("\n")[place.line - 1]
            assert line[place.column - 1:].strip("\"'").startswith(link.address)


def test_nothing_else_uses_the_network() -> None:
    for path in sorted((CONTENT.parent / "generator").rglob("*.py")):
        if path.name != "outside_links.py":
            text = path.read_text(encoding="utf-8")
            assert not any(f"import {name}" in text for name in ("urllib.request", "socket", "http.client")), path
