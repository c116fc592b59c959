"""Lists of partners, dependencies and agreements come in as municipalities keep them, by the rules of the pages."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency, Need
from dependencies.vocabulary import AgreementState, DependencyKind, Standing, Strength
from exports.register.listed.organisations import made_code
from prepare.audit import AuditEntry
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.vocabulary import OrganisationKind
from risks.models.measures import Measure
from tests import town as the_town
from tests.exports.bringing import bring, take

NEEDS = """Palvelu;Riippuu;Tarve;Laji;Merkitys;Sietoaika;Varamenettely;Toimittajan puhelin
Kouluateriat;Talousvesi;Vesi;Vesi;Välttämätön;24 h;Pullovesi, 2 vrk;+358 50 123
F-EDU-01;X-CTY-01;;palvelu;Tärkeä;0,5;;
perusopetus;Rannan poliisi;Vartiointi;Palvelu;Tukeva;3 vrk;=Vartiointi;
"""
HEADINGS = (
    "Sopimus;Toimittaja;Sopimusnumero;Sopimustyyppi;Alkupäivä;Päättymispäivä;Irtisanomisaika;Palautumisaika;"
    "Varautumislauseke;Tila;Palvelut"
)
AGREEMENTS = f"""{HEADINGS}
Ensihoidon tuki;Rannan hyvinvointialue;MK 112/2025;Ostopalvelu;1.1.2026;31.12.2027;3 kk;24 h;Kyllä;Voimassa;Ensihoito
Vartiointi kouluissa;P-POL;MK 7/2026;Yhteistyösopimus;15.8.2026;toistaiseksi;6;;Ei;Valmistelussa;
"""


@pytest.fixture
def contact(town, sign_in):
    return sign_in("edu.contact")


@pytest.fixture
def central(town, sign_in):
    return sign_in("central")


def windows(text):
    """A text as Excel in Finland saves it as CSV."""
    return text.encode("cp1252")


def partners(**more):
    """A workbook of partners with a title above its headings."""
    book, content = Workbook(), BytesIO()
    book.active.append(["Kaupungin yhteistyökumppanit 2026"])
    book.active.append([])
    book.active.append(["Kumppani", "Ruotsiksi", "Y-tunnus", "Tyyppi", "CER-toimija", "Kuvaus", "Päivitetty"])
    rows = [
        ["Etelän Voima Oy", "Söderkraft Ab", "0201256-6", "Yritys", "kyllä", "Sähköverkko", date(2026, 5, 1)],
        ["Rannan seurakunta", None, None, "Seurakunta", None, None, None],
        ["rannan POLIISI", None, None, "Poliisilaitos", None, more.get("told", "Hälytystehtävät"), None],
    ]
    for row in [*rows, *more.get("rows", [])]:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def taken(browser, content, register, organisation="EDU", name="luettelo.csv"):
    """Bring a list and take it in; gives the page on which it was read."""
    page = bring(browser, content, register=register, organisation=organisation, name=name).text
    take(browser)
    db.session.expire_all()
    return page


def need(function, name):
    """The need in use of this name."""
    rows = db.session.query(Need).filter_by(name=name, retired=False).all()
    return next(one for one in rows if one.consumer.code == function)


# Dependencies


def test_dependencies_come_in_from_a_windows_text_file_by_names_codes_and_providers(contact):
    page = taken(contact, windows(NEEDS), "dependencies")

    water, care, guard = need("F-EDU-01", "Vesi"), need("F-EDU-01", "Ensihoito"), need("F-EDU-03", "Vartiointi")
    assert "troubles-caption" not in page
    assert (water.tolerance_h, water.strength, water.workaround) == (24, Strength.ESSENTIAL, "Pullovesi, 2 vrk")
    assert [(one.supplier.code, one.kind) for one in water.in_force] == [("F-WAT-01", DependencyKind.WATER)]
    assert [one.supplier.code for one in care.in_force] == ["X-CTY-01"]
    assert (guard.tolerance_h, guard.workaround) == (72, "=Vartiointi")
    assert [one.supplier.code for one in guard.in_force] == ["X-POL-01"]
    assert {one.standing for one in guard.in_force} == {Standing.PROPOSED}


def test_the_same_dependencies_a_second_time_change_nothing_and_leave_no_trace(contact):
    taken(contact, windows(NEEDS), "dependencies")
    needs, entries = db.session.query(Need).count(), db.session.query(AuditEntry).count()

    page = taken(contact, windows(NEEDS), "dependencies")

    assert "/lists/take" not in page
    assert (db.session.query(Need).count(), db.session.query(AuditEntry).count()) == (needs, entries)


def test_rows_of_one_need_are_put_together_and_what_the_list_does_not_name_stays(contact):
    head = "Palvelu;Riippuu;Tarve;Laji;Merkitys;Sieto\n"
    taken(contact, head + "F-EDU-03;F-WAT-01;Apu;Vesi;Tärkeä;4\n", "dependencies")

    page = taken(contact, head + "F-EDU-03;X-CTY-01;Apu;;;\nF-EDU-03;F-SCH-01;Apu;Vesi;;6\n", "dependencies")

    helped = need("F-EDU-03", "Apu")
    assert [one.supplier.code for one in helped.in_force] == ["F-WAT-01", "F-SCH-01", "X-CTY-01"]
    assert (helped.tolerance_h, helped.strength) == (6, Strength.IMPORTANT)
    assert "F-WAT-01" in page


def test_rows_that_say_two_things_of_one_need_are_told(contact):
    rows = "Palvelu;Riippuu;Tarve;Laji;Merkitys;Sieto\nF-EDU-03;F-WAT-01;Apu;Vesi;Tärkeä;4\nF-EDU-03;X-CTY-01;Apu;;;9\n"

    page = taken(contact, rows, "dependencies")

    assert page.count("<td>Sieto</td>") == 1
    assert db.session.query(Need).filter_by(name="Apu").count() == 0


def test_what_cannot_be_found_is_told_with_what_comes_nearest(contact):
    head = "Palvelu;Riippuu;Laji;Merkitys;Sieto\n"
    rows = f"{head}Kouluateriat;Talousves;Vesi;Tärkeä;4\nTalousvesi;Perusopetus;Vesi;Tärkeä;4\n"
    before = db.session.query(Need).count()

    page = taken(contact, rows, "dependencies")

    assert "F-WAT-01 Talousvesi" in page
    assert "<td>Palvelu</td>" in page  # the second row: not a function of this organisation
    assert db.session.query(Need).count() == before


def test_what_the_list_has_no_column_for_is_told_once_however_many_rows_there_are(contact):
    rows = "Palvelu;Riippuu;Sieto\n" + "".join(f"{one};F-WAT-01;4\n" for one in ("F-EDU-01", "F-EDU-03", "F-EDU-04"))

    page = bring(contact, rows, register="dependencies").text

    assert page.count('<td class="num">–</td>') == 2  # kind and importance


def test_a_dependency_of_the_exported_register_is_known_again_by_its_code(contact):
    rows = "Koodi;Toiminto;Toimittaja;Sieto;Tarve\nD-01;F-EDU-01;;9;\nD-01;F-EDU-03;;;\n"

    page = bring(contact, rows.replace("D-01;F-EDU-03;;;\n", ""), register="dependencies").text
    wrong = bring(contact, rows, register="dependencies").text
    take(contact)

    assert "2 h" in page
    assert "9 h" in page
    assert "troubles-caption" in wrong


def test_a_need_of_several_kinds_keeps_them_unless_the_list_says_otherwise(contact):
    held = the_town.record(Dependency, "D-01").need
    the_town.keep(
        Dependency(code="D-90", need=held, supplier=the_town.function("X-POL-01"), kind=DependencyKind.PERSONNEL)
    )
    head = "Toiminto;Toimittaja;Tarve;Laji;Sieto\n"

    page = bring(contact, f"{head}F-EDU-01;Perusopetus;{held.name};;9\n", register="dependencies").text
    taken(contact, f"{head}F-EDU-01;X-POL-01;{held.name};;9\n", "dependencies")
    kinds = {one.kind for one in need("F-EDU-01", held.name).in_force}
    taken(contact, f"{head}F-EDU-01;X-POL-01;{held.name};Tieto;9\n", "dependencies")

    changed = need("F-EDU-01", held.name)
    assert "troubles-caption" in page  # of what kind is the new supplier?
    assert kinds == {DependencyKind.SERVICE, DependencyKind.PERSONNEL}
    assert changed.tolerance_h == 9
    assert {one.kind for one in changed.in_force} == {DependencyKind.INFORMATION}


# Agreements


def test_a_partner_that_the_list_calls_in_swedish_keeps_its_finnish_name(central):
    the_town.change(the_town.organisation_of("P-POL"), name_sv="Strandens polis")

    taken(central, "Kumppani;Tyyppi;Kuvaus\nStrandens polis;;Larm\n", "organisations", "CITY")

    police = the_town.organisation_of("P-POL")
    assert (police.name_fi, police.description) == ("Rannan poliisi", "Larm")


def test_agreements_come_in_with_partner_validity_and_promised_hours(contact):
    page = taken(contact, windows(AGREEMENTS), "agreements")

    care = db.session.query(Agreement).filter_by(reference="MK 112/2025").one()
    guard = db.session.query(Agreement).filter_by(reference="MK 7/2026").one()
    assert "troubles-caption" not in page
    assert (care.party.code, care.state, care.recovery_h) == ("P-CTY", AgreementState.ACTIVE, 24)
    assert (care.valid_from, care.valid_to, care.notice_months) == (date(2026, 1, 1), date(2027, 12, 31), 3)
    assert [one.code for one in care.functions] == ["X-CTY-01"]
    assert care.recovery_time_stated
    assert (guard.state, guard.valid_to, guard.notice_months) == (AgreementState.DRAFT, None, 6)


def test_an_agreement_is_known_again_by_its_number_and_its_changes_are_shown_field_by_field(contact):
    taken(contact, windows(AGREEMENTS), "agreements")
    entries = db.session.query(AuditEntry).count()

    page = bring(contact, windows(AGREEMENTS), register="agreements").text
    assert "/lists/take" not in page
    assert db.session.query(AuditEntry).count() == entries

    later = "Sopimusnumero;Toimittaja;Sopimus;Päättymispäivä\nMK 112/2025;P-CTY;Ensihoidon tuki;toistaiseksi\n"
    page = taken(contact, later, "agreements")

    care = db.session.query(Agreement).filter_by(reference="MK 112/2025").one()
    assert "2027" in page
    assert (care.valid_to, care.recovery_h) == (None, 24)


def test_every_fault_of_a_list_of_agreements_is_told_and_nothing_is_taken_in(contact):
    rows = (
        "Sopimus;Toimittaja;Alkupäivä;Päättymispäivä;Palautumisaika;Palvelut;Tila\n"
        "Yksi;Rannan hyvinvontialue;;;;;\n"  # misspelt partner
        "Kaksi;P-CTY;1.2.2027;1.1.2027;;;\n"  # ends before it begins
        "Kolme;P-CTY;;;pian;;\n"  # no hours
        "Neljä;P-POL;;;;Ensihoito;\n"  # somebody else's service
        "Viisi;P-CTY;1.1.2020;31.12.2020;;;voimassa\n"  # over already
        ";P-CTY;;;;;\n"  # no name
    )
    before = db.session.query(Agreement).count()

    page = taken(contact, rows, "agreements")

    assert "P-CTY Rannan hyvinvointialue" in page
    assert all(f'<td class="num">{row}</td>' in page for row in range(2, 8))
    assert db.session.query(Agreement).count() == before


def test_an_agreement_stays_with_its_partner_and_in_force(contact):
    rows = "Koodi;Sopimus;Toimittaja;Tila\nA-01;Sopimus A-01;P-POL;\nA-01;Sopimus A-01;P-CTY;Valmistelussa\n"

    page = bring(contact, rows, register="agreements").text

    assert page.count('<td class="num">') >= 2
    assert "/lists/take" not in page


# Organisations


def test_partners_come_in_from_a_workbook_with_a_title_and_get_codes_of_their_own(central):
    page = taken(central, partners(told="Uusi kuvaus"), "organisations", "CITY", "kumppanit.xlsx")

    power = db.session.query(Organisation).filter_by(business_id="0201256-6").one()
    parish = db.session.query(Organisation).filter_by(name_fi="Rannan seurakunta").one()
    police = the_town.organisation_of("P-POL")
    assert "troubles-caption" not in page
    assert (power.code, power.kind, power.name_sv) == ("P-ETELÄN", OrganisationKind.COMPANY, "Söderkraft Ab")
    assert power.cer_designated
    assert power.path.startswith(the_town.organisation_of("CITY").path)
    assert (parish.code, parish.kind) == ("P-RANNAN", OrganisationKind.PARISH)
    assert (police.description, police.name_fi) == ("Uusi kuvaus", "Rannan poliisi")


def test_the_same_partners_a_second_time_change_nothing(central):
    taken(central, partners(), "organisations", "CITY", "kumppanit.xlsx")
    count = db.session.query(Organisation).count()

    page = taken(central, partners(), "organisations", "CITY", "kumppanit.xlsx")

    assert "/lists/take" not in page
    assert db.session.query(Organisation).count() == count


def test_the_faults_of_a_list_of_organisations_are_told(central):
    rows = (
        "Organisaatio;Lyhenne;Tyyppi;Y-tunnus;Yläorganisaatio\n"
        "Väärä tunnus Oy;;Yritys;0201256-7;\n"
        "Toinen;EDU2 liian pitkä;Yritys;;\n"
        "Rannan poliisi;;Sektori;;\n"
        "Rannan poliisi;P-POL;;;EDU\n"
        "Ei lajia;;;;\n"
        "Uusi;P-UUSI;Yritys;;Nowhere\n"
    )

    page = taken(central, rows, "organisations", "CITY")

    assert all(f'<td class="num">{row}</td>' in page for row in (2, 3, 5, 6, 7))
    assert db.session.query(Organisation).filter_by(code="P-UUSI").count() == 0


def test_whoever_may_not_keep_partners_is_not_offered_their_list_and_may_not_bring_it(contact, central):
    offered = contact.get("/lists/").text

    page = bring(contact, partners(), register="organisations", organisation="EDU", name="x.xlsx")

    assert 'value="organisations"' not in offered
    assert 'value="organisations"' in central.get("/lists/").text
    assert 'aria-invalid="true"' in page.text


def test_a_sector_of_the_city_is_not_added_by_the_unit(central):
    page = taken(central, "Organisaatio;Tyyppi\nUusi toimiala;Toimiala\n", "organisations", "CITY")

    assert "troubles-caption" in page
    assert db.session.query(Organisation).filter_by(name_fi="Uusi toimiala").count() == 0


def test_a_workbook_of_agreements_with_a_title_and_real_dates_comes_in(contact):
    book, content = Workbook(), BytesIO()
    book.active.append(["Sopimusluettelo", None, "Tulostettu", date(2026, 11, 1)])
    book.active.append(["Avtal", "Leverantör", "Avtalsnummer", "Begynnelsedatum", "Slutdatum", "Återställningstid"])
    book.active.append(["Ambulans", "p-cty", 4711, date(2026, 1, 1), date(2027, 12, 31), "24 h"])
    book.save(content)

    page = taken(contact, content.getvalue(), "agreements", name="avtal.xlsx")

    made = db.session.query(Agreement).filter_by(reference="4711").one()
    assert "troubles-caption" not in page
    assert (made.valid_from, made.valid_to, made.recovery_h) == (date(2026, 1, 1), date(2027, 12, 31), 24)


def test_a_workbook_of_dependencies_with_a_title_comes_in(contact):
    book, content = Workbook(), BytesIO()
    book.active.append(["Riippuvuudet 2026"])
    book.active.append([None])
    book.active.append(["Palvelu", "Riippuu", "Tyyppi", "Tärkeys", "Kuinka kauan pärjätään ilman?"])
    book.active.append(["Perusopetus", "Talousvesi", "Vesi", "Välttämätön", 24])
    book.save(content)

    page = taken(contact, content.getvalue(), "dependencies", name="riippuvuudet.xlsx")

    assert "troubles-caption" not in page
    assert need("F-EDU-03", "Talousvesi").tolerance_h == 24


# What a row means


def test_a_name_that_several_records_bear_is_not_guessed(contact):
    the_town.keep(the_town.a_function("F-EDU-77", name_fi="Kouluateriat"))

    page = bring(contact, "Toiminto;Omistaja\nKouluateriat;Rehtori\n", register="functions").text

    assert "F-EDU-01, F-EDU-77" in page
    assert "/lists/take" not in page


def test_functions_and_measures_are_changed_by_their_codes(contact):
    the_town.keep(Measure(code="M-77", organisation=the_town.organisation_of("EDU"), name_fi="Vanha nimi"))

    taken(contact, "Koodi;Toiminto;Omistaja\nF-EDU-01;Kouluateriat;Keittiöpäällikkö\n", "functions")
    taken(contact, "Koodi;Toimenpide;Omistaja\nM-77;Uusi nimi;Rehtori\n", "measures")

    assert the_town.function("F-EDU-01").owner_role == "Keittiöpäällikkö"
    assert the_town.record(Measure, "M-77").name_fi == "Uusi nimi"


def test_an_agreement_covers_interfaces_of_its_partner_alone_and_an_ended_one_stays(contact):
    crossing = db.session.query(Interface).filter(Interface.party.has(code="P-CTY")).first()
    the_town.change(the_town.record(Agreement, "A-01"), state=AgreementState.TERMINATED)
    head = "Koodi;Sopimus;Toimittaja;Yhdyspinta;Omistaja;Tila\n"
    rows = f"{head}A-01;Sopimus A-01;P-CTY;;Rehtori;\n;Poliisin tuki;P-POL;{crossing.code};;\n"

    page = bring(contact, rows, register="agreements").text
    taken(contact, f"{head};Tuki;P-CTY;{crossing.code};Rehtori;\n", "agreements")
    made = db.session.query(Agreement).filter_by(name_fi="Tuki").one()
    back = "Koodi;Sopimus;Toimittaja;Alkupäivä;Tila\n"
    taken(contact, f"{back}{made.code};Tuki;P-CTY;1.1.2026;Voimassa\n", "agreements")
    wrong = bring(contact, f"{back}{made.code};Tuki;P-CTY;;Valmistelussa\n", register="agreements").text

    assert page.count('<td class="num">2</td>') == page.count('<td class="num">3</td>') == 1
    assert the_town.record(Agreement, made.code).state is AgreementState.ACTIVE
    assert [one.code for one in db.session.get(Interface, crossing.id).agreements if one.code == made.code]
    assert "troubles-caption" in wrong


def test_an_organisation_stands_below_what_it_is_part_of_and_a_code_is_taken_once(central):
    head = "Organisaatio;Lyhenne;Tyyppi;Osa organisaatiota\n"
    rows = f"{head}Rannan ensihoito;P-ENSI;Hyvinvointialue;Rannan hyvinvointialue\n!!;;Muu;\n"

    taken(central, rows, "organisations", "CITY")
    twice = f"{head}Yksi;P-SAMA;Muu;\nKaksi;P-SAMA;Muu;\n"
    page = taken(central, twice, "organisations", "CITY")

    made = the_town.organisation_of("P-ENSI")
    assert made.parent.code == "P-CTY"
    assert the_town.organisation_of("P-ORG").name_fi == "!!"
    assert '<td class="num">3</td>' in page
    assert db.session.query(Organisation).filter_by(code="P-SAMA").count() == 0


def test_codes_made_from_names_differ():
    assert made_code("Caruna Oy", {"P-CARUNA"}, outside=True) == "P-CARUN2"
    assert made_code("Åbo Energi Ab", set(), outside=False) == "ÅBOENE"
