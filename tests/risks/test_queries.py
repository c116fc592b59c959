"""Finding, filtering and counting risks."""

import pytest
from sqlalchemy import select

from prepare.actor import EVERYTHING
from prepare.db import db
from risks.matrix import DEFAULT, Level
from risks.models.risks import Risk
from risks.queries import risks as queries
from risks.vocabulary.risks import RiskState


@pytest.fixture
def register(town):
    """Risks around the three of the town: all steps on the borders, one unassessed, one closed."""
    edu = town.organisation_of("EDU")
    rows = [
        ("R-10", "Äkillinen tulva", 2, 5, RiskState.ASSESSED),  # 10, significant
        ("R-11", "Åska ja myrsky", 5, 1, RiskState.ASSESSED),  # 5, moderate
        ("R-12", "Pitkä sähkökatko", 3, 5, RiskState.TREATING),  # 15, critical
        ("R-13", "Öljyvahinko", None, None, RiskState.IDENTIFIED),
        ("R-14", "100 % poissa_olo", 5, 5, RiskState.CLOSED),  # 25, closed
    ]
    town.keep(
        *(
            Risk(code=code, organisation_id=edu.id, title_fi=title, likelihood=one, impact=other, state=state)
            for code, title, one, other, state in rows
        )
    )


def codes(**filters):
    rows = queries.ordered(queries.risks(EVERYTHING, **filters), "code")
    return [risk.code for risk in db.session.scalars(rows)]


@pytest.mark.usefixtures("register")
class TestRegister:
    def test_closed_risks_are_left_out_unless_asked_for(self):
        assert codes() == ["R-01", "R-02", "R-03", "R-10", "R-11", "R-12", "R-13"]
        assert codes(state=RiskState.CLOSED) == ["R-14"]

    @pytest.mark.parametrize(
        ("level", "expected"),
        [
            (Level.LOW, []),
            (Level.MODERATE, ["R-01", "R-02", "R-03", "R-11"]),  # 2 × 4 = 8 and 5
            (Level.SIGNIFICANT, ["R-10"]),
            (Level.CRITICAL, ["R-12"]),
        ],
    )
    def test_a_level_is_found_by_the_same_rule_that_shows_it(self, level, expected):
        assert codes(level=level) == expected

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            ("ÄKILLINEN", ["R-10"]),
            ("öljy", ["R-13"]),
            ("r-12", ["R-12"]),
            ("sähkö pitkä", ["R-12"]),
            ("%", []),
            ("_", []),
        ],
    )
    def test_a_search_folds_letters_and_takes_signs_as_they_are(self, q, expected):
        assert codes(q=q) == expected

    def test_a_sign_is_found_where_it_stands(self):
        assert codes(q="100 % poissa_", state=RiskState.CLOSED) == ["R-14"]

    def test_the_gravest_come_first_and_the_unassessed_last(self):
        rows = queries.ordered(queries.risks(EVERYTHING), "level", descending=True)

        assert [risk.code for risk in db.session.scalars(rows)][:3] == ["R-12", "R-10", "R-01"]
        assert [risk.code for risk in db.session.scalars(rows)][-1] == "R-13"

    def test_titles_stand_in_finnish_order(self):
        titles = [r.title_fi for r in db.session.scalars(queries.ordered(queries.risks(EVERYTHING), "title"))]

        assert titles[-3:] == ["Åska ja myrsky", "Äkillinen tulva", "Öljyvahinko"]

    def test_the_matrix_counts_every_cell_once(self):
        counts = {(one, other): n for one, other, n in db.session.execute(queries.per_cell(queries.risks(EVERYTHING)))}

        assert counts == {(2, 4): 3, (2, 5): 1, (5, 1): 1, (3, 5): 1, (None, None): 1}

    def test_an_unknown_order_falls_back_to_the_level(self):
        rows = queries.ordered(queries.risks(EVERYTHING), "; DROP TABLE risk", descending=True)

        assert db.session.scalars(rows).first().code == "R-12"


def test_the_risks_of_a_function_are_those_that_affect_it(town):
    found = db.session.scalars(queries.of_function(EVERYTHING, town.function("F-WAT-01"))).all()

    assert [risk.code for risk in found] == ["R-03"]


def test_a_level_in_the_database_is_the_level_of_the_scale(town):
    edu = town.organisation_of("EDU")
    town.keep(
        *(
            Risk(code=f"R-{one}{other}0", organisation_id=edu.id, title_fi="x", likelihood=one, impact=other)
            for one in range(1, 6)
            for other in range(1, 6)
        )
    )

    rows = db.session.scalars(select(Risk)).all()

    assert len(rows) == 28
    assert all(risk.level is DEFAULT.level(risk.likelihood, risk.impact) for risk in rows)
