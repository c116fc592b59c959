"""Readiness: what an organisation keeps, as its reader may see it, and the findings on it."""

from datetime import date
from typing import Any

from continuity.readiness import holdings
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import DependencyKind, Strength
from prepare.vocabulary import Confidentiality, Criticality
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.vocabulary.measures import MeasureState
from risks.vocabulary.risks import Treatment
from tests import town as the_town

ON = date(2026, 11, 21)


def a_need(consumer: str, *suppliers: str, **fields: Any) -> Need:
    """A need that is written: essential, felt after four hours, without a workaround."""
    need = Need(
        consumer=the_town.function(consumer),
        name=fields.pop("name", the_town.function(suppliers[0]).name_fi),
        strength=Strength.ESSENTIAL,
        tolerance_h=4.0,
        **fields,
    )
    need.alternatives = [
        Dependency(
            code=f"D-{consumer}-{supplier}"[:20], supplier=the_town.function(supplier), kind=DependencyKind.WATER
        )
        for supplier in suppliers
    ]
    the_town.keep(need)
    return need


def codes(found: list[Any], thing: str) -> set[str]:
    return {finding.rule.code for finding in found if finding.thing.code == thing}


def test_an_organisation_keeps_what_lies_below_it_and_nothing_else(town: Any) -> None:
    scope = town.actor_of("edu.contact").scope

    held = holdings.holdings(scope, town.organisation_of("EDU"), on=ON)

    assert {f.code for f in held.functions} == {
        "F-EDU-01", "F-EDU-02", "F-EDU-03", "F-EDU-04", "F-EDU-06", "F-SCH-01",
    }  # fmt: skip
    assert [risk.code for risk in held.risks] == ["R-01", "R-02"]
    assert [plan.code for plan, _version, _case in held.plans] == ["P-01", "P-02", "P-03"]


def test_a_plan_in_force_covers_its_functions(town: Any) -> None:
    held = holdings.holdings(town.actor_of("central").scope, town.organisation_of("EDU"), on=ON)

    covered = {case.thing.code for case in held.cases.values() if case.has_approved_plan}
    assert covered == {"F-EDU-01"}


def test_findings_name_what_the_records_lack(town: Any) -> None:
    a_need("F-EDU-01", "F-WAT-01")
    held = holdings.holdings(town.actor_of("edu.contact").scope, town.organisation_of("EDU"), on=ON)

    found = holdings.findings(held, ON)

    assert {"W7", "W9"} <= codes(found, "F-EDU-01")
    assert "I03" not in codes(found, "F-EDU-01")
    assert "I03" in codes(found, "F-EDU-03")
    assert codes(found, "EDU") == {"I15", "W13"}
    assert codes(found, "P-03") == {"W14"}
    assert [finding.severity.rank for finding in found] == sorted(finding.severity.rank for finding in found)


def test_a_secret_supplier_of_another_sector_is_not_named(town: Any) -> None:
    a_need("F-EDU-01", "F-WAT-02")
    held = holdings.holdings(town.actor_of("edu.contact").scope, town.organisation_of("EDU"), on=ON)

    texts = " ".join(finding.missing for finding in holdings.findings(held, ON))

    assert "F-WAT-02" not in texts
    assert "Vesitorni" not in texts
    assert "a function outside your view" in texts


def test_a_vital_function_without_needs_is_a_gap(town: Any) -> None:
    held = holdings.holdings(town.actor_of("wat.contact").scope, town.organisation_of("WAT"), on=ON)
    (water,) = [case for case in held.cases.values() if case.thing.code == "F-WAT-01"]

    assert [gap.what for gap in water.further_gaps] == ["What the function needs, or that it needs nothing"]


def test_networks_that_do_the_same_work_are_a_finding_of_their_city(town: Any) -> None:
    """N-01 and the secret N-02 work in the same area for the young."""
    for reader, organisation, found in (
        ("central", "CITY", {"W22"}),
        ("admin", "CITY", set()),
        ("central", "EDU", set()),
    ):
        held = holdings.holdings(town.actor_of(reader).scope, town.organisation_of(organisation), on=ON)

        assert codes(holdings.findings(held, ON), "N-02") == found


def test_the_unit_that_coordinates_a_city_is_told_of_its_networks(town: Any) -> None:
    town.change(town.organisation_of("WAT"), is_coordinator=True)

    held = holdings.holdings(town.actor_of("central").scope, town.organisation_of("WAT"), on=ON)

    (told,) = [one for one in holdings.findings(held, ON) if one.rule.code == "W22"]
    assert (told.thing.code, told.confidentiality) == ("N-02", Confidentiality.CONFIDENTIAL)
    assert told.values["other"] == "N-01 Verkosto N-01"
    assert told.values["areas"] == "Itäinen suurpiiri"


def test_a_body_that_has_not_met_in_time_is_a_finding_of_its_city(town: Any) -> None:
    """B-01 meets every three months, and met last on 2.2.2026."""
    scope, city = town.actor_of("central").scope, town.organisation_of("CITY")

    held = holdings.holdings(scope, city, on=ON)

    (told,) = [one for one in holdings.findings(held, date(2026, 6, 3)) if one.thing.code == "B-01"]
    assert (told.rule.code, told.values["months"]) == ("W16", 3)
    assert "B-01" not in {one.thing.code for one in holdings.findings(held, date(2026, 6, 2))}
    assert holdings.holdings(scope, town.organisation_of("EDU"), on=ON).bodies == []


def test_a_cancelled_measure_does_not_treat_a_risk(town: Any) -> None:
    risk, measure = town.record(Risk, "R-01"), town.record(Measure, "M-01")
    town.change(risk, likelihood=4, treatment=Treatment.REDUCE)
    scope, edu = town.actor_of("edu.contact").scope, town.organisation_of("EDU")

    def broken() -> set[str]:
        found = holdings.findings(holdings.holdings(scope, edu, on=ON), ON)
        return {finding.rule.code for finding in found if finding.thing.code == "R-01"}

    assert "W17" not in broken()
    town.change(measure, state=MeasureState.CANCELLED)
    assert "W17" in broken()


def found_on(scope: Any, organisation: str) -> list[Any]:
    return holdings.findings(holdings.holdings(scope, the_town.organisation_of(organisation), on=ON), ON)


def test_one_loss_that_takes_a_vital_function_is_a_finding_of_whoever_keeps_it(town: Any) -> None:
    # F-EDU-06 needs F-WAT-01 alone and endures two hours; vital with an MTPD of 12 h it falls in time.
    town.change(town.function("F-EDU-06"), criticality=Criticality.K1, mtpd_h=12.0, rto_h=6.0)
    central = town.actor_of("central").scope

    water, school = found_on(central, "WAT"), found_on(central, "EDU")

    (loss,) = [one for one in water if one.rule.code == "W5" and one.thing.code == "F-WAT-01"]
    assert "F-EDU-06" in loss.missing
    assert "W5" not in {one.rule.code for one in school}


def test_whoever_does_not_read_the_fallen_function_is_not_told_of_the_loss(town: Any) -> None:
    town.change(town.function("F-EDU-06"), criticality=Criticality.K1, mtpd_h=12.0, rto_h=6.0)

    found = found_on(town.actor_of("wat.contact").scope, "WAT")

    assert "F-EDU-06" not in " ".join(one.missing for one in found)
    assert not [one for one in found if one.rule.code == "W5"]


def test_two_ways_that_share_a_supplier_are_false_redundancy(town: Any) -> None:
    a_need("F-EDU-04", "F-EDU-01", "F-EDU-06", name="Ateria")  # both need F-WAT-01

    found = found_on(town.actor_of("central").scope, "EDU")

    (defeat,) = [one for one in found if one.rule.code == "W6"]
    assert (defeat.thing.code, "F-WAT-01" in defeat.missing) == ("F-EDU-04", True)


def test_functions_that_need_each_other_want_an_order(town: Any) -> None:
    a_need("F-EDU-02", "F-EDU-04")
    a_need("F-EDU-04", "F-EDU-02")

    found = found_on(town.actor_of("central").scope, "EDU")

    (circle,) = [one for one in found if one.rule.code == "W21"]
    assert (circle.thing.code, "F-EDU-04" in circle.missing) == ("F-EDU-02", True)


def test_a_graph_that_is_too_large_is_said_and_its_rules_are_not_run(town: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("dependencies.tracing.WHOLE", 3)
    held = holdings.holdings(town.actor_of("central").scope, town.organisation_of("EDU"), on=ON)

    assert held.chains.not_run
    assert not {"W3", "W5", "W6", "W21", "W24"} & {one.rule.code for one in holdings.findings(held, ON)}


def test_an_interface_with_the_police_or_a_reason_settles_a_sector(town: Any) -> None:
    scope = town.actor_of("central").scope

    assert "W13" in codes(found_on(scope, "EDU"), "EDU")
    assert "W13" not in codes(found_on(scope, "WAT"), "WAT")  # I-02 is with the police
    town.change(town.organisation_of("EDU"), police_interface_reason="Poliisi tavoitetaan kunnan kautta.")
    assert "W13" not in codes(found_on(scope, "EDU"), "EDU")
    assert "W13" not in codes(found_on(scope, "EDU"), "SCH")  # a unit below a sector is not asked


def test_a_city_is_judged_with_everything_below_it(town: Any) -> None:
    found = found_on(town.actor_of("central").scope, "CITY")

    assert {"EDU", "WAT", "F-EDU-03", "F-WAT-01", "TR-01", "TR-02"} <= {one.thing.code for one in found}
