"""The invented dossier for measuring is sound, the same every time, and as rich at any size."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from tools import ROOT

from generator.load import load_dossier


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
    corpus.write_corpus(size, tmp_path, seed)
    dossier, problems = load_dossier(tmp_path)
    assert [problem.as_text() for problem in problems] == []
    assert dossier is not None and len(dossier.briefs) == size


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
