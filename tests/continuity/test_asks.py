"""What a situation review asks its readers to decide."""

from datetime import date

import pytest
from sqlalchemy import select

from continuity import reviewing
from continuity.entries.reviews import NeededDecisionEntry
from continuity.models.reviews import NeededDecision, SituationReview
from continuity.queries import reviews as queries
from continuity.register import reviews as register
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from tests.filled import filled

WRITTEN = {"what": "Varavoima", "due": date(2026, 12, 15), "consequence": "Vesi loppuu"}


def review(code="TK-01"):
    return db.session.scalars(select(SituationReview).where(SituationReview.code == code)).one()


def asked(town, code="TK-01", who="central"):
    rows = queries.decisions(town.actor_of(who).scope, review(code))
    return [one.what for one in db.session.scalars(rows)]


@pytest.mark.parametrize(("field", "value"), [("what", None), ("due", None), ("consequence", None), ("cost_eur", -1.0)])
def test_a_needed_decision_says_what_by_when_and_what_follows(field, value):
    found = reviewing.decision_problems(NeededDecisionEntry(**WRITTEN | {field: value}))

    assert [broken.field for broken in found] == [field]
    assert reviewing.decision_problems(NeededDecisionEntry(**WRITTEN)) == []


def test_a_draft_asks_changes_what_it_asks_and_takes_it_out(town, sign_in):
    visitor, page = sign_in("central"), f"/safety/reviews/{review().ref}"
    form = filled(visitor.get(f"{page}/decisions/new").text)
    visitor.send(f"{page}/decisions/new", **form | {"what": "Varavoima", "due": "15.12.2026", "consequence": "Vesi"})
    assert asked(town) == ["Rahoitus TK-01", "Varavoima"]
    first = db.session.scalars(select(NeededDecision).where(NeededDecision.code == "TK-01/01")).one()

    edit = f"/safety/reviews/decisions/{first.ref}/edit"
    visitor.send(edit, **filled(visitor.get(edit).text) | {"what": "Rahoitus ja aikataulu", "cost_eur": "30 000"})
    shown = visitor.get(page).text
    assert "Rahoitus ja aikataulu" in shown
    assert "30,000 €" in shown
    assert "not estimated" in shown

    visitor.send(f"/safety/reviews/decisions/{first.ref}/retire")
    assert asked(town) == ["Varavoima"]


def test_a_review_that_has_been_given_asks_for_nothing_more(town, acting):
    town.change(review(), now_text="a", change_text="b", need_text="c")
    with acting("central"), transaction():
        register.give(review(), on=today())
    first = db.session.scalars(select(NeededDecision).where(NeededDecision.code == "TK-01/01")).one()

    for act in (
        lambda: register.ask(review(), NeededDecisionEntry(**WRITTEN)),
        lambda: register.edit_ask(first, NeededDecisionEntry(**WRITTEN), seen=None),
        lambda: register.retire_ask(first),
    ):
        with acting("central"), pytest.raises(RuleBroken, match="has been given"), transaction():
            act()


def test_what_a_secret_review_asks_for_is_as_secret_as_it(town):
    assert asked(town, "TK-02") == ["Rahoitus TK-02"]
    assert asked(town, "TK-02", "admin") == []
