"""Actors: anyone with a role."""

from typing import Annotated

from generator.models.base import BRIEF_END, STATEMENT_END, DatedStatement, DateField, Script, SourcedBrief, field
from generator.models.fields import ActorRef, Line, Party, Prose, YesNo
from generator.models.vocabulary import ActorType, RelationType, Standing, SuccessionType


class StandingRecord(DatedStatement):
    label = "a standing"
    order = f"standing date time what {STATEMENT_END}"
    standing: Standing = field("The actor's part in the process during that time.", "mediator")
    what: Prose | None = field("What the standing consists in.", "Convenes the talks for the Secretary-General.",
                               default=None)


class Office(DatedStatement):
    label = "an office"
    order = f"office at date time {STATEMENT_END}"
    office: Line = field("The office, post or rank.", "Special Envoy")
    at: Party | None = field("Where the office is held.", "straits-commission", default=None)


class Membership(DatedStatement):
    label = "a membership"
    order = f"of role date time {STATEMENT_END}"
    of: Party = field("The body, coalition or organisation; it shows the member too.", "aster-council")
    role: Line = field("The member's role.", "spokesman", default=Line("member"))


class Members(DatedStatement):
    """Several members under one statement, when the body's side is the natural place to say it."""

    label = "a record of members"
    order = f"actors role date time {STATEMENT_END}"
    actors: tuple[Party, ...] = field("The members; `outside: Name` for one without a brief.",
                                      "[calder, {outside: Guild of Pilots}]")
    role: Line = field("Their role.", "co-chair", default=Line("member"))


class Relation(DatedStatement):
    label = "a relation"
    order = f"type actor date time {STATEMENT_END}"
    type: RelationType = field("Reads: this actor TYPE the other. The other's page shows it reversed.", "supports")
    actor: Party = field("The other actor.", "aster-front")


class Succession(DatedStatement):
    label = "a succession"
    order = f"type actor date time {STATEMENT_END}"
    type: SuccessionType = field("How this actor came out of the other.", "renamed")
    actor: Party = field("The actor that was there before.", "aster-movement")


class Designation(DatedStatement):
    """A formal act, such as a listing; what somebody merely says goes under `labels`."""

    label = "a designation"
    order = f"by designated date time {STATEMENT_END}"
    by: Party = field("Who designates.", "union-of-lakes")
    designated: Line = field("As what.", "terrorist group")


class Label(DatedStatement):
    """What somebody calls the actor, without a formal act."""

    label = "a label"
    order = f"by called words date time {STATEMENT_END}"
    by: Party = field("Who calls it so.", "calder")
    called: Line = field("What they call it.", "terrorist")
    words: Line | None = field("A short, exact quotation.", "\"Pirates: nothing else\"", default=None)


class ActorLike(SourcedBrief):
    """What an actor and a body have in common: a body may stand wherever an actor may."""

    order = ("id name aliases formerly scripts date main summary sort wikidata successor_of part standing memberships "
             f"members relations designations labels {BRIEF_END}")

    scripts: tuple[Script, ...] = field("The name in other scripts.", "[{lang: ar, name: الأمم المتحدة}]", default=())
    sort: Line | None = field("The name as lists sort it, where the first word is not the one.", "Dahl, Ines",
                              default=None)
    date: DateField | None = field("The time of its existence, where it began or ended during the dossier.",
                                   "2030-12-10/..", default=None)
    main: Annotated[bool, YesNo] = field("Say `true` for the actors that the matrix starts from.", "true",
                                         default=False)
    wikidata: Line | None = field("The Wikidata item, where certain.", "Q1065", default=None)
    part: Prose | None = field("The part it plays in the talks, in a sentence or two.",
                               "Hosts the opposition's conference.", default=None)
    standing: tuple[StandingRecord, ...] = field("Its standing in the process over time.",
                                                 "[{standing: party, date: 2031-04-02/.., sources: [ledger-tern]}]",
                                                 default=())
    memberships: tuple[Membership, ...] = field("What it belongs to; shown at both ends.",
                                                "[{of: aster-council, role: spokesman}]", default=())
    members: tuple[Members, ...] = field("Who belongs to it; shown at both ends.",
                                         "[{actors: [calder, {outside: Guild of Pilots}], sources: [gazette-list]}]",
                                         default=())
    relations: tuple[Relation, ...] = field("Its relations, each recorded once and shown from both ends.",
                                            "[{type: supports, actor: calder, sources: [ledger-tern]}]", default=())
    successor_of: tuple[Succession, ...] = field("What it came out of; the predecessor shows it too.",
                                                 "[{type: renamed, actor: aster-movement, date: 2013}]", default=())
    designations: tuple[Designation, ...] = field("Formal listings and designations.",
                                                  "[{by: union-of-lakes, designated: terrorist group, "
                                                  "date: 2028-05-30/..}]", default=())
    labels: tuple[Label, ...] = field("What others merely call it.",
                                      "[{by: calder, called: terrorist group, sources: [ledger-tern]}]", default=())


class Actor(ActorLike):
    """Anyone with a role: person, state, government, opposition body, armed group, organisation."""

    kind = "actor"
    label = "an actor"
    order = ("id name type aliases formerly scripts date main summary sort wikidata successor_of part standing "
             f"memberships members relations offices designations labels speaks_for {BRIEF_END}")
    type: ActorType = field("What sort of actor is it?", "person")
    offices: tuple[Office, ...] = field("Offices a person holds or held; the same office twice is two records.",
                                        "[{office: Special Envoy, at: union-of-lakes, date: 2029-07-10/..}]",
                                        default=())
    speaks_for: ActorRef | None = field("Whose voice this person is, by default.", "calder", default=None)
