"""What the cover tells: the document, the organisation's duty holders, the figures and how to read on."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from continuity.findings.finding import Finding, Severity
from continuity.readiness.holdings import Holdings
from dependencies.vocabulary import Verdict
from exports.columns import Tone
from exports.cover import Cover
from exports.frames import standing
from exports.frames.parts import Parts
from exports.frames.reader import Reader
from exports.frames.scenarios import Run
from exports.properties import Imprint
from prepare.loading import guidance as loading
from prepare.registration import TIMED
from prepare.texts import N_, _, day, moment
from prepare.vocabulary import Confidentiality, Criticality
from risks import measuring
from risks.matrix import Level

FOUND = {
    Severity.GRAVE: N_("Grave findings"),
    Severity.NOTABLE: N_("Notable findings"),
    Severity.MINOR: N_("Minor findings"),
}
LEGEND = {
    Tone.CRITICAL: N_("MTPD exceeded, critical risk, grave finding, no plan"),
    Tone.HIGH: N_("RTO exceeded, significant risk, notable finding, overdue"),
    Tone.MODERATE: N_("Degraded, moderate risk, minor finding, not confirmed"),
    Tone.GOOD: N_("Within the objective, low risk, approved, confirmed"),
    Tone.UNKNOWN: N_("Unknown, not assessed"),
}


def cover_of(parts: Parts, imprint: Imprint) -> Cover:
    """The cover of a guidance workbook; it says what the variant leaves out. The public is not told how ready it is."""
    is_inside = parts.reader.variant is not Confidentiality.PUBLIC
    title, scores = standing.scores_of(parts.reader) if is_inside else ("", [])
    return Cover(
        [*_facts(parts.reader, imprint, parts.held), *parts.chosen.absent],
        _figures(parts.reader, parts.held, parts.found, parts.traced),
        [(tone, _(message)) for tone, message in LEGEND.items()],
        _advice(parts.reader),
        parts.unshown,
        scores,
        title,
    )


def _facts(reader: Reader, imprint: Imprint, held: Holdings) -> list[tuple[str, str | date | None]]:
    facts: list[tuple[str, str | date | None]] = [
        (_("City"), imprint.city),
        (_("Organisation"), imprint.named),
        (_("Situation on"), imprint.as_of),
        (_("Variant"), reader.variant.label),
        *_guidance(reader),
    ]
    if reader.variant is Confidentiality.CONFIDENTIAL:
        facts.append((_("Legal basis of secrecy"), imprint.secrecy_basis))
    if reader.variant is not Confidentiality.PUBLIC:
        owner = held.organisation
        facts += [
            (_("Preparedness contact"), _person(owner.contact_role, owner.contact)),
            (_("Deputy contact"), _person(None, owner.deputy)),
            (_("Director"), owner.director_role or _("not named")),
        ]
    return [*facts, (_("Taken from the register"), moment(imprint.made_at)), (_("Fingerprint"), imprint.digest[:16])]


def _guidance(reader: Reader) -> list[tuple[str, str]]:
    """The version of the guidance in force, since when, and who issued it."""
    version = loading.current(reader.scope, reader.organisation, on=reader.on)
    if version is None:
        return [(_("Guidance in force"), _("none"))]
    told = _("version %(number)s, in force from %(day)s", number=version.number, day=day(version.valid_from))
    if reader.variant is Confidentiality.PUBLIC:
        return [(_("Guidance in force"), told)]
    return [(_("Guidance in force"), told), (_("Issued by"), version.issued_by or _("not known"))]


def _person(role: str | None, user: object) -> str:
    """A duty holder: name and role as far as they are known."""
    return ", ".join(filter(None, (getattr(user, "name", None), role))) or _("not named")


def _figures(
    reader: Reader, held: Holdings, found: Sequence[Finding], traced: Sequence[Run]
) -> list[tuple[str, int | None]]:
    functions = [function for function in held.functions if reader.admits(function.confidentiality)]
    classes = Counter(function.criticality for function in functions)
    figures: list[tuple[str, int | None]] = [
        (_("Functions in the class %(code)s", code=f"{one.value} {one.label}"), classes[one]) for one in Criticality
    ]
    if classes[None]:
        figures.append((_("Functions without a class"), classes[None]))
    if reader.variant is Confidentiality.PUBLIC:
        return figures
    uncovered = [f for f in functions if f.criticality in TIMED and f.id not in held.approved]
    risks = [risk for risk in held.risks if reader.admits(risk.confidentiality)]
    grave = [risk for risk in risks if risk.level in (Level.SIGNIFICANT, Level.CRITICAL)]
    weights = Counter(finding.severity for finding in found if reader.admits(finding.confidentiality))
    figures += [
        (_("Functions K1–K3 without an approved plan"), len(uncovered)),
        (_("Risks that are significant or critical"), len(grave)),
    ]
    measures = [measure for measure in held.measures if reader.admits(measure.confidentiality)]
    late = [one for one in measures if measuring.is_overdue(one.state, one.due, on=reader.on)]
    figures.append((_("Measures that are overdue"), len(late)))
    figures += [(_(FOUND[one]), weights[one]) for one in Severity]
    if reader.tells_dependencies:
        figures.append((_("Scenarios in which an MTPD is exceeded"), sum(map(_is_intolerable, traced))))
    return figures


def _is_intolerable(run: Run) -> bool:
    return any(seen.outcome.verdict is Verdict.MTPD_EXCEEDED for seen in run.outcomes.values())


def _advice(reader: Reader) -> list[str]:
    advice = [_("Mend the data in the register, not in this file, and take a new workbook afterwards.")]
    if reader.variant is not Confidentiality.PUBLIC:
        advice.insert(0, _("Begin with the findings: they tell what to mend, the gravest first."))
    if reader.tells_dependencies:
        advice.insert(0, _("In a disruption: find the nearest scenario, read what stops when and what to do first."))
        advice.append(_("Keep the file where only those who need it may open it; destroy it when it is replaced."))
    return [*advice, _("An empty cell means that something is not known or does not apply; unknown is never fine.")]
