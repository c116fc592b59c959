"""Schedules: what is made by itself, how often, for whom and with whose rights."""

from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from exports.entries import Language
from exports.views.blueprint import bp
from prepare import actor, jobs, scheduling
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.forms.reports import AddScheduleForm, ScheduleForm
from prepare.gate.opening import opens, opens_page
from prepare.models.reports import Schedule
from prepare.queries import reports as queries
from prepare.register import reports as register
from prepare.scheduling import Rhythm, ScheduleEntry
from prepare.texts import N_, _
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.jobs import is_silent
from risks.views import choices


@bp.get("/workbooks/schedules/")
@opens_page(Action.VIEW_SCHEDULE)
def schedules() -> ResponseReturnValue:
    """What is made by itself, and when it is made next."""
    rows = [_shown(one, today()) for one in db.session.scalars(queries.schedules(actor.current().scope))]
    return render_template("exports/schedules.html", rows=rows, silent=bool(rows) and is_silent())


def _shown(one: Schedule, on: date) -> SimpleNamespace:
    due = scheduling.due(one.rhythm, one.day, since=one.since, run_on=one.run_on, on=on)
    following = due or scheduling.following(one.rhythm, one.day, after=on)
    return SimpleNamespace(
        schedule=one,
        kind=_(jobs.label_of(one.kind)),
        when=_when(one),
        languages=", ".join(Language(code).label for code in one.languages),
        following=following if one.is_on else None,
    )


def _when(one: Schedule) -> str:
    """How often it is made, and on which day."""
    if one.rhythm is Rhythm.DAILY:
        return one.rhythm.label
    day = _(scheduling.WEEKDAYS[one.day - 1]) if one.rhythm is Rhythm.WEEKLY else _("day %(day)s", day=one.day)
    return f"{one.rhythm.label}, {day}"


@bp.route("/workbooks/schedules/new", methods=["GET", "POST"])
@opens_page(Action.ADD_SCHEDULE)
def add_schedule() -> ResponseReturnValue:
    """Let something be made by itself."""
    own = choices.keepers(Action.ADD_SCHEDULE)
    form = AddScheduleForm(
        data={"organisation": choices.topmost(own).code, "is_on": True, "day": 1, "languages": ["fi"]}
    )
    form.organisation.offer(choices.labelled(own))
    _offer(form)
    return keeping.adding(
        form,
        lambda: register.add_schedule(keeping.chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("The schedule was added."),
        "exports.edit_schedule",
        lambda: _page(form, None),
    )


@bp.route("/workbooks/schedules/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Schedule, Action.EDIT_SCHEDULE)
def edit_schedule(schedule: Schedule) -> ResponseReturnValue:
    """Change a schedule, or switch it off; what two people changed at the same time is put together."""
    form = ScheduleForm(obj=register.seen_now(schedule).entry)
    _offer(form)
    edits: Editing[ScheduleEntry] = Editing(
        schedule,
        form,
        partial(register.seen_now, schedule),
        lambda entry, seen: register.edit_schedule(schedule, entry, seen=seen, on=today()),
        title=f"{schedule.code} {schedule.name}",
        back=url_for("exports.schedules"),
    )
    return keeping.editing(edits, N_("The schedule was saved."), lambda: _page(form, schedule))


def _offer(form: Any) -> None:
    form.kind.offer([(kind.name, _(kind.label)) for kind in jobs.scheduled()])


def _page(form: Any, schedule: Schedule | None) -> ResponseReturnValue:
    return render_template("exports/schedule_form.html", form=form, schedule=schedule)
