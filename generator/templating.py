"""Templates: Jinja as the pages use it, compiled once and written as direct Python."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from functools import cache, lru_cache, partial
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef, find_undeclared
from jinja2.runtime import Context
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

_NAMES_OF_THE_CODE = frozenset({"Markup", "concat", "context", "environment", "escape", "macro", "missing", "resolve",
                                "undefined"})
"""What the code of a template calls its own things, which no argument of a macro may be called."""


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

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """A macro as a function that takes its arguments by their own names, so that calls need no translation."""
        frame = frame.inner()
        frame.require_output_check = False
        frame.symbols.analyze_node(node)
        names = [name.name for name in node.args]
        defaults = dict(zip(names[len(names) - len(node.defaults):], node.defaults, strict=True))
        takes = [f"{_python_name(name)}=missing" if name in defaults else _python_name(name) for name in names]
        if "caller" in find_undeclared(node.body, ("caller",)):
            frame.symbols.declare_parameter("caller")
            names.append("caller")
            takes.append("*, caller")
        for name in _NAMES_OF_THE_CODE.intersection(names):
            self.fail(f"no argument can be called {name!r}", node.lineno)
        self.writeline(f"def macro({', '.join(takes)}):", node)
        self.indent()
        self.buffer(frame)
        self.enter_frame(frame)
        for name in names:
            own = frame.symbols.ref(name)
            self.writeline(f"{own} = {_python_name(name)}")
            if name in defaults:
                self.writeline(f"if {own} is missing:")
                self.indent()
                self.writeline(f"{own} = ")
                self.visit(defaults[name], frame)
                self.outdent()
        self.blockvisit(node.body, frame)
        self.writeline(f"return environment.markup(concat({frame.buffer}))")
        self.leave_frame(frame, with_python_scope=True)
        self.outdent()
        return frame, MacroRef(node)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        name = getattr(macro_ref.node, "name", None)
        self.write(f"environment.named(macro, {name!r})" if name else "macro")

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
            self.write(f"{_python_name(named.key)}=")
            self.visit(named.value, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write("(shown if type(shown := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write(") is Markup else environment.shown(shown))")


def _python_name(name: str) -> str:
    """What an argument is called in Python: `class_`, where a template says `class`."""
    return f"{name}_" if iskeyword(name) else name


class _Context(Context):
    """What a template knows. All templates of an environment have the same globals, which need not be told apart."""

    def __init__(self, environment: jinja2.Environment, parent: dict[str, Any], name: str | None,
                 blocks: dict[str, Callable[[Context], Iterator[str]]], globals: object = None) -> None:
        super().__init__(environment, parent, name, blocks)


class Environment(jinja2.Environment):
    """The templates of a folder, for pages: everything shown is escaped, but for what is `Markup`."""

    code_generator_class = _DirectCode
    context_class = _Context
    markup = staticmethod(_safe)

    def __init__(self, folder: Path, loader: jinja2.BaseLoader | None = None) -> None:
        """`loader` finds the templates where they are not those of the folder alone."""
        super().__init__(
            loader=loader or jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True,
            undefined=jinja2.StrictUndefined, keep_trailing_newline=True, auto_reload=False,
            bytecode_cache=compiled_beside(folder))
        self._loaded: dict[str, jinja2.Template] = {}

    def _load_template(self, name: str, globals: MutableMapping[str, Any] | None) -> jinja2.Template:
        """A template, looked for once: every page asks for several."""
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super()._load_template(name, globals)
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows beside what it is given: the same for all, which none may change."""
        return self.globals if d is None else super().make_globals(d)

    @staticmethod
    @lru_cache(maxsize=16384, typed=True)
    def shown(value: object) -> str:
        """What a template shows of a value that is no markup."""
        return str.__str__(escape(value))

    @staticmethod
    def named(macro: Callable[..., Markup], name: str) -> Callable[..., Markup]:
        """A macro under its own name."""
        macro.__name__ = name
        return macro

    def page(self, name: str, values: Mapping[str, object]) -> str:
        """What a template makes of values."""
        template = self.get_template(name)
        # Made here, since Jinja's own way gathers the globals one by one for each.
        context = self.context_class(self, {**self.globals, **values}, name, template.blocks)
        try:
            return "".join(template.root_render_func(context))
        except Exception:
            return self.handle_exception()
