"""Code lists: what a code must satisfy, new editions, and how the unit keeps the lists."""

from contextlib import contextmanager

import pytest
from sqlalchemy import select

from prepare.audit import AuditEntry
from prepare.clock import today
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.models.codes import CodeItem
from prepare.queries import organisations
from prepare.vocabulary import CodeList
from risks import codelists
from risks.codelists import Change, Line
from risks.entries.codes import CodeEntry, EditionEntry
from risks.models.risks import Risk
from risks.register import codelists as register
from tests.filled import filled

PARENTS = {"E": None, "E1": "E", "E11": "E1", "E111": "E11"}
NORTH = CodeEntry(name_fi="Pohjoinen")


@contextmanager
def refused_for(words):
    """The rule whose message has these words refuses what is done inside."""
    with pytest.raises(RuleBroken) as refused, transaction():
        yield
    assert words in refused.value.message


def broken(kind, code, entry, levels=4):
    return [one.field for one in codelists.problems(kind, code, entry, PARENTS, levels=levels)]


def item(code):
    return db.session.scalars(select(CodeItem).where(CodeItem.code == code, CodeItem.valid_to.is_(None))).one()


@pytest.mark.parametrize("code", ["", "two words", "x" * 21, "-a", "a;b"])
def test_a_code_is_short_and_has_no_blanks(code):
    assert broken(CodeList.AREA, code, NORTH) == ["code"]


def test_a_code_has_a_finnish_name():
    assert broken(CodeList.AREA, "N", CodeEntry(name_fi=" ")) == ["name_fi"]
    assert broken(CodeList.AREA, "N", NORTH) == []


def test_only_areas_lie_within_others_and_only_within_areas_that_there_are():
    assert broken(CodeList.AREA, "N", CodeEntry(name_fi="N", parent="nowhere")) == ["parent"]
    assert broken(CodeList.THREAT, "L09", CodeEntry(name_fi="N", parent="E")) == ["parent"]
    assert broken(CodeList.AREA, "N", CodeEntry(name_fi="N", parent="E")) == []


@pytest.mark.parametrize("within", ["E", "E1", "E11"])
def test_an_area_cannot_lie_within_itself_or_within_what_lies_in_it(within):
    assert broken(CodeList.AREA, "E", CodeEntry(name_fi="E", parent=within)) == ["parent"]


def test_the_tree_goes_no_deeper_than_its_levels_counting_what_moves_along():
    assert broken(CodeList.AREA, "N", CodeEntry(name_fi="N", parent="E111")) == ["parent"]
    assert broken(CodeList.AREA, "N", CodeEntry(name_fi="N", parent="E11")) == []
    deep = {**PARENTS, "W": None, "W1": "W"}
    moved = codelists.problems(CodeList.AREA, "W", CodeEntry(name_fi="W", parent="E11"), deep, levels=4)
    assert [(one.field, one.values) for one in moved] == [("parent", {"levels": 4})]


def test_own_additions_to_an_issued_list_begin_with_l():
    assert codelists.is_local(CodeList.THREAT, "L01")
    assert not codelists.is_local(CodeList.THREAT, "T01")
    assert codelists.is_local(CodeList.AREA, "keski")


def test_a_new_edition_is_read_line_by_line():
    text = "T01; Yksi; Ett; One\n\nT02;Kaksi\n"

    assert codelists.read(text) == [Line("T01", "Yksi", "Ett", "One"), Line("T02", "Kaksi", None, None)]


def test_every_line_that_cannot_be_read_is_told_with_its_number():
    with pytest.raises(RuleBroken) as refused:
        codelists.read(f"T01; Yksi\nno code here\nT01; Taas\nT03; {'x' * 201}\nT04; a; b; c; d")

    assert [rule.values["number"] for rule in refused.value.every] == [2, 3, 4, 5]


def test_a_new_edition_has_codes():
    with pytest.raises(RuleBroken):
        codelists.read(" \n ")


def test_a_new_edition_tells_what_is_new_gone_and_renamed():
    lines = [Line("T01", "Yksi", None, None), Line("T02", "Toinen", None, None), Line("T04", "Neljä", None, None)]

    changed = codelists.change({"T01": "Yksi", "T02": "Kaksi", "T03": "Kolme"}, lines)

    assert changed == Change(("T04",), ("T03",), ("T02",))


def test_the_unit_adds_an_area_that_is_then_offered(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/code-lists/new?list=area").text)

    answer = visitor.send("/code-lists/new?list=area", **form | {"code": "ITA-2", "name_fi": "Rinne", "parent": "ITA"})

    assert answer.status_code == 302, answer.text
    assert item("ITA-2").parent.code == "ITA"
    assert "Rinne" in visitor.get("/code-lists/").text
    assert "ITA-2" in [one.code for one in db.session.scalars(organisations.codes(CodeList.AREA))]


def test_a_code_stands_in_a_list_once_and_issued_lists_take_only_own_additions(town, acting):
    with acting("central"):
        with pytest.raises(RuleBroken) as refused, transaction():
            register.add(CodeList.AREA, "ITA", NORTH, on=today())
        assert [rule.field for rule in refused.value.every] == ["code"]
        with refused_for("L05"):
            register.add(CodeList.THREAT, "T99", NORTH, on=today())
        with transaction():
            assert register.add(CodeList.THREAT, "L09", NORTH, on=today()).edition == str(today().year)


def test_a_sector_keeps_no_lists(town, acting):
    with acting("edu.contact"), pytest.raises(NotPermitted), transaction():
        register.add(CodeList.AREA, "POH", NORTH, on=today())


def test_a_code_is_renamed_in_the_trail_and_a_stale_form_is_told(town, acting):
    with acting("admin"):
        seen = register.seen_now(item("ITA-1"))
        with transaction():
            register.edit(item("ITA-1"), CodeEntry(name_fi="Kallio", parent="ITA", rank=3), seen=seen)
        with pytest.raises(StaleEntry), transaction():
            register.edit(item("ITA-1"), CodeEntry(name_fi="Muu", parent="ITA", rank=3), seen=seen)

    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.subject_code) == ("code:edit", "ITA-1")


def test_an_area_with_others_within_it_stays_in_use(town, acting):
    with acting("central"):
        with refused_for("the areas within it"):
            register.retire(item("ITA"), on=today())
        inner = item("ITA-1")
        with transaction():
            register.retire(inner, on=today())
        for again in (
            lambda: register.retire(inner, on=today()),
            lambda: register.edit(inner, NORTH, seen=register.seen_now(inner)),
        ):
            with refused_for("out of use"):
                again()
        with transaction():
            register.add(CodeList.AREA, "ITA-1", NORTH, on=today())
    assert item("ITA-1").name_fi == "Pohjoinen"


def test_a_code_that_comes_back_is_told_from_the_former_one(town, acting):
    with acting("central"):
        editions = []
        for _turn in range(3):
            with transaction():
                editions.append(register.add(CodeList.AREA, "POH", NORTH, on=today()).edition)
            with transaction():
                register.retire(item("POH"), on=today())

    assert editions == [str(today().year), today().isoformat(), f"{today().isoformat()} 2"]


def test_a_new_edition_replaces_the_issued_codes_and_tells_which_are_still_carried(town, sign_in, acting):
    with acting("central"), transaction():
        register.add(CodeList.THREAT, "L01", CodeEntry(name_fi="Oma uhka"), on=today())
    visitor = sign_in("central")
    form = filled(visitor.get("/code-lists/edition").text, "lines")
    assert form["lines"] == "T-SAHKO; Sähkökatko; Sähkökatko;"

    sent = form | {"edition": "2027", "lines": "T01; Uusi uhka; Nytt hot; New threat"}
    page = visitor.send("/code-lists/edition", **sent)

    assert page.status_code == 302
    codes = [one.code for one in db.session.scalars(organisations.codes(CodeList.THREAT))]
    assert codes == ["T01", "L01"]
    text = visitor.get("/code-lists/?list=threat").text
    assert "T-SAHKO" in text
    assert "Out of use" in text


@pytest.mark.parametrize(
    ("kind", "edition", "lines"),
    [
        (CodeList.AREA, "2027", "A1; Alue"),
        (CodeList.THREAT, "2026", "T01; Uhka"),
        (CodeList.THREAT, "2027", "L01; Oma"),
    ],
)
def test_an_edition_is_of_an_issued_list_new_and_without_own_codes(town, acting, kind, edition, lines):
    with acting("central"), pytest.raises(RuleBroken), transaction():
        register.renew(kind, EditionEntry(edition=edition, lines=lines), on=today())


def test_the_page_counts_what_carries_a_code(town, sign_in):
    page = sign_in("auditor").get("/code-lists/?list=threat").text

    row = page[page.index("T-SAHKO") :].split("</tr>")[0]
    assert '<td class="num">1</td>' in row  # the storm S1


def test_the_levels_of_the_tree_are_a_list_of_their_own(town, acting):
    assert register.levels() == register.FEWEST_LEVELS
    with acting("central"), transaction():
        register.add(CodeList.AREA_LEVEL, "suurpiiri", CodeEntry(name_fi="Suurpiiri"), on=today())
        register.add(CodeList.AREA_LEVEL, "peruspiiri", CodeEntry(name_fi="Peruspiiri"), on=today())
    assert register.levels() == 2


def test_a_record_keeps_a_code_that_went_out_of_use_when_it_is_edited(town, sign_in, acting):
    town.change(town.record(Risk, "R-01"), threat="T-SAHKO", area="ITA-1")
    with acting("central"), transaction():
        register.retire(item("T-SAHKO"), on=today())
        register.retire(item("ITA-1"), on=today())
    visitor, address = sign_in("edu.contact"), f"/risks/{town.record(Risk, 'R-01').ref}/assess"

    answer = visitor.send(address, **filled(visitor.get(address).text) | {"cause": "Myrsky"})

    assert answer.status_code == 302, answer.text
    risk = town.record(Risk, "R-01")
    assert (risk.cause, risk.threat, risk.area) == ("Myrsky", "T-SAHKO", "ITA-1")
