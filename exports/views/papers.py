"""A version of a plan as a PDF file: in which language, what for, and told to the trail."""

from io import BytesIO

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from continuity.models.plans import PlanVersion
from continuity.queries.whole import whole
from exports.entries import Language, PlanPaperEntry, paper_problems
from exports.forms import PlanPaperForm
from exports.paper.plan import PlanFile, plan_file
from exports.register import handing_over as register
from exports.views.blueprint import bp
from prepare import actor
from prepare.access import Action
from prepare.actor import Scope
from prepare.clock import now
from prepare.db import transaction
from prepare.errors import RuleBroken, refuse_if
from prepare.gate.opening import opens
from prepare.texts import language, speaking


@bp.route("/plans/versions/<uuid:ref>/pdf", methods=["GET", "POST"])
@opens(PlanVersion, Action.EXPORT_PLAN)
def plan_paper(version: PlanVersion) -> ResponseReturnValue:
    """Take a version of a plan as a file."""
    form = PlanPaperForm(data={"language": Language(language())} if request.method == "GET" else None)
    if form.accepted():
        try:
            return _handed_over(version, form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("exports/plan_paper.html", form=form, plan=version.plan, version=version)


def made_of(scope: Scope, version: PlanVersion, entry: PlanPaperEntry) -> PlanFile:
    """The file, as the scope shows the plan."""
    with speaking(entry.language.value):
        return plan_file(whole(scope, version), at=now())


def _handed_over(version: PlanVersion, entry: PlanPaperEntry) -> ResponseReturnValue:
    """Build the file first, so that the register is locked only to write the trail."""
    refuse_if(paper_problems(entry, version.confidentiality))
    made = made_of(actor.current().scope, version, entry)
    with transaction():
        register.hand_over_plan(version, entry, made)
    return send_file(BytesIO(made.content), mimetype="application/pdf", as_attachment=True, download_name=made.name)
