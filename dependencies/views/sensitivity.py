"""Duration sensitivity: a scenario at other durations, and the durations at which the picture tips."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dependencies.analysing import scenarios
from dependencies.analysing.durations import MOST_REACHED, USUAL_H, Duration, SeenTip, Sensitivity, sensitivity
from dependencies.analysing.worded import to_the_minute
from dependencies.durations import Counts
from dependencies.forms.disruptions import DurationsForm
from dependencies.graph import FunctionFacts
from dependencies.outcome import in_hours
from dependencies.tracing import TooFar
from dependencies.views import told
from dependencies.views.blueprint import bp
from dependencies.views.steps import draw
from prepare import actor
from prepare.access import Action
from prepare.gate.opening import opens_page
from prepare.texts import _, hours, name_of, ngettext, number, typed_number
from prepare.vocabulary import Criticality

STEEPEST = 4  #: tipping points on either side of the recorded duration that are told first
MOST_TIPS = 150  #: rows of the table of tipping points
MOST_NAMED = 12  #: functions of one tipping point that are named one by one


@bp.get("/sensitivity/")
@opens_page(Action.VIEW_ANALYSIS)
def sensitivity_page() -> ResponseReturnValue:
    """What one scenario does when it lasts shorter or longer."""
    scope = actor.current().scope
    try:
        now = scenarios.graph()
    except TooFar as far:
        command = "sensitivity"
        return render_template("dependencies/too_far.html", title=_("Duration sensitivity"), why=far, command=command)
    courses = {course.code: course for course in scenarios.courses(scope, now)}
    form = DurationsForm(formdata=_asked(next(iter(courses), "")))
    form.scenario.offer([(course.code, f"{course.code} {name_of(course.scenario)}") for course in courses.values()])
    page: dict[str, Any] = {"form": form, "scenarios": courses, "found": None}
    if courses and form.validate():
        course, longest = courses[str(form.scenario.data)], form.longest_h.data
        asked = form.durations or USUAL_H
        found = sensitivity(scope, now, course, asked, longest_h=longest, most=MOST_REACHED)
        page |= {"found": found, "course": course, **_told(found)}
    return render_template("dependencies/sensitivity.html", **page)


def _asked(first: str) -> Any:
    """What the address asks for; without a scenario the first one, at the usual durations."""
    asked = request.args.copy()
    asked.setdefault("scenario", first)
    asked.setdefault("hours", " ".join(typed_number(one) for one in USUAL_H))
    return asked


def _told(found: Sensitivity) -> dict[str, Any]:
    """The analysis in words."""
    tips = found.tips or []
    within = [tip for tip in tips if tip.minute <= found.usual_min]
    beyond = [tip for tip in tips if tip.minute > found.usual_min]
    return {
        "lasts": hours(in_hours(found.usual_min)),
        "longest": hours(in_hours(found.longest_min)),
        "rows": [_row(found, one) for one in found.durations],
        "steepest": [
            (_("If it lasts longer than recorded"), _steepest(found, beyond)),
            (_("Within the recorded duration"), _steepest(found, within)),
        ],
        "tips": [_tip(found, tip) for tip in tips[:MOST_TIPS]],
        "hidden_tips": max(0, len(tips) - MOST_TIPS),
        "chart": _chart(found, tips) if tips else None,
    }


def _steepest(found: Sensitivity, tips: Iterable[SeenTip]) -> list[SimpleNamespace]:
    """The tipping points that matter most, in order of time."""
    chosen = sorted(tips, key=lambda tip: (-_weight(tip), tip.minute))[:STEEPEST]
    return [_tip(found, tip) for tip in sorted(chosen, key=lambda tip: tip.minute)]


def _weight(tip: SeenTip) -> int:
    """How much a tipping point matters: vital functions most, what is lost and what is past its MTPD alike."""
    return sum(4 if function.criticality is Criticality.K1 else 1 for function in (*tip.lost, *tip.late))


def _chart(found: Sensitivity, tips: Iterable[SeenTip]) -> object:
    tips = list(tips)
    series = (
        ("down", _("Down"), [(tip.minute, tip.counts.down) for tip in tips]),
        ("late", _("Past the RTO"), [(tip.minute, tip.counts.rto_exceeded) for tip in tips]),
        ("over", _("Past the MTPD"), [(tip.minute, tip.counts.mtpd_exceeded) for tip in tips]),
    )
    return draw(series, found.longest_min, [found.usual_min])


def _row(found: Sensitivity, one: Duration) -> SimpleNamespace:
    """A duration as a row of the table, each figure with its bounds."""
    columns = ("down", "k1_down", "rto_exceeded", "mtpd_exceeded", "k1_mtpd_exceeded", "partners_down")
    return SimpleNamespace(
        lasts=hours(in_hours(one.minutes)),
        is_usual=one.minutes == found.usual_min,
        cells=[(number(getattr(one.counts, name)), _bounds(name, one.fewest, one.most)) for name in columns],
    )


def _bounds(name: str, fewest: Counts, most: Counts) -> str:
    low, high = getattr(fewest, name), getattr(most, name)
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def _tip(found: Sensitivity, tip: SeenTip) -> SimpleNamespace:
    """A tipping point in words."""
    longer = to_the_minute(tip.endured_min)
    return SimpleNamespace(
        longer_than=longer if tip.endured_min else _("however short"),
        when=_("Longer than %(time)s", time=longer) if tip.endured_min else _("However short it is"),
        goes_down=ngettext("%(n)s function goes down", "%(n)s functions go down", len(tip.lost)),
        lost=_named(found, tip.lost),
        more_lost=max(0, len(tip.lost) - MOST_NAMED),
        late=_named(found, tip.late),
        more_late=max(0, len(tip.late) - MOST_NAMED),
        chain=[_step(found, step.function) for step in tip.chain],
        counts=tip.counts,
        is_beyond=tip.minute > found.usual_min,
    )


def _named(found: Sensitivity, functions: Iterable[FunctionFacts]) -> list[SimpleNamespace]:
    """The gravest of some functions."""
    ordered = sorted(functions, key=lambda function: (function.criticality or "K9", function.code))
    return [_step(found, function) for function in ordered[:MOST_NAMED]]


def _step(found: Sensitivity, function: FunctionFacts) -> SimpleNamespace:
    seen = found.shown(function)
    code = seen.code or _("outside your view")
    return SimpleNamespace(code=code, name=told.name(seen), url=told.url(seen), is_vital=_is_vital(function))


def _is_vital(function: FunctionFacts) -> bool:
    return function.criticality is Criticality.K1
