"""Plans as PDF files: the marking and the number on every page, cards on their own pages, signatures, the trail."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from continuity.frozen import Figure, Named
from continuity.models.plans import Plan, PlanVersion
from continuity.whole import (
    Card,
    CardStep,
    Chapter,
    Contents,
    DocumentLine,
    LevelLine,
    Part,
    Signature,
    StrategyLine,
    Whole,
)
from exports.paper import sheet
from exports.paper.plan import plan_file
from exports.paper.sheet import wrapped
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db
from prepare.texts import speaking
from prepare.vocabulary import Confidentiality, Criticality
from tests.exports.papers import pages

MADE = datetime(2026, 5, 4, 9, tzinfo=UTC)
STEPS = (CardStep("Soita päivystäjälle", "Rehtori", "5 min"), CardStep("Kirjaa ylös", "", ""))
CARDS = (Card("Sähkö poissa", "Sähkö", "F-EDU-01 Ateriat", "Rehtori", STEPS), Card("Vesi poissa", "", "", "", STEPS))
CARE = Figure(
    id=1, code="F-EDU-01", name_fi="Ateriat", path="/1/", criticality=Criticality.K2, rto_h=8.0, mbco_pct=50.0
)
WHOLE = Whole(
    code="PL-01",
    name="Ruokahuollon jatkuvuussuunnitelma – åäö €",
    kind="Jatkuvuussuunnitelma",
    organisation="Kasvatus",
    city="Koekaupunki",
    number="2.1",
    state="Approved",
    is_in_force=True,
    confidentiality=Confidentiality.CONFIDENTIAL,
    secrecy_basis="JulkL 24.1 § 8 k",
    validity="4.5.2026",
    document_ref="MK 12/2026",
    parts=(
        Part(
            "",
            (
                Chapter(1, "purpose", "Purpose", "Miksi → ja \\kenelle (heti)\n\n" + "Pitkä teksti. " * 1200),
                Chapter(4, "objectives", "Functions", ""),
                Chapter(6, "first_hour", "First hour", ""),
                Chapter(7, "strategies", "Strategies", "Näin"),
                Chapter(9, "level_tasks", "Levels", ""),
                Chapter(10, "emergency_tasks", "Emergency", ""),
            ),
        ),
    ),
    contents=Contents(
        (StrategyLine("Sähkö", "Varavoimakone", "72 h", "Dieselsopimus"),),
        CARDS,
        (LevelLine("Tehostettu", "Tarkista varasto", "Emäntä", "", "24 h"),),
        (DocumentLine("Tilaluettelo", "Arkisto", "MK 3"),),
    ),
    functions=(replace(CARE, suppliers=(Named(id=2, code="F-ENE-01", name_fi="Sähköverkko", path="/1/"),)),),
    functions_as_of="As they stood",
    hidden_functions=1,
    signatures=(
        Signature("Written by", "Maija Mallinen", "Valmiusyhdyshenkilö", "1.4.2026"),
        Signature("Reviewed by", "", "", ""),
        Signature("Approved by", "Jussi Johtaja", "Toimialajohtaja", "4.5.2026"),
    ),
)


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def read(whole=WHOLE):
    return pages(plan_file(whole, at=MADE, compressed=False).content)


def test_every_page_has_the_marking_the_version_and_its_number():
    told = read()

    assert len(told) > 4
    for number, page in enumerate(told, start=1):
        assert "SALASSA PIDETTÄVÄ / SEKRETESSBELAGD – JulkL 24.1 § 8 k" in page
        assert "PL-01 · version 2.1 · Approved · Kasvatus" in page
        assert f"Page {number} / {len(told)}" in page


def test_the_first_page_has_title_signatures_and_contents():
    first = read()[0]

    assert "åäö €" in first
    assert "Maija Mallinen" in first
    assert "Jussi Johtaja" in first
    assert "Toimialajohtaja" in first
    assert "4.5.2026" in first
    assert "Not yet" in first
    assert "7 Strategies" in first


def test_the_sections_tables_and_frozen_figures_are_printed():
    told = " ".join(read())

    for text in ("Miksi", "\\kenelle (heti)", "Varavoimakone", "Dieselsopimus", "Tarkista varasto", "Tilaluettelo"):
        assert text in told
    for text in ("F-EDU-01", "8 h", "Sähköverkko", "As they stood", "1 function more is covered"):
        assert text in told
    assert "See the document." in told  # section 10


def test_each_action_card_has_a_page_of_its_own():
    one, other = read()[-2:]

    assert "Sähkö poissa" in one
    assert "Vesi poissa" not in one
    assert "Soita päivystäjälle" in one
    assert "Rehtori · 5 min" in one
    assert "Vesi poissa" in other


def test_a_plan_that_is_not_secret_and_nearly_empty_is_printed_too():
    bare = replace(
        WHOLE,
        confidentiality=Confidentiality.INTERNAL,
        contents=Contents(),
        functions=(),
        hidden_functions=0,
        document_ref="",
        parts=(Part("Strategic part", tuple(replace(one, text="") for one in WHOLE.chapters)),),
    )
    told = read(bare)

    assert all("INTERNAL" in page and "SALASSA" not in page for page in told)
    assert "Strategic part" in told[0]
    assert told[1].count("Nothing has been written here yet.") == 6


def test_the_same_plan_gives_the_same_bytes():
    assert plan_file(WHOLE, at=MADE).sha256 == plan_file(WHOLE, at=MADE).sha256
    assert plan_file(WHOLE, at=MADE).name == "pl-01-ruokahuollon-jatkuvuussuunnitelma-aao_v2.1_en.pdf"


def test_lines_are_broken_between_words_and_inside_a_word_that_is_wider_than_the_page():
    def broken(line, wide=5):
        return list(wrapped(line, wide, len))

    assert broken("aa bb cc") == ["aa bb", "cc"]
    assert broken("aaaaaaaaaaaa b") == ["aaaaa", "aaaaa", "aa b"]
    assert broken("aa  b") == ["aa  b"]
    assert broken("äö", 0.5) == ["ä", "ö", ""]
    assert "".join(broken("x" * 500, 100)) == "x" * 500


def test_a_long_card_goes_on_on_the_next_page():
    steps = tuple(CardStep(f"Vaihe {number}\n\njatkuu", "Rehtori", "") for number in range(40))
    told = read(replace(WHOLE, contents=Contents(cards=(replace(CARDS[0], steps=steps),)), parts=()))

    assert "Vaihe 0" in told[1]
    assert "Vaihe 39" in told[-1]
    assert len(told) > 3


def test_signs_that_no_font_has_do_no_harm(monkeypatch):
    monkeypatch.setattr(sheet, "find_spec", lambda _name: None)
    told = read(replace(WHOLE, contents=Contents(), parts=(Part("", (Chapter(1, "purpose", "P", "Miksi → ei"),)),)))

    assert "Miksi" in told[1]


def version(code):
    return db.session.scalars(select(PlanVersion).join(PlanVersion.plan).where(Plan.code == code)).one()


def test_a_secret_plan_is_taken_for_a_purpose_and_told_to_the_trail(town, sign_in):
    visitor = sign_in("edu.contact")
    address = f"/plans/versions/{version('P-03').ref}/pdf"

    assert "Say what the confidential plan is for." in visitor.send(address, language="fi").text
    taken = visitor.send(address, language="fi", purpose="Valmiusharjoitus")

    assert (taken.status_code, taken.mimetype) == (200, "application/pdf")
    assert taken.data.startswith(b"%PDF-")
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    told = db.session.get_one(AuditPayload, entry.payload_id).changes
    assert (entry.action, told["purpose"], told["language"]) == (
        "plan:export",
        [None, "Valmiusharjoitus"],
        [None, "fi"],
    )
    assert told["file"][1].endswith("_fi.pdf")
    assert len(told["sha256"][1]) == 64


def test_an_open_plan_is_taken_without_a_purpose_and_another_sectors_never(town, sign_in):
    address = f"/plans/versions/{version('P-02').ref}/pdf"

    assert sign_in("edu.contact").send(address, language="sv").status_code == 200
    assert sign_in("wat.contact").send(address, language="sv").status_code == 404
