"""The demo's story as its people live it, in Finnish, in a browser."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

FUNCTION = "F-KAS-09"


def open_function(page: Page, code: str) -> None:
    """Find a function in the register and open it."""
    page.get_by_role("link", name="Toiminnot", exact=True).click()
    page.get_by_label("Nimi tai tunnus", exact=True).fill(code)
    page.get_by_role("button", name="Hae").click()
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.locator("#results tbody th a, #results tbody td a").first.click()
    expect(page.locator("main .head .code")).to_have_text(code)


def test_a_change_is_refused_mended_submitted_confirmed_and_told(visit: Visit) -> None:
    contact = visit("kas.contact")
    open_function(contact, FUNCTION)
    contact.get_by_role("link", name="Muokkaa", exact=True).click()
    contact.get_by_role("textbox", name="Palautumisaikatavoite (RTO)").fill("96")
    contact.get_by_role("button", name="Tallenna").click()

    field = contact.get_by_role("textbox", name="Palautumisaikatavoite (RTO)")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(contact.locator("#rto_h-error")).to_contain_text("pidempi kuin suurin siedettävä keskeytysaika")
    expect(contact.get_by_role("alert")).to_be_focused()

    field.fill("20,5")
    contact.get_by_label("Vähimmäispalvelutaso sanoin", exact=True).fill(
        "Kuljetukset pienimmille ja erityistä tukea tarvitseville."
    )
    contact.get_by_label("Omistaja (rooli)", exact=True).fill("Kuljetuspäällikkö")
    contact.get_by_label("Järjestämisvastuu", exact=True).select_option("city")
    contact.get_by_label("Tuotantotapa", exact=True).select_option("bought")
    contact.get_by_label("Vaikutus haavoittuviin ryhmiin", exact=True).select_option("yes")
    contact.get_by_role("button", name="Tallenna").click()
    expect(contact.get_by_role("status")).to_contain_text("Toiminto tallennettiin.")
    expect(contact.get_by_role("row", name=re.compile("RTO.*24 h.*20,5 h"))).to_be_visible()
    contact.get_by_role("button", name="Lähetä vahvistettavaksi").click()
    expect(contact.get_by_role("status")).to_contain_text("Lähetetty.")

    unit = visit("central")
    unit.locator("main").get_by_role("link", name=re.compile(FUNCTION)).first.click()
    expect(unit.get_by_role("row", name=re.compile("RTO.*24 h.*20,5 h"))).to_be_visible()
    unit.get_by_role("button", name="Vahvista").click()
    expect(unit.get_by_role("status")).to_contain_text("Vahvistettu.")
    expect(unit.locator(".figures")).to_contain_text("20,5 h")
    unit.get_by_role("link", name="Historia").click()
    entry = unit.locator(".trail > li").filter(has_text="Toiminto vahvistettu")
    expect(entry.get_by_role("row", name=re.compile("RTO.*24 h.*20,5 h"))).to_be_visible()


def test_a_double_click_submits_a_form_once(visit: Visit) -> None:
    contact = visit("kas.contact")
    open_function(contact, "F-KAS-08")
    contact.get_by_role("link", name="Muokkaa", exact=True).click()
    contact.get_by_label("Kuormitushuiput", exact=True).fill("Elokuusta kesäkuuhun")
    sent: list[str] = []
    contact.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    contact.get_by_role("button", name="Tallenna").dblclick()

    expect(contact.get_by_role("status")).to_contain_text("Toiminto tallennettiin.")
    assert len(sent) == 1


def test_two_people_who_edit_at_once_lose_no_text(visit: Visit, console: Any) -> None:
    first, second = visit("kas.contact"), visit("kas.director")
    for page in (first, second):
        open_function(page, "F-KAS-07")
        page.get_by_role("link", name="Muokkaa", exact=True).click()
    first.get_by_label("Avainosaaminen", exact=True).fill("Wilman pääkäyttäjä")
    first.get_by_role("button", name="Tallenna").click()
    second.get_by_label("Avainosaaminen", exact=True).fill("Viestintä kolmella kielellä")
    second.get_by_label("Kuormitushuiput", exact=True).fill("Lukuvuoden alku")

    second.get_by_role("button", name="Tallenna").click()

    expect(second.get_by_label("Avainosaaminen", exact=True)).to_have_value("Viestintä kolmella kielellä")
    expect(second.locator(".clash")).to_contain_text("Wilman pääkäyttäjä")
    expect(second.locator("main")).to_contain_text("Lukuvuoden alku")
    console.errors = [error for error in console.errors if "409" not in error]
    second.get_by_role("button", name="Tallenna").click()
    expect(second.get_by_role("status")).to_contain_text("Toiminto tallennettiin.")


def test_the_list_follows_the_search_while_it_is_typed(visit: Visit) -> None:
    page = visit("kas.contact")
    page.get_by_role("link", name="Toiminnot", exact=True).click()

    page.get_by_label("Nimi tai tunnus", exact=True).press_sequentially("LUKIOKOUL")

    expect(page.locator("#results [role=status]")).to_have_text("1 toiminto")
    expect(page).to_have_url(re.compile("q=LUKIOKOUL"))
