"""Every form × every field × every kind of hard input: told clearly, kept on the page, and nothing half-saved.

The forms are found by asking every address that takes a post, so that a new form is tried without anybody remembering.
A refused form shows again what was typed, literally; whatever came in, the database stands as it was.
"""

import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from itertools import product

import flask
import pytest
from lxml import html
from werkzeug.test import encode_multipart
from wtforms import FieldList, FileField, FormField, SelectField

from prepare.forms.fields import Day, Number, Text, Whole
from prepare.forms.form import CityForm
from prepare.texts import LOST, UNSTORABLE, clean
from tests import hard
from tests.conftest import ROOT, csrf_of, signed_in
from tests.filled import filled
from tests.test_every_route import NOT_THERE, _ref, content
from tests.ways import MISSING, PEOPLE, PUBLIC, WAYS

#: Sweeps run every page again for every role: counting lines there costs minutes and shows nothing new.
pytestmark = pytest.mark.no_cover

# What a run found, told at its end


@dataclass
class Cell:
    """What came of one kind of input in one form: the answers' numbers, and how many texts were kept of how many."""

    statuses: set = field(default_factory=set)
    kept: int = 0
    sent: int = 0

    def __str__(self):
        texts = f" {self.kept}/{self.sent}" if self.sent else ""
        return "/".join(map(str, sorted(self.statuses))) + texts


TABLE = defaultdict(lambda: defaultdict(Cell))


class Summary:
    """Prints the table: kind × form → the answers' numbers, texts kept of texts sent."""

    def pytest_terminal_summary(self, terminalreporter):
        kinds = list(dict.fromkeys(kind for row in TABLE.values() for kind in row))
        rows = [["", *kinds], *([place, *(str(TABLE[place].get(k, "")) for k in kinds)] for place in sorted(TABLE))]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        terminalreporter.write_line("hard input: answer's number, texts kept of those sent")
        for row in rows:
            terminalreporter.write_line("  ".join(f"{text:<{w}}" for text, w in zip(row, widths, strict=True)).rstrip())


@pytest.fixture(scope="module", autouse=True)
def table(request):
    """Has the table printed when the run ends."""
    request.config.pluginmanager.register(Summary())


# A form as a person has it open


class Desk:
    """Who sits where with which form open: the fields by name, and what the page's form holds."""

    def __init__(self, endpoint, browser, address, fields, values, token):
        self.endpoint, self.browser, self.address, self.token = endpoint, browser, address, token
        self.fields, self.values = fields, values
        self.every_name = set(fields)

    def of(self, *kinds, but=()):
        """The fields of these kinds."""
        return {n: f for n, f in self.fields.items() if isinstance(f, kinds) and not isinstance(f, but)}

    def send(self, kind, values, **more):
        """Post the form with these values in place of the page's; gives the answer and the form that it shows."""
        data = {"csrf_token": self.token, **self.values, **values}
        if more.pop("multipart", False):
            boundary, data = encode_multipart(data)
            more["content_type"] = f"multipart/form-data; boundary={boundary}"
        with shown_forms() as forms:
            answer = self.browser.post(self.address, data=data, **more)
        assert answer.status_code < 500, f"{kind} at {self.endpoint}"
        TABLE[self.endpoint][kind].statuses.add(answer.status_code)
        return answer, dict(named(forms[-1])) if forms else {}

    def lost(self, kind, answer, values):
        """The fields in which the page does not hold, literally, the text that was sent."""
        shown, cell, lost = defaultdict(list), TABLE[self.endpoint][kind], []
        for shows in html.fromstring(answer.text).xpath("//*[@name]"):
            shown[shows.get("name")].append(_typed(shows))
        for name, text in values.items():
            held = shown[name]
            cell.sent += 1
            cell.kept += text in held
            if text not in held:
                lost.append(name)
        return lost


def _typed(field):
    if field.tag == "textarea":
        return (field.text or "").replace("\r\n", "\n").removeprefix("\n")
    return field.get("value")


def named(form):
    """Every field of a form by the name under which a page sends it."""
    for each in form:
        if isinstance(each, FormField | FieldList):
            yield from named(each)
        elif each.name != "csrf_token":
            yield each.name, each


class shown_forms:  # noqa: N801 - reads as a word of the sentence
    """`with shown_forms() as forms:` collects the forms of the pages that are drawn meanwhile."""

    def __enter__(self):
        self.forms = []
        flask.template_rendered.connect(self._note)
        return self.forms

    def _note(self, _sender, context, **_more):
        if isinstance(context.get("form"), CityForm):
            self.forms.append(context["form"])

    def __exit__(self, *_failure):
        flask.template_rendered.disconnect(self._note)


#: Records in a state that those of the table are not in, with who may act on them.
BESIDE_THE_TABLE = {"continuity.return_plan": [("P-02", "d")], "continuity.approve_plan": [("P-02", "d")]}

#: Records of the table that only the sweep of the routes lays beside the town.
NOT_IN_TOWN = {"S2", "S2 1"}


def places(endpoint):
    """Every record of the table with everybody who may act on it: (code, letter)."""
    if endpoint in PUBLIC:
        yield None, "-"
        return
    yield from BESIDE_THE_TABLE.get(endpoint, ())
    for code, row in WAYS[endpoint].rows():
        if code not in NOT_IN_TOWN:
            yield from ((code, letter) for letter, right in row.items() if right == "open")


class Hall:
    """The house with everybody in it, where forms are opened."""

    def __init__(self, app):
        self.app = app
        self.rules = {rule.endpoint: rule for rule in app.url_map.iter_rules() if "POST" in rule.methods}
        self.browsers = {who: signed_in(app, name) if name else app.test_client() for who, name in PEOPLE.items()}
        self.tokens = {who: browser.token for who, browser in self.browsers.items() if PEOPLE[who]}
        self.tokens["-"] = csrf_of(self.browsers["-"].get("/sign-in").text)

    def desks(self, endpoint):
        """Places where people have the form of an endpoint open: as few as show every field."""
        covered, wanted = set(), {"something"}
        for code, who in places(endpoint):
            if wanted <= covered:
                break
            desk = self.open(endpoint, code, who)
            if desk and not (covered and desk.fields.keys() <= covered):
                covered, wanted = covered | desk.fields.keys(), desk.every_name
                yield desk

    def open(self, endpoint, code, who):
        """The form of an endpoint in front of a person, without fields if it has none; None where no page has it."""
        address, browser, token = self.address(endpoint, code), self.browsers[who], self.tokens[who]
        if hasattr(self.app.view_functions[endpoint], "takes"):
            return Desk(endpoint, browser, address, {}, {}, token)
        with shown_forms() as forms:
            has_page = "GET" in self.rules[endpoint].methods
            answer = browser.get(address) if has_page else browser.post(address, data={"csrf_token": token})
        if answer.status_code != 200 or not forms:
            return None
        shown = set(html.fromstring(answer.text).xpath("//main//@name"))
        fields = {name: field for name, field in named(forms[-1]) if name in shown}
        values = filled(answer.text, next(iter(fields))) if has_page and fields else {}
        desk = Desk(endpoint, browser, address, fields, values, token)
        desk.every_name = {name for name, _field in named(forms[-1])}
        return desk if fields or has_page else None

    def address(self, endpoint, code):
        """The address of an endpoint for the record with this code."""
        rule, kind = self.rules[endpoint].rule, endpoint in WAYS and WAYS[endpoint].kind
        rule = rule.replace("<int:place>", "12")
        if kind is None or endpoint in PUBLIC:
            return rule
        if code == MISSING:
            return rule.replace("<uuid:ref>", str(NOT_THERE))
        return rule.replace("<uuid:ref>", str(_ref(kind, code)))


#: Takes the fields of whatever form is being typed, as its writer's own draft: tests/prepare/test_drafts.py.
WITHOUT_A_FORM = {"prepare.keep_draft"}
#: Shown only while a handed-in workbook waits: tests/exports/test_fill_in.py.
WITHOUT_A_FORM |= {"exports.waiting_form"}
#: Of records that use alone makes: tests/exports/test_rounds.py, tests/prepare/test_job_pages.py.
WITHOUT_A_FORM |= {"exports.edit_schedule", "prepare.cancel_job", "prepare.file"}
#: Opened by a link that is written nowhere (tests/dependencies/test_partners.py), or only where another municipality
#: has offered something (tests/prepare/test_network.py, tests/risks/test_sharing.py).
WITHOUT_A_FORM |= {
    "dependencies.answer_by_link",
    "prepare.adopt_guidance",
    "risks.adopt_scenario",
    "risks.renew_scenario",
}


def sit_everywhere(app):
    """Every address that takes a post, with its form open in front of somebody who may send it."""
    with app.app_context():
        hall = Hall(app)
        found = {endpoint: list(hall.desks(endpoint)) for endpoint in sorted(hall.rules.keys() - WITHOUT_A_FORM)}
    assert all(found.values()), [endpoint for endpoint, desks in found.items() if not desks]
    return [desk for desks in found.values() for desk in desks]


@pytest.fixture(scope="module")
def seated(app):
    """The desks, kept for all tests of the module as long as nobody lays the town anew."""
    return []


@pytest.fixture
def desks(app, seated, restore):
    """Every form, open in front of somebody who may send it; whatever is sent, nothing may be stored."""
    if not seated or seated[0].browser.get(seated[0].address).status_code != 200:
        restore()
        seated[:] = sit_everywhere(app)
    before = content(app)
    yield seated
    assert content(app) == before


# The kinds

#: What is refused at the form reaches no database, so no database changes the answer.
refused = pytest.mark.sqlite


def filler(fields):
    """The text field that holds least, and a text that is too long for it: with it a form is refused."""
    shortest = min(fields.values(), key=lambda f: f.longest)
    return shortest.name, "x" * (shortest.longest + 1)


def packs(texts, room):
    """The texts put together so that each pack has room in a field."""
    pack = ""
    for text in texts:
        if pack and len(pack) + len(text) + 1 > room:
            yield pack
            pack = ""
        pack = f"{pack} {text}" if pack else text
    yield pack


TEXTS = list(packs([*hard.MARKUP, *hard.COMMANDS, *hard.FORMULAS, *hard.SCRIPTS], 190))


@refused
def test_every_text_field_keeps_every_text_that_a_program_could_take_for_its_own(desks):
    for desk in desks:
        if fields := desk.of(Text):
            spoiled, too_long = filler(fields)
            for text in TEXTS:
                sent = dict.fromkeys(fields, text) | {spoiled: f"{text} {too_long}"}
                answer, shown = desk.send("odd text", sent)
                assert answer.status_code == 200, f"{desk.endpoint}: {text}"
                assert shown[spoiled].errors, desk.endpoint
                wanted = {name: clean(typed) for name, typed in sent.items()}
                assert not desk.lost("odd text", answer, wanted), f"{desk.endpoint}: {text}"


@refused
@pytest.mark.parametrize("kind", hard.DAMAGED)
def test_a_text_that_cannot_be_stored_is_refused_at_its_field_and_shown_where_it_is_damaged(desks, kind):
    damaged = hard.DAMAGED[kind]
    for desk in desks:
        if fields := desk.of(Text):
            answer, shown = desk.send("damaged text", dict.fromkeys(fields, damaged))
            assert answer.status_code == 422, desk.endpoint
            assert all(LOST in shown[name].errors[0] for name in fields), desk.endpoint
            wanted = dict.fromkeys(fields, UNSTORABLE.sub(LOST, clean(damaged)))
            assert not desk.lost("damaged text", answer, wanted), desk.endpoint
            assert all(f'id="{shown[name].id}-error"' in answer.text for name in fields), desk.endpoint


@refused
def test_every_text_field_refuses_a_personal_identity_code_and_says_why(desks):
    for desk in desks:
        if fields := desk.of(Text):
            sent = dict.fromkeys(fields, "131052-308T")
            answer, shown = desk.send("identity code", sent)
            assert answer.status_code == 200, desk.endpoint
            quiet = [name for name in fields if "131052-****" not in "".join(shown[name].errors)]
            assert not quiet, f"{desk.endpoint}: {quiet}"
            assert not desk.lost("identity code", answer, sent), desk.endpoint


@refused
def test_a_text_that_is_too_long_is_refused_at_its_field_and_kept_whole(desks):
    for desk in desks:
        for fields in parts(desk.of(Text), MOST_LONG):
            short = any(f.longest < 60_000 for f in fields.values())
            sent = {name: "x" * _too_long(f.longest, short) for name, f in fields.items()}
            answer, shown = desk.send("60 kB", sent)
            assert answer.status_code == 200, desk.endpoint
            assert [n for n in fields if shown[n].errors] == [n for n, f in fields.items() if f.longest < len(sent[n])]
            assert not desk.lost("60 kB", answer, sent), desk.endpoint


def _too_long(longest, short):
    """60 kB for a field that holds less; one that holds more is overfilled only where no other refuses the form."""
    if longest < 60_000:
        return 60_000
    return 1000 if short else longest + 1


#: Texts of 60 kB that one form may carry: a form is at most 4 MB large.
MOST_LONG = 50


def parts(fields, most):
    """The fields in parts of at most so many."""
    names = list(fields)
    return [{name: fields[name] for name in names[start : start + most]} for start in range(0, len(names), most)]


@refused
def test_no_field_takes_long_over_any_text(desks):
    slow = list(hard.SLOW.values())
    for turn, desk in enumerate(desks):
        one_of_each = {type(field): name for name, field in desk.fields.items()}.values()
        spoiled = dict([filler(desk.of(Text))]) if desk.of(Text) else {}
        for text in slow[turn % 3 :: 3] if desk.fields else ():
            begun = time.process_time()
            answer, _shown = desk.send("slow text", dict.fromkeys(one_of_each, text) | spoiled, multipart=True)
            assert time.process_time() - begun < 2, f"{desk.endpoint}: {text[:9]}"
            assert answer.status_code in (200, 409, 422), desk.endpoint


def cycled(kinds, turn):
    """One text of these kinds for each turn."""
    texts = list(kinds.values())
    return texts[turn % len(texts)]


@refused
@pytest.mark.parametrize("turn", range(max(map(len, (hard.NO_FIGURES, hard.NO_DATES, hard.NO_CHOICES)))))
def test_what_is_no_figure_no_date_and_no_choice_is_refused_at_its_field_and_kept(desks, turn):
    for desk in desks:
        days, choices = desk.of(Day), desk.of(SelectField)
        figures = desk.of(Number, but=Day)
        sent = dict.fromkeys(figures, cycled(hard.NO_FIGURES, turn)) | dict.fromkeys(days, cycled(hard.NO_DATES, turn))
        if sent or choices:
            answer, shown = desk.send("wrong type", sent | dict.fromkeys(choices, cycled(hard.NO_CHOICES, turn)))
            assert answer.status_code in (200, 422), desk.endpoint
            quiet = [name for name in (*sent, *choices) if not shown[name].errors]
            assert not quiet, f"{desk.endpoint}: {quiet}"
            wanted = {name: UNSTORABLE.sub(LOST, text) for name, text in sent.items()}
            assert not desk.lost("wrong type", answer, wanted), desk.endpoint


@refused
def test_every_figure_is_understood_as_finns_write_it(desks):
    for desk in desks:
        figures = desk.of(Number, but=Day)
        if figures:
            sent = {n: "1 234" if isinstance(f, Whole) else "1\N{NO-BREAK SPACE}234,5" for n, f in figures.items()}
            others = desk.of(Day, SelectField)
            spoiled = dict([filler(texts)]) if (texts := desk.of(Text)) else dict.fromkeys(others, "x")
            answer, shown = desk.send("1 234,5", sent | spoiled)
            assert answer.status_code == 200, desk.endpoint
            assert {shown[n].data for n in figures} <= {1234, 1234.5}, desk.endpoint
            assert not desk.lost("1 234,5", answer, sent), desk.endpoint


@refused
@pytest.mark.parametrize("name", hard.PROTECTED)
def test_a_field_that_does_not_belong_is_refused_by_every_post(desks, name):
    for desk in desks:
        if name not in desk.fields:
            answer, _shown = desk.send("foreign field", {name: "1"})
            assert answer.status_code == 422, desk.endpoint


@refused
def test_a_file_in_place_of_a_text_is_refused_by_every_post(desks):
    for desk in desks:
        texts = [name for name, field in desk.fields.items() if not isinstance(field, FileField)]
        for name in texts[:3] or ["x"]:
            answer, _shown = desk.send("file for text", {name: (BytesIO(b"x"), "name.xlsx")})
            assert answer.status_code == 422, desk.endpoint


ASKED = re.compile(r"""args\.get(?:list)?\(\s*"([a-z_]+)\"""")


@pytest.fixture(scope="module")
def words():
    """Every name under which a view reads the address, and the fields of the form that only asks."""
    sources = [path.read_text("utf-8") for path in ROOT.glob("*/views/*.py")]
    return sorted(
        {name for source in sources for name in ASKED.findall(source)} | {"sort", "page", "hours", "scenario"}
    )


def test_no_page_fails_over_words_that_its_address_carries(desks, app, words):
    assert {"page", "q", "organisation", "version", "find", "suppliers", "next"} <= set(words)
    rules = [r for r in app.url_map.iter_rules() if "GET" in r.methods and r.endpoint in WAYS and not r.arguments]
    browser = next(desk.browser for desk in desks if desk.endpoint == "prepare.add_function")
    packed = [words[first : first + 30] for first in range(0, len(words), 30)]  # an address holds no more
    for turn, rule in enumerate(rules):
        for some, text in product(packed, hard.ODD_WORDS[turn % 3 :: 3]):
            answer = browser.get(rule.rule, query_string=dict.fromkeys(some, text))
            TABLE[rule.endpoint]["odd words"].statuses.add(answer.status_code)
            readable = len(text) <= 200 and not UNSTORABLE.search(text)
            assert answer.status_code in ((200, 302, 403, 404) if readable else (400,)), f"{rule.rule} {text}"


def test_every_text_that_is_stored_is_shown_as_text_on_every_page(town, app, restore):
    restore()
    planted, texts = [], list(packs([*hard.MARKUP, *hard.COMMANDS], 190))
    for turn, desk in enumerate(sit_everywhere(app)):
        fields = desk.of(Text)
        sent = {name: texts[(turn + place) % len(texts)] for place, name in enumerate(fields)}
        if desk.endpoint.partition(".")[2].startswith(("add_", "edit_", "assess_", "answer")):
            choices = {
                name: _first(f) for name, f in desk.of(SelectField).items() if desk.values.get(name) in ("", None)
            }
            answer, _shown = desk.send(
                "stored", choices | sent | {"number": "0.9"} if "number" in fields else choices | sent
            )
            planted.append(answer.status_code)
    assert planted.count(302) > 5
    browser = signed_in(app, PEOPLE["d"])
    for address in crawled(browser):
        page = html.fromstring(browser.get(address).text)
        assert not page.xpath("//script[not(@src)] | //iframe | //math | //img[@onerror] | //svg[@onload]"), address
        assert not page.xpath("//@*[starts-with(name(), 'on')]"), address
        links = page.xpath("//@href | //@src | //@action")
        assert not [link for link in links if re.match(r"\s*(java\s*script|data|vbscript):", link, re.IGNORECASE)], (
            address
        )


def _first(choice):
    """The first choice that says something."""
    return next((value for value, *_more in choice.iter_choices() if value), "")


def crawled(browser):
    """Every address to which the pages lead from the start page."""
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address not in seen and not address.startswith(("/static", "mailto")):
            seen.add(address)
            answer = browser.get(address)
            assert answer.status_code in (200, 302, 403), address
            if answer.mimetype == "text/html":
                found = html.fromstring(answer.text or "<p/>").xpath("//a/@href")
                waiting += [href for href in found if href.startswith("/") and "?" not in href]
            if answer.status_code == 200:
                yield address
