"""The content folder at a commit, as git has it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from generator.history import NoHistory, two_sides


def git(folder: Path, *arguments: str) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    result = subprocess.run(
        ["git", "-c", "user.name=Ed", "-c", "user.email=ed@example.org", "-c", "commit.gpgsign=false",
         "-c", "init.defaultBranch=main", "-C", str(folder), *arguments],
        capture_output=True, text=True, check=True, env=clean)
    return result.stdout.strip()


def commit(folder: Path, files: dict[str, str | None], message: str = "A step") -> str:
    """Commit these files (None: deleted) in a repository that is made where there is none; returns its number."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_bytes(text.encode())
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def texts(folder: Path | None) -> dict[str, str] | None:
    """A content folder's files by their path."""
    return None if folder is None else {
        path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in sorted(folder.rglob("*"))
        if path.is_file()}


def both(content: Path, base: str, head: str = "") -> tuple[dict[str, str] | None, dict[str, str] | None]:
    with two_sides(content, base, head) as (before, after):
        return texts(before.folder), texts(after.folder)


def refusal(content: Path, base: str, head: str = "") -> str:
    with pytest.raises(NoHistory) as refused, two_sides(content, base, head):
        pass
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_each_side_is_the_folder_as_it_stood_byte_for_byte(tmp_path: Path) -> None:
    repo = tmp_path / "a repository"
    first = commit(repo, {"a b/my content/x y.yml": "one\r\n", "other.txt": "o"})
    commit(repo, {"a b/my content/x y.yml": "two\n", ".gitattributes": "*.yml export-ignore text eol=crlf\n"})
    (repo / "a b/my content/new.yml").write_text("three\n")
    content = repo / "a b/my content"
    assert both(content, first, "HEAD") == ({"x y.yml": "one\r\n"}, {"x y.yml": "two\n"})
    assert both(content, first) == ({"x y.yml": "one\r\n"}, {"x y.yml": "two\n", "new.yml": "three\n"})
    with two_sides(content, first, "HEAD") as (before, after):
        assert before.folder is not None and before.folder.name == "my content"
        assert (before.path, before.name, after.name) == ("a b/my content", first, "HEAD")
    assert not before.folder.exists()
    assert git(repo, "status", "--porcelain", "-uno") == ""


def test_a_branch_is_compared_since_it_left_the_other(tmp_path: Path) -> None:
    commit(tmp_path, {"content/x.yml": "old"})
    git(tmp_path, "checkout", "--quiet", "-b", "edit")
    commit(tmp_path, {"content/x.yml": "edited"})
    git(tmp_path, "checkout", "--quiet", "main")
    commit(tmp_path, {"content/x.yml": "main moved on"})
    git(tmp_path, "checkout", "--quiet", "edit")
    (tmp_path / "content/x.yml").write_text("now")
    content = tmp_path / "content"
    assert both(content, "main...edit") == ({"x.yml": "old"}, {"x.yml": "edited"})
    assert both(content, "main...", "edit") == ({"x.yml": "old"}, {"x.yml": "edited"})
    assert both(content, "main...") == ({"x.yml": "old"}, {"x.yml": "now"})
    assert both(content, "main..edit") == ({"x.yml": "main moved on"}, {"x.yml": "edited"})
    assert "one too many" in refusal(content, "main...edit", "HEAD")


def test_the_content_may_be_missing_on_one_side_and_be_the_whole_repository(tmp_path: Path) -> None:
    first = commit(tmp_path, {"readme": "r"})
    commit(tmp_path, {"content/x.yml": "x"})
    assert both(tmp_path / "content", first, "HEAD") == (None, {"x.yml": "x"})
    assert both(tmp_path / "content", "HEAD", first) == ({"x.yml": "x"}, None)
    assert both(tmp_path, first, first) == ({"readme": "r"}, {"readme": "r"})
    assert "neither side has a content folder" in refusal(tmp_path / "contents", first, "HEAD")


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    repo = tmp_path / "repo"
    (repo / "content").mkdir(parents=True)
    (repo / "content/same.yml").symlink_to("x.yml")
    (repo / "content/out.yml").symlink_to(secret)
    (repo / "content/up.yml").symlink_to("../../secret")
    commit(repo, {"content/x.yml": "x"})
    assert both(repo / "content", "HEAD", "HEAD")[0] == {
        "same.yml": "x", "x.yml": "x", "out.yml": str(secret), "up.yml": "../../secret"}


def test_a_submodule_is_a_file_that_names_its_commit(tmp_path: Path) -> None:
    number = commit(tmp_path, {"content/x.yml": "x"})
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"160000,{number},content/pages/sub")
    git(tmp_path, "commit", "--quiet", "-m", "A submodule")
    assert both(tmp_path / "content", "HEAD", "HEAD")[0] == {"x.yml": "x", "pages/sub": f"Submodule at {number}\n"}


def test_a_content_folder_that_moved_is_found_where_it_was(tmp_path: Path) -> None:
    files = {"dossier.yml": "d", "actors/a.yml": "a", "actors/b.yml": "b"}
    other = {"tests/content/dossier.yml": "another dossier", "tests/content/actors/z.yml": "z"}
    commit(tmp_path, {**{f"old place/{name}": text for name, text in files.items()}, **other})
    (tmp_path / "old place").rename(tmp_path / "content")
    commit(tmp_path, {"content/actors/b.yml": "B"}, "Moved")
    with two_sides(tmp_path / "content", "HEAD~1") as (before, after):
        assert (texts(before.folder), before.path, after.path) == (files, "old place", "content")
    assert both(tmp_path / "old place", "HEAD~1", "HEAD")[1] == {**files, "actors/b.yml": "B"}
    new = commit(tmp_path, {"content/dossier.yml": None, "content/actors/a.yml": None, "content/actors/b.yml": None})
    assert both(tmp_path / "content", "HEAD~1", new)[1] is None


def test_what_cannot_be_compared_is_refused_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    content.mkdir()
    assert "lies in no git repository" in refusal(content, "main")
    git(tmp_path, "init", "--quiet")
    assert "holds no commit yet" in refusal(content, "HEAD")
    commit(tmp_path, {"content/x.yml": "x"})
    assert 'there is no commit "nowhere" here' in refusal(content, "nowhere")
    assert 'there is no commit "nowhere" here' in refusal(content, "HEAD", "nowhere")
    for name in ("--output=stolen", "-h", "a\nb", "\0"):
        assert "cannot be the name of a commit" in refusal(content, name)
    for name in ("^main", "main:content"):
        assert f'there is no commit "{name}" here' in refusal(content, name)
    git(tmp_path, "checkout", "--quiet", "--orphan", "apart")
    commit(tmp_path, {"content/x.yml": "y"})
    assert "have no commit in common" in refusal(content, "main...apart")
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert "git was not found" in refusal(content, "HEAD")


def test_a_shallow_clone_says_how_to_get_the_rest(tmp_path: Path) -> None:
    first = commit(tmp_path / "whole", {"content/x.yml": "x"})
    commit(tmp_path / "whole", {"content/x.yml": "y"})
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{tmp_path / 'whole'}", "part")
    assert "git fetch --unshallow" in refusal(tmp_path / "part/content", first)


def test_a_branch_that_only_the_remote_has_is_named_in_full(tmp_path: Path) -> None:
    commit(tmp_path / "whole", {"content/x.yml": "x"})
    git(tmp_path / "whole", "branch", "edit")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "whole"), "copy")
    assert 'did you mean "origin/edit"?' in refusal(tmp_path / "copy/content", "edit")


def test_the_surroundings_of_a_hook_lead_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(tmp_path / "mine", {"content/x.yml": "mine"})
    commit(tmp_path / "other", {"content/x.yml": "other"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    assert both(tmp_path / "mine/content", "HEAD", "HEAD")[0] == {"x.yml": "mine"}
