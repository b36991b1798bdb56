"""Writing files: all of one or nothing."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # a system without it
    fcntl = None  # type: ignore[assignment]


def write_text(path: Path, text: str) -> None:
    """Replace a file's text in one step; a link stays a link, and the rights stay as they were.

    Raises OSError where that cannot be done; PermissionError also where only the rights of the
    file itself forbid it, which a replacement would not ask.
    """
    target = path.resolve()
    mode = stat.S_IMODE(target.stat().st_mode)
    if not mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(13, "it is read-only", str(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, with the folders it needs. Raises OSError, FileExistsError among them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = False
    try:
        with open(path, "xb") as file:
            made = True
            file.write(text.encode("utf-8"))
    except BaseException:
        if made:
            path.unlink(missing_ok=True)
        raise


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other command changes a file of the folder, where the system can tell."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write to, whose file takes the place of `path` at the end; what was there stays where that fails."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise OSError(0, "it is no file", str(path))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
