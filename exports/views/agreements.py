"""The agreements as a workbook: choose whose and in which language, and take it."""

from io import BytesIO

from flask import render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from exports.books.agreements import agreements_book
from exports.entries import AgreementsEntry, Language, agreements_problems
from exports.forms import AgreementsForm
from exports.register import handing_over as register
from exports.views.blueprint import bp
from exports.views.guidance import MIME
from prepare import actor
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import transaction
from prepare.errors import RuleBroken, refuse_if
from prepare.gate.opening import opens_page
from prepare.models.organisations import Organisation
from prepare.texts import language
from prepare.views.keeping import chosen, offered
from risks.views import choices


@bp.route("/workbooks/agreements", methods=["GET", "POST"])
@opens_page(Action.EXPORT_AGREEMENTS)
def agreements() -> ResponseReturnValue:
    """Take the agreements of an organisation and everything below it as a workbook."""
    own = choices.keepers(Action.EXPORT_AGREEMENTS)
    form = AgreementsForm(data={"organisation": choices.topmost(own).code, "language": Language(language())})
    form.organisation.offer(offered(own))
    if form.accepted():
        try:
            return _handed_over(chosen(own, form.organisation.data), form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("exports/agreements.html", form=form, back=url_for("dependencies.agreements"))


def _handed_over(organisation: Organisation, entry: AgreementsEntry) -> ResponseReturnValue:
    """Build the file first, so that the register is locked only to write the trail."""
    refuse_if(agreements_problems(entry))
    made = agreements_book(organisation, actor.current().scope, entry, on=today(), at=now())
    with transaction():
        register.hand_over_agreements(organisation, entry, made)
    return send_file(BytesIO(made.content), mimetype=MIME, as_attachment=True, download_name=made.name)
