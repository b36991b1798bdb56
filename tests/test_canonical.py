"""The canonical format: how briefs are laid out, what `briefing check --fix` mends, and what it leaves alone."""

from __future__ import annotations

import pytest

from generator.models import KINDS, Settings
from generator.models.base import Record
from generator.read.records import field_names, record_types


def all_records() -> list[type[Record]]:
    """Every model of a record that content may hold, briefs first."""
    found: dict[type[Record], None] = {}
    waiting: list[type[Record]] = [*KINDS.values(), Settings]
    for model in waiting:
        if model not in found:
            found[model] = None
            waiting += [inner for info in model.model_fields.values() for inner in record_types(info.annotation)]
    return list(found)


@pytest.mark.parametrize("model", all_records(), ids=lambda model: model.__name__)
def test_the_canonical_order_names_each_field_once(model: type[Record]) -> None:
    typed = [info.alias or name for name, info in model.model_fields.items()]
    assert sorted(model.order.split()) == sorted(typed)
    assert list(field_names(model)) == model.order.split()
