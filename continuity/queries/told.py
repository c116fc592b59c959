"""What a version of a plan holds beside its texts, in words of the language in use."""

from continuity.models.contents import ActionCard, CardTask, Strategy
from continuity.models.plans import PlanVersion
from continuity.queries import contents as queries
from continuity.vocabulary.contents import LostResource, PreparednessLevel
from continuity.whole import Card, CardStep, Contents, DocumentLine, LevelLine, StrategyLine
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.texts import _, hours, name_of


def contents(scope: Scope, version: PlanVersion) -> Contents:
    """The strategies, action cards, level tasks and documents of a version of an opened plan, as they are read."""
    strategies = db.session.scalars(queries.strategies(scope, version)).all()
    levels = db.session.scalars(queries.level_tasks(scope, version)).all()
    return Contents(
        tuple(_strategy(one) for one in sorted(strategies, key=lambda s: tuple(LostResource).index(s.lost_resource))),
        tuple(_card(scope, version, one) for one in db.session.scalars(queries.cards(scope, version))),
        tuple(
            LevelLine(one.level.label, one.task, one.role or "", one.trigger or "", _within_h(one.within_h))
            for one in sorted(levels, key=lambda task: tuple(PreparednessLevel).index(task.level))
        ),
        tuple(
            DocumentLine(one.title, one.kept_at, one.case_number or "")
            for one in db.session.scalars(queries.documents(scope, version))
        ),
    )


def _strategy(one: Strategy) -> StrategyLine:
    rests_on = [resource.name for resource in one.resources if not resource.retired]
    lasts = hours(one.covers_h) if one.covers_h is not None else _("unknown")
    return StrategyLine(
        one.lost_resource.label, one.text, lasts, ", ".join([*rests_on, *filter(None, [one.reference])])
    )


def _card(scope: Scope, version: PlanVersion, one: ActionCard) -> Card:
    lost = one.lost_resource.label if one.lost_resource else ""
    return Card(one.title, lost, _named(scope, version, one.function), one.role or "", tuple(map(_step, one.tasks)))


def _step(task: CardTask) -> CardStep:
    within = _("within %(count)s min", count=task.within_min) if task.within_min is not None else ""
    return CardStep(task.what, task.who or "", within)


def _named(scope: Scope, version: PlanVersion, function: Function | None) -> str:
    """The function of a card, unless the reader may not know it or it is more secret than the plan."""
    if function is None or function.confidentiality.rank > version.plan.confidentiality.rank:
        return ""
    told = scope.names(function.id, function.owner_path, function.confidentiality)
    return f"{function.code} {name_of(function)}" if told else ""


def _within_h(value: float | None) -> str:
    return hours(value) if value is not None else ""
