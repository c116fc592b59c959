"""The guidance as people use it: written, issued, answered, carried over, and seen side by side."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from prepare.checks import Check, CheckResult
from prepare.clock import today
from prepare.db import db, transaction
from prepare.entries import AnswerEntry, GuidanceVersionEntry, IssueEntry
from prepare.errors import NotPermitted, RuleBroken, StaleEntry
from prepare.loading import guidance as loading
from prepare.merging import Seen
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement, RequirementAnswer
from prepare.register import guidance as register
from prepare.register import requirement_answers
from prepare.vocabulary import AnswerStatus, Confidentiality
from tests.filled import filled

TOMORROW = today() + timedelta(days=1)


def of(town, code):
    """The version, chapter, requirement or answer with this code."""
    kinds = {1: (GuidanceVersion,), 2: (GuidanceChapter, Requirement), 3: (RequirementAnswer,)}
    found = [one for kind in kinds[len(code.split())] for one in db.session.scalars(select(kind))]
    return next(one for one in found if one.code == code)


def address(town, organisation="EDU"):
    return f"/guidance/organisations/{town.organisation_of(organisation).ref}"


def texts(visitor, path):
    return visitor.get(path).text


def test_a_contact_begins_at_the_own_organisation_and_answers_one_after_the_other(town, sign_in):
    visitor = sign_in("edu.contact")
    page = texts(visitor, "/guidance/")
    assert "2 of 3" in page  # VO-02 is for those with K1 functions
    assert "Vaatimus VO-01 (G-01)" in page
    assert "Vaatimus VO-02" not in page

    answering = texts(visitor, f"{address(town)}/answer")
    assert "Vaatimus VO-04" in answering
    sent = visitor.send(f"{address(town)}/answer", **filled(answering) | {"status": "met", "another": "y"})

    assert sent.headers["Location"].endswith(address(town))  # none is open any more
    answer = of(town, "G-01 VO-04 EDU")
    assert (answer.status, answer.answered_on) == (AnswerStatus.MET, today())
    assert answer.answered_by_id == town.user("edu.contact").id
    assert "3 of 3" in texts(visitor, "/guidance/")
    assert "Requirement of the guidance answered" in texts(visitor, f"/guidance/answers/{answer.ref}/trail")
    assert visitor.get(f"{address(town)}/answer").status_code == 302


def test_the_next_open_one_follows_and_what_the_register_counted_is_kept(town, sign_in):
    visitor = sign_in("wat.contact")
    first = f"{address(town, 'WAT')}/answer?requirement=VO-01"

    sent = visitor.send(first, **filled(texts(visitor, first)) | {"status": "met", "another": "y"})

    assert sent.headers["Location"].endswith("requirement=VO-02")
    answer = of(town, "G-01 VO-01 WAT")
    assert (answer.counted_result, answer.counted_good, answer.counted_of) == (CheckResult.NOT_MET, 0, 2)
    assert "Differs from the register" in texts(visitor, address(town, "WAT"))


def test_an_answer_that_sets_aside_without_a_reason_is_refused_on_the_page(town, sign_in):
    visitor, where = sign_in("edu.contact"), f"{address(town)}/answer?requirement=VO-04"

    sent = visitor.send(where, **filled(texts(visitor, where)) | {"status": "na", "evidence": "Päätös 3 §"})

    assert "Say why the requirement does not concern you." in sent.text
    assert "Päätös 3 §" in sent.text


def test_two_who_answer_at_once_see_each_other(town, sign_in):
    one, other = sign_in("edu.contact"), sign_in("edu.director")
    where = f"{address(town)}/answer?requirement=VO-04"
    mine, theirs = filled(texts(one, where)), filled(texts(other, where))
    one.send(where, **mine | {"status": "met", "comment": "Minun"})

    late = other.send(where, **theirs | {"status": "partly", "comment": "Toisen"})

    assert late.status_code == 409
    assert "Minun" in late.text
    assert "Toisen" in late.text


def test_those_who_answer_for_none_begin_with_the_sectors_side_by_side(town, sign_in):
    page = texts(sign_in("leadership"), "/guidance/")

    assert "Guidance side by side" in page
    assert "answer: Partly met, register: Not met, differs" in page
    assert "Not begun" in page  # the waterworks
    assert "Education" in texts(sign_in("leadership"), "/guidance/?organisation=EDU")


def test_what_is_secret_is_read_by_those_who_may(town, sign_in):
    for name, sees in (("admin", False), ("edu.contact", True), ("central", True)):
        page = texts(sign_in(name), f"/guidance/versions/{of(town, 'G-01').ref}")
        assert ("Luku 2 (G-01)" in page) is sees
        assert ("Vaatimus VO-03" in page) is sees


def test_a_draft_is_written_and_issued_with_a_look_at_what_changes(town, sign_in):
    visitor, draft = sign_in("central"), of(town, "G-02")
    page = f"/guidance/versions/{draft.ref}"
    chapter = texts(visitor, f"{page}/chapters/new")
    visitor.send(f"{page}/chapters/new", **filled(chapter) | {"title_fi": "Uusi luku", "text_fi": "Teksti"})
    added = filled(texts(visitor, f"{page}/requirements/new"))
    visitor.send(f"{page}/requirements/new", **added | {"text_fi": "Uusi vaatimus", "sectors": "EDU"})
    where = f"/guidance/requirements/{of(town, 'G-02 VO-01').ref}/edit"
    visitor.send(where, **filled(texts(visitor, where)) | {"text_fi": "Vaatimus VO-01 (G-01)", "cycle_months": "6"})
    where = f"/guidance/chapters/{of(town, 'G-02 1').ref}/edit"
    visitor.send(where, **filled(texts(visitor, where)) | {"out_of_use": "y"})
    visitor.send(f"{page}/edit", **filled(texts(visitor, f"{page}/edit")) | {"summary": "Lyhyempi"})

    shown = texts(visitor, page)
    assert "Uusi luku" in shown
    assert "VO-05" in shown
    preview = texts(visitor, f"{page}/issue")
    assert "Uusi vaatimus" in preview
    assert "Answers stay" in preview  # only the cycle of VO-01 changed
    assert "Answered again" in preview  # the words of VO-03
    sent = visitor.send(f"{page}/issue", **filled(preview, "valid_from") | {"valid_from": TOMORROW.isoformat()})

    assert sent.status_code == 302
    assert "1 answer was carried over." in texts(visitor, page)
    carried = of(town, "G-02 VO-01 EDU")
    assert (carried.carried_from.code, carried.status) == ("G-01", AnswerStatus.PARTLY)
    assert visitor.get(f"{page}/edit").status_code == 302
    assert "An issued version cannot be changed" in texts(visitor, page)
    assert "Version of the guidance issued" in texts(visitor, f"{page}/trail")


def issued(town, acting, valid_from):
    """The draft of the town, issued, with the requirements of the version before it."""
    for mark in ("VO-01", "VO-03", "VO-04"):
        town.change(of(town, f"G-02 {mark}"), text_fi=of(town, f"G-01 {mark}").text_fi)
    with acting("central"), transaction():
        return register.issue(of(town, "G-02"), IssueEntry(valid_from=valid_from), on=today())


def answer(town, acting, who, code, status, *, seen=None):
    organisation, requirement = town.organisation_of("EDU"), of(town, code)
    entry = AnswerEntry(status=status)
    with acting(who), transaction():
        seen = seen or requirement_answers.answer_now(organisation, requirement)
        return requirement_answers.answer(organisation, requirement, entry, seen=seen, counted=None, on=today())


def test_answers_given_until_the_new_version_begins_go_over_too(town, acting):
    assert issued(town, acting, TOMORROW) == 2

    answer(town, acting, "edu.contact", "G-01 VO-04", AnswerStatus.NOT_MET)
    answer(town, acting, "edu.contact", "G-01 VO-01", AnswerStatus.MET)
    assert of(town, "G-02 VO-04 EDU").status is AnswerStatus.NOT_MET
    assert of(town, "G-02 VO-01 EDU").status is AnswerStatus.MET

    answer(town, acting, "edu.contact", "G-02 VO-01", AnswerStatus.PARTLY)  # given to the new version itself
    answer(town, acting, "edu.contact", "G-01 VO-01", AnswerStatus.NOT_MET)
    assert of(town, "G-02 VO-01 EDU").status is AnswerStatus.PARTLY
    assert of(town, "G-02 VO-01 EDU").carried_from_id is None


def test_a_version_is_in_force_from_its_day_on_and_the_one_before_no_longer(town, acting):
    issued(town, acting, TOMORROW)
    with acting("edu.contact") as who:
        edu = town.organisation_of("EDU")
        numbers = [loading.current(who.scope, edu, on=day).number for day in (today(), TOMORROW)]

    assert numbers == ["1.0", "1.1"]


def test_the_old_answer_is_at_hand_where_the_words_changed(town, acting, sign_in):
    with acting("central"), transaction():
        register.issue(of(town, "G-02"), IssueEntry(valid_from=today()), on=today())
    visitor = sign_in("edu.contact")

    page = texts(visitor, f"{address(town)}/answer?requirement=VO-01")

    assert "What you said before, in version 1.0" in page
    assert "Vastaus VO-01" in page


def test_the_register_refuses_what_the_rules_forbid(town, acting):
    with acting("central"):
        with pytest.raises(RuleBroken, match="already"), transaction():
            register.add(town.organisation_of("CITY"), GuidanceVersionEntry(number="3.0"))
        with pytest.raises(RuleBroken, match="cannot be changed"), transaction():
            register.issue(of(town, "G-01"), IssueEntry(valid_from=TOMORROW), on=today())
    with pytest.raises(NotPermitted):
        answer(town, acting, "central", "G-01 VO-04", AnswerStatus.MET)
    with pytest.raises(RuleBroken, match="not been issued"):
        answer(town, acting, "edu.contact", "G-02 VO-01", AnswerStatus.MET)
    with pytest.raises(StaleEntry):
        answer(town, acting, "edu.contact", "G-01 VO-01", AnswerStatus.MET, seen=Seen(AnswerEntry()))


def test_a_new_version_is_a_copy_of_the_newest_without_what_was_left_out(town, acting, sign_in):
    town.change(of(town, "G-02 VO-03"), out_of_use=True)
    with acting("central"), transaction():
        register.issue(of(town, "G-02"), IssueEntry(valid_from=TOMORROW), on=today())
    visitor = sign_in("central")

    sent = visitor.send(
        "/guidance/versions/new", **filled(texts(visitor, "/guidance/versions/new")) | {"number": "2.0"}
    )

    begun = of(town, "G-03")
    assert sent.headers["Location"].endswith(f"/guidance/versions/{begun.ref}")
    assert [one.mark for one in begun.requirements] == ["VO-01", "VO-02", "VO-04"]
    assert [one.key for one in begun.chapters] == [1, 2]
    assert (begun.predecessor.code, begun.number, begun.issued_on) == ("G-02", "2.0", None)
    versions = texts(visitor, "/guidance/versions/")
    assert [word for word in ("Draft", "Issued", "In force") if word in versions] == ["Draft", "Issued", "In force"]


def test_the_start_page_tells_in_one_line_what_is_open_and_that_a_draft_waits(town, sign_in):
    assert "requirement has no answer" in texts(sign_in("edu.contact"), "/")
    assert "A draft waits to be issued" in texts(sign_in("central"), "/")
    assert "requirement has no answer" not in texts(sign_in("edu.director"), "/")


def test_the_answers_of_an_organisation_are_counted_for_readiness(town, acting):
    with acting("central") as who:
        asked = loading.answered(who.scope, town.organisation_of("EDU"), on=today())
        told = [(one.requirement.mark, one.answer is not None, one.is_open(today())) for one in asked]
        before = loading.answered(who.scope, town.organisation_of("EDU"), on=today() - timedelta(days=9999))

    assert told == [("VO-01", True, False), ("VO-03", True, False), ("VO-04", False, True)]
    assert [bool(one.due) for one in asked] == [True, False, False]
    assert before == []


def test_without_guidance_each_page_says_what_to_do(town, sign_in):
    for one in db.session.scalars(select(GuidanceVersion)).all():
        town.change(one, issued_on=None, valid_from=None)

    assert "Version 1." in texts(sign_in("leadership"), "/guidance/")
    assert "No guidance is in force" in texts(sign_in("edu.contact"), "/guidance/")


def test_a_requirement_of_a_check_names_the_page_where_it_is_counted(town, sign_in):
    town.change(of(town, "G-01 VO-04"), automatic=Check.PLAN_APPROVED, confidentiality=Confidentiality.INTERNAL)

    assert "/plans/?organisation=EDU" in texts(sign_in("edu.contact"), f"{address(town)}/answer?requirement=VO-04")


def test_how_far_organisations_have_come_costs_two_statements(town, acting, statements):
    town.change(of(town, "G-01 VO-01"), cycle_months=1)
    ids = [town.organisation_of(code).id for code in ("EDU", "WAT", "SCH")]
    with acting("central") as who, statements() as seen:
        found = loading.standings(who.scope, ids, on=today())

    told = {one.organisation.code: (one.total, one.fresh, one.late) for one in found.values()}
    assert told == {"EDU": (3, 1, 1), "WAT": (4, 4, 0), "SCH": (3, 3, 0)}
    assert found[ids[0]].due < today()
    assert len(seen) == 2
    with acting("central") as who:
        assert loading.standings(who.scope, ids, on=today() - timedelta(days=9999)) == {}
