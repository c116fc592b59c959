"""Registers as files: choose one, take it as text or JSON; and how reporting tools read the same by the API."""

import re

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from exports.entries import Between, Language, Plain, RegisterEntry, register_problems
from exports.forms import RegisterForm
from exports.register import handing_over as register
from exports.registers import openapi
from exports.registers.catalogue import EVERY, REGISTERS
from exports.registers.field import Sight
from exports.registers.files import Taken, as_json, as_text
from exports.registers.register import Filter, Register
from exports.views.api import address
from exports.views.blueprint import bp
from prepare import actor
from prepare.access import Action, may
from prepare.actor import Scope
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken, refuse_if
from prepare.gate.opening import opens_page
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import _, language, name_of, speaking
from prepare.views import choosing
from prepare.vocabulary import Confidentiality

#: What is put into Power BI (its own language, M) to read a register page after page.
LINES = """let
  Register = "functions",
  Token = "prepare_…",
  Page = (address) => Json.Document(Web.Contents("%(base)s", [
    RelativePath = address,
    Headers = [Authorization = "Bearer " & Token, Accept = "application/json"]])),
  Pages = List.Generate(
    () => Page(Register & "?limit=%(most)s"),
    each _ <> null,
    each if [next] = null then null else Page(Text.AfterDelimiter([next], "/api/v1/")),
    each [items]),
  Rows = Table.FromRecords(List.Combine(Pages))
in
  Rows"""
MIMES = {Plain.TEXT: "text/csv; charset=utf-8", Plain.JSON: "application/json"}


@bp.route("/registers/", methods=["GET", "POST"])
@opens_page(Action.EXPORT_REGISTER)
def registers() -> ResponseReturnValue:
    """Choose a register and take it as a file."""
    owners, open_to = choosing.organisations(own=None), opened()
    asked = {name: request.args.get(name, "") for name in ("register", "organisation")}
    spoken = Language(language())
    between = Between.COMMA if spoken is Language.ENGLISH else Between.SEMICOLON
    first = {"format": Plain.TEXT, "language": spoken, "between": between, "variant": Confidentiality.INTERNAL}
    form = RegisterForm(data={**first, **asked})
    form.register.offer([(one.name, _(one.title)) for one in open_to])
    form.organisation.offer([(one.code, f"{one.code} {name_of(one)}") for one in owners.values()])
    if form.accepted():
        try:
            return _handed_over(form.entry(), owners.get(form.organisation.data or ""))
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("exports/registers.html", form=form, registers=open_to)


def opened() -> list[Register]:
    """The registers that the acting person may open."""
    return [one for one in EVERY if may(actor.current(), one.action)]


def highest(scope: Scope) -> Confidentiality:
    """The highest class that a scope reads anywhere."""
    return max((root.highest for root in scope.roots), key=lambda c: c.rank, default=Confidentiality.PUBLIC)


def _handed_over(entry: RegisterEntry, owner: Organisation | None) -> ResponseReturnValue:
    """Make the file first, so that the register is locked only to write the trail."""
    found, scope = REGISTERS[entry.register], actor.current().scope
    refuse_if(register_problems(entry, found.least, highest(scope)))
    taken = made_of(found, scope, entry, owner)
    with transaction():
        register.hand_over_register(owner or _reader(), entry, taken)
    answer = send_file(taken.stream, mimetype=MIMES[entry.format], as_attachment=True, download_name=taken.name)
    answer.call_on_close(taken.stream.close)
    return answer


def made_of(found: Register, scope: Scope, entry: RegisterEntry, owner: Organisation | None) -> Taken:
    """The file, as the scope shows the register up to the class of the variant."""
    sight = Sight(scope.up_to(entry.variant), entry.variant, today())
    wanted = Filter(owner.path if owner else "")
    code = re.sub(r"[^A-Za-z0-9-]+", "-", owner.code if owner else _reader().code)
    words = (found.name, code, sight.on.isoformat(), entry.language.value, entry.variant.value)
    name = f"{'_'.join(words)}.{entry.format.value}"
    with speaking(entry.language.value):
        if entry.format is Plain.JSON:
            return as_json(found, sight, wanted, name)
        return as_text(found, sight, wanted, name, entry.between.sign)


def _reader() -> Organisation:
    """The topmost organisation that the acting person reads."""
    rows = organisations.organisations(actor.current().scope, own=None)
    return min(db.session.scalars(rows), key=lambda one: (one.path.count("/"), one.code))


@bp.get("/registers/api")
@opens_page(Action.EXPORT_REGISTER)
def api_guide() -> ResponseReturnValue:
    """How a reporting tool reads the registers."""
    base, most = address("api_index"), openapi.MOST_ROWS
    lines = LINES % {"base": base, "most": most}
    return render_template("exports/api_guide.html", registers=opened(), most=most, lines=lines)
