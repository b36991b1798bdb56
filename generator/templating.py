"""Templates: Jinja as the pages use it, compiled once and written as direct Python."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path
from types import CodeType

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Macro, missing
from markupsafe import Markup, escape


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Templates as compiled, beside the templates as Python keeps its own modules, and in memory: a template is compiled
    once, until it is changed. Where there is no room for them, each process compiles its own."""

    def __init__(self, folder: Path, way: str = "") -> None:
        self._folder = folder.parent / "__pycache__"  # not in it: a builder publishes what lies in a theme's folder
        self._code: dict[tuple[str, str], CodeType] = {}
        super().__init__(str(self._folder), f"%s.{sys.implementation.cache_tag}-{_way_of_compiling()}{way}.template")

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            super().load_bytecode(bucket)
            if bucket.code is not None:
                self._code[bucket.key, bucket.checksum] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._code[bucket.key, bucket.checksum] = bucket.code
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


@cache
def _way_of_compiling() -> str:
    """What compiled templates depend on beside their text: this module, and Jinja."""
    return sha256(jinja2.__version__.encode() + Path(__file__).read_bytes()).hexdigest()[:12]


@cache
def compiled_beside(folder: Path, way: str = "") -> CompiledTemplates:
    """The compiled templates of a folder, the same for all environments of this process that compile alike; those that
    compile the same templates in another way give it a name."""
    return CompiledTemplates(folder, way)


_safe = partial(str.__new__, Markup)
"""Text that is known to be safe as `Markup`, without asking it."""


class _Macro(Macro):
    """A macro that goes straight to its function where it is called with values alone, or by a block with no more."""

    def __init__(self, environment: jinja2.Environment, function: Callable[..., str], name: str,
                 arguments: tuple[str, ...], catches_named: bool, catches_more: bool, caller: bool,
                 escapes: bool) -> None:
        super().__init__(environment, function, name, arguments,  # type: ignore[arg-type]
                         catches_named, catches_more, caller, escapes)
        self._unset = (missing,) * len(arguments)
        self._named = {"caller"} if caller else set[str]()

    def __call__(self, *given: object, **named: object) -> Markup:
        if named.keys() == self._named and len(given) <= len(self._unset) and not self.catch_kwargs:
            return _safe(self._func(*given, *self._unset[len(given):], *named.values()))
        return super().__call__(*given, **named)  # type: ignore[no-any-return]


class _DirectCode(CodeGenerator):
    """Writes calls and attributes as Python has them, and safe text as it is.

    A page is made of many small pieces. Jinja's own code asks of each function, each time, whether it wants to know the
    template's context (none here does), looks for what is no attribute among the items, and makes safe text safe again.
    """

    _UNLESS_THERE = frozenset({"default", "defined", "undefined"})
    """The filters and tests that take what is not there."""

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        if node.name in self._UNLESS_THERE:
            node.node.may_be_missing = True
        super().visit_Filter(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        if node.name in self._UNLESS_THERE:
            node.node.may_be_missing = True
        super().visit_Test(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if getattr(node, "may_be_missing", False):
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.")
        super().macro_def(macro_ref, frame)  # writes `Macro(...)`

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.visit(node.node, frame)
        self.write("(")
        for given in node.args:
            self.visit(given, frame)
            self.write(", ")
        if node.dyn_args:
            self.write("*")
            self.visit(node.dyn_args, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"**{{{named.key!r}: " if iskeyword(named.key) else f"{named.key}=")
            self.visit(named.value, frame)
            self.write("}, " if iskeyword(named.key) else ", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write("environment.safe(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write(")")


class Environment(jinja2.Environment):
    """The templates of a folder, for pages: everything shown is escaped, but for what is `Markup`."""

    code_generator_class = _DirectCode
    Macro = _Macro

    def __init__(self, folder: Path, loader: jinja2.BaseLoader | None = None) -> None:
        """`loader` finds the templates where they are not those of the folder alone."""
        super().__init__(
            loader=loader or jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True,
            undefined=jinja2.StrictUndefined, keep_trailing_newline=True, auto_reload=False,
            bytecode_cache=compiled_beside(folder))

    @staticmethod
    def safe(value: object) -> str:
        """What a template shows of a value."""
        return value if type(value) is Markup else escape(value)

    def page(self, name: str, values: Mapping[str, object]) -> str:
        """What a template makes of values."""
        template = self.get_template(name)
        # Made here, since Jinja's own way gathers the globals one by one for each.
        context = self.context_class(self, {**self.globals, **values}, name, template.blocks)
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            return self.handle_exception()
