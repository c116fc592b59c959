"""The code lists of a synthetic country, and the demo users of its first municipality."""

from random import Random

import sqlalchemy as sa

from prepare import passwords
from prepare.db import db
from prepare.models.codes import CodeItem
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, Share, User
from prepare.sow.country.bulk import Bulk
from prepare.sow.country.land import Land, random_ref
from prepare.sow.country.meetings import Meetings
from prepare.sow.country.pattern import Pattern
from prepare.sow.needs import SHARED_INTERFACES
from prepare.sow.organisations import code_rows, place_areas
from prepare.sow.users import CITY, COUNTRY, COUNTRY_USER, DEMO_PASSWORD, USERS
from prepare.vocabulary import Role, Shared


def sow_lists(bulk: Bulk, pattern: Pattern) -> None:
    """The lists of threats, areas and vital functions of society."""
    rows = code_rows(pattern.files)
    bulk.write(CodeItem, [{"id": id_, **row} for id_, row in enumerate(rows, start=1)])
    place_areas(pattern.files)


def sow_people(bulk: Bulk, land: Land, meetings: Meetings, rng: Random) -> None:
    """The demo users with their roles in the first municipality, and in a country one who reads all of it."""
    users = USERS if land.is_one_city else (*USERS, COUNTRY_USER)
    hashed = passwords.hashed(DEMO_PASSWORD)
    rows = [
        {"id": id_, "ref": random_ref(rng), "email": user.email, "name": user.name, "password_hash": hashed}
        for id_, user in enumerate(users, start=1)
    ]
    bulk.write(User, rows)
    grants = [
        {"id": id_, "user_id": id_, "role": user.role, "organisation_id": _organisation(land, user.organisation)}
        for id_, user in enumerate(users, start=1)
    ]
    bulk.write(RoleGrant, grants)
    for id_, user in enumerate(users, start=1):
        if user.role is Role.SECTOR_CONTACT:
            own = sa.update(Organisation).where(Organisation.id == land.owners[user.organisation, 0])
            db.session.execute(own.values(contact_id=id_))
    shared = [
        (land.owners[partner, 0], meetings.ids[0, code])
        for partner, interfaces in SHARED_INTERFACES.items()
        for code in interfaces
        if (0, code) in meetings.ids
    ]
    bulk.write(
        Share,
        [
            {"id": id_, "organisation_id": partner, "what": Shared.INTERFACE, "record_id": record}
            for id_, (partner, record) in enumerate(shared, start=1)
        ],
    )


def _organisation(land: Land, code: str) -> int:
    """The organisation that the demo city calls by this code."""
    if code == COUNTRY:
        return land.root
    return land.towns[0] if code == CITY else land.owners[code, 0]
