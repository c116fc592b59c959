"""Adding and editing measures."""

from dataclasses import asdict, replace
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page
from prepare.merging import Seen
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, name_of
from prepare.views.clashes import Clash, Editing
from prepare.views.functions import word
from prepare.vocabulary import CodeList, Confidentiality
from risks.entries.measures import MeasureEntry
from risks.forms.measures import AddMeasureForm, MeasureForm
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.queries import risks as risk_queries
from risks.register import measures as register
from risks.views import choices, sources
from risks.views.blueprint import bp
from risks.vocabulary.measures import MeasureSource


@bp.route("/measures/new", methods=["GET", "POST"])
@opens_page(Action.ADD_MEASURE)
def add_measure() -> ResponseReturnValue:
    """Keep a measure; ?risk=CODE begins with a risk that it treats, ?source=KIND&code=CODE with what it came from."""
    who = actor.current()
    own = [o for o in db.session.scalars(organisations.organisations(who.scope)) if may(who, Action.ADD_MEASURE, o)]
    if not own:
        abort(404)
    risk = _asked_risk()
    begun, owner = _begun(risk)
    owner = owner if owner in own else choices.topmost(own)
    form = AddMeasureForm(data={**asdict(begun), "organisation": owner.code})
    choices.offer_codes(form.area, CodeList.AREA, with_code=False)
    form.organisation.offer([(o.code, name_of(o)) for o in own])
    if form.accepted():
        try:
            added = _added(form, own)
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            flash(_("The measure was added."))
            return redirect(url_for("risks.measure", ref=added.ref))
    back = url_for("risks.risk", ref=risk.ref) if risk else url_for("risks.measures")
    return render_template("risks/measure_form.html", form=form, measure=None, back=back)


def _added(form: AddMeasureForm, own: list[Organisation]) -> Measure:
    with transaction():
        owner = next(o for o in own if o.code == form.organisation.data)
        return register.add(owner, form.entry())


def _asked_risk() -> Risk | None:
    code = request.args.get("risk", "")[:20]
    found = risk_queries.named(actor.current().scope, [code]) if code else None
    return db.session.scalars(found).first() if found is not None else None


def _begun(risk: Risk | None) -> tuple[MeasureEntry, Organisation | None]:
    """What the form begins with, and for whom: what the address says of where the measure comes from.

    A measure against what is secret begins as secret.
    """
    source = MeasureSource.RISK if risk else word(MeasureSource, request.args.get("source"))
    code = risk.code if risk else request.args.get("code", "")[:20] if source else ""
    record = risk or sources.record_of(source, code)
    begun = MeasureEntry(name_fi="", source=source, source_code=code or None, risks=(code,) if risk else ())
    if record is None:
        return begun, None
    is_secret = record.confidentiality is Confidentiality.CONFIDENTIAL
    told = replace(begun, area=getattr(record, "area", None))
    secret = replace(told, confidentiality=record.confidentiality, secrecy_basis=getattr(record, "secrecy_basis", None))
    return (secret if is_secret else told), getattr(record, "organisation", None)


@bp.route("/measures/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Measure, Action.EDIT_MEASURE)
def edit_measure(measure: Measure) -> ResponseReturnValue:
    """Change what is to be done; what two people changed at the same time is put together."""
    held, back = register.seen_now(measure).entry, url_for("risks.measure", ref=measure.ref)
    form = MeasureForm(obj=held)
    choices.offer_codes(form.area, CodeList.AREA, with_code=False)
    title = f"{measure.code} {name_of(measure)}"
    editing = Editing(measure, form, partial(register.seen_now, measure), partial(_edit, measure), title, back)
    if form.accepted():
        try:
            editing.saved()
        except RuleBroken as broken:
            form.refuse(broken)
        except Clash as clash:
            return clash.page()
        else:
            flash(_("The measure was saved."))
            return redirect(back)
    return render_template("risks/measure_form.html", form=form, measure=measure, back=back)


def _edit(measure: Measure, entry: MeasureEntry, seen: Seen[MeasureEntry] | None) -> Measure:
    return register.edit(measure, entry, seen=seen)
