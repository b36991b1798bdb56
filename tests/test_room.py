"""Who sat where, day by day: what counts to which day, what to none, and every seat of an actor."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools import SMALL, loaded_small

from generator.pages import make_page
from generator.views.briefs import party_view
from generator.views.room import Place, room

MEETING = SMALL["un-process/meetings/mm.yml"]  # 1 to 5 February 2031, direct, convened by aa


def seat(who: str, date: str = "", room: str = "") -> str:
    return (f"  - actors: [{{outside: {who}}}]\n    for: bb\n" + (f"    date: {date}\n" if date else "")
            + (f"    room: {room}\n" if room else "") + "    sources: [paper]\n")


def outline(places: tuple[Place, ...]) -> list[str]:
    return [f"{place.session.id if place.session else ''}|{place.room}: "
            + ", ".join(str(one.record.actors[0].outside) for one in place.sat) for place in places]


def seen(folder: Path, seats: str, files: dict[str, str | bytes | None] | None = None) -> list[object]:
    """The days of the meeting with who sat where, and at last what is known for no day."""
    dossier = loaded_small(folder, {"un-process/meetings/mm.yml": MEETING + (f"seats:\n{seats}" if seats else ""),
                            **(files or {})})
    found = room(dossier, dossier.briefs["mm"])  # type: ignore[arg-type]
    return [*((day.date.short(), *outline(day.places)) for day in found.days), outline(found.whole)]


def test_days_that_look_the_same_are_told_together(tmp_path: Path) -> None:
    assert seen(tmp_path, seat("Ines", "2031-02-01/2031-02-03") + seat("Bo", "2031-02-02")
                + seat("Per", "2031-02-04") + seat("Per", "2031-02-05")) == [
        ("1 Feb 2031", "|: Ines"), ("2 Feb 2031", "|: Ines, Bo"), ("3 Feb 2031", "|: Ines"),
        ("4 to 5 Feb 2031", "|: Per"), []]


def test_a_day_of_which_nothing_is_recorded_is_not_told(tmp_path: Path) -> None:
    assert seen(tmp_path, seat("Ines", "2031-02-01") + seat("Ines", "2031-02-03")) == [
        ("1 Feb 2031", "|: Ines"), ("3 Feb 2031", "|: Ines"), []]


@pytest.mark.parametrize("date", ["", "2031-02", "2031-02-02~", "2031-02-02?", "2031-02-02/..", "2031-02/2031-02-03"])
def test_what_is_known_only_roughly_is_given_to_no_day(tmp_path: Path, date: str) -> None:
    assert seen(tmp_path, seat("Ines", date)) == [["|: Ines"]]


SESSION = "name: First\ndate: 2031-02-02\ntime: 10:00Z\nformat: informal\npart_of: mm\nsources: [paper]\nseats:\n"


def test_sessions_count_to_their_day_with_their_room(tmp_path: Path) -> None:
    """Whoever sat in a session is not told again among those whose room is not recorded."""
    assert seen(tmp_path, seat("Ines", "2031-02-01/2031-02-02") + seat("Bo", "2031-02-02", "Room 2"), {
        "un-process/meetings/first.yml": SESSION + seat("Ines"),
        "un-process/meetings/deeper.yml": SESSION.replace("part_of: mm", "part_of: first").replace("10:00", "11:00")
        + seat("Per", room="Hall")}) == [
        ("1 Feb 2031", "|: Ines"), ("2 Feb 2031", "first|: Ines", "deeper|Hall: Per", "|Room 2: Bo"), []]


def test_a_day_is_drawn_with_who_was_there_as_well_and_who_was_not(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, {
        "un-process/meetings/mm.yml": MEETING + "seats:\n" + seat("Bo", "2031-02-02") + (
            'absent:\n  - actors: [{outside: Tern}]\n    invited: "no"\n    date: 2031-02-02\n    sources: [paper]\n'),
        "un-process/meetings/first.yml": SESSION + seat("Ines") + "  - actors: [aa]\n    sources: [paper]\n"})
    body = make_page(dossier, dossier.briefs["mm"]).body
    drawing, _, table = body.partition("</svg>")
    for words in ("Informal session, 10:00 UTC", "There as well, room not recorded", "Not there", "At the head: Aa."):
        assert words in drawing
    places = [table.index(words) for words in (">Informal session, 10:00 UTC</a>", ">Room not recorded<", "Not there")]
    assert places == sorted(places)
    assert "{ #day-2031-02-02 " in body


def test_names_are_text_in_the_drawing_and_in_the_table(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, {"un-process/meetings/mm.yml": MEETING + "seats:\n" + seat("A & <b>", "2031-02-02")})
    body = make_page(dossier, dossier.briefs["mm"]).body
    assert body.count("A &amp; &lt;b&gt;") >= 2 and "<b>" not in body


def test_a_meeting_without_seats_says_so(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, {})
    assert "Who sat there is not recorded." in make_page(dossier, dossier.briefs["mm"]).body


def test_a_long_meeting_stays_readable(tmp_path: Path) -> None:
    seats = "".join(seat(f"Delegate {day}", f"2031-{2 + day // 28:02}-{1 + day % 28:02}") for day in range(200))
    dossier = loaded_small(tmp_path, {"un-process/meetings/mm.yml": MEETING.replace("2031-02-05", "2031-12-05")
                              + f"seats:\n{seats}"})
    found = room(dossier, dossier.briefs["mm"])  # type: ignore[arg-type]
    assert (len(found.days), found.more) == (60, 140)
    assert not any(day.figure for day in found.days)


def test_every_seat_of_an_actor_stands_on_its_page(tmp_path: Path) -> None:
    dossier = loaded_small(tmp_path, {"un-process/meetings/mm.yml": MEETING + (
        "seats:\n  - {actors: [aa], role: host, date: 2031-02-01, sources: [paper]}\n"
        "  - {actors: [{outside: Ines}], for: bb, room: Hall, sources: [paper]}\n"
        "  - {actors: [{outside: Tern}], date: 2031-02-05, sources: [paper]}\n"
        'absent:\n  - {actors: [aa], invited: "yes", date: 2031-02-05, why: It was late., sources: [paper]}\n')})
    one, other = (party_view(dossier, dossier.briefs[id]).meetings for id in ("aa", "bb"))  # type: ignore[arg-type]
    assert [[(seat.words, str(seat.record.date)) for seat in meeting.seats] for meeting in one] == [
        [("sat", "2031-02-01"), ("absent", "2031-02-05")]]
    assert [party.key for party in one[0].across] == ["bb"]
    assert [[seat.words for seat in meeting.seats] for meeting in other] == [["represented"]]
    assert [party.key for party in other[0].across] == ["aa", "tern"]
    body = make_page(dossier, dossier.briefs["aa"]).body
    assert "host, 1 Feb 2031" in body and "<b>absent</b>, invited, 5 Feb 2031. It was late." in body


def test_times_are_told_and_order_sessions_whatever_their_zone(tmp_path: Path) -> None:
    session = "name: {}\ndate: 2031-02-02\ntime: {}\nformat: direct\npart_of: mm\nsources: [paper]\n"
    morning = "  - {actors: [aa], date: 2031-02-01, time: 09:00Z, sources: [paper]}\n"
    dossier = loaded_small(tmp_path, {
        "un-process/meetings/mm.yml": f"{MEETING}seats:\n{morning}{morning.replace('-01, time: 09', '-02, time: 10')}",
        "un-process/meetings/s1.yml": session.format("Noon", "12:00Z"),
        "un-process/meetings/s2.yml": session.format("Before", "13:00+02:00")})
    body = make_page(dossier, dossier.briefs["mm"]).body
    assert body.index(">Before</a>") < body.index(">Noon</a>")
    assert [day.date.short() for day in room(dossier, dossier.briefs["mm"]).days] == ["1 Feb 2031", "2 Feb 2031"]  # type: ignore[arg-type]
    assert "took part, <span class=\"date\">09:00 UTC</span>" in body
    assert "took part, 1 Feb 2031, 09:00 UTC" in make_page(dossier, dossier.briefs["aa"]).body
