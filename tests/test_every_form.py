"""Every form: its fields, the entry that it empties into and the record's columns have the same names."""

from dataclasses import fields

import pytest
from flask_wtf import FlaskForm

from continuity.entries.comments import AnswerEntry as CommentAnswerEntry
from continuity.entries.comments import CommentEntry, WithdrawalEntry
from continuity.entries.contents import CardEntry, DocumentEntry, LevelTaskEntry, SectionEntry, StrategyEntry
from continuity.entries.exercises import (
    EvaluationEntry,
    ExerciseEntry,
    HoldingEntry,
    InjectEntry,
    MeasurementEntry,
)
from continuity.entries.plans import ApprovalEntry, NewPlanEntry, PlanEntry
from continuity.entries.readiness import KujaPartEntry, KujaResultEntry
from continuity.entries.reviews import NeededDecisionEntry, SituationReviewEntry
from continuity.entries.situations import (
    AgreementEntry,
    ClosingEntry,
    LogEntry,
    ObservationEntry,
    PresentationEntry,
    SituationEntry,
)
from continuity.entries.snoozes import SnoozeEntry
from continuity.entries.transfers import (
    ItemEntry,
    ItemMeasureEntry,
    ItemStateEntry,
    MoveEntry,
    TransferEntry,
    UndoEntry,
)
from continuity.models.comments import PlanComment
from continuity.models.contents import ActionCard, DocumentRef, LevelTask, Strategy
from continuity.models.exercises import Exercise, ExerciseInject, ExerciseMeasurement
from continuity.models.plans import Plan, PlanSection, PlanVersion
from continuity.models.readiness import KujaPart, KujaResult
from continuity.models.reviews import NeededDecision, SituationReview
from continuity.models.situations import Observation, PictureEntry, Situation
from continuity.models.snoozes import FindingSnooze
from continuity.models.transfers import Transfer, TransferItem
from dependencies.entries.agreements import AgreementEntry as PartnerAgreementEntry
from dependencies.entries.agreements import EndEntry, LaidAsideEntry, RenewalEntry
from dependencies.entries.confirmations import StatedDelivery, StatedNeed
from dependencies.entries.interfaces import (
    ContactEntry,
    FlowEntry,
    InterfaceEntry,
    InterfaceReviewEntry,
    PoliceEntry,
    TaskEntry,
)
from dependencies.entries.needs import (
    AcceptanceEntry,
    AffectedEntry,
    AlternativeEntry,
    HandlingEntry,
    NeedEntry,
    RunEntry,
)
from dependencies.entries.partners import LinkEntry
from dependencies.entries.reserves import ClaimEntry, ReserveEntry
from dependencies.hits import HitEntry
from dependencies.models.agreements import Agreement
from dependencies.models.confirmations import Statement
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask
from dependencies.models.losses import LossDecision
from dependencies.models.needs import Dependency, Need
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.models.runs import ScenarioRun
from exports.entries import (
    AgreementsEntry,
    FormEntry,
    GuidanceEntry,
    InjectsEntry,
    PackageEntry,
    PlanPaperEntry,
    RegisterEntry,
    ReportEntry,
    TrailEntry,
)
from prepare.entries import (
    AnswerEntry as RequirementAnswerEntry,
)
from prepare.entries import (
    ChapterEntry,
    FunctionEntry,
    GuidanceVersionEntry,
    HoldersEntry,
    ImpactEntry,
    IssueEntry,
    OrganisationEntry,
    RequirementEntry,
    ResourceEntry,
    TokenEntry,
    UserEntry,
)
from prepare.forms.files import FetchEntry
from prepare.forms.form import CityForm
from prepare.models.codes import CodeItem
from prepare.models.functions import Function, Resource
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.models.reports import Schedule
from prepare.models.tokens import ApiToken
from prepare.models.users import User
from prepare.scheduling import RoundEntry, ScheduleEntry
from prepare.texts import _, speaking
from risks.entries.bodies import BodyEntry, DecisionEntry, MeetingEntry, MinutesEntry
from risks.entries.codes import CodeEntry, EditionEntry
from risks.entries.inputs import InputEntry
from risks.entries.measures import MeasureEntry, ProgressEntry, ReopeningEntry
from risks.entries.networks import AnswerEntry, NetworkEntry, RequestEntry
from risks.entries.phenomena import IndicatorEntry, PhenomenonEntry, SignalEntry
from risks.entries.practices import PracticeEntry, UseEntry
from risks.entries.reasons import ReasonEntry
from risks.entries.risks import ReviewEntry, RiskAcceptanceEntry, RiskEntry
from risks.entries.safety import NationalProgrammeEntry, ObjectiveEntry, ProgrammeEntry
from risks.entries.safety_plans import AdoptionEntry, EndingEntry, PriorityEntry, SafetyPlanEntry
from risks.entries.scales import ScaleEntry
from risks.entries.scenarios import ScenarioEntry
from risks.models.bodies import Body, Decision, Meeting
from risks.models.inputs import ResidentInput
from risks.models.measures import Measure
from risks.models.national_programmes import NationalProgramme
from risks.models.networks import Network, NetworkRequest
from risks.models.objectives import Objective
from risks.models.phenomena import Indicator, Phenomenon, Signal
from risks.models.practices import GoodPractice, PracticeAdoption
from risks.models.programmes import Programme
from risks.models.risks import Risk, RiskAssessment
from risks.models.safety_plans import SafetyPlan, SafetyPriority
from risks.models.scenarios import Scenario
from tests.each import each_of

#: What a form carries beside its entry: whose record it is, what the person saw, a search, a token.
BESIDE = {"csrf_token", "seen", "organisation", "parent", "role", "find", "search", "kind", "another", "party"}
#: Entry → the records whose columns it fills.
RECORDS = {
    FunctionEntry: (Function,),
    ImpactEntry: (),  # one row of its own for each impact category
    OrganisationEntry: (Organisation,),
    HoldersEntry: (Organisation,),
    UserEntry: (User,),
    GuidanceVersionEntry: (GuidanceVersion,),
    IssueEntry: (GuidanceVersion,),
    ChapterEntry: (GuidanceChapter,),
    RequirementEntry: (Requirement,),
    RequirementAnswerEntry: (RequirementAnswer,),
    CodeEntry: (CodeItem,),
    EditionEntry: (),  # each line becomes a code of its own
    PhenomenonEntry: (Phenomenon,),
    IndicatorEntry: (Indicator,),
    SignalEntry: (Signal,),
    InputEntry: (ResidentInput,),
    PracticeEntry: (GoodPractice,),
    UseEntry: (PracticeAdoption,),
    NetworkEntry: (Network,),
    RequestEntry: (NetworkRequest,),
    AnswerEntry: (NetworkRequest,),
    RiskEntry: (Risk,),
    RiskAcceptanceEntry: (Risk,),
    ReviewEntry: (Risk, RiskAssessment),
    ScaleEntry: (),  # a record of its own for each step
    ScenarioEntry: (Scenario,),
    MeasureEntry: (Measure,),
    ProgressEntry: (Measure,),
    ReasonEntry: (Measure, Risk, Interface),
    InterfaceEntry: (Interface,),
    InterfaceReviewEntry: (Interface,),
    ContactEntry: (ContactPoint,),
    TaskEntry: (InterfaceTask,),
    FlowEntry: (InformationFlow,),
    PoliceEntry: (Organisation,),
    ReopeningEntry: (Measure,),
    NationalProgrammeEntry: (NationalProgramme,),
    ObjectiveEntry: (Objective,),
    ProgrammeEntry: (Programme,),
    BodyEntry: (Body,),
    MeetingEntry: (Meeting,),
    MinutesEntry: (Meeting,),
    DecisionEntry: (Decision,),
    SituationEntry: (Situation,),
    KujaPartEntry: (KujaPart,),
    KujaResultEntry: (KujaResult,),
    SituationReviewEntry: (SituationReview,),
    NeededDecisionEntry: (NeededDecision,),
    SnoozeEntry: (FindingSnooze,),
    LogEntry: (PictureEntry,),
    AgreementEntry: (),  # becomes a measure
    PartnerAgreementEntry: (Agreement,),
    EndEntry: (Agreement,),
    LaidAsideEntry: (Agreement,),
    RenewalEntry: (Agreement,),
    PresentationEntry: (Situation,),
    ClosingEntry: (Situation,),
    ObservationEntry: (Observation,),
    TransferEntry: (Transfer,),
    MoveEntry: (Transfer,),
    UndoEntry: (),  # a step: its reason is kept with the transfer
    ItemEntry: (TransferItem,),
    ItemStateEntry: (TransferItem,),
    ItemMeasureEntry: (Measure,),
    ExerciseEntry: (Exercise,),
    HoldingEntry: (Exercise,),
    EvaluationEntry: (Exercise,),
    InjectEntry: (ExerciseInject,),
    MeasurementEntry: (ExerciseMeasurement,),
    SafetyPlanEntry: (SafetyPlan,),
    PriorityEntry: (SafetyPriority,),
    AdoptionEntry: (SafetyPlan,),
    EndingEntry: (SafetyPlan,),
    PlanEntry: (Plan, PlanVersion),
    NewPlanEntry: (Plan,),
    SectionEntry: (PlanSection,),
    StrategyEntry: (Strategy,),
    CardEntry: (ActionCard,),
    LevelTaskEntry: (LevelTask,),
    DocumentEntry: (DocumentRef,),
    ApprovalEntry: (PlanVersion,),
    CommentEntry: (PlanComment,),
    CommentAnswerEntry: (PlanComment,),
    WithdrawalEntry: (),  # a step: its reason is kept with the version
    NeedEntry: (Need,),
    StatedNeed: (Statement,),
    StatedDelivery: (Statement,),
    ResourceEntry: (Resource,),
    RunEntry: (ScenarioRun,),
    AlternativeEntry: (Dependency,),
    LinkEntry: (),  # its days become a moment
    HandlingEntry: (LossDecision,),
    AcceptanceEntry: (LossDecision,),
    ReserveEntry: (Reserve,),
    ClaimEntry: (ReserveClaim,),
    AffectedEntry: (),  # links of a risk
    TrailEntry: (),
    HitEntry: (),  # only asked, never stored
    PlanPaperEntry: (),
    RegisterEntry: (),
    TokenEntry: (ApiToken,),
    InjectsEntry: (),  # a hand-over too
    AgreementsEntry: (),
    PackageEntry: (),  # as below; the passphrase is kept nowhere
    FormEntry: (),  # as below
    ReportEntry: (),  # as that of the guidance
    FetchEntry: (),  # told to the trail
    RoundEntry: (),  # becomes a job
    ScheduleEntry: (Schedule,),
    GuidanceEntry: (),  # a hand-over is told to the trail and kept nowhere else
}
#: Entry field → field of the form, where a page chooses records of another kind.
CHOSEN = {
    IndicatorEntry: {"retired": None},
    NeedEntry: {"alternatives": "suppliers"},
    AlternativeEntry: {"supplier": None},
}

#: Entry → its links that the record on the other side holds.
HELD_THERE = {PartnerAgreementEntry: {"interfaces"}}

#: Fields that ask for something else than the entry.
ASKED = {
    IndicatorEntry: {"retired"},
    LinkEntry: {"email"},
    PackageEntry: {"password_again"},
    CodeEntry: {"code"},
    TransferEntry: {"receiver"},
    ImpactEntry: {"worst", "mtpd_h", "propose", "check"},
    ScaleEntry: {"preview"},
    ScenarioEntry: {"picked"},
}


def every(top=CityForm):
    """Every form of the house."""
    for form in top.__subclasses__():
        yield form
        yield from every(form)


FORMS = sorted({form for form in every() if form.__module__.partition(".")[0] != "tests"}, key=lambda f: f.__name__)
#: Forms that only ask, by GET, and change nothing.
ASKING = {"CompareForm", "DurationsForm", "HitForm", "MomentForm", "TraceForm"}
with_entry = each_of(form for form in FORMS if form.entry_class)


@pytest.fixture
def bound(app):
    """Gives a form as a page shows it."""
    with app.test_request_context():
        yield lambda form: form()


def test_the_house_has_forms():
    assert len(FORMS) > 10
    assert {form.entry_class for form in FORMS} - {None} == RECORDS.keys()


@with_entry
def test_a_form_has_the_fields_of_its_entry_and_no_other(form, bound):
    chosen = CHOSEN.get(form.entry_class, {})
    wanted = {chosen.get(field.name, field.name) for field in fields(form.entry_class)} - {None}

    names = {field.name for field in bound(form)}

    assert wanted <= names | BESIDE
    assert names - wanted <= BESIDE | ASKED.get(form.entry_class, set())


@each_of(RECORDS)
def test_an_entry_has_the_names_of_its_records_columns(entry):
    records = RECORDS[entry]
    columns = {name for record in records for name in dir(record)}

    named = {field.name for field in fields(entry)} - HELD_THERE.get(entry, set())
    assert not records or named <= columns


@each_of(FORMS)
def test_every_field_has_a_translated_label_and_a_form_says_what_it_is_for(form, bound):
    assert form.__doc__
    for field in bound(form):
        if field.type not in ("HiddenField", "CSRFTokenField", "Version", "FormField"):
            with speaking("fi"):
                assert _(field.label.text) != field.label.text, field.name


@each_of(FORMS)
def test_every_form_is_guarded_against_foreign_pages_unless_it_only_asks(form, bound):
    has_token = "csrf_token" in bound(form)

    assert has_token or form.__name__ in ASKING


def test_every_form_of_the_product_is_a_form_of_the_house():
    strangers = [form for form in FlaskForm.__subclasses__() if form.__module__.startswith(("prepare", "risks"))]

    assert strangers == [CityForm]


@with_entry
def test_an_entry_is_frozen_and_given_by_name(form):
    parameters = form.entry_class.__dataclass_params__

    assert parameters.frozen
    assert all(field.kw_only for field in fields(form.entry_class))
