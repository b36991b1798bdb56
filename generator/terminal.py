"""A page as plain text for a terminal: the page that the site shows, turned from HTML into wrapped lines.

The pages use a small, known part of HTML, so the standard library's parser is enough; a general converter would not
know what a dated line, a mark or the list of sources is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import markdown
from msgspec import Struct, field

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
_BLOCKS = frozenset({"div", "p", "ul", "ol", "li", "dl", "dt", "dd", "section", "aside", "details", "summary", "h1",
                     "h2", "h3", "h4", "blockquote", "pre", "table", "thead", "tbody", "tr", "th", "td", "hr",
                     "figure", "fieldset", "nav"})
_LEFT_OUT = frozenset({"svg", "figure", "script", "style", "fieldset", "nav"})
_UNBROKEN = "\ue010"
"""A space at which no line may end: in a name in another script, in a mark. Content cannot hold it."""
_BREAK = "\ue011"


class Element(Struct):
    """An element of a page: its tag, its attributes, and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    def elements(self) -> Iterator[Element]:
        """This element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements()

    def find(self, id: str) -> Element | None:
        return next((element for element in self.elements() if element.id == id), None)

    def following(self) -> list[Element]:
        """The elements after this one in the same place."""
        siblings = [child for child in self.parent.children if isinstance(child, Element)] if self.parent else []
        return siblings[next(n for n, child in enumerate(siblings) if child is self) + 1:] if siblings else []


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("page")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, [], self.at)
        self.at.children.append(element)
        if tag not in _VOID:
            self.at = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.children.append(Element(tag, {name: value or "" for name, value in attrs}, [], self.at))

    def handle_endtag(self, tag: str) -> None:
        element: Element | None = self.at
        while element is not None and element.tag != tag:
            element = element.parent
        if element is not None and element.parent is not None:
            self.at = element.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def read_page(body: str) -> Element:
    """A page's Markdown as a tree of elements."""
    reader = _Reader()
    reader.feed(markdown.markdown(body, extensions=["attr_list", "fenced_code", "tables"]))
    reader.close()
    return reader.root


# --- parts of a page ----------------------------------------------------------------------


def anchors(page: Element) -> list[str]:
    """Every anchor of a page that leads to a statement or a section."""
    return [element.id for element in page.elements()
            if element.id and not re.match(r"(source|term)-", element.id)]


def part(page: Element, anchor: str) -> Element | None:
    """One statement or section of a page, with the heading it stands under and the sources that it cites."""
    found = page.find(anchor)
    if found is None:
        return None
    if not found.children and found.parent is not None:
        found = found.parent  # a former anchor stands inside of what it leads to
    heading = re.fullmatch(r"h([1-4])", found.tag)
    root = Element("page")
    if heading and heading[1] != "1":
        content = [found, *_section(found, int(heading[1]))]
    elif found.tag == "li" and found.parent is not None:
        content = [Element(found.parent.tag, found.parent.attributes, [found])]
    else:
        content = [found]
    if not heading:
        root.children += _headings_above(page, found)
    root.children += content
    below = [element for child in content for element in child.elements()]
    cited = {element.attributes["href"].removeprefix("#") for element in below if "cite" in element.classes}
    sources = next((element for element in page.elements() if "sources" in element.classes), None)
    if sources is not None and cited and not any(element is sources for element in below):
        rows = [row for row in sources.elements() if row.tag == "li" and row.id in cited]
        root.children += [Element("h2", {}, ["Sources"]), Element("ol", {"class": "sources"}, [*rows])]
    return root


def _section(heading: Element, level: int) -> list[Element]:
    """What stands under a heading, up to the next of its rank. A letter of the alphabet starts anew as well."""
    content = []
    for element in heading.following():
        if re.fullmatch(rf"h[1-{level}]", element.tag) or "letter" in element.classes:
            break
        content.append(element)
    return content


def _headings_above(page: Element, found: Element) -> list[Element]:
    """The nearest headings of the second and third rank above an element."""
    above: dict[int, Element] = {}
    for element in page.elements():
        if element is found:
            break
        if element.tag in ("h2", "h3"):
            above = {rank: one for rank, one in above.items() if rank < int(element.tag[1])}
            above[int(element.tag[1])] = element
    return [above[rank] for rank in sorted(above)]


# --- into lines ---------------------------------------------------------------------------


def as_text(page: Element, width: int, strong: Callable[[str], str] = str) -> str:
    """The page as lines of at most `width` columns, words permitting. `strong` marks headings."""
    writer = _Writer(max(width, 20), strong)
    writer.inside(page)
    return "\n".join(line.rstrip() for line in writer.lines).strip("\n") + "\n"


class _Writer:
    """Collects lines. Every element writes itself after those before it; `gap` keeps one empty line between."""

    def __init__(self, width: int, strong: Callable[[str], str]) -> None:
        self.width, self.strong = width, strong
        self.lines: list[str] = []

    def gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def paragraph(self, text: str) -> None:
        for piece in text.split(_BREAK):
            self.lines += wrapped(piece, self.width)

    def below(self, element: Element, indent: str = "  ") -> None:
        """Write what stands in an element, indented."""
        self.lines += [f"{indent}{line}" if line else "" for line in self.apart(element, self.width - len(indent))]

    def apart(self, element: Element, width: int) -> list[str]:
        inner = _Writer(max(width, 12), self.strong)
        inner.inside(element)
        while inner.lines and not inner.lines[-1]:
            inner.lines.pop()
        return inner.lines

    def inside(self, element: Element) -> None:
        """Write an element's children: blocks one by one, and what stands between them as paragraphs."""
        run: list[Element | str] = []
        for child in [*element.children, None]:
            if child is None or (isinstance(child, Element) and child.tag in _BLOCKS):
                words = _words(run)
                if words.strip():
                    self.paragraph(words)
                run = []
                if child is not None:
                    self.block(child)
            else:
                run.append(child)

    def block(self, element: Element) -> None:
        if element.tag in _LEFT_OUT or "needs-js" in element.classes:
            return
        writer = getattr(self, f"_{element.tag}", None)
        if writer is not None:
            writer(element)
        else:
            self.inside(element)

    # --- headings ---

    def _heading(self, element: Element, line: str) -> None:
        words = " ".join(_words(element.children).split())
        self.gap()
        for text in wrapped(words, self.width):
            self.lines.append(self.strong(text))
        if line:
            self.lines.append(line * min(columns(words), self.width))

    def _h1(self, element: Element) -> None:
        self._heading(element, "=")

    def _h2(self, element: Element) -> None:
        self._heading(element, "-")
        self.lines.append("")

    def _h3(self, element: Element) -> None:
        self._heading(element, "")

    _h4 = _h3

    # --- text ---

    def _p(self, element: Element) -> None:
        if element.parent is not None and element.parent.tag not in ("li", "dd"):
            self.gap()
        self.inside(element)

    def _div(self, element: Element) -> None:
        if element.classes & {"prose", "later-block"}:
            self.gap()
        self.inside(element)

    def _aside(self, element: Element) -> None:
        self.gap()
        self.inside(element)
        self.lines.append("")

    def _section(self, element: Element) -> None:
        self.gap()
        self.inside(element)

    def _blockquote(self, element: Element) -> None:
        self.gap()
        self.below(element, "> ")

    def _pre(self, element: Element) -> None:
        self.gap()
        self.lines += ["    " + line for line in _words(element.children, True).strip("\n").split("\n")]

    def _hr(self, element: Element) -> None:
        self.gap()
        self.lines += ["---", ""]

    def _details(self, element: Element) -> None:
        self.gap()
        for child in element.children:
            if isinstance(child, Element) and child.tag == "summary":
                self.paragraph(_words(child.children))
        self.below(Element("div", {}, [child for child in element.children
                                       if not (isinstance(child, Element) and child.tag == "summary")]))

    def _table(self, element: Element) -> None:
        self.gap()
        for row in element.elements():
            if row.tag == "tr":
                self.paragraph(" | ".join(_words(cell.children).strip() for cell in row.children
                                          if isinstance(cell, Element)))

    # --- lists ---

    def _ul(self, element: Element) -> None:
        items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"]
        if "tally" in element.classes:
            self.paragraph(", ".join(_words(item.children).strip() for item in items))
        elif "dated" in element.classes:
            self.dated(items)
        else:
            loose = bool(element.classes & {"accounts", "deadlines"})
            if element.parent is None or element.parent.tag not in ("li", "dd"):
                self.gap()
            for item in items:
                if loose:
                    self.gap()
                self.entry(item, "- ")

    def _ol(self, element: Element) -> None:
        self.gap()
        items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"]
        for number, item in enumerate(items, int(element.attributes.get("start", "1"))):
            own = re.fullmatch(r"source-([0-9]+)", item.id)
            self.entry(item, f"[{own[1]}] " if own else f"{number}. ")

    def entry(self, item: Element, sign: str) -> None:
        lines = self.apart(item, self.width - len(sign)) or [""]
        self.lines.append(sign + lines[0])
        self.lines += [" " * len(sign) + line if line else "" for line in lines[1:]]

    def dated(self, items: list[Element]) -> None:
        """Dated lines: the dates in a column of their own where there is room."""
        pairs = []
        for item in items:
            when = next((child for child in item.children if isinstance(child, Element) and "when" in child.classes),
                        None)
            rest = Element("li", {}, [child for child in item.children if child is not when], Element("ul"))
            pairs.append((" ".join(_words(when.children).split()) if when is not None else "", rest))
        self.gap()
        self.columns(pairs, least=16, most=18)

    def _dl(self, element: Element) -> None:
        self.gap()
        pairs: list[tuple[str, Element]] = []
        label = ""
        for child in element.children:
            if isinstance(child, Element) and child.tag == "dt":
                label = " ".join(_words(child.children).split())
            elif isinstance(child, Element) and child.tag == "dd":
                pairs.append((label, child))
                label = ""
        self.columns(pairs, least=0, most=24)

    def columns(self, pairs: list[tuple[str, Element]], least: int, most: int) -> None:
        """Labels on the left, what belongs to them on the right; below each other where there is no room."""
        longest = max((columns(label) for label, _ in pairs), default=0)
        left = min(max(longest, least if longest else 0), most)
        for label, element in pairs:
            if not label and not left:
                self.lines += self.apart(element, self.width)
            elif self.width < left + 34:
                self.paragraph(label)
                self.below(element)
            elif not label:
                self.lines += self.apart(element, self.width)
            else:
                labels, texts = wrapped(label, left), self.apart(element, self.width - left - 2)
                for number in range(max(len(labels), len(texts))):
                    start = labels[number] if number < len(labels) else ""
                    text = texts[number] if number < len(texts) else ""
                    self.lines.append(f"{start}{' ' * (left - columns(start) + 2)}{text}")


# --- words --------------------------------------------------------------------------------


def _words(nodes: list[Element | str], verbatim: bool = False) -> str:
    """The text of inline elements, with signs for what the page shows by its looks."""
    parts = []
    for number, node in enumerate(nodes):
        if isinstance(node, str):
            parts.append(node if verbatim else re.sub(r"\s+", " ", node))
            continue
        if node.tag in _LEFT_OUT or "needs-js" in node.classes:
            continue
        inner = _words(node.children, verbatim)
        shown = inner.strip()
        if node.tag == "br":
            parts.append(_BREAK)
        elif node.tag == "img":
            parts.append(f"[{node.attributes.get('alt', '')}]")
        elif node.tag == "sup":
            parts.append(f" {inner}")
        elif node.tag == "q":
            parts.append(f"\u201c{inner}\u201d")
        elif node.tag == "em":
            parts.append(f"*{inner}*")
        elif node.tag == "small" or "mark" in node.classes:
            parts.append(f"({shown})".replace(" ", _UNBROKEN))
        elif "cite" in node.classes:
            parts.append(shown.replace(" ", _UNBROKEN))
        elif "note" in node.classes:
            parts.append(f"\u2014 {shown}")
        elif node.tag == "bdi":
            parts.append(shown.replace(" ", _UNBROKEN))
        elif node.tag == "b":
            parts.append(_set_apart(inner, node, nodes[:number], nodes[number + 1:]))
        elif node.tag == "a" and "strong" in node.classes:
            parts.append(f"{inner}:")
        elif "amount" in node.classes:
            parts.append(f"{shown}{_BREAK}")
        elif "also" in node.classes:
            parts.append(f"{_BREAK}{shown}")
        else:
            parts.append(inner)
    return "".join(parts)


def _set_apart(word: str, node: Element, before: list[Element | str], after: list[Element | str]) -> str:
    """A word that the page sets apart by its looks: with a colon before a sentence, in brackets after a name."""
    there = [[other for other in nodes if isinstance(other, Element) or other.strip()] for nodes in (before, after)]
    if there[1]:
        following = there[1][0]
        if isinstance(following, str):
            return f"{word}:" if following.strip()[0].isupper() else word
        own = following.attributes.get("href", "").startswith("#")
        starts = following.tag == "a" and not own and _words([following]).strip()[:1].isupper()
        return f"{word}:" if following.tag == "q" or starts else word
    return f"({word})" if "status" in node.classes and there[0] and isinstance(there[0][-1], Element) else word


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of at most `width` columns. Longer words, such as addresses, stay whole."""
    lines, line, used = [], "", 0
    for word in re.split(r"[ \t\n]+", text.strip()):
        # A name in another script stays on one line where it fits into one.
        for piece in [word] if columns(word) <= width else word.split(_UNBROKEN):
            size = columns(piece)
            if line and used + 1 + size > width:
                lines.append(line)
                line, used = "", 0
            line, used = (f"{line} {piece}", used + 1 + size) if line else (piece, size)
    return [part.replace(_UNBROKEN, " ") for part in ([*lines, line] if line else lines)]


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: none for marks set on other letters, two for wide ones."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me") else
               2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
