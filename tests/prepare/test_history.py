"""What has changed, in words: of one record, and who did what in the whole trail."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from continuity.models.plans import Plan
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Need
from prepare import audit, clock
from prepare.access import Action
from prepare.actor import acting_as
from prepare.audit import Audited
from prepare.db import Base, db, transaction
from prepare.forms.columns import label_in
from prepare.forms.kinds import KINDS
from prepare.models.functions import Function, FunctionRevision
from prepare.queries import trail as queries
from prepare.texts import speaking
from prepare.views import history
from prepare.views.asked import asked
from prepare.views.telling import Teller
from risks.models.risks import Risk
from tests import town as the_town


def tell(record, changes, action=Action.EDIT_FUNCTION, by="central"):
    """Write an entry about a record, as a register would."""
    with acting_as(the_town.actor_of(by)), the_town.doing(action), transaction():
        audit.note(db.session.merge(record, load=True), changes)


def newest(name="central"):
    """The newest entry in words, as this person reads it."""
    scope = the_town.actor_of(name).scope
    rows = db.session.execute(queries.trail(scope).limit(1)).all()
    return next(iter(Teller(scope, [(row[0], row[1]) for row in rows])))


def changes(entry):
    return [(change.label, change.before, change.after) for change in entry.changes]


# In words


def test_values_are_told_in_words_with_units(town):
    tell(
        town.function("F-EDU-01"),
        {
            "rto_h": [48.0, 96.0],
            "vulnerable_groups": [None, True],
            "criticality": ["K3", "K2"],
            "capability_on": [None, "2026-05-04"],
            "mbco_pct": [50.0, None],
        },
    )

    with speaking("fi"):
        told = changes(newest())

    assert ("Palautumisaikatavoite (RTO)", "48 h", "4 vrk") in told
    assert ("Vaikutus haavoittuviin ryhmiin", None, "Kyllä") in told
    assert ("Kriittisyysluokka", "K3 Tärkeä", "K2 Kriittinen") in told
    assert ("Palautumiskyky todettu", None, "4.5.2026") in told
    assert ("Vähimmäispalvelutaso", "50\N{NO-BREAK SPACE}%", None) in told


def test_people_and_organisations_are_told_by_name(town):
    edu, water = town.organisation_of("EDU"), town.organisation_of("WAT")
    person = town.user("edu.contact")

    tell(edu, {"contact_id": [None, person.id], "parent_id": [edu.id, water.id]})

    assert changes(newest()) == [
        ("Part of", "Education", "Waterworks"),
        ("Preparedness contact", None, "Nimi edu.contact"),
    ]


def test_a_function_is_told_by_code_and_name_when_the_reader_may_see_it(town):
    need = db.session.scalars(select(Need)).first()
    secret, open_one = town.function("F-WAT-02"), town.function("F-WAT-01")
    tell(need, {"supplier_id": [secret.id, open_one.id]})

    def told(name):
        change = Teller(the_town.actor_of(name).scope, _rows())
        return [(one.before, one.after) for entry in change for one in entry.changes]

    def _rows():
        rows = select(audit.AuditEntry, audit.AuditPayload).join(
            audit.AuditPayload, audit.AuditPayload.id == audit.AuditEntry.payload_id
        )
        return [(row[0], row[1]) for row in db.session.execute(rows.order_by(audit.AuditEntry.id.desc()).limit(1))]

    tell(need, {"consumer_id": [secret.id, open_one.id]})
    assert told("central")[0][0].startswith("F-WAT-02 ")
    assert told("admin")[0] == ("outside your view", told("central")[0][1])


def test_codes_of_functions_that_the_reader_may_not_know_are_only_counted(town):
    risk = town.record(Risk, "R-01")
    tell(risk, {"functions": [["F-EDU-04"], ["F-EDU-04", "F-WAT-02"]]})

    assert "F-WAT-02" in newest("central").changes[0].after
    seen = newest("admin").changes[0]
    assert seen.before.startswith("F-EDU-04 ")
    assert seen.after.endswith("1 function outside your view")


def test_a_draft_change_is_unfolded_field_by_field(town):
    function = town.function("F-EDU-04")
    revision = db.session.scalars(select(FunctionRevision).where(FunctionRevision.function == function)).first()
    before = {"rto_h": 24.0, "criticality": "K2", "customers": None}

    tell(
        revision,
        {
            "entry": [before, {**before, "rto_h": 12.0}],
            "impacts": [{"LIFE": [1, 1, 2, 2, 3, 3, 4]}, {"LIFE": [1, 1, 2, 2, 3, 4, 4]}],
        },
    )

    assert changes(newest()) == [
        ("Recovery time objective (RTO)", "24 h", "12 h"),
        ("Life and health", "1, 1, 2, 2, 3, 3, 4", "1, 1, 2, 2, 3, 4, 4"),
    ]


def test_a_long_text_is_told_word_by_word_with_a_text_alternative(town, sign_in):
    text = "Varavoima riittää kaksi tuntia, minkä jälkeen ruoka jaetaan kylmänä kaikille oppilaille."
    tell(town.function("F-EDU-01"), {"description_fi": [text, text.replace("kaksi", "kolme")]})

    page = sign_in("edu.contact").get(f"/functions/{town.function('F-EDU-01').ref}/trail").text

    assert re.search(r"<del><span class=\"vh\">\[taken out: </span>kaksi<span", page)
    assert re.search(r"<ins><span class=\"vh\">\[put in: </span>kolme<span", page)


def test_markup_in_a_change_is_shown_and_not_obeyed(town, sign_in):
    text = "<script>alert(1)</script> " * 4
    tell(town.function("F-EDU-01"), {"description_fi": [text, text + "<b>x</b>"], "name_fi": ["<i>a</i>", "<i>b</i>"]})

    page = sign_in("edu.contact").get(f"/functions/{town.function('F-EDU-01').ref}/trail").text

    assert "<script>alert" not in page
    assert "<i>a</i>" not in page
    assert "&lt;i&gt;a&lt;/i&gt;" in page


def test_every_column_of_every_record_has_a_finnish_label(app):
    with speaking("fi"):
        bare = [
            f"{mapper.class_.__tablename__}.{column.key}"
            for mapper in Base.registry.mappers
            if issubclass(mapper.class_, Audited)
            for column in mapper.column_attrs
            if column.key not in mapper.class_.derived
            if column.key not in audit.UNTOLD and label_in(mapper.class_.__tablename__, column.key) == column.key
        ]

    assert not bare


def test_every_kind_of_audited_record_has_a_name():
    tables = {m.class_.__tablename__ for m in Base.registry.mappers if issubclass(m.class_, Audited)}

    assert tables <= KINDS.keys()


# Of one record


@pytest.mark.parametrize(
    ("kind", "code", "address"),
    [
        (Function, "F-EDU-04", "functions"),
        (Risk, "R-01", "risks"),
        (Plan, "P-01", "plans"),
        (Interface, "I-01", "interfaces"),
    ],
)
def test_a_record_leads_to_its_history_and_back(town, sign_in, kind, code, address):
    record = town.record(kind, code)
    home = f"/{address}/{record.ref}"
    browser = sign_in("central")

    assert f'href="{home}/trail"' in browser.get(home).text
    assert f'href="{home}"' in browser.get(f"{home}/trail").text


def test_the_history_of_a_record_holds_its_parts_and_nothing_else(town, sign_in):
    function, other = town.function("F-EDU-04"), town.function("F-EDU-01")
    revision = db.session.scalars(select(FunctionRevision).where(FunctionRevision.function == function)).first()
    tell(revision, {"return_reason": [None, "Osan muutos"]})
    tell(other, {"return_reason": [None, "Toisen muutos"]})

    page = sign_in("edu.contact").get(f"/functions/{function.ref}/trail").text

    assert "Osan muutos" in page
    assert "Toisen muutos" not in page


def test_every_history_is_of_a_record_with_a_reference():
    kinds = {"function", "risk", "plan", "need", "dependency", "interface", "scenario", "resource"}

    assert kinds <= history.ENDPOINTS.keys()


# Who did what


def found(name="central", **filters):
    """The codes of the entries that the filter gives, newest first."""
    numbers = queries.wanted(the_town.actor_of(name).scope, asked(filters))
    rows = db.session.execute(queries.told(numbers, most=1000))
    return [row[0].subject_code for row in rows]


@pytest.fixture
def told(town, monkeypatch):
    """Entries by two people on three days, of which two lie on either side of a Finnish midnight."""
    moments = {
        "F-EDU-01": ("2026-03-28T21:59:59+00:00", "edu.contact", Action.EDIT_FUNCTION),
        "F-EDU-02": ("2026-03-28T22:00:00+00:00", "edu.contact", Action.SUBMIT_FUNCTION),
        "F-WAT-03": ("2026-03-29T20:59:59+00:00", "central", Action.RETURN_FUNCTION),
        "F-EDU-06": ("2026-03-29T21:00:00+00:00", "edu.director", Action.EDIT_FUNCTION),
    }
    for code, (at, by, action) in moments.items():
        monkeypatch.setenv("PREPARE_NOW", at)
        tell(town.function(code), {"return_reason": [None, code]}, action, by)
    return town


def test_a_period_is_days_in_finland_also_when_the_clocks_are_moved(told):
    assert found(**{"from": "2026-03-29", "to": "2026-03-29"}) == ["F-WAT-03", "F-EDU-02"]
    assert found(**{"to": "2026-03-28", "from": "2026-03-28"}) == ["F-EDU-01"]
    assert found(**{"from": "2026-03-30", "to": "2026-03-30"}) == ["F-EDU-06"]
    assert clock.begins(datetime(2026, 3, 30, tzinfo=UTC).date()) == datetime(2026, 3, 29, 21, tzinfo=UTC)


@pytest.mark.parametrize("person", ["edu.contact@town.example", "EDU.CONTACT@town.example", "Nimi edu.contact"])
def test_a_person_is_asked_for_by_address_or_name(told, person):
    assert found(person=person) == ["F-EDU-02", "F-EDU-01"]


def test_the_system_itself_and_unknown_people_can_be_asked_for(told):
    assert found(person="nobody@town.example") == []
    assert set(found(person="prepare")) <= set(found())


def test_conditions_narrow_one_another(told):
    assert found(person="edu.contact@town.example", action="function:submit") == ["F-EDU-02"]
    assert found(organisation="WAT", **{"from": "2026-03-28"})[:1] == ["F-WAT-03"]
    assert found(kind="function", code="f-edu-0", **{"from": "2026-03-28"})[:3] == ["F-EDU-06", "F-EDU-02", "F-EDU-01"]
    assert found(kind="risk", code="F-EDU") == []


def test_one_field_finds_a_code_or_a_person(told):
    assert found(q="f-wat-03")[:1] == ["F-WAT-03"]
    assert set(found(q="edu.dir")) == {"F-EDU-06", "edu.director@town.example", "edu.director@town.example EDU"}
    assert found(q="nobody at all") == []


def test_nobody_finds_more_than_their_scope(told):
    assert "F-EDU-06" in found("auditor")
    assert "F-EDU-06" not in found("admin")
    assert "F-EDU-06" not in found("admin", code="F-EDU-06")
    assert found("police", code="F") == []


def test_only_what_stands_in_the_trail_can_be_chosen(told, sign_in):
    page = sign_in("admin").get("/trail/").text

    assert 'value="edu.contact@town.example"' in page
    assert 'value="function:submit"' in page
    assert 'value="edu.director@town.example"' not in page, "changed only what the administrator may not see"
    assert 'value="plan:approve"' not in page


def test_entries_stand_under_their_day(told, sign_in):
    page = sign_in("central").get("/trail/?code=F-&from=2026-03-28&to=2026-03-30").text

    assert re.findall(r'<h2 class="trail__day"[^>]*>([^<]+)<', page) == ["2026-03-30", "2026-03-29", "2026-03-28"]


def test_a_long_trail_is_counted_only_so_far(told, sign_in, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)

    page = sign_in("central").get("/trail/").text

    assert "More than 3 entries" in page
