"""What must hold of every cascade, whatever the graph (cascade.md 3.3)."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dependencies.cascade import Outage, repaired, spread
from dependencies.graph import Alternative, FunctionFacts, build
from dependencies.network import Network
from dependencies.outcome import Hit, trace
from dependencies.vocabulary import State, Strength
from tests.dependencies.cases import HORIZON, as_minutes, cases, hits

thorough = settings(max_examples=80, deadline=None)


def down(case, scenario, *, bridged=False, horizon=HORIZON):
    """The set of minutes in which each function is down."""
    functions, needs = case
    outages = spread(Network(build(functions, needs)), [Outage(*hit) for hit in scenario], horizon, bridged=bridged)
    return {function.id: as_minutes(outages.get(function.id, ())) for function in functions}


def within(inner, outer):
    return all(not inner[function] & ~outer[function] for function in inner)


@thorough
@given(st.data())
def test_more_disruption_never_helps(data):
    case = data.draw(cases())
    less = data.draw(hits(len(case[0])))
    more = less + data.draw(hits(len(case[0])))

    assert within(down(case, less), down(case, more))
    assert within(down(case, less, bridged=True), down(case, more, bridged=True))


@thorough
@given(st.data())
def test_two_disruptions_together_are_at_least_both_of_them(data):
    case = data.draw(cases())
    one, other = data.draw(hits(len(case[0]))), data.draw(hits(len(case[0])))

    together = down(case, one + other)

    assert within(down(case, one), together)
    assert within(down(case, other), together)


@thorough
@given(st.data())
def test_an_improvement_never_hurts(data):
    functions, needs = data.draw(cases())
    assume(needs)
    scenario = data.draw(hits(len(functions)))
    base = down((functions, needs), scenario)
    number = data.draw(st.integers(0, len(needs) - 1))
    need = needs[number]

    def with_need(**changes):
        changed = [replace(need, **changes) if at == number else other for at, other in enumerate(needs)]
        return down((functions, changed), scenario)

    assert within(with_need(tolerance_min=need.tolerance_min + 2), base)
    assert within(with_need(strength=Strength.IMPORTANT), base)
    if need.min_required > 1:
        assert within(with_need(min_required=need.min_required - 1), base)
    if len(need.alternatives) > max(need.min_required, need.wished or 0):
        assert within(base, with_need(alternatives=need.alternatives[1:]))


@thorough
@given(st.data())
def test_a_slower_restart_never_helps(data):
    functions, needs = data.draw(cases())
    scenario = data.draw(hits(len(functions)))
    slow = data.draw(st.integers(0, len(functions) - 1))

    slower = [replace(f, restart_min=(f.restart_min or 1) + 2) if f.id == slow else f for f in functions]

    assert within(down((functions, needs), scenario), down((slower, needs), scenario))


@thorough
@given(st.data(), st.integers(1, 8))
def test_the_same_disruption_later_has_the_same_effect_later(data, delay):
    case = data.draw(cases())
    scenario = data.draw(hits(len(case[0])))

    now = down(case, scenario, bridged=True)
    later = down(case, [(f, a + delay, b + delay) for f, a, b in scenario], bridged=True, horizon=HORIZON + delay)

    assert later == {function: members << delay for function, members in now.items()}


@thorough
@given(st.data())
def test_an_outage_within_every_tolerance_stays_alone(data):
    functions, needs = data.draw(cases())
    hit = data.draw(st.integers(0, len(functions) - 1))
    tolerances = [need.tolerance_of(a) for need in needs for a in need.alternatives if a.supplier == hit]
    lasts = min(tolerances, default=10)
    assume(lasts > 0)

    result = down((functions, needs), [(hit, 3, 3 + lasts)])

    assert {function for function, members in result.items() if members} == {hit}


@thorough
@given(st.data())
def test_the_tolerances_along_a_chain_add_up_to_the_first_impact(data):
    functions, needs = data.draw(cases(strengths=(Strength.ESSENTIAL, Strength.ESSENTIAL, Strength.IMPORTANT)))
    scenario = data.draw(hits(len(functions)))
    facts = {need.id: need for need in needs}

    result = trace(Network(build(functions, needs)), [Hit(*hit) for hit in scenario], horizon_min=HORIZON)

    states = {outcome.function.id: outcome.state for outcome in result.outcomes}
    for outcome in result.outcomes:
        chain = outcome.chain
        first, last = chain[0], chain[-1]
        assert (first.function.id, first.at_min) in {(function, start) for function, start, _ in scenario}
        assert (last.function, last.at_min) == (outcome.function, outcome.down_at_min)
        assert first.at_min + sum(step.tolerance_min for step in chain[1:]) == outcome.down_at_min
        for supplier, step in pairwise(chain):
            assert states[supplier.function.id] is State.DOWN
            alternative = next(a for a in step.need.alternatives if a.supplier == supplier.function.id)
            wanting = step.need.wished is not None and step is last and outcome.state is State.DEGRADED
            endured = facts[step.need.id].tolerance_of(alternative)
            assert step.tolerance_min in ({endured, alternative.extra_tolerance_min} if wanting else {endured})


@thorough
@given(st.data())
def test_bridging_only_ever_shortens_and_always_ends(data):
    functions, needs = data.draw(cases())
    scenario = data.draw(hits(len(functions)))
    case = (functions, needs)

    bridged, strict = down(case, scenario, bridged=True), down(case, scenario)

    assert within(bridged, strict)
    # Beyond the last repair only links without circles spread; each restart and each own tolerance is waited for once.
    limit = max(end for _, _, end in scenario) + sum(function.restart_min or 1 for function in functions)
    if limit < HORIZON:
        assert all(members < 1 << limit for members in bridged.values())


@thorough
@given(st.data())
def test_without_a_used_loop_link_the_earliest_return_is_guaranteed(data):
    functions, needs = data.draw(cases())
    scenario = data.draw(hits(len(functions)))

    result = trace(Network(build(functions, needs)), [Hit(*hit) for hit in scenario], horizon_min=HORIZON)

    if down((functions, needs), scenario) != down((functions, needs), scenario, bridged=True):
        assert result.bridged
    if not result.bridged:
        assert all(outcome.up_at_min == outcome.guaranteed_up_at_min for outcome in result.outcomes)


@thorough
@given(st.data())
def test_a_graph_without_circles_needs_no_bridging_and_always_comes_back(data):
    functions, needs = data.draw(cases(acyclic=True))
    scenario = data.draw(hits(len(functions)))

    lists = Network(build(functions, needs))

    assert not lists.loops
    limit = max(end for _, _, end in scenario) + sum(function.restart_min or 1 for function in functions)
    assert all(members < 1 << limit for members in down((functions, needs), scenario, horizon=200).values())


@thorough
@given(st.data())
def test_a_longer_outage_never_does_less(data):
    case = data.draw(cases())
    hit = data.draw(st.integers(0, len(case[0]) - 1))

    losses = [down(case, [(hit, 0, lasts)], bridged=True) for lasts in range(1, 16)]

    assert all(within(shorter, longer) for shorter, longer in pairwise(losses))


@thorough
@given(st.data())
def test_the_functions_numbers_and_their_order_do_not_matter(data):
    functions, needs = data.draw(cases(strengths=(Strength.ESSENTIAL, Strength.IMPORTANT)))
    scenario = data.draw(hits(len(functions)))
    new = dict(enumerate(data.draw(st.permutations([function.id * 7 + 3 for function in functions]))))
    named = [replace(need, name=f"need {number}") for number, need in enumerate(needs)]
    shuffled = data.draw(st.permutations(range(len(needs))))

    renumbered = [
        replace(
            named[old],
            id=number,
            consumer=new[named[old].consumer],
            alternatives=tuple(
                Alternative(new[a.supplier], a.extra_tolerance_min) for a in reversed(named[old].alternatives)
            ),
        )
        for number, old in enumerate(shuffled)
    ]
    others = sorted((replace(f, id=new[f.id]) for f in functions), key=lambda f: f.id)
    moved = [(new[function], start, end) for function, start, end in reversed(scenario)]

    assert told(functions, named, scenario) == told(others, renumbered, moved)


def told(functions: list[FunctionFacts], needs, scenario):
    """What a trace says, by codes and names."""
    result = trace(Network(build(functions, needs)), [Hit(*hit) for hit in scenario], horizon_min=HORIZON)
    return [
        (
            outcome.function.code,
            outcome.state,
            outcome.intervals,
            outcome.up_at_min,
            outcome.guaranteed_up_at_min,
            [(step.function.code, step.at_min, step.need and step.need.name) for step in outcome.chain],
        )
        for outcome in result.outcomes
    ]


@thorough
@given(st.data())
def test_nothing_is_bridged_before_the_last_repair(data):
    case = data.draw(cases())
    scenario = data.draw(hits(len(case[0])))
    at = repaired([Outage(*hit) for hit in scenario], HORIZON)

    strict, bridged = down(case, scenario), down(case, scenario, bridged=True)

    until = (1 << at) - 1
    assert {f: members & until for f, members in strict.items()} == {f: m & until for f, m in bridged.items()}
