"""A confirmation round as its people live it, in Finnish: asked, answered otherwise, agreed, and what it changes.

The crisis support of schools (F-KAS-08) recovers by itself in 12 h. It needs one of two services of the county and
manages 8 h without: X-HVA-05, promised in 24 h, or X-HVA-04, promised in 2 h. So it is back at best within
max(12, min(24, 2) - 8) = 12 h. When both sides agree on 26 h and the need is made to last 10 h, it is
max(12, min(24, 26) - 10) = 14 h.
"""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

Visit = Callable[..., Page]


def achievable(page: Page, site: Site) -> str:
    """Within how many hours the function can be back, through its suppliers."""
    page.goto(site.url("/functions/?q=F-KAS-08"))
    page.locator("#results tbody th a").first.click()
    page.locator("#back-at-best ~ div a").first.wait_for()
    ref = page.url.rsplit("/", 1)[-1].partition("#")[0]
    page.goto(site.url(f"/recovery-times/{ref}"))
    return page.locator("#back dl > div").filter(has_text="Saavutettavissa").locator("dd").inner_text()


def sign(page: Page, button: str, hours: str, *, role: str, reason: str = "") -> None:
    """Sign one side with these hours."""
    page.get_by_role("link", name=button).click()
    page.get_by_label(re.compile("^Kuinka monen tunnin kuluessa")).fill(hours)
    page.get_by_label(re.compile("^Missä roolissa")).fill(role)
    if reason:
        page.get_by_label(re.compile("^Miksi muu aika")).fill(reason)
    page.get_by_role("button", name="Allekirjoita").click()
    expect(page.get_by_role("status").first).to_contain_text("Allekirjoitettu.")


def stands(page: Page, state: str) -> None:
    """What the page of the dependency says of both sides."""
    expect(page.locator("main .head__tags")).to_contain_text(state)


def test_a_dependency_is_asked_for_disputed_agreed_and_changes_when_the_function_is_back(
    visit: Visit, site: Site
) -> None:
    contact, partner = visit("kas.contact"), visit("partner.hva")
    assert achievable(contact, site) == "12 h"

    contact.goto(site.url("/confirmations/"))
    row = contact.locator("#results tbody tr").filter(has_text="X-HVA-04").filter(has_text="F-KAS-08")
    row.locator("th a").click()
    line = contact.url
    sign(contact, "Allekirjoita tarve", "20", role="Kuraattori")
    stands(contact, "Odottaa toimittajaa")

    partner.goto(site.url("/"))
    expect(partner.locator("main")).to_contain_text("odottaa vastaustasi")
    partner.goto(line)
    sign(partner, "Allekirjoita toimitus", "26", role="Sosiaalipäivystyksen päällikkö")
    stands(partner, "Ei vastaa tarvetta")

    contact.goto(site.url("/"))
    expect(contact.locator("main")).to_contain_text("1 lupaus ei vastaa tarvetta")
    contact.goto(site.url("/findings/?q=F-KAS-08"))
    expect(contact.locator("main")).to_contain_text("Toimittajan allekirjoittama toimitus on myöhemmin")
    assert achievable(contact, site) == "12 h"  # what nobody has agreed on changes nothing

    contact.goto(line)
    contact.get_by_role("link", name="Tarve", exact=True).click()
    contact.get_by_role("link", name="Muokkaa", exact=True).first.click()
    contact.get_by_label(re.compile("^Kuinka kauan selviätte")).fill("10")
    contact.get_by_label(re.compile("^Miten selviätte")).fill("Koulujen oma kriisiryhmä päivystää.")
    contact.get_by_role("button", name="Tallenna").click()
    contact.goto(line)
    stands(contact, "Ei allekirjoitettu")  # both sign anew, since what they signed for has changed
    sign(contact, "Allekirjoita tarve", "26", role="Kuraattori", reason="Vertaistuki kantaa pidempään")
    partner.goto(line)
    sign(partner, "Allekirjoita toimitus", "26", role="Sosiaalipäivystyksen päällikkö")
    stands(partner, "Sovittu")

    assert achievable(contact, site) == "14 h"
