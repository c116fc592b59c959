"""The measures over HTTP: list, board, calendar, one measure and its way, as the roles that use them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from dependencies.models.interfaces import Interface
from prepare.clock import today
from prepare.db import db
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind, MeasureSource, MeasureState
from tests.filled import filled


@pytest.fixture
def measure(town):
    """A measure of the education sector."""
    return town.record(Measure, "M-01")


def page_of(browser, measure, step=""):
    """The page of a measure, or of a step of its way."""
    return browser.get(f"/measures/{measure.ref}{step}").text


def post(browser, measure, step, **data):
    """Take a step by its form, filled in as the page shows it but for `data`."""
    address = f"/measures/{measure.ref}/{step}"
    values = form_at(browser, address, next(iter(data))) if data else {"csrf_token": browser.token}
    return landed(browser, browser.post(address, data={**values, **data}))


def landed(browser, answer):
    """Where a person stands after an answer: on the page to which it leads, if it leads anywhere."""
    return browser.get(answer.headers["Location"]) if "Location" in answer.headers else answer


def form_at(browser, address, name):
    """What a browser would send of the form at an address that has this field; nothing where the page has none."""
    shown = landed(browser, browser.get(address)).text
    values = filled(shown, name) if f'name="{name}"' in shown else {}
    return {**values, "csrf_token": browser.token}


def fresh(measure):
    """The measure as it is stored now."""
    db.session.expire_all()
    return measure


def several(town, count, **fields):
    """Further measures of the education sector."""
    owner = town.organisation_of("EDU").id
    values = {"organisation_id": owner, "due": today() + timedelta(days=10), **fields}
    town.keep(*(Measure(code=f"M-{number}", name_fi=f"Lisä {number}", **values) for number in range(50, 50 + count)))


def test_a_whole_life_from_the_risk_to_the_verification(town, sign_in):
    contact, director = sign_in("edu.contact"), sign_in("edu.director")
    risk = contact.get(f"/risks/{town.record(Risk, 'R-01').ref}").text
    assert "/measures/new?risk=R-01" in risk

    values = form_at(contact, "/measures/new?risk=R-01", "name_fi")
    assert (values["source"], values["source_code"], values["risks"]) == ("risk", "R-01", "R-01")
    added = landed(contact, contact.post("/measures/new", data={**values, "name_fi": "Varakeittiö"}))
    assert "The measure was added." in added.text
    measure = db.session.scalars(select(Measure).where(Measure.name_fi == "Varakeittiö")).one()
    assert "Keittiö ei toimi" in added.text

    assert "is in progress" in post(contact, measure, "start").text
    assert "The progress was saved." in post(contact, measure, "progress", progress_pct="40").text
    assert "was reported done" in post(contact, measure, "finish").text
    assert post(contact, measure, "verify").status_code == 403
    assert "was verified" in post(director, measure, "verify").text
    assert fresh(measure).state is MeasureState.VERIFIED
    trail = contact.get(f"/measures/{measure.ref}/trail").text
    assert all(
        word in trail for word in ("Measure verified", "Measure reported done", "Measure begun", "Measure added")
    )


def test_a_director_who_reported_it_done_is_told_why_somebody_else_verifies_it(town, sign_in, measure):
    director = sign_in("edu.director")
    town.change(measure, state=MeasureState.DONE, done_by_id=town.user("edu.director").id, progress_pct=100)

    page = page_of(director, measure)
    assert "somebody else verifies it" in page
    assert f"/measures/{measure.ref}/verify" not in page
    assert "somebody else verifies it" in post(director, measure, "verify").text
    assert fresh(measure).state is MeasureState.DONE


def test_resting_cancelling_and_reopening_want_a_reason(town, sign_in, measure):
    contact = sign_in("edu.contact")

    assert "Say why the measure is on hold." in post(contact, measure, "progress", state="on_hold").text
    assert "This is needed." in post(contact, measure, "cancel", state_reason="").text
    assert "was cancelled" in post(contact, measure, "cancel", state_reason="Rahaa ei ole").text
    assert "is now “Cancelled”" in post(contact, measure, "start").text
    assert "is now “Cancelled”" in landed(contact, contact.get(f"/measures/{measure.ref}/progress")).text
    assert "is now “Cancelled”" in post(contact, measure, "cancel", state_reason="Taas").text
    again = post(contact, measure, "reopen", state_reason="Rahaa on", progress_pct="20 %")
    assert "in progress again" in again.text
    assert (fresh(measure).state, measure.progress_pct) == (MeasureState.IN_PROGRESS, 20)


def test_two_people_editing_at_once_are_shown_both_texts(town, sign_in, measure):
    contact, unit = sign_in("edu.contact"), sign_in("central")
    for step, name, mine, theirs in (
        ("edit", "owner_role", "Minä", "Hän"),
        ("progress", "progress_text", "Oma", "Toinen"),
    ):
        address = f"/measures/{measure.ref}/{step}"
        late = form_at(contact, address, name)
        unit.post(address, data={**form_at(unit, address, name), name: theirs})
        answer = contact.post(address, data={**late, name: mine})
        assert answer.status_code == 409
        assert mine in answer.text
        assert theirs in answer.text


def test_a_wrong_list_of_risks_says_which_code_is_wrong_and_keeps_what_was_typed(town, sign_in, measure):
    contact = sign_in("edu.contact")

    answer = post(contact, measure, "edit", risks="r-01; R-77")
    assert "There is no such risk: R-77." in answer.text
    assert 'value="r-01; R-77"' in answer.text
    assert "Give at most 50 codes." in post(contact, measure, "edit", risks=" ".join(map(str, range(60)))).text
    assert "This is no code" in post(contact, measure, "edit", risks="x" * 30).text
    assert "was saved" in post(contact, measure, "edit", risks="r-01, R-02 r-01", cost_eur="12 500 €").text
    assert [risk.code for risk in fresh(measure).risks] == ["R-01", "R-02"]
    assert measure.cost_eur == 12500


def test_a_broken_rule_is_told_beside_its_field_when_a_measure_is_added(sign_in):
    unit = sign_in("central")
    values = form_at(unit, "/measures/new?source=meeting&code=MT-03", "name_fi")

    assert (values["source"], values["source_code"]) == ("meeting", "MT-03")
    answer = unit.post("/measures/new", data={**values, "name_fi": "Kierros", "confidentiality": "confidential"})
    assert "State the legal basis of secrecy" in answer.text


def test_what_a_measure_came_from_is_a_link_only_for_those_who_may_read_it(town, sign_in, measure):
    admin, contact = sign_in("admin"), sign_in("edu.contact")
    secret, link = town.record(Risk, "R-02"), "Turvakodin osoite paljastuu"
    town.change(measure, source_code="R-02")
    assert f"/risks/{secret.ref}" in page_of(contact, measure)
    assert link in page_of(contact, measure)
    assert link not in page_of(admin, measure)

    for source, code, told in (
        (MeasureSource.SPOF, "F-EDU-03", "Perusopetus"),
        (MeasureSource.RTO_GAP, "F-EDU-06", None),
        (MeasureSource.EXERCISE, "EX-01", "EX-01"),
        (MeasureSource.RISK, "R-99", "R-99"),
    ):
        town.change(measure, source=source, source_code=code)
        assert (told or "Recovery gap") in page_of(admin, measure)
    assert "F-EDU-06" not in page_of(admin, measure)
    town.change(measure, source=None, source_code=None)
    assert "What it came from" in page_of(admin, measure)


def test_a_page_says_how_many_risks_and_measures_lie_outside_the_view(town, sign_in, measure):
    admin, water = town.record(Risk, "R-01"), town.record(Measure, "M-02")
    town.change(town.record(Risk, "R-02"), measures=[water, measure])
    town.change(admin, measures=[measure, water])
    browser = sign_in("admin")

    assert "1 risk outside your view is treated too." in page_of(browser, measure)
    assert "1 measure is outside your view." in browser.get(f"/risks/{admin.ref}").text


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"M-01", "M-02", "M-50", "M-51"}),
        ("?q=M-50", {"M-50"}),
        ("?q=zzz", set()),
        ("?state=verified", {"M-52"}),
        ("?overdue=1", {"M-51"}),
        ("?overdue=1&q=zzz", set()),
        ("?kind=training", {"M-50"}),
        ("?source=meeting", {"M-51"}),
        ("?level=area&area=itainen", {"M-50"}),
        ("?undated=1", {"M-50"}),
        (f"?due={(today() - timedelta(days=3)).isoformat()}", {"M-51"}),
        ("?due=x&organisation=EDU&sort=-cost", {"M-01", "M-02", "M-50", "M-51"}),
    ],
)
def test_the_list_finds_what_is_asked_for(town, sign_in, query, codes):
    owner = {"organisation_id": town.organisation_of("EDU").id}
    area = {"level": SteeringLevel.AREA, "area": "itainen", "kind": MeasureKind.TRAINING}
    late = {"due": today() - timedelta(days=3), "source": MeasureSource.MEETING, "state": MeasureState.IN_PROGRESS}
    town.keep(
        Measure(code="M-50", name_fi="Kävely", **owner, **area),
        Measure(code="M-51", name_fi="Valot", **owner, **late),
        Measure(code="M-52", name_fi="Ohje", **owner, state=MeasureState.VERIFIED),
        Measure(code="M-53", name_fi="Peruttu", **owner, state=MeasureState.CANCELLED),
    )

    page = sign_in("edu.contact").get(f"/measures/{query}").text

    assert set(re.findall(r'<td class="code wide-only">(M-\d+)</td>', page)) == codes
    assert codes or "empty__title" in page


@pytest.mark.parametrize("name", ["edu.contact", "leadership"])
@pytest.mark.parametrize("look", ["", "?overdue=1", "board", "calendar"])
def test_an_empty_register_says_what_to_do_next(town, sign_in, name, look):
    for measure in db.session.scalars(select(Measure)):
        town.change(measure, state=MeasureState.CANCELLED)

    page = sign_in(name).get(f"/measures/{look}").text

    assert "No measures yet" in page or "Nothing is overdue" in page or "Nothing is due in this month" in page


def test_the_board_shows_a_few_of_each_state_and_counts_all(town, sign_in):
    several(town, 20, state=MeasureState.IN_PROGRESS)
    town.change(town.record(Measure, "M-50"), due=today() - timedelta(days=1))
    contact = sign_in("edu.contact")

    page = contact.get("/measures/board").text

    assert page.count("board__card") - page.count("board__card--late") == 10  # 8 of 20 in progress, 2 planned
    assert "12 more in the list" in page
    assert "1 overdue" in page
    assert "/measures/?state=in_progress" in page
    assert "No measure matches" in contact.get("/measures/board?q=zzz").text


def test_a_card_is_moved_on_and_leads_back_to_the_board(town, sign_in, measure):
    contact = sign_in("edu.contact")
    data = {"csrf_token": contact.token, "from": "board", "organisation": "EDU"}

    answer = contact.post(f"/measures/{measure.ref}/start", data=data)

    assert answer.headers["Location"] == "/measures/board?organisation=EDU"
    assert fresh(measure).state is MeasureState.IN_PROGRESS


def test_the_calendar_shows_measures_on_their_days_and_the_undated_apart(town, sign_in):
    first = today().replace(day=1)
    several(town, 6, due=first)
    town.keep(Measure(code="M-70", name_fi="Jatkuva työ", organisation_id=town.organisation_of("EDU").id))
    contact = sign_in("edu.contact")

    page = contact.get("/measures/calendar").text

    assert len(re.findall(r'<span class="code">M-5\d</span>', page)) == 4
    assert "2 more" in page
    assert f"/measures/?due={first.isoformat()}" in page
    assert "M-70 Jatkuva työ" in page
    june = contact.get("/measures/calendar?month=2027-06").text
    assert "June 2027" in june
    assert '<span class="code">M-01</span>' in june
    assert "month=2027-05" in june
    assert "month=2027-07" in june
    assert "Nothing is due" in contact.get("/measures/calendar?month=2190-01").text
    assert contact.get("/measures/calendar?month=2027-13").status_code == 200


def tasks_of(browser):
    """What the start page says is waiting."""
    return re.findall(r'<a href="/measures/[^"]+">(M-\d+)[^<]*</a>\s*<span>([^<]*)</span>', browser.get("/").text)


def test_the_start_page_names_what_is_late_due_soon_and_to_be_verified(town, sign_in, measure):
    director, water = sign_in("edu.director"), sign_in("wat.contact")
    town.change(measure, due=today() - timedelta(days=2))
    town.change(town.record(Measure, "M-02"), due=today() + timedelta(days=20))
    several(town, 1, state=MeasureState.DONE, done_by_id=town.user("edu.contact").id)

    told = dict(tasks_of(director))

    assert told.keys() == {"M-01", "M-02", "M-50"}
    assert told["M-01"] == "Finish it, or say why it is late"
    assert told["M-02"] == "Is it on its way?"
    assert told["M-50"] == "Reported done: waits for your verification"
    assert tasks_of(water) == []
    town.change(measure, overdue_reason="Laite puuttuu")
    assert dict(tasks_of(sign_in("edu.contact"))).keys() == {"M-02"}
    assert dict(tasks_of(sign_in("central"))).keys() == {"M-50"}
    assert tasks_of(sign_in("leadership")) == []


@pytest.mark.parametrize("address", ["", "?overdue=1", "board", "calendar"])
def test_many_measures_cost_no_more_statements_than_few(town, sign_in, statements, address):
    contact = sign_in("edu.contact")
    with statements() as few:
        contact.get(f"/measures/{address}")
    several(town, 120, due=today() - timedelta(days=1))

    with statements() as many:
        contact.get(f"/measures/{address}")

    assert len(many) == len(few)


def test_a_measure_against_what_is_secret_begins_as_secret_and_for_its_owner(town, sign_in):
    unit = sign_in("central")

    secret = form_at(unit, "/measures/new?source=spof&code=F-EDU-06", "name_fi")
    assert (secret["source_code"], secret["confidentiality"], secret["organisation"]) == (
        "F-EDU-06",
        "confidential",
        "EDU",
    )
    assert secret["secrecy_basis"]
    plain = form_at(unit, "/measures/new?source=rto_gap&code=F-WAT-01", "name_fi")
    assert (plain["confidentiality"], plain["organisation"]) == ("internal", "WAT")
    hidden = form_at(sign_in("wat.contact"), "/measures/new?source=spof&code=F-EDU-06", "name_fi")
    assert (hidden["confidentiality"], hidden["organisation"]) == ("internal", "WAT")


def test_pages_of_functions_and_interfaces_show_the_measures_that_came_from_them(town, sign_in, measure):
    contact = sign_in("edu.contact")
    meals, interface = town.function("F-EDU-01"), town.record(Interface, "I-01")
    assert "Toimenpide M-01" not in contact.get(f"/functions/{meals.ref}").text

    town.change(measure, source=MeasureSource.SPOF, source_code="F-EDU-01")
    assert "Toimenpide M-01" in contact.get(f"/functions/{meals.ref}").text
    shelter = town.function("F-EDU-06")  # about which something has been decided
    assert "/measures/new?source=spof&amp;code=F-EDU-06" in contact.get(f"/keystones/{shelter.ref}").text

    town.change(measure, source=MeasureSource.INTERFACE, source_code="I-01")
    page = contact.get(f"/interfaces/{interface.ref}").text
    assert "Toimenpide M-01" in page
    assert "/measures/new?source=interface&amp;code=I-01" in page
    assert "Yhdyspinta I-01" in page_of(contact, measure)
    assert "Toimenpide M-01" not in sign_in("county").get(f"/interfaces/{interface.ref}").text
