"""The content folder as it stood at a commit: everything that is asked of git is asked here, and git only reads.

A commit's content is copied into a temporary folder, file by file and byte for byte, so that neither the work
tree nor the index is touched and no attribute or filter of the repository changes a file on the way.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.dossier import SETTINGS
from generator.values import Value

WORK_TREE = ""
"""Stands for the files as they are now, which no commit holds yet."""


class NoHistory(Exception):
    """The commits cannot be compared; the message says why in one sentence."""


class Side(Value):
    """One side of a comparison."""

    folder: Path | None
    """The content folder as it stood; None where there was none."""
    name: str
    """What the person called it: `main`, `HEAD~2`; empty for the files as they are now."""
    commit: str
    """The commit's whole number; empty for the files as they are now."""
    path: str
    """Where the content folder stood in the repository, such as `content`; empty for its root."""


@contextmanager
def two_sides(content: Path, base: str, head: str = WORK_TREE) -> Iterator[tuple[Side, Side]]:
    """The content at two commits, for as long as the context lasts. Without a head it is the files as they are now.

    `A...B` as base stands for where B left A, and for B; `A...` for where the head left A. Raises NoHistory.
    """
    repository = Repository(content)
    since_they_parted, base, head = _range(base, head)
    after = repository.commit(head) if head else WORK_TREE
    before = repository.commit(base or "HEAD")
    if since_they_parted:
        before = repository.merge_base(before, after or repository.commit("HEAD"), base or "HEAD", head or "HEAD")
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        old = repository.content_at(before, Path(folder) / "before")
        new = repository.content_at(after, Path(folder) / "after") if after else (
            content if content.is_dir() else None)
        was = now = repository.path
        if old is None and new is None:
            raise NoHistory(f"neither side has a content folder {content}: name it with --content DIR")
        if old is None:
            old, was = repository.moved_content(before, Path(folder) / "before", new)
        elif new is None and after:
            new, now = repository.moved_content(after, Path(folder) / "after", old)
        yield (Side(old, base or "HEAD", before, was), Side(new, head, after, now))


def _range(base: str, head: str) -> tuple[bool, str, str]:
    """Whether the commit where the two parted is meant, and the two names without dots."""
    dots = re.search(r"\.\.\.?", base)
    if dots is None:
        return False, base, head
    end = base[dots.end():]
    if end and head:
        raise NoHistory(f'"{base}" names both sides already, so "{head}" is one too many')
    return dots[0] == "...", base[:dots.start()], end or head


class Repository:
    """The git repository that a content folder lies in."""

    def __init__(self, content: Path) -> None:
        """Find the repository. Raises NoHistory where there is none, or no git."""
        folder, below = content.resolve(), []
        while not folder.is_dir():
            below.insert(0, folder.name)
            folder = folder.parent
        self._at = folder
        self._content = content
        prefix = self._line("rev-parse", "--show-prefix")
        if prefix is None:
            raise NoHistory(self._why_not())
        self.path = posixpath.join(prefix, *below).strip("/")
        self._name = content.resolve().name or "content"

    def commit(self, name: str) -> str:
        """The number of the commit that a person means. Raises NoHistory where there is none."""
        if not name or name.startswith("-") or re.search(r"[\x00-\x1f\x7f]", name):
            raise NoHistory(f"{name!r} cannot be the name of a commit: write a branch, a tag or a commit's number")
        found = self._line("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if found and re.fullmatch(r"[0-9a-f]+", found):  # of ^main git answers ^ and a number
            return found
        if name == "HEAD":
            raise NoHistory("this repository holds no commit yet, so there is nothing to compare with")
        if self._line("rev-parse", "--verify", "--quiet", "--end-of-options", f"origin/{name}^{{commit}}"):
            raise NoHistory(f'there is no commit "{name}" here: did you mean "origin/{name}"?')
        raise NoHistory(f'there is no commit "{name}" here: write a branch, a tag or a commit\'s number'
                        + self._shallow())

    def merge_base(self, one: str, other: str, one_name: str, other_name: str) -> str:
        """The commit where two parted. Raises NoHistory where they never were together."""
        found = self._line("merge-base", one, other)
        if not found:
            raise NoHistory(f'"{one_name}" and "{other_name}" have no commit in common' + self._shallow())
        return found

    def content_at(self, commit: str, into: Path, at: str | None = None) -> Path | None:
        """Copy the content folder of a commit into a folder. None where the commit has no such folder.

        A symbolic link that leads out of the folder, or to no file, is a file that holds where it leads: so it is
        seen that it is there, and nothing outside is read. A submodule is a file that names its commit.
        """
        tree = f"{commit}:{self.path if at is None else at}"
        if self._line("cat-file", "-t", tree) != "tree":
            return None
        files, links, modules = self._files(tree)
        texts = self._objects([*files.values(), *links.values()])
        texts |= {number: f"Submodule at {number}\n".encode() for number in modules.values()}
        followed = _followed(links, texts)
        files |= modules | {path: files.get(followed.get(path, ""), number) for path, number in links.items()}
        target = into / self._name
        target.mkdir(parents=True)
        for path, number in files.items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(texts[number])
        return target

    def moved_content(self, commit: str, into: Path, like: Path | None) -> tuple[Path | None, str]:
        """The content folder of a commit that has it elsewhere, and where: the one with mostly the same files.

        None, and the path of today, where there is no such folder: then the content is new, or gone.
        """
        if like is not None:
            names = {path.relative_to(like).as_posix() for path in like.rglob("*") if path.is_file()}
            paths = {os.fsdecode(path) for path in
                     self._bytes("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit).split(b"\0")}
            folders = [posixpath.dirname(path) for path in sorted(paths) if posixpath.basename(path) == SETTINGS]
            shared = {folder: sum(f"{folder}/{name}".lstrip("/") in paths for name in names) for folder in folders}
            best = max(folders, key=lambda folder: shared[folder], default="")
            if folders and 2 * shared[best] >= len(names):
                return self.content_at(commit, into, best), best
        return None, self.path

    def _files(self, tree: str) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
        """The files below a tree and, apart, its symbolic links and its submodules: numbers of objects by path."""
        files: dict[str, str] = {}
        links: dict[str, str] = {}
        modules: dict[str, str] = {}
        for entry in self._bytes("ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0"):
            head, _, name = entry.partition(b"\t")
            path = os.fsdecode(name)
            if not path or any(part in ("", ".", "..") for part in path.split("/")):
                continue
            mode, _, number = head.decode("ascii").split(" ")[:3]
            if mode.startswith("100"):
                files[path] = number
            elif mode == "120000":
                links[path] = number
            elif mode == "160000":
                modules[path] = number
        return files, links, modules

    def _objects(self, numbers: list[str]) -> dict[str, bytes]:
        """The contents of objects by their numbers, all in one go."""
        data = self._bytes("cat-file", "--batch", input="".join(f"{n}\n" for n in dict.fromkeys(numbers)).encode())
        found: dict[str, bytes] = {}
        at = 0
        while at < len(data):
            end = data.index(b"\n", at)
            number, *rest = data[at:end].decode("ascii").split(" ")
            if len(rest) != 2:
                raise NoHistory(f"git does not have the file {number} of that commit" + self._shallow())
            size = int(rest[1])
            found[number] = data[end + 1:end + 1 + size]
            at = end + 1 + size + 1
        return found

    # --- git itself ----------------------------------------------------------------------

    def _run(self, *arguments: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        # Whatever GIT_... the caller has, as hooks do, names another repository or index.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        try:
            return subprocess.run(
                ["git", "--no-pager", "--no-replace-objects", "-C", str(self._at), *arguments], input=input,
                capture_output=True, check=False,
                env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
                     "GIT_NO_LAZY_FETCH": "1"})
        except OSError:
            raise NoHistory("git was not found, and commits cannot be compared without it: install git") from None

    def _line(self, *arguments: str) -> str | None:
        """What git answers on one line; None where it refuses."""
        result = self._run(*arguments)
        return os.fsdecode(result.stdout).rstrip("\n") if result.returncode == 0 else None

    def _bytes(self, *arguments: str, input: bytes = b"") -> bytes:
        result = self._run(*arguments, input=input)
        if result.returncode:
            raise NoHistory(f"git could not read that commit: {_first_line(result.stderr)}")
        return result.stdout

    def _why_not(self) -> str:
        said = _first_line(self._run("rev-parse", "--show-prefix").stderr)
        if "not a git repository" in said:
            return f"{self._content} lies in no git repository, so there are no commits to compare"
        return f"git cannot use the repository that {self._content} lies in: {said}"

    def _shallow(self) -> str:
        """What to add to a refusal where the clone holds only the last commits."""
        if self._line("rev-parse", "--is-shallow-repository") != "true":
            return ""
        return " (this clone holds only the last commits: get the others with `git fetch --unshallow`)"


def _followed(links: dict[str, str], texts: dict[str, bytes]) -> dict[str, str]:
    """Where the symbolic links lead that stay inside the folder: path by path. Others are left out."""
    found = {}
    for path, number in links.items():
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(texts[number])))
        if not target.startswith(("/", "..")):
            found[path] = target
    return found


def _first_line(said: bytes) -> str:
    lines = os.fsdecode(said).strip().splitlines() or ["it gave no reason"]
    return lines[0].removeprefix("fatal: ")
