"""Who names whom: the references and citations that a record or a page makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from generator import prose
from generator.models.base import Record, value_of
from generator.models.fields import Citation, CountingPoint, Party, Prose, Reference
from generator.values import Value

PathIn = tuple[str | int, ...]


class Link(Value):
    """A reference from one place to a brief, or a citation of a source.

    `origin` is a brief's id, `dossier.yml`, or `pages/<name>`; `path` leads to the value that holds it.
    `token` is the reference as typed where it stands in prose, and None where a field names an id.
    """

    origin: str
    path: PathIn
    target: str
    anchor: str
    cites: bool
    kinds: tuple[str, ...]
    token: prose.Token | None = None

    @property
    def role(self) -> str:
        """The way of fields to the link without places in lists, such as `positions.actor`."""
        return ".".join([step for step in self.path if type(step) is str])


_ANY = Reference.kinds
_SOURCE = ("source",)


@cache
def may_name(kind: type) -> bool:
    """Whether values of a type can name a brief."""
    return issubclass(kind, (Prose, Citation, Party, CountingPoint, Reference))


def links_in(origin: str, path: PathIn, value: object) -> Iterator[Link]:
    """The references and citations in one value of a record."""
    if isinstance(value, Prose):
        for token in prose.tokens(value):
            cites = token.kind == prose.CITATION
            yield Link(origin, path, token.target, token.anchor, cites, _SOURCE if cites else _ANY, token)
    elif isinstance(value, Citation):
        yield Link(origin, path, value.id, "", True, _SOURCE)
    elif isinstance(value, Party):
        if value.ref is not None:
            yield Link(origin, path, value.ref.id, "", False, value.ref.kinds)
    elif isinstance(value, CountingPoint):
        if value.ref is not None:
            yield Link(origin, path, value.ref.id, value.ref.anchor, False, value.ref.kinds)
    elif isinstance(value, Reference):
        yield Link(origin, path, value.id, value.anchor, False, value.kinds)


def is_named(link: Link) -> bool:
    """Whether a link is an id in a field, and no reference in prose nor a citation."""
    return link.token is None and not link.cites


def cited_in_texts(record: Record, links: Iterable[Link]) -> dict[str, frozenset[str]]:
    """A record's own texts by field, each with the sources that it cites; `links` are all that start in the record.

    The texts themselves are not noted as read: nothing depends on their words.
    """
    cited: dict[str, set[str]] = {name: set() for name, value in record.__dict__.items() if isinstance(value, Prose) and value}
    for link in links:
        if link.cites and link.token is not None and len(link.path) == 1:
            cited[str(link.path[0])].add(link.target)
    return {name: frozenset(sources) for name, sources in cited.items()}


def value_at(record: object, path: PathIn) -> object:
    """The value at a path of a record, by the names that editors type."""
    for step in path:
        if isinstance(step, int):
            record = record[step]  # type: ignore[index]
        else:
            assert isinstance(record, Record)
            record = value_of(record, step)
    return record
