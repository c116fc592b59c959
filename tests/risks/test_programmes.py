"""Programmes, objectives and national programmes: who reads and keeps them, and what their lists find."""

from datetime import date

import pytest
from sqlalchemy import select

from prepare import audit
from prepare.db import db, transaction
from prepare.errors import NotPermitted, StaleEntry
from prepare.merging import Seen
from prepare.vocabulary import OrganisationKind
from risks.entries.safety import ObjectiveEntry, ProgrammeEntry
from risks.models.objectives import Objective
from risks.models.programmes import Programme
from risks.queries import programmes as queries
from risks.register import objectives as objective_register
from risks.register import programmes as register
from risks.vocabulary.safety import ProgrammeState, TargetGroup, Theme
from tests.filled import filled


def kept(town, organisation, entry):
    with transaction():
        return register.add(town.organisation_of(organisation), entry)


def test_a_sector_keeps_its_own_programmes_and_no_others(town, acting):
    with acting("edu.contact"):
        mine = kept(town, "EDU", ProgrammeEntry(name_fi="Oma", organisations=("EDU",)))
        with pytest.raises(NotPermitted):
            kept(town, "CITY", ProgrammeEntry(name_fi="Kaupungin"))
        city = town.record(Programme, "PR-01")
        with pytest.raises(NotPermitted):
            register.edit(city, ProgrammeEntry(name_fi="x"), seen=register.seen_now(city))

    assert (mine.code, mine.organisation.code) == ("PR-03", "EDU")


def test_an_organisation_that_the_person_may_not_read_stays_in_the_programme(town, acting):
    with acting("central"):
        programme = kept(town, "EDU", ProgrammeEntry(name_fi="Yhteinen", organisations=("EDU", "WAT")))
    with acting("edu.contact"), transaction():
        seen = register.seen_now(programme)
        assert seen.entry.organisations == ("EDU",)
        register.edit(programme, ProgrammeEntry(name_fi="Yhteinen"), seen=seen)

    assert [one.code for one in programme.organisations] == ["WAT"]


def test_a_stale_edit_is_refused(town, acting):
    programme, objective = town.record(Programme, "PR-01"), town.record(Objective, "OB-01")
    with acting("central"):
        with pytest.raises(StaleEntry):
            register.edit(programme, ProgrammeEntry(name_fi="x"), seen=Seen(ProgrammeEntry(name_fi="y")))
        with pytest.raises(StaleEntry):
            objective_register.edit(objective, ObjectiveEntry(name_fi="x"), seen=None, on=date(2026, 11, 21))


def test_the_list_finds_by_words_theme_area_and_state(town, acting):
    everywhere = {"themes": (Theme.YOUTH,), "target_groups": (TargetGroup.YOUTH,)}
    with acting("central") as who:
        kept(town, "CITY", ProgrammeEntry(name_fi="Itä", areas=("east", "mall"), **everywhere))
        kept(town, "CITY", ProgrammeEntry(name_fi="Ranta", areas=("shore",), themes=(Theme.WATER,)))
        kept(town, "CITY", ProgrammeEntry(name_fi="Vanha", state=ProgrammeState.ENDED))

        def names(**wanted):
            return {one.name_fi for one in db.session.scalars(queries.programmes(who.scope, **wanted))}

        assert names() == {"Itä", "Ranta", "Nuorten ohjelma", "Salainen ohjelma"}
        assert names(theme=Theme.WATER) == {"Ranta"}
        assert names(area="mall") == {"Itä", "Nuorten ohjelma", "Salainen ohjelma"}  # two cover the whole city
        assert names(area="al") == {"Nuorten ohjelma", "Salainen ohjelma"}  # a part of a code finds nothing
        assert names(state=ProgrammeState.ENDED) == {"Vanha"}
        assert names(q="salainen") == {"Salainen ohjelma"}


def test_another_city_sees_nothing_of_this_ones_programmes(town, acting):
    with acting("edu.contact") as who:
        mine = {one.code for one in db.session.scalars(queries.programmes(who.scope))}
    other = town.Organisation(
        code="NEXT", kind=OrganisationKind.CITY, name_fi="Naapuri", path="/999/", sort_name="naapuri"
    )
    town.keep(other)
    town.keep(Programme(code="PR-90", organisation=other, name_fi="Naapurin"))
    with acting("edu.contact") as who:
        assert {one.code for one in db.session.scalars(queries.programmes(who.scope))} == mine == {"PR-01"}


def test_the_trail_tells_themes_in_words(town, acting, sign_in):
    objective = town.record(Objective, "OB-01")
    programme = town.record(Programme, "PR-01")
    with acting("central"), transaction():
        seen = register.seen_now(programme)
        register.edit(programme, ProgrammeEntry(name_fi="x", themes=(Theme.FIRE, Theme.WATER)), seen=seen)

    payloads = select(audit.AuditPayload).order_by(audit.AuditPayload.id)
    changes = [payload.changes for payload in db.session.scalars(payloads)][-2:]
    page = sign_in("central").get(f"/programmes/{programme.ref}/trail").text

    assert any(change.get("themes") == ["youth", "fire,water"] for change in changes)
    assert "Fire safety, Water safety" in page
    assert sign_in("central").get(f"/objectives/{objective.ref}/trail").status_code == 200


def test_two_people_who_edit_an_objective_lose_nothing(town, sign_in):
    first, second = sign_in("central"), sign_in("central")
    objective = town.record(Objective, "OB-01")
    address = f"/safety/objectives/{objective.ref}/edit"
    mine, theirs = (filled(browser.get(address).text, "name_fi") for browser in (first, second))

    second.send(address, **{**theirs, "latest": "77"})
    answer = first.send(address, **{**mine, "latest": "76"})

    assert answer.status_code == 409
    assert "77" in answer.text
    assert "76" in answer.text
