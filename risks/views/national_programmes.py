"""National programmes: what the state proposes, on one page, and how it is kept."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.forms.differences import in_words
from prepare.gate.opening import opens, opens_page
from prepare.queries.pages import page
from prepare.texts import _, name_of
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.paging import PAGE_SIZE, paging
from risks.entries.safety import LineEntry
from risks.forms.safety import AddNationalProgrammeForm, NationalProgrammeForm
from risks.models.national_programmes import NationalProgramme
from risks.queries import national_programmes as queries
from risks.register import national_programmes as register
from risks.views import choices
from risks.views.blueprint import bp


@bp.get("/safety/national-programmes/")
@opens_page(Action.VIEW_SAFETY)
def national_programmes() -> ResponseReturnValue:
    """The national programmes with their lines, those in force first."""
    scope = actor.current().scope
    at = paging(db.session.scalar(queries.counted(scope)) or 0)
    rows = page(queries.national_programmes(scope), NationalProgramme.id, offset=at.offset, limit=PAGE_SIZE)
    found = db.session.scalars(rows).all()
    lapsed = {one.id for one in found if one.valid_to and one.valid_to < today()}
    return render_template("risks/national_programmes.html", rows=found, lapsed=lapsed, at=at)


@bp.route("/safety/national-programmes/new", methods=["GET", "POST"])
@opens_page(Action.ADD_NATIONAL_PROGRAMME)
def add_national_programme() -> ResponseReturnValue:
    """Keep a national programme."""
    own, back = choices.binding(Action.ADD_NATIONAL_PROGRAMME), url_for("risks.national_programmes")
    form = AddNationalProgrammeForm(data={"organisation": choices.topmost(own).code})
    form.offer_rows().organisation.offer(choices.labelled(own))
    if keeping.added(form, own, register.add):
        flash(_("The national programme was added."))
        return redirect(back)
    return _page(form, back, several=len(own) > 1)


@bp.route("/safety/national-programmes/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(NationalProgramme, Action.EDIT_NATIONAL_PROGRAMME)
def edit_national_programme(programme: NationalProgramme) -> ResponseReturnValue:
    """Change a national programme; what two people changed at the same time is put together."""
    form = NationalProgrammeForm(obj=register.seen_now(programme).entry).offer_rows()
    editing = Editing(
        programme,
        form,
        partial(register.seen_now, programme),
        lambda entry, seen: register.edit(programme, entry, seen=seen),
        title=f"{programme.code} {name_of(programme)}",
        back=url_for("risks.national_programmes"),
        parts=lambda: programme.lines,
        told=_told,
    )
    answer = keeping.edited(editing, _("The national programme was saved."))
    return answer or _page(form, editing.back, programme)


def _told(name: str, value: object) -> str | None:
    """A field in words; lines stand one below the other."""
    if name != "lines":
        return in_words(name, value)
    lines: tuple[LineEntry, ...] = value  # type: ignore[assignment]
    return "\n".join(" ".join(filter(None, [line.mark, line.name_fi])) for line in lines) or None


def _page(
    form: NationalProgrammeForm, back: str, programme: NationalProgramme | None = None, *, several: bool = False
) -> ResponseReturnValue:
    for place, row in enumerate(form.lines, start=1):
        row.label.text = _("Line %(place)s", place=place)
    return render_template(
        "risks/national_programme_form.html", form=form, programme=programme, several=several, back=back
    )
