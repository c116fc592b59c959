"""What a risk's entry must satisfy, and what it still lacks (domain.md 2.3, 2.4, 2.5: E7, E9, E12)."""

from datetime import date

from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from prepare.vocabulary import Confidentiality, Role
from risks import matrix
from risks.entries.risks import RiskEntry
from risks.matrix import Level
from risks.vocabulary.risks import RiskState, Treatment

#: field → what is missing, why it matters
MANDATORY: tuple[tuple[str, str, str], ...] = (
    ("cause", N_("Cause"), N_("Prevention begins at the cause.")),
    ("event", N_("Event"), N_("Without it nobody recognises the moment when the risk comes true.")),
    ("consequence", N_("Consequence"), N_("Preparation is planned against the consequence.")),
    ("threat", N_("Threat"), N_("It links the risk to the national risk assessment.")),
    ("functions", N_("Affected functions"), N_("A risk that affects no function cannot be weighed.")),
    ("likelihood", N_("Likelihood"), N_("The level rests on it.")),
    ("impact", N_("Impact"), N_("The level rests on it.")),
    ("trend", N_("Trend"), N_("A rising risk needs attention before its level changes.")),
    ("treatment", N_("Treatment"), N_("Somebody must have decided what is done about the risk.")),
    ("owner_role", N_("Owner (role)"), N_("Without an owner nobody treats the risk.")),
    ("next_review", N_("Next review"), N_("An assessment grows old.")),
)
RESIDUAL = ("residual_likelihood", N_("Residual risk"), N_("It tells whether the treatment is worth its price."))
ACCEPTANCE = ("accepted_by", "accepted_on", "accepted_reason", "accepted_until")
TREATED = frozenset({Treatment.REDUCE, Treatment.SHARE})


def problems(entry: RiskEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that the entry breaks on the day `on`."""
    found = step_problems(entry) + acceptance_problems(entry, on=on)
    if not entry.title_fi or not entry.title_fi.strip():
        found.append(RuleBroken(N_("Give the risk a title."), field="title_fi"))
    if entry.state is not RiskState.IDENTIFIED and entry.likelihood is None:
        found.append(
            RuleBroken(N_("Assess likelihood and impact first, or leave the state as identified."), field="state")
        )
    if entry.state is RiskState.TREATING and entry.treatment in (None, Treatment.ACCEPT):
        found.append(RuleBroken(N_("Say how the risk is treated: avoid, reduce or share."), field="treatment"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def step_problems(entry: RiskEntry) -> list[RuleBroken]:
    """Steps lie from 1 to 5; likelihood and impact are given together; treatment never makes a risk worse."""
    found = []
    for name in ("likelihood", "impact", "residual_likelihood", "residual_impact"):
        step = getattr(entry, name)
        if step is not None and step not in matrix.STEPS:
            found.append(RuleBroken(N_("A step runs from 1 to 5."), field=name))
    if found:
        return found
    for one, other in (("likelihood", "impact"), ("residual_likelihood", "residual_impact")):
        if (getattr(entry, one) is None) != (getattr(entry, other) is None):
            missing = one if getattr(entry, one) is None else other
            found.append(RuleBroken(N_("Give both likelihood and impact."), field=missing))
    before, after = entry_score(entry), matrix.score_of(entry.residual_likelihood, entry.residual_impact)
    if before is not None and after is not None and after > before:
        found.append(RuleBroken(N_("The residual risk cannot be greater than the risk."), field="residual_likelihood"))
    return found


def entry_score(entry: RiskEntry) -> int | None:
    """The score of the entry's assessment, or None while it has none."""
    return matrix.score_of(entry.likelihood, entry.impact)


def accepts(entry: RiskEntry) -> bool:
    """Whether the entry says that the risk is accepted as it is."""
    return entry.treatment is Treatment.ACCEPT or entry.state is RiskState.ACCEPTED


def acceptance_problems(entry: RiskEntry, *, on: date) -> list[RuleBroken]:
    """E9 and E12: an acceptance says who, when, why and until when; it begins by now and ends after it began."""
    found = []
    if accepts(entry):
        message = N_("An acceptance says who accepted, when, why and until when.")
        found = [RuleBroken(message, field=name) for name in ACCEPTANCE if getattr(entry, name) in (None, "")]
    if entry.accepted_on and entry.accepted_on > on:
        found.append(RuleBroken(N_("The day of acceptance cannot lie ahead."), field="accepted_on"))
    if entry.accepted_on and entry.accepted_until and entry.accepted_until < entry.accepted_on:
        found.append(RuleBroken(N_("The last day cannot be before the first."), field="accepted_until"))
    return found


def acceptance(entry: RiskEntry) -> tuple[object, ...]:
    """What makes up an acceptance, to see whether it changes."""
    return (accepts(entry), *(getattr(entry, name) for name in ACCEPTANCE))


def accepted_by(level: Level | None) -> Role:
    """Who may accept a risk of this level: the sector's director, from CRITICAL on the city leadership."""
    return Role.LEADERSHIP if level is Level.CRITICAL else Role.SECTOR_DIRECTOR


def has_lapsed(state: RiskState, accepted_until: date | None, *, on: date) -> bool:
    """Whether an acceptance no longer holds: its last day has passed, or it never had one."""
    return state is RiskState.ACCEPTED and (accepted_until is None or accepted_until < on)


def gaps(entry: RiskEntry) -> list[Gap]:
    """What the risk still lacks, in the order of the form."""
    wanted = [*MANDATORY, RESIDUAL] if entry.treatment in TREATED else list(MANDATORY)
    return [Gap(name, what, why) for name, what, why in wanted if getattr(entry, name) in (None, "", ())]
