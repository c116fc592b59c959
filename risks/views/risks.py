"""The risk register: the list with its matrix, a risk's page, adding and assessing."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page
from prepare.merging import Seen
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.queries.pages import page
from prepare.texts import _, name_of, named
from prepare.views import choosing
from prepare.views.clashes import Clash, Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging, sorting
from prepare.vocabulary import CodeList
from risks import matrix, treatment
from risks.entries.risks import RiskEntry, of_record
from risks.forms.risks import AddRiskForm, RiskForm
from risks.matrix import Level
from risks.models.risks import Risk
from risks.queries import risks as queries
from risks.queries import scenarios as scenario_queries
from risks.register import risks as register
from risks.views import choices
from risks.views.blueprint import bp
from risks.views.measure_sections import measures_of_risk
from risks.vocabulary.risks import RiskState


@bp.get("/risks/")
@opens_page(Action.VIEW_RISK)
def risks() -> ResponseReturnValue:
    """The register: the matrix, search, filters, order, paging."""
    scope = actor.current().scope
    owners = choosing.organisations()
    wanted = _wanted(owners)
    path = owners[wanted.organisation].path if wanted.organisation else ""
    found = queries.risks(scope, q=wanted.q, organisation=path, threat=wanted.threat, state=wanted.state)
    cells = matrix_rows(db.session.execute(queries.per_cell(found)).all(), wanted)
    found = queries.risks(
        scope,
        q=wanted.q,
        organisation=path,
        threat=wanted.threat,
        state=wanted.state,
        level=wanted.level,
        likelihood=wanted.likelihood,
        impact=wanted.impact,
    )
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    order, falling = sorting("-level")
    ordered = queries.ordered(found, order, descending=falling)
    rows = db.session.scalars(page(ordered, Risk.id, offset=at.offset, limit=PAGE_SIZE))
    return render_template(
        "risks/risks.html",
        rows=[_row(risk) for risk in rows],
        at=at,
        wanted=wanted,
        matrix=cells,
        impacts=[(step, matrix.impact_label(step)) for step in matrix.STEPS],
        organisations=[(o.code, name_of(o)) for o in owners.values()],
        threats=choices.codes(CodeList.THREAT, with_code=True),
        levels=[(level.word, level.label) for level in reversed(Level)],
        legend=list(Level),
        states=RiskState,
    )


def _wanted(owners: Mapping[str, Organisation]) -> SimpleNamespace:
    args = request.args
    level = args.get("level", "")
    chosen = args.get("organisation", "")
    return SimpleNamespace(
        q=args.get("q", "")[:200],
        organisation=chosen if chosen in owners else "",
        threat=args.get("threat", "")[:20],
        level=next((one for one in Level if one.word == level), None),
        likelihood=_step(args.get("likelihood")),
        impact=_step(args.get("impact")),
        state=word(RiskState, args.get("state")),
    )


def _step(text: str | None) -> int | None:
    return int(text) if text in {str(step) for step in matrix.STEPS} else None


def matrix_rows(counts: Any, wanted: SimpleNamespace) -> list[SimpleNamespace]:
    """The matrix as it is drawn, likeliest first: each row its step, label and frequency, and a cell per impact."""
    held = {(likelihood, impact): count for likelihood, impact, count in counts}
    return [
        SimpleNamespace(
            step=likelihood,
            label=_(matrix.LIKELIHOODS[likelihood][0]),
            frequency=matrix.LIKELIHOODS[likelihood][1],
            cells=[
                SimpleNamespace(
                    impact=impact,
                    level=matrix.level(likelihood, impact),
                    count=held.get((likelihood, impact), 0),
                    chosen=(likelihood, impact) == (wanted.likelihood, wanted.impact),
                )
                for impact in matrix.STEPS
            ],
        )
        for likelihood in reversed(matrix.STEPS)
    ]


def _row(risk: Risk) -> SimpleNamespace:
    lapsed = treatment.has_lapsed(risk.state, risk.accepted_until, on=today())
    overdue = risk.next_review is not None and risk.next_review < today()
    return SimpleNamespace(risk=risk, lapsed=lapsed, overdue=overdue)


@bp.get("/risks/<uuid:ref>")
@opens(Risk, Action.VIEW_RISK)
def risk(risk: Risk) -> ResponseReturnValue:
    """One risk: what it is, how grave it is, what is done about it, and what it still lacks."""
    scope = actor.current().scope
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
        likelihood=matrix.likelihood_label(risk.likelihood) if risk.likelihood else None,
        impact=matrix.impact_label(risk.impact) if risk.impact else None,
        lapsed=treatment.has_lapsed(risk.state, risk.accepted_until, on=today()),
        overdue=risk.next_review is not None and risk.next_review < today(),
        measures=measures_of_risk(risk),
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
    if form.accepted():
        try:
            with transaction():
                owner = next(o for o in own if o.code == form.organisation.data)
                added = register.add(owner, form.entry(), on=today())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
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
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The risk was saved."))
            return redirect(back)
    return render_template("risks/risk_form.html", form=form, risk=risk, back=back)


def _assess(risk: Risk, entry: RiskEntry, seen: Seen[RiskEntry] | None) -> Risk:
    return register.assess(risk, entry, seen=seen, on=today())
