"""Reserves: the list, one of them with who counts on it, adding and editing, and what texts name as one."""

from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dependencies.analysing import reserve_balances as balances
from dependencies.analysing import reserves as queries
from dependencies.analysing.reserve_balances import Weighing
from dependencies.entries.reserves import ReserveEntry
from dependencies.forms.reserves import AddReserveForm, ReserveForm
from dependencies.models.reserves import Reserve
from dependencies.register import reserves as register
from dependencies.reserving import checks, lifting
from dependencies.reserving.lifting import Candidate, Named
from dependencies.reserving.vocabulary import ReserveKind, Sufficiency
from dependencies.tracing import TooFar
from dependencies.views import reserve_words as words
from dependencies.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.gate.opening import opens, opens_page
from prepare.models.organisations import Organisation
from prepare.queries.pages import page
from prepare.texts import N_, name_of
from prepare.views import choosing, keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.views.paging import PAGE_SIZE, paging
from risks.views import choices


@bp.get("/reserves/")
@opens_page(Action.VIEW_RESERVE)
def reserves() -> ResponseReturnValue:
    """The reserves that the person may read, and how each stands in its worst scenario."""
    wanted = SimpleNamespace(
        q=request.args.get("q", "")[:200],
        kind=word(ReserveKind, request.args.get("kind")),
        owner=request.args.get("owner", "")[:20],
    )
    show = request.args.get("show")
    found = queries.reserves(actor.current().scope, retired=show == "retired", **vars(wanted))
    rows, at, far = _short(found) if show == "short" else _paged(found)
    return render_template(
        "dependencies/reserves.html",
        rows=rows,
        at=at,
        far=far,
        wanted=wanted,
        show=show,
        kinds=ReserveKind,
        owners=[(one.code, name_of(one)) for one in choosing.organisations(own=None).values()],
    )


def _paged(found: Any) -> tuple[list[SimpleNamespace], Any, TooFar | None]:
    """One page of the reserves, each weighed in every scenario."""
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    some = db.session.scalars(page(found, Reserve.id, offset=at.offset, limit=PAGE_SIZE)).all()
    seen, far = weighed_or_far(some)
    return [_row(one, seen) for one in some], at, far


def _short(found: Any) -> tuple[list[SimpleNamespace], Any, TooFar | None]:
    """The reserves on which more is counted than there is, the worst first; all have to be weighed to know them."""
    seen, far = weighed_or_far(db.session.scalars(found).all())
    worst = sorted((one for one in seen.worst.values()), key=lambda one: one.order)
    short = [one.reserve for one in worst if one.balance.status in (Sufficiency.SHORT, Sufficiency.LATE)]
    at = paging(len(short))
    return [_row(one, seen) for one in short[at.offset : at.offset + PAGE_SIZE]], at, far


def weighed_or_far(some: Any, codes: tuple[str, ...] = ()) -> tuple[Weighing, TooFar | None]:
    """These reserves weighed, or why that is too much while somebody waits."""
    scope = actor.current().scope
    try:
        return balances.weigh(scope, some, codes), None
    except TooFar as far:
        return Weighing(scope, (), (), (), {}), far


def _row(reserve: Reserve, seen: Weighing) -> SimpleNamespace:
    worst = seen.worst.get(reserve.id)
    return SimpleNamespace(
        reserve=reserve,
        amount=words.amount(reserve),
        count=len(seen.on(reserve)),
        worst=words.weighed(worst) if worst else None,
    )


@bp.get("/reserves/<uuid:ref>")
@opens(Reserve, Action.VIEW_RESERVE)
def reserve(reserve: Reserve) -> ResponseReturnValue:
    """One reserve: what it is, who counts on it, and whether it is enough in each scenario."""
    seen, far = weighed_or_far([reserve])
    asked = request.args.get("scenario", "")
    chosen = next((one for one in seen.every if one.course.code == asked), next(iter(seen.every), None))
    claims = db.session.scalars(queries.claims_on([reserve.id])).all() if far else seen.claims
    mine = actor.current().scope.covers(reserve.owner_path, reserve.confidentiality)
    return render_template(
        "dependencies/reserve.html",
        reserve=reserve,
        amount=words.amount(reserve),
        gaps=checks.gaps(register.seen_now(reserve).entry),
        claims=[words.claim_row(one, is_idle=seen.idle(one)) for one in claims if mine or _named(one)],
        rows=[words.weighed(one) for one in seen.every],
        chosen=words.picture(chosen) if chosen else None,
        far=far,
        own=_own_functions(),
        named=_naming(reserve, {one.function.code for one in claims}),
    )


def _named(claim: Any) -> bool:
    """Whether the acting person may know of the claim at all: who does not own the reserve sees functions by name."""
    function = claim.function
    return actor.current().scope.names(function.id, function.owner_path, function.confidentiality)


def _own_functions() -> list[tuple[str, str]]:
    """The functions for which the acting person may count on a reserve."""
    who = actor.current()
    if not may(who, Action.ADD_CLAIM):
        return []
    owners = [one for one in choosing.organisations(own=None).values() if may(who, Action.ADD_CLAIM, one)]
    return choices.affected(owners) if owners else []


def _naming(reserve: Reserve, claimed: set[str]) -> list[str]:
    """Codes of functions that name the reserve's words as an alternative and do not count on it yet."""
    same = lifting.key(reserve.named_as)
    if not same:
        return []
    rows = db.session.execute(queries.alternatives(actor.current().scope))
    return sorted({code for code, one in rows if lifting.key(one.alternative) == same} - claimed)


@bp.get("/reserves/candidates")
@opens_page(Action.ADD_RESERVE)
def reserve_candidates() -> ResponseReturnValue:
    """Alternatives that several functions name in the same words: each may be one reserve."""
    found = candidates()
    at = paging(len(found))
    return render_template("dependencies/reserve_candidates.html", rows=found[at.offset : at.offset + PAGE_SIZE], at=at)


def candidates() -> list[Candidate]:
    """What the texts of the functions that the acting person reads name as the same, and no reserve stands for."""
    scope = actor.current().scope
    known = [one.named_as for one in db.session.scalars(queries.reserves(scope))]
    rows = db.session.execute(queries.alternatives(scope))
    return lifting.candidates([Named(code, one.kind, one.alternative or "") for code, one in rows], known)


@bp.route("/reserves/new", methods=["GET", "POST"])
@opens_page(Action.ADD_RESERVE)
def add_reserve() -> ResponseReturnValue:
    """Keep a reserve; one that texts name already comes with what they say of it."""
    own = keepers()
    form = AddReserveForm(obj=_begun(request.args.get("named", "")), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    return keeping.adding(
        form,
        lambda: register.add(keeping.chosen(own, form.organisation.data), form.entry()),
        N_("The reserve was added. Now say which functions count on it."),
        "dependencies.reserve",
        lambda: _page(form, url_for("dependencies.reserves"), several=len(own) > 1),
    )


def keepers() -> list[Organisation]:
    """The organisations, partners too, for which the acting person may keep reserves; 404 where there is none."""
    who = actor.current()
    return [o for o in choosing.organisations(own=None).values() if may(who, Action.ADD_RESERVE, o)] or abort(404)


def _begun(same: str) -> ReserveEntry:
    """What a new reserve begins with: what several functions name by these words, or nothing."""
    found = next((one for one in candidates() if one.key == same), None) if same else None
    if found is None:
        return ReserveEntry(name_fi="")
    return ReserveEntry(name_fi=found.words[:200], named_as=found.words[:200], kind=found.kind, unit=found.unit)


@bp.route("/reserves/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(Reserve, Action.EDIT_RESERVE)
def edit_reserve(reserve: Reserve) -> ResponseReturnValue:
    """Change a reserve or take it out of use; what two people changed at the same time is put together."""
    form = ReserveForm(obj=register.seen_now(reserve).entry)
    edited: Editing[ReserveEntry] = Editing(
        reserve,
        form,
        partial(register.seen_now, reserve),
        lambda entry, seen: register.edit(reserve, entry, seen=seen),
        title=f"{reserve.code} {name_of(reserve)}",
        back=url_for("dependencies.reserve", ref=reserve.ref),
    )
    return keeping.editing(edited, N_("The reserve was saved."), lambda: _page(form, edited.back, reserve))


def _page(
    form: ReserveForm, back: str, reserve: Reserve | None = None, *, several: bool = False
) -> ResponseReturnValue:
    return render_template("dependencies/reserve_form.html", form=form, reserve=reserve, back=back, several=several)
