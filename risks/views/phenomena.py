"""Phenomena: the list, a phenomenon's page with its figures, adding and editing."""

from collections.abc import Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.texts import N_, name_of
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from risks import lines
from risks import phenomena as rules
from risks.entries.phenomena import IndicatorEntry, PhenomenonEntry
from risks.forms.phenomena import AddPhenomenonForm, IndicatorForm, MendIndicatorForm, PhenomenonForm
from risks.models.phenomena import Indicator, Phenomenon
from risks.queries import phenomena as queries
from risks.register import phenomena as register
from risks.views import choices, places
from risks.views.blueprint import bp
from risks.vocabulary.phenomena import PhenomenonState
from risks.vocabulary.risks import Trend
from risks.vocabulary.safety import Theme

MOST_SIGNALS = 50


@bp.get("/safety/phenomena/")
@opens_page(Action.VIEW_SAFETY)
def phenomena() -> ResponseReturnValue:
    """The phenomena: search, filters, paging, each with its first line of figures."""
    scope, areas = actor.current().scope, places.load()
    area = areas.asked()
    wanted = SimpleNamespace(
        q=request.args.get("q", "")[:200],
        theme=word(Theme, request.args.get("theme")),
        trend=word(Trend, request.args.get("trend")),
        state=word(PhenomenonState, request.args.get("state")),
    )
    found = queries.phenomena(scope, areas=areas.within(area), **vars(wanted))
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, Phenomenon.id, offset=at.offset, limit=PAGE_SIZE)).all()
    figures = db.session.scalars(queries.indicators([one.id for one in rows])).all()
    signals = {row[0]: row[1] for row in db.session.execute(queries.signals_per_phenomenon(scope))}
    return render_template(
        "risks/phenomena.html",
        rows=[_row(one, figures, signals) for one in rows],
        at=at,
        wanted=wanted,
        area=area,
        areas=areas,
        themes=Theme,
        trends=Trend,
        states=PhenomenonState,
    )


def _row(phenomenon: Phenomenon, figures: Sequence[Indicator], signals: dict[Any, int]) -> SimpleNamespace:
    mine = charts([one for one in figures if one.phenomenon_id == phenomenon.id])
    return SimpleNamespace(
        phenomenon=phenomenon,
        chart=mine[0] if mine else None,
        signals=signals.get(phenomenon.id, 0),
        overdue=is_overdue(phenomenon),
    )


def is_overdue(phenomenon: Phenomenon) -> bool:
    """Whether a phenomenon that is followed should have been reviewed by now."""
    due = phenomenon.next_review
    return phenomenon.state is PhenomenonState.OPEN and due is not None and due < today()


def charts(figures: Sequence[Indicator]) -> list[SimpleNamespace]:
    """Figures of one name and unit as a picture: .name, .unit, .figures, .line, .last."""
    return [
        SimpleNamespace(
            name=name,
            unit=unit,
            figures=some,
            last=some[-1],
            line=lines.drawn([(one.measured_on, one.value) for one in some]),
        )
        for (name, unit), some in rules.series(figures).items()
    ]


@bp.get("/safety/phenomena/<uuid:ref>")
@opens(Phenomenon, Action.VIEW_SAFETY)
def phenomenon(phenomenon: Phenomenon) -> ResponseReturnValue:
    """One phenomenon: where it is going, what shows it, what is done and what signals belong to it."""
    scope = actor.current().scope
    signals = queries.signals_of(scope, phenomenon)
    return render_template(
        "risks/phenomenon.html",
        phenomenon=phenomenon,
        gaps=rules.gaps(register.seen_now(phenomenon).entry),
        areas=places.load(),
        charts=charts(db.session.scalars(queries.indicators([phenomenon.id])).all()),
        measures=db.session.scalars(queries.measures_of(scope, phenomenon)).all(),
        risks=db.session.scalars(queries.risks_of(scope, phenomenon)).all(),
        signals=db.session.scalars(signals.limit(MOST_SIGNALS)).all(),
        signal_count=db.session.scalar(queries.signals_counted(signals)) or 0,
        overdue=is_overdue(phenomenon),
    )


@bp.route("/safety/phenomena/new", methods=["GET", "POST"])
@opens_page(Action.ADD_PHENOMENON)
def add_phenomenon() -> ResponseReturnValue:
    """Begin to follow a phenomenon."""
    own = choices.keepers(Action.ADD_PHENOMENON)
    form = AddPhenomenonForm(obj=PhenomenonEntry(name_fi=""), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    places.load().offer(form.areas)
    return keeping.adding(
        form,
        lambda: register.add(keeping.chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("The phenomenon was added."),
        "risks.phenomenon",
        lambda: _page(form, url_for("risks.phenomena"), several=len(own) > 1),
    )


@bp.route("/safety/phenomena/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Phenomenon, Action.EDIT_PHENOMENON)
def edit_phenomenon(phenomenon: Phenomenon) -> ResponseReturnValue:
    """Change a phenomenon; what two people changed at the same time is put together."""
    form = PhenomenonForm(obj=register.seen_now(phenomenon).entry)
    areas = places.load()
    areas.offer(form.areas)
    edited: Editing[PhenomenonEntry] = Editing(
        phenomenon,
        form,
        partial(register.seen_now, phenomenon),
        lambda entry, seen: register.edit(phenomenon, entry, seen=seen, on=today()),
        title=f"{phenomenon.code} {name_of(phenomenon)}",
        back=url_for("risks.phenomenon", ref=phenomenon.ref),
        told=areas.told,
    )
    return keeping.editing(edited, N_("The phenomenon was saved."), lambda: _page(form, edited.back, phenomenon))


def _page(
    form: PhenomenonForm, back: str, phenomenon: Phenomenon | None = None, *, several: bool = False
) -> ResponseReturnValue:
    return render_template("risks/phenomenon_form.html", form=form, phenomenon=phenomenon, back=back, several=several)


@bp.route("/safety/phenomena/<uuid:ref>/figures/new", methods=["GET", "POST"])
@opens(Phenomenon, Action.ADD_INDICATOR)
def add_indicator(phenomenon: Phenomenon) -> ResponseReturnValue:
    """Add a figure; ?like=CODE begins with the words of another figure, so that both make up a line."""
    figures = db.session.scalars(queries.indicators([phenomenon.id])).all()
    like = next((one for one in figures if one.code == request.args.get("like")), None)
    begun = {"name": like.name, "unit": like.unit, "source": like.source} if like else {}
    form = IndicatorForm(data={"measured_on": today(), **begun})
    back = url_for("risks.phenomenon", ref=phenomenon.ref, _anchor="figures")
    title = f"{phenomenon.code} {name_of(phenomenon)}"
    return keeping.asking(
        form,
        lambda: register.measure(phenomenon, form.entry(), on=today()),
        N_("The figure was added."),
        back,
        lambda: render_template(
            "risks/indicator_form.html",
            form=form,
            title=title,
            back=back,
            phenomenon=phenomenon,
            others=[chart.last for chart in charts(figures)],
        ),
    )


@bp.route("/safety/figures/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Indicator, Action.EDIT_INDICATOR)
def edit_indicator(indicator: Indicator) -> ResponseReturnValue:
    """Correct a figure, or leave out one that was entered wrongly."""
    form = MendIndicatorForm(obj=register.indicator_now(indicator).entry)
    title = f"{indicator.phenomenon.code} {name_of(indicator.phenomenon)}"
    edited: Editing[IndicatorEntry] = Editing(
        indicator,
        form,
        partial(register.indicator_now, indicator),
        lambda entry, seen: register.mend(indicator, entry, seen=seen, on=today()),
        title=f"{title}: {indicator.name}",
        back=url_for("risks.phenomenon", ref=indicator.phenomenon.ref, _anchor="figures"),
    )
    return keeping.editing(
        edited,
        N_("The figure was saved."),
        lambda: render_template(
            "risks/indicator_form.html", form=form, title=title, back=edited.back, phenomenon=None, others=[]
        ),
    )
