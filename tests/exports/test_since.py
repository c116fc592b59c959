"""The sheet that holds a report against the one before it: which one, how many records, field by field, figures."""

from typing import Any

import pytest

from exports.columns import Tone
from exports.entries import Report
from exports.frames import changes, since
from exports.frames.reader import OUTSIDE, Reader
from exports.frames.readiness import compared, figures
from exports.frames.readiness.gathered import Gathered, gathered
from exports.sheets import Register
from exports.spreads import Spread
from prepare import audit
from prepare.access import Action
from prepare.clock import today
from prepare.db import transaction
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality
from risks.models.risks import Risk
from tests.exports import earlier
from tests.prepare.test_history import tell

GUIDANCE = changes.INSIDE | changes.SECRET
INTERNAL, SECRET = Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL


def reader(town: Any, variant: Confidentiality = INTERNAL, code: str = "EDU", job: str = "") -> Reader:
    return Reader(town.organisation_of(code), town.actor_of("central").scope, variant, today(), job)


def told(town: Any, variant: Confidentiality = INTERNAL) -> list[Any]:
    """The sheets of a guidance workbook."""
    found = reader(town, variant)
    with speaking("en"):
        return [make(found) for _least, make in since.offered(found, "guidance", "Guidance", GUIDANCE)]


def rows(sheet: Spread, title: str) -> list[dict[str, Any]]:
    return next(one.frame.to_dict("records") for one in sheet.sections if one.title == title)


def fields(sheet: Register) -> list[tuple[Any, ...]]:
    found = sheet.frame.to_dict("records")
    return [(row["code"], row["field"], row["before"], row["after"]) for row in found]


def test_without_an_earlier_report_the_sheet_says_so_and_what_a_later_one_will_tell(town: Any) -> None:
    earlier.stored("guidance", SECRET, town.organisation_of("EDU"))  # of another variant
    earlier.stored("guidance", INTERNAL, town.organisation_of("WAT"))  # about somebody else
    earlier.stored("readiness", INTERNAL, town.organisation_of("EDU"))  # of another kind

    (sheet,) = told(town)

    assert [section.title for section in sheet.sections] == ["Earlier report"]
    first, later = rows(sheet, "Earlier report")
    assert first["told"].startswith("No earlier report of this kind and variant has been stored")
    assert "who changed it and when" in later["told"]


def test_what_stood_in_the_trail_before_the_report_is_not_told_and_what_came_after_is(town: Any) -> None:
    tell(town.function("F-EDU-01"), {"rto_h": [8.0, 4.0]})
    report = earlier.stored("guidance", INTERNAL, town.organisation_of("EDU"))
    tell(town.function("F-EDU-01"), {"rto_h": [4.0, 2.0], "owner_role": [None, "Rehtori"]})

    sheet, each = told(town)

    (compared_with,) = rows(sheet, "Earlier report")
    assert (compared_with["report"], compared_with["as_of"]) == ("Guidance EDU 1", today())
    assert (compared_with["made_by"], compared_with["language"]) == ("prepare", "Finnish")
    assert compared_with["sha256"].replace(" ", "") == report.file.sha256
    assert fields(each) == [
        ("F-EDU-01", "Owner (role)", None, "Rehtori"),
        ("F-EDU-01", "Recovery time objective (RTO)", "4 h", "2 h"),
    ]
    assert {(row["day"], row["who"] != "") for row in each.frame.to_dict("records")} == {(today(), True)}


def test_an_empty_field_that_was_filled_is_told_as_a_field_not_as_a_new_record(town: Any) -> None:
    earlier.stored("guidance", INTERNAL, town.organisation_of("EDU"))
    tell(town.function("F-EDU-01"), {"owner_role": [None, "Rehtori"]})

    sheet, each = told(town)

    assert fields(each) == [("F-EDU-01", "Owner (role)", None, "Rehtori")]
    assert sheet.hint == ""
    (counts,) = rows(sheet, "Records by kind")
    assert (counts["added"], counts["changed"], counts["ended"]) == (0, 1, 0)


def test_records_are_counted_once_as_added_changed_or_taken_out_of_use(town: Any) -> None:
    earlier.stored("guidance", INTERNAL, town.organisation_of("EDU"))
    risk = town.record(Risk, "R-01")
    tell(risk, {"code": [None, "R-01"], "title_fi": [None, "Myrsky"]})
    tell(risk, {"title_fi": ["Myrsky", "Rajuilma"]})
    tell(town.function("F-EDU-01"), {"rto_h": [4.0, 2.0]})
    tell(town.function("F-EDU-01"), {"rto_h": [2.0, 1.0]})
    tell(town.function("F-EDU-02"), {"retired": [False, True]})

    counts = {row["kind"]: row for row in rows(told(town)[0], "Records by kind")}

    assert {kind: (row["added"], row["changed"], row["ended"]) for kind, row in counts.items()} == {
        "Function": (0, 1, 1),
        "Risk": (1, 0, 0),
    }


def test_a_secret_record_is_left_out_of_the_internal_variant_and_counted(town: Any) -> None:
    for variant in (INTERNAL, SECRET):
        earlier.stored("guidance", variant, town.organisation_of("EDU"))
    tell(town.function("F-EDU-06"), {"name_fi": ["Vanha", "Turvakoti"]})
    with town.doing(Action.EXPORT_GUIDANCE), transaction():
        audit.note(town.organisation_of("EDU"), {"file": [None, "x.xlsx"]})

    inside, secret = (told(town, one)[1] for one in (INTERNAL, SECRET))

    assert (fields(inside), inside.left_out) == ([], 1)
    assert [row[:3] for row in fields(secret)] == [("F-EDU-06", "Name in Finnish", "Vanha")]


def test_the_languages_of_a_round_go_by_what_was_there_before_the_round(town: Any) -> None:
    edu = town.organisation_of("EDU")
    before = earlier.stored("guidance", INTERNAL, edu, part="first guidance EDU fi")
    earlier.stored("guidance", INTERNAL, edu, part="second guidance EDU fi")

    assert told(town)[0].hint == "No record has changed since."
    found = since.earlier(reader(town, job="second"), "guidance")
    newest = since.earlier(reader(town), "guidance")

    assert found is not None
    assert newest is not None
    assert (found.number, newest.number) == (before.number, before.number + 1)


@pytest.fixture
def held(town: Any) -> Gathered:
    return gathered(reader(town, SECRET, "CITY"))


def test_a_report_keeps_its_figures_and_the_next_tells_how_they_have_changed(held: Gathered) -> None:
    now = figures.counted(held)
    then = now | {"figures": now["figures"] | {"score": now["figures"]["score"] - 3, "late": None}}
    then["figures"]["gaps"] -= 1

    section = compared.between(held, then)[0]

    shown = {row["figure"]: row for row in section.frame.to_dict("records")}
    assert shown["Readiness as a whole"]["change"] == "▲ up by 3, better"
    assert shown["Recovery times that cannot be kept"]["change"] == "▲ up by 1, worse"
    assert shown["Recovery times that cannot be kept"]["tone"] is Tone.HIGH
    assert (shown["Measures that are overdue"]["then"], shown["Critical functions"]["change"]) == (
        "unknown",
        "= as before",
    )
    assert len(shown) == len(figures.FIGURES) >= 12


def test_weak_points_that_are_new_and_those_that_are_over_are_named(held: Gathered, monkeypatch: Any) -> None:
    monkeypatch.setattr(figures, "weak", lambda _held: {"gaps": frozenset({"F-EDU-02"}), "single": frozenset()})

    section = compared.between(held, {"figures": {}, "single": ["F-EDU-01", "F-GONE"]})[1]

    shown = [(row["state"], row["code"], row["what"]) for row in section.frame.to_dict("records")]
    assert shown == [
        ("New since then", "F-EDU-02", "Recovery gap of a vital function"),
        ("Over since then", "F-EDU-01", "Single point of failure"),
        ("Over since then", "…", "Single point of failure"),
    ]
    assert section.frame["name"].tolist()[-1] == OUTSIDE


def test_figures_that_are_secret_when_put_together_are_neither_kept_nor_told_in_a_lower_variant(
    town: Any, held: Gathered
) -> None:
    inside = held.as_read_by(reader(town, INTERNAL, "CITY"))

    kept = figures.counted(inside)

    assert kept.keys() == {"figures"}
    assert not {"gaps", "single", "defeats"} & kept["figures"].keys()
    assert [section.title for section in compared.between(inside, figures.counted(held))] == ["Figures then and now"]


@pytest.mark.parametrize(
    "change", [(5, None, "▲ up by 5"), (-5, None, "▼ down by 5"), (-5, False, "▼ down by 5, better")]
)
def test_a_change_says_whether_it_is_good_only_where_that_is_known(change: tuple[int, bool | None, str]) -> None:
    by, more_is_better, words = change

    with speaking("en"):
        assert compared.changed(by, more_is_better) == words


def test_a_report_that_was_stored_without_figures_is_compared_by_its_records(town: Any) -> None:
    earlier.stored("leadership", SECRET, town.organisation_of("CITY"))

    held = gathered(reader(town, SECRET, "CITY"))
    (_least, first), (_same, each) = compared.offered(Report.LEADERSHIP, held)

    assert [one.title for one in first(held.reader).sections] == ["Earlier report", "Records by kind"]
    assert len(each(held.reader).frame) == 0
