"""The risk register: the list with its matrix, a risk's page, adding and assessing."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from types import SimpleNamespace

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.insets import insets
from prepare.merging import Seen
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.queries.pages import page
from prepare.texts import _, name_of, named
from prepare.views import choosing, keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging, sorting
from prepare.vocabulary import CodeList
from risks import lifecycle, matrix, treatment
from risks.entries.risks import RiskEntry, of_record
from risks.forms.risks import AddRiskForm, RiskForm
from risks.matrix import Level, Scale
from risks.models import scales
from risks.models.risks import Risk
from risks.queries import risks as queries
from risks.queries import scenarios as scenario_queries
from risks.register import risks as register
from risks.views import choices
from risks.views.assessments import history_of
from risks.views.blueprint import bp
from risks.views.matrix import PLACES, addresses, small
from risks.views.measure_sections import measures_of_risk
from risks.vocabulary.risks import RiskState


@bp.get("/risks/")
@opens_page(Action.VIEW_RISK)
def risks() -> ResponseReturnValue:
    """The register: the matrix, search, filters, order, paging."""
    scope = actor.current().scope
    owners = choosing.organisations()
    wanted = _wanted(owners)
    narrowed = {name: getattr(wanted, name) for name in ("q", "threat", "scenario", "state")}
    narrowed["organisation"] = owners[wanted.organisation].path if wanted.organisation else ""
    filters = {name: value for name, value in wanted.kept.items() if value}
    picture = small(queries.risks(scope, **narrowed), wanted.place)
    cell = {name: getattr(wanted, name) for name in ("likelihood", "impact", "level")}
    found = queries.risks(scope, **narrowed, **cell, place=PLACES[wanted.place][0])
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    order, falling = sorting("-level")
    ordered = queries.ordered(found, order, descending=falling)
    rows = db.session.scalars(page(ordered, Risk.id, offset=at.offset, limit=PAGE_SIZE))
    return render_template(
        "risks/risks.html",
        rows=[_row(risk) for risk in rows],
        at=at,
        wanted=wanted,
        filters=filters,
        picture=picture,
        address=addresses(filters, wanted.place),
        place=_(PLACES[wanted.place][1]),
        organisations=[(o.code, name_of(o)) for o in owners.values()],
        threats=choices.codes(CodeList.THREAT, with_code=True),
        scenarios=choices.scenarios(),
        levels=[(level.word, level.label) for level in reversed(Level)],
        ranges=scales.in_force().ranges(),
        states=RiskState,
    )


def _wanted(owners: Mapping[str, Organisation]) -> SimpleNamespace:
    args = request.args
    chosen, place = args.get("organisation", ""), args.get("place", "current")
    kept = {
        "q": args.get("q", "")[:200],
        "organisation": chosen if chosen in owners else "",
        "threat": args.get("threat", "")[:20],
        "scenario": args.get("scenario", "")[:20],
        "state": word(RiskState, args.get("state")),
    }
    return SimpleNamespace(
        **kept,
        kept=kept,
        place=place if place in PLACES else "current",
        level=next((one for one in Level if one.word == args.get("level", "")), None),
        likelihood=_step(args.get("likelihood")),
        impact=_step(args.get("impact")),
    )


def _step(text: str | None) -> int | None:
    return int(text) if text in {str(step) for step in matrix.STEPS} else None


def _row(risk: Risk) -> SimpleNamespace:
    overdue = risk.next_review is not None and risk.next_review < today()
    return SimpleNamespace(risk=risk, lapsed=lifecycle.has_lapsed(risk, on=today()), overdue=overdue)


@bp.get("/risks/<uuid:ref>")
@opens(Risk, Action.VIEW_RISK)
def risk(risk: Risk) -> ResponseReturnValue:
    """One risk: what it is, how grave it is, what is done about it, and what it still lacks."""
    scope, scale = actor.current().scope, scales.in_force()
    affected = db.session.scalars(queries.functions_of(scope, risk)).all()
    scenario = risk.scenario
    if scenario and not db.session.scalars(scenario_queries.scenario(scope, scenario.ref)).first():
        scenario = None
    return render_template(
        "risks/risk.html",
        risk=risk,
        gaps=treatment.gaps(of_record(risk)) if risk.state is not RiskState.CLOSED else [],
        functions=affected,
        hidden_functions=len(risk.functions) - len(affected),
        scenario=scenario,
        threat=choices.code_name(CodeList.THREAT, risk.threat),
        area=dict(choices.codes(CodeList.AREA, with_code=False)).get(risk.area, risk.area) if risk.area else None,
        places=[_place(risk, scale, word) for word in PLACES],
        lapsed=lifecycle.has_lapsed(risk, on=today()),
        waits=lifecycle.waits_for_acceptance(risk, on=today()),
        along=lifecycle.next_steps(risk),
        overdue=risk.next_review is not None and risk.next_review < today(),
        measures=measures_of_risk(risk),
        insets=list(insets(risk)),
        **history_of(risk),
    )


def _place(risk: Risk, scale: Scale, word: str) -> SimpleNamespace:
    """One of the risk's four places on the matrix, in words."""
    (likelihood, impact), name = (getattr(risk, column) for column in PLACES[word][0]), _(PLACES[word][1])
    return SimpleNamespace(
        word=word,
        name=name,
        level=scale.level_of(likelihood, impact),
        score=matrix.score_of(likelihood, impact),
        likelihood=f"{likelihood} {scale.likelihood_label(likelihood)}" if likelihood else None,
        impact=f"{impact} {scale.impact_label(impact)}" if impact else None,
    )


@bp.route("/risks/new", methods=["GET", "POST"])
@opens_page(Action.ADD_RISK)
def add_risk() -> ResponseReturnValue:
    """Register a risk; ?function=CODE begins with that function."""
    who = actor.current()
    every = db.session.scalars(organisations.with_functions(who.scope))
    own = [o for o in every if may(who, Action.ADD_RISK, o)]
    if not own:
        abort(404)
    fresh = asdict(RiskEntry(title_fi="", functions=_asked(own)))
    form = AddRiskForm(data={**fresh, "organisation": choices.topmost(own).code})
    choices.offer(form, own)
    form.organisation.offer([(o.code, name_of(o)) for o in own])
    if added := keeping.added(form, own, partial(register.add, on=today())):
        flash(_("The risk was added."))
        return redirect(url_for("risks.risk", ref=added.ref))
    return render_template("risks/risk_form.html", form=form, risk=None, back=url_for("risks.risks"))


def _asked(own: list[Organisation]) -> tuple[str, ...]:
    asked = request.args.get("function", "")
    return tuple(code for code, _label in choices.affected(own) if code == asked)


@bp.route("/risks/<uuid:ref>/assess", methods=["GET", "POST"])
@opens(Risk, Action.ASSESS_RISK)
def assess_risk(risk: Risk) -> ResponseReturnValue:
    """Describe and assess one risk again; what two people changed at the same time is put together."""
    held, back = register.seen_now(risk).entry, url_for("risks.risk", ref=risk.ref)
    form = choices.offer(RiskForm(obj=held), [risk.organisation], risk.functions)
    title = f"{risk.code} {named(risk, 'title')}"
    editing = Editing(risk, form, partial(register.seen_now, risk), partial(_assess, risk), title, back)
    answer = keeping.edited(editing, _("The risk was saved."))
    return answer or render_template("risks/risk_form.html", form=form, risk=risk, back=back)


def _assess(risk: Risk, entry: RiskEntry, seen: Seen[RiskEntry] | None) -> Risk:
    return register.assess(risk, entry, seen=seen, on=today())
