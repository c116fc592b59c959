"""Who may open what: a table that a person wrote from domain.md 2.1, without a look at the product's own rules.

Whoever may not read a record gets the answer of a missing one, 404. Whoever reads it but may not do this gets 403.
Pages that are not about one record answer 403. Nobody gets anything before signing in.
"""

from dataclasses import dataclass
from typing import Any

from continuity.models.comments import PlanComment
from continuity.models.contents import ActionCard, DocumentRef, LevelTask, Strategy
from continuity.models.exercises import Exercise, ExerciseInject, ExerciseMeasurement
from continuity.models.plans import Plan, PlanVersion
from continuity.models.readiness import KujaPart, KujaResult, ReadinessSnapshot
from continuity.models.reviews import SituationReview
from continuity.models.situations import Observation, Situation
from continuity.models.snoozes import FindingSnooze
from continuity.models.transfers import TransferItem
from dependencies.models.agreements import Agreement
from dependencies.models.interfaces import Interface
from dependencies.models.losses import LossDecision
from dependencies.models.needs import Dependency, Need
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.models.runs import ScenarioRun
from prepare.models.codes import CodeItem
from prepare.models.functions import Function, Resource
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.models.users import User
from risks.models.bodies import Body, Decision, Meeting
from risks.models.inputs import ResidentInput
from risks.models.measures import Measure
from risks.models.national_programmes import NationalProgramme
from risks.models.networks import Network, NetworkRequest
from risks.models.objectives import Objective
from risks.models.phenomena import Indicator, Phenomenon, Signal
from risks.models.practices import GoodPractice
from risks.models.programmes import Programme
from risks.models.risks import Risk
from risks.models.safety_plans import SafetyPlan, SafetyPriority
from risks.models.scales import RiskScale
from risks.models.scenarios import Scenario

#: One letter per person of the town; `-` is somebody who has not signed in.
PEOPLE: dict[str, str | None] = {
    "-": None,
    "c": "edu.contact",
    "d": "edu.director",
    "w": "wat.contact",
    "u": "central",
    "l": "leadership",
    "y": "county",
    "p": "police",
    "r": "auditor",
    "a": "admin",
    "n": "newcomer",
}
READERS = "cdwulra"  #: whoever has a role that reads registers
ALL = "cdwulypran"

#: Kind of record → code of each record that is tried → who may read it. A need goes by its first alternative's code,
#: a resource by what the trail calls it.
READ: dict[type[Any], dict[str, str]] = {
    Function: {"F-EDU-04": "cdulra", "F-EDU-06": "cdulr", "F-WAT-01": "wulray", "X-CTY-01": "ulra"},
    CodeItem: {"ITA-1": READERS, "ITA": READERS},
    Phenomenon: {"PH-01": READERS, "PH-02": "ulr"},
    Indicator: {"PH-01/01": READERS, "PH-02/01": "ulr"},
    Signal: {"SG-01": "cdulra", "SG-02": "cdulr", "SG-03": "wulra"},
    ResidentInput: {"RI-01": READERS, "RI-02": "ulr"},
    GoodPractice: {"GP-01": READERS, "GP-02": "ulr"},
    Network: {"N-01": READERS, "N-02": "ulr"},
    NetworkRequest: {"N-01/01": READERS, "N-02/01": "ulr"},
    Reserve: {"RV-01": READERS, "RV-02": "cdulr", "RV-03": "ulra"},
    ReserveClaim: {"RV-01/01": READERS, "RV-02/01": READERS, "RV-03/01": "cdulr"},
    Risk: {"R-01": "cdulra", "R-02": "cdulr", "R-03": "wulra"},
    Measure: {"M-01": "cdulra", "M-02": "cdulr", "M-03": "wulra"},
    RiskScale: {"CITY": "cdwulra"},
    Plan: {"P-01": "cdulra", "P-03": "cdulr", "P-04": "wulra"},
    PlanVersion: {"P-02 1": "cdulra", "P-03 1": "cdulr", "P-04 1": "wulra"},
    Strategy: {"P-01 1 power": "cdulra", "P-03 1 power": "cdulr", "P-04 1 power": "wulra"},
    ActionCard: {"P-01 1 C1": "cdulra", "P-03 1 C1": "cdulr", "P-04 1 C1": "wulra"},
    LevelTask: {"P-01 1 enhanced": "cdulra", "P-03 1 enhanced": "cdulr", "P-04 1 enhanced": "wulra"},
    DocumentRef: {"P-01 1 Tilaluettelo": "cdulra", "P-03 1 Tilaluettelo": "cdulr", "P-04 1 Tilaluettelo": "wulra"},
    PlanComment: {"P-02 1 purpose": "cdulra", "P-03 1 purpose": "cdulr", "P-04 1 purpose": "wulra"},
    Need: {"D-01": "cdulra", "D-02": "cdulr", "D-03": "wulra"},
    Resource: {"F-EDU-01 Keittäjä": "cdulra", "F-EDU-06 Vartija": "cdulr", "F-WAT-01 Polttoaine": "wulra"},
    Dependency: {"D-01": "cdulra", "D-02": "cdulr", "D-03": "wulra"},
    LossDecision: {"F-EDU-06": "cdulr", "F-WAT-03": "wulra"},
    Agreement: {"A-01": "cdulra", "A-02": "wulr"},
    FindingSnooze: {"I02 F-EDU-03": "cdulra"},
    TransferItem: {"TR-01": "cdulra", "TR-02": "wulr"},
    Interface: {"I-01": "cdulray", "I-02": "wulr"},
    Organisation: {"EDU": "cdulra", "WAT": "wulra", "P-CTY": "ulra"},
    User: {"edu.contact@town.example": "ra", "county@town.example": "ra"},
    Scenario: {"S1": "cdwulra", "S2": "cdwulr"},
    NationalProgramme: {"NP-01": "cdwulra"},  # what the city keeps, all of its readers read
    Objective: {"OB-01": "cdwulra"},
    Programme: {"PR-01": "cdwulra", "PR-02": "ulr"},
    Body: {"B-01": "cdwulra", "B-02": "ulr"},
    Meeting: {"MT-01": "cdwulra", "MT-02": "ulr"},
    Decision: {"DE-01": "cdwulra", "DE-02": "ulr"},
    Situation: {"SI-01": "cdwulra", "SI-02": "ulr"},
    ReadinessSnapshot: {"VT-01": "ulra"},
    KujaPart: {"KUJA 1": "ulra"},
    KujaResult: {"KU-01": "ulra"},
    SituationReview: {"TK-01": "ulra", "TK-02": "ulr"},
    Observation: {"OB-01": "cdwulra", "OB-02": "ulr"},
    Exercise: {"EX-01": "cdwulra", "EX-02": "cdulr"},  # whoever takes part reads it too
    ExerciseInject: {"EX-01 1": "cdwulra", "EX-02 1": "cdulr"},
    ExerciseMeasurement: {"EX-01 F-EDU-01": "cdwulra", "EX-02 F-EDU-06": "cdulr"},
    SafetyPlan: {"SP-01": "cdwulra", "SP-02": "ulr"},
    SafetyPriority: {"SP-01 1": "cdwulra", "SP-02 1": "ulr"},
    GuidanceVersion: {"G-01": READERS, "G-02": READERS},
    GuidanceChapter: {"G-02 1": READERS, "G-02 2": "cdwulr", "G-01 1": READERS},
    Requirement: {"G-02 VO-01": READERS, "G-02 VO-03": "cdwulr", "G-01 VO-01": READERS},
    RequirementAnswer: {"G-01 VO-01 EDU": "cdulra", "G-01 VO-03 EDU": "cdulr"},
    ScenarioRun: {"S1 1": "cdwulra", "S2 1": "cdwulr"},
}


@dataclass(frozen=True)
class Way:
    """Who may: for a page one word of letters, for a record one word for each record of READ, `-` for nobody.

    `shut` are those to whom the kind of page is closed, whatever the record; `reads` replaces the readers of READ.
    """

    may: str
    kind: type[Any] | None = None
    shut: str = ""
    reads: str = ""

    def rows(self) -> list[tuple[str | None, dict[str, str]]]:
        """(record, letter → what that person gets: open, 403, 404 or sign-in); the last record is a missing one."""
        if self.kind is None:
            return [(None, self._row(self.may, ALL))]
        codes, readers = list(READ[self.kind]), self.reads.split() or list(READ[self.kind].values())
        rows = zip(codes, self.may.split(), readers, strict=True)
        return [*((code, self._row(may, reads)) for code, may, reads in rows), (MISSING, self._row("", ""))]

    def _row(self, may: str, reads: str) -> dict[str, str]:
        found = {letter: "open" if letter in may else "403" if letter in reads else "404" for letter in ALL}
        return {"-": "sign-in"} | found | dict.fromkeys(self.shut, "403")


MISSING = "no such record"
WAYS: dict[str, Way] = {
    # pages
    "prepare.start": Way(ALL),
    "prepare.functions": Way(READERS),
    "prepare.add_function": Way("cdwu"),
    "prepare.trail": Way("ura"),
    "prepare.verification": Way("ura"),
    "prepare.guidance": Way(READERS),
    "prepare.guidance_versions": Way(READERS),
    "prepare.add_guidance": Way("u"),
    "prepare.guidance_version": Way(f"{READERS} {READERS}", GuidanceVersion),
    "prepare.guidance_version_trail": Way(f"{READERS} {READERS}", GuidanceVersion),
    "prepare.offer_guidance": Way("u u", GuidanceVersion),
    "prepare.withdraw_guidance": Way("u u", GuidanceVersion),
    # between municipalities: the town is the only one, so that nobody else's is there to be read
    "prepare.shared": Way(READERS),
    "prepare.catalogues": Way(READERS),
    "prepare.catalogue": Way("- -", GuidanceVersion, shut="ypn", reads="- -"),
    "prepare.adopt_guidance": Way("- -", GuidanceVersion, shut="cdwlypran", reads="- -"),
    "risks.shared_scenarios": Way(READERS),
    "risks.shared_scenario": Way("- -", Scenario, shut="ypn", reads="- -"),
    "risks.adopt_scenario": Way("- -", Scenario, shut="cdwlypran", reads="- -"),
    "risks.offer_scenario": Way("u u", Scenario, reads="ulra ulr"),
    "risks.withdraw_scenario": Way("u u", Scenario, reads="ulra ulr"),
    "risks.renew_scenario": Way("- -", Scenario, reads="lra lr"),
    "continuity.comparison": Way("ulr"),
    "continuity.join_comparison": Way("ul ul ul", Organisation),
    "continuity.leave_comparison": Way("ul ul ul", Organisation),
    "prepare.guidance_overview": Way(f"{READERS} {READERS}", GuidanceVersion),
    "prepare.edit_guidance": Way("u u", GuidanceVersion),
    "prepare.issue_guidance": Way("u u", GuidanceVersion),
    "prepare.add_chapter": Way("u u", GuidanceVersion),
    "prepare.edit_chapter": Way("u u u", GuidanceChapter),
    "prepare.add_requirement": Way("u u", GuidanceVersion),
    "prepare.edit_requirement": Way("u u u", Requirement),
    "prepare.organisation_guidance": Way("cdulra wulra ulra", Organisation),
    "prepare.answer_requirement": Way("cd w -", Organisation),
    "prepare.requirement_answer_trail": Way("cdulra cdulr", RequirementAnswer),
    "prepare.keep_draft": Way(ALL),
    "prepare.discard_draft": Way(ALL),
    "risks.risks": Way(READERS),
    "risks.add_risk": Way("cdw"),
    "risks.matrix": Way(READERS),
    "risks.scale": Way(READERS),
    "risks.edit_scale": Way("a"),
    "risks.risk_scale_trail": Way("cdwulra", RiskScale),
    "risks.scenarios": Way(READERS),
    "risks.safety": Way(READERS),
    "risks.code_lists": Way(READERS),
    "risks.networks": Way(READERS),
    "risks.phenomena": Way(READERS),
    "risks.areas": Way(READERS),
    "risks.compare_areas": Way(READERS),
    "risks.add_phenomenon": Way("cdwu"),
    "risks.signals": Way(READERS),
    "risks.add_signal": Way("cdwu"),
    "risks.inputs": Way(READERS),
    "risks.add_input": Way("cdwu"),
    "risks.practices": Way(READERS),
    "risks.add_practice": Way("cdwu"),
    "risks.network_overlaps": Way(READERS),
    "risks.add_network": Way("u"),
    "risks.add_code": Way("ua"),
    "risks.renew_codes": Way("ua"),
    "dependencies.confirmations": Way(READERS + "yp"),
    "dependencies.find_suppliers": Way("cdwu"),
    "dependencies.interfaces": Way(READERS + "yp"),
    "dependencies.agreements": Way(READERS),
    "dependencies.add_agreement": Way("cdwu"),
    "dependencies.agreement_calendar": Way(READERS),
    "dependencies.agreement_calendar_file": Way(READERS),
    "dependencies.agreement_cover": Way(READERS),
    "exports.agreements": Way(READERS),
    "continuity.transfers": Way(READERS),
    "continuity.findings": Way(READERS),
    "continuity.finding_rules": Way(READERS),
    "continuity.findings_on": Way(READERS),
    "continuity.snooze_finding": Way("cdu wu u", Organisation),
    "continuity.wake_finding": Way("cdu", FindingSnooze),
    "continuity.finding_snooze_trail": Way("cdulra", FindingSnooze),
    "dependencies.analyses": Way(READERS),
    "dependencies.trace": Way(READERS),
    "dependencies.graph": Way(READERS),
    "dependencies.impact_times_page": Way(READERS),
    "dependencies.sensitivity_page": Way(READERS),
    "dependencies.uncertainty": Way(READERS),
    "dependencies.investments_page": Way(READERS),
    "dependencies.recovery_order_page": Way(READERS),
    "continuity.plans": Way(READERS),
    "continuity.add_plan": Way("cdw"),
    "exports.guidance": Way("cdwu"),
    "exports.trail": Way("ura"),
    "exports.trace_picture": Way(READERS),
    "exports.graph_picture": Way(READERS),
    "prepare.sign_out": Way(ALL),
    "prepare.glossary": Way(ALL),
    # organisations: the unit keeps partners, a director names duty holders
    "prepare.organisations": Way(READERS),
    "prepare.add_organisation": Way("ua"),
    "prepare.organisation": Way("cdulra wulra ulra", Organisation),
    "prepare.organisation_trail": Way("cdulra wulra ulra", Organisation),
    "prepare.edit_organisation": Way("a a ua", Organisation),
    "prepare.name_holders": Way("dua ua ua", Organisation),
    "prepare.move_organisation": Way("a a a", Organisation),
    "prepare.close_organisation": Way("a a ua", Organisation),
    "prepare.reopen_organisation": Way("a a ua", Organisation),
    # people: administrators keep them, auditors look
    "prepare.people": Way("ra"),
    "prepare.invite_person": Way("a"),
    "prepare.person": Way("ra ra", User),
    "prepare.user_trail": Way("ra ra", User),
    "prepare.edit_person": Way("a a", User),
    "prepare.invite": Way("a a", User),
    "prepare.disable_person": Way("a a", User),
    "prepare.enable_person": Way("a a", User),
    "prepare.grant_role": Way("a a", User),
    "prepare.withdraw_role": Way("a a", User),
    "prepare.revoke_sessions": Way("a a", User),
    "prepare.role_rights": Way(ALL),
    # one's own account
    "prepare.account": Way(ALL),
    "prepare.change_password": Way(ALL),
    "prepare.choose_language": Way(ALL),
    "prepare.choose_reminders": Way(ALL),
    "prepare.end_sessions": Way(ALL),
    "prepare.tell_absence": Way(ALL),
    # functions
    "prepare.function": Way("cdulra cdulr wulray ulra", Function),
    "prepare.function_trail": Way("cdulra cdulr wulra ulra", Function),
    "prepare.edit_function": Way("cd cd w u", Function),
    "prepare.assess_impacts": Way("cd cd w -", Function),
    "prepare.submit_function": Way("cd cd w u", Function),
    "prepare.discard_revision": Way("cd cd w u", Function),
    "prepare.retire_function": Way("cd cd w u", Function),
    "prepare.review_function": Way("u u u u", Function),
    "prepare.confirm_function": Way("u u u u", Function),
    "prepare.return_function": Way("u u u u", Function),
    # resources
    "prepare.add_resource": Way("cd cd w u", Function),
    "prepare.resource_trail": Way("cdulra cdulr wulra", Resource),
    "prepare.edit_resource": Way("cd cd w", Resource),
    "prepare.retire_resource": Way("cd cd w", Resource),
    # needs; the supplier's side answers, a partner's by the unit that keeps its services
    "dependencies.add_need": Way("cd cd w u", Function),
    "dependencies.need": Way("cdulra cdulr wulra", Need),
    "dependencies.need_trail": Way("cdulra cdulr wulra", Need),
    "dependencies.dependency_trail": Way("cdulra cdulr wulra", Dependency),
    "dependencies.agreement": Way("cdulra wulr", Agreement, shut="ypn"),
    "dependencies.agreement_trail": Way("cdulra wulr", Agreement),
    "dependencies.edit_agreement": Way("cdu wu", Agreement),
    "dependencies.begin_agreement": Way("cdu wu", Agreement),
    "dependencies.end_agreement": Way("cdu wu", Agreement),
    "dependencies.renew_agreement": Way("cdu wu", Agreement),
    "dependencies.review_agreement": Way("cdu wu", Agreement),
    "continuity.transfer": Way("cdulra wulr", TransferItem),
    "continuity.transfer_item_trail": Way("cdulra wulr", TransferItem),
    "dependencies.interface_trail": Way("cdulra wulr", Interface, reads="cdulray wulr"),
    "dependencies.edit_need": Way("cd cd w", Need),
    "dependencies.retire_need": Way("cd cd w", Need),
    "dependencies.edit_alternative": Way("cd cd w", Dependency),
    "dependencies.dependants": Way("cdulra cdulr wulra ulra", Function, reads="cdulra cdulr wulray ulra"),
    "dependencies.confirmation": Way("cdwulra cdwulr wulra", Dependency, shut="n", reads="cdwulra cdwulr wulra"),
    "dependencies.state_need": Way("cd cd w", Dependency, shut="lran", reads="cdwu cdwu wu"),
    "dependencies.state_delivery": Way("w w u", Dependency, shut="lran", reads="cdwu cdwu wu"),
    "dependencies.ask_confirmation": Way("cdwu cdwu wu", Dependency, shut="lran"),
    "dependencies.ask_interface": Way("cduy -", Interface, shut="lran", reads="cduy wu"),
    "dependencies.interface": Way("cdulray wulr", Interface, shut="n"),
    # single points of failure: the unit decides what is done, the city leadership what is accepted; no partner looks
    "dependencies.keystones": Way(READERS),
    "dependencies.redundancy": Way(READERS),
    "dependencies.recovery_times": Way(READERS),
    "dependencies.circles": Way(READERS),
    "dependencies.keystone": Way("cdulra cdulr wulra ulra", Function),
    "dependencies.recovery_time": Way("cdulra cdulr wulra ulra", Function),
    "dependencies.decide_loss": Way("u u u u", Function),
    "dependencies.accept_loss": Way("l l l l", Function),
    "dependencies.loss_decision_trail": Way("cdulr wulra", LossDecision),
    # reserves: the owner keeps them, a function's contact counts on them, the owner answers
    "dependencies.reserves": Way(READERS),
    "dependencies.reserve": Way(f"{READERS} cdulr ulra", Reserve),
    "dependencies.reserve_trail": Way(f"{READERS} cdulr ulra", Reserve),
    "dependencies.reserve_candidates": Way("cdwu"),
    "dependencies.add_reserve": Way("cdwu"),
    "dependencies.edit_reserve": Way("wu cdu u", Reserve),
    "dependencies.count_on": Way(f"{READERS} cdulr ulra", Reserve),
    "dependencies.add_claim": Way("cd cd w u", Function),
    "dependencies.edit_claim": Way("cd w cd", ReserveClaim),
    "dependencies.retire_claim": Way("cd w cd", ReserveClaim),
    "dependencies.answer_claim": Way("w cd u", ReserveClaim),
    "dependencies.reserve_claim_trail": Way(f"{READERS} {READERS} cdulr", ReserveClaim),
    "dependencies.claim_answers": Way("cdwu"),
    "dependencies.scenario_reserves": Way("cdwulra cdwulr", Scenario, shut="ypn"),
    # risks
    "risks.risk": Way("cdulra cdulr wulra", Risk),
    # phenomena, signals, residents' input and good practices: whoever keeps registers, for what is his or her own
    "risks.phenomenon": Way("cdwulra ulr", Phenomenon),
    "risks.phenomenon_trail": Way("cdwulra ulr", Phenomenon),
    "risks.edit_phenomenon": Way("u u", Phenomenon),
    "risks.add_indicator": Way("u u", Phenomenon),
    "risks.edit_indicator": Way("u u", Indicator),
    "risks.signal": Way("cdulra cdulr wulra", Signal),
    "risks.signal_trail": Way("cdulra cdulr wulra", Signal),
    "risks.edit_signal": Way("cdu cdu wu", Signal),
    "risks.resident_input": Way("cdwulra ulr", ResidentInput),
    "risks.resident_input_trail": Way("cdwulra ulr", ResidentInput),
    "risks.edit_input": Way("u u", ResidentInput),
    "risks.practice": Way("cdwulra ulr", GoodPractice),
    "risks.good_practice_trail": Way("cdwulra ulr", GoodPractice),
    "risks.edit_practice": Way("u u", GoodPractice),
    "risks.adopt_practice": Way("cdwu u", GoodPractice),
    # networks: the unit keeps them, whoever keeps registers may ask for one
    "risks.network": Way("cdwulra ulr", Network),
    "risks.network_trail": Way("cdwulra ulr", Network),
    "risks.edit_network": Way("u u", Network),
    "risks.ask_network": Way("cdwu u", Network),
    "risks.answer_network": Way("u u", NetworkRequest),
    # code lists belong to the whole installation: the unit and administrators keep them
    "risks.area": Way("cdwulra cdwulra", CodeItem),
    "risks.code": Way("cdwulra cdwulra", CodeItem),
    "risks.code_item_trail": Way("cdwulra cdwulra", CodeItem),
    "risks.edit_code": Way("ua ua", CodeItem),
    "risks.retire_code": Way("ua ua", CodeItem),
    "risks.risk_trail": Way("cdulra cdulr wulra", Risk),
    "risks.scenario_trail": Way("ulra ulr", Scenario, reads="ulra ulr"),
    "risks.add_scenario": Way("u"),
    "risks.find_functions": Way("u"),
    "risks.edit_scenario": Way("u u", Scenario, reads="ulra ulr"),
    "risks.retire_scenario": Way("u u", Scenario, reads="ulra ulr"),
    "dependencies.compare": Way(READERS),
    "dependencies.runs": Way("cdwulra cdwulr", Scenario, shut="ypn"),
    "dependencies.run": Way("cdwulra cdwulr", ScenarioRun, shut="ypn"),
    "dependencies.store_run": Way("u u", Scenario, reads="ulra ulr"),
    "risks.assess_risk": Way("cd cd w", Risk),
    "risks.review_risk": Way("cd cd w", Risk),
    "risks.advance_risk": Way("cd cd w", Risk),
    "risks.accept_risk": Way("dl dl l", Risk),
    "risks.close_risk": Way("cd cd w", Risk),
    "dependencies.link_risk": Way("cd cd w", Risk),
    "risks.reopen_risk": Way("cdl cdl wl", Risk),
    "risks.scenario": Way("cdwulra cdwulr", Scenario, shut="ypn"),
    # measures: the owner's contact and director work on them, and the unit; the director or the unit verifies
    "risks.measures": Way(READERS),
    "risks.measure_board": Way(READERS),
    "risks.measure_calendar": Way(READERS),
    "risks.add_measure": Way("cdwu"),
    "risks.measure": Way("cdulra cdulr wulra", Measure),
    "risks.measure_trail": Way("cdulra cdulr wulra", Measure),
    "risks.edit_measure": Way("cdu cdu wu", Measure),
    "risks.advance_measure": Way("cdu cdu wu", Measure),
    "risks.start_measure": Way("cdu cdu wu", Measure),
    "risks.finish_measure": Way("cdu cdu wu", Measure),
    "risks.cancel_measure": Way("cdu cdu wu", Measure),
    "risks.reopen_measure": Way("cdu cdu wu", Measure),
    "risks.verify_measure": Way("du du u", Measure),
    # local safety planning: the unit keeps what binds the city, a sector its own programmes
    "risks.national_programmes": Way(READERS),
    "risks.add_national_programme": Way("u"),
    "risks.edit_national_programme": Way("u", NationalProgramme),
    "risks.national_programme_trail": Way("cdwulra", NationalProgramme),
    "risks.objectives": Way(READERS),
    "risks.add_objective": Way("u"),
    "risks.edit_objective": Way("u", Objective),
    "risks.objective_trail": Way("cdwulra", Objective),
    "risks.programmes": Way(READERS),
    "risks.programme": Way("cdwulra ulr", Programme),
    "risks.add_programme": Way("cdwu"),
    "risks.edit_programme": Way("u u", Programme),
    "risks.programme_trail": Way("cdwulra ulr", Programme),
    # bodies, meetings and decisions: the unit keeps them, whoever works in the city reads what is internal
    "risks.bodies": Way(READERS),
    "risks.decisions": Way(READERS),
    "risks.add_body": Way("u"),
    "risks.body": Way("cdwulra ulr", Body),
    "risks.body_trail": Way("cdwulra ulr", Body),
    "risks.edit_body": Way("u u", Body),
    "risks.add_meeting": Way("u u", Body),
    "risks.meeting": Way("cdwulra ulr", Meeting),
    "risks.meeting_trail": Way("cdwulra ulr", Meeting),
    "risks.edit_meeting": Way("u u", Meeting),
    "risks.record_meeting": Way("u u", Meeting),
    "risks.add_decision": Way("u u", Meeting),
    "risks.edit_decision": Way("u u", Decision),
    "risks.measure_decision": Way("u u", Decision),
    "risks.decision_trail": Way("cdwulra ulr", Decision),
    # situations: the unit opens and keeps them, whoever works in a sector adds to the picture, leadership reads
    "continuity.situations": Way(READERS),
    "continuity.open_situation": Way("u"),
    "continuity.situation": Way("cdwulra ulr", Situation),
    "continuity.situation_trail": Way("cdwulra ulr", Situation),
    "continuity.edit_situation": Way("u u", Situation),
    "continuity.log_situation": Way("cdwu u", Situation),
    "continuity.advance_situation": Way("u u", Situation),
    "continuity.agree_measure": Way("u u", Situation),
    "continuity.present_situation": Way("u u", Situation),
    "continuity.close_situation": Way("u u", Situation),
    "continuity.exercises": Way(READERS),
    "continuity.exercise_year": Way(READERS),
    "continuity.exercise_coverage": Way(READERS),
    "continuity.exercise": Way("cdwulra cdulr", Exercise),
    "continuity.exercise_trail": Way("cdwulra cdulr", Exercise),
    "continuity.add_exercise": Way("cdwu"),
    "continuity.edit_exercise": Way("cdu cdu", Exercise),
    "continuity.advance_exercise": Way("cdu cdu", Exercise),
    "continuity.hold_exercise": Way("cdu cdu", Exercise),
    "continuity.evaluate_exercise": Way("cdu cdu", Exercise),
    "continuity.cancel_exercise": Way("cdu cdu", Exercise),
    "continuity.measure_exercise": Way("cdu cdu", Exercise),
    "continuity.observe_exercise": Way("cdu cdu", Exercise),
    "continuity.take_measurement": Way("cd cd", ExerciseMeasurement),
    "continuity.injects": Way("cdwulra cdulr", Exercise),
    "continuity.make_injects": Way("cdu cdu", Exercise),
    "continuity.add_inject": Way("cdu cdu", Exercise),
    "continuity.edit_inject": Way("cdu cdu", ExerciseInject),
    "continuity.retire_inject": Way("cdu cdu", ExerciseInject),
    "exports.injects": Way("cdwulra cdulr", Exercise),
    "continuity.observation": Way("cdwulra ulr", Observation),
    "continuity.add_observation": Way("u u", Situation),
    "continuity.edit_observation": Way("u u", Observation),
    "continuity.observation_trail": Way("cdwulra ulr", Observation),
    "risks.double_work": Way(READERS),
    "risks.safety_plans": Way(READERS),
    "risks.safety_plan": Way("cdwulra ulr", SafetyPlan),
    "risks.safety_plan_trail": Way("cdwulra ulr", SafetyPlan),
    "risks.safety_follow_up": Way("cdwulra ulr", SafetyPlan),
    "risks.add_safety_plan": Way("u"),
    "risks.edit_safety_plan": Way("u u", SafetyPlan),
    "risks.adopt_safety_plan": Way("u u", SafetyPlan),
    "risks.end_safety_plan": Way("u u", SafetyPlan),
    "risks.add_priority": Way("u u", SafetyPlan),
    "risks.edit_priority": Way("u u", SafetyPriority),
    # situation reviews: the unit writes them for the leadership
    "continuity.situation_reviews": Way(READERS),
    "continuity.add_review": Way("u"),
    "continuity.situation_review": Way("ulra ulr", SituationReview),
    "continuity.situation_review_trail": Way("ulra ulr", SituationReview),
    "continuity.edit_review": Way("u u", SituationReview),
    "continuity.give_review": Way("u u", SituationReview),
    # readiness: each sector its own, the city's for those who follow it
    "continuity.readiness": Way("cdwulr"),
    "continuity.readiness_method": Way("cdwulr"),
    "continuity.readiness_sector": Way("cdulr wulr -", Organisation),
    "continuity.readiness_rows": Way("cdulr wulr -", Organisation),
    "continuity.take_snapshot": Way("u u u", Organisation),
    "continuity.readiness_snapshot": Way("ulra", ReadinessSnapshot),
    "continuity.readiness_snapshot_trail": Way("ulra", ReadinessSnapshot),
    "continuity.kuja": Way("ulr"),
    "continuity.begin_kuja": Way("u u u", Organisation),
    "continuity.edit_kuja_part": Way("u", KujaPart),
    "continuity.add_kuja_result": Way("u u u", Organisation),
    "continuity.edit_kuja_result": Way("u", KujaResult),
    # plans
    "continuity.plan": Way("cdulra cdulr wulra", Plan),
    "continuity.plan_trail": Way("cdulra cdulr wulra", Plan),
    "continuity.edit_plan": Way("cd cd w", Plan),
    "continuity.editor": Way("cd cd w", Plan),
    "continuity.begin_version": Way("cd cd w", Plan),
    "continuity.section": Way("cd cd w", Plan),
    "continuity.add_strategy": Way("cd cd w", Plan),
    "continuity.add_card": Way("cd cd w", Plan),
    "continuity.add_level_task": Way("cd cd w", Plan),
    "continuity.add_document": Way("cd cd w", Plan),
    "continuity.edit_strategy": Way("cd cd w", Strategy),
    "continuity.retire_strategy": Way("cd cd w", Strategy),
    "continuity.edit_card": Way("cd cd w", ActionCard),
    "continuity.retire_card": Way("cd cd w", ActionCard),
    "continuity.edit_level_task": Way("cd cd w", LevelTask),
    "continuity.retire_level_task": Way("cd cd w", LevelTask),
    "continuity.edit_document": Way("cd cd w", DocumentRef),
    "continuity.retire_document": Way("cd cd w", DocumentRef),
    "continuity.submit_plan": Way("cd cd w", Plan),
    "continuity.return_plan": Way("du du u", Plan),
    "continuity.approve_plan": Way("d d -", Plan),
    "continuity.compare_plan": Way("cdulra cdulr wulra", Plan),
    "continuity.review_plan": Way("u u u", Plan),
    "continuity.pass_plan": Way("u u u", Plan),
    "continuity.withdraw_plan": Way("cd cd w", Plan),
    "continuity.plan_text": Way("cdulra cdulr wulra", PlanVersion),
    "continuity.plan_cards": Way("cdulra cdulr wulra", PlanVersion),
    "exports.plan_paper": Way("cdulra cdulr wulra", PlanVersion),
    "continuity.comment_plan": Way("du du u", PlanVersion),
    "continuity.answer_comment": Way("cd cd w", PlanComment),
    "continuity.settle_comment": Way("du du u", PlanComment),
}
#: Open to everybody, signed in or not.
PUBLIC = frozenset({"prepare.sign_in", "prepare.invitation", "prepare.language", "prepare.accessibility", "static"})
