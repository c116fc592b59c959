"""Answering the guidance: what it asks of an organisation, what the register shows, and what the organisation says."""

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, guiding
from prepare.access import Action, may
from prepare.checks import Check, Checked
from prepare.clock import today
from prepare.db import db
from prepare.entries import AnswerEntry
from prepare.forms.guidance import AnswerForm
from prepare.gate.opening import opens
from prepare.insets import counted
from prepare.loading import guidance as loading
from prepare.loading.guidance import Asked
from prepare.models.guidance import GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.queries import guidance as queries
from prepare.register import requirement_answers as register
from prepare.texts import _, name_of
from prepare.views import bp, choosing
from prepare.views.clashes import Editing
from prepare.views.keeping import edited
from prepare.vocabulary import Dimension

#: Check → the page on which what it counts is kept.
PLACES = {
    Check.PLANS_APPROVED: "continuity.plans",
    Check.MEETING_ATTENDANCE: "risks.bodies",
    Check.FUNCTIONS_REGISTERED: "prepare.functions",
    Check.BIA_COMPLETE: "prepare.functions",
    Check.DEPENDENCIES_CONFIRMED: "prepare.functions",
    Check.RISK_COVERAGE: "risks.risks",
    Check.PLAN_APPROVED: "continuity.plans",
    Check.WORKAROUND_72H: "prepare.functions",
    Check.INTERFACE_OWNERS: "dependencies.interfaces",
    Check.INTERFACE_ALERTING: "dependencies.interfaces",
    Check.INTERFACE_EXERCISED: "dependencies.interfaces",
    Check.PLAN_EXERCISED: "continuity.plans",
    Check.REVIEWED: "prepare.functions",
    Check.OVERDUE_EXPLAINED: "risks.measures",
    Check.SPOF_TREATED: "dependencies.keystones",
}


@bp.get("/guidance/organisations/<uuid:ref>")
@opens(Organisation, Action.VIEW_GUIDANCE)
def organisation_guidance(organisation: Organisation) -> ResponseReturnValue:
    """What the guidance in force asks of an organisation, with its answers."""
    return answers_page(organisation)


def answers_page(organisation: Organisation) -> str:
    """The requirements that concern an organisation, grouped, each with what the register shows and what it says."""
    scope, on = actor.current().scope, today()
    version = loading.current(scope, organisation, on=on)
    asked = loading.asked(scope, [organisation], version)[organisation.id] if version else []
    found = counted([organisation], [one.requirement for one in asked], on).get(organisation.id, {})
    rows = [row(one, found) for one in asked]
    return render_template(
        "prepare/guidance.html",
        organisation=organisation,
        version=version,
        groups=grouped(rows),
        answered=sum(one.answer is not None for one in rows),
        total=len(rows),
        open=sum(one.is_open for one in rows),
        differing=sum(one.differs for one in rows),
        organisations=_offered(organisation),
    )


def row(asked: Asked, found: Any) -> SimpleNamespace:
    """A requirement with what the register shows, what the organisation says, and whether both agree."""
    requirement, answer = asked.requirement, asked.answer
    shown: Checked | None = found.get(requirement.automatic)
    result = shown.result if shown else None
    return SimpleNamespace(
        requirement=requirement,
        answer=answer,
        counted=shown,
        differs=guiding.differs(answer.status if answer else None, result),
        due=asked.due,
        is_open=asked.is_open(today()),
        is_overdue=answer is not None and asked.is_open(today()),
        place=PLACES.get(requirement.automatic) if requirement.automatic else None,
    )


def in_order(rows: Sequence[Any]) -> list[Any]:
    """Rows by dimension and code."""
    places = {word: place for place, word in enumerate(Dimension)}
    return sorted(rows, key=lambda one: (places[one.requirement.dimension], one.requirement.mark))


def grouped(rows: Sequence[Any]) -> list[tuple[Dimension, list[Any]]]:
    """Rows under their dimensions."""
    return [(word, list(some)) for word, some in groupby(in_order(rows), lambda one: one.requirement.dimension)]


def sectors(requirements: Sequence[Requirement]) -> dict[str, str]:
    """The names of the organisations that requirements name, by their codes."""
    if not any(one.sectors for one in requirements):
        return {}
    return {code: name_of(one) for code, one in choosing.organisations().items()}


def _offered(organisation: Organisation) -> list[tuple[str, str]]:
    """The organisations whose answers this person reads, when there are several."""
    every = [one for one in choosing.organisations().values() if one.holds_duties]
    return [(one.code, name_of(one)) for one in every] if len(every) > 1 or organisation not in every else []


@bp.route("/guidance/organisations/<uuid:ref>/answer", methods=["GET", "POST"])
@opens(Organisation, Action.ANSWER_GUIDANCE)
def answer_requirement(organisation: Organisation) -> ResponseReturnValue:
    """Answer the requirement that ?requirement= names, else the first one that is open."""
    asked = _asked(organisation)
    one = _wanted(asked)
    if one is None:
        flash(_("The guidance asks nothing of the organisation that is not answered."), "warning")
        return redirect(url_for("prepare.organisation_guidance", ref=organisation.ref))
    found = counted([organisation], [one.requirement], today())[organisation.id]
    form = AnswerForm(obj=register.answer_now(organisation, one.requirement).entry)
    editing = _editing(organisation, one, form, row(one, found).counted)
    if form.another.data:
        editing.back = _next(organisation, asked, one)
    told = _("The answer to %(code)s was saved.", code=one.requirement.mark)
    return edited(editing, told) or _form(organisation, one, form, found)


def _asked(organisation: Organisation) -> list[Asked]:
    """What is asked of the organisation, in the order of the page."""
    found = loading.answered(actor.current().scope, organisation, on=today())
    return in_order(found)


def _wanted(asked: Sequence[Asked]) -> Asked | None:
    mark = request.args.get("requirement", "")
    if mark:
        return next((one for one in asked if one.requirement.mark == mark), None)
    return next((one for one in asked if one.is_open(today())), None)


def _next(organisation: Organisation, asked: Sequence[Asked], done: Asked) -> str:
    """The page of the next open requirement after this one, else of the first one, else of all of them."""
    here = [one.requirement.mark for one in asked].index(done.requirement.mark)
    later = [one for one in [*asked[here + 1 :], *asked[:here]] if one.is_open(today())]
    if not later:
        return url_for("prepare.organisation_guidance", ref=organisation.ref)
    return url_for("prepare.answer_requirement", ref=organisation.ref, requirement=later[0].requirement.mark)


def _editing(organisation: Organisation, one: Asked, form: AnswerForm, shown: Checked | None) -> Editing[AnswerEntry]:
    requirement = one.requirement
    given = [one.answer] if one.answer else []
    return Editing(
        requirement,
        form,
        partial(register.answer_now, organisation, requirement),
        lambda entry, seen: register.answer(organisation, requirement, entry, seen=seen, counted=shown, on=today()),
        title=guiding.title(requirement),
        back=url_for("prepare.organisation_guidance", ref=organisation.ref, _anchor=requirement.mark),
        parts=lambda: given,
    )


def _form(organisation: Organisation, one: Asked, form: AnswerForm, found: Any) -> str:
    requirement = one.requirement
    return render_template(
        "prepare/answer_form.html",
        form=form,
        organisation=organisation,
        version=requirement.guidance_version,
        row=row(one, found),
        former=None if one.answer else _former(organisation, requirement),
        sectors=sectors([requirement]),
        back=url_for("prepare.organisation_guidance", ref=organisation.ref, _anchor=requirement.mark),
    )


def _former(organisation: Organisation, requirement: Requirement) -> RequirementAnswer | None:
    """What the organisation said of the requirement as it read in the version before."""
    version: GuidanceVersion = requirement.guidance_version
    if version.predecessor_id is None:
        return None
    return db.session.scalars(queries.former(actor.current().scope, organisation, requirement)).first()


def may_answer(organisation: Organisation) -> bool:
    """Whether the acting person answers for the organisation."""
    return may(actor.current(), Action.ANSWER_GUIDANCE, organisation)
