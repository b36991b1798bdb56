"""How paragraphs and time limits stand on a day, what was set up on them, and which text takes up which."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import CONTENT, SMALL, load_once, loaded_small

from generator.as_of.provisions import RULES, ProvisionStanding, text_standing
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.models import Instrument, Meeting
from generator.models.vocabulary import ProvisionStatus
from generator.pages import make_page, make_section
from generator.views.chains import Link, chains
from generator.views.mandates import mandates
from generator.views.room import room

TEXT = ("name: Ii\ntype: resolution\nby: [aa]\ndate: 2031-01-01\nsources: [paper]\n"
        "provisions:\n  - paragraph: OP1\n    says: Stop.\n")


def steps(*entries: str, indent: str = "    ") -> str:
    """A history as YAML from entries such as `2031-02-01 pending`."""
    if not entries:
        return ""
    return f"{indent}history:\n" + "".join(
        f"{indent}  - date: {date}\n{indent}    what: It went on.\n{indent}    status: {status}\n"
        f"{indent}    sources: [paper]\n" for date, _, status in (entry.partition(" ") for entry in entries))


def limit(*due: str, history: tuple[str, ...] = ()) -> str:
    """A time limit on OP1: on a date, or a month after each of several dates."""
    if len(due) == 1:
        return f"  - what: A report.\n    paragraph: OP1\n    due: {due[0]}\n" + steps(*history)
    readings = "".join(f"      - start: {date}\n" for date in due)
    return (f"  - what: A report.\n    paragraph: OP1\n    within: 1 month\n    counted_from:\n{readings}"
            + steps(*history))


def standing(folder: Path, day: str, own: tuple[str, ...] = (), limits: str = "") -> ProvisionStanding:
    text = TEXT + steps(*own) + (f"deadlines:\n{limits}" if limits else "")
    dossier = loaded_small(folder, {"un-process/instruments/ii.yml": text}).at(Edtf.parse(day))
    (found,) = text_standing(dossier, dossier.briefs["ii"])  # type: ignore[arg-type]
    return found


DAY = "2031-06-01"
TWO = limit("2031-04-15", "2031-06-15")  # by one reading to 15 May, by another to 15 July

CASES = [
    # row, steps of the paragraph, time limits, status, reason
    ("recorded", ("2031-02-01 pending", "2031-03-01 partly done"), limit("2031-05-01"), "partly done", "It went on."),
    ("recorded", ("2031-02-01 done", "2031-07-01 overdue"), "", "done", "It went on."),
    ("pending", ("2031-02-01 pending",), "", "pending", "It went on."),
    ("pending", ("2031-02-01 pending",), limit("2031-07-01"), "pending", "It went on."),
    ("pending", ("2031-05-20 pending",), limit("2031-05-01"), "pending", "It went on."),
    ("pending", ("2031-02-01 pending",), limit("2031-05~"), "pending", "It went on."),
    ("overdue", ("2031-02-01 pending",), limit("2031-05-01"), "overdue",
     "Pending on 1 February 2031; its time ran to 1 May 2031, and nothing is recorded since."),
    ("overdue", ("2031-02-01 pending",), limit("2031-02-15", "2031-03-15"), "overdue",
     "Pending on 1 February 2031; its time ran to 15 March 2031 or, by another reading, 15 April 2031, and nothing "
     "is recorded since."),
    ("readings", ("2031-02-01 pending",), TWO, "disputed",
     "Pending on 1 February 2031; its time ran to 15 May 2031 by one reading and runs to "
     "1 month after something that had not come by then by another."),
    ("passed", (), limit("2031-05-01"), "unknown",
     "Its time ran to 1 May 2031; what came of it is not recorded."),
    ("partly-passed", (), limit("2031-04-15", "2031-05-15"), "unknown",
     "Its time ran to 15 May 2031 by one reading and runs to 15 June 2031 by another; what came of it is "
     "not recorded."),
    ("to-come", (), limit("2031-06-01"), "pending", "Its time runs to 1 June 2031."),
    ("to-come", (), limit("2031-05-15", "2031-05-20"), "pending",
     "Its time runs to 15 June 2031 or, by another reading, 20 June 2031."),
    ("not-certain", (), limit("2031-06"), "unknown",
     "Its time is June 2031: whether it has passed is not certain, and nothing is recorded of it."),
    ("nothing", (), "", "unknown", "Nothing is recorded of it."),
    ("limits", (), limit("2031-07-01") + limit("2031-05-01", history=("2031-05-02 overdue",)), "overdue",
     "It went on."),
]


@pytest.mark.parametrize(("rule", "own", "limits", "status", "reason"), CASES)
def test_every_row_of_the_rule(tmp_path: Path, rule: str, own: tuple[str, ...], limits: str, status: str,
                               reason: str) -> None:
    found = standing(tmp_path, DAY, own, limits)
    assert (found.verdict.rule, found.status, found.reason) == (rule, status, reason)


def test_the_table_of_the_rule_has_a_case_for_each_row() -> None:
    assert {rule.key for rule in RULES} - {"later"} == {case[0] for case in CASES}


def test_a_text_that_came_later_has_no_status(tmp_path: Path) -> None:
    found = standing(tmp_path, "2030-12-31", ("2031-02-01 done",), limit("2031-05-01"))
    assert (found.status, found.verdict.rule, found.deadlines[0].standing.word) == ("", "later", "")


def test_a_time_limit_that_was_met_does_not_make_its_paragraph_overdue(tmp_path: Path) -> None:
    met = limit("2031-05-01", history=("2031-04-30 done",))
    assert standing(tmp_path, DAY, ("2031-02-01 pending",), met).status == ProvisionStatus.PENDING
    missed = standing(tmp_path / "b", DAY, ("2031-02-01 pending",), met + limit("2031-05-02"))
    assert (missed.status, str(missed.verdict.limit and missed.verdict.limit.due)) == ("overdue", "2031-05-02")


def test_a_time_limit_that_stands_otherwise_than_its_paragraph_is_listed_and_counted_apart(tmp_path: Path) -> None:
    text = TEXT + steps("2031-02-01 partly done") + "deadlines:\n" + limit("2031-02", history=("2031-03-01 disputed",))
    overdue, disputed = mandates(loaded_small(tmp_path, {"un-process/instruments/ii.yml": text})).pressing
    assert (overdue.asked, disputed.paragraphs, disputed.limits) == ((), 0, 1)
    assert disputed.asked[0].anchor == "deadline-op1"


def test_paragraphs_of_any_script_are_told_apart_and_a_limit_of_none_belongs_to_none(tmp_path: Path) -> None:
    ways = ("lineage:\n  - {type: implements, text: ii, paragraph: المادة ٢}\n"
            "  - {type: amends, text: ii, paragraph: المادة ١}\n")
    dossier = loaded_small(tmp_path, {"un-process/instruments/ii.yml": TEXT.replace("OP1", "المادة ١") + (
        "  - paragraph: المادة ٢\n    says: Go.\ndeadlines:\n  - {what: One., paragraph: المادة ٢, due: 2031-05-01}\n"
        "  - {what: Two., due: 2031-05-02}\n") + ways})
    text = dossier.briefs["ii"]
    assert [[view.record.due for view in one.deadlines] for one in text_standing(dossier, text)] == [  # type: ignore[arg-type]
        [], [Edtf.parse("2031-05-01")]]
    body = make_page(dossier, text).body
    assert "None" not in body
    assert [body.partition(f'id="{anchor}"')[2].partition("</section>")[0].count(word) for anchor, word in
            (("part", "amends"), ("part-2", "implements"))] == [1, 1]


# --- the page --------------------------------------------------------------------------------


def texts(lineage: dict[str, str]) -> dict[str, str | bytes | None]:
    """Texts by id, adopted in the order of their ids, each with two paragraphs and a lineage as YAML."""
    return {f"un-process/instruments/{id}.yml": (
        f"name: {id.upper()}\ntype: resolution\ndate: 2031-01-{number:02}\nsources: [paper]\n"
        "provisions:\n  - {paragraph: OP1, says: Stop.}\n  - {paragraph: OP2, says: Report.}\n"
        + (f"lineage: [{links}]\n" if links else "")) for number, (id, links) in enumerate(lineage.items(), 1)}


def outline(link: Link, depth: int = 0) -> list[str]:
    place = " ".join(filter(None, (link.place.text.name, link.place.label)))
    own = f"{'  ' * depth}{place}" + (f" > {link.elsewhere}" if link.elsewhere else "") + (
        f" | {link.whole}" if link.whole else "")
    return [own, *(line for next in link.by for line in outline(next, depth + 1))]


def test_texts_are_followed_paragraph_by_paragraph(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, texts({
        "t1": "", "t2": "{type: endorses, text: t1#op2, paragraph: OP1}",
        "t3": "{type: implements, text: t2#op1, paragraph: OP2}, {type: reaffirms, text: t1, paragraph: OP1}",
        "t4": "{type: reaffirms, text: t3#op2}, {type: reaffirms, text: t2}"}))
    assert [[line for head in chain.heads for line in outline(head)] for chain in chains(dossier)] == [
        ["T1", "  T3 OP1", "T1 OP2 | chain-t1", "  T2 OP1 | chain-t2", "    T3 OP2", "      T4"],
        ["T2", "  T4"]]


def test_texts_in_a_circle_are_told_once(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, texts({"t1": "{type: reaffirms, text: t2#op1, paragraph: OP1}",
                                    "t2": "{type: reaffirms, text: t1#op1, paragraph: OP1}"}))
    (chain,) = chains(dossier)
    assert [line for head in chain.heads for line in outline(head)] == [
        "T1 OP1", "  T2 OP1", "    T1 OP1 > chain-t1-op1"]


def test_both_ends_of_a_link_stand_at_their_paragraphs(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, texts({"t1": "", "t2": "{type: endorses, text: t1#op2, paragraph: OP1}"}))
    older, newer = (make_page(dossier, dossier.briefs[id]).body for id in ("t1", "t2"))
    assert 'endorsed by <a href="../../un-process/t2/#op1">T2, OP1</a>' in older.partition('id="op2"')[2]
    assert 'endorses <a href="../../un-process/t1/#op2">T1, OP2</a>' in newer.partition('id="op1"')[2]


def test_what_was_set_up_and_convened_names_its_paragraph(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, {
        "un-process/meetings/mm.yml": SMALL["un-process/meetings/mm.yml"] + (
            "basis: [{text: ii#op1, note: It asked for talks.}]\n"),
        "un-process/bodies/cc.yml": "name: Cc\ntype: mission\nsources: [paper]\nmandate:\n"
                                    "  - {date: 2031-03, act: established, text: ii, sources: [paper]}\n"})
    assert [(f.brief.id, f.words, str(f.record.text)) for f in mandates(dossier).founded] == [
        ("mm", "convened", "ii#op1"), ("cc", "established", "ii")]
    text, meeting = (make_page(dossier, dossier.briefs[id]).body for id in ("ii", "mm"))
    assert "Mm</a>: convened on it" in text.partition('id="op1"')[2]
    assert 'href="../../un-process/ii/#op1">Ii, OP1</a>: It asked for talks.' in meeting


def test_a_dossier_without_texts_says_so(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, {"un-process/instruments/ii.yml": None})
    page = make_section(dossier, "mandates")
    assert "No text of this dossier has paragraphs or deadlines yet." in page.body
    assert "No text of this dossier says that it takes up another." in page.body


# --- the dossier itself ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> Dossier:
    dossier, _ = load_once(CONTENT)
    assert dossier is not None
    return dossier


@pytest.mark.first_dossier
def test_time_limits_under_each_reading_on_the_day(real: Dossier) -> None:
    text = real.briefs["unscr-2254"]
    assert isinstance(text, Instrument)

    def limits(day: str) -> dict[str, list[str]]:
        return {f"{view.record.paragraph} {view.record.what[:9]}": [
            view.standing.word, *(str(date) for date in view.dates if date.before(Edtf.parse(day)))]
            for one in text_standing(real.at(Edtf.parse(day)), text) for view in one.deadlines}

    assert limits("2016-02-03") == {
        "OP2 Formal ne": ["disputed", "2016-01"], "OP7 Report on": ["unknown", "2016-01-18"],
        "OP11 Report on": ["unknown", "2016-01-18"], "OP15 Report on": ["pending"],
        "OP4 Credible,": ["pending"], "OP4 Free and ": ["pending"]}
    assert limits("2016-07-01")["OP4 Credible,"] == ["disputed", "2016-06-18"]
    assert limits("2016-08-02")["OP4 Credible,"] == ["overdue", "2016-06-18", "2016-07-29", "2016-08-01"]


@pytest.mark.first_dossier
def test_the_room_of_a_day_of_the_dossier(real: Dossier) -> None:
    meeting = real.briefs["geneva-iii-opening-phase"]
    assert isinstance(meeting, Meeting)
    found = room(real, meeting)
    days = {str(day.date): day for day in found.days}
    assert list(days) == [f"2016-01-{day}" for day in (29, 30, 31)] + [f"2016-02-0{day}" for day in (1, 2, 3)]
    session = days["2016-02-01"].places[0]
    assert session.session is not None and session.session.id == "envoy-and-hnc-1-february"
    assert [one.record.actors[0].key for one in session.sat] == ["staffan-de-mistura", "high-negotiations-committee"]
    assert "pyd" in [actor.key for one in days["2016-01-30"].away for actor in one.record.actors]
