"""The preview while editing: nothing that is broken in a file stops it.

A build that fails leaves the last good pages where they were, and every page says on top what is wrong and where; a
build that succeeds takes that away again. Knows no builder: it is given a function that builds the site into a folder,
and stands around the web application that serves that folder.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import stat
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import jinja2
from msgspec.structs import replace

from generator.build.last_site import LastSite
from generator.diagnostics import ERROR, WARNING, Diagnostic
from generator.rendering import TEMPLATES
from generator.stylesheet import stylesheet
from generator.values import Value

MOST_SHOWN = 100
"""So many causes stand on a page at most."""


class Problem(Value):
    """What keeps the site from being built, or would keep a strict build: for a page, with the line where it stands."""

    severity: str
    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    source: str = ""
    """The line itself."""
    hint: str | None = None
    also: tuple[str, ...] = ()
    """Other places with the same cause."""

    @property
    def place(self) -> str:
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])

    @property
    def marked(self) -> tuple[str, str, str]:
        """The line before the word that is meant, that word, and what follows."""
        at = max(self.column - 1, 0)
        word = _WORD.match(self.source, at)
        end = word.end() if word and self.column else at
        return self.source[:at], self.source[at:end], self.source[end:]


# What is wrong here is said in words: nobody needs to see the program's own steps.
_IN_WORDS = (click.ClickException, jinja2.TemplateError)

# Where the builder, or a link to the repository, names an option that is wrong.
_OPTION = re.compile(r"(?:(?<=')\w+(?=':)|(?<=configuration name: )\w+|(?<=Config value ')\w+|\brepo_\w+)")

# A reference, a citation, a word, or whatever else stands there.
_WORD = re.compile(r"\[\[[^\]]*\]\]|\[@[^\]]*\]|[\w-]+|.")


def of_cause(group: Sequence[Diagnostic], folder: Path) -> Problem:
    """What one cause breaks in the content. `folder` is the one that the diagnostics' files are relative to."""
    found = group[0]
    return Problem(found.severity, found.message, found.file, found.line, found.column,
                   _line(folder / found.file, found.line), found.hint,
                   tuple(f"{other.file}:{other.line}:{other.column}" for other in group[1:]))


def of_error(error: BaseException) -> Problem | None:
    """What stopped a build, with its place in a template or in the configuration where it has one.

    None for an error that only says that something said before stops the build.
    """
    for cause in _chain(error):
        mark = getattr(cause, "problem_mark", None)  # where YAML cannot be read
        if mark is not None:
            message = f"this is not valid YAML: {getattr(cause, 'problem', '')}"
            return _at(str(mark.name), mark.line + 1, mark.column + 1, message)
        if isinstance(cause, jinja2.TemplateSyntaxError) and cause.filename:
            return _at(cause.filename, cause.lineno, 0, f"this template is broken: {cause.message}")
        frames = traceback.extract_tb(cause.__traceback__)
        within = [frame for frame in frames if Path(frame.filename).is_relative_to(TEMPLATES)]
        if within and (isinstance(cause, jinja2.TemplateError) or within[-1] is frames[-1]):
            message = f"this template is broken: {_told(cause)}"
            return _at(within[-1].filename, within[-1].lineno or 0, 0, message)
        if isinstance(cause, OSError) and cause.filename:
            return _at(str(cause.filename), 0, 0, f"this file cannot be read: {cause.strerror or cause}")
    told = next((cause for cause in _chain(error) if not isinstance(cause, SystemExit)), None)
    if told is None:
        return None
    return Problem(ERROR, _told(told))


def _told(error: BaseException) -> str:
    """An error in words. Only a fault of the program itself needs the name of its kind."""
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name}"
    if isinstance(error, click.ClickException | jinja2.TemplateError) and error.message:
        return error.message
    return f"{type(error).__name__}: {error}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _at(file: str, line: int, column: int, message: str) -> Problem:
    path = Path(file)
    for top in (Path.cwd(), TEMPLATES.parent):
        if path.is_absolute() and path.is_relative_to(top):
            file = path.relative_to(top).as_posix()
            break
    return Problem(ERROR, message, file, line, column, _line(path, line))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _line(path: Path, line: int) -> str:
    lines = _lines(path)
    return lines[line - 1].rstrip() if 0 < line <= len(lines) else ""


class _Ear(logging.Handler):
    """Hears the warnings and errors of one thread's build. A record may carry its problems."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.heard: list[tuple[Problem, bool]] = []
        """Each problem, and whether it is one of the content."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            severity = ERROR if record.levelno >= logging.ERROR else WARNING
            carried = getattr(record, "problems", None)
            for problem in carried or [Problem(severity, record.getMessage())]:
                self.heard.append((problem, carried is not None))

    def problems(self, error: BaseException | None) -> tuple[Problem, ...]:
        """What to show: the errors of the content where there are any, as they are the cause of all else."""
        content = [problem for problem, of_content in self.heard if of_content]
        if any(problem.severity == ERROR for problem in content):
            return tuple(sorted(content, key=lambda problem: problem.severity != ERROR))
        stopped = of_error(error) if error is not None else None
        heard = [problem for problem, _ in self.heard]
        if stopped is None and error is not None and not heard:
            stopped = Problem(ERROR, str(error))
        if stopped is None:
            return tuple(heard)
        return (stopped, *(problem for problem in heard if stopped.message not in problem.message))

    def has_heard(self, words: str) -> bool:
        return any(words in problem.message for problem, _ in self.heard)


@contextmanager
def _listening(name: str) -> Iterator[_Ear]:
    ear, logger = _Ear(), logging.getLogger(name)
    logger.addHandler(ear)
    try:
        yield ear
    finally:
        logger.removeHandler(ear)


class _Leftovers:
    """What builds leave that nobody needs any more. To look for it takes as long as many a build, so that waits until
    all is quiet, and the pages are served."""

    QUIET = 5.0
    """Seconds after a build until all is quiet."""
    MOST = 10
    """So many builds without quiet are enough."""

    def __init__(self) -> None:
        self._builds = 0
        self._looking = threading.Timer(self.QUIET, gc.collect)

    def leave(self) -> None:
        """A build begins."""
        self._looking.cancel()
        if self._looking.is_alive():
            self._looking.join()
        gc.disable()

    def look_soon(self) -> None:
        """The build is over."""
        self._builds += 1
        self._looking = threading.Timer(self.QUIET if self._builds < self.MOST else 0, self._look)
        self._looking.daemon = True
        self._looking.start()

    def _look(self) -> None:
        self._builds = 0
        gc.collect()
        gc.enable()


class Preview:
    """Builds the site whenever it is asked to, and keeps it worth looking at."""

    REST_AFTER = 0.4
    """Seconds until what was put off is made, in which a browser has the page that was edited: it waits for builds."""

    def __init__(self, build: Callable[[], object], site: Path, log: Any, logs: str, settings: str = "",
                 ring: Callable[[], object] = lambda: None) -> None:
        """`build` builds into the folder `site`; `log` is where to speak, `logs` the name the builder speaks under,
        `settings` the file of the builder's configuration; `ring` asks for a build."""
        self._build, self._site, self._log, self._logs = build, site, log, logs
        self._settings = settings
        self.ring = ring
        self.put_off = False
        """Whether the build made what was edited, and left the rest to the next one."""
        self._aside = Path(tempfile.mkdtemp(prefix="preview-"))
        self.bell = self._aside / "bell"
        """An empty folder of which whoever asks for a build says that it has changed."""
        self.bell.mkdir()
        self.last = LastSite(site, self._aside)
        """The last good site, while another is built."""
        self._leftovers = _Leftovers()
        self.has_pages = False
        """Whether the site's own pages are on show."""
        self.failed = False
        """Whether the last build failed, so that the pages are not those of now."""
        self.problems: tuple[Problem, ...] = ()

    def close(self) -> None:
        self._leftovers.leave()
        shutil.rmtree(self._aside, ignore_errors=True)

    def build(self) -> None:
        """Build the site. Raises nothing that stems from a file: what is wrong is kept in `problems`, and said."""
        self._leftovers.leave()
        self.put_off = False
        self.last.set_aside()
        with _listening(self._logs) as ear:
            try:
                self._build()
            except (Exception, SystemExit) as error:  # whatever it is, the preview lives on and shows it
                self.failed, self.problems = True, self._placed(ear.problems(error))
                self._say(error, ear)
                self.last.have_back()
            else:
                self.last.let_go()
                self.failed, self.problems = False, self._placed(ear.problems(None))
                self.has_pages = True
        if not self.has_pages:
            page = self._render("page.html.j2", "<p>There are no pages to show yet.</p>")
            (self._site / "index.html").write_text(page, encoding="utf-8")
        if self.put_off:
            rest = threading.Timer(self.REST_AFTER, self.ring)
            rest.daemon = True
            rest.start()
        else:
            self._leftovers.look_soon()

    def _placed(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        return tuple(map(self._in_settings, problems))

    def _in_settings(self, problem: Problem) -> Problem:
        """A problem with an option, with the line of the configuration where that is set."""
        if problem.file or not self._settings:
            return problem
        for name in reversed(_OPTION.findall(problem.message)):
            for number, line in enumerate(_lines(Path(self._settings)), 1):
                if re.match(rf"[\s-]*{name}\s*:", line):
                    at = _at(self._settings, number, line.index(name) + 1, problem.message)
                    return replace(at, severity=problem.severity)
        return problem

    def _say(self, error: BaseException, ear: _Ear) -> None:
        """What the builder has not said itself, and what becomes of the pages."""
        found = of_error(error)
        problem = found and self._in_settings(found)
        if problem is not None and problem in self.problems and not ear.has_heard(problem.message):
            self._log.error(f"{problem.place}: {problem.message}" if problem.place else problem.message)
            if not problem.place and not any(isinstance(cause, _IN_WORDS) for cause in _chain(error)):
                self._log.error("".join(traceback.format_exception(error)))
        self._log.error("the preview still shows the pages from before" if self.has_pages
                        else "there are no pages to show yet: the preview says what to mend")

    # --- what is served ------------------------------------------------------------------

    def _render(self, template: str, instead: str) -> str:
        """A template of the preview's own; where that is what is broken, plain words."""
        try:
            environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES / "preview"), autoescape=True,
                                             trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
            errors = [problem for problem in self.problems if problem.severity == ERROR]
            warnings = [problem for problem in self.problems if problem.severity != ERROR]
            return environment.get_template(template).render(
                problems=self.problems[:MOST_SHOWN], more=len(self.problems[MOST_SHOWN:]), errors=errors,
                warnings=warnings, failed=self.failed, has_pages=self.has_pages, styles=_styles())
        except (jinja2.TemplateError, OSError) as error:
            return f"<!doctype html>{instead}" if "page" in template else f"<pre>{jinja2.filters.escape(error)}</pre>"

    def overlay(self) -> bytes:
        """What stands on top of every page while something is wrong; nothing where all is well."""
        return self._render("overlay.html.j2", "").encode() if self.problems else b""

    def around(self, app: Callable[..., Iterable[bytes]], home: str) -> Callable[..., Iterable[bytes]]:
        """The web application with what is wrong on top of every page. `home` is the address of the site's root."""
        def wrapped(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
            answer = _Answer(app, environ)
            if not answer.is_page:
                return answer.send(start_response)
            if answer.status.startswith("404"):
                # As a file of the site it is served with the script that loads it anew when there is news.
                name = "404.html" if self.has_pages else "index.html"
                instead = _Answer(app, {**environ, "PATH_INFO": home + name})
                if instead.status.startswith("200"):
                    instead.status = answer.status
                    answer.send(lambda *_: None)
                    answer = instead
            overlay = self.overlay()
            return answer.send(start_response, lambda page: _on_top(page, overlay))
        return wrapped


_BODY = re.compile(rb"<body[^>]*>")


def _on_top(page: bytes, overlay: bytes) -> bytes:
    body = _BODY.search(page)
    at = body.end() if body else 0
    return page[:at] + overlay + page[at:]


def _styles() -> str:
    """Colours and plain elements, for a page without the site's stylesheet."""
    return stylesheet(("colours", "elements")).decode()


class _Answer:
    """An application's answer, held back until it is sent."""

    def __init__(self, app: Callable[..., Iterable[bytes]], environ: dict[str, Any]) -> None:
        self.status = ""
        self.headers: list[tuple[str, str]] = []
        self.body = app(environ, self._start)

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        self.status, self.headers = status, headers

    @property
    def is_page(self) -> bool:
        return any(name.lower() == "content-type" and value.startswith("text/html") for name, value in self.headers)

    def send(self, start_response: Callable[..., object],
             change: Callable[[bytes], bytes] | None = None) -> Iterable[bytes]:
        if change is None:
            start_response(self.status, self.headers)
            return self.body
        try:
            page = change(b"".join(self.body))
        finally:
            close = getattr(self.body, "close", None)
            if close:
                close()
        headers = [(name, value) for name, value in self.headers if name.lower() != "content-length"]
        start_response(self.status, [*headers, ("Content-Length", str(len(page)))])
        return [page]


# --- what is watched -----------------------------------------------------------------------------


class Watch(threading.Thread):
    """Looks at files and folders again and again, and calls `ring` when anything about them changes.

    Also what comes and goes as a whole, and who may read it: a watcher that is given a folder loses sight of it there.
    """

    def __init__(self, paths: Callable[[], Iterable[Path]], ring: Callable[[], object], every: float = 0.2) -> None:
        super().__init__(daemon=True)
        self._paths, self._ring, self._every = paths, ring, every
        self._over = threading.Event()
        self._seen = self._look()

    def run(self) -> None:
        while not self._over.wait(self._every):
            now = self._look()
            if now != self._seen:
                self._seen = now
                self._ring()

    def close(self) -> None:
        self._over.set()

    def _look(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for path in self._paths():
            _note_states(str(path), found)
        return found


def _note_states(path: str, found: dict[str, tuple[int, ...]]) -> None:
    """Note what shows that a file, or one below a folder, was changed; hidden files do not count."""
    try:
        state = os.stat(path)
        found[path] = state.st_ino, state.st_mode, state.st_mtime_ns, state.st_ctime_ns, state.st_size
        if stat.S_ISDIR(state.st_mode):
            for name in os.listdir(path):
                if not name.startswith((".", "__pycache__")):
                    _note_states(f"{path}{os.sep}{name}", found)
    except OSError:
        return
