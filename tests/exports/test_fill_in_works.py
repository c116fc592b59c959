"""Measures, plans, answers to the guidance and removals, through the fill-in workbook and the registers' own acts."""

import json
import shutil
import subprocess

import pytest
from sqlalchemy import select

from continuity.models.plans import Plan, PlanVersion
from continuity.vocabulary.plans import PlanState
from dependencies.models.needs import Need
from exports.filling.planning import MINE
from exports.intake import child, gate, telling
from exports.models.forms import HandedIn
from prepare.access import Action
from prepare.audit import AuditEntry
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.functions import Resource
from prepare.models.guidance import RequirementAnswer
from prepare.vocabulary import AnswerStatus, FunctionState
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.vocabulary.measures import MeasureState
from risks.vocabulary.risks import RiskState
from tests import town as the_town
from tests.exports.hands import (
    FUNCTIONS,
    GUIDANCE,
    MEASURES,
    NEEDS,
    PLANS,
    RESOURCES,
    RISKS,
    Filled,
    as_contact,
    looked,
    run,
    take_in,
    taken,
    upload,
)

REMOVED, WHY = "To be removed", "Reason for removing"


@pytest.fixture(autouse=True)
def near(monkeypatch):
    """The reading happens in this process: nothing is limited, everything else is the same."""
    monkeypatch.setattr(gate, "_read_apart", lambda name, content: child.answer(name, content))


def newest(model):
    """The record that was made last."""
    return db.session.scalars(select(model).order_by(model.id.desc())).first()


def acts(count=40):
    """The latest actions in the trail."""
    return set(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(count)))


def test_measures_come_in_with_how_far_they_are_and_the_new_risk_that_they_treat(town):
    book = Filled(taken())
    book.write(RISKS, book.spare(RISKS), **{"Title in Finnish": "Kattovuoto"})
    book.write(MEASURES, "M-01", Status="In progress", Progress=0.4)
    book.write(MEASURES, "M-02", Status="Done", **{"Where it stands": "Valmis"})
    new = book.spare(MEASURES)
    book.write(MEASURES, new, **{"Name in Finnish": "Katon korjaus", "Cost (€)": "12500", "Status": "On hold"})
    book.write(MEASURES, new, **{"Why it is on hold": "Odottaa urakkaa", "Risk that it treats 1": "NEW-R01 | "})

    take_in(book.saved())

    begun, done = the_town.record(Measure, "M-01"), the_town.record(Measure, "M-02")
    roof, risk = newest(Measure), newest(Risk)
    assert (begun.state, begun.progress_pct) == (MeasureState.IN_PROGRESS, 40)
    assert (done.state, done.progress_pct, done.progress_text) == (MeasureState.DONE, 100, "Valmis")
    assert (roof.name_fi, roof.cost_eur, roof.state) == ("Katon korjaus", 12500, MeasureState.ON_HOLD)
    assert [one.code for one in roof.risks] == [risk.code]
    assert {Action.ADD_MEASURE, Action.ADVANCE_MEASURE, Action.FINISH_MEASURE} <= acts()
    assert take_in(book.saved() + b"").plan.changes == []


def test_plans_and_answers_come_in_as_their_pages_take_them(town):
    book = Filled(taken())
    book.write(PLANS, "P-01", **{"Name in Finnish": "Keittiöiden suunnitelma", "Function that it covers 2": "F-EDU-02"})
    book.write(PLANS, "P-03", **{"Where the document is kept": "HEL 2026-001"})
    book.write(PLANS, book.spare(PLANS), **{"Name in Finnish": "Evakuointi", "Kind of plan": "Evacuation plan"})
    book.write(GUIDANCE, "VO-01", **{"How is it met?": "Met", "What shows it": "Päätös § 12"})
    book.write(GUIDANCE, "VO-04", **{"How is it met?": "Does not concern us", "Comment": "Ei vesilaitosta"})

    take_in(book.saved())

    kitchens, secret = the_town.record(Plan, "P-01"), the_town.record(Plan, "P-03")
    assert kitchens.name_fi == "Keittiöiden suunnitelma"
    assert [one.code for one in kitchens.functions] == ["F-EDU-01", "F-EDU-02"]
    assert [one.state for one in secret.versions] == [PlanState.DRAFT, PlanState.APPROVED]
    assert [one.document_ref for one in secret.versions] == ["HEL 2026-001", None]
    assert (newest(Plan).name_fi, newest(PlanVersion).number) == ("Evakuointi", "0.1")
    given = {one.requirement.mark: one for one in db.session.scalars(select(RequirementAnswer))}
    assert (given["VO-01"].status, given["VO-01"].evidence) == (AnswerStatus.MET, "Päätös § 12")
    assert given["VO-01"].counted_of is not None
    assert given["VO-04"].comment == "Ei vesilaitosta"
    assert {Action.ADD_PLAN, Action.EDIT_PLAN, Action.ANSWER_GUIDANCE} <= acts()


def test_what_a_plan_or_an_answer_may_not_be_is_told_at_its_cell(town):
    book = Filled(taken())
    book.write(PLANS, "P-02", **{"Name in Swedish": "Plan"})
    book.write(GUIDANCE, "VO-04", **{"How is it met?": "Does not concern us"})

    with as_contact():
        found = looked(book.saved())

    assert [(one.sheet, one.code) for one in found.plan.errors] == [
        (PLANS, "RULE_BROKEN"),
        (GUIDANCE, "RULE_BROKEN"),
    ]


def removing():
    """A workbook in which one row of every sheet that allows it is to be removed."""
    book = Filled(taken())
    book.write(FUNCTIONS, "F-EDU-02", **{REMOVED: "Yes"})
    for sheet in (NEEDS, RESOURCES):
        book.write(sheet, 6, **{REMOVED: "Yes"})
    for sheet, code in ((RISKS, "R-01"), (MEASURES, "M-01"), (PLANS, "P-01")):
        book.write(sheet, code, **{REMOVED: "Yes", WHY: "Vanhentunut"})
    return book


def test_what_was_marked_leaves_use_once_a_person_has_confirmed_it(town):
    book = removing()
    with as_contact():
        found = looked(book.saved())
    with pytest.raises(RuleBroken):
        take_in(book.saved())
    needs, resources = (len(live(model)) for model in (Need, Resource))

    take_in(book.saved(), is_confirmed=True)
    with as_contact():
        again = looked(book.saved())

    assert (found.verdict, found.code) == ("conflict", "unconfirmed_removals")
    assert (found.plan.counts["removed"], found.plan.errors) == (6, [])
    assert the_town.function("F-EDU-02").state is FunctionState.RETIRED
    assert (len(live(Need)), len(live(Resource))) == (needs - 1, resources - 1)
    risk, measure = the_town.record(Risk, "R-01"), the_town.record(Measure, "M-01")
    assert (risk.state, risk.state_reason) == (RiskState.CLOSED, "Vanhentunut")
    assert (measure.state, measure.state_reason) == (MeasureState.CANCELLED, "Vanhentunut")
    assert the_town.record(Plan, "P-01").versions[0].state is PlanState.WITHDRAWN
    wanted = {Action.RETIRE_FUNCTION, Action.RETIRE_NEED, Action.RETIRE_RESOURCE, Action.CLOSE_RISK}
    assert wanted | {Action.CANCEL_MEASURE, Action.WITHDRAW_PLAN} <= acts()
    assert (again.plan.removals, again.plan.changes) == ([], [])


def live(model):
    """The records in use."""
    return db.session.scalars(select(model).where(model.retired.is_(False))).all()


def test_the_page_lists_what_is_removed_and_asks_before_it_is(town, sign_in):
    browser = sign_in("edu.contact")
    upload(browser, removing().saved())
    page = browser.get("/workbooks/fill-in/waiting")

    unasked = browser.send("/workbooks/fill-in/waiting")
    saved = browser.send("/workbooks/fill-in/waiting", removals="y")

    assert "Nothing is deleted" in page.text
    assert "Vanhentunut" in page.text
    assert "Take 6 records out of use" in page.text
    assert "Tick the box" in unasked.text
    assert saved.status_code == 302
    assert the_town.function("F-EDU-02").state is FunctionState.RETIRED
    assert "6 records out of use" in browser.get("/workbooks/fill-in/").text


def test_a_removal_of_what_somebody_changed_is_chosen_first(town, sign_in):
    browser = sign_in("edu.contact")
    book = Filled(taken())
    book.write(FUNCTIONS, "F-EDU-02", **{REMOVED: "Yes"})
    town.change(the_town.function("F-EDU-02"), owner_role="Uusi johtaja")
    upload(browser, book.saved())
    told = db.session.scalars(select(HandedIn)).one().told
    ((conflict,), before) = ([one["id"] for one in told["conflicts"]], told["conflicts"][0]["before"])

    page = browser.get("/workbooks/fill-in/waiting")
    browser.send("/workbooks/fill-in/waiting", **{f"c{conflict}": "theirs"})
    kept = the_town.function("F-EDU-02").state
    take_in(book.saved(), {conflict: MINE}, is_confirmed=True)

    assert before == "Changed: Owner (role)"
    assert before in page.text
    assert kept is not FunctionState.RETIRED
    assert the_town.function("F-EDU-02").state is FunctionState.RETIRED


def test_the_command_asks_for_the_removals_and_knows_an_outdated_look(town, tmp_path, capsys):
    book = Filled(taken())
    book.write(FUNCTIONS, "F-EDU-02", **{REMOVED: "Yes"})
    file, content = tmp_path / "form.xlsx", book.saved()

    def told(**more):
        return run(file, content, **more), json.loads(capsys.readouterr().out)

    waits = told(dry_run=False)
    town.change(the_town.function("F-EDU-02"), owner_role="Uusi johtaja")
    outdated = told(dry_run=False, removals=True, conflicts="mine", digest=waits[1]["digest"])
    stays = the_town.function("F-EDU-02").state
    fresh = told(dry_run=False, removals=True, conflicts="mine", digest=outdated[1]["digest"])

    assert (waits[0], waits[1]["code"], len(waits[1]["removals"])) == (3, "unconfirmed_removals", 1)
    assert (outdated[0], outdated[1]["class"], outdated[1]["code"]) == (3, "conflict", "preview_outdated")
    assert outdated[1]["errors"][0]["code"] == "preview_outdated"
    assert stays is not FunctionState.RETIRED
    assert (fresh[0], fresh[1]["class"]) == (0, "accept")
    assert the_town.function("F-EDU-02").state is FunctionState.RETIRED


def test_a_row_that_is_removed_is_named_in_what_is_told(town):
    book = Filled(taken())
    book.write(RISKS, "R-01", **{REMOVED: "Yes", WHY: "Väistynyt"})

    with as_contact():
        told = telling.told(looked(book.saved()))

    (one,) = told["removals"]
    assert (one["row"], one["reason"], one["sheet"]) == ("R-01 Keittiö ei toimi", "Väistynyt", RISKS)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_that_libreoffice_saved_comes_back_without_a_change(town, tmp_path):
    edited = Filled(taken("fi"))
    edited.write("Toiminnot", "F-EDU-01", **{"Omistaja (rooli)": "=007 👩‍👩‍👧", "Asiakkaat": "+358 40\ntoinen rivi"})
    (tmp_path / "as-taken.xlsx").write_bytes(taken("fi"))
    (tmp_path / "edited.xlsx").write_bytes(edited.saved())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    into = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved")]
    files = [str(tmp_path / name) for name in ("as-taken.xlsx", "edited.xlsx")]
    subprocess.run(["soffice", profile, "--headless", *into, *files], check=True, capture_output=True, timeout=120)

    with as_contact():
        same, changed = (looked((tmp_path / "saved" / name).read_bytes()) for name in ("as-taken.xlsx", "edited.xlsx"))

    assert (same.verdict, same.plan.changes, same.plan.issues) == ("accept", [], [])
    assert same.plan.counts["rows"] == same.plan.counts["unchanged"] > 10
    assert {one.field: one.after for one in changed.plan.changes} == {
        "owner_role": "=007 👩‍👩‍👧",
        "customers": "+358 40\ntoinen rivi",
    }
