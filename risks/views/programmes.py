"""Programmes across sectors: the list, a programme's page, adding and editing."""

from collections.abc import Sequence
from functools import partial
from types import SimpleNamespace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.forms.differences import in_words
from prepare.gate.opening import opens, opens_page
from prepare.models.organisations import Organisation
from prepare.queries.pages import page
from prepare.texts import _, name_of
from prepare.views import choosing, keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import CodeList
from risks import planning
from risks.entries.safety import of_programme
from risks.forms.safety import AddProgrammeForm, ProgrammeForm
from risks.models.programmes import Programme
from risks.queries import programmes as queries
from risks.register import programmes as register
from risks.views import choices
from risks.views.blueprint import bp
from risks.vocabulary.safety import ProgrammeState, Theme


@bp.get("/safety/programmes/")
@opens_page(Action.VIEW_SAFETY)
def programmes() -> ResponseReturnValue:
    """The programmes: search, filters, paging."""
    wanted = SimpleNamespace(
        q=request.args.get("q", "")[:200],
        theme=word(Theme, request.args.get("theme")),
        area=request.args.get("area", "")[:20],
        state=word(ProgrammeState, request.args.get("state")),
    )
    found = queries.programmes(actor.current().scope, **vars(wanted))
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    areas = dict(choices.codes(CodeList.AREA, with_code=False))
    rows = db.session.scalars(page(found, Programme.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template(
        "risks/programmes.html", rows=rows, at=at, wanted=wanted, areas=areas, themes=Theme, states=ProgrammeState
    )


@bp.get("/safety/programmes/<uuid:ref>")
@opens(Programme, Action.VIEW_SAFETY)
def programme(programme: Programme) -> ResponseReturnValue:
    """One programme: about what, where, for whom and by whom."""
    return render_template(
        "risks/programme.html",
        programme=programme,
        areas=dict(choices.codes(CodeList.AREA, with_code=False)),
        gaps=planning.gaps(of_programme(programme), planning.PROGRAMME_NEEDS),
    )


@bp.route("/safety/programmes/new", methods=["GET", "POST"])
@opens_page(Action.ADD_PROGRAMME)
def add_programme() -> ResponseReturnValue:
    """Keep a programme of the city or of one's own sector."""
    own = choices.keepers(Action.ADD_PROGRAMME)
    form = AddProgrammeForm(data={"organisation": choices.topmost(own).code})
    form.organisation.offer(choices.labelled(own))
    _offer(form)
    if programme := keeping.added(form, own, register.add):
        flash(_("The programme was added."))
        return redirect(url_for("risks.programme", ref=programme.ref))
    return _page(form, url_for("risks.programmes"))


@bp.route("/safety/programmes/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Programme, Action.EDIT_PROGRAMME)
def edit_programme(programme: Programme) -> ResponseReturnValue:
    """Change a programme; what two people changed at the same time is put together."""
    form = ProgrammeForm(obj=register.seen_now(programme).entry)
    names = _offer(form, programme.organisations)
    editing = Editing(
        programme,
        form,
        partial(register.seen_now, programme),
        lambda entry, seen: register.edit(programme, entry, seen=seen),
        title=f"{programme.code} {name_of(programme)}",
        back=url_for("risks.programme", ref=programme.ref),
        told=lambda name, value: in_words(name, _named(names, value)),
    )
    answer = keeping.edited(editing, _("The programme was saved."))
    return answer or _page(form, editing.back, programme)


def _named(names: dict[str, str], value: object) -> object:
    return tuple(names.get(one, one) for one in value) if isinstance(value, tuple) else value


def _offer(form: ProgrammeForm, kept: Sequence[Organisation] = ()) -> dict[str, str]:
    """Give the form the areas and organisations to choose among, also those that are chosen; gives their names."""
    readable = [one for one in kept if actor.readable(actor.current(), one)]
    organisations = {one.code: one for one in [*choosing.organisations(own=None).values(), *readable]}
    offered = choices.labelled(list(organisations.values())), choices.codes(CodeList.AREA, with_code=False)
    form.organisations.offer(offered[0])
    form.areas.offer(offered[1])
    return dict(offered[0]) | dict(offered[1])


def _page(form: ProgrammeForm, back: str, programme: Programme | None = None) -> ResponseReturnValue:
    return render_template("risks/programme_form.html", form=form, programme=programme, back=back)
