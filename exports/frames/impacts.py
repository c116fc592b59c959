"""The sheet of the impact analysis (A3): how grave the harm of an outage is as it lasts longer."""

from collections.abc import Iterable

from continuity.readiness.holdings import Holdings
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.criticality import BANDS, INTOLERABLE, STEP_MESSAGES, band_of, falls
from prepare.db import db
from prepare.models.functions import BiaImpact, Function
from prepare.queries import functions as queries
from prepare.registration import VITAL
from prepare.texts import N_, _, name_of

#: The colour of a step; the cell holds its number as well.
TONES = {1: Tone.GOOD, 2: None, 3: Tone.MODERATE, 4: Tone.HIGH, 5: Tone.CRITICAL}
COLUMNS = (
    Column("code", N_("Code"), 10, Kind.CODE),
    Column("name", N_("Function"), 34),
    Column("criticality", N_("Class"), 7, Kind.CODE),
    Column("mtpd_h", N_("MTPD h"), 8, Kind.HOURS, note=N_("Maximum tolerable period of disruption.")),
    Column("category", N_("Impact category"), 24),
    *(Column(band.code, band.message, 8, Kind.STEP, tone=f"{band.code} tone") for band in BANDS),
    Column("note", N_("Note"), 30, optional=True),
    Column(
        "check",
        N_("Check"),
        26,
        note=N_("The harm never falls with time, and becomes intolerable (4) in the band of the MTPD at the earliest."),
        tone="check_tone",
    ),
)


def register(reader: Reader, held: Holdings) -> Register:
    """One row for every function and impact category; a vital function without an analysis is told as such."""
    admitted, left_out = reader.divided(held.functions)
    ids = [function.id for function in admitted]
    grids: dict[int, list[BiaImpact]] = {one: [] for one in ids}
    for row in db.session.scalars(queries.impacts_of(reader.scope, ids)):
        grids[row.function_id].append(row)
    frame = frame_of([row for function in admitted for row in _rows(function, grids[function.id])], COLUMNS)
    steps = ", ".join(f"{step} {_(message)}" for step, message in STEP_MESSAGES.items())
    return Register(
        _("Impact analysis (BIA)"),
        _("How grave the harm of an outage is as it lasts longer"),
        reader.shown(COLUMNS, frame),
        frame,
        frozen=2,
        left_out=left_out,
        hint=steps,
    )


def _rows(function: Function, grid: Iterable[BiaImpact]) -> list[dict[str, object]]:
    whole: dict[str, object] = {
        "code": function.code,
        "name": name_of(function),
        "criticality": function.criticality.value if function.criticality else None,
        "mtpd_h": function.mtpd_h,
    }
    rows = [whole | _impact(row, function.mtpd_h) for row in grid]
    if rows or function.criticality not in VITAL:
        return rows
    return [whole | {"check": _("Not assessed"), "check_tone": Tone.HIGH}]


def _impact(row: BiaImpact, mtpd_h: float | None) -> dict[str, object]:
    told, tone = _check(row, mtpd_h)
    steps = dict(zip((band.code for band in BANDS), row.steps, strict=True))
    tones = {f"{code} tone": TONES.get(step) for code, step in steps.items()}
    return {"category": row.category.label, "note": row.note, "check": told, "check_tone": tone, **steps, **tones}


def _check(row: BiaImpact, mtpd_h: float | None) -> tuple[str, Tone | None]:
    """What the row says against time and the MTPD, and how grave that is."""
    if falls({row.category: row.steps}):
        return _("Falls with time"), Tone.HIGH
    band = next((band for band, step in zip(BANDS, row.steps, strict=True) if step >= INTOLERABLE), None)
    if band is None:
        return _("Never intolerable"), None
    if mtpd_h is None:
        return _("Intolerable, but no MTPD is given"), Tone.HIGH
    asked = band_of(mtpd_h)
    if band.lo < asked.lo:
        return _("Intolerable before the MTPD"), Tone.HIGH
    return (_("Decides the MTPD"), Tone.GOOD) if band == asked else (_("Intolerable after the MTPD"), None)
