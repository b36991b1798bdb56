"""Keeps one issue about outside addresses that need an editor: `links_issue.py FOLDER`.

The folder holds what `briefing links` found (`links.json`) and its words for people (`links.md`). The issue is opened
when something needs an editor, updated while it does, and closed when nothing does any more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from github import api, api_list, cut, is_ours, read_text, repository

MARKER = "<!-- briefing: outside addresses -->"
LABEL = "dead-links"
TITLE = "Sources whose address no longer works"
MOST_BYTES = 5_000_000


def main(folder: Path) -> str:
    """Does it, and says what was done. Raises ValueError where the folder lacks what it should hold."""
    found = json.loads(read_text(folder / "links.json", MOST_BYTES))
    needed = sum(bool(entry["needs_editor"]) for entry in found)
    issues = f"repos/{repository()}/issues"
    old = next((entry for entry in api_list(f"{issues}?state=open&labels={LABEL}&per_page=100")
                if "pull_request" not in entry and is_ours(entry, MARKER)), None)
    if not needed:
        if old is None:
            return "Nothing needs an editor."
        number = int(old["number"])
        api(f"{issues}/{number}/comments", "POST", {"body": "Nothing on this list needs an editor any more."})
        api(f"{issues}/{number}", "PATCH", {"state": "closed", "state_reason": "completed"})
        return f"Nothing needs an editor any more: closed issue {number}."
    text = cut(read_text(folder / "links.md", MOST_BYTES).strip(), "The whole list is in the run's summary.")
    body = f"{MARKER}\n{text}\n\n<sub>From [this run]({os.environ['RUN_URL']}); each run updates the list.</sub>\n"
    if old is None:
        make_label()
        api(issues, "POST", {"title": TITLE, "body": body, "labels": [LABEL]})
        return f"Opened an issue: {needed} to look at."
    api(f"{issues}/{int(old['number'])}", "PATCH", {"body": body})
    return f"Updated issue {int(old['number'])}: {needed} to look at."


def make_label() -> None:
    """The label, where it is not there yet. That it is there already is no failure."""
    try:
        api(f"repos/{repository()}/labels", "POST",
            {"name": LABEL, "color": "c5a356", "description": "An outside address no longer works"})
    except subprocess.CalledProcessError:
        pass


if __name__ == "__main__":
    try:
        print(main(Path(sys.argv[1])))
    except ValueError as error:
        sys.exit(f"Nothing was done: {error}.")
