"""Sources: anything cited. The one kind whose files hold many records, by id."""

from __future__ import annotations

from generator.models.base import Brief, DateField, field
from generator.models.fields import Language, Line, Party, Prose, Url
from generator.models.vocabulary import SourceType


class Source(Brief):
    """A published document, report or page that statements rest on."""

    kind = "source"
    label = "a source"
    name: Line = field("The title as published.", "Lavrov: Russia won't stop Syria strikes", alias="title")
    publisher: Line = field("Who published it.", "Reuters")
    author: Line | None = field("Who wrote it, where named.", "Tom Miles", default=None)
    type: SourceType = field("What sort of source it is.", "wire")
    date: DateField | None = field("When it was published.", "2016-02-03", default=None)
    symbol: Line | None = field("The document symbol.", "S/RES/2254 (2015)", default=None)
    lang: Language = field("The language it is written in.", "ar", default=Language("en"))
    url: Url | None = field("Where it can be read.", "https://press.un.org/en/2015/sc12171.doc.htm", default=None)
    path: Line | None = field("Where in that place, when the address leads to a collection.",
                              "Pre-2020/2015/S_RES_2254_1522539E.xml", default=None)
    archived: Url | None = field("An archived copy.",
                                 "https://web.archive.org/web/20160204000000/http://example.org/", default=None)
    reliability: Prose | None = field("How far it can be relied on, in words.",
                                      "Good for what that party said.", default=None)
    seen: Line | None = field("How much of it the editors saw.", "excerpt", default=None)
    close_to: tuple[Party, ...] = field("The actors it belongs to or is aligned with.", "[russia]", default=())
