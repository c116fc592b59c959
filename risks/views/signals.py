"""Signals: the inbox, quick entry, and linking to a phenomenon."""

from functools import partial
from types import SimpleNamespace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.texts import N_, name_of
from prepare.views import choosing, keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from risks.entries.phenomena import SignalEntry
from risks.forms.phenomena import AddSignalForm, SignalForm
from risks.models.phenomena import Phenomenon, Signal
from risks.queries import phenomena as queries
from risks.register import phenomena as register
from risks.views import choices, places
from risks.views.blueprint import bp
from risks.vocabulary.phenomena import Reliability

ALL = "all"


@bp.get("/safety/signals/")
@opens_page(Action.VIEW_SAFETY)
def signals() -> ResponseReturnValue:
    """The inbox of signals that belong to no phenomenon yet, or with ?show=all every signal."""
    scope, areas = actor.current().scope, places.load()
    area, everything = areas.asked(), request.args.get("show") == ALL
    wanted = SimpleNamespace(
        q=request.args.get("q", "")[:200], reliability=word(Reliability, request.args.get("reliability"))
    )
    found = queries.signals(scope, areas=areas.within(area), waiting=not everything, **vars(wanted))
    at = paging(db.session.scalar(queries.signals_counted(found)) or 0)
    return render_template(
        "risks/signals.html",
        rows=[told(one) for one in db.session.scalars(page(found, Signal.id, offset=at.offset, limit=PAGE_SIZE))],
        at=at,
        wanted=wanted,
        area=area,
        areas=areas,
        everything=everything,
        waiting=db.session.scalar(queries.signals_counted(queries.signals(scope, waiting=True))) or 0,
        reliabilities=Reliability,
    )


def told(signal: Signal) -> SimpleNamespace:
    """A signal with its phenomenon, as far as the acting person may read that."""
    linked = signal.phenomenon
    return SimpleNamespace(
        signal=signal, phenomenon=linked if linked and actor.readable(actor.current(), linked) else None
    )


@bp.get("/safety/signals/<uuid:ref>")
@opens(Signal, Action.VIEW_SAFETY)
def signal(signal: Signal) -> ResponseReturnValue:
    """One signal: what was noticed, by whom, and what it belongs to."""
    return render_template("risks/signal.html", row=told(signal), signal=signal, areas=places.load())


@bp.route("/safety/signals/new", methods=["GET", "POST"])
@opens_page(Action.ADD_SIGNAL)
def add_signal() -> ResponseReturnValue:
    """Note a signal, also on a phone: what, when, where, from whom."""
    own = choices.keepers(Action.ADD_SIGNAL)
    form = AddSignalForm(obj=SignalEntry(name="", observed_on=today()), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    _offer(form)
    return keeping.adding(
        form,
        lambda: register.note(keeping.chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("The signal was noted."),
        "risks.signal",
        lambda: _page(form, url_for("risks.signals"), several=len(own) > 1),
    )


@bp.route("/safety/signals/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Signal, Action.EDIT_SIGNAL)
def edit_signal(signal: Signal) -> ResponseReturnValue:
    """Change a signal or link it to a phenomenon; what two people changed at the same time is put together."""
    form = SignalForm(obj=register.signal_now(signal).entry)
    names = _offer(form, signal)
    edited: Editing[SignalEntry] = Editing(
        signal,
        form,
        partial(register.signal_now, signal),
        lambda entry, seen: register.edit_signal(signal, entry, seen=seen, on=today()),
        title=f"{signal.code} {signal.name}",
        back=url_for("risks.signal", ref=signal.ref),
        told=names.told,
    )
    return keeping.editing(edited, N_("The signal was saved."), lambda: _page(form, edited.back, signal))


def _offer(form: SignalForm, signal: Signal | None = None) -> places.Areas:
    """Give the form areas, organisations and the phenomena that are followed; gives the areas."""
    areas = places.load()
    areas.offer(form.area)
    sources = {one.code: name_of(one) for one in choosing.organisations(own=None).values()}
    if signal and signal.source:
        sources[signal.source.code] = name_of(signal.source)
    form.source.offer(list(sources.items()))
    followed = db.session.scalars(queries.phenomena(actor.current().scope)).all()
    linked = told(signal).phenomenon if signal else None
    form.phenomenon.offer([_option(one) for one in [*followed, *([linked] if linked not in followed else [])] if one])
    return areas


def _option(phenomenon: Phenomenon) -> tuple[str, str]:
    return phenomenon.code, f"{phenomenon.code} {name_of(phenomenon)}"


def _page(form: SignalForm, back: str, signal: Signal | None = None, *, several: bool = False) -> ResponseReturnValue:
    return render_template("risks/signal_form.html", form=form, signal=signal, back=back, several=several)
