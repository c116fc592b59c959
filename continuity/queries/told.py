"""What a version of a plan holds beside its texts, in words of the language in use."""

from collections.abc import Sequence

from continuity.models.contents import ActionCard, CardTask, DocumentRef, LevelTask, Strategy
from continuity.models.plans import PlanVersion
from continuity.queries import contents as queries
from continuity.vocabulary.contents import LostResource, PreparednessLevel
from continuity.whole import Card, CardStep, Contents, DocumentLine, LevelLine, StrategyLine
from prepare.actor import Scope
from prepare.db import db
from prepare.models.functions import Function
from prepare.texts import _, hours, name_of


def contents(scope: Scope, versions: Sequence[PlanVersion]) -> dict[int, Contents]:
    """Id → the strategies, action cards, level tasks and documents of versions of opened plans, as they are read."""
    every = {version.id: version for version in versions}
    rows = (
        queries.strategies(scope).where(Strategy.plan_version_id.in_(every)),
        queries.cards(scope).where(ActionCard.plan_version_id.in_(every)),
        queries.level_tasks(scope).where(LevelTask.plan_version_id.in_(every)),
        queries.documents(scope).where(DocumentRef.plan_version_id.in_(every)),
    )
    strategies, cards, levels, documents = (db.session.scalars(one).all() for one in rows)
    return {
        one: Contents(
            tuple(_strategy(s) for s in sorted(strategies, key=_lost) if s.plan_version_id == one),
            tuple(_card(scope, version, c) for c in cards if c.plan_version_id == one),
            tuple(_level(t) for t in sorted(levels, key=_rank) if t.plan_version_id == one),
            tuple(DocumentLine(d.title, d.kept_at, d.case_number or "") for d in documents if d.plan_version_id == one),
        )
        for one, version in every.items()
    }


def _lost(one: Strategy) -> int:
    return tuple(LostResource).index(one.lost_resource)


def _rank(one: LevelTask) -> int:
    return tuple(PreparednessLevel).index(one.level)


def _level(one: LevelTask) -> LevelLine:
    return LevelLine(one.level.label, one.task, one.role or "", one.trigger or "", _within_h(one.within_h))


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
