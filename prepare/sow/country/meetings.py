"""Where municipalities and their partners meet: the interfaces of a synthetic country."""

from collections.abc import Iterator
from random import Random
from typing import Any

from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask, interface_sector
from prepare.sow.country.bulk import Bulk
from prepare.sow.country.land import Land, random_ref
from prepare.sow.country.pattern import NATIONAL, REGIONAL, Pattern, Reach
from prepare.sow.country.works import Work
from prepare.sow.files import Row, codes
from prepare.sow.interfaces import Parts, columns, contacts, flows, tasks


class Meetings:
    """The interfaces that were written: found by the municipality and the demo city's code."""

    def __init__(self) -> None:
        self.ids: dict[tuple[int, str], int] = {}

    def between(self, work: Work, code: str) -> int | None:
        """The interface over which a dependency of this function runs, if one was made."""
        return self.ids.get((work.place, code)) if code and work.kind.reach is Reach.TOWN else None

    def sow(self, bulk: Bulk, land: Land, pattern: Pattern, rng: Random) -> None:
        """Each municipality has the demo city's interfaces, with its own partners or those that it shares."""
        sectors: list[dict[str, int]] = []
        bulk.write(Interface, self._rows(land, pattern, rng, sectors))
        bulk.write(interface_sector, sectors)
        for model, told in ((ContactPoint, contacts), (InterfaceTask, tasks), (InformationFlow, flows)):
            bulk.write(model, self._parts(told(pattern.files), rng))

    def _parts(self, parts: Parts, rng: Random) -> Iterator[dict[str, Any]]:
        """What belongs to the demo city's interfaces, in each municipality that has them."""
        by_code: dict[str, list[dict[str, Any]]] = {}
        for code, row in parts:
            by_code.setdefault(code, []).append(row)
        number = 0
        for (_town, code), interface in self.ids.items():
            for row in by_code.get(code, []):
                number += 1
                yield {"id": number, "ref": random_ref(rng), "interface_id": interface, **row}

    def _rows(
        self, land: Land, pattern: Pattern, rng: Random, sectors: list[dict[str, int]]
    ) -> Iterator[dict[str, Any]]:
        every = pattern.files.rows("interfaces")
        for town in range(land.size.municipalities):
            for row in every:
                party = self._party(land, town, row["party"])
                if party is None:
                    continue
                id_ = self.ids[town, row["id"]] = len(self.ids) + 1
                led = [land.owners[sector, town] for sector in codes(row["city_sectors"])]
                sectors += [{"interface_id": id_, "organisation_id": one} for one in led]
                ends = {"organisation_id": led[0], "party_id": party}
                yield {"id": id_, "ref": random_ref(rng), **ends, **_told(row, land.mark(town), pattern)}

    def _party(self, land: Land, town: int, code: str) -> int | None:
        place = 0 if code in NATIONAL else land.size.county_of(town) if code in REGIONAL else town
        return land.owners.get((code, place))


def _told(row: Row, mark: str, pattern: Pattern) -> dict[str, Any]:
    told = columns(pattern.files, row, f"IF-{mark}{row['id'][3:]}")
    return {**told, "agreement": row["agreement"] or None}
