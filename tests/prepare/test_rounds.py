"""The round: which step is next, how much is left, and who has not started."""

from prepare import rounds
from prepare.rounds import Stand, Step, Tally

DONE, NEXT, OPEN, LATER = Stand


def step(place, minutes=10, *, begins=True):
    """A step that counts nothing by itself."""
    return Step(place, f"step {place}", "", minutes, "", lambda _scope, _ids, /: {}, begins=begins)


HOLDERS, LISTED, FACTS, PLANS = step(1, 5, begins=False), step(2), step(3, 25), step(4, 60)


def stands(tallies, **more):
    """How far each step is."""
    told = rounds.of(dict(zip((HOLDERS, LISTED, FACTS, PLANS), tallies, strict=True)), **more)
    return [stage.stand for stage in told.stages]


def test_the_first_step_with_work_left_is_the_next_and_those_after_it_are_open():
    assert stands([Tally(3, 3), Tally(2, 5), Tally(1, 4), Tally(0, 4)]) == [DONE, NEXT, OPEN, OPEN]


def test_a_step_after_it_may_be_done_already():
    assert stands([Tally(3, 3), Tally(2, 5), Tally(4, 4), Tally(0, 4)]) == [DONE, NEXT, DONE, OPEN]


def test_a_step_with_nothing_to_do_waits_for_what_comes_before_it():
    assert stands([Tally(3, 3), Tally(0, 5), Tally(), Tally()]) == [DONE, NEXT, LATER, LATER]
    assert stands([Tally(3, 3), Tally(5, 5), Tally(), Tally()]) == [DONE, DONE, DONE, DONE]


def test_a_step_that_somebody_else_takes_is_open_but_not_next():
    tallies = [Tally(1, 3), Tally(2, 5), Tally(1, 4), Tally(0, 4)]

    assert stands(tallies, able={LISTED, FACTS, PLANS}) == [OPEN, NEXT, OPEN, OPEN]
    assert stands(tallies, able=set()) == [OPEN, OPEN, OPEN, OPEN]
    assert stands([Tally(1, 3), Tally(5, 5), Tally(), Tally()], able={LISTED}) == [OPEN, DONE, LATER, LATER]


def test_the_round_adds_up_what_is_left_of_its_steps():
    told = rounds.of({PLANS: Tally(1, 4), HOLDERS: Tally(1, 3), LISTED: Tally(5, 5), FACTS: Tally(2, 4)})

    # 2 holders x 5 min + 2 functions x 25 min + 3 plans x 60 min
    assert told.minutes == 10 + 50 + 180
    assert (told.done, len(told.stages), told.is_complete) == (1, 4, False)
    assert [stage.step.place for stage in told.stages] == [1, 2, 3, 4]
    assert told.next.step is HOLDERS


def test_a_complete_round_has_no_next_step_and_no_minutes():
    told = rounds.of({HOLDERS: Tally(3, 3), LISTED: Tally(7, 5)})

    assert (told.is_complete, told.next, told.minutes) == (True, None, 0)


def test_who_has_only_named_duty_holders_has_not_started():
    assert not rounds.has_started({HOLDERS: Tally(3, 3), LISTED: Tally(0, 5)})
    assert rounds.has_started({HOLDERS: Tally(0, 3), LISTED: Tally(1, 5)})


def test_tallies_of_several_organisations_add_up_and_never_fall_below_nothing():
    assert Tally(1, 3) + Tally(2, 5) == Tally(3, 8)
    assert Tally(5, 3).left == 0
    assert rounds.at_least(9, 5) == Tally(5, 5)
    assert rounds.at_least(2, 5) == Tally(2, 5)
