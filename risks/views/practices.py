"""Good practices: the city's own and those that other municipalities share, and taking one into use."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import SimpleNamespace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor, network
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.models.organisations import Organisation
from prepare.queries import network as network_queries
from prepare.queries.pages import page
from prepare.texts import N_, name_of
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.members import homes
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

#: Whose practices are shown; None = all.
OWN, OTHERS = "own", "others"


@bp.get("/safety/practices/")
@opens_page(Action.VIEW_SAFETY)
def practices() -> ResponseReturnValue:
    """Good practices: search, theme, whose, paging, and how far each has spread."""
    wanted = SimpleNamespace(q=request.args.get("q", "")[:200], theme=word(Theme, request.args.get("theme")))
    retired, whose = request.args.get("show") == "retired", request.args.get("whose")
    own = [one.path for one in homes()]
    inside, outside = own if whose == OWN else [], own if whose == OTHERS else []
    asked = {**vars(wanted), "retired": retired, "within": inside, "outside": outside}
    found = queries.practices(actor.current().scope, **asked)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, GoodPractice.id, offset=at.offset, limit=PAGE_SIZE)).all()
    used = db.session.execute(queries.adopters([one.id for one in rows])).all()
    over = _members([*(one.owner_path for one in rows), *(path for _id, path in used)])
    spread = {one.id: {_adopter(path, own, over) for id_, path in used if id_ == one.id} for one in rows}
    return render_template(
        "risks/practices.html",
        rows=[_shown(one, own, over, len(spread[one.id])) for one in rows],
        at=at,
        wanted=wanted,
        retired=retired,
        whose=whose if whose in (OWN, OTHERS) else None,
        themes=Theme,
    )


def _members(paths: Sequence[str]) -> dict[str, Organisation | None]:
    """The municipality of each of these organisations, by path."""
    found = db.session.scalars(network_queries.members(paths)).all() if paths else []
    return {path: network.member_over(path, found) for path in paths}


def _adopter(path: str, own: Sequence[str], over: Mapping[str, Organisation | None]) -> str:
    """Who took a practice into use, as it is counted: one's own organisations each, of others the municipality."""
    member = over[path]
    return path if member is None or _inside(path, own) else member.path


def _shown(
    one: GoodPractice, own: Sequence[str], over: Mapping[str, Organisation | None], adopted: int
) -> SimpleNamespace:
    ours = _inside(one.owner_path, own)
    return SimpleNamespace(
        practice=one, adopted=adopted, ours=ours, keeper=one.organisation if ours else over[one.owner_path]
    )


def _inside(path: str, own: Sequence[str]) -> bool:
    return any(path.startswith(one) for one in own)


@bp.get("/safety/practices/<uuid:ref>")
@opens(GoodPractice, Action.VIEW_SAFETY)
def practice(practice: GoodPractice) -> ResponseReturnValue:
    """One good practice: what was done, with which result, and who took it into use."""
    own = [one.path for one in homes()]
    used = db.session.scalars(queries.adoptions(practice)).all()
    over = _members([practice.owner_path, *(one.organisation.path for one in used)])
    ours = _inside(practice.owner_path, own)
    elsewhere = [one for one in used if not _inside(one.organisation.path, own)]
    return render_template(
        "risks/practice.html",
        practice=practice,
        ours=ours,
        keeper=practice.organisation if ours else over[practice.owner_path],
        gaps=rules.gaps(register.seen_now(practice).entry) if ours else [],
        threat=choices.code_name(CodeList.THREAT, practice.threat),
        adoptions=[one for one in used if _inside(one.organisation.path, own)],
        others=list(dict.fromkeys(over[one.organisation.path] for one in elsewhere)),
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
