"""The fill-in workbook over its whole way: taken, filled in, handed in, looked at, taken in, and told."""

import inspect
import json
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select

from dependencies.models.needs import Need
from exports.filling.planning import MINE, THEIRS
from exports.intake import child, gate, telling, waiting
from exports.intake.answering import answer_file
from exports.intake.limits import Unfit
from exports.models.forms import HandedIn, Intake
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.audit import AuditEntry
from prepare.cli.intake import intake
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.models.functions import BiaImpact, Function, FunctionRevision, Resource
from risks.models.risks import Risk
from tests import town as the_town
from tests.exports import packages
from tests.exports.hands import (
    BANDS,
    FUNCTIONS,
    IMPACTS,
    NEEDS,
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
from tests.filled import filled


@pytest.fixture(autouse=True)
def near(monkeypatch):
    """The reading happens in this process: nothing is limited, everything else is the same."""
    monkeypatch.setattr(gate, "_read_apart", lambda name, content: child.answer(name, content))


def test_a_workbook_that_nobody_filled_in_changes_nothing_in_any_language(town):
    for language in ("fi", "sv", "en"):
        content = taken(language)
        with as_contact():
            for file in (content, Filled(content).saved()):
                found = looked(file)
                assert (found.verdict, found.code, found.plan.issues) == ("accept", "ok", [])
                assert found.plan.counts["rows"] == found.plan.counts["unchanged"] > 10


def test_a_sectors_whole_work_comes_in_through_one_workbook(town):
    book = Filled(taken())
    book.write(FUNCTIONS, "F-EDU-01", **{"Owner (role)": "=Keittiöpäällikkö", "Customers": "+358 40\n007"})
    book.write(FUNCTIONS, "F-EDU-03", **{"Minimum staff": 12})
    new = book.spare(FUNCTIONS)
    book.write(FUNCTIONS, new, **{"Name in Finnish": "Kerhot", "Criticality class": "K3 Important", "MTPD (h)": 100})
    need = book.spare(NEEDS)
    book.write(NEEDS, need, Function="NEW-F01 | Kerhot", **{"What do you need?": "Tilat", "Supplier 1": "F-EDU-03"})
    book.write(NEEDS, need, **{"What kind of thing is it?": "Premises", "How many of them are enough?": 1})
    book.write(NEEDS, need, **{"What happens when it is missing?": "Essential"})
    book.write(NEEDS, need, **{"How long do you manage without it? (h)": "0,5"})
    book.write(RESOURCES, book.spare(RESOURCES), Function="NEW-F01 | ", Kind="Staff", Name="Ohjaajat")
    book.write(RISKS, book.spare(RISKS), **{"Title in Finnish": "Tulva", "Affected function 1": "NEW-F01"})
    book.write(IMPACTS, "F-EDU-01", **dict.fromkeys(BANDS, 3))

    found = take_in(book.saved())

    meals, schooling = the_town.function("F-EDU-01"), the_town.function("F-EDU-03")
    clubs = db.session.scalars(select(Function).where(Function.name_fi == "Kerhot")).one()
    assert (meals.owner_role, meals.customers) == ("=Keittiöpäällikkö", "+358 40\n007")
    assert schooling.min_staff != 12
    revision = db.session.scalars(select(FunctionRevision).where(FunctionRevision.function_id == schooling.id)).one()
    assert revision.entry["min_staff"] == 12
    assert (clubs.organisation.code, clubs.criticality.value) == ("EDU", "K3")
    rooms = db.session.scalars(select(Need).where(Need.consumer_id == clubs.id)).one()
    assert (rooms.name, rooms.tolerance_h, rooms.in_force[0].supplier.code) == ("Tilat", 0.5, "F-EDU-03")
    assert db.session.scalars(select(Resource.name).where(Resource.function_id == clubs.id)).all() == ["Ohjaajat"]
    risk = db.session.scalars(select(Risk).where(Risk.title_fi == "Tulva")).one()
    assert [one.code for one in risk.functions] == [clubs.code]
    assert {3} <= {row.t1 for row in db.session.scalars(select(BiaImpact).where(BiaImpact.function_id == meals.id))}
    assert [one.code for one in found.plan.issues] == ["TEXT_NUMBER"]
    told = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(20)).all()
    assert told[0] == Action.TAKE_FORM
    assert {Action.ADD_FUNCTION, Action.EDIT_FUNCTION, Action.ADD_NEED, Action.ADD_RISK} <= set(told)


def test_the_same_workbook_comes_in_once_and_its_new_rows_stay_one_record(town):
    book = Filled(taken())
    new = book.spare(FUNCTIONS)
    book.write(FUNCTIONS, new, **{"Name in Finnish": "Kerhot"})
    content = book.saved()
    take_in(content)

    again = take_in(content)
    book.write(FUNCTIONS, new, **{"Name in Finnish": "Iltakerhot"})
    need = book.spare(NEEDS)
    book.write(NEEDS, need, Function="NEW-F01 | Kerhot", **{"What do you need?": "Tilat", "Supplier 1": "F-EDU-03"})
    book.write(NEEDS, need, **{"What kind of thing is it?": "Premises", "How many of them are enough?": 1})
    book.write(
        NEEDS, need, **{"What happens when it is missing?": "Essential", "How long do you manage without it? (h)": 1}
    )
    take_in(book.saved())

    assert (again.verdict, again.code, again.plan.changes) == ("accept_warn", "already_imported", [])
    names = db.session.scalars(select(Function.name_fi).where(Function.name_fi.contains("kerhot", autoescape=True)))
    assert names.all() == ["Iltakerhot"]
    assert db.session.scalar(select(func.count(Need.id)).where(Need.name == "Tilat")) == 1


def test_what_both_changed_is_chosen_by_a_person(town):
    content = Filled(taken())
    content.write(FUNCTIONS, "F-EDU-01", **{"Owner (role)": "Minä", "Customers": "Koululaiset"})
    meals = the_town.function("F-EDU-01")
    town.change(meals, owner_role="Hän", key_skills="Hygienia")
    file = content.saved()
    with as_contact():
        found = looked(file)

    with pytest.raises(RuleBroken):
        take_in(file)
    (conflict,) = found.plan.conflicts
    take_in(file, {conflict.id: THEIRS})

    assert (found.verdict, found.code) == ("conflict", "unresolved_conflicts")
    assert (meals.owner_role, meals.customers, meals.key_skills) == ("Hän", "Koululaiset", "Hygienia")
    take_in(content.saved() + b"", {conflict.id: MINE})
    assert meals.owner_role == "Minä"


def test_nothing_is_saved_while_one_cell_is_wrong_and_the_answer_marks_it(town):
    book = Filled(taken())
    book.write(FUNCTIONS, "F-EDU-01", **{"Owner (role)": "Uusi"})
    row = book.write(FUNCTIONS, "F-EDU-02", **{"RTO (h)": "noin 4"})
    book.write(FUNCTIONS, "F-EDU-06", **{"Minimum staff": "12"})
    file = book.saved()

    with as_contact():
        found = looked(file)
        answer = openpyxl.load_workbook(BytesIO(answer_file(file, found, now())))
    with pytest.raises(RuleBroken):
        take_in(file)

    cell = f"{book.column(FUNCTIONS, 'RTO (h)')}{row}"
    assert (found.verdict, found.code) == ("reject", "row_errors")
    assert [(one.code, one.cell) for one in found.plan.errors] == [("NOT_NUMBER", cell)]
    assert "noin 4" in answer[FUNCTIONS][cell].comment.text
    assert answer["Errors"]["C5"].value == cell
    assert answer["Errors"]["C5"].hyperlink.location == f"'{FUNCTIONS}'!{cell}"
    assert answer["Errors"].max_row == 6
    assert the_town.function("F-EDU-01").owner_role != "Uusi"


def test_a_workbook_is_taken_in_only_for_its_own_sector_and_as_it_was_stamped(town):
    content = taken()
    changed = Filled(content)
    changed.book["_meta"]["B3"].value = "WAT"

    with acting_as(the_town.actor_of("wat.contact")), pytest.raises(Unfit) as foreign:
        looked(content)
    with as_contact(), pytest.raises(Unfit) as tampered:
        looked(changed.saved())
    with as_contact(), pytest.raises(Unfit) as plain:
        looked(packages.workbook())
    with as_contact(), pytest.raises(Unfit) as formulas:
        looked(packages.workbook(packages.HEADINGS + "<row r='2'><c r='A2'><f>1+1</f></c></row>"))

    assert foreign.value.code == "sector_forbidden"
    assert tampered.value.code == "meta_tampered"
    assert plain.value.code == "no_meta"
    assert formulas.value.code == "formula_cells"
    assert telling.refused(formulas.value)["errors"][0]["cell"] == "A2"


def test_a_lost_sheet_or_column_is_told_and_nothing_saved(town):
    book = Filled(taken())
    del book.book[RISKS]
    book.book[NEEDS].delete_cols(2)

    with as_contact():
        found = looked(book.saved())

    assert (found.verdict, found.code) == ("reject", "headers")
    assert {one.code for one in found.plan.errors} >= {"SHEET_MISSING", "HEADER_MISSING"}


def test_rows_that_were_sorted_inserted_or_emptied_stay_who_they_are(town):
    book = Filled(taken())
    sheet = book.book[RESOURCES]
    book.book[FUNCTIONS].insert_rows(3, 2)
    book.book[FUNCTIONS].insert_cols(1)
    for cell in sheet[6]:
        if not str(cell.value).startswith("+") and cell.column < 10:
            cell.value = None

    with as_contact():
        found = looked(book.saved())

    assert found.verdict == "accept_warn"
    assert found.plan.changes == []
    assert found.code == "header_row_found"


def test_the_pages_take_a_person_from_the_workbook_to_what_it_changed(town, sign_in):
    browser = sign_in("edu.contact")
    empty = browser.get("/workbooks/fill-in/")
    made = browser.send("/workbooks/fill-in/", organisation="EDU", language="en")
    book = Filled(made.data)
    book.write(FUNCTIONS, "F-EDU-01", **{"Owner (role)": "<b>Minä</b>", "Customers": "Koululaiset"})
    town.change(the_town.function("F-EDU-01"), customers="Kaikki")

    assert "No fill-in workbook has been taken in yet." in empty.text
    assert browser.get("/workbooks/fill-in/waiting").status_code == 302
    assert browser.get("/workbooks/fill-in/answer").status_code == 302
    answer = upload(browser, book.saved())
    page = browser.get(answer.location)
    conflict = db.session.scalars(select(HandedIn)).one().told["conflicts"][0]["id"]
    unchosen = browser.send("/workbooks/fill-in/waiting")
    saved = browser.send("/workbooks/fill-in/waiting", **{f"c{conflict}": "mine"})

    assert "&lt;b&gt;Minä&lt;/b&gt;" in page.text
    assert "Kaikki" in page.text
    assert "Choose one." in unchosen.text
    assert saved.location.endswith("/workbooks/fill-in/")
    assert the_town.function("F-EDU-01").customers == "Koululaiset"
    assert "form.xlsx" in browser.get("/workbooks/fill-in/").text
    assert db.session.scalar(select(func.count(Intake.id))) == 1
    assert browser.get("/workbooks/fill-in/waiting").status_code == 302


def test_a_register_that_moved_after_the_look_is_looked_at_again(town, sign_in):
    browser = sign_in("edu.contact")
    book = Filled(taken())
    book.write(FUNCTIONS, "F-EDU-01", **{"Owner (role)": "Minä", "Customers": "Lapset", "Key skills": "Taito"})
    meals = the_town.function("F-EDU-01")
    town.change(meals, customers="Kaikki", key_skills="Osaaminen")
    upload(browser, book.saved())
    customers, skills = (one["id"] for one in db.session.scalars(select(HandedIn)).one().told["conflicts"])
    town.change(the_town.function("F-EDU-01"), owner_role="Hän", key_skills="Muu")

    chosen = {f"c{customers}": "theirs", f"c{skills}": "mine"}
    outdated = browser.send("/workbooks/fill-in/waiting", **chosen)
    kept = {name: one for name, one in filled(outdated.text, f"c{customers}").items() if name.startswith("c")}
    settled = {f"c{one['id']}": "mine" for one in db.session.scalars(select(HandedIn)).one().told["conflicts"]}
    saved = browser.send("/workbooks/fill-in/waiting", **settled | kept)

    assert outdated.status_code == 409
    assert "The registers have changed since you looked." in outdated.text
    assert "Hän" in outdated.text
    assert kept == {f"c{customers}": "theirs"}
    assert saved.status_code == 302
    meals = the_town.function("F-EDU-01")
    assert (meals.owner_role, meals.customers, meals.key_skills) == ("Minä", "Kaikki", "Taito")


def test_a_refused_file_and_a_faulty_workbook_are_told_on_the_page(town, sign_in):
    browser = sign_in("edu.contact")
    book = Filled(taken())
    book.write(FUNCTIONS, "F-EDU-01", **{"Name in Finnish": None, "Minimum staff": "x"})

    bomb = upload(browser, packages.MADE["dense"]()[0])
    nothing = browser.send("/workbooks/fill-in/hand-in")
    waits = upload(browser, book.saved(), "C:\\tmp\\<b>.xlsx")
    page = browser.get("/workbooks/fill-in/waiting")
    refused = browser.send("/workbooks/fill-in/waiting")
    answer = browser.get("/workbooks/fill-in/answer")
    again = browser.get("/workbooks/fill-in/hand-in")

    assert "unpacks to far more than it is" in bomb.text
    assert "Choose the file." in nothing.text
    assert waits.status_code == 302
    assert "The workbook cannot be taken in yet" in page.text
    assert "&lt;b&gt;.xlsx" in page.text
    assert "Nothing was saved." in refused.text
    assert "Errors" in openpyxl.load_workbook(BytesIO(answer.data)).sheetnames
    assert "A workbook waits for you" in again.text


def test_no_hostile_file_makes_the_page_fail(town, sign_in):
    browser = sign_in("edu.contact")
    for name, _expected, _code, intent in packages.SAMPLES:
        answer = upload(browser, (packages.HERE / name).read_bytes(), name)

        assert answer.status_code == 200, intent
        assert "hds-text-input__error-text" in answer.text, intent
    assert db.session.scalar(select(func.count(HandedIn.id))) == 0


def test_a_file_waits_for_a_day_for_its_own_person(town):
    file, moment = taken(), now()
    me, other = (the_town.actor_of(name).user_id for name in ("edu.contact", "edu.director"))
    with as_contact(), transaction():
        found = looked(file)
        waiting.keep(me, "a.xlsx", file, found, telling.told(found), at=moment)
        waiting.keep(me, "b.xlsx", file, found, telling.told(found), at=moment)

    assert waiting.waiting(me, at=moment).name == "b.xlsx"
    assert waiting.content_of(waiting.waiting(me, at=moment)) == file
    assert waiting.waiting(other, at=moment) is None
    assert waiting.waiting(me, at=moment + timedelta(hours=25)) is None
    with transaction():
        waiting.let_go(other, at=moment + timedelta(hours=25))
    assert db.session.scalar(select(func.count(HandedIn.id))) == 0


def test_the_system_itself_takes_the_workbook_of_any_sector(town):
    file = taken()

    with acting_as(SYSTEM):
        found = looked(file)
        told = telling.told(found)

    assert (told["class"], told["changes"], told["organisation"]) == ("accept", [], "EDU")


@pytest.fixture
def command(town, tmp_path, capsys):
    """Runs `prepare intake` as the system and gives the exit code and what it told."""

    def ran(content, *, name="form.xlsx", **more):
        ended = run(tmp_path / name, content, **more)
        said = capsys.readouterr().out
        return ended, json.loads(said) if more.get("as_json", True) else said

    return ran


def test_the_command_tells_and_takes_in(command, town, tmp_path):
    book = Filled(taken())
    book.write(FUNCTIONS, "F-EDU-01", **{"Owner (role)": "Minä"})
    town.change(the_town.function("F-EDU-01"), owner_role="Hän")
    file, answer = book.saved(), tmp_path / "answer.xlsx"

    waits = command(file, dry_run=False, answer=answer)
    dry = command(file, conflicts="mine")
    done = command(file, conflicts="mine", dry_run=False, as_json=False)
    again = command(file, dry_run=False)

    assert (waits[0], waits[1]["class"], waits[1]["code"]) == (3, "conflict", "unresolved_conflicts")
    assert waits[1]["conflicts"][0]["after"] == "Minä"
    assert "Hän" in openpyxl.load_workbook(answer)["Errors"]["E5"].value
    assert (dry[0], dry[1]["class"], len(dry[1]["changes"])) == (0, "accept", 1)
    assert done[0] == 0
    assert "Hän → Minä" in done[1]
    assert (again[0], again[1]["code"], again[1]["changes"]) == (0, "already_imported", [])
    assert the_town.function("F-EDU-01").owner_role == "Minä"


def test_the_command_tells_a_hostile_file_for_what_it_is(command):
    for name, expected, code, intent in packages.SAMPLES:
        content = (packages.HERE / name).read_bytes()
        ended, told = command(content, name=name)
        really, done = command(content, name=name, dry_run=False)

        assert (told["class"], told["code"]) == (expected, code), intent
        assert (ended, really) == (1 if expected == "reject" else 0, 1)
        assert done == told


def test_the_command_takes_no_other_file_in(command, tmp_path):
    ended, told = command(packages.workbook(), dry_run=False)
    dry = command(packages.workbook())
    with acting_as(SYSTEM), pytest.raises(SystemExit) as missing:
        inspect.unwrap(intake.callback)(tmp_path / "none.xlsx", True, None, False, None, None, True)

    assert (ended, told["class"], told["code"], told["warnings"][0]["code"]) == (1, "accept", "ok", "no_meta")
    assert dry == (0, told)
    assert "cannot be read" in missing.value.code
