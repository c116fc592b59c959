"""The readiness and leadership reports: what each variant holds, who may take them, what the trail tells."""

import io
import re
from datetime import UTC, date, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from exports.books.reports import report_book
from exports.entries import Language, Report, ReportEntry, report_problems
from exports.frames.readiness import compared
from exports.register import handing_over as register
from exports.workbook import Made
from prepare.access import Action
from prepare.audit import AuditEntry, AuditPayload
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from tests import canary
from tests.exports import earlier

PUBLIC, INTERNAL, SECRET = Confidentiality
ON, AT = date(2026, 11, 21), datetime(2026, 11, 21, 8, 30, 15, 123, tzinfo=UTC)
BOTH = pytest.mark.parametrize("report", Report)
B_PUBLIC = ["Cover", "Critical functions", "Codes and glossary"]
B_SECRET = {
    "RTO gaps",
    "Single losses",
    "False redundancy",
    "Dependencies",
    "Dependencies between sectors",
    "Scenarios in figures",
    "Cascade timelines",
    "Course of the gravest scenario",
}


def entry(variant: Confidentiality, code: str = "CITY", language: str = "en") -> ReportEntry:
    return ReportEntry(organisation=code, language=Language(language), variant=variant, purpose="Vuosiraportti")


def made(town: Any, report: Report, variant: Confidentiality, code: str = "CITY", language: str = "en") -> Made:
    scope, wanted = town.actor_of("central").scope, entry(variant, code, language)
    return report_book(report, town.organisation_of(code), scope, wanted, on=ON, at=AT)


def sheets(one: Made) -> list[str]:
    return list(load_workbook(io.BytesIO(one.content), read_only=True).sheetnames)


def words(one: Made) -> str:
    """Every part of the file as text, unpacked."""
    package = ZipFile(io.BytesIO(one.content))
    return " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_each_variant_of_the_readiness_report_has_the_sheets_of_its_class(town: Any) -> None:
    public, internal, secret = (sheets(made(town, Report.READINESS, one)) for one in (PUBLIC, INTERNAL, SECRET))

    assert public == B_PUBLIC
    assert set(B_PUBLIC) < set(internal) < set(secret)
    assert {"Sector summary", "Indicators", "Maturity", "Governance", "Guidance compliance"} <= set(internal)
    assert not B_SECRET & set(internal)
    assert set(secret) - set(internal) == B_SECRET | {"Scenarios"}
    assert internal[-2:] == ["Data quality and method", "Codes and glossary"]


def test_each_variant_of_the_leadership_report_has_the_sheets_of_its_class(town: Any) -> None:
    public, internal, secret = (sheets(made(town, Report.LEADERSHIP, one)) for one in (PUBLIC, INTERNAL, SECRET))

    assert public == ["Cover", "For the annual report"]
    assert internal == ["Cover", "On one page", "Changes since the last report", "For the annual report"]
    assert secret == [
        "Cover",
        "On one page",
        "Changes since the last report",
        "What would happen",
        "Top ten",
        "Cooperation with partners",
        "Risks",
        "Measures and exercises",
        "Local safety",
        "For the annual report",
    ]


@BOTH
def test_no_variant_holds_a_word_of_a_higher_class(town: Any, report: Report) -> None:
    city, scope = town.organisation_of("CITY"), town.actor_of("central").scope
    secrets, told = canary.plant(), {}
    for variant in Confidentiality:
        earlier.stored(report.value, variant, city, figures={"figures": {}, "gaps": ["F-X"], "single": ["F-Y"]})
    earlier.change_every_text(compared.KINDS)

    for variant in (PUBLIC, INTERNAL):
        one = report_book(report, city, scope, entry(variant), on=today(), at=AT)
        assert variant is PUBLIC or "Changes field by field" in sheets(one)
        found = set(re.findall(canary.PATTERN, words(one))) & secrets.keys()
        told[variant] = found
        assert variant is PUBLIC or f"for {variant.value} eyes" in words(one)
        leaked = [str(secrets[one]) for one in found if secrets[one].confidentiality.rank > variant.rank]
        named = [one for one in leaked if not one.startswith(("Organisation.", "CodeItem.", "RiskScaleStep."))]
        assert not named, f"{variant.value}: {named}"
    assert told[INTERNAL] - told[PUBLIC], "the internal variant tells more than the public one"


@BOTH
def test_what_is_left_out_is_counted_and_the_same_records_give_the_same_file(town: Any, report: Report) -> None:
    public, secret = made(town, report, PUBLIC), made(town, report, SECRET)

    assert secret.left_out == 0
    assert public.left_out > 0
    assert f"{public.left_out} rows were left out of this variant." in words(public)
    assert made(town, report, PUBLIC).sha256 == public.sha256


@BOTH
def test_a_report_on_one_sector_tells_of_that_sector_only(town: Any, report: Report) -> None:
    one = made(town, report, SECRET, code="WAT")

    assert "F-EDU-03" not in words(one)
    assert one.name.split("_")[2] == "WAT"


@pytest.mark.parametrize(("language", "first"), [("fi", "Toimialojen yhteenveto"), ("sv", "Sektorsammanfattning")])
def test_a_report_speaks_the_language_that_was_asked_for(town: Any, language: str, first: str) -> None:
    one = made(town, Report.READINESS, INTERNAL, language=language)

    assert sheets(one)[1] == first
    assert one.name == f"koekaupunki_valmiusraportti_CITY_2026-11-21_{language}_internal.xlsx"


@BOTH
def test_a_city_without_records_gets_a_report_that_says_so(town: Any, report: Report) -> None:
    empty = Organisation(code="NEW", kind=town.organisation_of("CITY").kind, name_fi="Uusikaupunki", path="/")
    empty.sort_name = "uusikaupunki"
    town.keep(empty)
    scope, wanted = town.actor_of("central").scope, entry(SECRET, "NEW")

    one = report_book(report, empty, scope, wanted, on=ON, at=AT)

    assert "Nothing to show." in words(one)


def test_the_making_tells_of_every_sheet(town: Any) -> None:
    scope, wanted = town.actor_of("central").scope, entry(SECRET)
    told: list[tuple[int, int, str]] = []

    report_book(
        Report.LEADERSHIP,
        town.organisation_of("CITY"),
        scope,
        wanted,
        on=ON,
        at=AT,
        told=lambda *step: told.append(step),
    )

    assert [step[:2] for step in told] == [(number, 9) for number in range(1, 10)]
    assert told[0][2] == "On one page"


def test_a_confidential_report_is_taken_for_a_stated_purpose() -> None:
    nameless = ReportEntry(organisation="CITY", language=Language.FINNISH, variant=SECRET, purpose=" ")

    assert [broken.field for broken in report_problems(nameless)] == ["purpose"]
    assert report_problems(entry(INTERNAL)) == []


@BOTH
def test_a_hand_over_is_told_to_the_trail_and_is_for_few(town: Any, acting: Any, report: Report) -> None:
    wanted = entry(INTERNAL)
    one = Made("r.xlsx", b"x", 3, 2)

    for who in ("edu.contact", "auditor", "admin"):
        with acting(who), pytest.raises(NotPermitted), transaction():
            register.HANDS_OVER[report](town.organisation_of("CITY"), wanted, one)
    with acting("leadership"), transaction():
        register.HANDS_OVER[report](town.organisation_of("CITY"), wanted, one)

    told, payload = db.session.execute(
        select(AuditEntry, AuditPayload)
        .join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
        .where(AuditEntry.action == f"{report.value}:export")
    ).one()
    assert (told.subject_code, payload.changes["sha256"][1]) == ("CITY", one.sha256)
    assert (payload.changes["left_out"][1], payload.changes["purpose"][1]) == (2, "Vuosiraportti")


def test_a_wrong_wish_is_refused_at_its_field(town: Any, sign_in: Any) -> None:
    asked = {"organisation": "CITY", "language": "fi", "variant": "confidential", "purpose": ""}

    page = sign_in("central").send("/reports/readiness", **asked).get_data(as_text=True)

    assert 'href="#purpose"' in page
    assert not db.session.scalars(select(AuditEntry).where(AuditEntry.action == Action.EXPORT_READINESS.value)).all()


def test_the_public_extract_says_nothing_of_what_it_holds_only_in_part(town: Any) -> None:
    public = load_workbook(io.BytesIO(made(town, Report.LEADERSHIP, PUBLIC).content))["For the annual report"]
    secret = load_workbook(io.BytesIO(made(town, Report.LEADERSHIP, SECRET).content))["For the annual report"]
    told = {row[0]: row[2] for row in public.iter_rows(max_col=3, values_only=True)}

    assert not any("open risk" in str(name) for name in told if "Open risks" not in str(name))
    assert "not counted" in told["Open risks: not assessed"]
    assert any("open risk" in str(cell.value) for cell in secret["A"] if "Open risks" not in str(cell.value))
