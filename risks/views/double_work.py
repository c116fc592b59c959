"""Where programmes and plans may do the same work: each pair with what it has in common and who should meet."""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.actor import Scope
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.texts import name_of
from prepare.views.functions import word
from risks import double_work as rules
from risks.double_work import Overlap, Work
from risks.models.programmes import Programme
from risks.models.safety_plans import SafetyPriority
from risks.queries import programmes as programme_queries
from risks.queries import safety_plans as plan_queries
from risks.views import places
from risks.views.blueprint import bp
from risks.vocabulary.safety import Theme

MOST_COMPARED = 500  #: programmes, and priorities, that are compared with one another
MOST_SHOWN = 60


@bp.get("/safety/double-work")
@opens_page(Action.VIEW_SAFETY)
def double_work() -> ResponseReturnValue:
    """Pairs of programmes and priorities about the same, for the same people, in the same area; ?theme= narrows."""
    areas, theme = places.load(), word(Theme, request.args.get("theme"))
    works = list(_works(actor.current().scope))
    pairs = rules.overlaps([work for work, _record, _measures in works], areas.lines)
    asked = [pair for pair in pairs if theme is None or theme in pair.themes]
    records = {work.code: SimpleNamespace(work=work, record=r, measures=m) for work, r, m in works}
    return render_template(
        "risks/double_work.html",
        pairs=[_told(pair, records, areas) for pair in asked[:MOST_SHOWN]],
        total=len(asked),
        unsaid=[_side(records[work.code]) for work, _r, _m in works if not rules.is_comparable(work)],
        theme=theme,
        themes=[one for one in Theme if any(one in pair.themes for pair in pairs)],
    )


def _works(scope: Scope) -> Any:
    """Every open programme and every priority of an open plan: (as the rule sees it, the record, its measures)."""
    for programme in db.session.scalars(programme_queries.programmes(scope).limit(MOST_COMPARED)):
        yield _of_programme(programme), programme, []
    priorities = db.session.scalars(plan_queries.priorities(scope).limit(MOST_COMPARED)).all()
    measures = defaultdict(list)
    plans = {priority.safety_plan_id for priority in priorities}
    for measure, number in db.session.execute(plan_queries.measures(scope, *plans)) if plans else ():
        measures[number].append(measure)
    for priority in priorities:
        held = measures[priority.id]
        yield _of_priority(priority, frozenset(one.code for one in held)), priority, held


def _of_programme(programme: Programme) -> Work:
    return Work(
        code=programme.code,
        whole=programme.code,
        themes=programme.themes,
        areas=programme.areas,
        target_groups=programme.target_groups,
        begins=programme.period_from,
        ends=programme.period_to,
        who=frozenset(one.code for one in programme.organisations),
    )


def _of_priority(priority: SafetyPriority, measures: frozenset[str]) -> Work:
    plan = priority.safety_plan
    area = priority.area or plan.area
    return Work(
        code=priority.code,
        whole=plan.code,
        themes=(priority.theme,) if priority.theme else (),
        areas=(area,) if area else (),
        target_groups=priority.target_groups,
        begins=plan.period_from,
        ends=plan.period_to,
        who=frozenset(one.code for one in priority.participants),
        measures=measures,
    )


def _told(pair: Overlap, records: dict[str, SimpleNamespace], areas: places.Areas) -> SimpleNamespace:
    sides = [_side(records[work.code]) for work in (pair.one, pair.other)]
    together = {one.code: name_of(one) for side in sides for one in side.organisations}
    return SimpleNamespace(
        sides=sides,
        themes=pair.themes,
        areas=areas.names(pair.areas),
        groups=pair.target_groups,
        is_wide=pair.is_wide,
        together=sorted(together.values()),
        both=[together[code] for code in pair.who],
        measures=pair.measures,
    )


def _side(found: SimpleNamespace) -> SimpleNamespace:
    """One side of a pair: its name, where it stands, who does it and by which measures."""
    record = found.record
    if isinstance(record, Programme):
        url = url_for("risks.programme", ref=record.ref)
        return SimpleNamespace(record=record, url=url, plan=None, organisations=record.organisations, measures=[])
    url = url_for("risks.safety_plan", ref=record.safety_plan.ref, _anchor=f"priority-{record.rank}")
    held = {"organisations": record.participants, "measures": found.measures}
    return SimpleNamespace(record=record, url=url, plan=record.safety_plan, **held)
