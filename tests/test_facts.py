"""What a dossier says, apart from how it is typed: the same facts, the same fingerprint."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from tools import SAMPLE, load_once, write

from generator.dates import Edtf
from generator.dossier import Dossier
from generator.facts import facts_of, fingerprint, page_fingerprint
from generator.pages import page_at

POSITION = "positions:\n  - date: 2031-05-20\n    actor: aa\n    stance: supports\n    sources: [paper]\n"
DEMAND = ("name: Dd\ncategory: military\nask: |\n  Stop the\n  boats.\nmade_by: [aa, bb]\n" + POSITION
          + "sources: [paper]\n")


def loaded(folder: Path) -> Dossier:
    dossier, _ = load_once(folder)
    assert dossier is not None
    return dossier


def demand(folder: Path, text: str) -> str:
    """The fingerprint of the page of the small dossier's demand, written like this."""
    dossier = loaded(write(folder, {"demands/dd.yml": text}))
    return page_fingerprint(dossier.facts.of_brief(dossier.briefs["dd"]))


@pytest.fixture(scope="module")
def as_written(tmp_path_factory: pytest.TempPathFactory) -> str:
    return demand(tmp_path_factory.mktemp("small"), DEMAND)


def test_facts_are_plain_values_in_canonical_order(tmp_path: Path) -> None:
    dossier = loaded(write(tmp_path, {"demands/dd.yml": DEMAND}))
    assert list(facts_of(dossier.briefs["dd"]).items()) == [
        ("name", "Dd"), ("category", "military"), ("ask", "Stop the boats."), ("made_by", ["aa", "bb"]),
        ("positions", [{"date": "2031-05-20", "actor": "aa", "stance": "supports", "sources": ["paper"]}]),
        ("sources", ["paper"])]


@pytest.mark.parametrize("typed", [
    DEMAND.replace("ask: |\n  Stop the\n  boats.", "ask: 'Stop the boats.'"),
    DEMAND.replace("made_by: [aa, bb]", "made_by:\n- bb   # the other shore\n- aa"),
    DEMAND.replace("  - date: 2031-05-20\n    actor: aa\n", '  - actor: "aa"\n    date: "2031-05-20"\n'),
    POSITION + DEMAND.replace(POSITION, ""),
    DEMAND.replace(POSITION, "positions: [{sources: [paper], stance: supports, date: 2031-05-20, actor: aa}]\n"),
    DEMAND.replace("    stance: supports\n", "    stance: supports\n    unverified: false\n"),
], ids=["quotes", "comment and list", "order of fields", "place of a field", "flow", "what is so anyway"])
def test_the_layout_is_no_fact(tmp_path: Path, as_written: str, typed: str) -> None:
    assert demand(tmp_path, typed) == as_written


@pytest.mark.parametrize("typed", [
    DEMAND.replace("boats", "boat"), DEMAND.replace("Stop the\n", "Stop the\n\n"), DEMAND.replace("[aa, bb]", "[aa]"),
    DEMAND.replace("2031-05-20", "2031-05"), DEMAND.replace("supports", "opposes"),
    DEMAND.replace("    sources: [paper]", '    sources: ["paper, p. 4"]'), DEMAND + "main: true\n",
], ids=["word", "paragraph", "list", "precision", "stance", "place in the source", "main"])
def test_another_value_has_another_fingerprint(tmp_path: Path, as_written: str, typed: str) -> None:
    assert typed != DEMAND and demand(tmp_path, typed) != as_written


def test_every_brief_of_the_sample_has_its_fingerprint_however_it_is_laid_out(tmp_path: Path) -> None:
    """Every file written anew by another YAML writer: fields in the order of the alphabet, all values in quotes."""
    here = loaded(SAMPLE)
    folder = tmp_path / "content"
    for path in sorted(SAMPLE.rglob("*.yml")):
        target = folder / path.relative_to(SAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        target.write_text(yaml.safe_dump(plain, default_style='"', allow_unicode=True, width=60), encoding="utf-8")
    (folder / "pages").mkdir()
    for name in ("how-it-began.md", "straits.png"):
        (folder / "pages" / name).write_bytes((SAMPLE / "pages" / name).read_bytes())
    assert loaded(folder).facts.whole == here.facts.whole
    assert loaded(folder).facts.fingerprint == here.facts.fingerprint


def test_a_page_has_the_fingerprint_of_what_it_shows_of_others_too(tmp_path: Path) -> None:
    def actor(name: str, files: dict[str, str | bytes | None]) -> str:
        dossier = loaded(write(tmp_path / name, files))
        return page_fingerprint(dossier.facts.of_brief(dossier.briefs["aa"]))

    plain = actor("plain", {"demands/dd.yml": DEMAND})
    assert actor("moved", {"demands/dd.yml": DEMAND.replace("supports", "opposes")}) != plain
    assert actor("renamed", {"demands/dd.yml": DEMAND.replace("name: Dd", "name: Stop")}) != plain
    term = "name: Tt\ndefinition: T [@paper].\n"
    assert actor("elsewhere", {"demands/dd.yml": DEMAND, "terms/tt.yml": term}) == plain


def test_pages_stand_at_the_dossiers_day_and_lists_carry_the_whole() -> None:
    dossier = loaded(SAMPLE)
    pages = {address: page_at(dossier, address) for address in ("", "actors/", "actors/calder/", "how-it-began/")}
    assert all(page is not None and page.edition == str(dossier.as_of) for page in pages.values())
    prints = [page.fingerprint for page in pages.values() if page]
    assert prints[0] == prints[1] == dossier_print(dossier) and len(set(prints)) == 3


def dossier_print(dossier: Dossier) -> str:
    return page_fingerprint({"": dossier.facts.fingerprint})


def test_facts_are_the_same_on_every_day() -> None:
    dossier = loaded(SAMPLE)
    assert dossier.facts.fingerprint == dossier.at(Edtf.parse("2030")).facts.fingerprint


def test_lists_have_no_order_and_records_have_names() -> None:
    assert fingerprint(["a", "b"]) == fingerprint(["b", "a"]) != fingerprint([["a"], "b"])
    assert fingerprint({"a": "1", "b": "2"}) == fingerprint({"b": "2", "a": "1"}) != fingerprint({"a": "2", "b": "1"})
    assert fingerprint(1) != fingerprint("1")


def test_no_two_briefs_say_the_same() -> None:
    whole = loaded(SAMPLE).facts.whole
    assert len(set(whole.values())) == len(whole)
