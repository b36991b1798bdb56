"""The MkDocs plugin: serves the dossier's pages as virtual files. A thin adapter, no rules of its own."""

from __future__ import annotations

import gc
import html
import os
import shutil
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click
from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink
from mkdocs.utils.templates import TemplateContext

from generator import addresses, report
from generator.build import Build, Memory, cache_folder
from generator.diagnostics import ERROR, Diagnostic
from generator.dossier import Dossier
from generator.html_blocks import HtmlBlocks, ids_in
from generator.page_html import without_marks_of_exports
from generator.pages import NavEntry, Page, make_nav
from generator.places import content_of_site
from generator.preview import Preview, Watch, of_cause
from generator.rendering import TEMPLATES
from generator.repository import BadRepository, Repository, repository
from generator.shell import CONTENT_SECURITY_POLICY, Shell, missing_page, other_page
from generator.sitemap import sitemap
from generator.stylesheet import stylesheet
from generator.templating import Environment as PageEnvironment
from generator.templating import compiled_beside

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger(__name__)

MOST_PRINTED = 12
"""So many causes are printed at most at each of the preview's builds: a build on its own prints all."""

BESIDE = 26
"""Columns beside a line of content in the terminal: the builder's margin, the line's number, and what says it was cut."""


class BriefingConfig(Config):
    """The plugin's options in mkdocs.yml."""

    content_dir = config_options.Optional(config_options.Type(str))
    offline = config_options.Type((bool, int), default=False)
    """Links lead to files, for a site that is opened from a folder and not from a server."""
    cache_dir = config_options.Optional(config_options.Type(str))
    """Where a build leaves what the next one need not make again; empty for nowhere."""
    repo_branch = config_options.Optional(config_options.Type((str, int, float)))
    repo_host = config_options.Optional(config_options.Type(str))
    """The branch of the builder's `repo_url` that is edited, and its host's style where the address does not say it."""


class BriefingPlugin(BasePlugin[BriefingConfig]):
    """Builds a dossier into the site."""

    dossier: Dossier
    content: Path
    pages: dict[str, Page]
    """The hand-written pages of the dossier, by their files' paths."""
    build: Build
    shell: Shell
    repository: Repository | None
    kept: str | None
    """Where the repository keeps the content folder: empty for its top, None where it does not, or there is none."""
    html_blocks: HtmlBlocks
    serving = False
    waiting = False
    """The preview's first build is still to come: an error in what MkDocs builds before it watches would end all."""
    preview: Preview | None = None
    memory: Memory | None = None
    """What the preview's builds need not read again."""
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
        self.build = Build(
            self.content, cache_folder(self.config.cache_dir, root), "preview" if self.serving else "site",
            # A process with threads of its own is not to be split in two.
            processes=None if self.watch is None else 1, last=None if self.preview is None else self.preview.last,
            memory=self.memory, edited_first=self.watch is not None)
        self.dossier = dossier = self._load()
        settings = dossier.settings
        config.site_name = str(settings.title)
        config.site_description = str(settings.description)
        # The pages' addresses are the site's own, whatever the builder is asked for.
        config.use_directory_urls = True
        config.nav = [item for entry in make_nav(dossier) for item in _nav(entry)]
        # The builder's own way to edit a page knows generated pages only.
        config.edit_uri = None
        # Of the pages that go through it, of which there may be none, the builder's sitemap would know only.
        config.theme.static_templates.discard("sitemap.xml")
        # The shell is our own: of Material's files the site needs none, and to look through them takes long.
        config.theme.dirs = [folder for folder in config.theme.dirs if not _is_materials(Path(folder))]
        self.html_blocks = HtmlBlocks()
        config.markdown_extensions.append(self.html_blocks)  # type: ignore[arg-type]
        return config

    def _load(self) -> Dossier:
        dossier, problems = self.build.load()
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

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        if not self.waiting:
            self.build.set_aside(Path(config.site_dir))

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        if self.waiting:
            return Files([])
        self.shell = Shell(self.dossier, _shell_environment(config), {
            "config": config, "page": None, "repository": self.repository, "kept": self.kept,
            # The preview's own script stands in the page, which the policy would refuse.
            "csp": "" if self.serving else CONTENT_SECURITY_POLICY}, config.site_url or "", bool(self.config.offline))
        laid_over = [folder for folder in map(Path, config.theme.dirs) if not folder.is_relative_to(TEMPLATES)]
        for path, address in self.build.run(self.shell, self._state(config), laid_over):
            files.append(Built(path, address, config))
        self.pages = {}
        for page in self.build.hand_written():
            file = File.generated(config, page.path, content=page.text, inclusion=InclusionLevel.NOT_IN_NAV)
            self.pages[page.path] = page
            files.append(file)
        files.append(File.generated(config, "stylesheets/briefing.css", content=stylesheet()))
        every = [*self.build.addresses, *(file.url.removeprefix("./") for file in files.documentation_pages())]
        for path, content in sitemap(self.dossier, config.site_url or "", every).items():
            files.append(File.generated(config, path, content=content))
        return files

    def _state(self, config: MkDocsConfig) -> str:
        """What the shell is filled with, beside the dossier, as a text that is another one where any of it is."""
        scripts = [script if isinstance(script, str) else sorted(script.items()) for script in config.extra_javascript]
        return repr([config.site_url, config.repo_url, config.extra_css, scripts,
                     self.kept, self.repository, sorted(self.config.items()), self.serving, config.theme.dirs])

    @event_priority(-100)  # when all others have had their say in how templates are read
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        # As in the pages' own templates: lines that only hold a tag leave nothing behind.
        env.trim_blocks = env.lstrip_blocks = True
        extensions = sha256(repr(sorted(env.extensions)).encode()).hexdigest()[:8]
        env.bytecode_cache = compiled_beside(TEMPLATES / "theme", f"-builders-{extensions}")
        return env

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        self.html_blocks.generated = page.file.src_uri in self.pages
        return markdown

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        # The builder looks for anchors while it reads HTML, of which it has seen none here.
        page.present_anchor_ids = (page.present_anchor_ids or set()) | ids_in(html)
        return without_marks_of_exports(html)

    def on_page_context(self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig,
                        nav: Navigation) -> TemplateContext:
        this = self.pages.get(page.file.src_uri) or other_page(html.unescape(page.title or ""), page.url)
        values = self.shell.values(this, page.content or "", _sections(page))
        context.update(self.shell.constants | values | {"page": page})
        return context

    def on_template_context(self, context: TemplateContext, *, template_name: str,
                            config: MkDocsConfig) -> TemplateContext:
        if template_name == addresses.MISSING:
            root = context["base_url"].rstrip("/") + "/"
            context.update(self.shell.constants | self.shell.values(missing_page(), "", (), root))
        return context

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:
        return addresses.to_files(output) if self.config.offline else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if not self.waiting:
            self.build.end()
        if self.preview is not None:
            self.preview.put_off = not self.waiting and self.build.put_off
        if not self.serving:
            gc.freeze()  # the process is about to end, which looks through all that there is for what can go

    def on_build_error(self, *, error: Exception) -> None:
        if hasattr(self, "build"):
            self.build.abandon()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        if not self.serving:  # with --clean MkDocs shows what a plain build makes
            server.watch(str(self.content))
            server.watch(str(TEMPLATES))
            return server
        self.memory = Memory()
        self.preview = preview = Preview(builder, Path(config.site_dir), log, "mkdocs", config.config_file_path or "",
                                         lambda: _ring(server, preview.bell))
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
        self.watch = Watch(lambda: (self.content, TEMPLATES, *seen), preview.ring)
        self.watch.start()
        return server


class Built(File):
    """A file of the site that is written already: the builder can lead to it and leaves it as it is.

    For a page that is ready MkDocs's own way takes several times what it takes to make one.
    """

    def __init__(self, path: str, address: str | None, config: MkDocsConfig) -> None:
        """`address` is that of a page; None for what is no page, which the builder knows by its path."""
        # Not MkDocs's own way to make one, which goes over each path several times, for thousands of files.
        self.src_uri = path if address is None else addresses.source_path(address)
        self.src_dir, self.dest_dir, self.use_directory_urls = None, config.site_dir, True
        self.dest_uri, self.inclusion, self.generated_by = path, InclusionLevel.NOT_IN_NAV, "briefing"

    @cached_property
    def abs_src_path(self) -> str:
        """Where it is written already."""
        return self.abs_dest_path

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing to copy."""


def _is_materials(folder: Path) -> bool:
    return folder.name == "templates" and folder.parent.name == "material"


def _shell_environment(config: MkDocsConfig) -> PageEnvironment:
    """The theme's templates for generated pages, with the filters that the builder gives them."""
    builders = config.theme.get_env()
    environment = PageEnvironment(TEMPLATES / "theme", builders.loader)
    environment.filters.update(builders.filters)
    return environment


def _ring(server: LiveReloadServer, bell: Path) -> None:
    """Have the server build, at once and not when it next looks by itself."""
    from watchdog.events import FileModifiedEvent  # which only a preview needs

    for emitter in server.observer.emitters:
        emitter.queue_event(FileModifiedEvent(str(bell)))


def _nav(entry: NavEntry) -> list[dict[str, object]]:
    return [{item.title: item.path} for item in (entry, *entry.children)]


def _sections(page: MkDocsPage) -> list[AnchorLink]:
    """The page's second-level headings, for its own table of contents."""
    return [section for top in page.toc for section in top.children]
