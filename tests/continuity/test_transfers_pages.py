"""Pages of transfers of responsibility: planning, preview, checklist, the move and taking it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from continuity.models.plans import Plan
from continuity.models.transfers import Transfer, TransferItem, TransferMove
from continuity.readiness import checks, items, partners_asked
from continuity.register import handing_over
from continuity.vocabulary.transfers import TransferStage, TransferState
from dependencies.models.interfaces import Interface
from prepare.actor import EVERYTHING
from prepare.checks import Check, CheckResult
from prepare.clock import today
from prepare.db import db
from prepare.vocabulary import Organiser
from risks.models.measures import Measure
from risks.vocabulary.measures import MeasureSource, MeasureState
from tests import town
from tests.conftest import signed_in
from tests.filled import filled

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def central(app):
    """The security and preparedness unit at its browser."""
    return signed_in(app, "central")


def address(code="TF-01", step=""):
    return f"/transfers/{town.record(Transfer, code).ref}{step}"


def item_address(code, step=""):
    return f"/transfers/items/{town.record(TransferItem, code).ref}{step}"


def make_ready(central):
    """The checklist of TF-01 made and assessed, and the transfer prepared."""
    central.send(address(step="/checklist"))
    for item in db.session.scalars(select(TransferItem).where(TransferItem.code != "TR-02")).all():
        central.send(item_address(item.code, "/advance"), state="at_risk", evidence="")
    central.send(address(step="/prepare"))
    assert town.record(Transfer, "TF-01").state is TransferStage.PREPARED


def test_a_transfer_is_planned_between_two_organisations(central):
    sent = central.send(
        "/transfers/new",
        organisation="EDU",
        receiver="WAT",
        name_fi="Koulujen vedet",
        effective="1.6.2027",
        confidentiality="internal",
    )
    refused = central.send(
        "/transfers/new", organisation="EDU", receiver="EDU", name_fi="X", confidentiality="internal"
    )

    made = town.record(Transfer, "TF-03")
    assert sent.headers["Location"].endswith(f"/transfers/{made.ref}")
    assert (made.organisation.code, made.receiver.code) == ("EDU", "WAT")
    assert "it gives up the responsibility" in refused.text


def test_what_moves_is_chosen_among_the_givers_functions_and_a_stale_form_is_compared(central):
    form = filled(central.get(address(step="/edit")).text)
    town.change(town.record(Transfer, "TF-01"), name_fi="Toinen nimi")

    stale = central.send(address(step="/edit"), **form | {"name_fi": "Oma nimi"})
    form = filled(central.get(address(step="/edit")).text)
    saved = central.send(address(step="/edit"), **form | {"functions": ["F-EDU-03", "F-EDU-04"]})

    assert stale.status_code == 409
    assert saved.status_code == 302
    assert [one.code for one in town.record(Transfer, "TF-01").functions] == ["F-EDU-03", "F-EDU-04"]


def test_the_preview_tells_what_moves_and_what_would_be_lost(app, central):
    shown = central.get(address(step="/preview")).text
    empty = central.get(address("TF-02", "/preview")).text

    assert "F-EDU-03" in shown
    assert "Duty holders who are not yet named" in shown
    assert "F-WAT-02" in empty
    assert signed_in(app, "wat.contact").get(address(step="/preview")).status_code == 404


def test_a_preview_without_functions_says_what_to_do_next(app, central):
    town.change(town.record(Transfer, "TF-01"), functions=[])

    assert "Choose what moves" in central.get(address(step="/preview")).text
    assert (
        "The security and preparedness unit chooses" in signed_in(app, "edu.contact").get(address(step="/preview")).text
    )


def test_the_checklist_is_made_once_and_everything_is_assessed_before_the_move(central):
    refused = central.send(address(step="/prepare"))
    central.send(address(step="/checklist"))
    made = len(db.session.scalars(select(TransferItem)).all())
    central.send(address(step="/checklist"))

    assert refused.status_code == 302
    assert made > 2
    assert len(db.session.scalars(select(TransferItem)).all()) == made
    assert town.record(Transfer, "TF-01").state is TransferStage.PLANNED


def test_a_prepared_transfer_moves_and_is_taken_back_as_it_was(app, central):
    make_ready(central)

    without = central.send(address(step="/move"), decision_ref="")
    moved = central.send(address(step="/move"), decision_ref="KV § 31")
    function = town.function("F-EDU-03")
    arrived = (function.organisation.code, function.organiser)
    page, gone = central.get(address()).text, signed_in(app, "edu.contact")
    left = gone.get(address()).text
    secret = gone.get(f"/functions/{function.ref}")
    share = central.get(f"/organisations/{town.organisation_of('P-CTY').ref}").text
    back = central.send(address(step="/undo"), state_reason="Kanta muuttui")

    assert without.status_code == 200
    assert moved.status_code == back.status_code == 302
    assert arrived == ("P-CTY", Organiser.WELLBEING_COUNTY)
    assert "What has moved" in page
    assert "Perusopetus" in left  # the giver sees what left, by its name
    assert secret.status_code == 404  # but does not open it any more
    assert "arrives from Education" in share
    db.session.rollback()
    assert town.function("F-EDU-03").organisation.code == "EDU"
    assert town.function("F-EDU-03").organiser is Organiser.CITY
    assert town.record(Transfer, "TF-01").state is TransferStage.UNDONE
    assert all(one.undone_at for one in db.session.scalars(select(TransferMove)))


def test_what_somebody_changed_after_the_move_is_named_and_its_changes_stay(central):
    make_ready(central)
    central.send(address(step="/move"), decision_ref="KV § 31")
    town.change(town.function("F-EDU-03"), owner_role="Uusi rehtori")

    asked = central.send(address(step="/undo"), state_reason="Kanta muuttui")
    done = central.send(address(step="/undo"), state_reason="Kanta muuttui", anyway="y")

    assert "Changed after the move: F-EDU-03" in asked.text
    assert done.status_code == 302
    db.session.rollback()
    function = town.function("F-EDU-03")
    assert (function.organisation.code, function.owner_role) == ("EDU", "Uusi rehtori")


def test_what_has_moved_on_to_somebody_else_cannot_be_given_back(central):
    make_ready(central)
    central.send(address(step="/move"), decision_ref="KV § 31")
    town.change(town.function("F-EDU-03"), organisation=town.organisation_of("WAT"))

    refused = central.send(address(step="/undo"), state_reason="Syy")

    assert "cannot be given back: F-EDU-03" in refused.text
    assert handing_over.held(town.record(Transfer, "TF-01")).gone == ["F-EDU-03"]


def test_after_its_day_a_move_is_not_taken_back(central):
    make_ready(central)
    central.send(address(step="/move"), decision_ref="KV § 31")
    town.change(town.record(Transfer, "TF-01"), effective=today() - timedelta(days=1))

    refused = central.send(address(step="/undo"), state_reason="Syy")

    assert "Plan a new one in the other direction" in refused.text
    assert "In force" in central.get(address()).text
    assert central.get(address(step="/preview")).status_code == 302


def test_a_plan_and_an_interface_go_with_their_functions(central):
    town.change(town.record(Plan, "P-01"), functions=[town.function("F-EDU-03")])
    make_ready(central)

    central.send(address(step="/move"), decision_ref="KV § 31")

    assert town.record(Plan, "P-01").organisation.code == "P-CTY"
    assert town.record(Plan, "P-02").organisation.code == "EDU"  # about a function that stays
    assert town.record(Interface, "I-01").organisation.code == "EDU"  # its other side is the receiver


def test_a_whole_organisation_moves_with_its_own_plans(central):
    town.change(town.record(Transfer, "TF-01"), whole=True, functions=[])
    make_ready(central)

    central.send(address(step="/move"), decision_ref="KV § 31")

    assert town.function("F-EDU-01").organisation.code == "P-CTY"
    assert town.function("F-SCH-01").organisation.code == "P-CTY"
    assert town.function("F-EDU-05").organisation.code == "EDU"  # retired: the giver's history
    assert town.function("F-WAT-01").organisation.code == "WAT"


def test_a_function_that_the_giver_does_not_organise_any_more_blocks_the_move(central):
    make_ready(central)
    town.change(town.function("F-EDU-03"), organisation=town.organisation_of("WAT"))

    refused = central.send(address(step="/move"), decision_ref="KV § 31")

    assert "does not organise these any more: F-EDU-03" in refused.text


def test_a_transfer_is_cancelled_for_a_reason(central):
    central.send(address(step="/cancel"), state_reason="Laki raukesi")

    assert "Laki raukesi" in central.get(address()).text


def test_an_item_is_added_edited_and_assessed_by_the_contact_of_a_side(app):
    contact = signed_in(app, "edu.contact")
    known = {"kind": "information", "confidentiality": "internal"}
    refused = contact.send(address(step="/items/new"), name_fi="Kartta", functions="", **known)
    contact.send(address(step="/items/new"), name_fi="Kartta", functions="F-EDU-03", **known)
    form = filled(contact.get(item_address("TR-03", "/edit")).text)
    contact.send(item_address("TR-03", "/edit"), **form | {"interface": "I-01", "note": "Kysy Vuokolta"})
    bare = contact.send(item_address("TR-03", "/advance"), state="moved", evidence="")
    contact.send(item_address("TR-03", "/advance"), state="moved", evidence="MK 1/2027")

    item = town.record(TransferItem, "TR-03")
    assert "Name at least one function" in refused.text
    assert "Say what shows it" in bare.text
    assert (item.interface.code, item.note, item.state) == ("I-01", "Kysy Vuokolta", TransferState.MOVED)
    assert signed_in(app, "wat.contact").get(item_address("TR-03")).status_code == 404


def test_a_lost_item_is_a_finding_until_its_measure_is_verified(app):
    contact = signed_in(app, "edu.contact")
    contact.send(item_address("TR-01", "/advance"), state="lost", evidence="Kukaan ei tunne sitä")
    before = "No measure mends it yet" in contact.get(item_address("TR-01")).text
    contact.send(item_address("TR-01", "/measure"), name_fi="Uusi sopimus", owner_role="Rehtori", due="1.9.2027")

    measure = town.record(TransferItem, "TR-01").measure
    found = contact.get("/findings/?q=tr-01").text
    origin = contact.get(f"/measures/{measure.ref}").text
    town.change(town.record(Measure, measure.code), state=MeasureState.VERIFIED)
    settled = contact.get("/findings/?q=tr-01").text

    assert before
    assert (measure.source, measure.source_code) == (MeasureSource.TRANSFER, "TR-01")
    assert "TR-01" in origin
    assert "Siirtyvä TR-01" in found
    assert "Siirtyvä TR-01" not in settled
    assert "1 of 1 settled" in contact.get(address()).text


def test_what_is_lost_is_secured_for_readiness_and_the_guidance_once_its_measure_is_verified():
    measure, item = town.record(Measure, "M-01"), town.record(TransferItem, "TR-01")
    town.change(item, state=TransferState.LOST, measure=measure)
    before = secured("TR-01")
    town.change(measure, state=MeasureState.VERIFIED)
    after = secured("TR-01")
    town.change(item, state=TransferState.AT_RISK)

    assert before == (False, CheckResult.NOT_MET)
    assert after == (True, CheckResult.MET)
    assert secured("TR-01") == (False, CheckResult.NOT_MET)


def secured(code):
    """Whether readiness counts the item as secured, and what the check of the guidance says of its sector."""
    db.session.expire_all()
    by_sector = partners_asked.transfers(items.land(town.organisation_of("CITY")))
    (fact,) = [one for some in by_sector.values() for one in some if one.item.code == code]
    sector = town.organisation_of("EDU")
    found = checks.counted(EVERYTHING, [sector], [Check.TRANSFER_CLOSED], today())
    return fact.is_secured, found[sector.id][Check.TRANSFER_CLOSED].result


def test_a_near_transfer_waits_for_the_unit(central):
    town.change(town.record(Transfer, "TF-01"), effective=today() + timedelta(days=30))

    assert "Prepare and decide the transfer" in central.get("/").text


def test_the_list_names_what_is_planned_and_a_function_its_transfer(app, central):
    contact = signed_in(app, "edu.contact")

    listed = contact.get("/transfers/").text
    nothing = central.get("/transfers/?q=nothing&state=cancelled").text

    assert "TF-01" in listed
    assert "TF-02" not in listed
    assert "Show everything" in nothing
    assert "TF-01" in central.get(f"/functions/{town.function('F-EDU-03').ref}").text
