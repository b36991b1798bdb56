"""dossier.yml: what the dossier as a whole says of itself."""

from __future__ import annotations

from generator.models.base import STATEMENT_END, DateField, Record, Statement, field
from generator.models.fields import BriefRef, Contact, Language, Length, Line, Prose, Url


class Licence(Record):
    label = "a licence"
    order = "name url"
    name: Line = field("The licence's name.", "CC BY 4.0")
    url: Url | None = field("Where it can be read.", "https://creativecommons.org/licenses/by/4.0/", default=None)


class Settings(Statement):
    """What the dossier as a whole says of itself."""

    label = "dossier.yml"
    order = ("title description as_of languages publisher contact licence stale_after situation about "
             f"start_here {STATEMENT_END}")
    title: Line = field("The dossier's title: the site's name.", "Talks on the Marrow Straits")
    description: Line = field("What the dossier is about, in one sentence.",
                              "Actors, demands and texts of the talks.")
    as_of: DateField = field("The day the dossier stands at; statuses, offices and positions are those of that day.",
                             "2031-05-20")
    languages: tuple[Language, ...] = field("The languages names and sources are in, the site's own first.",
                                            "[en, ar]", default=(Language("en"),))
    publisher: Line | None = field("Who publishes the dossier.", "The editors", default=None)
    licence: Licence = field("The licence of the content.", "{name: CC BY 4.0}",
                             default=Licence(name=Line("CC BY 4.0"),
                                             url=Url("https://creativecommons.org/licenses/by/4.0/")))
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
