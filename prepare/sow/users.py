"""The users of the demo city: one per role, named for the role and not for a person."""

from dataclasses import dataclass
from types import SimpleNamespace

from sqlalchemy import select, update

from prepare import passwords
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, User
from prepare.sow.sowing import Sowing
from prepare.texts import name_of
from prepare.vocabulary import Role

DEMO_PASSWORD = "merikaupunki-demo"  # noqa: S105 - shown to everybody who opens the demo
CITY = "CITY"
COUNTRY = "MAA"  #: above the municipalities of a synthetic country


@dataclass(frozen=True)
class DemoUser:
    """A demo user: address, name, role and the code of the organisation over which it is held."""

    address: str
    name: str
    role: Role
    organisation: str

    @property
    def email(self) -> str:
        """The address with which one signs in."""
        return f"{self.address}@merikaupunki.example"


USERS = (
    DemoUser("kas.contact", "Valmiusyhdyshenkilö KAS", Role.SECTOR_CONTACT, "KAS"),
    DemoUser("kas.director", "Toimialajohtaja KAS", Role.SECTOR_DIRECTOR, "KAS"),
    DemoUser("ves.contact", "Valmiusyhdyshenkilö VES", Role.SECTOR_CONTACT, "VES"),
    DemoUser("central", "Turvallisuus- ja valmiusyksikkö", Role.CENTRAL, CITY),
    DemoUser("leadership", "Kaupungin johto", Role.LEADERSHIP, CITY),
    DemoUser("partner.hva", "Hyvinvointialueen yhdyshenkilö", Role.PARTNER, "P-HVA"),
    DemoUser("partner.pol", "Poliisin yhdyshenkilö", Role.PARTNER, "P-POL"),
    DemoUser("auditor", "Tarkastaja", Role.AUDITOR, CITY),
    DemoUser("admin", "Pääkäyttäjä", Role.ADMIN, CITY),
)
#: Reads a whole synthetic country, where there is one.
COUNTRY_USER = DemoUser("country", "Maan valmiusyksikkö", Role.CENTRAL, COUNTRY)


def demo_users() -> list[SimpleNamespace]:
    """The demo users that exist here, in order: email, name, and duty in the current language."""
    order = {user.email: place for place, user in enumerate((*USERS, COUNTRY_USER))}
    rows = db.session.execute(
        select(User, RoleGrant.role, Organisation)
        .join(RoleGrant, RoleGrant.user_id == User.id)
        .join(Organisation, Organisation.id == RoleGrant.organisation_id)
        .where(User.email.in_(order), User.disabled_at.is_(None), RoleGrant.ended_at.is_(None))
    )
    found = [
        SimpleNamespace(email=user.email, name=user.name, duty=f"{role.label}: {name_of(organisation)}")
        for user, role, organisation in rows
    ]
    return sorted(found, key=lambda user: order[user.email])


def sow_users(sowing: Sowing) -> None:
    """The demo users with their roles; each contact is also the contact of his or her sector."""
    people = [
        {"email": user.email, "name": user.name, "password_hash": passwords.hashed(DEMO_PASSWORD)} for user in USERS
    ]
    sowing.write(User, people, by="email")
    grants = [
        {
            "user_id": sowing.id_of(User, user.email),
            "role": user.role,
            "organisation_id": sowing.id_of(Organisation, user.organisation),
        }
        for user in USERS
    ]
    sowing.write(RoleGrant, grants, by="role")
    for user in USERS:
        if user.role is Role.SECTOR_CONTACT:
            own = update(Organisation).where(Organisation.code == user.organisation)
            db.session.execute(own.values(contact_id=sowing.id_of(User, user.email)))


def person(role: Role, organisation: str) -> DemoUser | None:
    """The demo user who holds the role over exactly this organisation."""
    return next((user for user in USERS if (user.role, user.organisation) == (role, organisation)), None)
