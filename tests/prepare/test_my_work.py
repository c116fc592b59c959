"""The first page for each role: what is shown, in which order, and what is never shown."""

import re
from datetime import date, timedelta

import pytest

from prepare import registration
from prepare.actor import EVERYTHING
from prepare.clock import now, today
from prepare.db import db
from prepare.models.functions import FunctionRevision
from prepare.queries import functions as function_queries
from prepare.queries import sectors as queries
from prepare.vocabulary import Criticality, FunctionState
from risks.models.measures import Measure
from tests.ways import PEOPLE

HEADING = re.compile(r'<h2 id="([\w-]+)"')


def headings(page):
    """The sections of a page, in their order."""
    return HEADING.findall(page)


def part(page, key):
    """One section of a page."""
    return page.partition(f'<h2 id="{key}"')[2].partition("</section>")[0]


def titles(page, key):
    """What one section lists."""
    return re.findall(r'<div class="work__what">\s*<a href="[^"]+">([^<]+)</a>', part(page, key))


def test_a_contact_sees_first_what_came_back_then_deadlines_then_what_is_missing(town, sign_in):
    town.change(town.function("F-EDU-01"), return_reason="Kerro,\nkuka päättää <b>yöllä</b>.", criticality=None)
    page = sign_in("edu.contact").get("/").text

    assert headings(page) == ["returned", "decide", "due", "missing", "round", "figures"]
    assert titles(page, "returned") == ["F-EDU-01 Kouluateriat"]
    assert "kuka päättää &lt;b&gt;yöllä&lt;/b&gt;." in part(page, "returned")
    assert "about 15 min" in part(page, "returned")
    assert titles(page, "missing")[0] == "Criticality class"
    assert f"/functions/{town.function('F-EDU-01').ref}/edit#criticality" in part(page, "missing")
    assert "The class decides what is secured and restored first." in part(page, "missing")
    assert "WAT" not in page
    assert "Vesitorni" not in page


def test_a_draft_that_lacks_nothing_only_has_to_be_submitted(town, sign_in):
    page = sign_in("edu.contact").get("/?all=missing").text

    assert "F-EDU-01 Kouluateriat" in titles(page, "missing")
    assert "A draft is ready to be submitted" in page


def test_all_of_a_kind_are_shown_on_request(town, sign_in):
    empty = {"state": FunctionState.CONFIRMED, "criticality": Criticality.K3}
    town.keep(*(town.a_function(f"F-EDU-{number}", **empty) for number in range(20, 25)))
    contact = sign_in("edu.contact")

    first, every = contact.get("/").text, contact.get("/?all=missing").text

    total = int(re.search(r"Show all (\d+)", part(first, "missing"))[1])
    assert len(titles(first, "missing")) == 5
    assert total > 30
    assert len(titles(every, "missing")) == total
    assert "Show all" not in part(every, "missing")


def test_the_round_shows_each_step_with_what_is_done_and_what_is_next(town, sign_in):
    steps = part(sign_in("wat.contact").get("/").text, "round")

    assert re.findall(r"round__step--(\w+)", steps)[:3] == ["open", "next", "open"]
    assert "0 of 3" in steps
    assert "The director or the unit names them." in steps
    assert "3 of 5" in steps  # functions listed
    assert "1 of 3" in steps  # of two vital functions and one without a class only F-WAT-01 is complete
    assert re.search(r"about (\d+ h )?\d+ min left", steps)


def test_a_director_sees_first_what_waits_for_a_decision(town, sign_in):
    town.change(town.function("F-EDU-01"), return_reason="Täydennä.")
    page = sign_in("edu.director").get("/").text

    assert headings(page)[:2] == ["decide", "returned"]
    assert "P-02 Suunnitelma P-02" in titles(page, "decide")
    assert "round" in headings(page)


def test_the_unit_sees_the_queue_the_oldest_first_with_since_when_it_waits(town, sign_in):
    change = db.session.query(FunctionRevision).one()
    town.change(change, submitted_at=now() - timedelta(days=9))
    town.change(town.function("F-EDU-02"), submitted_at=now() - timedelta(days=2))
    page = sign_in("central").get("/").text

    queue = titles(page, "decide")
    assert queue[:2] == ["F-EDU-04 Koulukuljetukset", "F-EDU-02 Varhaiskasvatus"]
    assert "P-02 Suunnitelma P-02" in queue
    assert f"waiting since {(today() - timedelta(days=9)).isoformat()}" in part(page, "decide")
    assert headings(page)[0] == "decide"


def test_the_unit_sees_the_sectors_side_by_side_and_who_has_not_started(town, sign_in):
    for code in ("F-SCH-01",):
        town.change(town.function(code), state=FunctionState.RETIRED)
    table = part(sign_in("central").get("/").text, "sectors")

    assert "1 organisation has not started:" in table
    assert re.search(r"Åker schools</a></th><td colspan=\"\d+\">.*Not started", table)
    water = re.search(r"Waterworks</a></th>(.*?)</tr>", table)[1]
    assert re.findall(r'<td class="num">([^<]*)</td>', water)[:3] == ["2", "1", missing_of(town, "WAT")]
    assert "nobody yet" in water


def missing_of(town, code):
    """How many required facts the functions of an organisation lack, told by the rules."""
    count = 0
    for function in db.session.scalars(function_queries.functions(EVERYTHING)):
        if function.organisation.code == code:
            assessed = function.code == "F-WAT-01"
            count += len(registration.gaps(registration.of_record(function), assessed=assessed))
    return str(count)


def test_figures_of_the_sectors_are_those_that_the_rules_tell_of_each_function(town):
    town.change(town.function("F-EDU-03"), owner_role="", mtpd_h=None)
    town.change(town.function("F-EDU-04"), criticality=None)
    ids = {town.organisation_of(code).id: code for code in ("EDU", "WAT", "SCH")}

    rows = db.session.execute(queries.functions(EVERYTHING, list(ids))).all()

    assert {ids[row[0]]: str(row[5]) for row in rows} == {code: missing_of(town, code) for code in ids.values()}
    told = {ids[row[0]]: tuple(row)[1:5] for row in rows}
    assert told["EDU"] == (3, 2, 1, 0)  # without a class F-EDU-04 may be vital, and is not complete
    assert told["WAT"] == (2, 1, 3, 1)


def test_who_changed_something_last_is_told_by_the_trail(town, sign_in):
    contact = sign_in("wat.contact")
    contact.send(f"/functions/{town.function('F-WAT-03').ref}/retire")

    rows = db.session.execute(queries.with_last_change(queries.keeping(EVERYTHING)))

    changed = {one.code: moment for one, moment in rows}
    assert changed["WAT"].date() == now().date()
    assert changed["EDU"] is None


@pytest.mark.parametrize("name", ["edu.contact", "edu.director", "leadership", "auditor", "admin", "county"])
def test_only_the_unit_sees_the_sectors_side_by_side(town, sign_in, name):
    page = sign_in(name).get("/").text

    assert "Sectors side by side" not in page
    assert ("Your round" in page) is name.startswith("edu")


def test_a_partner_sees_what_waits_what_has_been_shared_and_its_interfaces(town, sign_in):
    page = sign_in("county").get("/").text

    assert headings(page) == ["decide", "shared", "interfaces"]
    assert "You may read 1 function of the city." in page
    assert "You may read 1 interface." in page


def test_who_only_reads_is_told_that_nothing_waits(town, sign_in):
    page = sign_in("auditor").get("/").text

    assert "Nothing waits for you" in page
    assert "figures" in headings(page)


@pytest.mark.parametrize("name", [name for name in PEOPLE.values() if name])
def test_the_page_asks_few_questions(town, sign_in, statements, name):
    visitor = sign_in(name)

    with statements() as seen:
        assert visitor.get("/").status_code == 200

    assert len(seen) <= 39, "\n".join(text[:120] for text in seen.texts)


def test_a_measure_that_is_late_says_so_in_words(town, sign_in):
    town.change(town.record(Measure, "M-01"), due=date(2026, 1, 2))

    due = part(sign_in("edu.contact").get("/").text, "due")

    assert "M-01" in titles(sign_in("edu.contact").get("/").text, "due")[0]
    assert "Late" in due
    assert "by 2026-01-02" in due


def test_a_function_belongs_to_the_page_of_those_who_may_edit_it(town, sign_in):
    town.change(town.function("F-WAT-03"), return_reason="Täydennä.")

    assert "F-WAT-03" in sign_in("wat.contact").get("/").text
    assert "F-WAT-03" not in sign_in("edu.contact").get("/").text
