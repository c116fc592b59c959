"""A form that is too large is not sent: its text stays where it was written."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_a_form_that_is_too_large_stays_on_the_page_and_says_so(visit: Visit, site: Any) -> None:
    page = visit("kas.contact")
    page.goto(site.url("/functions/new"))
    text = page.locator("[name=description_fi]")
    text.evaluate("field => { field.value = 'x'.repeat(4100000); }")

    page.locator("main form[method=post] .hds-button--primary").click()

    expect(page.get_by_role("alert")).to_contain_text("Lomake on liian suuri lähetettäväksi")
    expect(page.get_by_role("alert")).to_be_focused()
    assert text.evaluate("field => field.value.length") == 4_100_000
