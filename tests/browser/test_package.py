"""A crisis package as somebody opens it from a memory stick: no server, no script, on a wide and on a narrow screen."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from exports.package import audiences, building
from tests.conftest import lay

AT = datetime(2026, 11, 28, 8, 15, tzinfo=UTC)
WIDTHS = (1280, 390)
LOOKED_AT = ("index.html", "scenarios/01.html", "plans/01.html", "cards/01.html", "contacts.html", "search.html")


@pytest.fixture(scope="module")
def folder(app, demo_file, tmp_path_factory):
    """The package of a sector of the demo city, unpacked."""
    lay(app, demo_file)
    target = tmp_path_factory.mktemp("stick")
    with pytest.MonkeyPatch.context() as patch, app.app_context():
        patch.setattr(building, "_workbook", lambda *_given: b"PK")
        audience = next(one for one in audiences.audiences() if one.key == "sector_contact:KAS")
        made = building.build(audience, "fi", at=AT)
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        package.extractall(target)
    return target


@pytest.fixture
def opened(browser, folder, console):
    """Opens a page of the package: `opened("index.html", width=390, scripts=False)`."""
    contexts = []

    def enter(name, *, width=1280, scripts=False):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        console.listen(page)
        page.goto(f"file://{folder}/{name}")
        return page

    yield enter
    for context in contexts:
        context.close()


def test_the_way_through_a_package_needs_no_script(opened):
    page = opened("index.html")

    page.get_by_role("navigation").get_by_role("link", name="Toimintakortit").click()
    page.get_by_role("link", name="Koulu ilman sähköä tai vettä").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Koulu ilman sähköä tai vettä")
    expect(page.get_by_role("listitem").filter(has_text="Rehtori").first).to_be_visible()

    page.get_by_role("link", name="Hakemisto").click()
    expect(page.get_by_text("etsi sana selaimen haulla")).to_be_visible()
    expect(page.locator("#find")).to_be_hidden()
    page.get_by_role("link", name="Lukiokoulutus").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lukiokoulutus")
    expect(page.get_by_text("Käytettävä viimeistään 28.12.2026").first).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen_and_axe_finds_nothing(opened, width):
    for name in LOOKED_AT:
        page = opened(name, width=width, scripts=True)

        found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]

        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, name
        assert [(one["id"], [node["html"] for node in one["nodes"]][:2]) for one in found] == [], name


def test_a_script_narrows_the_index_and_tells_when_the_package_has_expired(opened):
    page = opened("search.html", scripts=True)
    every = page.locator("[data-words]")
    count = every.count()

    page.locator("#find").fill("koulu rehtori")

    expect(page.locator("[data-found]")).to_have_text(f"2 / {count}")
    expect(page.locator("[data-words]:visible")).to_have_count(2)

    page.clock.install(time=datetime(2027, 1, 15, tzinfo=UTC))
    page.reload()
    expect(page.locator("[data-expired]")).to_be_visible()
