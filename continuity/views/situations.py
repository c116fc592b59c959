"""Situations of fast reaction: the list, one situation with its log, opening and changing it."""

from datetime import datetime
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity import situations as rules
from continuity.entries.situations import SituationEntry, of_observation
from continuity.forms.situations import LogForm, OpenSituationForm, SituationForm
from continuity.models.situations import Situation
from continuity.queries import situations as queries
from continuity.register import situations as register
from continuity.views.blueprint import bp
from continuity.views.forecast import forecast
from continuity.vocabulary.situations import SituationState
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.merging import Seen
from prepare.queries.pages import page
from prepare.texts import N_
from prepare.views.clashes import Editing
from prepare.views.keeping import adding, chosen, editing
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import CodeList
from risks.models.scenarios import Scenario
from risks.queries import measures as measure_queries
from risks.queries import scenarios as scenario_queries
from risks.views import choices
from risks.vocabulary.measures import MeasureSource

MOST_TOLD = 200  #: entries of a picture that a page shows


@bp.get("/situations/")
@opens_page(Action.VIEW_SITUATION)
def situations() -> ResponseReturnValue:
    """Every situation: those that go on first."""
    scope, args = actor.current().scope, request.args
    live = {"live": True, "ended": False}.get(args.get("live", ""))
    wanted = SimpleNamespace(q=args.get("q", "")[:200], live=args.get("live") if live is not None else "")
    found = queries.situations(scope, q=wanted.q, live=live)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Situation.id, offset=at.offset, limit=PAGE_SIZE)).all()
    told: dict[int, datetime] = dict(db.session.execute(queries.last_told(scope, [row.id for row in rows])).all())
    areas = dict(choices.codes(CodeList.AREA, with_code=False))
    return render_template(
        "continuity/situations.html",
        rows=[SimpleNamespace(situation=row, told=told.get(row.id), area=areas.get(row.area or "")) for row in rows],
        at=at,
        wanted=wanted,
    )


@bp.get("/situations/<uuid:ref>")
@opens(Situation, Action.VIEW_SITUATION)
def situation(situation: Situation) -> ResponseReturnValue:
    """One situation: what is known, what is agreed, what comes next."""
    return situation_page(situation, LogForm())


def situation_page(situation: Situation, form: LogForm) -> str:
    """The page of a situation, with the form for what is known."""
    scope = actor.current().scope
    told = db.session.scalars(queries.picture(scope, situation).limit(MOST_TOLD)).all()
    observations = db.session.scalars(queries.observations(scope, situation)).all()
    measures = measure_queries.of_source(scope, MeasureSource.SITUATION, [situation.code])
    areas = dict(choices.codes(CodeList.AREA, with_code=False))
    scenario = _readable_scenario(situation)
    return render_template(
        "continuity/situation.html",
        situation=situation,
        form=form,
        logs=situation.is_live and may(actor.current(), Action.LOG_SITUATION, situation),
        told=_numbered(told),
        steps=_steps(situation),
        measures=db.session.scalars(measures).all(),
        observations=[
            SimpleNamespace(record=one, settled=rules.is_settled(of_observation(one))) for one in observations
        ],
        area=areas.get(situation.area or "", situation.area),
        forecast=forecast(situation, scenario) if scenario else None,
    )


def _numbered(told: Any) -> list[SimpleNamespace]:
    """The entries, each with the numbers of what it corrects and of what corrects it."""
    numbers = {entry.id: entry.number for entry in told}
    corrected = {entry.corrects_id: entry.number for entry in told if entry.corrects_id}
    return [
        SimpleNamespace(entry=entry, corrects=numbers.get(entry.corrects_id or 0), corrected_by=corrected.get(entry.id))
        for entry in told
    ]


def _steps(situation: Situation) -> list[SimpleNamespace]:
    order = list(SituationState)
    reached = order.index(situation.state)
    return [
        SimpleNamespace(label=state.label, done=place <= reached, now=place == reached)
        for place, state in enumerate(order)
    ]


def _readable_scenario(situation: Situation) -> Scenario | None:
    if situation.scenario is None:
        return None
    return db.session.scalars(scenario_queries.scenario(actor.current().scope, situation.scenario.ref)).one_or_none()


@bp.route("/situations/new", methods=["GET", "POST"])
@opens_page(Action.OPEN_SITUATION)
def open_situation() -> ResponseReturnValue:
    """Open a situation; ?scenario=CODE begins with a running scenario."""
    own = choices.binding(Action.OPEN_SITUATION)
    options = choices.scenarios()
    asked = next((code for code, _label in options if code == request.args.get("scenario")), None)
    fresh = SituationEntry(title="", began_at=now(), scenario=asked)
    form = OpenSituationForm(obj=fresh, organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    _offer(form, options)
    return adding(
        form,
        lambda: register.open_(chosen(own, form.organisation.data), form.entry(), now=now()),
        N_("The situation was opened. Write down what is known."),
        "continuity.situation",
        lambda: _form(form, None, several=len(own) > 1),
    )


@bp.route("/situations/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Situation, Action.EDIT_SITUATION)
def edit_situation(situation: Situation) -> ResponseReturnValue:
    """Change what a situation is about."""
    form = SituationForm(obj=register.seen_now(situation).entry)
    _offer(form, choices.scenarios())
    back, title = url_for("continuity.situation", ref=situation.ref), f"{situation.code} {situation.title}"
    seen, save = partial(register.seen_now, situation), partial(_edit, situation)
    edited = Editing(situation, form, seen, save, title, back)
    return editing(edited, N_("The situation was saved."), lambda: _form(form, situation))


def _edit(situation: Situation, entry: SituationEntry, seen: Seen[SituationEntry] | None) -> Situation:
    return register.edit(situation, entry, seen=seen, now=now())


def _offer(form: SituationForm, scenarios: list[tuple[str, str]]) -> None:
    form.area.offer(choices.codes(CodeList.AREA, with_code=False))
    form.scenario.offer(scenarios)


def _form(form: SituationForm, situation: Situation | None, *, several: bool = False) -> ResponseReturnValue:
    back = url_for("continuity.situation", ref=situation.ref) if situation else url_for("continuity.situations")
    return render_template("continuity/situation_form.html", form=form, situation=situation, several=several, back=back)


def of_scenario(scenario: Scenario) -> dict[str, Any]:
    """What this package adds to a scenario's page: the situations that were opened from it."""
    found = queries.situations(actor.current().scope, scenario=scenario).limit(PAGE_SIZE)
    return {"situations": db.session.scalars(found).all()}
