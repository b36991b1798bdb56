"""What a change does to the questions on which accounts differ."""

from __future__ import annotations

from collections.abc import Iterator

from generator.compare.changes import CHANGED, BriefChange, Changes, Place
from generator.models import Brief
from generator.models.base import Account
from generator.values import Value
from generator.views.briefs import AccountGroup, account_groups
from generator.views.contested import differs


class ContestNews(Value):
    """A question that has another number of accounts than before, or other figures, and is or was contested."""

    brief: Brief
    on: str
    before: int
    after: int
    """How many accounts there are of it; 1 and 0 are not contested."""
    figures: str
    """The numbers that they give now, in words; empty where they are no numbers."""
    old_figures: str
    place: Place


def contest_news(changes: Changes) -> Iterator[ContestNews]:
    """In the order of briefs, and of questions in a brief."""
    for brief in changes.briefs:
        if brief.how != CHANGED or not any(change.field == "accounts" for change in brief.records):
            continue
        old, new = (_groups(dossier, record) for dossier, record in (
            (changes.before.dossier, brief.before), (changes.after.dossier, brief.after)))
        for on in {**new, **old}:
            before, after = old.get(on), new.get(on)
            if not ((before and before.contested) or (after and after.contested)):
                continue
            counts = tuple(len(group.accounts) if group else 0 for group in (before, after))
            figures, old_figures = (differs(group) if group else "" for group in (after, before))
            if counts[0] != counts[1] or figures != old_figures:
                yield ContestNews(brief.brief, on, *counts, figures, old_figures, _place(brief, on))


def _groups(dossier: object, brief: object) -> dict[str, AccountGroup]:
    return {str(group.on): group for group in account_groups(dossier, brief) if group.on}  # type: ignore[arg-type]


def _place(brief: BriefChange, on: str) -> Place:
    """The first account of the question that changed."""
    return next((change.place for change in brief.records for record in (change.after, change.before)
                 if isinstance(record, Account) and str(record.on) == on), brief.place)
