"""One's own account: who I am here, my password, my language, my sessions."""

from types import SimpleNamespace

from flask import flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from prepare import absence, browsers
from prepare.access import Action
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.accounts import AwayForm, ChangePasswordForm, LanguageForm, RemindersForm
from prepare.gate.opening import opens_page, signed_in, takes
from prepare.models.users import SignIn, User
from prepare.queries import people as queries
from prepare.register import accounts, reminders
from prepare.texts import N_, _
from prepare.views import bp
from prepare.views.accounts import attempt
from prepare.views.standing import stand_ins


@bp.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """My roles, my language, my reminders and absence, and the browsers in which I am signed in."""
    return _page(AwayForm(obj=g.user))


def _page(away: AwayForm) -> str:
    user: User = g.user
    told = absence.of_person(user.away_from, user.away_until)
    return render_template(
        "prepare/account.html",
        user=user,
        duties=g.duties,
        spoken=LanguageForm(data={"language": user.language}),
        reminders=RemindersForm(data={"reminders": user.reminders}),
        form=away,
        absence=told if told and told.last >= today() else None,
        stand_ins=stand_ins(user),
        sessions=open_sessions(user),
    )


def open_sessions(user: User) -> list[SimpleNamespace]:
    """A person's open sessions as pages show them."""
    at, here = now(), session.sign_in_id  # type: ignore[attr-defined]
    rows = queries.sessions(user, begun_since=at - accounts.LONGEST, seen_since=at - accounts.IDLE)
    return [_told(row, here=row.id == here) for row in db.session.scalars(rows)]


def _told(row: SignIn, *, here: bool) -> SimpleNamespace:
    browser, system = browsers.in_words(row.browser)
    words = _("%(browser)s on %(system)s", browser=browser, system=system) if browser and system else browser or system
    return SimpleNamespace(
        ref=row.ref,
        browser=words or _("Unknown browser"),
        address=row.address,
        begun_at=row.begun_at,
        seen_at=row.seen_at,
        here=here,
    )


@bp.route("/account/password", methods=["GET", "POST"])
@opens_page(Action.CHANGE_USER_PASSWORD)
def change_password() -> ResponseReturnValue:
    """Choose a new password; other sessions end."""
    form = ChangePasswordForm()
    if form.accepted():
        try:
            _change(g.user, form)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The password was changed. You have been signed out in all other browsers."))
            return redirect(url_for("prepare.account"))
    return render_template("prepare/password.html", form=form)


def _change(user: User, form: ChangePasswordForm) -> None:
    """The present password is asked for and throttled as at sign-in: an open browser is not yet its owner."""
    tried = attempt(user.email)
    known = accounts.recognised(tried, str(form.password_now.data)) is not None
    with transaction():
        refused = not known or accounts.is_throttled(tried, at=now())
        if refused:
            accounts.refuse(tried, at=now())
        else:
            here = db.session.get(SignIn, session.sign_in_id)  # type: ignore[attr-defined]
            accounts.change_password(user, str(form.password.data), kept=here, at=now())
    if refused:
        raise RuleBroken(
            N_("The present password is wrong, or there have been too many tries. Then wait 15 minutes."),
            field="password_now",
        )


@bp.post("/account/language")
@opens_page(Action.SPEAK_USER_LANGUAGE)
@takes("language")
def choose_language() -> ResponseReturnValue:
    """Choose the language in which the service speaks to me."""
    form = LanguageForm()
    if form.accepted():
        with transaction():
            accounts.choose_language(g.user, str(form.language.data))
        session["language"] = form.language.data
        flash(_("The language was saved."))
    return redirect(url_for("prepare.account"))


@bp.post("/account/reminders")
@opens_page(Action.REMIND_USER)
@takes("reminders")
def choose_reminders() -> ResponseReturnValue:
    """Choose how often mail tells me what waits."""
    form = RemindersForm()
    if form.accepted():
        with transaction():
            reminders.choose(g.user, form.reminders.data)
        flash(_("Your reminders were saved."))
    return redirect(url_for("prepare.account"))


@bp.route("/account/absence", methods=["GET", "POST"])
@opens_page(Action.LEAVE_USER)
def tell_absence() -> ResponseReturnValue:
    """Tell on which days I am away, or that I am there again."""
    form = AwayForm(obj=g.user)
    if form.accepted():
        try:
            with transaction():
                reminders.leave(g.user, first=form.away_from.data, last=form.away_until.data, on=today())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("Your absence was saved.") if form.away_from.data else _("You are not away."))
            return redirect(url_for("prepare.account", _anchor="absence"))
    return _page(form)
