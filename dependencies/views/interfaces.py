"""Interfaces with outside partners: the list, and one of them."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies import interface_lifecycle as life
from dependencies import queries
from dependencies.analysing import affected, completeness, partners
from dependencies.analysing import interfaces as readings
from dependencies.analysing.interfaces import SECURITY, Wanted
from dependencies.completeness import Asked, Held, Verdict, verdict
from dependencies.interface_vocabulary import Side, Step
from dependencies.models.interfaces import Interface
from dependencies.views import agreements
from dependencies.views.blueprint import bp
from dependencies.views.shown import shown
from dependencies.vocabulary import InterfaceState
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.insets import insets
from prepare.queries.pages import page
from prepare.texts import _, day, name_of
from prepare.views import choosing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, Paging, paging
from prepare.vocabulary import OWN_KINDS, Criticality, OrganisationKind
from risks.views.measure_sections import measures_of
from risks.vocabulary.measures import MeasureSource

#: What a filter calls the security authorities together.
AUTHORITIES = "security"
#: Step → what it needs, the endpoint that takes it, and whether it needs a page of its own.
STEPS = {
    Step.DRAFT: (Action.ADVANCE_INTERFACE, "dependencies.draft_interface"),
    Step.AGREE: (Action.AGREE_INTERFACE, "dependencies.agree_interface"),
    Step.BEGIN_REVIEW: (Action.ADVANCE_INTERFACE, "dependencies.begin_interface_review"),
    Step.REVIEW: (Action.REVIEW_INTERFACE, "dependencies.review_interface"),
    Step.DISSOLVE: (Action.DISSOLVE_INTERFACE, "dependencies.dissolve_interface"),
    Step.REOPEN: (Action.REOPEN_INTERFACE, "dependencies.reopen_interface"),
}
#: Steps that are taken by a button, without a page of their own.
AT_ONCE = frozenset({Step.DRAFT, Step.BEGIN_REVIEW, Step.REOPEN})


@bp.get("/interfaces/")
@opens_page(Action.VIEW_INTERFACE)
def interfaces() -> ResponseReturnValue:
    """The interfaces that the person may read: search, filters, what each lacks."""
    on, sectors = today(), choosing.organisations()
    lacks, asked = word(Asked, request.args.get("lacks")), _wanted(sectors)
    rows, at = _page(readings.found(actor.current().scope, asked, on), lacks)
    passed = completeness.verdicts(rows, on)
    return render_template(
        "dependencies/interfaces.html",
        rows=[SimpleNamespace(interface=one, state=_standing(one), verdict=passed[one.id]) for one in rows],
        at=at,
        wanted=asked,
        kind=request.args.get("kind", ""),
        sector=request.args.get("organisation", ""),
        lacks=lacks,
        kinds=[(AUTHORITIES, _("Security authorities")), *_partner_kinds()],
        sectors=[(one.code, name_of(one)) for one in sectors.values() if one.parent_id],
        classes=[(one.value, f"{one.value} {one.label}") for one in Criticality],
        states=InterfaceState,
        checks=Asked,
        is_narrowed=lacks is not None or asked != Wanted(),
        today=on,
    )


def _wanted(sectors: Any) -> Wanted:
    """Which interfaces the address asks for."""
    kind, sector = request.args.get("kind", ""), sectors.get(request.args.get("organisation", ""))
    one = word(OrganisationKind, kind)
    return Wanted(
        q=request.args.get("q", "")[:200],
        kinds=SECURITY if kind == AUTHORITIES else frozenset({one} if one else ()),
        sector=sector.path if sector else "",
        criticality=word(Criticality, request.args.get("class")),
        state=word(InterfaceState, request.args.get("state")),
    )


def _page(found: Any, lacks: Asked | None) -> tuple[list[Interface], Paging]:
    """One page of the interfaces; what they lack is no column, so those are sorted out first."""
    if lacks is not None:
        every = db.session.scalars(found).all()
        passed = completeness.verdicts(every, today())
        short = [one for one in every if lacks in passed[one.id].lacking]
        at = paging(len(short))
        return short[at.offset : at.offset + PAGE_SIZE], at
    at = paging(db.session.scalar(queries.interfaces_counted(found)) or 0)
    return list(db.session.scalars(page(found, Interface.id, offset=at.offset, limit=PAGE_SIZE))), at


def _partner_kinds() -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in OrganisationKind if one not in OWN_KINDS]


def _standing(interface: Interface) -> InterfaceState:
    return life.standing(interface.state, interface.criticality, interface.exercised_on, today())


@bp.get("/interfaces/<uuid:ref>")
@opens_page(Action.VIEW_INTERFACE)
def interface(ref: UUID) -> ResponseReturnValue:
    """One interface: both sides, what is settled between them, and the dependencies that run over it."""
    scope = actor.current().scope
    found = db.session.scalars(queries.interface(scope, ref)).one_or_none()
    if found is None:
        abort(404)
    keeps = may(actor.current(), Action.EDIT_INTERFACE, found)
    return render_template(
        "dependencies/interface.html",
        interface=found,
        state=_standing(found),
        steps=_steps(found),
        is_partner=partners.is_partner(actor.current()),
        carried=_carried(found),
        agreements=agreements.of_interface(found),
        risks=db.session.scalars(affected.risks_of(scope, found)).all(),
        measures=measures_of(MeasureSource.INTERFACE, found.code, None if keeps else found),
        insets=list(insets(found)),
        today=today(),
        **_parts(found),
    )


def _carried(interface: Interface) -> list[SimpleNamespace]:
    """The dependencies that run over it; for a partner those that it sees whole, which its confirmations show."""
    who = actor.current()
    if partners.is_partner(who):
        found = partners.open_lines(who, interface).limit(1)
    else:
        found = queries.carried_by(who.scope, interface)
    return [
        SimpleNamespace(dependency=one, consumer=shown(one.need.consumer), supplier=shown(one.supplier))
        for one in db.session.scalars(found)
    ]


def _parts(interface: Interface) -> dict[str, Any]:
    """What belongs to the interface, and how complete it is."""
    on = today()
    contacts = db.session.scalars(readings.contacts(actor.current().scope, interface)).all()
    tasks = db.session.scalars(readings.tasks(interface)).all()
    flows = db.session.scalars(readings.flows(interface)).all()
    held = completeness.of_opened(interface, tasks, flows, on)
    return {
        "contacts": {side: [one for one in contacts if one.side is side] for side in Side},
        "hides_contacts": not contacts and held.contacts is not False,
        "tasks": tasks,
        "flows": flows,
        "verdict": verdict(held, on),
        "checks": _checks(interface, held, verdict(held, on)),
    }


#: Check → the page of the interface's section that shows it.
SHOWN_AT = {
    Asked.OWNERS: "sides",
    Asked.CONTACTS: "contacts",
    Asked.ALERTING: "alerting",
    Asked.DUTIES: "tasks",
    Asked.FLOWS: "flows",
    Asked.AGREEMENT: "agreements",
    Asked.EXERCISE: "exercises-of",
    Asked.REVIEW: "sides",
}


def _checks(interface: Interface, held: Held, passes: Verdict) -> list[SimpleNamespace]:
    """Each check with its answer, what is wrong in words, and where it is mended."""
    return [
        SimpleNamespace(check=check, answer=answer, told=_told(check, held), at=f"#{SHOWN_AT[check]}", mend=mend)
        for check, answer in passes.checks.items()
        for mend in [None if answer else _mend(check, interface)]
    ]


def _told(check: Asked, held: Held) -> str:
    """What is known of a check that is told by a day, or by more than yes and no."""
    if check is Asked.ALERTING and held.alerting_documented:
        return _("tested %(day)s", day=day(held.alerting_tested_on)) if held.alerting_tested_on else _("never tested")
    return ""


def _mend(check: Asked, interface: Interface) -> tuple[str, str] | None:
    """The label and address that mend a check for the acting person; None where that is not for the person."""
    who, ref = actor.current(), interface.ref
    if interface.state is InterfaceState.DISSOLVED or not may(who, Action.EDIT_INTERFACE, interface):
        return None
    if check is Asked.CONTACTS:
        return _("Add a duty contact"), url_for("dependencies.add_contact", ref=ref)
    if check is Asked.DUTIES:
        return _("Add a task"), url_for("dependencies.add_interface_task", ref=ref)
    if check is Asked.FLOWS:
        return _("Add a flow of information"), url_for("dependencies.add_flow", ref=ref)
    if check is Asked.EXERCISE:
        if not may(who, Action.ADD_EXERCISE):
            return None
        return _("Plan a joint exercise"), url_for("continuity.add_exercise", interface=interface.code)
    if check is Asked.REVIEW and Step.REVIEW in life.steps(interface.state):
        return _("Record a review"), url_for("dependencies.review_interface", ref=ref)
    return _("Write it down"), url_for("dependencies.edit_interface", ref=ref, _anchor=FIELDS.get(check))


#: Check → the field of the form that mends it.
FIELDS = {
    Asked.OWNERS: "city_owner_role",
    Asked.ALERTING: "alerting_practice",
    Asked.AGREEMENT: "agreements",
    Asked.REVIEW: "next_review",
}


def _steps(interface: Interface) -> list[SimpleNamespace]:
    """The steps that the acting person can take: what each is called, its address, whether it is a button."""
    who = actor.current()
    return [
        SimpleNamespace(
            step=step, label=step.label, url=url_for(STEPS[step][1], ref=interface.ref), at_once=step in AT_ONCE
        )
        for step in life.steps(interface.state)
        if may(who, STEPS[step][0], interface)
    ]
