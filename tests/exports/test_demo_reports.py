"""The reports on the demo city: what its leaders and its unit will find, held against the pages' own readings."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sqlalchemy import select

from continuity.queries import readiness as readiness_queries
from continuity.readiness import judged, scored
from continuity.scoring import snapshots
from continuity.scoring.scores import points
from continuity.scoring.vocabulary import Code
from dependencies import tracing
from dependencies.analysing import keystones, redundancy, scenarios
from dependencies.analysing.view import view
from dependencies.vocabulary import Verdict
from exports.books.reports import report_book
from exports.entries import Language, Report, ReportEntry
from prepare.actor import Actor, Grant, Scope
from prepare.clock import today
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality, Role
from risks.queries import scenarios as scenario_queries

AT = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
Rows = list[dict[str, Any]]


def city() -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.code == "CITY")).one()


def scope() -> Scope:
    return Actor(user_id=1, grants=(Grant(Role.CENTRAL, city().path),)).scope


_made: dict[Report, Workbook] = {}


def book(report: Report) -> Workbook:
    """Each report is built once for all tests: none of them changes a record."""
    if report not in _made:
        wanted = ReportEntry(
            organisation="CITY", language=Language.ENGLISH, variant=Confidentiality.CONFIDENTIAL, purpose="Test"
        )
        made = report_book(report, city(), scope(), wanted, on=today(), at=AT)
        _made[report] = load_workbook(io.BytesIO(made.content))
    return _made[report]


@pytest.fixture
def readiness(demo: None) -> Workbook:
    return book(Report.READINESS)


@pytest.fixture
def leadership(demo: None) -> Workbook:
    return book(Report.LEADERSHIP)


def tables(workbook: Workbook, sheet: str) -> Iterator[Rows]:
    """The rows of every table of a sheet, by heading, from top to bottom."""
    page = workbook[sheet]
    for table in sorted(page.tables.values(), key=lambda one: int("".join(filter(str.isdigit, one.ref.split(":")[0])))):
        headings, *values = [[cell.value for cell in row] for row in page[table.ref]]
        yield [dict(zip(headings, row, strict=True)) for row in values]


def rows(workbook: Workbook, sheet: str, number: int = 0) -> Rows:
    return list(tables(workbook, sheet))[number]


def test_the_scenarios_are_those_of_the_reference(readiness: Workbook) -> None:
    told = {row["Scenario"]: row for row in rows(readiness, "Scenarios in figures")}

    figures = {code: (row["Functions down"], row["RTO exceeded"], row["MTPD exceeded"]) for code, row in told.items()}
    assert figures == {  # domain.md 5
        "S1": (62, 53, 38), "S2": (12, 8, 2), "S3": (18, 16, 12), "S4": (12, 11, 11), "S5": (0, 0, 0),
        "S6": (9, 7, 1), "S7": (25, 25, 23), "S8": (0, 0, 0), "S9": (10, 4, 1),
    }  # fmt: skip
    for scenario in db.session.scalars(scenario_queries.scenarios(scope())):
        seen = tracing.run_near(scope(), tracing.hits_of(scenario))
        assert told[scenario.code]["Degraded"] == len(seen.degraded())


def test_the_scores_are_those_of_the_readiness_page(readiness: Workbook, leadership: Workbook) -> None:
    score = scored.of_city(city(), on=today())
    told = {row["Sector"]: row["Readiness score"] for row in rows(readiness, "Sector summary")}
    indicators = {row["Indicator"]: row for row in rows(readiness, "Indicators") if row["Indicator"] != "O1"}

    assert told == {one.item.code: points(one.score) for one in score.sectors}
    for code in Code:
        found = score.indicators[code]
        row = indicators[code.value]
        assert row["Value"] == points(found.value)
        assert (row["In order"], row["Unknown"]) == (round(found.numerator, 1), round(found.unknown, 1))
        assert all(row[one.item.code] == points(one.indicators[code].value) for one in score.sectors)
    state = rows(leadership, "On one page")
    sides = [points(one.score) for one in score.dimensions.values()]
    assert [row["Points"] for row in state] == [points(score.score), *sides]


def test_the_course_is_that_of_the_snapshots(readiness: Workbook) -> None:
    kept = db.session.scalars(readiness_queries.snapshots(city())).all()
    told = rows(readiness, "Course of readiness")

    assert [row["Snapshot"] for row in told] == [*(one.code for one in reversed(kept)), "now"]
    assert told[0]["Readiness score"] == points(snapshots.score(kept[-1].figures))


def test_losses_gaps_and_redundancy_are_those_of_the_analyses(readiness: Workbook) -> None:
    seen = view(scope(), scenarios.graph())
    lost = {one.function.code: one.keystone.lost for one in keystones.every(seen, on=today()) if one.keystone.lost}

    assert {row["Function"]: row["Functions lost"] for row in rows(readiness, "Single losses")} == lost
    assert len(rows(readiness, "False redundancy")) == len(redundancy.defeated(seen)) == 17  # domain.md 5
    stands = Counter(row["RTO"] for row in rows(readiness, "RTO gaps"))
    assert stands == {"Cannot be kept": 21, "Nobody knows": 28}  # domain.md 5; 28 of 77 can be kept


def test_the_registers_hold_every_record_of_the_city(readiness: Workbook) -> None:
    names = ("Critical functions", "Interfaces", "Agreements", "Risks")

    assert [len(rows(readiness, name)) for name in names] == [77, 23, 24 + 2, 41]  # domain.md 5, and two that followed
    transfers = rows(readiness, "Transfers")
    assert {row["Code"] for row in transfers} >= {"TR-01", "TR-04"}
    matrix = rows(readiness, "Risk matrix")
    assert sum(int(cell.split(":")[0]) for row in matrix for cell in list(row.values())[1:] if cell != "–") == 41


def test_every_rule_counts_what_the_findings_page_lists(readiness: Workbook) -> None:
    with speaking("en"):
        found = judged.judged(scope(), city(), on=today()).findings
    told = {row["Rule"]: row["Findings"] for row in rows(readiness, "Data quality and method", 2)}

    assert {code: count for code, count in told.items() if count} == Counter(one.rule.code for one in found)


def test_leaders_read_on_one_page_what_they_are_to_decide(leadership: Workbook) -> None:
    state, sentences, decisions = tables(leadership, "On one page")

    assert [row["Side of readiness"] for row in state][:2] == ["Readiness as a whole", "Leadership"]
    assert sentences[0]["What the unit says"].startswith("Arjen häiriöihin on varauduttu")
    assert [row["Cost, €"] for row in decisions] == [180_000, 30_000, "not estimated"]
    assert all(row["What follows if it is not decided"] for row in decisions)


def test_leaders_read_the_gravest_scenario_first(leadership: Workbook) -> None:
    first, *rest = rows(leadership, "What would happen")
    long_outage = db.session.scalars(scenario_queries.scenarios(scope())).first()
    seen = tracing.run_near(scope(), tracing.hits_of(long_outage))

    assert (first["What would happen"][:2], first["Functions down"]) == ("S1", 62)
    assert first["Partners' services down"] == len(seen.down(own=False)) == 18  # domain.md 5
    beyond = [one for one in seen.down(Verdict.MTPD_EXCEEDED) if one.outcome.function.criticality == "K1"]
    assert first["K1 out for too long"] == len(beyond)
    assert rest[-1]["Whom it hits"].startswith("nothing stops")


def test_leaders_read_of_the_police_meeting_that_was_missed_and_of_late_measures(leadership: Workbook) -> None:
    _partners, _transfers, meetings = tables(leadership, "Cooperation with partners")
    missed = [row["Body"] for row in meetings if row["Missed"]]
    late = rows(leadership, "Measures and exercises", 1)

    assert any("police" in name.lower() for name in missed)
    assert {row["Overdue measure"][:4] for row in late} >= {"M-04"}


def test_ten_weak_points_are_told_in_plain_words(leadership: Workbook) -> None:
    told = rows(leadership, "Top ten")

    assert [row["Number"] for row in told] == list(range(1, len(told) + 1))
    assert len(told) == 10
    assert Counter(row["What it is"] for row in told).most_common(1)[0][1] <= 4
