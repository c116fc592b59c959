"""Everything that a package tells, read once: what the audience may see of each register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from continuity.models.plans import Plan, PlanVersion
from continuity.queries import plans as plan_queries
from continuity.queries.whole import whole
from continuity.whole import Card, Whole
from dependencies import agreements as agreement_rules
from dependencies import queries as dependency_queries
from dependencies.analysing import agreements as agreement_queries
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from exports.package.audiences import Audience
from prepare.actor import Actor
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions as function_queries
from prepare.queries import organisations
from prepare.texts import _, name_of
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries


@dataclass(frozen=True)
class HeldPlan:
    """A plan of which a version is in force, as it is read."""

    plan: Plan
    version: PlanVersion
    whole: Whole


@dataclass(frozen=True)
class HeldCard:
    """An action card, and the plan that holds it."""

    held: HeldPlan
    card: Card


@dataclass(frozen=True)
class Gathered:
    """What an audience may see on a day. A record's number is its place in its list, and in the names of files."""

    audience: Audience
    who: Actor
    on: date
    city: Organisation
    functions: list[Function]  #: the city's own, then partners' services; the most critical first
    needs: dict[int, list[Need]]  #: function id → what it needs
    dependants: dict[int, list[Dependency]]  #: function id → who needs it
    plans: list[HeldPlan]
    unapproved: list[Plan]  #: plans of which no version is in force
    scenarios: list[Scenario]
    interfaces: list[Interface]
    agreements: list[Agreement]  #: that bind the partner on the day
    organisations: list[Organisation]  #: of the city group, with their duty holders
    pages: dict[tuple[str, int], str] = field(default_factory=dict)  #: kind and id of a record → its page

    @property
    def cards(self) -> list[HeldCard]:
        """Every action card, by plan."""
        return [HeldCard(held, card) for held in self.plans for card in held.whole.contents.cards]

    def page(self, record: Any) -> str | None:
        """The page of a record, from the package's top; None when it has none."""
        return self.pages.get((type(record).__name__, record.id))

    def label(self, function: Function) -> str:
        """Code and name of a function, or that it lies outside the audience's view."""
        if self.who.scope.names(function.id, function.owner_path, function.confidentiality):
            return f"{function.code} {name_of(function)}"
        return _("a function outside your view")

    @cached_property
    def covering(self) -> dict[int, list[HeldPlan]]:
        """Function id → the plans in force that cover it."""
        found: dict[int, list[HeldPlan]] = {}
        for held in self.plans:
            for function in held.plan.functions:
                found.setdefault(function.id, []).append(held)
        return found


def gathered(audience: Audience, who: Actor, on: date) -> Gathered:
    """Read what `who`, somebody of the audience, may see on the day."""
    scope = who.scope
    functions = [one for outside in (False, True) for one in _functions(who, outside=outside)]
    plans, unapproved = _plans(who)
    found = Gathered(
        audience,
        who,
        on,
        db.session.scalars(organisations.city(audience.organisation.path)).one(),
        functions,
        _by(db.session.scalars(dependency_queries.needs(scope)), "consumer_id"),
        _by(db.session.scalars(dependency_queries.dependants(scope)), "supplier_id"),
        plans,
        unapproved,
        list(db.session.scalars(scenario_queries.scenarios(scope))),
        list(db.session.scalars(dependency_queries.interfaces(scope))),
        _agreements(who, on),
        list(db.session.scalars(organisations.tree(scope))),
    )
    for folder, records in (
        ("functions", found.functions),
        ("plans", [held.plan for held in plans]),
        ("scenarios", found.scenarios),
        ("interfaces", found.interfaces),
    ):
        _number(found.pages, folder, records)
    return found


def _functions(who: Actor, *, outside: bool) -> Sequence[Function]:
    rows = function_queries.functions(who.scope, outside=outside)
    return db.session.scalars(function_queries.ordered(rows, "criticality")).all()


def _plans(who: Actor) -> tuple[list[HeldPlan], list[Plan]]:
    rows = db.session.execute(plan_queries.ordered(plan_queries.plans(who.scope), "code")).unique().all()
    held = [HeldPlan(plan, version, whole(who.scope, version)) for plan, version, _pending in rows if version]
    return held, [plan for plan, version, _pending in rows if version is None]


def _agreements(who: Actor, on: date) -> list[Agreement]:
    rows = agreement_queries.with_services(who.scope, agreement_queries.Wanted())
    every = db.session.scalars(rows).unique()
    return [one for one in every if agreement_rules.validity(one, on) not in agreement_rules.NOT_BINDING]


def _by(records: Iterable[Any], column: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in records:
        found.setdefault(getattr(one, column), []).append(one)
    return found


def _number(pages: dict[tuple[str, int], str], folder: str, records: Sequence[Any]) -> None:
    """Give each record a page that is named by its place: names can be read in an encrypted package too."""
    digits = max(2, len(str(len(records))))
    for place, one in enumerate(records, start=1):
        pages[type(one).__name__, one.id] = f"{folder}/{place:0{digits}}.html"
