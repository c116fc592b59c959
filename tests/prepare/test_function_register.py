"""The function register: what is in force stays in force, and every rule is told at once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from prepare import registration, stored
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.db import db, transaction
from prepare.entries import FunctionEntry
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.models.functions import BiaImpact, Function, FunctionRevision
from prepare.register import functions as register
from prepare.registration import Gap
from prepare.vocabulary import Confidentiality, Criticality, FunctionState, ImpactCategory, RevisionState

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
TODAY = date(2026, 5, 4)
NEEDS = Gap(None, "Needs", "Without them nobody sees what brings it down.")


@pytest.fixture
def entry(town):
    """A complete entry of an important function."""
    return FunctionEntry(name_fi="Koulupsykologi", **town.COMPLETE)


def seen(function):
    """What a person has seen who opens the function now."""
    return register.seen_now(function)


def edited(function, **changes):
    """The entry that stands in the form, with these changes."""
    entry, _impacts = register.proposed(function, register.pending(function))
    return replace(entry, **changes)


def edit(function, **changes):
    """Save these changes as the form does."""
    with transaction():
        register.edit(function, edited(function, **changes), seen=seen(function), at=AT)


def refused(call, *args, **kwargs):
    """The fields at which the register refuses."""
    with pytest.raises(RuleBroken) as broken, transaction():
        call(*args, **kwargs)
    return [rule.field for rule in broken.value.every]


# Adding


def test_a_new_function_is_a_draft_of_its_organisation_under_the_next_code(town, acting, entry):
    with acting("edu.contact"), transaction():
        function = register.add(town.organisation_of("EDU"), entry)

    assert (function.code, function.state, function.owner_path) == (
        "F-EDU-07",
        FunctionState.DRAFT,
        town.organisation_of("EDU").path,
    )
    assert registration.of_record(function) == entry


def test_codes_are_numbered_by_the_highest_and_not_by_the_count(town, acting, entry):
    town.keep(town.a_function("F-EDU-41"), town.a_function("F-EDU-x"), town.a_function("F-EDUX-99"))

    with acting("edu.contact"), transaction():
        codes = [register.add(town.organisation_of("EDU"), entry).code for _ in range(2)]

    assert codes == ["F-EDU-42", "F-EDU-43"]


def test_the_code_of_a_retired_function_is_not_given_again(town, acting, entry):
    town.keep(town.a_function("F-EDU-77", state=FunctionState.RETIRED))

    with acting("edu.contact"), transaction():
        assert register.add(town.organisation_of("EDU"), entry).code == "F-EDU-78"


def test_a_partners_service_is_kept_by_the_unit_and_in_force_at_once(town, acting, entry):
    with acting("central"), transaction():
        service = register.add(town.organisation_of("P-CTY"), entry)

    assert (service.code, service.state) == ("X-CTY-02", FunctionState.CONFIRMED)


def test_a_function_that_breaks_rules_is_not_added_and_all_of_them_are_told(town, acting, entry):
    bad = replace(entry, name_fi=" ", rto_h=500.0, mbco_pct=-1.0)
    before = db.session.scalar(select(func.count(Function.id)))

    with acting("edu.contact"):
        fields = refused(register.add, town.organisation_of("EDU"), bad)

    assert sorted(fields) == ["mbco_pct", "name_fi", "rto_h"]
    assert db.session.scalar(select(func.count(Function.id))) == before


@pytest.mark.parametrize("name", ["wat.contact", "central", "leadership", "county", "auditor", "admin", "newcomer"])
def test_only_the_sector_adds_to_its_register(town, acting, entry, name):
    with acting(name), pytest.raises(NotPermitted), transaction():
        register.add(town.organisation_of("EDU"), entry)


def test_a_unit_below_the_sector_belongs_to_the_sectors_contact(town, acting, entry):
    with acting("edu.contact"), transaction():
        assert register.add(town.organisation_of("SCH"), entry).code == "F-SCH-02"


# What is in force


def test_a_draft_is_edited_in_place(town, acting):
    with acting("edu.contact"):
        edit(town.function("F-EDU-01"), name_fi="Ateriat")

    assert town.function("F-EDU-01").name_fi == "Ateriat"
    assert register.pending(town.function("F-EDU-01")) is None


def test_an_edited_submission_is_a_draft_again(town, acting):
    with acting("edu.contact"):
        edit(town.function("F-EDU-02"), name_fi="Päivähoito")

    assert town.function("F-EDU-02").state is FunctionState.DRAFT


def test_a_confirmed_function_stays_in_force_while_it_is_edited(town, acting):
    before = registration.of_record(town.function("F-EDU-03"))

    with acting("edu.contact"):
        edit(town.function("F-EDU-03"), name_fi="Perus- ja esiopetus", rto_h=24.0)

    function = town.function("F-EDU-03")
    revision = register.pending(function)
    assert (function.state, registration.of_record(function)) == (FunctionState.CONFIRMED, before)
    assert (revision.state, revision.author_id) == (RevisionState.DRAFT, town.user("edu.contact").id)
    assert stored.from_json(FunctionEntry, revision.entry) == replace(before, name_fi="Perus- ja esiopetus", rto_h=24.0)


def test_a_second_edit_goes_on_from_the_first(town, acting):
    with acting("edu.contact"):
        edit(town.function("F-EDU-03"), name_sv="Undervisning")
        edit(town.function("F-EDU-03"), name_en="Teaching")

    function = town.function("F-EDU-03")
    revisions = db.session.scalars(select(FunctionRevision).where(FunctionRevision.function_id == function.id)).all()
    assert len(revisions) == 1
    assert (revisions[0].entry["name_sv"], revisions[0].entry["name_en"]) == ("Undervisning", "Teaching")


def test_an_edited_submitted_change_must_be_submitted_again(town, acting):
    with acting("edu.contact"):
        edit(town.function("F-EDU-04"), name_sv="Skjutsar")

    assert register.pending(town.function("F-EDU-04")).state is RevisionState.DRAFT


def test_confirming_takes_the_change_into_force_and_sets_the_next_review(town, acting):
    function = town.function("F-EDU-04")

    with acting("central"), transaction():
        register.confirm(function, on=TODAY)

    function = town.function("F-EDU-04")
    assert (function.name_fi, function.state) == ("Koulukuljetukset ja saatot", FunctionState.CONFIRMED)
    assert (function.reviewed_on, function.next_review) == (TODAY, date(2028, 5, 4))  # K3: every 24 months
    assert register.pending(function) is None


@pytest.mark.parametrize(
    ("criticality", "mtpd_h", "expected"),
    [
        ("K1", 12.0, date(2027, 5, 4)),
        ("K2", 60.0, date(2027, 5, 4)),
        ("K3", 120.0, date(2028, 5, 4)),
        ("K4", 500.0, date(2029, 5, 4)),
        (None, None, date(2027, 5, 4)),
    ],
)
def test_a_graver_class_is_reviewed_more_often(town, acting, criticality, mtpd_h, expected):
    word = Criticality(criticality) if criticality else None
    town.keep(town.a_function("F-EDU-30", state=FunctionState.SUBMITTED, criticality=word, mtpd_h=mtpd_h))

    with acting("central"), transaction():
        register.confirm(town.function("F-EDU-30"), on=TODAY)

    assert town.function("F-EDU-30").next_review == expected


def test_a_review_that_falls_on_a_leap_day_comes_in_time(town, acting):
    with acting("central"), transaction():
        register.confirm(town.function("F-EDU-02"), on=date(2028, 2, 29))

    assert town.function("F-EDU-02").next_review == date(2030, 2, 28)


def test_a_discarded_change_leaves_what_is_in_force(town, acting):
    with acting("edu.contact"), transaction():
        register.discard(town.function("F-EDU-04"))

    function = town.function("F-EDU-04")
    states = db.session.scalars(select(FunctionRevision.state).where(FunctionRevision.function_id == function.id)).all()
    assert (function.name_fi, states) == ("Koulukuljetukset", [RevisionState.DISCARDED])


def test_there_must_be_a_change_to_discard(town, acting):
    with acting("edu.contact"):
        assert refused(register.discard, town.function("F-EDU-03")) == [None]


# Submitting


@pytest.mark.parametrize("code", ["F-EDU-01", "F-EDU-03"])
def test_a_complete_function_or_change_is_submitted(town, acting, code):
    with acting("edu.contact"):
        edit(town.function(code), customers="Lapset")
        with transaction():
            register.submit(town.function(code), further=(), at=town.BEGUN)

    function = town.function(code)
    revision = register.pending(function)
    assert (revision.state if revision else function.state) == "submitted"


def test_e11_a_vital_function_without_impacts_or_needs_is_not_submitted(town, acting):
    with acting("edu.contact"):
        edit(town.function("F-EDU-01"), **town.VITAL | {"min_staff": None})
        fields = refused(register.submit, town.function("F-EDU-01"), further=[NEEDS], at=town.BEGUN)

    assert fields == ["min_staff", None, None]
    assert town.function("F-EDU-01").state is FunctionState.DRAFT


def test_e3_a_function_whose_mtpd_contradicts_its_impacts_is_not_submitted(town, acting):
    with acting("edu.contact"):
        edit(town.function("F-EDU-01"), **town.VITAL)
        with transaction():
            late = dict.fromkeys(ImpactCategory, (1, 1, 1, 4, 4, 4, 4))
            register.assess_impacts(
                town.function("F-EDU-01"), late, seen=register.impacts_now(town.function("F-EDU-01")), at=AT
            )
        fields = refused(register.submit, town.function("F-EDU-01"), further=(), at=town.BEGUN)

    assert fields == ["LIFE-T3"]


def test_a_confirmed_function_without_a_change_has_nothing_to_submit(town, acting):
    with acting("edu.contact"):
        assert refused(register.submit, town.function("F-EDU-03"), further=(), at=town.BEGUN) == [None]


def test_a_function_is_submitted_only_once(town, acting):
    with acting("edu.contact"):
        assert refused(register.submit, town.function("F-EDU-02"), further=(), at=town.BEGUN) == [None]


def test_submitting_a_submitted_change_again_changes_nothing(town, acting):
    before = seen(town.function("F-EDU-04"))

    with acting("edu.contact"), transaction():
        register.submit(town.function("F-EDU-04"), further=(), at=town.BEGUN)

    assert seen(town.function("F-EDU-04")) == before


@pytest.mark.parametrize("code", ["F-EDU-01", "F-EDU-03", "F-EDU-05"])
def test_only_what_is_submitted_is_confirmed_or_returned(town, acting, code):
    with acting("central"):
        assert refused(register.confirm, town.function(code), on=TODAY) == [None]
        assert refused(register.send_back, town.function(code), "Täydennä.") == [None]


def test_a_draft_change_to_a_confirmed_function_is_not_confirmed(town, acting):
    with acting("edu.contact"):
        edit(town.function("F-EDU-03"), name_fi="Toinen nimi")

    with acting("central"):
        assert refused(register.confirm, town.function("F-EDU-03"), on=TODAY) == [None]
    assert town.function("F-EDU-03").name_fi == "Perusopetus"


# Returning


def test_a_return_needs_a_reason(town, acting):
    with acting("central"):
        assert refused(register.send_back, town.function("F-EDU-02"), "  ") == ["reason"]


def test_a_returned_function_tells_its_sector_why(town, acting):
    with acting("central"), transaction():
        register.send_back(town.function("F-EDU-02"), "Kuka päättää?")

    function = town.function("F-EDU-02")
    assert (function.state, function.return_reason) == (FunctionState.DRAFT, "Kuka päättää?")


def test_a_returned_change_is_open_again_and_the_function_stays_in_force(town, acting):
    with acting("central"), transaction():
        register.send_back(town.function("F-EDU-04"), "Perustele.")

    function = town.function("F-EDU-04")
    revision = register.pending(function)
    assert (revision.state, revision.return_reason) == (RevisionState.RETURNED, "Perustele.")
    assert function.state is FunctionState.CONFIRMED


def test_the_reason_is_gone_once_the_change_is_submitted_again(town, acting):
    with acting("central"), transaction():
        register.send_back(town.function("F-EDU-04"), "Perustele.")
    with acting("edu.contact"):
        edit(town.function("F-EDU-04"), customers="Oppilaat")
        with transaction():
            register.submit(town.function("F-EDU-04"), further=(), at=town.BEGUN)

    assert register.pending(town.function("F-EDU-04")).return_reason is None


# Saving over each other


def test_a_stale_save_is_refused_and_changes_nothing(town, acting):
    with acting("edu.contact"):
        before = seen(town.function("F-EDU-01"))
        edit(town.function("F-EDU-01"), name_fi="Ensimmäinen")

        function = town.function("F-EDU-01")
        with pytest.raises(StaleEntry), transaction():
            register.edit(function, edited(function, name_fi="Toinen"), seen=before, at=AT)

    assert town.function("F-EDU-01").name_fi == "Ensimmäinen"


@pytest.mark.parametrize("step", ["edit", "confirm", "return", "discard", "impacts"])
def test_every_save_of_a_waiting_change_makes_what_was_seen_stale(town, acting, step):
    function = town.function("F-EDU-04")
    before = seen(function)

    with acting("edu.contact" if step in ("edit", "discard", "impacts") else "central"), transaction():
        {
            "edit": lambda: register.edit(function, edited(function, customers="x"), seen=before, at=AT),
            "confirm": lambda: register.confirm(function, on=TODAY),
            "return": lambda: register.send_back(function, "Perustele."),
            "discard": lambda: register.discard(function),
            "impacts": lambda: register.assess_impacts(function, town.GRID, seen=register.impacts_now(function), at=AT),
        }[step]()

    assert seen(town.function("F-EDU-04")) != before


def test_who_has_seen_nothing_known_is_stale(town, acting):
    function = town.function("F-EDU-01")

    with acting("edu.contact"), pytest.raises(StaleEntry), transaction():
        register.edit(function, edited(function), seen=None, at=AT)


def test_a_row_that_changed_under_the_register_is_stale_too(town, acting):
    function, table = town.function("F-EDU-01"), Function.__table__

    def overtaken():
        before = seen(function)
        db.session.execute(table.update().where(table.c.id == function.id).values(version=99))
        register.edit(function, edited(function, name_fi="Uusi"), seen=before, at=AT)

    with acting("edu.contact"), pytest.raises(StaleEntry), transaction():
        overtaken()


# Impacts


def test_impacts_of_a_draft_are_kept_in_place_and_replaced(town, acting):
    with acting("edu.contact"):
        for grid in (dict.fromkeys(ImpactCategory, (1,) * 7), town.GRID):
            with transaction():
                function = town.function("F-EDU-01")
                register.assess_impacts(function, grid, seen=register.impacts_now(function), at=AT)

    function = town.function("F-EDU-01")
    rows = db.session.scalar(select(func.count(BiaImpact.id)).where(BiaImpact.function_id == function.id))
    assert rows == len(ImpactCategory)
    assert register.impacts_in_force(function) == town.GRID


def test_impacts_of_a_confirmed_function_wait_for_confirmation(town, acting):
    late = dict.fromkeys(ImpactCategory, (1, 1, 1, 1, 1, 1, 2))
    with acting("wat.contact"), transaction():
        function = town.function("F-WAT-01")
        register.assess_impacts(function, late, seen=register.impacts_now(function), at=AT)

    function = town.function("F-WAT-01")
    assert register.impacts_in_force(function) == town.GRID
    assert register.proposed(function, register.pending(function))[1] == late


def test_confirming_takes_the_impacts_into_force(town, acting):
    steeper = town.GRID | {ImpactCategory.ECON: (2, 3, 3, 3, 3, 3, 3)}
    with acting("wat.contact"):
        with transaction():
            function = town.function("F-WAT-01")
            register.assess_impacts(function, steeper, seen=register.impacts_now(function), at=AT)
        with transaction():
            register.submit(town.function("F-WAT-01"), further=(), at=town.BEGUN)
    with acting("central"), transaction():
        register.confirm(town.function("F-WAT-01"), on=TODAY)

    assert register.impacts_in_force(town.function("F-WAT-01")) == steeper


def test_notes_wait_with_the_impacts_and_come_into_force_with_them(town, acting):
    notes = {ImpactCategory.LIFE: "Dialyysi vaatii vettä neljän tunnin välein."}
    with acting("wat.contact"):
        with transaction():
            function = town.function("F-WAT-01")
            register.assess_impacts(function, town.GRID, notes, seen=register.impacts_now(function), at=AT)
        assert register.notes_in_force(town.function("F-WAT-01")) == {}
        with transaction():
            register.submit(town.function("F-WAT-01"), further=(), at=town.BEGUN)
    with acting("central"), transaction():
        register.confirm(town.function("F-WAT-01"), on=TODAY)

    assert register.notes_in_force(town.function("F-WAT-01")) == notes


def test_notes_stay_when_only_the_steps_are_given(town, acting):
    notes = {ImpactCategory.TRUST: "Luottamus laskee."}
    with acting("edu.contact"):
        for given in (notes, None):
            with transaction():
                function = town.function("F-EDU-01")
                register.assess_impacts(function, town.GRID, given, seen=register.impacts_now(function), at=AT)

        assert register.notes_in_force(town.function("F-EDU-01")) == notes
        with transaction():
            function = town.function("F-EDU-01")
            register.assess_impacts(function, town.GRID, {}, seen=register.impacts_now(function), at=AT)

    assert register.notes_in_force(town.function("F-EDU-01")) == {}


def test_e2_falling_impacts_are_refused_in_every_category_at_once(town, acting):
    falling = {ImpactCategory.LIFE: (2, 1, 1, 1, 1, 1, 1), ImpactCategory.TRUST: (0,) * 7}
    with acting("edu.contact"):
        function = town.function("F-EDU-01")
        fields = refused(register.assess_impacts, function, falling, seen=register.impacts_now(function), at=AT)

    assert set(fields) == {"LIFE-T2", "TRUST-T1"}


# Retiring


def test_a_retired_function_stays_readable_and_frozen(town, acting):
    with acting("edu.contact"):
        with transaction():
            register.retire(town.function("F-EDU-03"))

        function = town.function("F-EDU-03")
        assert function.state is FunctionState.RETIRED
        assert refused(register.edit, function, edited(function), seen=register.impacts_now(function), at=AT) == [None]
        assert refused(register.assess_impacts, function, town.GRID, seen=register.impacts_now(function), at=AT) == [
            None
        ]
        assert refused(register.submit, function, further=(), at=town.BEGUN) == [None]
        assert refused(register.retire, function) == [None]


def test_a_function_that_is_retired_with_a_waiting_change_does_not_come_back(town, acting):
    with acting("edu.contact"), transaction():
        register.retire(town.function("F-EDU-04"))

    with acting("central"):
        assert refused(register.confirm, town.function("F-EDU-04"), on=TODAY) == [None]
    assert town.function("F-EDU-04").state is FunctionState.RETIRED


# The database holds the gravest rules by itself


@pytest.mark.parametrize(
    "values",
    [
        {"rto_h": 9.0, "mtpd_h": 8.0},
        {"rto_h": -1.0, "mtpd_h": 5.0},
        {"mbco_pct": 101.0},
        {"restart_h": -1.0},
        {"rpo_h": -0.1},
    ],
)
def test_e1_and_e13_hold_even_past_the_register(town, values):
    with pytest.raises(IntegrityError):
        town.keep(town.a_function("F-EDU-50", **values))


def test_e14_the_contact_of_an_organisation_is_not_its_deputy(town):
    organisation = town.organisation_of("EDU")

    organisation.contact_id = organisation.deputy_id = town.user("edu.contact").id

    with pytest.raises(IntegrityError), acting_as(SYSTEM), town.doing(Action.SOW):
        db.session.flush()


def test_a_code_is_given_once(town):
    with pytest.raises(IntegrityError):
        town.keep(town.a_function("F-EDU-01", "WAT"))


def test_a_secret_function_stays_secret_while_a_more_open_change_waits(town, acting):
    with acting("edu.contact"):
        edit(town.function("F-EDU-06"), confidentiality=Confidentiality.PUBLIC, name_fi="Turvakoti muuttaa")

    function = town.function("F-EDU-06")
    assert function.confidentiality is Confidentiality.CONFIDENTIAL
    assert register.pending(function).confidentiality is Confidentiality.CONFIDENTIAL
