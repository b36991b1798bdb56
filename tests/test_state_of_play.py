"""The front page: who is in, what is asked, which deadlines run, what happened last."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import SAMPLE, loaded, write

from generator.as_of.day import standing_in_words
from generator.dates import Edtf
from generator.views.state_of_play import state_of_play


@pytest.mark.parametrize(("date", "words"), [
    ("2031-06-13", "in 12 days"), ("2031-06-02", "in 1 day"), ("2031-06-01", "on the day"),
    ("2031-05-29", "3 days past"), ("2027-01-01", "1,612 days past"), ("2031-08", "still to come"), ("2031-04", "past"),
    ("2031", "not certain whether past")])
def test_a_deadline_says_how_it_stands_to_the_day(date: str, words: str) -> None:
    assert standing_in_words(Edtf.parse(date), Edtf.parse("2031-06-01")) == words


def test_deadlines_to_come_stand_first_then_the_latest_gone_by(tmp_path: Path) -> None:
    text = ("name: Ii\ntype: resolution\ndate: 2031-01-01\nby: [aa]\nsources: [paper]\n"
            "provisions:\n  - paragraph: OP1\n    says: Stop.\ndeadlines:\n")
    due = ("2030-02-01", "2031-09-01", "2031-05-01", "2031-07-01")
    text += "".join(f"  - what: Until {date}.\n    due: {date}\n" for date in due)
    view = state_of_play(loaded(write(tmp_path, {"un-process/instruments/ii.yml": text})))
    assert [str(entry.deadline.record.due) for entry in view.deadlines] == [
        "2031-07-01", "2031-09-01", "2031-05-01", "2030-02-01"]


def test_who_is_in_stands_apart_from_who_is_out() -> None:
    view = state_of_play(loaded(SAMPLE))
    told = {room.title: {line.word: [named.brief.id for named in line.named] for line in room.lists}
            for room in view.rooms}
    assert "calder" in told["At the talks"]["party"] and "ines-dahl" in told["At the talks"]["mediator"]


def test_a_standing_names_a_few_and_counts_the_rest(tmp_path: Path) -> None:
    files = {f"actors/a{n}.yml": f"name: A{n}\ntype: state\nsummary: See [[aa]].\nsources: [paper]\nstanding:\n"
                                 "  - date: 2031/..\n    standing: observer\n    sources: [paper]\n" for n in range(20)}
    (room,) = state_of_play(loaded(write(tmp_path, files))).rooms
    assert len(room.lists[0].named) + room.lists[0].more == 20 and room.lists[0].more > 0
