"""Events: anything else dated."""

from generator.models.base import BRIEF_END, STATEMENT_END, DateField, SourcedBrief, Statement, field
from generator.models.fields import BriefRef, Line, MeetingRef, Party, TimeOfDay
from generator.models.vocabulary import EventRole, EventType


class Involved(Statement):
    label = "a record of who was involved"
    order = f"actors role {STATEMENT_END}"
    actors: tuple[Party, ...] = field("Who.", "[aster-front]")
    role: EventRole = field("How they were involved.", "claimed", default=EventRole.TOOK_PART)


class Event(SourcedBrief):
    """Something that happened or was said on a day."""

    kind = "event"
    label = "an event"
    order = f"id name type aliases formerly summary date time place involved meeting bears_on {BRIEF_END}"
    type: EventType = field("What sort of event is it?", "humanitarian")
    date: DateField = field("When was it, as precisely as known?", "2031-04-30")
    time: TimeOfDay | None = field("The time of day with its zone, where known.", "17:00+01:00", default=None)
    place: Line | None = field("Where.", "Northern shore", default=None)
    involved: tuple[Involved, ...] = field("Who did, claimed, said or suffered it.",
                                           "[{actors: [aster-front], role: claimed, sources: [ledger-tern]}]",
                                           default=())
    meeting: MeetingRef | None = field("The meeting during which it happened.", "tern-round",
                                       default=None)
    bears_on: tuple[BriefRef, ...] = field("The demands, texts and provisions it bears on.",
                                           "[reopen-the-ferry, straits-accord#article-4]", default=())
