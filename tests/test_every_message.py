"""Every text that a person reads stands in Finnish and Swedish, once, with the same places to fill."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from prepare.texts import LANGUAGES, PACKAGES
from tests.conftest import ROOT
from tests.each import each_of

TRANSLATED = [language for language in LANGUAGES if language != "en"]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PLACE = re.compile(r"%\((\w+)\)[sd]")
#: Calls whose first text a person reads.
SPOKEN = {"RuleBroken", "NotPermitted", "StaleEntry", "BadSetting", "flash", "StopValidation"}
each = pytest.mark.parametrize(("package", "language"), [(p, lang) for p in PACKAGES for lang in TRANSLATED])
every_package = pytest.mark.parametrize("package", PACKAGES)


def files(package, kind):
    """The package's files of this kind."""
    return sorted((ROOT / package).rglob(f"*.{kind}"))


@cache
def spoken(package):
    """The messages that a package's code and templates hold: message (pair of a plural) → where it stands."""
    found = {}
    for path in files(package, "py"):
        with path.open("rb") as source:
            for line, function, message, _comments in extract_python(source, KEYWORDS, (), {}):
                found.setdefault(_key(function, message), f"{path.relative_to(ROOT)}:{line}")
    for path in files(package, "html"):
        with path.open("rb") as source:
            for line, function, message, _comments in babel_extract(source, KEYWORDS, (), {}):
                found.setdefault(_key(function, message), f"{path.relative_to(ROOT)}:{line}")
    return {message: place for message, place in found.items() if message and message != (None, None)}


def _key(function, message):
    if isinstance(message, tuple):
        return message[:2] if function == "ngettext" else message[0]
    return message


@cache
def catalogue(package, language):
    """The package's catalogue; empty when there is none yet."""
    path = ROOT / package / "locale" / f"{language}.po"
    if not path.exists():
        return Catalog(language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def entries(package, language):
    """The messages of a catalogue without its head: message (pair of a plural) → entry."""
    return {entry.id: entry for entry in catalogue(package, language) if entry.id}


def texts_of(entry):
    """The translation, or both of a plural."""
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)


def test_the_sweep_finds_messages_in_code_and_templates():
    assert "Sign out" in spoken("prepare")
    assert any(place.endswith(".py:1") or ".py:" in place for place in spoken("prepare").values())
    assert any(".html:" in place for place in spoken("prepare").values())
    assert sum(len(spoken(package)) for package in PACKAGES) > 500


@each
def test_every_message_is_translated(package, language):
    """In the package's own catalogue, or in that of a package to the left, whose texts it shares."""
    left = PACKAGES[: PACKAGES.index(package) + 1]
    known = {message for one in left for message in entries(one, language)}

    missing = [f"{place}: {message!r}" for message, place in spoken(package).items() if message not in known]

    assert not missing, "\n".join(missing)


@each
def test_no_translation_is_empty_or_fuzzy(package, language):
    for message, entry in entries(package, language).items():
        assert all(text.strip() for text in texts_of(entry)), message
        assert not entry.fuzzy, message
    assert not catalogue(package, language).obsolete


@each
def test_no_translation_is_left_over(package, language):
    unused = [message for message in entries(package, language) if message not in spoken(package)]

    assert not unused


@each
def test_places_to_fill_agree(package, language):
    for message, entry in entries(package, language).items():
        wanted = {
            place for text in ([message] if isinstance(message, str) else message) for place in PLACE.findall(text)
        }
        for text in texts_of(entry):
            assert set(PLACE.findall(text)) == wanted, message
            assert re.sub(r"%\(\w+\)[sd]|%%", "", text).count("%") == _signs(message), message


def _signs(message):
    """Per cent signs that fill nothing."""
    text = message if isinstance(message, str) else message[0]
    return re.sub(r"%\(\w+\)[sd]|%%", "", text).count("%")


@each
def test_a_plural_has_as_many_forms_as_the_language(package, language):
    assert catalogue(package, language).num_plurals == 2
    for message, entry in entries(package, language).items():
        assert len(texts_of(entry)) == (2 if isinstance(message, tuple) else 1), message


@each
def test_the_end_of_a_sentence_is_kept(package, language):
    for message, entry in entries(package, language).items():
        if isinstance(message, str) and message[-1] in ".?!:…":
            assert texts_of(entry)[0][-1] in ".?!:…", message


@each
def test_no_sentence_is_left_in_english(package, language):
    same = [
        message
        for message, entry in entries(package, language).items()
        if isinstance(message, str) and len(PLACE.sub("", message).split()) > 3 and texts_of(entry)[0] == message
    ]

    assert not same


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_message_of_two_packages_is_translated_alike(language):
    seen = {}
    for package in PACKAGES:
        for message, entry in entries(package, language).items():
            assert seen.setdefault(message, entry.string) == entry.string, message


@every_package
def test_a_text_that_a_person_reads_is_marked(package):
    for path in files(package, "py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in SPOKEN:
                bare = [a for a in node.args if isinstance(a, ast.JoinedStr) or _is_sentence(a)]
                assert not bare, f"{path.relative_to(ROOT)}:{node.lineno}"


def _name(call):
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def _is_sentence(node):
    """A text with a blank in it; a stored word or an endpoint has none."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


@every_package
def test_a_message_is_a_constant_so_that_it_can_be_found(package):
    for path in files(package, "py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in ("N_", "_", "ngettext") and node.args:
                assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{path}:{node.lineno}"
            if isinstance(node, ast.Call) and _name(node) == "N_":
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"


#: What stands in a page in every language alike.
NAMES = {"KUJA", "Suomi", "Svenska", "English", "RTO", "MTPD", "RPO", "BIA", "h"}


@each_of(path for package in PACKAGES for path in files(package, "html"))
def test_no_template_holds_bare_words(path: Path):
    text = path.read_text("utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.S)
    for said in re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', text):
        assert not re.search(r"[A-Za-zÅÄÖåäö]{2}", said), said
    text = re.sub(r"<[^>]*>|&\w+;|\b[\w.-]+\.fi\b", " ", text, flags=re.S)

    bare = set(re.findall(r"[A-Za-zÅÄÖåäö]{2,}", text)) - NAMES

    assert not bare


def _in_f_strings(path):
    """The messages within f-strings, which the extraction passes over: (line, message)."""
    for whole in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for call in ast.walk(whole) if isinstance(whole, ast.JoinedStr) else ():
            if (
                isinstance(call, ast.Call)
                and getattr(call.func, "id", "") == "_"
                and isinstance(call.args[0], ast.Constant)
            ):
                yield call.lineno, call.args[0].value


@pytest.mark.parametrize("language", TRANSLATED)
def test_messages_within_f_strings_are_translated_too(language):
    known = set().union(*(entries(package, language) for package in PACKAGES))
    found = [
        (f"{path.relative_to(ROOT)}:{line}", message)
        for package in PACKAGES
        for path in files(package, "py")
        for line, message in _in_f_strings(path)
    ]

    assert len(found) > 10
    assert not [(place, message) for place, message in found if message not in known]
