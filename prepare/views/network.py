"""The page of what municipalities of one installation share with each other."""

from flask import render_template
from flask.typing import ResponseReturnValue

from prepare import actor
from prepare.access import Action
from prepare.db import db
from prepare.gate.opening import opens_page
from prepare.insets import SharedPage, insets
from prepare.queries import network as queries
from prepare.views import bp
from prepare.views.members import homes


@bp.get("/shared/")
@opens_page(Action.VIEW_ORGANISATION)
def shared() -> ResponseReturnValue:
    """What one's own municipality shares, what others offer, and what never crosses."""
    every = homes()
    rows = queries.others(actor.current().scope, [one.id for one in every])
    alone = db.session.scalars(rows.limit(1)).first() is None
    page = SharedPage(next(iter(every), None), alone)
    return render_template("prepare/shared.html", home=page.home, alone=alone, insets=list(insets(page)))
