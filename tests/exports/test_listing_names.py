"""What headings of partners, dependencies and agreements mean, and which record a name means: rules alone."""

from dataclasses import fields

import pytest

from dependencies.entries.agreements import AgreementEntry
from dependencies.entries.needs import NeedEntry
from exports.listing import cells, headings, naming
from exports.listing.cells import NOTHING
from exports.listing.every import LISTED
from exports.listing.naming import Directory, Named
from exports.listing.of_dependencies import AGREEMENTS, DEPENDENCIES
from exports.listing.of_prepare import ORGANISATIONS
from exports.listing.rows import AgreementRow, NeedRow, OrganisationRow, as_entry
from exports.registers.field import heading, names
from prepare.entries import OrganisationEntry
from prepare.errors import RuleBroken
from prepare.texts import N_, speaking

RECORDS = [
    Named("F-WAT-01", ("Talousvesi", "Hushållsvatten", None), ("WAT", "Vesilaitos")),
    Named("F-WAT-02", ("Vesitorni, pohjoinen", None, None), ("WAT", "Vesilaitos")),
    Named("X-CTY-01", ("Ensihoito", None, "Emergency care"), ("P-CTY", "Rannan hyvinvointialue")),
    Named("F-EDU-01", ("Ateriat", None, None), ("EDU", "Kasvatus")),
    Named("F-SCH-01", ("Ateriat", None, None), ("SCH", "Koulut")),
    Named("F-SCH-02", (None, None, None), (None, "Koulut")),
]


@pytest.fixture
def directory():
    return Directory(lambda: RECORDS)


# Headings


@pytest.mark.parametrize(
    ("listed", "told", "expected"),
    [
        (
            DEPENDENCIES,
            "Palvelu|Riippuu|Merkitys|Sietoaika (h)|Varamenettely",
            "function suppliers strength tolerance_h",
        ),
        (DEPENDENCIES, "Tjänst|Är beroende av|Behov|Betydelse|Toleranstid", "function suppliers name strength"),
        (DEPENDENCIES, "Service|Depends on|Type|Criticality|Tolerance", "function suppliers kind strength tolerance_h"),
        (AGREEMENTS, "Sopimusnumero|Toimittaja|Sopimuksen kohde|Päättymispäivä", "reference party name_fi valid_to"),
        (AGREEMENTS, "Avtalsnummer|Leverantör|Avtal|Slutdatum|Uppsägningstid", "reference party name_fi valid_to"),
        (
            AGREEMENTS,
            "Contract number|Supplier|Contract|Expiry date|Promised hours",
            "reference party name_fi valid_to",
        ),
        (ORGANISATIONS, "Kumppani|Y-tunnus|Tyyppi|Kuvaus", "name_fi business_id kind description"),
        (ORGANISATIONS, "Samarbetspartner|FO-nummer|Typ|Beskrivning", "name_fi business_id kind description"),
        (ORGANISATIONS, "Partner|Business ID|Type|Part of", "name_fi business_id kind part_of"),
    ],
)
def test_the_usual_headings_are_known_in_each_language(listed, told, expected):
    found = headings.suggested(told.split("|"), listed, {})

    assert list(found.values())[: len(expected.split())] == expected.split()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_headings_of_the_registers_own_files_are_known(language):
    with speaking(language):
        told = [heading(one) for one in names(N_("Agreement"))]

    assert list(headings.suggested(told, AGREEMENTS, {}).values()) == ["name_fi", "name_sv", "name_en"]


def test_no_heading_means_two_fields_of_a_register():
    for listed in LISTED.values():
        assert set(listed.needs) <= {one.name for one in listed.fields}
        assert all(one.refers for one in listed.fields if one.how.value in ("code", "codes"))


def test_rows_hold_what_the_entries_of_the_pages_hold_and_whose_they_are():
    for row, entry, more in (
        (OrganisationRow, OrganisationEntry, {"part_of"}),
        (AgreementRow, AgreementEntry, {"party", "state"}),
        (NeedRow, NeedEntry, {"function", "suppliers", "kind"}),
    ):
        held = {one.name for one in fields(entry)} - {"alternatives"}
        assert {one.name for one in fields(row)} == held | more

    made = as_entry(AgreementRow(name_fi="Tuki", party="P-CTY"), AgreementEntry)
    assert made == AgreementEntry(name_fi="Tuki")


def test_words_that_mean_nothing_empty_a_field_and_an_empty_cell_says_nothing():
    until = AGREEMENTS.field("valid_to")

    assert cells.value(until, "Toistaiseksi voimassa", {}) is NOTHING
    assert cells.value(until, "Tills vidare", {}) is NOTHING
    assert cells.value(until, "", {}) is None


# Names


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("F-WAT-01", "F-WAT-01"),
        ("f-wat-01", "F-WAT-01"),
        ("F-WAT-01 Talousvesi", "F-WAT-01"),
        (" TALOUSVESI ", "F-WAT-01"),
        ("Hushållsvatten", "F-WAT-01"),
        ("Emergency care", "X-CTY-01"),
        ("Rannan hyvinvointialue", "X-CTY-01"),
    ],
)
def test_a_record_is_meant_by_code_by_name_or_by_who_provides_it(directory, text, code):
    assert directory.one(text) == code


def test_several_stand_apart_by_semicolons_lines_or_commas_but_a_name_may_hold_a_comma(directory):
    assert directory.several("Talousvesi, Ensihoito") == ("F-WAT-01", "X-CTY-01")
    assert directory.several("Vesitorni, pohjoinen; Ensihoito\nF-WAT-02") == ("F-WAT-02", "X-CTY-01")
    assert directory.name_of("f-wat-02") == "Vesitorni, pohjoinen"
    assert RECORDS[-1].label == "F-SCH-02 F-SCH-02"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Talousvessi", "F-WAT-01 Talousvesi"),
        ("F-WAT-03", "F-WAT-02"),
        ("Ateriat", "F-EDU-01 Ateriat, F-SCH-01 Ateriat"),
        ("Vesilaitos", "F-WAT-01"),
        ("zzz", "zzz"),
    ],
)
def test_what_is_not_found_or_not_sure_is_told_with_what_comes_nearest(directory, text, told):
    with pytest.raises(RuleBroken) as broken:
        directory.one(text)

    assert told in broken.value.text()


def test_a_long_list_of_unknown_names_gets_only_so_many_suggestions(directory, monkeypatch):
    monkeypatch.setattr(naming, "MOST_SUGGESTED", 1)

    for text, has_more in (("Talousvessi", True), ("Ensihoitto", False), ("Talousvessi", True)):
        with pytest.raises(RuleBroken) as broken:
            directory.one(text)
        assert ("near" in broken.value.values) is has_more
