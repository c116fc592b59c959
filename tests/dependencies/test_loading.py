"""Loading a country: the records as arrays, kept from one revision to the next, and what is near a disruption."""

import json
import random
from dataclasses import fields

import numpy as np
import pytest
from sqlalchemy import select

from dependencies import snapshots, tracing
from dependencies.graph import build
from dependencies.loading import graphs, kept, near
from dependencies.loading.arrays import Arrays, arrays
from dependencies.loading.kept import Bulk
from dependencies.models.needs import Dependency, Need
from dependencies.network import Network
from dependencies.packed import Packed, pack
from dependencies.vocabulary import DependencyKind, Strength
from prepare.access import Action
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.db import db, transaction
from risks.models.scenarios import Scenario
from tests.dependencies.cases import draw_case


@pytest.fixture(autouse=True)
def folder(tmp_path):
    """Where snapshots are kept in a test."""
    snapshots.use_folder(tmp_path / "graphs")
    yield tmp_path / "graphs"
    snapshots.use_folder(None)


def same(one: Packed, other: Packed) -> bool:
    for field in fields(Packed):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if field.name == "revision":
            assert a == b
        else:
            assert a.dtype == b.dtype, field.name
            assert a.tolist() == b.tolist(), field.name
    return True


def change(town, act):
    """Change records past the register's rules."""
    with acting_as(SYSTEM), town.doing(Action.SOW), transaction():
        act()


def add_need(town, consumer, suppliers, **more):
    """A need with these suppliers: code → extra hours."""
    name = f"Tarve {len(suppliers)} {sorted(suppliers)} {more}"
    need = Need(
        consumer=town.function(consumer), name=name, **{"strength": Strength.ESSENTIAL, "tolerance_h": 1.0, **more}
    )
    for number, (supplier, extra) in enumerate(suppliers.items()):
        code = f"D-9{number}{consumer[-1]}{len(suppliers)}{more.get('tolerance_h', '')}"
        record = Dependency(code=code, need=need, supplier=town.function(supplier), kind=DependencyKind.POWER)
        record.extra_tolerance_h = extra
        db.session.add(record)


def hard(town):
    """Reserves, a circle, an important and a wished need, a supplier that is retired."""
    add_need(town, "F-EDU-04", {"F-WAT-01": 3.0, "F-EDU-03": 0.0, "F-EDU-05": 2.5}, min_required=2, wished=3)
    add_need(town, "F-EDU-06", {"F-EDU-03": 1.5})
    add_need(town, "F-EDU-01", {"F-EDU-06": 0.0, "F-WAT-01": 0.5}, tolerance_h=0.25)
    add_need(town, "F-EDU-03", {"F-EDU-04": 0.0}, strength=Strength.IMPORTANT)


def degrading(network):
    return sorted((place, network.place[need.consumer]) for place, needs in network.degrades.items() for need in needs)


def test_the_arrays_are_those_of_the_graph(town):
    for step in (lambda: hard(town), lambda: setattr(town.function("F-EDU-05"), "state", "retired")):
        change(town, step)
        network = tracing.loaded().network

        found = arrays(tracing.revision())

        assert same(found.packed, pack(network))
        assert sorted(zip(found.degrading.tolist(), found.degraded.tolist(), strict=True)) == degrading(network)
    assert found.packed.loop.any()
    assert len(found.packed.restart) > found.packed.functions  # the reserves have places of their own


def test_the_arrays_of_the_demo_city_are_those_of_its_graph(demo):
    network = tracing.loaded().network

    found = arrays(tracing.revision())

    assert same(found.packed, pack(network))
    assert sorted(zip(found.degrading.tolist(), found.degraded.tolist(), strict=True)) == degrading(network)


def test_an_empty_installation_has_an_empty_graph(town):
    def retire():
        for need in db.session.scalars(select(Need)):
            need.retired = True

    change(town, retire)

    found = arrays(tracing.revision())

    assert len(found.packed.need) == 0
    assert Bulk(found).engine.losses([0], [0], 100).places.tolist() == [0]


def test_nothing_but_the_revision_is_asked_when_nothing_has_changed(town, statements):
    first = tracing.bulk()
    with statements() as seen:
        again = tracing.bulk()
    change(town, lambda: hard(town))

    assert again is first
    assert len(seen) == 1
    assert tracing.bulk().packed.revision > first.packed.revision


def test_a_graph_that_may_still_be_undone_is_neither_kept_nor_written(town, folder):
    class Undone(Exception):
        pass

    def act():
        hard(town)
        db.session.flush()
        assert tracing.bulk().packed.loop.any()
        raise Undone

    with pytest.raises(Undone):
        change(town, act)

    assert not folder.exists()
    assert not tracing.bulk().packed.loop.any()


def test_the_next_process_opens_what_one_has_loaded(town, statements, folder):
    change(town, lambda: hard(town))
    first = tracing.bulk()
    kept._kept.clear()  # as in another process

    with statements() as seen:
        again = tracing.bulk()

    assert again is not first
    assert same(again.packed, first.packed)
    assert len(seen) == 2  # the revision, and whether it is of the same history
    assert again.arrays.degraded.tolist() == first.arrays.degraded.tolist()
    lost = first.engine.losses([0], [0], 10_000)
    assert again.engine.losses([0], [0], 10_000).minutes.tolist() == lost.minutes.tolist()
    (place,) = folder.iterdir()
    assert [path.stat().st_mode & 0o077 for path in (folder, place, *place.iterdir())] == [0] * 4


def test_the_last_two_revisions_are_kept_on_disk_and_in_memory(town, folder):
    for number in range(4):
        change(town, lambda n=number: add_need(town, "F-EDU-04", {"F-WAT-01": 0.0}, tolerance_h=float(n)))
        last = tracing.bulk().packed.revision

    assert sorted(int(path.name) for path in folder.iterdir()) == [last - 1, last]
    assert len(next(iter(kept._kept.values()))) == kept.KEPT


def damaged(place, how):
    columns, contents = place / snapshots.COLUMNS, place / snapshots.CONTENTS
    told = json.loads(contents.read_text())
    if how == "cut off":
        columns.write_bytes(columns.read_bytes()[:-64])
    elif how == "not an array":
        columns.write_bytes(b"nothing")
    elif how == "no contents":
        contents.write_text("{")
    elif how == "another format":
        contents.write_text(json.dumps({**told, "format": 0}))
    elif how == "a column is missing":
        del told["columns"]["loop"]
        contents.write_text(json.dumps(told))
    else:
        contents.write_text(json.dumps({**told, "mark": f"1 {'0' * 64}"}))


@pytest.mark.parametrize(
    "how", ["cut off", "not an array", "no contents", "another format", "a column is missing", "of another history"]
)
def test_a_snapshot_that_is_damaged_or_of_another_history_is_made_anew(town, folder, how):
    change(town, lambda: hard(town))
    first = tracing.bulk()
    (place,) = folder.iterdir()
    damaged(place, how)
    kept._kept.clear()

    again = tracing.bulk()

    assert same(again.packed, first.packed)
    kept._kept.clear()
    assert snapshots.opened(first.packed.revision) is not None


def test_where_no_file_can_be_written_the_graph_is_loaded_all_the_same(town, folder, caplog):
    folder.write_text("a file stands in the way")

    assert tracing.bulk().packed.functions > 0
    assert "could not be kept" in caplog.text


def test_without_a_folder_nothing_is_kept_on_disk(town, folder):
    snapshots.use_folder(None)

    tracing.bulk()

    assert not folder.exists()


def test_near_a_disruption_the_answer_is_that_of_the_whole_graph(town, acting, monkeypatch):
    change(town, lambda: hard(town))
    with acting("edu.contact") as contact, acting("police") as police:
        scopes = [EVERYTHING, contact.scope, police.scope]
    for code in ("F-WAT-01", "F-EDU-06", "F-EDU-03", "F-EDU-04", "X-POL-01"):
        hits = [*tracing.outage_of(town.function(code), 30)]
        for scope in scopes:
            whole = tracing.run(scope, hits).as_json()
            monkeypatch.setattr(tracing, "WHOLE", 0)
            near = tracing.run_near(scope, hits)
            monkeypatch.undo()
            assert near.as_json() == whole
            assert [b.need.id for b in near.bridges] == [b.need.id for b in tracing.run(scope, hits).bridges]


def test_near_every_scenario_of_the_demo_city_the_answer_is_that_of_the_whole_graph(demo, monkeypatch):
    for scenario in db.session.scalars(select(Scenario).order_by(Scenario.id)):
        hits = tracing.hits_of(scenario)
        whole = tracing.run(EVERYTHING, hits).as_json()
        monkeypatch.setattr(tracing, "WHOLE", 0)
        assert tracing.run_near(EVERYTHING, hits).as_json() == whole
        monkeypatch.undo()


def test_only_whom_a_disruption_concerns_is_counted_against_the_limit(town, monkeypatch):
    """The shelter's loss takes the school with it after 2 h; within 1 h nobody but the shelter is concerned."""
    monkeypatch.setattr(tracing, "WHOLE", 0)
    short, long = (tracing.outage_of(town.function("F-EDU-06"), hours) for hours in (1, 30))

    assert [o.function.code for o in tracing.run_near(EVERYTHING, short, most=1).outcomes] == ["F-EDU-06"]
    with pytest.raises(tracing.TooFar):
        tracing.run_near(EVERYTHING, long, most=1)


def test_more_functions_than_a_statement_names_are_chosen_while_reading(town, monkeypatch):
    change(town, lambda: hard(town))
    only = {town.function("F-EDU-04").id, town.function("F-EDU-01").id}
    named = graphs.read(only)

    monkeypatch.setattr(graphs, "MOST_NAMED", 0)

    assert graphs.read(only) == named
    assert {need.consumer for need in named[1]} == only


def test_a_country_is_ready_before_somebody_waits_for_it_and_a_city_is_not_loaded(town, monkeypatch, statements):
    with statements() as seen:
        tracing.warm()
    assert len(seen) == 1  # how many functions there are
    monkeypatch.setattr(tracing, "WHOLE", 0)

    tracing.warm()

    with statements() as seen:
        assert tracing.bulk().engine.losses([0], [0], 1).places.tolist() == [0]
    assert len(seen) == 1


def test_the_loops_of_the_whole_are_known_near_a_disruption_over_reserves_too():
    dice, found, over_reserves = random.Random(4), 0, 0  # noqa: S311 - reproducible cases
    nobody = np.empty(0, np.int32)
    for _ in range(300):
        functions, needs = draw_case(dice)
        network = Network(build(functions, needs))
        everyone = Bulk(Arrays(pack(network), nobody, nobody))

        hits = [(one.id, 0, 60) for one in functions]

        assert near.near(everyone, hits, 60, None) == ({one.id for one in functions}, network.loops)
        found += bool(network.loops)
        over_reserves += any(a.extra_tolerance_min for n in needs for a in n.alternatives if len(n.alternatives) > 1)
    assert min(found, over_reserves) > 100
