"""The register of plans: the list, a plan's page and its versions."""

from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from continuity import approval, frozen, lifecycle
from continuity.forms.comments import ReturnForm
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import figures
from continuity.queries import plans as queries
from continuity.register import plans as register
from continuity.views import remarks
from continuity.views.blueprint import bp
from continuity.vocabulary.comments import CommentState
from continuity.vocabulary.plans import OPEN_STATES, WAITING_STATES, PlanKind, PlanState, Section
from prepare import actor
from prepare.access import Action
from prepare.actor import Scope
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.insets import insets
from prepare.models.functions import Function
from prepare.queries.pages import page
from prepare.texts import name_of
from prepare.views import choosing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging, sorting
from prepare.vocabulary import Confidentiality


@bp.get("/plans/")
@opens_page(Action.VIEW_PLAN)
def plans() -> ResponseReturnValue:
    """The register: search, filters, order, paging."""
    scope, args = actor.current().scope, request.args
    owners = choosing.organisations()
    wanted = SimpleNamespace(
        q=args.get("q", "")[:200],
        organisation=args.get("organisation", "") if args.get("organisation") in owners else "",
        kind=word(PlanKind, args.get("kind")),
        state=word(PlanState, args.get("state")),
        overdue=args.get("overdue") == "1",
    )
    found = queries.plans(
        scope,
        q=wanted.q,
        organisation=owners[wanted.organisation].path if wanted.organisation else "",
        kind=wanted.kind,
        state=wanted.state,
        overdue_on=today() if wanted.overdue else None,
    )
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    order, falling = sorting("code")
    ordered = queries.ordered(found, order, descending=falling)
    rows = db.session.execute(page(ordered, Plan.id, offset=at.offset, limit=PAGE_SIZE))
    return render_template(
        "continuity/plans.html",
        rows=[row(*found) for found in rows],
        at=at,
        wanted=wanted,
        organisations=[(o.code, name_of(o)) for o in owners.values()],
        kinds=PlanKind,
        states=PlanState,
    )


def row(plan: Plan, approved: PlanVersion | None, pending: PlanVersion | None) -> SimpleNamespace:
    """A plan as it is listed: the version in force, the one that is being prepared, and whether it is out of date."""
    return SimpleNamespace(plan=plan, approved=approved, pending=pending, **_age(approved))


def _age(version: PlanVersion | None) -> dict[str, bool]:
    if version is None:
        return {"overdue": False, "expired": False}
    return {
        "overdue": approval.is_overdue(version.state, version.next_review, on=today()),
        "expired": approval.has_expired(version.state, version.valid_until, on=today()),
    }


@bp.get("/plans/<uuid:ref>")
@opens(Plan, Action.VIEW_PLAN)
def plan(plan: Plan) -> ResponseReturnValue:
    """One plan: the version in force, or the one that ?version= names."""
    return plan_page(plan, ReturnForm())


def plan_page(plan: Plan, form: ReturnForm) -> str:
    """The page of a plan, with the form for returning what waits."""
    scope = actor.current().scope
    every = db.session.scalars(queries.versions(scope, plan)).all()
    asked = request.args.get("version")
    in_force = next((v for v in every if v.state is PlanState.APPROVED), None)
    pending = next((v for v in every if v.state in OPEN_STATES | WAITING_STATES), None)
    shown = next((v for v in every if v.number == asked), None) or in_force or pending or next(iter(every), None)
    affected = db.session.scalars(queries.functions_of(scope, plan)).all()
    said = remarks.told(pending) if pending else []
    return render_template(
        "continuity/plan.html",
        plan=plan,
        versions=every,
        shown=shown,
        in_force=in_force,
        pending=pending,
        gaps=register.gaps(plan) if pending and pending.state in OPEN_STATES else [],
        sections=_sections(scope, shown) if shown else [],
        functions=affected,
        hidden_functions=len(plan.functions) - len(affected),
        form=form,
        insets=list(insets(plan)),
        comments=sorted(said, key=lambda one: tuple(CommentState).index(one.state)),
        waiting_comments=[one for one in said if one.state is CommentState.OPEN],
        reviewed=lifecycle.reviewed_text(pending.state, pending.reviewed_by_central_on) if pending else None,
        changed=_changed(scope, plan, in_force),
        is_author=bool(pending and actor.current().user_id in register.authors(pending)),
        **_age(in_force),
    )


def _changed(scope: Scope, plan: Plan, in_force: PlanVersion | None) -> list[frozen.Difference]:
    """What differs from what the version in force was approved on, as far as this person may know it."""
    kept = figures.frozen(in_force) if in_force else None
    found = frozen.differences(kept, figures.of_plan(plan.functions)) if kept else []
    return frozen.told(found, scope, Confidentiality.CONFIDENTIAL)


def _sections(scope: Scope, version: PlanVersion) -> list[SimpleNamespace]:
    written = {s.section: s.text for s in db.session.scalars(queries.sections(scope, version)) if s.text}
    return [SimpleNamespace(section=section, text=written.get(section)) for section in Section]


def plans_of(function: Function) -> dict[str, Any] | None:
    """What this package adds to a function's page: the plans that cover it."""
    if not function.owner_is_own:
        return None
    found = db.session.execute(queries.of_function(actor.current().scope, function))
    return {"plans": [row(*each) for each in found]}
