"""The sheets of interfaces, action cards, levels and exercises (A7, A13 to A15): who is told what in which variant."""

from datetime import date
from typing import Any

from continuity.models.exercises import Exercise
from continuity.readiness import loading
from continuity.vocabulary.exercises import ExerciseState
from dependencies.analysing import interfaces as queries
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.vocabulary import InterfaceState
from exports.cells import is_missing
from exports.columns import Tone
from exports.frames import cards, exercises, interfaces, levels
from exports.frames.reader import Reader
from prepare.db import db
from prepare.vocabulary import Confidentiality, Criticality
from tests.exports.test_guidance import ON

INTERNAL, SECRET = Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL
LOOKED = {"reviewed_on": date(2026, 1, 1), "next_review": date(2027, 1, 1)}


def reader_of(town: Any, who: str, code: str, variant: Confidentiality) -> Reader:
    return Reader(town.organisation_of(code), town.actor_of(who).scope, variant, ON)


def rows_of(register: Any) -> list[dict[str, Any]]:
    shown = [column.key for column in register.columns]
    return [
        {key: None if is_missing(row[key]) else row[key] for key in shown} for row in register.frame.to_dict("records")
    ]


def test_an_interface_tells_who_owns_it_what_binds_and_what_is_open(town: Any) -> None:
    one = town.record(Interface, "I-01")
    town.change(one, state=InterfaceState.AGREED, city_owner_role="Rehtori", exercised_on=date(2026, 1, 1), **LOOKED)
    town.change(one, alerting_documented=True, alerting_tested_on=date(2025, 11, 20))
    town.change(town.record(Agreement, "A-01"), valid_to=date(2027, 3, 31))

    (row,) = rows_of(interfaces.register(reader_of(town, "edu.contact", "EDU", INTERNAL), [one]))

    assert (row["code"], row["party"], row["criticality"]) == ("I-01", "Coast county", "K2")
    assert (row["city_owner"], row["party_owner"]) == ("Rehtori", None)
    assert (row["agreement"], row["valid_to"]) == ("A-01", date(2027, 3, 31))
    assert (row["alerting"], row["state"], row["complete"]) == ("Yes", "Exercised together", 62.5)
    assert row["lacking"].startswith("Owners on both sides; Alerting that is written down and tested;")


def test_duty_contacts_stand_in_the_confidential_variant_only(town: Any) -> None:
    one = town.record(Interface, "I-01")

    (secret,) = rows_of(interfaces.register(reader_of(town, "edu.contact", "EDU", SECRET), [one]))
    (internal,) = rows_of(interfaces.register(reader_of(town, "edu.contact", "EDU", INTERNAL), [one]))

    assert secret["city_duty"] == "Päivystäjä I-01 city: +358 50 000 0101"
    assert secret["party_duty"] == "Päivystäjä I-01 partner: +358 50 000 0102"
    assert not {"city_duty", "party_duty"} & set(internal)


def test_interfaces_of_a_whole_city_name_its_side_and_a_side_without_a_contact_is_told(town: Any) -> None:
    both = [town.record(Interface, code) for code in ("I-01", "I-02")]
    for contact in db.session.scalars(queries.contacts(town.actor_of("central").scope, both[1])):
        town.change(contact, retired=True)

    register = interfaces.register(reader_of(town, "central", "CITY", SECRET), both)

    rows = {row["code"]: row for row in rows_of(register)}
    assert [rows[code]["organisation"] for code in ("I-01", "I-02")] == ["Education", "Waterworks"]
    assert rows["I-02"]["city_duty"] == "nobody named"
    assert interfaces.register(reader_of(town, "central", "CITY", INTERNAL), both).left_out == 1


def test_cards_stand_below_the_strategy_for_the_same_loss_with_their_steps(town: Any) -> None:
    found = cards.register(reader_of(town, "edu.contact", "EDU", INTERNAL), _plans(town, "edu.contact", "EDU"))

    told = [(row["plan"], row["state"], row["lost"], row["strategy"] or row["task"]) for row in rows_of(found)]
    assert told == [
        ("P-01", "Draft", "Power", "Kylmäruoka"),
        ("P-01", "Draft", "Whatever has happened", "No steps are written yet."),
        ("P-02", "Submitted", "Power", "Kylmäruoka"),
        ("P-02", "Submitted", "Whatever has happened", "Soita varakeittiöön"),
    ]
    assert found.left_out == 2  # of the secret plan
    last = rows_of(found)[-1]
    assert (last["step"], last["who"], last["within_min"], last["holder"]) == (1, "Emäntä", 10, "Rehtori")


def test_the_levels_are_told_level_by_level_with_their_plan(town: Any) -> None:
    found = levels.register(reader_of(town, "edu.contact", "EDU", SECRET), _plans(town, "edu.contact", "EDU"))

    rows = rows_of(found)
    assert (rows[0]["plan"], rows[0]["level"], rows[0]["within_h"]) == ("P-01", "Enhanced preparedness", 24.0)
    assert [row["state"] for row in rows] == ["Draft", "Submitted", None]
    assert "organisation" not in rows[0]


def test_an_exercise_tells_what_was_measured_and_when_it_is_due_again(town: Any) -> None:
    held = {"state": ExerciseState.HELD, "held_on": date(2024, 11, 20), "conclusion": "Avain on hankittava."}
    town.change(town.function("F-EDU-01"), criticality=Criticality.K1)
    town.change(town.record(Exercise, "EX-01"), **held)
    reader = reader_of(town, "edu.contact", "EDU", INTERNAL)

    register = exercises.register(reader, exercises.found(reader))

    (row,) = rows_of(register)
    assert (row["code"], row["day"], row["state"]) == ("EX-01", date(2024, 11, 20), "Exercise held")
    assert (row["measured"], row["open"], row["closed"]) == ("F-EDU-01 3 h", 1, 0)
    assert (row["again"], register.frame["again_tone"][0]) == (date(2026, 11, 20), Tone.HIGH)
    assert row["parties"] == "Coast county, Waterworks"
    assert (row["plans"], row["functions"], row["interfaces"]) == ("P-01", "F-EDU-01", "I-01")
    assert register.left_out == 1


def test_whoever_takes_part_reads_an_exercise_but_not_the_secret_things_that_it_tests(town: Any) -> None:
    town.change(town.record(Exercise, "EX-01"), planned_on=date(2026, 11, 1))
    reader = reader_of(town, "wat.contact", "WAT", SECRET)

    register = exercises.register(reader, exercises.found(reader))

    (row,) = rows_of(register)
    assert (row["code"], row["plans"]) == ("EX-01", "+ 1")
    assert register.frame["day_tone"][0] is Tone.HIGH  # its day has gone by and nobody said that it was held


def _plans(town: Any, who: str, code: str) -> list[Any]:
    return loading.plans(town.actor_of(who).scope, town.organisation_of(code))
