"""From plain values to text: the filters templates use, and the numbering of citations.

One `Renderer` serves a whole dossier. Each prose field is rendered once, whatever number of pages
show it; links in it begin with the root marker and citations are marks, so that a page only has to
put in its own way up and its own numbers.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2.environment import TemplateModule
from markupsafe import Markup, escape

from generator import addresses, prose
from generator.dates import Edtf
from generator.dossier import Dossier
from generator.glossing import Glossary
from generator.models import Brief, Source, Term
from generator.models.base import Record, Statement
from generator.models.fields import Citation, Party, Reference
from generator.reads import Memo
from generator.templating import Environment

TEMPLATES = Path(__file__).resolve().parent.parent / "site_templates"
"""The product's templates and assets, beside this package."""


# Everything that Markdown reads as a sign in a heading; the rest is text.
_MARKDOWN_SIGNS = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\`*_{}[]()#+-.!|~>"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", ":": "&#58;"})


def markdown_text(text: str) -> Markup:
    """Plain text for a Markdown line, every sign escaped. Markup is taken for the text it shows."""
    return Markup((text.unescape() if isinstance(text, Markup) else str(text)).translate(_MARKDOWN_SIGNS))


class CitedSource(NamedTuple):
    """A source in a page's numbered list."""

    number: int
    source: Source


class Once:
    """What a macro makes of something, made once, wherever it is shown. Of one name there is one macro."""

    def __init__(self) -> None:
        self._made = Memo[tuple[str, int], tuple[bytes, object]]()
        """By the macro and what it is about, which is kept: no other thing may get its number."""

    def __call__(self, macro: Callable[..., Markup], about: object, *values: object) -> Markup:
        # The markers in it would make each letter of a text take two bytes.
        key = macro.__name__, id(about)
        return Markup(self._made.get(key, lambda: (macro(about, *values).encode(), about))[0].decode())

    def forget(self) -> None:
        """Let go of what was made."""
        self._made = Memo()


class Renderer:
    """Renders templates for one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._prose = Memo[str, Markup]()
        self._inline = Memo[str, Markup]()
        self._plain = Memo[str, str]()
        self._links = Memo[tuple[str, str | None, str], Markup]()
        self._glossary = Glossary(term for term in dossier.of_kind("term") if isinstance(term, Term))
        self.environment = Environment(TEMPLATES / "pages")
        self.environment.filters.update(
            prose=self.prose, inline=self.inline, clause=self.clause, plain=self.plain, md=markdown_text,
            date=date_html, column=in_column, unquoted=unquoted, cites=prose.cites, slug=addresses.anchor_text)
        self.environment.globals.update(
            dossier=dossier, settings=dossier.settings, heading=heading, link=self.link, party=self.party,
            cite=self.cite, once=Once(), href=self.href, name_of=self.name_of, publisher_of=self.publisher_of,
            page_title={f"pages/{page.name}": page.title for page in dossier.pages}.get, brief=dossier.briefs.get,
            ROOT=addresses.ROOT, section=lambda name: addresses.ROOT + addresses.SECTIONS[name],
            ON="on" if dossier.as_of.is_exact_day else "as of")

    # --- prose ---------------------------------------------------------------------------

    def prose(self, text: str) -> Markup:
        """A field's Markdown as HTML blocks."""
        return self._prose.get(text, lambda: Markup(prose.render(text, self._link_token, self._cite_tokens)))

    def inline(self, text: str) -> Markup:
        """A field's Markdown as HTML, without its paragraph tags where it is one paragraph."""
        return self._inline.get(text, lambda: Markup(prose.inline(self.prose(text))))

    def clause(self, text: str) -> Markup:
        """A field's Markdown as a part of a sentence: without the full stop at its end."""
        return Markup(self.inline(text).removesuffix("."))

    def page_prose(self, text: str) -> Markup:
        """A part of a hand-written page, which may show images that stand beside it."""
        return Markup(prose.render(text, self._link_token, self._cite_tokens, image_root="images/"))

    def plain(self, text: str) -> str:
        """A field's Markdown as plain text on one line."""
        return self._plain.get(text, lambda: prose.plain(text, self.name_of))

    def _link_token(self, token: prose.Token) -> str:
        brief = self.dossier.briefs.get(token.target)
        shown = token.shown or (running_name(brief) if brief and not token.anchor else None)
        return str(self.link(token.target, shown, token.anchor))

    def _cite_tokens(self, tokens: list[prose.Token]) -> str:
        return prose.cite_mark([(token.target, token.shown) for token in tokens])

    # --- links and citations -------------------------------------------------------------

    def name_of(self, id: str) -> str:
        brief = self.dossier.briefs.get(id)
        return str(brief.name) if brief else id

    def publisher_of(self, id: str) -> str:
        brief = self.dossier.briefs.get(id)
        return str(brief.publisher) if isinstance(brief, Source) else id

    def href(self, id: str, anchor: str = "") -> str:
        """The address of a brief, or of a place in it, from the root marker on."""
        brief = self.dossier.briefs[id]
        return addresses.ROOT + addresses.with_anchor(brief.address, anchor or _own_anchor(brief))

    def link(self, target: str | Brief | Reference, shown: str | None = None, anchor: str = "") -> Markup:
        """A link to a brief. A brief that could not be read is its id in plain text."""
        if isinstance(target, Reference):
            target, anchor = target.id, anchor or target.anchor
        id = str(target) if isinstance(target, str) else target.id
        return self._links.get((id, shown, anchor), lambda: self._link(id, shown, anchor))

    def _link(self, id: str, shown: str | None, anchor: str) -> Markup:
        if id not in self.dossier.briefs:
            return Markup(html.escape(shown or id))
        words = shown or (self._place_name(id, anchor) if anchor else self.name_of(id))
        return Markup(f'<a href="{self.href(id, anchor)}">{html.escape(words, quote=False)}</a>')

    def _place_name(self, id: str, anchor: str) -> str:
        """The name of a place in a brief: a provision's paragraph after the text's name."""
        brief = self.dossier.briefs[id]
        for path, own in self.dossier.anchors[id].items():
            if own == anchor and path[0] == "provisions" and len(path) == 2:
                return f"{brief.name}, {brief.provisions[path[1]].paragraph}"  # type: ignore[attr-defined]
        return str(brief.name)

    def party(self, party: Party) -> Markup:
        """An actor or body as a link, or an outsider's name as text; what runs from right to left apart."""
        if party.ref:
            return self.link(party.ref)
        name = html.escape(party.outside or "", quote=False)
        return Markup(f"<bdi>{name}</bdi>" if any(unicodedata.bidirectional(char) in ("R", "AL") for char in name) else name)

    def cite(self, sources: tuple[Citation, ...]) -> Markup:
        """The mark for a statement's sources."""
        return Markup(prose.cite_mark([(c.id, c.locator) for c in sources])) if sources else Markup("")

    # --- pages ---------------------------------------------------------------------------

    def template(self, name: str, **values: Any) -> str:
        return self.environment.page(name, values)

    def macros(self, name: str, **values: Any) -> TemplateModule:
        """The macros of a template, to be called by name."""
        return self.environment.get_template(name).make_module(values)

    def with_terms(self, text: str) -> tuple[str, list[Term]]:
        """The text with the glossary's terms explained where it uses them first, and the terms it needs."""
        return self._glossary.explain(text)

    def numbered(self, text: str) -> tuple[str, list[CitedSource]]:
        """Turn the citation marks of a page into numbers in the order of the page, with the list of sources."""
        numbers: dict[str, int] = {}

        def number(match: Any) -> str:
            shown = []
            for id, place in prose.cited_in(match[1]):
                source = self.dossier.briefs.get(id)
                if not isinstance(source, Source):
                    continue
                n = numbers.setdefault(id, len(numbers) + 1)
                words = f"{n}, {place}" if place else str(n)
                shown.append(f'<a class="cite" href="#source-{n}">[{words}]</a>')
            return f'<sup>{"".join(shown)}</sup>' if shown else ""

        text = prose.CITE_MARK.sub(number, text)
        cited = [CitedSource(n, self.dossier.briefs[id]) for id, n in numbers.items()]  # type: ignore[arg-type]
        return text, cited


# An anchor that the page gives: the heading's own, then where its text is written, as `heading` has them.
_ANCHOR_MARK = re.compile("\ue008([^\ue009]*)\ue009")


@lru_cache(maxsize=4096, typed=True)
def heading(level: int, text: str, id: str, quiet: bool = False, at: str | tuple[str, ...] = ()) -> Markup:
    """A heading; `quiet` keeps it from the search. Its anchor is a mark until the page has given it one.

    `at` names where its text is written: a field of the page's own file, several of which the first that is there
    counts, or a statement (`#anchor`).
    """
    mark = "\ue00a".join((id, *((at,) if isinstance(at, str) else at)))
    kept = ' data-search-exclude="1"' if quiet else ""
    return Markup(f"\n\n{'#' * level} {markdown_text(text)} {{ #\ue008{mark}\ue009{kept} }}\n\n")


def anchored(text: str, give: Callable[..., str]) -> str:
    """A page's text with the anchors of its headings: `give` is told each heading's own, and where its text is
    written."""
    return _ANCHOR_MARK.sub(lambda match: give(*match[1].split("\ue00a")), text)


def running_name(brief: Brief) -> str:
    """A brief's name within a sentence: a text's or meeting's without what follows a colon or stands in brackets."""
    name = str(brief.name)
    if brief.kind not in ("instrument", "meeting"):
        return name
    return re.sub(r": .*| \([^()]*\)$", "", name) or name


def _own_anchor(brief: Brief) -> str:
    return brief.id if brief.kind == "term" else ""


_QUOTES = (("\u201c", "\u201d"), ("\u201e", "\u201c"), ("\u00ab", "\u00bb"), ('"', '"'))


def unquoted(words: str) -> str:
    """A quotation without the marks around the whole of it; marks that belong to a part of it stay."""
    for opening, closing in _QUOTES:
        inner = words[1:-1]
        if words.startswith(opening) and words.endswith(closing) and len(words) > 1 and not (
                opening in inner or closing in inner):
            return inner
    return words


@lru_cache(maxsize=16384)
def date_html(date: Edtf, short: bool = False) -> Markup:
    """A date in words, exactly as precise as it is known; `short` for tables."""
    words = html.escape(date.short() if short else date.readable(), quote=False)
    if is_plain_date(date):
        return Markup(f'<time datetime="{date}">{words}</time>')
    return Markup(f'<span class="date">{words}</span>')


@lru_cache(maxsize=16384, typed=True)
def in_column(date: str) -> Markup:
    """A date in words, or what stands for one, for a column of its own."""
    if date.startswith("<time "):
        return Markup(f'<time class="when" {date[len("<time "):]}')
    return Markup(f'<span class="when">{escape(date)}</span>')


def is_plain_date(date: Edtf) -> bool:
    """Whether a date is one day, month or year as machines know them."""
    return date.is_exact_day or (str(date).replace("-", "").isdigit() and not date.is_interval)


def is_single_source(record: Record) -> bool:
    """Whether a statement rests on exactly one source."""
    return isinstance(record, Statement) and len({c.id for c in record.sources}) == 1
