"""What was only shared: a partner reads the function itself, not what belongs to it; and whose trail tells of whom."""

from prepare.actor import Actor, Grant
from prepare.audit import AuditEntry
from prepare.db import db
from prepare.models.functions import FunctionRevision, Resource
from prepare.models.users import Share, User
from prepare.vocabulary import ResourceKind, RevisionState, Role, Shared


def test_a_partner_reads_a_shared_function_but_not_what_belongs_to_it(town, sign_in):
    water = town.function("F-WAT-01")
    pending = {
        "state": RevisionState.DRAFT,
        "entry": {"name_fi": "Talousvesi"},
        "base_version": 1,
        "begun_at": town.BEGUN,
    }
    pending["author_id"] = town.user("wat.contact").id
    pending["return_reason"] = "Tarkista luku"
    town.keep(FunctionRevision(function=water, **pending))

    partner, own = (sign_in(who).get(f"/functions/{water.ref}").text for who in ("county", "leadership"))

    for told in ("Polttoaine", "Impact analysis", "Who depends on this", "Tarkista luku"):
        assert told in own, told
        assert told not in partner, told
    assert "Talousvesi" in partner


def test_a_partner_is_not_told_who_else_counts_on_what_was_shared(town, sign_in):
    address = f"/needs/dependants-of/{town.function('F-WAT-01').ref}"

    assert sign_in("county").get(address).status_code == 403
    assert "F-EDU-01" in sign_in("wat.contact").get(address).text


def test_a_person_is_at_home_in_the_one_city_where_all_roles_are_held():
    here, there = Grant(Role.CENTRAL, "/1/"), Grant(Role.SECTOR_CONTACT, "/1/4/")
    elsewhere = Grant(Role.CENTRAL, "/2/")

    assert Actor(grants=(here, there)).home == "/1/"
    assert Actor(grants=(here, elsewhere)).home == "/"
    assert Actor().home == "/"


def test_an_entry_goes_to_the_owner_s_readers_when_a_new_record_names_its_owner_by_number_alone(town):
    secret, shared = town.a_function("F-NEW-01", "WAT", **town.SECRET), town.organisation_of("P-CTY")
    town.keep(secret)
    town.keep(Resource(function_id=secret.id, kind=ResourceKind.STAFF, name="Vartija"))
    town.keep(Share(organisation_id=shared.id, what=Shared.FUNCTION, record_id=secret.id))

    entries = {entry.subject: entry for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)}
    water = town.organisation_of("WAT").path
    for kind in ("function", "resource"):
        assert (entries[kind].owner_path, entries[kind].confidentiality) == (water, "confidential")
    assert entries["resource"].subject_code == "F-NEW-01 Vartija"
    assert entries["share"].owner_path == shared.path


def test_an_account_is_told_in_the_trail_of_its_own_city(town, acting):
    contact, nobody = town.user("edu.contact"), User(email="x@town.example", name="Uusi", language="en")
    city = town.organisation_of("CITY").path

    town.change(contact, name="Toinen nimi")
    town.keep(nobody)

    paths = {entry.subject_code: entry.owner_path for entry in db.session.query(AuditEntry)}
    assert (paths[contact.email], paths["x@town.example"]) == (city, "/")
