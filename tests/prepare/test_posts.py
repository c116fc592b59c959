"""A form that is sent twice saves once, and what is typed after a session has ended comes back to its writer."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from lxml import html

from prepare.audit import AuditEntry
from prepare.clock import now
from prepare.db import db, transaction
from prepare.gate import posts
from prepare.models.functions import Function
from prepare.models.posts import FormPost, KeptText
from prepare.models.users import SignIn
from tests.filled import filled
from tests.town import PASSWORD
from tests.ways import WAYS

NEW = {"name_fi": "Kerran vain", "organisation": "EDU"}


def made(name="Kerran vain"):
    """How many functions have this name."""
    return db.session.scalar(sa.select(sa.func.count(Function.id)).where(Function.name_fi == name))


def kept():
    """How many texts wait."""
    return db.session.scalar(sa.select(sa.func.count(KeptText.id)))


@pytest.fixture
def browser(town, sign_in):
    """A contact's browser."""
    return sign_in("edu.contact")


@pytest.fixture
def form(browser):
    """A new function's form as it was drawn, with what was typed."""
    return filled(browser.get("/functions/new").text, "name_fi") | NEW


# Twice the same


def test_the_same_form_sent_again_leads_to_the_same_place_and_saves_nothing(browser, form):
    answers = [browser.send("/functions/new", **form) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [302] * 3
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert made() == 1


def test_fifty_parallel_posts_of_one_form_make_one_record_and_get_one_answer(browser, form):
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _n: browser.send("/functions/new", **form), range(50)))

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert made() == 1


def test_an_answer_that_never_arrived_is_given_again(browser, form, monkeypatch):
    class Killed(BaseException):
        """The process ends between the commit and the answer."""

    def killed(*_args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("prepare.gate.sessions.Sessions.save_session", killed)
        with pytest.raises(Killed):
            browser.send("/functions/new", **form)
    assert made() == 1

    answer = browser.send("/functions/new", **form)

    assert answer.status_code == 302
    assert browser.get(answer.headers["Location"]).status_code == 200
    assert made() == 1


def test_other_words_under_the_same_key_are_shown_again_and_saved_only_when_asked(browser, form):
    browser.send("/functions/new", **form)

    answer = browser.send("/functions/new", **form | {"name_fi": "Toinen <b>"})

    assert answer.status_code == 422
    assert "This form has been saved already, with other words." in answer.text
    again = filled(answer.text, "name_fi")
    assert again["name_fi"] == "Toinen <b>"
    assert made("Toinen <b>") == 0
    assert browser.send("/functions/new", **again).status_code == 302
    assert made("Toinen <b>") == 1


def test_a_refused_form_may_be_corrected_and_sent_under_its_key(browser, form):
    refused = browser.send("/functions/new", **form | {"rto_h": "x"})

    again = filled(refused.text, "name_fi") | {"rto_h": "1"}

    assert browser.send("/functions/new", **again | NEW).status_code == 302
    assert made() == 1


def test_a_button_pressed_twice_acts_once(town, browser):
    page = browser.get(f"/functions/{town.function('F-EDU-04').ref}").text
    (discard,) = [one for one in html.fromstring(page).forms if (one.action or "").endswith("/discard")]
    fields = {name: value for name, value in discard.form_values() if name != "csrf_token"}

    answers = [browser.send(discard.action, **fields) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    acts = sa.select(sa.func.count(AuditEntry.id)).where(AuditEntry.action == "function:discard")
    assert "There is no change to discard." not in browser.get(answers[0].headers["Location"]).text
    assert db.session.scalar(acts) == 1


def test_somebody_elses_key_or_an_odd_one_saves_as_if_there_were_none(town, sign_in, browser, form):
    theirs = filled(sign_in("edu.director").get("/functions/new").text, "name_fi")["once"]

    for key in (theirs, "", "x", "\ud800".encode("utf-8", "surrogatepass"), "9" * 5000):
        assert browser.send("/functions/new", **form | {"once": key}).status_code == 302

    assert made() == 5


def test_a_save_that_fails_leaves_no_key_behind(browser, form, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(posts, "_note", lambda *_args: 1 / 0)
        assert browser.send("/functions/new", **form).status_code == 500
    assert made() == 0

    assert browser.send("/functions/new", **form).status_code == 302
    assert made() == 1


#: Forms that carry no key: route → why.
WITHOUT = {
    "/language": "chooses a language; again is the same",
    "/sign-out": "ends the session; again leads to signing in",
    "/pictures/graph": "hands a picture over; again is another copy, which the trail tells too",
}


@pytest.mark.no_cover
@pytest.mark.sqlite
def test_every_form_that_saves_carries_a_key(town, app, sign_in):
    """One page of each kind; that no template forgets the key, tests/test_every_template.py sees."""
    bare, seen = set(), 0
    for person in ("edu.contact", "central"):
        browser = sign_in(person)
        for rule in app.url_map.iter_rules():
            if rule.endpoint not in WAYS or "GET" not in rule.methods:
                continue
            kind = WAYS[rule.endpoint].kind
            refs = db.session.scalars(sa.select(kind.ref)).all() if kind else [""]
            for ref in refs[:1]:
                page = browser.get(re.sub(r"<uuid:\w+>", str(ref), rule.rule))
                if page.status_code != 200 or not page.mimetype.startswith("text/html") or not page.text.strip():
                    continue
                for one in html.fromstring(page.text).forms:
                    if one.method == "POST" and one.action not in WITHOUT:
                        seen += 1
                        bare |= set() if one.fields.get("once") else {(rule.rule, one.action)}

    assert seen > 20
    assert bare == set()


# After the session has ended


def end(browser):
    """Let the browser's session end for want of use."""
    with transaction():
        db.session.execute(sa.update(SignIn).values(seen_at=now() - timedelta(hours=2)))


def sign_in_again(browser, page, name):
    """Sign in on this page by password; the answer."""
    form = filled(page.text, "password")
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)[1]
    fields = {"email": f"{name}@town.example", "password": PASSWORD, "csrf_token": token}
    return browser.post("/sign-in", data=form | fields)


@pytest.fixture
def late(town, browser, form):
    """The answer to a form that is sent after its session has ended."""
    end(browser)
    return browser.post("/functions/new", data=form | {"csrf_token": browser.token, "customers": "Rivi 1\r\nä <b>"})


def test_what_was_typed_waits_and_stands_in_the_form_after_signing_in(late, browser):
    assert late.status_code == 401
    assert "Your text is safe" in late.text
    assert made() == 0

    back = sign_in_again(browser, late, "edu.contact").headers["Location"]
    page = browser.get(back)

    fields = filled(page.text, "name_fi")
    assert (fields["name_fi"], fields["organisation"]) == (NEW["name_fi"], "EDU")
    assert fields["customers"].replace("\r", "") == "Rivi 1\nä <b>"
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)[1]
    assert browser.post(back, data=fields | {"csrf_token": token}).status_code == 302
    assert made() == 1
    assert kept() == 0


def test_another_person_never_sees_it(late, browser):
    back = sign_in_again(browser, late, "edu.director").headers["Location"]

    page = browser.get(back).text

    assert NEW["name_fi"] not in page
    assert kept() == 1


def test_a_kept_text_is_gone_after_a_day(late, browser, sign_in):
    with transaction():
        db.session.execute(sa.update(KeptText).values(at=now() - timedelta(hours=25)))

    back = sign_in_again(browser, late, "edu.contact").headers["Location"]

    assert NEW["name_fi"] not in browser.get(back).text
    assert kept() == 0


def test_a_form_that_another_session_drew_is_kept_too(town, sign_in, browser, form):
    newer = sign_in("edu.contact")

    answer = newer.post("/functions/new", data=form | {"csrf_token": "drawn by another session"})

    assert answer.status_code == 400
    (onward,) = re.findall(r'href="(/functions/new\?kept=[^"]+)"', answer.text)
    assert filled(newer.get(onward).text, "name_fi")["name_fi"] == NEW["name_fi"]
    assert made() == 0


def test_a_forged_post_keeps_nothing(town, client, browser, form):
    for key in ("", "x", None):
        answer = client.post("/functions/new", data={**form, "once": key} if key is not None else NEW)
        assert answer.status_code in (302, 400)

    assert kept() == 0


def test_no_password_is_kept_and_only_the_newest_texts_are(town, app, client, browser, form):
    for number in range(23):
        with app.test_request_context():
            drawn = filled(browser.get("/functions/new").text, "name_fi")["once"]
        client.post("/functions/new", data={"once": drawn, "password": "hunter2", "name_fi": f"Teksti {number}"})

    rows = db.session.scalars(sa.select(KeptText.fields).order_by(KeptText.id)).all()
    assert len(rows) == 20
    assert rows[-1] == {"name_fi": ["Teksti 22"]}


def test_a_text_for_a_page_without_a_form_of_its_own_comes_back_where_it_was_typed(town, sign_in):
    browser = sign_in("central")
    review = f"/functions/{town.function('F-EDU-04').ref}/review"
    fields = filled(browser.get(review).text, "reason") | {"reason": "Tarkenna tavoite"}
    end(browser)

    late = browser.post(
        review.replace("review", "return"),
        data=fields | {"csrf_token": browser.token},
        headers={"Referer": f"http://localhost{review}"},
    )

    assert late.status_code == 401
    back = sign_in_again(browser, late, "central").headers["Location"]
    assert filled(browser.get(back).text, "reason")["reason"] == "Tarkenna tavoite"


def test_old_keys_are_swept_when_somebody_signs_in(town, client, browser, form):
    browser.send("/functions/new", **form)
    with transaction():
        db.session.execute(sa.update(FormPost).values(at=now() - timedelta(hours=25)))

    sign_in_again(client, client.get("/sign-in"), "central")

    assert db.session.scalar(sa.select(sa.func.count(FormPost.id))) == 0
