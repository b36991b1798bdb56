"""Work spread over the machine's cores, where that pays."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

K = TypeVar("K")
V = TypeVar("V")

WORTH_IT = 64
"""So many pieces of work are done sooner in several processes; fewer are done by the time those have started."""


def cores() -> int:
    """How many processes may run at once. Where a process cannot be split in two safely, it is one."""
    if not sys.platform.startswith("linux"):
        return 1
    return len(os.sched_getaffinity(0))


def spread(work: Callable[[K], V], items: Sequence[K], processes: int, chunk: int = 16,
           least: int = WORTH_IT) -> Iterator[tuple[K, V]]:
    """Each item with what `work` makes of it, as `Workers` do it."""
    with Workers(work, processes) as workers:
        yield from workers.each(items, chunk, least)


_work: Callable[[Any], Any] | None = None
"""What a process does: it gets it with the rest of the memory of the one that it comes from."""


class Workers(Generic[K, V]):
    """Processes that all do the same, each with what there was in memory when the first work was worth starting them.

    Who starts them pays for each page of memory that they touch: use the same ones as long as possible.
    """

    def __init__(self, work: Callable[[K], V], processes: int) -> None:
        self._do, self._processes = work, processes
        self._pool: ProcessPoolExecutor | None = None
        self._broken = False

    def __enter__(self) -> Workers[K, V]:
        return self

    def __exit__(self, *_: object) -> None:
        global _work
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = _work = None
            gc.unfreeze()

    @property
    def have_started(self) -> bool:
        """Whether there are processes, which know nothing of what has come into memory since."""
        return self._pool is not None

    def each(self, items: Sequence[K], chunk: int = 16, least: int = WORTH_IT) -> Iterator[tuple[K, V]]:
        """Each item with what is made of it, in the order in which they are done.

        Start with the items that take longest; fewer than `least` start no process. What a process cannot do is done
        again here, so that errors are raised where they can be traced.
        """
        if self._processes < 2 or self._broken or (self._pool is None and len(items) < least):
            for item in items:
                yield item, self._do(item)
            return
        left = {number: items[at:at + size] for number, (at, size) in enumerate(_cuts(len(items), chunk))}
        for number, values in self._in_processes(left):
            yield from zip(left.pop(number), values, strict=True)
        for some in left.values():
            for item in some:
                yield item, self._do(item)

    def _in_processes(self, chunks: Mapping[int, Sequence[K]]) -> Iterator[tuple[int, list[V]]]:
        from concurrent.futures import as_completed
        from concurrent.futures.process import BrokenProcessPool

        pool = self._started()
        waiting = {pool.submit(_all, some): number for number, some in chunks.items()}
        for done in as_completed(waiting):
            if done.exception() is None:
                yield waiting.pop(done), done.result()
            elif not isinstance(done.exception(), BrokenProcessPool):
                break
        self._broken = bool(waiting)
        for future in waiting:
            future.cancel()

    def _started(self) -> ProcessPoolExecutor:
        global _work
        # Most builds after an edit do without.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        if self._pool is None:
            _work = self._do
            gc.freeze()  # what is here already is nothing to look through, neither here nor there
            self._pool = ProcessPoolExecutor(self._processes, multiprocessing.get_context("fork"))
        return self._pool


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
