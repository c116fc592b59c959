"""What is drawn: small cases worked by hand, what must never happen, and the same answer whoever works it out."""

import random
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from dependencies import draws, uncertainty
from dependencies.cascade import Outage
from dependencies.draws import SPREADS, Streams
from dependencies.engines import engine
from dependencies.graph import build
from dependencies.network import Network
from dependencies.outcome import Hit, trace
from dependencies.plain import Plain
from dependencies.uncertainty import NEVER, Case, Draw, Effort, Question, sample, work
from dependencies.uncertainty import Task as Piece
from dependencies.vocabulary import Standing, ToleranceBasis
from dependencies.workers import Cores, Here
from prepare.vocabulary import Criticality
from tests.dependencies.cases import draw_case, draw_hits, function, need, network
from tests.dependencies.test_doubts import unsure

GRID, PUMPS, WARD, RADIO, MAST = range(5)
HOUR = 60
STORM = 1
EFFORT = Effort(draws=20, seed=3, tried=4, forced=8)


def quiet(*_told):
    """Nobody listens."""


def confirmed(one):
    """The need with every supplier's word for it."""
    return replace(one, alternatives=tuple(replace(a, standing=Standing.CONFIRMED) for a in one.alternatives))


def town(*, sure=False):
    """The pumps need the grid (2 h), the ward the pumps (1 h) and the radio or the mast (0 h); the radio the grid."""
    vital = {"criticality": Criticality.K1, "mtpd_min": 4 * HOUR}
    functions = [function(GRID), function(PUMPS, 10), function(WARD, 30, **vital), function(RADIO), function(MAST)]
    needs = [need(PUMPS, GRID, 2 * HOUR), need(WARD, PUMPS, HOUR), need(WARD, [RADIO, MAST]), need(RADIO, GRID, HOUR)]
    return network(functions, [confirmed(one) for one in needs] if sure else needs)


def asking(net, *hits, bases=None, seed=3):
    return Question(unsure(net, bases), (Case(STORM, tuple(Outage(*hit) for hit in hits)),), seed)


def told(question, number, make=Plain):
    """Place → (minutes down, longest outage) of one draw."""
    outages, _moves = work(question, make(question.packed), Piece(0, number, number + 1))
    rows = zip(outages.places.tolist(), outages.minutes.tolist(), outages.longest.tolist(), strict=True)
    return {place: (minutes, longest) for place, minutes, longest in rows}


@pytest.fixture
def drawing(monkeypatch):
    """Let every draw take these lots, in millionths."""

    def use(**lots):
        monkeypatch.setattr(draws, "streams", lambda seed, draw: Streams(*Streams._fields))
        monkeypatch.setattr(draws, "lots", lambda stream, ids: np.full(len(ids), lots.get(stream, 500_000), np.int64))

    return use


def test_the_middle_of_every_spread_is_what_is_recorded(drawing):
    question = asking(town(), (GRID, 0, 6 * HOUR))
    drawing(links=0)

    # the pumps are out from 2 h until 10 min after the grid is back, the ward from 3 h until 30 min after the pumps
    expected = {GRID: (360, 360), PUMPS: (250, 250), WARD: (220, 220), RADIO: (301, 301)}
    assert told(question, 1) == told(question, 0) == expected


def test_durations_tolerances_and_restarts_are_worked_by_hand(drawing):
    known = {1: ToleranceBasis.ESTIMATED, 2: ToleranceBasis.MEASURED, 4: None}
    question = asking(town(sure=True), (GRID, 30, 30 + 6 * HOUR), bases=known)
    drawing(durations=950_000, tolerances=50_000, restarts=950_000)

    # the grid is out twice as long, 12 h; estimated 2 h → 1 h, measured 1 h → 54 min, unknown 1 h → 15 min
    grid, pumps = 720, 720 - 60 + 15
    ward = pumps - 54 + 45
    assert told(question, 1) == {GRID: (grid,) * 2, PUMPS: (pumps,) * 2, WARD: (ward,) * 2, RADIO: (707, 707)}


def test_a_dependency_that_is_absent_carries_nothing_on(drawing):
    question = asking(town(), (GRID, 0, 6 * HOUR))
    drawing(links=999_999)

    assert told(question, 1) == {GRID: (360, 360)}


def test_whatever_is_sure_is_never_absent(drawing):
    question = asking(town(sure=True), (GRID, 0, 6 * HOUR))
    drawing(links=999_999)

    assert told(question, 1) == told(question, 0)


def test_a_restart_that_nobody_knows_stays_one_minute(drawing):
    net = network([function(GRID), function(PUMPS, None)], [need(PUMPS, GRID, 2 * HOUR)])
    drawing(restarts=950_000, links=0)

    assert told(asking(net, (GRID, 0, 6 * HOUR)), 1)[PUMPS] == (241, 241)


def test_what_an_unconfirmed_dependency_moves_is_worked_by_hand():
    """Without the link from the grid neither pumps nor ward go down; the ward has the mast when the radio is gone."""
    question = asking(town(), (GRID, 0, 6 * HOUR))

    _outages, moves = work(question, Plain(question.packed), Piece(0, 0, 1, links=(0, 1, 2, 3, 4)))

    rows = {}
    for link, _draw, place, minutes in zip(*(column.tolist() for column in moves), strict=True):
        rows.setdefault(question.doubts.links[link], {})[place] = minutes
    # links by number: 1 pumps-grid, 2 ward-pumps, 3 ward-radio, 4 ward-mast, 5 radio-grid
    assert rows == {
        1: {PUMPS: 250, WARD: 220},
        2: {WARD: 220},
        # without the mast the ward falls with the radio after 1 h already, still up to 30 min after the pumps
        4: {WARD: 220 - (370 + 30 - 60)},
        5: {RADIO: 301},
    }


def test_the_mast_that_is_there_makes_it_better_and_the_pumps_that_are_needed_worse():
    question = asking(town(), (GRID, 0, 6 * HOUR))

    drawn = sample(question, Effort(draws=40, seed=3, tried=2, forced=40), Here(), quiet)

    assert question.doubts.links[drawn.links].tolist() == [1, 2]  # the heaviest two of five
    assert (drawn.moves[0].minutes > 0).all()


def test_nothing_that_is_forced_where_its_suppliers_stay_up():
    question = asking(town(), (MAST, 0, HOUR))

    _outages, moves = work(question, Plain(question.packed), Piece(0, 0, 1, links=(0, 1)))

    assert [len(column) for column in moves] == [0, 0, 0, 0]


def test_a_longer_disruption_never_does_less_in_any_draw():
    dice = random.Random(8)  # noqa: S311 - reproducible cases
    for _ in range(60):
        functions, needs = draw_case(dice)
        net = Network(build(functions, needs))
        short = [(place, start, end) for place, start, end in draw_hits(dice, len(functions))]
        long = [(place, start, end + 9) for place, start, end in short]
        for number in range(4):
            less, more = told(asking(net, *short), number), told(asking(net, *long), number)
            assert less.keys() <= more.keys()


def test_a_need_with_one_supplier_is_never_better_for_being_there():
    dice = random.Random(9)  # noqa: S311 - reproducible cases
    for _ in range(40):
        functions, needs = draw_case(dice)
        question = asking(Network(build(functions, needs)), *draw_hits(dice, len(functions)))
        only = [n for n, group in enumerate(question.doubts.group) if group < 0]

        _outages, moves = work(question, Plain(question.packed), Piece(0, 0, 3, links=tuple(only)))

        assert (moves.minutes > 0).all()


def test_another_need_elsewhere_changes_no_draw_of_this_one():
    question = asking(town(), (GRID, 0, 6 * HOUR))
    more = network(town().functions, [*(n for n in town().facts if n), need(MAST, WARD, 5)])
    later = asking(more, (GRID, 0, 6 * HOUR))

    for number in range(1, 6):
        before, after = Draw.of(question.doubts, 3, number), Draw.of(later.doubts, 3, number)
        numbers = {id_: t for id_, t in zip(later.doubts.ids.tolist(), after.tolerance.tolist(), strict=True) if t}
        assert all(
            numbers[id_] == t for id_, t in zip(question.doubts.ids.tolist(), before.tolerance, strict=True) if t
        )


def test_without_any_doubt_every_draw_is_the_trace(monkeypatch):
    monkeypatch.setattr(draws, "SPREADS", np.full_like(SPREADS, 100))
    dice = random.Random(6)  # noqa: S311 - reproducible cases
    for _ in range(30):
        functions, needs = draw_case(dice)
        net = Network(build(functions, [confirmed(one) for one in needs]))
        hits = draw_hits(dice, len(functions))
        traced = trace(net, [Hit(net.functions[place].id, start, end) for place, start, end in hits], horizon_min=NEVER)
        expected = {net.place[o.function.id]: sum(e - s for s, e in o.intervals) for o in traced.outcomes}

        for number in (0, 1, 2):
            assert {place: minutes for place, (minutes, _) in told(asking(net, *hits), number).items()} == expected


def same(one, other):
    """Whether two samples hold the same bits."""
    columns = [[*sample.links, *sample.outages, *sample.moves] for sample in (one, other)]
    return all(
        np.array_equal(a, b) and np.asarray(a).dtype == np.asarray(b).dtype
        for left, right in zip(*columns, strict=True)
        for a, b in zip(np.atleast_1d(left), np.atleast_1d(right), strict=True)
    )


@pytest.fixture(scope="module")
def wide():
    """Two cases on a graph of some size."""
    dice = random.Random(11)  # noqa: S311 - reproducible cases
    functions, needs = draw_case(dice, largest=60)
    vital = [replace(function, criticality=Criticality.K2) for function in functions]
    question = asking(Network(build(vital, needs)), (0, 0, 300), (1, 60, 500))
    return replace(question, cases=(question.cases[0], Case(2, (Outage(3, 0, 90),))))


def test_the_pieces_in_which_it_is_done_change_nothing(wide, monkeypatch):
    whole = sample(wide, EFFORT, Here(), quiet)

    monkeypatch.setattr(uncertainty, "CHUNK_S", 1e-6)

    assert len(whole.outages[0].draws) > 50
    assert len(whole.moves[0].draws)
    assert same(whole, sample(wide, EFFORT, Here(), quiet))


def test_processes_of_this_machine_draw_the_same(wide, monkeypatch):
    monkeypatch.setattr(uncertainty, "CHUNK_S", 1e-6)

    assert same(sample(wide, EFFORT, Here(), quiet), sample(wide, EFFORT, Cores(2, Plain), quiet))


def test_every_engine_draws_the_same(wide):
    plain, compiled = (sample(wide, EFFORT, Cores(2, make), quiet) for make in (Plain, partial(engine, compiled=True)))

    assert same(plain, compiled)


def test_it_is_told_how_far_the_work_has_come(wide):
    heard = []

    sample(wide, EFFORT, Here(), lambda *told: heard.append(told))

    assert {stage for stage, _done, _of in heard} == {"draws", "first look", "forced"}
    assert all(1 <= done <= of for _stage, done, of in heard)


def test_a_scenario_that_stops_nothing_is_drawn_to_nothing():
    drawn = sample(asking(town()), EFFORT, Here(), quiet)

    assert [len(column) for column in drawn.outages[0]] == [0, 0, 0, 0]
    assert drawn.links.tolist() == []
