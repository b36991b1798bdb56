"""Prose: Markdown in content, its references and citations, made into safe HTML.

A field goes through Markdown (raw HTML off), then its references become links, then a narrow
allow-list sanitizer reads the result. Links to pages begin with `addresses.ROOT`; citations are left
as marks that the page numbers in its own order (see `generator.rendering`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache

import markdown
import nh3

from generator.addresses import ROOT
from generator.values import Value

LINK = "link"
CITATION = "citation"

_CODE_OR_TOKEN = re.compile(
    r"(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))"
    r"|\[\[(?P<link>[^\[\]\n]*(?:\n[^\[\]\n]*)?)\]\]"
    r"|\[@(?P<cite>[^\[\]]*)\]",
    re.DOTALL)
_OPEN, _CLOSE = "\ue004", "\ue005"
_HELD = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?|!--.*?--)>", re.DOTALL)
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]+>|<[^<>\s@]+@[^<>\s@]+>")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:\s|$)|^(?:=+|-+)\s*$", re.MULTILINE)
_HREF = re.compile(r'(href|src)="([^"]*)"')
_SAFE_LINK = re.compile(r"(?:https?://[^/\s]|mailto:)", re.IGNORECASE)

_TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "table", "thead",
         "tbody", "tr", "th", "td", "span", "img", "del"}
_ATTRIBUTES = {"a": {"href", "class"}, "span": {"class", "lang", "dir"}, "img": {"src", "alt"}, "ol": {"start"},
               "th": {"class"}, "td": {"class"}}


class Token(Value):
    """A reference in prose: `[[target#anchor|shown]]` or one source of `[@source, place; other]`."""

    kind: str
    target: str
    anchor: str
    shown: str
    """The text to show for a link; the place in the source for a citation."""
    raw: str
    """The whole reference as typed."""
    at: int = 0
    """Where its id starts in the text: a count of characters from 0."""


def _tokens_of(match: re.Match[str]) -> list[Token]:
    raw = match[0]
    if match["link"] is not None:
        target, _, shown = match["link"].partition("|")
        id, _, anchor = target.strip().partition("#")
        at = match.start("link") + len(target) - len(target.lstrip())
        return [Token(LINK, id, anchor, " ".join(shown.split()), raw, at)]
    tokens = []
    end = match.start("cite")
    for part in match["cite"].split(";"):
        start, end = end, end + len(part) + 1
        id, _, place = part.strip().removeprefix("@").partition(",")
        at = start + part.index(id.strip())
        tokens.append(Token(CITATION, id.strip(), "", " ".join(place.split()), raw, at))
    return tokens


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[Token, ...]:
    """Every reference and citation in prose, in order; what stands in code is text."""
    if "[" not in text:
        return ()
    return tuple(token for match in _CODE_OR_TOKEN.finditer(text) if match["code"] is None
                 for token in _tokens_of(match))


def cites(text: str) -> bool:
    """Whether a text cites a source itself."""
    return any(token.kind == CITATION for token in tokens(text))


class Flaw(Value):
    """Something in prose that the site does not carry: the diagnostic's code, and where to find it."""

    code: str
    raw: str


def flaws(text: str, headings: bool = False, images: frozenset[str] = frozenset()) -> list[Flaw]:
    """What stands in prose and may not: HTML, headings in a field, links and images that are not safe."""
    found = []
    bare = _CODE_OR_TOKEN.sub(lambda match: " " * len(match[0]), text)
    opened = set()
    for match in _TAG.finditer(bare):
        name = re.match(r"</?([A-Za-z0-9-]*)", match[0])[1]  # type: ignore[index]
        if match[0].startswith("</") and name in opened:
            continue  # its opening tag is reported, and both go together
        opened.add(name)
        if not _AUTOLINK.fullmatch(match[0]):
            found.append(Flaw("prose-html", match[0]))
    if not headings:
        found.extend(Flaw("prose-heading", match[0].strip()) for match in _HEADING.finditer(bare))
    if "](" in bare or "]:" in bare or "<" in bare or "][" in bare:
        for attribute, target in _HREF.findall(_markdown(_hold(text)[0])):
            target = html.unescape(target)
            if attribute == "src":
                if target not in images:
                    found.append(Flaw("prose-image", target))
            elif not _SAFE_LINK.match(target):
                found.append(Flaw("prose-link", target))
    return found


_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_NEAR_REFERENCE = re.compile(
    rf"(?<!\[)\[{{1,2}}[ ]?(?P<link>{_ID})(?P<rest>(?:#[a-z0-9-]+)?(?:\|[^\[\]\n]*)?)[ ]?\]{{1,2}}(?![\](\[:])"
    rf"|\(@(?P<round>{_ID})\)|(?<![\w.@/])@(?P<bare>{_ID})(?![\w@/-]|\.\w)")


class NearReference(Value):
    """What reads like a reference and is none: `[id]`, `(@id)`, `@id`; `rest` is what follows the id in brackets."""

    raw: str
    target: str
    cites: bool
    rest: str = ""


def near_references(text: str) -> list[NearReference]:
    """What reads like a reference and is none, wherever the id in it turns out to be one."""
    if "[" not in text and "@" not in text:
        return []
    bare = _CODE_OR_TOKEN.sub(lambda match: " " * len(match[0]), text)
    return [NearReference(match[0], match["link"], False, match["rest"]) if match["link"]
            else NearReference(match[0], match["round"] or match["bare"], True)
            for match in _NEAR_REFERENCE.finditer(bare)]


class _Converter:
    """One Markdown parser with raw HTML off, used again and again."""

    def __init__(self) -> None:
        self.parser = markdown.Markdown(extensions=["sane_lists", "tables"], output_format="html")
        self.parser.preprocessors.deregister("html_block")
        self.parser.inlinePatterns.deregister("html")

    def __call__(self, text: str) -> str:
        self.parser.reset()
        return self.parser.convert(text)


_converter: _Converter | None = None


def _markdown(text: str) -> str:
    global _converter
    if _converter is None:
        _converter = _Converter()
    return _converter(text)


def _hold(text: str) -> tuple[str, list[list[Token]]]:
    """Put references out of Markdown's way: each becomes a numbered mark that Markdown leaves alone."""
    held: list[list[Token]] = []

    def keep(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match[0]
        held.append(_tokens_of(match))
        return f"{_OPEN}{len(held) - 1}{_CLOSE}"

    return (_CODE_OR_TOKEN.sub(keep, text) if "[" in text else text), held


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if value.startswith(ROOT) or _SAFE_LINK.match(value) else None
    if attribute == "src":
        return value if value.startswith(ROOT) else None
    if attribute == "title":
        return None
    return value


# Columns are aligned by a class: the site's policy refuses styles written into a page.
_ALIGNED = re.compile(r' style="text-align: (left|right|center);"')
# An image whose address was not allowed leaves its words.
_EMPTY_IMAGE = re.compile(r'<img(?: alt="([^"]*)")?>')
# Typographic space before a mark goes, so that a number never starts a line by itself.
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=\ue002)")


_NOT_PLAIN = re.compile(r"""
    [\\`*_\[\]<>&|\x00-\x09\x0b-\x1f\x7f-\xa0]   # what Markdown or HTML may read as a sign
    |\s\n|\n\s                                    # a blank at an end of a line
    |^(?:[#+=-]|[0-9]+[.)])                       # what begins a block of another kind
    """, re.MULTILINE | re.VERBOSE)
_PLAIN_PIECE = re.compile(f'<a href="{ROOT}[a-z0-9/#-]*">[^<>&\x00-\x1f\x7f-\xa0]*</a>'
                          "|\ue002[^<>&\x00-\x1f\x7f-\xa0\ue003]*\ue003")


def _plain_paragraphs(text: str) -> str | None:
    """Paragraphs in which nothing is a sign, as Markdown and the sanitizer would give them; None for all other text.

    Most prose is of this kind, and need not be parsed twice.
    """
    paragraphs = text.split("\n\n")
    if any(paragraph != paragraph.strip() or not paragraph or _NOT_PLAIN.search(paragraph)
           for paragraph in paragraphs):
        return None
    return "\n".join([f"<p>{paragraph}</p>" for paragraph in paragraphs])


def render(text: str, link: Callable[[Token], str], cite: Callable[[list[Token]], str], image_root: str = "") -> str:
    """Prose as safe HTML. `link` and `cite` give the HTML of a reference and of a citation mark."""
    marked, held = _hold(text)
    pieces = [link(group[0]) if group[0].kind == LINK else cite(group) for group in held]
    body = _plain_paragraphs(marked)
    safe = body is not None and all(map(_PLAIN_PIECE.fullmatch, pieces))
    body = _HELD.sub(lambda match: pieces[int(match[1])], _markdown(marked) if body is None else body)
    if safe:
        return _SPACE_BEFORE_MARK.sub("", body)
    if image_root:
        body = re.sub(r'src="(?![a-z]+:|/)', f'src="{ROOT}{image_root}', body)
    body = _ALIGNED.sub(r' class="\1"', body)
    body = nh3.clean(body, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=_allowed, link_rel=None,
                     url_schemes={"http", "https", "mailto"}, strip_comments=True)
    return _SPACE_BEFORE_MARK.sub("", _EMPTY_IMAGE.sub(r"\1", body))


def inline(rendered: str) -> str:
    """Rendered prose of one paragraph without its paragraph tags; longer prose stays as it is."""
    if rendered.startswith("<p>") and rendered.endswith("</p>") and rendered.count("<p>") == 1:
        return rendered[3:-4]
    return rendered


_EMPHASIS = re.compile(r"(?<![\w\\])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)", re.DOTALL)
_BLOCK_SIGN = re.compile(r"^[ \t]*(?:[-*+]|\d+\.|>|#+)[ \t]+", re.MULTILINE)
_SPACE_BEFORE_STOP = re.compile(r" +([.,;:])")
_SPACED_STOPS = (" .", " ,", " ;", " :")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")


def plain(text: str, name_of: Callable[[str], str]) -> str:
    """Prose as plain text on one line: links show their words, citations and Markdown marks go."""

    def words(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match["code"].strip("`")
        if match["link"] is None:
            return ""
        token = _tokens_of(match)[0]
        return token.shown or name_of(token.target)

    if "[" in text or "`" in text:
        text = _CODE_OR_TOKEN.sub(words, text)
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", text)
    text = " ".join(_BLOCK_SIGN.sub("", text).split())
    # Looked for as they are, which is faster: few texts have any.
    return _SPACE_BEFORE_STOP.sub(r"\1", text) if any(map(text.__contains__, _SPACED_STOPS)) else text


_SENTENCE_END = re.compile(
    r"[.!?][\"')\]]*(?:\s*\[@[^\[\]]*\])*(?:[.])?\s+(?=[\"'(\[]*[^\W\d_a-z])"
    r"|(?P<block>\n\s*\n|\n(?=[ \t]*(?:[-*+]|[0-9]+\.)[ \t]))")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|No|para|paras|cf|e\.g|i\.e|vs|U\.N|U\.S|Gen|Col|Art)|\b[A-Z])\.$")


def sentences(text: str) -> list[str]:
    """Prose cut into sentences, as typed. Abbreviations and initials do not end one; list items stand alone."""
    return list(_sentences(text))


@lru_cache(maxsize=16384)
def _sentences(text: str) -> tuple[str, ...]:
    parts: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        inside = match["block"] is None and "\n\n" not in match[0]
        if inside and _ABBREVIATION.search(text[start:match.start() + 2].rstrip()):
            continue
        parts.append(text[start:match.end()].strip())
        start = match.end()
    rest = text[start:].strip()
    if rest:
        parts.append(rest)
    return tuple(parts)


def cite_mark(citations: list[tuple[str, str]]) -> str:
    """The mark that stands for citations until the page numbers them: source ids with their places."""
    inner = "\ue006".join([f"{id}\ue007{html.escape(place)}" if place else f"{id}\ue007" for id, place in citations])
    return f"\ue002{inner}\ue003"


CITE_MARK = re.compile("\ue002([^\ue002\ue003]*)\ue003")


def cited_in(mark: str) -> list[tuple[str, str]]:
    """The sources and places in a mark's inside."""
    pairs = []
    for part in mark.split("\ue006"):
        id, _, place = part.partition("\ue007")
        pairs.append((id, place))
    return pairs
