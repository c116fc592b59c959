"""Whether the data can be trusted and how everything is counted (B20): rules, figures, method, assumptions."""

from collections import Counter

from continuity.findings.catalogue import RULES as RULES_ASKED
from continuity.findings.finding import Severity
from continuity.readiness.scored import guidance_in_force
from continuity.scoring import scores
from continuity.scoring.method import FORMULAS
from continuity.scoring.vocabulary import METHOD, WEIGHTS, Code
from exports.columns import Column, Kind
from exports.frames.reader import frame_of
from exports.frames.readiness.gathered import Gathered
from exports.spreads import Section, Spread
from prepare.texts import N_, _, number
from prepare.version import VERSION

RULES = (
    Column("code", N_("Rule"), 26, Kind.CODE),
    Column("matters", N_("Why it matters"), 70),
    *(Column(one.value, one.message, 10, Kind.COUNT) for one in Severity),
    Column("total", N_("Findings"), 10, Kind.COUNT),
)
METHODS = (Column("name", N_("Matter"), 26, Kind.CODE), Column("text", N_("How it is"), 70))
QUALITY = (
    Column("name", N_("Figure"), 26, Kind.CODE),
    Column("text", N_("What it tells"), 70),
    Column("value", N_("Value"), 10, Kind.COUNT, tone="tone"),
    Column("unknown", N_("Unknown"), 10, Kind.QUANTITY),
)
#: Indicators that tell whether the rest can be trusted.
TRUSTED = (Code.COMPLETE, Code.REVIEWED, Code.CONFIRMED, Code.GUIDANCE)
COLOURS = N_("80 or more is good, 60 to 79 needs work, below 60 is weak; with less than half known it has no colour.")
ASSUMPTIONS = (
    N_("Unknown is never counted as fine: it is told apart, and it lowers the score."),
    N_("Dependencies that nobody has confirmed, or that are disputed, count in the chains and are marked."),
    N_("A scenario takes the functions of its hits down; everything else follows from needs and their tolerances."),
    N_("A recovery time is reached only if everybody works on it without waiting for the others."),
)


def spread(held: Gathered, digest: str) -> Spread:
    """The sheet of data quality and method; `digest` is the fingerprint of the rows that the workbook holds."""
    return Spread(
        _("Data quality and method"),
        _("How far the data can be trusted, which rules are broken, and how everything is counted"),
        [
            Section(_("Quality of the data"), QUALITY, frame_of(quality(held), QUALITY)),
            Section(_("Method"), METHODS, frame_of(_methods(held, digest), METHODS)),
            Section(_("Rules and what they find"), RULES, frame_of(_rules(held), RULES)),
        ],
        tab="notes",
        left_out=sum(not held.reader.admits(one.confidentiality) for one in held.found),
    )


def quality(held: Gathered) -> list[dict[str, object]]:
    """Indicators that tell whether the rest can be trusted, and how much of what is asked nobody knows."""
    rows: list[dict[str, object]] = []
    for code in TRUSTED:
        found = held.indicators[code]
        rows.append(
            {
                "name": f"{code.value} {code.label}",
                "text": _(FORMULAS[code]),
                "value": scores.points(found.value),
                "unknown": round(found.unknown, 1),
            }
        )
    if held.scored:
        known = scores.points(100 * held.scored.coverage)
        rows.append({"name": _("Known"), "text": _("Which share of what all indicators ask is known."), "value": known})
    return rows


def _rules(held: Gathered) -> list[dict[str, object]]:
    """Every rule with how often it is broken, as far as the variant may tell."""
    counts: dict[str, Counter[Severity]] = {}
    admitted = [one for one in held.found if held.reader.admits(one.confidentiality)]
    for one in admitted:
        counts.setdefault(one.rule.code, Counter())[one.severity] += 1
    rows: list[dict[str, object]] = []
    for explained in RULES_ASKED:
        found = counts.get(explained.rule.code, Counter())
        told = {one.value: found[one] for one in Severity}
        rows.append({"code": explained.rule.code, "matters": _(explained.asks), **told, "total": found.total()})
    return rows


def _methods(held: Gathered, digest: str) -> list[dict[str, object]]:
    weights = ", ".join(f"{one.value} {number(weight)}" for one, weight in WEIGHTS.items())
    version = guidance_in_force(held.city, held.reader.on)
    told = [
        (_("Method"), _("version %(number)s", number=METHOD)),
        (_("Program"), f"prepare {VERSION}"),
        (_("Guidance in force"), _("version %(number)s", number=version) if version else _("none")),
        (_("Weights of the classes"), weights),
        (_("Colours of the scores"), _(COLOURS)),
        (_("Fingerprint of the data"), digest),
        *((_("Assumption"), _(one)) for one in ASSUMPTIONS),
    ]
    if held.held.chains.not_run:
        told.append((_("Not run"), held.held.chains.not_run))
    return [{"name": name, "text": text} for name, text in told]
