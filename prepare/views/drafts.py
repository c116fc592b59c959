"""Keeping what a person is typing, and letting go of it."""

from flask import flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from prepare.gate import drafts
from prepare.gate.opening import signed_in, takes
from prepare.texts import _, clock_time
from prepare.views import bp
from prepare.views.accounts import inside


@bp.post("/drafts")
@signed_in
def keep_draft() -> ResponseReturnValue:
    """Keep the fields of the form at ?of= as the person's own draft; the answer tells when."""
    at = drafts.keep(request.args.get("of", ""))
    return jsonify(told=_("Draft kept at %(time)s.", time=clock_time(at)) if at else "")


@bp.post("/drafts/discard")
@signed_in
@takes("of")
def discard_draft() -> ResponseReturnValue:
    """Let go of a draft and show the form as it is saved."""
    address = request.form.get("of", "")
    drafts.discard(address)
    flash(_("The draft was discarded. The form shows what has been saved."), "info")
    return redirect(inside(address))
