"""Scenarios between municipalities: what others offer, copying one, offering one's own, and looking at a source."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.forms.differences import in_words, label_of
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.insets import SharedPage
from prepare.queries.pages import page
from prepare.texts import N_, _, name_of
from prepare.views import keeping
from prepare.views.members import home, owner
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import CodeList
from risks import sharing
from risks.forms.sharing import SourceForm
from risks.models.scenarios import Scenario
from risks.queries import practices
from risks.queries import sharing as queries
from risks.register import sharing as register
from risks.views import choices
from risks.views.blueprint import bp


@bp.get("/shared/scenarios/")
@opens_page(Action.VIEW_SCENARIO)
def shared_scenarios() -> ResponseReturnValue:
    """The scenarios that other municipalities offer; by threat."""
    scope, threats = actor.current().scope, choices.codes(CodeList.THREAT, with_code=True)
    threat = request.args.get("threat", "")[:20]
    found = queries.offered(scope, threat=threat)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.execute(page(found, Scenario.id, offset=at.offset, limit=PAGE_SIZE)).all()
    copied = {one.source_id for one in db.session.scalars(queries.copies(scope, [row.id for row in rows]))}
    return render_template(
        "risks/shared_scenarios.html",
        rows=[SimpleNamespace(said=row, owner=owner(row), copied=row.id in copied) for row in rows],
        at=at,
        threats=threats,
        threat=threat,
    )


@bp.get("/shared/scenarios/<uuid:ref>")
@opens_page(Action.VIEW_SCENARIO)
def shared_scenario(ref: UUID) -> ResponseReturnValue:
    """What crosses of one scenario that another municipality offers."""
    row, own = _offered(ref), home(Action.ADOPT_SCENARIO)
    return render_template(
        "risks/shared_scenario.html",
        said=row,
        owner=owner(row),
        threat=choices.code_name(CodeList.THREAT, row.threat),
        copies=[one.scenario for one in db.session.scalars(queries.copies(actor.current().scope, [row.id]))],
        may_copy=own is not None and may(actor.current(), Action.ADOPT_SCENARIO, own),
    )


def _offered(ref: UUID) -> Any:
    return db.session.execute(queries.one_offered(actor.current().scope, ref)).first() or abort(404)


@bp.route("/shared/scenarios/<uuid:ref>/copy", methods=["GET", "POST"])
@opens_page(Action.ADOPT_SCENARIO)
def adopt_scenario(ref: UUID) -> ResponseReturnValue:
    """Ask, then copy a scenario of another municipality into one's own register."""
    row, own = _offered(ref), home(Action.ADOPT_SCENARIO) or abort(404)
    source = db.session.get_one(Scenario, row.id)
    form = CityForm()
    copy = keeping.done(form, lambda: register.adopt(own, source, on=today()))
    if copy is None:
        back = url_for("risks.shared_scenario", ref=ref)
        return render_template("risks/scenario_copy.html", form=form, said=row, owner=owner(row), home=own, back=back)
    flash(_("The scenario was copied. Say next what it hits in your own municipality."))
    return redirect(url_for("risks.scenario", ref=copy.ref))


@bp.route("/scenarios/<uuid:ref>/offer", methods=["GET", "POST"])
@opens(Scenario, Action.OFFER_SCENARIO)
def offer_scenario(scenario: Scenario) -> ResponseReturnValue:
    """Ask, then let other municipalities have the public texts of a scenario."""
    form, back = CityForm(), url_for("risks.scenario", ref=scenario.ref)
    threat = choices.code_name(CodeList.THREAT, scenario.threat)
    return keeping.asking(
        form,
        lambda: register.offer(scenario, on=today()),
        N_("The scenario is offered to other municipalities now."),
        back,
        lambda: render_template("risks/scenario_offer.html", form=form, scenario=scenario, threat=threat, back=back),
    )


@bp.route("/scenarios/<uuid:ref>/withdraw", methods=["GET", "POST"])
@opens(Scenario, Action.WITHDRAW_SCENARIO)
def withdraw_scenario(scenario: Scenario) -> ResponseReturnValue:
    """Ask, then offer a scenario no longer."""
    form, back = CityForm(), url_for("risks.scenario", ref=scenario.ref)
    title = f"{scenario.code} {name_of(scenario)}"
    return keeping.asking(
        form,
        lambda: register.withdraw(scenario),
        N_("The scenario is no longer offered."),
        back,
        lambda: render_template("prepare/withdraw_offer.html", form=form, title=title, back=back),
    )


@bp.route("/scenarios/<uuid:ref>/source", methods=["GET", "POST"])
@opens(Scenario, Action.RENEW_SCENARIO)
def renew_scenario(scenario: Scenario) -> ResponseReturnValue:
    """What the source of a copy says otherwise now; take it over, or keep one's own wording."""
    form, back = SourceForm(), url_for("risks.scenario", ref=scenario.ref)
    told = _source(scenario) or abort(404)
    return keeping.asking(
        form,
        lambda: register.renew(scenario, take=form.take.data, on=today()),
        N_("The source has been looked at."),
        back,
        lambda: render_template("risks/scenario_source.html", form=form, scenario=scenario, back=back, **vars(told)),
    )


def _source(scenario: Scenario) -> SimpleNamespace | None:
    """.tie to the source of a copy; .offered what it says now, None when it is withdrawn; .items what differs."""
    link = db.session.scalars(queries.copy_of(scenario)).first()
    if link is None:
        return None
    rows = queries.offered(actor.current().scope).where(Scenario.id == link.source_id)
    now = db.session.execute(rows).first()
    names = sharing.changes(link.taken, now) if now else []
    return SimpleNamespace(tie=link, offered=now, items=[_item(link.taken, now, name) for name in names])


def _item(taken: Any, now: Any, name: str) -> SimpleNamespace:
    """A column of a source as it was when it was copied and as it is."""
    before, after = taken.get(name), getattr(now, name)
    if name == "severity" and before:
        before = type(after)(before)
    return SimpleNamespace(label=label_of(name), before=in_words(name, before), after=in_words(name, after), pieces=[])


def of_scenario(scenario: Scenario) -> dict[str, Any] | None:
    """What the page of a scenario tells of sharing it, and of the source of a copy."""
    offer, source = db.session.scalars(queries.offer_of(scenario)).first(), _source(scenario)
    offered = bool(offer and offer.offered_on)
    may_offer = not scenario.retired and may(actor.current(), Action.OFFER_SCENARIO, scenario)
    if not (offered or source or may_offer):
        return None
    return {"offer": offer, "offered": offered, "source": source, "may_offer": may_offer}


def practices_shared(shared: SharedPage) -> dict[str, Any] | None:
    """The section of the page of what is shared that tells of good practices."""
    if shared.home is None:
        return None
    counts = db.session.execute(practices.shared_counts(actor.current().scope, [shared.home.path])).one()
    return {"own": counts[0], "others": counts[1]}


def scenarios_shared(shared: SharedPage) -> dict[str, Any] | None:
    """The section that tells of scenarios."""
    scope = actor.current().scope
    if shared.home is None:
        return None
    count = 0 if shared.alone else db.session.scalar(queries.counted(queries.offered(scope))) or 0
    return {"own": db.session.scalars(queries.own_offers(scope).limit(PAGE_SIZE)).all(), "count": count}
