"""Work spread over the machine's cores, where that pays."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

WORTH_IT = 64
"""So many pieces of work are done sooner in several processes; fewer are done by the time those have started."""

_work: Callable[[object], object] | None = None
"""What a process does: it gets it with the rest of the memory of the one that it comes from."""


def cores() -> int:
    """How many processes may run at once. Where a process cannot be split in two safely, it is one."""
    if not sys.platform.startswith("linux"):
        return 1
    return len(os.sched_getaffinity(0))


def spread(work: Callable[[K], V], items: Sequence[K], processes: int, chunk: int = 16,
           least: int = WORTH_IT) -> Iterator[tuple[K, V]]:
    """Each item with what `work` makes of it, in the order in which they are done.

    Start with the items that take longest; fewer than `least` are not spread. What a process cannot do is done again here, so that errors are raised
    where they can be traced.
    """
    global _work
    if processes < 2 or len(items) < least:
        for item in items:
            yield item, work(item)
        return
    # Most builds after an edit do without.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    left = {number: items[at:at + size] for number, (at, size) in enumerate(_cuts(len(items), chunk))}
    _work = work  # type: ignore[assignment]
    gc.freeze()  # what is here already is nothing to look through, neither here nor there
    try:
        with ProcessPoolExecutor(processes, multiprocessing.get_context("fork")) as pool:
            waiting = {pool.submit(_all, some): number for number, some in left.items()}
            for done in as_completed(waiting):
                if done.exception() is None:
                    number = waiting.pop(done)
                    yield from zip(left.pop(number), done.result(), strict=True)  # type: ignore[arg-type]
                elif not isinstance(done.exception(), BrokenProcessPool):
                    pool.shutdown(wait=False, cancel_futures=True)
                    break
    finally:
        _work = None
        gc.unfreeze()
    for some in left.values():
        for item in some:
            yield item, work(item)


def _all(items: Sequence[object]) -> list[object]:
    assert _work is not None
    return [_work(item) for item in items]


def _cuts(count: int, chunk: int) -> Iterator[tuple[int, int]]:
    """Where to cut a list: one by one at its beginning, where what takes long stands, then in chunks."""
    at = 0
    while at < count:
        size = 1 if at < chunk * 2 else chunk
        yield at, size
        at += size
