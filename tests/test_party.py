"""What an actor's page says of the dossier's day, and what it keeps apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import SMALL, write

from generator.load import load_dossier
from generator.models.fields import TimeOfDay
from generator.views.briefs import PartyView, party_view


def view(folder: Path, files: dict[str, str | bytes | None]) -> PartyView:
    dossier, problems = load_dossier(write(folder, files))
    assert dossier is not None and [p for p in problems if p.severity == "error"] == []
    return party_view(dossier, dossier.briefs["aa"])  # type: ignore[arg-type]


def test_a_position_that_came_later_is_not_one_of_the_day(tmp_path: Path) -> None:
    seen = view(tmp_path, {"demands/dd.yml": SMALL["demands/dd.yml"] + (
        "positions:\n  - actor: aa\n    stance: opposes\n    date: 2032\n    sources: [paper]\n")})
    assert seen.stances == ()
    assert [str(held.item.record.stance) for held in seen.later_stances] == ["opposes"]


def test_an_earlier_and_a_later_position_stand_beside_the_one_of_the_day(tmp_path: Path) -> None:
    seen = view(tmp_path, {"demands/dd.yml": SMALL["demands/dd.yml"] + "positions:\n" + "".join(
        f"  - actor: aa\n    stance: {stance}\n    date: {date}\n    sources: [paper]\n"
        for stance, date in (("opposes", "2031-01"), ("supports", "2031-03"), ("unclear", "2032")))})
    (group,) = seen.stances
    (held,) = group.held
    assert (group.stance, group.total) == ("supports", 1)
    assert [str(p.item.record.stance) for p in (*held.before, *held.later)] == ["opposes", "unclear"]


def test_an_office_without_a_date_is_not_said_to_be_held_on_the_day(tmp_path: Path) -> None:
    seen = view(tmp_path, {"actors/aa.yml": SMALL["actors/aa.yml"] + (
        "offices:\n  - office: Minister\n    sources: [paper]\n"
        "  - office: Envoy\n    date: 2030/..\n    sources: [paper]\n")})
    assert [str(item.record.office) for item in seen.offices_now] == ["Envoy"]
    assert len(seen.offices.so_far) == 2


@pytest.mark.parametrize(("typed", "words"), [
    ("17:00+01:00", "17:00 UTC+1"), ("16:00Z", "16:00 UTC"), ("09:05-03:30", "09:05 UTC-3:30"),
    ("00:00+00:00", "00:00 UTC"), ("12:00+00:30", "12:00 UTC+0:30")])
def test_a_time_is_told_with_its_zone(typed: str, words: str) -> None:
    assert TimeOfDay.parse(typed).readable == words
