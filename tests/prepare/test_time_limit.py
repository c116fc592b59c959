"""A page that takes too long to compute says so, instead of keeping somebody waiting."""

from flask import Flask

from dependencies import waiting
from prepare import app as roof
from tests.conftest import settings


def test_what_takes_too_long_is_answered_by_a_page_that_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(roof, "MOST_SECONDS", -1)
    house = _with_a_long_page(roof.create_app(settings(tmp_path, DATABASE_URL="sqlite://")))

    answer = house.test_client().get("/accessibility", headers={"Accept": "application/json"})

    assert answer.status_code == 504
    assert "too long" in answer.text or "kauan" in answer.text


def test_work_within_the_limit_is_answered(tmp_path):
    house = _with_a_long_page(roof.create_app(settings(tmp_path, DATABASE_URL="sqlite://")))

    assert house.test_client().get("/accessibility").text == "done"


def _with_a_long_page(house: Flask) -> Flask:
    def long_work():
        waiting.step(1, 100)
        return "done"

    house.before_request_funcs = {}
    endpoint = next(rule.endpoint for rule in house.url_map.iter_rules() if rule.rule == "/accessibility")
    house.view_functions[endpoint] = long_work
    return house
