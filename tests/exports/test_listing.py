"""What the headings, words and cells of a plain list mean: rules without a database."""

from datetime import UTC, date, datetime

import pytest

from exports.entries import Between, Language, Plain, RegisterEntry, register_problems
from exports.listing import cells, headings
from exports.listing.every import LISTED
from exports.listing.of_prepare import FUNCTIONS
from exports.listing.of_risks import MEASURES, RISKS
from exports.listing.wanted import How, Wanted, folded
from prepare import tokens
from prepare.entries import TokenEntry
from prepare.errors import RuleBroken
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality, Criticality
from risks.vocabulary.risks import Treatment

PUBLIC, INTERNAL, CONFIDENTIAL = Confidentiality
STEPS = [(1, "Harvinainen"), (2, "Mahdollinen"), (4, "Korkea")]


def field(how, **more):
    return Wanted("x", "x", how, **more)


# Headings


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Riski", "title_fi"), ("TODENNÄKÖISYYS (1–5)", "likelihood"), ("Ansvarig", "owner_role"), ("Syy", "cause")],
)
def test_a_heading_is_known_in_any_language_and_writing(heading, expected):
    assert headings.suggested([heading], RISKS, {}) == {heading: expected}


def test_a_heading_that_is_nearly_a_name_is_guessed_and_another_is_not():
    assert headings.suggested(["Toimenpiteet", "Väri", "!!"], MEASURES, {}) == {"Toimenpiteet": "name_fi"}


def test_each_field_is_filled_once_and_the_exact_name_goes_before_a_likeness():
    assert headings.suggested(["Nimet", "Nimi", "Name"], FUNCTIONS, {}) == {"Nimi": "name_fi"}


def test_what_was_kept_goes_before_any_guess_also_what_was_left_out():
    kept = {"Nimi": "owner_role", "Omistaja": "", "Muu": "gone"}

    assert headings.suggested(["Nimi", "Omistaja", "Muu"], FUNCTIONS, kept) == {"Nimi": "owner_role"}


def test_a_table_without_any_known_field_left_suggests_nothing():
    taken = {f"{n}": one.name for n, one in enumerate(RISKS.fields)}

    assert headings.suggested([*taken, "Riski"], RISKS, taken) == taken


def test_the_row_of_headings_is_the_one_that_names_most_fields():
    rows = [["Riskirekisteri 2026", None], [None, None], ["Riski", "Omistaja"], ["Sähkökatko", "Rehtori"]]

    assert headings.found_in(rows, RISKS) == 2
    assert headings.found_in([["a"], ["b"]], RISKS) == 0
    assert headings.found_in([[None], [""]], RISKS) == 0


def test_headings_that_are_empty_or_said_twice_are_told_by_their_number():
    assert headings.texts(["Nimi", None, " Nimi ", "Oma  tieto"]) == ["Nimi", "2", "Nimi 3", "Oma tieto"]


def test_headings_are_the_same_set_however_they_are_written():
    assert headings.fingerprint(["Nimi *", "RTO (h)"]) == headings.fingerprint(["nimi", "rto"])
    assert headings.fingerprint(["Nimi"]) != headings.fingerprint(["Omistaja"])


def test_every_register_of_lists_has_the_fields_of_its_entry_and_no_heading_twice():
    for listed in LISTED.values():
        assert listed.field(listed.named_by)
        assert listed.field("nothing") is None
        assert len({one.name for one in listed.fields}) == len(listed.fields)


# Cells


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (4.0, "4"),
        (0.5, "0.5"),
        (12, "12"),
        (True, "yes"),
        (False, "no"),
        (datetime(2026, 11, 28, 9, tzinfo=UTC), "2026-11-28"),
        (date(2026, 11, 28), "2026-11-28"),
        (" teksti\r\n", "teksti"),
        ("0012", "0012"),
    ],
)
def test_a_cell_becomes_text(cell, text):
    assert cells.text_of(cell) == text


@pytest.mark.parametrize(
    ("how", "text", "value"),
    [
        (How.TEXT, "+358 50", "+358 50"),
        (How.HOURS, "0,5", 0.5),
        (How.HOURS, "30 min", 0.5),
        (How.HOURS, "3 vrk", 72.0),
        (How.HOURS, "4 tuntia", 4.0),
        (How.NUMBER, "12 000 €", 12000.0),
        (How.NUMBER, "-1.5", -1.5),
        (How.WHOLE, "12", 12),
        (How.DAY, "31.12.2026", date(2026, 12, 31)),
        (How.DAY, "2026-12-31", date(2026, 12, 31)),
        (How.YES_NO, "Kyllä", True),
        (How.YES_NO, "nej", False),
        (How.CODES, "F-1; F-2, F-1", "F-1; F-2, F-1"),
        (How.MONTHS, "6", 6),
        (How.MONTHS, "3 kk", 3),
        (How.MONTHS, "1 vuosi", 12),
        (How.TEXT, "", None),
    ],
)
def test_a_cell_is_read_as_people_write(how, text, value):
    assert cells.value(field(how), text, {}) == value


@pytest.mark.parametrize(
    ("how", "text"),
    [
        (How.HOURS, "pian"),
        (How.HOURS, "4 kk"),
        (How.NUMBER, "paljon"),
        (How.WHOLE, "1,5"),
        (How.MONTHS, "1,5 kk"),
        (How.MONTHS, "pian"),
        (How.MONTHS, "3 vk"),
        (How.TEXT, "Virtanen 131052-308T"),
        (How.DAY, "pian"),
        (How.DAY, "31.2.2026"),
        (How.YES_NO, "ehkä"),
        (How.WORD, "Korkea"),
        (How.TEXT, "#REF!"),
        (How.TEXT, "a\x00"),
    ],
)
def test_what_cannot_be_read_says_how_to_mend_it(how, text):
    with pytest.raises(RuleBroken) as broken:
        cells.value(field(how), text, {})

    assert broken.value.text()


def test_a_text_that_is_too_long_is_told():
    with pytest.raises(RuleBroken):
        cells.value(field(How.TEXT, longest=3), "liian pitkä", {})


def test_a_word_means_what_was_chosen():
    chosen = {"Elintärkeä!": "K1", "Korkea": "4"}

    assert cells.value(field(How.WORD, words=Criticality), "Elintärkeä!", chosen) is Criticality.K1
    assert cells.value(field(How.WORD, is_step=True), "Korkea", chosen) == 4


def test_a_word_is_guessed_by_its_code_its_number_or_its_label_in_any_language():
    treatment = field(How.WORD, words=Treatment)
    with speaking("fi"):
        label = Treatment.ACCEPT.label

    assert cells.meant(treatment, "ACCEPT") == "accept"
    assert cells.meant(treatment, label.upper()) == "accept"
    assert cells.meant(treatment, "jotain muuta") == ""
    assert cells.meant(field(How.WORD, is_step=True), "korkea", STEPS) == "4"
    assert cells.meant(field(How.WORD, is_step=True), "2", STEPS) == "2"
    assert cells.meant(field(How.WORD, is_step=True), "9", STEPS) == ""


def test_what_a_word_may_mean_is_offered():
    assert cells.options(field(How.WORD, is_step=True), STEPS)[2] == ("4", "4 Korkea")
    assert [value for value, _label in cells.options(field(How.WORD, words=Treatment))] == [
        one.value for one in Treatment
    ]


def test_headings_are_compared_without_signs_and_brackets():
    assert folded(" RTO-tavoite (h) * ") == "rto tavoite"


# Files and tokens


def entry(**said):
    return RegisterEntry(register="risks", purpose="Vuosiraportti", **said)


def test_a_register_is_taken_up_to_one_s_own_class_for_a_stated_purpose():
    assert register_problems(entry(), PUBLIC, CONFIDENTIAL) == []
    assert [one.field for one in register_problems(entry(variant=CONFIDENTIAL), PUBLIC, INTERNAL)] == ["variant"]
    assert [one.field for one in register_problems(entry(), CONFIDENTIAL, CONFIDENTIAL)] == ["variant"]
    assert [one.field for one in register_problems(RegisterEntry(register="x"), PUBLIC, INTERNAL)] == ["purpose"]


def test_signs_between_values_and_kinds_of_files():
    assert [one.sign for one in Between] == [";", ","]
    assert [one.value for one in Plain] == ["csv", "json"]
    assert entry().language is Language.FINNISH


ON = date(2026, 11, 28)


def token(**said):
    told = {"organisation": "EDU", "highest": INTERNAL, "registers": ("risks",), "purpose": "BI", "expires_on": ON}
    return TokenEntry(**(told | said))


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ({}, []),
        ({"expires_on": date(2027, 11, 29)}, []),
        ({"purpose": " "}, ["purpose"]),
        ({"registers": ()}, ["registers"]),
        ({"expires_on": None}, ["expires_on"]),
        ({"expires_on": date(2026, 11, 27)}, ["expires_on"]),
        ({"expires_on": date(2027, 11, 30)}, ["expires_on"]),
    ],
)
def test_a_token_says_what_for_and_lasts_for_a_year_at_most(said, fields):
    assert [one.field for one in tokens.problems(token(**said), ON)] == fields


def test_a_token_opens_until_its_last_day_unless_it_has_been_ended():
    assert tokens.opens(False, ON, ON)
    assert not tokens.opens(False, ON, date(2026, 11, 29))
    assert not tokens.opens(True, ON, ON)
