"""Rules on agreements, transfers, the police, and on what the whole graph shows: each true, false and unknown."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from continuity.findings import agreements, interfaces, losses, transfers
from continuity.findings.agreements import AgreementCase
from continuity.findings.cases import OrganisationCase
from continuity.findings.finding import Finding, Severity, Subject, Thing
from continuity.findings.losses import CircleCase, DefeatCase, LossCase
from continuity.findings.transfers import TransferCase
from continuity.vocabulary.transfers import TransferState
from dependencies.promises import Demanded
from dependencies.vocabulary import AgreementKind, Clause, Validity
from prepare.vocabulary import Confidentiality, Criticality

THING = Thing(Subject.AGREEMENT, "A-01", "Water")
GOOD = AgreementCase(
    THING,
    AgreementKind.SERVICE_BOUGHT,
    Validity.VALID,
    date(2027, 12, 31),
    clause=Clause.YES,
    recovery_time_stated=True,
    hanging=2,
    worst_class=Criticality.K1,
)


def told(found: Any) -> list[tuple[str, Severity]]:
    return [(one.rule.code, one.severity) for one in found]


def text(found: Any) -> str:
    (one,) = found
    assert isinstance(one, Finding)
    return one.missing


class TestAgreements:
    def test_one_that_holds_and_says_what_it_must_is_fine(self) -> None:
        assert told(agreements.of_agreement(GOOD)) == []

    @pytest.mark.parametrize(
        ("validity", "severity"),
        [
            (Validity.EXPIRED, Severity.GRAVE),
            (Validity.UNKNOWN, Severity.GRAVE),
            (Validity.EXPIRING, Severity.NOTABLE),
            (Validity.REVIEW_DUE, Severity.NOTABLE),
        ],
    )
    def test_one_that_does_not_hold_under_a_vital_need_is_a_finding(self, validity: Any, severity: Any) -> None:
        assert told(agreements.of_agreement(replace(GOOD, validity=validity))) == [("W10", severity)]

    @pytest.mark.parametrize("validity", [Validity.DRAFT, Validity.NOT_YET, Validity.ENDED])
    def test_one_that_is_not_in_force_by_decision_is_none(self, validity: Any) -> None:
        assert told(agreements.of_agreement(replace(GOOD, validity=validity, clause=None))) == []

    def test_nothing_essential_hangs_on_it_so_its_end_is_no_finding(self) -> None:
        idle = replace(GOOD, validity=Validity.EXPIRED, hanging=0, worst_class=None)

        assert told(agreements.of_agreement(idle)) == []

    def test_its_end_weighs_as_the_most_critical_function_that_hangs_on_it(self) -> None:
        ended = replace(GOOD, validity=Validity.EXPIRED)

        assert told(agreements.of_agreement(replace(ended, worst_class=Criticality.K3))) == [("W10", Severity.MINOR)]
        assert told(agreements.of_agreement(replace(ended, worst_class=None))) == [("W10", Severity.NOTABLE)]
        assert (
            text(agreements.of_agreement(ended))
            == "Sopimuksen varassa on 2 välttämätöntä tarvetta, ja voimassaolo päättyi 31.12.2027."
        )

    def test_a_missing_clause_and_a_missing_time_are_named(self) -> None:
        bare = replace(GOOD, clause=Clause.NO, recovery_time_stated=False)

        (found,) = agreements.of_agreement(bare)

        assert (found.rule.code, found.severity) == ("W11", Severity.NOTABLE)
        assert found.missing == "Sopimuksesta puuttuu: varautumislauseke, luvattu palautumisaika."

    def test_what_nobody_has_recorded_is_missing_too(self) -> None:
        found = text(agreements.of_agreement(replace(GOOD, clause=None, recovery_time_stated=None)))

        assert found.count("kukaan ei ole kirjannut, onko sitä") == 2

    def test_a_protocol_promises_no_recovery_time(self) -> None:
        protocol = replace(GOOD, kind=AgreementKind.PROTOCOL, recovery_time_stated=None)
        without = replace(GOOD, clause=Clause.NA, recovery_time_stated=False)

        assert told(agreements.of_agreement(protocol)) == []
        assert told(agreements.of_agreement(without)) == []

    def test_a_promise_that_comes_too_late_names_whoever_needs_it_sooner(self) -> None:
        school = Demanded("F-KAS-09", Criticality.K2, 8.0, is_alone=True)
        ward = Demanded("F-TUK-05", Criticality.K1, 6.0, is_alone=True)

        (both,) = agreements.of_agreement(replace(GOOD, promised_h=24.0, late=(school, ward)))
        (one,) = agreements.of_agreement(replace(GOOD, promised_h=24.0, late=(school,)))

        assert (both.rule.code, both.severity, one.severity) == ("W11", Severity.GRAVE, Severity.NOTABLE)
        assert both.missing.endswith("F-KAS-09 (8 h), F-TUK-05 (6 h).")
        assert both.confidentiality is Confidentiality.CONFIDENTIAL  # it tells who depends on whom
        assert (
            told(agreements.of_agreement(replace(GOOD, validity=Validity.ENDED, promised_h=24.0, late=(ward,)))) == []
        )

    def test_clauses_of_one_on_which_nothing_hangs_are_minor(self) -> None:
        idle = replace(GOOD, clause=Clause.NO, hanging=0, worst_class=None)

        assert told(agreements.of_agreement(idle)) == [("W11", Severity.MINOR)]


class TestPolice:
    SECTOR = OrganisationCase(Thing(Subject.ORGANISATION, "EDU", "Education"), True, True, True, needs_police=True)

    def test_a_sector_without_an_interface_and_without_a_reason_is_a_finding(self) -> None:
        assert told(interfaces.of_organisation(self.SECTOR)) == [("W13", Severity.NOTABLE)]

    def test_an_interface_or_a_reason_is_enough_and_units_are_not_asked(self) -> None:
        for fine in (("has_police_interface", True), ("has_police_reason", True), ("needs_police", False)):
            assert told(interfaces.of_organisation(replace(self.SECTOR, **dict([fine])))) == []


class TestTransfers:
    ITEM = TransferCase(Thing(Subject.TRANSFER_ITEM, "TR-01", "Alarm"), TransferState.LOST, worst_class=Criticality.K1)

    @pytest.mark.parametrize(
        ("state", "severity"),
        [
            (TransferState.LOST, Severity.GRAVE),
            (TransferState.AT_RISK, Severity.NOTABLE),
            (TransferState.NOT_ASSESSED, Severity.NOTABLE),
        ],
    )
    def test_what_is_open_is_a_finding(self, state: Any, severity: Any) -> None:
        assert told(transfers.of_transfer(replace(self.ITEM, state=state))) == [("W19", severity)]

    @pytest.mark.parametrize(
        "state", [TransferState.RETAINED, TransferState.MOVED, TransferState.RENEWED, TransferState.NOT_NEEDED]
    )
    def test_what_is_settled_is_none(self, state: Any) -> None:
        assert told(transfers.of_transfer(replace(self.ITEM, state=state))) == []

    def test_what_is_lost_stays_until_its_measure_is_verified(self) -> None:
        mended = replace(self.ITEM, measure="M-04", is_verified=True)

        assert told(transfers.of_transfer(replace(mended, is_verified=False))) == [("W19", Severity.GRAVE)]
        assert told(transfers.of_transfer(mended)) == []
        assert told(transfers.of_transfer(replace(mended, state=TransferState.AT_RISK))) == [("W19", Severity.NOTABLE)]

    def test_a_function_of_unknown_class_weighs_like_a_critical_one(self) -> None:
        assert told(transfers.of_transfer(replace(self.ITEM, worst_class=None))) == [("W19", Severity.NOTABLE)]
        assert "mikään toimenpide ei korjaa sitä" in text(transfers.of_transfer(self.ITEM))


class TestLosses:
    GRID = Thing(Subject.FUNCTION, "GRID", "Grid")

    def test_an_undecided_single_point_is_grave_and_secret(self) -> None:
        (found,) = losses.of_loss(LossCase(self.GRID, ("F-1 Water",)))
        (lapsed,) = losses.of_loss(LossCase(self.GRID, ("F-1 Water",), has_lapsed=True))

        assert (found.rule.code, found.severity) == ("W5", Severity.GRAVE)
        assert found.confidentiality is Confidentiality.CONFIDENTIAL
        assert "F-1 Water; siitä ei ole päätetty mitään" in found.missing
        assert "sitä koskeva päätös on rauennut" in lapsed.missing

    def test_false_redundancy_names_the_needs_and_what_they_share(self) -> None:
        (found,) = losses.of_defeat(DefeatCase(self.GRID, Criticality.K2, (("Power", "X Cable"), ("Line", "Y Mast"))))

        assert (found.rule.code, found.severity) == ("W6", Severity.NOTABLE)
        assert found.missing.endswith("Power (yhteinen syy: X Cable), Line (yhteinen syy: Y Mast).")

    def test_a_circle_that_locks_weighs_more(self) -> None:
        locked = CircleCase(self.GRID, ("F-2 Pumps",), is_locked=True, worst_class=Criticality.K1)

        assert told(losses.of_circle(locked)) == [("W21", Severity.GRAVE)]
        assert told(losses.of_circle(replace(locked, is_locked=False))) == [("W21", Severity.NOTABLE)]
