"""People with accounts: the list, a person's page, adding and editing, closing and opening."""

from datetime import datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import db, transaction
from prepare.entries import UserEntry
from prepare.errors import RuleBroken
from prepare.forms.people import InvitationForm, UserForm
from prepare.gate.opening import opens, opens_page, takes
from prepare.merging import Seen
from prepare.models.users import User
from prepare.queries import people as queries
from prepare.register import accounts, roles
from prepare.texts import N_, _, name_of
from prepare.views import bp, choices
from prepare.views.account import open_sessions
from prepare.views.answers import done
from prepare.views.clashes import Clash, Editing
from prepare.views.functions import word
from prepare.views.invitations import handed_over, make_link
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import Labelled, Role

LONG_AGO = timedelta(days=90)


class State(Labelled):
    """How things stand with an account: the choices of the list's filter."""

    OPEN = "open", N_("In use")
    DISABLED = "disabled", N_("Disabled")
    NEVER = "never", N_("Has never signed in")
    LONG_AGO = "long-ago", N_("Not signed in for 3 months")


@bp.get("/people/")
@opens_page(Action.VIEW_USER)
def people() -> ResponseReturnValue:
    """People with accounts, their roles and when they last signed in."""
    args, places = request.args, choices.organisations(lambda _one: True)
    chosen = places.get(args.get("organisation", ""))
    wanted = SimpleNamespace(
        q=args.get("q", "")[:200],
        organisation=chosen.code if chosen else "",
        role=word(Role, args.get("role")),
        state=word(State, args.get("state")),
    )
    found = queries.people(
        actor.current().scope,
        q=wanted.q,
        organisation=chosen.path if chosen else "",
        role=wanted.role,
        **_state(wanted.state),
    )
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(found.limit(PAGE_SIZE).offset(at.offset)).all()
    seen = dict(db.session.execute(queries.last_signed_in([one.id for one in rows])).all())
    return render_template(
        "prepare/people.html",
        rows=[_row(one, seen.get(one.id)) for one in rows],
        at=at,
        wanted=wanted,
        organisations=choices.labels(places),
        roles=Role,
        states=State,
    )


def _state(state: State | None) -> dict[str, Any]:
    if state is State.NEVER:
        return {"never_seen": True}
    if state is State.LONG_AGO:
        return {"unseen_since": now() - LONG_AGO, "disabled": False}
    return {"disabled": state is State.DISABLED} if state else {}


def _row(user: User, seen: datetime | None) -> SimpleNamespace:
    return SimpleNamespace(
        ref=user.ref,
        name=user.name,
        email=user.email,
        duties=[f"{g.role.label}: {name_of(g.organisation)}" for g in user.grants if g.ended_at is None],
        disabled=user.disabled_at is not None,
        seen=seen,
    )


@bp.get("/people/<uuid:ref>")
@opens(User, Action.VIEW_USER)
def person(user: User) -> ResponseReturnValue:
    """One person: roles and their scope, sessions, links, and the way to what he or she has done."""
    seen = dict(db.session.execute(queries.last_signed_in([user.id])).all())
    link = db.session.scalars(queries.unused_links(user)).first()
    who = actor.current()
    return render_template(
        "prepare/person.html",
        user=user,
        oneself=user.id == who.user_id,
        duties=[(grant, may(who, Action.WITHDRAW_ROLE, grant)) for grant in user.grants if grant.ended_at is None],
        earlier=[grant for grant in user.grants if grant.ended_at],
        seen=seen.get(user.id),
        link_until=link.expires_at if link and link.expires_at > now() else None,
        sessions=open_sessions(user) if may(who, Action.REVOKE_SESSION) else None,
    )


@bp.route("/people/new", methods=["GET", "POST"])
@opens_page(Action.ADD_USER)
def invite_person() -> ResponseReturnValue:
    """Add a person with a first role, and make the link by which he or she comes in."""
    places = choices.organisations(partial(may, actor.current(), Action.GRANT_ROLE))
    form = InvitationForm(data=_asked(places))
    form.organisation.offer(choices.labels(places))
    if form.accepted():
        try:
            with transaction():
                place = places[str(form.organisation.data)]
                user = accounts.add_user(place, form.entry(), password=None)
                roles.grant(place, user, form.role.data)
                token = make_link(user)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return handed_over(user, token)
    return render_template("prepare/person_form.html", form=form, user=None, back=url_for("prepare.people"))


def _asked(places: Any) -> dict[str, Any]:
    """What the address asks for: ?organisation=CODE&role=WORD."""
    code, role = request.args.get("organisation", ""), word(Role, request.args.get("role"))
    return {"language": "fi", "organisation": code if code in places else None, "role": role}


@bp.route("/people/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(User, Action.EDIT_USER)
def edit_person(user: User) -> ResponseReturnValue:
    """Change a person's name, address or language."""
    form, back = UserForm(obj=accounts.seen_now(user).entry), url_for("prepare.person", ref=user.ref)
    editing = Editing(user, form, partial(accounts.seen_now, user), partial(_save, user), user.name, back)
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The account was saved."))
            return redirect(back)
    return render_template("prepare/person_form.html", form=form, user=user, back=back)


def _save(user: User, entry: UserEntry, seen: Seen[UserEntry] | None) -> None:
    accounts.edit(user, entry, seen=seen)


@bp.post("/people/<uuid:ref>/disable")
@opens(User, Action.DISABLE_USER)
@takes()
def disable_person(user: User) -> ResponseReturnValue:
    """Close an account at once."""
    told = _("The account was disabled. All sessions of the person have ended.")
    return done(lambda: accounts.disable(user, at=now()), told, url_for("prepare.person", ref=user.ref))


@bp.post("/people/<uuid:ref>/enable")
@opens(User, Action.ENABLE_USER)
@takes()
def enable_person(user: User) -> ResponseReturnValue:
    """Open an account again."""
    told = _("The account is in use again, with the roles that it had.")
    return done(lambda: accounts.enable(user), told, url_for("prepare.person", ref=user.ref))
