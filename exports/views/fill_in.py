"""The pages of the fill-in workbook: take it, hand it in, look at what it would change, confirm."""

from io import BytesIO
from typing import Any

from flask import abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from exports.entries import FormEntry, Language
from exports.filling.planning import Choice
from exports.forms import ConfirmForm, FormForm, HandInForm, settling
from exports.frames.intakes import intakes
from exports.intake import reasons, taking, telling, waiting
from exports.intake.answering import answer_file
from exports.intake.handing_out import made_form
from exports.intake.limits import Unfit
from exports.intake.taking import Looked, Outdated
from exports.models.forms import HandedIn
from exports.register import fill_in as register
from exports.views.blueprint import bp
from exports.views.guidance import MIME
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens_page
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, language, name_of, ngettext

#: How many earlier intakes, and how many changes at once, a page tells of.
RECENT, SHOWN = 10, 300
LISTED = ("changes", "removals", "errors", "warnings")


@bp.route("/workbooks/fill-in/", methods=["GET", "POST"])
@opens_page(Action.EXPORT_FORM)
def fill_in() -> ResponseReturnValue:
    """Take a sector's fill-in workbook."""
    offered = _offered()
    form = FormForm(data={"language": Language(language())})
    form.organisation.offer([(code, f"{code} {name_of(one)}") for code, one in offered.items()])
    if form.accepted():
        return _handed_out(offered[str(form.organisation.data)], form.entry())
    return render_template("exports/fill_in.html", form=form, offered=offered, taken=_taken())


def _offered() -> dict[str, Organisation]:
    """The organisations whose workbook this person may take, by code."""
    who = actor.current()
    every = db.session.scalars(organisations.with_functions(who.scope))
    return {one.code: one for one in every if may(who, Action.EXPORT_FORM, one)}


def _handed_out(organisation: Organisation, entry: FormEntry) -> ResponseReturnValue:
    made, export = made_form(organisation, entry.language.value, on=today(), at=now())
    with transaction():
        register.hand_over_form(organisation, export, made)
    return send_file(BytesIO(made.content), mimetype=MIME, as_attachment=True, download_name=made.name)


def _taken() -> list[Any]:
    """The latest intakes that the reader may see."""
    return list(db.session.scalars(intakes(actor.current().scope).limit(RECENT)))


@bp.route("/workbooks/fill-in/hand-in", methods=["GET", "POST"])
@opens_page(Action.TAKE_FORM)
def hand_in() -> ResponseReturnValue:
    """Hand a filled-in workbook in; nothing is saved before it has been looked at."""
    form = HandInForm()
    if form.accepted():
        try:
            _looked_through(form.file.file_name, form.file.content)
        except Unfit as unfit:
            form.file.errors = [reasons.told(unfit)]
        else:
            return redirect(url_for(".waiting_form"))
    return render_template("exports/hand_in.html", form=form, waits=_waiting(), taken=_taken())


def _looked_through(name: str, content: bytes) -> None:
    """Keep the file with what it would change."""
    looked = taking.looked_at(taking.brought(name, content))
    with transaction():
        waiting.keep(_me(), name, content, looked, telling.told(looked), at=now())


def _me() -> int:
    return actor.current().user_id or abort(404)


def _waiting() -> HandedIn | None:
    return waiting.waiting(_me(), at=now())


@bp.route("/workbooks/fill-in/waiting", methods=["GET", "POST"])
@opens_page(Action.TAKE_FORM)
def waiting_form() -> ResponseReturnValue:
    """What the workbook would change, field by field; confirm it, all of it or nothing."""
    row = _waiting()
    if row is None:
        return redirect(url_for(".hand_in"))
    form = _settling(row)
    status = 200
    if form.accepted():
        try:
            counts = _confirmed(row, form)
        except Outdated as outdated:
            form, status = _settling(row).keeping(outdated.chosen), 409
            form.refuse(outdated)
        except RuleBroken as broken:
            form.refuse(broken)
        except Unfit as unfit:
            form.form_errors.append(reasons.told(unfit))
        else:
            flash(_told_of(counts))
            return redirect(url_for(".fill_in"))
    more = {name: max(len(row.told[name]) - SHOWN, 0) for name in LISTED}
    return render_template("exports/waiting.html", row=row, told=row.told, form=form, shown=SHOWN, more=more), status


def _settling(row: HandedIn) -> ConfirmForm:
    return settling(row.told["conflicts"], len(row.told["removals"]))


def _confirmed(row: HandedIn, form: ConfirmForm) -> dict[str, int]:
    """Take the workbook in, unless something has moved since it was looked at: raises Outdated then."""
    brought = taking.brought(row.name, waiting.content_of(row))
    before = row.told
    choices: dict[str, Choice] = {one["id"]: form[f"c{one['id']}"].data.value for one in before["conflicts"]}
    with transaction():
        looked = taking.looked_at(brought, choices, is_confirmed=True)
        if looked.digest != before["digest"]:
            row.told = telling.told(taking.looked_at(brought))
        else:
            counts = register.take_form(row.organisation, looked, on=today(), at=now()).counts
            waiting.let_go(_me(), at=now())
            return dict(counts)
    still = [one["id"] for one in row.told["conflicts"] if one in before["conflicts"]]
    raise Outdated({f"c{id_}": choices[id_] for id_ in still})


def _told_of(counts: dict[str, int]) -> str:
    told = [
        ngettext("%(n)s new row", "%(n)s new rows", counts["new"]),
        ngettext("%(n)s changed row", "%(n)s changed rows", counts["changed"]),
    ]
    if counts["removed"]:
        told.append(ngettext("%(n)s record out of use", "%(n)s records out of use", counts["removed"]))
    return _("The workbook was taken in: %(what)s.", what=", ".join(told))


@bp.get("/workbooks/fill-in/answer")
@opens_page(Action.TAKE_FORM)
def answer_form() -> ResponseReturnValue:
    """The workbook that waits, its cells marked where something is wrong."""
    row = _waiting()
    if row is None:
        return redirect(url_for(".hand_in"))
    content = waiting.content_of(row)
    looked: Looked = taking.looked_at(taking.brought(row.name, content))
    name = "_".join((row.name.removesuffix(".xlsx"), _("answer"))) + ".xlsx"
    answer = BytesIO(answer_file(content, looked, now()))
    return send_file(answer, mimetype=MIME, as_attachment=True, download_name=name)
