"""What a person typed is kept when the session has ended, until the same person has signed in again.

It waits on the server for a day, under the name that the form's own key carries: nobody else can ask for it,
and nothing is left in the browser.
"""

from urllib.parse import urlencode, urlsplit

from flask import Flask, current_app, flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy import delete, insert, select
from werkzeug.datastructures import MultiDict

from prepare import actor
from prepare.clock import now
from prepare.db import db, transaction
from prepare.forms.accounts import SignInForm
from prepare.gate.answers import page
from prepare.gate.posts import KEPT_FOR, UNSAID, OneTime, sent_key
from prepare.models.posts import FormPost, KeptText
from prepare.personal import masked
from prepare.texts import N_, _

#: The word in an address that names a kept text.
WORD = "kept"
#: The most texts that wait for one person.
MOST = 20


def keep_texts(app: Flask) -> None:
    """Keep what comes without a session, or by a form that another session drew."""

    def ended() -> ResponseReturnValue | None:
        if request.method != "POST" or actor.current().is_signed_in or _is_public():
            return None
        sent = sent_key()
        if sent is None:
            return None
        _keep(sent)
        return sign_in_page(SignInForm(formdata=None, data={"next": _back(sent)}), kept=True), 401

    def foreign(_error: CSRFError) -> ResponseReturnValue:
        sent = sent_key()
        if sent is None or _is_public():
            return page(400, N_("The page had been open too long. Reload it and try again."))
        _keep(sent)
        mine = sent.user_id == actor.current().user_id
        advice = N_("The page had been open too long. What you wrote is kept: open the form again and save.")
        return page(400, advice, onward=_back(sent) if mine else None)

    app.before_request(ended)
    app.register_error_handler(CSRFError, foreign)


def sign_in_page(form: SignInForm, *, kept: bool = False) -> str:
    """The page for signing in; `kept` tells that what was typed is safe."""
    users, password = current_app.extensions["demo"]
    return render_template("prepare/sign_in.html", form=form, demo_users=users(), demo_password=password, kept=kept)


def bring_back() -> None:
    """Give the forms of this page the kept text that the address names, if it is the acting person's own."""
    key = request.args.get(WORD) if request.method == "GET" else None
    if key is None:
        return
    rows = select(KeptText.fields).filter_by(user_id=actor.current().user_id, key=key)
    fields = db.session.scalars(rows.where(KeptText.at > now() - KEPT_FOR)).one_or_none()
    if fields is not None:
        g.kept, g.kept_key = MultiDict(fields), key
        flash(_("What you wrote before you signed in is here again. It has not been saved yet."), "warning")


def _is_public() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    gate = getattr(view, "gate", None)
    return gate is None or gate.kind == "public"


def _keep(sent: OneTime) -> None:
    """Keep the fields under their writer's name, but no password and no identity code; what is a day old goes."""
    sent_fields = [pair for pair in request.form.lists() if pair[0] not in UNSAID and "password" not in pair[0]]
    fields = {name: [masked(value) for value in values] for name, values in sent_fields}
    with transaction():
        for table in (KeptText, FormPost):
            db.session.execute(delete(table).where(table.at < now() - KEPT_FOR))
        mine = select(KeptText.id).filter_by(user_id=sent.user_id).order_by(KeptText.id.desc()).offset(MOST - 1)
        db.session.execute(delete(KeptText).where(KeptText.id.in_(db.session.scalars(mine).all())))
        db.session.execute(delete(KeptText).filter_by(user_id=sent.user_id, key=sent.key))
        values = {"user_id": sent.user_id, "key": sent.key, "fields": fields, "at": now()}
        db.session.execute(insert(KeptText), [values])


def _back(sent: OneTime) -> str:
    """The address of the form: the one it was sent to, or else the page on which it stood."""
    came = urlsplit(request.referrer or "")
    here = urlsplit(request.full_path)
    rule = request.url_rule
    at = here if (rule and "GET" in (rule.methods or ())) or came.netloc != request.host else came
    words = [word for word in at.query.split("&") if word and not word.startswith(f"{WORD}=")]
    return f"{at.path}?{'&'.join([*words, urlencode({WORD: sent.key})])}"
