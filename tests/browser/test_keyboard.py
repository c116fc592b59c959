"""A whole edit without a mouse: sign in, find the function, change it, mend what was refused, save, submit."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from prepare.sow.users import DEMO_PASSWORD

Visit = Callable[..., Page]
MOST_STEPS = 120  #: no page of the house has more stops than this


def go_to(page: Page, what: str, *, back: bool = False) -> None:
    """Press Tab until the focus stands on this element; the focus must be seen on the way."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("(what) => document.activeElement.matches(what)", what):
            outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("() => getComputedStyle(document.activeElement).boxShadow")
            assert outline != "none" or shadow != "none", f"nobody sees that the focus is on {what}"
            return
    raise AssertionError(f"the keyboard does not reach {what} on {page.url}")


def follow(page: Page) -> None:
    """Press Enter and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, what: str, text: str) -> None:
    """Replace what stands in a field."""
    go_to(page, what)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def test_a_function_is_edited_and_saved_by_keyboard_alone(visit: Visit, site: Any) -> None:
    page = visit()
    write(page, "#email", "kas.contact@merikaupunki.example")
    write(page, "#password", DEMO_PASSWORD)
    follow(page)

    go_to(page, '.menu__groups a[href="/functions/"]')
    follow(page)
    write(page, "#q", "F-KAS-05")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    go_to(page, "#results tbody th a")
    follow(page)
    expect(page.locator("main .head .code")).to_have_text("F-KAS-05")
    go_to(page, "main .head .actions a")
    follow(page)

    write(page, "#rto_h", "9999")
    follow(page)
    expect(page.get_by_role("alert")).to_be_focused()
    go_to(page, '[role=alert] a[href="#rto_h"]')
    page.keyboard.press("Enter")
    expect(page.locator("#rto_h")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("23,5")
    write(page, "#key_skills", "Iltapäivätoiminnan vastaava")
    go_to(page, "main form:last-of-type button[type=submit]")
    follow(page)

    expect(page.get_by_role("status")).to_contain_text("Toiminto tallennettiin.")
    expect(page.locator("main")).to_contain_text("23,5 h")


def test_the_meaning_of_a_term_opens_and_closes_by_keyboard_and_gives_the_focus_back(visit: Visit, site: Any) -> None:
    page = visit("kas.contact")
    page.goto(site.url("/functions/"))

    go_to(page, '[popovertarget="term-rto_h"]')
    page.keyboard.press("Enter")
    meaning = page.locator("#term-rto_h")
    expect(meaning).to_be_visible()
    page.keyboard.press("Tab")
    expect(meaning.get_by_role("link", name="Sanasto")).to_be_focused()
    page.keyboard.press("Escape")

    expect(meaning).to_be_hidden()
    expect(page.locator('[popovertarget="term-rto_h"]')).to_be_focused()
