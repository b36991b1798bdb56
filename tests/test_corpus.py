"""The invented dossier for measuring is sound, the same every time, and as rich at any size."""

from __future__ import annotations

import gzip
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tools import ROOT, dead_links, mkdocs_build, read_site

from generator.load import load_dossier
from generator.pages import make_pages


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    """`benchmarks/corpus.py`, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("corpus", ROOT / "benchmarks" / "corpus.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["corpus"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("size", "seed"), [(3, 1), (5, 1), (8, 1), (10, 1), (60, 1), (60, 2), (200, 1)])
def test_a_corpus_of_any_size_has_that_size_and_no_problem(
        corpus: ModuleType, size: int, seed: int, tmp_path: Path) -> None:
    corpus.write_corpus(size, tmp_path, seed, edition_count=2)
    dossier, problems = load_dossier(tmp_path)
    assert [problem.as_text() for problem in problems] == []
    assert dossier is not None and len(dossier.briefs) == size and len(dossier.settings.editions) == 2


def test_the_same_size_and_seed_give_the_same_bytes(corpus: ModuleType) -> None:
    first = corpus.corpus_files(60, 1)
    assert first == corpus.corpus_files(60, 1)
    assert first != corpus.corpus_files(60, 2)


def test_the_main_actors_and_demands_do_not_grow_with_the_corpus(corpus: ModuleType) -> None:
    files = corpus.corpus_files(600, 1)
    main = {folder: sum("\nmain: true\n" in text for name, text in files.items() if name.startswith(folder))
            for folder in ("actors/", "demands/")}
    assert main == {"actors/": corpus.MAIN_ACTORS, "demands/": corpus.MAIN_DEMANDS}


def test_it_refuses_a_folder_that_holds_anything(corpus: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(FileExistsError):
        corpus.write_corpus(10, tmp_path)


def test_the_smallest_dossier_builds_without_a_dead_link(corpus: ModuleType, tmp_path: Path) -> None:
    corpus.write_corpus(3, tmp_path / "content", 1)
    settings = tmp_path / "content" / "dossier.yml"
    # A day before 1970, which no machine counts seconds from.
    settings.write_text(re.sub("(?m)^as_of: .*", "as_of: 1815-06-09", settings.read_text(encoding="utf-8")), encoding="utf-8")
    mkdocs_build(tmp_path / "content", tmp_path / "site")
    assert dead_links(tmp_path / "site", read_site(tmp_path / "site")) == []


def test_a_large_dossier_is_read_in_parts(corpus: ModuleType, tmp_path: Path) -> None:
    """The long lists have pages of their own, the matrix starts from the main actors, and no page is a burden."""
    corpus.write_corpus(1000, tmp_path, 1)
    dossier, _ = load_dossier(tmp_path)
    assert dossier is not None
    pages = {page.address: page.text for page in make_pages(dossier)}
    assert any(re.fullmatch(r"timeline/\d{4}/", address) for address in pages)
    assert any(re.fullmatch(r"positions/[a-z-]+/", address) for address in pages)
    main = sum(getattr(brief, "main", False) for brief in dossier.of_kind("actor", "body"))
    assert pages["positions/"].count('<th scope="col"') <= main + 1
    # Only what could be too heavy is packed: a sign has four bytes at most.
    packed = {address: len(gzip.compress(text.encode())) for address, text in pages.items() if len(text) > 40_000 / 4}
    assert {address: size for address, size in packed.items() if size > 40_000} == {}
