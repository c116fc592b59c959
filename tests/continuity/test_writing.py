"""How far the writing has come, the order of a card's steps, and which losses lack a strategy."""

import pytest

from continuity import carding, examples, losses, writing
from continuity.entries.contents import CardEntry, CardTaskEntry, DocumentEntry, LevelTaskEntry, StrategyEntry
from continuity.vocabulary.contents import LostResource, PreparednessLevel
from continuity.vocabulary.plans import Section
from continuity.writing import SectionState
from dependencies.vocabulary import DependencyKind
from prepare.texts import LANGUAGES, _, speaking


@pytest.mark.parametrize(
    ("text", "finished", "has_rows", "state"),
    [
        (None, False, False, SectionState.EMPTY),
        (" \n", True, False, SectionState.EMPTY),
        ("Soita", False, False, SectionState.BEGUN),
        ("Soita", True, False, SectionState.WRITTEN),
        ("", False, True, SectionState.BEGUN),
        ("", True, True, SectionState.WRITTEN),
    ],
)
def test_a_section_is_finished_when_its_writers_say_so_and_it_says_something(text, finished, has_rows, state):
    assert writing.state(text, finished=finished, has_rows=has_rows) is state


def test_words_are_counted_as_people_count_them():
    assert writing.word_count("Soita varakeittiöön.\nTilaa  ruoka") == 4
    assert writing.word_count(None) == 0


def test_rows_say_as_much_as_a_text():
    texts = {Section.PURPOSE: "Miksi", Section.RECOVERY: " "}

    assert writing.filled(texts) == {Section.PURPOSE}
    assert writing.filled({}, cards=True, strategies=True, level_tasks=True) == {
        Section.FIRST_HOUR,
        Section.STRATEGIES,
        Section.LEVEL_TASKS,
    }


def test_a_section_has_one_before_and_one_after_it_but_at_the_ends():
    order = list(Section)

    assert writing.neighbours(Section.PURPOSE, order) == (None, Section.LEGAL_BASIS)
    assert writing.neighbours(Section.OBJECTIVES, order) == (Section.ORGANISATION, Section.ACTIVATION)
    assert writing.neighbours(Section.EXERCISES, order) == (Section.INTERFACES, None)


def test_a_hundred_means_that_all_are_finished():
    one, other = SectionState.WRITTEN, SectionState.BEGUN

    assert writing.finished_share([]) == 0
    assert writing.finished_share([one, other, other]) == 33
    assert writing.finished_share([one] * 14) == 100


def test_every_section_has_an_example_in_three_languages_short_enough_to_be_read():
    assert examples.EXAMPLES.keys() == set(Section)
    for message in examples.EXAMPLES.values():
        told = []
        for language in LANGUAGES:
            with speaking(language):
                told.append(_(message))
        assert len(set(told)) == len(LANGUAGES), message
        assert all(8 < writing.word_count(text) < 60 for text in told)


# Strategies, cards, tasks and documents


def step(what):
    return CardTaskEntry(what=what)


def test_steps_follow_their_numbers_and_what_has_none_stays_after_the_one_before_it():
    rows = [(20, step("toinen")), (None, step("heti perään")), (10, step("ensin")), (30, step("viimeksi"))]

    assert [one.what for one in carding.in_order(rows)] == ["ensin", "toinen", "heti perään", "viimeksi"]
    assert [one.what for one in carding.in_order([(None, step("a")), (None, step("b"))])] == ["a", "b"]
    assert carding.in_order([]) == ()


BARE = [
    (StrategyEntry(), {"lost_resource", "text"}),
    (StrategyEntry(lost_resource=LostResource.POWER, text="Kylmäruoka", covers_h=-1.0), {"covers_h"}),
    (StrategyEntry(lost_resource=LostResource.POWER, text="Kylmäruoka"), set()),
    (CardEntry(title=" "), {"title"}),
    (CardEntry(title="Kortti", tasks=(CardTaskEntry(what="Soita", within_min=-1),)), {"tasks"}),
    (CardEntry(title="Kortti", tasks=(CardTaskEntry(what="Soita", within_min=1441),) * 2), {"tasks"}),
    (CardEntry(title="Kortti", tasks=(CardTaskEntry(what="Soita", within_min=1440), step("Tilaa"))), set()),
    (LevelTaskEntry(), {"level", "task"}),
    (LevelTaskEntry(level=PreparednessLevel.FULL, task="Miehitä", within_h=-0.5), {"within_h"}),
    (LevelTaskEntry(level=PreparednessLevel.FULL, task="Miehitä", within_h=0), set()),
    (DocumentEntry(title="Luettelo"), {"kept_at"}),
    (DocumentEntry(title="Luettelo", kept_at="Arkisto"), set()),
]


@pytest.mark.parametrize(("entry", "fields"), BARE)
def test_each_part_needs_what_makes_it_useful(entry, fields):
    problems = carding.problems(entry)

    assert {problem.field for problem in problems} == fields
    assert len(problems) == len(fields)


def test_a_failing_supplier_is_told_as_the_loss_of_what_it_gives():
    assert losses.lost_with(DependencyKind.WATER) is LostResource.WATER
    assert losses.lost_with(DependencyKind.PERSONNEL) is LostResource.STAFF
    assert losses.lost_with(DependencyKind.MATERIAL) is LostResource.SUPPLIER


def test_losses_without_a_strategy_are_named_once_in_their_order():
    lost = [LostResource.WATER, LostResource.POWER, LostResource.WATER, LostResource.ICT]

    assert losses.without_strategy(lost, [LostResource.ICT]) == (LostResource.POWER, LostResource.WATER)
    assert losses.without_strategy([], [LostResource.ICT]) == ()
