"""The guidance workbook of a sector: what each variant holds, who may take it, and what the trail tells of it."""

import hashlib
import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sqlalchemy import select

from exports import workbook
from exports.books.guidance import guidance_book
from exports.entries import GuidanceEntry, Language
from exports.register import handing_over as register
from exports.workbook import Made
from prepare import anchors
from prepare.access import Action
from prepare.audit import AuditEntry, AuditPayload
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.queries import verification
from prepare.vocabulary import Confidentiality, Criticality
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.vocabulary.measures import MeasureState

ON, AT = date(2026, 11, 21), datetime(2026, 11, 21, 8, 30, 15, 123, tzinfo=UTC)
#: A sheet of which the variant may hold no row is left out whole, as that of the public risks is.
SHEETS = {
    Confidentiality.PUBLIC: ["Cover", "Policy lines", "Codes and glossary"],
    Confidentiality.INTERNAL: [
        "Cover",
        "Policy lines",
        "Critical functions",
        "Resources",
        "Interfaces",
        "Agreements",
        "Risks",
        "Measures",
        "Plans",
        "Action cards",
        "Exercises and training",
        "Findings",
        "Changes",
        "Changes since the last report",
        "Codes and glossary",
    ],
    Confidentiality.CONFIDENTIAL: [
        "Cover",
        "Policy lines",
        "Critical functions",
        "Impact analysis (BIA)",
        "Resources",
        "Dependencies",
        "Who depends on us",
        "Interfaces",
        "Agreements",
        "Scenarios",
        "Cascade over time",
        "Extent of the gravest scenario",
        "Cause chains",
        "Map of the gravest scenario",
        "Risks",
        "Measures",
        "Plans",
        "Action cards",
        "Preparedness levels",
        "Exercises and training",
        "Findings",
        "Changes",
        "Changes since the last report",
        "Codes and glossary",
    ],
}


def entry(code: str, variant: Confidentiality, language: Language = Language.ENGLISH) -> GuidanceEntry:
    return GuidanceEntry(organisation=code, language=language, variant=variant, purpose="Exercise")


def made(town: Any, who: str, code: str, variant: Confidentiality, language: Language = Language.ENGLISH) -> Made:
    scope = town.actor_of(who).scope
    return guidance_book(town.organisation_of(code), scope, entry(code, variant, language), on=ON, at=AT)


def opened(one: Made) -> Workbook:
    return load_workbook(BytesIO(one.content))


def column(book: Workbook, sheet: str, heading: str) -> list[Any]:
    rows = list(book[sheet].iter_rows(min_row=5, values_only=True))
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


def text_of(one: Made) -> str:
    package = ZipFile(BytesIO(one.content))
    return " ".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_the_impact_analysis_tells_steps_and_whether_a_row_decides_the_mtpd(town: Any) -> None:
    book = opened(made(town, "wat.contact", "WAT", Confidentiality.INTERNAL))

    sheet = "Impact analysis (BIA)"
    assert column(book, sheet, "Code") == ["F-WAT-01"] * 6
    assert column(book, sheet, "4–24 h") == [4, 3, 3, 3, 3, 3]  # the MTPD of 12 h lies here
    assert column(book, sheet, "Check") == ["Decides the MTPD", *["Never intolerable"] * 5]


@pytest.mark.parametrize(
    ("mtpd_h", "checks"), [(2.0, "Intolerable after the MTPD"), (48.0, "Intolerable before the MTPD")]
)
def test_a_row_that_contradicts_the_mtpd_is_told(town: Any, mtpd_h: float, checks: str) -> None:
    town.change(town.function("F-WAT-01"), mtpd_h=mtpd_h, rto_h=1.0)

    book = opened(made(town, "wat.contact", "WAT", Confidentiality.INTERNAL))

    assert column(book, "Impact analysis (BIA)", "Check")[0] == checks


def test_a_vital_function_without_an_analysis_is_told_as_such(town: Any) -> None:
    town.change(town.function("F-EDU-03"), criticality=Criticality.K2)

    book = opened(made(town, "edu.contact", "EDU", Confidentiality.INTERNAL))

    rows = list(zip(*(column(book, "Impact analysis (BIA)", one) for one in ("Code", "Check")), strict=True))
    assert rows == [("F-EDU-03", "Not assessed")]


def test_the_resources_tell_stocks_in_hours_and_what_nothing_stands_in_for(town: Any) -> None:
    town.change(town.function("F-EDU-01"), criticality=Criticality.K2)

    water = opened(made(town, "wat.contact", "WAT", Confidentiality.INTERNAL))
    education = opened(made(town, "edu.contact", "EDU", Confidentiality.INTERNAL))

    assert column(water, "Resources", "Stock lasts h") == [72]
    assert column(education, "Resources", "Resource") == ["Keittäjä"]  # the guard belongs to a secret function
    assert column(education, "Resources", "Minimum quantity") == [1]
    assert column(education, "Resources", "Alternative") == ["Nothing stands in"]


@pytest.mark.parametrize("variant", Confidentiality)
def test_a_variant_has_the_sheets_of_its_class(town: Any, variant: Confidentiality) -> None:
    book = opened(made(town, "edu.contact", "EDU", variant))

    assert book.sheetnames == SHEETS[variant]


def test_a_lower_variant_holds_no_trace_of_what_is_more_secret(town: Any) -> None:
    internal = text_of(made(town, "edu.contact", "EDU", Confidentiality.INTERNAL))
    secret = text_of(made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL))

    for canary in ("F-EDU-06", "Turvakoti", "R-02", "Turvakodin", "P-03", "Talousvesi"):
        assert canary in secret
        assert canary not in internal


def test_the_public_variant_tells_no_weakness(town: Any) -> None:
    town.change(town.function("F-EDU-03"), confidentiality=Confidentiality.PUBLIC, recovery_capability_h=99.0)
    book = opened(made(town, "edu.contact", "EDU", Confidentiality.PUBLIC))

    assert column(book, "Critical functions", "Code") == ["F-EDU-03"]
    headings = {cell.value for cell in book["Critical functions"][5]}
    assert not headings & {"Owner (role)", "Capability h", "State of the plan", "Missing facts"}
    assert "Risks" not in book.sheetnames
    facts = {row[0]: row[1] for row in book["Cover"].iter_rows(max_col=2, values_only=True)}
    assert "Risks" in facts["Sheets left out"].split(", ")


def test_what_a_variant_leaves_out_is_counted_on_its_cover(town: Any) -> None:
    one = made(town, "edu.contact", "EDU", Confidentiality.INTERNAL)

    rows = {row[0]: row[2:4] for row in opened(one)["Cover"].iter_rows(values_only=True)}
    assert rows["Critical functions"] == (5, 1)
    assert rows["Risks"] == (1, 1)
    assert f"{one.left_out} rows were left out of this variant." in opened(one)["Cover"]["A4"].value
    assert made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL).left_out == 0


def test_measures_tell_what_is_late_and_name_only_risks_that_the_variant_holds(town: Any) -> None:
    measure = town.record(Measure, "M-01")
    late = {"due": date(2026, 10, 31), "overdue_reason": "Laite puuttuu", "state": MeasureState.IN_PROGRESS}
    town.change(measure, progress_pct=40, cost_eur=12_500.0, **late)
    town.change(town.record(Risk, "R-02"), measures=[measure])

    book = opened(made(town, "edu.contact", "EDU", Confidentiality.INTERNAL))

    headings, row = book["Measures"].iter_rows(min_row=5, values_only=True)
    told = dict(zip(headings, row, strict=True))
    assert (told["Code"], told["Days late"], told["Why it is late"]) == ("M-01", 21, "Laite puuttuu")
    assert (told["Progress"], told["Cost, €"], told["Risks"]) == (0.4, 12500, "R-01, + 1")
    assert column(book, "Risks", "Measures") == ["M-01"]
    town.change(town.record(Risk, "R-01"), confidentiality=Confidentiality.PUBLIC)
    public = opened(made(town, "edu.contact", "EDU", Confidentiality.PUBLIC))
    assert "Measures" not in {cell.value for cell in public["Risks"][5]}


def test_another_sector_s_secret_function_is_not_named(town: Any) -> None:
    one = made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL)

    assert "F-WAT-02" not in text_of(one)
    assert "Vesitorni" not in text_of(one)


def test_page_and_workbook_list_the_same_functions(town: Any, sign_in: Any) -> None:
    page = sign_in("edu.contact").get("/functions/?organisation=EDU").get_data(as_text=True)

    listed = column(
        opened(made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL)), "Critical functions", "Code"
    )
    assert set(listed) == set(re.findall(r"F-[A-Z]+-\d\d", page))


def test_the_scenarios_tell_when_each_function_stops_and_why(town: Any) -> None:
    book = opened(made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL))

    down = dict(zip(column(book, "Scenarios", "Code"), column(book, "Scenarios", "S1 Myrsky"), strict=True))
    chains = dict(
        zip(column(book, "Cause chains", "Function"), column(book, "Cause chains", "Cause chain"), strict=True)
    )
    assert down == {code: 2 if code in ("F-EDU-01", "F-EDU-06") else 4 if code == "F-EDU-03" else None for code in down}
    assert chains["F-EDU-01"] == "F-WAT-01 → F-EDU-01"
    assert chains["F-EDU-03"] == "F-WAT-01 → F-EDU-06 → F-EDU-03"


@pytest.mark.parametrize(("language", "first"), [(Language.FINNISH, "Kansi"), (Language.SWEDISH, "Pärm")])
def test_the_workbook_speaks_the_language_that_was_asked_for(town: Any, language: Language, first: str) -> None:
    one = made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL, language)

    assert opened(one).sheetnames[0] == first
    assert one.name == f"koekaupunki_valmiusohje_EDU_2026-11-21_{language.value}_confidential.xlsx"
    assert "SALASSA PIDETTÄVÄ / SEKRETESSBELAGD – JulkL 24.1 § 8 k" in opened(one).worksheets[3]["A4"].value


def test_the_same_records_give_the_same_file(town: Any) -> None:
    once, again = (made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL) for _ in range(2))

    assert once.sha256 == again.sha256
    town.change(town.function("F-EDU-03"), rto_h=40.0)
    assert made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL).sha256 != once.sha256


def test_the_highest_variant_is_what_the_reader_may_read(town: Any) -> None:
    edu = town.organisation_of("EDU")

    assert workbook.highest(town.actor_of("central").scope, edu) is Confidentiality.CONFIDENTIAL
    assert workbook.highest(town.actor_of("admin").scope, edu) is Confidentiality.INTERNAL
    assert workbook.highest(town.actor_of("wat.contact").scope, edu) is Confidentiality.PUBLIC


def test_a_hand_over_is_told_to_the_trail(town: Any, acting: Any) -> None:
    one = made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL)

    with acting("edu.contact"), transaction():
        register.hand_over(town.organisation_of("EDU"), entry("EDU", Confidentiality.CONFIDENTIAL), one)

    told, payload = db.session.execute(
        select(AuditEntry, AuditPayload)
        .join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
        .where(AuditEntry.action == Action.EXPORT_GUIDANCE.value)
    ).one()
    assert (told.subject_code, told.user_name) == ("EDU", "Nimi edu.contact")
    assert payload.changes["sha256"][1] == hashlib.sha256(one.content).hexdigest()
    assert (payload.changes["rows"][1], payload.changes["purpose"][1]) == (one.rows, "Exercise")
    assert verification.verify(anchors.read()).holds


def test_a_confidential_workbook_needs_a_purpose(town: Any, acting: Any) -> None:
    one = made(town, "edu.contact", "EDU", Confidentiality.CONFIDENTIAL)
    nameless = GuidanceEntry(organisation="EDU", language=Language.FINNISH, variant=Confidentiality.CONFIDENTIAL)

    with acting("edu.contact"), pytest.raises(RuleBroken) as refused, transaction():
        register.hand_over(town.organisation_of("EDU"), nameless, one)
    assert refused.value.field == "purpose"


def test_only_the_sector_and_the_unit_take_it(town: Any, acting: Any) -> None:
    one = made(town, "central", "EDU", Confidentiality.INTERNAL)

    for who in ("wat.contact", "leadership", "auditor", "admin"):
        with acting(who), pytest.raises(NotPermitted), transaction():
            register.hand_over(town.organisation_of("EDU"), entry("EDU", Confidentiality.INTERNAL), one)


def asked(**changes: str) -> dict[str, str]:
    wanted = {"organisation": "EDU", "language": "fi", "variant": "confidential", "purpose": "Harjoitus"}
    return {**wanted, **changes}


def test_the_page_hands_over_a_file_and_then_tells_of_it(town: Any, sign_in: Any) -> None:
    contact = sign_in("edu.contact")

    answer = contact.send("/workbooks/", **asked())

    name = f"koekaupunki_valmiusohje_EDU_{today().isoformat()}_fi_confidential.xlsx"
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert load_workbook(BytesIO(answer.data)).sheetnames[1] == "Linjaukset"
    page = contact.get("/workbooks/").get_data(as_text=True)
    assert name in page
    assert "Harjoitus" in page


def test_the_page_offers_only_one_s_own_organisations(town: Any, sign_in: Any) -> None:
    page = sign_in("edu.contact").get("/workbooks/").get_data(as_text=True)

    assert 'value="EDU"' in page
    assert 'value="SCH"' in page
    assert 'value="WAT"' not in page


@pytest.mark.parametrize(
    "changes", [{"organisation": "WAT"}, {"purpose": ""}, {"variant": "secret"}, {"language": "de"}]
)
def test_a_wrong_wish_is_refused_at_its_field(town: Any, sign_in: Any, changes: dict[str, str]) -> None:
    contact = sign_in("edu.contact")

    answer = contact.send("/workbooks/", **asked(**changes))

    assert answer.mimetype == "text/html"
    (field,) = changes
    assert f'href="#{field}"' in answer.get_data(as_text=True)
    assert not db.session.scalars(select(AuditEntry).where(AuditEntry.action == Action.EXPORT_GUIDANCE.value)).all()
