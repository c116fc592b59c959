"""Records as the rows of indicators name them, and which organisation of a city answers for what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from continuity.scoring.cases import HolderFacts
from continuity.scoring.indicator import Item
from continuity.scoring.vocabulary import Kind
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.queries.scopes import below
from prepare.vocabulary import OWN_KINDS

#: Other rows of the same tables; made once, since making one costs more than a query.
Contact = aliased(User, name="contact")
Deputy = aliased(User, name="deputy")


def item(kind: Kind, row: Any, path: str, *, named_by: str = "name", is_binding: bool = False) -> Item:
    """A record, or a row with its columns, as rows of indicators name it; `path` is that of its owner."""
    fi, sv, en = (getattr(row, f"{named_by}_{code}", None) for code in ("fi", "sv", "en"))
    name = str(fi or getattr(row, named_by, ""))
    return Item(kind, row.code, str(row.ref), name, sv, en, row.id, path, row.confidentiality, is_binding)


def columns(model: Any, *more: Any, named_by: str = "name") -> list[Any]:
    """The columns of a record in three languages by which it is named, and more of it."""
    names = [getattr(model, f"{named_by}_{code}") for code in ("fi", "sv", "en")]
    return [model.id, model.ref, model.code, *names, model.confidentiality, model.organisation_id, *more]


@dataclass
class Sector:
    """One organisation right below a city, with everything below itself."""

    item: Item
    is_coordinator: bool = False
    holders: list[HolderFacts] = field(default_factory=list)


@dataclass
class Land:
    """A city's own organisations, and to which sector each of them belongs.

    What the city itself keeps is answered for by the unit that coordinates its preparedness.
    """

    city: Organisation
    sectors: list[Sector] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=dict)  #: organisation → number of its sector
    paths: dict[int, str] = field(default_factory=dict)

    def of(self, organisation: int) -> int | None:
        """The number of the sector that answers for what the organisation keeps; None when nobody does."""
        return self.place.get(organisation)

    def sorted_out(self, rows: Iterable[Any], make: Any) -> dict[int, list[Any]]:
        """What `make` gives of each row, by the sector that answers for it; None is left out."""
        found: dict[int, list[Any]] = {}
        for row in rows:
            number = self.of(row.organisation_id)
            if number is not None and (made := make(row)) is not None:
                found.setdefault(number, []).append(made)
        return found

    def kept(self, rows: Any, model: Any) -> Any:
        """The rows that the city and its own organisations keep."""
        rows = rows.join(Organisation, Organisation.id == model.organisation_id)
        return rows.where(below(self.city.path), Organisation.kind.in_(OWN_KINDS))


def land(city: Organisation) -> Land:
    """A city's own organisations in use, with their duty holders; the sectors by name."""
    rows = select(Organisation, Contact.id.is_not(None).label("contact"), Deputy.id.is_not(None).label("deputy"))
    rows = rows.outerjoin(Contact, (Contact.id == Organisation.contact_id) & Contact.disabled_at.is_(None))
    rows = rows.outerjoin(Deputy, (Deputy.id == Organisation.deputy_id) & Deputy.disabled_at.is_(None))
    rows = rows.where(below(city.path), Organisation.kind.in_(OWN_KINDS), Organisation.active.is_(True))
    found = Land(city)
    rows = rows.order_by(func.length(Organisation.path), Organisation.sort_name)
    for one, has_contact, has_deputy in db.session.execute(rows):
        found.paths[one.id] = one.path
        named = item(Kind.ORGANISATION, one, one.path)
        if one.parent_id == city.id:
            found.place[one.id] = len(found.sectors)
            found.sectors.append(Sector(named, one.is_coordinator))
        elif one.parent_id in found.place:
            found.place[one.id] = found.place[one.parent_id]
        if one.id in found.place:
            holder = HolderFacts(named, has_contact, has_deputy, bool(one.director_role))
            found.sectors[found.place[one.id]].holders.append(holder)
    unit = next((number for number, sector in enumerate(found.sectors) if sector.is_coordinator), None)
    if unit is not None:
        found.place[city.id] = unit
    return found


Sorted = Mapping[int, list[Any]]
