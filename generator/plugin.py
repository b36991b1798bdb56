"""The MkDocs plugin: serves the dossier's pages as virtual files. A thin adapter, no rules of its own."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from generator.diagnostics import ERROR
from generator.dossier import Dossier
from generator.load import load_dossier
from generator.pages import NavEntry, make_files, make_nav, make_pages
from generator.places import default_content
from generator.rendering import TEMPLATES

log = get_plugin_logger(__name__)


class BriefingConfig(Config):
    """The plugin's options in mkdocs.yml."""

    content_dir = config_options.Optional(config_options.Type(str))


class BriefingPlugin(BasePlugin[BriefingConfig]):
    """Builds a dossier into the site."""

    dossier: Dossier | None = None
    content: Path

    def on_startup(self, *, command: str, dirty: bool) -> None:
        # Its presence makes MkDocs keep this plugin, and so the last good dossier, between rebuilds.
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self.content = root / (self.config.content_dir or default_content())
        self.dossier = dossier = self._load()
        settings = dossier.settings
        config.site_name = str(settings.title)
        config.site_description = str(settings.description)
        config.copyright = config.copyright or f"Content: {settings.licence.name}"
        config.nav = [_nav(entry) for entry in make_nav(dossier)]
        if not config.repo_url:
            config.edit_uri = None
        return config

    def _load(self) -> Dossier:
        """The dossier; while serving, an error in the content leaves the last good one on show."""
        dossier, problems = load_dossier(self.content)
        errors = 0
        for problem in problems:
            if problem.severity == ERROR:
                errors += 1
                log.error(problem.as_text())
            else:
                log.warning(problem.as_text())
        if not errors and dossier is not None:
            return dossier
        words = f"the content has {errors} {'error' if errors == 1 else 'errors'}"
        if self.serving and self.dossier is not None:
            log.error(f"{words}: the preview still shows what was there before")
            return self.dossier
        raise PluginError(f"{words}: nothing was built")

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        # An edit link needs the way from the repository's top to the content file.
        top = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        way = os.path.relpath(self.content, top).replace(os.sep, "/")
        assert self.dossier is not None
        for page in make_pages(self.dossier):
            file = File.generated(config, page.path, content=page.text, inclusion=InclusionLevel.NOT_IN_NAV)
            if page.source is not None:
                file.edit_uri = f"{way}/{page.source}"
            files.append(file)
        for extra in make_files(self.dossier):
            files.append(File.generated(config, extra.path, content=extra.content))
        return files

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        assert self.dossier is not None
        # The sitemap's dates come from the dossier's day: nothing in the output comes from the clock.
        day = self.dossier.as_of.end_latest or self.dossier.as_of.start_earliest
        page.update_date = day.isoformat() if day else ""
        return markdown

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        server.watch(str(self.content))
        server.watch(str(TEMPLATES))
        return server


def _nav(entry: NavEntry) -> dict[str, object]:
    return {entry.title: [_nav(child) for child in entry.children] if entry.children else entry.path}
