"""The sheet of plans (A12): what is approved, until when, and when it was last exercised."""

from continuity.findings.cases import PlanCase
from continuity.findings.plans import exercise_state, staleness
from continuity.models.plans import Plan, PlanVersion
from continuity.vocabulary.plans import PlanState
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.texts import N_, _, name_of

CODES_WIDTH = 34
COLUMNS = (
    Column("code", N_("Code"), 9, Kind.CODE),
    Column("name", N_("Plan"), 40),
    Column("kind", N_("Kind of plan"), 20),
    Column("version", N_("Version"), 9, Kind.CODE),
    Column("state", N_("Status"), 14, tone="state_tone"),
    Column("approved_on", N_("Approved on"), 12, Kind.DATE),
    Column("approver", N_("Approved by"), 20, optional=True),
    Column("next_review", N_("Next review"), 12, Kind.DATE, tone="review_tone"),
    Column("currency", N_("Up to date"), 24, tone="review_tone"),
    Column("exercised_on", N_("Exercised"), 12, Kind.DATE),
    Column("exercise", N_("Exercise in 24 months"), 24, tone="exercise_tone"),
    Column("functions", N_("Functions covered"), CODES_WIDTH),
    Column("document", N_("Document"), 24, optional=True),
)
TONES = {PlanState.APPROVED: Tone.GOOD, PlanState.RETURNED: Tone.HIGH}


def register(reader: Reader, plans: list[tuple[Plan, PlanVersion | None, PlanCase]]) -> Register:
    """The sheet of the plans with the version that counts: the approved one, else the one being prepared."""
    admitted = [plan for plan in plans if reader.admits(plan[0].confidentiality)]
    frame = frame_of([_row(reader, *plan) for plan in admitted], COLUMNS)
    return Register(
        _("Plans"),
        _("Which plans cover the functions, whether they are approved, current and exercised"),
        reader.shown(COLUMNS, frame),
        frame,
        frozen=2,
        left_out=len(plans) - len(admitted),
    )


def _row(reader: Reader, plan: Plan, version: PlanVersion | None, case: PlanCase) -> dict[str, object]:
    row: dict[str, object] = {
        "code": plan.code,
        "name": name_of(plan),
        "kind": plan.kind.label,
        "functions": reader.codes(plan.functions, CODES_WIDTH),
    }
    if version is None:
        return row | {"state": _("No version"), "state_tone": Tone.CRITICAL}
    approved = version.state is PlanState.APPROVED
    stale, untried = staleness(case, reader.on), exercise_state(case, reader.on)
    return row | {
        "version": version.number,
        "state": version.state.label,
        "state_tone": TONES.get(version.state, Tone.MODERATE),
        "approved_on": version.approved_on,
        "approver": version.approver.name if version.approver else None,
        "next_review": version.next_review,
        "review_tone": Tone.HIGH if stale else None,
        "currency": (stale or _("Yes")) if approved else None,
        "exercised_on": version.last_exercised_on,
        "exercise": (untried or _("Yes")) if approved else None,
        "exercise_tone": Tone.HIGH if approved and untried else None,
        "document": version.document_ref,
    }
