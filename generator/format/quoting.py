"""How a value is written in YAML: plain where every reader takes it for that very text, otherwise in quotes.

YAML 1.1 and YAML 1.2 guess differently what a plain word is: to one of them `no` is false, `10:17` a number
of seconds and `017` fifteen. Text that either would misread stands in quotes.
"""

from __future__ import annotations

import re

# What a reader of YAML 1.1 or of YAML 1.2 (core schema) takes for something other than text.
_WORDS = re.compile(r"y|n|yes|no|on|off|true|false|null|~|=|<<", re.IGNORECASE)
_NUMBERS = re.compile(
    r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7]+|[0-9][0-9_]*"  # whole numbers
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # counted in sixties
    r"|(?:[0-9][0-9_]*)?\.[0-9_.]*(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+"  # with a fraction, an exponent
    r"|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)")
_DATES = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9].*)?")
_FIRST_OF_GUESSES = frozenset("yYnNoOtTfF~=<-+.0123456789")

# What YAML itself would trip over.
_BAD_START = frozenset("-?:,[]{}#&*!|>'\"%@`")
_BAD_INSIDE = re.compile(r":(?:\s|$)|\s#|[\t\n\r]")
_BAD_IN_BRACKETS = re.compile(r"[,\[\]{}]")
_ESCAPE_NEEDED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def reads_as_text(value: str) -> bool:
    """Whether YAML 1.1 and YAML 1.2 both take a plain value for text."""
    if not value:
        return False
    if value[0] not in _FIRST_OF_GUESSES:
        return True
    return not (_WORDS.fullmatch(value) or _NUMBERS.fullmatch(value) or _DATES.fullmatch(value))


def can_be_plain(value: str, in_brackets: bool = False) -> bool:
    """Whether a value without quotes is one plain value for YAML, whatever it is then taken for."""
    return bool(value) and value == value.strip() and value[0] not in _BAD_START and (
        not _BAD_INSIDE.search(value) and not (in_brackets and _BAD_IN_BRACKETS.search(value)))


def as_yaml(value: str, in_brackets: bool = False, text: bool = True) -> str:
    """A value on one line as the canonical format writes it.

    `text` is False for a date, a count or a yes-or-no, which stand plain whatever they look like.
    Raises ValueError for a value that takes several lines or an escape.
    """
    if can_be_plain(value, in_brackets) and (not text or reads_as_text(value)):
        return value
    if _ESCAPE_NEEDED.search(value):
        raise ValueError("this value cannot stand on one line")
    if '"' in value or "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return f'"{value}"'
