"""Tokens of reporting tools: which there are, making one, and ending one at once."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exports.forms import TokenForm
from exports.registers.catalogue import REGISTERS
from exports.views.blueprint import bp
from exports.views.registers import highest, opened
from prepare import actor, tokens
from prepare.access import Action, may
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate import bearing
from prepare.gate.opening import opens, opens_page, takes
from prepare.models.organisations import Organisation
from prepare.models.tokens import ApiToken
from prepare.queries import tokens as queries
from prepare.queries.pages import page
from prepare.register import tokens as register
from prepare.register.tokens import Sealed
from prepare.texts import _
from prepare.views import keeping
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Confidentiality
from risks.views import choices

#: For how long a token lasts unless another day is chosen.
USUAL = timedelta(days=180)
#: So many letters of a token are kept, to tell one from another.
HINT = len(bearing.PREFIX) + 4


@bp.get("/tokens/")
@opens_page(Action.VIEW_TOKEN)
def api_tokens() -> ResponseReturnValue:
    """The tokens over what one reads: whose, what they read, when they were last used."""
    who = actor.current()
    rows = queries.tokens(who.scope, who.user_id)
    at = paging(db.session.scalar(queries.counted(rows)) or 0)
    some = db.session.scalars(page(rows, ApiToken.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template("exports/tokens.html", rows=_rows(some), at=at)


def _rows(some: Sequence[ApiToken]) -> list[SimpleNamespace]:
    used = {row[0]: row[1] for row in db.session.execute(queries.last_uses([one.id for one in some]))}
    return [
        SimpleNamespace(
            token=one,
            registers=[_(REGISTERS[name].title) for name in one.registers if name in REGISTERS],
            used=used.get(one.id),
            mine=one.user_id == actor.current().user_id,
            opens=tokens.opens(one.ended_at is not None, one.expires_on, today()),
            ends=one.ended_at is None and may(actor.current(), Action.WITHDRAW_TOKEN, one),
        )
        for one in some
    ]


@bp.route("/tokens/new", methods=["GET", "POST"])
@opens_page(Action.MAKE_TOKEN)
def make_api_token() -> ResponseReturnValue:
    """Make a token, and show it this once."""
    own, on = choices.keepers(Action.MAKE_TOKEN), today()
    least = min(highest(actor.current().scope), Confidentiality.INTERNAL, key=lambda c: c.rank)
    form = TokenForm(data={"organisation": choices.topmost(own).code, "highest": least, "expires_on": on + USUAL})
    form.organisation.offer(keeping.offered(own))
    form.registers.offer([(one.name, _(one.title)) for one in opened()])
    if form.accepted():
        try:
            return _made(form, on, own)
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("exports/token_form.html", form=form, latest=tokens.latest(on))


def _made(form: TokenForm, on: date, own: Sequence[Organisation]) -> ResponseReturnValue:
    token = bearing.PREFIX + secrets.token_urlsafe(32)
    sealed = Sealed(bearing.token_hash(token), token[:HINT])
    owner = keeping.chosen(own, form.organisation.data)
    with transaction():
        made = register.make(owner, form.entry(), sealed, on=on, at=now())
    return render_template("exports/token.html", token=token, made=made)


@bp.post("/tokens/<uuid:ref>/end")
@opens(ApiToken, Action.WITHDRAW_TOKEN)
@takes()
def end_api_token(token: ApiToken) -> ResponseReturnValue:
    """End a token: it opens nothing from the next request on."""
    with transaction():
        register.withdraw(token, at=now())
    flash(_("The token was ended. It opens nothing any more."))
    return redirect(url_for("exports.api_tokens"))
