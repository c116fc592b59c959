"""Where municipalities and their partners meet: the interfaces of a synthetic country."""

from collections.abc import Iterator
from random import Random
from typing import Any

from dependencies.models.interfaces import Interface, interface_sector
from dependencies.vocabulary import InterfaceLevel, InterfaceState
from prepare.sow.country.bulk import Bulk
from prepare.sow.country.land import Land, random_ref
from prepare.sow.country.pattern import NATIONAL, REGIONAL, Pattern, Reach
from prepare.sow.country.works import Work
from prepare.sow.files import Row, codes, names, yes
from prepare.sow.needs import STATES
from prepare.sow.sowing import folded
from prepare.vocabulary import Criticality


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
    texts, code = names(row), f"IF-{mark}{row['id'][3:]}"
    return {
        "code": code,
        "state": InterfaceState(STATES.get(row["status"], row["status"])),
        **texts,
        **folded(code, texts),
        "level": InterfaceLevel(row["level"]),
        "criticality": Criticality(row["criticality"]),
        "city_owner_role": row["city_owner_role"] or None,
        "party_owner_role": row["party_owner_role"] or None,
        "duty_contacts": yes(row["duty_contacts_both_sides"]),
        "alerting_documented": yes(row["alerting_practice_documented"]),
        "agreement": row["agreement"] or None,
        "exercised_on": pattern.files.day(row["last_joint_exercise"]),
        "transferred": bool(yes(row["responsibility_transferred"])),
        "next_review": pattern.files.day(row["next_review"]),
    }
