"""What is read from one file: kept, handed in again, and where each of it stands."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from generator.checks.run import Checked, check_record
from generator.facts import exact_prints, with_prints
from generator.load import link_and_check, load_dossier
from generator.models.base import Record, walk
from generator.read import pickled
from generator.read.content import files_to_read, read_content
from generator.read.one_file import FileRead, read_file
from generator.read.origin import Origin
from generator.reads import recording

SAMPLE = Path(__file__).parent / "sample" / "content"


@pytest.fixture(scope="module")
def reads() -> dict[str, FileRead]:
    """What is read from each file of the sample dossier."""
    return {file: read_file(kind, file, path.read_bytes()) for kind, file, path in files_to_read(SAMPLE)}


def test_what_is_kept_comes_back_as_it_was(reads: dict[str, FileRead]) -> None:
    assert {file: pickled.load(pickled.dump(read)) for file, read in reads.items()} == reads


def test_what_is_kept_makes_the_same_dossier(reads: dict[str, FileRead]) -> None:
    again = {file: pickled.load(pickled.dump(with_prints(read))) for file, read in reads.items()}
    taken: list[str] = []

    def read(kind: str, file: str, data: bytes) -> FileRead:
        taken.append(file)
        return again[file]

    dossier, problems = link_and_check(*read_content(SAMPLE, read))
    fresh, found = load_dossier(SAMPLE)
    assert taken == list(again)
    assert dossier is not None and fresh is not None
    assert problems == found
    assert dossier.records == fresh.records
    assert (dossier.links, dossier.anchors, dossier.facts.fingerprint) == (
        fresh.links, fresh.anchors, fresh.facts.fingerprint)
    assert dossier.known_prints.keys() == fresh.known_prints.keys() == fresh.records.keys()
    for name in fresh.facts.by_name:
        assert dossier.facts.exact(name) == fresh.facts.exact(name)
    assert dossier.releases is not None and fresh.releases is not None
    assert {**dossier.releases.facts} == fresh.releases.facts
    assert exact_prints(dossier.releases.facts) == exact_prints(fresh.releases.facts)


def test_what_is_kept_notes_the_same_facts(reads: dict[str, FileRead]) -> None:
    dossiers = [link_and_check(*read_content(SAMPLE, lambda kind, file, data, again=again: again[file]))[0]
                for again in (reads, {file: with_prints(read) for file, read in reads.items()})]
    for id in dossiers[0].briefs:  # type: ignore[union-attr]
        noted = []
        for dossier in dossiers:
            with recording() as found:
                assert dossier.facts.of_brief(dossier.briefs[id]).prints  # type: ignore[union-attr]
            noted.append(found)
        assert noted[0] == noted[1]


def test_each_place_that_is_known_is_the_one_in_the_file(reads: dict[str, FileRead]) -> None:
    dossier, _ = load_dossier(SAMPLE)
    assert dossier is not None
    for name, record in dossier.records.items():
        origin = dossier.origin(name)
        assert origin.node is not None
        assert origin.places == {path: origin.node.find(path) for path, value in walk(record)
                                 if isinstance(value, Record)}
        assert {field: origin.node.find_key((field,))[0] for field in origin.fields} == origin.fields
        for path, _ in walk(record):
            assert origin.place(path) == origin.node.find(path), (name, path)


@pytest.mark.parametrize("text", [
    "one: {title: A, publisher: B, type: newspaper, url: 'https://example.org/'}\n",
    "one: {title: A,\n  publisher: B, type: newspaper,\n  url: 'https://example.org/'}\n",
    "one:\n  title: A\n  publisher: B # who\n  type:\n    newspaper\n  url: https://example.org/\ntwo:\n  title: B\n"
    "  publisher: B\n  type: newspaper\n  notes: >-\n    More.\n\n  url: https://example.org/two\n",
], ids=["one line", "three lines", "blocks"])
def test_each_place_in_a_file_of_many_is_the_one_in_the_file(text: str) -> None:
    for record in read_file("source", "content/sources/all.yml", text.encode()).records:
        origin = Origin("content/sources/all.yml", record.line, text.encode(), True, record.id, record.places, record.fields)
        assert record.record is not None and origin.node is not None
        assert {field: origin.place((field,)) for field in record.fields} == {
            field: origin.node.find((field,)) for field in record.fields}


class Command:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("exit 1",)


@pytest.mark.parametrize("body", [
    b"", b"nothing of ours", pickle.dumps(Command()), pickle.dumps(Path("/tmp")), pickle.dumps(["no file"]),
    pickle.dumps(print), b"\x80\x05\x95",
], ids=["empty", "text", "command", "path", "list", "function", "half"])
def test_nothing_is_made_from_what_was_not_kept(body: bytes) -> None:
    with pytest.raises(pickled.NotKept):
        pickled.load(pickled._digest(body) + body)


def test_nothing_is_made_from_what_is_broken(reads: dict[str, FileRead]) -> None:
    whole = pickled.dump(next(iter(reads.values())))
    for broken in (whole[:-1], whole[1:], whole[:40] + b"?" + whole[41:], b""):
        with pytest.raises(pickled.NotKept):
            pickled.load(broken)


FLAWED = """\
name: Harbour talks
type: diplomatic
date: 2031-05-04
sources: [harbour-later, nobody-knows]
accept: {source-too-early: it was announced, no-such-warning: why not}
summary: See [[nowhere]] and <b>this</b>, and [[nowhere]] again.
"""


def test_what_was_found_in_a_record_can_be_kept(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    (content / "events" / "harbour-talks.yml").write_text(FLAWED, encoding="utf-8")
    read = read_content(content)
    dossier, problems = link_and_check(*read)
    assert dossier is not None
    kept_texts = {name: check_record(dossier, name).as_json()
                  for name in (*dossier.records, *(f"pages/{page.name}" for page in dossier.pages))}
    assert any(kept_texts.values()) and not all(kept_texts.values())
    again, found = link_and_check(*read, lambda dossier, name: Checked.from_json(kept_texts[name]))
    assert again is not None
    assert found == problems
    assert len([problem for problem in found if problem.file == "content/events/harbour-talks.yml"]) > 4
    assert again.accepted == dossier.accepted


def test_the_checks_of_a_record_read_only_what_it_names(tmp_path: Path) -> None:
    dossier, _ = load_dossier(SAMPLE)
    assert dossier is not None
    for name in dossier.records:
        with recording() as found:
            check_record(dossier, name)
        named = {link.target for link in dossier.links_from[name]}
        read = {id for id, _ in found if not id.startswith("#")}
        parents = {other.part_of.id for other in dossier.of_kind("meeting") if other.part_of}
        assert read <= {name, *named, *parents}
