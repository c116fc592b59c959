"""What leaves the house for a stated purpose only."""

import pytest

from exports.entries import (
    Format,
    GuidanceEntry,
    InjectsEntry,
    Language,
    TrailEntry,
    injects_problems,
    problems,
    trail_problems,
)
from prepare.vocabulary import Confidentiality


@pytest.mark.parametrize(("purpose", "field"), [(None, "purpose"), ("", "purpose"), ("  ", "purpose"), ("Audit", None)])
def test_the_trail_is_taken_for_a_stated_purpose(purpose, field):
    entry = TrailEntry(format=Format.TEXT, language=Language.FINNISH, purpose=purpose)

    assert [rule.field for rule in trail_problems(entry)] == ([field] if field else [])


@pytest.mark.parametrize(("purpose", "field"), [(None, "purpose"), ("  ", "purpose"), ("Exercise", None)])
def test_injects_are_taken_for_a_stated_purpose(purpose, field):
    entry = InjectsEntry(language=Language.FINNISH, purpose=purpose)

    assert [rule.field for rule in injects_problems(entry)] == ([field] if field else [])


@pytest.mark.parametrize(
    ("variant", "purpose", "is_refused"),
    [
        (Confidentiality.CONFIDENTIAL, None, True),
        (Confidentiality.CONFIDENTIAL, " ", True),
        (Confidentiality.CONFIDENTIAL, "Review", False),
        (Confidentiality.INTERNAL, None, False),
    ],
)
def test_only_a_confidential_workbook_needs_a_purpose(variant, purpose, is_refused):
    entry = GuidanceEntry(organisation="KAS", language=Language.SWEDISH, variant=variant, purpose=purpose)

    assert bool(problems(entry)) is is_refused
