"""Readings of the register: only what is in scope, found as people search, in an order that holds still."""

import unicodedata
from collections import Counter

import pytest
from sqlalchemy import select

from prepare.actor import EVERYTHING, Root, Scope
from prepare.db import db
from prepare.models.codes import CodeItem
from prepare.models.functions import Function, FunctionRevision
from prepare.queries import functions as queries
from prepare.queries import organisations
from prepare.vocabulary import (
    CodeList,
    Confidentiality,
    Criticality,
    FunctionState,
    OrganisationKind,
    RevisionState,
)

OWN = {"F-EDU-01", "F-EDU-02", "F-EDU-03", "F-EDU-04", "F-EDU-06", "F-SCH-01", "F-WAT-01", "F-WAT-02", "F-WAT-03"}
PUBLIC, INTERNAL, CONFIDENTIAL = Confidentiality


def codes(rows):
    """The codes that a query finds, in its order."""
    return [row.code for row in db.session.scalars(rows)]


def found(scope=EVERYTHING, **asked):
    """The codes that the register finds."""
    return codes(queries.ordered(queries.functions(scope, **asked), "code"))


@pytest.fixture
def letters(town):
    """Functions whose names try the alphabet, beside those of the town."""
    names = ["Öljyvarasto", "Zeppelin", "Älyvalaistus", "Apteekki", "Åbobussi", "50 % palvelu", "a_b palvelu", "aXb"]
    names += ["Kasi\\viiva", "Sairaala 'Yö'", "Äiti ja ääni"]
    town.keep(*(town.a_function(f"F-EDU-{place:02}", name_fi=name) for place, name in enumerate(names, start=61)))
    return town


# Scope


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("edu.contact", {code for code in OWN if "WAT" not in code}),
        ("edu.director", {code for code in OWN if "WAT" not in code}),
        ("wat.contact", {code for code in OWN if "WAT" in code}),
        ("central", OWN),
        ("leadership", OWN),
        ("auditor", OWN),
        ("admin", OWN - {"F-EDU-06", "F-WAT-02"}),
        ("county", {"F-WAT-01"}),
        ("police", set()),
        ("newcomer", set()),
    ],
)
def test_each_role_reads_its_part_of_the_register(town, name, expected):
    assert set(found(town.actor_of(name).scope)) == expected


def test_a_scope_without_anything_reads_nothing(town):
    for rows in (
        queries.functions(Scope()),
        queries.waiting(Scope()),
        queries.unfinished(Scope()),
        queries.revised(Scope(), [1, 2, 3, 4]),
        queries.pending(Scope(), town.function("F-EDU-04")),
        queries.impacts(Scope(), town.function("F-WAT-01")),
        queries.resources(Scope(), town.function("F-EDU-01")),
        organisations.organisations(Scope(), own=None),
    ):
        assert db.session.execute(rows).all() == []


def test_an_organisation_whose_path_begins_alike_is_not_inside(town):
    edu = town.organisation_of("EDU")
    town.keep(town.a_function("F-EDU-90", "WAT"))
    neighbour = Scope((Root(edu.path.rstrip("/") + "9/", CONFIDENTIAL),))

    assert found(neighbour) == []
    assert not Scope((Root(edu.path, CONFIDENTIAL),)).covers(edu.path.rstrip("/") + "9/", PUBLIC)


def test_the_confidential_is_left_out_below_the_highest_class_that_is_read(town):
    assert set(found(EVERYTHING.up_to(INTERNAL))) == OWN - {"F-EDU-06", "F-WAT-02"}
    assert found(EVERYTHING.up_to(PUBLIC)) == ["F-WAT-03"]
    assert EVERYTHING.up_to(INTERNAL).up_to(CONFIDENTIAL) == EVERYTHING.up_to(INTERNAL)


def test_the_query_and_the_question_of_one_record_agree(town):
    everything = db.session.scalars(select(Function)).all()
    for name in town.PEOPLE:
        scope = town.actor_of(name).scope
        listed = set(found(scope)) | set(found(scope, outside=True)) | set(found(scope, state=FunctionState.RETIRED))

        covered = {f.code for f in everything if scope.covers(f.owner_path, f.confidentiality)}

        shared = {f.code for f in everything if f.id in scope.functions}
        assert listed == covered | shared, name


def test_a_part_of_a_scope_never_reads_more_than_the_whole(town):
    edu, school = town.organisation_of("EDU").path, town.organisation_of("SCH").path
    contact = town.actor_of("edu.contact").scope

    assert found(EVERYTHING.below(school)) == ["F-SCH-01"]
    assert found(contact.below("/1/")) == found(contact)
    assert found(contact.below(town.organisation_of("WAT").path)) == []
    assert found(town.actor_of("county").scope.below(edu)) == []


def test_the_services_of_partners_stand_apart(town):
    assert found(outside=True) == ["X-CTY-01", "X-POL-01"]
    assert found(town.actor_of("edu.contact").scope, outside=True) == []


# Searching


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("äly", ["F-EDU-63"]),
        ("ÄLYVAL", ["F-EDU-63"]),
        (unicodedata.normalize("NFD", "äly"), ["F-EDU-63"]),
        ("åBO", ["F-EDU-65"]),
        ("f-edu-61", ["F-EDU-61"]),
        ("  zeppelin  ", ["F-EDU-62"]),
        ("ääni äiti", ["F-EDU-71"]),
        ("%", ["F-EDU-66"]),
        ("50 %", ["F-EDU-66"]),
        ("_", ["F-EDU-67"]),
        ("a_b", ["F-EDU-67"]),
        ("\\", ["F-EDU-69"]),
        ("'", ["F-EDU-70"]),
        ("' OR 1=1 --", []),
        ('"', []),
        ("*", []),
        ("nothing of the kind", []),
    ],
)
def test_searching_takes_every_character_as_it_is(letters, q, expected):
    assert [code for code in found(q=q) if code > "F-EDU-60" and code < "F-EDU-99"] == expected
    assert set(found(q=q)) == set(expected)


def test_a_search_reads_swedish_and_english_names_too(letters):
    letters.keep(letters.a_function("F-WAT-90", "WAT", name_fi="Vesi", name_sv="Åvatten", name_en="River"))

    assert found(q="åvatten") == found(q="RIVER") == ["F-WAT-90"]


def test_a_changed_name_is_found_and_the_old_one_is_not(letters):
    letters.change(letters.function("F-EDU-62"), name_fi="Ilmalaiva")

    assert (found(q="ilmalaiva"), found(q="zeppelin")) == (["F-EDU-62"], [])


@pytest.mark.parametrize("q", ["", "   ", "\t\n"])
def test_an_empty_search_finds_everything(town, q):
    assert set(found(q=q)) == OWN


# Filters


def test_filters_are_put_together(town):
    wat = town.organisation_of("WAT").path

    assert found(criticality=Criticality.K1) == ["F-WAT-01", "F-WAT-02"]
    assert found(state=FunctionState.DRAFT) == ["F-EDU-01", "F-WAT-03"]
    assert found(state=FunctionState.DRAFT, organisation=wat) == ["F-WAT-03"]
    assert found(state=FunctionState.DRAFT, organisation=wat, q="talousvesi") == []
    assert found(organisation=town.organisation_of("EDU").path, q="koulu") == ["F-EDU-01", "F-EDU-04", "F-SCH-01"]


def test_retired_functions_are_shown_only_when_asked_for(town):
    assert "F-EDU-05" not in found()
    assert found(state=FunctionState.RETIRED) == ["F-EDU-05"]


# Order and pages


def test_names_are_sorted_by_the_finnish_alphabet(letters):
    names = [row.name_fi for row in db.session.scalars(queries.ordered(queries.functions(EVERYTHING), "name"))]

    wanted = ["Apteekki", "Zeppelin", "Åbobussi", "Åkerin lähikoulu", "Äiti ja ääni", "Älyvalaistus", "Öljyvarasto"]
    assert [name for name in names if name in wanted] == wanted


@pytest.mark.parametrize("order", [*queries.ORDERS, "no such order", "", "id; DROP TABLE function"])
@pytest.mark.parametrize("descending", [True, False])
def test_every_order_is_total_so_that_pages_neither_repeat_nor_skip(letters, order, descending):
    rows = queries.ordered(queries.functions(EVERYTHING), order, descending=descending)
    whole = codes(rows)

    pages = [code for offset in range(0, len(whole), 3) for code in codes(rows.limit(3).offset(offset))]

    assert pages == whole
    assert len(set(whole)) == len(whole) == db.session.scalar(queries.counted(queries.functions(EVERYTHING)))


def test_unknown_times_come_last_and_the_gravest_class_first(town):
    by_time = codes(queries.ordered(queries.functions(EVERYTHING), "rto_h"))
    by_class = codes(queries.ordered(queries.functions(EVERYTHING), "criticality"))

    assert by_time[0] == "F-WAT-01"
    assert by_time[-1] == "F-WAT-03"
    assert by_class[:2] == ["F-WAT-01", "F-WAT-02"]
    assert by_class[-1] == "F-WAT-03"


def test_counts_agree_with_the_lists(town):
    scope = town.actor_of("admin").scope

    per_class, per_state = Counter(), Counter()
    for criticality, state, count in db.session.execute(queries.per_class_and_state(scope)):
        per_class[criticality] += count
        per_state[state] += count

    assert sum(per_class.values()) == sum(per_state.values()) == len(found(scope))
    assert per_class == {Criticality.K1: 1, Criticality.K3: 5, None: 1}
    assert per_state == {FunctionState.DRAFT: 2, FunctionState.SUBMITTED: 1, FunctionState.CONFIRMED: 4}


# What waits for whom


def test_the_unit_sees_what_waits_for_confirmation(town):
    rows = db.session.execute(queries.waiting(EVERYTHING)).all()

    assert [(f.code, revision is not None) for f, revision in rows] == [("F-EDU-02", False), ("F-EDU-04", True)]


def test_the_sector_sees_what_it_has_not_finished(town):
    town.change(db.session.scalars(select(FunctionRevision)).one(), state=RevisionState.RETURNED)

    rows = db.session.execute(queries.unfinished(town.actor_of("edu.contact").scope)).all()

    assert [(f.code, revision is not None) for f, revision in rows] == [("F-EDU-01", False), ("F-EDU-04", True)]


def test_a_change_that_was_applied_or_discarded_waits_no_more(town):
    revision, function = db.session.scalars(select(FunctionRevision)).one(), town.function("F-EDU-04")
    assert set(db.session.scalars(queries.revised(EVERYTHING, [function.id]))) == {function.id}

    for state in (RevisionState.APPLIED, RevisionState.DISCARDED):
        town.change(revision, state=state)

        assert db.session.scalars(queries.pending(EVERYTHING, function)).all() == []
        assert db.session.scalars(queries.revised(EVERYTHING, [function.id])).all() == []


def test_an_organisation_that_is_closed_or_outside_is_not_offered(town):
    town.change(town.organisation_of("SCH"), active=False)

    assert codes(organisations.organisations(EVERYTHING)) == ["EDU", "CITY", "WAT"]
    assert codes(organisations.organisations(EVERYTHING, own=False)) == ["P-CTY", "P-POL"]
    assert codes(organisations.with_functions(EVERYTHING)) == ["EDU", "WAT"]
    assert db.session.scalars(organisations.city()).one().kind is OrganisationKind.CITY


def test_a_code_that_is_no_longer_valid_is_not_offered(town):
    item = db.session.scalars(select(CodeItem).where(CodeItem.kind == CodeList.THREAT)).one()
    assert codes(organisations.codes(CodeList.THREAT)) == [item.code]

    town.change(item, valid_to=town.BEGUN.date())

    assert codes(organisations.codes(CodeList.THREAT)) == []
