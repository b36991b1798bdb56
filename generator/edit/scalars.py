"""How a value is written in canonical form: plain where every reader of YAML takes the plain form for that text."""

from __future__ import annotations

import re

# What YAML 1.1 or YAML 1.2 reads as something else than text: nothing, yes and no, numbers, dates, times.
_NOT_TEXT = re.compile(
    r"|~|(?i:null|true|false|yes|no|on|off|y|n)|[-+.]?(?i:inf|nan)|[-+]?\.(?i:inf|nan)|=|<<"
    r"|[-+]?[0-9][0-9_,.]*(?:[eE][-+]?[0-9]+)?|[-+]?\.[0-9_]+(?:[eE][-+]?[0-9]+)?|[-+]?0[xob][0-9a-fA-F_]+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?")
_NOT_PLAIN = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`]|.*(?::\s|\s#|:$|\s$|\n|[,\[\]{}])", re.DOTALL)


def reads_otherwise(text: str) -> bool:
    """Whether some reader of YAML takes the plain form for a number, a date, yes or no, or nothing."""
    return bool(_NOT_TEXT.fullmatch(text))


def needs_quotes(text: str) -> bool:
    """Whether a text cannot stand plain, be it in a list in brackets."""
    return reads_otherwise(text) or bool(_NOT_PLAIN.match(text))


def scalar(text: str) -> str:
    """The text as a value: plain, or in quotes where it needs them."""
    if not needs_quotes(text):
        return text
    if ('"' in text or "\\" in text) and "\n" not in text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
