"""One version of a plan as a calm page to be read and printed, and its action cards."""

from flask import render_template
from flask.typing import ResponseReturnValue

from continuity import lifecycle
from continuity.models.plans import PlanVersion
from continuity.queries.whole import whole
from continuity.views import remarks
from continuity.views.blueprint import bp
from continuity.vocabulary.comments import Step
from continuity.vocabulary.plans import Section
from continuity.whole import Whole
from prepare import actor
from prepare.access import Action, may
from prepare.gate.opening import opens
from prepare.texts import _


@bp.get("/plans/versions/<uuid:ref>")
@opens(PlanVersion, Action.VIEW_PLAN)
def plan_text(version: PlanVersion) -> ResponseReturnValue:
    """A version from its first section to its signatures, with the comments at the sections."""
    who = actor.current()
    read = whole(who.scope, version)
    return render_template(
        "continuity/plan_text.html",
        plan=version.plan,
        version=version,
        whole=read,
        parts=_places(read),
        comments=remarks.told(version),
        sections={section.value: section for section in Section},
        comments_here=lifecycle.is_open(Step.COMMENT, version.state) and may(who, Action.COMMENT_PLAN, version),
    )


def _places(read: Whole) -> list[tuple[str, str]]:
    """What is on the page, for the list at its side: (anchor, title)."""
    places = [(f"s-{chapter.key}", f"{chapter.place} {chapter.title}") for chapter in read.chapters]
    documents = [("documents", _("Documents"))] if read.contents.documents else []
    return [*places, *documents, ("signatures", _("Signatures"))]


@bp.get("/plans/versions/<uuid:ref>/cards")
@opens(PlanVersion, Action.VIEW_PLAN)
def plan_cards(version: PlanVersion) -> ResponseReturnValue:
    """The action cards of a version, one to a printed page."""
    return render_template(
        "continuity/plan_cards.html", plan=version.plan, version=version, whole=whole(actor.current().scope, version)
    )
