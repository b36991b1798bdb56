"""The small typed values that fields hold. One type, one wording, used by every record.

YAML scalars arrive as the text that was typed; each type here turns that text into a value or
says, in people's words, why it cannot. Each type also knows its JSON Schema and what it `expects`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import Enum
from hashlib import sha256
from typing import Any, ClassVar, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from generator.dates import Edtf, EdtfError, EdtfReversed, EdtfUnsupported

ID_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ID = re.compile(ID_PATTERN)
_ANCHOR = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# What the JSON Schema knows of dates: their shape. A year alone is a number to whoever reads YAML for it.
_EDTF = ("([0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]|XX))?|[0-9]{4}-XX(-XX)?)"
         "[~?%]?")

T = TypeVar("T")


def problem(code: str, **facts: object) -> PydanticCustomError:
    """An error that the reader turns into the diagnostic `code`, worded from `facts`."""
    return PydanticCustomError("briefing", "{code}", {"code": code, **facts})


def found_in_words(value: object) -> str:
    if isinstance(value, dict):
        return "a record"
    if isinstance(value, (list, tuple)):
        return "a list"
    return f'the text "{value}"'


def schema_from_text(parse: Callable[[str], T], expected: str, accept: type | None = None) -> CoreSchema:
    """A pydantic schema for a value that is written as one piece of text."""

    def validate(value: object) -> T:
        if accept is not None and isinstance(value, accept):
            return value  # type: ignore[return-value]
        if not isinstance(value, str):
            raise problem("wrong-type", expected=expected, found=found_in_words(value))
        return parse(value)

    return core_schema.no_info_plain_validator_function(validate)


class FromText:
    """Mixin for values written as one piece of text: subclasses give `parse`, `expects` and `json`."""

    expects: ClassVar[str] = "text"
    json: ClassVar[dict[str, Any]] = {"type": "string", "pattern": r"\S"}

    @classmethod
    def parse(cls, text: str) -> Any:
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return schema_from_text(cls.parse, cls.expects)


class Line(FromText, str):
    """Plain text on one line: a name, a label. No Markdown."""

    expects = "one line of text"

    @classmethod
    def parse(cls, text: str) -> Line:
        return cls(" ".join(text.split()))


class Prose(FromText, str):
    """Markdown with `[[references]]` and `[@citations]`."""

    expects = "text"

    @classmethod
    def parse(cls, text: str) -> Prose:
        return cls(text.strip("\n"))


class Date(FromText):
    """An EDTF date or interval; the value is a `generator.dates.Edtf`."""

    expects = "a date"
    json = {"type": ["string", "integer"], "pattern": f"^({_EDTF}(/({_EDTF}|\\.\\.)?)?|(\\.\\.)?/{_EDTF})$",
            "minimum": 1000, "maximum": 9999}

    @classmethod
    def parse(cls, text: str) -> Edtf:
        try:
            return Edtf.parse(text)
        except EdtfUnsupported as error:
            raise problem("unsupported-date", value=text, reason=str(error)) from None
        except EdtfReversed:
            raise problem("end-before-start", value=text) from None
        except EdtfError as error:
            raise problem("bad-date", value=text, reason=str(error)) from None


class TimeOfDay(FromText, str):
    """Hours, minutes and zone: `17:00+01:00`, `16:00Z`."""

    expects = "a time"
    json = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](Z|[+-][01][0-9]:[0-5][0-9])$"}

    @classmethod
    def parse(cls, text: str) -> TimeOfDay:
        if not re.fullmatch(cls.json["pattern"], text):
            raise problem("bad-time", value=text)
        return cls(text)

    @property
    def readable(self) -> str:
        """The time with its zone in words: `17:00 UTC+1`, `16:00 UTC`."""
        hours, minutes = self[6:8].lstrip("0"), self[9:11]
        zone = "" if self[5:] == "Z" or not (hours or minutes.strip("0")) else (
            f"{self[5]}{hours or 0}" + (f":{minutes}" if minutes != "00" else ""))
        return f"{self[:5]} UTC{zone}"

    @property
    def minutes_utc(self) -> int:
        """Minutes since midnight UTC on the local day; may be negative or above 1439."""
        hours, minutes, zone = int(self[:2]), int(self[3:5]), self[5:]
        local = hours * 60 + minutes
        if zone == "Z":
            return local
        shift = int(zone[1:3]) * 60 + int(zone[4:6])
        return local - shift if zone[0] == "+" else local + shift


class Count(FromText, int):
    """A whole number, zero or more."""

    expects = "a whole number"
    json = {"type": ["string", "integer"], "pattern": "^[0-9]{1,15}$", "minimum": 0, "maximum": 999_999_999_999_999}

    @classmethod
    def parse(cls, text: str) -> Count:
        if not re.fullmatch(r"[0-9]{1,15}", text):
            raise problem("bad-number", value=text)
        return cls(int(text))


class YesNo(FromText):
    """`true` or `false`."""

    expects = "true or false"
    json = {"type": "boolean"}

    @classmethod
    def parse(cls, text: str) -> bool:
        if text not in ("true", "false"):
            raise problem("bad-yes-no", value=text)
        return text == "true"


_URL = r"""https?://[^\s/"'<>`\\]+(/[^\s"<>`\\]*)?([?#][^\s"<>`\\]*)?"""
_MAIL = r"""[^\s@/:<>"'`\\]+@[^\s@/:<>"'`\\]+\.[^\s@/:<>"'`\\]+"""


class Url(FromText, str):
    """A whole web address."""

    expects = "a web address"
    json = {"type": "string", "pattern": f"^{_URL}$"}

    @classmethod
    def parse(cls, text: str) -> Url:
        if not re.fullmatch(_URL, text):
            raise problem("bad-url", value=text)
        return cls(text)


class Contact(FromText, str):
    """Where to write to: an e-mail address, or a whole web address."""

    expects = "an e-mail or web address"
    json = {"type": "string", "pattern": f"^({_MAIL}|{_URL})$"}

    @classmethod
    def parse(cls, text: str) -> Contact:
        if not re.fullmatch(_MAIL, text):
            try:
                Url.parse(text)
            except PydanticCustomError:
                raise problem("bad-contact", value=text) from None
        return cls(text)

    @property
    def href(self) -> str:
        return self if "://" in self else f"mailto:{self}"


LANGUAGES = {
    "am": "Amharic", "ar": "Arabic", "az": "Azerbaijani", "bn": "Bengali", "ckb": "Kurdish (Sorani)", "de": "German",
    "el": "Greek", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hy": "Armenian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean",
    "ku": "Kurdish", "my": "Burmese", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "ps": "Pashto",
    "pt": "Portuguese", "ru": "Russian", "so": "Somali", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili",
    "ti": "Tigrinya", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}


class Language(FromText, str):
    """A BCP 47 language code."""

    expects = "a language code"
    json = {"type": "string", "pattern": r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}
    right_to_left: ClassVar[frozenset[str]] = frozenset(
        {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})

    @classmethod
    def parse(cls, text: str) -> Language:
        if not re.fullmatch(cls.json["pattern"], text):
            raise problem("bad-language", value=text)
        return cls(text)

    @property
    def words(self) -> str:
        """The language's English name where it is a common one, otherwise the code."""
        return LANGUAGES.get(self.split("-")[0], str(self))

    @property
    def direction(self) -> str:
        parts = self.split("-")
        return "rtl" if parts[0] in self.right_to_left or "Arab" in parts or "Hebr" in parts else "ltr"


class Length(FromText):
    """A length of time such as `6 months`: a number and a unit."""

    expects = "a length of time"
    json = {"type": "string", "pattern": "^[0-9]{1,4} (day|week|month|year)s?$"}

    def __init__(self, number: int, unit: str) -> None:
        self.number, self.unit = number, unit

    @classmethod
    def parse(cls, text: str) -> Length:
        match = re.fullmatch(r"([0-9]{1,4}) (day|week|month|year)s?", text)
        if not match:
            raise problem("bad-length", value=text)
        return cls(int(match[1]), match[2])

    def __str__(self) -> str:
        return f"{self.number} {self.unit}" + ("" if self.number == 1 else "s")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Length) and (self.number, self.unit) == (other.number, other.unit)

    def __hash__(self) -> int:
        return hash((self.number, self.unit))


class Id(FromText, str):
    """An id: lower-case ASCII letters, digits and single hyphens."""

    expects = "an id"
    json = {"type": "string", "pattern": f"^{ID_PATTERN}$"}

    @classmethod
    def parse(cls, text: str) -> Id:
        if not _ID.fullmatch(text):
            raise problem("bad-id", id=text, instead=suggest_id(text))
        return cls(text)


def is_id(text: str) -> bool:
    return bool(_ID.fullmatch(text))


def slug(text: str) -> str:
    """Text as an id that other texts do not share: where letters are lost on the way, a mark of the whole is added."""
    letters = [char for char in unicodedata.normalize("NFKD", text) if char.isalpha()]
    plain = re.sub(r"[^a-z0-9]+", "-", _ascii(text)).strip("-")
    if all(char.isascii() for char in letters) and plain:
        return plain
    return f"{plain or 'x'}-{sha256(text.encode()).hexdigest()[:6]}"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def suggest_id(text: str) -> str:
    """The nearest text that can be an id: accents dropped, the rest turned into hyphens."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    return re.sub(r"[^a-z0-9]+", "-", _ascii(text)).strip("-") or "new-brief"


class Reference(FromText, str):
    """The id of another brief, perhaps with `#anchor`. `kinds` says which kinds may stand here."""

    expects = "the id of another brief"
    json = {"type": "string", "pattern": f"^{ID_PATTERN}$"}
    kinds: ClassVar[tuple[str, ...]] = ("actor", "demand", "instrument", "body", "meeting", "event", "source", "term")
    anchors: ClassVar[bool] = False

    @classmethod
    def parse(cls, text: str) -> Reference:
        target, hash_, anchor = text.partition("#")
        if not _ID.fullmatch(target):
            raise problem("bad-reference", value=text, reason="an id has lower-case letters, digits and hyphens only")
        if hash_ and not cls.anchors:
            raise problem("bad-reference", value=text, reason="a place inside a brief (#) cannot be named here")
        if hash_ and not _ANCHOR.fullmatch(anchor):
            raise problem("bad-reference", value=text, reason=f'"{anchor}" cannot be an anchor')
        return cls(text)

    @property
    def id(self) -> str:
        return self.partition("#")[0]

    @property
    def anchor(self) -> str:
        """The part after `#`, or an empty text."""
        return self.partition("#")[2]


_WITH_ANCHOR = {"type": "string", "pattern": f"^{ID_PATTERN}(#{ID_PATTERN})?$"}


class ActorRef(Reference):
    """An actor, or a body standing where an actor may."""

    expects = "the id of an actor or body"
    kinds = ("actor", "body")


class DemandRef(Reference):
    expects = "the id of a demand"
    kinds = ("demand",)


class TextRef(Reference):
    """An instrument, or one of its provisions: `straits-accord#article-4`."""

    expects = "the id of an instrument, perhaps with #provision"
    json = _WITH_ANCHOR
    kinds = ("instrument",)
    anchors = True


class MeetingRef(Reference):
    expects = "the id of a meeting"
    kinds = ("meeting",)


class TermRef(Reference):
    expects = "the id of a glossary term"
    kinds = ("term",)


class BriefRef(Reference):
    """Any brief but a source, or a provision of an instrument."""

    expects = "the id of a brief"
    kinds = ("actor", "demand", "instrument", "body", "meeting", "event", "term")
    json = _WITH_ANCHOR
    anchors = True


class Party(FromText):
    """Somebody with a role: the id of an actor or body, or `outside: Name` for one without a brief."""

    expects = "the id of an actor or body, or `outside: Name`"
    json = {"anyOf": [{"type": "string", "pattern": f"^{ID_PATTERN}$"},
                      {"type": "object", "properties": {"outside": dict(Line.json)},
                       "required": ["outside"], "additionalProperties": False}]}

    def __init__(self, ref: ActorRef | None, outside: str | None) -> None:
        self.ref, self.outside = ref, outside

    @classmethod
    def parse(cls, text: str) -> Party:
        return cls(ActorRef.parse(text), None)

    @classmethod
    def _validate(cls, value: object) -> Party:
        if isinstance(value, str):
            return cls.parse(value)
        if isinstance(value, dict) and set(value) == {"outside"} and isinstance(value["outside"], str):
            return cls(None, " ".join(value["outside"].split()))
        raise problem("wrong-type", expected=cls.expects, found=found_in_words(value))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls._validate)

    @classmethod
    def of(cls, id: str) -> Party:
        """The party that a brief stands for."""
        return cls(ActorRef(id), None)

    @property
    def key(self) -> str:
        """The id, or for an outsider a slug of the name: what anchors and sorting use."""
        return self.ref.id if self.ref else slug(self.outside or "")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Party) and (self.ref, self.outside) == (other.ref, other.outside)

    def __hash__(self) -> int:
        return hash((self.ref, self.outside))

    def __repr__(self) -> str:
        return f"Party({str(self.ref)!r})" if self.ref else f"Party(outside={self.outside!r})"


class Citation(FromText):
    """A source's id, perhaps with a place in it after a comma: `gazette-accord, art. 4`."""

    expects = "the id of a source, perhaps with a place in it after a comma"
    json = {"type": "string", "pattern": f"^{ID_PATTERN} *(,.*)?$"}

    def __init__(self, id: str, locator: str) -> None:
        self.id, self.locator = id, locator

    @classmethod
    def parse(cls, text: str) -> Citation:
        target, _, locator = text.partition(",")
        if not _ID.fullmatch(target.strip()):
            raise problem("bad-reference", value=text, reason="an id has lower-case letters, digits and hyphens only")
        return cls(target.strip(), " ".join(locator.split()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Citation) and (self.id, self.locator) == (other.id, other.locator)

    def __hash__(self) -> int:
        return hash((self.id, self.locator))

    def __repr__(self) -> str:
        return f"Citation({self.id!r}, {self.locator!r})"


class CountingPoint(FromText):
    """What a deadline counts from: `adoption`, a date, or the id of a dated brief."""

    expects = "`adoption`, a date, or the id of an event, meeting or instrument"
    json = {**Date.json, "pattern": f"{Date.json['pattern']}|{_WITH_ANCHOR['pattern']}"}

    def __init__(self, date: Edtf | None, ref: BriefRef | None) -> None:
        self.date, self.ref = date, ref

    @property
    def is_adoption(self) -> bool:
        return self.date is None and self.ref is None

    @classmethod
    def parse(cls, text: str) -> CountingPoint:
        if text == "adoption":
            return cls(None, None)
        if re.match(r"\d{2}", text):
            return cls(Date.parse(text), None)
        return cls(None, BriefRef.parse(text))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CountingPoint) and (self.date, self.ref) == (other.date, other.ref)

    def __hash__(self) -> int:
        return hash((self.date, self.ref))


class Vocabulary(str, Enum):
    """A closed list of words. Each member carries its meaning for the reference and the reader."""

    meaning: str

    def __new__(cls, word: str, meaning: str) -> Vocabulary:
        member = str.__new__(cls, word)
        member._value_ = word
        member.meaning = meaning
        return member

    def __str__(self) -> str:
        return self.value

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def parse(text: str) -> Vocabulary:
            try:
                return cls(text)
            except ValueError:
                raise problem("bad-value", value=text, known=[member.value for member in cls]) from None

        return schema_from_text(parse, "one word of a list", accept=cls)
