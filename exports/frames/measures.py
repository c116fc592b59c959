"""The sheet of measures (A11): what is done, by whom and by when, and what is late; what ended comes last."""

from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.texts import N_, _, name_of
from risks import measuring
from risks.models.measures import Measure
from risks.vocabulary.measures import ENDED_STATES, MeasureState

CODES_WIDTH = 12
COLUMNS = (
    Column("code", N_("Code"), 8, Kind.CODE),
    Column("name", N_("Measure"), 38),
    Column("organisation", N_("Organisation"), 18, optional=True),
    Column("kind", N_("Kind of measure"), 16),
    Column("source", N_("Origin"), 16),
    Column("risks", N_("Risks"), CODES_WIDTH),
    Column("owner", N_("Owner (role)"), 22),
    Column("due", N_("Due date"), 11, Kind.DATE, tone="due_tone"),
    Column("state", N_("Status"), 13, tone="state_tone"),
    Column("progress", N_("Progress"), 11, Kind.PERCENT),
    Column("cost", N_("Cost, €"), 11, Kind.COUNT),
    Column("budget", N_("Place in the budget"), 14, optional=True),
    Column("late", N_("Days late"), 9, Kind.COUNT, tone="due_tone"),
    Column("reason", N_("Why it is late"), 34),
)
TONES = {
    MeasureState.DONE: Tone.GOOD,
    MeasureState.VERIFIED: Tone.GOOD,
    MeasureState.IN_PROGRESS: Tone.MODERATE,
    MeasureState.ON_HOLD: Tone.HIGH,
}


def register(reader: Reader, measures: list[Measure]) -> Register:
    """The sheet of the measures: those that go on by their day, then those that were verified or cancelled."""
    admitted, left_out = reader.divided(measures)
    admitted.sort(key=lambda measure: measure.state in ENDED_STATES)
    frame = frame_of([_row(reader, measure) for measure in admitted], COLUMNS)
    return Register(
        _("Measures"),
        _("What is done, by whom and by when, and what is late"),
        reader.shown(COLUMNS, frame),
        frame,
        tab="action",
        frozen=2,
        left_out=left_out,
    )


def _row(reader: Reader, measure: Measure) -> dict[str, object]:
    late = measuring.overdue_days(measure.state, measure.due, on=reader.on)
    return {
        "code": measure.code,
        "name": name_of(measure),
        "organisation": reader.keeper(measure.organisation) if reader.tells_several else None,
        "kind": measure.kind.label if measure.kind else None,
        "source": measure.source.label if measure.source else None,
        "risks": reader.codes_of(measure.risks, CODES_WIDTH) or None,
        "owner": measure.owner_role,
        "due": measure.due,
        "due_tone": Tone.HIGH if late else None,
        "state": measure.state.label,
        "state_tone": TONES.get(measure.state),
        "progress": measure.progress_pct,
        "cost": measure.cost_eur,
        "budget": measure.budget_ref,
        "late": late,
        "reason": measure.overdue_reason if late else None,
    }
