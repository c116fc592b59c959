"""What threatens the functions: risks, measures, scenarios; and the bodies that steer, their meetings and decisions."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import joinedload, selectinload

from exports.registers.field import CODE, INTERNAL, OWNER, REF, SECRECY, Field, Kind, names
from exports.registers.register import Records, Register, owned
from prepare.access import Action
from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.texts import N_
from risks import matrix, measuring
from risks.models.bodies import Body, Decision, Meeting
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.models.scenarios import Scenario
from risks.queries import bodies, measures, risks, scenarios
from risks.vocabulary.bodies import BodyKind, DecisionState, MeetingState
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind, MeasureSource, MeasureState
from risks.vocabulary.risks import Confidence, RiskState, Treatment, Trend
from risks.vocabulary.scenarios import Severity

WORD, NUMBER, WHOLE, DATE, YES_NO = Kind.WORD, Kind.NUMBER, Kind.WHOLE, Kind.DATE, Kind.YES_NO
CODES = Kind.CODES


def _risks(scope: Scope) -> Select[Any]:
    told = selectinload(Risk.functions).joinedload(Function.organisation), selectinload(Risk.measures)
    return risks.risks(scope).options(*told, joinedload(Risk.scenario))


RISKS = Register(
    "risks",
    N_("Risks"),
    N_("What threatens the functions, before and after treatment"),
    (
        REF,
        CODE,
        *names(N_("Risk"), "title"),
        *OWNER,
        Field("state", N_("Status"), WORD, RiskState, always=True),
        Field("cause", N_("Cause")),
        Field("event", N_("Event")),
        Field("consequence", N_("Consequence")),
        Field("threat", N_("Threat")),
        Field("area", N_("Area")),
        Field(
            "scenario",
            N_("Scenario"),
            value=lambda one, see: (
                one.scenario.code if one.scenario and see.admits(one.scenario.confidentiality) else None
            ),
        ),
        Field(
            "functions", N_("Affected functions"), CODES, value=lambda one, see: see.codes(one.functions), always=True
        ),
        Field("owner_role", N_("Owner (role)"), least=INTERNAL),
        Field("likelihood", N_("Likelihood"), WHOLE),
        Field("impact", N_("Impact"), WHOLE),
        Field("score", N_("Score"), WHOLE),
        Field("level", N_("Level"), WORD, matrix.Level),
        Field("trend", N_("Trend"), WORD, Trend),
        Field("confidence", N_("Confidence"), WORD, Confidence),
        Field("existing_controls", N_("Existing controls"), least=INTERNAL),
        Field("treatment", N_("Treatment"), WORD, Treatment),
        Field("measures", N_("Measures"), CODES, value=lambda one, see: see.codes_of(one.measures), least=INTERNAL),
        Field("residual_likelihood", N_("Likelihood after treatment"), WHOLE),
        Field("residual_impact", N_("Impact after treatment"), WHOLE),
        Field("residual_score", N_("Score after treatment"), WHOLE),
        Field("residual_level", N_("Level after treatment"), WORD, matrix.Level),
        Field("accepted_until", N_("Accepted until"), DATE, least=INTERNAL),
        Field("assessed_on", N_("Assessed"), DATE),
        Field("reviewed_on", N_("Reviewed"), DATE, least=INTERNAL),
        Field("next_review", N_("Next review"), DATE),
        *SECRECY,
    ),
    Records(_risks, Risk, owned(Risk)),
    Action.VIEW_RISK,
)


def _measures(scope: Scope) -> Select[Any]:
    return measures.measures(scope).options(selectinload(Measure.risks))


MEASURES = Register(
    "measures",
    N_("Measures"),
    N_("What is done, by whom and by when, and what is late"),
    (
        REF,
        CODE,
        *names(N_("Measure")),
        *OWNER,
        Field("state", N_("Status"), WORD, MeasureState, always=True),
        Field("kind", N_("Kind of measure"), WORD, MeasureKind),
        Field("source", N_("Origin"), WORD, MeasureSource),
        Field("level", N_("Level"), WORD, SteeringLevel, always=True),
        Field("area", N_("Area")),
        Field("risks", N_("Risks"), CODES, value=lambda one, see: see.codes_of(one.risks), always=True),
        Field("owner_role", N_("Owner (role)"), least=INTERNAL),
        Field("due", N_("Due date"), DATE),
        Field(
            "days_late", N_("Days late"), WHOLE, value=lambda o, see: measuring.overdue_days(o.state, o.due, on=see.on)
        ),
        Field("progress_pct", N_("Progress"), WHOLE, always=True),
        Field("progress_text", N_("How far it has come"), least=INTERNAL),
        Field("cost_eur", N_("Cost, €"), NUMBER, least=INTERNAL),
        Field("budget_ref", N_("Place in the budget"), least=INTERNAL),
        Field("action_plan_ref", N_("Place in the action plan"), least=INTERNAL),
        Field("effect_text", N_("Effect"), least=INTERNAL),
        Field("overdue_reason", N_("Why it is late"), least=INTERNAL),
        Field("done_on", N_("Reported done on"), DATE),
        Field("verified_on", N_("Verified on"), DATE),
        *SECRECY,
    ),
    Records(_measures, Measure, owned(Measure)),
    Action.VIEW_MEASURE,
)
SCENARIOS = Register(
    "scenarios",
    N_("Scenarios"),
    N_("Disruptions against which the city holds its functions"),
    (
        REF,
        CODE,
        *names(N_("Scenario")),
        *OWNER,
        *names(N_("Description"), "description", always=False),
        Field("threat", N_("Threat")),
        Field("duration_h", N_("Duration h"), NUMBER, always=True),
        Field("severity", N_("Severity"), WORD, Severity, always=True),
        Field("area", N_("Area")),
        Field("season", N_("Season")),
        *SECRECY,
    ),
    Records(scenarios.scenarios, Scenario, owned(Scenario)),
    Action.VIEW_SCENARIO,
)
BODIES = Register(
    "bodies",
    N_("Bodies"),
    N_("Groups that steer, follow or carry out safety work"),
    (
        REF,
        CODE,
        *names(N_("Name")),
        *OWNER,
        Field("kind", N_("Kind"), WORD, BodyKind, always=True),
        Field("level", N_("Level"), WORD, SteeringLevel, always=True),
        Field("purpose", N_("What it is for")),
        Field("cadence_months", N_("Months between meetings"), WHOLE),
        Field("on_demand", N_("Meets when it is called"), YES_NO, always=True),
        Field("secretariat", N_("Secretariat")),
        Field("appointed_by", N_("Appointed by")),
        Field("appointed_on", N_("Appointed on"), DATE),
        *SECRECY,
    ),
    Records(bodies.bodies, Body, owned(Body)),
    Action.VIEW_BODY,
)


def _of_body(path: str) -> Any:
    return Meeting.body.has(owned(Body)(path))


MEETINGS = Register(
    "meetings",
    N_("Meetings"),
    N_("Meetings of the bodies: planned, held and missed"),
    (
        REF,
        CODE,
        Field("body", N_("Body"), value=lambda one, _: one.body.code, always=True),
        Field("body_ref", N_("Reference of the body"), Kind.REF, value=lambda one, _: one.body.ref),
        Field("state", N_("Status"), WORD, MeetingState, always=True),
        Field("meets_on", N_("Day"), DATE, always=True),
        Field("place", N_("Place")),
        Field("remote", N_("Remote"), YES_NO, always=True),
        Field("agenda", N_("Agenda"), least=INTERNAL),
        Field("participants", N_("Participants"), least=INTERNAL),
        Field("minutes", N_("Minutes"), least=INTERNAL),
        Field("minutes_ref", N_("Where the minutes are kept"), least=INTERNAL),
        SECRECY[0],
    ),
    Records(bodies.meetings, Meeting, _of_body),
    Action.VIEW_BODY,
)
DECISIONS = Register(
    "decisions",
    N_("Decisions"),
    N_("What the meetings have decided, who answers for it and by when"),
    (
        REF,
        CODE,
        Field("meeting", N_("Meeting"), value=lambda one, _: one.meeting.code, always=True),
        Field("body", N_("Body"), value=lambda one, _: one.meeting.body.code, always=True),
        Field("text", N_("Decision"), always=True),
        Field("organisation", N_("Organisation"), value=lambda one, _: one.organisation and one.organisation.code),
        Field("owner_role", N_("Owner (role)"), least=INTERNAL),
        Field("due", N_("Due date"), DATE),
        Field("state", N_("Status"), WORD, DecisionState, always=True),
        Field(
            "measure",
            N_("Measure"),
            value=lambda one, see: one.measure.code if one.measure and see.reads(one.measure) else None,
        ),
        SECRECY[0],
    ),
    Records(bodies.decisions, Decision, lambda path: Decision.meeting.has(_of_body(path))),
    Action.VIEW_BODY,
)
REGISTERS = (RISKS, MEASURES, SCENARIOS, BODIES, MEETINGS, DECISIONS)
