"""The calendar of measures: a month with what is due on each day."""

import re
from calendar import monthrange
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.months import months_after
from prepare.views import choosing
from risks.models.measures import Measure
from risks.queries import measures as queries
from risks.views.blueprint import bp
from risks.views.measures import filter_choices, row_of, wanted_measures

MOST_A_DAY = 4  #: measures that a day shows; the others are a link away
MOST_BESIDE = 5  #: overdue and undated ones that are shown beside the month
MONTH = re.compile("(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])")


@bp.get("/measures/calendar")
@opens_page(Action.VIEW_MEASURE)
def measure_calendar() -> ResponseReturnValue:
    """One month, by default this one, with what is due each day; beside it what is overdue and what has no day."""
    owners = choosing.organisations()
    asked = wanted_measures(owners)
    first = _month(request.args.get("month", ""))
    last = first.replace(day=monthrange(first.year, first.month)[1])
    found = queries.measures(actor.current().scope, asked.wanted)
    due = queries.due_between(found, first, last)
    return render_template(
        "risks/measure_calendar.html",
        first=first,
        before=f"{months_after(first, -1):%Y-%m}",
        after=f"{months_after(first, 1):%Y-%m}",
        week=[date(2026, 11, 2) + timedelta(days=number) for number in range(7)],
        days=_days(first, last, due),
        late=_beside(queries.overdue(found, on=today())),
        undated=_beside(queries.undated(found)),
        asked=asked,
        **filter_choices(owners),
    )


def _month(text: str) -> date:
    """The first day of the month that the address names, as 2026-12; by default of this one."""
    return date.fromisoformat(f"{text}-01") if MONTH.fullmatch(text) else today().replace(day=1)


def _days(first: date, last: date, due: Any) -> list[SimpleNamespace]:
    """Every day of the month with its measures; `.starts` is the place of the first day in its week, 1 to 7."""
    counts = {day: count for day, count, _late in db.session.execute(queries.counted_by(due, Measure.due, on=first))}
    rows: dict[date | None, list[SimpleNamespace]] = {}
    for measure in db.session.scalars(queries.first_of_each(due, Measure.due, MOST_A_DAY)):
        rows.setdefault(measure.due, []).append(row_of(measure))
    return [
        SimpleNamespace(
            day=day,
            rows=rows.get(day, []),
            more=counts.get(day, 0) - len(rows.get(day, [])),
            starts=first.isoweekday() if day == first else None,
            is_today=day == today(),
            is_weekend=day.isoweekday() > 5,
        )
        for day in (first + timedelta(days=number) for number in range(last.day))
    ]


def _beside(found: Any) -> SimpleNamespace:
    """How many there are, and the first of them."""
    rows: Any = db.session.scalars(queries.ordered(found, "due").limit(MOST_BESIDE))
    return SimpleNamespace(count=db.session.scalar(queries.counted(found)) or 0, rows=[row_of(m) for m in rows])
