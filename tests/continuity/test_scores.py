"""Scores, caps, levels of maturity, gains and snapshots of readiness, by hand."""

from dataclasses import replace
from datetime import date

import pytest

from continuity import kuja
from continuity.entries.readiness import KujaPartEntry, KujaResultEntry
from continuity.scoring import raising, scores, snapshots
from continuity.scoring.cases import (
    AgreementFacts,
    BodyFacts,
    FunctionFacts,
    HolderFacts,
    InterfaceFacts,
    LossFacts,
    MeasureFacts,
    PlanFacts,
    RiskFacts,
    SectorFacts,
    TransferFacts,
)
from continuity.scoring.indicator import Item
from continuity.scoring.maturity import Level, conditions, maturity
from continuity.scoring.vocabulary import Code, Kind, Tone
from continuity.vocabulary.readiness import KujaTool
from dependencies.vocabulary import Handling
from prepare.vocabulary import CapabilityBasis, Criticality, Dimension

ON = date(2026, 11, 21)
K1, K2, K3, K4 = Criticality


def item(code, kind=Kind.FUNCTION):
    return Item(kind, code)


def plan(code="PL-1", *, is_approved=True, **more):
    return PlanFacts(item(code, Kind.PLAN), is_approved, **more)


GOOD_PLAN = plan(next_review=date(2027, 1, 1), exercised_on=date(2026, 1, 1))
GOOD = FunctionFacts(item("F-1"), K1, reviewed_on=ON, plans=(GOOD_PLAN,), capability_basis=CapabilityBasis.EXERCISED)
HOLDERS = HolderFacts(item("ABC", Kind.ORGANISATION), contact=True, deputy=True, director=True)
INTERFACE = InterfaceFacts(item("IF-1", Kind.INTERFACE), K1, True, True, True, True, date(2026, 1, 1), ON)
MEASURE = MeasureFacts(item("M-1", Kind.MEASURE), ON)


def sector(**more):
    facts = {"functions": (GOOD,), "holders": (HOLDERS,), "interfaces": (INTERFACE,), "measures": (MEASURE,)}
    return scores.sector(SectorFacts(item("ABC", Kind.ORGANISATION), **{**facts, **more}), ON)


def known(one, *before):
    """What maturity asks, with snapshots that gave these scores to everything, the newest first."""
    figures = [{None: value, **dict.fromkeys(Dimension, value)} for value in before]
    return replace(snapshots.known_of(one, ()), snapshots=tuple(figures))


def test_points_are_whole_and_halves_go_upwards():
    assert [scores.points(value) for value in (79.49, 79.5, 0.0, None)] == [79, 80, 0, None]


@pytest.mark.parametrize(
    ("value", "coverage", "is_stale", "tone"),
    [
        (79.5, 1, False, Tone.GOOD),
        (79.5, 1, True, Tone.FAIR),
        (60, 0.5, False, Tone.FAIR),
        (59.4, 1, True, Tone.WEAK),
        (100, 0.49, False, Tone.UNKNOWN),
        (None, 1, False, Tone.UNKNOWN),
    ],
)
def test_a_score_has_a_word(value, coverage, is_stale, tone):
    assert scores.tone(value, coverage, is_stale=is_stale) is tone


def test_means_leave_out_what_is_unknown():
    assert scores.mean([50, None, 100]) == 75
    assert scores.mean([None]) is None
    assert scores.weighted([(1, 100.0), (3, 0.0), (9, None)]) == 25
    assert scores.weighted([]) is None


def test_a_sector_is_the_mean_of_its_dimensions_and_names_what_is_left_out():
    found = sector()

    sides = found.dimensions
    assert {d: scores.points(one.score) for d, one in sides.items()} == dict.fromkeys(Dimension, 100)
    assert sides[Dimension.KNOW].left_out == (Code.ACHIEVABLE, Code.RISKS)
    assert (found.score, found.weight, found.caps, found.functions, found.vital, found.old) == (100, 4, (), 1, 1, 0)
    # known: I01, I02, I03, I04, I05, I09, I12, I15 of seventeen
    assert found.coverage == pytest.approx(8 / 17)
    assert found.tone is Tone.UNKNOWN
    assert sides[Dimension.EXER].tone is Tone.GOOD
    assert sides[Dimension.IMPR].coverage == 0.5


def test_a_sector_with_nothing_has_no_score_and_is_not_stale():
    found = scores.sector(SectorFacts(item("ABC")), ON)

    assert (found.score, found.coverage, found.is_stale, found.exercised_share) == (None, 0, False, None)
    assert raising.gains(found) == []


def test_old_data_makes_a_score_stale():
    old = replace(GOOD, item=item("F-2"), reviewed_on=date(2025, 11, 20))
    fresh = [replace(GOOD, item=item(f"F-{number}")) for number in range(3, 6)]

    assert not sector(functions=(old, *fresh)).is_stale  # one of four
    assert sector(functions=(old, *fresh[:2])).is_stale  # one of three
    assert scores.is_old(replace(GOOD, reviewed_on=None), ON)


def capped(**more):
    found = sector(**more)
    return {cap.dimension: (cap.highest, [row.item.code for row in cap.rows]) for cap in found.caps}


def test_a_vital_function_without_a_plan_caps_planning_at_59():
    others = [replace(GOOD, item=item(f"F-{number}")) for number in range(2, 9)]
    bare = replace(GOOD, item=item("F-9"), plans=())

    found = sector(functions=(*others, bare))

    assert capped(functions=(*others, bare)) == {Dimension.PLAN: (59, ["F-9"])}
    assert found.dimensions[Dimension.PLAN].mean == 87.5
    assert found.dimensions[Dimension.PLAN].score == 59


def test_a_critical_risk_without_an_owner_caps_knowledge_at_59():
    risk = RiskFacts(item("R-1", Kind.RISK), True, False, ON, True, False)

    assert capped(risks=(risk,)) == {Dimension.KNOW: (59, ["R-1"])}


def test_what_was_lost_or_has_run_out_caps_cooperation_at_59():
    lost = TransferFacts(item("TR-1", Kind.TRANSFER), is_secured=False, is_lost=True)
    expired = AgreementFacts(item("A-1", Kind.AGREEMENT), False, True, True, carries_vital=True)

    assert capped(transfers=(lost,), agreements=(expired,)) == {Dimension.COOP: (59, ["TR-1", "A-1"])}


def test_no_exercise_of_any_vital_plan_in_three_years_caps_exercises_at_39():
    never = replace(GOOD, plans=(plan(next_review=date(2027, 1, 1)),))
    old = replace(GOOD, item=item("F-2"), plans=(plan(exercised_on=date(2024, 1, 1)),))

    assert capped(functions=(never,)) == {Dimension.EXER: (39, ["F-1"])}
    assert capped(functions=(never, old)) == {}  # two years and more, but less than three
    assert capped(functions=(replace(never, criticality=K2),)) == {}


def test_the_city_is_weighted_by_its_sectors_and_names_the_lowest():
    high, low = sector(), scores.sector(SectorFacts(item("LOW"), functions=(FunctionFacts(item("F-9"), K2),)), ON)

    city = scores.city(item("CITY"), [high, low])

    assert low.score == pytest.approx((50 + 0 + 0) / 3)  # know: filled in but not reviewed, plan, exercises
    assert city.score == pytest.approx((4 * 100 + 2 * low.score) / 6)
    assert city.lowest is low
    assert city.dimensions[Dimension.LEAD].score == 100  # the other one has none
    assert city.dimensions[Dimension.PLAN].left_out == (Code.REDUNDANT,)
    assert city.is_stale
    assert city.tone is Tone.UNKNOWN
    assert city.indicators[Code.PLANNED].denominator == 6


def test_a_city_without_sectors_has_no_score():
    city = scores.city(item("CITY"), [])

    assert (city.score, city.lowest, city.coverage) == (None, None, 0)


def test_a_sector_begins_at_level_0_and_is_told_what_the_first_one_asks():
    found = maturity(known(scores.sector(SectorFacts(item("ABC")), ON)))

    assert (found.level, len(found.lacking), found.next_level) == (Level.NOT_STARTED, 2, Level.LISTED)


def test_the_levels_are_gates_each_behind_the_other():
    unplanned = sector(functions=(replace(GOOD, plans=()),))
    unexercised = sector(functions=(replace(GOOD, plans=(plan(next_review=ON),)),))

    assert maturity(known(unplanned)).level is Level.LISTED
    assert maturity(known(unplanned), Dimension.KNOW).level is Level.DOCUMENTED  # its own condition is met
    assert maturity(known(unexercised)).level is Level.DOCUMENTED
    assert maturity(known(unexercised), Dimension.COOP).level is Level.TESTED
    assert maturity(known(sector())).level is Level.TESTED


def test_the_highest_level_wants_treated_losses_and_two_snapshots_without_a_fall():
    treated = sector(losses=(LossFacts(item("X-1", Kind.LOSS), 1, Handling.TREATED),))

    assert maturity(known(treated, 100.0, 90.0)).level is Level.VERIFIED
    assert maturity(known(treated, 100.0, 90.0)).next_level is None
    assert maturity(known(treated, 90.0, 100.0)).level is Level.TESTED  # it fell between the snapshots
    assert maturity(known(treated, 100.0)).level is Level.TESTED
    assert maturity(known(treated, 100.0, 90.0), Dimension.IMPR).lacking == ()


def test_every_level_has_conditions_for_every_dimension():
    for level in tuple(Level)[1:]:
        assert all(conditions(level, dimension) for dimension in Dimension)
        assert level.label
    assert [len(conditions(level, None)) for level in Level] == [0, 2, 2, 3, 3]


def test_an_approved_plan_lifts_every_function_that_it_covers_and_the_cap():
    draft = plan("PL-2", is_approved=False)
    covered = [replace(GOOD, item=item(f"F-{number}"), plans=(draft,)) for number in (2, 3)]
    found = sector(functions=(GOOD, *covered))

    best = raising.gains(found)[0]

    # plan: I03 and I04 are 4 of 12, and the cap of 59 does not bite; approved they are 100: 66.7 more over six sides
    assert (best.step.item.code, best.codes, best.rows) == ("PL-2", (Code.PLANNED, Code.CURRENT), 4)
    assert best.points == pytest.approx((100 - 100 / 3) / 6)


def test_lifting_a_cap_gains_what_it_held_back():
    others = [replace(GOOD, item=item(f"F-{number}")) for number in range(2, 9)]
    bare = replace(GOOD, item=item("F-9"), plans=())
    found = sector(functions=(*others, bare))

    gain = next(one for one in raising.gains(found) if Code.PLANNED in one.codes)

    assert gain.points == pytest.approx((100 - 59) / 6)


def test_a_finished_measure_leaves_and_what_was_closed_late_raises_nothing():
    late = MeasureFacts(item("M-2", Kind.MEASURE), date(2026, 1, 1))
    found = sector(measures=(MEASURE, late))

    (gain,) = [one for one in raising.gains(found) if one.step.item.code == "M-2"]

    assert gain.points == pytest.approx(50 / 6)  # one of two becomes one of one
    assert raising.score_if(found, gain.step) == pytest.approx(found.score + gain.points)


def test_only_the_ten_greatest_gains_are_told():
    some = tuple(replace(GOOD, item=item(f"F-{number:02}"), plans=()) for number in range(12))

    assert len(raising.gains(sector(functions=some))) == raising.MOST


def test_a_snapshot_keeps_and_gives_back_every_score():
    body = BodyFacts(item("B-1", Kind.BODY), 6)
    city = scores.city(item("CITY"), [sector(bodies=(body,))], [(item("S1"), sector().indicators[Code.PLANNED])])

    kept = snapshots.figures(city)

    assert snapshots.score(kept) == city.score
    assert snapshots.score(kept, "ABC", Dimension.PLAN) == 100
    assert snapshots.score(kept, "NONE") is None
    assert snapshots.score(kept, "NONE", Dimension.PLAN) is None
    assert snapshots.value(kept, Code.PLANNED, "ABC") == 100
    assert snapshots.value(kept, Code.RISKS) is None
    assert snapshots.value({}, Code.RISKS) is None
    assert snapshots.tone(kept, "ABC", Dimension.PLAN) is Tone.GOOD
    assert snapshots.tone(kept, "NONE") is Tone.UNKNOWN
    assert kept["outcomes"] == {"S1": [4, 4, 0]}
    assert kept["sectors"]["ABC"]["level"] == 3
    assert len(snapshots.counted(city)) == 9


def test_two_scores_are_compared_as_they_are_shown():
    assert snapshots.change(79.6, 70.2).points == 10
    assert snapshots.change(None, 70.2).points is None
    assert snapshots.change(70.2, None).points is None


def test_a_course_runs_from_the_oldest_to_the_newest():
    dots = snapshots.course([(date(2026, 11, 1), 50.0), (date(2026, 10, 1), 100.0), (date(2026, 9, 1), None)])

    assert [(dot.value, dot.x, dot.y) for dot in dots] == [(100, 36.0, 12.0), (50, 628.0, 102.0)]
    assert snapshots.course([]) == []


# KUJA


def test_a_high_score_in_the_quick_test_is_bad():
    assert kuja.has_deficiencies(KujaTool.QUICK_TEST, 15)
    assert not kuja.has_deficiencies(KujaTool.QUICK_TEST, 14)
    assert not kuja.has_deficiencies(KujaTool.QUICK_TEST, None)
    assert not kuja.has_deficiencies(KujaTool.ASSESSMENT, 15)


def test_a_result_says_when_by_what_by_whom_and_what():
    empty = {problem.field for problem in kuja.result_problems(KujaResultEntry(), on=ON)}
    wrong = KujaResultEntry(assessed_on=date(2026, 11, 22), tool_version="2", part=6, points=-1, assessed_by="x")
    good = KujaResultEntry(assessed_on=ON, tool_version="2", part=5, result="Taso 2", assessed_by="x")

    assert empty == {"assessed_on", "tool_version", "assessed_by", "result"}
    assert {problem.field for problem in kuja.result_problems(wrong, on=ON)} == {"assessed_on", "part", "points"}
    assert kuja.result_problems(good, on=ON) == []


def test_a_part_is_labelled_in_finnish_at_least():
    assert kuja.part_problems(KujaPartEntry(label_sv="Ledning"))[0].field == "label_fi"
    assert kuja.part_problems(KujaPartEntry(label_fi="Johtaminen", label_sv="Ledning")) == []
    assert [one.number for one in kuja.SUGGESTED] == list(kuja.PARTS)
