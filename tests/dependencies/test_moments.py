"""A traced disruption at one hour, as a browser without scripts shows it."""

import json

import pytest
from lxml import html

from tests.dependencies.test_pages import text_of


def counts(page):
    """The counts beside the picture, in the order down, vital, late, degraded, back."""
    return [int(number) for number in html.fromstring(page).xpath("//dl[@data-counts]//dd[@data-count]/text()")]


def nodes(page):
    """Code of every node → its state at the hour, as its class has it."""
    found = {}
    for node in html.fromstring(page).xpath("//*[@data-node]"):
        states = [word.removeprefix("at-") for word in node.get("class").split() if word.startswith("at-")]
        found[node.xpath("string(.//*[@class='node__code'])")] = "".join(states)
    return found


def test_an_hour_that_is_asked_for_shows_picture_table_and_counts_at_that_hour(town, sign_in):
    page = sign_in("central").get("/trace/?scenario=S1&at=3").text
    rows = html.fromstring(page).xpath("//tbody/tr[.//*[@data-phase]]")

    told = {row.xpath("string(th)").split()[0]: row.xpath("string(.//*[@data-phase])") for row in rows}
    picture = nodes(page)

    words = {"Works as yet": "waiting", "Out of use": "down", "Works again": "back"}
    words |= {"Works, but degraded": "degraded", "Out for longer than is tolerable": "late"}
    assert {code: words[state] for code, state in told.items()} == picture
    assert counts(page)[0] == sum(state in ("down", "late") for state in picture.values()) == 4
    assert picture["F-EDU-03"] == "waiting"  # goes down after 4 h
    assert picture["F-WAT-01"] in ("down", "late")


def test_the_hours_are_links_and_keep_what_was_asked(town, sign_in):
    page = html.fromstring(sign_in("central").get("/trace/?scenario=S1&at=6").text)

    links = page.xpath("//ul[@class='moment__hours']//a")

    assert [link.text for link in links][:3] == ["0 h", "1 h", "6 h"]
    assert links[2].get("aria-current") == "true"
    assert all(link.get("href").startswith("?scenario=S1") for link in links)
    assert page.xpath("//form[@class='moment__ask']/input[@type='hidden'][@name='scenario']/@value") == ["S1"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("nan", "Give a duration in hours"),
        ("-1", "Give a duration in hours"),
        ("8760", "Give an hour within a year."),
        ("1" * 12, "Give a duration in hours"),
    ],
)
def test_an_hour_that_is_none_is_told_beside_its_field_and_the_whole_course_shown(town, sign_in, asked, says):
    answer = sign_in("central").get(f"/trace/?scenario=S1&at={asked}")

    assert answer.status_code == 200
    assert says in text_of(answer.text)
    assert f'value="{asked}"' in answer.text
    assert set(nodes(answer.text).values()) == {""}


def test_deadlines_are_told_with_their_functions(town, sign_in):
    page = html.fromstring(sign_in("central").get("/trace/?scenario=S1").text)

    told = [" ".join(item.text_content().split()) for item in page.xpath("//ol[@class='deadlines']/li")]
    badges = page.xpath("//tbody/tr//span[starts-with(text(), 'tolerable until')]")

    assert len(told) >= 1
    assert sum(item.count("F-") for item in told) == len(badges)


def test_counts_tell_only_what_the_reader_may_read(town, sign_in):
    """The secret shelter F-EDU-06 and the water services go down as well; the contact is told of three functions."""
    contact, central = (sign_in(who).get("/trace/?scenario=S1&at=5").text for who in ("edu.contact", "central"))

    def most(page):
        rows = json.loads(html.fromstring(page).xpath("string(//dl/@data-counts)"))
        return max(row[1] for row in rows)

    assert (most(contact), counts(contact)[0]) == (3, 3)
    assert (most(central), counts(central)[0]) == (5, 5)
    assert "F-WAT-02" not in contact
