"""What the rules find on one record, on its own page."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity import snoozing
from continuity.findings.finding import Subject
from continuity.models.plans import Plan
from continuity.readiness.judged import judged
from continuity.views import findings as register_page
from continuity.views import mending
from continuity.views.blueprint import bp
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.gate.opening import opens_page
from prepare.models.functions import Function
from prepare.views import choosing
from prepare.views.functions import word
from risks.models.risks import Risk

SUBJECTS: dict[type, Subject] = {
    Function: Subject.FUNCTION,
    Plan: Subject.PLAN,
    Risk: Subject.RISK,
    Interface: Subject.INTERFACE,
    Agreement: Subject.AGREEMENT,
}


def of_record(record: Any) -> dict[str, Any] | None:
    """Where the findings on a record of the city's own are told; the page fetches them once it stands."""
    who = actor.current()
    if not may(who, Action.VIEW_FINDING) or not who.scope.covers(record.owner_path, record.confidentiality):
        return None
    subject = next(one for kind, one in SUBJECTS.items() if isinstance(record, kind))
    owner = record.organisation.code
    return {"address": url_for("continuity.findings_on", subject=subject.value, of=record.ref, organisation=owner)}


@bp.get("/findings/on")
@opens_page(Action.VIEW_FINDING)
def findings_on() -> ResponseReturnValue:
    """What the rules find on one record: what is missing, why it matters, where it is mended."""
    subject, of = word(Subject, request.args.get("subject")), request.args.get("of", "")
    owners = choosing.organisations()
    chosen = owners.get(request.args.get("organisation", ""))
    tops = register_page.tops_of(list(owners.values())) or ([chosen] if chosen else [])
    every = [one for top in tops for one in judged(actor.current().scope, top, on=today()).findings]
    found = register_page.once(one for one in every if (one.thing.subject, one.thing.ref) == (subject, of))
    aside = register_page.snoozes()
    rows = [(one, mending.place(one), _sleeps(one, aside)) for one in found]
    return render_template("continuity/findings_on.html", rows=rows, thing=found[0].thing if found else None)


def _sleeps(one: Any, aside: register_page.Snoozes) -> bool:
    snooze = aside.get(register_page.key(one))
    return snooze is not None and snoozing.holds(snooze, one.severity, on=today())
