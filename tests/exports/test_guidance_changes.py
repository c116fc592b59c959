"""The sheet of changes (A17) and the readiness on the cover (A0): told up to the class of the variant."""

from datetime import date, timedelta
from typing import Any

import pytest

from exports.frames import changes, standing
from exports.frames.reader import Reader
from prepare import audit
from prepare.access import Action
from prepare.audit import AuditPayload
from prepare.clock import today
from prepare.db import db, transaction
from prepare.models.guidance import GuidanceVersion
from prepare.vocabulary import Confidentiality
from risks.models.risks import Risk
from tests.exports.test_guidance_work import rows_of
from tests.prepare.test_history import tell

INTERNAL, SECRET = Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL


def reader(town: Any, variant: Confidentiality = INTERNAL, on: date | None = None) -> Reader:
    return Reader(town.organisation_of("EDU"), town.actor_of("edu.contact").scope, variant, on or today())


def told(town: Any, variant: Confidentiality = INTERNAL) -> list[tuple[Any, ...]]:
    rows = rows_of(changes.register(reader(town, variant)))
    return [(row["code"], row["field"], row["before"], row["after"]) for row in rows]


def test_a_change_is_told_field_by_field_with_who_made_it(town: Any) -> None:
    tell(town.function("F-EDU-01"), {"rto_h": [4.0, 2.0], "owner_role": [None, "Rehtori"]})

    rows = rows_of(changes.register(reader(town)))

    assert [(row["field"], row["before"], row["after"]) for row in rows][:2] == [
        ("Owner (role)", None, "Rehtori"),
        ("Recovery time objective (RTO)", "4 h", "2 h"),
    ]
    assert {(row["kind"], row["code"], row["day"]) for row in rows[:2]} == {("Function", "F-EDU-01", today())}
    assert all(row["who"] for row in rows)


def test_what_was_added_is_told_by_its_name_and_a_hand_over_is_no_change(town: Any) -> None:
    tell(town.record(Risk, "R-01"), {"title_fi": [None, "Myrsky"], "code": [None, "R-01"]})
    with town.doing(Action.EXPORT_GUIDANCE), transaction():
        audit.note(town.organisation_of("EDU"), {"file": [None, "x.xlsx"]})

    found = told(town)

    assert ("R-01", None, "Myrsky") in [(code, before, after) for code, _field, before, after in found]
    assert not [row for row in found if row[0] == "EDU"]


def test_a_secret_record_and_who_depends_on_whom_stand_in_the_confidential_variant_only(town: Any) -> None:
    secret = town.function("F-EDU-06")
    tell(secret, {"name_fi": ["Vanha", "Turvakoti"]})
    tell(town.function("F-EDU-01"), {"rto_h": [4.0, 2.0]})

    inside, register = told(town, SECRET), changes.register(reader(town))

    assert ("F-EDU-06", "Name in Finnish", "Vanha", "Turvakoti") in inside
    assert {row["code"] for row in rows_of(register)} == {"F-EDU-01"}
    assert register.left_out == 1


def test_a_record_that_became_secret_takes_its_older_entries_along(town: Any) -> None:
    one = town.function("F-EDU-01")
    tell(one, {"name_fi": ["Ateriat", "Suojatilat"]})
    town.change(one, confidentiality=SECRET, secrecy_basis="JulkL 24 § 1 mom. 8 k")
    tell(one, {"rto_h": [4.0, 2.0]})

    assert told(town) == []


def test_functions_above_the_variant_are_counted_but_not_named(town: Any) -> None:
    tell(town.record(Risk, "R-01"), {"functions": [["F-EDU-01"], ["F-EDU-01", "F-EDU-06"]]})

    (row,) = told(town)

    assert "F-EDU-01" in str(row[3])
    assert "F-EDU-06" not in str(row)
    assert "F-EDU-06" in str(told(town, SECRET)[0][3])


def test_an_erased_entry_says_so_and_a_long_text_is_cut(town: Any) -> None:
    tell(town.function("F-EDU-01"), {"description_fi": ["a", "b" * 900]})
    (cut,) = told(town)
    payload = db.session.query(AuditPayload).order_by(AuditPayload.id.desc()).first()
    assert payload is not None
    with transaction():
        payload.changes, payload.erased_by = None, "Päätös 1"

    (erased,) = told(town)

    assert (len(str(cut[3])), str(cut[3])[-1]) == (changes.LONGEST_CELL, "…")
    assert erased[3] == "The content of this entry has been erased."


@pytest.mark.parametrize(("most", "hint"), [(1, "Only the newest 1 entries were read."), (2, "")])
def test_more_entries_than_are_read_are_told(town: Any, monkeypatch: Any, most: int, hint: str) -> None:
    monkeypatch.setattr(changes, "MOST", most)
    tell(town.function("F-EDU-01"), {"rto_h": [4.0, 2.0]})
    tell(town.function("F-EDU-01"), {"rto_h": [2.0, 1.0]})

    register = changes.register(reader(town))

    assert (len(register.frame), register.hint) == (most, hint)


def test_changes_are_told_since_the_guidance_was_issued_or_else_of_a_year(town: Any) -> None:
    version = db.session.query(GuidanceVersion).filter(GuidanceVersion.issued_on.is_not(None)).first()
    assert version is not None

    first, words = changes.since(reader(town))
    town.change(version, valid_from=today() + timedelta(days=30))
    later = changes.since(reader(town))

    assert first == version.issued_on
    assert version.number in words
    assert later[0] < today() - timedelta(days=360)


def test_the_cover_tells_each_side_of_readiness_and_its_change(town: Any) -> None:
    title, scores = standing.scores_of(reader(town))

    assert scores[0].label == "Readiness as a whole"
    assert len(scores) == 7
    assert all(0 <= one.points <= 100 for one in scores if one.points is not None)
    assert title.startswith("Readiness")


def test_a_partner_has_no_score_and_the_city_has_that_of_all_its_sectors(town: Any) -> None:
    scope = town.actor_of("central").scope
    partner = Reader(town.organisation_of("P-CTY"), scope, INTERNAL, today())
    city = Reader(town.organisation_of("CITY"), scope, INTERNAL, today())

    assert standing.scores_of(partner) == ("", [])
    assert len(standing.scores_of(city)[1]) == 7
