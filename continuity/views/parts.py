"""Strategies, action cards, level tasks and documents of a plan: adding, changing and taking away."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.carding import Part
from continuity.entries.contents import CardEntry, DocumentEntry, LevelTaskEntry, StrategyEntry
from continuity.forms.contents import CardForm, DocumentForm, LevelTaskForm, StrategyForm
from continuity.models.contents import ActionCard, DocumentRef, LevelTask, Strategy
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import contents
from continuity.queries import plans as plan_queries
from continuity.register import contents as register
from continuity.register import plans as plan_register
from continuity.register.contents import Record
from continuity.views.blueprint import bp
from continuity.vocabulary.contents import LostResource
from continuity.vocabulary.plans import OPEN_STATES, Section
from prepare import actor
from prepare.access import Action
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.differences import in_words
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, takes
from prepare.merging import Seen
from prepare.texts import N_, _, name_of
from prepare.views.clashes import Editing
from prepare.views.keeping import done, editing

#: The kind of a part → its form, an empty entry, and the section under which it stands.
KINDS: dict[type[Any], tuple[type[CityForm], type[Any], Section]] = {
    Strategy: (StrategyForm, StrategyEntry, Section.STRATEGIES),
    ActionCard: (CardForm, CardEntry, Section.FIRST_HOUR),
    LevelTask: (LevelTaskForm, LevelTaskEntry, Section.LEVEL_TASKS),
    DocumentRef: (DocumentForm, DocumentEntry, Section.INTERFACES),
}


@bp.route("/plans/<uuid:ref>/strategies/new", methods=["GET", "POST"])
@opens(Plan, Action.ADD_PLANPART)
def add_strategy(plan: Plan) -> ResponseReturnValue:
    """Say how the functions carry on without something; ?lost= names it."""
    lost = next((word for word in LostResource if word.value == request.args.get("lost")), None)
    return _added(plan, Strategy, StrategyEntry(lost_resource=lost))


@bp.route("/plans/<uuid:ref>/cards/new", methods=["GET", "POST"])
@opens(Plan, Action.ADD_PLANPART)
def add_card(plan: Plan) -> ResponseReturnValue:
    """Make an action card."""
    return _added(plan, ActionCard, CardEntry())


@bp.route("/plans/<uuid:ref>/level-tasks/new", methods=["GET", "POST"])
@opens(Plan, Action.ADD_PLANPART)
def add_level_task(plan: Plan) -> ResponseReturnValue:
    """Say what is done at a preparedness level."""
    return _added(plan, LevelTask, LevelTaskEntry())


@bp.route("/plans/<uuid:ref>/documents/new", methods=["GET", "POST"])
@opens(Plan, Action.ADD_PLANPART)
def add_document(plan: Plan) -> ResponseReturnValue:
    """Name a document that belongs to the plan."""
    return _added(plan, DocumentRef, DocumentEntry())


@bp.route("/strategies/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Strategy, Action.EDIT_PLANPART)
def edit_strategy(strategy: Strategy) -> ResponseReturnValue:
    """Change a strategy."""
    return _edited(strategy)


@bp.route("/action-cards/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(ActionCard, Action.EDIT_PLANPART)
def edit_card(card: ActionCard) -> ResponseReturnValue:
    """Change an action card and the order of its steps."""
    return _edited(card)


@bp.route("/level-tasks/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(LevelTask, Action.EDIT_PLANPART)
def edit_level_task(task: LevelTask) -> ResponseReturnValue:
    """Change a task of a preparedness level."""
    return _edited(task)


@bp.route("/plan-documents/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(DocumentRef, Action.EDIT_PLANPART)
def edit_document(document: DocumentRef) -> ResponseReturnValue:
    """Change where a document is kept."""
    return _edited(document)


def _taking_away(address: str, model: type[Any], endpoint: str) -> None:
    def view(part: Record) -> ResponseReturnValue:
        """Take a part away from the plan."""
        try:
            with transaction():
                register.retire(part, at=now())
        except RuleBroken as broken:
            flash(broken.text(), "error")
        else:
            flash(_("It was taken away from the plan."))
        return redirect(_back(part.plan_version.plan, model))

    opened: Callable[..., ResponseReturnValue] = opens(model, Action.RETIRE_PLANPART)(takes()(view))
    bp.add_url_rule(f"/{address}/<uuid:ref>/retire", endpoint, opened, methods=["POST"])


for _address, _model, _endpoint in (
    ("strategies", Strategy, "retire_strategy"),
    ("action-cards", ActionCard, "retire_card"),
    ("level-tasks", LevelTask, "retire_level_task"),
    ("plan-documents", DocumentRef, "retire_document"),
):
    _taking_away(_address, _model, _endpoint)


def _back(plan: Plan, model: type[Any]) -> str:
    return url_for("continuity.section", ref=plan.ref, place=KINDS[model][2].place, _anchor="rows")


def _added(plan: Plan, model: type[Any], empty: Part) -> ResponseReturnValue:
    form = KINDS[model][0](obj=empty)
    if closed := _closed(form, plan, plan_register.pending(plan)):
        return closed
    _offer(form, plan, None)
    made = done(form, lambda: register.add(plan, form.entry(), at=now()))
    if made is None:
        return _page(form, plan, model, None)
    flash(_("It was added to the plan."))
    return redirect(_back(plan, model))


def _edited(part: Record) -> ResponseReturnValue:
    model, plan = type(part), part.plan_version.plan
    form = KINDS[model][0](obj=register.seen_now(part).entry)
    if closed := _closed(form, plan, part.plan_version):
        return closed
    _offer(form, plan, part)
    edits = Editing(
        part,
        form,
        partial(register.seen_now, part),
        partial(_save, part),
        f"{plan.code} {name_of(plan)}",
        _back(plan, model),
        told=_told,
    )
    return editing(edits, N_("The change was saved."), lambda: _page(form, plan, model, part))


def _closed(form: CityForm, plan: Plan, version: PlanVersion | None) -> ResponseReturnValue | None:
    """Lead away from a form that could not be saved: its version is frozen; what was typed already is answered."""
    if form.is_typed or (version and version.state in OPEN_STATES):
        return None
    return redirect(url_for("continuity.plan", ref=plan.ref))


def _save(part: Record, entry: Part, seen: Seen[Part] | None) -> Record:
    return register.edit(part, entry, seen=seen, at=now())


def _told(name: str, value: Any) -> str | None:
    """A field in words; the steps of a card stand one on each line."""
    if name != "tasks":
        return in_words(name, value)
    steps = (filter(None, [f"{t.within_min} min" if t.within_min is not None else None, t.who, t.what]) for t in value)
    return "\n".join(" · ".join(step) for step in steps) or None


def _offer(form: Any, plan: Plan, part: Record | None) -> None:
    scope = actor.current().scope
    if isinstance(form, CardForm):
        functions = db.session.scalars(plan_queries.functions_of(scope, plan))
        form.function.offer([(one.code, f"{one.code} {name_of(one)}") for one in functions])
        form.add_spare()
        for place, row in enumerate(form.tasks, start=1):
            row.label.text = _("Step %(place)s", place=place)
    if isinstance(form, StrategyForm):
        found = db.session.scalars(contents.resources_of(scope, plan)).all()
        held = [one for one in part.resources if one not in found] if isinstance(part, Strategy) else []
        form.resources.offer([(one.code, one.code) for one in [*found, *held]])


def _page(form: Any, plan: Plan, model: type[Any], part: Record | None) -> str:
    return render_template(
        "continuity/part_form.html",
        form=form,
        plan=plan,
        part=part,
        section=KINDS[model][2],
        kind=model.__tablename__,
        back=_back(plan, model),
    )
