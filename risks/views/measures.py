"""The measures: the list of all of them, and one measure's page."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from types import SimpleNamespace

from flask import render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.models.organisations import Organisation
from prepare.queries.pages import page
from prepare.texts import name_of
from prepare.views import choosing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging, sorting
from prepare.vocabulary import CodeList
from risks import measuring
from risks.entries.measures import of_record
from risks.models.measures import Measure
from risks.queries import measures as queries
from risks.queries import risks as risk_queries
from risks.views import choices
from risks.views.blueprint import bp
from risks.views.sources import origin
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import ENDED_STATES, OPEN_STATES, MeasureKind, MeasureSource, MeasureState


@bp.get("/measures/")
@opens_page(Action.VIEW_MEASURE)
def measures() -> ResponseReturnValue:
    """Every measure that may be read: search, filters, order, paging; ?overdue=1 lists those that are late."""
    owners = choosing.organisations()
    asked = wanted_measures(owners)
    late = request.args.get("overdue") == "1"
    found = queries.measures(actor.current().scope, asked.wanted)
    if late:
        found = queries.overdue(found, on=today())
    elif not asked.wanted.state:
        found = queries.unended(found)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    order, falling = sorting("due")
    ordered = queries.ordered(found, order, descending=falling)
    rows = db.session.scalars(page(ordered, Measure.id, offset=at.offset, limit=PAGE_SIZE))
    return render_template(
        "risks/measures.html", rows=[row_of(m) for m in rows], at=at, late=late, asked=asked, **filter_choices(owners)
    )


def wanted_measures(owners: Mapping[str, Organisation]) -> SimpleNamespace:
    """What the address asks for: `.wanted` by the query, `.organisation` the chosen code, `.any` whether anything."""
    args = request.args
    chosen = args.get("organisation", "")
    wanted = queries.Wanted(
        q=args.get("q", "")[:200],
        organisation=owners[chosen].path if chosen in owners else "",
        state=word(MeasureState, args.get("state")),
        source=word(MeasureSource, args.get("source")),
        kind=word(MeasureKind, args.get("kind")),
        level=word(SteeringLevel, args.get("level")),
        area=args.get("area", "")[:20],
        due=day_asked(args.get("due")),
        undated=args.get("undated") == "1",
    )
    return SimpleNamespace(
        wanted=wanted, organisation=chosen if chosen in owners else "", any=wanted != queries.Wanted()
    )


def day_asked(text: str | None) -> date | None:
    """The day that the address names, as 2026-12-31; None when it names none."""
    with suppress(ValueError):
        return date.fromisoformat(text or "")
    return None


def filter_choices(owners: Mapping[str, Organisation]) -> dict[str, object]:
    """What the filters offer."""
    return {
        "organisations": [(o.code, name_of(o)) for o in owners.values()],
        "states": MeasureState,
        "sources": MeasureSource,
        "kinds": MeasureKind,
        "levels": SteeringLevel,
        "areas": choices.codes(CodeList.AREA, with_code=False),
    }


def row_of(measure: Measure) -> SimpleNamespace:
    """A measure as lists show it: `.late` is by how many days it is overdue, or None."""
    return SimpleNamespace(measure=measure, late=measuring.overdue_days(measure.state, measure.due, on=today()))


@bp.get("/measures/<uuid:ref>")
@opens(Measure, Action.VIEW_MEASURE)
def measure(measure: Measure) -> ResponseReturnValue:
    """One measure: what is done and by whom, how far it is, because of what, and what it still lacks."""
    who = actor.current()
    late = measuring.overdue_days(measure.state, measure.due, on=today())
    risks = db.session.scalars(risk_queries.of_measure(who.scope, measure)).all()
    gaps = measuring.gaps(of_record(measure), overdue_reason=measure.overdue_reason, is_late=late is not None)
    return render_template(
        "risks/measure.html",
        measure=measure,
        late=late,
        gaps=gaps if measure.state not in ENDED_STATES else [],
        origin=origin(measure),
        risks=risks,
        hidden_risks=len(measure.risks) - len(risks),
        area=dict(choices.codes(CodeList.AREA, with_code=False)).get(measure.area, measure.area)
        if measure.area
        else None,
        steps=steps_for(measure),
    )


def steps_for(measure: Measure) -> dict[str, bool]:
    """Step of the life cycle → whether this person may take it now; `own_report` tells why verifying is not open."""
    who, state = actor.current(), measure.state
    verifies = state is MeasureState.DONE and may(who, Action.VERIFY_MEASURE, measure)
    own_report = measure.done_by_id is not None and measure.done_by_id == who.user_id
    works = may(who, Action.ADVANCE_MEASURE, measure)
    return {
        "start": works and state in measuring.STARTS,
        "advance": works and state in OPEN_STATES,
        "finish": works and state is MeasureState.IN_PROGRESS,
        "verify": verifies and not own_report,
        "own_report": verifies and own_report,
        "cancel": works and state in measuring.CANCELS,
        "reopen": works and state in measuring.REOPENS,
    }
