"""Writing plans section by section: several people at once, what is frozen, and what stands under the sections."""

import html

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from continuity.entries.contents import CardEntry, CardTaskEntry, DocumentEntry, SectionEntry, StrategyEntry
from continuity.models.contents import ActionCard, Strategy
from continuity.models.plans import Plan
from continuity.queries import contents as queries
from continuity.register import contents as parts
from continuity.register import plans as plan_register
from continuity.register import sections as register
from continuity.vocabulary.contents import LostResource
from continuity.vocabulary.plans import Section
from prepare.actor import EVERYTHING
from prepare.audit import AuditEntry, AuditPayload
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from tests.filled import filled

MINE = SectionEntry(text="Varakeittiö jatkaa viikon")


def plan(code="P-01"):
    return db.session.scalars(select(Plan).where(Plan.code == code)).one()


def write(of, section=Section.RECOVERY, entry=MINE, seen=None):
    with transaction():
        return register.write(of, section, entry, seen=seen or register.seen_now(of, section), at=now())


def texts(code="P-01"):
    return plan_register.texts(plan_register.pending(plan(code)))


# Texts


def test_a_section_remembers_who_wrote_it_last_and_nobody_else_is_touched(town, acting):
    with acting("edu.contact"):
        write(plan())
    with acting("edu.director"):
        write(plan(), Section.COMMUNICATION, SectionEntry(text="Tiedote", finished=True))

    rows = {row.section: row for row in plan_register.pending(plan()).sections}
    assert rows[Section.RECOVERY].author.email == town.email("edu.contact")
    assert (rows[Section.COMMUNICATION].author.email, rows[Section.COMMUNICATION].finished) == (
        town.email("edu.director"),
        True,
    )
    assert {user.email for user in plan_register.pending(plan()).authors} == {
        town.email("edu.contact"),
        town.email("edu.director"),
    }


def test_two_people_in_different_sections_never_meet(town, acting):
    with acting("edu.contact"):
        seen = register.seen_now(plan(), Section.RECOVERY)
    with acting("edu.director"):
        write(plan(), Section.COMMUNICATION, SectionEntry(text="Tiedote"))
    with acting("edu.contact"):
        write(plan(), seen=seen)

    assert (texts()[Section.RECOVERY], texts()[Section.COMMUNICATION]) == (MINE.text, "Tiedote")


def test_the_second_in_one_section_is_refused(town, acting):
    with acting("edu.contact"):
        seen = register.seen_now(plan(), Section.RECOVERY)
        write(plan())
        with pytest.raises(StaleEntry):
            write(plan(), entry=SectionEntry(text="Toinen"), seen=seen)

    assert texts()[Section.RECOVERY] == MINE.text


def test_two_people_who_write_in_one_section_are_asked(town, sign_in):
    one, other = sign_in("edu.contact"), sign_in("edu.director")
    address = f"/plans/{plan().ref}/sections/12"
    first, second = filled(one.get(address).text), filled(other.get(address).text)

    one.send(address, **first | {"text": "Varakeittiö"})
    asked = other.send(address, **second | {"text": "Naapurin <b>keittiö"})

    assert asked.status_code == 409
    assert "Varakeittiö" in asked.text
    assert filled(asked.text)["text"] == "Naapurin <b>keittiö"
    assert texts()[Section.RECOVERY] == "Varakeittiö"
    assert other.send(address, **filled(asked.text)).status_code == 302
    assert texts()[Section.RECOVERY] == "Naapurin <b>keittiö"


@pytest.mark.parametrize(("code", "told"), [("P-02", "has been submitted"), ("P-03", "is frozen")])
def test_a_frozen_version_refuses_texts_and_parts(town, acting, code, told):
    with acting("edu.contact"):
        card = db.session.scalars(queries.cards(EVERYTHING, plan(code).versions[0])).one()
        for change in (
            lambda: write(plan(code)),
            lambda: parts.add(plan(code), DocumentEntry(title="Luettelo", kept_at="Arkisto"), at=now()),
            lambda: parts.edit(card, CardEntry(title="Uusi"), seen=parts.seen_now(card), at=now()),
            lambda: parts.retire(card, at=now()),
        ):
            with pytest.raises(RuleBroken, match=told), transaction():
                change()


def test_what_stands_in_the_version_in_force_stays_frozen_while_the_next_is_written(town, acting):
    with acting("edu.contact"):
        old = db.session.scalars(queries.cards(EVERYTHING, plan("P-03").versions[0])).one()
        with transaction():
            plan_register.begin(plan("P-03"), at=now())
        with pytest.raises(RuleBroken, match="is frozen"), transaction():
            parts.retire(db.session.merge(old), at=now())
        with pytest.raises(RuleBroken, match="already"), transaction():
            plan_register.begin(plan("P-03"), at=now())
        write(plan("P-03"))

    assert texts("P-03")[Section.RECOVERY] == MINE.text
    assert Section.RECOVERY not in plan_register.texts(plan_register.in_force(plan("P-03")))


# Parts


def test_a_cards_steps_are_told_in_its_trail(town, acting):
    steps = (CardTaskEntry(what="Soita", who="Emäntä", within_min=5), CardTaskEntry(what="Tilaa"))
    with acting("edu.contact"):
        with transaction():
            card = parts.add(plan(), CardEntry(title="Keittiö", function="F-EDU-01", tasks=steps), at=now())
        with transaction():
            parts.edit(card, CardEntry(title="Keittiö", tasks=steps[::-1]), seen=parts.seen_now(card), at=now())

    assert [(one.place, one.what) for one in card.tasks] == [(1, "Tilaa"), (2, "Soita")]
    assert card.place == 2
    rows = sa.select(AuditPayload.changes).join(AuditEntry, AuditEntry.payload_id == AuditPayload.id)
    told = [row["tasks"] for row in db.session.scalars(rows.order_by(AuditEntry.id)) if row and "tasks" in row]
    assert told[-1] == [["5 min · Emäntä · Soita", "Tilaa"], ["Tilaa", "5 min · Emäntä · Soita"]]


def test_a_strategy_uses_resources_of_the_plans_own_functions(town, acting):
    entry = StrategyEntry(lost_resource=LostResource.STAFF, text="Sijaiset", resources=("F-EDU-01 Keittäjä",))
    with acting("edu.contact"):
        with transaction():
            made = parts.add(plan(), entry, at=now())
        with pytest.raises(RuleBroken) as broken, transaction():
            parts.edit(
                made,
                StrategyEntry(lost_resource=LostResource.STAFF, text="x", resources=("F-EDU-06 Vartija",)),
                seen=parts.seen_now(made),
                at=now(),
            )

    assert broken.value.field == "resources"
    assert [one.name for one in db.session.get_one(Strategy, made.id).resources] == ["Keittäjä"]


def test_a_card_names_only_functions_that_the_person_reads(town, acting):
    with acting("edu.contact"), pytest.raises(RuleBroken) as broken, transaction():
        parts.add(plan(), CardEntry(title="Vesi", function="F-WAT-01"), at=now())

    assert broken.value.field == "function"


def test_nobody_outside_writes(town, acting):
    for person in ("wat.contact", "central", "auditor", "county"):
        with acting(person), pytest.raises(NotPermitted):
            register.write(plan(), Section.RECOVERY, MINE, seen=None, at=now())


def test_a_card_is_made_reordered_and_taken_away_on_its_pages(town, sign_in):
    browser, address = sign_in("edu.contact"), f"/plans/{plan().ref}"
    form = filled(browser.get(f"{address}/cards/new").text)
    steps = {"tasks-0-what": "Toinen", "tasks-0-place": "20", "tasks-1-what": "Ensin", "tasks-1-place": "10"}

    made = browser.send(f"{address}/cards/new", **form | {"title": "Sähkö poikki", "tasks-1-within_min": "5"} | steps)
    page = browser.get(made.headers["Location"]).text
    card = db.session.scalars(select(ActionCard).where(ActionCard.title == "Sähkö poikki")).one()

    assert made.status_code == 302
    assert page.index("Ensin") < page.index("Toinen")
    again = filled(browser.get(f"/action-cards/{card.ref}/edit").text)
    assert (again["tasks-0-what"], again["tasks-0-place"], again["tasks-0-within_min"]) == ("Ensin", "10", "5")
    browser.send(f"/action-cards/{card.ref}/edit", **again | {"tasks-0-what": ""})
    assert [one.what for one in db.session.get_one(ActionCard, card.id).tasks] == ["Toinen"]
    browser.send(f"/action-cards/{card.ref}/retire")
    assert "Sähkö poikki" not in browser.get(f"{address}/sections/6").text


def test_a_refused_part_says_why_and_keeps_the_text(town, sign_in):
    browser, address = sign_in("edu.contact"), f"/plans/{plan().ref}/cards/new"
    form = filled(browser.get(address).text)

    answer = browser.send(address, **form | {"title": "Kortti", "tasks-0-what": "<b>", "tasks-0-within_min": "5000"})

    assert "A step is done within 0 to 1,440 minutes of the alarm." in answer.text
    assert filled(answer.text)["tasks-0-what"] == "<b>"


# The editor


def test_the_editor_tells_how_far_each_section_has_come_and_what_is_missing(town, sign_in):
    browser = sign_in("edu.contact")
    page = html.unescape(browser.get(f"/plans/{plan().ref}/editor").text)

    assert "0 of 14 sections are finished" in page
    assert "Nobody takes the plan into use if it does not say when." in page
    assert "1 word" in page
    assert "1 strategy" in page


def test_a_plan_that_is_not_open_is_not_written_in(town, sign_in):
    browser = sign_in("edu.contact")
    for code, path in (("P-02", "editor"), ("P-03", "sections/1"), ("P-02", "strategies/new"), ("P-03", "edit")):
        answer = browser.get(f"/plans/{plan(code).ref}/{path}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/plans/{plan(code).ref}")
    assert browser.get(f"/plans/{plan().ref}/sections/15").status_code == 404
    assert browser.send(f"/plans/{plan('P-02').ref}/begin").headers["Location"].endswith("/editor")


#: Section → what the register is to tell beside it of the plan of the demo city's schools.
KNOWN = {
    4: ("F-KAS-03", "Achievable"),
    5: ("IF-04", "Duty contacts"),
    6: ("S1 ", "F-KAS-03"),
    7: ("Needed, but without a strategy:", "Heat"),
    8: ("F-KAS-05",),
    13: ("IF-11", "Alerting"),
    14: ("Last exercised on",),
}


def test_every_section_shows_its_guidance_an_example_and_what_is_known(demo, sign_in, statements):
    browser = sign_in("kas.contact@merikaupunki.example", content={"language": "en"})
    address = f"/plans/{plan('PL-08').ref}"
    browser.send(f"{address}/begin")

    for section in Section:
        with statements() as seen:
            page = html.unescape(browser.get(f"{address}/sections/{section.place}").text)
        assert "A good example" in page
        assert ("What the register knows" in page) is (section.place in KNOWN)
        assert [told for told in KNOWN.get(section.place, ()) if told not in page] == []
        assert len(seen) <= 22, "\n".join(
            text.replace("\n", " ")[:140] + " … " + text.replace("\n", " ")[-110:] for text in seen.texts
        )


def test_a_graph_that_is_too_large_leaves_the_rest_of_the_page(demo, sign_in, monkeypatch):
    monkeypatch.setattr("dependencies.tracing.WHOLE", 10)
    browser = sign_in("kas.contact@merikaupunki.example", content={"language": "en"})
    address = f"/plans/{plan('PL-08').ref}"
    browser.send(f"{address}/begin")

    assert "too large to be computed while you wait" in html.unescape(browser.get(f"{address}/sections/6").text)
    objectives = browser.get(f"{address}/sections/4").text
    assert "F-KAS-03" in objectives
    assert "Achievable" not in objectives
