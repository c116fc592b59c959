"""What residents said and what became of it, and good practices that spread from city to city."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from prepare.actor import EVERYTHING, Actor, Grant, acting_as, readable
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality, OrganisationKind, Role
from risks import inputs as rules
from risks import practices as practice_rules
from risks.entries.inputs import InputEntry
from risks.entries.practices import PracticeEntry, UseEntry
from risks.models.inputs import ResidentInput
from risks.models.practices import GoodPractice
from risks.queries import inputs as queries
from risks.queries import practices as practice_queries
from risks.register import inputs as register
from risks.register import practices as practice_register
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.safety import Theme
from tests.filled import filled

ON, AHEAD = date(2026, 11, 21), date(2026, 11, 22)
SURVEY = InputEntry(name="Kysely", source=InputSource.SURVEY, held_on=ON)
WALK = PracticeEntry(name_fi="Kävely", confidentiality=Confidentiality.PUBLIC)


def of(model, code):
    return db.session.scalars(select(model).where(model.code == code)).one()


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, []),
        ({"name": ""}, ["name"]),
        ({"source": None}, ["source"]),
        ({"held_on": None}, ["held_on"]),
        ({"held_on": AHEAD}, ["held_on"]),
        ({"participants": -1}, ["participants"]),
        ({"participants": 0}, []),
        ({"value": 3.8}, ["question", "unit"]),
        ({"value": 3.8, "question": "Kuinka turvallista?", "unit": "/ 5"}, []),
        ({"latitude": 60.0}, ["longitude"]),
        ({"longitude": 24.0}, ["latitude"]),
        ({"latitude": 91.0, "longitude": 181.0}, ["latitude", "longitude"]),
        ({"latitude": 60.0, "longitude": 24.0}, []),
        ({"used_in": "PH-01"}, ["used_how"]),
        ({"used_in": "PH-01", "used_how": "Näyttönä"}, []),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, ["secrecy_basis"]),
    ],
)
def test_input_says_how_residents_were_heard_and_what_came_of_it(changed, broken):
    assert [one.field for one in rules.problems(replace(SURVEY, **changed), on=ON)] == broken


def test_answers_to_a_question_that_was_asked_again_are_put_together_by_area():
    survey, hearing = InputSource.SURVEY, InputSource.HEARING
    first, later = date(2025, 10, 1), date(2026, 10, 1)
    rows = [
        ("Turva?", "/ 5", "E", later, 3.0, survey),
        ("Turva?", "/ 5", "E", first, 3.5, survey),
        ("Turva?", "/ 5", None, first, 4.0, survey),
        ("Turva?", "/ 5", "E", later, 1.0, hearing),
        ("Kerran?", "%", "E", later, 50.0, survey),
    ]

    assert rules.asked(rows) == {("Turva?", "/ 5"): {"E": [(first, 3.5), (later, 3.0)], None: [(first, 4.0)]}}


def test_the_unit_adds_input_and_says_later_what_it_was_used_for(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/safety/input/new").text)
    sent = {"name": "Kävely", "source": "event", "theme": "public_space", "participants": "34"}
    answer = visitor.send("/safety/input/new", **form | sent)
    assert answer.status_code == 302, answer.text
    made = of(ResidentInput, "RI-03")
    assert "Not used yet" in visitor.get(answer.headers["Location"]).text

    for code, name in (("PH-01", "Ilmiö PH-01"), ("M-01", "Toimenpide M-01"), ("SP-99", "SP-99")):
        address = f"/safety/input/{made.ref}/edit"
        visitor.send(address, **filled(visitor.get(address).text) | {"used_in": code, "used_how": "Näyttönä"})
        assert name in visitor.get(f"/safety/input/{made.ref}").text


def test_the_list_tells_used_from_unused_and_counts_who_was_heard(town, sign_in):
    town.change(of(ResidentInput, "RI-01"), used_in="PH-01", used_how="x", theme=Theme.YOUTH)

    def codes(**asked):
        return [one.code for one in db.session.scalars(queries.inputs(EVERYTHING, **asked))]

    assert codes(used=True) == ["RI-01"]
    assert codes(used=False) == ["RI-02"]
    assert codes(q="ri-02", areas=("ITA",), source=InputSource.SURVEY) == ["RI-02"]
    assert codes(theme=Theme.YOUTH) == ["RI-01"]
    heard = db.session.execute(queries.heard(EVERYTHING, since=date(2026, 1, 1))).all()
    assert [tuple(row) for row in heard] == [(InputSource.SURVEY, 2, 24, 1)]
    assert db.session.execute(queries.heard(EVERYTHING, since=AHEAD)).all() == []


def test_a_question_asked_for_years_is_drawn_for_each_area(town, sign_in):
    city = town.organisation_of("CITY").id
    for year, value in ((2025, 3.5), (2026, 3.0)):
        asked = {"question": "Kuinka turvallista?", "unit": "/ 5", "value": value, "held_on": date(year, 1, 10)}
        town.keep(
            ResidentInput(
                code=f"RI-{year}", organisation_id=city, name="K", source=InputSource.SURVEY, area="ITA", **asked
            )
        )

    page = sign_in("leadership").get("/safety/input/").text

    assert "Itäinen suurpiiri: from 3.5 to 3 / 5" in page


def test_stale_and_foreign_input_is_refused(town, acting):
    with acting("central"), pytest.raises(StaleEntry), transaction():
        register.edit(of(ResidentInput, "RI-01"), SURVEY, seen=None, on=ON)
    with acting("edu.contact"), pytest.raises(NotPermitted), transaction():
        register.add(town.organisation_of("CITY"), SURVEY, on=ON)


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ({}, []),
        ({"name_fi": ""}, ["name_fi"]),
        ({"shareable": True}, []),
        ({"shareable": True, "confidentiality": Confidentiality.INTERNAL}, ["confidentiality"]),
        ({"confidentiality": Confidentiality.CONFIDENTIAL}, ["secrecy_basis"]),
    ],
)
def test_only_what_is_public_is_shared(changed, broken):
    assert [one.field for one in practice_rules.problems(replace(WALK, **changed))] == broken


def test_what_a_practice_lacks_is_told_in_the_order_of_the_form():
    assert [gap.field for gap in practice_rules.gaps(WALK)] == [name for name, _w, _y in practice_rules.MANDATORY]


def test_a_practice_is_taken_into_use_on_a_day_by_now():
    assert practice_rules.use_problems(UseEntry(adopted_on=ON), on=ON) == []
    for day in (None, AHEAD):
        assert [one.field for one in practice_rules.use_problems(UseEntry(adopted_on=day), on=ON)] == ["adopted_on"]


@pytest.fixture
def neighbour(town):
    """Another municipality in the same installation, and its preparedness unit."""
    other = Organisation(
        code="NEXT", kind=OrganisationKind.CITY, name_fi="Naapuri", name_en="Next town", path="/", sort_name="naapuri"
    )
    town.keep(other)
    town.change(other, path=f"/{other.id}/")
    return Actor(user_id=1, name="Naapurin yksikkö", grants=(Grant(Role.CENTRAL, other.path),))


def seen_by(actor):
    return [one.code for one in db.session.scalars(practice_queries.practices(actor.scope))]


def test_what_is_shared_is_read_in_another_city_and_nothing_else(town, neighbour):
    shared = of(GoodPractice, "GP-01")
    town.keep(GoodPractice(code="GP-03", organisation=shared.organisation, name_fi="Oma", shareable=True))
    assert seen_by(neighbour) == []

    town.change(shared, shareable=True, confidentiality=Confidentiality.PUBLIC)
    assert seen_by(neighbour) == ["GP-01"]
    assert [readable(neighbour, of(GoodPractice, code)) for code in ("GP-01", "GP-02", "GP-03")] == [True, False, False]
    assert not readable(neighbour, of(ResidentInput, "RI-01"))
    partner = Actor(user_id=2, grants=(Grant(Role.PARTNER, town.organisation_of("P-POL").path),))
    assert seen_by(partner) == []
    assert not readable(partner, shared)

    town.change(shared, retired=True)
    assert seen_by(neighbour) == []
    assert not readable(neighbour, shared)


def test_another_city_takes_it_into_use_and_the_spreading_shows(town, neighbour, sign_in):
    shared = of(GoodPractice, "GP-01")
    town.change(shared, shareable=True, confidentiality=Confidentiality.PUBLIC)
    with acting_as(neighbour), transaction():
        entry = UseEntry(adopted_on=ON, comment="Kokeillaan keskustassa")
        practice_register.adopt(shared, town.organisation_of("NEXT"), entry, on=ON)

    page = sign_in("central").get(f"/safety/practices/{shared.ref}").text
    assert "Next town" in page
    assert "Kokeillaan keskustassa" not in page, "the note is for the municipality that wrote it"
    with acting_as(neighbour), pytest.raises(NotPermitted), transaction():
        practice_register.adopt(shared, town.organisation_of("EDU"), UseEntry(adopted_on=ON), on=ON)
    with acting_as(neighbour), pytest.raises(NotPermitted), transaction():
        practice_register.edit(shared, WALK, seen=None)


def test_a_practice_is_added_shared_and_taken_out_of_use_on_pages(town, sign_in, acting):
    visitor = sign_in("edu.contact")
    form = filled(visitor.get("/safety/practices/new").text)
    sent = {"name_fi": "Kävely", "confidentiality": "public", "shareable": "y", "themes": ["youth"]}
    answer = visitor.send("/safety/practices/new", **form | sent)
    assert answer.status_code == 302, answer.text
    made = of(GoodPractice, "GP-03")
    assert made.open_to_all
    assert "Kävely" in visitor.get("/safety/practices/?theme=youth&q=kävely").text

    adopted = visitor.send(f"/safety/practices/{made.ref}/adopt", adopted_on="2026-02-01", comment="Koulussa")
    assert adopted.status_code == 302
    assert "Koulussa" in visitor.get(f"/safety/practices/{made.ref}").text

    address = f"/safety/practices/{made.ref}/edit"
    visitor.send(address, **filled(visitor.get(address).text) | {"retired": "y"})
    assert "Kävely" not in visitor.get("/safety/practices/").text
    assert "Kävely" in visitor.get("/safety/practices/?show=retired").text
    with acting("edu.contact"), pytest.raises(RuleBroken), transaction():
        practice_register.adopt(made, town.organisation_of("EDU"), UseEntry(adopted_on=ON), on=ON)
    with acting("edu.contact"), pytest.raises(StaleEntry), transaction():
        practice_register.edit(made, WALK, seen=None)
