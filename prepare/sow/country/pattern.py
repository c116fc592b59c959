"""What a synthetic country is made of: the demo city's functions, services and needs, as kinds of things."""

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any

from dependencies.vocabulary import DependencyKind, Strength
from prepare.criticality import BANDS
from prepare.sow.files import Files, Row, codes, number
from prepare.sow.needs import groups, tolerance
from prepare.vocabulary import CapabilityBasis, Confidentiality, Criticality, ImpactCategory, RelationBasis


class Reach(IntEnum):
    """For whom one record of a kind stands."""

    COUNTRY = 0
    COUNTY = 1
    TOWN = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NATIONAL = _words("P-HAK P-DVV P-ILM P-FIN P-TE1 P-TE2 P-VIR P-CLO P-ICT P-EDU P-PAY P-BNK")
REGIONAL = _words("P-HVA P-POL P-PVA P-ALH P-FUE P-WHO P-CHE P-LAB P-MED")
#: In a country the neighbour stands there itself, so that the city needs no partner of that name.
NEIGHBOUR, NEIGHBOURS_WATER = "P-NAA", "F-VES-04"
#: Sectors and partners that work in every district; of the others a municipality has each function once.
IN_DISTRICTS = _words("KAS KYM KUV TUK VES ENE ELO P-BUS P-CON P-SEC P-WST P-SRK P-NUO P-SPR")
#: What a city has only one of, although its sector works in every district.
SINGLE = _words("KAS-07 KYM-08 KYM-12 KYM-15 KUV-06 VES-01 VES-02 VES-06 VES-07 ENE-02 ENE-05")


@dataclass(frozen=True)
class MemberKind:
    """One way to satisfy a kind of need."""

    supplier: str
    kind: DependencyKind
    extra_tolerance_h: float
    interface: str


@dataclass(frozen=True)
class NeedKind:
    """What functions of a kind need."""

    name: str  #: of a group; the need of a single supplier is called after it
    strength: Strength
    min_required: int
    tolerance_h: float
    workaround: str | None
    members: tuple[MemberKind, ...]


@dataclass(frozen=True)
class Kind:
    """A function of the demo city, or a service of one of its partners, as it may stand anywhere."""

    key: str
    owner: str
    reach: Reach
    is_own: bool
    in_districts: bool
    names: tuple[str, str, str]
    figures: dict[str, Any]
    is_secret: bool
    impacts: tuple[dict[str, Any], ...]
    needs: tuple[NeedKind, ...]
    demand: int  #: how many dependencies of the demo city are on it


class Pattern:
    """The demo city's files, read as kinds."""

    def __init__(self, files: Files) -> None:
        self.files = files

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Every kind by its key, what most depends on first: a small municipality has the first of them."""
        rows = [*self.files.rows("functions"), *self.files.rows("external_services")]
        found = [self._kind(row) for row in rows]
        return {kind.key: kind for kind in sorted(found, key=lambda kind: -kind.demand)}

    @cached_property
    def demand(self) -> Counter[str]:
        """How many dependencies there are on each kind."""
        return Counter(row["supplier"] for row in self.files.rows("dependencies"))

    def flow(self, key: str) -> DependencyKind:
        """What a supplier of this kind most often gives."""
        return self._flows.get(key, DependencyKind.SERVICE)

    @cached_property
    def _flows(self) -> dict[str, DependencyKind]:
        return {row["supplier"]: DependencyKind(row["type"]) for row in self.files.rows("dependencies")}

    @cached_property
    def _needs(self) -> dict[str, list[NeedKind]]:
        found: dict[str, list[NeedKind]] = {}
        for name, rows in groups(self.files):
            workaround = next((row["workaround_fi"] for row in rows if row["workaround_fi"]), None)
            members = tuple(
                MemberKind(
                    row["supplier"],
                    DependencyKind(row["type"]),
                    float(row["tolerance_h"]) - tolerance(rows),
                    row["interface"],
                )
                for row in rows
            )
            need = NeedKind(
                name,
                Strength(rows[0]["strength"]),
                int(rows[0]["min_required"] or 1),
                tolerance(rows),
                workaround,
                members,
            )
            found.setdefault(rows[0]["consumer"], []).append(need)
        return found

    @cached_property
    def _impacts(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.files.rows("bia_impacts"):
            steps = {band.code.lower(): int(row[band.code]) for band in BANDS}
            found.setdefault(row["function_id"], []).append({"category": ImpactCategory(row["category"]), **steps})
        return found

    def _kind(self, row: Row) -> Kind:
        key, is_own = row["id"], "sector" in row
        owner = row["sector"] if is_own else row["party"]
        return Kind(
            key,
            owner,
            Reach.COUNTRY if owner in NATIONAL else Reach.COUNTY if owner in REGIONAL else Reach.TOWN,
            is_own,
            owner in IN_DISTRICTS and key[2:] not in SINGLE,
            (row["name_fi"], row["name_sv"], row["name_en"]),
            own_figures(row) if is_own else partner_figures(row),
            row.get("confidentiality") == Confidentiality.CONFIDENTIAL,
            tuple(self._impacts.get(key, ())),
            tuple(self._needs.get(key, ())),
            self.demand[key],
        )

    def affected(self, row: Row) -> list[str]:
        """The kinds of function that a risk or a plan of the files is about."""
        return codes(row["functions"])


def own_figures(row: Row) -> dict[str, Any]:
    """The figures of a function."""
    return {
        "criticality": Criticality(row["criticality"]),
        "rto_h": number(row["rto_h"]),
        "mtpd_h": number(row["mtpd_h"]),
        "rpo_h": number(row["rpo_h"]),
        "recovery_capability_h": number(row["recovery_capability_h"]),
        "capability_basis": CapabilityBasis(row["capability_basis"]),
        "restart_h": number(row["restart_h"]),
        "mbco_pct": number(row["mbco_pct"]),
        "vital_function": row["vital_function"],
        "min_staff": int(row["min_staff"]) if row["min_staff"] else None,
    }


def partner_figures(row: Row) -> dict[str, Any]:
    """The figures of a partner's service."""
    return {
        "committed_recovery_h": number(row["committed_recovery_h"]),
        "commitment_basis": RelationBasis(row["commitment_basis"]),
    }
