"""The sheet of risks (A10): the gravest first, before and after treatment."""

from collections.abc import Mapping

from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.texts import N_, _, named
from prepare.vocabulary import Confidentiality
from risks.matrix import Level, score_of
from risks.measuring import in_force
from risks.models.risks import Risk

CODES_WIDTH = 11
MEASURES_WIDTH = 8
COLUMNS = (
    Column("code", N_("Code"), 8, Kind.CODE),
    Column("title", N_("Risk"), 22),
    Column("organisation", N_("Organisation"), 18, optional=True),
    Column("cause", N_("Cause"), 18, optional=True),
    Column("event", N_("Event"), 18, optional=True),
    Column("consequence", N_("Consequence"), 18, optional=True),
    Column("threat", N_("Threat"), 15),
    Column("functions", N_("Affected functions"), CODES_WIDTH),
    Column("likelihood", N_("Likelihood"), 11, Kind.STEP, note=N_("A step of the city's risk scale: see the codes.")),
    Column("impact", N_("Impact"), 11, Kind.STEP, note=N_("A step of the city's risk scale: see the codes.")),
    Column("score", N_("Score"), 9, Kind.COUNT, note=N_("Likelihood × impact.")),
    Column(
        "level",
        N_("Level"),
        12,
        tone="level_tone",
        note=N_("By the city's risk scale: see the codes."),
    ),
    Column("trend", N_("Trend"), 10, tone="trend_tone"),
    Column("controls", N_("Existing controls"), 18, optional=True),
    Column("treatment", N_("Treatment"), 10),
    Column("measures", N_("Measures"), MEASURES_WIDTH, least=Confidentiality.INTERNAL, optional=True),
    Column("residual_score", N_("Score after treatment"), 10, Kind.COUNT, optional=True),
    Column("residual_level", N_("Level after treatment"), 12, tone="residual_tone", optional=True),
    Column("scenario", N_("Scenario"), 10, Kind.CODE, optional=True),
    Column("owner", N_("Owner (role)"), 13),
    Column("state", N_("Status"), 12),
    Column("next_review", N_("Next review"), 11, Kind.DATE, tone="review_tone"),
)
TONES = {
    Level.LOW: Tone.GOOD,
    Level.MODERATE: Tone.MODERATE,
    Level.SIGNIFICANT: Tone.HIGH,
    Level.CRITICAL: Tone.CRITICAL,
}


def register(reader: Reader, risks: list[Risk], threats: Mapping[str, str]) -> Register:
    """The sheet of the risks, in the order given; `threats` names the codes of the threat catalogue."""
    admitted, left_out = reader.divided(risks)
    frame = frame_of([_row(reader, risk, threats) for risk in admitted], COLUMNS)
    return Register(
        _("Risks"),
        _("What threatens the functions, before and after treatment"),
        reader.shown(COLUMNS, frame),
        frame,
        frozen=2,
        left_out=left_out,
    )


def _row(reader: Reader, risk: Risk, threats: Mapping[str, str]) -> dict[str, object]:
    level, residual = risk.level, risk.residual_level
    overdue = risk.next_review is not None and risk.next_review < reader.on
    return {
        "code": risk.code,
        "title": named(risk, "title"),
        "organisation": reader.keeper(risk.organisation) if reader.tells_several else None,
        "cause": risk.cause,
        "event": risk.event,
        "consequence": risk.consequence,
        "threat": f"{risk.threat} {threats.get(risk.threat, '')}".strip() if risk.threat else None,
        "functions": reader.codes(risk.functions, CODES_WIDTH),
        "likelihood": risk.likelihood,
        "impact": risk.impact,
        "score": risk.score,
        "level": level.label if level else _("Not assessed"),
        "level_tone": TONES[level] if level else Tone.UNKNOWN,
        "trend": risk.trend.label if risk.trend else None,
        "trend_tone": Tone.HIGH if risk.trend and risk.trend.value == "rising" else None,
        "controls": risk.existing_controls,
        "treatment": risk.treatment.label if risk.treatment else _("Not decided"),
        "measures": reader.codes_of(in_force(risk.measures), MEASURES_WIDTH) or None,
        "residual_score": score_of(risk.residual_likelihood, risk.residual_impact),
        "residual_level": residual.label if residual else None,
        "residual_tone": TONES[residual] if residual else None,
        "scenario": risk.scenario.code if risk.scenario and reader.admits(risk.scenario.confidentiality) else None,
        "owner": risk.owner_role,
        "state": risk.state.label,
        "next_review": risk.next_review,
        "review_tone": Tone.HIGH if overdue else None,
    }
