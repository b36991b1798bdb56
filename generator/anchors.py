"""The anchors of statements: each position, step, account, provision and deadline can be cited by itself.

An anchor is made from what the statement is (`position-calder-2031-05-20`), not from where it stands
in its list, so that moving a record in its file breaks no link. A provision's is its label alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generator.addresses import anchor_text, unique_anchors
from generator.models import Brief, Demand, Instrument
from generator.models.actor import ActorLike
from generator.models.base import Account
from generator.models.fields import Party
from generator.models.un_process import Body, Meeting

Path = tuple[str | int, ...]

_NOBODY: Mapping[str, str] = MappingProxyType({})


def statement_anchors(brief: Brief, called: Mapping[str, str] = _NOBODY) -> dict[Path, str]:
    """The anchor of every citable statement of a brief, by the statement's path in it.

    `called` gives other names to some ids: with the former ids of renamed briefs, the anchors are those of that time.
    """
    wanted: list[tuple[Path, str]] = []

    def key(party: Party) -> str:
        return called.get(party.key, party.key)

    def source(record: Account) -> str:
        id = record.sources[0].id if record.sources else ""
        return called.get(id, id)

    def want(field: str, text_of) -> None:  # type: ignore[no-untyped-def]
        for index, record in enumerate(getattr(brief, field)):
            wanted.append(((field, index), text_of(record)))

    if isinstance(brief, Instrument):
        want("provisions", lambda r: r.paragraph)
        want("deadlines", lambda r: f"deadline {r.paragraph or r.due or r.within or ''}")
        want("signatories", lambda r: f"{r.act} {' '.join(map(key, r.actors[:1]))}")
        for field in ("provisions", "deadlines"):
            for index, record in enumerate(getattr(brief, field)):
                for step, entry in enumerate(record.history):
                    wanted.append(((field, index, "history", step), f"step {record.paragraph or ''} {_day(entry)}"))
    if isinstance(brief, Demand):
        want("positions", lambda r: f"position {key(r.actor)} {_day(r)}")
        want("history", lambda r: f"status {_day(r)}")
    if isinstance(brief, ActorLike):
        want("standing", lambda r: f"standing {_day(r)}")
        want("memberships", lambda r: f"member of {key(r.of)}")
        want("members", lambda r: f"{r.role} {key(r.actors[0]) if r.actors else ''}")
        want("relations", lambda r: f"{r.type} {key(r.actor)}")
        want("designations", lambda r: f"designated by {key(r.by)}")
        want("labels", lambda r: f"called so by {key(r.by)}")
    if isinstance(brief, Body):
        want("mandate", lambda r: f"mandate {_day(r)}")
        want("heads", lambda r: f"head {key(r.actor)}")
    if isinstance(brief, Meeting):
        want("outcome", lambda r: f"outcome {_day(r)}")
    if hasattr(brief, "accounts"):
        want("accounts", lambda r: f"account {key(r.by) if r.by else source(r)} {_day(r)}")
    return dict(zip((path for path, _ in wanted), unique_anchors(text for _, text in wanted), strict=True))


def former_anchors(brief: Brief, renamed: Sequence[Brief]) -> dict[str, tuple[str, ...]]:
    """For the anchors of a brief that hold the id of one of `renamed`: what they were under its former ids.

    An address of a statement, once published, never dies either.
    """
    if not renamed:
        return {}
    now = statement_anchors(brief)
    taken, found = set(now.values()), dict[str, list[str]]()
    for number in range(max((len(other.formerly) for other in renamed), default=0)):
        called = {other.id: other.formerly[number] for other in renamed if number < len(other.formerly)}
        for path, old in statement_anchors(brief, called).items():
            if old not in taken:
                taken.add(old)
                found.setdefault(now[path], []).append(old)
    return {anchor: tuple(old) for anchor, old in found.items()}


def _day(record) -> str:  # type: ignore[no-untyped-def]
    return anchor_text(str(record.date).replace("..", "on")) if record.date else "undated"
