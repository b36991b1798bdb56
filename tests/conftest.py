from __future__ import annotations

from pathlib import Path

import pytest
from tools import CONTENT, SAMPLE, SITE_URL, mkdocs_build


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Another negotiation is another content folder and nothing else: tests that name the first one's briefs rest."""
    if not (CONTENT / "un-process" / "instruments" / "unscr-2254.yml").is_file():
        for item in items:
            if item.get_closest_marker("first_dossier"):
                item.add_marker(pytest.mark.skip(reason="about the dossier that came with this software"))


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample dossier, built strictly with plain MkDocs."""
    site = tmp_path_factory.mktemp("sample") / "site"
    mkdocs_build(SAMPLE, site)
    return site


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own dossier, built strictly with plain MkDocs."""
    site = tmp_path_factory.mktemp("real") / "site"
    mkdocs_build(CONTENT, site)
    return site


@pytest.fixture(scope="session")
def published_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own dossier as it is published: it knows its address and its repository."""
    site = tmp_path_factory.mktemp("published") / "site"
    mkdocs_build(CONTENT, site, SITE_URL=SITE_URL, REPO_URL="https://github.com/an-organisation/a-dossier-of-talks")
    return site
