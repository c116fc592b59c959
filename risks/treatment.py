"""What a risk's entry must satisfy, and what it still lacks (domain.md 2.3, 2.5: E7)."""

from prepare.errors import RuleBroken
from prepare.registration import Gap
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks import matrix
from risks.entries.risks import RiskEntry
from risks.matrix import Scale
from risks.vocabulary.risks import Treatment

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
TREATED = frozenset({Treatment.REDUCE, Treatment.SHARE})
#: The four places of a risk on the matrix: the columns of likelihood and impact.
INHERENT, CURRENT, RESIDUAL_PLACE, TARGET = PLACES = (
    ("inherent_likelihood", "inherent_impact"),
    ("likelihood", "impact"),
    ("residual_likelihood", "residual_impact"),
    ("target_likelihood", "target_impact"),
)
#: (the greater, the smaller, what is said at the field when it is not so)
ORDER = (
    (
        INHERENT,
        CURRENT,
        "inherent_likelihood",
        N_("Controls never make a risk greater: before them it is at least as great as now."),
    ),
    (CURRENT, RESIDUAL_PLACE, "residual_likelihood", N_("The residual risk cannot be greater than the risk.")),
    (CURRENT, TARGET, "target_likelihood", N_("The target cannot be greater than the risk.")),
)


def problems(entry: RiskEntry, scale: Scale) -> list[RuleBroken]:
    """Every rule that the entry breaks on this scale."""
    found = step_problems(entry, scale)
    if not entry.title_fi or not entry.title_fi.strip():
        found.append(RuleBroken(N_("Give the risk a title."), field="title_fi"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def step_problems(entry: RiskEntry, scale: Scale) -> list[RuleBroken]:
    """Steps lie on the scale; likelihood and impact are given together; what is done never makes a risk greater."""
    found = []
    for pair in PLACES:
        for name, steps in zip(pair, (scale.likelihood_steps, scale.impact_steps), strict=True):
            step = getattr(entry, name)
            if step is not None and step not in steps:
                found.append(RuleBroken(N_("A step runs from 1 to %(most)s."), field=name, most=steps[-1]))
    if found:
        return found
    for one, other in PLACES:
        if (getattr(entry, one) is None) != (getattr(entry, other) is None):
            missing = one if getattr(entry, one) is None else other
            found.append(RuleBroken(N_("Give both likelihood and impact."), field=missing))
    for greater, smaller, field, message in ORDER:
        high, low = score_at(entry, greater), score_at(entry, smaller)
        if high is not None and low is not None and low > high:
            found.append(RuleBroken(message, field=field))
    return found


def score_at(entry: RiskEntry, place: tuple[str, str]) -> int | None:
    """The score of one of the risk's places on the matrix, or None while it has none."""
    return matrix.score_of(getattr(entry, place[0]), getattr(entry, place[1]))


def gaps(entry: RiskEntry) -> list[Gap]:
    """What the risk still lacks, in the order of the form."""
    wanted = [*MANDATORY, RESIDUAL] if entry.treatment in TREATED else list(MANDATORY)
    return [Gap(name, what, why) for name, what, why in wanted if getattr(entry, name) in (None, "", ())]
