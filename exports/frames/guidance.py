"""The sheet of policy lines (A1): what the guidance in force asks, what the register shows and what is answered."""

from collections.abc import Mapping

from continuity.readiness import checks
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare import guiding
from prepare.checks import Check, Checked, CheckResult
from prepare.loading import guidance as loading
from prepare.loading.guidance import Asked
from prepare.texts import N_, _, named
from prepare.vocabulary import AnswerStatus, Confidentiality

INSIDE = Confidentiality.INTERNAL
COLUMNS = (
    Column("code", N_("Code"), 9, Kind.CODE),
    Column("dimension", N_("Dimension"), 16),
    Column("text", N_("Requirement"), 36),
    Column("concerns", N_("Concerns"), 12),
    Column("basis", N_("Basis"), 16),
    Column("cycle", N_("Cycle, months"), 9, Kind.COUNT),
    Column("shown", N_("The register shows"), 16, tone="shown_tone", least=INSIDE),
    Column("counted", N_("In order, of those counted"), 12, Kind.CODE, least=INSIDE),
    Column("answer", N_("The organisation says"), 16, tone="answer_tone", least=INSIDE),
    Column("differs", N_("Differs"), 11, tone="differs_tone", least=INSIDE),
    Column("evidence", N_("What shows it"), 28, least=INSIDE),
    Column("comment", N_("Comment"), 26, least=INSIDE),
    Column("answered_on", N_("Answered"), 12, Kind.DATE, least=INSIDE),
    Column("due", N_("Due again"), 12, Kind.DATE, tone="due_tone", least=INSIDE),
)
TONES = {
    "met": Tone.GOOD,
    "partly": Tone.MODERATE,
    "not_met": Tone.CRITICAL,
    "unknown": Tone.UNKNOWN,
}


def register(reader: Reader) -> Register:
    """The sheet of the requirements that concern the organisation, by code."""
    asked = loading.answered(reader.scope, reader.organisation, on=reader.on)
    admitted = [one for one in asked if reader.admits(one.requirement.confidentiality)]
    wanted = {one.requirement.automatic for one in admitted if one.requirement.automatic}
    found = checks.counted(reader.scope, [reader.organisation], wanted, reader.on)[reader.organisation.id]
    frame = frame_of([_row(one, found, reader) for one in admitted], COLUMNS)
    version = asked[0].requirement.guidance_version.number if asked else ""
    return Register(
        _("Policy lines"),
        _("What version %(number)s of the guidance asks, and how it is met", number=version)
        if version
        else _("No guidance is in force"),
        reader.shown(COLUMNS, frame),
        frame,
        frozen=1,
        left_out=len(asked) - len(admitted),
        key="lines",
    )


def _row(one: Asked, found: Mapping[Check, Checked], reader: Reader) -> dict[str, object]:
    asked, answer = one.requirement, one.answer
    counted = found.get(asked.automatic) if asked.automatic else None
    row: dict[str, object] = {
        "code": asked.mark,
        "dimension": asked.dimension.label,
        "text": named(asked, "text"),
        "concerns": ", ".join([*(word.value for word in asked.classes), *asked.sectors]) or _("All"),
        "basis": asked.basis,
        "cycle": asked.cycle_months,
        **_shown(counted),
    }
    if answer is None:
        return row | {"answer": _("Not answered"), "answer_tone": Tone.UNKNOWN}
    differs = guiding.differs(answer.status, counted.result if counted else None)
    return row | {
        "answer": answer.status.label,
        "answer_tone": None if answer.status is AnswerStatus.NA else TONES[answer.status.value],
        "differs": _("Yes") if differs else None,
        "differs_tone": Tone.HIGH if differs else None,
        "evidence": answer.evidence,
        "comment": answer.comment,
        "answered_on": answer.answered_on,
        "due": one.due,
        "due_tone": Tone.HIGH if one.is_open(reader.on) else None,
    }


def _shown(counted: Checked | None) -> dict[str, object]:
    """What the register shows; nothing where it counts nothing for the requirement."""
    if counted is None:
        return {}
    told = f"{counted.good} / {counted.of}" if counted.result is not CheckResult.UNKNOWN else None
    return {"shown": counted.result.label, "shown_tone": TONES[counted.result.value], "counted": told}
