"""Strict YAML: what is read, what is reported, and where."""

import time

import pytest
import yaml

from generator.read import yaml_text
from generator.read.yaml_text import Node, read_yaml

BRIEF = """\
# A brief
name: Réunion du comité
when: 2016-02-03
"quoted": 'it''s'
numbers: [017, 1e3, 10:17]
الاسم: هيئة, NO
people:
  - name: Anna   # chair
    votes: 3
  - name: Омар
note: |
  First line

    indented: yes

empty: "a
  b"
last:
- ~
- null
"""


@pytest.fixture(params=["C", "python"])
def either_loader(request, monkeypatch):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader) if request.param == "C" else yaml.SafeLoader
    monkeypatch.setattr(yaml_text, "_LOADER", loader)


def texts(data: str | bytes) -> list[str]:
    raw = data.encode() if isinstance(data, str) else data
    return [problem.as_text() for problem in read_yaml(raw, "b.yml")[1]]


def tree(data: str | bytes) -> Node:
    node, problems = read_yaml(data.encode() if isinstance(data, str) else data, "b.yml")
    assert problems == []
    assert node is not None
    return node


def places(data: str | bytes) -> list[tuple[str, int, int]]:
    raw = data.encode() if isinstance(data, str) else data
    return [(problem.code, problem.line, problem.column) for problem in read_yaml(raw, "b.yml")[1]]


# --- what is read -------------------------------------------------------------------------


def test_every_scalar_stays_the_text_that_was_typed(either_loader):
    assert tree(BRIEF).plain() == {
        "name": "Réunion du comité",
        "when": "2016-02-03",
        "quoted": "it's",
        "numbers": ["017", "1e3", "10:17"],
        "الاسم": "هيئة, NO",
        "people": [{"name": "Anna", "votes": "3"}, {"name": "Омар"}],
        "note": "First line\n\n  indented: yes\n",
        "empty": "a b",
        "last": ["~", "null"],
    }


@pytest.mark.parametrize("word", ["NO", "017", "1e3", "10:17", "2016-02-03", "true", "null", "~", "0x1F", ".inf", "="])
def test_words_with_a_meaning_in_yaml_are_text(word):
    assert tree(f"a: {word}\n").plain() == {"a": word}


def test_the_place_of_values_and_keys(either_loader):
    root = tree(BRIEF)
    assert root.find([]) == (2, 1)
    assert root.find(["name"]) == (2, 7)
    assert root.find_key(["name"]) == (2, 1)
    assert root.find(["الاسم"]) == (6, 8)
    assert root.find(["numbers", 2]) == (5, 21)
    assert root.find(["people"]) == (8, 3)
    assert root.find(["people", 0]) == (8, 5)
    assert root.find(["people", 0, "votes"]) == (9, 12)
    assert root.find_key(["people", 0, "votes"]) == (9, 5)
    assert root.find_key(["people", 1]) == (10, 5)
    assert root.find(["note"]) == (11, 7)
    assert root.find(["last", 1]) == (20, 3)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (["nobody"], (2, 1)),
        (["people", 7], (8, 3)),
        (["people", -1], (8, 3)),
        (["people", "name"], (8, 3)),
        (["people", 1, "votes"], (10, 5)),
        (["name", "first", 0], (2, 7)),
        ([0], (2, 1)),
    ],
)
def test_a_path_that_does_not_exist_gives_its_nearest_ancestor(path, place):
    root = tree(BRIEF)
    assert root.find(path) == place
    assert root.find_key(path) == place


def test_the_last_line_of_values(either_loader):
    root = tree(BRIEF + "list: [a,\n  b]\nfolded: >\n  x\n\n\n# comment\n")
    ends = {key: entry.node.end_line for key, entry in root.value.items()}
    assert ends == {
        "name": 2, "when": 3, "quoted": 4, "numbers": 5, "الاسم": 6, "people": 10, "note": 14,
        "empty": 17, "last": 20, "list": 22, "folded": 24,
    }
    assert root.end_line == 24


def test_the_style_of_scalars(either_loader):
    root = tree("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >-\n  x\nf: [x]\n")
    assert [entry.node.style for entry in root.value.values()] == [None, "'", '"', "|", ">", None]


def test_block_scalars_keep_or_fold_their_lines():
    assert tree("a: |\n  x\n  y\nb: >\n  x\n  y\nc: |-\n  z").plain() == {"a": "x\ny\n", "b": "x y\n", "c": "z"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_counts_as_one_line(end):
    root = tree(f"a: |{end}  x{end}  y{end}b: z{end}".encode())
    assert root.plain() == {"a": "x\ny\n", "b": "z"}
    assert root.find(["b"]) == (4, 4)


def test_a_leading_byte_order_mark_counts_for_nothing():
    root = tree(b"\xef\xbb\xbfa: b\n")
    assert root.plain() == {"a": "b"}
    assert root.find_key(["a"]) == (1, 1)


@pytest.mark.parametrize("text", ["---\na: b\n", "a: b\n...\n", "# c\n--- # d\na: b\n...\n# e\n", "a: b"])
def test_one_document_may_have_marks_around_it(text):
    assert tree(text).plain() == {"a": "b"}


def test_joiners_and_direction_marks_are_text():
    text = "نمی\u200cخواهم \u200e(1)\u200f 👩\u200d🚀 é"
    assert tree(f"a: {text}\n").plain() == {"a": text}


def test_characters_outside_the_basic_plane_count_as_one_column():
    assert tree("a: [👩, 𝒳, z]\n").find(["a", 2]) == (1, 11)


def test_text_after_a_hash_is_a_comment():
    assert tree("a: issue #4\n").plain() == {"a": "issue"}


def test_tabs_inside_text_are_text(either_loader):
    text = 'a: |\n  x\n  \ty\nb: "x\n\ty"\nc: "x\ty"\n'
    assert tree(text).plain() == {"a": "x\n\ty\n", "b": "x y", "c": "x\ty"}


def test_empty_lists_are_values():
    assert tree("a: []\nb: {}\n").plain() == {"a": [], "b": {}}


# --- what is reported ---------------------------------------------------------------------

LEVELS = 50
CHARACTER = "a character that cannot be shown ({}) stands here. Delete it [bad-character]"
SYNTAX = "this is not valid YAML: {} [yaml-syntax]"
TAB = "a tab stands at the start of this line. Indent with spaces [tab-indentation]"
QUOTE = "Put the whole value in quotes, or write it under `|`"

PROBLEMS = {
    "bad-encoding after accents": (
        "a: b\né: ".encode() + b"\xe9t\xe9\n",
        ["2:4: error: this file is not valid UTF-8 (byte 0xE9). Save the file as UTF-8 text [bad-encoding]"],
    ),
    "bad-encoding after a byte order mark": (
        b"\xef\xbb\xbfa: \xff\n",
        ["1:4: error: this file is not valid UTF-8 (byte 0xFF). Save the file as UTF-8 text [bad-encoding]"],
    ),
    "bad-encoding of UTF-16": (
        "a: b\n".encode("utf-16"),
        ["1:1: error: this file is not valid UTF-8 (byte 0xFF). Save the file as UTF-8 text [bad-encoding]"],
    ),
    "bad-encoding and other problems": (
        b"a: \xe9\nb: 1\nb: 2\n",
        [
            "1:4: error: this file is not valid UTF-8 (byte 0xE9). Save the file as UTF-8 text [bad-encoding]",
            '3:1: error: field "b" stands twice in this record (first in line 2). '
            "Keep one of the two [duplicate-key]",
        ],
    ),
    "bad-character, private use, after Arabic": ("الاسم: هيئة\ue000\n", ["1:12: error: " + CHARACTER.format("U+E000")]),
    "bad-character, two in one line": (
        "a: x\u202ey\u202cz\n",
        ["1:5: error: " + CHARACTER.format("U+202E"), "1:7: error: " + CHARACTER.format("U+202C")],
    ),
    "bad-character, in a comment": ("a: b # \x07\n", ["1:8: error: " + CHARACTER.format("U+0007")]),
    "bad-character, from an escape": ('é: "x\\ty\\u202E"\n', ["1:9: error: " + CHARACTER.format("U+202E")]),
    "empty-file": ("", ["1:1: error: this file is empty. Write the brief, or delete the file [empty-file]"]),
    "empty-file with comments": (
        "\n# nothing yet\n  \n---\n",
        ["1:1: error: this file is empty. Write the brief, or delete the file [empty-file]"],
    ),
    "not-a-mapping, a list": (
        "# é\n- a\n- b\n",
        ["2:1: error: this file holds a list, but a brief is a list of `field: value` lines. "
         "Start with a line such as `name: ...` [not-a-mapping]"],
    ),
    "not-a-mapping, text": (
        "Just some words\nand more\n",
        ["1:1: error: this file holds text, but a brief is a list of `field: value` lines. "
         "Start with a line such as `name: ...` [not-a-mapping]"],
    ),
    "several-documents": (
        "---\né: b\n---\nc: d\n---\ne: f\n",
        ["3:1: error: a second document starts here (`---`). "
         "One file holds one brief: put the second one into a file of its own [several-documents]"],
    ),
    "tab-indentation": ("a:\n\té: c\n  \td: e\n", [f"2:1: error: {TAB}", f"3:3: error: {TAB}"]),
    "too-deep": (
        "é: " + "[" * LEVELS + "]" * LEVELS + "\n",
        ["1:53: error: lists and records are nested more than 50 deep here. "
         "Close a bracket, or flatten the lists [too-deep]"],
    ),
    "duplicate-key": (
        "é: {ü: 1, ü: 2}\na: b\na: c\na: d\n",
        [
            '1:11: error: field "ü" stands twice in this record (first in line 1). Keep one of the two [duplicate-key]',
            '3:1: error: field "a" stands twice in this record (first in line 2). Keep one of the two [duplicate-key]',
            '4:1: error: field "a" stands twice in this record (first in line 2). Keep one of the two [duplicate-key]',
        ],
    ),
    "yaml-tag": (
        "é: !!str x\nb: [!foo y, ! z]\n",
        [
            "1:4: error: a YAML tag (!!str) stands here. "
            "Remove it; put the value in quotes if it must stay text [yaml-tag]",
            "2:5: error: a YAML tag (!foo) stands here. "
            "Remove it; put the value in quotes if it must stay text [yaml-tag]",
            "2:13: error: a YAML tag (!) stands here. "
            "Remove it; put the value in quotes if it must stay text [yaml-tag]",
        ],
    ),
    "yaml-tag that is broken": (
        "é: !Important! x\n",
        ["1:4: error: a YAML tag (!Important!) stands here. "
         "Remove it; put the value in quotes if it must stay text [yaml-tag]"],
    ),
    "yaml-anchor and yaml-alias": (
        "é: &x y\nb: *x\n",
        [
            "1:4: error: a YAML anchor (&x) stands here. "
            'Remove it, or put the value in quotes if it begins with "&" [yaml-anchor]',
            "2:4: error: a YAML alias (*x) stands here. "
            'Write the value out, or put it in quotes if it begins with "*" [yaml-alias]',
        ],
    ),
    "yaml-anchor before a tag": (
        "a: &x !t y\n",
        [
            "1:4: error: a YAML anchor (&x) stands here. "
            'Remove it, or put the value in quotes if it begins with "&" [yaml-anchor]',
            "1:7: error: a YAML tag (!t) stands here. "
            "Remove it; put the value in quotes if it must stay text [yaml-tag]",
        ],
    ),
    "yaml-merge-key": (
        "a:\n  é: x\n  <<: {b: c}\n",
        ["3:3: error: a YAML merge key (<<) stands here. Write the fields out [yaml-merge-key]"],
    ),
    "bad-key, a list": (
        "a: 1\n? [b]\n: c\n",
        ["2:3: error: a field's name must be one word, not a list. "
         "Put the whole value in quotes if this line is text [bad-key]"],
    ),
    "bad-key, a record": (
        "é: {{ name }}\n",
        ["1:5: error: a field's name must be one word, not a record. "
         "Put the whole value in quotes if this line is text [bad-key]"],
    ),
    "bad-key, empty": (
        "a: b\n: c\n",
        ["2:1: error: a field's name must be one word, not empty. "
         "Put the whole value in quotes if this line is text [bad-key]"],
    ),
    "empty-value of a field": (
        "a: {é: , b: c}\nd:\n\ne: |\n",
        [
            '1:5: error: field "é" has no value. Give it a value, or delete the line [empty-value]',
            '2:1: error: field "d" has no value. Give it a value, or delete the line [empty-value]',
            '4:4: error: field "e" has no value. Give it a value, or delete the line [empty-value]',
        ],
    ),
    "empty-value in quotes": (
        'é: ""\n',
        ['1:4: error: field "é" has no value. Give it a value, or delete the line [empty-value]'],
    ),
    "empty-value of a list item": (
        "tags:\n  - a\n  -\n  - ''\n  - - \n",
        [
            '3:3: error: field "tags" has no value. Give it a value, or delete the line [empty-value]',
            '4:5: error: field "tags" has no value. Give it a value, or delete the line [empty-value]',
            '5:5: error: field "tags" has no value. Give it a value, or delete the line [empty-value]',
        ],
    ),
    "yaml-syntax, a colon in text": (
        "éé شرق: b: c\n",
        ["1:10: error: " + SYNTAX.format("this value has a colon followed by a space. " + QUOTE)],
    ),
    "yaml-syntax, a colon in typographic quotes": (
        "é: “She said: no”\n",
        ["1:13: error: " + SYNTAX.format('this value has a colon followed by a space. Typographic quotes do not count: put '
                                         'the value in straight quotes (")')],
    ),
    "yaml-syntax, a colon in text that goes on": (
        "a: some text\n  goes on: here\n",
        ["2:3: error: " + SYNTAX.format(
            "this line continues the value above it, but has a colon followed by a space. If it is a field, "
            "indent it like the fields above; if it is text, put the whole value in quotes")],
    ),
    "yaml-syntax, @": (
        "é: @home\n",
        ["1:4: error: " + SYNTAX.format(
            'a value cannot start with "@". Where a source\'s id belongs, write it without @; '
            "if it is text, put the whole value in quotes")],
    ),
    "yaml-syntax, `": (
        "a: `x`\n",
        ["1:4: error: " + SYNTAX.format('a value cannot start with "`". Put the whole value in quotes')],
    ),
    "yaml-syntax, %": (
        "a: %x\n",
        ["1:4: error: " + SYNTAX.format('a value cannot start with "%". Put the whole value in quotes')],
    ),
    "yaml-syntax, emphasis": (
        "é: *never* again\n",
        ["1:4: error: " + SYNTAX.format('a value cannot start with "*". Put the whole value in quotes')],
    ),
    "yaml-syntax, a bracket in text": (
        "é: [[hnc]] said so\n",
        ["1:12: error: " + SYNTAX.format(
            'text follows "]", but a value that starts with "[" ends there. ' + QUOTE)],
    ),
    "yaml-syntax, braces in text": (
        "é: {{hnc}} said so\n",
        ["1:12: error: " + SYNTAX.format(
            'text follows "}", but a value that starts with "{" ends there. ' + QUOTE)],
    ),
    "yaml-syntax, an open bracket": (
        "é: [a, b\nc: d\n",
        ["1:4: error: " + SYNTAX.format(
            'the "[" here is not closed, or a comma is missing before line 2 ends. Close it with "]". '
            "If it is text, put the whole value in quotes, or write it under `|`")],
    ),
    "yaml-syntax, an open quote": (
        "é: 'abc\nb: c\nd: e\n",
        ["1:4: error: " + SYNTAX.format(
            "the quote that opens here is never closed. Put ' at the end of the value as well")],
    ),
    "yaml-syntax, a quote closed by the next one": (
        'é: "abc\nb: "c"\n',
        ["1:4: error: " + SYNTAX.format(
            'the quote that opens here is closed in line 2, in the middle of that line. '
            'Put " where the value ends')],
    ),
    "yaml-syntax, an apostrophe": (
        "é: 'it's'\n",
        ["1:8: error: " + SYNTAX.format(
            "text follows the closing quote. "
            "Inside single quotes write an apostrophe twice (''), or write the value under `|`")],
    ),
    "yaml-syntax, words after a quote": (
        'é: "Yes" they said\n',
        ["1:10: error: " + SYNTAX.format(
            "text follows the closing quote. "
            "Put the whole value in quotes: '...' if it holds double quotes itself, or write it under `|`")],
    ),
    "yaml-syntax, a backslash": (
        'é: "C:\\dir"\n',
        ["1:7: error: " + SYNTAX.format(
            '"\\d" means nothing inside double quotes. Write \\\\ for a backslash, or use single quotes')],
    ),
    "yaml-syntax, no space after the colon": (
        "a: b\né:d\ne: f\n",
        ["2:2: error: " + SYNTAX.format(
            "a space is missing after the colon. Write `field: value`, with a space after the colon")],
    ),
    "yaml-syntax, no space after the first colon": (
        "é:d\ne: f\n",
        ["1:2: error: " + SYNTAX.format(
            "a space is missing after the colon. Write `field: value`, with a space after the colon")],
    ),
    "yaml-syntax, no space after the dash": (
        "é:\n  -a\n  -b\n",
        ["2:3: error: " + SYNTAX.format(
            "a space is missing after the dash. Write `- value`, with a space after the dash")],
    ),
    "yaml-syntax, no space after a later dash": (
        "é:\n  - a\n  -b\n",
        ["3:3: error: " + SYNTAX.format(
            "a space is missing after the dash. Write `- value`, with a space after the dash")],
    ),
    "yaml-syntax, a line without a colon": (
        "a: b\né\nc: d\n",
        ["2:1: error: " + SYNTAX.format(
            "this line is not a `field: value` line. If it continues the value above, indent it further; "
            "otherwise write a field, a colon and a space")],
    ),
    "yaml-syntax, indentation": (
        "é:\n  b: c\n d: e\n",
        ["3:2: error: " + SYNTAX.format(
            "this line starts with 1 space, which fits none of the lines above it. Start it exactly below "
            "what it belongs with: with no space, as in line 1 or 2 spaces, as in line 2")],
    ),
    "yaml-syntax, indentation of a list": (
        "é:\n  - b\n - c\n",
        ["3:2: error: " + SYNTAX.format(
            "this line starts with 1 space, which fits none of the lines above it. Start it exactly below "
            "what it belongs with: with 2 spaces, as in line 2")],
    ),
    "yaml-syntax, indentation in a record of a list": (
        "é:\n  - b: c\n   d: e\n",
        ["3:4: error: " + SYNTAX.format(
            "this line starts with 3 spaces, which fits none of the lines above it. Start it exactly below "
            "what it belongs with: with 4 spaces, as in line 2")],
    ),
    "yaml-syntax, indentation of text": (
        "é: |\n  one\n two\n",
        ["3:2: error: " + SYNTAX.format(
            "this line starts with 1 space, and the text above it with more. Start it exactly below that text")],
    ),
    "yaml-syntax, a list whose first dash is missing": (
        "é:\n    b: c\n  - b: d\n",
        ["3:3: error: " + SYNTAX.format(
            "a list goes on here, but its first value, in line 2, has no dash. "
            "Write `- ` before that value, too, in the column of this one")],
    ),
    "a record of a list whose dash is missing": (
        "é:\n  - b: c\n    d: e\n    b: f\n    d: g\n",
        ['4:5: error: field "b" stands twice in this record (first in line 2). '
         "Keep one of the two; if another record starts here, put `- ` before its first field [duplicate-key]"],
    ),
    **{f"yaml-syntax, a list with {sign}": (
        f"é:\n  {sign} b: c\n    d: e\n",
        ["2:3: error: " + SYNTAX.format(
            f'a list is written with hyphens, not with "{sign}". Write `- value`, with a plain hyphen and a space')],
    ) for sign in "\u2013\u2014\u2022"},
    "yaml-syntax, a list with an asterisk": (
        "é:\n  * b\n",
        ["2:3: error: " + SYNTAX.format(
            'a list is written with hyphens, not with "*". Write `- value`, with a plain hyphen and a space')],
    ),
    "yaml-syntax, a dash without a space before two fields": (
        "é:\n  -b: c\n    d: e\n",
        ["2:3: error: " + SYNTAX.format(
            "a space is missing after the dash. Write `- value`, with a space after the dash")],
    ),
    **{f"yaml-syntax, a no-break space {where}": (
        text, [f"{place}: error: " + SYNTAX.format(
            "the space here is no plain space (U+00A0). Delete it, and press the space bar instead")],
    ) for where, place, text in (
        ("after a colon", "2:3", "a: b\nc:\u00a0d\ne: f\n"),
        ("in the indentation", "3:1", "a:\n  - b: c\n\u00a0\u00a0\u00a0\u00a0d: e\n    f: g\n"),
        ("after a dash", "2:4", "a:\n  -\u00a0b: c\n    d: e\n"),
    )},
    "yaml-syntax, a full-width colon": (
        "a: b\nc\uff1a d\ne: f\n",
        ["2:2: error: " + SYNTAX.format(
            "this colon (\uff1a) is no plain one. Write `field: value`, with a plain colon and a space after it")],
    ),
    "yaml-syntax, the marks of a block of code": (
        "```yaml\na: b\n",
        ["1:1: error: " + SYNTAX.format(
            "the marks ``` stand here. Delete this line, and the one with the closing marks")],
    ),
    "yaml-syntax, two commas": (
        "é: [a,, b]\n",
        ["1:7: error: " + SYNTAX.format("a value is missing before this comma. Delete the comma")],
    ),
    "yaml-syntax, somebody outside without braces": (
        "é: outside: Zo\n",
        ["1:11: error: " + SYNTAX.format(
            "this value has a colon followed by a space. Write {outside: Name}, in braces")],
    ),
    "yaml-syntax, a comma after a closing quote": (
        'é: "We are here", he said\n',
        ["1:17: error: " + SYNTAX.format(
            "text follows the closing quote. "
            "Put the whole value in quotes: '...' if it holds double quotes itself, or write it under `|`")],
    ),
    "a value that is a comment": (
        "é: #1 Lake Road\n",
        ['1:1: error: field "é" has no value. '
         'What follows "#" is a comment: if it is the value, put it in quotes [empty-value]'],
    ),
    "a tag without a value": (
        "é: !Tern\n",
        ["1:4: error: a YAML tag (!Tern) stands here. "
         "Remove it; put the value in quotes if it must stay text [yaml-tag]"],
    ),
    "merge-conflict": (
        "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\nf:g\n",
        ["2:1: error: two versions of the same lines stand here (<<<<<<<). Of the lines between <<<<<<< and >>>>>>>, "
         "keep what is right, and delete the lines <<<<<<<, ======= and >>>>>>> [merge-conflict]"],
    ),
    "yaml-syntax, a list beside its field": (
        "é: - b\n",
        ["1:4: error: " + SYNTAX.format(
            "a list cannot start on the line of its field. "
            "Start each `- ` on a line of its own; if it is text, put the whole value in quotes")],
    ),
    "yaml-syntax, text beside a block sign": (
        "é: > 5 people\n  came\n",
        ["1:4: error: " + SYNTAX.format(
            'text follows ">" on the same line. Start the text on the next line, indented; '
            'or put the whole value in quotes if it begins with ">"')],
    ),
    "yaml-syntax, a tab after a dash": (
        "é:\n  -\tb: c\n",
        ["2:4: error: " + SYNTAX.format("a tab stands here. Write a space instead")],
    ),
    "yaml-syntax, a directive": (
        "%YAML 1.1\n---\na: b\n",
        ["1:1: error: " + SYNTAX.format("a YAML directive stands here. Delete the lines above `---`")],
    ),
    "yaml-syntax, a percent sign at the line's start": (
        "%5 of all\n",
        ["1:1: error: " + SYNTAX.format('a line cannot start with "%". Delete the line, or indent it if it is text')],
    ),
    "yaml-syntax, more after the end": (
        "{é: b}\nc: d\n",
        ["2:1: error: " + SYNTAX.format(
            "this line does not belong to what stands above it. "
            "Write `field: value` lines only; text that starts with a quote or a bracket needs a field")],
    ),
}


@pytest.mark.parametrize("data, expected", PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_is_reported_in_these_words_at_this_place(data, expected, either_loader):
    assert texts(data) == [f"b.yml:{line}" for line in expected]


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069",
     "\ue000", "\uf8ff", "\ufdd0", "\ufeff", "\ufffe", "\uffff", "\U0001fffe", "\U000f0000", "\U0010ffff"],
)
def test_a_character_that_cannot_be_shown_never_reaches_the_parser(character, either_loader):
    node, problems = read_yaml(f"a: é\nb: x{character}y\nc: d\n".encode(), "b.yml")
    assert [p.as_text() for p in problems] == [f"b.yml:2:5: error: {CHARACTER.format(f'U+{ord(character):04X}')}"]
    assert node is not None
    assert node.plain() == {"a": "é", "b": "x\ufffdy", "c": "d"}


def test_bytes_of_a_surrogate_are_an_encoding_problem():
    assert places(b"a: \xed\xa0\x80\n") == [("bad-encoding", 1, 4)]


def test_all_problems_of_a_file_come_together_in_order():
    text = "a: b\na: c\nd: &x\n  e:\n  <<: *x\nd: !t \u202e\n? [k]\n: v\n"
    assert places(text) == [
        ("duplicate-key", 2, 1), ("yaml-anchor", 3, 4), ("empty-value", 4, 3), ("yaml-merge-key", 5, 3),
        ("yaml-alias", 5, 7), ("duplicate-key", 6, 1), ("yaml-tag", 6, 4), ("bad-character", 6, 7), ("bad-key", 7, 3),
    ]


def test_problems_before_broken_yaml_are_reported_with_it():
    assert places("a: b\na: c\nd: @\n") == [("duplicate-key", 2, 1), ("yaml-syntax", 3, 4)]


def test_a_tree_is_returned_without_what_was_reported():
    node, _ = read_yaml(b"a: b\na: c\nd: *x\n<<: y\n? [k]\n: v\n---\nz: z\n", "b.yml")
    assert node is not None
    assert node.plain() == {"a": "b", "d": "*x"}


@pytest.mark.parametrize("text", ["", "- a\n", "words\n", "a: b\nc: @\n", "a: " + "[" * 60])
def test_no_tree_is_returned_for_a_file_read_in_part(text):
    node, problems = read_yaml(text.encode(), "b.yml")
    assert node is None
    assert len(problems) == 1


def test_quotes_make_text_of_a_merge_key():
    assert tree("'<<': a\n").plain() == {"<<": "a"}


def test_an_alias_with_words_after_it_is_reported_once():
    assert places("a: *x y\n") == [("yaml-alias", 1, 4)]


def test_an_anchor_on_the_first_key_is_reported_once():
    assert places("&x a: b\n") == [("yaml-anchor", 1, 1)]


def test_a_web_address_is_no_field_without_a_space():
    assert places("a: b\nhttps://example.org\nc: d\n") == [("yaml-syntax", 2, 1)]
    assert "not a `field: value` line" in texts("a: b\nhttps://example.org\nc: d\n")[0]


# --- tabs ---------------------------------------------------------------------------------


def test_each_line_with_a_leading_tab_is_reported_once_and_text_is_left_alone(either_loader):
    text = 'a: |\n\tx\n\ty\nb: 1\nc:\n\td: 1\n  e: |\n    x\n    \tq\n\tf: "s\n\tt"\n\tg: h\n'
    assert places(text) == [("tab-indentation", line, 1) for line in (2, 3, 6, 10, 12)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: b\n\t\nc: d\n", [(2, 1)]),
        ("a: b\n\t# c\n", [(2, 1)]),
        ("a: b\n\tc\n", [(2, 1)]),
        ("a: [b,\n \tc]\n", [(2, 2)]),
        ("a: |\n  x\n\ty: z\n", [(3, 1)]),
        ("a: |\n  x\n \t\nb: c\n", [(3, 2)]),
        ("a: |2\n  \tx\n", []),
        ("a: 'x\n\ty\n\n\tz'\n", []),
        ("a:\n  b: c\n\td: e\n\tf: g\n", [(3, 1), (4, 1)]),
    ],
)
def test_tabs_count_outside_of_text_only(text, found):
    assert places(text) == [("tab-indentation", line, column) for line, column in found]


def test_a_problem_above_the_first_tab_is_reported_with_it():
    assert places("a: @\nb:\n\tc: d\n") == [("yaml-syntax", 1, 4), ("tab-indentation", 3, 1)]


def test_a_quote_left_open_above_a_tab_is_the_only_problem():
    assert places("a: 'b\n\tc\n\td\n") == [("yaml-syntax", 1, 4)]


# --- hostile files ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ("a: " + "[" * 1_000_000, ("too-deep", 1, 53)),
        ("a: " + "[\n" * 1_000_000, ("too-deep", 50, 1)),
        ("a: " + "{a: " * 300_000, ("too-deep", 1, 4 + 49 * 4)),
        ("a:\n" + "- " * 300_000, ("too-deep", 2, 99)),
        ("? " * 300_000, ("too-deep", 1, 101)),
        ("".join(" " * depth + "a:\n" for depth in range(2000)), ("too-deep", 51, 51)),
        ("[" * 1_000_000, ("not-a-mapping", 1, 1)),
        ("- " * 300_000, ("not-a-mapping", 1, 1)),
        ("a: " + "]" * 1_000_000, ("yaml-syntax", 1, 4)),
        ("a: '" + "\n\tx" * 100_000, ("yaml-syntax", 1, 4)),
        ("\t" + "[\n" * 100_000, ("tab-indentation", 1, 1)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else repr(value[:8]),
)
def test_a_file_that_nests_without_end_is_left_quickly(data, problem):
    raw = data.encode()
    start = time.perf_counter()
    assert problem in [(p.code, p.line, p.column) for p in read_yaml(raw, "b.yml")[1]]
    assert time.perf_counter() - start < 3


def test_fifty_levels_are_read():
    text = "a: " + "[" * (LEVELS - 1) + "x" + "]" * (LEVELS - 1) + "\n"
    assert tree(text).find(["a", *[0] * (LEVELS - 1)]) == (1, 3 + LEVELS)


def test_the_reports_of_one_kind_end_somewhere():
    assert len(texts("\x01" * 5000)) <= yaml_text.MOST_REPORTS + 1


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        b"\xff\xfe\x00",
        b"a: !%ED%A0%80 x\n",
        b'a: "\\ud800"\n',
        b'a: "\\U00110000"\n',
        b'a: "\\UFFFFFFFF"\n',
        b"a: !<\n",
        b"a: &\n",
        b"%YAML 9.9\n---\na: b\n",
        b"%TAG ! x\n%TAG ! y\n---\na: b\n",
        b"*",
        b"?",
        b"---\n*x\n",
        b"k" * 1100 + b": v\n",
    ],
)
def test_whatever_the_bytes_problems_are_returned_not_raised(data, either_loader):
    node, problems = read_yaml(data, "b.yml")
    assert problems
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


def test_every_cut_of_a_brief_is_read_or_reported(either_loader):
    data = (BRIEF + "x: &a !t [*a, {b: 'c', \"\\u202e\": d}]\n\t- @\n").encode()
    for cut in range(len(data)):
        for piece in (data[:cut], data[cut:]):
            node, problems = read_yaml(piece, "b.yml")
            assert node is not None or problems
