"""The way of a plan between three roles: comments at the section, answers, return, review, withdrawal, approval."""

from datetime import date

import pytest
from sqlalchemy import select

from continuity.models.comments import PlanComment
from continuity.models.plans import Plan, PlanVersion
from continuity.queries import figures
from continuity.readiness.holdings import findings, holdings
from continuity.register import plans as register
from continuity.vocabulary.comments import CommentState
from continuity.vocabulary.plans import PlanState, Section
from dependencies.models.needs import Dependency
from prepare.actor import EVERYTHING
from prepare.audit import AuditEntry
from prepare.db import db
from tests.filled import filled


def plan(code="P-02"):
    return db.session.scalars(select(Plan).where(Plan.code == code)).one()


def version(code="P-02"):
    return db.session.scalars(select(PlanVersion).join(PlanVersion.plan).where(Plan.code == code)).one()


def newest():
    return db.session.scalars(select(PlanComment).order_by(PlanComment.id.desc())).first()


def commented(visitor, text="Kuka soittaa?", section="first_hour"):
    return visitor.send(f"/plans/versions/{version().ref}/comments/new", section=section, text=text)


def test_central_comments_at_a_section_and_the_sector_answers(town, sign_in):
    central, contact = sign_in("central"), sign_in("edu.contact")

    form = central.get(f"/plans/versions/{version().ref}/comments/new?section=first_hour").text
    assert filled(form, "section")["section"] == "first_hour"
    assert commented(central).status_code == 302
    read = contact.get(f"/plans/versions/{version().ref}").text
    assert "Kuka soittaa?" in read
    answered = contact.send(f"/plans/comments/{newest().ref}/answer", answer="Päivystäjä soittaa")

    one = newest()
    assert answered.status_code == 302
    assert (one.section, one.state, one.answer) == (Section.FIRST_HOUR, CommentState.ANSWERED, "Päivystäjä soittaa")
    assert one.answered_by_id == town.user("edu.contact").id
    assert "Päivystäjä soittaa" in central.get(f"/plans/{plan().ref}").text


def test_a_comment_is_settled_by_those_who_comment(town, sign_in):
    central = sign_in("central")
    commented(central)
    address = f"/plans/comments/{newest().ref}/settle"

    assert sign_in("edu.contact").send(address).status_code == 403
    assert sign_in("wat.contact").send(address).status_code == 404
    assert central.send(address).status_code == 302
    assert newest().state is CommentState.SETTLED
    central.send(address)
    assert "The comment has been settled." in central.get(f"/plans/{plan().ref}").text


@pytest.mark.parametrize(("person", "status"), [("edu.contact", 403), ("leadership", 403), ("wat.contact", 404)])
def test_others_do_not_comment(town, sign_in, person, status):
    assert commented(sign_in(person)).status_code == status
    assert newest().text.startswith("Huomautus")


def test_a_draft_is_not_commented_on_and_a_comment_says_something(town, sign_in):
    central = sign_in("central")
    draft = central.send(f"/plans/versions/{version('P-01').ref}/comments/new", section="", text="Aikaisin")
    empty = commented(central, text="  ")

    assert "Only a version that has been submitted is commented on." in draft.text
    assert "This is needed." in empty.text


def test_open_comments_are_reason_enough_to_return_and_wait_for_the_sector(town, sign_in):
    central, contact = sign_in("central"), sign_in("edu.contact")
    commented(central)
    told = central.get(f"/plans/{plan().ref}").text
    assert "1 comment waits for the sector&#39;s answer and goes back with the version." in told

    assert central.send(f"/plans/{plan().ref}/return", reason="").status_code == 302

    page = contact.get(f"/plans/{plan().ref}").text
    assert (version().state, version().return_reason) == (PlanState.RETURNED, None)
    assert "1 comment waits for your answer" in page
    assert "Version 1 came back for completion" in page


def test_what_was_commented_stands_beside_the_section_when_it_is_written_anew(town, sign_in):
    central, contact = sign_in("central"), sign_in("edu.contact")
    commented(central)
    central.send(f"/plans/{plan().ref}/return", reason="")

    assert "Kuka soittaa?" in contact.get(f"/plans/{plan().ref}/sections/6").text
    assert "Kuka soittaa?" not in contact.get(f"/plans/{plan().ref}/sections/5").text


def test_the_unit_reviews_and_the_page_says_so_to_the_director(town, sign_in):
    central, director = sign_in("central"), sign_in("edu.director")
    address = f"/plans/{plan().ref}"

    assert "has not begun its review" in director.get(address).text
    assert director.send(f"{address}/review").status_code == 403
    begun = central.send(f"{address}/review")
    assert (begun.status_code, version().state) == (302, PlanState.IN_REVIEW)
    assert "is reviewing the version" in director.get(f"{address}/approve").text
    central.send(f"{address}/reviewed")
    assert version().reviewed_by_central_on is not None
    assert "has reviewed the version" in director.get(address).text
    central.send(f"{address}/reviewed")
    assert "No review of this plan is going on." in central.get(address).text


@pytest.mark.parametrize("steps", [[], ["review"], ["review", "reviewed"]])
def test_the_director_approves_whether_or_not_the_unit_has_begun(town, sign_in, steps):
    central, director = sign_in("central"), sign_in("edu.director")
    for step in steps:
        central.send(f"/plans/{plan().ref}/{step}")

    director.send(f"/plans/{plan().ref}/approve", next_review="1.5.2030")

    assert version().state is PlanState.APPROVED


def test_the_sector_takes_a_submitted_version_back_or_gives_it_up(town, sign_in):
    contact = sign_in("edu.contact")
    address = f"/plans/{plan().ref}/withdraw"

    assert sign_in("central").get(address).status_code == 403
    assert "This is needed." in contact.send(address, state_reason="").text
    contact.send(address, state_reason="Luku puuttuu", goes_on="y")
    assert (version().state, version().state_reason) == (PlanState.DRAFT, "Luku puuttuu")
    assert 'name="goes_on"' not in contact.get(address).text
    contact.send(address, state_reason="Yhdistetään toiseen")
    assert (version().state, register.pending(plan())) == (PlanState.WITHDRAWN, None)
    assert "Yhdistetään toiseen" in contact.get(f"/plans/{plan().ref}").text


def approved(sign_in):
    sign_in("edu.director").send(f"/plans/{plan().ref}/approve", next_review="1.5.2030")
    db.session.expire_all()
    return version()


def test_an_approved_version_is_closed_with_its_comments(town, sign_in):
    central = sign_in("central")
    commented(central)
    one = approved(sign_in)

    central.send(f"/plans/comments/{newest().ref}/settle")
    late = commented(central, text="Myöhässä")
    answer = sign_in("edu.contact").send(f"/plans/comments/{newest().ref}/answer", answer="Myöhässä")

    assert one.state is PlanState.APPROVED
    assert newest().state is CommentState.OPEN
    assert "Only a version that has been submitted is commented on." in late.text
    assert "The version is closed, and its comments with it." in answer.text


def test_the_plan_says_what_has_changed_since_it_was_approved(town, sign_in):
    one = approved(sign_in)
    kept = figures.frozen(one)
    assert [(f.code, f.rto_h, [s.code for s in f.suppliers]) for f in kept.functions] == [
        ("F-EDU-01", 48.0, ["F-WAT-01"])
    ]
    town.change(town.function("F-EDU-01"), rto_h=24.0)
    town.change(town.record(Dependency, "D-01"), retired=True)

    page = sign_in("edu.contact").get(f"/plans/{plan().ref}").text
    read = sign_in("edu.contact").get(f"/plans/versions/{one.ref}").text

    assert "RTO 48 h → 24 h" in page
    assert "no longer needs Talousvesi" in page
    assert "Begin a new version" in page
    assert "48 h" in read
    assert "As they stood when the version was approved" in read


def test_the_trail_names_every_step(town, sign_in):
    central, contact = sign_in("central"), sign_in("edu.contact")
    central.send(f"/plans/{plan().ref}/review")
    commented(central)
    contact.send(f"/plans/comments/{newest().ref}/answer", answer="Päivystäjä")
    central.send(f"/plans/comments/{newest().ref}/settle")
    central.send(f"/plans/{plan().ref}/reviewed")
    contact.send(f"/plans/{plan().ref}/withdraw", state_reason="Kesken")

    rows = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(6)).all()
    steps = ["plan:review", "plan:comment", "plan:answer", "plan:settle", "plan:pass", "plan:withdraw"]
    assert list(reversed(rows)) == steps


def test_a_version_is_read_with_its_signatures_and_marking(town, sign_in):
    secret = sign_in("edu.contact").get(f"/plans/versions/{version('P-03').ref}").text
    cards = sign_in("edu.contact").get(f"/plans/versions/{version('P-03').ref}/cards").text

    assert "SALASSA PIDETTÄVÄ / SEKRETESSBELAGD – JulkL 24.1 § 8 k" in secret
    assert "SALASSA PIDETTÄVÄ" in cards
    assert "Nimi edu.director" in secret
    assert "Executive director" in secret
    assert date(2026, 2, 2).strftime("%-d") in secret
    assert "Purpose and scope" in secret


def test_the_finding_w15_tells_what_differs_from_the_approval_and_names_no_supplier(town, sign_in):
    edu = town.organisation_of("EDU")
    day = approved(sign_in).approved_on
    assert "W15" not in [one.rule.code for one in findings(holdings(EVERYTHING, edu, on=day), day)]
    town.change(town.function("F-EDU-01"), rto_h=24.0)
    town.change(town.record(Dependency, "D-01"), retired=True)

    found = [one for one in findings(holdings(EVERYTHING, edu, on=day), day) if one.rule.code == "W15"]

    assert [one.values["differences"] for one in found] == ["F-EDU-01 RTO 48 h → 24 h, F-EDU-01 suppliers changed"]


def test_two_versions_are_compared_on_a_page(town, sign_in):
    contact = sign_in("edu.contact")
    one = approved(sign_in)
    address = f"/plans/{plan().ref}"
    assert "There is only one version" in contact.get(f"{address}/compare").text
    contact.send(f"{address}/begin")
    section = f"{address}/sections/1"
    contact.send(section, **filled(contact.get(section).text) | {"text": "Miksi ja kenelle"})
    newer = register.pending(plan())

    page = contact.get(f"{address}/compare?old={one.number}&new={newer.number}").text

    assert "ja kenelle" in page
    assert "<ins>" in page
    assert "F-EDU-01 Kouluateriat: K3 · 48 h" in page  # as it was and as it is
    assert page.count("<h2 id=") - page.count('<h2 id="contents"') == 1  # nothing but the purpose differs
    assert contact.get(f"{address}/compare?old=x&new=y").status_code == 200
