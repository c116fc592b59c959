"""A kept file: what it is, and fetching it."""

from io import BytesIO
from uuid import UUID

from flask import abort, render_template, send_file
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action, may
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.forms.files import FetchForm
from prepare.gate.opening import opens_page
from prepare.models.files import KeptFile
from prepare.queries import jobs as queries
from prepare.register import files as register
from prepare.views import bp


@bp.route("/files/<uuid:ref>", methods=["GET", "POST"])
@opens_page(Action.FETCH_FILE)
def file(ref: UUID) -> ResponseReturnValue:
    """What a kept file is; sent, the file itself."""
    found = db.session.scalars(queries.file(ref)).one_or_none()
    if found is None or not may(actor.current(), Action.FETCH_FILE, found):
        abort(404)
    form = FetchForm(data={"purpose": found.purpose})
    if form.accepted():
        try:
            return fetched(found, form.entry().purpose)
        except RuleBroken as broken:
            form.refuse(broken)
    return render_template("prepare/file.html", file=found, form=form, kilobytes=max(1, found.size // 1000))


def fetched(found: KeptFile, purpose: str | None) -> ResponseReturnValue:
    """The file as it was kept, told to the trail."""
    with transaction():
        content = register.fetch(found, purpose)
        name, media_type = found.name, found.media_type
    return send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
