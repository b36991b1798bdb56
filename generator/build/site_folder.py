"""The folder that a site is written to. What an earlier build wrote there and is still the same stays as it is."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.build.kept import Kept
from generator.pages import SiteFile
from generator.shell import OF_ALL, with_fingerprint

PART = "site"
_PLACE = OF_ALL[0].encode()


class Written(NamedTuple):
    """A file as it was written: what shows that nobody has changed it since, and what it held."""

    size: int
    time: int
    digest: str
    dated: bool
    """Whether it says the fingerprint of the whole dossier."""


class SiteFolder:
    """The site's folder through one build.

    The builder empties the folder before it builds. So the folder is set aside before (`set_aside`), and brought back
    afterwards without what is not as an earlier build of these pieces wrote it.
    """

    def __init__(self, folder: Path, kept: Kept, before: Path | None = None) -> None:
        self.folder = folder
        self._kept = kept
        self._aside = kept.aside
        self._before = before
        """A copy of the site that has to stay as it is: its files are shared."""
        self._intact: dict[str, Written] = {}
        self._groups: dict[str, list[str]] = {}
        self._fingerprint = ""
        self._now: dict[str, Written] = {}
        self._now_groups: dict[str, list[str]] = {}
        self._made: set[str] = set()

    # --- around the builder's cleaning ---------------------------------------------------

    def set_aside(self) -> None:
        """Before the builder empties the folder: keep what an earlier build left."""
        if self._aside is None or self._before is not None:
            return
        shutil.rmtree(self._aside, ignore_errors=True)
        with suppress(OSError):  # another file system, or none there
            os.rename(self.folder, self._aside)

    def bring_back(self) -> None:
        """After the builder has emptied the folder: have what is still as it was written."""
        known = self._remembered()
        if self._before is not None:
            self._intact = {path: known[path] for path in _sound(self._before, known) if self._share(path)}
        elif self._aside is not None and self._aside.is_dir():
            self._intact = {path: known[path] for path in _sound(self._aside, known, clean=True)}
            try:
                if self.folder.is_dir():
                    self.folder.rmdir()
                os.rename(self._aside, self.folder)
            except OSError:
                self._intact = {}
                shutil.rmtree(self._aside, ignore_errors=True)

    def _share(self, path: str) -> bool:
        """Take a file of the copy into the folder, without its bytes where the file system can."""
        assert self._before is not None
        target = self.folder / path
        try:
            self._folder_of(path)
            os.link(self._before / path, target)
        except OSError:
            return False
        return True

    def _remembered(self) -> dict[str, Written]:
        """The files as the last build of this folder wrote them."""
        row = self._kept.rows(PART).get("")
        value = self._kept.value(PART, "", row) if row is not None and row.state == str(self.folder.absolute()) else None
        if value is None:
            return {}
        found = json.loads(value)
        self._fingerprint, self._groups = found["fingerprint"], found["groups"]
        return {path: Written(*entry) for path, entry in found["files"].items()}

    # --- files ---------------------------------------------------------------------------

    def has(self, group: str, fingerprint: str) -> bool:
        """Whether all files of a group that is as before are there. Those that say the dossier's fingerprint are not
        where that is another one."""
        paths = self._groups.get(group)
        if paths is None:
            return False
        if not all(path in self._intact and (fingerprint == self._fingerprint or not self._intact[path].dated)
                   for path in paths):
            return False
        self._now_groups[group] = paths
        self._now.update((path, self._intact[path]) for path in paths)
        return True

    def write(self, group: str, files: Iterator[SiteFile], fingerprint: str) -> None:
        """Write the files of a group, but for those that hold the same already."""
        paths = self._now_groups[group] = []
        for file in files:
            paths.append(file.path)
            dated = _PLACE in file.content
            content = with_fingerprint(file.content, fingerprint) if dated else file.content
            digest = blake2b(content, digest_size=12).hexdigest()
            there = self._intact.get(file.path)
            if there is not None and there.digest == digest:
                self._now[file.path] = there._replace(dated=dated)
                continue
            target = self._folder_of(file.path) + "/" + file.path.rpartition("/")[2]
            if there is not None:
                os.unlink(target)  # another name of it may have to stay as it is
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
            try:
                with open(handle, "wb", closefd=False) as out:
                    out.write(content)
                state = os.fstat(handle)
            finally:
                os.close(handle)
            self._now[file.path] = Written(state.st_size, state.st_mtime_ns, digest, dated)

    def _folder_of(self, path: str) -> str:
        folder = os.path.join(self.folder, path.rpartition("/")[0])
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        return folder.rstrip("/")

    @property
    def groups(self) -> dict[str, list[str]]:
        """The paths of all files that belong to the site, by group."""
        return self._now_groups

    def end(self, fingerprint: str) -> None:
        """Take away what belongs to no group any more, and remember how the files were written."""
        for path in self._intact.keys() - self._now.keys():
            with suppress(OSError):
                os.unlink(self.folder / path)
                (self.folder / path).parent.rmdir()
        value = json.dumps({"fingerprint": fingerprint, "groups": self._now_groups, "files": self._now})
        self._kept.keep(PART, "", str(self.folder.absolute()), b"", value.encode())


def _sound(folder: Path, known: dict[str, Written], clean: bool = False) -> Iterator[str]:
    """The files of a folder that nobody has changed since they were written; the others go, if it is to be clean."""
    top = len(str(folder)) + 1
    folders, emptied = [str(folder)], set[str]()
    for current in folders:
        try:
            entries = list(os.scandir(current))
        except OSError:
            continue
        for entry in entries:
            if current == folders[0] and entry.name.startswith("."):
                continue  # such as .git: the builder leaves it there too
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
                continue
            path = entry.path[top:].replace(os.sep, "/")
            state = entry.stat(follow_symlinks=False)
            as_written = known.get(path)
            if as_written is not None and (state.st_size, state.st_mtime_ns) == as_written[:2]:
                yield path
            elif clean:
                os.unlink(entry.path)
                emptied.add(current)
        if clean and not entries:
            emptied.add(current)
    for current in sorted(emptied - {folders[0]}, key=len, reverse=True):
        while current not in ("", folders[0]):
            try:
                os.rmdir(current)
            except OSError:
                break
            current = os.path.dirname(current)
