"""Confirmation links: made for a role of a partner, shown once to whoever makes them, and withdrawn."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import partners as reading
from dependencies.forms.partners import LinkForm
from dependencies.models.interfaces import Interface
from dependencies.models.links import ConfirmationLink
from dependencies.register import partners as register
from dependencies.views.blueprint import bp
from prepare import actor, mail
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate import sessions
from prepare.gate.opening import opens, takes
from prepare.queries import organisations
from prepare.texts import _, language, moment, name_of, speaking
from prepare.views.answers import refused

MOST = 10  #: links that the page of an interface tells of


@bp.route("/interfaces/<uuid:ref>/link", methods=["GET", "POST"])
@opens(Interface, Action.MAKE_LINK)
def make_link(interface: Interface) -> ResponseReturnValue:
    """Make a link by which somebody of the partner answers without an account."""
    form = LinkForm(data={"recipient": interface.party_owner_role, "language": language()})
    if form.accepted():
        token = sessions.new_token()
        try:
            with transaction():
                made = register.make_link(interface, form.entry(), token_hash=sessions.token_hash(token), at=now())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _handed_over(made, token, form.email.data or "")
    return render_template("dependencies/link_form.html", form=form, interface=interface)


def _handed_over(made: ConfirmationLink, token: str, address: str) -> ResponseReturnValue:
    """The page that shows a link, this once; it has been mailed when an address was given."""
    base = current_app.config["SETTINGS"].base_url or request.host_url
    url = base.rstrip("/") + url_for("dependencies.answer_by_link", token=token, lang=made.language)
    subject, text = _letter(made, url)
    failed = _mailed(address, subject, text) if address else None
    return render_template(
        "dependencies/link_made.html", link=made, url=url, text=text, mailed_to="" if failed else address, failed=failed
    )


def _letter(made: ConfirmationLink, url: str) -> tuple[str, str]:
    """Subject and text of what to write to the receiver, in the language of the form."""
    city = db.session.scalars(organisations.city(made.interface.owner_path)).first()
    with speaking(made.language):
        name = name_of(made.interface)
        text = _(
            "Hello,\n\n%(city)s asks you to confirm what runs over the interface “%(interface)s”: within how many "
            "hours you deliver, how much, and what is not right. It takes some minutes, and you need no account:"
            "\n\n%(link)s\n\nThe form can be sent once, until %(until)s. Hand the link on only to whoever answers for "
            "this.",
            city=name_of(city) if city else "",
            interface=name,
            link=url,
            until=moment(made.expires_at),
        )
        return _("Please confirm: %(interface)s", interface=name), text


def _mailed(address: str, subject: str, text: str) -> str | None:
    """Mail the letter; what went wrong, in words, or None."""
    settings = current_app.config["SETTINGS"]
    try:
        sink = mail.sink_of(settings.smtp_url, settings.folder, settings.sender)
        sink.send(mail.Letter(address, address, subject, text), at=now())
    except mail.MailFailed as failed:
        return failed.text()
    return None


@bp.post("/links/<uuid:ref>/withdraw")
@opens(ConfirmationLink, Action.WITHDRAW_LINK)
@takes()
def withdraw_link(link: ConfirmationLink) -> ResponseReturnValue:
    """Let a link open nothing any more."""
    back = url_for("dependencies.interface", ref=link.interface.ref, _anchor="links")
    try:
        with transaction():
            register.withdraw_link(link, at=now())
    except RuleBroken as broken:
        return refused(broken, back)
    flash(_("The link opens nothing any more."))
    return redirect(back)


def links_of(interface: Interface) -> dict[str, Any] | None:
    """The confirmation links of an interface, for whoever makes them."""
    if not may(actor.current(), Action.MAKE_LINK, interface):
        return None
    found = db.session.scalars(reading.links_of(interface).limit(MOST)).all()
    return {"links": found, "now": now()}
