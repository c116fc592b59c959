"""The agreements as a workbook (A8): rows, hours as figures, months left, and what to do about each."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from dependencies.models.agreements import Agreement
from dependencies.vocabulary import AgreementState, Clause
from exports.books.agreements import agreements_book
from exports.entries import AgreementsEntry, Language, agreements_problems
from exports.frames.agreements import months_left
from prepare.clock import now
from tests import town as the_town

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("last", "months"),
    [(date(2026, 12, 20), 0), (date(2026, 12, 21), 1), (date(2027, 11, 20), 11), (date(2028, 2, 29), 15), (ON, 0)],
)
def test_only_whole_months_are_left(last, months):
    assert months_left(last, ON) == months


def test_a_purpose_is_asked_for():
    entry = AgreementsEntry(organisation="CITY", language=Language.FINNISH, purpose=" ")

    assert [one.field for one in agreements_problems(entry)] == ["purpose"]


def rows(scope, organisation="CITY"):
    entry = AgreementsEntry(organisation=organisation, language=Language.ENGLISH, purpose="x")
    made = agreements_book(the_town.organisation_of(organisation), scope, entry, on=ON, at=now())
    sheet = openpyxl.load_workbook(BytesIO(made.content))["Agreements"]
    table = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    return {row[0]: dict(zip(table[0], row, strict=True)) for row in table[1:]}


def test_each_agreement_tells_its_days_its_promise_and_what_to_do(town):
    first, second = the_town.record(Agreement, "A-01"), the_town.record(Agreement, "A-02")
    town.change(first, valid_to=date(2027, 3, 31), notice_months=3, recovery_time_stated=True, recovery_h=4.0)
    town.change(first, preparedness_clause=Clause.NO, name_fi="=1+1")
    town.change(second, valid_from=None)

    found = rows(the_town.actor_of("central").scope)

    one = found["A-01"]
    assert (one["Agreement"], one["Promised recovery time"], one["Months left"]) == ("=1+1", 4, 4)
    assert one["What to do"] == "Decide by 2026-12-31 what comes after it. Agree on a preparedness clause."
    assert one["What it covers"].replace("\n", " ") == "X-CTY-01, I-01"
    assert found["A-02"]["What to do"] == "Record since when it is in force."
    assert list(rows(the_town.actor_of("edu.contact").scope, "EDU")) == ["A-01"]


def test_what_has_run_out_or_waits_for_a_look_is_told(town):
    town.change(the_town.record(Agreement, "A-01"), valid_to=date(2026, 11, 20))
    town.change(
        the_town.record(Agreement, "A-02"), valid_from=date(2020, 1, 1), state=AgreementState.ACTIVE, valid_to=None
    )

    found = rows(the_town.actor_of("central").scope)

    assert found["A-01"]["What to do"] == "Renew it, or record what took its place."
    assert found["A-02"]["What to do"].startswith("Look at it again.")


def test_the_file_is_taken_by_the_page_for_a_stated_purpose(town, sign_in):
    browser = sign_in("edu.contact")

    refused = browser.send("/workbooks/agreements", organisation="EDU", language="fi")
    assert refused.mimetype == "text/html"
    made = browser.send("/workbooks/agreements", organisation="EDU", language="fi", purpose="Tarkastelu")
    assert made.mimetype.endswith("spreadsheetml.sheet")
    assert openpyxl.load_workbook(BytesIO(made.data)).sheetnames[1:] == ["Sopimukset"]
