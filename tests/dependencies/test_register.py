"""Changing needs and dependencies."""

from datetime import date

import pytest
from sqlalchemy import select

from dependencies import tracing
from dependencies.entries.confirmations import StatedDelivery
from dependencies.entries.needs import AlternativeEntry, NeedEntry, of_record
from dependencies.models.needs import Dependency, Need
from dependencies.register import confirmations
from dependencies.register import needs as register
from dependencies.vocabulary import DependencyKind, Standing, Strength
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry

DAY = date(2026, 3, 3)


def alternative(code, kind=DependencyKind.WATER, **more):
    return AlternativeEntry(supplier=code, kind=kind, **more)


def entry(*suppliers, **more):
    values = {"name": "Lämpö", "strength": Strength.ESSENTIAL, "tolerance_h": 6.0, **more}
    return NeedEntry(**values, alternatives=tuple(alternative(code) for code in suppliers))


def need_of(code):
    """The need that a dependency satisfies."""
    return db.session.scalars(select(Dependency).where(Dependency.code == code)).one().need


def confirm(dependency):
    """The supplier signs that it delivers within 8 hours."""
    entry = StatedDelivery(delivers=True, hours=8.0, role="Päällikkö")
    with transaction():
        confirmations.state_delivery(dependency, entry, seen=confirmations.seen_now(dependency), on=DAY)


def edit(need, entry):
    with transaction():
        return register.edit_need(need, entry, seen=register.seen_now(need))


def test_a_need_is_added_with_its_suppliers_which_are_asked_to_confirm(town, acting):
    with acting("edu.contact"), transaction():
        need = register.add_need(town.function("F-EDU-04"), entry("F-EDU-03", "X-CTY-01"))

    assert [(a.supplier.code, a.standing, a.kind) for a in need.in_force] == [
        ("F-EDU-03", Standing.PROPOSED, DependencyKind.WATER),
        ("X-CTY-01", Standing.PROPOSED, DependencyKind.WATER),
    ]
    assert sorted(a.code for a in need.in_force) == ["D-006", "D-007"]
    assert need.tolerance_h == 6.0


def test_a_need_raises_the_revision_of_the_graph(town, acting):
    before = tracing.revision()

    with acting("edu.contact"), transaction():
        register.add_need(town.function("F-EDU-04"), entry("F-EDU-03"))

    assert tracing.revision() > before


def test_a_change_is_written_into_the_trail(town, acting):
    with acting("edu.contact"), transaction():
        register.add_need(town.function("F-EDU-04"), entry("F-EDU-03"))

    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert {row.subject for row in last} == {"need", "dependency"}
    assert {row.action for row in last} == {"need:add"}


def test_only_the_consumers_own_contact_says_what_it_needs(town, acting):
    with acting("wat.contact"), pytest.raises(NotPermitted):
        register.add_need(town.function("F-EDU-04"), entry("F-WAT-01"))


@pytest.mark.parametrize("supplier", ["F-WAT-02", "F-EDU-05", "F-NON-01"])
def test_a_supplier_that_is_secret_retired_or_missing_is_refused_alike(town, acting, supplier):
    with acting("edu.contact"), pytest.raises(RuleBroken) as refused:
        register.add_need(town.function("F-EDU-04"), entry(supplier))

    assert refused.value.field == "suppliers"
    assert refused.value.text() == f"There is no such function: {supplier}."


def test_a_need_of_the_same_name_is_refused(town, acting):
    with acting("edu.contact"), pytest.raises(RuleBroken, match="this name already"):
        register.add_need(town.function("F-EDU-01"), entry("F-WAT-01", name="Vesi"))


def test_a_retired_function_needs_nothing(town, acting):
    with acting("edu.contact"), pytest.raises(RuleBroken, match="retired"):
        register.add_need(town.function("F-EDU-05"), entry("F-WAT-01"))


def test_suppliers_that_are_left_out_are_retired_and_new_ones_added(town, acting):
    need = need_of("D-01")
    with acting("edu.contact"):
        edit(need, entry("F-EDU-03", name="Vesi"))

    assert [a.supplier.code for a in need.in_force] == ["F-EDU-03"]
    assert [(a.supplier.code, a.retired) for a in need.alternatives] == [("F-WAT-01", True), ("F-EDU-03", False)]


def test_a_supplier_outside_the_editors_view_stays(town, acting):
    need = need_of("D-01")
    town.keep(Dependency(code="D-99", need=need, supplier=town.function("F-WAT-02"), kind=DependencyKind.WATER))

    with acting("edu.contact"):
        edit(need, entry("F-EDU-03", name="Vesi"))

    assert {a.supplier.code for a in need.in_force} == {"F-EDU-03", "F-WAT-02"}


def test_a_stale_edit_is_refused(town, acting):
    need = need_of("D-01")
    seen = register.seen_now(need)
    with acting("edu.contact"):
        edit(need, entry("F-WAT-01", name="Vesi", tolerance_h=9.0))

        with pytest.raises(StaleEntry), transaction():
            register.edit_need(need, entry("F-WAT-01", name="Vesi"), seen=seen)


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        ({"tolerance_h": 9.0}, Standing.PROPOSED),
        ({"strength": Strength.IMPORTANT}, Standing.PROPOSED),
        ({"workaround": "Säiliö"}, Standing.CONFIRMED),
    ],
)
def test_the_supplier_is_asked_anew_when_what_it_judged_by_is_changed(town, acting, change, standing):
    dependency = need_of("D-01").in_force[0]
    with acting("wat.contact"):
        confirm(dependency)

    held = of_record(dependency.need)
    with acting("edu.contact"):
        edit(dependency.need, NeedEntry(**{**vars(held), **change}))

    assert dependency.standing is standing


def test_an_answer_counts_again_when_the_need_is_again_what_it_was_given_for(town, acting):
    dependency = need_of("D-01").in_force[0]
    with acting("wat.contact"):
        confirm(dependency)
    held = of_record(dependency.need)
    with acting("edu.contact"):
        edit(dependency.need, NeedEntry(**{**vars(held), "tolerance_h": 9.0}))
        edit(dependency.need, held)

    assert dependency.standing is Standing.CONFIRMED


def test_a_removed_need_leaves_the_graph_and_stays_readable(town, acting):
    need = need_of("D-01")
    id_ = need.id
    with acting("edu.contact"), transaction():
        register.retire_need(need)

    assert db.session.get_one(Need, id_).retired
    assert not need.in_force
    assert id_ not in tracing.loaded().network.need


def test_a_removed_need_is_neither_edited_nor_answered(town, acting):
    need = need_of("D-01")
    dependency = need.in_force[0]
    with acting("edu.contact"), transaction():
        register.retire_need(need)

    with acting("edu.contact"), pytest.raises(RuleBroken, match="removed"):
        register.edit_need(need, entry("F-WAT-01"), seen=register.seen_now(need))
    with acting("wat.contact"), pytest.raises(RuleBroken, match="removed"):
        confirm(dependency)


def test_an_interface_of_others_is_refused_and_a_held_one_stays(town, acting):
    need = need_of("D-04")
    held = of_record(need)
    theirs = NeedEntry(**{**vars(held), "alternatives": (alternative("X-CTY-01", interface="I-02"),)})
    with acting("edu.contact"):
        with pytest.raises(RuleBroken) as refused:
            edit(need, theirs)
        edit(need, NeedEntry(**{**vars(held), "note": "Tarkistettu"}))

    assert refused.value.field == "interface"
    assert need.in_force[0].interface.code == "I-01"
