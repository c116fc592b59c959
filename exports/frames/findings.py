"""The sheet of findings (A16): what is missing, why it matters, how to mend it; the gravest first."""

from continuity.findings.finding import Finding, Severity
from exports.columns import Column, Kind, Tone
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.texts import N_, _

COLUMNS = (
    Column("severity", N_("Weight"), 12, tone="severity_tone"),
    Column("rule", N_("Rule"), 7, Kind.CODE),
    Column("subject", N_("Concerns"), 12),
    Column("code", N_("Code"), 10, Kind.CODE),
    Column("name", N_("Name"), 28),
    Column("missing", N_("What is missing"), 52),
    Column("matters", N_("Why it matters"), 40),
    Column("mend", N_("How to mend it"), 40),
)
TONES = {Severity.GRAVE: Tone.CRITICAL, Severity.NOTABLE: Tone.HIGH, Severity.MINOR: Tone.MODERATE}


def register(reader: Reader, findings: list[Finding]) -> Register:
    """The sheet of the findings, in the order given."""
    admitted, left_out = reader.divided(findings)
    return Register(
        _("Findings"),
        _("What is missing, why it matters and how to mend it"),
        COLUMNS,
        frame_of([_row(finding) for finding in admitted], COLUMNS),
        tab="action",
        frozen=0,
        left_out=left_out,
    )


def _row(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.severity.label,
        "severity_tone": TONES[finding.severity],
        "rule": finding.rule.code,
        "subject": finding.thing.subject.label,
        "code": finding.thing.code,
        "name": finding.thing.name,
        "missing": finding.missing,
        "matters": finding.matters,
        "mend": finding.mend,
    }
