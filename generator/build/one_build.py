"""One build of a site, with what earlier ones left: the dossier read, its pieces made or taken over, the site written."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator.build.changed import ACCEPTED, LOADED_WORDS, NAMES
from generator.checks.run import Checked, check_record
from generator.diagnostics import Diagnostic
from generator.dossier import SETTINGS, Dossier
from generator.facts import page_fingerprint
from generator.build.kept import Kept, Memory
from generator.build.kept_files import KeptFiles
from generator.build.last_site import LastSite
from generator.load import link_and_check
from generator.pages import Page
from generator.build.pieces import FactNumbers, Made, Pieces, made
from generator.processes import WORTH_IT, Workers, cores, spread
from generator.build.program import code_state, templates_state
from generator.read.content import read_content
from generator.reads import Fact, unrecorded
from generator.shares import SHARES as NAMES_OF_SHARES
from generator.shares import parted
from generator.shell import Shell
from generator.site import NO_PAGES, SiteMaker, is_large, shares_read, takes_long, unpacked
from generator.build.site_folder import SiteFolder

CACHE_VARIABLE = "BRIEFING_CACHE"
DEFAULT_CACHE = ".briefing-cache"

CHECKS, SHARES, BRIEFS, PAGES = "checks", "shares", "briefs", "pages"
"""The parts of a build: the findings of the checks, what each brief gives to pages of many, the briefs' own pages, all other
files of the site."""


MANY_CHECKS = 5000
"""So many records are checked sooner in several processes, which are others than those that make pages."""


class Task(NamedTuple):
    """Pieces, each by its part and its key, that are made one after the other."""

    keys: tuple[tuple[str, str], ...]
    reads: str = ""
    """The name of the shares that they read, if any, which then come with it."""
    shares: Mapping[str, bytes] | None = None


def cache_folder(configured: str | None, root: Path) -> Path | None:
    """Where what a build leaves is kept; None where nothing is to be kept.

    The environment's word counts most, and starts from where the builder was called; an empty one keeps nothing.
    """
    named = os.environ.get(CACHE_VARIABLE)
    if named is not None:
        return Path.cwd() / named if named else None
    return root / (configured if configured is not None else DEFAULT_CACHE) if configured != "" else None


def frame(dossier: Dossier) -> str:
    """What any page may show or depend on without saying so, as a text: where it changes, everything is made anew."""
    terms = [(term.id, term.name, term.aliases) for term in dossier.of_kind("term")]
    briefs = [(brief.kind, brief.id, brief.formerly) for brief in dossier.briefs.values()]
    pages = [(page.name, page.title) for page in dossier.pages]
    return repr([dossier.origin(SETTINGS).data, terms, briefs, pages, sorted(dossier.images)])


def joint_state(*states: str) -> str:
    return blake2b("\n".join(states).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Build:
    """One build. Call `load`, `set_aside`, `run` and `end` in this order; `abandon` at any time instead of the rest."""

    def __init__(self, content: Path, cache: Path | None, name: str, processes: int | None = None,
                 last: LastSite | None = None, memory: Memory | None = None, edited_first: bool = False) -> None:
        """`name` tells builds apart that differ in more than content. Who builds again and again may hand in the `last`
        site, to have it back where this build fails, and one `memory` for all builds of the same name.

        With `edited_first` the pages of briefs that were edited may be all that is made: what else takes long is then
        `put_off`, and stays as it was until the next build.
        """
        self.content = content
        self._processes = cores() if processes is None else processes
        self._kept = Kept(cache, name, memory)
        self._last, self._memory = last, memory
        self._edited_first = edited_first
        self.put_off = False
        self._folder: SiteFolder | None = None
        # Nearly all that a build makes is there to stay until its end: to look for what is not takes long.
        self._collects = gc.isenabled()
        gc.disable()
        self._findings: dict[str, str] | None = None
        self._changed: set[Fact] | None = None

    def load(self) -> tuple[Dossier | None, list[Diagnostic]]:
        """The dossier and all problems, as `load_dossier` gives them."""
        files = KeptFiles(self._kept, code_state(), self._memory)
        files.read_ahead(self.content, self._processes)
        content, problems = read_content(self.content, files.read)
        files.forget_the_rest()
        self._changed = files.changed
        dossier, problems = link_and_check(content, problems, self._checked)
        if dossier is not None:
            self.dossier = dossier
            self._note_accepted()
        return dossier, problems

    def _checked(self, dossier: Dossier, name: str) -> Checked:
        """What the checks of a record find; all are checked at once, when the first is asked for."""
        if self._findings is None:
            self._findings = self._check_all(dossier) if dossier.is_written(SETTINGS) else {}
        found = self._findings.get(name)
        return check_record(dossier, name) if found is None else Checked.from_json(found)

    def _check_all(self, dossier: Dossier) -> dict[str, str]:
        with unrecorded():
            self._note(LOADED_WORDS, dossier.loaded_words.shape)
        unreadable = repr([sorted(dossier.ids), sorted(dossier.misplaced), dossier.hidden])
        self._numbers = numbers = FactNumbers(("", SETTINGS, *dossier.briefs), NAMES)
        pieces = self._pieces(CHECKS, joint_state(code_state(), frame(dossier), unreadable))
        found = {name: value.decode() for name, value in pieces.values().items()}
        names = [*dossier.records, *(f"pages/{page.name}" for page in dossier.pages)]
        anew = [name for name in names if name not in found]
        for name, one in spread(lambda name: made(lambda name: check_record(dossier, name).as_json().encode(), name, numbers),
                                anew, self._processes, least=MANY_CHECKS):
            pieces.keep(name, one)
            found[name] = one[0].decode()
        pieces.forget_all_but(names)
        return found

    def _pieces(self, part: str, state: str) -> Pieces:
        changed = None if self._changed is None else frozenset(map(self._numbers.of, self._changed))
        return Pieces(self._kept, part, state, changed)

    def _note_accepted(self) -> None:
        """Whether other warnings are accepted than before: they come of all that was read."""
        with unrecorded():
            self._note(ACCEPTED, "".join(repr(entry) for entry in self.dossier.accepted))

    def _note(self, name: str, value: str) -> None:
        """Keep what a fact of the whole dossier is, and whether it is what it was."""
        state = joint_state(value)
        row = self._kept.rows(name).get("")
        if self._changed is not None:
            (self._changed.discard if row is not None and row.state == state else self._changed.add)((name, ""))
        self._kept.keep(name, "", state, b"", b"")

    def set_aside(self, folder: Path) -> None:
        """Before the builder empties the site's folder."""
        self._folder = SiteFolder(folder, self._kept, self._last)
        self._folder.set_aside()

    def run(self, shell: Shell, state: str, others: Iterable[Path] = ()) -> list[tuple[str, str | None]]:
        """Make the site's files, but for hand-written pages, and write them. Returns their paths, each with the address
        of its page, or None for what is no page.

        `state` says what the pages are made from beside the dossier and the program.
        """
        assert self._folder is not None
        self._folder.bring_back()
        self._maker = SiteMaker(self.dossier, shell)
        product = joint_state(code_state(), templates_state(others), frame(self.dossier))
        state = joint_state(state, product)
        self._fingerprint = page_fingerprint(self.dossier.facts.of_all())
        shares, briefs = self._pieces(SHARES, product), self._pieces(BRIEFS, state)
        self.put_off = self._edited_first and self._make_edited(shares, briefs, self._pieces(PAGES, state))
        if not self.put_off:
            self._make_all(shares, briefs, state)
        self._folder.end(None if self.put_off else self._fingerprint)
        self.files = [(path, None if key.partition(" ")[0] in NO_PAGES else path.removesuffix("index.html"))
                      for key, paths in self._folder.groups.items() for path in paths]
        return self.files

    def _make_all(self, shares: Pieces, briefs: Pieces, state: str) -> None:
        """Make all that is not as it should be."""
        with Workers(self._work, self._processes) as workers:
            given, left = self._make_of_briefs(workers, shares, briefs)
            # What briefs give to others are facts by now.
            pages = self._pieces(PAGES, state)
            anew = self._to_make(pages, self._maker.keys)
            tasks = list(self._tasks(anew, shares, given, workers))
            tasks += [Task(((BRIEFS, key),)) for key in left]
            least = 2 if takes_long(anew, self.dossier) else WORTH_IT
            self._keep(workers.each(tasks, least=least), {PAGES: pages, BRIEFS: briefs})

    def _make_edited(self, shares: Pieces, briefs: Pieces, pages: Pieces) -> bool:
        """Make the pages of the briefs that were edited, and put off all else. False where that is soon made as well."""
        assert self._folder is not None
        edited = {f"brief {key}" for key, _ in self._changed or ()}
        of_briefs, of_pages = self._maker.brief_keys, self._maker.keys
        now = [key for key in briefs.stale(of_briefs) if key in edited]
        later = {shares: shares.stale(self.dossier.briefs), pages: pages.stale(of_pages),
                 briefs: [key for key in briefs.stale(of_briefs) if key not in edited]}
        if not (now and any(later.values()) and is_large(self.dossier)):
            return False
        if not self._folder.stays(key for key in (*of_briefs, *of_pages) if key not in now):
            return False
        self._keep(((task, self._work(task)) for task in [Task(((BRIEFS, key),)) for key in now]), {BRIEFS: briefs})
        for pieces, keys in later.items():
            pieces.put_off(keys)
        return True

    def _tasks(self, keys: Sequence[str], shares: Pieces, given: Mapping[str, bytes],
               workers: Workers[Task, list[Made]]) -> Iterator[Task]:
        """Groups of files to make, those together that need the same shares sent along."""
        by_share: dict[str, list[str]] = {}
        for key in keys:
            by_share.setdefault(shares_read(key), []).append(key)
        given_by_name = self._shares(shares, given) if any(by_share) else {}
        for name, some in sorted(by_share.items(), reverse=True):
            known = given_by_name.pop(name, None)
            if known is not None and not workers.have_started:
                self._maker.take_shares(name, known)
                known = None
            # What is sent goes to each process once.
            parts = [some[number::self._processes] for number in range(self._processes)] if known else [[key] for key in some]
            yield from (Task(tuple((PAGES, key) for key in part), name, known) for part in parts if part)

    def _work(self, task: Task) -> list[Made]:
        """Make pieces anew, here or in another process."""
        if task.shares is not None:
            self._maker.take_shares(task.reads, task.shares)
        make = {SHARES: self._maker.make_shares, BRIEFS: self._maker.make, PAGES: self._maker.make}
        return [made(make[part], key, self._numbers) for part, key in task.keys]

    def _keep(self, results: Iterable[tuple[Task, list[Made]]], parts: Mapping[str, Pieces]) -> dict[str, bytes]:
        """Keep what was made, and write the files in it. Returns the shares of briefs, joined."""
        assert self._folder is not None
        found = {}
        for task, all_made in results:
            for (part, key), one in zip(task.keys, all_made, strict=True):
                parts[part].keep(key, one)
                if part == SHARES:
                    found[key] = one[0]
                else:
                    self._folder.write(key, unpacked(one[0]), self._fingerprint)
        return found

    def _make_of_briefs(self, workers: Workers[Task, list[Made]], shares: Pieces, briefs: Pieces,
                        ) -> tuple[dict[str, bytes], list[str]]:
        """Make what is made of each brief alone: what it gives to pages of many, and its own page; they have much in
        common. Returns those of the former that were made, joined, by the ids of briefs; and the keys of the pages,
        where they are so few that they wait for others."""
        ids = list(self.dossier.briefs)
        pages = self._to_make(briefs, self._maker.brief_keys)
        tasks: dict[str, list[tuple[str, str]]] = {id: [(SHARES, id)] for id in shares.stale(ids)}
        before = {id: shares.before(id) for id in tasks} if self._changed is not None else {}
        for key in pages if len(pages) >= WORTH_IT else ():
            tasks.setdefault(key.partition(" ")[2], []).append((BRIEFS, key))
        results = workers.each([Task(tuple(task)) for task in tasks.values()])
        given = self._keep(results, {SHARES: shares, BRIEFS: briefs})
        if self._changed is not None:
            for id, value in given.items():
                known = before[id]
                was = parted(known) if known is not None else {}
                self._changed.update((name, id) for name, share in parted(value).items() if share != was.get(name))
        shares.forget_all_but(ids)
        return given, [] if len(pages) >= WORTH_IT else pages

    def _shares(self, shares: Pieces, given: Mapping[str, bytes]) -> dict[str, dict[str, bytes]]:
        """The shares of all briefs by name, each by the ids of briefs."""
        found = {**shares.values(), **given}
        all_of = {id: parted(found[id] if id in found else self._maker.make_shares(id)) for id in self.dossier.briefs}
        return {name: {id: of_one[name] for id, of_one in all_of.items()} for name in NAMES_OF_SHARES}

    def _to_make(self, pieces: Pieces, keys: Sequence[str]) -> list[str]:
        """The groups of files that have to be made anew. The files of the others are there, or are written from what is
        kept."""
        assert self._folder is not None
        good, anew = set(pieces.good(keys)), []
        for key in keys:
            if key not in good:
                anew.append(key)
            elif not self._folder.has(key, self._fingerprint):
                value = pieces.value(key)
                if value is None:
                    anew.append(key)
                else:
                    self._folder.write(key, unpacked(value), self._fingerprint)
        pieces.forget_all_but(keys)
        return anew

    def hand_written(self) -> Iterator[Page]:
        """The pages that the dossier's authors wrote themselves, which the builder lays out."""
        return (self._maker.pages.hand_written(page.name) for page in self.dossier.pages)

    @property
    def addresses(self) -> list[str]:
        """The addresses of the pages that were made."""
        return [address for _, address in self.files if address is not None]

    def end(self) -> None:
        """The build has ended well: the next one may start from what it leaves."""
        self._close(save=True)

    def abandon(self) -> None:
        """The build has not ended well: what was kept before stays."""
        self._close(save=False)

    def _close(self, save: bool) -> None:
        self._kept.close(save)
        if self._collects:
            gc.freeze()  # what is here is nothing to look through at once
            gc.unfreeze()
            gc.enable()
