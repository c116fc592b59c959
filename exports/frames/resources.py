"""The sheet of resources (A4): what each function needs at its minimum level, and what stands in for it."""

from continuity.readiness.holdings import Holdings
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.criticality import BANDS
from prepare.db import db
from prepare.models.functions import Function, Resource
from prepare.queries import functions as queries
from prepare.registration import VITAL
from prepare.resourcing import has_no_stand_in, has_unknown_stock, of_record
from prepare.texts import N_, _, name_of

COLUMNS = (
    Column("code", N_("Code"), 10, Kind.CODE),
    Column("name", N_("Function"), 34),
    Column("criticality", N_("Class"), 7, Kind.CODE),
    Column("kind", N_("Kind"), 14),
    Column("resource", N_("Resource"), 30),
    Column("normal_qty", N_("Normal quantity"), 10, Kind.QUANTITY),
    Column("minimum_qty", N_("Minimum quantity"), 10, Kind.QUANTITY, note=N_("For the minimum service level.")),
    Column("unit", N_("Unit"), 10),
    Column("needed_from", N_("Needed from"), 11, note=N_("How long an outage the function can bear without it.")),
    Column("stock_lasts_h", N_("Stock lasts h"), 10, Kind.HOURS, note=N_("Without a new delivery."), tone="stock_tone"),
    Column("alternative", N_("Alternative"), 34, tone="alternative_tone"),
)


def register(reader: Reader, held: Holdings) -> Register:
    """One row for every resource, the most critical functions first."""
    functions = {function.id: function for function in held.functions}
    places = {one: place for place, one in enumerate(functions)}
    rows = list(db.session.scalars(queries.resources_of(reader.scope, list(functions))))
    admitted, left_out = reader.divided(sorted(rows, key=lambda row: places[row.function_id]))
    frame = frame_of([_row(functions[resource.function_id], resource) for resource in admitted], COLUMNS)
    return Register(
        _("Resources"),
        _("What each function needs at its minimum level, and what stands in for it"),
        COLUMNS,
        frame,
        frozen=2,
        left_out=left_out,
    )


def _row(function: Function, resource: Resource) -> dict[str, object]:
    entry, vital = of_record(resource), function.criticality in VITAL
    alone, unknown = vital and has_no_stand_in(entry), vital and has_unknown_stock(entry)
    bands = {band.code: band.label for band in BANDS}
    return {
        "code": function.code,
        "name": name_of(function),
        "criticality": function.criticality.value if function.criticality else None,
        "kind": resource.kind.label,
        "resource": resource.name,
        "normal_qty": resource.normal_qty,
        "minimum_qty": resource.minimum_qty,
        "unit": resource.unit,
        "needed_from": bands.get(resource.needed_from_band or ""),
        "stock_lasts_h": resource.stock_lasts_h,
        "stock_tone": Tone.UNKNOWN if unknown else None,
        "alternative": resource.alternative or (_("Nothing stands in") if alone else None),
        "alternative_tone": Tone.HIGH if alone else None,
    }
