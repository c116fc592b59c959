"""The risk scale as it is shown and set, and the matrix of other shapes."""

import re

import pytest
from sqlalchemy import select

from prepare.db import db
from risks.matrix import DEFAULT, Level
from risks.models import scales
from risks.models.risks import Risk, RiskAssessment
from risks.models.scales import RiskScaleStep
from risks.vocabulary.risks import Occasion
from tests.filled import filled

EDIT = "/risks/scale/edit"


def risk(code):
    return db.session.scalars(select(Risk).where(Risk.code == code)).one()


def shaped(form, rows, columns, moderate, significant, critical, guard=""):
    """The form's values for a scale of this shape, its steps named by their numbers."""
    sent = dict(form)
    for axis, count in (("likelihoods", rows), ("impacts", columns)):
        for place in range(7):
            named = {"name_fi": f"Porras {place + 1}" if place < count else "", "name_sv": "", "name_en": ""}
            sent |= {f"{axis}-{place}-{name}": text for name, text in named.items()}
            sent |= {f"{axis}-{place}-{name}": "" for name in ("rarest_years", "commonest_years") if axis != "impacts"}
    levels = {"moderate": moderate, "significant": significant, "critical": critical, "guard_from": guard}
    return sent | {name: str(value) for name, value in levels.items()}


def test_everybody_who_reads_risks_sees_what_the_steps_mean(town, sign_in):
    page = sign_in("edu.contact").get("/risks/scale").text

    assert "Very serious" in page
    assert "1/30–1/10 a" in page
    assert EDIT not in page
    assert EDIT in sign_in("admin").get("/risks/scale").text


@pytest.mark.parametrize(
    ("rows", "columns", "cuts"), [(3, 3, (2, 4, 9)), (5, 3, (4, 8, 12)), (6, 6, (6, 12, 24, 1))], ids=str
)
def test_a_scale_of_another_shape_is_taken_into_use_and_drawn(town, sign_in, rows, columns, cuts):
    browser = sign_in("admin")
    sent = shaped(filled(browser.get(EDIT).text), rows, columns, *cuts)

    preview = browser.send(EDIT, **sent, preview="y")
    assert preview.status_code == 200
    assert "What would change" in preview.text
    assert "carried over in proportion" in preview.text
    assert scales.in_force().highest == 25
    assert browser.send(EDIT, **sent).status_code == 302

    page = sign_in("central").get("/risks/matrix").text
    assert len(re.findall(r'class="matrix__cell', page)) == rows * columns
    found = risk("R-01")
    assert found.level is scales.in_force().level(found.likelihood, found.impact)
    assert (found.likelihood <= rows, found.impact <= columns) == (True, True)
    form = sign_in("edu.contact").get(f"/risks/{found.ref}/assess").text
    assert len(re.findall(r'<option[^>]*value="\d">\d Porras \d', form)) >= 4 * (rows + columns) - 8


def test_the_preview_counts_what_would_change_and_changes_nothing(town, sign_in):
    browser = sign_in("admin")
    sent = filled(browser.get(EDIT).text) | {"moderate": "2", "significant": "8"}

    page = browser.send(EDIT, **sent, preview="y").text

    assert "3 risks: Moderate → Significant" in page  # all three stand at 2 × 4 = 8
    assert risk("R-01").level is Level.MODERATE


def test_setting_the_scale_weighs_every_risk_and_tells_it_in_history_and_trail(town, sign_in):
    browser = sign_in("admin")

    browser.send(EDIT, **filled(browser.get(EDIT).text) | {"moderate": "2", "significant": "8"})

    assert {one.level for one in db.session.scalars(select(Risk))} == {Level.SIGNIFICANT}
    rows = select(RiskAssessment).where(RiskAssessment.occasion == Occasion.RESCALED)
    assert [one.level for one in db.session.scalars(rows)] == [Level.SIGNIFICANT] * 3
    assert "Risk scale set" in sign_in("auditor").get("/trail/").text


def test_a_step_that_is_no_longer_there_is_retired_and_comes_back(town, sign_in):
    browser = sign_in("admin")
    first = filled(browser.get(EDIT).text)
    browser.send(EDIT, **shaped(first, 3, 3, 2, 4, 9))
    retired = select(RiskScaleStep).where(RiskScaleStep.retired.is_(True))
    assert len(db.session.scalars(retired).all()) == 4

    again = filled(browser.get(EDIT).text)
    browser.send(EDIT, **first | {"seen": again["seen"], "once": again["once"]})

    assert db.session.scalars(retired).all() == []
    assert scales.in_force().highest == DEFAULT.highest


def test_a_broken_scale_is_told_at_its_row_and_nothing_is_lost(town, sign_in):
    browser = sign_in("admin")
    sent = filled(browser.get(EDIT).text) | {"impacts-1-name_fi": "", "critical": "99"}

    for more in ({}, {"preview": "y"}):
        page = browser.send(EDIT, **sent, **more)
        assert 'id="impacts-1-name_fi-error"' in page.text
        assert 'id="critical-error"' in page.text
        assert 'value="99"' in page.text
    empty = browser.send(
        EDIT,
        **filled(browser.get(EDIT).text)
        | {f"impacts-{n}-name_fi": "" for n in range(7)}
        | {f"impacts-{n}-name_{lang}": "" for n in range(7) for lang in ("sv", "en")},
    )
    assert "Name from 2 to 7 steps." in empty.text


def test_two_who_set_the_scale_at_once_compare(town, sign_in):
    one, other = sign_in("admin"), sign_in("admin")
    first, second = filled(one.get(EDIT).text), filled(other.get(EDIT).text)

    one.send(EDIT, **first | {"critical": "16", "impacts-0-name_en": "None to speak of"})
    told = other.send(EDIT, **second | {"critical": "17", "impacts-0-name_en": "Small"})

    assert told.status_code == 409
    assert "None to speak of" in told.text


def test_an_administrator_of_a_part_does_not_set_the_scale_of_the_whole(town, sign_in):
    grant = town.user("admin").grants[0]
    town.change(grant, organisation_id=town.organisation_of("EDU").id)

    assert sign_in("admin").get(EDIT).status_code == 403
    assert EDIT not in sign_in("admin").get("/risks/scale").text
