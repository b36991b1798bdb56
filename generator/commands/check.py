"""`briefing check`: every problem in the content at once, and the mending of what has one right answer."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from generator.commands import FINE, PROBLEMS, Commands, WrongUsage, add_command, content_folder, failed
from generator.diagnostics import ERROR, Diagnostic
from generator.load import link_and_check
from generator.processes import WORTH_IT, cores, spread
from generator.read.content import Content, YamlFile, files_to_read, read_content
from generator.read.one_file import PAGE_KIND, RELEASES_KIND, FileRead, read_file
from generator.read.origin import tree
from generator.read.pickled import dump, load


def add(commands: Commands) -> None:
    parser = add_command(commands, "check", run, "Say everything that is wrong with the content.")
    parser.add_argument("--format", choices=("text", "github", "json"), default="text")
    parser.add_argument("--strict", action="store_true", help="warnings count as errors for the exit code")
    parser.add_argument("--fix", action="store_true",
                        help="mend what has one right answer: order of fields, quotes, spacing, lists")
    parser.add_argument("--dry-run", action="store_true", help="with --fix: show what would change, change nothing")


def run(options: argparse.Namespace) -> int:
    if options.dry_run and not options.fix:
        raise WrongUsage("--dry-run shows what --fix would change: write --fix --dry-run")
    if options.dry_run and options.format != "text":
        raise WrongUsage("--dry-run shows a diff, so it goes with no other --format")
    folder = content_folder(options)
    collecting = gc.isenabled()
    gc.disable()  # all that is read stays to the end: looking through it again and again finds nothing
    try:
        return _check(folder, options)
    finally:
        if collecting:
            gc.freeze()  # the end of the process looks through all that there is for what can go
            gc.enable()


def _check(folder: Path, options: argparse.Namespace) -> int:
    formats = Formats()
    formats.read_ahead(folder, cores())
    content, problems = read_content(folder, formats.read)
    written = True
    if options.fix:
        written = _mend(content, options)
        if not options.dry_run:
            content, problems = read_content(folder, formats.read)
    found = all_problems(content, problems, formats)
    _report(found, folder, options)
    return PROBLEMS if failed(found, options.strict) or not written else FINE


class Formats:
    """What is not canonical in each file, looked for while its nodes are at hand."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, bytes], list[Diagnostic]] = {}
        self._ahead: dict[tuple[str, bytes], bytes] = {}

    def read_ahead(self, folder: Path, processes: int) -> None:
        """Read all files in several processes, where they are many."""
        files = list(files_to_read(folder))
        if processes < 2 or len(files) < WORTH_IT:
            return

        def work(one: tuple[str, str, Path]) -> tuple[bytes, bytes, list[Diagnostic] | None]:
            kind, file, path = one
            try:
                data = path.read_bytes()
            except OSError:  # whoever reads the folder says so
                return b"", b"", None
            read = dump(self.read(kind, file, data))
            return data, read, self._found.get((file, data))

        for (_, file, _), (data, read, problems) in spread(work, files, processes, chunk=32):
            if read:
                self._ahead[file, data] = read
            if problems is not None:
                self._found[file, data] = problems

    def read(self, kind: str, file: str, data: bytes) -> FileRead:
        """Read a file as `read_file` does, and look at its format."""
        ahead = self._ahead.pop((file, data), None)
        if ahead is not None:
            return load(ahead)
        found = read_file(kind, file, data)
        if found.sound and kind not in (PAGE_KIND, RELEASES_KIND):
            self.of(kind, file, data)
        return found

    def of(self, kind: str, file: str, data: bytes) -> list[Diagnostic]:
        """What is not canonical in a file that is sound."""
        from generator.format.canonical import format_problems

        known = self._found.get((file, data))
        if known is None:
            root, _ = tree(data, file)
            assert root is not None
            known = self._found[file, data] = format_problems(file, data.decode("utf-8"), root, kind)
        return known


def all_problems(content: Content, problems: list[Diagnostic], formats: Formats | None = None) -> list[Diagnostic]:
    """What stops a build, and what departs from the canonical format, which stops none."""
    formats = formats or Formats()
    _, found = link_and_check(content, problems)
    wrong = {(problem.file, problem.line, problem.column) for problem in found if problem.severity == ERROR}
    for file in content.files:
        if file.sound:
            # What is wrong is to be replaced, so how it is written is nothing to speak of.
            found += [problem for problem in formats.of(file.kind, file.file, file.data)
                      if (problem.file, problem.line, problem.column) not in wrong]
    return sorted(found)


def _report(problems: Sequence[Diagnostic], folder: Path, options: argparse.Namespace) -> None:
    from generator import report

    if options.format == "json":
        print(report.as_json(problems))
        return
    if not options.dry_run:
        lines = (report.as_annotations(problems) if options.format == "github"
                 else report.as_text(problems, report.Sources(folder)))
        for line in lines:
            print(line)
    if problems:
        # Both streams often end up in one log: the count comes last there as well.
        sys.stdout.flush()
        print(report.summary(problems), file=sys.stderr)


# --- mending ---------------------------------------------------------------------------------

_REFUSALS = {
    "unread": "is left as it is: mend the errors in its YAML first",
    "changed": "is left as it is: its layout cannot be mended by itself without changing what it says",
}


def _mend(content: Content, options: argparse.Namespace) -> bool:
    """Mend each file, or show what would change; says what was done. False where a file could not be written."""
    from generator.files.edits import preview
    from generator.format.canonical import mend

    out = sys.stdout if options.format == "text" else sys.stderr
    changed, written = 0, True
    for file in content.files:
        if not file.sound:
            _refuse(file, _REFUSALS["unread"])
            continue
        before = file.data.decode("utf-8")
        mended = mend(before, file.kind)
        if mended.refused:
            _refuse(file, _REFUSALS[mended.refused])
        elif mended.text != before:
            changed += 1
            if options.dry_run:
                print(preview(file.file, before, mended.text), end="")
            elif _write(file, mended.text):
                print(f"{file.file}: mended in {_count(mended.count, 'place')}", file=out)
            else:
                written = False
    out.flush()
    if not changed:
        print("nothing to mend", file=sys.stderr)
    elif options.dry_run:
        print(f"{_count(changed, 'file')} would change", file=sys.stderr)
    return written


def _write(file: YamlFile, text: str) -> bool:
    from generator.files.writing import write_text

    try:
        write_text(file.path, text)
    except OSError as problem:
        _refuse(file, f"cannot be written: {problem.strerror or problem}")
        return False
    return True


def _refuse(file: YamlFile, words: str) -> None:
    print(f"briefing: {file.file} {words}", file=sys.stderr)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
