"""What a plan was approved on, and what differs from it today: worked out by hand."""

from dataclasses import replace

import pytest

from continuity import frozen
from continuity.frozen import Aspect, Figure, Figures, Named
from prepare import stored
from prepare.actor import EVERYTHING, Root, Scope
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality, Criticality

POWER = Named(id=9, code="X-ENE-01", name_fi="Sähkö", path="/1/9/")
WATER = Named(id=8, code="F-VES-01", name_fi="Vesi", path="/1/8/", confidentiality=Confidentiality.CONFIDENTIAL)
CARE = Figure(
    id=1,
    code="F-KAS-01",
    name_fi="Varhaiskasvatus",
    path="/1/2/",
    criticality=Criticality.K2,
    rto_h=8.0,
    mtpd_h=24.0,
    mbco_pct=50.0,
    mbco_text="Joka toinen päiväkoti",
    suppliers=(POWER,),
)
MEALS = Figure(id=2, code="F-KAS-02", name_fi="Ateriat", path="/1/2/")
THEN = Figures(functions=(CARE, MEALS))


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def texts(now, then=THEN):
    return [(one.function.code, one.aspect, one.text) for one in frozen.differences(then, now)]


def test_nothing_differs_from_itself():
    assert texts(THEN) == []


def test_each_changed_figure_is_told_before_and_after():
    now = replace(CARE, rto_h=4.0, mtpd_h=None, criticality=Criticality.K1, mbco_text=None, name_fi="Päiväkodit")

    assert texts(Figures(functions=(now, MEALS))) == [
        ("F-KAS-01", Aspect.NAME, "Name Varhaiskasvatus → Päiväkodit"),
        ("F-KAS-01", Aspect.CLASS, "Class K2 → K1"),
        ("F-KAS-01", Aspect.RTO, "RTO 8 h → 4 h"),
        ("F-KAS-01", Aspect.MTPD, "MTPD 24 h → unknown"),
        ("F-KAS-01", Aspect.LEVEL, "Minimum level Joka toinen päiväkoti · 50\xa0% → 50\xa0%"),
    ]


def test_what_was_unknown_and_is_known_now_is_a_difference():
    now = replace(MEALS, rto_h=2.0, criticality=Criticality.K3)

    assert [text for _code, _aspect, text in texts(Figures(functions=(CARE, now)))] == [
        "Class unknown → K3",
        "RTO unknown → 2 h",
    ]
    assert texts(THEN, Figures(functions=(CARE, now)))[0][2] == "Class K3 → unknown"


def test_suppliers_come_and_go():
    assert [text for _code, _aspect, text in texts(Figures(functions=(replace(CARE, suppliers=(WATER,)), MEALS)))] == [
        "new supplier Vesi",
        "no longer needs Sähkö",
    ]


def test_functions_come_into_the_plan_and_leave_it():
    assert texts(Figures(functions=(MEALS,))) == [("F-KAS-01", Aspect.COVERED, "no longer covered by the plan")]
    assert texts(THEN, Figures(functions=(CARE,))) == [("F-KAS-02", Aspect.COVERED, "now covered by the plan")]


def test_only_what_the_reader_may_know_is_told():
    secret = replace(MEALS, confidentiality=Confidentiality.CONFIDENTIAL)
    now = Figures(functions=(replace(CARE, rto_h=4.0, suppliers=(POWER, WATER)), replace(secret, rto_h=1.0)))
    found = frozen.differences(Figures(functions=(CARE, secret)), now)
    open_only = Scope((Root("/1/", Confidentiality.INTERNAL),))

    assert len(frozen.told(found, EVERYTHING, Confidentiality.CONFIDENTIAL)) == 3
    assert [one.aspect for one in frozen.told(found, open_only, Confidentiality.CONFIDENTIAL)] == [Aspect.RTO]
    assert [one.aspect for one in frozen.told(found, EVERYTHING, Confidentiality.INTERNAL)] == [Aspect.RTO]


def test_figures_are_reduced_to_a_scope_and_a_class():
    every = Figures(functions=(replace(CARE, suppliers=(POWER, WATER)), replace(MEALS, path="/1/7/")))

    seen = frozen.reduced(every, Scope((Root("/1/2/", Confidentiality.CONFIDENTIAL),)))
    internal = frozen.reduced(every, EVERYTHING, Confidentiality.INTERNAL)

    assert [(one.code, len(one.suppliers)) for one in seen.functions] == [("F-KAS-01", 0)]
    assert [(one.code, len(one.suppliers)) for one in internal.functions] == [("F-KAS-01", 1), ("F-KAS-02", 0)]


def test_figures_are_stored_and_read_back_as_they_were():
    assert stored.from_json(Figures, stored.as_json(THEN)) == THEN


def test_a_level_is_told_in_words_and_per_cent():
    assert (CARE.level, MEALS.level) == ("Joka toinen päiväkoti · 50\xa0%", None)
