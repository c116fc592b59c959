"""The time-to-impact matrix: functions against scenarios, the hours to the loss in every cell."""

from collections.abc import Sequence
from types import SimpleNamespace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import scenarios
from dependencies.analysing.impact_times import Matrix, impact_times
from dependencies.impact_times import ClassRow, Count, Row, by_class, first_cause, ordered
from dependencies.outcome import Outcome, in_hours
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from dependencies.vocabulary import State
from prepare import actor
from prepare.access import Action
from prepare.gate.opening import opens_page
from prepare.texts import _, hours, name_of, named, ngettext, typed_number
from prepare.views import choosing
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Criticality

MOST_ROWS = 600  #: rows on one page when all are asked for, to be printed
SOONEST = "soonest"


@bp.get("/impact-times/")
@opens_page(Action.VIEW_ANALYSIS)
def impact_times_page() -> ResponseReturnValue:
    """Which scenario takes which function down, after how many hours."""
    try:
        now = scenarios.graph()
    except TooFar as far:
        return render_template("dependencies/too_far.html", title=_("Time to impact"), why=far, command="impact-times")
    found = impact_times(actor.current().scope, now)
    outside = request.args.get("outside") == "1"
    choices = choosing.organisations(own=not outside)
    wanted = _wanted(found, outside)
    chosen = choices.get(request.args.get("organisation", ""))
    wanted.organisation = chosen.code if chosen else ""
    rows = _sorted(_matching(found, wanted, chosen.path if chosen else ""), wanted.order)
    at = paging(len(rows))
    shown = rows[:MOST_ROWS] if wanted.whole else rows[at.offset : at.offset + PAGE_SIZE]
    return render_template(
        "dependencies/impact_times.html",
        scenarios=[_scenario(course) for course in found.courses],
        rows=[_row(found, row) for row in shown],
        classes=[_class_row(row) for row in by_class(rows, list(found.traces))],
        total=at.total,
        page=at.page,
        pages=1 if wanted.whole else at.pages,
        hidden=max(0, len(rows) - MOST_ROWS) if wanted.whole else 0,
        wanted=wanted,
        organisations=[(one.code, name_of(one)) for one in choices.values() if one.parent_id],
        criticalities=[(one.value, f"{one.value} {one.label}") for one in Criticality],
        orders=[(SOONEST, _("What is lost first")), *((c.code, _order_of(c)) for c in found.courses)],
    )


def _order_of(course: scenarios.Course) -> str:
    return _("What is lost first in %(scenario)s", scenario=course.code)


def _wanted(found: Matrix, outside: bool) -> SimpleNamespace:
    """What the address asks for; what it cannot mean is left out."""
    args = request.args
    order, criticality = args.get("order", ""), args.get("criticality", "")
    return SimpleNamespace(
        outside=outside,
        whole=args.get("whole") == "1",
        criticality=criticality if criticality in set(Criticality) else "",
        order=order if order == SOONEST or order in found.traces else "",
    )


def _matching(found: Matrix, wanted: SimpleNamespace, path: str) -> list[Row]:
    cards = found.cards
    return [
        row
        for row in found.rows
        if cards[row.function.id].kind.is_own is not wanted.outside
        and cards[row.function.id].path.startswith(path)
        and (not wanted.criticality or row.function.criticality == wanted.criticality)
    ]


def _sorted(rows: Sequence[Row], order: str) -> list[Row]:
    return ordered(rows, "" if order == SOONEST else order) if order else list(rows)


def _scenario(course: scenarios.Course) -> SimpleNamespace:
    lasts = hours(course.scenario.duration_h)
    return SimpleNamespace(code=course.code, name=name_of(course.scenario), lasts=lasts, url=_trace(course.code))


def _trace(scenario: str, why: str | None = None, at: str | None = None) -> str:
    return url_for("dependencies.trace", scenario=scenario, why=why, at=at)


def _row(found: Matrix, row: Row) -> SimpleNamespace:
    """A function with one cell per scenario; None where nothing happens to it."""
    function = found.shown(row.function)
    return SimpleNamespace(
        name=name_of(function.card),
        code=function.code,
        url=told.url(function),
        organisation=named(function.card, "organisation"),
        criticality=row.function.criticality,
        cells=[
            _cell(found, course, row.outcomes[course.code]) if course.code in row.outcomes else None
            for course in found.courses
        ],
    )


def _cell(found: Matrix, course: scenarios.Course, outcome: Outcome) -> SimpleNamespace:
    cause = first_cause(outcome)
    why = _("hit itself")
    if cause:
        why = _("because of %(supplier)s", supplier=found.code_of(cause) or _("outside your view"))
    return SimpleNamespace(
        scenario=course.code,
        name=name_of(course.scenario),
        url=_trace(course.code, why=outcome.function.code, at=typed_number(in_hours(outcome.down_at_min) or 0)),
        at=told.at(outcome.down_at_min),
        verdict=outcome.verdict.label,
        tone=told.TONES[outcome.verdict] or "none",
        is_down=outcome.state is State.DOWN,
        why=why,
    )


def _class_row(row: ClassRow) -> SimpleNamespace:
    label = f"{row.criticality.value} {row.criticality.label}" if row.criticality else _("Not classified")
    return SimpleNamespace(
        label=label,
        functions=ngettext("%(n)s function", "%(n)s functions", row.functions),
        counts=[_counted(count) for count in row.counts.values()],
    )


def _counted(count: Count) -> SimpleNamespace:
    """A class and a scenario in words; the first line is the count of those that go down."""
    first = _("first %(time)s", time=told.after(count.first_min)) if count.first_min is not None else ""
    return SimpleNamespace(
        down=count.down,
        over=count.mtpd_exceeded,
        degraded=count.degraded,
        first=first,
        first_h=in_hours(count.first_min),
    )
