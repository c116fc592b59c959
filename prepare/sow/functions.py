"""The demo city's critical functions, the services of its partners, the impacts over time and the resources."""

from typing import Any

from prepare.criticality import BANDS
from prepare.models.functions import BiaImpact, Function, Resource
from prepare.models.organisations import Organisation
from prepare.sow.files import Row, names, number
from prepare.sow.sowing import Sowing, folded
from prepare.vocabulary import (
    CapabilityBasis,
    Confidentiality,
    Criticality,
    FunctionState,
    ImpactCategory,
    RelationBasis,
    ResourceKind,
)

#: A confidential record always has a legal basis (E7); the files do not tell it.
SECRECY_BASIS = "JulkL (621/1999) 24 § 1 mom. 8 k."


def sow_functions(sowing: Sowing) -> None:
    """Functions of the city's own organisations, and services of its partners, in one register."""
    own = [_function(sowing, row) for row in sowing.files.rows("functions")]
    outside = [_service(sowing, row) for row in sowing.files.rows("external_services")]
    sowing.write(Function, own)
    sowing.write(Function, outside)


def _function(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        **_common(sowing, row, row["sector"], Confidentiality(row["confidentiality"])),
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


def _service(sowing: Sowing, row: Row) -> dict[str, Any]:
    return {
        **_common(sowing, row, row["party"], Confidentiality.INTERNAL),
        "committed_recovery_h": number(row["committed_recovery_h"]),
        "commitment_basis": RelationBasis(row["commitment_basis"]),
    }


def _common(sowing: Sowing, row: Row, owner: str, confidentiality: Confidentiality) -> dict[str, Any]:
    texts = names(row)
    return {
        "code": row["id"],
        "organisation_id": sowing.id_of(Organisation, owner),
        "state": FunctionState.CONFIRMED,
        **texts,
        **folded(row["id"], texts),
        "confidentiality": confidentiality,
        "secrecy_basis": SECRECY_BASIS if confidentiality is Confidentiality.CONFIDENTIAL else None,
    }


def sow_impacts(sowing: Sowing) -> None:
    """The impact of an outage of each function, by category and time band."""
    rows = [
        {
            "function_id": sowing.id_of(Function, row["function_id"]),
            "category": ImpactCategory(row["category"]),
            **{band.code.lower(): int(row[band.code]) for band in BANDS},
        }
        for row in sowing.files.rows("bia_impacts")
    ]
    sowing.write(BiaImpact, rows)


def sow_resources(sowing: Sowing) -> None:
    """What the vital and critical functions need of staff, premises, systems and stocks."""
    listed = sowing.files.rows("resources")
    rows = [
        {
            "function_id": sowing.id_of(Function, row["function_id"]),
            "kind": ResourceKind(row["kind"]),
            "name": row["name"],
            "normal_qty": number(row["normal_qty"]),
            "minimum_qty": number(row["minimum_qty"]),
            "unit": row["unit"] or None,
            "needed_from_band": row["needed_from_band"] or None,
            "stock_lasts_h": number(row["stock_lasts_h"]),
            "alternative": row["alternative"] or None,
        }
        for row in listed
    ]
    sowing.remember(Resource, [f"{row['function_id']} {row['name']}" for row in listed], sowing.write(Resource, rows))
