"""Every link to the repository's host: where content is edited, and where a mistake in it is reported.

The builder's configuration names the repository's address, its branch and the host's style; nothing else does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import quote, urlencode, urlsplit

from msgspec.structs import replace

from generator.values import Value

LONGEST = 2000
"""Characters of an address that every browser, mail program and host takes."""

FORM = "mistake.yml"
"""The form for mistakes, on hosts with forms. Its fields are `page`, `statement`, `source`, `wrong` and `right`."""


class BadRepository(ValueError):
    """The configuration names a repository that no link can be made to; the message says what is wrong."""


class Host(Value):
    """How one style of host makes its addresses, from the repository's own, a branch, a path and a line."""

    edit: str
    line: str
    folder: str
    issue: str
    title: str
    body: str
    """The names that an issue's title and text have in the address; without a name for text the host shows `FORM`."""
    slashes: bool = True
    """Whether a branch's name may hold a slash."""
    commit_line: str = ""
    """A line as of a commit, where that is not a line's address with the commit for the branch."""


_GITEA = Host("{url}/_edit/{branch}/{path}", "{url}/src/branch/{branch}/{path}#L{line}",
              "{url}/src/branch/{branch}/{path}", "{url}/issues/new", "title", "body",
              commit_line="{url}/src/commit/{branch}/{path}#L{line}")

HOSTS: dict[str, Host] = {
    "github": Host("{url}/edit/{branch}/{path}", "{url}/blob/{branch}/{path}#L{line}", "{url}/tree/{branch}/{path}",
                   "{url}/issues/new", "title", ""),
    "gitlab": Host("{url}/-/edit/{branch}/{path}", "{url}/-/blob/{branch}/{path}#L{line}",
                   "{url}/-/tree/{branch}/{path}", "{url}/-/issues/new", "issue[title]", "issue[description]"),
    "gitea": _GITEA,
    "forgejo": _GITEA,
    "bitbucket": Host("{url}/src/{branch}/{path}?mode=edit&at={branch}", "{url}/src/{branch}/{path}#lines-{line}",
                      "{url}/src/{branch}/{path}", "{url}/issues/new", "title", "content", slashes=False),
}
"""Every style of host that links can be made for."""

_quoted = lru_cache(maxsize=4096)(quote)
"""A page leads to many lines of its file."""

_PLAIN = (*((name, name) for name in HOSTS), ("codeberg.org", "forgejo"))
"""What an address says of its host's style: a word in the host's name, and the style."""


class Repository(Value):
    """Where the content is kept. Paths are relative to the repository's top."""

    url: str
    branch: str
    host: Host

    def edit(self, path: str) -> str:
        """Where a file is edited."""
        return self._address(self.host.edit, path)

    def line(self, path: str, line: int | str) -> str:
        """Where a line of a file is shown; its pencil is beside it there."""
        return self._address(self.host.line, path, line)

    def line_at(self, commit: str, path: str, line: int) -> str:
        """Where a line of a file is shown as it was at a commit."""
        return replace(self, branch=commit)._address(self.host.commit_line or self.host.line, path, line)

    def folder(self, path: str) -> str:
        """Where a folder's files are listed."""
        return self._address(self.host.folder, path)

    def _address(self, form: str, path: str, line: int | str = "") -> str:
        return form.format(url=self.url, branch=_quoted(self.branch), path=_quoted(path), line=line)

    def report(self, title: str, page: str, labels: Sequence[str] = (), statement: str = "", source: str = "") -> str:
        """Where a mistake is reported, with what is known filled in: an issue's title, the page's address, a statement
        and its sources.

        `labels` name page, statement and source, and whatever else is asked, where the host has no form of its own:
        its text then holds a paragraph for each, in that order. Long words are cut until the address is no longer
        than `LONGEST`, the statement's first.
        """
        words = {"statement": _one_line(statement), "source": _one_line(source), "title": _one_line(title)}
        while len(address := self._issue(labels, page, **words)) > LONGEST:
            longest = next((name for name, text in words.items() if len(text) > 60), "")
            if not longest:
                break
            words[longest] = _shorter(words[longest])
        return address

    def _issue(self, labels: Sequence[str], page: str, title: str, statement: str, source: str) -> str:
        known = {"page": page, "statement": statement, "source": source}
        if self.host.body:
            paragraphs = [f"{label}: {value}" for label, value in zip_longest(labels, known.values(), fillvalue="")]
            query = {self.host.title: title, self.host.body: "\n\n".join(paragraphs)}
        else:
            query = {"template": FORM, self.host.title: title,
                     **{name: value for name, value in known.items() if value}}
        return f"{self.host.issue.format(url=self.url)}?{urlencode(query, quote_via=quote, safe='')}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shorter(text: str) -> str:
    """A tenth less of a text, cut before a word where one ends near."""
    kept = text.rstrip("…")
    kept = kept[: len(kept) * 9 // 10]
    head, _, tail = kept.rpartition(" ")
    return (head if head and len(tail) < 20 else kept).rstrip(",;: ") + "…"


def repository(url: str, branch: object = "main", host: str = "") -> Repository | None:
    """The repository that a configuration names; None without an address.

    Raises BadRepository for an address, a branch or a host that no link can be made from.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment
            or re.search(r"[\s()<>\[\]\"'`\\]", url)):
        raise BadRepository(f"a repository's web address (repo_url, or --repository) looks like https://host/owner/name, not {url}")
    if "@" in parts.netloc:
        raise BadRepository("repo_url holds a user's name or password, which every page would show: leave it out")
    name = host.strip().lower() or _guessed(parts.hostname)
    styles = ", ".join(HOSTS)
    if not name:
        raise BadRepository(f"the address {url} does not say what kind of host it is: "
                            f"set the option repo_host (REPO_HOST) to one of {styles}")
    if name not in HOSTS:
        raise BadRepository(f'the option repo_host (REPO_HOST) is "{host}", but must be one of {styles}')
    if not isinstance(branch, str):
        raise BadRepository(f"the option repo_branch (REPO_BRANCH) is the number {branch}: put it in quotes")
    if not _is_branch(branch):
        raise BadRepository(f'the option repo_branch (REPO_BRANCH) is "{branch}", which cannot be a branch\'s name: '
                            "write it as `git branch` shows it, such as main")
    if "/" in branch and not HOSTS[name].slashes:
        raise BadRepository(f'the option repo_branch (REPO_BRANCH) is "{branch}", but links to {name} cannot lead to a '
                            "branch with a slash in its name: name another branch")
    return Repository(url.rstrip("/").removesuffix(".git"), branch, HOSTS[name])


def _guessed(hostname: str) -> str:
    """The style of a host whose name says it; empty where it does not."""
    labels = hostname.lower()
    return next((style for word, style in _PLAIN if re.search(rf"(^|[.-]){re.escape(word)}([.-]|$)", labels)), "")


# What git refuses in a branch's name.
_NO_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|/\.|[/.]$|\.lock(/|$)|^@?$")


def _is_branch(name: str) -> bool:
    return not _NO_BRANCH.search(name)
