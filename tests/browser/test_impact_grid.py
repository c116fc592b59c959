"""The impact grid with a keyboard, and what it tells while it is filled in."""

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def opened(visit: Visit, site: Any, *, scripts: bool = True) -> Page:
    """The grid of a function whose impacts have been assessed; nothing is saved here."""
    page = visit("kas.contact", scripts=scripts)
    page.goto(site.url("/functions/?q=F-KAS-01"))
    page.goto(site.url(page.locator("#results tbody a").first.get_attribute("href") + "/impacts"))
    return page


def test_arrows_move_between_the_cells_and_a_digit_sets_one(visit: Visit, site: Any) -> None:
    page = opened(visit, site)

    page.locator("#LIFE-T1").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "5"):
        page.keyboard.press(key)

    expect(page.locator("#SERVICE-T3")).to_be_focused()
    expect(page.locator("#SERVICE-T3")).to_have_value("5")
    expect(page.locator("#LIFE-T1")).to_have_value("1")
    page.keyboard.press("End")
    expect(page.locator("#SERVICE-T7")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#SERVICE-T7")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#SERVICE-note")).to_be_focused()


def test_a_contradiction_is_told_at_once_and_leads_to_its_cell(visit: Visit, site: Any) -> None:
    page = opened(visit, site)
    expect(page.locator("#checks")).to_contain_text("Ei ristiriitoja")

    page.get_by_label("Talous, 3–7 vrk").focus()
    page.keyboard.press("1")

    told = page.locator("#checks a")
    expect(told).to_contain_text("Talous: vaikutus pienenee tasolta 3 (1–3 vrk) tasolle 1 (3–7 vrk)")
    told.click()
    expect(page.locator("#ECON-T5")).to_be_focused()


def test_assistive_technology_finds_no_fault_in_the_grid_at_any_width(visit: Visit, site: Any) -> None:
    page = opened(visit, site)
    page.locator("main summary").click()
    page.get_by_label("Mikä luokka kärsii pahiten?").select_option("LIFE")
    page.get_by_role("button", name="Ehdota taulukkoa").click()
    expect(page.get_by_role("heading", name="Tämä taulukko on vasta ehdotus")).to_be_visible()

    for width in (1280, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(width, fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_without_scripts_the_grid_is_proposed_and_checked_too(visit: Visit, site: Any) -> None:
    page = opened(visit, site, scripts=False)

    page.get_by_label("Talous, 3–7 vrk").select_option("1")
    page.get_by_role("button", name="Tarkista taulukko").click()

    expect(page.locator("#checks a")).to_contain_text("Talous: vaikutus pienenee")
