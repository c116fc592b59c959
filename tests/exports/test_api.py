"""The API: what it answers exactly as it describes itself, and that a token opens what it was made for and no more."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as effort

from exports.registers import openapi
from exports.registers.catalogue import EVERY, REGISTERS
from prepare.actor import NOBODY, Actor, Grant, Root
from prepare.audit import AuditEntry, AuditPayload
from prepare.clock import today
from prepare.db import db
from prepare.gate import bearing
from prepare.gate.bearing import Throttle
from prepare.models.tokens import ApiToken, ApiTokenUse
from prepare.models.users import RoleGrant
from prepare.vocabulary import Confidentiality, Role
from risks.models.risks import Risk
from tests import town as the_town
from tests.conftest import counting
from tests.filled import filled

PUBLIC, INTERNAL, CONFIDENTIAL = Confidentiality
SECRET = "prepare_aVeryLongSecretThatNobodyGuesses"


@pytest.fixture
def api(town, app):
    """Gives what a program is answered; `bears` makes a token for it."""
    bearing.throttle = Throttle(10_000, 10_000.0)
    yield Program(app)
    bearing.throttle = Throttle(bearing.BURST, bearing.PER_SECOND)


class Program:
    """A reporting tool."""

    def __init__(self, app):
        self.app, self.client, self.headers = app, app.test_client(use_cookies=False), {}

    def bears(self, name="central", organisation="CITY", highest=CONFIDENTIAL, registers=tuple(REGISTERS), **more):
        """Bear a token of the person from here on; gives its record."""
        secret = f"{SECRET}{name}{organisation}{highest.value}"
        days = {"made_at": the_town.BEGUN, "expires_on": today() + timedelta(days=30)} | more
        made = ApiToken(
            user=the_town.user(name),
            organisation=the_town.organisation_of(organisation),
            token_hash=hashlib.sha256(secret.encode()).hexdigest(),
            hint=secret[:12],
            purpose="Koe",
            highest=highest,
            registers=list(registers),
            **days,
        )
        the_town.keep(made)
        self.headers = {"Authorization": f"Bearer {secret}"}
        return made

    def get(self, address, method="GET", **more):
        """What is answered."""
        headers = {**self.headers, **more.pop("headers", {})}
        return self.client.open(f"/api/v1{address}", method=method, headers=headers, **more)

    def codes(self, register, **asked):
        """The codes of the records that the token reads."""
        answer = self.get(f"/{register}", query_string=asked)
        assert answer.status_code == 200, answer.text
        return [item.get("code") for item in answer.json["items"]]


def code_of(answer):
    assert answer.mimetype == "application/problem+json", answer.text
    assert answer.json["status"] == answer.status_code
    return answer.status_code, answer.json["code"]


# What a token opens


def test_without_a_token_nothing_opens(api):
    answer = api.get("/functions")

    assert code_of(answer) == (401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("told", ["Basic eDp5", "Bearer", "Bearer wrong", f"Bearer {SECRET}x", "Bearer \x80"])
def test_what_is_no_token_opens_nothing(api, told):
    assert code_of(api.get("/functions", headers={"Authorization": told})) == (401, "unauthenticated")


def test_a_token_opens_what_its_person_reads_within_its_organisation_and_class(api):
    expected = {
        ("central", "CITY", CONFIDENTIAL): {"R-01", "R-02", "R-03"},
        ("central", "CITY", INTERNAL): {"R-01", "R-03"},
        ("central", "EDU", CONFIDENTIAL): {"R-01", "R-02"},
        ("central", "EDU", PUBLIC): set(),
        ("edu.contact", "EDU", CONFIDENTIAL): {"R-01", "R-02"},
        ("admin", "CITY", CONFIDENTIAL): {"R-01", "R-03"},
        ("edu.contact", "CITY", CONFIDENTIAL): {"R-01", "R-02"},  # it reads no more than its person
        ("wat.contact", "EDU", CONFIDENTIAL): set(),
    }

    for (name, organisation, highest), codes in expected.items():
        api.bears(name, organisation, highest)
        assert set(api.codes("risks")) == codes, (name, organisation, highest)


def test_a_token_of_a_lower_class_names_no_secret_supplier(api):
    api.bears("edu.contact", "EDU", CONFIDENTIAL)
    told = {item["supplier"] for item in api.get("/dependencies").json["items"]}
    api.bears("edu.contact", "EDU", INTERNAL)

    assert told
    assert code_of(api.get("/dependencies")) == (403, "register_not_opened")


def test_a_token_opens_only_the_registers_that_it_was_made_for(api):
    api.bears(registers=("risks",))

    assert [one["name"] for one in api.get("/").json["registers"]] == ["risks"]
    assert code_of(api.get("/functions")) == (403, "register_not_opened")
    assert code_of(api.get("/nothing")) == (404, "not_found")


def test_an_administrator_s_token_tells_no_readiness(api):
    api.bears("admin")

    assert code_of(api.get("/indicators")) == (403, "register_not_opened")


def test_a_role_that_ends_takes_effect_with_the_next_request(api):
    api.bears("edu.contact", "EDU")
    assert api.codes("risks")

    for grant in db.session.query(RoleGrant).filter_by(user_id=the_town.user("edu.contact").id):
        the_town.change(grant, ended_at=the_town.BEGUN)

    assert code_of(api.get("/risks")) == (403, "register_not_opened")


@pytest.mark.parametrize("how", ["ended", "disabled", "run out"])
def test_a_token_that_is_over_opens_nothing_with_the_next_request(api, how):
    token = api.bears("edu.contact", "EDU")
    assert api.get("/").status_code == 200

    if how == "ended":
        the_town.change(token, ended_at=the_town.BEGUN)
    elif how == "disabled":
        the_town.change(the_town.user("edu.contact"), disabled_at=the_town.BEGUN)
    else:
        the_town.change(token, expires_on=today() - timedelta(days=1))

    assert code_of(api.get("/")) == (401, "unauthenticated")


def test_a_record_outside_the_token_s_reach_is_answered_as_a_missing_one(api):
    theirs, missing = the_town.record(Risk, "R-03").ref, "00000000-0000-4000-8000-000000000000"
    api.bears("edu.contact", "EDU")

    answers = [api.get(f"/risks/{ref}") for ref in (theirs, missing)]

    assert [code_of(answer) for answer in answers] == [(404, "not_found")] * 2
    assert len({re.sub("[0-9a-f]{32}", "", answer.text) for answer in answers}) == 1
    assert api.get(f"/risks/{the_town.record(Risk, 'R-02').ref}").json["item"]["code"] == "R-02"


def test_what_may_be_secret_is_told_to_the_trail_once_an_hour(api):
    token = api.bears("edu.contact", "EDU", CONFIDENTIAL)
    for _again in range(3):
        api.get("/risks")
    api.get("/functions")
    api.bears("edu.contact", "EDU", INTERNAL)
    api.get("/risks")

    told = db.session.query(AuditEntry).filter_by(action="token:use").all()
    assert [entry.subject_code for entry in told] == [token.code] * 2
    assert {entry.user_name for entry in told} == {the_town.user("edu.contact").name}
    assert db.session.query(ApiTokenUse).count() == 3


def test_a_session_s_cookie_is_refused_even_beside_a_token(api, sign_in):
    api.bears()
    browser = sign_in("central")

    answer = browser.get("/api/v1/functions", headers=api.headers)

    assert code_of(answer) == (400, "cookie_refused")
    assert "Set-Cookie" not in api.get("/functions").headers


# What is asked


def test_pages_follow_one_another_by_next_until_nothing_is_left(api):
    api.bears()
    whole = api.codes("functions")

    found, address = [], "http://localhost/api/v1/functions?limit=3"
    while address:
        answer = api.get(address.partition("/api/v1")[2])
        found += [item["code"] for item in answer.json["items"]]
        address = answer.json["next"]

    assert found == whole
    assert len(whole) > 6
    assert answer.json["total"] == len(whole)


def test_filters_narrow(api):
    api.bears()
    the_town.change(the_town.record(Risk, "R-01"), cause="Uusi")

    assert set(api.codes("risks", organisation="WAT")) == {"R-03"}
    assert api.codes("risks", updated_since="2030-01-01") == []
    assert "R-01" in api.codes("risks", updated_since="2020-01-01T00:00:00+02:00")


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "1.5", "１", "9" * 30])
def test_an_odd_limit_is_told(api, limit):
    api.bears()

    answer = api.get("/functions", query_string={"limit": limit})

    assert code_of(answer) == (422, "invalid_parameter")
    assert answer.json["parameter"] == "limit"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"sort": "x"}, (422, "unknown_parameter")),
        ({"organisation": ""}, (422, "invalid_parameter")),
        ({"limit": ["1", "2"]}, (422, "repeated_parameter")),
        ({"cursor": "abc"}, (404, "unknown_cursor")),
        ({"updated_since": "yesterday"}, (422, "invalid_parameter")),
        ({"updated_since": "0001-01-01T00:00:00+14:00"}, (422, "invalid_parameter")),
        ({"updated_since": "2026-02-30"}, (422, "invalid_parameter")),
        ({"organisation": "NOWHERE"}, (404, "unknown_organisation")),
        ({"organisation": "x" * 201}, (400, "bad_request")),
        ({"organisation": "\x00"}, (400, "bad_request")),
    ],
)
def test_an_odd_parameter_is_told(api, query, expected):
    api.bears()

    assert code_of(api.get("/risks", query_string=query)) == expected


def test_an_organisation_that_the_token_does_not_read_is_as_good_as_none(api):
    api.bears("edu.contact", "EDU")

    assert code_of(api.get("/risks", query_string={"organisation": "WAT"})) == (404, "unknown_organisation")


def test_a_cursor_of_another_register_opens_no_page(api):
    api.bears()
    onward = api.get("/functions", query_string={"limit": 1}).json["next"]
    cursor = onward.partition("cursor=")[2].partition("&")[0]

    assert code_of(api.get(f"/risks?cursor={cursor}")) == (404, "unknown_cursor")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_the_api_only_reads(api, method):
    api.bears()

    answer = api.get("/functions", method)

    assert code_of(answer) == (405, "method_not_allowed")
    assert answer.headers["Allow"] == "GET, HEAD"


HOSTILE = {
    "deep": b"[" * 100_000,
    "not a number": b'{"rto_h": NaN, "mtpd_h": -Infinity}',
    "half a character": b'{"name": "\\ud800"}',
    "more than it may": b'{"state": "confirmed", "role": "admin", "organisation_id": 1}',
    "other types": b'{"limit": {"$gt": 0}, "rto_h": "1e999", "code": [[]]}',
    "wide": json.dumps({f"x{n}": n for n in range(50_000)}).encode(),
    "no JSON": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_body_is_refused_whatever_it_holds(api, body):
    api.bears()
    sent = {"data": body, "content_type": "application/json"}

    assert code_of(api.get("/functions", "POST", **sent)) == (405, "method_not_allowed")
    assert code_of(api.get("/functions", **sent)) == (415, "body_refused")


def test_only_json_is_answered(api):
    api.bears()

    assert code_of(api.get("/functions", headers={"Accept": "text/html"})) == (406, "not_acceptable")
    assert api.get("/functions", headers={"Accept": "application/*;q=0.5"}).status_code == 200


def test_a_tool_that_has_the_answer_is_told_so(api):
    api.bears()
    first = api.get("/functions")

    again = api.get("/functions", headers={"If-None-Match": first.headers["ETag"]})
    the_town.change(the_town.function("F-EDU-03"), rto_h=3.0)
    changed = api.get("/functions", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert changed.status_code == 200


def test_whoever_asks_in_a_circle_is_slowed_down(api, monkeypatch):
    api.bears()
    monkeypatch.setattr(bearing, "throttle", Throttle(2, 0.001))

    answers = [api.get("/codes") for _again in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert code_of(answers[2]) == (429, "too_many_requests")
    assert int(answers[2].headers["Retry-After"]) > 0


def test_a_bucket_fills_up_again_evenly():
    throttle = Throttle(2, 0.5)

    assert [throttle.wait_s("a", 0.0) for _again in range(3)] == [0, 0, 2.0]
    assert throttle.wait_s("b", 0.0) == 0
    assert throttle.wait_s("a", 2.0) == 0


def test_the_throttle_forgets_whom_it_has_not_seen_for_long(monkeypatch):
    monkeypatch.setattr(bearing, "COUNTED", 2)
    throttle = Throttle(1, 0.001)

    for key in "abc":
        throttle.wait_s(key, 0.0)

    assert throttle.wait_s("a", 0.0) == 0


def test_stored_words_are_explained_in_three_languages(api):
    api.bears()

    rows = api.get("/codes").json["items"]

    found = next(
        row for row in rows if (row["register"], row["field"], row["code"]) == ("functions", "criticality", "K1")
    )
    assert found["label_fi"] != found["label_en"] != found["label_sv"]


@pytest.mark.parametrize("register", EVERY, ids=lambda register: register.name)
def test_a_page_asks_the_database_a_bounded_number_of_times(api, register):
    api.bears()
    api.get(f"/{register.name}")

    with counting() as seen:
        answer = api.get(f"/{register.name}", query_string={"limit": 200})

    assert answer.status_code == 200
    assert len(seen) <= 22, "\n".join(text[:160] for text in seen.texts)


# A program's actor


def test_a_program_acts_within_its_limit_and_within_its_person_s_reach():
    person = Actor(user_id=1, grants=(Grant(Role.SECTOR_CONTACT, "/1/2/", "/1/"), Grant(Role.ADMIN, "/1/3/", "/1/")))

    whole = person.limited(Root("/1/", CONFIDENTIAL)).scope
    narrow = person.limited(Root("/1/3/7/", CONFIDENTIAL)).scope

    assert whole.roots == person.scope.roots
    assert narrow.roots == (Root("/1/3/7/", INTERNAL),)
    assert person.limited(Root("/1/2/", PUBLIC)).scope.roots == (Root("/1/2/", PUBLIC),)
    assert NOBODY.limited(Root("/", CONFIDENTIAL)).scope.roots == ()


# The description


def test_the_description_tells_every_route_and_no_other(app):
    told = set(openapi.document("http://x/api/v1")["paths"])
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}

    fixed = {f"/api/v1{path}" for path in ("/", "/codes", "/openapi.json")}
    assert rules == fixed | {"/api/v1/<string:register>", "/api/v1/<string:register>/<uuid:ref>"}
    assert told == {"/", "/codes", "/openapi.json"} | {f"/{n}" for n in REGISTERS} | {
        f"/{n}/{{ref}}" for n in REGISTERS
    }


def test_answers_are_exactly_as_described_and_nothing_fails(api):
    """A short run of schemathesis over every way of the API; a long one is run by hand against a served demo."""
    api.bears()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", api.app)
    every, statuses = [found.ok() for found in schema.get_all_operations()], []

    for operation in every:

        @given(case=operation.as_strategy())
        @effort(max_examples=2, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
        def holds(case):
            answer = case.call(headers=api.headers)
            case.validate_response(answer, headers=api.headers)
            statuses.append(answer.status_code)

        holds()

    assert len(every) == 2 + 2 * len(EVERY)  # all but the description itself
    assert set(statuses) <= {200, 400, 404, 422}
    assert 200 in statuses


# Its pages


def test_a_token_is_made_on_a_page_shown_once_and_ended_on_another(api, sign_in):
    browser = sign_in("edu.contact")
    told = filled(browser.get("/tokens/new").text, "purpose")
    made = browser.send("/tokens/new", **(told | {"purpose": "Power BI", "registers": ["risks"]})).text
    secret = re.search(r"prepare_[A-Za-z0-9_-]{43}", made)[0]
    api.headers = {"Authorization": f"Bearer {secret}"}

    assert set(api.codes("risks")) == {"R-01"}  # internal, unless one chooses otherwise
    assert secret not in browser.get("/tokens/").text
    token = db.session.query(ApiToken).filter_by(purpose="Power BI").one()
    assert secret not in (token.token_hash, token.hint)

    browser.send(f"/tokens/{token.ref}/end")
    assert code_of(api.get("/risks")) == (401, "unauthenticated")


def test_a_register_is_taken_as_a_file_and_told_to_the_trail(town, sign_in):
    browser = sign_in("edu.contact")
    told = filled(browser.get("/registers/?register=risks").text, "purpose")

    answer = browser.send("/registers/", **(told | {"purpose": "Vuosiraportti", "variant": "confidential"}))

    assert answer.mimetype == "text/csv"
    assert "R-02" in answer.data.decode("utf-8-sig")
    assert "R-03" not in answer.text
    entry = db.session.query(AuditEntry).filter_by(action="register:export").one()
    changes = db.session.get(AuditPayload, entry.payload_id).changes
    assert changes["sha256"][1] == hashlib.sha256(answer.data).hexdigest()
    assert changes["purpose"][1] == "Vuosiraportti"


def test_a_register_that_tells_dependencies_is_not_taken_in_a_lower_variant(town, sign_in):
    browser = sign_in("edu.contact")
    told = filled(browser.get("/registers/?register=dependencies").text, "purpose")

    answer = browser.send("/registers/", **(told | {"purpose": "Raportti"}))

    assert answer.mimetype == "text/html"
    assert db.session.query(AuditEntry).filter_by(action="register:export").count() == 0


# Speed


@pytest.mark.parametrize("register", ["dependencies", "findings"])
def test_a_page_asks_the_database_a_handful_of_times_however_many_rows_it_has(api, statements, register):
    api.bears("central", "CITY", CONFIDENTIAL)
    api.get(f"/{register}?limit=1")
    asked = []

    for limit in (2, 200):
        with statements() as seen:
            answer = api.get(f"/{register}?limit={limit}")
        asked.append(len(seen.texts))
        assert answer.status_code == 200

    assert len(answer.json["items"]) > 1
    assert max(asked) <= 8


def test_findings_are_reckoned_anew_once_something_has_changed(api):
    api.bears("central", "CITY", CONFIDENTIAL)
    before = api.get("/findings?limit=200").json

    the_town.change(the_town.function("F-EDU-03"), owner_role=None)
    after = api.get("/findings?limit=200").json

    told = {one["ref"] for one in after["items"]} - {one["ref"] for one in before["items"]}
    assert after["total"] == before["total"] + len(told)
    assert any(one["subject_code"] == "F-EDU-03" for one in after["items"] if one["ref"] in told)
