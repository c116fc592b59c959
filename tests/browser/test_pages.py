"""Every page that people meet first: without a fault for assistive technology, on a phone, without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

WIDTHS = (1280, 390, 320)
PAGES = ("sign-in", "start", "functions", "no function", "function", "form with errors", "trace")


def first_function(page: Page, site: Any) -> str:
    """The address of the first function in the register."""
    page.goto(site.url("/functions/"))
    return str(page.locator("#results tbody a").first.get_attribute("href"))


def shown(visit: Visit, site: Any, name: str) -> Page:
    """One of the pages, opened as the people who use it do."""
    if name == "sign-in":
        return visit()
    page = visit("kas.contact")
    if name == "form with errors":
        page.goto(site.url(first_function(page, site) + "/edit"))
        page.locator("#rto_h").fill("9999")
        page.locator("#mbco_pct").fill("140")
        page.locator("main form button[type=submit]").click()
        expect(page.locator("#rto_h-error")).to_be_visible()
        return page
    paths = {
        "start": "/",
        "functions": "/functions/",
        "no function": "/functions/?q=ei-mitään",
        "trace": "/trace/?scenario=S1",
    }
    page.goto(site.url(paths.get(name) or first_function(page, site)))
    return page


@pytest.mark.parametrize("name", PAGES)
def test_assistive_technology_finds_no_fault_at_any_width(visit: Visit, site: Any, name: str) -> None:
    page = shown(visit, site, name)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(width, fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_register_works_without_scripts(visit: Visit, site: Any) -> None:
    page = visit("kas.contact", scripts=False)

    page.goto(site.url("/functions/"))
    page.get_by_label("Nimi tai tunnus").fill("koulukulj")
    page.get_by_role("button", name="Hae").click()
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.locator("#results tbody th a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Koulukuljetukset")


def test_the_language_is_chosen_on_the_page_and_keeps_it(visit: Visit, site: Any) -> None:
    page = visit("auditor")
    page.goto(site.url("/functions/?q=koulu"))

    page.get_by_role("button", name="Svenska").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kritiska funktioner")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    assert page.url == site.url("/functions/?q=koulu")


def test_the_keyboard_reaches_the_content_first(visit: Visit, site: Any) -> None:
    page = visit("kas.contact")

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_a_missing_page_shows_its_request_id_and_a_way_out(visit: Visit, site: Any, console: Any) -> None:
    page = visit("kas.contact")

    page.goto(site.url("/functions/00000000-0000-4000-8000-000000000000"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Sivua ei löytynyt")
    expect(page.get_by_role("link", name="Etusivulle")).to_be_visible()
    console.errors = [error for error in console.errors if "404" not in error]
