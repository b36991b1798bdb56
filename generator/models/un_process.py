"""The UN process: instruments (texts), bodies and meetings."""

from generator.models.actor import ActorLike
from generator.models.base import (
    BRIEF_END,
    STATEMENT_END,
    Basis,
    DatedStatement,
    DateField,
    SourcedBrief,
    Statement,
    field,
)
from generator.models.fields import (
    Count,
    CountingPoint,
    Length,
    Line,
    MeetingRef,
    Party,
    Prose,
    TextRef,
    TimeOfDay,
)
from generator.models.vocabulary import (
    Adoption,
    BodyType,
    InstrumentType,
    LineageType,
    MandateAct,
    MeetingFormat,
    ProvisionStatus,
    SignatoryAct,
    VoteCast,
)


class CastVote(Statement):
    label = "a vote cast"
    order = f"actors vote {STATEMENT_END}"
    actors: tuple[Party, ...] = field("Who voted so.", "[calder, union-of-lakes]")
    vote: VoteCast = field("How they voted.", "against")


class Vote(Statement):
    """The result of a vote, of any size."""

    label = "a vote"
    order = f"in_favour against abstaining not_voting total cast {STATEMENT_END}"
    in_favour: Count = field("Votes in favour.", "15")
    against: Count = field("Votes against.", "0")
    abstaining: Count = field("Abstentions.", "0")
    not_voting: Count = field("Members absent or not taking part.", "0", default=Count(0))
    total: Count | None = field("How many members there are; the rest must add up to it.", "15", default=None)
    cast: tuple[CastVote, ...] = field("Who voted how, where known.", "[{actors: [calder], vote: against}]", default=())


class Signatory(DatedStatement):
    label = "a signatory"
    order = f"actors act date time {STATEMENT_END}"
    actors: tuple[Party, ...] = field("Who.", "[aster-council]")
    act: SignatoryAct = field("What they did with the text.", "signed")


class ProvisionStep(DatedStatement):
    """How a provision or a deadline stood from a date on."""

    label = "a step in the history"
    order = f"date time what status {STATEMENT_END}"
    what: Prose = field("What happened.", "The first report was issued.")
    status: ProvisionStatus | None = field("Its status from then on.", "pending", default=None)


class Provision(Statement):
    """One paragraph of a text. Its label makes its anchor: `OP12` is `#op12`."""

    label = "a provision"
    order = f"paragraph part verb says addressed_to history {STATEMENT_END}"
    paragraph: Line = field("The paragraph's label as the text has it.", "OP12")
    part: Line | None = field("The part or annex of the text it stands in.", "Annex II", default=None)
    verb: Line | None = field("The operative verb, as the text has it.", "calls on", default=None)
    says: Prose = field("What it says, in the editor's words.", "The parties allow aid agencies rapid access.")
    addressed_to: tuple[Party, ...] = field("Of whom it asks something.", "[calder]", default=())
    history: tuple[ProvisionStep, ...] = field("How it fared, step by step.",
                                               "[{date: 2031-04-18, what: No report yet., status: overdue}]",
                                               default=())


class CountedFrom(Statement):
    """One reading of what a deadline counts from; several readings mean that it is disputed."""

    label = "a reading of what the deadline counts from"
    order = f"start {STATEMENT_END}"
    start: CountingPoint = field("`adoption`, a date, or the id of an event, meeting or instrument.", "adoption")
    note: Prose | None = field("Whose reading it is, and why.", "The envoy counted from the first meeting.",
                               default=None)


class Deadline(Statement):
    """A time limit that a text sets: on a date (`due`), or `within` a length from somewhere."""

    label = "a deadline"
    order = f"what paragraph due within counted_from target history {STATEMENT_END}"
    what: Prose = field("What is to be done by then.", "Options for monitoring a ceasefire.")
    paragraph: Line | None = field("The paragraph that sets it.", "OP7", default=None)
    due: DateField | None = field("The date itself, where the text gives one.", "2031-04", default=None)
    within: Length | None = field("How long.", "6 months", default=None)
    counted_from: tuple[CountedFrom, ...] = field("From when; each reading where it is disputed.",
                                                  "[{start: adoption}]", default=())
    target: Line | None = field("Say so where the text calls it a target or an aim.", "target, not a limit",
                                default=None)
    history: tuple[ProvisionStep, ...] = field("What became of it.",
                                               "[{date: 2031-04-02, what: Talks began late., status: done}]",
                                               default=())


class Lineage(Statement):
    label = "a link to another text"
    order = f"type text paragraph {STATEMENT_END}"
    type: LineageType = field("Reads: this text TYPE the other. The other's page shows it reversed.", "endorses")
    text: TextRef = field("The other text, or a provision of it.", "straits-accord")
    paragraph: Line | None = field("The paragraph of this text that does it.", "OP1", default=None)


class Instrument(SourcedBrief):
    """A text of the process: resolution, statement, communique, agreement."""

    kind = "instrument"
    label = "an instrument"
    order = ("id name type aliases formerly symbol by date adoption vote at meeting in_force summary signatories "
             f"provisions deadlines lineage {BRIEF_END}")
    type: InstrumentType = field("What sort of text is it?", "resolution")
    symbol: Line | None = field("The document symbol.", "UL/ACC/7", default=None)
    by: tuple[Party, ...] = field("Who adopted, agreed or issued it.", "[union-of-lakes]", default=())
    date: DateField = field("When was it adopted, agreed or issued?", "2030-12-18")
    adoption: Adoption | None = field("How it was adopted.", "vote", default=None)
    vote: Vote | None = field("The vote, where there was one.", "{in_favour: 15, against: 0, abstaining: 0, total: 15}",
                              default=None)
    at: Line | None = field("The meeting at which it was adopted, as the record counts it.", "12th meeting",
                            default=None)
    meeting: MeetingRef | None = field("The meeting's brief, where there is one.", "tern-round", default=None)
    in_force: DateField | None = field("The time for which it is in force, where it ends or starts otherwise.",
                                       "2030-12-18/..", default=None)
    signatories: tuple[Signatory, ...] = field("Who signed, accepted or refused it, and who was not asked.",
                                               "[{actors: [calder, union-of-lakes], act: accepted}]", default=())
    provisions: tuple[Provision, ...] = field("Its paragraphs, in the text's order.",
                                              "[{paragraph: OP1, verb: endorses, says: The communique is the basis.}]",
                                              default=())
    deadlines: tuple[Deadline, ...] = field("The time limits it sets.",
                                            "[{what: Talks begin., paragraph: OP2, within: 1 month, "
                                            "counted_from: [{start: adoption}]}]", default=())
    lineage: tuple[Lineage, ...] = field("What it reaffirms, endorses, supersedes or annexes.",
                                         "[{type: endorses, text: straits-accord, paragraph: OP1}]", default=())


class Mandate(DatedStatement):
    """A step in a body's life: set up, renewed, changed, ended."""

    label = "a step in the mandate"
    order = f"date time act what text until {STATEMENT_END}"
    act: MandateAct = field("What happened to the mandate.", "renewed")
    what: Prose | None = field("The mandate, or the change.", "Watches over the cessation of violence.", default=None)
    text: TextRef | None = field("The text that did it.", "ferry-resolution#op-2", default=None)
    until: DateField | None = field("When it runs out, where the text says so.", "2027-07-20", default=None)


class Head(DatedStatement):
    label = "a head"
    order = f"date time actor role {STATEMENT_END}"
    actor: Party = field("Who.", "ines-dahl")
    role: Line = field("As what.", "Special Envoy", default=Line("head"))


class Body(ActorLike):
    """A body of the process: envoy's office, contact group, task force, mission."""

    kind = "body"
    label = "a body"
    order = ("id name type aliases formerly scripts date main summary sort wikidata successor_of part standing "
             f"memberships members relations mandate heads designations labels {BRIEF_END}")
    type: BodyType = field("What sort of body is it?", "task force")
    mandate: tuple[Mandate, ...] = field("Its mandate, renewals and end, each with the text that did it.",
                                         "[{date: 2030-10, act: established, text: ferry-resolution#op-2}]",
                                         default=())
    heads: tuple[Head, ...] = field("Its heads or chairs in succession.",
                                    "[{date: 2029-07-10/.., actor: ines-dahl, role: Special Envoy}]",
                                    default=())


class Seat(DatedStatement):
    """Who sat at the meeting: for whom, in which role and room, on which day."""

    label = "a seat"
    order = f"actors for role room date time {STATEMENT_END}"
    actors: tuple[Party, ...] = field("Who sat there.", "[odd-name]")
    for_: Party | None = field("For whom they sat.", "calder", default=None, alias="for")
    role: Line | None = field("In which role.", "head of delegation", default=None)
    room: Line | None = field("In which room, where known.", "Room XIX", default=None)


class Absence(DatedStatement):
    label = "an absence"
    order = f"actors invited date time why {STATEMENT_END}"
    actors: tuple[Party, ...] = field("Who stayed away or was kept away.", "[aster-front]")
    invited: Line | None = field("Whether they were invited: yes, no, withdrawn, or not known.", '"no"', default=None)
    why: Prose | None = field("Why, in whose words.", "The envoy sent no invitation.", default=None)


class AgendaItem(Statement):
    label = "an agenda item"
    order = f"item {STATEMENT_END}"
    item: Prose = field("What was on the agenda.", "Prisoners and sieges.")


class Outcome(DatedStatement):
    label = "an outcome"
    order = f"date time what text {STATEMENT_END}"
    what: Prose = field("What came of it.", "The talks were paused until the summer.")
    text: TextRef | None = field("The text it led to.", "straits-accord", default=None)


class Meeting(SourcedBrief):
    """A round, session or consultation."""

    kind = "meeting"
    label = "a meeting"
    order = ("id name aliases formerly summary date time place format convener part_of basis seats absent agenda "
             f"outcome {BRIEF_END}")
    date: DateField = field("On which day or days was it?", "2031-04-02/2031-05-20")
    time: TimeOfDay | None = field("The time of day with its zone, where known.", "17:00+01:00", default=None)
    place: Line | None = field("Where.", "The old customs house, Tern", default=None)
    format: MeetingFormat = field("How did the sides meet?", "proximity")
    convener: tuple[Party, ...] = field("Who called it.", "[ines-dahl]", default=())
    part_of: MeetingRef | None = field("The round or conference it belongs to.", "tern-round",
                                       default=None)
    basis: tuple[Basis, ...] = field("The texts on which it was convened.", "[{text: ferry-resolution#op-1}]",
                                     default=())
    seats: tuple[Seat, ...] = field("Who took part.", "[{actors: [odd-name], for: calder}]",
                                    default=())
    absent: tuple[Absence, ...] = field("Who was invited and stayed away, or was not invited.",
                                        '[{actors: [aster-front], invited: "no"}]', default=())
    agenda: tuple[AgendaItem, ...] = field("What was on the agenda.", "[{item: Prisoners and sieges.}]", default=())
    outcome: tuple[Outcome, ...] = field("What came of it.", "[{what: The talks were paused.}]", default=())
