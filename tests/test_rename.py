"""`briefing rename`: the id changes everywhere, and nothing else does."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from tools import CONTENT, SAMPLE, write

from generator.cli import main
from generator.edit import rename as renaming
from generator.edit.rename import RenameRefused, carry_out, plan_rename
from generator.edit.written import ContentFile, read_files, records, references
from generator.format.canonical import format_problems
from generator.load import load_dossier
from generator.models import KINDS
from generator.pages import make_files, make_page
from generator.read.yaml_text import read_yaml


def texts(content: Path) -> dict[str, str]:
    """Every file of a content folder, line ends as they are."""
    return {path.relative_to(content).as_posix(): path.read_bytes().decode("utf-8", "surrogateescape")
            for path in sorted(content.rglob("*")) if path.suffix in (".yml", ".md")}


def rename(content: Path, old: str, new: str) -> dict[str, str]:
    carry_out(plan_rename(content, old, new))
    return texts(content)


def refused(content: Path, old: str, new: str) -> str:
    """Why a rename is refused; it must have changed nothing."""
    before = texts(content)
    with pytest.raises(RenameRefused) as refusal:
        carry_out(plan_rename(content, old, new))
    assert texts(content) == before
    return str(refusal.value)


def test_every_way_to_write_a_reference_follows(tmp_path: Path) -> None:
    content = write(tmp_path, {
        "dossier.yml": "title: Small\ndescription: A small dossier.\nas_of: 2031-06-01\nsituation: |\n  Of [[aa]] and\n"
                       "  [[aa|the\n  aa]], or `[[aa]]`.\nstart_here: [aa]\nsources: [paper]\n",
        "actors/bb.yml": (
            "# aa in a comment\nname: aa\ntype: state\naliases: [aa]\nsummary: >\n  See [[aa]], `[[aa]]` and\n"
            "  [[ aa |Aa]] but not [[aa-b]], aa or [@aa-b].\nrelations:\n  - {type: supports, actor: 'aa', "
            "sources: [paper]}\n  - type: opposes\n    actor: \"\\x61a\"\n    sources: [paper]\n"
            "  - type: hosts\n    actor: {outside: aa}\n    sources: [paper]\nsources: [paper]\n"),
        "actors/aa-b.yml": "name: Ab\ntype: state\nsummary: \"See [[aa]]; 'tis \\\"[[aa|x]]\\\".\"\nsources: [paper]\n",
        "pages/p.md": "\ufeff# The [[aa]]\r\n\r\nSee [[aa]].\r\n\r\n```\n[[aa]]\n```\n",
    })
    before = texts(content)
    after = rename(content, "aa", "long-name")
    assert after["dossier.yml"] == before["dossier.yml"].replace("[[aa]] and", "[[long-name]] and").replace(
        "[[aa|the", "[[long-name|the").replace("start_here: [aa]", "start_here: [long-name]")
    assert after["actors/bb.yml"] == before["actors/bb.yml"].replace("See [[aa]]", "See [[long-name]]").replace(
        "[[ aa |", "[[ long-name |").replace("'aa'", "'long-name'").replace('"\\x61a"', '"long-name"')
    assert after["actors/aa-b.yml"] == before["actors/aa-b.yml"].replace("[[aa", "[[long-name")
    assert after["pages/p.md"] == before["pages/p.md"].replace("See [[aa]]", "See [[long-name]]")
    assert after["actors/long-name.yml"] == before["actors/aa.yml"].replace(
        "type: state\n", "type: state\nformerly: [aa]\n")
    assert "actors/aa.yml" not in after


def test_a_source_is_renamed_in_its_file_and_citations_keep_their_places(tmp_path: Path) -> None:
    content = write(tmp_path, {
        "sources/all.yml": "# First\r\npaper:\r\n  publisher: paper\r\n  title: News\r\n  type: newspaper\r\n"
                           "\"017\": {title: x, publisher: y, type: wire}\r\n",
        "actors/aa.yml": "name: Aa\ntype: state\nsummary: See [[bb]] [@paper, p. 3; @017; @paper-2].\n"
                         "sources: [\"paper, para. 4\", paper, \"017\"]\naccounts:\n  - says: x\n    sources:\n"
                         "      - paper, p. 1 # paper\n",
    })
    after = rename(content, "paper", "no")
    assert after["sources/all.yml"] == (
        "# First\r\n\"no\":\r\n  publisher: paper\r\n  title: News\r\n  formerly: [paper]\r\n  type: newspaper\r\n"
        "\"017\": {title: x, publisher: y, type: wire}\r\n")
    assert after["actors/aa.yml"] == (
        "name: Aa\ntype: state\nsummary: See [[bb]] [@no, p. 3; @017; @paper-2].\n"
        "sources: [\"no, para. 4\", \"no\", \"017\"]\naccounts:\n  - says: x\n    sources:\n"
        "      - no, p. 1 # paper\n")
    after = rename(content, "017", "plain")
    assert "plain: {title: x, formerly: [\"017\"], publisher: y, type: wire}" in after["sources/all.yml"]
    assert "sources: [\"no, para. 4\", \"no\", plain]" in after["actors/aa.yml"]


@pytest.mark.parametrize(("brief", "expected"), [
    ("name: Dd\nformerly: [d, e]\n", "name: Dd\nformerly: [d, e, dd]\n"),
    ("name: Dd\nformerly: [\n  d, # first\n]\n", "name: Dd\nformerly: [\n  d, dd, # first\n]\n"),
    ("name: Dd\nformerly:\n- d # first\nsee: [aa]\n", "name: Dd\nformerly:\n- d # first\n- dd\nsee: [aa]\n"),
    ("name: Dd\nformerly: []\n", "name: Dd\nformerly: [dd]\n"),
    ("name: Dd\nformerly: [d, new]\n", "name: Dd\nformerly: [d, dd]\n"),
    ("see: [aa]\nname: Dd", "see: [aa]\nname: Dd\nformerly: [dd]"),
    ("see: [aa]\nnotes: x\n", "formerly: [dd]\nsee: [aa]\nnotes: x\n"),
    ("id: dd\nname:\nsee: [aa]\n", "id: new\nname:\nformerly: [dd]\nsee: [aa]\n"),
    ("{name: Dd, see: [aa]}\n", "{name: Dd, formerly: [dd], see: [aa]}\n"),
    ("summary: |\n  One.\n\n\n# Of what\nsee: [aa]\n", "summary: |\n  One.\n\n\n# Of what\nsee: [aa]\n"),
])
def test_the_old_id_joins_the_former_ones_where_they_belong(tmp_path: Path, brief: str, expected: str) -> None:
    content = write(tmp_path, {"demands/dd.yml": brief})
    after = rename(content, "dd", "new")["demands/new.yml"]
    if "summary" not in brief:
        assert after == expected
    else:
        assert after.replace("formerly: [dd]\n", "") == expected and "formerly: [dd]\n" in after


POSITIONS = ("name: Dd\ncategory: military\nask: Stop.\nmade_by: [aa]\nsee: [aa]\npositions:\n"
             "  - date: 2031-01-05\n    actor: aa\n    stance: supports\n    sources: [paper]\nsources: [paper]\n")


def test_references_to_statements_follow_their_anchors_which_stay_alive(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write(tmp_path, {
        "demands/dd.yml": POSITIONS,
        "actors/bb.yml": "name: Bb\ntype: state\nsummary: See [[dd#position-aa-2031-01-05|it]].\nsources: [paper]\n"})
    before = load_dossier(content)[1]
    assert main(["rename", "aa", "cc", "--content", str(content)]) == 0
    assert "See [[dd#position-cc-2031-01-05|it]]." in texts(content)["actors/bb.yml"]
    assert "/demands/dd/#position-aa-2031-01-05 -> #position-cc-2031-01-05" in capsys.readouterr().out
    dossier, problems = load_dossier(content)
    assert problems == before and dossier is not None
    page = make_page(dossier, dossier.briefs["dd"])
    assert '<li id="position-cc-2031-01-05"><span class="formerly" id="position-aa-2031-01-05"></span>' in page.body
    files = {file.path: file.content.decode() for file in make_files(dossier)}
    assert 'href="../../actors/cc/"' in files["actors/aa/index.html"]
    # The former address takes the place on the page along.
    assert 'src="../../javascripts/moved.js"' in files["actors/aa/index.html"] and "javascripts/moved.js" in files


def test_a_brief_takes_an_id_again_that_it_had(tmp_path: Path) -> None:
    content = write(tmp_path, {"demands/dd.yml": POSITIONS})
    rename(content, "aa", "cc")
    after = rename(content, "cc", "aa")
    assert "formerly: [cc]\n" in after["actors/aa.yml"]
    assert after["demands/dd.yml"] == POSITIONS
    assert load_dossier(content)[1] == load_dossier(write(tmp_path / "same", {"demands/dd.yml": POSITIONS}))[1]


def test_a_dry_run_shows_everything_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = write(tmp_path, {})
    before = texts(content)
    assert main(["rename", "aa", "cc", "--dry-run", "--content", str(content)]) == 0
    out = capsys.readouterr().out
    assert "rename to content/actors/cc.yml" in out and "-summary: See [[aa]].\n+summary: See [[cc]].\n" in out
    assert texts(content) == before


# --- refusals -----------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new", "words"), [
    ("aa", "aa", '"aa" has that id already'),
    ("aaa", "cc", 'no brief has the id "aaa". Did you mean "aa"?'),
    ("aa", "bb", '"bb" is already the id of content/actors/bb.yml'),
    ("aa", "paper", '"paper" is already the id of content/sources/all.yml'),
    ("aa", "Bb", "differs only in upper and lower case from content/actors/bb.yml"),
    ("aa", "C c", 'Try "c-c"'),
    ("aa", "404", "the site needs that address for itself"),
    ("aa", "timeline", "the name of the page /timeline/"),
    ("aa", "old", '"old" was the id of "bb" before'),
    ("old", "cc", '"old" is now "bb"'),
])
def test_what_new_refuses_a_rename_refuses_too(tmp_path: Path, old: str, new: str, words: str) -> None:
    content = write(tmp_path, {
        "actors/bb.yml": "name: Bb\ntype: state\nformerly: [old]\nsummary: See [[aa]].\nsources: [paper]\n"})
    assert words in refused(content, old, new)


@pytest.mark.parametrize(("file", "text", "words"), [
    ("demands/dd.yml", "name: x\nmade_by: [aa\n", 'a file that may name "aa" cannot be read whole: mend it first'),
    ("demands/dd.yml", "name: x\nsee: [aa]\nsee: [aa]\n", 'field "see" stands twice'),
    ("actors/bb.yml", b"name: \xff aa\n", "not valid UTF-8"),
    ("pages/p.md", b"# x\n\n[[aa]] \xff\n", "not valid UTF-8"),
    ("actors/bb.yml", "name: Bb\nsorces: [aa]\n", 'content/actors/bb.yml:2:10 names "aa" in a field that nobody knows'),
    ("actors/aa.yml", "name: [\n", "the brief cannot be read"),
    ("actors/aa.yml", "name: Aa\nformerly: x\n", "`formerly` in content/actors/aa.yml:2 is not a list"),
    ("sources/more.yml", "aa: {title: x}\n", 'two briefs have the id "aa"'),
])
def test_a_file_that_must_change_and_cannot_be_read_is_named(
    tmp_path: Path, file: str, text: str | bytes, words: str
) -> None:
    assert words in refused(write(tmp_path, {file: text}), "aa", "cc")


def test_errors_elsewhere_do_not_stand_in_the_way(tmp_path: Path) -> None:
    content = write(tmp_path, {"demands/dd.yml": "name: [\n", "events/ee.yml": "type: x\ninvolved: [{actors: aa}]\n"})
    assert "actors: cc" in rename(content, "aa", "cc")["events/ee.yml"]


def test_nothing_is_half_done_when_a_file_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = write(tmp_path, {})
    written: list[Path] = []
    real = renaming.write_text

    def fails_at_the_third(path: Path, text: str) -> None:
        written.append(path)
        if len(written) == 3:
            raise PermissionError(13, "it is read-only", str(path))
        real(path, text)

    monkeypatch.setattr(renaming, "write_text", fails_at_the_third)
    assert "cannot be written (it is read-only): nothing was renamed" in refused(content, "aa", "cc")


def test_a_read_only_file_is_said(tmp_path: Path) -> None:
    content = write(tmp_path, {})
    (content / "actors/bb.yml").chmod(0o444)
    assert "content/actors/bb.yml cannot be written" in refused(content, "aa", "cc")


def test_an_id_that_would_read_as_a_date_is_refused_where_that_matters(tmp_path: Path) -> None:
    content = write(tmp_path, {"un-process/instruments/ii.yml": (
        "name: Ii\ntype: resolution\ndate: 2031-01-01\nsources: [paper]\ndeadlines:\n  - what: x\n    within: 2 days\n"
        "    counted_from:\n      - start: mm\n")})
    words = refused(content, "mm", "2031")
    assert 'content/un-process/instruments/ii.yml:9:16 cannot name an id such as "2031"' in words


# --- the property -------------------------------------------------------------------------


def most_pointed_to(content: Path, of_kinds: tuple[str, ...]) -> list[str]:
    """For each kind the id that most points to."""
    files = read_files(content)
    counts = dict.fromkeys((record.origin for record in records(files)), 0)
    for written in references(files):
        counts[written.link.target] += 1
    kinds = {record.origin: record.kind for record in records(files)}
    return [min((id for id in counts if kinds[id] == kind), key=lambda id: (-counts[id], id)) for kind in of_kinds]


def formats(files: list[ContentFile]) -> list[str]:
    return [problem.as_text() for file in files if file.node is not None
            for problem in format_problems(file.name, file.raw, file.node, file.kind)]


@pytest.mark.parametrize(("folder", "kinds"), [(SAMPLE, tuple(KINDS)), (CONTENT, ("actor", "source", "instrument"))],
                         ids=["sample", "real"])
def test_there_and_back_leaves_every_byte_but_the_former_ids(
    tmp_path: Path, folder: Path, kinds: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_once = cache(read_yaml)  # the same bytes are the same nodes, of which nobody changes any
    for module in ("edit.written", "edit.rename", "read.origin"):
        monkeypatch.setattr(f"generator.{module}.read_yaml", read_once)
    content = tmp_path / "content"
    shutil.copytree(folder, content)
    before, problems = texts(content), load_dossier(content)[1]
    renamed = {id: f"{id}-b" for id in most_pointed_to(content, kinds)}
    for id, new in renamed.items():
        rename(content, id, new)
    back = {new: id for id, new in renamed.items()}
    messages = [re.sub(r"[a-z0-9-]+", lambda word: back.get(word[0], word[0]), problem.message)
                for problem in load_dossier(content)[1]]
    assert messages == [problem.message for problem in problems]
    files = read_files(content)
    # Nothing names an old id any more, and nothing is out of form.
    assert [written.place for written in references(files) if written.link.target in renamed] == []
    assert formats(files) == []
    for new, id in reversed(back.items()):
        rename(content, new, id)
    after = texts(content)
    assert [name for name in before if re.sub(r"\n *formerly: \[[^]]*\]", "", after[name]) != re.sub(
        r"\n *formerly: \[[^]]*\]", "", before[name])] == []
