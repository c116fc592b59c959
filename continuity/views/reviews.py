"""Situation reviews for the steering group: the list, one review with its charts, writing and giving one."""

from datetime import date
from functools import partial
from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity import reviewing as rules
from continuity.entries.reviews import SituationReviewEntry
from continuity.forms.reviews import AddReviewForm, ReviewForm
from continuity.models.reviews import SituationReview
from continuity.queries import reviews as queries
from continuity.register import reviews as register
from continuity.views.blueprint import bp
from continuity.vocabulary.situations import SituationState
from prepare import actor
from prepare.access import Action
from prepare.actor import Scope
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate.opening import opens, opens_page, takes
from prepare.merging import Seen
from prepare.queries.pages import page
from prepare.texts import N_, _, day, ngettext, number
from prepare.views.clashes import Editing
from prepare.views.keeping import adding, chosen, editing
from prepare.views.paging import PAGE_SIZE, paging
from prepare.vocabulary import CodeList, Labelled
from risks.matrix import Level
from risks.views import choices
from risks.vocabulary.measures import MeasureState
from risks.vocabulary.risks import Trend

#: What is stored as a day, and what as a word; the states of measures in the order of a bar.
DAYS = frozenset({"due", "began"})
WORDS: dict[str, type[Labelled]] = {"state": SituationState, "trend": Trend}
STATES = ("verified", "done", "in_progress", "on_hold", "planned", "cancelled")


@bp.get("/safety/reviews/")
@opens_page(Action.VIEW_REVIEW)
def situation_reviews() -> ResponseReturnValue:
    """Every situation review, the newest first."""
    found = queries.reviews(actor.current().scope)
    at = paging(db.session.scalar(queries.counted(found)) or 0)
    rows = db.session.scalars(page(found, SituationReview.id, offset=at.offset, limit=PAGE_SIZE)).all()
    return render_template("continuity/situation_reviews.html", rows=rows, at=at)


@bp.get("/safety/reviews/<uuid:ref>")
@opens(SituationReview, Action.VIEW_REVIEW)
def situation_review(review: SituationReview) -> ResponseReturnValue:
    """One review: three sentences, charts, what has changed since the one before."""
    last = db.session.scalars(queries.before(actor.current().scope, review.organisation, review.as_of)).first()
    before = last.figures if last else {}
    return render_template(
        "continuity/situation_review.html",
        review=review,
        last=last,
        figures=review.figures,
        told=_told(review.figures),
        tiles=_tiles(review.figures, before),
        charts=[
            _chart(_("All measures"), review.figures["measures"]),
            _chart(_("Measures of the safety plans"), review.figures["safety_measures"]),
        ],
        asked=db.session.scalars(queries.decisions(actor.current().scope, review)).all(),
        lacking=rules.giving_problems(register.seen_now(review).entry),
    )


def _tiles(figures: dict[str, Any], before: dict[str, Any]) -> list[SimpleNamespace]:
    """The figures that are compared with those of the review before."""
    paths = (
        (_("critical risks"), "risks", Level.CRITICAL.word),
        (_("significant risks"), "risks", Level.SIGNIFICANT.word),
        (_("risks that grow"), "risks", "rising"),
        (_("overdue measures"), "overdue", ""),
        (_("open decisions"), "decisions", "open"),
        (_("overdue decisions"), "decisions", "overdue"),
        (_("meetings held"), "meetings", "held"),
        (_("meetings missed"), "meetings", "missed"),
    )
    return [_tile(label, _at(figures, *path), _at(before, *path)) for label, *path in paths]


def _at(figures: dict[str, Any], name: str, inner: str) -> int | None:
    """A figure of a review; None when it was not counted then."""
    found = figures.get(name)
    return (found or {}).get(inner) if inner else found


def _tile(label: str, now: int | None, before: int | None) -> SimpleNamespace:
    grown = rules.change(now, before)
    if grown is None:
        told = None
    elif grown == 0:
        told = _("unchanged")
    else:
        told = _("▲ %(count)s more", count=grown) if grown > 0 else _("▼ %(count)s fewer", count=-grown)
    return SimpleNamespace(label=label, value=now, change=told)


def _chart(title: str, counts: dict[str, int]) -> SimpleNamespace:
    parts = [
        SimpleNamespace(bar=bar, label=MeasureState(bar.word).label, x=f"{bar.x}%", width=f"{bar.width}%")
        for bar in rules.bars(counts, STATES)
    ]
    return SimpleNamespace(title=title, total=sum(counts.values()), parts=parts)


def _told(figures: dict[str, Any]) -> SimpleNamespace:
    """What the figures name, as the page shows it; None is not recorded."""
    return SimpleNamespace(
        overdue=_things(figures["overdue_named"]),
        late=_things(figures["meetings"]["late"]),
        situations=_things(figures["situations"]),
        phenomena=None if figures["phenomena"] is None else _things(figures["phenomena"]),
        residents=None if figures["residents"] is None else _voices(figures["residents"]),
    )


def _things(found: list[dict[str, Any]]) -> list[SimpleNamespace]:
    """Stored things with their days and words as the page tells them."""
    rises = Trend.RISING.value
    return [
        SimpleNamespace(**{name: _word(name, value) for name, value in one.items()}, rises=one.get("trend") == rises)
        for one in found
    ]


def _voices(found: list[dict[str, Any]]) -> list[SimpleNamespace]:
    """Answers of residents, each with its area by name and how it has changed."""
    areas = dict(choices.codes(CodeList.AREA, with_code=False))
    return [
        SimpleNamespace(
            question=one["question"],
            area=areas.get(one["area"] or "", one["area"]),
            value=" ".join(filter(None, [number(one["value"]), one["unit"]])),
            sign=_sign(one["value"], one["before"]),
            before=None if one["before"] is None else number(one["before"]),
            day=date.fromisoformat(one["day"]),
        )
        for one in found
    ]


def _sign(now: float, before: float | None) -> str:
    if before is None:
        return ""
    return "▲" if now > before else "▼" if now < before else "="


def _word(name: str, value: Any) -> Any:
    if name in DAYS and value:
        return date.fromisoformat(value)
    return WORDS[name](value).label if name in WORDS and value else value


@bp.route("/safety/reviews/new", methods=["GET", "POST"])
@opens_page(Action.ADD_REVIEW)
def add_review() -> ResponseReturnValue:
    """Begin a review; its figures are counted."""
    own = choices.binding(Action.ADD_REVIEW)
    form = AddReviewForm(obj=SituationReviewEntry(as_of=today()), organisation=choices.topmost(own).code)
    form.organisation.offer(choices.labelled(own))
    return adding(
        form,
        lambda: register.add(chosen(own, form.organisation.data), form.entry(), on=today()),
        N_("The review was begun and its figures counted."),
        "continuity.situation_review",
        lambda: _form(form, None, several=len(own) > 1),
    )


@bp.route("/safety/reviews/<uuid:ref>/edit", methods=["GET", "POST"])
@opens(SituationReview, Action.EDIT_REVIEW)
def edit_review(review: SituationReview) -> ResponseReturnValue:
    """Change a draft; its figures are counted again."""
    form = ReviewForm(obj=register.seen_now(review).entry)
    seen, save = partial(register.seen_now, review), partial(_edit, review)
    edited = Editing(review, form, seen, save, f"{review.code} {day(review.as_of)}", _page(review))
    return editing(edited, N_("The review was saved and its figures counted again."), lambda: _form(form, review))


def _edit(
    review: SituationReview, entry: SituationReviewEntry, seen: Seen[SituationReviewEntry] | None
) -> SituationReview:
    return register.edit(review, entry, seen=seen, on=today())


@bp.post("/safety/reviews/<uuid:ref>/give")
@opens(SituationReview, Action.GIVE_REVIEW)
@takes()
def give_review(review: SituationReview) -> ResponseReturnValue:
    """Give a review to its readers."""
    try:
        with transaction():
            register.give(review, on=today())
    except RuleBroken as broken:
        for rule in broken.every:
            flash(rule.text(), "error")
    else:
        flash(_("The review was given. It stays as it is from here on."))
    return redirect(_page(review))


def figure(scope: Scope) -> str | None:
    """How many reviews there are, for the hub."""
    count = db.session.scalar(queries.counted(queries.reviews(scope))) or 0
    return ngettext("%(n)s review", "%(n)s reviews", count) if count else None


def _page(review: SituationReview) -> str:
    return url_for("continuity.situation_review", ref=review.ref)


def _form(form: ReviewForm, review: SituationReview | None, *, several: bool = False) -> ResponseReturnValue:
    back = _page(review) if review else url_for("continuity.situation_reviews")
    return render_template("continuity/review_form.html", form=form, review=review, several=several, back=back)
