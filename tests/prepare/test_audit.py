"""The trail: no change without a name, an action and a seal, and no tampering that is not found."""

import copy
import hashlib
import json
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from prepare import audit, sealing
from prepare.access import Action
from prepare.actor import SYSTEM, acting_as
from prepare.anchors import Anchors
from prepare.audit import Audited, AuditEntry, AuditHead, AuditPayload
from prepare.db import Base, db, transaction
from prepare.entries import FunctionEntry, UserEntry
from prepare.models.functions import Function, FunctionRevision
from prepare.models.users import SignIn, User
from prepare.queries import verification
from prepare.register import accounts
from prepare.register import functions as register
from prepare.sealing import Fault
from prepare.vocabulary import FunctionState
from tests import town as the_town
from tests.conftest import AUDIT_KEY, keep, lay

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)


def entries(after=0):
    """The trail from this entry on, oldest first."""
    rows = select(AuditEntry, AuditPayload.changes).join(AuditPayload, AuditPayload.id == AuditEntry.payload_id)
    return db.session.execute(rows.where(AuditEntry.id > after).order_by(AuditEntry.id)).all()


def length():
    """How many entries the trail has."""
    return db.session.scalar(select(func.count(AuditEntry.id)))


def flaws():
    """Where the chain itself does not hold."""
    db.session.rollback()
    return [(flaw.entry, flaw.fault) for flaw in verification.verify(Anchors()).flaws]


def raw(statement, **values):
    """Change the database behind the product's back, where nothing watches foreign keys."""
    db.session.rollback()
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        if connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        connection.execute(sa.text(statement), values)
        connection.commit()
        if connection.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=ON")


@pytest.fixture(scope="module")
def told_file(app, town_file):
    """The town with a trail to which six changes by three people have been added, built once."""
    lay(app, town_file)
    with app.app_context():
        _change()
    return keep(app, "told")


@pytest.fixture
def told(app, town, told_file):
    """The town after six changes by three people."""
    db.session.remove()
    lay(app, told_file)
    return town


def _change():
    with acting_as(the_town.actor_of("edu.contact")):
        for name in ("Yksi", "Kaksi", "Kolme"):
            with transaction():
                function = the_town.function("F-EDU-01")
                register.edit(function, FunctionEntry(name_fi=name), seen=_seen(function), at=AT)
    with acting_as(the_town.actor_of("central")):
        for code in ("F-EDU-02", "F-EDU-04"):
            with transaction():
                register.send_back(the_town.function(code), "Perustele")
    with acting_as(the_town.actor_of("admin")), transaction():
        accounts.disable(the_town.user("newcomer"), at=AT)


def _seen(function):
    return register.seen_now(function)


# What is written


def test_a_change_is_told_with_who_what_before_and_after(town, acting):
    last = length()

    with acting("edu.contact"), transaction():
        function = town.function("F-EDU-02")
        entry = register.proposed(function, None)[0]
        register.edit(function, type(entry)(**{**vars(entry), "rto_h": 24.0}), seen=_seen(function), at=AT)

    ((entry, changes),) = entries(last)
    person = town.user("edu.contact")
    assert (entry.user_id, entry.user_name) == (person.id, person.name)
    assert (entry.action, entry.subject, entry.subject_code) == ("function:edit", "function", "F-EDU-02")
    assert entry.subject_ref == str(town.function("F-EDU-02").ref)
    assert entry.subject_version == town.function("F-EDU-02").version == 2
    assert changes == {"rto_h": [48.0, 24.0], "state": ["submitted", "draft"]}


def test_a_new_record_is_told_with_everything_that_was_given(town, acting):
    last = length()

    with acting("edu.contact"), transaction():
        entry = register.proposed(town.function("F-EDU-01"), None)[0]
        register.add(town.organisation_of("EDU"), entry)

    ((entry, changes),) = entries(last)
    assert (entry.action, entry.subject_code) == ("function:add", "F-EDU-07")
    assert changes["name_fi"] == [None, "Kouluateriat"]
    assert changes["criticality"] == [None, "K3"]
    assert not audit.UNTOLD & changes.keys()


def test_one_act_that_changes_several_records_tells_of_each(town, acting):
    last = length()

    with acting("central"), transaction():
        register.confirm(town.function("F-EDU-04"), on=AT.date())

    told = [(entry.action, entry.subject) for entry, _changes in entries(last)]
    assert told == [("function:confirm", "function"), ("function:confirm", "function_revision")]


def test_the_owner_and_class_of_a_record_go_along_so_that_the_trail_is_read_in_scope(town, acting):
    last = length()

    with acting("edu.contact"), transaction():
        register.retire(town.function("F-EDU-06"))

    entry, _changes = entries(last)[-1]
    assert (entry.owner_path, entry.confidentiality) == (town.organisation_of("EDU").path, "confidential")


def test_a_save_that_changes_nothing_is_not_told(town, acting):
    last = length()

    with acting("edu.contact"), transaction():
        function = town.function("F-EDU-01")
        register.edit(function, register.proposed(function, None)[0], seen=_seen(function), at=AT)

    assert entries(last) == []


def test_a_password_hash_is_never_told(town, acting):
    last = length()

    with acting("admin"), transaction():
        entry = UserEntry(email="uusi@town.example", name="Uusi")
        user = accounts.add_user(town.organisation_of("CITY"), entry, password="x" * 12)

    ((_entry, changes),) = entries(last)
    assert "password_hash" not in changes
    assert user.password_hash not in json.dumps(changes)


def test_signing_in_out_and_being_refused_are_told(town):
    last = length()
    attempt = accounts.Attempt(town.email("central"), "192.0.2.1", "browser")

    with transaction():
        session = accounts.begin(town.user("central"), attempt, token_hash="t" * 64, content={}, at=AT)
        db.session.flush()
    with transaction():
        accounts.refuse(attempt, at=AT)
    with acting_as(SYSTEM), transaction():
        accounts.end(db.session.get_one(SignIn, session.id), at=AT)

    assert [entry.action for entry, _ in entries(last)] == ["session:begin", "session:refuse", "session:end"]


def test_a_change_and_its_entry_stand_or_fall_together(town, acting):
    last = length()

    def fail():
        register.retire(town.function("F-EDU-01"))
        assert length() == last + 1
        raise ZeroDivisionError

    with acting("edu.contact"), pytest.raises(ZeroDivisionError), transaction():
        fail()

    assert length() == last
    assert town.function("F-EDU-01").state is FunctionState.DRAFT
    assert flaws() == []


def test_when_the_trail_cannot_be_written_nothing_changes(town, acting):
    raw("ALTER TABLE audit_entry RENAME TO gone")

    with acting("edu.contact"), pytest.raises(sa.exc.DBAPIError), transaction():
        register.retire(town.function("F-EDU-01"))

    raw("ALTER TABLE gone RENAME TO audit_entry")
    assert town.function("F-EDU-01").state is FunctionState.DRAFT


# What is refused


def test_no_record_changes_without_an_action_in_hand(town, acting):
    function = town.function("F-EDU-01")

    with acting("edu.contact"):
        function.name_fi = "Salaa"
        with pytest.raises(RuntimeError, match="outside the register"):
            db.session.flush()
    db.session.rollback()

    assert town.function("F-EDU-01").name_fi == "Kouluateriat"


def test_no_record_appears_without_an_action_in_hand(town, acting):
    with acting("admin"):
        db.session.add(User(email="x@town.example", name="X"))
        with pytest.raises(RuntimeError, match="outside the register"):
            db.session.flush()


def test_an_audited_record_is_never_deleted(town):
    db.session.delete(town.function("F-WAT-03"))

    with acting_as(SYSTEM), town.doing(Action.SOW), pytest.raises(RuntimeError, match="never deleted"):
        db.session.flush()
    db.session.rollback()

    assert town.function("F-WAT-03")


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Function).values(name_fi="x"),
        sa.delete(Function).where(Function.id == 1),
        sa.insert(User).values(email="x@town.example", name="X", language="fi"),
    ],
    ids=["update", "delete", "insert"],
)
def test_an_audited_table_takes_no_bulk_statement(town, statement):
    with (
        acting_as(SYSTEM),
        town.doing(Action.EDIT_FUNCTION),
        pytest.raises(RuntimeError, match="no bulk"),
        transaction(),
    ):
        db.session.execute(statement)


def test_data_may_be_sown_in_bulk(town):
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        db.session.execute(sa.update(Function).where(Function.code == "F-EDU-01").values(customers="Lapset"))

    assert town.function("F-EDU-01").customers == "Lapset"


def test_every_record_that_people_change_is_audited():
    silent = {m.class_.__name__ for m in Base.registry.mappers if not issubclass(m.class_, Audited)}

    the_trail_itself = {"AuditEntry", "AuditHead", "AuditPayload", "Revision"}
    kept_for_a_day = {"Draft", "FormPost", "KeptText", "SignIn", "SignInFailure"}
    told_as_an_event = {"ReminderSent"}  # each sending is one entry of the trail
    told_with_their_owner = {"BodyMember", "CardTask", "RiskAssessment"}  # the trail of the body, the card, the risk
    told_by_what_they_moved = {"TransferMove"}
    told_with_their_owner |= told_by_what_they_moved
    told_as_an_event |= {"Job", "JobWorker", "KeptFile", "StoredReport"}
    told_as_an_event |= {"CrisisPackage", "FormExport", "HandedIn", "Intake", "ListUpload", "ApiTokenUse"}
    assert silent - the_trail_itself - kept_for_a_day - told_as_an_event - told_with_their_owner == set()


def test_every_audited_record_says_whose_it_is_and_how_closed():
    told = [m.class_ for m in Base.registry.mappers if issubclass(m.class_, Audited)]

    for record in told:
        if hasattr(record, "ref"):
            assert hasattr(record, "owner_path"), record
            assert hasattr(record, "confidentiality"), record
            assert hasattr(record, "code"), record


# The seal


def test_an_untouched_trail_holds(told):
    assert length() > 20
    assert flaws() == []


TAMPERINGS = {
    "a field": "UPDATE audit_entry SET subject_code = 'F-XXX-99' WHERE id = :id",
    "the action": "UPDATE audit_entry SET action = 'function:retire' WHERE id = :id",
    "the time": "UPDATE audit_entry SET at = '2020-01-01 00:00:00.000000' WHERE id = :id",
    "the actor": "UPDATE audit_entry SET user_id = 2 WHERE id = :id",
    "the actor's name": "UPDATE audit_entry SET user_name = 'Joku muu' WHERE id = :id",
    "the owner": "UPDATE audit_entry SET owner_path = '/9/' WHERE id = :id",
    "the class": "UPDATE audit_entry SET confidentiality = 'other' WHERE id = :id",
    "the version": "UPDATE audit_entry SET subject_version = 99 WHERE id = :id",
    "the address": "UPDATE audit_entry SET address = '203.0.113.1' WHERE id = :id",
    "the seal": "UPDATE audit_entry SET seal = previous WHERE id = :id",
    "the link": "UPDATE audit_entry SET previous = seal WHERE id = :id",
    "the payload's hash": "UPDATE audit_entry SET payload_hash = seal WHERE id = :id",
    "the payload": 'UPDATE audit_payload SET changes = \'{"name_fi": [null, "Muu"]}\' WHERE id = :id',
    "the payload, emptied": "UPDATE audit_payload SET changes = NULL WHERE id = :id",
    "the payload, under a false erasure": (
        "UPDATE audit_payload SET changes = '{\"name_fi\": [null, \"Muu\"]}', erased_by = 'x' WHERE id = :id"
    ),
    "the payload, deleted": "DELETE FROM audit_payload WHERE id = :id",
    "the payload, exchanged": (
        "UPDATE audit_entry SET payload_id = CASE WHEN id > 1 THEN id - 1 ELSE 2 END WHERE id = :id"
    ),
    "an entry, deleted": "DELETE FROM audit_entry WHERE id = :id",
    "an entry, moved": "UPDATE audit_entry SET id = 99999 WHERE id = :id",
}


@pytest.mark.parametrize("name", TAMPERINGS)
@pytest.mark.parametrize("where", ["first", "middle", "last"])
def test_a_tampered_entry_is_found(told, name, where):
    entry = {"first": 1, "middle": length() // 2, "last": length()}[where]
    before = snapshot()

    raw(TAMPERINGS[name], id=entry)

    if snapshot() == before:
        assert (where, name) in {("first", "the link")}, "nothing was changed"
        return
    found = flaws()
    assert found
    assert any(abs(number - entry) <= 1 or number == 99999 for number, _what in found)


def snapshot():
    """Everything that the trail is made of."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return [
            connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            for table in (AuditEntry.__table__, AuditPayload.__table__, AuditHead.__table__)
        ]


def test_a_deleted_first_entry_is_found(told):
    raw("DELETE FROM audit_entry WHERE id = 1")

    assert (1, Fault.MISSING) in flaws()


@pytest.mark.parametrize("cut", [1, 3])
def test_a_cut_tail_is_found(told, cut):
    end = length() - cut

    raw("DELETE FROM audit_entry WHERE id > :end", end=end)

    assert flaws() == [(end + 1, Fault.END_MISSING)]


def test_a_cut_tail_with_its_head_set_back_by_number_is_found(told):
    end = length() - 2
    raw("DELETE FROM audit_entry WHERE id > :end", end=end)

    raw("UPDATE audit_head SET entries = :end", end=end)

    assert flaws()


def test_a_whole_trail_that_is_gone_is_found(told):
    raw("DELETE FROM audit_entry")

    assert flaws() == [(1, Fault.END_MISSING)]


def test_a_deleted_head_is_found(told):
    raw("DELETE FROM audit_head")

    assert flaws()


def test_an_inserted_entry_is_found(told):
    copied = ", ".join(name for name in audit.SEALED if name != "id")
    raw(
        f"INSERT INTO audit_entry (id, {copied}, seal) SELECT :id + 1, {copied}, seal FROM audit_entry WHERE id = :id",
        id=length(),
    )

    assert flaws()


def test_two_swapped_entries_are_found(told):
    one, other = length() - 3, length() - 2
    raw("UPDATE audit_entry SET id = 0 WHERE id = :id", id=one)
    raw("UPDATE audit_entry SET id = :one WHERE id = :other", one=one, other=other)
    raw("UPDATE audit_entry SET id = :other WHERE id = 0", other=other)

    assert {number for number, _what in flaws()} >= {one, other}


@pytest.mark.sqlite
def test_a_replaced_row_is_found(told):
    columns = ", ".join(column.name for column in AuditEntry.__table__.columns if column.name != "user_name")
    raw(
        f"REPLACE INTO audit_entry ({columns}, user_name) SELECT {columns}, 'Muu' FROM audit_entry WHERE id = :id",
        id=length() // 2,
    )

    assert flaws() == [(length() // 2, Fault.CHANGED)]


def test_a_chain_computed_anew_with_another_key_is_found(told):
    rows = [row for row, _changes in entries()]
    forged, previous = [], sealing.FIRST_SEAL
    sealing.use_key("another key that is as long as the first")
    try:
        for row in rows:
            fields = {name: copy.copy(getattr(row, name)) for name in audit.SEALED}
            fields |= {"user_name": "Joku muu", "previous": previous, "at": row.at}
            previous = audit.sealed(fields)
            forged.append({"b_id": row.id, "user_name": "Joku muu", "previous": fields["previous"], "seal": previous})
    finally:
        sealing.use_key(AUDIT_KEY)
    db.session.rollback()
    table = AuditEntry.__table__
    with db.engine.begin() as connection:
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("b_id")), forged)
        connection.execute(sa.update(AuditHead.__table__).values(seal=previous))

    found = flaws()
    assert len(found) == len(rows)
    assert {what for _number, what in found} == {Fault.CHANGED}


def test_an_older_copy_of_the_trail_is_told_apart_by_its_head(told, acting):
    """Within the file an older copy holds together; its head differs from the one noted outside."""
    anchored = db.session.execute(select(AuditHead.entries, AuditHead.seal)).one()
    with acting("edu.contact"), transaction():
        register.retire(told.function("F-EDU-01"))

    now = db.session.execute(select(AuditHead.entries, AuditHead.seal)).one()

    assert now.entries == anchored.entries + 1
    assert now.seal != anchored.seal
    assert db.session.scalar(select(AuditEntry.seal).where(AuditEntry.id == anchored.entries)) == anchored.seal


def test_an_erased_payload_keeps_the_chain_valid(told):
    raw("UPDATE audit_payload SET changes = NULL, erased_by = 'Päätös 12' WHERE id = :id", id=length())

    assert flaws() == []


def test_the_seal_is_an_hmac_over_the_fields_and_the_entry_before(told):
    (first, _), (second, _) = entries()[:2]

    assert first.previous == sealing.FIRST_SEAL
    assert second.previous == first.seal
    assert len(first.seal) == 64
    assert first.seal != hashlib.sha256(str(first.id).encode()).hexdigest()


def test_every_column_of_an_entry_is_under_the_seal():
    columns = {column.name for column in AuditEntry.__table__.columns}

    assert columns - set(audit.SEALED) == {"seal"}


def test_a_long_trail_is_verified_in_bounded_memory_and_time(told, statements):
    with statements() as seen:
        assert flaws() == []

    assert len(seen) == 3


# Reading it


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("central", {"edu", "wat", "secret", "users"}),
        ("auditor", {"edu", "wat", "secret", "users"}),
        ("admin", {"edu", "wat", "users"}),
    ],
)
def test_the_trail_is_read_in_scope(town, acting, sign_in, name, expected):
    with acting("edu.contact"), transaction():
        register.retire(town.function("F-EDU-01"))
        register.retire(town.function("F-EDU-06"))
    with acting("wat.contact"), transaction():
        register.retire(town.function("F-WAT-03"))
    with acting("admin"), transaction():
        accounts.disable(town.user("newcomer"), at=AT)

    def seen(q):
        return "<tbody" in sign_in(name).get("/trail/", query_string={"q": q, "action": ""}).text

    marks = {"edu": "F-EDU-01", "wat": "F-WAT-03", "secret": "F-EDU-06", "users": "newcomer@"}
    assert {mark for mark, q in marks.items() if seen(q)} == expected


def test_the_graph_revision_rises_with_every_change_that_a_cascade_reads(town, acting):
    def revision():
        db.session.rollback()
        return db.session.scalar(select(audit.Revision.number).where(audit.Revision.kind == "graph"))

    before = revision()
    with acting("edu.contact"), transaction():
        register.retire(town.function("F-EDU-01"))
    after = revision()
    with acting("central"), transaction():
        register.send_back(town.function("F-EDU-04"), "Perustele")

    assert after == before + 1
    assert revision() == after
    assert not issubclass(FunctionRevision, audit.InGraph)


def test_what_stood_in_a_field_is_told_although_nobody_had_read_it(town, acting):
    town.change(town.user("newcomer"), disabled_at=datetime(2026, 5, 4, tzinfo=UTC))
    person = town.user("newcomer")
    db.session.expire(person)

    with acting("admin"), transaction():
        accounts.enable(person)

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "user:enable")).one()
    before, after = db.session.get_one(AuditPayload, entry.payload_id).changes["disabled_at"]
    assert before.startswith("2026-05-04")
    assert after is None
