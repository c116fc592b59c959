"""The indicators (B2): what each counts, of how many, how much is unknown, and how each sector stands."""

from continuity.scoring.indicator import Indicator
from continuity.scoring.method import FORMULAS
from continuity.scoring.scores import FAIR, GOOD, points
from continuity.scoring.vocabulary import Code
from exports.columns import Column, Kind, Tone
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.sheets import Register
from prepare.texts import N_, _, name_of

COLUMNS = (
    Column("code", N_("Indicator"), 9, Kind.CODE),
    Column("name", N_("Name of the indicator"), 24),
    Column("dimension", N_("Dimension"), 16),
    Column("definition", N_("How it is counted"), 52),
    Column("numerator", N_("In order"), 9, Kind.QUANTITY, note=N_("Weights of what is in order.")),
    Column("denominator", N_("Of all"), 9, Kind.QUANTITY, note=N_("Weights of everything that is asked about.")),
    Column("unknown", N_("Unknown"), 10, Kind.QUANTITY, note=N_("Weights of what nobody knows: not in order.")),
    Column("value", N_("Value"), 8, Kind.COUNT, tone="value tone", note=N_("From 0 to 100.")),
    Column("target", N_("Target"), 7, Kind.COUNT),
)
SURVIVES = N_(
    "Weights of the K1 and K2 functions that the scenario stops for no longer than their MTPD, of all of them."
    " It stands beside the score, not in it."
)


def register(held: Gathered) -> Register:
    """The sheet of the indicators: the whole first, then a column for each sector."""
    sectors = [Column(one.item.code, one.item.code, 7, Kind.COUNT, name_of(one.item)) for one in held.sectors]
    columns = (*COLUMNS, *sectors)
    rows = [_row(held, code) for code in Code]
    if held.reader.tells_dependencies and held.is_whole:
        rows += [_survives(item.code, name_of(item), found) for item, found in held.score.outcomes]
    return Register(
        _("Indicators"),
        _("What each indicator counts, of how many, how much is unknown, and how each sector stands"),
        columns,
        frame_of(rows, columns),
        frozen=2,
        hint=_("An empty value: there is nothing to ask about. Counts include every record, as on the readiness page."),
    )


def _row(held: Gathered, code: Code) -> dict[str, object]:
    row = {
        "code": code.value,
        "name": code.label,
        "dimension": code.dimension.label,
        "definition": _(FORMULAS[code]),
        **_counts(held.indicators[code]),
    }
    return row | {one.item.code: points(one.indicators[code].value) for one in held.sectors}


def _survives(scenario: str, name: str, found: Indicator) -> dict[str, object]:
    told = {"code": "O1", "name": _("Survivability: %(scenario)s", scenario=f"{scenario} {name}")}
    return {**told, "dimension": _("Outcome"), "definition": _(SURVIVES), **_counts(found)}


def _counts(found: Indicator) -> dict[str, object]:
    value = points(found.value)
    return {
        "numerator": round(found.numerator, 1),
        "denominator": round(found.denominator, 1),
        "unknown": round(found.unknown, 1),
        "value": value,
        "value tone": None if value is None else _tone(value),
        "target": GOOD,
    }


def _tone(value: int) -> Tone:
    return Tone.GOOD if value >= GOOD else Tone.MODERATE if value >= FAIR else Tone.CRITICAL
