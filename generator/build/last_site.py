"""The last good site while another is built in its place: where that fails, it comes back as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path


class LastSite:
    """Set the site aside (`set_aside`), build another into its folder, then let it go, or have it back.

    Whoever builds may take it back into the folder in between (`take`), to change only what differs. Each file that goes
    or is written anew is then to be laid aside before (`lay_aside`).
    """

    def __init__(self, site: Path, room: Path) -> None:
        """`room` is an empty folder for what lies aside, best on the same file system."""
        self._site = site
        self._whole, self._files = room / "site", room / "files"
        self._taken: set[str] | None = None
        """The files that were in the site when it was taken back."""
        self._aside: dict[str, Path] = {}
        """Where those lie that were laid aside since."""

    def set_aside(self) -> None:
        """Leave an empty folder in the site's place."""
        self.let_go()
        shutil.move(self._site, self._whole)
        self._site.mkdir()

    def take(self) -> dict[str, tuple[int, int] | None]:
        """Bring the site back into its folder, where that is still empty. What `files_in` finds there then."""
        found = dict(files_in(self._whole))
        try:
            self._site.rmdir()
            os.rename(self._whole, self._site)
        except OSError:  # the builder has left something there, or the room is on another file system
            self._site.mkdir(exist_ok=True)
            return {}
        self._taken = {path for path, state in found.items() if state is not None}
        return found

    def lay_aside(self, path: str) -> None:
        self._files.mkdir(exist_ok=True)
        place = self._files / str(len(self._aside))
        os.rename(self._site / path, place)
        self._aside[path] = place

    def let_go(self) -> None:
        """What was built stays in its place."""
        for folder in (self._whole, self._files):
            shutil.rmtree(folder, ignore_errors=True)
        self._taken, self._aside = None, {}

    def have_back(self) -> None:
        """What was built goes, and the site is as it was."""
        if self._taken is None:
            shutil.rmtree(self._site, ignore_errors=True)
            shutil.move(self._whole, self._site)
        else:
            remove(self._site, [path for path, _ in files_in(self._site) if path not in self._taken])
            for path, place in self._aside.items():
                (self._site / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(place, self._site / path)
        self.let_go()


def files_in(top: Path) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """Every file below a folder with its size and time, and every empty folder, as `a/b/` with None. What is hidden at
    its top, such as .git, is left out: builders leave it where it is."""
    start = len(str(top)) + 1
    folders = [str(top)]
    for folder in folders:
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        for entry in entries:
            if folder == folders[0] and entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                state = entry.stat(follow_symlinks=False)
                yield entry.path[start:].replace(os.sep, "/"), (state.st_size, state.st_mtime_ns)
        if not entries and folder != folders[0]:
            yield folder[start:].replace(os.sep, "/") + "/", None


def remove(top: Path, paths: Collection[str], unlink: Callable[[str], object] | None = None) -> None:
    """Take some of what `files_in` finds out of a folder, with the folders that are empty then. `unlink` is how a file
    goes, if it is not to be lost."""
    for path in paths:
        if not path.endswith("/"):
            with suppress(FileNotFoundError):
                unlink(path) if unlink is not None else os.unlink(top / path)
    for folder in sorted({path.rpartition("/")[0] for path in paths}, key=len, reverse=True):
        while folder:
            try:
                os.rmdir(top / folder)
            except OSError:
                break
            folder = folder.rpartition("/")[0]
