"""The fourteen ways to tamper with the trail: each is found by the chain or by the anchors outside the database."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import current_app
from sqlalchemy import func, select

from prepare import anchors, audit, clock, sealing
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.anchors import Anchor
from prepare.audit import AuditEntry, AuditHead, AuditPayload
from prepare.db import db, transaction
from prepare.queries import verification
from prepare.register import functions as register
from prepare.register import trail
from prepare.sealing import Fault
from tests import town as the_town
from tests.conftest import AUDIT_KEY, keep, lay
from tests.prepare import test_audit

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def told(app, town, monkeypatch):
    """A trail with six more entries, anchored at nine, ten and eleven o'clock."""
    for hour in range(3):
        monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=hour)).isoformat())
        grow(2)
    assert len(anchors.read().binding) == 3
    return length()


def grow(times=1):
    """Let the trail grow as people work."""
    with acting_as(the_town.actor_of("central")):
        for _time in range(times):
            with the_town.doing(Action.RETURN_FUNCTION), transaction():
                audit.note(the_town.function("F-EDU-02"), {"return_reason": [None, f"Perustele {length()}"]})


def length():
    """How many entries the trail has."""
    return db.session.scalar(select(func.count(AuditEntry.id)))


def faults():
    """What is wrong, at which entries."""
    db.session.rollback()
    return {(flaw.entry, flaw.fault) for flaw in verification.verify(anchors.read()).flaws}


def raw(*statements, **values):
    """Change the database behind the product's back."""
    for statement in statements:
        test_audit.raw(statement, **{name: values[name] for name in values if f":{name}" in statement})


def lines():
    """The file of anchors, line by line."""
    return anchor_file().read_text().splitlines()


def anchor_file():
    """The file of anchors of the application under test."""
    return Path(current_app.config["SETTINGS"].anchor_file)


def put_aside(app, name):
    """Keep the database as it is now, and give what puts it back."""
    db.session.remove()
    kept, older = lines(), keep(app, name)

    def put_back(anchored=()):
        db.session.remove()
        lay(app, older)
        rewrite(anchored or kept)

    put_back()
    return put_back


def rewrite(kept):
    """Change the file of anchors behind the product's back."""
    anchor_file().write_text("".join(f"{line}\n" for line in kept))


COPIED = ", ".join(name for name in audit.SEALED if name != "id")


def test_an_untouched_trail_holds_and_every_anchor_with_it(told):
    result = verification.verify(anchors.read())

    assert result.holds
    assert result.is_whole
    assert (result.entries, result.anchors) == (told, 3)
    assert result.last_at == NINE + timedelta(hours=2)


def test_tampering_1_a_changed_field(told):
    raw("UPDATE audit_entry SET subject_code = 'F-XXX-99' WHERE id = :id", id=told - 2)

    assert faults() == {(told - 2, Fault.CHANGED)}


def test_tampering_2_a_changed_time(told):
    raw("UPDATE audit_entry SET at = '2020-01-01 00:00:00.000000' WHERE id = :id", id=told - 2)

    assert faults() == {(told - 2, Fault.CHANGED)}


def test_tampering_3_a_changed_actor(told):
    raw("UPDATE audit_entry SET user_id = user_id + 1, user_name = 'Muu' WHERE id = :id", id=told - 2)

    assert faults() == {(told - 2, Fault.CHANGED)}


def test_tampering_4_a_deleted_entry_in_the_middle(told):
    raw("DELETE FROM audit_entry WHERE id = :id", id=told - 2)

    assert (told - 2, Fault.MISSING) in faults()


def test_tampering_5_a_deleted_first_entry(told):
    raw("DELETE FROM audit_entry WHERE id = 1")

    assert (1, Fault.MISSING) in faults()


def test_tampering_6_a_cut_tail(told):
    raw("DELETE FROM audit_entry WHERE id > :end", end=told - 1)

    assert (told, Fault.END_MISSING) in faults()


def test_tampering_6_a_cut_tail_with_the_head_set_back_is_found_by_the_anchors(told):
    end = told - 2
    raw("DELETE FROM audit_entry WHERE id > :end", "DELETE FROM audit_payload WHERE id > :end", end=end)
    raw("UPDATE audit_head SET entries = :end, seal = (SELECT seal FROM audit_entry WHERE id = :end)", end=end)

    assert faults() == {(told - 1, Fault.BEFORE_ANCHOR)}


def test_tampering_7_an_inserted_entry(told):
    raw(
        f"INSERT INTO audit_entry (id, {COPIED}, seal) SELECT :id + 1, {COPIED}, seal FROM audit_entry WHERE id = :id",
        id=told,
    )

    assert {(told + 1, Fault.UNLINKED), (told + 1, Fault.CHANGED)} <= faults()


def test_tampering_8_two_swapped_entries(told):
    raw("UPDATE audit_entry SET id = 0 WHERE id = :one", one=told - 3)
    raw("UPDATE audit_entry SET id = :one WHERE id = :other", one=told - 3, other=told - 2)
    raw("UPDATE audit_entry SET id = :other WHERE id = 0", other=told - 2)

    assert {(told - 3, Fault.CHANGED), (told - 2, Fault.CHANGED)} <= faults()


def test_tampering_9_a_duplicated_entry_in_the_place_of_another(told):
    raw("DELETE FROM audit_entry WHERE id = :id", id=told - 1)
    raw(
        f"INSERT INTO audit_entry (id, {COPIED}, seal) SELECT :id, {COPIED}, seal FROM audit_entry WHERE id = :id - 1",
        id=told - 1,
    )

    assert {(told - 1, Fault.UNLINKED), (told - 1, Fault.CHANGED), (told - 1, Fault.NOT_AS_ANCHORED)} <= faults()


@pytest.mark.sqlite
def test_tampering_10_a_row_replaced_by_its_number(told):
    columns = ", ".join(column.name for column in AuditEntry.__table__.columns if column.name != "user_name")
    raw(
        f"REPLACE INTO audit_entry ({columns}, user_name) SELECT {columns}, 'Muu' FROM audit_entry WHERE id = :id",
        id=told - 2,
    )

    assert faults() == {(told - 2, Fault.CHANGED)}


def test_tampering_11_an_older_database_put_back(app, told, monkeypatch):
    put_back = put_aside(app, "older1")
    monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=3)).isoformat())
    grow()
    put_back(lines())

    assert faults() == {(told + 1, Fault.BEFORE_ANCHOR)}


def test_tampering_11_an_older_database_that_has_grown_again(app, told, monkeypatch):
    put_back = put_aside(app, "older2")
    monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=3)).isoformat())
    grow()
    put_back(lines())

    monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=3, minutes=9)).isoformat())
    grow(3)

    assert faults() == {(told + 1, Fault.NOT_AS_ANCHORED)}


def test_tampering_12_a_chain_computed_anew_with_a_wrong_key(told):
    rows = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    forged, previous = [], sealing.FIRST_SEAL
    sealing.use_key("another key that is as long as the first")
    try:
        for row in rows:
            fields = {name: getattr(row, name) for name in audit.SEALED} | {"user_name": "Muu", "previous": previous}
            previous = audit.sealed(fields)
            forged.append({"b_id": row.id, "user_name": "Muu", "previous": fields["previous"], "seal": previous})
    finally:
        sealing.use_key(AUDIT_KEY)
    db.session.rollback()
    table = AuditEntry.__table__
    with db.engine.begin() as connection:
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("b_id")), forged)
        connection.execute(sa.update(AuditHead.__table__).values(seal=previous))

    found = faults()
    assert {(row["b_id"], Fault.CHANGED) for row in forged} <= found
    assert {entry for entry, fault in found if fault is Fault.NOT_AS_ANCHORED} == {told - 5, told - 3, told - 1}


def test_tampering_13_a_changed_content(told):
    raw('UPDATE audit_payload SET changes = \'{"name_fi": [null, "Muu"]}\' WHERE id = :id', id=told - 2)

    assert faults() == {(told - 2, Fault.CONTENT_CHANGED)}


def test_tampering_13_a_deleted_content(told):
    raw("DELETE FROM audit_payload WHERE id = :id", id=told - 2)

    assert faults() == {(told - 2, Fault.CONTENT_MISSING)}


def test_tampering_14_a_changed_line_of_the_anchors(told):
    first, second, third = lines()
    rewrite([first, second.replace(f'"entries": {told - 3}', f'"entries": {told - 4}'), third])

    assert faults() == {(told - 4, Fault.ANCHOR_CHANGED)}


def test_tampering_14_a_deleted_line_of_the_anchors(told):
    first, _second, third = lines()
    rewrite([first, third])

    assert faults() == {(told - 1, Fault.ANCHOR_CHANGED)}


def test_tampering_14_a_line_that_is_no_anchor(told):
    first, second, _third = lines()
    rewrite([first, second, "gone"])

    assert faults() == {(0, Fault.ANCHOR_CHANGED)}


def test_tampering_14_an_anchor_forged_without_the_key(told):
    forged = json.loads(lines()[-1]) | {"entries": 1, "seal": "f" * 64}
    rewrite([*lines()[:-1], json.dumps(forged)])

    assert faults() == {(1, Fault.ANCHOR_CHANGED)}


def test_tampering_14_anchors_cut_off_after_a_verification(told):
    result = verification.verify(anchors.read())
    with acting_as(SYSTEM), transaction():
        trail.note_verification(trail.TRAIL, result, seconds=0.1)
    rewrite(lines()[:-1])

    again = verification.verify(anchors.read(), lines=verification.lines_known())

    assert [flaw.fault for flaw in again.flaws] == [Fault.ANCHORS_MISSING]


# What is no tampering


def test_an_older_database_put_back_by_decision_is_said_so_and_the_trail_holds_again(app, told, monkeypatch):
    put_back = put_aside(app, "older3")
    monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=3)).isoformat())
    grow()
    put_back(lines())
    assert faults()

    with acting_as(SYSTEM), transaction():
        trail.anchor(trail.TRAIL, at=clock.now(), restored="Levyrikko")
    grow(2)

    assert faults() == set()


def test_a_content_erased_by_a_decision_keeps_the_chain(told):
    raw("UPDATE audit_payload SET changes = NULL, erased_by = 'Päätös 12' WHERE id = :id", id=told)

    assert faults() == set()


# How anchors are written


def test_a_growing_trail_is_anchored_at_most_hourly(told, monkeypatch):
    monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=2, minutes=59)).isoformat())
    grow(3)
    assert len(lines()) == 3

    monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=3)).isoformat())
    grow(3)

    assert len(lines()) == 4
    assert anchors.read().binding[-1].entries == length() - 2


def test_a_clock_that_was_put_back_does_not_stop_the_anchors(told, monkeypatch):
    monkeypatch.setenv("PREPARE_NOW", (NINE - timedelta(days=9)).isoformat())

    grow()

    assert len(lines()) == 4


def test_what_was_undone_is_not_anchored(told, monkeypatch):
    monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=5)).isoformat())

    def fail():
        register.send_back(the_town.function("F-EDU-02"), "Perustele")
        raise ZeroDivisionError

    with acting_as(the_town.actor_of("central")), pytest.raises(ZeroDivisionError), transaction():
        fail()

    assert len(lines()) == 3


def test_work_goes_on_although_the_anchors_cannot_be_written(told, monkeypatch, caplog):
    monkeypatch.setenv("PREPARE_NOW", (NINE + timedelta(hours=5)).isoformat())
    anchor_file().unlink()
    anchor_file().mkdir()

    grow()

    assert length() == told + 1
    assert "could not be anchored" in caplog.text
    anchor_file().rmdir()


def test_only_its_owner_reads_the_file_of_anchors(told):
    assert anchor_file().stat().st_mode & 0o777 == 0o600


def test_an_anchor_holds_what_it_was_given(told):
    made = Anchor(told, "s" * 64, NINE + timedelta(days=1), "Levyrikko – ”varmuuskopio”")

    anchors.write(made)

    assert anchors.read().binding == (replace(made),)


# A long trail in pieces


def test_a_long_trail_is_verified_in_pieces(told):
    pieces, mark = [], verification.START
    while not pieces or not pieces[-1].at_end:
        pieces.append(verification.verify(anchors.read(), after=mark, most=7))
        mark = pieces[-1].upto

    assert sum(piece.entries for piece in pieces) == told
    assert all(piece.holds for piece in pieces)
    assert not any(piece.is_whole for piece in pieces)
    assert pieces[-1].upto.entry == told


def test_a_piece_is_bound_to_the_seal_up_to_which_the_trail_was_verified(told):
    mark = verification.verify(anchors.read(), most=told - 3).upto
    raw("UPDATE audit_entry SET previous = :seal WHERE id = :id", id=told - 2, seal="f" * 64)

    found = {flaw.entry for flaw in verification.verify(anchors.read(), after=mark).flaws}

    assert found == {told - 2}


def test_more_flaws_than_anybody_reads_are_counted(told, monkeypatch):
    monkeypatch.setattr(verification, "MOST_FLAWS", 5)
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(sa.update(AuditPayload.__table__).values(changes={"x": 1}))

    result = verification.verify(anchors.read())

    assert (len(result.flaws), result.more) == (5, told - 5)


def test_an_empty_trail_holds(app, town):
    raw("DELETE FROM audit_entry", "DELETE FROM audit_payload", "DELETE FROM audit_head")
    anchor_file().unlink(missing_ok=True)

    assert verification.verify(anchors.read()).holds
    assert verification.head() == verification.START


def test_a_verification_told_by_a_forged_entry_is_not_believed(told):
    with acting_as(SYSTEM), transaction():
        trail.note_verification(trail.TRAIL, verification.verify(anchors.read()), seconds=0.1)
    assert len(list(verification.earlier(SYSTEM.scope))) == 1

    raw("UPDATE audit_payload SET changes = '{\"last_entry\": [null, 99999]}' WHERE id = :id", id=told + 1)

    assert list(verification.earlier(SYSTEM.scope)) == []


def test_without_a_file_nothing_is_anchored(monkeypatch):
    monkeypatch.setattr(anchors, "_file", None)

    assert not anchors.write(Anchor(1, "0" * 64, NINE))
    assert anchors.read() == anchors.Anchors()
