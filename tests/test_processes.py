"""Work that is spread over several processes is done as if it were done here."""

from __future__ import annotations

import os
import sys

import pytest

from generator.processes import Workers, spread

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="there is one process only")


def test_the_same_processes_do_all_the_work_and_few_items_start_none() -> None:
    with Workers(lambda number: (number * number, os.getpid()), 2) as workers:
        few = dict(workers.each(range(3), least=10))
        many = dict(workers.each(range(100), least=10))
        later = dict(workers.each(range(3), least=10))
    assert {pid for _, pid in few.values()} == {os.getpid()}
    assert {number: square for number, (square, _) in many.items()} == {number: number ** 2 for number in range(100)}
    own = {pid for _, pid in many.values()}
    assert os.getpid() not in own and len(own) <= 2 and {pid for _, pid in later.values()} <= own


def test_what_fails_elsewhere_is_raised_here_and_a_process_that_ends_loses_nothing() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if number == 70:
            raise ValueError(f"seventy, {'here' if os.getpid() == here else 'there'}")
        return number

    with pytest.raises(ValueError, match="seventy, here"):
        dict(spread(work, range(100), 2))

    def last(number: int) -> int:
        if number == 70 and os.getpid() != here:
            os._exit(1)
        return number

    assert dict(spread(last, range(100), 2)) == {number: number for number in range(100)}
