"""What a brief's page shows: one view per kind, plain values made from the brief and its inbound links.

`view` is the door: it gives the template's name and the view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from generator.addresses import unique_anchors
from generator.as_of.day import (
    Item,
    Split,
    brief_order,
    holds,
    latest,
    sort_key,
    split,
    split_items,
    when,
)
from generator.as_of.provisions import DeadlineView, ProvisionStanding, deadline_views, later_by, text_standing
from generator.dates import CURRENT
from generator.dossier import Dossier
from generator.models import Actor, Body, Brief, Demand, Event, Instrument, Meeting, Source
from generator.models.actor import ActorLike
from generator.models.base import Account, DatedStatement
from generator.models.demand import Position
from generator.models.fields import Party
from generator.models.un_process import Provision
from generator.values import Value
from generator.views.chains import TakenUp, taken_up, takes_up
from generator.views.figures import range_figures, ties_figure, trajectory_figure
from generator.views.mentions import Mention, Pointers, mentions, pointers
from generator.views.own_timeline import Year, own_timeline
from generator.views.room import OwnMeeting, Room, own_meetings, room
from generator.views.rows import Row
from generator.views.trajectories import STANCE_WORDS, Moment, Step, counted_as, moments, shifts_of


class AccountGroup(Value):
    """Accounts of one question side by side; `on` is None for what was simply said."""

    on: str | None
    anchor: str
    """The anchor of the question's heading on the page."""
    accounts: tuple[Item[Account], ...]

    @property
    def contested(self) -> bool:
        return self.on is not None and len(self.accounts) > 1

    @property
    def by_unit(self) -> dict[str, tuple[Item[Account], ...]]:
        """The accounts with a figure by what they count, in the order of the file; only units that several count."""
        units: dict[str, list[Item[Account]]] = {}
        for item in self.accounts:
            if item.record.figure:
                units.setdefault(str(item.record.figure.unit), []).append(item)
        return {unit: tuple(found) for unit, found in units.items() if self.contested and len(found) > 1}


class Common(Value):
    """What every brief's page shows beside its own fields."""

    accounts: tuple[AccountGroup, ...]
    ranges: dict[str, tuple[Markup, ...]]
    """The figures that some accounts give, drawn to scale, by the anchor of their question."""
    pointers: Pointers
    stale: bool


def view(dossier: Dossier, brief: Brief) -> tuple[str, object]:
    """The template and the view for a brief's page."""
    if isinstance(brief, ActorLike):
        return "party.md.j2", party_view(dossier, brief)
    if isinstance(brief, Demand):
        return "demand.md.j2", demand_view(dossier, brief)
    if isinstance(brief, Instrument):
        return "instrument.md.j2", instrument_view(dossier, brief)
    if isinstance(brief, Meeting):
        return "meeting.md.j2", meeting_view(dossier, brief)
    if isinstance(brief, Event):
        return "event.md.j2", event_view(dossier, brief)
    assert isinstance(brief, Source)
    return "source.md.j2", source_view(dossier, brief)


def items(dossier: Dossier, brief: Brief, field: str, in_order: bool = False) -> list[Item]:
    """The records of a field, each with its anchor and how it stands to the day; by date if asked."""
    anchors = dossier.anchors[brief.id]
    found = [Item(record, anchors.get((field, index), ""), when(record.date, dossier.as_of))
             for index, record in enumerate(getattr(brief, field))]
    return sorted(found, key=lambda item: sort_key(item.record.date)) if in_order else found


def account_groups(dossier: Dossier, brief: Brief) -> tuple[AccountGroup, ...]:
    """A brief's accounts by the question they answer, questions and accounts in the order of the file."""
    groups: dict[str | None, list[Item[Account]]] = {}
    if getattr(brief, "accounts", ()):
        for item in items(dossier, brief, "accounts"):
            groups.setdefault(item.record.on, []).append(item)
    anchors = unique_anchors(f"on {on or 'what was said'}" for on in groups)
    return tuple(AccountGroup(on, anchor, tuple(group))
                 for (on, group), anchor in zip(groups.items(), anchors, strict=True))


def common(dossier: Dossier, brief: Brief) -> Common:
    groups = account_groups(dossier, brief)
    ranges = {group.anchor: range_figures(dossier, str(group.on), group.anchor, group.by_unit)
              for group in groups if group.by_unit}
    return Common(groups, ranges, pointers(dossier, brief.id), is_stale(dossier, brief))


def is_stale(dossier: Dossier, brief: Brief) -> bool:
    """Whether the brief's last review lies more than the dossier's `stale_after` before its day."""
    after = dossier.settings.stale_after
    if after is None or brief.reviewed is None:
        return False
    fresh_until = later_by(brief.reviewed, after)
    return fresh_until is not None and fresh_until.before(dossier.as_of)


def _row(dossier: Dossier, mention: Mention, other: Party, words: str) -> Row:
    record = mention.record
    assert isinstance(record, DatedStatement)
    return Row(other, words, record, when(record.date, dossier.as_of), mention.origin, mention.anchor)


def _split_rows(rows: Iterable[Row]) -> Split[Row]:
    ordered = sorted(rows, key=lambda row: sort_key(row.record.date))
    return split(ordered, [row.later for row in ordered])


def _own_rows(dossier: Dossier, brief: Brief, field: str, parties: str, words: str) -> list[Row]:
    """The rows of a brief's own field; `parties` and `words` name the record's fields."""
    rows = []
    for item in items(dossier, brief, field):
        value = getattr(item.record, parties)
        for party in value if isinstance(value, tuple) else (value,):
            rows.append(Row(party, str(getattr(item.record, words)), item.record, item.when, brief, item.anchor))
    return rows


# --- actors and bodies ----------------------------------------------------------------------


class HeldPosition(Value):
    """A position as its actor's page shows it, under its demand."""

    demand: Demand
    item: Item[Position]


class HeldDemand(Value):
    """An actor's positions on one demand: the one of the day, those before and after."""

    demand: Demand
    now: HeldPosition
    others: tuple[HeldPosition, ...]
    """Positions of the same date that differ from it in stance: none is promoted."""
    before: tuple[HeldPosition, ...]
    later: tuple[HeldPosition, ...]


class StanceGroup(Value):
    """The demands on which an actor takes one stance."""

    stance: str
    held: tuple[HeldDemand, ...]

    @property
    def total(self) -> int:
        return len(self.held)


class DemandEntry(Value):
    """A demand in a list, with the step that gave its status of the day."""

    brief: Demand
    status: Item | None


def others_of(now: Item[Position] | None, held: Iterable[Item[Position]]) -> tuple[Item[Position], ...]:
    """Those of an actor's positions that are of the date of `now` and differ from it in stance."""
    if now is None:
        return ()
    moment = next((moment for moment in moments(held) if moment.date == now.record.date), None)
    return tuple(item for item in moment.items if item.record.stance != now.record.stance) if moment else ()


def stance_word(now: Item[Position], others: tuple[Item[Position], ...]) -> str:
    """The stance that somebody is counted under, or one of the words for several."""
    return counted_as((str(item.record.stance), item.record.date) for item in (now, *others))


def stance_groups(held: Iterable[HeldPosition]) -> tuple[tuple[StanceGroup, ...], tuple[HeldPosition, ...]]:
    """Positions by demand, and demands by the stance of the day; apart, those on demands with only later ones."""
    only_later: list[HeldPosition] = []
    by_demand: dict[str, list[HeldPosition]] = {}
    for position in held:
        by_demand.setdefault(position.demand.id, []).append(position)
    groups: dict[str, list[HeldDemand]] = {}
    for positions in by_demand.values():
        reached = [p for p in positions if not p.item.later]
        later = [p for p in positions if p.item.later]
        if not reached:
            only_later.extend(later)
            continue
        now = reached[-1]
        beside = {item.anchor for item in others_of(now.item, (p.item for p in reached))}
        others = tuple(p for p in reached if p.item.anchor in beside)
        groups.setdefault(stance_word(now.item, tuple(p.item for p in others)), []).append(HeldDemand(
            now.demand, now, others, tuple(p for p in reached[:-1] if p not in others), tuple(later)))
    return (tuple(StanceGroup(word, tuple(groups[word])) for word in STANCE_WORDS if word in groups),
            tuple(only_later))


class PartyView(Value):
    """An actor's or a body's page."""

    ties: Markup
    """The figure of its direct ties, as SVG; empty where it has none."""
    standing: Split[Item]
    standing_now: tuple[Item, ...]
    mandate: Split[Item]
    offices: Split[Item]
    offices_now: tuple[Item, ...]
    office_holders: Split[Row]
    heads: Split[Row]
    headed: Split[Row]
    memberships: Split[Row]
    members: Split[Row]
    relations: Split[Row]
    successions: Split[Row]
    successors: Split[Row]
    designations: Split[Item]
    labels: Split[Item]
    voices: tuple[Brief, ...]
    makes: tuple[DemandEntry, ...]
    faces: tuple[DemandEntry, ...]
    stances: tuple[StanceGroup, ...]
    later_stances: tuple[HeldPosition, ...]
    """Positions on demands on which it had none by the day."""
    shifts: int
    """How often its stance on some demand shifted, later shifts and those of an uncertain order included."""
    spoken: Split[HeldPosition]
    meetings: tuple[OwnMeeting, ...]
    """Its seats, those taken for it, and its absences, by meeting."""
    seats_through: tuple[Brief, ...]
    """Bodies it belongs to that had seats of their own."""
    convened: tuple[Brief, ...]
    provisions: tuple[Mention, ...]
    timeline: tuple[Year, ...]
    said: tuple[Mention, ...]
    close_sources: tuple[Brief, ...]
    common: Common


def party_view(dossier: Dossier, brief: ActorLike) -> PartyView:
    named = mentions(dossier, brief.id)

    def reverse(role: str, words: str) -> list[Row]:
        """Records elsewhere that name this party, seen from here: the other end is their brief."""
        return [_row(dossier, mention, Party.of(mention.origin.id), str(getattr(mention.record, words)))
                for mention in named.get(role, ())]

    def origins(*roles: str) -> tuple[Brief, ...]:
        return tuple({m.origin.id: m.origin for role in roles for m in named.get(role, ())}.values())

    def entries(role: str) -> tuple[DemandEntry, ...]:
        return tuple(DemandEntry(demand, status_now(dossier, demand)) for demand in origins(role))  # type: ignore[arg-type]

    def positions(role: str) -> list[HeldPosition]:
        held = [HeldPosition(mention.origin, Item(mention.record, mention.anchor,  # type: ignore[arg-type]
                                                  when(mention.record.date, dossier.as_of)))  # type: ignore[attr-defined]
                for mention in named.get(role, ())]
        held.sort(key=lambda h: (not h.demand.main, h.demand.id, sort_key(h.item.record.date)))
        return held

    spoken = positions("positions.speaker")
    held = positions("positions.actor")
    stances, later_stances = stance_groups(held)
    standing = items(dossier, brief, "standing", in_order=True)
    offices = items(dossier, brief, "offices", in_order=True) if isinstance(brief, Actor) else []
    relations = _own_rows(dossier, brief, "relations", "actor", "type") + [
        _row(dossier, mention, Party.of(mention.origin.id), mention.record.type.inverse)  # type: ignore[attr-defined]
        for mention in named.get("relations.actor", ())]
    memberships = _own_rows(dossier, brief, "memberships", "of", "role") + reverse("members.actors", "role")
    members = _own_rows(dossier, brief, "members", "actors", "role") + reverse("memberships.of", "role")
    successions = _own_rows(dossier, brief, "successor_of", "actor", "type")
    return PartyView(
        ties=ties_figure(dossier, brief, relations, memberships, members, successions),
        standing=split_items(standing),
        standing_now=tuple(filter(holds, standing)),
        mandate=split_items(items(dossier, brief, "mandate")) if isinstance(brief, Body) else split_items([]),
        offices=split_items(offices), offices_now=tuple(item for item in offices if item.when == CURRENT),
        office_holders=_split_rows(reverse("offices.at", "office")),
        heads=_split_rows(_own_rows(dossier, brief, "heads", "actor", "role")) if isinstance(brief, Body)
        else _split_rows([]),
        headed=_split_rows(reverse("heads.actor", "role")),
        memberships=_split_rows(memberships),
        members=_split_rows(members),
        relations=_split_rows(relations),
        successions=_split_rows(successions),
        successors=_split_rows(reverse("successor_of.actor", "type")),
        designations=split_items(items(dossier, brief, "designations", in_order=True)),
        labels=split_items(items(dossier, brief, "labels", in_order=True)),
        voices=origins("speaks_for"),
        makes=entries("made_by"),
        faces=entries("addressed_to"),
        stances=stances, later_stances=later_stances,
        shifts=sum(len(shifts_of(p.item for p in group)) for _, group in groupby(held, key=lambda p: p.demand.id)),
        spoken=split(spoken, [held.item.later for held in spoken]),
        meetings=own_meetings(brief, named),
        seats_through=_seated(dossier, memberships),
        convened=origins("convener"),
        provisions=tuple(named.get("provisions.addressed_to", ())),
        timeline=own_timeline(dossier, brief, named),
        said=tuple(sorted(named.get("accounts.by", ()), key=lambda m: sort_key(m.record.date))),  # type: ignore[attr-defined]
        close_sources=origins("close_to"),
        common=common(dossier, brief),
    )


def _seated(dossier: Dossier, memberships: Iterable[Row]) -> tuple[Brief, ...]:
    """The bodies among those that somebody belongs to that sat at a meeting themselves."""
    ids = dict.fromkeys(row.other.ref.id for row in memberships if row.other.ref)
    return tuple(dossier.briefs[id] for id in ids if id in dossier.briefs
                 and any(link.path[:1] == ("seats",) and "actors" in link.path for link in dossier.leading[id]))


# --- demands ---------------------------------------------------------------------------------


class ActorPositions(Value):
    """One actor's positions on a demand in the order of their dates; `now` is the one of the day."""

    actor: Party
    positions: Split[Item[Position]]
    now: Item[Position] | None
    others: tuple[Item[Position], ...] = ()
    """Positions of the same date as `now` with another stance: none is promoted."""

    @property
    def moments(self) -> tuple[Moment, ...]:
        return moments((*self.positions.so_far, *self.positions.later))

    @property
    def shifts(self) -> tuple[Step, ...]:
        return shifts_of((*self.positions.so_far, *self.positions.later))


class DemandView(Value):
    status: Item | None
    """The step that gave the status of the day."""
    positions: tuple[ActorPositions, ...]
    tally: tuple[tuple[str, int], ...]
    """How many actors take each stance on the day."""
    shifts: dict[str, Step]
    """The shifts, by the anchor of the later record."""
    split: dict[str, Moment]
    """The moments with several stances, by the anchors of their records."""
    trajectory: Markup
    """The figure of positions over time, as SVG; empty where nobody has two dated ones."""
    history: Split[Item]
    events: tuple[Brief, ...]
    common: Common


def status_now(dossier: Dossier, demand: Demand) -> Item | None:
    """The last step of the demand's history with a status that had come by the day."""
    return latest(item for item in items(dossier, demand, "history") if item.record.status is not None)


def positions_by_actor(dossier: Dossier, demand: Demand) -> tuple[ActorPositions, ...]:
    """Each actor's positions, actors in the order in which the brief names them first."""
    return dossier.memo("positions by actor").get((demand.id, dossier.as_of), lambda: _by_actor(dossier, demand))


def _by_actor(dossier: Dossier, demand: Demand) -> tuple[ActorPositions, ...]:
    by_actor: dict[Party, list[Item[Position]]] = {}
    for item in items(dossier, demand, "positions"):
        by_actor.setdefault(item.record.actor, []).append(item)
    grouped = []
    for actor, positions in by_actor.items():
        positions.sort(key=lambda item: sort_key(item.record.date))
        now = latest(positions)
        grouped.append(ActorPositions(actor, split_items(positions), now, others_of(now, positions)))
    return tuple(grouped)


class DemandLine(Value):
    """A demand at a glance: its status on the day, and how many actors take each stance then."""

    brief: Demand
    status: Item | None
    tally: tuple[tuple[str, int], ...]


def demand_line(dossier: Dossier, demand: Demand) -> DemandLine:
    return DemandLine(demand, status_now(dossier, demand), tally(positions_by_actor(dossier, demand)))


def tally(positions: Iterable[ActorPositions]) -> tuple[tuple[str, int], ...]:
    """How many actors take each stance on the day, in the order of stances; those of several stances stand last."""
    stances = Counter(stance_word(entry.now, entry.others) for entry in positions if entry.now)
    return tuple((word, stances[word]) for word in STANCE_WORDS if stances[word])


def demand_view(dossier: Dossier, brief: Demand) -> DemandView:
    named = mentions(dossier, brief.id)
    positions = positions_by_actor(dossier, brief)
    return DemandView(status_now(dossier, brief), positions, tally(positions),
                      {step.after.items[0].anchor: step for entry in positions for step in entry.shifts},
                      {item.anchor: moment for entry in positions for moment in entry.moments if moment.split
                       for item in moment.items},
                      trajectory_figure(dossier, brief, [(entry.actor, entry.moments) for entry in positions]),
                      split_items(items(dossier, brief, "history")),
                      _by_date(m.origin for m in named.get("bears_on", ())), common(dossier, brief))


def _by_date(briefs: Iterable[Brief]) -> tuple[Brief, ...]:
    unique = {brief.id: brief for brief in briefs}
    return tuple(sorted(unique.values(), key=brief_order))


# --- instruments -----------------------------------------------------------------------------


class ProvisionView(Value):
    """A paragraph with all that rests on it."""

    standing: ProvisionStanding
    part_anchor: str
    """The anchor of the part's heading where the paragraph is the first of a part; otherwise empty."""
    rests: tuple[tuple[str, tuple[Mention, ...]], ...]
    """Demands, bodies, meetings and events whose fields name this paragraph, by kind."""
    takes_up: tuple[TakenUp, ...]
    taken_up: tuple[TakenUp, ...]

    @property
    def record(self) -> Provision:
        return self.standing.record

    @property
    def anchor(self) -> str:
        return self.standing.anchor


class InstrumentView(Value):
    labels: dict[str, str]
    """The label of each paragraph by its anchor."""
    signatories: Split[Item]
    provisions: tuple[ProvisionView, ...]
    deadlines: tuple[DeadlineView, ...]
    takes_up: tuple[TakenUp, ...]
    """What the text takes up without a paragraph of its own that the brief has."""
    taken_up: tuple[TakenUp, ...]
    """Who takes it up without naming one of its paragraphs."""
    demands: tuple[Mention, ...]
    """What rests on the text as a whole; what names a paragraph stands there."""
    convened: tuple[Mention, ...]
    mandates: tuple[Mention, ...]
    outcomes: tuple[Mention, ...]
    events: tuple[Brief, ...]
    common: Common


def _by_kind(named: Iterable[Mention]) -> tuple[tuple[str, tuple[Mention, ...]], ...]:
    groups: dict[str, dict[tuple[str, str], Mention]] = {}
    for mention in named:
        groups.setdefault(mention.origin.kind, {}).setdefault((mention.origin.id, mention.anchor), mention)
    return tuple((kind, tuple(group.values())) for kind, group in groups.items())


def instrument_view(dossier: Dossier, brief: Instrument) -> InstrumentView:
    named = mentions(dossier, brief.id)
    on_anchor: dict[str, list[Mention]] = {}
    for role in ("basis.text", "mandate.text", "bears_on", "outcome.text"):
        for mention in named.get(role, ()):
            if mention.target_anchor:
                on_anchor.setdefault(mention.target_anchor, []).append(mention)
    up, by = takes_up(dossier, brief), taken_up(dossier, brief, named.get("lineage.text", ()))
    firsts = [index for index, record in enumerate(brief.provisions)
              if record.part and (not index or record.part != brief.provisions[index - 1].part)]
    part_anchors = dict(zip(firsts, unique_anchors(f"part {brief.provisions[index].part}" for index in firsts),
                            strict=True))
    provisions = [
        ProvisionView(standing, part_anchors.get(index, ""), _by_kind(on_anchor.get(standing.anchor, ())),
                      up.get(standing.anchor, ()), by.get(standing.anchor, ()))
        for index, standing in enumerate(text_standing(dossier, brief))]
    shown = {provision.anchor for provision in provisions}

    def apart(role: str) -> tuple[Mention, ...]:
        """What names the text without one of its paragraphs: the others stand at theirs."""
        return tuple(mention for mention in named.get(role, ()) if mention.target_anchor not in shown)

    return InstrumentView(
        labels={provision.anchor: str(provision.record.paragraph) for provision in provisions},
        signatories=split_items(items(dossier, brief, "signatories")),
        provisions=tuple(provisions), deadlines=deadline_views(dossier, brief),
        takes_up=tuple(entry for anchor, entries in up.items() if anchor not in shown for entry in entries),
        taken_up=tuple(entry for anchor, entries in by.items() if anchor not in shown for entry in entries),
        demands=tuple(mention for mention in apart("basis.text") if isinstance(mention.origin, Demand)),
        convened=tuple(mention for mention in apart("basis.text") if isinstance(mention.origin, Meeting)),
        mandates=apart("mandate.text"), outcomes=apart("outcome.text"),
        events=_by_date(mention.origin for mention in apart("bears_on")), common=common(dossier, brief))


# --- meetings and events ---------------------------------------------------------------------


class MeetingView(Value):
    room: Room
    """Who sat where, day by day."""
    sessions: tuple[Brief, ...]
    events: tuple[Brief, ...]
    texts: tuple[Brief, ...]
    outcome: Split[Item]
    common: Common


def meeting_view(dossier: Dossier, brief: Meeting) -> MeetingView:
    named = mentions(dossier, brief.id)
    return MeetingView(
        room=room(dossier, brief),
        sessions=_by_date(m.origin for m in named.get("part_of", ())),
        events=_by_date(m.origin for role in ("meeting", "bears_on") for m in named.get(role, ())
                        if isinstance(m.origin, Event)),
        texts=_by_date(m.origin for m in named.get("meeting", ()) if isinstance(m.origin, Instrument)),
        outcome=split_items(items(dossier, brief, "outcome")), common=common(dossier, brief))


class EventView(Value):
    common: Common


def event_view(dossier: Dossier, brief: Event) -> EventView:
    return EventView(common(dossier, brief))


# --- sources ---------------------------------------------------------------------------------


class SourceView(Value):
    """A source with everything that cites it."""

    supports: Pointers


_SUPPORTS_AT_MOST = 150
"""How many places a source's page tells one by one: they are what the page is for."""


def source_view(dossier: Dossier, brief: Source) -> SourceView:
    return SourceView(pointers(dossier, brief.id, _SUPPORTS_AT_MOST))
