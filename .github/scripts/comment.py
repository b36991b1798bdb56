"""Posts what a pull request changes as one comment, and updates it in place: `comment.py FOLDER`.

The folder was written by the pull request's own run, so nothing in it is believed. The number must be that of an open
pull request whose proposed commit and repository are those of the run, which the host told us (`HEAD`,
`HEAD_REPOSITORY`). The text is only ever posted, and made harmless before: it speaks in this repository's name.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from github import api, api_list, cut, harmless, is_ours, read_text, repository

MARKER = "<!-- briefing: what this pull request changes -->"
MOST_BYTES = 1_000_000


def main(folder: Path) -> str:
    """Does it, and says what was done. Raises ValueError where the folder holds something else than it should."""
    number = read_text(folder / "number", 20).strip()
    if not re.fullmatch(r"[1-9][0-9]{0,8}", number):
        raise ValueError(f"{number!r} is no pull request's number")
    text = harmless(read_text(folder / "changes.md", MOST_BYTES)).strip()
    reason = doubt(number)
    return f"Nothing was posted: {reason}." if reason else post(number, text)


def doubt(number: str) -> str:
    """Why the text is not the pull request's, or no longer; empty where it is."""
    pull = api(f"repos/{repository()}/pulls/{number}")
    head = pull["head"]
    if pull["state"] != "open":
        return f"pull request {number} is closed"
    if (head.get("repo") or {}).get("full_name") != os.environ["HEAD_REPOSITORY"]:
        return f"pull request {number} comes from another repository than the run"
    if head["sha"] != os.environ["HEAD"]:
        return f"pull request {number} proposes another commit than the run's; a newer run will tell of it"
    return ""


def post(number: str, text: str) -> str:
    comments = f"repos/{repository()}/issues/{number}/comments"
    old = next((entry for entry in api_list(f"{comments}?per_page=100") if is_ours(entry, MARKER)), None)
    if old is None and not text:
        return "Nothing was posted: the content does not change."
    words = cut(text, "The whole text is in the run's summary.") if text else "This pull request does not change the content."
    source = f"<sub>Made for {os.environ['HEAD'][:10]} by [this run]({os.environ['RUN_URL']}).</sub>"
    body = {"body": f"{MARKER}\n{words}\n\n{source}\n"}
    if old is None:
        api(comments, "POST", body)
        return f"Posted on pull request {number}."
    api(f"repos/{repository()}/issues/comments/{int(old['id'])}", "PATCH", body)
    return f"Updated on pull request {number}."


if __name__ == "__main__":
    try:
        print(main(Path(sys.argv[1])))
    except ValueError as error:
        sys.exit(f"Nothing was posted: {error}.")
    except subprocess.CalledProcessError:
        sys.exit("Nothing was posted: the host refused, see above.")
