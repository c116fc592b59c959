"""The sheet of critical functions (A2): what must run, how soon, and whether it can."""

from collections.abc import Mapping
from datetime import date

from continuity.findings.cases import FunctionCase
from continuity.findings.functions import exceeds_objective, gap_h
from continuity.models.plans import Plan, PlanVersion
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.criticality import suggested
from prepare.models.functions import Function
from prepare.registration import TIMED, gaps
from prepare.texts import N_, _, name_of, named
from prepare.vocabulary import Confidentiality, FunctionState

INTERNAL, SECRET = Confidentiality.INTERNAL, Confidentiality.CONFIDENTIAL
ACHIEVABLE = N_("Best recovery through the whole chain of suppliers; empty means unknown.")
GAP = N_("By how much the recovery misses the RTO.")
#: What the public may know of a public function has no class; weaknesses and duty holders have.
COLUMNS = (
    Column("code", N_("Code"), 10, Kind.CODE),
    Column("name", N_("Function"), 34),
    Column("organisation", N_("Organisation"), 20, optional=True),
    Column("state", N_("Not in force yet"), 12, optional=True),
    Column("description", N_("Description"), 30, optional=True),
    Column("organiser", N_("Organiser"), 12, optional=True),
    Column("production", N_("Production"), 12, optional=True),
    Column("owner", N_("Owner (role)"), 20, optional=True, least=INTERNAL),
    Column("deputy", N_("Deputy"), 18, optional=True, least=INTERNAL),
    Column("vital_function", N_("Vital function of society"), 26),
    Column("criticality", N_("Class"), 7, Kind.CODE, note=N_("K1 vital, K2 critical, K3 important, K4 other.")),
    Column("suggested", N_("Class by MTPD"), 9, Kind.CODE, optional=True, note=N_("The class that the MTPD suggests.")),
    Column("reason", N_("Reason for another class"), 24, optional=True, least=INTERNAL),
    Column("rto_h", N_("RTO h"), 8, Kind.HOURS, note=N_("Recovery time objective: when it must be back.")),
    Column("mtpd_h", N_("MTPD h"), 8, Kind.HOURS, note=N_("Maximum tolerable period of disruption.")),
    Column(
        "rpo_h", N_("RPO h"), 8, Kind.HOURS, optional=True, least=INTERNAL, note=N_("Hours of data that may be lost.")
    ),
    Column("mbco_pct", N_("Minimum level %"), 11, Kind.PERCENT, note=N_("Share of the normal service to be secured.")),
    Column("mbco_text", N_("Minimum level in words"), 26, optional=True),
    Column(
        "capability_h",
        N_("Capability h"),
        10,
        Kind.HOURS,
        N_("What is achieved today."),
        "capability_tone",
        least=INTERNAL,
    ),
    Column("basis", N_("Basis"), 12, least=INTERNAL),
    Column("achievable_h", N_("Achievable h"), 10, Kind.HOURS, ACHIEVABLE, "reach_tone", optional=True, least=SECRET),
    Column("gap_h", N_("Gap h"), 7, Kind.HOURS, GAP, "gap_tone", optional=True, least=INTERNAL),
    Column("min_staff", N_("Minimum staff"), 9, Kind.COUNT, optional=True, least=INTERNAL),
    Column("plan", N_("Plan"), 9, Kind.CODE, optional=True, least=INTERNAL),
    Column("plan_state", N_("State of the plan"), 14, tone="plan_tone", least=INTERNAL),
    Column("exercised_on", N_("Exercised"), 11, Kind.DATE, optional=True, least=INTERNAL),
    Column("reviewed_on", N_("Reviewed"), 11, Kind.DATE, optional=True, least=INTERNAL),
    Column("next_review", N_("Next review"), 11, Kind.DATE, tone="review_tone", optional=True, least=INTERNAL),
    Column(
        "missing",
        N_("Missing facts"),
        9,
        Kind.COUNT,
        N_("Mandatory facts that are missing; see the findings."),
        least=INTERNAL,
    ),
)

Approved = Mapping[int, tuple[Plan, PlanVersion]]


def register(
    reader: Reader,
    functions: list[Function],
    cases: Mapping[int, FunctionCase],
    approved: Approved,
    words: Mapping[str, str],
) -> Register:
    """The sheet of the organisation's functions, most critical first.

    `cases` and `approved` are keyed by the function's id; `words` names the vital functions of society.
    """
    admitted, left_out = reader.divided(functions)
    rows = [_row(reader, function, cases[function.id], approved.get(function.id), words) for function in admitted]
    frame = frame_of(rows, COLUMNS)
    return Register(
        _("Critical functions"),
        _("What must run, how soon it must be back and what is achieved today"),
        reader.shown(COLUMNS, frame),
        frame,
        frozen=2,
        left_out=left_out,
    )


def _row(
    reader: Reader,
    function: Function,
    case: FunctionCase,
    plan: tuple[Plan, PlanVersion] | None,
    words: Mapping[str, str],
) -> dict[str, object]:
    return {
        "code": function.code,
        "name": name_of(function),
        "organisation": reader.keeper(function.organisation) if reader.tells_several else None,
        "description": named(function, "description") or None,
        "organiser": _label(function.organiser),
        "production": _label(function.production),
        "owner": function.owner_role,
        "deputy": function.deputy_role,
        "vital_function": words.get(function.vital_function or "", function.vital_function),
        "state": function.state.label if function.state is not FunctionState.CONFIRMED else None,
        "min_staff": function.min_staff,
        "missing": len([*gaps(case.entry, assessed=bool(case.impacts)), *case.further_gaps]) or None,
        "reviewed_on": function.reviewed_on,
        "next_review": function.next_review,
        "review_tone": _overdue(function.next_review, reader.on),
        **_class(function),
        **_times(reader, function, case),
        **_plan(reader, case, plan),
    }


def _class(function: Function) -> dict[str, object]:
    suggestion = suggested(function.mtpd_h)
    differs = suggestion is not None and suggestion is not function.criticality
    return {
        "criticality": function.criticality.value if function.criticality else None,
        "suggested": suggestion.value if suggestion and differs else None,
        "reason": function.criticality_reason,
    }


def _times(reader: Reader, function: Function, case: FunctionCase) -> dict[str, object]:
    """Objectives, what is achieved, and the gap; what the whole chain achieves is told with the dependencies."""
    reached = case.achievable_h if case.achievable_known and reader.tells_dependencies else None
    worst = max((h for h in (function.recovery_capability_h, reached) if h is not None), default=None)
    return {
        "rto_h": function.rto_h,
        "mtpd_h": function.mtpd_h,
        "rpo_h": function.rpo_h,
        "mbco_pct": function.mbco_pct,
        "mbco_text": function.mbco_text,
        "capability_h": function.recovery_capability_h,
        "capability_tone": _gap_tone(function.recovery_capability_h, function.rto_h),
        "basis": _label(function.capability_basis),
        "achievable_h": reached,
        "reach_tone": _gap_tone(reached, function.rto_h),
        "gap_h": gap_h(worst, function.rto_h),
        "gap_tone": _gap_tone(worst, function.rto_h),
    }


def _plan(reader: Reader, case: FunctionCase, plan: tuple[Plan, PlanVersion] | None) -> dict[str, object]:
    """The approved plan; a plan above the variant's class is counted, but not named."""
    if plan is None:
        needed = case.criticality in TIMED
        tone = Tone.CRITICAL if needed else None
        return {"plan": None, "plan_state": _("No approved plan"), "plan_tone": tone, "exercised_on": None}
    record, version = plan
    stale = version.next_review is not None and version.next_review < reader.on
    return {
        "plan": record.code if reader.admits(record.confidentiality) else None,
        "plan_state": _("Review overdue") if stale else _("Approved"),
        "plan_tone": Tone.HIGH if stale else Tone.GOOD,
        "exercised_on": version.last_exercised_on,
    }


def _label(word: object) -> str | None:
    return str(word.label) if word is not None and hasattr(word, "label") else None


def _gap_tone(duration_h: float | None, rto_h: float | None) -> Tone | None:
    return Tone.HIGH if exceeds_objective(duration_h, rto_h) else None


def _overdue(due: date | None, on: date) -> Tone | None:
    return Tone.HIGH if due is not None and due < on else None
