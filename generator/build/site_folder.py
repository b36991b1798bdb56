"""The folder that a site is written to. What an earlier build wrote there and is still the same stays as it is."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.build.kept import Kept
from generator.build.last_site import LastSite, files_in, remove
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

    def __init__(self, folder: Path, kept: Kept, last: LastSite | None = None) -> None:
        """`last` is the site where somebody has set it aside who may want it back as it is."""
        self.folder = folder
        self._kept = kept
        self._aside = kept.aside
        self._last = last
        self._intact: dict[str, Written] = {}
        self._groups: dict[str, list[str]] = {}
        self._fingerprint = ""
        self._now: dict[str, Written] = {}
        self._now_groups: dict[str, list[str]] = {}
        self._made: set[str] = set()

    # --- around the builder's cleaning ---------------------------------------------------

    def set_aside(self) -> None:
        """Before the builder empties the folder: keep what an earlier build left."""
        if self._aside is None or self._last is not None:
            return
        shutil.rmtree(self._aside, ignore_errors=True)
        with suppress(OSError):  # another file system, or none there
            os.rename(self.folder, self._aside)

    def bring_back(self) -> None:
        """After the builder has emptied the folder: have what is still as it was written."""
        found = self._last.take() if self._last is not None else self._taken()
        known = self._remembered()
        self._intact = {path: known[path] for path, state in found.items() if path in known and state == known[path][:2]}
        self._remove(found.keys() - self._intact.keys())

    def _taken(self) -> dict[str, tuple[int, int] | None]:
        """What is in the folder that was set aside, once that is in its place again."""
        if self._aside is None or not self._aside.is_dir():
            return {}
        try:
            if self.folder.is_dir():
                self.folder.rmdir()
            os.rename(self._aside, self.folder)
        except OSError:
            shutil.rmtree(self._aside, ignore_errors=True)
            return {}
        return dict(files_in(self.folder))

    def _remove(self, paths: Collection[str]) -> None:
        remove(self.folder, paths, self._last.lay_aside if self._last is not None else None)

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
        self._keep(group)
        return True

    def stays(self, groups: Iterable[str]) -> bool:
        """Leave the files of groups as they are, whatever they should say by now. False where one of them is not there."""
        found = list(groups)
        if not all(group in self._groups and self._intact.keys() >= set(self._groups[group]) for group in found):
            return False
        for group in found:
            self._keep(group)
        return True

    def _keep(self, group: str) -> None:
        self._now_groups[group] = paths = self._groups[group]
        self._now.update((path, self._intact[path]) for path in paths)

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
            if there is not None and self._last is not None:
                self._last.lay_aside(file.path)
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
            try:
                os.mkdir(folder)
            except OSError:
                os.makedirs(folder, exist_ok=True)
            self._made.add(folder)
        return folder.rstrip("/")

    @property
    def groups(self) -> dict[str, list[str]]:
        """The paths of all files that belong to the site, by group."""
        return self._now_groups

    def end(self, fingerprint: str | None) -> None:
        """Take away what belongs to no group any more, and remember how the files were written: without a fingerprint
        that some may still say the one from before."""
        self._remove(self._intact.keys() - self._now.keys())
        said = self._fingerprint if fingerprint is None else fingerprint
        value = json.dumps({"fingerprint": said, "groups": self._now_groups, "files": self._now})
        self._kept.keep(PART, "", str(self.folder.absolute()), b"", value.encode())
