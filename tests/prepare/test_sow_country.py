"""A synthetic country: exactly as large as asked for, believable, and the same again from the same seed."""

import networkx as nx
import pytest
from sqlalchemy import func, select

from continuity.models.plans import Plan
from dependencies import tracing
from dependencies.graph import loop_links, needs_of
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.tracing import loaded
from prepare import anchors, audit
from prepare.actor import EVERYTHING
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.queries import verification
from prepare.sow.country import names
from prepare.sow.country.size import Size
from prepare.sow.country.sowing import sow
from prepare.sow.country.works import shares
from prepare.sow.users import USERS
from prepare.vocabulary import Confidentiality, Criticality, FunctionState
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries
from tests import conftest


@pytest.fixture(scope="module")
def empty_file(app, tmp_path_factory):
    """A migrated database without data."""
    return conftest.template(app, tmp_path_factory.mktemp("empty"), lambda: None)


@pytest.fixture
def empty(app, empty_file):
    """An installation without data."""
    conftest.lay(app, empty_file)
    with app.app_context(), conftest.texts.speaking("en"):
        yield
        db.session.rollback()


@pytest.fixture(scope="module")
def country_file(app, tmp_path_factory):
    """Three municipalities with 600 functions."""
    fill = lambda: sow(Size(600, 2500, 3), with_users=True)  # noqa: E731
    return conftest.template(app, tmp_path_factory.mktemp("country"), fill)


@pytest.fixture
def country(app, country_file):
    """Three municipalities with 600 functions, to be read."""
    conftest.lay(app, country_file)
    with app.app_context(), conftest.texts.speaking("en"):
        yield
        db.session.rollback()


def count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def told(seed):
    """What a country of this seed looks like, in short."""
    sow(Size(150, 500, 2, seed), with_users=False)
    functions = db.session.execute(select(Function.ref, Function.code, Function.name_fi, Function.rto_h)).all()
    pairs = db.session.execute(select(Dependency.ref, Need.consumer_id, Dependency.supplier_id).join(Dependency.need))
    return functions, pairs.all()


@pytest.mark.usefixtures("empty")
class TestSize:
    @pytest.mark.parametrize(
        ("functions", "dependencies", "municipalities"),
        [(1, 0, 1), (2, 2, 1), (6, 30, 1), (12, 0, 12), (12, 40, 5), (60, 200, 1), (100, 1500, 1), (400, 1600, 13)],
    )
    def test_there_are_exactly_so_many(self, functions, dependencies, municipalities):
        counts = sow(Size(functions, dependencies, municipalities), with_users=False)

        assert (counts["function"], count(Function)) == (functions, functions)
        assert (counts["dependency"], count(Dependency)) == (dependencies, dependencies)
        assert count(Organisation, Organisation.kind == "city") == municipalities

    def test_nobody_depends_twice_on_one_supplier_or_on_itself(self):
        sow(Size(8, 56), with_users=False)
        rows = db.session.execute(select(Need.consumer_id, Dependency.supplier_id).join(Dependency.need)).all()

        assert len(set(rows)) == 56
        assert all(consumer != supplier for consumer, supplier in rows)

    def test_it_is_sown_only_into_an_empty_database(self):
        sow(Size(5, 4), with_users=False)

        with pytest.raises(RuleBroken, match="has data already"):
            sow(Size(5, 4), with_users=False)

    def test_without_demo_there_are_no_users(self):
        sow(Size(60, 100), with_users=False)

        assert count(User) == 0


def test_the_same_seed_gives_the_same_country_and_another_seed_another(app, empty_file):
    found = []
    for seed in (7, 7, 8):
        conftest.lay(app, empty_file)
        with app.app_context():
            found.append(told(seed))
            db.session.rollback()

    assert found[0] == found[1]
    assert found[0] != found[2]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((0, 0), "at least one function"),
        ((-5, 3), "at least one function"),
        ((5, -1), "cannot be negative"),
        ((5, 21), "at most 20 dependencies"),
        ((5, 3, 6), "too few for 6 municipalities"),
        ((5, 3, 0), "at least one municipality"),
        ((5000, 3, 1000), "At most 999"),
    ],
)
def test_a_size_that_cannot_be_is_refused_in_words(numbers, message):
    with conftest.texts.speaking("en"), pytest.raises(RuleBroken, match=message):
        Size(*numbers)


@pytest.mark.usefixtures("country")
class TestCountry:
    def test_it_has_something_for_every_page(self):
        models = (Need, Interface, Scenario, Risk, Plan)
        assert all(count(model) > 5 for model in models), {model: count(model) for model in models}
        assert count(User) == len(USERS) + 1

    def test_operators_are_shared_between_municipalities(self):
        consumer = select(Organisation.path, func.count()).join(Function).join(Need).join(Dependency)
        grid = select(Function.id).where(Function.code == "X-FIN-01").scalar_subquery()
        paths = db.session.execute(consumer.where(Dependency.supplier_id == grid).group_by(Organisation.path)).all()

        assert len({path.split("/")[2] for path, _count in paths}) >= 2

    def test_classes_are_spread_as_in_the_demo_city(self):
        demo = {Criticality.K1: 36, Criticality.K2: 19, Criticality.K3: 13, Criticality.K4: 9}
        rows = select(Function.criticality, func.count()).where(Function.criticality.is_not(None))
        found = dict(db.session.execute(rows.group_by(Function.criticality)).all())
        whole = sum(found.values())

        assert all(abs(found[c] / whole - n / 77) < 0.15 for c, n in demo.items()), found

    def test_some_things_are_unknown_some_secret_and_some_not_in_force(self):
        assert count(Function, Function.recovery_capability_h.is_(None), Function.criticality.is_not(None)) > 5
        assert 10 < count(Function, Function.confidentiality == Confidentiality.CONFIDENTIAL) < 200
        assert count(Function, Function.secrecy_basis.is_not(None)) == count(
            Function, Function.confidentiality == Confidentiality.CONFIDENTIAL
        )
        assert count(Function, Function.state == FunctionState.DRAFT) > 5

    def test_needs_have_alternatives_and_functions_stand_in_circles(self):
        graph = loaded().graph
        groups = [need for need in needs_of(graph) if len(need.alternatives) > 1]

        assert {need.min_required for need in groups} == {1, 2}
        assert len(groups) > 50
        assert loop_links(needs_of(graph))
        assert not nx.is_directed_acyclic_graph(graph)

    def test_what_only_is_reached_is_computed_alike(self, monkeypatch):
        """Loading the part of the graph between the hits and the reader's functions changes no answer."""
        whole = {
            code: EVERYTHING.below(path)
            for code, path in db.session.execute(
                select(Organisation.code, Organisation.path).where(
                    Organisation.code.in_(["MAA", "001-CITY", "003-KAS"])
                )
            )
        }
        scenarios = db.session.scalars(
            select(Scenario).where(Scenario.code.in_(["S1", "S2", "S3-001", "S5-003"]))
        ).all()
        for scope in whole.values():
            for scenario in scenarios:
                hits = tracing.hits_of(scenario)
                monkeypatch.setattr(tracing, "WHOLE", 10_000)
                expected = tracing.run_near(scope, hits).as_json()
                monkeypatch.setattr(tracing, "WHOLE", 0)
                assert tracing.run_near(scope, hits).as_json() == expected
                assert expected["disruptions"] or scope is not whole["MAA"]

    def test_a_disruption_that_reaches_too_many_is_not_computed(self, monkeypatch):
        hits = tracing.hits_of(db.session.scalars(select(Scenario).where(Scenario.code == "S1")).one())
        monkeypatch.setattr(tracing, "WHOLE", 0)

        with pytest.raises(tracing.TooFar, match="more than 20"):
            tracing.run_near(EVERYTHING, hits, most=20)

    def test_every_municipality_reads_the_countrys_scenarios_and_its_own(self):
        scope = EVERYTHING.below(
            db.session.scalars(select(Organisation.path).where(Organisation.code == "002-CITY")).one()
        )
        codes = {scenario.code for scenario in db.session.scalars(scenario_queries.scenarios(scope))}

        assert {"S1", "S3-002"} <= codes
        assert "S3-001" not in codes

    def test_the_trail_tells_of_it_in_one_entry(self):
        payload = db.session.scalars(select(audit.AuditPayload)).one().changes

        assert (payload["sown"]["function"], payload["sown"]["dependency"], payload["seed"]) == (600, 2500, 1)
        assert verification.verify(anchors.read()).holds

    def test_records_are_added_after_the_sown_ones(self):
        last = db.session.scalar(select(func.max(Organisation.id)))
        with conftest.the_town.doing(conftest.the_town.Action.SOW):
            top = Organisation(code="NEW", kind="city", name_fi="Uusi", path="/x/", sort_name="uusi")
            db.session.add(top)
            db.session.flush()

        assert top.id == last + 1


def test_places_have_names_of_their_own():
    towns = [names.town(number).fi for number in range(999)]
    districts = [names.district(number).fi for number in range(2000)]

    assert len(set(towns)) == 999
    assert len(set(districts)) == 2000
    assert names.town(0) == ("Tammivirta", "Ekström", "Tammivirta", "Tammivirran", "Ekströms")


def test_parts_add_up_to_the_whole():
    assert shares(10, [1.0, 1.0, 1.0]) == [3, 4, 3]
    assert sum(shares(97, [0.3] * 31)) == 97
    assert shares(0, [1.0, 2.0]) == [0, 0]
