"""The function register: the list and a function's page."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from prepare import actor, registration
from prepare.access import Action
from prepare.criticality import BANDS, STEP_MESSAGES, suggested
from prepare.db import db
from prepare.forms.differences import changes
from prepare.gate.opening import opens, opens_page
from prepare.insets import insets
from prepare.models.codes import CodeItem
from prepare.models.functions import Function, FunctionRevision
from prepare.queries import functions as queries
from prepare.queries import organisations
from prepare.queries.pages import page
from prepare.register import functions as register
from prepare.texts import _, name_of
from prepare.views import bp, choosing
from prepare.views.missing import may_see, missing_of
from prepare.views.paging import PAGE_SIZE, paging, sorting
from prepare.vocabulary import CodeList, Criticality, FunctionState, RevisionState


def word(vocabulary: Any, value: str | None) -> Any:
    """The vocabulary's word, or None when the address has another."""
    return vocabulary(value) if value in {w.value for w in vocabulary} else None


@bp.get("/functions/")
@opens_page(Action.VIEW_FUNCTION)
def functions() -> ResponseReturnValue:
    """The register: search, filters, order, paging."""
    scope, args = actor.current().scope, request.args
    outside = args.get("outside") == "1"
    choices = choosing.organisations(own=not outside)
    chosen = choices.get(args.get("organisation", ""))
    wanted = SimpleNamespace(
        q=args.get("q", "")[:200],
        organisation=chosen.code if chosen else "",
        criticality=word(Criticality, args.get("criticality")),
        state=word(FunctionState, args.get("state")),
        outside=outside,
    )
    found = queries.functions(
        scope,
        q=wanted.q,
        organisation=chosen.path if chosen else "",
        criticality=wanted.criticality,
        state=wanted.state,
        outside=outside,
    )
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    order, falling = sorting("criticality")
    ordered = queries.ordered(found, order, descending=falling)
    rows = db.session.scalars(page(ordered, Function.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template(
        "prepare/functions.html",
        rows=rows,
        revised=set(db.session.scalars(queries.revised(scope, [row.id for row in rows]))),
        missing=_counts(rows) if may_see() else None,
        total=at.total,
        page=at.page,
        pages=at.pages,
        wanted=wanted,
        organisations=[(o.code, name_of(o)) for o in choices.values() if o.parent_id],
        criticalities=[(c.value, f"{c.value} {c.label}") for c in Criticality],
        states=FunctionState,
    )


def _counts(rows: Sequence[Function]) -> dict[int, int]:
    """How many things that are expected of its sector each function lacks."""
    return {one: sum(each.is_must for each in found) for one, found in missing_of(rows).items()}


@bp.get("/functions/<uuid:ref>")
@opens(Function, Action.VIEW_FUNCTION)
def function(function: Function) -> ResponseReturnValue:
    """One function: what it is, what it lacks, and what other packages know of it.

    To whom it was only shared reads what it is: not what it needs, nor what waits or was found.
    """
    scope = actor.current().scope
    is_whole = scope.covers(function.owner_path, function.confidentiality)
    revision = db.session.scalars(queries.pending(scope, function)).first()
    _entry, proposed = register.proposed(function, revision)
    submittable = (revision and revision.state is not RevisionState.SUBMITTED) or function.state is FunctionState.DRAFT
    impacts, notes = register.impacts_in_force(function) if revision else proposed, register.notes_in_force(function)
    return render_template(
        "prepare/function.html",
        function=function,
        suggested=suggested(function.mtpd_h),
        missing=missing_of([function]).get(function.id, []) if may_see() else None,
        revision=revision,
        changes=changes(differences(function, revision)) if revision else [],
        is_whole=is_whole,
        impacts=[SimpleNamespace(category=c, steps=steps, note=notes.get(c)) for c, steps in impacts.items()],
        bands=BANDS,
        steps=[(step, _(message)) for step, message in STEP_MESSAGES.items()],
        resources=db.session.scalars(queries.resources(scope, function)).all(),
        vital_function=_vital_function(function),
        areas=[function.area_scope] if function.area_scope else [],
        can_submit=bool(submittable and function.owner_is_own),
        insets=list(insets(function)) if is_whole else [],
    )


def differences(function: Function, revision: FunctionRevision) -> list[tuple[str, Any, Any]]:
    """What a revision alters: (field, in force, proposed); the impacts as one field."""
    entry, impacts = register.proposed(function, revision)
    pairs = registration.differences(registration.of_record(function), entry)
    if revision.impacts is not None:
        held = {c.value: list(steps) for c, steps in register.impacts_in_force(function).items()}
        pairs.append(("impacts", held, {c.value: list(steps) for c, steps in impacts.items()}))
        notes = {c.value: note for c, note in register.notes_in_force(function).items()}
        proposed = {c.value: note for c, note in register.proposed_notes(function, revision).items()}
        pairs.append(("impact_notes", notes, proposed))
    return pairs


def _vital_function(function: Function) -> str | None:
    codes = organisations.codes(CodeList.VITAL_FUNCTION).where(CodeItem.code == function.vital_function)
    item = db.session.scalars(codes).first() if function.vital_function else None
    return f"{item.code} {name_of(item)}" if item else function.vital_function
