"""The demo city's planned transfer to the county: previewed, prepared, moved and taken back, with nothing lost."""

from collections import Counter

import pytest
from sqlalchemy import func, select

from continuity.entries.transfers import ItemStateEntry, MoveEntry, UndoEntry
from continuity.left_behind import Reason, losses
from continuity.loading import transfers as loading
from continuity.models.transfers import Transfer, TransferMove
from continuity.moving import counted, sort
from continuity.register import transfer_items
from continuity.register import transfers as register
from continuity.vocabulary.transfers import Moving, TransferState
from dependencies import tracing as cascades
from dependencies.outcome import trace
from prepare import audit
from prepare.access import Action
from prepare.audit import AuditEntry
from prepare.clock import now, today
from prepare.db import Base, db, transaction
from prepare.models.functions import Function
from risks.models.scenarios import Scenario

pytestmark = pytest.mark.usefixtures("demo")

#: Tables that a move adds to: what it tells, and what it keeps of what it moved.
GROWING = {"audit_entry", "audit_payload", "transfer_move"}
CODES = ("F-KAS-08", "F-KES-11", "F-TUK-02")


def planned():
    """The transfer of the demo that lies ahead."""
    return db.session.scalars(select(Transfer).where(Transfer.code == "TF-03")).one()


def everything():
    """Every value of every table but those that grow: table → rows by their keys."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in GROWING]
    return {
        table.name: [dict(row) for row in db.session.execute(select(table).order_by(*table.primary_key)).mappings()]
        for table in tables
    }


def differences(before, after):
    """How many rows of each table and column differ; the same number of rows in each is asked for first."""
    assert {name: len(rows) for name, rows in before.items()} == {name: len(rows) for name, rows in after.items()}
    found = Counter()
    for table, rows in before.items():
        for one, other in zip(rows, after[table], strict=True):
            found.update(f"{table}.{column}" for column in one if one[column] != other[column])
    return found


def make_ready(acting):
    """The checklist made and assessed, and the transfer prepared."""
    with acting("central@merikaupunki.example"), transaction():
        for item in register.make_checklist(planned()):
            told = ItemStateEntry(state=TransferState.AT_RISK)
            transfer_items.advance(item, told)
        register.prepare(planned())


def test_the_preview_names_what_moves_and_what_would_be_lost(acting):
    with acting("central@merikaupunki.example") as central:
        found = loading.facts(central.scope, planned())

    moves, lost = counted(sort(found).moves), losses(found)

    assert [one.code for one in found.movers] == sorted(CODES)
    assert moves[Moving.PLAN] == 2
    assert {"PL-05", "PL-10"} <= {one.code for one in sort(found).moves}
    assert [one.subject for one in lost if one.reason is Reason.PLAN_SPLIT] == ["PL-16"]
    assert "A-02" in [one.subject for one in lost if one.reason is Reason.AGREEMENT_BETWEEN]
    assert "F-TUK-01" in [one.subject for one in lost if one.reason is Reason.UNCOVERED]


def test_a_contact_previews_only_what_the_contact_reads(acting):
    with acting("kas.contact@merikaupunki.example") as contact:
        found = loading.facts(contact.scope, planned())

    assert [one.code for one in found.movers] == ["F-KAS-08"]
    assert {one.code for one in found.pieces if one.kind is Moving.PLAN}.isdisjoint({"PL-05", "PL-16"})


def cascade():
    """What every scenario of the demo does to every function, whoever organises it, as the records are now."""
    network = cascades.loaded().network
    traced = {one.code: trace(network, cascades.hits_of(one)) for one in db.session.scalars(select(Scenario))}
    return {
        code: [(one.function.code, one.state, one.intervals, one.degraded, one.verdict) for one in found.outcomes]
        for code, found in traced.items()
    }


#: All that a move may change: whose the records are, and what is told of it.
CHANGED = {
    *(f"{kind.value}.{column}" for kind in Moving for column in ("organisation_id", "version")),
    *(f"transfer.{column}" for column in ("state", "decision_ref", "moved_at", "moved_by", "version")),
    *("function.organiser", "revision.number", "audit_head.entries", "audit_head.seal"),
}


def test_a_move_changes_only_whose_the_records_are_and_undoing_brings_every_value_back(acting):
    make_ready(acting)
    db.session.rollback()
    before, traced = everything(), cascade()

    with acting("central@merikaupunki.example"), transaction():
        moved = register.move(planned(), MoveEntry(decision_ref="MK 12/2027"), at=now())
    during = differences(before, everything())
    owners = {one.organisation.code for one in db.session.scalars(select(Function).where(Function.code.in_(CODES)))}
    same_graph = cascade() == traced
    with acting("central@merikaupunki.example"), transaction():
        returned = register.undo(planned(), UndoEntry(state_reason="Kanta muuttui"), on=today(), at=now())
    after = differences(before, everything())

    assert set(during) <= CHANGED
    assert during["function.organisation_id"] == 3
    assert owners == {"P-HVA"}
    assert same_graph
    assert cascade() == traced
    assert moved == returned == db.session.scalar(select(func.count(TransferMove.id)))
    versions = {f"{kind.value}.version" for kind in Moving}
    told = {"transfer.state", "transfer.state_reason", "transfer.decision_ref", "transfer.version"}
    assert set(after) <= versions | told | {"revision.number", "audit_head.entries", "audit_head.seal"}


def test_the_trail_tells_each_record_of_a_move_under_its_one_action(acting):
    make_ready(acting)

    with acting("central@merikaupunki.example"), transaction():
        moved = register.move(planned(), MoveEntry(decision_ref="MK 12/2027"), at=now())
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.action == Action.MOVE_TRANSFER.value)).all()

    assert len(told) == moved + 1  # the records, and the transfer itself
    assert {"F-KAS-08", "F-KES-11", "F-TUK-02", "PL-05", "PL-10", "TF-03"} <= {one.subject_code for one in told}
    payload = db.session.get(audit.AuditPayload, next(e for e in told if e.subject_code == "F-KAS-08").payload_id)
    assert set(payload.changes) == {"organisation_id", "organiser"} or set(payload.changes) == {"organisation_id"}
