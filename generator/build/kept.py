"""What an earlier build made, kept in one folder that may be deleted at any time.

A file of SQLite holds rows by table and key, each with a checksum over all of it: a row that was damaged is a row that
is not there. One build at a time has the file; another that runs meanwhile does without. A build's changes are one
transaction: one that is interrupted leaves what was there before. Nothing in it is ever run: rows are text and bytes.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.read.one_file import FileRead

FORMAT = 4
"""Another number, another shape of the rows."""

_TABLE = """CREATE TABLE IF NOT EXISTS rows (
    part TEXT, key TEXT, state TEXT, reads BLOB, sum BLOB, value BLOB, PRIMARY KEY (part, key))"""


class Row(NamedTuple):
    """What is known of a kept value without looking at it: `state` says what it was made from, `reads` which facts."""

    state: str
    reads: bytes
    sum: bytes


class Memory:
    """What a process that builds again and again remembers of its last build, so that it need not be read again."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, FileRead]] = {}
        """What files said, by name, each with the state that tells what it was read from."""
        self.rows: dict[str, dict[str, Row]] = {}
        self.values: dict[str, dict[str, bytes]] = {}
        """Rows as they are kept, by part and key, and the values of parts that were asked for at once."""
        self.left: tuple[int, ...] = ()
        """What shows that nobody has written to the file of rows since."""

    def keep(self, part: str, key: str, row: Row, value: bytes) -> None:
        if part in self.rows:
            self.rows[part][key] = row
        if part in self.values:
            self.values[part][key] = value

    def drop(self, part: str, key: str) -> None:
        self.rows.get(part, {}).pop(key, None)
        self.values.get(part, {}).pop(key, None)

    def forget_rows(self) -> None:
        self.rows, self.values, self.left = {}, {}, ()


class Kept:
    """The rows of one file. Everything works without one: then nothing is known, and nothing is kept."""

    def __init__(self, folder: Path | None, name: str, memory: Memory | None = None) -> None:
        self._file = folder / f"{name}-{FORMAT}.sqlite" if folder is not None else None
        self._base: sqlite3.Connection | None = None
        self._memory = memory
        if self._file is not None:
            self._base = _opened(self._file)
        if memory is not None and memory.left != self._state():
            memory.forget_rows()

    def _state(self) -> tuple[int, ...]:
        """What is another one whenever somebody has written to the file; nothing where there is none."""
        if self._file is not None and self.here:
            with suppress(OSError):
                state = self._file.stat()
                return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
        return ()

    @property
    def here(self) -> bool:
        """Whether anything can be kept."""
        return self._base is not None

    @property
    def aside(self) -> Path | None:
        """A place for the site while the builder empties its folder: one, which only the build has that has the file."""
        return self._file.with_suffix("") if self._file is not None and self.here else None

    def rows(self, part: str) -> dict[str, Row]:
        """Every sound row of a part, by its key."""
        if self._memory is None or not self.here:
            return self._read_rows(part)
        if part not in self._memory.rows:
            self._memory.rows[part] = self._read_rows(part)
        return dict(self._memory.rows[part])

    def _read_rows(self, part: str) -> dict[str, Row]:
        found: dict[str, Row] = {}
        for key, state, reads, sum in self._all("SELECT key, state, reads, sum FROM rows WHERE part = ?", part):
            with suppress(TypeError, ValueError, AttributeError):
                if sum[:_HALF] == _sum_of_row(part, key, state, reads):
                    found[key] = Row(state, reads, sum)
        return found

    def value(self, part: str, key: str, row: Row) -> bytes | None:
        """The value of a row, exactly as it was kept; None where it is not there as it was."""
        for value, sum in self._all("SELECT value, sum FROM rows WHERE part = ? AND key = ?", part, key):
            if isinstance(value, bytes) and sum == row.sum and sum[_HALF:] == _sum_of_value(value):
                return value
        return None

    def values(self, part: str, rows: Mapping[str, Row]) -> dict[str, bytes]:
        """The values of rows of a part, by key: of those that are there exactly as they were kept."""
        if self._memory is None or not self.here:
            return dict(self._read_values(part, rows))
        if part not in self._memory.values:
            self._memory.values[part] = dict(self._read_values(part, self.rows(part)))
        return {key: value for key, value in self._memory.values[part].items() if key in rows}

    def _read_values(self, part: str, rows: Mapping[str, Row]) -> Iterator[tuple[str, bytes]]:
        for key, sum, value in self._all("SELECT key, sum, value FROM rows WHERE part = ? ORDER BY rowid", part):
            row = rows.get(key)
            if row is not None and sum == row.sum and isinstance(value, bytes) and sum[_HALF:] == _sum_of_value(value):
                yield key, value

    def keep(self, part: str, key: str, state: str, reads: bytes, value: bytes) -> None:
        if self._base is not None:
            sum = _sum_of_row(part, key, state, reads) + _sum_of_value(value)
            self._do("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?)", (part, key, state, reads, sum, value))
            if self._memory is not None:
                self._memory.keep(part, key, Row(state, reads, sum), value)

    def spoil(self, part: str, key: str, row: Row) -> None:
        """Have a row say that it is made from something else than it was; its value stays."""
        spoilt = Row("", row.reads, _sum_of_row(part, key, "", row.reads) + row.sum[_HALF:])
        self._do("UPDATE rows SET state = ?, sum = ? WHERE part = ? AND key = ?", (spoilt.state, spoilt.sum, part, key))
        if self._memory is not None and part in self._memory.rows:
            self._memory.rows[part][key] = spoilt

    def drop(self, part: str, keys: Iterable[str]) -> None:
        """Forget rows."""
        for key in keys:
            self._do("DELETE FROM rows WHERE part = ? AND key = ?", (part, key))
            if self._memory is not None:
                self._memory.drop(part, key)

    def close(self, save: bool) -> None:
        """End the build's transaction: all that was kept is there from now on, or nothing of it."""
        if self._base is not None:
            left: tuple[int, ...] = ()
            with suppress(sqlite3.Error):
                self._base.execute("COMMIT" if save else "ROLLBACK")
                if save and _mostly_empty(self._base):
                    self._base.execute("VACUUM")
                left = self._state() if save else ()
            with suppress(sqlite3.Error):
                self._base.close()
            self._base = None
            if self._memory is not None:
                self._memory.left = left
                if not left:
                    self._memory.forget_rows()

    def _all(self, question: str, *values: object) -> Iterator[tuple]:  # type: ignore[type-arg]
        if self._base is None:
            return
        try:
            yield from self._base.execute(question, values)
        except sqlite3.Error:
            return

    def _do(self, order: str, values: tuple[object, ...]) -> None:
        """Change the rows; where that fails, nothing of this build is kept."""
        if self._base is not None:
            try:
                self._base.execute(order, values)
            except sqlite3.Error:
                self._lose()

    def _lose(self) -> None:
        self.close(save=False)
        if self._file is not None:
            _remove(self._file)


_HALF = 12


def _sum_of_row(part: str, key: str, state: str, reads: bytes) -> bytes:
    head = f"{part}\0{key}\0{state}\0".encode("utf-8", "surrogatepass")
    return blake2b(head + reads, digest_size=_HALF).digest()


def _sum_of_value(value: bytes) -> bytes:
    return blake2b(value, digest_size=_HALF).digest()


def _opened(file: Path) -> sqlite3.Connection | None:
    """The file, for this build alone; a new one where it is damaged, none where another build has it."""
    for attempt in (1, 2):
        base: sqlite3.Connection | None = None
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            ignore = file.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n", encoding="utf-8")
            base = sqlite3.connect(file, timeout=0, isolation_level=None)
            base.execute("PRAGMA page_size = 16384")
            base.execute("PRAGMA synchronous = OFF")
            base.execute("PRAGMA locking_mode = EXCLUSIVE")  # until it is closed: `Memory.left` has to be known before
            base.execute("BEGIN EXCLUSIVE")
            base.execute(_TABLE)
            return base
        except sqlite3.OperationalError as error:
            if base is not None:
                base.close()
            if "locked" in str(error) or attempt == 2:
                return None
            _remove(file)
        except (sqlite3.DatabaseError, OSError):
            if base is not None:
                base.close()
            if attempt == 2:
                return None
            _remove(file)
    return None


def _mostly_empty(base: sqlite3.Connection) -> bool:
    """Whether most of the file is room of rows that are no longer there, so that it has to shrink."""
    free, pages = (base.execute(f"PRAGMA {what}").fetchone()[0] for what in ("freelist_count", "page_count"))
    return bool(free > 100 and free * 2 > pages)


def _remove(file: Path) -> None:
    for path in (file, file.with_name(f"{file.name}-journal")):
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
