"""Networks: what each must satisfy, its life, which of them do the same work, and how they are kept."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from prepare.actor import EVERYTHING
from prepare.audit import AuditEntry
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.vocabulary import Confidentiality
from risks import networks as rules
from risks.areas import Place, above
from risks.entries.networks import AnswerEntry, MemberEntry, NetworkEntry, RequestEntry
from risks.models.networks import Network
from risks.networks import NetworkCase, Overlap
from risks.queries import networks as queries
from risks.register import networks as register
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.safety import TargetGroup
from tests.filled import filled

ON = date(2026, 11, 21)
LINES = above([Place("E"), Place("E1", "E"), Place("W")])
YOUTH, OLDER, ALL = (TargetGroup.YOUTH,), (TargetGroup.OLDER,), (TargetGroup.ALL,)


def network(code="N-01"):
    return db.session.scalars(select(Network).where(Network.code == code)).one()


def broken(before=None, **fields):
    entry = NetworkEntry(**{"name_fi": "Verkosto", **fields})
    return [one.field for one in rules.problems(entry, before, on=ON)]


def pairs(*cases):
    return [(one.one.code, one.other.code, one.areas) for one in rules.overlaps(cases, LINES)]


def test_a_name_is_enough_at_first():
    assert broken() == []
    assert broken(name_fi=" ") == ["name_fi"]


def test_a_confidential_network_states_why_and_it_began_by_now():
    assert broken(confidentiality=Confidentiality.CONFIDENTIAL) == ["secrecy_basis"]
    assert broken(begun_on=date(2026, 11, 22)) == ["begun_on"]
    assert broken(begun_on=ON) == []


def test_a_member_stands_in_the_network_once():
    members = (MemberEntry(organisation="EDU"), MemberEntry(role="Rehtori"), MemberEntry(organisation="EDU"))

    assert broken(members=members) == ["members-2-organisation"]


@pytest.mark.parametrize("before", NetworkState)
@pytest.mark.parametrize("after", NetworkState)
def test_a_network_goes_only_the_steps_of_its_life(before, after):
    told = {"merged_into": "N-09"} if after is NetworkState.MERGED else {}
    reason = {"state_reason": "x"} if after is NetworkState.CLOSED else {}

    allowed = before is after or after in rules.STEPS[before]
    assert (broken(before, state=after, **told, **reason) == []) is allowed


def test_a_merged_network_names_the_one_it_went_into_and_a_closed_one_says_why():
    assert broken(NetworkState.ACTIVE, state=NetworkState.MERGED) == ["merged_into"]
    assert broken(NetworkState.ACTIVE, state=NetworkState.ACTIVE, merged_into="N-02") == ["merged_into"]
    assert broken(NetworkState.ACTIVE, state=NetworkState.CLOSED) == ["state_reason"]


def test_what_is_missing_is_told_of_a_network_that_works():
    bare = NetworkEntry(name_fi="Verkosto")

    assert [gap.field for gap in rules.gaps(bare)] == [name for name, _what, _why in rules.MANDATORY]
    assert rules.gaps(NetworkEntry(name_fi="Verkosto", state=NetworkState.CLOSED)) == []


def test_networks_overlap_when_area_and_target_group_meet():
    east, quarter, west = (
        NetworkCase("N1", ("E",), YOUTH),
        NetworkCase("N2", ("E1",), YOUTH),
        NetworkCase("N3", ("W",), YOUTH),
    )

    assert pairs(quarter, west, east) == [("N1", "N2", ("E1",))]
    assert pairs(east, NetworkCase("N4", ("E",), OLDER)) == []


def test_all_residents_meet_every_group_and_an_unknown_group_meets_nobody():
    everybody, old, unsaid = (
        NetworkCase("N1", ("E",), ALL),
        NetworkCase("N2", ("E",), OLDER),
        NetworkCase("N3", ("E",), ()),
    )

    assert [one.target_groups for one in rules.overlaps([everybody, old, unsaid], LINES)] == [OLDER]
    assert [one.target_groups for one in rules.overlaps([NetworkCase("N0", ("E",), OLDER), everybody], LINES)] == [
        OLDER
    ]


def test_a_network_of_the_whole_city_overlaps_only_with_another_one():
    city, other, east = NetworkCase("N1", (), YOUTH), NetworkCase("N2", (), YOUTH), NetworkCase("N3", ("E",), YOUTH)

    assert pairs(city, other, east) == [("N1", "N2", ())]


def test_members_of_both_are_told():
    one, other = (
        NetworkCase(code, ("E",), YOUTH, members)
        for code, members in (("N1", frozenset("ABC")), ("N2", frozenset("BCD")))
    )

    assert rules.overlaps([one, other], LINES) == [Overlap(one, other, ("E",), YOUTH, ("B", "C"))]


def test_the_list_finds_by_word_area_and_group_and_leaves_out_what_has_ended(town):
    town.keep(
        Network(code="N-03", organisation=town.organisation_of("CITY"), name_fi="Vanhusten ilta", target_groups=ALL),
        Network(code="N-04", organisation=town.organisation_of("CITY"), name_fi="Entinen", state=NetworkState.CLOSED),
    )

    def codes(**asked):
        return [one.code for one in db.session.scalars(queries.networks(EVERYTHING, **asked))]

    assert codes() == ["N-03", "N-01", "N-02"]
    assert codes(q="ilta") == ["N-03"]
    assert codes(areas=("ITA", "ITA-1")) == ["N-01", "N-02"]
    assert codes(areas=("IT",)) == []
    assert codes(group=TargetGroup.YOUTH) == ["N-03", "N-01", "N-02"]
    assert codes(group=TargetGroup.OLDER) == ["N-03"]
    assert codes(state=NetworkState.CLOSED) == ["N-04"]


def test_the_unit_adds_a_network_with_members_and_measures_from_its_page(town, sign_in):
    visitor = sign_in("central")
    form = filled(visitor.get("/safety/networks/new").text)
    sent = {
        "name_fi": "Rannan verkosto",
        "areas": ["ITA-1"],
        "target_groups": ["youth", "families"],
        "measures": "m-01, M-03",
        "members-0-organisation": "EDU",
        "members-1-role": "Asukasyhdistys",
    }

    answer = visitor.send("/safety/networks/new", **form | sent)

    assert answer.status_code == 302, answer.text
    made = network("N-03")
    assert (made.areas, made.target_groups) == (("ITA-1",), ("youth", "families"))
    assert (made.level, made.confidentiality) == (SteeringLevel.AREA, Confidentiality.INTERNAL)
    assert [(m.organisation_id, m.role) for m in made.in_force] == [
        (None, "Asukasyhdistys"),
        (town.organisation_of("EDU").id, None),
    ] or len(made.in_force) == 2
    assert [measure.code for measure in made.measures] == ["M-01", "M-03"]
    page = visitor.get(answer.headers["Location"]).text
    assert "Asukasyhdistys" in page
    assert "The same work is done by: Verkosto N-01" in page


def test_a_network_asks_and_the_unit_answers(town, sign_in):
    contact, unit = sign_in("edu.contact"), sign_in("central")
    address = f"/safety/networks/{network().ref}"

    contact.send(f"{address}/ask", request="Koolle kutsuminen")
    assert "Waiting for the unit" in unit.get("/safety/networks/").text
    asked = db.session.scalars(queries.requests(network())).first()
    assert (asked.code, asked.request, asked.asked_by) == ("N-01/02", "Koolle kutsuminen", "Nimi edu.contact")
    unit.send(f"/safety/network-requests/{asked.ref}/answer", answer="Kutsumme koolle.")

    assert "Kutsumme koolle." in contact.get(address).text


def test_asking_and_answering_say_something_and_only_a_network_that_works_asks(town, acting):
    with acting("central"):
        with pytest.raises(RuleBroken), transaction():
            register.ask(network(), RequestEntry(request=" "), on=ON)
        asked = db.session.scalars(queries.requests(network())).first()
        with pytest.raises(RuleBroken), transaction():
            register.answer(asked, AnswerEntry(answer=" "), on=ON)
        town.change(network(), state=NetworkState.CLOSED)
        with pytest.raises(RuleBroken), transaction():
            register.ask(network(), RequestEntry(request="Tukea"), on=ON)


def entry_of(one, **fields):
    return replace(register.seen_now(one).entry, **fields)


def test_members_who_leave_are_kept_in_the_trail_and_are_the_same_when_they_come_back(town, acting):
    with acting("central"):
        for members in ((), (MemberEntry(organisation="P-POL", role="Lähipoliisi"), MemberEntry(role="Pappi"))):
            with transaction():
                register.edit(network(), entry_of(network(), members=members), seen=register.seen_now(network()), on=ON)

    assert [(member.role, member.retired) for member in network().members] == [("Lähipoliisi", False), ("Pappi", False)]
    told = db.session.scalars(select(AuditEntry.subject).where(AuditEntry.action == "network:edit")).all()
    assert told.count("network_member") == 3


def test_a_network_is_merged_into_another_that_works(town, acting):
    with acting("central"):
        seen = register.seen_now(network())
        for into in ("N-01", "N-99"):
            merged = entry_of(network(), state=NetworkState.MERGED, merged_into=into)
            with pytest.raises(RuleBroken), transaction():
                register.edit(network(), merged, seen=seen, on=ON)
        with transaction():
            merged = entry_of(network(), state=NetworkState.MERGED, merged_into="N-02")
            register.edit(network(), merged, seen=seen, on=ON)
        town.change(network("N-02"), state=NetworkState.CLOSED)
        with transaction():
            again = entry_of(network(), purpose="Työ jatkuu toisessa.")
            register.edit(network(), again, seen=register.seen_now(network()), on=ON)

    assert (network().merged_into.code, network().purpose) == ("N-02", "Työ jatkuu toisessa.")


def test_the_network_that_it_went_into_is_not_named_to_those_who_may_not_read_it(town, acting, sign_in):
    town.change(network(), state=NetworkState.MERGED, merged_into=network("N-02"))

    with acting("admin"):
        assert register.seen_now(network()).entry.merged_into is None
    assert "N-02" not in sign_in("admin").get(f"/safety/networks/{network().ref}").text


def test_an_unknown_organisation_or_measure_is_refused(town, acting):
    with acting("central"):
        for field, fields in (
            ("members", {"members": (MemberEntry(organisation="NONE"),)}),
            ("measures", {"measures": ("M-99",)}),
        ):
            with pytest.raises(RuleBroken) as refused, transaction():
                register.edit(network(), entry_of(network(), **fields), seen=register.seen_now(network()), on=ON)
            assert refused.value.field == field


def test_a_stale_form_and_a_sector_are_refused(town, acting):
    with acting("central"), pytest.raises(StaleEntry), transaction():
        register.edit(network(), entry_of(network()), seen=None, on=ON)
    with acting("edu.contact"), pytest.raises(NotPermitted), transaction():
        register.edit(network(), NetworkEntry(name_fi="x"), seen=None, on=ON)


def test_the_report_tells_overlaps_uncovered_areas_and_networks_without_a_group(town, sign_in):
    town.keep(Network(code="N-05", organisation=town.organisation_of("CITY"), name_fi="Ryhmätön", areas=("gone",)))

    page = sign_in("central").get("/safety/networks/overlaps").text
    assert "Verkosto N-01" in page
    assert "Ryhmätön" in page
    seen_by_admin = sign_in("admin").get("/safety/networks/overlaps").text
    assert "No overlaps" in seen_by_admin  # the other one is confidential


def test_a_refused_member_is_told_at_its_row(town, sign_in):
    visitor = sign_in("central")
    address = f"/safety/networks/{network().ref}/edit"
    form = filled(visitor.get(address).text)

    twice = form | {"members-1-organisation": "P-POL", "members-1-role": "Lähipoliisi"}
    page = visitor.send(address, **twice)

    assert page.status_code == 200
    assert "This member is there already." in page.text


def test_two_people_change_members_at_the_same_time_and_see_both(town, sign_in, acting):
    visitor = sign_in("central")
    address = f"/safety/networks/{network().ref}/edit"
    form = filled(visitor.get(address).text)
    with acting("central"), transaction():
        members = (MemberEntry(role="Uusi rooli"),)
        register.edit(network(), entry_of(network(), members=members), seen=register.seen_now(network()), on=ON)

    answer = visitor.send(address, **form | {"members-1-role": "Oma rooli"})

    assert answer.status_code == 409
    assert "Uusi rooli" in answer.text
    assert "Oma rooli" in answer.text
