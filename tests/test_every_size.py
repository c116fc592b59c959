"""Pages ask as many questions of a large city as of a small one, and the bench that measures them keeps running."""

from collections.abc import Iterator
from functools import cache

import pytest
from sqlalchemy import func, select

from prepare import actor, texts
from prepare.actor import SYSTEM, acting_as
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions as queries
from prepare.queries.pages import counted_up_to, page
from prepare.sow.country.size import Size
from prepare.views import choosing
from tests.bench import __main__ as bench
from tests.bench.country import SIZES, country
from tests.bench.measuring import measure
from tests.bench.pages import pages

#: Sweeps run every page again for every role: counting lines there costs minutes and shows nothing new.
pytestmark = pytest.mark.no_cover

SMALL, LARGE = "small", "large"
WHO = ("central", "kas.contact")
#: Pages of one record: which parts of it there are differs, and an empty part asks nothing further.
RECORDS = {
    *("function", "function, a hub", "risk", "risk, struck", "measure"),
    *("trace, scenario", "trace, hub 24 h"),
}


@pytest.fixture(scope="module")
def lands(tmp_path_factory) -> Iterator[dict]:
    """The same city with 60 functions and with 600."""
    made = {**SIZES, SMALL: Size(60, 200), LARGE: Size(600, 2500)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.bench.country.SIZES", made)
        with (
            country(SMALL, tmp_path_factory.mktemp(SMALL)) as small,
            country(LARGE, tmp_path_factory.mktemp(LARGE)) as large,
        ):
            yield {SMALL: small, LARGE: large}


@pytest.fixture(scope="module")
def asked(lands):
    """Gives for a city and a person: page → what it cost; each is asked once for all the tests below."""

    @cache
    def told(size, who):
        browser = lands[size].browser(who)
        with lands[size].app.app_context():
            listed = list(pages(who))
        return {one.name: measure(browser, one, rounds=1) for one in listed}

    return told


@pytest.mark.parametrize("who", WHO)
def test_a_page_asks_as_many_questions_of_a_city_ten_times_as_large(asked, who):
    small, large = asked(SMALL, who), asked(LARGE, who)

    assert {name: one.status for name, one in small.items() if one.status >= 500} == {}
    assert {name: large[name].status for name in small} == {name: one.status for name, one in small.items()}
    assert large.keys() - small.keys() <= RECORDS  # a small district may have no measure to open
    more = {n: (small[n].statements, large[n].statements) for n in small if large[n].statements > small[n].statements}
    assert {name: pair for name, pair in more.items() if name not in RECORDS or pair[1] > pair[0] + 3} == {}


@pytest.mark.parametrize("who", WHO)
def test_no_page_but_the_trace_grows_with_the_city(asked, who):
    """Fifty rows are all that a list shows; a form offers what its own sector keeps."""
    small, large = asked(SMALL, who), asked(LARGE, who)
    own = ("trace", "new ")

    grown = {n: (small[n].kilobytes, large[n].kilobytes) for n in large if large[n].kilobytes > 100}
    assert {name: pair for name, pair in grown.items() if not name.startswith(own)} == {}


@pytest.mark.parametrize("order", [*queries.ORDERS])
@pytest.mark.parametrize("descending", [False, True])
def test_a_page_deep_in_the_list_is_the_one_that_counting_would_find(lands, order, descending):
    with lands[LARGE].app.app_context(), acting_as(SYSTEM):
        rows = queries.ordered(queries.functions(actor.EVERYTHING), order, descending=descending)
        every = [function.code for function in db.session.scalars(rows)]
        for offset in (0, 250, len(every) - 7):
            found = page(rows, Function.id, offset=offset, limit=50)
            assert [function.code for function in db.session.scalars(found)] == every[offset : offset + 50]


def test_counting_stops_where_it_is_told_to(lands):
    with lands[LARGE].app.app_context():
        rows = queries.functions(actor.EVERYTHING)
        assert db.session.scalar(counted_up_to(rows, Function.id, 20)) == 21
        assert db.session.scalar(counted_up_to(rows, Function.id, 9_999)) == db.session.scalar(queries.counted(rows))


def test_who_reads_a_country_chooses_among_its_municipalities(app, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.bench.country.SIZES", {"many": Size(80, 60, 40)})
        with country("many", tmp_path_factory.mktemp("many")) as land:
            browser = land.browser("country")
            listed = browser.get("/functions/").text
            deeper = browser.get("/functions/?organisation=007-KAS").text
            with land.app.app_context():
                assert db.session.scalar(select(func.count(Organisation.id))) > choosing.MOST

    assert '"040-CITY"' in listed
    assert "007-KAS" not in listed
    assert '"007-KAS" selected' in deeper


def test_the_bench_tells_what_every_page_costs(tmp_path, capsys):
    with texts.speaking("en"):
        found = bench.run("tiny", tmp_path, ["central"], "functions")

    assert all(one.status == 200 and one.statements <= 25 for one in found)
    told = capsys.readouterr().out
    assert all(one.page.name in told for one in found)
    assert "peak memory" in told
