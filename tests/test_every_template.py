"""Every template: no script, style or sum in it, nothing unused, and somebody draws it."""

import ast
import re
from functools import cache

import pytest
from jinja2 import nodes

from prepare.access import Action
from prepare.texts import PACKAGES
from tests.conftest import ROOT
from tests.each import each_of

TEMPLATES = {
    str(path.relative_to(ROOT / package / "templates")): path
    for package in PACKAGES
    for path in sorted((ROOT / package / "templates").rglob("*.*"))
}
every_template = each_of(sorted(TEMPLATES))
#: Sums belong to rules and readings.
SUMS = (nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow)
#: The pager counts pages: which is the one before, which are near.
COUNTS_PLACES = {"prepare/_tables.html"}
LONGEST_TEMPLATE = 200


def source(name):
    """A template's text."""
    return TEMPLATES[name].read_text("utf-8")


@pytest.fixture(scope="module")
def trees(app):
    """Template → its syntax tree."""
    return {name: app.jinja_env.parse(source(name)) for name in TEMPLATES}


@cache
def named_in_code():
    """Every text in the packages' code that ends like a template's name."""
    found = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                text = node.value if isinstance(node, ast.Constant) else None
                if isinstance(text, str) and text.endswith((".html", ".svg")) and "/" in text:
                    found.add(text)
    return found


def asked_for(tree):
    """The templates that a template extends, includes or imports."""
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    return {node.template.value for node in tree.find_all(kinds) if isinstance(node.template, nodes.Const)}


def test_every_template_lies_in_the_folder_of_its_package():
    for name, path in TEMPLATES.items():
        package = path.relative_to(ROOT).parts[0]
        assert name.startswith(f"{package}/"), name


def test_every_template_that_the_code_names_exists():
    assert named_in_code() <= TEMPLATES.keys()


def test_every_template_is_drawn_by_a_view_or_by_a_template_that_is(trees):
    drawn, new = set(), named_in_code() & TEMPLATES.keys()
    while new:
        drawn |= new
        new = {name for template in new for name in asked_for(trees[template])} - drawn

    assert TEMPLATES.keys() - drawn == set()


@every_template
def test_a_template_tells_what_it_shows(name):
    assert source(name).startswith("{#-"), "begin with a comment that names the variables"


@every_template
def test_a_template_stays_readable(name):
    assert source(name).count("\n") <= LONGEST_TEMPLATE


@every_template
def test_no_style_script_or_handler_stands_in_a_page(name):
    text = re.sub(r"\{#.*?#\}", "", source(name), flags=re.S)

    assert not re.search(r"\sstyle\s*=", text)
    assert name.endswith(".svg") or not re.search(r"<style\b", text), "a file that opens alone carries its styles"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\son[a-z]+\s*=", text)
    assert not re.search(r"\bhx-on\b|\bjs:|javascript:", text)
    assert not re.search(r"(<link[^>]*href|src|action)=\"(https?:)?//", text), "only our own files"


@every_template
def test_nothing_is_declared_safe(name, trees):
    filters = {node.name for node in trees[name].find_all(nodes.Filter)}

    assert not filters & {"safe", "striptags", "tojson", "xmlattr"}
    assert not list(trees[name].find_all((nodes.EvalContextModifier, nodes.MarkSafe)))
    assert "{% raw" not in source(name)


@every_template
def test_no_sum_is_done_in_a_template(name, trees):
    sums = [f"line {node.lineno}: {type(node).__name__}" for node in trees[name].find_all(SUMS)]

    assert name in COUNTS_PLACES or not sums


@every_template
def test_no_query_is_asked_in_a_template(name, trees):
    names = {node.name for node in trees[name].find_all(nodes.Name)}
    attributes = {node.attr for node in trees[name].find_all(nodes.Getattr)}

    assert not names & {"db", "session", "select", "queries", "config"}
    assert not attributes & {"query", "execute", "scalars", "__class__", "__globals__"}


def macros_of(tree):
    """The macros that a template defines."""
    return {node.name for node in tree.find_all(nodes.Macro)}


def names_used(tree):
    """Every name that a template reads."""
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}


def test_every_macro_is_used(trees):
    imported = {}
    for tree in trees.values():
        for node in tree.find_all(nodes.FromImport):
            imported.setdefault(node.template.value, set()).update(
                name if isinstance(name, str) else name[0] for name in node.names
            )
    for name, tree in trees.items():
        unused = macros_of(tree) - names_used(tree) - imported.get(name, set())
        assert not unused, name


@every_template
def test_every_macro_that_is_imported_exists_and_is_used(name, trees):
    tree = trees[name]
    for node in tree.find_all(nodes.FromImport):
        wanted = {one if isinstance(one, str) else one[0] for one in node.names}
        given = {one if isinstance(one, str) else one[1] for one in node.names}
        assert wanted <= macros_of(trees[node.template.value])
        assert given <= names_used(tree), given - names_used(tree)


@every_template
def test_every_link_leads_to_a_page_that_exists(name, trees, app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    for node in trees[name].find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name == "url_for" and node.args:
            first = node.args[0]
            if isinstance(first, nodes.Const):
                assert first.value in endpoints, f"line {node.lineno}"


@every_template
def test_every_button_asks_for_an_action_that_exists(name, trees):
    for node in trees[name].find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name == "may":
            assert Action(node.args[0].value), f"line {node.lineno}"


@every_template
def test_every_form_that_posts_carries_its_token(name):
    text = re.sub(r"\{#.*?#\}", "", source(name), flags=re.S)
    for form in re.findall(r'<form\b[^>]*method="post".*?</form>', text, flags=re.S):
        assert re.search(r"csrf\(|hidden\(|csrf_token", form), form[:200]


#: Forms that carry no key: what their address names → why.
KEYLESS = {
    "'prepare.language'": "chooses a language; again is the same",
    "'prepare.sign_out'": "ends the session; again leads to signing in",
    "url_for(endpoint, **request.args": "hands a picture over; again is another copy, which the trail tells too",
}


@every_template
def test_every_form_that_saves_carries_a_key_by_which_it_saves_once(name):
    text = re.sub(r"\{#.*?#\}", "", source(name), flags=re.S)
    for form in re.findall(r'<form\b[^>]*method="post".*?</form>', text, flags=re.S):
        assert re.search(r"\b(hidden|once)\(", form) or any(told in form for told in KEYLESS), form[:200]


@every_template
def test_every_static_file_that_is_named_exists(name, trees):
    for node in trees[name].find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name == "url_for" and node.kwargs:
            for pair in node.kwargs:
                if pair.key == "filename" and isinstance(pair.value, nodes.Const):
                    assert (ROOT / "prepare" / "static" / pair.value.value).exists(), pair.value.value


def test_every_endpoint_that_the_code_names_exists(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "url_for" and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant) and not first.value.startswith("."):
                        assert first.value in endpoints, f"{path.relative_to(ROOT)}:{node.lineno}"
    for item in app.extensions["menu"]:
        assert item.endpoint in endpoints


def test_every_inset_names_a_record_and_a_template(app):
    for inset in app.extensions["insets"]:
        assert inset.template in TEMPLATES
        assert callable(inset.facts)
