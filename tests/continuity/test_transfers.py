"""Pages of what must not be lost in a transfer of responsibility, and of agreements."""

import pytest

from continuity.models.transfers import TransferItem
from continuity.vocabulary.transfers import TransferState
from dependencies.models.agreements import Agreement
from tests import town
from tests.conftest import signed_in

pytestmark = pytest.mark.usefixtures("town")


def test_a_sector_sees_its_own_items_and_not_those_of_another(app):
    browser = signed_in(app, "edu.contact")

    listed = browser.get("/transfers/items/").text
    secret = browser.get(f"/transfers/items/{town.record(TransferItem, 'TR-02').ref}")

    assert "Siirtyvä TR-01" in listed
    assert "TR-02" not in listed
    assert secret.status_code == 404


def test_items_are_filtered_by_what_became_of_them(app):
    town.change(town.record(TransferItem, "TR-01"), state=TransferState.LOST)
    browser = signed_in(app, "central")

    lost = browser.get("/transfers/items/?state=lost").text
    renewed = browser.get("/transfers/items/?state=renewed").text

    assert "TR-01" in lost
    assert "TR-02" not in lost
    assert "TR-01" not in renewed


def test_an_item_tells_from_whom_to_whom_and_for_what_it_is_critical(app):
    page = signed_in(app, "central").get(f"/transfers/items/{town.record(TransferItem, 'TR-01').ref}").text

    assert all(text in page for text in ("Education", "Coast county", "F-EDU-03", "I-01"))


def test_functions_outside_the_view_are_only_counted(app):
    town.change(town.record(TransferItem, "TR-01"), functions=[town.function("F-WAT-01")])

    page = signed_in(app, "edu.contact").get(f"/transfers/items/{town.record(TransferItem, 'TR-01').ref}").text

    assert "F-WAT-01" not in page
    assert "It is critical for 1 function outside your view." in page


def test_an_interface_names_its_agreement_and_the_agreement_its_interface(app):
    browser = signed_in(app, "edu.contact")
    agreement = town.record(Agreement, "A-01")

    page = browser.get(f"/agreements/{agreement.ref}").text
    missing = browser.get(f"/agreements/{town.record(Agreement, 'A-02').ref}")

    assert "Yhdyspinta I-01" in page
    assert "Sopimus A-01" in browser.get("/agreements/").text
    assert missing.status_code == 404


def test_a_search_without_an_answer_leads_back(app):
    browser = signed_in(app, "central")

    assert "Show all agreements" in browser.get("/agreements/?q=nothing").text
    assert "A-01" in browser.get("/agreements/?q=sopimus").text
