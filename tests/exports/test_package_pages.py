"""The pages of a crisis package: they need nothing but themselves, and say on each for whom and until when."""

import io
import zipfile
from datetime import UTC, datetime
from posixpath import dirname, join, normpath
from urllib.parse import urlsplit

import pytest
from lxml import html

from exports import archive, signatures
from exports.package import audiences, building
from prepare.gate import visitors
from prepare.vocabulary import Role
from tests import town as the_town

AT = datetime(2026, 11, 28, 8, 15, 33, 7, tzinfo=UTC)
EVIL = "<script>alert(1)</script> & \"x\" 'y' \u202eabc"


def audience(person):
    """The first audience to which a person of the town belongs."""
    return audiences.of_person(the_town.actor_of(person))[0]


def build(person, language="fi"):
    """The package of everybody in the person's role."""
    return building.build(audience(person), language, at=AT)


@pytest.fixture
def quick(monkeypatch):
    """Packages without their workbook, which other tests look at."""
    monkeypatch.setattr(building, "_workbook", lambda *_given: b"PK")


def files(package):
    """The package unpacked: name → content."""
    with zipfile.ZipFile(io.BytesIO(package.content)) as content:
        return {name: content.read(name) for name in content.namelist()}


def pages(package):
    """Its pages: name → tree."""
    return {name: html.fromstring(content) for name, content in files(package).items() if name.endswith(".html")}


def links(tree):
    """Everything that a page names by an address."""
    return [str(link) for link in tree.xpath("//@href | //@src")]


@pytest.mark.parametrize("person", ["central", "edu.contact", "county", "police"])
def test_every_link_leads_into_the_package(town, quick, person):
    package = build(person)
    held, trees = files(package), pages(package)
    anchors = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}

    broken = []
    for name, tree in trees.items():
        for link in links(tree):
            parts = urlsplit(link)
            if parts.scheme == "tel":
                continue
            target = normpath(join(dirname(name), parts.path)) if parts.path else name
            leads = not parts.scheme and not parts.netloc and target in held
            if not leads or (parts.fragment and parts.fragment not in anchors[target]):
                broken.append((name, link))

    assert len(trees) >= 4
    assert broken == []


def test_every_file_can_be_reached_from_the_first_page(town, quick):
    package = build("central")
    held, trees = files(package), pages(package)

    found, new = set(), {"index.html"}
    while new:
        found |= new
        ways = {
            normpath(join(dirname(name), urlsplit(link).path))
            for name in new & trees.keys()
            for link in links(trees[name])
            if urlsplit(link).path
        }
        new = (ways & held.keys()) - found

    assert held.keys() - found == {"manifest.json", "manifest.sig"}


@pytest.mark.parametrize("person", ["edu.director", "county"])
def test_every_page_says_for_whom_how_secret_and_until_when(town, quick, person):
    package = build(person, "en")

    for name, tree in pages(package).items():
        text = " ".join(tree.text_content().split())
        assert text.count("Use it until 2026-12-28") == 2, name
        assert text.count(package.about.marking) == 2, name
        assert package.about.name in text, name
        assert tree.get("lang") == "en", name
        assert len(tree.xpath("//h1")) == 1, name
        assert tree.xpath("//title")[0].text.strip(), name


def test_no_page_needs_a_script_or_anything_from_elsewhere(town, quick):
    for name, tree in pages(build("central")).items():
        assert [one.get("src", "") for one in tree.xpath("//script")] == [
            f"{'../' * name.count('/')}assets/package.js"
        ], name
        assert not tree.xpath("//@style | //style | //@*[starts-with(name(), 'on')] | //iframe | //form"), name


def test_a_text_that_looks_like_a_page_is_text(town, quick):
    the_town.change(the_town.function("F-EDU-04"), name_fi=EVIL, description_fi=EVIL, owner_role=EVIL)
    package = build("edu.contact")

    told = b" ".join(content for name, content in files(package).items() if name.endswith(".html"))

    assert b"<script>alert" not in told
    assert b"&lt;script&gt;alert(1)" in told
    assert b"[U+202E]" in told
    assert "\u202e".encode() not in told


def test_the_same_records_and_moment_give_the_same_package_signed_by_this_installation(town):
    first, second = build("edu.contact"), build("edu.contact")

    assert first.content == second.content
    flaws, told = archive.verified(io.BytesIO(first.content), signatures.public_key())
    assert flaws == []
    assert told["audience"] == "sector_contact:EDU"
    assert told["expires_on"] == "2026-12-28"
    assert told["schema"].startswith("00")
    assert {"index.html", "search.html", "pdf/plan-01.pdf", "workbook/guidance.xlsx"} <= told["files"].keys()
    assert first.name == "koekaupunki_kriisipaketti_edu_sector-contact_2026-11-28_fi.zip"


def test_progress_is_told_from_the_first_step_to_the_last(town, quick):
    told = []
    building.build(audience("edu.contact"), "en", at=AT, progress=lambda *step: told.append(step))

    assert [step[0] for step in told] == sorted(step[0] for step in told)
    assert {step[1] for step in told} == {building.STEPS}
    assert all(step[2] for step in told)


def test_an_audience_sees_what_the_gate_shows_to_each_of_its_people(app, town):
    found = {}
    for one in audiences.audiences():
        person = next(n for n, (role, code) in the_town.PEOPLE.items() if (role, code) == _held(one))
        with app.test_request_context():
            found[person] = visitors.actor_of(the_town.user(person)).scope == audiences.actor_of(one).scope

    assert found.keys() == {"edu.contact", "edu.director", "wat.contact", "central", "leadership", "county", "police"}
    assert set(found.values()) == {True}


def _held(one):
    return one.role, one.organisation.code


def test_who_holds_no_role_that_leads_belongs_to_no_audience(town):
    assert [audiences.of_person(the_town.actor_of(name)) for name in ("auditor", "admin", "newcomer")] == [[], [], []]
    assert audience("county").role is Role.PARTNER
    assert audiences.languages(audience("central")) == ["en"]


def test_a_partner_without_a_share_gets_a_package_that_says_so(town, quick):
    told = {name: tree.text_content() for name, tree in pages(build("police", "en")).items()}

    assert told.keys() == {"index.html", "contacts.html", "interfaces.html", "search.html"}
    assert "No interface has been recorded that you may see." in told["interfaces.html"]
    assert "scenarios.html" not in told["index.html"]


def test_a_sector_without_a_plan_in_force_has_a_package_that_says_what_is_missing(town, quick):
    told = {name: tree.text_content() for name, tree in pages(build("wat.contact", "en")).items()}

    assert "No plan is in force." in told["plans.html"]
    assert "No plan in force holds an action card." in told["cards.html"]
    assert "P-04" in told["plans.html"]
