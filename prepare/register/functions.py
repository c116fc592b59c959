"""Every change to the function register."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from prepare import actor, registration, stored
from prepare.access import Action, act
from prepare.criticality import REVIEW_MONTHS, Impacts, Notes, impact_problems
from prepare.db import db
from prepare.entries import FunctionEntry, ImpactEntry
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import BiaImpact, Function, FunctionRevision
from prepare.models.organisations import Organisation
from prepare.months import months_after
from prepare.queries.functions import OPEN_REVISIONS
from prepare.register.codes import next_code
from prepare.registration import Gap
from prepare.texts import N_
from prepare.vocabulary import FunctionState, ImpactCategory, RevisionState


@act(Action.ADD_FUNCTION)
def add(organisation: Organisation, entry: FunctionEntry) -> Function:
    """Register a function of the organisation as a draft, under the next free code of its kind.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(registration.problems(entry))
    function = Function(code=_next_code(organisation), organisation=organisation)
    if not organisation.owner_is_own:
        function.state = FunctionState.CONFIRMED
    _fill(function, entry)
    db.session.add(function)
    db.session.flush()
    return function


@act(Action.EDIT_FUNCTION)
def edit(function: Function, entry: FunctionEntry, *, seen: Seen[FunctionEntry] | None, at: datetime) -> None:
    """Change a function; a confirmed one stays in force and the change waits in a revision.

    `seen` is what the person edited. Raises StaleEntry if it or the function's state is another by now, and
    RuleBroken with every rule that the entry breaks.
    """
    _refuse_retired(function)
    refuse_stale(seen, seen_now(function))
    refuse_if(registration.problems(entry))
    revision = pending(function)
    if function.state is not FunctionState.CONFIRMED or not function.owner_is_own:
        _fill(function, entry)
    elif revision:
        revision.entry, revision.state = stored.as_json(entry), RevisionState.DRAFT
    else:
        _begin(function, stored.as_json(entry), at=at)
    db.session.flush()


@act(Action.ASSESS_IMPACTS)
def assess_impacts(
    function: Function, impacts: Impacts, notes: Notes | None = None, *, seen: Seen[ImpactEntry] | None, at: datetime
) -> None:
    """Replace a function's impact grid and its notes; those of a confirmed function wait in its revision.

    Without `notes` they stay as they are. Raises StaleEntry if the grid or the function's state is another than the
    person saw, and RuleBroken if a step is outside 1-5 or the impact falls as the outage lasts (E2).
    """
    _refuse_retired(function)
    refuse_stale(seen, impacts_now(function))
    refuse_if(impact_problems(impacts))
    revision = pending(function)
    notes = proposed_notes(function, revision) if notes is None else notes
    if function.state is not FunctionState.CONFIRMED:
        function.state = FunctionState.DRAFT
        _fill_impacts(function, impacts, notes)
    else:
        revision = revision or _begin(function, stored.as_json(registration.of_record(function)), at=at)
        revision.impacts = {category.value: list(steps) for category, steps in impacts.items()}
        revision.impact_notes = {category.value: note for category, note in notes.items()}
        revision.state = RevisionState.DRAFT
    db.session.flush()


@act(Action.SUBMIT_FUNCTION)
def submit(function: Function, *, further: Sequence[Gap], at: datetime) -> None:
    """Hand a function, or the change to it, over for confirmation.

    `further` are the gaps that other packages found. Raises RuleBroken with everything that is missing
    or breaks a rule (E11, E3).
    """
    revision = pending(function)
    entry, impacts = proposed(function, revision)
    if revision is None and function.state is not FunctionState.DRAFT:
        raise RuleBroken(N_("There is nothing to submit: the function has no change that waits."))
    refuse_if(registration.submission_problems(entry, impacts, further))
    if revision:
        revision.state, revision.return_reason, revision.submitted_at = RevisionState.SUBMITTED, None, at
    else:
        function.state, function.return_reason, function.submitted_at = FunctionState.SUBMITTED, None, at
    db.session.flush()


@act(Action.CONFIRM_FUNCTION)
def confirm(function: Function, *, on: date) -> None:
    """Take a submitted function, or the submitted change to it, into force."""
    revision = pending(function)
    if revision and revision.state is RevisionState.SUBMITTED:
        entry, impacts = proposed(function, revision)
        _fill(function, entry)
        if revision.impacts is not None:
            _fill_impacts(function, impacts, proposed_notes(function, revision))
        revision.state = RevisionState.APPLIED
    elif function.state is not FunctionState.SUBMITTED:
        raise RuleBroken(N_("Only a submitted function can be confirmed."))
    function.state, function.return_reason, function.reviewed_on = FunctionState.CONFIRMED, None, on
    function.next_review = months_after(on, REVIEW_MONTHS.get(function.criticality, 12) if function.criticality else 12)
    db.session.flush()


@act(Action.RETURN_FUNCTION)
def send_back(function: Function, reason: str) -> None:
    """Return a submitted function, or the change to it, for completion; the reason is for its sector."""
    if not reason.strip():
        raise RuleBroken(N_("Say what the sector should complete."), field="reason")
    revision = pending(function)
    if revision and revision.state is RevisionState.SUBMITTED:
        revision.state, revision.return_reason = RevisionState.RETURNED, reason
    elif function.state is FunctionState.SUBMITTED:
        function.state, function.return_reason = FunctionState.DRAFT, reason
    else:
        raise RuleBroken(N_("Only a submitted function can be returned."))
    db.session.flush()


@act(Action.DISCARD_REVISION)
def discard(function: Function) -> None:
    """Drop the change that waits; what is in force stays."""
    revision = pending(function)
    if revision is None:
        raise RuleBroken(N_("There is no change to discard."))
    revision.state = RevisionState.DISCARDED
    db.session.flush()


@act(Action.RETIRE_FUNCTION)
def retire(function: Function) -> None:
    """Take a function out of use; it stays readable and leaves the dependency graph. A change that waits is dropped."""
    _refuse_retired(function)
    if revision := pending(function):
        revision.state = RevisionState.DISCARDED
    function.state = FunctionState.RETIRED
    db.session.flush()


def pending(function: Function) -> FunctionRevision | None:
    """The open revision of a function, if there is one."""
    rows = select(FunctionRevision).where(
        FunctionRevision.function_id == function.id, FunctionRevision.state.in_(OPEN_REVISIONS)
    )
    return db.session.scalars(rows.order_by(FunctionRevision.id.desc())).first()


def impacts_in_force(function: Function) -> dict[ImpactCategory, tuple[int, ...]]:
    """The impact grid that the register holds: category → seven steps."""
    rows = db.session.scalars(select(BiaImpact).where(BiaImpact.function_id == function.id))
    held = {row.category: row.steps for row in rows}
    return {category: held[category] for category in ImpactCategory if category in held}


def proposed(function: Function, revision: FunctionRevision | None) -> tuple[FunctionEntry, Impacts]:
    """The entry and the impacts as they would be with the revision taken into force."""
    if revision is None:
        return registration.of_record(function), impacts_in_force(function)
    entry = stored.from_json(FunctionEntry, revision.entry)
    if revision.impacts is None:
        return entry, impacts_in_force(function)
    return entry, {ImpactCategory(category): tuple(steps) for category, steps in revision.impacts.items()}


def notes_in_force(function: Function) -> dict[ImpactCategory, str]:
    """The notes on the impact grid that the register holds: category → note."""
    rows = db.session.scalars(select(BiaImpact).where(BiaImpact.function_id == function.id))
    held = {row.category: row.note for row in rows}
    return {category: note for category in ImpactCategory if (note := held.get(category))}


def proposed_notes(function: Function, revision: FunctionRevision | None) -> dict[ImpactCategory, str]:
    """The notes as they would be with the revision taken into force."""
    if revision is None or revision.impact_notes is None:
        return notes_in_force(function)
    return {ImpactCategory(category): note for category, note in revision.impact_notes.items()}


def _begin(function: Function, entry: Mapping[str, object], *, at: datetime) -> FunctionRevision:
    who = actor.current().user_id
    revision = FunctionRevision(
        function=function, entry=dict(entry), base_version=function.version, author_id=who, begun_at=at
    )
    db.session.add(revision)
    return revision


def _fill(function: Function, entry: FunctionEntry) -> None:
    for field in fields(entry):
        setattr(function, field.name, getattr(entry, field.name))
    if function.state is FunctionState.SUBMITTED:
        function.state = FunctionState.DRAFT


def _fill_impacts(function: Function, impacts: Impacts, notes: Notes) -> None:
    rows = {r.category: r for r in db.session.scalars(select(BiaImpact).where(BiaImpact.function_id == function.id))}
    for category, steps in impacts.items():
        values: dict[str, Any] = {f"t{place}": step for place, step in enumerate(steps, start=1)}
        values["note"] = notes.get(category)
        if row := rows.get(category):
            for name, value in values.items():
                setattr(row, name, value)
        else:
            db.session.add(BiaImpact(function=function, category=category, **values))


def _next_code(organisation: Organisation) -> str:
    letter = "F" if organisation.owner_is_own else "X"
    return next_code(Function.code, f"{letter}-{organisation.code.removeprefix('P-')}-")


def seen_now(function: Function) -> Seen[FunctionEntry]:
    """What a person sees who edits the function now: its entry with the change that waits, and both states."""
    revision = pending(function)
    return Seen(proposed(function, revision)[0], _standing(function, revision))


def impacts_now(function: Function) -> Seen[ImpactEntry]:
    """What a person sees who assesses the function's impacts now."""
    revision = pending(function)
    entry = ImpactEntry.of(proposed(function, revision)[1], proposed_notes(function, revision))
    return Seen(entry, _standing(function, revision))


def parts(function: Function) -> list[FunctionRevision | BiaImpact]:
    """The records beside the function that hold what people edit: the change that waits, and the impacts in force."""
    revision = pending(function)
    rows = db.session.scalars(select(BiaImpact).where(BiaImpact.function_id == function.id))
    return [*rows, *([revision] if revision else [])]


def _standing(function: Function, revision: FunctionRevision | None) -> tuple[str, ...]:
    return (function.state.value, *([revision.state.value] if revision else []))


def _refuse_retired(function: Function) -> None:
    if function.state is FunctionState.RETIRED:
        raise RuleBroken(N_("A retired function cannot be changed."))
