"""Signing in and out, and the language."""

from datetime import date
from urllib.parse import urlsplit

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.clock import now
from prepare.db import db, transaction
from prepare.forms.accounts import SignInForm
from prepare.gate import sessions
from prepare.gate.keeping import sign_in_page
from prepare.gate.opening import public, signed_in, takes
from prepare.models.users import SignIn, User
from prepare.register import accounts
from prepare.texts import LANGUAGES, _
from prepare.views import bp

#: The day on which every page was last checked against WCAG 2.2 AA.
ACCESSIBILITY_CHECKED_ON = date(2026, 11, 22)


def inside(target: str | None) -> str:
    """An address of this installation to go on to; anything else leads to the start page."""
    start = url_for("prepare.start")
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return start
    if any(ord(letter) < 32 or letter == "\\" for letter in target):
        return start
    parts = urlsplit(target)
    return start if parts.scheme or parts.netloc else target


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with e-mail address and password."""
    if actor.current().is_signed_in:
        return redirect(url_for("prepare.start"))
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.accepted():
        if _entered(form):
            return redirect(inside(form.next.data))
        form.form_errors.append(
            _(
                "The e-mail address or the password is wrong, or there have been too many tries. "
                "If you are sure of both, wait 15 minutes."
            )
        )
    return sign_in_page(form)


def _entered(form: SignInForm) -> bool:
    """Begin a session for whom the form names; the lock is looked at again now that nobody else can write."""
    tried = attempt(str(form.email.data))
    user = accounts.recognised(tried, str(form.password.data))
    with transaction():
        if user is None or accounts.is_throttled(tried, at=now()):
            accounts.refuse(tried, at=now())
            return False
        begin(user, tried)
    return True


def attempt(email: str) -> accounts.Attempt:
    """A try to come in, as the throttle counts it."""
    return accounts.Attempt(email, request.remote_addr or "", request.user_agent.string)


def begin(user: User, tried: accounts.Attempt) -> None:
    """Begin a session in this browser; the language that the visitor chose goes along."""
    content = {"language": session["language"]} if session.get("language") else {}
    token = sessions.begin(user, tried, content)
    session.clear()
    session.new_token = token  # type: ignore[attr-defined]


@bp.post("/sign-out")
@signed_in
@takes()
def sign_out() -> ResponseReturnValue:
    """End this session."""
    with transaction():
        accounts.end(db.session.get_one(SignIn, session.sign_in_id), at=now())  # type: ignore[attr-defined]
    session.ended = True  # type: ignore[attr-defined]
    return redirect(url_for("prepare.sign_in"))


@bp.post("/language")
@public
@takes("language", "next")
def language() -> ResponseReturnValue:
    """Choose the language and go back to the page."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session["language"] = wanted
    return redirect(inside(request.form.get("next")))


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """How accessible the product is, and where to send feedback."""
    return render_template("prepare/accessibility.html", checked_on=ACCESSIBILITY_CHECKED_ON)
