"""Every page that links lead to, as every role: no fault for assistive technology at any width, nothing cut off.

The pages are found by following links from the start page, one address for each kind of page, so that a new page is
looked at without anybody remembering it. With EVERY_ROLE=1 in the environment each role looks at every width;
otherwise the two that see most look at one width each, which takes a tenth of the time.
"""

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

Visit = Callable[..., Page]

ROLES = ("central", "kas.contact", "kas.director", "leadership", "partner.hva", "auditor", "admin")
EVERY = [(role, (1280, 390, 320)) for role in ROLES]
SOME = [("central", (320,)), ("kas.contact", (1280,))]
LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')
#: Pages that links leave out, since they are reached by what a person types.
TYPED = ("/trace/?scenario=S1", "/functions/?q=zzz", "/glossary?q=zzz")


def endpoint_of(app: Flask, path: str) -> str | None:
    """The page that answers this address to a reader, with the words it is asked with."""
    parts = urlsplit(path)
    try:
        endpoint, _values = app.url_map.bind("localhost").match(parts.path, method="GET")
    except HTTPException:
        return None
    asked = "&".join(sorted(re.findall(r"(\w+)=[^&]", parts.query)))
    return f"{endpoint}?{asked}" if path in TYPED else endpoint


def pages_of(app: Flask, page: Page, site: Any) -> dict[str, str]:
    """One address for each kind of page that this person reaches by links."""
    found: dict[str, str] = {}
    waiting = ["/", *TYPED]
    while waiting:
        path = waiting.pop(0)
        endpoint = endpoint_of(app, path)
        if endpoint is None or endpoint == "static" or endpoint in found:
            continue
        answer = page.request.get(site.url(path))
        if answer.status == 200 and "text/html" in answer.headers["content-type"]:
            found[endpoint] = path
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(answer.text())]
    return found


def faults(page: Page) -> list[tuple[str, list[Any]]]:
    """What axe finds on the page as it stands."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize(("role", "widths"), EVERY if os.environ.get("EVERY_ROLE") else SOME)
def test_every_page_is_without_fault_at_every_width(
    app: Flask, visit: Visit, site: Any, role: str, widths: Any
) -> None:
    page = visit(role)
    pages = pages_of(app, page, site)
    assert len(pages) >= 5

    wrong = []
    for endpoint, path in pages.items():
        page.goto(site.url(path))
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [(endpoint, width, *fault) for fault in faults(page)]
            if page.evaluate("() => document.documentElement.scrollWidth") > width:
                wrong.append((endpoint, width, "wider than the screen", []))

    assert wrong == [], f"{len(pages)} pages"
