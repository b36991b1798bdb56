from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tools import CONTENT, PUBLISHED, SAMPLE, built_once


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Another negotiation is another content folder and nothing else: tests that name the first one's briefs rest."""
    if not (CONTENT / "un-process" / "instruments" / "unscr-2254.yml").is_file():
        for item in items:
            if item.get_closest_marker("first_dossier"):
                item.add_marker(pytest.mark.skip(reason="about the dossier that came with this software"))


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Builds a site once for all workers of a run: whoever asks first builds, the others wait. Nobody writes into it."""
    base = tmp_path_factory.getbasetemp()
    return partial(built_once, base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def sample_site(build_once: Callable[..., Path]) -> Path:
    """The sample dossier, built strictly with plain MkDocs."""
    return build_once("sample", SAMPLE)


@pytest.fixture(scope="session")
def published_site(build_once: Callable[..., Path]) -> Path:
    """The project's own dossier as it is published: it knows its address and its repository."""
    return build_once("published", CONTENT, **PUBLISHED)


@pytest.fixture(scope="session")
def real_site(build_once: Callable[..., Path]) -> Path:
    """The project's own dossier as it is built without knowing its address and repository: only where a test needs that."""
    return build_once("real", CONTENT)
