"""One moment of a disruption as a page shows it: the hours to choose from, how many stand where, what to decide."""

import json
from collections.abc import Sequence
from types import SimpleNamespace

from dependencies import course
from dependencies.course import Counts
from dependencies.forms.disruptions import MomentForm
from dependencies.outcome import Outcome
from dependencies.reduction import SeenOutcome, SeenTrace
from dependencies.views import told
from dependencies.views.address import here, kept
from dependencies.vocabulary import Phase
from prepare.texts import _, hours, ngettext

#: Hours that are offered as links, as far as the course goes; the last hour stands behind them.
OFFERED_H = (0, 1, 6, 24, 72, 168, 720)
#: The sign of each phase in the picture, which says the same as its colour.
SIGNS = {Phase.WAITING: "", Phase.DOWN: "×", Phase.LATE: "!!", Phase.DEGRADED: "~", Phase.BACK: "ok"}
#: The axis is laid out for this many pixels; a mark's name stands on one of so many lines, or in the list only.
AXIS_PX, MOST_LINES, LINE_PX, LETTER_PX = 1100, 4, 16, 7.2
MOST_ON_A_MARK = 3  #: functions that a mark on the axis names; further ones are counted


def moment(seen: SeenTrace, form: MomentForm, last_h: int) -> SimpleNamespace:
    """What `_moment.html` shows beside the picture, at the hour that the form asks for or in the whole course."""
    at_min = form.minute()
    own = [outcome.outcome for outcome in seen.outcomes if outcome.function.is_own]
    rows = [(hour, found) for hour, found in course.hourly(own) if hour <= last_h]
    shown = Counts() if at_min is None else course.counts(own, at_min)
    return SimpleNamespace(
        at_min=at_min,
        at=None if at_min is None else told.at(at_min),
        form=form,
        hour=last_h if at_min is None else min(last_h, at_min // 60),
        last_h=last_h,
        hours=[_offer(hour, at_min) for hour in sorted({*OFFERED_H, last_h}) if hour <= last_h],
        kept=kept("at", "why"),
        whole=here(at=None, why=None),
        counts=_tiles(shown),
        course=json.dumps([[hour, *vars(found).values()] for hour, found in rows], separators=(",", ":")),
        phases=[(phase, SIGNS[phase], phase.label) for phase in Phase],
        words=json.dumps({phase.value: [SIGNS[phase], phase.label] for phase in Phase}, ensure_ascii=False),
        deadlines=_deadlines(seen),
        axis=_axis(seen, own, last_h),
    )


def _offer(hour: int, at_min: int | None) -> SimpleNamespace:
    chosen = at_min == hour * 60
    return SimpleNamespace(hour=hour, text=hours(hour), url=here(at=str(hour), why=None), chosen=chosen)


def _tiles(found: Counts) -> list[SimpleNamespace]:
    """The counts with their names, in the order of `Counts`."""
    names = (_("out of use"), _("of them vital (K1)"), _("out too long (MTPD)"), _("degraded"), _("back"))
    return [
        SimpleNamespace(key=key, value=value, name=name)
        for (key, value), name in zip(vars(found).items(), names, strict=True)
    ]


def _deadlines(seen: SeenTrace) -> list[SimpleNamespace]:
    """What must be decided by when: the functions that are out for longer than is tolerable after each moment."""
    functions = {outcome.outcome.function.id: outcome for outcome in seen.outcomes}
    return [
        SimpleNamespace(at=told.at(minute), functions=[_named(functions[outcome.function.id]) for outcome in group])
        for minute, group in course.deadlines(functions[id_].outcome for id_ in functions)
    ]


def _named(seen: SeenOutcome) -> SimpleNamespace:
    return SimpleNamespace(name=told.name(seen.function), url=told.url(seen.function))


def _axis(seen: SeenTrace, own: Sequence[Outcome], last_h: int) -> SimpleNamespace:
    """Marks on the axis of hours: the first vital function that is lost, and the deadlines, each with its names."""
    marks = [("due", minute, _codes(group)) for minute, group in course.deadlines(o.outcome for o in seen.outcomes)]
    if first := course.first_vital(own):
        marks.insert(0, ("first", first.down_at_min, _("first K1 lost: %(code)s", code=first.function.code)))
    ends, placed = [0.0] * MOST_LINES, []
    for kind, minute, text in marks:
        x = minute / (last_h * 60) if last_h else 0.0
        width, turned = len(text) * LETTER_PX + 14, x > 0.75
        start = x * AXIS_PX - (width if turned else 0)
        line = next((n for n, end in enumerate(ends) if end <= start), None)
        if line is not None:
            ends[line] = start + width
        y = None if line is None else 20 + LINE_PX * line
        share = f"{100 * min(1.0, x):.2f}%"
        placed.append(SimpleNamespace(kind=kind, x=share, y=y, text=text, at=told.at(minute), turned=turned))
    height = max((mark.y for mark in placed if mark.y), default=0) + 26
    return SimpleNamespace(marks=placed, height=height, ticks=_ticks(last_h))


def _codes(group: Sequence[Outcome]) -> str:
    codes = [outcome.function.code for outcome in group]
    text = ", ".join(codes[:MOST_ON_A_MARK])
    more = len(codes) - MOST_ON_A_MARK
    return f"{text} {ngettext('and %(n)s more', 'and %(n)s more', more)}" if more > 0 else text


def _ticks(last_h: int) -> list[SimpleNamespace]:
    """Evenly spaced hours of the axis, eight at most."""
    step = next(step for step in (1, 3, 6, 12, 24, 48, 168, 336, 720, 1440) if last_h / step <= 8)
    return [SimpleNamespace(x=f"{100 * hour / last_h:.2f}%", text=hours(hour)) for hour in range(0, last_h, step)] or [
        SimpleNamespace(x="0%", text=hours(0))
    ]
