"""Editing scenarios: adding, copying, changing and retiring one, with the functions that it hits."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.differences import in_words
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.models.functions import Function
from prepare.queries import functions as function_queries
from prepare.texts import LANGUAGES, _, hours, name_of
from prepare.views.clashes import Clash, Editing
from prepare.views.picking import Picker, pick
from prepare.vocabulary import FunctionState
from risks.entries.scenarios import HitEntry, ScenarioEntry
from risks.forms.scenarios import AddScenarioForm, ScenarioForm
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries
from risks.register import scenarios as scenario_register
from risks.views import choices
from risks.views.blueprint import bp

MOST_PICKED = 100


@bp.route("/scenarios/new", methods=["GET", "POST"])
@opens_page(Action.ADD_SCENARIO)
def add_scenario() -> ResponseReturnValue:
    """Keep a new disruption to be traced; ?like=CODE begins with a copy of another."""
    own = choices.binding(Action.ADD_SCENARIO)
    form = AddScenarioForm(obj=_begun(), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    picker = _prepared(form)
    if not form.search.data and form.accepted():
        try:
            with transaction():
                owner = next(o for o in own if o.code == form.organisation.data)
                added = scenario_register.add_scenario(owner, form.entry())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The scenario was added."))
            return redirect(url_for("risks.scenario", ref=added.ref))
    return _page(form, picker, several=len(own) > 1)


def _begun() -> ScenarioEntry:
    """An empty scenario, or the copy of another as the acting person sees it."""
    asked = request.args.get("like", "")[:20]
    if not asked:
        return ScenarioEntry(name_fi="")
    rows = scenario_queries.scenarios(actor.current().scope).where(Scenario.code == asked)
    found = db.session.scalars(rows).first()
    if found is None:
        return ScenarioEntry(name_fi="")
    entry = scenario_register.scenario_now(found).entry
    names = {f"name_{code}": getattr(entry, f"name_{code}") for code in LANGUAGES}
    copied: dict[str, Any] = {name: f"{text[:196]} (2)" for name, text in names.items() if text}
    return replace(entry, **copied)


@bp.route("/scenarios/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Scenario, Action.EDIT_SCENARIO)
def edit_scenario(scenario: Scenario) -> ResponseReturnValue:
    """Change a scenario; what two people changed at the same time is put together."""
    form = ScenarioForm(obj=scenario_register.scenario_now(scenario).entry)
    editing = _editing(scenario, form)
    picker = _prepared(form)
    if not form.search.data and form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            _name_rows(form)
            return clash.page()
        else:
            flash(_("The scenario was saved."))
            return redirect(editing.back)
    return _page(form, picker, scenario)


def _editing(scenario: Scenario, form: ScenarioForm) -> Editing[ScenarioEntry]:
    return Editing(
        scenario,
        form,
        partial(scenario_register.scenario_now, scenario),
        lambda entry, seen: scenario_register.edit_scenario(scenario, entry, seen=seen),
        title=f"{scenario.code} {name_of(scenario)}",
        back=url_for("risks.scenario", ref=scenario.ref),
        parts=lambda: scenario.hits,
        told=_told,
    )


def _told(name: str, value: Any) -> str | None:
    """A field of a scenario in words; its hits stand one on each line."""
    return "\n".join(map(_told_hit, value)) or None if name == "hits" else in_words(name, value)


def _told_hit(hit: HitEntry) -> str:
    effect = in_words("effect", hit.effect) or "–"
    begins, lasts = (hours(one) if one is not None else "–" for one in (hit.start_h, hit.duration_h))
    return f"{hit.function}: {effect}, {begins} + {lasts}, {in_words('capacity_pct', hit.capacity_pct) or '–'}"


@bp.get("/scenarios/functions")
@opens_page(Action.EDIT_SCENARIO)
def find_functions() -> ResponseReturnValue:
    """What a search for functions to hit finds; a part of the page of a scenario."""
    picker = pick(request.args.getlist("picked")[:MOST_PICKED], request.args.get("find", "")[:200])
    return render_template("risks/_found.html", picker=picker)


@bp.route("/scenarios/<uuid:ref>/retire", methods=["GET", "POST"])
@opens(Scenario, Action.RETIRE_SCENARIO)
def retire_scenario(scenario: Scenario) -> ResponseReturnValue:
    """Ask, then take a scenario out of use."""
    form = CityForm()
    back = url_for("risks.scenario", ref=scenario.ref)
    if form.accepted():
        try:
            with transaction():
                scenario_register.retire_scenario(scenario)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The scenario was retired."))
            return redirect(back)
    return render_template(
        "prepare/retire.html",
        title=f"{scenario.code} {name_of(scenario)}",
        text=_("It is no longer offered for tracing or to risks. Its stored runs stay as they are."),
        form=form,
        back=back,
    )


def _prepared(form: ScenarioForm) -> Picker:
    """Let the form offer its lists and what its search finds, and turn functions that are ticked into rows."""
    choices.offer_lists(form)
    picker = pick((form.picked.data or [])[:MOST_PICKED], (form.find.data or "")[:200])
    form.add_rows([function.code for function in picker.chosen])
    chosen = {function.code for function in picker.chosen}
    form.picked.data = [code for code in form.picked.data or () if code not in chosen]
    form.picked.offer(picker.options)
    if picker.chosen:  # they stand in rows now, and the search has done its work
        form.take("find", "")
        return Picker([], [], more=False, searched="", hidden=0)
    return picker


def _page(
    form: ScenarioForm, picker: Picker, scenario: Scenario | None = None, *, several: bool = False
) -> ResponseReturnValue:
    back = url_for("risks.scenario", ref=scenario.ref) if scenario else url_for("risks.scenarios")
    return render_template(
        "risks/scenario_form.html",
        form=form,
        scenario=scenario,
        rows=_name_rows(form),
        unseen=len(scenario_register.hidden_hits(scenario)) if scenario else 0,
        picker=picker,
        several=several,
        back=back,
    )


def _name_rows(form: ScenarioForm) -> Sequence[SimpleNamespace]:
    """The rows, each with the function that it hits; a row's label is that function's name."""
    codes = {row.form.function.data for row in form.hits}
    rows = function_queries.nameable(actor.current().scope)
    named = {f.code: f for f in db.session.scalars(rows.where(Function.code.in_(codes)))}
    found = []
    for row in form.hits:
        function = named.get(row.form.function.data)
        row.label.text = f"{function.code} {name_of(function)}" if function else row.form.function.data or "–"
        retired = function is not None and function.state is FunctionState.RETIRED
        found.append(SimpleNamespace(field=row, function=function, retired=retired))
    return found
