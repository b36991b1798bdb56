"""Sources: anything cited. The one kind whose files hold many records, by id."""

from generator.models.base import Brief, DateField, field
from generator.models.fields import Language, Line, Party, Prose, Url
from generator.models.vocabulary import SourceType


class Source(Brief):
    """A published document, report or page that statements rest on."""

    kind = "source"
    label = "a source"
    order = ("id title aliases formerly publisher author type date symbol lang url archived path reliability seen "
             "close_to notes see reviewed accept")
    name: Line = field("What is the title, as published?", "Ferry talks adjourned", alias="title")
    publisher: Line = field("Who published it?", "The Ledger")
    author: Line | None = field("Who wrote it, where named.", "Zoë Blum", default=None)
    type: SourceType = field("What sort of source is it?", "wire")
    date: DateField | None = field("When it was published.", "2031-05-20", default=None)
    symbol: Line | None = field("The document symbol.", "UL/ACC/7", default=None)
    lang: Language = field("The language it is written in.", "ar", default=Language("en"))
    url: Url | None = field("Where it can be read.", "https://ledger.example/tern", default=None)
    path: Line | None = field("Where in that place, when the address leads to a collection.",
                              "2031/accord.xml", default=None)
    archived: Url | None = field("An archived copy.",
                                 "https://archive.example/ledger/tern", default=None)
    reliability: Prose | None = field("How far it can be relied on, in words.",
                                      "Good for what that party said.", default=None)
    seen: Line | None = field("How much of it the editors saw.", "excerpt", default=None)
    close_to: tuple[Party, ...] = field("The actors it belongs to or is aligned with.", "[calder]", default=())
