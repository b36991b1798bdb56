"""The anchors of statements: each position, step, account, provision and deadline can be cited by itself.

An anchor is made from what the statement is (`position-calder-2031-05-20`), not from where it stands
in its list, so that moving a record in its file breaks no link. A provision's is its label alone.
"""

from __future__ import annotations

from generator.addresses import anchor_text, unique_anchors
from generator.models import Brief, Demand, Instrument
from generator.models.actor import ActorLike
from generator.models.un_process import Body, Meeting

Path = tuple[str | int, ...]


def statement_anchors(brief: Brief) -> dict[Path, str]:
    """The anchor of every citable statement of a brief, by the statement's path in it."""
    wanted: list[tuple[Path, str]] = []

    def want(field: str, text_of) -> None:  # type: ignore[no-untyped-def]
        for index, record in enumerate(getattr(brief, field)):
            wanted.append(((field, index), text_of(record)))

    if isinstance(brief, Instrument):
        want("provisions", lambda r: r.paragraph)
        want("deadlines", lambda r: f"deadline {r.paragraph or r.due or r.within or ''}")
        want("signatories", lambda r: f"{r.act} {' '.join(p.key for p in r.actors[:1])}")
        for field in ("provisions", "deadlines"):
            for index, record in enumerate(getattr(brief, field)):
                for step, entry in enumerate(record.history):
                    wanted.append(((field, index, "history", step), f"step {record.paragraph or ''} {_day(entry)}"))
    if isinstance(brief, Demand):
        want("positions", lambda r: f"position {r.actor.key} {_day(r)}")
        want("history", lambda r: f"status {_day(r)}")
    if isinstance(brief, ActorLike):
        want("standing", lambda r: f"standing {_day(r)}")
        want("memberships", lambda r: f"member of {r.of.key}")
        want("members", lambda r: f"{r.role} {r.actors[0].key if r.actors else ''}")
        want("relations", lambda r: f"{r.type} {r.actor.key}")
        want("designations", lambda r: f"designated by {r.by.key}")
        want("labels", lambda r: f"called so by {r.by.key}")
    if isinstance(brief, Body):
        want("mandate", lambda r: f"mandate {_day(r)}")
        want("heads", lambda r: f"head {r.actor.key}")
    if isinstance(brief, Meeting):
        want("outcome", lambda r: f"outcome {_day(r)}")
    if hasattr(brief, "accounts"):
        want("accounts", lambda r: f"account {r.by.key if r.by else (r.sources[0].id if r.sources else '')} {_day(r)}")
    return dict(zip((path for path, _ in wanted), unique_anchors(text for _, text in wanted), strict=True))


def _day(record) -> str:  # type: ignore[no-untyped-def]
    return anchor_text(str(record.date).replace("..", "on")) if record.date else "undated"
