"""The host's API through its command `gh`, and text from strangers made fit to be posted. Standard library only.

No text ever becomes a part of a command: bodies go in as JSON on standard input.
"""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BOT = "github-actions[bot]"
MOST = 60_000
"""Characters of a comment or an issue. The host takes 65,536; the rest is for what stands around the text."""


def api(path: str, method: str = "GET", body: dict[str, Any] | None = None) -> Any:
    """What the API answers, read as JSON. Raises subprocess.CalledProcessError where it refuses."""
    return json.loads(_gh(["api", "--method", method, path], body) or "null")


def api_list(path: str) -> Iterator[Any]:
    """Every entry of a list in the API, over all its pages."""
    return (json.loads(line) for line in _gh(["api", "--paginate", path, "--jq", ".[]"]).split("\n") if line)


def _gh(arguments: list[str], body: dict[str, Any] | None = None) -> str:
    if body is not None:
        arguments = [*arguments, "--input", "-"]
    return subprocess.run(["gh", *arguments], input=json.dumps(body) if body is not None else "", check=True,
                          stdout=subprocess.PIPE, text=True, encoding="utf-8", timeout=60).stdout


def repository() -> str:
    """The repository of this run, as `owner/name`."""
    return os.environ["GITHUB_REPOSITORY"]


def is_ours(entry: dict[str, Any], marker: str) -> bool:
    """Whether a comment or an issue was written by an earlier run: our account, and the marker in its first line."""
    return (entry.get("user") or {}).get("login") == BOT and (entry.get("body") or "").startswith(marker)


def read_text(file: Path, most: int) -> str:
    """A text file of an artifact. Raises ValueError for anything else, such as a link, or more than `most` bytes."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise ValueError(f"{file.name} cannot be read: {error.strerror}") from None
    with open(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ValueError(f"{file.name} is no plain file")
        data = stream.read(most + 1)
    if len(data) > most:
        raise ValueError(f"{file.name} is larger than {most} bytes")
    return data.decode("utf-8", "replace")


def own_lines() -> str:
    """How the links begin that may stay in a text from strangers: those to lines of this repository's files."""
    return f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{repository()}/blob/"


def harmless(text: str) -> str:
    """Text that calls nobody, loads nothing, hides nothing and leads only to lines of this repository.

    Mentions, images, HTML, control characters, entities that would spell any of them, and links to elsewhere are
    broken with a space without width, or shown as they are typed. What `briefing diff` writes stays as it is.
    """
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066\u2067]", "", text.replace("\r\n", "\n"))
    text = re.sub(r"&(?!(?:amp|lt|gt);)", "&amp;", text).replace("<", "&lt;")
    text = re.sub(r"(?<![A-Za-z0-9_])@(?=\w)", "@\u200b", text)
    text = re.sub(r"!(?=\[)", "!\u200b", text)
    own = rf"\({re.escape(own_lines())}(?:(?!\.\.)[^\s()])*\)"
    text = re.sub(rf"\](?=[(\[:])(?!{own})", "]\u200b", text)
    return re.sub(r"(?<!\]\()\b(?:(?:https?|ftp)(?=://)|www(?=\.)|(?:mailto|xmpp)(?=:))", "\\g<0>\u200b", text,
                  flags=re.IGNORECASE)


def cut(text: str, where: str) -> str:
    """The text, ended at a line's end before it grows too long; `where` says in words where all of it stands."""
    if len(text) <= MOST:
        return text
    return f"{text[:MOST].rpartition(chr(10))[0] or text[:MOST]}\n\n*This is cut here. {where}*\n"
