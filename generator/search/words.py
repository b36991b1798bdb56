"""The words of a text as the search compares them: what is typed and what is found go through the same rules.

The client has the same rules for what is typed (`search-index.js`, part 1); `tests/search/words.tsv` holds both to
them.
How well two different words fit each other, and what is a result, only the client knows.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
    "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ھ": "ه", "ہ": "ه", "ٱ": "ا", "ک": "ك", "ء": "", "ـ": "",
    **{chr(first + digit): str(digit) for first in (0x660, 0x6f0) for digit in range(10)}})
_STOP_WORDS = (
    "a an the of and or in on at by to for from with as is are was were be been it its this that since after "
    "before until during than then there not but so who whom whose what which when where why how do does did has "
    "have had about stand stands happened happen say says said tell mean means").split()
_ARTICLES = frozenset({"al", "el", "ال"})
# "ash Shams", "an Nur": an article that takes on the sound of the word after it.
_ASSIMILATED = {vowel + sound: sound for vowel in "aeu" for sound in "sh ch dh th d n r s t z".split()}
_FLEETING = _ARTICLES | _ASSIMILATED.keys()
_POSSESSIVE = re.compile(r"['’]s(?![^\W_])")
_APOSTROPHES = re.compile("['’‘ʼʾʿ`´]")
_PLACE_SIGN = re.compile("[§¶]")
_PLAIN_RUN = re.compile("[a-z]+|[0-9]+")
_RUN = re.compile(r"[^\W\d_]+|\d+")
_ARABIC_ARTICLE = re.compile("[وفبك]?ال(?=..)|لل(?=...)")
_ROMAN = {numeral: str(number) for number, numeral in
          enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)}


def fold(text: str) -> str:
    """Lower case, without accents, vowel signs and apostrophes; forms of one letter become one."""
    folded = text.lower()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in folded if c < "\x80" or unicodedata.category(c)[0] != "M").translate(_LETTERS)
        folded = _PLACE_SIGN.sub(" para ", folded)
    if "'" in folded or "`" in folded or not folded.isascii():
        folded = _APOSTROPHES.sub("", _POSSESSIVE.sub("", folded))
    return folded


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Plural endings go; the Arabic article goes."""
    if word > "\u0600":
        return _ARABIC_ARTICLE.sub("", word, count=1) if _ARABIC_ARTICLE.match(word) else word
    if len(word) > 4:
        if word.endswith("ies"):
            return word[:-3] + "y"
        if word[-1] == "s" and word[-2] not in "aius":
            return word[:-1]
    return word


STOP = frozenset(map(stem, _STOP_WORDS))


def words(text: str) -> list[str]:
    """The words of a text, letters and digits apart, without articles that come and go in transliteration."""
    folded = fold(text)
    every = [stem(run) for run in (_PLAIN_RUN if folded.isascii() else _RUN).findall(folded)]
    if _FLEETING.isdisjoint(every):
        return every
    return [word for word, following in zip(every, [*every[1:], ""], strict=True)
            if word not in _FLEETING or not (word in _ARTICLES or _is_assimilated(word, following))] or every


def _is_assimilated(word: str, following: str) -> bool:
    sound = _ASSIMILATED.get(word)
    return sound is not None and len(following) > 2 and following.startswith(sound)


def telling(all_words: list[str]) -> list[str]:
    """The words that tell something; all of them where none does."""
    return [word for word in all_words if word not in STOP] or all_words


def counted(list_of_words: list[str]) -> list[str]:
    """The Roman numbers after the first word, in digits: "Round II" is found by "round 2" as well."""
    return [number for word in list_of_words[1:] if (number := _ROMAN.get(word)) and word not in STOP]
