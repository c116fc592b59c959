"""Comments on a version of a plan: made at a section, answered by the sector, settled."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from continuity.entries.comments import CommentEntry
from continuity.forms.comments import AnswerForm, CommentForm
from continuity.models.comments import PlanComment
from continuity.models.plans import PlanVersion
from continuity.queries import comments as queries
from continuity.queries import plans as plan_queries
from continuity.register import comments as register
from continuity.views.blueprint import bp
from continuity.vocabulary.plans import Section
from prepare import actor
from prepare.access import Action
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, takes
from prepare.texts import N_, _
from prepare.views.functions import word
from prepare.views.keeping import asking


@bp.route("/plans/versions/<uuid:ref>/comments/new", methods=["GET", "POST"])
@opens(PlanVersion, Action.COMMENT_PLAN)
def comment_plan(version: PlanVersion) -> ResponseReturnValue:
    """Comment on the section that ?section= names, or on the whole."""
    section = word(Section, request.args.get("section"))
    form = CommentForm(obj=CommentEntry(section=section))
    back = _at(version, form.section.data)
    texts = {one.section: one.text for one in db.session.scalars(plan_queries.sections(_scope(), version))}
    page = partial(
        _form, form, version, back, title=_("Comment on the plan"), text=texts.get(section) if section else None
    )
    done = partial(_comment, version, form)
    return asking(form, done, N_("The comment was saved. The sector sees it at once."), back, page)


def _comment(version: PlanVersion, form: CommentForm) -> PlanComment:
    return register.comment(version, form.entry(), at=now())


@bp.route("/plans/comments/<uuid:ref>/answer", methods=["GET", "POST"])
@opens(PlanComment, Action.ANSWER_PLAN)
def answer_comment(comment: PlanComment) -> ResponseReturnValue:
    """Say what was done about a comment."""
    form = AnswerForm(data={"answer": comment.answer} if request.method == "GET" else None)
    version = comment.plan_version
    back = url_for("continuity.plan", ref=version.plan.ref, _anchor="comments")
    page = partial(_form, form, version, back, title=_("Answer the comment"), comment=comment)
    return asking(form, partial(_answer, comment, form), N_("The answer was saved."), back, page)


def _answer(comment: PlanComment, form: AnswerForm) -> None:
    register.answer(comment, form.entry(), at=now())


@bp.post("/plans/comments/<uuid:ref>/settle")
@opens(PlanComment, Action.SETTLE_PLAN)
@takes()
def settle_comment(comment: PlanComment) -> ResponseReturnValue:
    """Close a comment."""
    back = _at(comment.plan_version, comment.section)
    try:
        with transaction():
            register.settle(comment, at=now())
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_("The comment was settled."))
    return redirect(back)


def told(version: PlanVersion) -> Sequence[PlanComment]:
    """The comments on a version of an opened plan, for the macros of `_comments.html`."""
    return db.session.scalars(queries.comments(_scope(), version)).all()


def _scope() -> Any:
    return actor.current().scope


def _at(version: PlanVersion, section: Section | None) -> str:
    anchor = f"s-{section.value}" if section else "comments"
    return url_for("continuity.plan_text", ref=version.ref, _anchor=anchor)


def _form(
    form: CommentForm | AnswerForm,
    version: PlanVersion,
    back: str,
    *,
    title: str,
    text: str | None = None,
    comment: PlanComment | None = None,
) -> str:
    shown = {"text": text, "comment": comment}
    return render_template(
        "continuity/comment_form.html", form=form, version=version, plan=version.plan, back=back, title=title, **shown
    )
