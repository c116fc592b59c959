"""The trace page and `prepare trace --json` tell the same of every scenario of the demo city."""

import pytest
from lxml import html

from dependencies.vocabulary import Verdict
from prepare.actor import EVERYTHING, SYSTEM, acting_as
from prepare.sow.users import DEMO_PASSWORD
from prepare.texts import _, hours, speaking
from tests import traces


def rows_of_page(text):
    """Code → (goes down, verdict, codes of the chain), as they stand in the page's table."""
    found = {}
    for row in html.fromstring(text).xpath("//tbody/tr[th[@scope='row'] and td[@class='why']]"):
        code = row.xpath("string(th)").split()[0]
        cells = [cell.xpath("string(text() | span[1]/text())").strip() for cell in row.xpath("td")[:2]]
        found[code] = (*cells, [step.text_content().split()[0] for step in row.xpath(".//ol/li")])
    return found


def rows_of_command(disruptions):
    return {
        row["code"]: (
            _("at once") if row["down_at_h"] == 0 else hours(row["down_at_h"]),
            Verdict(row["status"]).label,
            row["chain"],
        )
        for row in disruptions
        if row["state"] == "down"
    }


@pytest.fixture
def central(demo, client):
    page = client.get("/sign-in").text
    token = html.fromstring(page).xpath("string(//form//input[@name='csrf_token']/@value)")
    person = {"email": "central@merikaupunki.example", "password": DEMO_PASSWORD, "next": "", "csrf_token": token}
    assert client.post("/sign-in", data=person).status_code == 302
    return client


def test_page_and_command_tell_the_same_of_every_scenario(central):
    for scenario in ("S1", "S2", "S3", "S4", "S6", "S7", "S9"):
        with acting_as(SYSTEM), speaking("fi"):
            told = rows_of_command(traces.of_scenario(EVERYTHING, scenario)["disruptions"])

        shown = rows_of_page(central.get(f"/trace/?scenario={scenario}").text)

        assert len(told) >= 9
        assert {code: shown.get(code) for code in told} == told
