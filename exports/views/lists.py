"""Taking a plain list in: bring it, say what its columns and words mean, look at what it does, take it in."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exports.forms import ListForm
from exports.listing import cells
from exports.listing.every import LISTED
from exports.models.lists import ListUpload
from exports.register import lists as register
from exports.register import uploads
from exports.register.listed.every import KEEPING
from exports.register.planning import Line, Reading, planned, steps
from exports.views import list_jobs
from exports.views.blueprint import bp
from exports.views.list_jobs import reading_of
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now
from prepare.db import transaction
from prepare.errors import RuleBroken
from prepare.forms.differences import in_words
from prepare.gate.opening import opens_page, takes
from prepare.register import jobs
from prepare.texts import _
from prepare.views import keeping
from risks.views import choices

#: So many troubles and rows are shown; there is no end to mending otherwise.
MOST_SHOWN = 200


@bp.route("/lists/", methods=["GET", "POST"])
@opens_page(Action.IMPORT_LIST)
def lists() -> ResponseReturnValue:
    """Bring a list."""
    own = choices.keepers(Action.IMPORT_LIST)
    form = ListForm(data={"organisation": choices.topmost(own).code, "register": request.args.get("register", "")})
    listed = [one for one in LISTED.values() if may(actor.current(), KEEPING[one.name].adds)]
    form.register.offer([(one.name, _(one.title)) for one in listed])
    form.organisation.offer(keeping.offered(own))
    if form.accepted():
        try:
            _bring(form, keeping.chosen(own, form.organisation.data))
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return redirect(url_for("exports.list_reading"))
    return render_template("exports/lists.html", form=form, waits=_mine() is not None)


def _bring(form: ListForm, owner: Any) -> None:
    """Read the file and keep it for its person until it is taken in, in the place of an earlier one."""
    listed = register.of(str(form.register.data))
    name = form.file.file_name
    table = uploads.opened(name, form.file.content, listed)
    reading = uploads.reading_of(owner, listed, table)
    with transaction():
        uploads.keep(actor.current().user_id or 0, owner, name, table, reading, at=now())


def _mine() -> ListUpload | None:
    """The list that the acting person has brought, if it may still be taken in."""
    found = uploads.of_person(actor.current().user_id)
    own = {one.id for one in choices.keepers(Action.IMPORT_LIST)}
    return found if found and found.organisation_id in own and found.register in LISTED else None


@bp.route("/lists/reading", methods=["GET", "POST"])
@opens_page(Action.IMPORT_LIST)
@takes("column", "word")
def list_reading() -> ResponseReturnValue:
    """Say what the columns and words of a list mean, and look at what it would do."""
    upload = _mine()
    if upload is None:
        return redirect(url_for("exports.lists"))
    if request.method == "POST":
        _choose(upload, reading_of(upload))
        return redirect(url_for("exports.list_reading"))
    reading = reading_of(upload)
    plan = planned(upload.organisation, reading)
    return render_template(
        "exports/list_reading.html",
        upload=upload,
        title=_(reading.listed.title),
        columns=[_column(reading, place) for place in range(len(reading.headings))],
        fields=[(field.name, _(field.label)) for field in reading.listed.fields],
        words=[_words(reading, name) for name in reading.words],
        plan=plan,
        is_long=list_jobs.is_long(plan),
        counts=[(state, plan.count(state)) for state in ("new", "changed", "same")],
        lines=_told(reading, plan.lines),
        troubles=plan.troubles[:MOST_SHOWN],
        most=MOST_SHOWN,
    )


def _told(reading: Reading, lines: Sequence[Line]) -> list[SimpleNamespace]:
    """What the first rows that add or change something do, field by field."""
    label = {field.name: _(field.label) for field in reading.listed.fields}
    found = []
    for line in [line for line in lines if line.state != "same"][:MOST_SHOWN]:
        changes = [(label.get(name, name), in_words(name, old), in_words(name, new)) for name, old, new in line.changes]
        code = getattr(line.record, "code", None)
        code = None if code == line.name else code
        found.append(
            SimpleNamespace(row=line.row, name=line.name, code=code, is_new=line.record is None, changes=changes)
        )
    return found


def _column(reading: Reading, place: int) -> SimpleNamespace:
    examples = list(dict.fromkeys(row[place] for row in reading.rows if row[place]))[:3]
    heading = reading.headings[place]
    return SimpleNamespace(heading=heading, field=reading.columns.get(heading, ""), examples=examples)


def _words(reading: Reading, name: str) -> SimpleNamespace:
    field = reading.listed.field(name)
    options = cells.options(field, steps(name) if field.is_step else ()) if field else []
    label = _(field.label) if field else name
    return SimpleNamespace(label=label, said=list(reading.words[name].items()), options=options)


def _choose(upload: ListUpload, before: Reading) -> None:
    """Keep what the person chose: a field for each column and a meaning for each word, in the order of the page."""
    listed, told = before.listed, request.form.getlist("column")
    columns: dict[str, str] = {}
    for heading, name in zip(before.headings, told, strict=False):
        if listed.field(name) and name not in columns.values():
            columns[heading] = name
    said = iter(request.form.getlist("word"))
    words = {name: {text: next(said, "") for text in texts} for name, texts in before.words.items()}
    after = uploads.reading_of(upload.organisation, listed, uploads.table_of(upload), columns or None, words)
    with transaction():
        uploads.choose(upload, after)


@bp.post("/lists/take")
@opens_page(Action.IMPORT_LIST)
@takes()
def take_list() -> ResponseReturnValue:
    """Take the list in, every row or none: at once, or as a job when it is long."""
    upload = _mine()
    if upload is None:
        return redirect(url_for("exports.lists"))
    reading = reading_of(upload)
    try:
        if list_jobs.is_long(planned(upload.organisation, reading)):
            return redirect(url_for("prepare.job", ref=_asked(upload)))
        with transaction():
            counts = list_jobs.take_in(upload, reading)
    except RuleBroken as broken:
        flash(broken.text(), "error")
        return redirect(url_for("exports.list_reading"))
    flash(list_jobs.told(*counts))
    return redirect(url_for(list_jobs.PAGES[reading.listed.name]))


def _asked(upload: ListUpload) -> UUID:
    """Ask for the job that takes a list in; sent twice it is asked for once."""
    key = f"{list_jobs.TAKE} {upload.user_id} {upload.sha256[:16]} {upload.at.isoformat()}"
    with transaction():
        asked = jobs.enqueue(upload.organisation, list_jobs.TAKE, {"sha256": upload.sha256}, at=now(), key=key)
        return asked.ref
