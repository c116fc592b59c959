"""The hub of local safety planning: open to every reader, with a way to every page that is kept there."""

import pytest

from risks.views import safety


def test_every_section_of_the_hub_tells_what_it_is_for_and_leads_to_a_page(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    for section in safety.SECTIONS:
        assert section.endpoint in endpoints
        assert section.title
        assert section.says.endswith(".")
    assert len({section.endpoint for section in safety.SECTIONS}) == len(safety.SECTIONS)


@pytest.mark.parametrize("person", ["edu.contact", "leadership", "auditor", "admin"])
def test_every_reader_opens_the_hub_from_the_menu(town, sign_in, person):
    page = sign_in(person).get("/safety/")

    assert page.status_code == 200
    assert 'href="/safety/" aria-current="page"' in page.text


def test_an_empty_hub_says_where_to_begin(town, sign_in, monkeypatch):
    monkeypatch.setattr(safety, "SECTIONS", ())
    monkeypatch.setattr(safety, "FURTHER", [])

    page = sign_in("central").get("/safety/").text

    assert "Nothing is kept here yet" in page


def test_a_section_of_which_nothing_is_kept_says_so(town, sign_in, monkeypatch):
    section = safety.Section(safety.Part.PLANS, "risks.risks", "Risks", "x.", lambda scope: None)
    monkeypatch.setattr(safety, "SECTIONS", (section,))

    assert "nothing yet" in sign_in("central").get("/safety/").text
