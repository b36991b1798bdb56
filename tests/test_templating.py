"""Templates do what Jinja says they do, and escape what is no markup."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import TemplateAssertionError, UndefinedError
from markupsafe import Markup

from generator.templating import Environment


@pytest.mark.parametrize("template, shown", [
    ("{{ text }}|{{ safe }}|{{ number }}", "&lt;b&gt;|<b>|3"),
    ("{{ record.text }}{{ record.no|default('none') }}{{ 1 if record.no is defined }}", "&lt;b&gt;none"),
    ("{% macro m(a, b=2) %}{{ a }}-{{ b }} {% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4, a=5) }}{{ m(*pair) }}",
     "1-2 1-3 5-4 7-8 "),
    ("{% macro m(class='x') %}{{ class }}{% endmacro %}{{ m(class='y') }}", "y"),
    ("{% macro m(a, b=2) %}<i>{{ a }}{{ b }}{{ caller() }}</i>{% endmacro %}{% call m(1) %}{{ text }}{% endcall %}",
     "<i>12&lt;b&gt;</i>"),
    ("{% macro m(text) %}<i>{{ text }}</i>{% endmacro %}{{ m(text) }}{{ m(m(text)) }}",
     "<i>&lt;b&gt;</i><i><i>&lt;b&gt;</i></i>"),
    ("{% for x in pair %}{{ x }}{{ ',' if not loop.last }}{{ loop.changed(x) }} {% endfor %}", "7,True 8True "),
    ("{% set s = 'a' ~ text %}{{ s }}", "a&lt;b&gt;"),
])
def test_templates_show_values(template: str, shown: str, tmp_path: Path) -> None:
    assert page(tmp_path, template) == shown


@pytest.mark.parametrize("template, error", [
    ("{{ nothing }}", UndefinedError), ("{{ nothing.at_all }}", UndefinedError), ("{{ record.no }}", AttributeError),
    ("{{ nothing() }}", UndefinedError), ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", TypeError),
    ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", TypeError),
    ("{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", TypeError),
    ("{% macro m(context) %}{{ context }}{% endmacro %}{{ m(1) }}", TemplateAssertionError),
])
def test_what_is_not_there_is_an_error(template: str, error: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(error):
        page(tmp_path, template)


def page(folder: Path, template: str) -> str:
    (folder / "page.j2").write_text(template)
    return Environment(folder).page("page.j2", {"text": "<b>", "safe": Markup("<b>"), "number": 3, "pair": (7, 8),
                                                "record": SimpleNamespace(text="<b>")})
