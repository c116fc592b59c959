"""The organisations of a synthetic country: municipalities with sectors and partners, counties, shared operators."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from prepare.models.organisations import Organisation
from prepare.sow.country import names
from prepare.sow.country.bulk import Bulk
from prepare.sow.country.pattern import NATIONAL, NEIGHBOUR, REGIONAL, Pattern
from prepare.sow.country.size import Size
from prepare.sow.files import Row
from prepare.sow.users import CITY, COUNTRY
from prepare.texts import sort_key
from prepare.vocabulary import OrganisationKind, RelationBasis

#: Organisations of the demo city whose names say whose they are: how they are called in municipality %(of)s.
CALLED = {
    "VES": (
        "%(of_fi)s Vesi -liikelaitos",
        "Affärsverket %(of_sv)s Vatten",
        "%(en)s water utility (municipal enterprise)",
    ),
    "ENE": (
        "%(of_fi)s Energia Oy (tytäryhtiö)",
        "%(of_sv)s Energi Ab (dotterbolag)",
        "%(en)s energy company (city subsidiary)",
    ),
    "SAT": (
        "%(of_fi)s Satama Oy (tytäryhtiö)",
        "%(of_sv)s Hamn Ab (dotterbolag)",
        "Port of %(en)s (city subsidiary)",
    ),
    "P-SRK": ("%(of_fi)s seurakuntayhtymä", "%(of_sv)s kyrkliga samfällighet", "Parish union of %(en)s"),
}
#: Partners that each county has of its own, and how they are called there.
OF_COUNTY = {
    "P-HVA": ("%s hyvinvointialue", "%s välfärdsområde", "%s wellbeing services county"),
    "P-POL": ("%s poliisilaitos", "%s polisinrättning", "%s Police Department"),
    "P-PVA": ("%s aluetoimisto (puolustusvoimat)", "%s regionalbyrå (försvarsmakten)", "%s Defence Forces office"),
    "P-LAB": ("%s laboratorio Oy", "%s laboratorium Ab", "%s Laboratory Ltd"),
    "P-MED": ("%s paikallisradio", "%s lokalradio", "%s local radio"),
}


def random_ref(rng: Random) -> UUID:
    """A reference that the seed decides."""
    return UUID(int=rng.getrandbits(128), version=4)


@dataclass
class Land:
    """The organisations that were written; an owner is found by its code in the demo city, in a town or a county."""

    size: Size
    root: int = 1
    towns: list[int] = field(default_factory=list)  #: municipality number → its organisation
    paths: dict[int, str] = field(default_factory=dict)
    owners: dict[tuple[str, int], int] = field(default_factory=dict)  #: (code, town, county or 0) → organisation

    @property
    def is_one_city(self) -> bool:
        """Whether the municipality stands alone, as in an ordinary installation."""
        return self.size.municipalities == 1

    def mark(self, town: int | None, county: int | None = None) -> str:
        """What codes in this municipality or county begin with: "012-", "H03-", or nothing."""
        if self.is_one_city or (town is None and county is None):
            return ""
        return f"{town + 1:03}-" if town is not None else f"H{(county or 0) + 1:02}-"


def sow_land(bulk: Bulk, land: Land, pattern: Pattern, rng: Random) -> None:
    """The tree: a city with all that belongs to it, or a country of them beside what they share."""
    rows = list(_rows(land, pattern))
    for row in rows:
        row["ref"] = random_ref(rng)
    # The parent goes first; keys follow the order, so that a path is known before it is written.
    bulk.write(Organisation, rows)


def _rows(land: Land, pattern: Pattern) -> Iterator[dict[str, Any]]:
    made = _Maker(land)
    if not land.is_one_city:
        texts = {f"name_{language}": getattr(names.ROOT, language) for language in ("fi", "sv", "en")}
        yield made.row(COUNTRY, OrganisationKind.STATE, texts, None)
    partners = {row["id"]: row for row in pattern.files.rows("parties")}
    sectors = pattern.files.rows("sectors")
    for town in range(land.size.municipalities):
        yield from _municipality(made, land, town, sectors, list(partners.values()))
    for code, row in partners.items():
        if code in NATIONAL:
            yield made.partner(row, f"{code}", land.root, (code, 0), {})
        for county in range(land.size.counties) if code in REGIONAL else ():
            called = OF_COUNTY.get(code)
            place = names.county(county)
            texts = {f"name_{one}": called[i] % place[i] for i, one in enumerate(("fi", "sv", "en"))} if called else {}
            key = f"P-{land.mark(None, county)}{code[2:]}"
            yield made.partner(row, key, land.root, (code, county), texts)


def _municipality(
    made: "_Maker", land: Land, town: int, sectors: list[Row], partners: list[Row]
) -> Iterator[dict[str, Any]]:
    place, mark = names.town(town), land.mark(town)
    texts = {"name_fi": place.fi, "name_sv": place.sv, "name_en": place.en}
    city = made.row(f"{mark}{CITY}", OrganisationKind.CITY, texts, None if land.is_one_city else land.root)
    land.towns.append(city["id"])
    yield city
    for sector in sectors:
        row = made.row(f"{mark}{sector['id']}", OrganisationKind(sector["type"]), _called(sector, place), city["id"])
        row |= {"contact_role": sector["contact_role"], "is_coordinator": sector["is_coordinator"] == "true"}
        land.owners[sector["id"], town] = row["id"]
        yield row
    for partner in partners:
        code = partner["id"]
        if code not in NATIONAL | REGIONAL and (land.is_one_city or code != NEIGHBOUR):
            yield made.partner(partner, f"P-{mark}{code[2:]}", city["id"], (code, town), _called(partner, place))


def _called(row: Row, place: names.Name) -> dict[str, str]:
    called = CALLED.get(row["id"])
    if called is None:
        return {f"name_{language}": row[f"name_{language}"] for language in ("fi", "sv", "en")}
    return {f"name_{one}": called[i] % place._asdict() for i, one in enumerate(("fi", "sv", "en"))}


class _Maker:
    """Makes rows one after another under the next key."""

    def __init__(self, land: Land) -> None:
        self.land = land

    def row(self, code: str, kind: OrganisationKind, texts: dict[str, str], parent: int | None) -> dict[str, Any]:
        """An organisation below its parent."""
        id_ = len(self.land.paths) + 1
        path = self.land.paths[id_] = f"{self.land.paths[parent] if parent else '/'}{id_}/"
        return {
            "id": id_,
            "code": code,
            "kind": kind,
            **texts,
            "parent_id": parent,
            "path": path,
            "sort_name": sort_key(texts["name_fi"]),
            "contact_role": None,
            "is_coordinator": False,
            "relation_basis": None,
        }

    def partner(self, row: Row, code: str, parent: int, key: tuple[str, int], texts: dict[str, str]) -> dict[str, Any]:
        """An outside partner; without texts of its own it is called as in the demo city."""
        own = {f"name_{language}": row[f"name_{language}"] for language in ("fi", "sv", "en")}
        made = self.row(code, OrganisationKind(row["type"]), texts or own, parent)
        made["relation_basis"] = RelationBasis(row["relation_basis"])
        self.land.owners[key] = made["id"]
        return made
