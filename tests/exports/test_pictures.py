"""Pictures as files: they open alone, are the same for the same input, and are told to the trail."""

from io import BytesIO

import pytest
from lxml import etree
from PIL import Image
from sqlalchemy import select

from prepare.access import Action
from prepare.audit import AuditEntry, AuditPayload
from prepare.db import db

SVG = "{http://www.w3.org/2000/svg}"


def taken(browser, ask, kind):
    """The file that the browser is given."""
    return browser.send(f"/pictures/trace?{ask}", format=kind)


def test_an_svg_file_opens_alone_and_leads_nowhere(town, sign_in):
    answer = taken(sign_in("central"), "scenario=S1", "svg")

    drawing = etree.fromstring(answer.data)
    assert answer.mimetype == "image/svg+xml"
    assert "attachment; filename=s1-myrsky_" in answer.headers["Content-Disposition"]
    assert drawing.tag == f"{SVG}svg"
    assert ".node__box" in drawing.findtext(f"{SVG}style")
    assert "--city-text" in drawing.findtext(f"{SVG}style")
    assert "S1 Myrsky" in drawing.findtext(f"{SVG}title")
    assert len(drawing.xpath("//*[@data-node]")) == 5
    assert not drawing.xpath("//@href")
    assert b"http" not in answer.data.replace(b"http://www.w3.org/2000/svg", b"")


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_the_same_picture_is_the_same_file(town, sign_in, kind):
    browser = sign_in("central")

    files = {taken(browser, "scenario=S1&at=3", kind).data for _ in range(2)}
    other = taken(browser, "scenario=S1&at=0", kind).data

    assert len(files) == 1
    assert other not in files


def test_an_image_has_the_proportions_of_the_picture(town, sign_in):
    answer = taken(sign_in("central"), "hit=F-WAT-01:0:24", "png")

    image = Image.open(BytesIO(answer.data))
    assert answer.mimetype == "image/png"
    assert image.width > 500
    assert image.height > 300


def test_a_picture_shows_only_what_the_reader_may_read(town, sign_in):
    contact = taken(sign_in("edu.contact"), "scenario=S1", "svg").text

    assert "Vesitorni" not in contact
    assert "F-WAT-02" not in contact


def test_who_takes_a_picture_is_told_to_the_trail(town, sign_in):
    made = taken(sign_in("edu.contact"), "scenario=S1&at=6", "svg")

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == Action.EXPORT_PICTURE.value)).one()
    told = db.session.get(AuditPayload, entry.payload_id).changes
    assert told["shows"][1] == "S1 Myrsky · 6 h"
    assert told["file"][1] in made.headers["Content-Disposition"]
    assert len(told["sha256"][1]) == 64


@pytest.mark.parametrize("ask", ["", "scenario=S99", "function=turhaa&hours=1", "hit=nonsense"])
def test_where_there_is_no_picture_the_page_is_shown_and_nothing_is_told(town, sign_in, ask):
    answer = taken(sign_in("central"), ask, "svg")

    assert answer.status_code == 302
    assert answer.location.startswith("/trace/")
    assert not db.session.scalars(select(AuditEntry).where(AuditEntry.action == Action.EXPORT_PICTURE.value)).all()


def test_a_kind_of_file_that_does_not_exist_is_refused(town, sign_in):
    assert taken(sign_in("central"), "scenario=S1", "exe").status_code == 302
