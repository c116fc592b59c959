"""Every change to plans and their versions."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from continuity import approval, lifecycle, writing
from continuity.entries.plans import ApprovalEntry, PlanEntry, of_record
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import comments, contents, figures
from continuity.register.copying import copy_contents
from continuity.vocabulary.comments import Step
from continuity.vocabulary.plans import OPEN_STATES, PENDING_STATES, WAITING_STATES, PlanState, Section
from prepare import actor, audit
from prepare.access import Action, act
from prepare.clock import now
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.queries import functions as function_queries
from prepare.register import jobs
from prepare.register.codes import next_code
from prepare.registration import Gap
from prepare.texts import N_

#: The job that builds anew what tells of a plan's organisation, so that a memory stick holds what is in force.
PACKAGES = "package:refresh"


@act(Action.ADD_PLAN)
def add(organisation: Organisation, entry: PlanEntry, *, on: date, at: datetime) -> Plan:
    """Start a plan of the organisation with a first version, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(approval.problems(entry, on=on))
    plan = Plan(code=next_code(Plan.code, "PL-"), organisation=organisation)
    _fill_plan(plan, entry)
    db.session.add(plan)
    db.session.flush()
    _link(plan, entry.functions)
    _write(_begin(plan), entry, at=at)
    return plan


@act(Action.EDIT_PLAN)
def edit(plan: Plan, entry: PlanEntry, *, seen: Seen[PlanEntry] | None, on: date, at: datetime) -> PlanVersion:
    """Write in the version that is being prepared; if there is none, a new one is begun.

    The approved version stays in force and untouched. `seen` is what the person edited. Raises StaleEntry if it
    has changed since, and RuleBroken with every rule that the entry breaks.
    """
    version = pending(plan)
    if version and version.state not in OPEN_STATES:
        raise RuleBroken(N_("The version has been submitted. It can be edited when it has been returned."))
    refuse_stale(seen, seen_now(plan))
    refuse_if(approval.problems(entry, on=on))
    taken = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == entry.number)
    other = db.session.scalars(taken).first()
    if other is not None and other is not version:
        raise RuleBroken(N_("The plan has a version with this number already."), field="number")
    _fill_plan(plan, entry)
    _link(plan, entry.functions)
    return _write(version or _begin_next(plan), entry, at=at)


@act(Action.BEGIN_PLAN)
def begin(plan: Plan, *, at: datetime) -> PlanVersion:
    """Begin the next version with a copy of what the one in force, or else the newest one, holds.

    Raises RuleBroken while another version is being prepared.
    """
    if pending(plan):
        raise RuleBroken(N_("A version of the plan is being prepared already."))
    return _write(_begin_next(plan), held(plan), at=at)


@act(Action.SUBMIT_PLAN)
def submit(plan: Plan, *, at: datetime) -> None:
    """Hand the version that is being prepared over to the unit and the director.

    Raises RuleBroken with everything that is missing.
    """
    version = pending(plan)
    lifecycle.refuse_unless_open(Step.SUBMIT, version.state if version else None)
    missing = N_("Missing: %(what)s. %(why)s")
    refuse_if([RuleBroken(missing, field=g.field, what=g.what, why=g.why) for g in gaps(plan)])
    if version:
        version.state, version.submitted_at = PlanState.SUBMITTED, at
        version.return_reason = version.state_reason = version.reviewed_by_central_on = None
    db.session.flush()


@act(Action.RETURN_PLAN)
def send_back(plan: Plan, reason: str | None) -> None:
    """Return the submitted version for completion; the reason, or the open comments, say what is missing."""
    version = _waiting(plan)
    waiting = db.session.scalar(comments.open_counted(version)) or 0
    refuse_if(lifecycle.return_problems(reason, open_comments=waiting))
    version.state, version.return_reason = PlanState.RETURNED, (reason or "").strip() or None
    db.session.flush()


@act(Action.APPROVE_PLAN)
def approve(plan: Plan, entry: ApprovalEntry, *, on: date) -> PlanVersion:
    """Take the submitted version into force; the one that was in force is superseded.

    What its functions are on that day is kept with it. Raises RuleBroken unless the acting person is somebody else
    than those who wrote it (E8) and the plan covers a function and has a next review (E10).
    """
    version = _waiting(plan)
    approver = actor.current().user_id
    refuse_if(approval.approval_problems(held(plan), entry, approver=approver, authors=authors(version), on=on))
    for earlier in plan.versions:
        if earlier.state is PlanState.APPROVED:
            earlier.state = PlanState.SUPERSEDED
    db.session.flush()
    figures.freeze(version, figures.of_plan(plan.functions))
    version.state, version.approver_id, version.approved_on = PlanState.APPROVED, approver, on
    version.next_review, version.valid_until, version.return_reason = entry.next_review, entry.valid_until, None
    db.session.flush()
    jobs.enqueue(plan.organisation, PACKAGES, {}, at=now())
    return version


def authors(version: PlanVersion) -> frozenset[int]:
    """Everybody who wrote in the version."""
    return frozenset(filter(None, [version.author_id, *(user.id for user in version.authors)]))


def pending(plan: Plan) -> PlanVersion | None:
    """The version that is being prepared, if there is one."""
    rows = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.state.in_(PENDING_STATES))
    return db.session.scalars(rows).first()


def in_force(plan: Plan) -> PlanVersion | None:
    """The approved version, if there is one."""
    rows = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.state == PlanState.APPROVED)
    return db.session.scalars(rows).first()


def texts(version: PlanVersion | None) -> dict[Section, str]:
    """The written sections of a version."""
    return {section.section: section.text for section in version.sections if section.text} if version else {}


def gaps(plan: Plan) -> list[Gap]:
    """What the version that is being prepared lacks before it can be submitted."""
    version, scope = pending(plan), actor.current().scope
    if version is None:
        return approval.gaps(held(plan), ())
    cards = db.session.scalars(contents.cards(scope, version)).all()
    held_rows = {
        "cards": any(card.tasks for card in cards),
        "strategies": db.session.scalars(contents.strategies(scope, version)).first() is not None,
        "level_tasks": db.session.scalars(contents.level_tasks(scope, version)).first() is not None,
    }
    return approval.gaps(held(plan), writing.filled(texts(version), **held_rows))


def held(plan: Plan) -> PlanEntry:
    """What a person who edits the plan begins with: the pending version, else a copy of the one in force."""
    version = pending(plan)
    if version:
        return of_record(plan, version, version.number)
    latest = in_force(plan) or next(iter(plan.versions), None)
    base = latest or PlanVersion(number="0.0")
    return of_record(plan, base, approval.free_number(base.number, {v.number for v in plan.versions}))


def seen_now(plan: Plan) -> Seen[PlanEntry]:
    """What a person sees who edits the plan now, without functions that the person may not read."""
    who, entry, version = actor.current(), held(plan), pending(plan)
    functions = tuple(f.code for f in plan.functions if actor.readable(who, f))
    return Seen(replace(entry, functions=functions), (version.state.value,) if version else ())


def _waiting(plan: Plan) -> PlanVersion:
    version = pending(plan)
    if version is None or version.state not in WAITING_STATES:
        raise RuleBroken(N_("No version of the plan waits for approval."))
    return version


def _begin(plan: Plan) -> PlanVersion:
    version = PlanVersion(plan=plan, number=held(plan).number, sections=[], authors=[])
    db.session.add(version)
    return version


def _begin_next(plan: Plan) -> PlanVersion:
    latest = in_force(plan) or next(iter(plan.versions), None)
    version = _begin(plan)
    if latest:
        copy_contents(latest, version)
    return version


def _fill_plan(plan: Plan, entry: PlanEntry) -> None:
    for name in ("kind", "name_fi", "name_sv", "name_en", "confidentiality", "secrecy_basis"):
        setattr(plan, name, getattr(entry, name))


def _write(version: PlanVersion, entry: PlanEntry, *, at: datetime) -> PlanVersion:
    for name in ("number", "document_ref", "last_exercised_on"):
        setattr(version, name, getattr(entry, name))
    sign(version, at=at)
    db.session.flush()
    return version


def sign(version: PlanVersion, *, at: datetime) -> None:
    """Count the acting person among those who wrote in the version; a returned one is a draft again."""
    who = actor.current().user_id
    version.state, version.author_id, version.edited_at = PlanState.DRAFT, who, at
    if who is not None and who not in {user.id for user in version.authors}:
        version.authors.append(db.session.get_one(User, who))


def _link(plan: Plan, codes: tuple[str, ...]) -> None:
    """Set the covered functions; those that the acting person may not read stay as they are."""
    scope = actor.current().scope
    readable = function_queries.functions(scope).with_only_columns(Function.id, maintain_column_froms=True)
    hidden = [f for f in plan.functions if f.id not in set(db.session.scalars(readable))]
    chosen = list(db.session.scalars(function_queries.functions(scope).where(Function.code.in_(codes))))
    if unknown := sorted(set(codes) - {f.code for f in [*chosen, *hidden]}):
        raise RuleBroken(N_("There is no such function: %(codes)s."), field="functions", codes=", ".join(unknown))
    before = sorted(f.code for f in plan.functions)
    wanted = {f.id: f for f in [*hidden, *chosen]}
    after = sorted(f.code for f in wanted.values())
    if before != after:
        plan.functions = list(wanted.values())
        db.session.flush()
        audit.note(plan, {"functions": [before, after]})
