"""The page of findings by roles, and the life of one that is put aside."""

import html
import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from continuity import snoozing
from continuity.entries.snoozes import SnoozeEntry
from continuity.findings import catalogue
from continuity.findings.finding import Severity
from continuity.models.snoozes import FindingSnooze
from continuity.readiness import holdings
from prepare.actor import EVERYTHING
from prepare.clock import today
from prepare.db import db
from prepare.months import months_after
from prepare.sow.files import Files, codes
from tests import town
from tests.conftest import signed_in

ON = date(2026, 11, 21)


@dataclass(frozen=True)
class Snoozed:
    until: date = ON
    severity: Severity = Severity.NOTABLE


def test_a_finding_comes_back_after_its_day_or_when_it_grows_graver():
    assert snoozing.holds(Snoozed(), Severity.NOTABLE, on=ON)
    assert snoozing.holds(Snoozed(), Severity.MINOR, on=ON)
    assert not snoozing.holds(Snoozed(), Severity.GRAVE, on=ON)
    assert not snoozing.holds(Snoozed(), Severity.NOTABLE, on=ON + timedelta(days=1))


@pytest.mark.parametrize(
    ("entry", "severity", "may_grave", "fields"),
    [
        (SnoozeEntry(reason="x", until=date(2027, 11, 21)), Severity.NOTABLE, False, []),
        (SnoozeEntry(reason="x", until=date(2027, 11, 22)), Severity.NOTABLE, False, ["until"]),
        (SnoozeEntry(reason="x", until=ON), Severity.NOTABLE, False, ["until"]),
        (SnoozeEntry(), Severity.MINOR, True, ["reason", "until"]),
        (SnoozeEntry(reason="x", until=date(2027, 1, 1)), Severity.GRAVE, False, [None]),
        (SnoozeEntry(reason="x", until=date(2027, 1, 1)), Severity.GRAVE, True, []),
    ],
)
def test_putting_aside_asks_for_a_reason_and_a_day_and_grave_ones_for_who_answers(entry, severity, may_grave, fields):
    found = snoozing.problems(entry, severity, may_grave=may_grave, on=ON)

    assert [one.field for one in found] == fields


def test_every_rule_of_the_catalogue_stands_once():
    rules = [one.rule for one in catalogue.RULES]

    assert len({id(rule) for rule in rules}) == len(rules)
    assert {f"W{n}" for n in range(26)} <= set(catalogue.CODES)


@pytest.mark.usefixtures("town")
class TestPages:
    def test_a_sector_sees_its_own_findings_and_no_others(self, app):
        water = signed_in(app, "wat.contact").get("/findings/").text

        assert "WAT" in water
        assert "F-EDU" not in water
        assert "TR-01" not in water
        assert "TR-02" in water

    def test_the_unit_sees_every_sector_and_filters(self, app):
        browser = signed_in(app, "central")

        transfers = browser.get("/findings/?rule=W19").text
        grave = browser.get("/findings/?rule=W19&severity=grave").text
        one_sector = browser.get("/findings/?rule=W19&organisation=EDU").text
        words = browser.get("/findings/?q=tr-02&subject=transfer_item").text

        assert "TR-01" in transfers
        assert "TR-02" in transfers
        assert "TR-01" not in grave
        assert "TR-02" not in one_sector
        assert "TR-01" not in words

    def test_each_finding_leads_to_the_page_where_it_is_mended(self, app):
        browser = signed_in(app, "edu.contact")

        page = browser.get("/findings/?rule=W19").text
        (way,) = set(re.findall(r'href="(/transfers/[^"]+)"', page))

        assert browser.get(way).status_code == 200

    def test_the_page_of_a_record_fetches_what_the_rules_find_on_it_and_nothing_else(self, app):
        browser = signed_in(app, "edu.contact")

        page = browser.get(f"/functions/{town.function('F-EDU-04').ref}").text
        (address,) = re.findall(r'hx-get="(/findings/on[^"]+)"', page)
        found = browser.get(html.unescape(address)).text.partition('id="found"')[2]

        assert "Mend it" in found
        assert set(re.findall(r"F-[A-Z]+-\d+", found)) == {"F-EDU-04"}

    def test_on_a_record_that_may_not_be_read_nothing_is_found(self, app):
        asked = f"/findings/on?subject=function&of={town.function('F-EDU-04').ref}"

        assert "nothing to mend here" in signed_in(app, "wat.contact").get(asked).text
        assert signed_in(app, "county").get(asked).status_code == 403

    def test_a_finding_is_put_aside_shown_apart_and_taken_up_again(self, app):
        browser = signed_in(app, "edu.contact")
        address = re.search(r'href="(/organisations/[^"]+snooze[^"]+)"', browser.get("/findings/?rule=W19").text)
        way = address[1].replace("&amp;", "&")
        asked = browser.get(way)

        until = today() + timedelta(days=30)
        data = {"reason": "Odottaa sopimusta.", "until": until.isoformat()}
        assert "Put a finding aside" in asked.text
        assert browser.send(way, **data).status_code == 302

        assert "TR-01" not in browser.get("/findings/?rule=W19").text
        assert "Odottaa sopimusta." in browser.get("/findings/?aside=1&rule=W19").text
        kept = db.session.scalars(select(FindingSnooze).where(FindingSnooze.rule == "W19")).one()
        assert browser.send(f"/finding-snoozes/{kept.ref}/wake").status_code == 302
        assert "TR-01" in browser.get("/findings/?rule=W19").text

    def test_an_old_address_says_that_the_finding_is_gone(self, app):
        browser = signed_in(app, "edu.contact")

        page = browser.get(f"/organisations/{town.organisation_of('EDU').ref}/findings/snooze?rule=W1").text

        assert "This finding is no longer there" in page

    def test_the_rules_are_explained(self, app):
        page = signed_in(app, "auditor").get("/findings/rules").text

        assert all(code in page for code in catalogue.CODES)


@pytest.mark.usefixtures("demo")
def test_the_demo_has_as_many_findings_as_its_files_say():
    # Counted from the CSV files alone: interfaces carry dependencies, agreements end, clauses are missing.
    files = Files(on=today())
    held = holdings.holdings(EVERYTHING, town.organisation_of("CITY"), on=today())
    found = holdings.findings(held, today())

    def things(rule):
        return {one.thing.code for one in found if one.rule.code == rule}

    own = {row["id"] for row in files.rows("sectors")}
    with_police = [row for row in files.rows("interfaces") if row["party"] == "P-POL"]
    police = {code for row in with_police for code in codes(row["city_sectors"])}
    still_open = ("at_risk", "lost", "not_assessed")
    open_items = {row["id"] for row in files.rows("transfer_items") if row["status"] in still_open}
    # A draft binds nobody yet, one that was ended or replaced no longer; what expires is still recorded as in force.
    agreements = [row for row in files.rows("agreements") if row["status"] not in ("draft", "terminated", "renewed")]
    ended = {row["id"] for row in agreements if row["valid_to"] and files.day(row["valid_to"]) < today()}
    binding = [row for row in agreements if row["id"] not in ended]
    lacking = {row["id"] for row in binding if row["preparedness_clause"] == "no" or _lacks_time(row)}
    assert things("W13") == own - police
    assert things("W19") == open_items
    assert {"RV-01", "RV-02", "RV-03"} <= things("W27")  # counted on twice in the power cut
    too_late = {row["id"] for row in binding if row["recovery_h"] and _comes_too_late(row, files)}
    assert things("W11") == lacking | too_late
    assert too_late == {
        "A-21"
    }  # 24 h for buses that the evacuation needs within 6 + 4 h and public transport in 12 + 1 h
    assert things("W10") == {row["id"] for row in agreements if _ends(row, files) and _carries(row, files)}


def _lacks_time(row):
    delivers = row["type"] in ("cooperation", "service_bought", "service_sold") and row["preparedness_clause"] != "na"
    return delivers and row["recovery_time_stated"] != "true"


def _ends(row, files):
    if not row["valid_to"]:
        looked_at = files.day(row["reviewed_on"] or row["valid_from"])
        return months_after(looked_at, 24) < today()
    return files.day(row["valid_to"]) <= months_after(today(), max(6, int(row["notice_months"] or 0)))


def _comes_too_late(row, files):
    """Whether a K1 or K2 function that has nobody else needs the service sooner than it is promised."""
    functions = {one["id"]: one for one in files.rows("functions")}
    covered = {one["id"] for one in files.rows("interfaces") if one["agreement"] == row["id"]} | set(
        codes(row["functions"])
    )
    lines = [one for one in files.rows("dependencies") if one["strength"] == "essential"]
    for line in lines:
        consumer = functions.get(line["consumer"])
        if (
            consumer is None
            or consumer["criticality"] not in ("K1", "K2")
            or not {line["interface"], line["supplier"]} & covered
        ):
            continue
        others = [
            one
            for one in lines
            if line["redundancy_group"]
            and (one["consumer"], one["redundancy_group"]) == (line["consumer"], line["redundancy_group"])
            and not {one["interface"], one["supplier"]} & covered
        ]
        needed = float(consumer["rto_h"]) + float(line["tolerance_h"])
        if not others and float(row["recovery_h"]) > needed:
            return True
    return False


def _carries(row, files):
    interfaces = {one["id"] for one in files.rows("interfaces") if one["agreement"] == row["id"]}
    services = set(codes(row["functions"]))
    return any(
        one["strength"] == "essential" and (one["interface"] in interfaces or one["supplier"] in services)
        for one in files.rows("dependencies")
    )
