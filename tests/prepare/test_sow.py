"""The demo city as it is sown: everything that the files hold, dated from today, and told to the trail once."""

import time
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from continuity.models.comments import PlanComment
from continuity.models.comparison import ReadinessParticipation
from continuity.models.contents import ActionCard, CardTask, DocumentRef, LevelTask, Strategy
from continuity.models.exercises import Exercise, ExerciseMeasurement
from continuity.models.plans import Plan, PlanSection, PlanVersion
from continuity.models.readiness import KujaPart, KujaResult, ReadinessSnapshot
from continuity.models.reviews import NeededDecision, SituationReview
from continuity.models.situations import Observation, PictureEntry, Situation
from continuity.models.transfers import Transfer, TransferItem
from continuity.scoring import snapshots
from continuity.scoring.scores import points
from continuity.vocabulary.plans import PlanState
from dependencies.models.agreements import Agreement
from dependencies.models.confirmations import Statement
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask
from dependencies.models.needs import Dependency, Need
from dependencies.models.reserves import Reserve, ReserveClaim
from prepare import anchors, audit, jobs, passwords, scheduling, sealing
from prepare.actor import EVERYTHING
from prepare.clock import today
from prepare.db import Base, db
from prepare.errors import RuleBroken
from prepare.models.functions import BiaImpact, Function, Resource
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.models.reports import Schedule
from prepare.models.users import RoleGrant, Share, User
from prepare.queries import verification
from prepare.resourcing import of_record, problems
from prepare.sow import city, users
from prepare.sow.files import Files, codes, number, yes
from prepare.vocabulary import Confidentiality, Criticality, Role
from risks import measuring
from risks.matrix import Level
from risks.models.bodies import Body, BodyMember, Decision, Meeting
from risks.models.inputs import ResidentInput
from risks.models.measures import Measure
from risks.models.national_programmes import NationalLine, NationalProgramme
from risks.models.networks import Network, NetworkMember, NetworkRequest
from risks.models.objectives import Objective
from risks.models.offers import ScenarioOffer
from risks.models.phenomena import Indicator, Phenomenon, Signal
from risks.models.practices import GoodPractice, PracticeAdoption
from risks.models.programmes import Programme
from risks.models.risks import Risk
from risks.models.safety_plans import SafetyPlan, SafetyPriority
from risks.models.scenarios import Scenario, ScenarioHit
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureState
from tests import conftest, town, traces

WRITTEN = date(2026, 11, 21)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def by_code(model, code):
    return db.session.scalars(select(model).where(model.code == code)).one()


def test_dates_keep_their_distance_to_today():
    files = Files(on=WRITTEN + timedelta(days=100))

    assert files.day("2026-10-31") == date(2026, 10, 31) + timedelta(days=100)
    assert files.day("") is None


def test_what_the_files_leave_empty_is_unknown():
    assert (number(""), number("0"), number("0.5")) == (None, 0.0, 0.5)
    assert (yes("yes"), yes("false"), yes("")) == (True, False, None)
    assert codes("F-1;;F-2") == ["F-1", "F-2"]


@pytest.mark.usefixtures("demo")
class TestDemoCity:
    def test_schedules_begin_on_the_day_after_so_that_the_demo_starts_at_once(self):
        every = db.session.scalars(select(Schedule)).all()
        due = {
            one.code: scheduling.due(one.rhythm, one.day, since=one.since, run_on=one.run_on, on=today())
            for one in every
        }

        assert due == {"SC-01": None, "SC-02": None, "SC-03": None, "SC-04": None}
        assert [one.code for one in every if not one.is_on] == ["SC-04"]
        assert all(jobs.kind(one.kind).by_schedule for one in every)
        assert {one.user.email for one in every} == {"central@merikaupunki.example"}

    def test_every_row_of_the_files_is_there(self):
        expected = {
            Organisation: 1 + 10 + 30,
            Function: 77 + 41,
            BiaImpact: 462,
            Dependency: 287,
            Statement: 17,
            Need: 220 + 31,  # rows without a group, and groups
            Interface: 23,
            Agreement: 26,
            Transfer: 3,
            Schedule: 4,
            Reserve: 14,
            ReserveClaim: 44,
            ContactPoint: 43,
            InterfaceTask: 25,
            InformationFlow: 15,
            TransferItem: 12,
            Scenario: 9,
            ScenarioHit: 32,
            ScenarioOffer: 1,
            ReadinessParticipation: 1,
            Risk: 41,
            NationalProgramme: 3,
            NationalLine: 9,
            Objective: 4,
            Programme: 7,
            Measure: 26,
            Phenomenon: 5,
            Indicator: 18,
            Signal: 12,
            ResidentInput: 15,
            GoodPractice: 4,
            PracticeAdoption: 2,
            Network: 5,
            NetworkMember: 22,
            NetworkRequest: 2,
            SafetyPlan: 8,
            SafetyPriority: 13,
            Plan: 22,
            PlanVersion: 22,
            PlanSection: 19,
            Strategy: 10,
            ActionCard: 5,
            CardTask: 24,
            LevelTask: 7,
            DocumentRef: 4,
            PlanComment: 3,
            GuidanceVersion: 2,
            GuidanceChapter: 7,
            Requirement: 25 + 11,  # in force, and before
            RequirementAnswer: 34 + 5,  # with those that were carried over
            Body: 9,
            BodyMember: 45,
            Meeting: 14,
            Decision: 8,
            Situation: 2,
            SituationReview: 2,
            NeededDecision: 4,
            PictureEntry: 11,
            Observation: 4 + 63,
            Exercise: 14,
            ExerciseMeasurement: 6,
            ReadinessSnapshot: 3,
            KujaPart: 5,
            KujaResult: 3,
            User: len(users.USERS),
            RoleGrant: len(users.USERS),
        }

        assert {model: count(model) for model in expected} == expected

    def test_the_organisations_stand_in_one_tree(self):
        city_itself, kas, county = (by_code(Organisation, code) for code in ("CITY", "KAS", "P-HVA"))

        assert city_itself.path == f"/{city_itself.id}/"
        assert {kas.path, county.path} == {f"/{city_itself.id}/{one.id}/" for one in (kas, county)}
        assert (kas.owner_is_own, county.owner_is_own) == (True, False)
        assert by_code(Organisation, "KES").is_coordinator

    def test_functions_carry_the_figures_of_the_files(self):
        command, hospital = by_code(Function, "F-KES-01"), by_code(Function, "X-HVA-01")

        assert (command.criticality, command.rto_h, command.mtpd_h, command.restart_h) == (Criticality.K1, 1, 2, 0.5)
        assert (hospital.committed_recovery_h, hospital.criticality, hospital.rto_h) == (1, None, None)
        assert by_code(Function, "X-FUE-01").committed_recovery_h is None
        classes = db.session.execute(select(Function.criticality, func.count()).group_by(Function.criticality))
        counted = dict(classes.all())
        assert counted == {Criticality.K1: 36, Criticality.K2: 19, Criticality.K3: 13, Criticality.K4: 9, None: 41}

    def test_measures_are_dated_in_their_state_and_linked_to_risks(self):
        measures = {measure.code: measure for measure in db.session.scalars(select(Measure))}
        states = Counter(measure.state for measure in measures.values())

        late = [m.code for m in measures.values() if measuring.is_overdue(m.state, m.due, on=today())]
        assert late == ["M-04", "M-13", "M-16"]
        assert states[MeasureState.PLANNED] == 6
        assert {state: states[state] for state in MeasureState if states[state] < 6} == {
            MeasureState.ON_HOLD: 1,
            MeasureState.DONE: 2,
            MeasureState.VERIFIED: 3,
            MeasureState.CANCELLED: 1,
        }
        assert [risk.code for risk in measures["M-01"].risks] == ["R-33"]
        assert (measures["M-04"].cost_eur, measures["M-24"].due, measures["M-24"].area) == (0, None, "ostari")
        assert all(m.due or m.level is SteeringLevel.AREA for m in measures.values())

    def test_a_confidential_function_has_its_legal_basis(self):
        secret = select(Function).where(Function.confidentiality == Confidentiality.CONFIDENTIAL)
        found = db.session.scalars(secret).all()

        assert len(found) == 26
        assert all(function.secrecy_basis for function in found)

    def test_rows_of_one_group_are_one_need(self):
        command = by_code(Function, "F-KES-01")
        needs = db.session.scalars(select(Need).where(Need.consumer_id == command.id)).all()
        held = {need.name: need for need in needs}

        calls, power = held["Viestiyhteydet"], held["Sähkö"]
        assert [d.supplier.code for d in calls.in_force] == ["X-TE1-01", "X-TE2-01", "X-VIR-01"]
        assert (calls.min_required, calls.tolerance_h) == (1, 0)
        # the grid is felt after 0.5 h, the generator at once: the need endures 0 h, the grid 0.5 h more
        assert (power.tolerance_h, [d.extra_tolerance_h for d in power.in_force]) == (0, [0.5, 0])

    def test_no_function_has_two_needs_of_one_name(self):
        named = defaultdict(list)
        for need in db.session.scalars(select(Need)):
            named[need.consumer_id].append(need.name)

        assert all(len(names) == len(set(names)) for names in named.values())

    def test_risks_stand_on_the_levels_that_the_files_state(self):
        stated = {row["id"]: row["level"] for row in Files(on=WRITTEN).rows("risks")}
        levels = {risk.code: risk.level for risk in db.session.scalars(select(Risk))}

        assert {code: level.word for code, level in levels.items()} == stated
        counted = [list(levels.values()).count(level) for level in Level]
        assert counted == [0, 13, 17, 11]

    def test_plans_are_as_old_as_the_files_say(self):
        plan = by_code(Plan, "PL-08")
        (version,) = plan.versions

        assert (version.state, version.number) == (PlanState.APPROVED, "2.0")
        assert today() - version.approved_on == WRITTEN - date(2025, 3, 3)
        assert version.approver.email == "kas.director@merikaupunki.example"
        assert [function.code for function in plan.functions][:2] == ["F-KAS-03", "F-KAS-04"]

    def test_the_year_s_snapshots_rise_and_tell_every_sector(self):
        kept = db.session.scalars(select(ReadinessSnapshot).order_by(ReadinessSnapshot.as_of)).all()
        wholes = [points(snapshots.score(one.figures)) for one in kept]

        assert [today() - one.as_of for one in kept] == [timedelta(days) for days in (365, 246, 127)]
        assert [one.guidance for one in kept] == ["1.0", "2.0", "2.0"]
        assert wholes == sorted(set(wholes))
        assert all(len(one.figures["sectors"]) == 10 for one in kept)
        assert all(one.figures_sha256 == sealing.fingerprint(audit.content_text(one.figures)) for one in kept)

    def test_there_is_a_user_for_every_role(self):
        roles = {role for (role,) in db.session.execute(select(RoleGrant.role))}

        assert roles == set(Role)
        assert [user.email for user in users.demo_users()] == [user.email for user in users.USERS]

    def test_everybody_signs_in_with_the_demo_password(self):
        person = db.session.scalars(select(User).where(User.email == "kas.contact@merikaupunki.example")).one()

        assert passwords.matches(users.DEMO_PASSWORD, person.password_hash)

    def test_each_partner_is_shown_its_own_interfaces_and_nothing_confidential(self):
        shares = db.session.scalars(select(Share)).all()
        partners = {by_code(Organisation, code).id for code in ("P-HVA", "P-POL")}

        assert {share.organisation_id for share in shares} == partners
        shown = [db.session.get_one(Function, s.record_id) for s in shares if s.what.value == "function"]
        assert [function.code for function in shown] == ["F-TUK-02"]
        assert all(f.confidentiality is not Confidentiality.CONFIDENTIAL for f in shown)
        interfaces = [(s, db.session.get_one(Interface, s.record_id)) for s in shares if s.what.value == "interface"]
        assert all(interface.party_id == share.organisation_id for share, interface in interfaces)
        assert {interface.party_id for _share, interface in interfaces} == partners

    def test_the_trail_tells_of_it_in_one_entry_with_the_numbers(self):
        entries = db.session.scalars(select(audit.AuditEntry)).all()
        told = db.session.scalars(select(audit.AuditPayload)).one().changes["sown"]

        assert [(entry.action, entry.subject_code) for entry in entries] == [("sow", "CITY")]
        assert (told["function"], told["dependency"]) == (118, 287)
        assert verification.verify(anchors.read()).holds

    @pytest.mark.parametrize(
        ("scenario", "down", "rto_exceeded", "mtpd_exceeded", "outside"),
        [
            ("S1", 62, 53, 38, 18),
            ("S2", 12, 8, 2, 7),
            ("S3", 18, 16, 12, 0),
            ("S4", 12, 11, 11, 2),
            ("S5", 0, 0, 0, 0),
            ("S6", 9, 7, 1, 2),
            ("S7", 25, 25, 23, 10),
            ("S8", 0, 0, 0, 0),
            ("S9", 10, 4, 1, 1),
        ],
    )
    def test_each_scenario_takes_down_what_the_reference_engine_found(
        self, scenario, down, rto_exceeded, mtpd_exceeded, outside
    ):
        rows = traces.of_scenario(EVERYTHING, scenario)["disruptions"]
        own = [row["status"] for row in rows if row["code"].startswith("F-") and row["state"] == "down"]
        services = [row for row in rows if row["code"].startswith("X-") and row["state"] == "down"]

        assert len(own) == down
        assert len([status for status in own if status in ("rto_exceeded", "mtpd_exceeded")]) == rto_exceeded
        assert own.count("mtpd_exceeded") == mtpd_exceeded
        assert len(services) == outside

    def test_the_city_is_sown_only_once(self):
        with pytest.raises(RuleBroken):
            city.sow()

    def test_names_are_found_and_sorted_like_those_that_people_enter(self):
        stored = {f.id: (f.search_text, f.sort_name) for f in db.session.scalars(select(Function))}
        with conftest.texts.speaking("fi"), town.doing(town.Action.SOW):
            for function in db.session.scalars(select(Function)):
                function.name_fi += " "
            db.session.flush()
            for function in db.session.scalars(select(Function)):
                function.name_fi = function.name_fi.strip()
            db.session.flush()
        again = {f.id: (f.search_text, f.sort_name) for f in db.session.scalars(select(Function))}
        db.session.rollback()

        assert again == stored


def test_every_resource_obeys_the_rules_and_belongs_to_a_vital_or_critical_function(demo):
    resources = db.session.scalars(select(Resource)).all()

    assert len(resources) == 81
    assert {resource.function.criticality for resource in resources} <= {Criticality.K1, Criticality.K2}
    assert len({resource.function.organisation.code for resource in resources}) >= 8
    names = defaultdict(list)
    for resource in resources:
        assert problems(of_record(resource), others=names[resource.function_id]) == []
        names[resource.function_id].append(resource.name)


@pytest.mark.parametrize(
    ("dependency", "resource"),
    [
        ("D-049", "Runkoverkon UPS-laitteet"),
        ("D-054", "Konesali A:n varavoiman polttoaine"),
        ("D-056", "Konesali B:n UPS ja pieni aggregaatti"),
        ("D-079", "Säiliövesi ja vesikanisterit"),
        ("D-080", "Kylmäruoka päiväkodeissa"),
        ("D-127", "Varavoiman polttoaine säiliöissä"),
        ("D-142", "Jakelupisteen polttoaine"),
        ("D-164", "Elintarvikevarasto"),
        ("D-167", "Lämpökuljetuksessa olevat ateriat"),
        ("D-180", "Vesikemikaalit (päälaitos)"),
        ("D-183", "Vesitornit"),
        ("D-194", "Puhdistamon kemikaalit"),
        ("D-195", "Käytönvalvonnan UPS"),
        ("D-211", "Valvomon varavoiman polttoaine"),
    ],
)
def test_a_stock_lasts_as_long_as_the_need_that_rests_on_it_is_endured(demo, dependency, resource):
    need = town.record(Dependency, dependency).need
    stock = db.session.scalars(select(Resource).where(Resource.name == resource)).one()

    assert stock.function_id == need.consumer_id
    assert stock.stock_lasts_h == need.tolerance_h


def test_sowing_takes_seconds_and_fills_an_empty_house(app):
    conftest.let_go(app)
    conftest.migrate(app)
    with app.app_context():
        assert city.is_empty()
        begun = time.process_time()
        counts = city.sow()

        assert time.process_time() - begun < 5
        assert counts["organisation"] == 41
        assert not city.is_empty()
        empty = [table.name for table in Base.metadata.sorted_tables if not count(table)]
        db.session.remove()
        of_work = {"function_revision", "plan_author", "invitation", "scenario_run"}
        of_work |= {"risk_scale", "risk_scale_step", "finding_snooze"}
        of_work |= {"confirmation_link", "reminder_sent", "scenario_copy", "transfer_move"}
        of_work |= {"form_export", "handed_in", "intake"}
        of_work |= {"crisis_package", "job", "job_worker", "kept_file", "stored_report"}
        of_work |= {"api_token", "api_token_use", "list_mapping", "list_upload"}
        assert set(empty) == of_work | {"draft", "form_post", "kept_text", "sign_in", "sign_in_failure"}
