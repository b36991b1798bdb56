"""The MkDocs plugin: serves the dossier's pages as virtual files. A thin adapter, no rules of its own."""

from __future__ import annotations

import html
import os
import re
import shutil
from datetime import date
from pathlib import Path

import click
from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext
from watchdog.events import FileModifiedEvent

from generator import addresses, report
from generator.diagnostics import ERROR, Diagnostic
from generator.dossier import Dossier
from generator.html_blocks import HtmlBlocks, ids_in
from generator.load import load_dossier
from generator.pages import NavEntry, Page, make_files, make_moving_files, make_nav, make_pages, make_search_files
from generator.places import content_of_site
from generator.preview import Preview, Watch, of_cause
from generator.rendering import TEMPLATES
from generator.repository import BadRepository, Repository, repository
from generator.shell import (
    CONTENT_SECURITY_POLICY,
    day_words,
    linked_data,
    missing_page,
    other_page,
    pieces,
    site_facts,
)
from generator.stylesheet import stylesheet

log = get_plugin_logger(__name__)

MOST_PRINTED = 12
"""So many causes are printed at most at each of the preview's builds: a build on its own prints all."""

_FIRST_DAY, _LAST_DAY = date(1970, 1, 1), date(2106, 1, 1)
_FOR_AN_EXPORT = re.compile(r' data-search-exclude(?:="1")?(?=[^<>]*>)')
"""What only stock Material's search reads."""

BESIDE = 26
"""Columns beside a line of content in the terminal: the builder's margin, the line's number, and what says it was cut."""


class BriefingConfig(Config):
    """The plugin's options in mkdocs.yml."""

    content_dir = config_options.Optional(config_options.Type(str))
    offline = config_options.Type((bool, int), default=False)
    """Links lead to files, for a site that is opened from a folder and not from a server."""
    repo_branch = config_options.Optional(config_options.Type((str, int, float)))
    repo_host = config_options.Optional(config_options.Type(str))
    """The branch of the builder's `repo_url` that is edited, and its host's style where the address does not say it."""


class BriefingPlugin(BasePlugin[BriefingConfig]):
    """Builds a dossier into the site."""

    dossier: Dossier
    content: Path
    pages: dict[str, Page]
    facts: dict[str, object]
    repository: Repository | None
    kept: str | None
    """Where the repository keeps the content folder: empty for its top, None where it does not, or there is none."""
    html_blocks: HtmlBlocks
    serving = False
    waiting = False
    """The preview's first build is still to come: an error in what MkDocs builds before it watches would end all."""
    preview: Preview | None = None
    watch: Watch | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        # Its presence makes MkDocs keep this plugin between rebuilds.
        self.serving = command == "serve"
        context = click.get_current_context(silent=True)
        self.waiting = self.serving and context is not None and context.params.get("livereload") is True

    def on_shutdown(self) -> None:
        for one in (self.watch, self.preview):
            if one is not None:
                one.close()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self.waiting:
            config.nav = None
            config.theme.static_templates = set()
            return config
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self.content = content_of_site(self.config.content_dir, root)
        try:
            self.repository = repository(config.repo_url or "", self.config.repo_branch or "main",
                                         self.config.repo_host or "")
        except BadRepository as error:
            raise PluginError(str(error)) from error
        way = os.path.relpath(self.content, root).replace(os.sep, "/")
        outside = way == ".." or way.startswith("../")
        self.kept = None if outside or self.repository is None else f"{way}/".removeprefix("./")
        self.dossier = dossier = self._load()
        settings = dossier.settings
        config.site_name = str(settings.title)
        config.site_description = str(settings.description)
        # The pages' addresses are the site's own, whatever the builder is asked for.
        config.use_directory_urls = True
        config.nav = [item for entry in make_nav(dossier) for item in _nav(entry)]
        # The builder's own way to edit a page knows generated pages only.
        config.edit_uri = None
        self.html_blocks = HtmlBlocks()
        config.markdown_extensions.append(self.html_blocks)  # type: ignore[arg-type]
        return config

    def _load(self) -> Dossier:
        dossier, problems = load_dossier(self.content)
        errors = sum(problem.severity == ERROR for problem in problems)
        causes = sorted(report.by_cause(problems), key=lambda cause: cause[0].severity != ERROR)
        shown = causes[:MOST_PRINTED] if self.serving else causes
        sources = report.Sources(self.content)
        width = max(min(report.WIDTH, shutil.get_terminal_size((200, 50)).columns - BESIDE), 20)
        for cause in shown:
            self._tell("\n".join(report.cause_as_text(cause, sources, width)), [cause])
        if len(causes) > len(shown):
            self._tell(f"{len(causes) - len(shown)} more stand on the page; `briefing check` lists all", causes[len(shown):])
        if errors or dossier is None:
            raise PluginError(f"the content has {errors} {'error' if errors == 1 else 'errors'}: nothing was built")
        return dossier

    def _tell(self, words: str, causes: list[list[Diagnostic]]) -> None:
        """Print what is wrong with the content; the preview hears the problems themselves."""
        carried = {"problems": [of_cause(cause, self.content.resolve().parent) for cause in causes]}
        say = log.error if any(cause[0].severity == ERROR for cause in causes) else log.warning
        say(words, extra=carried if self.serving else None)

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        if self.waiting:
            return Files([])
        # The shell is our own: of Material's files the site needs none.
        for file in list(files):
            if file.src_uri.startswith("assets/"):
                files.remove(file)
        self.pages = {}
        for page in make_pages(self.dossier):
            file = File.generated(config, page.path, content=page.text, inclusion=InclusionLevel.NOT_IN_NAV)
            self.pages[page.path] = page
            files.append(file)
        moving = make_moving_files(self.dossier, bool(self.config.offline))
        for extra in (*make_files(self.dossier), *make_search_files(self.dossier), *moving):
            content = extra.content
            if self.config.offline and extra.path.endswith(".html"):
                content = addresses.to_files(content.decode()).encode()
            files.append(File.generated(config, extra.path, content=content))
        files.append(File.generated(config, "stylesheets/briefing.css", content=stylesheet()))
        self.facts = {
            "site": site_facts(self.dossier), "nav_entries": make_nav(self.dossier),
            "repository": self.repository, "kept": self.kept,
            # The preview's own script stands in the page, which the policy would refuse.
            "csp": "" if self.serving else CONTENT_SECURITY_POLICY}
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        # As in the pages' own templates: lines that only hold a tag leave nothing behind.
        env.trim_blocks = env.lstrip_blocks = True
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        # The sitemap's dates come from the dossier's day: nothing in the output comes from the clock.
        # The packed sitemap holds that day as well, and knows days of these years only.
        day = self.dossier.as_of.end_latest or self.dossier.as_of.start_earliest or _FIRST_DAY
        page.update_date = min(max(day, _FIRST_DAY), _LAST_DAY).isoformat()
        self.html_blocks.generated = page.file.src_uri in self.pages
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        # The builder looks for anchors while it reads HTML, of which it has seen none here.
        page.present_anchor_ids = (page.present_anchor_ids or set()) | ids_in(html)
        return _FOR_AN_EXPORT.sub("", html)

    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig,
                        nav: Navigation) -> TemplateContext:
        this = self.pages.get(page.file.src_uri) or other_page(html.unescape(page.title or ""), page.url)
        canonical = page.canonical_url or ""
        places = this.places if self.kept is not None else {}
        context.update(**self.facts, this=this, root=addresses.way_up(this.address), canonical=canonical,
                       as_of_words=day_words(self.dossier, this), toc=_sections(page),
                       pieces=pieces(page.content or "", places, self.kept is not None),
                       linked_data=linked_data(self.dossier, this, canonical))
        return context

    def on_template_context(self, context: TemplateContext, *, template_name: str,
                            config: MkDocsConfig) -> TemplateContext:
        if template_name == addresses.MISSING:
            this = missing_page()
            context.update(**self.facts, this=this, root=context["base_url"].rstrip("/") + "/", canonical="",
                           as_of_words=day_words(self.dossier, this), toc=[], pieces=(),
                           linked_data=linked_data(self.dossier, this))
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        return addresses.to_files(output) if self.config.offline else output

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        if not self.serving:  # with --clean MkDocs shows what a plain build makes
            server.watch(str(self.content))
            server.watch(str(TEMPLATES))
            return server
        self.preview = preview = Preview(builder, Path(config.site_dir), log, "mkdocs", config.config_file_path or "")
        server.builder = preview.build
        server.set_app(preview.around(server.get_app(), server.mount_path))
        # One watch for all, which also sees what MkDocs's own loses: folders and files that come and go as a whole.
        seen = [Path(path) for path in (config.docs_dir, config.config_file_path) if path]
        for path in seen:
            server.unwatch(str(path))
        server.watch(str(preview.bell))
        if self.waiting:
            self.waiting = False
            preview.build()
        log.info("the pages follow every change of the content, the templates, the assets and the configuration")
        self.watch = Watch(lambda: (self.content, TEMPLATES, *seen), lambda: _ring(server, preview.bell))
        self.watch.start()
        return server


def _ring(server: LiveReloadServer, bell: Path) -> None:
    """Have the server build, at once and not when it next looks by itself."""
    for emitter in server.observer.emitters:
        emitter.queue_event(FileModifiedEvent(str(bell)))


def _nav(entry: NavEntry) -> list[dict[str, object]]:
    return [{item.title: item.path} for item in (entry, *entry.children)]


def _sections(page: MkDocsPage) -> list[AnchorLink]:
    """The page's second-level headings, for its own table of contents."""
    return [section for top in page.toc for section in top.children]
