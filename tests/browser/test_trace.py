"""Moving through a disruption: the script shows what the server shows, by mouse and by keyboard."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

LOOK = """() => [
  ...[...document.querySelectorAll("[data-node]")]
    .map((node) => node.getAttribute("class").split(" ").sort().join(" ")),
  ...[...document.querySelectorAll(".node__sign")].map((sign) => sign.textContent),
  ...[...document.querySelectorAll("path.is-off")].map((path) => path.getAttribute("d")),
  ...[...document.querySelectorAll("[data-count], [data-phase]")].map((cell) => cell.textContent),
]"""


def test_the_script_shows_an_hour_as_the_server_does(visit: Visit, site: Any) -> None:
    page = visit("central")
    for hour in (0, 6, 24, 72):
        page.goto(site.url(f"/trace/?scenario=S1&at={hour}"))
        served = page.evaluate(LOOK)
        page.goto(site.url("/trace/?scenario=S1"))
        whole = page.evaluate(LOOK)

        page.locator("[data-hour]").fill(str(hour))

        assert page.evaluate(LOOK) == served
        page.get_by_role("link", name="Koko kulku").click()
        assert page.evaluate(LOOK)[: len(whole) // 2] == whole[: len(whole) // 2]


def test_the_hours_are_moved_through_by_keyboard(visit: Visit, site: Any) -> None:
    page = visit("central")
    page.goto(site.url("/trace/?scenario=S1"))
    slider = page.get_by_label("Tuntia alusta")

    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("[data-now]")).to_have_text("0 h")
    page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "1 h")
    page.get_by_role("button", name="Seuraava muutos").press("Enter")
    expect(page.locator("[data-now]")).to_have_text("2 h")
    page.get_by_role("button", name="Toista").press("Space")
    expect(page.get_by_role("button", name="Pysäytä")).to_be_visible()
    page.get_by_role("button", name="Pysäytä").press("Space")
    expect(page.get_by_role("button", name="Toista")).to_be_visible()
