"""Sign-in links: shown once to whoever makes them, opened once by the person they are for."""

from flask import current_app, render_template, request, url_for
from flask import redirect as go_to
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.actor import acting_as
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.accounts import NewPasswordForm
from prepare.gate import sessions
from prepare.gate.opening import opens, public, takes
from prepare.models.invitations import Invitation
from prepare.models.users import User
from prepare.queries import organisations
from prepare.queries import people as queries
from prepare.register import accounts, invitations
from prepare.texts import N_, _, moment, name_of, speaking
from prepare.views import bp
from prepare.views.accounts import attempt, begin
from prepare.views.answers import refused


@bp.post("/people/<uuid:ref>/link")
@opens(User, Action.INVITE_USER)
@takes()
def invite(user: User) -> ResponseReturnValue:
    """Make a new sign-in link; links made before open nothing any more."""
    try:
        with transaction():
            token = make_link(user)
    except RuleBroken as broken:
        return refused(broken, url_for("prepare.person", ref=user.ref))
    return handed_over(user, token)


def make_link(user: User) -> str:
    """A new link for the person; gives its token, of which only the hash is kept."""
    token = sessions.new_token()
    invitations.invite(user, token_hash=sessions.token_hash(token), at=now())
    return token


def handed_over(user: User, token: str) -> ResponseReturnValue:
    """The page that shows a link, this once."""
    base = current_app.config["SETTINGS"].base_url or request.host_url
    link = base.rstrip("/") + url_for("prepare.invitation", token=token)
    return render_template("prepare/link.html", user=user, link=link, text=_letter(user, link, base))


def _letter(user: User, link: str, base: str) -> str:
    """What to write to the person, in his or her language."""
    made = db.session.scalars(queries.unused_links(user)).first()
    city = db.session.scalars(organisations.city(user.trail_path)).first()
    with speaking(user.language):
        return _(
            "Hello %(name)s,\n\nyou have an account in the continuity service of %(city)s. Open this link and choose "
            "a password:\n\n%(link)s\n\nThe link works once, until %(until)s. After that you sign in at %(home)s "
            "with the address %(email)s.",
            name=user.name,
            city=name_of(city) if city else "",
            link=link,
            until=moment(made.expires_at if made else None),
            home=base.rstrip("/"),
            email=user.email,
        )


@bp.route("/invitation", methods=["GET", "POST"])
@public
@takes("token", "password", "password_again")
def invitation() -> ResponseReturnValue:
    """Choose a password by a sign-in link; one that opens nothing any more answers like one that never was."""
    if actor.current().is_signed_in:
        return render_template("prepare/invitation.html", form=None, user=None)
    form = NewPasswordForm(data={"token": request.args.get("token", "")[:100]})
    link = _link(str(form.token.data))
    if link is None:
        return _unknown(form)
    if form.accepted():
        try:
            _accept(link, form)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return go_to(url_for("prepare.start"))
    return render_template("prepare/invitation.html", form=form, user=link.user)


def _link(token: str) -> Invitation | None:
    """The link that opens now, unless there have been too many tries."""
    if accounts.is_throttled(_attempt(token), at=now()):
        return None
    return db.session.scalars(queries.link(sessions.token_hash(token), at=now())).one_or_none()


def _attempt(token: str) -> accounts.Attempt:
    return attempt(f"link {sessions.token_hash(token)}")


def _unknown(form: NewPasswordForm) -> ResponseReturnValue:
    """Only a sent form counts as a try: what a foreign page can make a browser open must not lock a city out."""
    if form.is_submitted():
        with transaction():
            accounts.refuse(_attempt(str(form.token.data)), at=now())
    return render_template("prepare/invitation.html", form=None, user=None)


def _accept(link: Invitation, form: NewPasswordForm) -> None:
    """Take the link up and sign its person in, all or nothing; two at once cannot both use it."""
    tried, password = attempt(link.user.email), str(form.password.data)
    with transaction():
        db.session.refresh(link, with_for_update=True)
        user = link.user
        if link.used_at or link.withdrawn_at or user.disabled_at or link.expires_at <= now():
            raise RuleBroken(N_("This link cannot be used any more. Ask your administrator for a new one."))
        with acting_as(sessions.person(user, tried.address)):
            invitations.accept(user, link, password, at=now())
        begin(user, tried)
