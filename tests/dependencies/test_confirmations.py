"""Both sides of a dependency sign: the register, the reading of where each stands, and what follows for a promise."""

from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest
from sqlalchemy import insert, select

from dependencies.analysing import confirmations as reading
from dependencies.entries.confirmations import StatedDelivery, StatedNeed
from dependencies.models.confirmations import Statement
from dependencies.models.needs import Dependency
from dependencies.register import confirmations as register
from dependencies.vocabulary import Accord, DependencyKind, Standing, StatementKind, Strength
from prepare.actor import EVERYTHING, Actor, Grant, acting_as
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken
from prepare.vocabulary import Criticality, FunctionState, RelationBasis, Role
from tests import town as the_town

DAY, LATER = date(2026, 3, 3), date(2026, 3, 9)


def dependency_of(code):
    return db.session.scalars(select(Dependency).where(Dependency.code == code)).one()


def need(dependency, on=DAY, **said):
    """The consumer signs; the hours of the register need no reason."""
    entry = StatedNeed(**{"role": "Rehtori", "reason": "Sovittu", **said})
    with transaction():
        return register.state_need(dependency, entry, seen=register.seen_now(dependency), on=on)


def deliver(dependency, on=DAY, **said):
    entry = StatedDelivery(**{"role": "Päällikkö", "delivers": True, **said})
    with transaction():
        return register.state_delivery(dependency, entry, seen=register.seen_now(dependency), on=on)


def stands(dependency, on=LATER):
    return register.judged(dependency, reading.latest_of([dependency.id])[dependency.id], on=on).accord


# Signing


def test_both_sides_sign_and_it_is_agreed(town, acting):
    water = dependency_of("D-01")  # F-EDU-01 manages 2 h without water and is to be back within 48 h
    with acting("edu.contact"):
        need(water, hours=50.0, words="Kolme keittiötä")
    assert stands(water) is Accord.WAITS_PROVIDER

    with acting("wat.contact"):
        said = deliver(water, hours=8.0, capacity_pct=80.0, words="Säiliöautolla")

    assert stands(water) is Accord.AGREED
    assert (said.role, said.organisation.code, said.stated_on) == ("Päällikkö", "WAT", DAY)
    assert (water.standing, water.answered_on, water.answered_by) == (Standing.CONFIRMED, DAY, "Päällikkö")
    assert water.answer == "Säiliöautolla"


def test_what_was_signed_before_stays_on_record(town, acting):
    water = dependency_of("D-01")
    with acting("wat.contact"):
        first = deliver(water, hours=8.0)
        deliver(water, hours=12.0, on=LATER)

    kept = db.session.scalars(reading.history(water)).all()
    assert [(one.hours, one.replaced) for one in kept] == [(12.0, False), (8.0, True)]
    assert first.stated_on == DAY
    written = db.session.scalars(select(AuditEntry).where(AuditEntry.subject == "statement")).all()
    written = [entry for entry in written if entry.action != "sow"]
    assert {entry.action for entry in written} == {"confirmation:deliver"}
    assert {entry.user_name for entry in written} == {"Nimi wat.contact"}


@pytest.mark.parametrize(
    "change", [{"tolerance_h": 9.0}, {"strength": Strength.IMPORTANT}], ids=["tolerance", "strength"]
)
def test_a_need_that_changes_is_signed_anew_by_both(town, acting, change):
    water = dependency_of("D-01")
    with acting("edu.contact"):
        need(water, hours=50.0)
    with acting("wat.contact"):
        deliver(water, hours=8.0)

    the_town.change(water.need, **change)

    assert stands(water) is Accord.UNSTATED


def test_a_statement_rests_on_what_the_person_saw(town, acting):
    water = dependency_of("D-01")
    seen = register.seen_now(water)
    with acting("edu.contact"):
        need(water, hours=50.0)

    with acting("wat.contact"), pytest.raises(RuleBroken, match="meanwhile"), transaction():
        register.state_delivery(water, StatedDelivery(delivers=True, role="x"), seen=seen, on=DAY)


def test_what_is_out_of_use_is_not_signed(town, acting):
    water = dependency_of("D-01")
    the_town.change(water.supplier, state=FunctionState.RETIRED)

    with acting("edu.contact"), pytest.raises(RuleBroken, match="removed"):
        need(water, hours=50.0)
    with acting("edu.contact"), pytest.raises(RuleBroken, match="removed"), transaction():
        register.ask(water, role="Rehtori", on=DAY)


@pytest.mark.parametrize(
    ("person", "code", "may_need", "may_deliver"),
    [
        ("edu.contact", "D-01", True, False),
        ("wat.contact", "D-01", False, True),
        ("central", "D-01", False, False),  # sectors speak for themselves
        ("central", "D-04", False, True),  # the unit writes down what the county said
        ("county", "D-04", False, True),  # its interface is shown to it
        ("county", "D-03", False, False),  # nothing of this one is
        ("police", "D-04", False, False),
        ("leadership", "D-01", False, False),
    ],
)
def test_each_side_signs_for_itself(town, acting, person, code, may_need, may_deliver):
    dependency = dependency_of(code)

    def allowed(act):
        try:
            act()
        except NotPermitted:
            return False
        return True

    with acting(person):
        assert allowed(lambda: need(dependency, hours=50.0)) is may_need
        assert allowed(lambda: deliver(dependency, hours=8.0, told_by="Päivystäjä")) is may_deliver


def test_a_link_signs_as_the_partner_without_an_account(town):
    care = dependency_of("D-04")
    owner = the_town.organisation_of("P-CTY")
    who = Actor(
        name="Linkki", grants=(Grant(Role.PARTNER, owner.path),), shared_interfaces=frozenset({care.interface_id})
    )

    with acting_as(who):
        said = deliver(care, hours=4.0)

    assert (said.organisation.code, said.told_by, stands(care)) == ("P-CTY", None, Accord.WAITS_CONSUMER)


@pytest.mark.parametrize(
    ("person", "organisation"), [("edu.contact", "EDU"), ("wat.contact", "WAT"), ("central", "CITY")]
)
def test_who_asks_is_kept_with_the_organisation(town, acting, person, organisation):
    water = dependency_of("D-01")

    with acting(person), transaction():
        asked = register.ask(water, role="Kysyjä", on=DAY)

    assert (asked.kind, asked.organisation.code, asked.stated_on) == (StatementKind.ASK, organisation, DAY)
    assert water.standing is Standing.PROPOSED


# What follows for a promise


def test_the_slowest_promise_in_force_becomes_the_partners(town, acting):
    """X-CTY-01 promises 2 h so far. WAT (D-03) and EDU (D-04) agree on 6 h and 4 h: nobody may reckon with less."""
    first, second = dependency_of("D-03"), dependency_of("D-04")
    county = first.supplier
    the_town.change(first.need.consumer, rto_h=8.0, mtpd_h=24.0)
    with acting("wat.contact"):
        need(first, hours=10.0)
    with acting("central"):
        deliver(first, hours=6.0, told_by="Päivystäjä, puhelimessa")
    assert (county.committed_recovery_h, county.commitment_basis) == (6.0, RelationBasis.AGREEMENT)
    assert (county.confirmed_on, county.confirmed_by) == (DAY, "Päällikkö, Rannan hyvinvointialue")

    with acting("county"):
        deliver(second, hours=4.0, on=LATER)
    with acting("edu.contact"):
        need(second, hours=50.0, on=LATER)
    assert county.committed_recovery_h == 6.0

    with acting("central"):
        deliver(first, hours=24.0, told_by="Päivystäjä, puhelimessa", on=LATER)  # a mismatch binds nobody
    assert stands(first) is Accord.MISMATCH
    assert (county.committed_recovery_h, county.confirmed_on) == (4.0, LATER)


def test_the_promise_is_written_by_the_act_that_signed_it(town, acting):
    care = dependency_of("D-04")
    with acting("edu.contact"):
        need(care, hours=50.0)
    with acting("county"):
        deliver(care, hours=12.0)

    rows = select(AuditEntry, AuditPayload).join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
    entry, payload = db.session.execute(rows.where(AuditEntry.subject_code == "X-CTY-01")).all()[-1]
    assert (entry.action, entry.user_name) == ("confirmation:deliver", "Nimi county")
    assert payload.changes["committed_recovery_h"] == [2.0, 12.0]


def test_a_firmer_basis_stays_and_nothing_is_promised_before_both_have_signed(town, acting):
    care = dependency_of("D-04")
    the_town.change(care.supplier, commitment_basis=RelationBasis.STATUTORY)
    with acting("county"):
        deliver(care, hours=12.0)
    assert care.supplier.committed_recovery_h == 2.0

    with acting("edu.contact"):
        need(care, hours=50.0)
    assert (care.supplier.committed_recovery_h, care.supplier.commitment_basis) == (12.0, RelationBasis.STATUTORY)


def test_a_sectors_own_figures_are_never_written(town, acting):
    water = dependency_of("D-01")
    before = water.supplier.recovery_capability_h, water.supplier.rto_h, water.supplier.version
    with acting("edu.contact"):
        need(water, hours=50.0)
    with acting("wat.contact"):
        deliver(water, hours=1.0)

    assert (water.supplier.recovery_capability_h, water.supplier.rto_h, water.supplier.version) == before
    assert water.supplier.committed_recovery_h is None


# Where each stands, by the database


WORDS = [None, *product([4.0, 8.0, None], [50.0, None], [date(2024, 1, 1), date(2025, 6, 1), DAY], [2.0, 3.0])]


def test_the_database_judges_as_the_rule_does(town):
    """Every kind of need against every kind of delivery, for both lengths of time: one dependency for each pair."""
    consumers = {Criticality.K1: the_town.function("F-EDU-03"), Criticality.K3: the_town.function("F-EDU-04")}
    for criticality, consumer in consumers.items():
        the_town.change(consumer, criticality=criticality)
    base = dependency_of("D-04")
    owner = base.supplier.organisation_id
    pairs = [(one, given, c) for one in WORDS[::2] + WORDS[1::5] for given in WORDS[::3] for c in consumers]
    with the_town.acting_as(the_town.SYSTEM), the_town.doing(the_town.Action.SOW), transaction():
        for number, (needed, given, criticality) in enumerate(pairs):
            _pair(number, consumers[criticality], base.supplier_id, owner, needed, given, refuses=number % 7 == 0)

    rows = reading.lines(EVERYTHING, ()).add_columns(reading.accord(on=LATER)).where(Dependency.code.like("T-%"))
    found = db.session.execute(rows).all()
    latest = reading.latest_of([one.id for one, _accord in found])
    told = {one.code: (register.judged(one, latest[one.id], on=LATER).accord, Accord(said)) for one, said in found}

    assert len(told) == len(pairs)
    assert {code: pair for code, pair in told.items() if pair[0] is not pair[1]} == {}
    assert {judged for judged, _said in told.values()} == set(Accord)


def _pair(number, consumer, supplier, owner, needed, given, *, refuses):
    """A dependency on which the two sides have signed this; inserted, since there are hundreds."""
    from dependencies.models.needs import Need

    kept = {"consumer_id": consumer.id, "name": f"T{number}", "strength": Strength.ESSENTIAL, "tolerance_h": 2.0}
    need_id = db.session.execute(insert(Need).returning(Need.id), kept).scalar_one()
    row = {"code": f"T-{number}", "need_id": need_id, "supplier_id": supplier, "kind": DependencyKind.SERVICE}
    dependency_id = db.session.execute(insert(Dependency).returning(Dependency.id), row).scalar_one()
    for kind, said in ((StatementKind.NEED, needed), (StatementKind.DELIVERY, given)):
        if said:
            hours, pct, day, tolerance_h = said
            delivers = None if kind is StatementKind.NEED else not refuses
            more = {"hours": hours, "capacity_pct": pct, "stated_on": day, "tolerance_h": tolerance_h}
            more |= {"strength": Strength.ESSENTIAL, "min_required": 1, "flow": DependencyKind.SERVICE}
            more |= {"role": "x", "organisation_id": owner, "dependency_id": dependency_id, "delivers": delivers}
            db.session.execute(insert(Statement), {"kind": kind, "replaced": False, **more})


def test_what_waits_is_counted_for_each_side(town, acting):
    def waits(person, on=LATER, since=date(2026, 2, 23)):
        with acting(person) as who:
            return tuple(db.session.execute(reading.waiting(who.scope, who.grants, on=on, since=since)).one())

    assert waits("wat.contact") == (2, 0, 0, 0, None)  # D-01 and D-02 are theirs to deliver
    assert waits("county") == (1, 0, 0, 0, None)  # D-04 on the interface that is shown to it
    assert waits("police") == (0, 0, 0, 0, None)
    water, care = dependency_of("D-01"), dependency_of("D-04")
    with acting("edu.contact"):
        need(water, hours=50.0)
    with acting("county"):
        deliver(care, hours=8.0)
    assert waits("edu.contact") == (1, 1, 0, 0, None)  # D-05 within the sector, and D-04 to sign
    assert waits("edu.contact", on=date(2026, 3, 20), since=date(2026, 3, 6)) == (1, 1, 0, 1, DAY)

    with acting("wat.contact"):
        deliver(water, hours=60.0)
    assert waits("wat.contact") == (1, 0, 1, 0, None)
    assert waits("edu.contact") == (1, 1, 1, 0, None)


def test_asking_again_does_not_make_an_answered_one_wait(town, acting):
    water = dependency_of("D-01")
    with acting("edu.contact"), transaction():
        register.ask(water, role="Rehtori", on=DAY)
    days = {row.code: row.day for row in _asked()}
    assert (days["D-01"], days["D-03"]) == (DAY, None)

    with acting("wat.contact"):
        deliver(water, hours=8.0, on=LATER)
    assert {row.code: row.day for row in _asked()}["D-01"] is None


def _asked():
    rows = reading.lines(EVERYTHING, ()).with_only_columns(
        Dependency.code, reading.asked_on().label("day"), maintain_column_froms=True
    )
    return [SimpleNamespace(code=code, day=day) for code, day in db.session.execute(rows)]
