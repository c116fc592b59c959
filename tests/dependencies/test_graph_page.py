"""The dependency graph as a page: picture and table of what the reader may see, whole or filtered."""

import pytest
from lxml import etree, html

from dependencies import tracing
from dependencies.sight import OUTSIDE, seen
from dependencies.views import atlas, groups
from prepare.actor import EVERYTHING
from tests.dependencies.test_pages import text_of
from tests.dependencies.test_tracing import a_need, change


def codes(page):
    """Codes in the picture, and codes in the table."""
    tree = html.fromstring(page)
    drawn = tree.xpath("//*[@data-part]//*[@class='part__code']/text()")
    rows = [text.split()[0] for text in tree.xpath("//tbody/tr/th//text()[normalize-space()]") if text[1:2] == "-"]
    return set(drawn), set(rows)


def sight_of(scope):
    graph = tracing.loaded().graph
    return seen(scope, graph, tracing.cards([function.id for function in tracing.loaded().network.functions]))


def test_picture_and_table_show_the_same_functions(town, sign_in):
    page = sign_in("central").get("/graph/").text

    drawn, told = codes(page)

    assert drawn == told
    assert {"F-WAT-01", "F-WAT-02", "F-EDU-01", "X-CTY-01"} <= drawn
    assert "style=" not in page


def test_a_supplier_stands_above_its_consumer(town, sign_in):
    page = html.fromstring(sign_in("central").get("/graph/").text)

    layers = {row.xpath("string(th)").split()[0]: int(row.xpath("string(td[2])")) for row in page.xpath("//tbody/tr")}

    assert layers["F-WAT-01"] < layers["F-EDU-01"]
    assert layers["F-WAT-01"] < layers["F-EDU-06"] < layers["F-EDU-03"]


def test_what_lies_outside_the_view_is_said_once_and_counted_nowhere(town, sign_in):
    change(town, lambda: a_need(town, "F-WAT-02", "F-EDU-04", "D-81"))  # a secret consumer
    change(town, lambda: a_need(town, "F-WAT-02", "F-EDU-03", "D-82"))

    page = sign_in("edu.contact").get("/graph/").text

    drawn = html.fromstring(page).xpath("//*[@data-part]//*[@class='part__code']/text()")
    assert drawn.count("Outside your view") == 1
    assert "outside your view" in text_of(page)
    assert "F-WAT-02" not in page
    assert "Vesitorni" not in page


def test_the_layers_of_a_reader_rest_on_what_the_reader_sees(town, acting):
    """A hidden chain of suppliers does not push the reader's functions down."""
    change(town, lambda: a_need(town, "F-EDU-04", "F-WAT-02", "D-80"))
    change(town, lambda: a_need(town, "F-WAT-02", "F-WAT-03", "D-81"))

    with acting("edu.contact") as who:
        sight = sight_of(who.scope)

    school = town.function("F-EDU-04").id
    assert town.function("F-WAT-02").id not in sight.cards
    assert [tie.supplier for tie in sight.ties if tie.consumer == school].count(OUTSIDE) == 1
    assert all(town.function("F-WAT-03").id not in (tie.supplier, tie.consumer) for tie in sight.ties)


def test_a_retired_function_is_not_seen(town):
    graph = tracing.loaded().graph
    cards = tracing.cards([function.id for function in tracing.loaded().network.functions])
    strange = max(cards) + 1

    sight = seen(EVERYTHING, graph, {**cards, strange: cards[max(cards)]})

    assert strange not in sight.cards
    assert set(sight.cards) == set(cards)


def test_a_filter_shows_what_it_asks_for_and_what_that_is_linked_with(town, sign_in):
    browser = sign_in("central")

    drawn, told = codes(browser.get("/graph/?sector=EDU").text)
    assert {code for code in told if not code.startswith("F-EDU")} == set()
    assert codes(browser.get("/graph/?under=EDU").text)[1] == told | {"F-SCH-01"}  # with what lies below
    assert "F-WAT-01" in drawn  # supplies a school

    vital = codes(browser.get("/graph/?criticality=K1").text)[1]
    rows = html.fromstring(browser.get("/graph/").text).xpath("//tbody/tr[td[1]='K1']/th")
    assert vital == {row.text_content().split()[0] for row in rows}

    first = codes(browser.get("/graph/?layer=1").text)[1]
    assert "F-WAT-01" in first
    assert "F-EDU-03" not in first

    assert codes(browser.get("/graph/?sector=partners").text)[1] == {"X-CTY-01", "X-POL-01"}
    assert codes(browser.get("/graph/?kind=water").text)[1] < codes(browser.get("/graph/").text)[1]


@pytest.mark.parametrize("ask", ["sector=NON", "under=NON", "layer=99", "sector=EDU&layer=9", "kind=heat&layer=40"])
def test_a_filter_that_nothing_matches_says_so(town, sign_in, ask):
    page = sign_in("central").get(f"/graph/?{ask}")

    assert page.status_code == 200
    assert "Nothing matches the filters" in text_of(page.text)


@pytest.mark.parametrize(
    "ask", ["layer=x", "layer=-1", "layer=²", "criticality=K9", "kind=magic", "page=999", "focus="]
)
def test_a_word_that_means_nothing_asks_for_nothing(town, sign_in, ask):
    browser = sign_in("central")

    assert codes(browser.get(f"/graph/?{ask}").text) == codes(browser.get("/graph/").text)


def test_the_lines_of_a_function_stand_out_without_scripts(town, sign_in):
    browser = sign_in("central")

    page = html.fromstring(browser.get("/graph/?focus=F-EDU-03").text)
    lit = page.xpath("//*[local-name()='path'][contains(@class, 'is-lit')]")
    told = text_of(browser.get("/graph/?focus=f-edu-03").text)

    assert len(page.xpath("//*[contains(@class, 'is-focus')]")) == 1
    assert 1 <= len(lit) < len(page.xpath("//*[local-name()='path'][@data-from]"))
    assert "Needs: F-EDU-06" in told
    assert "There is no function F-NON-01" in text_of(browser.get("/graph/?focus=F-NON-01").text)


def test_a_secret_function_cannot_be_focussed_by_whoever_may_not_see_it(town, sign_in):
    page = text_of(sign_in("edu.contact").get("/graph/?focus=F-WAT-02").text)

    assert "There is no function F-WAT-02 in what you see here." in page


def test_many_functions_are_drawn_in_groups_that_lead_to_them(town, sign_in, monkeypatch):
    monkeypatch.setattr(atlas, "MOST_SINGLE", 5)
    browser = sign_in("central")

    page = html.fromstring(browser.get("/graph/").text)
    links = page.xpath("//table[.//th[text()='Vital (K1)']]//tbody//a/@href")
    counts = [int(text) for text in page.xpath("//table[.//th[text()='Vital (K1)']]//tbody/tr/td[2]/text()")]
    drawn = page.xpath("//*[@data-part]/@href")

    assert sum(counts) == len(sight_of(EVERYTHING).cards)
    assert set(drawn) == set(links)
    for link, count in zip(links, counts, strict=True):
        rows = html.fromstring(browser.get(f"/graph/{link}").text).xpath(
            "//table[.//th[text()='Is needed by']]//tbody/tr"
        )
        assert len(rows) == count


def test_too_many_groups_are_put_together(town, sign_in, monkeypatch):
    monkeypatch.setattr(atlas, "MOST_SINGLE", 5)
    monkeypatch.setattr(groups, "MOST_CELLS", 2)

    page = html.fromstring(sign_in("central").get("/graph/").text)
    partners = html.fromstring(sign_in("central").get("/graph/?sector=partners").text)

    assert len(page.xpath("//*[@data-part]")) == 2
    assert all("under=" in link or "sector=partners" in link for link in page.xpath("//*[@data-part]/@href"))
    assert "X-CTY-01" in text_of(etree.tostring(partners, encoding="unicode"))


def test_a_focus_among_many_shows_its_neighbours_one_by_one(town, sign_in, monkeypatch):
    monkeypatch.setattr(atlas, "MOST_SINGLE", 6)

    drawn, _told = codes(sign_in("central").get("/graph/?focus=F-EDU-06").text)

    assert {"F-EDU-06", "F-EDU-03", "F-WAT-01"} <= drawn


def test_beyond_a_citys_size_one_organisation_is_drawn_at_a_time(town, sign_in, monkeypatch):
    monkeypatch.setattr(tracing, "WHOLE", 3)
    browser = sign_in("central")

    asked = html.fromstring(browser.get("/graph/").text)
    places = {link.text: link.get("href") for link in asked.xpath("//ul[@class='places']//a")}
    page = browser.get(places["Education"]).text
    drawn, told = codes(page)

    assert not asked.xpath("//*[@data-part]")
    assert {"F-EDU-01", "F-EDU-03", "F-SCH-01", "F-WAT-01"} <= drawn
    assert codes(browser.get("/graph/?sector=EDU").text)[1] == told - {"F-SCH-01"}
    assert "F-WAT-01" in codes(browser.get("/graph/?focus=F-EDU-01").text)[0]
    assert browser.send("/pictures/graph", format="svg").status_code == 302


def test_the_picture_is_taken_as_a_file_that_opens_alone(town, sign_in):
    browser = sign_in("central")

    answer = browser.send("/pictures/graph?sector=EDU", format="svg")
    drawing = etree.fromstring(answer.data)

    assert answer.mimetype == "image/svg+xml"
    assert not drawing.xpath("//@href")
    assert ".part__box" in drawing.findtext("{http://www.w3.org/2000/svg}style")
    assert answer.data == browser.send("/pictures/graph?sector=EDU", format="svg").data
    assert browser.send("/pictures/graph?sector=NON", format="svg").status_code == 302
    assert browser.send("/pictures/graph", format="png").status_code == 302
