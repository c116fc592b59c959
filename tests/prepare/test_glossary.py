"""Terms are explained on the spot, in three languages."""

import re

from prepare import glossary
from prepare.entries import FunctionEntry
from prepare.texts import LANGUAGES
from tests.conftest import ROOT


def test_every_term_has_a_name_in_three_languages():
    assert all(term.name(language) for term in glossary.terms() for language in LANGUAGES)


def test_a_term_that_is_explained_is_explained_in_three_languages():
    assert len(glossary.explained()) > 50

    for term in glossary.explained().values():
        assert all(len(term.meaning(language)) > 30 for language in LANGUAGES), term.key


def test_no_two_terms_share_a_key_or_a_name():
    keys = [term.key for term in glossary.terms() if term.key]
    names = [term.fi for term in glossary.terms()]

    assert len(set(keys)) == len(keys)
    assert len(set(names)) == len(names)


def test_the_times_of_a_function_are_explained():
    times = {name for name in FunctionEntry.__annotations__ if name.endswith("_h")}

    assert times <= set(glossary.explained())


def test_every_term_that_a_template_names_has_a_meaning():
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob("*/templates/**/*.html")]
    lists = [keys for text in texts for keys in re.findall(r"terms\(\[([^\]]*)\]\)", text)]
    named = {key for keys in lists for key in re.findall(r'"(\w+)"', keys)}
    named |= {key for text in texts for key in re.findall(r'term="(\w+)"', text)}

    assert len(named) > 20
    assert named <= set(glossary.explained())


def test_a_search_finds_a_term_in_any_language_whatever_the_case():
    (found,) = [term for term in glossary.terms() if term.matches("skenbar redundans")]

    assert found.key == "false_redundancy"
    assert found.matches("näennäinen")
    assert not found.matches("näennäinen silta")


def test_a_page_shows_each_meaning_that_it_asked_for_once(town, sign_in):
    page = sign_in("edu.contact").get("/functions/").text

    assert page.count('id="term-rto_h"') == 1
    assert 'popovertarget="term-rto_h"' in page
    assert glossary.explained()["rto_h"].meaning_en in page
    assert 'id="term-tolerance_h"' not in page


def test_the_glossary_says_what_to_do_when_nothing_matches(town, sign_in):
    page = sign_in("edu.contact").get("/glossary?q=zzz").text

    assert "No term matches" in page
    assert "Show all terms" in page
