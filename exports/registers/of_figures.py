"""What is reckoned from everything else: findings, readiness, and what each scenario does."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from continuity.findings.finding import Finding, Severity, Subject
from continuity.queries import readiness as cities
from continuity.readiness import scored
from continuity.readiness.judged import judged
from continuity.readiness.keeping import Kept
from continuity.scoring.scores import CityScore, SectorScore
from continuity.scoring.vocabulary import Code
from dependencies import tracing
from dependencies.outcome import in_hours
from dependencies.reduction import SeenOutcome
from dependencies.vocabulary import State, Verdict
from exports.registers.field import CONFIDENTIAL, REF, SECRECY, Field, Kind, Sight, Value
from exports.registers.register import Figures, Register, made_ref
from prepare.access import Action
from prepare.db import db
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.texts import N_, language
from prepare.vocabulary import Criticality, Dimension
from risks.models.scenarios import Scenario
from risks.queries import scenarios

WORD, NUMBER, DATE = Kind.WORD, Kind.NUMBER, Kind.DATE


#: A finding and its reference.
Found = tuple[Finding, UUID]
#: What several readers ask for page after page.
FOUND: Kept[list[Found]] = Kept(16)


def _tops(sight: Sight, path: str) -> list[Organisation]:
    """The topmost organisations that are read, at and below a path."""
    scope = sight.scope.below(path) if path else sight.scope
    every = db.session.scalars(organisations.organisations(scope)).all()
    return [one for one in every if not any(two is not one and one.path.startswith(two.path) for two in every)]


def _findings(sight: Sight, path: str) -> list[Found]:
    """The findings on what is read, each once with its reference, by what they are on; kept while nothing changes."""
    return FOUND.reckoned((sight, path, language()), lambda: _reckoned(sight, path))


def _reckoned(sight: Sight, path: str) -> list[Found]:
    found: dict[UUID, Finding] = {}
    for top in _tops(sight, path):
        for one in judged(sight.scope, top, on=sight.on).findings:
            if sight.admits(one.confidentiality):
                found.setdefault(_finding_ref(one), one)
    every = ((one, ref) for ref, one in found.items())
    return sorted(every, key=lambda each: (each[0].thing.code, each[0].rule.code, str(each[1])))


def _finding_ref(one: Finding) -> UUID:
    values = sorted((name, str(value)) for name, value in one.values.items())
    return made_ref("finding", one.rule.code, one.thing.subject.value, one.thing.ref, values)


FINDINGS = Register(
    "findings",
    N_("Findings"),
    N_("What is missing or wrong, why it matters in a disruption, and how to mend it"),
    (
        Field("ref", REF.label, Kind.REF, value=lambda each, _: each[1], always=True),
        Field("rule", N_("Rule"), value=lambda each, _: each[0].rule.code, always=True),
        Field("severity", N_("Severity"), WORD, Severity, lambda each, _: each[0].severity, always=True),
        Field("subject", N_("Concerns"), WORD, Subject, lambda each, _: each[0].thing.subject, always=True),
        Field("subject_code", N_("Code of the record"), value=lambda each, _: each[0].thing.code, always=True),
        Field("subject_name", N_("Name of the record"), value=lambda each, _: each[0].thing.name, always=True),
        Field("subject_ref", N_("Reference of the record"), Kind.REF, value=lambda each, _: each[0].thing.ref or None),
        Field("organisation", N_("Organisation"), value=lambda each, _: each[0].thing.organisation or None),
        Field("missing", N_("What is missing"), value=lambda each, _: each[0].missing, always=True),
        Field("matters", N_("Why it matters"), value=lambda each, _: each[0].matters, always=True),
        Field("mend", N_("How to mend it"), value=lambda each, _: each[0].mend, always=True),
        replace(SECRECY[0], value=lambda each, _: each[0].confidentiality),
    ),
    Figures(_findings, lambda each: each[1]),
    Action.VIEW_FINDING,
)

Scored = tuple[CityScore | SectorScore, Code]


def _indicators(sight: Sight, path: str) -> list[Scored]:
    """Each indicator of the cities and sectors that are read."""
    found: list[Scored] = []
    for city in db.session.scalars(cities.cities(sight.scope)):
        score = scored.of_city(city, on=sight.on)
        every: list[CityScore | SectorScore] = [score, *score.sectors]
        for one in every:
            if one.item.path.startswith(path) and sight.scope.covers(one.item.path, CONFIDENTIAL):
                found += [(one, code) for code in Code]
    return found


def _rounded(name: str) -> Value:
    def value(pair: Scored, _sight: Sight) -> float | None:
        found: float | None = getattr(pair[0].indicators[pair[1]], name)
        return None if found is None else round(found, 4)

    return value


INDICATORS = Register(
    "indicators",
    N_("Readiness"),
    N_("Every indicator of readiness of the city and its sectors, with what it is computed from"),
    (
        Field("ref", REF.label, Kind.REF, value=lambda pair, _: _indicator_ref(pair), always=True),
        Field("organisation", N_("Organisation"), value=lambda pair, _: pair[0].item.code, always=True),
        Field(
            "organisation_ref", N_("Reference of the organisation"), Kind.REF, value=lambda pair, _: pair[0].item.ref
        ),
        Field("indicator", N_("Indicator"), WORD, Code, lambda pair, _: pair[1], always=True),
        Field("dimension", N_("Dimension"), WORD, Dimension, lambda pair, _: pair[1].dimension, always=True),
        Field("value_pct", N_("Value"), NUMBER, value=_rounded("value")),
        Field("numerator", N_("In order"), NUMBER, value=_rounded("numerator"), always=True),
        Field("denominator", N_("Of these"), NUMBER, value=_rounded("denominator"), always=True),
        Field("unknown", N_("Unknown"), NUMBER, value=_rounded("unknown"), always=True),
        Field("as_of", N_("As of"), DATE, value=lambda _pair, see: see.on, always=True),
    ),
    Figures(_indicators, lambda pair: _indicator_ref(pair)),
    Action.VIEW_READINESS,
    least=CONFIDENTIAL,
)


def _indicator_ref(pair: Scored) -> UUID:
    return made_ref("indicator", pair[0].item.ref, pair[1].value)


Hit = dict[str, Any]
#: (what is read, path) → what the scenarios do, kept for as long as nothing changes.
_kept: Kept[tuple[Hit, ...]] = Kept(most=16)


def _cascades(sight: Sight, path: str) -> Sequence[Hit]:
    return _kept.reckoned((sight.scope, sight.highest, path), lambda: tuple(_traced(sight, path)))


def _traced(sight: Sight, path: str) -> list[Hit]:
    """What every scenario that is read does to every function that is read, by scenario and function."""
    found: list[Hit] = []
    for scenario in db.session.scalars(scenarios.scenarios(sight.scope)).all():
        seen = tracing.run_near(sight.scope, tracing.hits_of(scenario), most=tracing.MOST_TOLD)
        for one in seen.outcomes:
            card = one.function.card
            if card is not None and card.path.startswith(path) and sight.admits(card.confidentiality):
                found.append(_hit(scenario, one, sight))
    return sorted(found, key=lambda hit: (hit["scenario"], hit["function"]))


def _hit(scenario: Scenario, one: SeenOutcome, sight: Sight) -> Hit:
    outcome, card = one.outcome, one.function.card
    cause = one.steps[0].function.card if one.steps else None
    tells = cause is not None and sight.admits(cause.confidentiality)
    return {
        "ref": made_ref("cascade", scenario.ref, card and card.ref),
        "scenario": scenario.code,
        "scenario_ref": scenario.ref,
        "function": card and card.code,
        "function_ref": card and card.ref,
        "organisation": card and card.organisation,
        "criticality": card and card.criticality,
        "state": outcome.state,
        "verdict": outcome.verdict,
        "down_at_h": in_hours(outcome.down_at_min),
        "longest_outage_h": in_hours(outcome.longest_min),
        "first_cause": cause.code if cause is not None and tells else None,
    }


def _told(name: str) -> Value:
    return lambda hit, _: hit[name]


CASCADES = Register(
    "cascades",
    N_("What the scenarios do"),
    N_("What each scenario does to each function: when it goes down, for how long, and whether that is tolerable"),
    (
        Field("ref", REF.label, Kind.REF, value=_told("ref"), always=True),
        Field("scenario", N_("Scenario"), value=_told("scenario"), always=True),
        Field("scenario_ref", N_("Reference of the scenario"), Kind.REF, value=_told("scenario_ref")),
        Field("function", N_("Function"), value=_told("function"), always=True),
        Field("function_ref", N_("Reference of the function"), Kind.REF, value=_told("function_ref")),
        Field("organisation", N_("Organisation"), value=_told("organisation"), always=True),
        Field("criticality", N_("Class"), WORD, Criticality, _told("criticality")),
        Field("state", N_("What happens"), WORD, State, _told("state"), always=True),
        Field("verdict", N_("Verdict"), WORD, Verdict, _told("verdict"), always=True),
        Field("down_at_h", N_("Down at h"), NUMBER, value=_told("down_at_h")),
        Field("longest_outage_h", N_("Outage h"), NUMBER, value=_told("longest_outage_h")),
        Field("first_cause", N_("First cause"), value=_told("first_cause")),
    ),
    Figures(_cascades, lambda hit: UUID(str(hit["ref"]))),
    Action.TRACE_SCENARIO,
    least=CONFIDENTIAL,
)
REGISTERS = (FINDINGS, INDICATORS, CASCADES)
