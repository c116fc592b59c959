"""The dependency graph by mouse, by keyboard and for assistive technology."""

import re
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_the_graph_has_no_fault_at_any_width(visit: Visit, site: Any) -> None:
    page = visit("central")
    for path in ("/graph/", "/graph/?sector=DIG&focus=F-DIG-01", "/trace/?scenario=S1&at=6&why=F-KAS-01"):
        page.goto(site.url(path))
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            assert [(path, width, fault["id"], [n["target"] for n in fault["nodes"]]) for fault in found] == []
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_arrow_keys_move_and_the_lines_of_the_focus_stand_out(visit: Visit, site: Any) -> None:
    page = visit("central")
    page.goto(site.url("/graph/"))
    parts = page.locator("a[data-part]")

    parts.first.focus()
    first = page.evaluate("() => document.activeElement.dataset.part")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("() => document.activeElement.dataset.part")
    page.keyboard.press("ArrowDown")
    third = page.evaluate("() => document.activeElement.dataset.part")

    assert len({first, second, third}) == 3
    expect(page.locator("path.is-lit").first).to_be_attached()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/functions/[0-9a-f-]{36}$"))
