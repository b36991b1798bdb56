"""Prose is safe and keeps its references, whoever wrote it."""

from __future__ import annotations

import re
from html import escape

import pytest

from generator import prose
from generator.addresses import ROOT


def html(text: str) -> str:
    return prose.render(text, lambda token: f'<a href="{ROOT}{token.target}/">{token.shown or token.target}</a>',
                        lambda tokens: "".join(f"<{t.target}>" for t in tokens).replace("<", "(").replace(">", ")"))


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html,<script>1</script>)",
    "[x](//elsewhere.example)",
    "![x](https://elsewhere.example/x.png)",
    "![x](//elsewhere.example/x.png)",
    "<https://a.example/\"onmouseover=\"alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[a](https://b.example \"onload=alert(1)\")",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;",
    "[[x|<script>alert(1)</script>]]",
    "`<script>`",
    "<style>*{background:url(//e.example)}</style>",
    "<!-- --><iframe src=//e.example></iframe>",
    "\"><script>",
])
def test_nothing_in_prose_becomes_a_script_or_a_request(text: str) -> None:
    out = html(text).lower()
    tags = re.findall(r"<[^>]*>", out)
    for tag in tags:
        assert re.fullmatch(r"</?(p|code|a)>|<a href=\"(https://[a-z.]+example/?[^\"]*|\ue000x?/|https://b.example)\">"
                            r"|<a href=\"\ue000[^\"]*\">", tag), out


def test_template_signs_are_text() -> None:
    assert html("{{ 7 * 7 }} {% raw %}") == "<p>{{ 7 * 7 }} {% raw %}</p>"


def test_markdown_goes_on_around_references() -> None:
    assert html("*See [[us|the state]]* and `[[us]]`.") == (
        f'<p><em>See <a href="{ROOT}us/">the state</a></em> and <code>[[us]]</code>.</p>')


def test_one_bracket_can_cite_several_sources_with_their_places() -> None:
    assert [(t.kind, t.target, t.shown) for t in prose.tokens("So [@a, para. 4; @b].")] == [
        ("citation", "a", "para. 4"), ("citation", "b", "")]


def test_a_reference_may_name_a_place_and_other_words() -> None:
    assert [(t.target, t.anchor, t.shown) for t in prose.tokens("[[res#op12|that paragraph]]")] == [
        ("res", "op12", "that paragraph")]


@pytest.mark.parametrize(("text", "parts"), [
    ("One. Two.", ["One.", "Two."]),
    ("He met Mr. Holm. Then he left.", ["He met Mr. Holm.", "Then he left."]),
    ("It was so [@a]. Later it was not.", ["It was so [@a].", "Later it was not."]),
    ("First.\n\nsecond", ["First.", "second"]),
    ("See para. 4 there.", ["See para. 4 there."]),
    ("One item:\n- first, and [[a]]\n- second.", ["One item:", "- first, and [[a]]", "- second."]),
    ("He met Mr.\nHolm.", ["He met Mr.\nHolm."]),
    ("Really? Yes!", ["Really?", "Yes!"]),
    ("Enough?! (So he said.) [@a]. \"Now go.\" - Then.", ["Enough?!", "(So he said.) [@a].", "\"Now go.\" - Then."]),
])
def test_prose_is_cut_into_sentences(text: str, parts: list[str]) -> None:
    assert prose.sentences(text) == parts


def test_plain_words_lose_their_marks_but_not_their_text() -> None:
    names = {"us": "The State"}.__getitem__
    assert prose.plain("**So** said [[us]] [@a], and [more](https://e.example).", names) == (
        "So said The State, and more.")
    assert prose.plain("snake_case_word stays", names) == "snake_case_word stays"


def test_a_mark_does_not_start_a_line_by_itself() -> None:
    out = prose.render("Words [@a].", lambda t: "", lambda ts: prose.cite_mark([("a", "")]))
    assert "Words\ue002" in out


PLAIN = [
    "One paragraph, with [[aa]] and [[bb#op1|its “paragraph”]] [@ss, p. 3; tt].",
    "Two.\n\nParagraphs – of\nseveral lines.", "1559 is a number, 50 % a share: it's \"so\" (he said); why? Now!",
    "Étude, \u0633\u0644\u0627\u0645, \U0001f600.", "[[aa]]"]
SIGNED = [
    "A *word*.", "R&D", "a < b", "a_b_c", "x\u00a0y", "- one\n- two", "1. one", "1) one", "A\n===", "A\n---", "# no", "> no",
    "    code", "a  \nb", "a\n\n\nb", " a", "a ", "a\n b", "a | b\n--|--\n1 | 2", "http://a.example/_x_",
    "[x](https://a.example)", "\\*", "+ x", "", "\n"]
PLAIN_BUT_FOR_A_REFERENCE = ["[[aa|R&D]]", "[[aa|a <b>]]", "[@ss, p. <3]"]


@pytest.mark.parametrize("text", PLAIN + SIGNED + PLAIN_BUT_FOR_A_REFERENCE)
def test_plain_paragraphs_are_as_the_parser_and_the_sanitizer_give_them(text: str,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    def rendered() -> str:
        return prose.render(
            text, lambda token: f'<a href="{ROOT}{token.target}/">{escape(token.shown or "x", quote=False)}</a>',
            lambda tokens: prose.cite_mark([(token.target, token.shown) for token in tokens]))

    known = rendered()
    assert (prose._plain_paragraphs(prose._hold(text)[0]) is not None) == (text not in SIGNED)
    monkeypatch.setattr(prose, "_plain_paragraphs", lambda text: None)
    assert known == rendered()
