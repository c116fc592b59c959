"""The code lists: areas, their levels, threats; adding, editing, retiring a code, and taking a new edition into use."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.clock import today
from prepare.db import db
from prepare.forms.form import CityForm
from prepare.gate.opening import opens, opens_page
from prepare.models.codes import CodeItem
from prepare.texts import N_, _, name_of
from prepare.views import keeping
from prepare.views.clashes import Editing
from prepare.views.functions import word
from prepare.vocabulary import CodeList
from risks import codelists
from risks.entries.codes import CodeEntry
from risks.forms.codes import AddCodeForm, CodeForm, EditionForm
from risks.queries import codelists as queries
from risks.register import codelists as register
from risks.views import places
from risks.views.blueprint import bp


@bp.get("/code-lists/")
@opens_page(Action.VIEW_CODE)
def code_lists() -> ResponseReturnValue:
    """One list with its editions, what uses its codes, and codes that are out of use but still carried."""
    kind = _asked()
    items = db.session.scalars(queries.listed(kind)).all()
    carried = _carried(kind)
    in_force = {item.code for item in items}
    former = list({one.code: one for one in reversed(db.session.scalars(queries.former(kind)).all())}.values())
    return render_template(
        "risks/code_lists.html",
        kind=kind,
        kinds=CodeList,
        rows=[_row(item, depth, carried) for item, depth in _in_order(kind, items)],
        former=[_row(item, 1, carried) for item in former if item.code not in in_force],
        issued=kind in codelists.ISSUED,
        counted=kind in (CodeList.THREAT, CodeList.AREA),
    )


def _asked() -> CodeList:
    return word(CodeList, request.args.get("list")) or CodeList.AREA


def _carried(kind: CodeList) -> dict[str, tuple[int, int]]:
    """Code → how many open risks and scenarios carry it."""
    if kind not in (CodeList.THREAT, CodeList.AREA):
        return {}
    scope = actor.current().scope
    risks = _counts(queries.risks_by_code(scope, kind))
    scenarios = _counts(queries.scenarios_by_code(scope, kind))
    return {code: (risks.get(code, 0), scenarios.get(code, 0)) for code in risks.keys() | scenarios.keys()}


def _counts(rows: Any) -> dict[str, int]:
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _in_order(kind: CodeList, items: Sequence[CodeItem]) -> list[tuple[CodeItem, int]]:
    """The items as they are read: areas as a tree with their depth, others in the order of the list."""
    if kind is not CodeList.AREA:
        return [(item, 1) for item in items]
    found = places.Areas(items)
    return [(found.by_code[node.code], node.depth) for node in found.nodes]


def _row(item: CodeItem, depth: int, carried: dict[str, tuple[int, int]]) -> SimpleNamespace:
    risks, scenarios = carried.get(item.code, (0, 0))
    local = item.kind in codelists.ISSUED and codelists.is_local(item.kind, item.code)
    return SimpleNamespace(item=item, depth=depth, risks=risks, scenarios=scenarios, local=local)


@bp.route("/code-lists/new", methods=["GET", "POST"])
@opens_page(Action.ADD_CODE)
def add_code() -> ResponseReturnValue:
    """Add a code to the list that the address names."""
    kind = _asked()
    form = AddCodeForm()
    _offer(form, kind)
    return keeping.adding(
        form,
        lambda: register.add(kind, form.code.data or "", form.entry(), on=today()),
        N_("The code was added."),
        "risks.code",
        lambda: render_template("risks/code_form.html", form=form, kind=kind, item=None, back=_back(kind)),
    )


@bp.get("/code-lists/<uuid:ref>")
@opens(CodeItem, Action.VIEW_CODE)
def code(item: CodeItem) -> ResponseReturnValue:
    """One code: its names, edition, place, and what carries it."""
    risks, scenarios = _carried(item.kind).get(item.code, (0, 0))
    return render_template("risks/code.html", item=item, above=item.parent, risks=risks, scenarios=scenarios)


@bp.route("/code-lists/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(CodeItem, Action.EDIT_CODE)
def edit_code(item: CodeItem) -> ResponseReturnValue:
    """Change a code's names and place."""
    form = CodeForm(obj=register.seen_now(item).entry)
    _offer(form, item.kind, but=item.code)
    back = url_for("risks.code", ref=item.ref)
    edited: Editing[CodeEntry] = Editing(
        item,
        form,
        lambda: register.seen_now(item),
        lambda entry, seen: register.edit(item, entry, seen=seen),
        title=f"{item.code} {name_of(item)}",
        back=back,
    )
    return keeping.editing(
        edited,
        N_("The code was saved."),
        lambda: render_template("risks/code_form.html", form=form, kind=item.kind, item=item, back=back),
    )


@bp.route("/code-lists/<uuid:ref>/retire", methods=["GET", "POST"])
@opens(CodeItem, Action.RETIRE_CODE)
def retire_code(item: CodeItem) -> ResponseReturnValue:
    """Ask, then take a code out of use."""
    form, back = CityForm(), url_for("risks.code", ref=item.ref)
    text = _("It is no longer offered. Risks, scenarios and other records that carry it keep it.")
    return keeping.asking(
        form,
        lambda: register.retire(item, on=today()),
        N_("The code was taken out of use."),
        back,
        lambda: render_template(
            "prepare/retire.html", title=f"{item.code} {name_of(item)}", text=text, form=form, back=back
        ),
    )


@bp.route("/code-lists/edition", methods=["GET", "POST"])
@opens_page(Action.RENEW_CODE)
def renew_codes() -> ResponseReturnValue:
    """Take a new edition of an issued list into use; begins with the codes of the one in force."""
    asked = _asked()
    kind = asked if asked in codelists.ISSUED else CodeList.THREAT
    items = db.session.scalars(queries.listed(kind)).all()
    issued = [item for item in items if not codelists.is_local(kind, item.code)]
    form = EditionForm(data={"lines": "\n".join(_line(item) for item in issued)})
    return keeping.asking(
        form,
        lambda: register.renew(kind, form.entry(), on=today()),
        N_("The new edition is in use. Look at the codes below that fell away but are still carried."),
        _back(kind),
        lambda: render_template("risks/edition_form.html", form=form, kind=kind, issued=issued, back=_back(kind)),
    )


def _line(item: CodeItem) -> str:
    return "; ".join([item.code, item.name_fi, item.name_sv or "", item.name_en or ""]).rstrip(" ")


def _back(kind: CodeList) -> str:
    return url_for("risks.code_lists", list=kind.value)


def _offer(form: CodeForm, kind: CodeList, but: str = "") -> None:
    """Areas lie within areas; codes of other lists stand side by side."""
    items = _in_order(kind, db.session.scalars(queries.listed(kind)).all()) if kind is CodeList.AREA else []
    form.parent.offer([(i.code, "\N{EM SPACE}" * (depth - 1) + name_of(i)) for i, depth in items if i.code != but])
