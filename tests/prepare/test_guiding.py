"""The life of the guidance and of the answers to it, as rules."""

from datetime import date
from types import SimpleNamespace

import pytest

from prepare import guiding
from prepare.checks import CheckResult
from prepare.entries import AnswerEntry, ChapterEntry, GuidanceVersionEntry, IssueEntry, RequirementEntry
from prepare.errors import RuleBroken
from prepare.texts import speaking
from prepare.vocabulary import AnswerStatus, Confidentiality, Criticality, Dimension, GuidanceState

ON = date(2026, 11, 21)
K1, K2 = Criticality.K1, Criticality.K2


def version(number, begins=None):
    return SimpleNamespace(id=number, valid_from=begins, issued_on=date(2025, 1, 1) if begins else None)


def requirement(mark="VO-01", **more):
    told = {"text_fi": "Teksti", "text_sv": None, "text_en": None, "classes": (), "sectors": (), "automatic": None}
    told |= {"dimension": Dimension.LEAD, "basis": None, "cycle_months": 12, "confidentiality": Confidentiality.PUBLIC}
    return SimpleNamespace(mark=mark, **(told | more))


def chapter(key, **more):
    told = {f"{name}_{code}": None for name in ("title", "text") for code in ("fi", "sv", "en")}
    return SimpleNamespace(key=key, confidentiality=Confidentiality.PUBLIC, **(told | more))


def test_of_the_issued_versions_the_one_that_began_last_is_in_force():
    old, now = version(1, date(2024, 1, 1)), version(2, ON)
    coming, draft = version(3, date(2027, 1, 1)), version(4)

    assert guiding.states([draft, now, coming, old], on=ON) == {
        1: GuidanceState.SUPERSEDED,
        2: GuidanceState.IN_FORCE,
        3: GuidanceState.ISSUED,
        4: GuidanceState.DRAFT,
    }
    assert guiding.states([coming, draft], on=ON) == {3: GuidanceState.ISSUED, 4: GuidanceState.DRAFT}


def test_an_issued_version_is_not_changed():
    guiding.refuse_issued(version(1))

    with speaking("en"), pytest.raises(RuleBroken, match="Begin a new one"):
        guiding.refuse_issued(version(1, ON))


def fields(problems):
    return [one.field for one in problems]


def test_a_number_is_used_once():
    entry = GuidanceVersionEntry(number="2.0")

    assert guiding.version_problems(entry, taken=["1.0"]) == []
    assert fields(guiding.version_problems(entry, taken=["2.0"])) == ["number"]


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (ChapterEntry(title_fi="Luku"), []),
        (ChapterEntry(title_fi="Luku", rank=1000), ["rank"]),
        (ChapterEntry(title_fi="Luku", rank=3, confidentiality=Confidentiality.CONFIDENTIAL), ["secrecy_basis"]),
        (ChapterEntry(title_fi="Luku", confidentiality=Confidentiality.CONFIDENTIAL, secrecy_basis="§ 24"), []),
    ],
)
def test_a_chapter_has_a_place_and_a_secret_one_says_why(entry, wrong):
    assert fields(guiding.chapter_problems(entry)) == wrong


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({}, []),
        ({"cycle_months": 120}, []),
        ({"cycle_months": 0}, ["cycle_months"]),
        ({"confidentiality": Confidentiality.CONFIDENTIAL, "cycle_months": 121}, ["secrecy_basis", "cycle_months"]),
    ],
)
def test_a_requirement_has_a_cycle_and_a_secret_one_says_why(more, wrong):
    assert fields(guiding.requirement_problems(RequirementEntry(text_fi="Teksti", **more))) == wrong


@pytest.mark.parametrize(
    ("day", "requirements", "wrong"),
    [
        (ON, 3, []),
        (ON, 0, [None]),
        (None, 3, ["valid_from"]),
        (date(2026, 11, 20), 3, ["valid_from"]),  # in the past
        (date(2027, 1, 1), 3, ["valid_from"]),  # another one begins that day
        (date(2027, 1, 2), 3, []),
    ],
)
def test_a_version_begins_after_every_other_one_and_not_in_the_past(day, requirements, wrong):
    begins = [date(2024, 1, 1)] + ([date(2027, 1, 1)] if day and day > ON else [])
    found = guiding.issue_problems(IssueEntry(valid_from=day), requirements=requirements, begins=begins, on=ON)

    assert fields(found) == wrong


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        (AnswerEntry(), ["status"]),
        (AnswerEntry(status=AnswerStatus.MET), []),
        (AnswerEntry(status=AnswerStatus.NA), ["comment"]),
        (AnswerEntry(status=AnswerStatus.NA, comment="Ei vesihuoltoa"), []),
    ],
)
def test_whoever_sets_a_requirement_aside_says_why(entry, wrong):
    assert fields(guiding.answer_problems(entry)) == wrong


@pytest.mark.parametrize(
    ("classes", "sectors", "concerned"),
    [((), (), True), ((K1, K2), (), True), ((K2,), (), False), ((), ("EDU",), True), ((K1,), ("WAT",), False)],
)
def test_a_requirement_concerns_those_whom_its_classes_and_sectors_leave(classes, sectors, concerned):
    asked = requirement(classes=classes, sectors=sectors)

    assert guiding.applies(asked, code="EDU", owned={K1, None}) is concerned


def test_an_answer_is_due_again_after_its_cycle():
    assert guiding.due(date(2025, 11, 21), 12) == ON
    assert guiding.due(ON, None) is None
    assert not guiding.is_overdue(date(2025, 11, 21), 12, on=ON)
    assert guiding.is_overdue(date(2025, 11, 20), 12, on=ON)
    assert not guiding.is_overdue(date(1999, 1, 1), None, on=ON)


@pytest.mark.parametrize(
    ("status", "result", "differ"),
    [
        (None, CheckResult.MET, False),
        (AnswerStatus.MET, None, False),
        (AnswerStatus.MET, CheckResult.UNKNOWN, False),
        (AnswerStatus.MET, CheckResult.MET, False),
        (AnswerStatus.PARTLY, CheckResult.NOT_MET, True),
        (AnswerStatus.NA, CheckResult.MET, True),
    ],
)
def test_an_answer_differs_only_from_what_can_be_counted(status, result, differ):
    assert guiding.differs(status, result) is differ


def test_an_answer_flatters_when_it_is_better_than_the_register():
    assert guiding.flatters(AnswerStatus.MET, CheckResult.PARTLY)
    assert guiding.flatters(AnswerStatus.NA, CheckResult.NOT_MET)
    assert not guiding.flatters(AnswerStatus.NOT_MET, CheckResult.MET)


def test_versions_are_compared_by_the_codes_of_their_requirements():
    stays, gone, before = requirement("VO-01"), requirement("VO-02"), requirement("VO-03")
    new, after = requirement("VO-04"), requirement("VO-03", cycle_months=24)

    found = guiding.requirements_compared([stays, gone, before], [requirement("VO-01"), after, new])

    assert (found.added, found.removed) == ((new,), (gone,))
    assert [(one.before, one.after) for one in found.changed] == [(before, after)]
    assert [one.before for one in found.same] == [stays]


def test_a_chapter_is_the_same_one_under_another_title():
    found = guiding.chapters_compared([chapter(1, title_fi="Vanha")], [chapter(1, title_fi="Uusi"), chapter(2)])

    assert [one.after.title_fi for one in found.changed] == ["Uusi"]
    assert [one.key for one in found.added] == [2]


@pytest.mark.parametrize(
    ("more", "anew"),
    [
        ({}, False),
        ({"text_fi": "Toinen"}, True),
        ({"text_sv": "En översättning"}, False),  # added, and nothing else
        ({"classes": (K1,)}, True),
        ({"sectors": ("EDU",)}, True),
        ({"cycle_months": 24, "basis": "Valmiuslaki 12 §"}, False),
    ],
)
def test_an_answer_stands_unless_the_words_or_those_concerned_change(more, anew):
    assert guiding.asks_anew(requirement(), requirement(**more)) is anew


def test_a_requirement_is_called_by_its_code_and_text():
    with speaking("sv"):
        assert guiding.title(requirement(text_sv="Krav")) == "VO-01 Krav"
