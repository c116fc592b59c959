"""Granting and ending roles, and what each role may do."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, rights
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.people import RoleForm
from prepare.gate.opening import opens, signed_in, takes
from prepare.models.users import User
from prepare.register import roles
from prepare.texts import _
from prepare.views import bp, choices
from prepare.views.answers import done
from prepare.views.functions import word
from prepare.vocabulary import Role


@bp.route("/people/<uuid:ref>/roles", methods=["GET", "POST"])
@opens(User, Action.GRANT_ROLE)
def grant_role(user: User) -> ResponseReturnValue:
    """Let a person hold a further role."""
    places = choices.organisations(partial(may, actor.current(), Action.GRANT_ROLE))
    form = RoleForm()
    form.organisation.offer(choices.labels(places))
    if form.accepted():
        try:
            with transaction():
                roles.grant(places[str(form.organisation.data)], user, form.role.data)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The role was granted. It is in force from the person's next click on."))
            return redirect(url_for("prepare.person", ref=user.ref))
    return render_template("prepare/role_form.html", form=form, user=user, told=rights.roles())


@bp.post("/people/<uuid:ref>/roles/end")
@opens(User, Action.WITHDRAW_ROLE)
@takes("held", "over")
def withdraw_role(user: User) -> ResponseReturnValue:
    """End one role of a person."""
    back = url_for("prepare.person", ref=user.ref)
    held = (word(Role, request.form.get("held")), request.form.get("over", ""))
    grant = next((g for g in user.grants if (g.role, g.organisation.code) == held), None)
    if grant is None:
        flash(_("The person does not hold this role here."), "error")
        return redirect(back)
    told = _("The role has ended.")
    return done(lambda: roles.withdraw(grant.organisation, user, grant.role, at=now()), told, back)


@bp.get("/rights")
@signed_in
def role_rights() -> ResponseReturnValue:
    """What each role may see and do, as the gate itself decides."""
    return render_template(
        "prepare/rights.html",
        roles=rights.roles(),
        names=[role.label for role in Role],
        groups=rights.table(),
        marks=rights.Mark,
    )
