"""Two versions of a plan, one against the other."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from continuity import comparing
from continuity.comparing import Text
from continuity.frozen import Figures, reduced
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import figures, told
from continuity.queries import plans as queries
from continuity.views.blueprint import bp
from continuity.vocabulary.plans import PlanState, Section
from prepare import actor
from prepare.access import Action
from prepare.actor import Scope
from prepare.db import db
from prepare.gate.opening import opens
from prepare.texts import _, day, hours, name_of


@bp.get("/plans/<uuid:ref>/compare")
@opens(Plan, Action.VIEW_PLAN)
def compare_plan(plan: Plan) -> ResponseReturnValue:
    """The versions that ?old= and ?new= name; else the newest against the one in force, or the one before it."""
    scope = actor.current().scope
    every = db.session.scalars(figures.with_figures(queries.versions(scope, plan))).all()
    old, new = _chosen(every)
    parts = comparing.compared(*_texts(scope, old, new)) if old and new else []
    return render_template(
        "continuity/compare.html",
        plan=plan,
        versions=[(one.number, f"{one.number} · {one.state.label}") for one in every],
        old=old,
        new=new,
        changed=[part for part in parts if part.is_changed],
        same=[part for part in parts if not part.is_changed],
    )


def _chosen(every: Sequence[PlanVersion]) -> tuple[PlanVersion | None, PlanVersion | None]:
    numbers = {one.number: one for one in every}
    new = numbers.get(request.args.get("new", "")) or next(iter(every), None)
    others = [one for one in every if one is not new]
    usual = next((one for one in others if one.state is PlanState.APPROVED), next(iter(others), None))
    return numbers.get(request.args.get("old", "")) or usual, new


def _texts(scope: Scope, old: PlanVersion, new: PlanVersion) -> tuple[dict[str, Text], dict[str, Text]]:
    """Both versions as texts by the same keys, in the order of reading."""
    contents = told.contents(scope, [old, new])
    now = None if old.figures and new.figures else figures.of_plan(old.plan.functions)
    days = [name for name in ("next_review", "valid_until") if getattr(old, name) and getattr(new, name)]
    one, other = (
        {
            "details": _details(scope, version, now, days),
            **_sections(scope, version),
            **comparing.texts(contents[version.id]),
        }
        for version in (old, new)
    )
    return one, other


def _sections(scope: Scope, version: PlanVersion) -> dict[str, Text]:
    written = {one.section: one.text for one in db.session.scalars(queries.sections(scope, version))}
    return {one.value: Text(f"{one.place} {one.label}", written[one]) for one in Section if written.get(one)}


def _details(scope: Scope, version: PlanVersion, now: Figures | None, days: Sequence[str]) -> Text:
    """Where the document is kept, the days that both versions have, and what the functions were, or are now."""
    lines = [(_("Where the document is kept"), version.document_ref)]
    labels = {"next_review": _("Next review"), "valid_until": _("Valid until")}
    lines += [(labels[name], day(getattr(version, name))) for name in days]
    stood = figures.frozen(version) or now
    for one in reduced(stood, scope).functions if stood else ():
        known = [one.criticality.value if one.criticality else "", hours(one.rto_h), hours(one.mtpd_h), one.level or ""]
        lines.append((f"{one.code} {name_of(one)}", " · ".join([*known, *map(name_of, one.suppliers)])))
    return Text(_(comparing.DETAILS), "\n".join(f"{label}: {value}" for label, value in lines if value))
