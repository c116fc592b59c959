"""The education sector's guidance of the demo city: what its chief of preparedness will find in it."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sqlalchemy import select

from exports.books.guidance import guidance_book
from exports.entries import GuidanceEntry, Language
from prepare import glossary
from prepare.actor import EVERYTHING, Actor, Grant
from prepare.clock import today
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality, Role

AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def organisation(code: str) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.code == code)).one()


def book_of(code: str, scope: Any, language: Language = Language.ENGLISH) -> Workbook:
    wanted = GuidanceEntry(organisation=code, language=language, variant=Confidentiality.CONFIDENTIAL)
    return load_workbook(BytesIO(guidance_book(organisation(code), scope, wanted, on=today(), at=AT).content))


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    headings, *values = book[sheet].iter_rows(min_row=5, values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in values]


@pytest.fixture
def kas(demo: None) -> Workbook:
    path = organisation("KAS").path
    return book_of("KAS", Actor(user_id=1, grants=(Grant(Role.SECTOR_CONTACT, path),)).scope)


def test_the_sheets_hold_every_record_of_the_sector(kas: Workbook) -> None:
    assert len(rows(kas, "Critical functions")) == 9
    assert len(rows(kas, "Dependencies")) == 34
    assert [row["Code"] for row in rows(kas, "Risks")] == ["R-14", "R-15", "R-16", "R-17", "R-18"]
    assert [(row["Code"], row["Status"]) for row in rows(kas, "Measures")] == [("M-12", "Done"), ("M-22", "Done")]
    assert [row["Code"] for row in rows(kas, "Plans")] == ["PL-08", "PL-09", "PL-10"]
    assert sum(row["List"] == "Glossary" for row in rows(kas, "Codes and glossary")) == len(glossary.terms())


def test_the_policy_lines_stand_beside_what_the_register_shows(kas: Workbook) -> None:
    lines = {row["Code"]: row for row in rows(kas, "Policy lines")}

    assert len(lines) == 23  # two of the twenty-five concern only the central administration
    planned = lines["VO-09"]
    assert (planned["The register shows"], planned["In order, of those counted"]) == ("Partly met", "4 / 5")
    assert (planned["The organisation says"], planned["Differs"]) == ("Met", "Yes")
    assert [code for code, row in lines.items() if row["Differs"]] == ["VO-09"]
    assert lines["VO-04"]["The organisation says"] == "Not answered"
    assert lines["VO-24"]["Concerns"] == "K1"


def test_the_winter_power_outage_stops_schools_first(kas: Workbook) -> None:
    hours = {row["Code"]: row["S1 Long winter power outage"] for row in rows(kas, "Scenarios")}

    assert hours == {
        "F-KAS-01": 4, "F-KAS-02": 4, "F-KAS-03": 3, "F-KAS-04": 3, "F-KAS-05": 3, "F-KAS-06": 8,
        "F-KAS-07": 40, "F-KAS-08": None, "F-KAS-09": 60,
    }  # fmt: skip


def test_a_chain_names_what_the_sector_may_know_and_hides_the_rest(kas: Workbook) -> None:
    (chain,) = [row for row in rows(kas, "Cause chains") if (row["Scenario"], row["Function"]) == ("S1", "F-KAS-01")]

    assert chain["Cause chain"] == "X-FIN-01 → … → F-KAS-01"
    assert (chain["Down at h"], chain["MTPD reached at h"]) == (4, 52)
    assert chain["What to do first"] == "Take the plan PL-09 into use within 4 h."


def test_the_findings_show_the_defects_that_the_demo_city_has(kas: Workbook) -> None:
    found = {(row["Rule"], row["Code"]) for row in rows(kas, "Findings")}

    assert {("W1", "F-KAS-02"), ("I03", "F-KAS-07"), ("W14", "PL-09"), ("I04", "PL-09"), ("W0", "F-KAS-07")} <= found
    assert ("I03", "F-KAS-01") not in found


def test_no_text_of_the_demo_city_is_left_in_english(demo: None) -> None:
    for language in (Language.FINNISH, Language.SWEDISH):
        book = book_of("KAS", EVERYTHING, language)
        headings = [cell.value for sheet in book.worksheets[1:] for cell in sheet[5] if cell.value]
        english = {"Function", "Supplier", "Strength", "Level", "Next review", "Verdict"}
        assert not english & set(headings)


@pytest.mark.parametrize("code", ["KES", "VES", "ELO"])
def test_every_sector_gets_its_guidance(demo: None, code: str) -> None:
    book = book_of(code, EVERYTHING)

    assert book.sheetnames[:3] == ["Cover", "Policy lines", "Critical functions"]
    assert len(rows(book, "Critical functions")) >= 1
