"""Good practices: the city's own and those that other municipalities share, and taking one into use."""

from functools import partial
from types import SimpleNamespace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.actor import top
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.queries import organisations
from prepare.queries.pages import page
from prepare.texts import N_, name_of
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import CodeList
from risks import practices as rules
from risks.entries.practices import PracticeEntry
from risks.forms.practices import AddPracticeForm, AdoptionForm, PracticeForm
from risks.models.practices import GoodPractice
from risks.queries import practices as queries
from risks.register import practices as register
from risks.views import choices
from risks.views.blueprint import bp
from risks.vocabulary.safety import Theme


@bp.get("/safety/practices/")
@opens_page(Action.VIEW_SAFETY)
def practices() -> ResponseReturnValue:
    """Good practices: search, theme, paging, and how far each has spread."""
    wanted = SimpleNamespace(q=request.args.get("q", "")[:200], theme=word(Theme, request.args.get("theme")))
    retired = request.args.get("show") == "retired"
    found = queries.practices(actor.current().scope, retired=retired, **vars(wanted))
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, GoodPractice.id, offset=at.offset, limit=PAGE_SIZE)).all()
    counts = {row[0]: row[1] for row in db.session.execute(queries.adopted_counts([one.id for one in rows]))}
    return render_template(
        "risks/practices.html",
        rows=[SimpleNamespace(practice=one, adopted=counts.get(one.id, 0), ours=is_ours(one)) for one in rows],
        at=at,
        wanted=wanted,
        retired=retired,
        themes=Theme,
    )


def is_ours(practice: GoodPractice) -> bool:
    """Whether it comes from a municipality in which the acting person reads registers."""
    return any(top(practice.owner_path) == top(root.path) for root in actor.current().scope.roots if root.path != "/")


@bp.get("/safety/practices/<uuid:ref>")
@opens(GoodPractice, Action.VIEW_SAFETY)
def practice(practice: GoodPractice) -> ResponseReturnValue:
    """One good practice: what was done, with which result, and who took it into use."""
    return render_template(
        "risks/practice.html",
        practice=practice,
        ours=is_ours(practice),
        city=db.session.scalars(organisations.at([top(practice.owner_path)])).one(),
        gaps=rules.gaps(register.seen_now(practice).entry),
        threat=choices.code_name(CodeList.THREAT, practice.threat),
        adoptions=db.session.scalars(queries.adoptions(practice)).all(),
    )


@bp.route("/safety/practices/new", methods=["GET", "POST"])
@opens_page(Action.ADD_PRACTICE)
def add_practice() -> ResponseReturnValue:
    """Keep a good practice."""
    own = choices.keepers(Action.ADD_PRACTICE)
    form = AddPracticeForm(obj=PracticeEntry(name_fi=""), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    _offer(form)
    return keeping.adding(
        form,
        lambda: register.add(keeping.chosen(own, form.organisation.data), form.entry()),
        N_("The good practice was added."),
        "risks.practice",
        lambda: _page(form, url_for("risks.practices"), several=len(own) > 1),
    )


@bp.route("/safety/practices/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(GoodPractice, Action.EDIT_PRACTICE)
def edit_practice(practice: GoodPractice) -> ResponseReturnValue:
    """Change a good practice or share it; what two people changed at the same time is put together."""
    form = PracticeForm(obj=register.seen_now(practice).entry)
    _offer(form)
    edited: Editing[PracticeEntry] = Editing(
        practice,
        form,
        partial(register.seen_now, practice),
        lambda entry, seen: register.edit(practice, entry, seen=seen),
        title=f"{practice.code} {name_of(practice)}",
        back=url_for("risks.practice", ref=practice.ref),
    )
    return keeping.editing(edited, N_("The good practice was saved."), lambda: _page(form, edited.back, practice))


def _offer(form: PracticeForm) -> None:
    """Threats in force, and the one that the practice carries so far."""
    choices.offer_codes(form.threat, CodeList.THREAT, with_code=True)


def _page(
    form: PracticeForm, back: str, practice: GoodPractice | None = None, *, several: bool = False
) -> ResponseReturnValue:
    return render_template("risks/practice_form.html", form=form, practice=practice, back=back, several=several)


@bp.route("/safety/practices/<uuid:ref>/adopt", methods=["GET", "POST"])
@opens(GoodPractice, Action.ADOPT_PRACTICE)
def adopt_practice(practice: GoodPractice) -> ResponseReturnValue:
    """Say that one's own organisation takes the practice into use."""
    own = choices.keepers(Action.ADD_PRACTICE)
    form = AdoptionForm(organisation=choices.topmost(own).code, adopted_on=today())
    form.organisation.offer(choices.labelled(own))
    back = url_for("risks.practice", ref=practice.ref, _anchor="adopted")
    title = f"{practice.code} {name_of(practice)}"
    return keeping.asking(
        form,
        lambda: register.adopt(practice, keeping.chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("Thank you: it is told below the practice."),
        back,
        lambda: render_template("risks/adoption_form.html", form=form, title=title, back=back, several=len(own) > 1),
    )
