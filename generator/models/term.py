"""Terms: the glossary, and the house's words for loaded ones."""

from typing import Annotated

from generator.models.base import Brief, Script, field
from generator.models.fields import Citation, Line, Prose, YesNo


class Term(Brief):
    """A glossary entry."""

    kind = "term"
    label = "a term"
    order = ("id name aliases formerly definition stands_for scripts loaded house_word notes see unverified sources "
             "reviewed accept")
    definition: Prose = field("What does it mean, in a sentence or two?",
                              "The mediator carries messages between sides that do not meet.")
    stands_for: Line | None = field("The expansion of an abbreviation.", "Joint verification mission", default=None)
    sources: tuple[Citation, ...] = field("Which sources does the definition rest on?", "[ledger-tern]", default=())
    unverified: Annotated[bool, YesNo] = field(
        "Say `true` where no source carries the definition; the page shows it.", "true", default=False)
    scripts: tuple[Script, ...] = field("The term in other scripts.", "[{lang: ar, name: بعثة التحقق المشتركة}]",
                                        default=())
    loaded: tuple[Line, ...] = field(
        "Loaded words that this site does not use outside quotations; the check finds them with their plural. One term "
        "may list many, also words without an entry of their own; other forms of a word are listed too.",
        "[regime]", default=())
    house_word: Line | None = field("What this site says instead.", "government", default=None)
