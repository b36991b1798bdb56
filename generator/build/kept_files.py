"""What the content's files say, taken over from an earlier build where their bytes are the same."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from generator.build.changed import changed_facts
from generator.facts import with_prints
from generator.build.kept import Kept, Memory, Row
from generator.processes import WORTH_IT, spread
from generator.read.content import files_to_read
from generator.read.pickled import NotKept, dump, load
from generator.read.one_file import FileRead, read_file
from generator.reads import Fact

PART = "files"


class KeptFiles:
    """Reads files as `read_file` does. `state` is that of the program: another one reads everything anew."""

    def __init__(self, kept: Kept, state: str, memory: Memory | None = None) -> None:
        self._kept = kept
        self._state = state
        self._memory = memory.files if memory is not None else {}
        self._known: dict[str, tuple[Row, bytes | None]]
        """What is kept of each file. A value that is None is read when it is needed: most are remembered."""
        rows = kept.rows(PART)
        values = kept.values(PART, rows) if memory is None else {}
        self._known = {file: (row, values.get(file)) for file, row in rows.items()}
        self._seen: set[str] = set()
        self._ahead: dict[tuple[str, str], bytes] = {}
        self.changed: set[Fact] | None = set() if self._known else None
        """The facts that are not as they were when the last build was made; None where nobody knows."""

    def _state_of(self, kind: str, data: bytes) -> str:
        return f"{self._state} {kind} {blake2b(data, digest_size=16).hexdigest()}"

    def read(self, kind: str, file: str, data: bytes) -> FileRead:
        """What a file says."""
        state = self._state_of(kind, data)
        known = self._known.get(file)
        self._seen.add(file)
        found = self._before(file) if known is not None and known[0].state == state else None
        if found is None:
            ahead = self._ahead.pop((file, state), None)
            found = self._remembered(file, state) or (_loaded(ahead) if ahead is not None else None)
            if found is None:
                found, ahead = _read(kind, file, data), None
            self._note_changes(file, found)
            if self._kept.here:
                self._kept.keep(PART, file, state, b"", ahead or dump(found))
        self._memory[file] = state, found
        return found

    def _remembered(self, file: str, state: str) -> FileRead | None:
        found = self._memory.get(file)
        return found[1] if found is not None and found[0] == state else None

    def _before(self, file: str) -> FileRead | None:
        """What a file said when the last build was made; None where that is not known."""
        row, value = self._known.get(file, (None, None))
        if row is None or not row.state.startswith(f"{self._state} "):
            return None
        found = self._remembered(file, row.state)
        if found is None:
            value = self._kept.value(PART, file, row) if value is None else value
            found = _loaded(value) if value is not None else None
        return found

    def _note_changes(self, file: str, now: FileRead) -> None:
        before = self._before(file)
        if before is None:
            self.changed = None
        elif self.changed is not None:
            self.changed.update(changed_facts(before, now))

    def read_ahead(self, folder: Path, processes: int) -> None:
        """Read the files that are not known in several processes, where they are many."""
        if processes < 2 or any(row.state.startswith(f"{self._state} ") for row, _ in self._known.values()):
            return  # of what this program has read before, few files change
        missing = list(self._missing(folder))
        if len(missing) < WORTH_IT:
            return

        def work(one: tuple[str, str, Path]) -> tuple[str, bytes]:
            kind, file, path = one
            data = path.read_bytes()
            return self._state_of(kind, data), dump(_read(kind, file, data))

        for (_, file, _), (state, value) in spread(work, missing, processes, chunk=32):
            self._ahead[file, state] = value

    def _missing(self, folder: Path) -> Iterator[tuple[str, str, Path]]:
        for kind, file, path in files_to_read(folder):
            try:
                state = self._state_of(kind, path.read_bytes())
            except OSError:
                continue
            if file not in self._known or self._known[file][0].state != state:
                yield kind, file, path

    def forget_the_rest(self) -> None:
        """Drop what was kept of files that are gone. Which briefs there are is told elsewhere; what a page said is not."""
        for file in self._memory.keys() - self._seen:
            del self._memory[file]
        gone = self._known.keys() - self._seen
        if gone:
            self.changed = None
            self._kept.drop(PART, gone)


def _read(kind: str, file: str, data: bytes) -> FileRead:
    return with_prints(read_file(kind, file, data))


def _loaded(value: bytes) -> FileRead | None:
    try:
        return load(value)
    except NotKept:
        return None
