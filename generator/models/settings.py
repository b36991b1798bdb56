"""dossier.yml: what the dossier as a whole says of itself."""

from generator.models.base import STATEMENT_END, DateField, Record, Statement, field
from generator.models.fields import ActorRef, BriefRef, Contact, Language, Length, Line, Prose, Url


class Licence(Record):
    label = "a licence"
    order = "name url"
    name: Line = field("The licence's name.", "CC BY 4.0")
    url: Url | None = field("Where it can be read.", "https://creativecommons.org/licenses/by/4.0/", default=None)


class Edition(Statement):
    """A day that mattered: the site keeps the whole table as it stood then, at `/as-of/<date>/`."""

    label = "an edition"
    order = f"date title what {STATEMENT_END}"
    date: DateField = field("The day: one whole day, not after `as_of`.", "2031-04-30")
    title: Line = field("Why that day, in a few words.", "The envoy's first meeting with the committee")
    what: Prose | None = field("What happened then, in a sentence or two with citations.",
                               "The talks were a month old [@ledger-tern].", default=None)


class Side(Record):
    """Those who count as one side where the site counts by sides."""

    label = "a side"
    order = "name actors"
    name: Line = field("What the side is called, neutrally.", "Government side")
    actors: tuple[ActorRef, ...] = field("Who counts to it; whoever speaks for one of them counts too.",
                                         "[calder, odd-name]")


class Settings(Statement):
    """What the dossier as a whole says of itself."""

    label = "dossier.yml"
    order = ("title description as_of languages publisher contact licence stale_after situation about "
             f"start_here editions sides {STATEMENT_END}")
    title: Line = field("The dossier's title: the site's name.", "Talks on the Marrow Straits")
    description: Line = field("What the dossier is about, in one sentence.",
                              "Actors, demands and texts of the talks.")
    as_of: DateField = field("The day the dossier stands at; statuses, offices and positions are those of that day.",
                             "2031-05-20")
    languages: tuple[Language, ...] = field("The languages names and sources are in, the site's own first.",
                                            "[en, ar]", default=(Language("en"),))
    publisher: Line | None = field("Who publishes the dossier.", "The editors", default=None)
    licence: Licence = field("The licence of the content.", "{name: CC BY 4.0}",
                             default=Licence.model_construct(
                                 name=Line("CC BY 4.0"), url=Url("https://creativecommons.org/licenses/by/4.0/")))
    contact: Contact | None = field("Where to send corrections: an e-mail or web address.", "editors@example.org",
                                 default=None)
    stale_after: Length | None = field("A brief not reviewed for that long before `as_of` is marked as stale.",
                                       "90 days", default=None)
    situation: Prose | None = field("The situation on the day in a few cited sentences: the front page starts with it.",
                                    "The talks were paused in May [@ledger-tern].", default=None)
    about: Prose | None = field("What readers should know about how this dossier was made.",
                                "It began with one wire report.", default=None)
    start_here: tuple[BriefRef, ...] = field("A few briefs that a newcomer should read first.",
                                             "[straits-accord, tern-round]", default=())
    editions: tuple[Edition, ...] = field("Days that mattered, at each of which the whole table can be read.",
                                          "[{date: 2031-04-30, title: The first meeting, sources: [ledger-tern]}]",
                                          default=())
    sides: tuple[Side, ...] = field("The sides of the conflict, for pages that count by sides.",
                                    "[{name: Government side, actors: [calder]}]", default=())
