"""Glossary terms explained in place: at their first use in running text, and nowhere else."""

from __future__ import annotations

from generator.glossing import Glossary
from generator.models import Term


def term(id: str, name: str, **values: object) -> Term:
    return Term.model_validate({"id": id, "name": name, "definition": "What it means.", **values})


GLOSSARY = Glossary([term("proximity-talks", "Proximity talks", aliases=["indirect talks"]), term("tgb", "TGB"),
                     term("pair", "Calls on, demands")])


def explained(text: str) -> tuple[str, list[str]]:
    shown, terms = GLOSSARY.explain(text)
    return shown, [found.id for found in terms]


def test_the_first_use_leads_to_its_note_and_later_ones_are_plain() -> None:
    assert explained("<p>The proximity talks began. Indirect talks went on.</p>") == (
        '<p>The <a class="term" href="#term-proximity-talks">proximity talks</a> began. Indirect talks went on.</p>',
        ["proximity-talks"])


def test_words_that_are_no_running_text_are_left_alone() -> None:
    for text in ('<p><a href="x">proximity talks</a></p>', "<h3>Proximity talks</h3>", "<p><q>proximity talks</q></p>",
                 "# Proximity talks { #talks }", "<p><code>TGB</code></p>", "<p>\ue002source\ue007TGB, p. 2\ue003</p>",
                 '<p title="proximity talks">x</p>'):
        assert explained(text) == (text, [])


def test_an_abbreviation_stands_as_it_is_typed_and_no_part_of_a_word_counts() -> None:
    assert explained("<p>tgb, TGBs, X-TGB</p>")[1] == []
    assert explained("<p>the TGB.</p>")[1] == ["tgb"]


def test_a_list_of_words_is_no_phrase_to_look_for() -> None:
    assert explained("<p>It calls on, demands.</p>")[1] == []


def test_a_link_to_a_term_leads_to_its_note_as_well() -> None:
    assert explained('<p>In <a href="\ue000glossary/#tgb">the body</a>.</p>') == (
        '<p>In <a class="term" href="#term-tgb">the body</a>.</p>', ["tgb"])


def test_a_dossier_without_terms_changes_nothing() -> None:
    assert Glossary([]).explain("<p>Proximity talks.</p>") == ("<p>Proximity talks.</p>", [])


def test_a_phrase_is_found_whatever_its_script_and_whatever_stands_around_it() -> None:
    glossary = Glossary([term("accord", "Accord d\u2019\u00c9tat"), term("peace", "\u0633\u0644\u0627\u0645"),
                         term("cbm", "confidence-building measure"), term("rd", "R&D")])
    for text, id in (("an accord d\u2019\u00e9tat", "accord"), ("\u201c\u0633\u0644\u0627\u0645\u201d", "peace"),
                     ("(Confidence-building measures)", "cbm"), ("R&amp;D.", "rd")):
        assert [found.id for found in glossary.explain(f"<p>{text}</p>")[1]] == [id], text
    assert glossary.explain("<p>a confidence-building re-measure, measures of confidence</p>")[1] == []


def test_words_beside_what_is_left_alone_are_explained() -> None:
    assert explained('<div><details><p>TGB</p></details><p><a href="x">TGB</a> <b>TGB</b> TGB</p></div>') == (
        '<div><details><p>TGB</p></details><p><a href="x">TGB</a> <b><a class="term" href="#term-tgb">TGB</a></b> TGB'
        "</p></div>",
        ["tgb"])


def test_of_two_phrases_at_one_place_the_longer_counts() -> None:
    glossary = Glossary([term("talks", "Talks"), term("round", "Talks of the round")])
    assert [found.id for found in glossary.explain("<p>talks of the round, talks</p>")[1]] == ["round", "talks"]
