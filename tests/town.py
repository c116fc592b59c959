"""A town small enough to know by heart: two sectors, two partners, a person per role, a record in every state.

CITY ─┬─ EDU ── SCH        sector with a school unit
      ├─ WAT               sector
      ├─ P-CTY             wellbeing services county, outside; is shown F-WAT-01
      └─ P-POL             police, outside; is shown nothing
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from continuity.findings import finding
from continuity.findings.finding import Subject
from continuity.models.comments import PlanComment
from continuity.models.comparison import ReadinessParticipation
from continuity.models.contents import ActionCard, CardTask, DocumentRef, LevelTask, Strategy
from continuity.models.exercises import Exercise, ExerciseInject, ExerciseMeasurement
from continuity.models.plans import Plan, PlanSection, PlanVersion
from continuity.models.readiness import KujaPart, KujaResult, ReadinessSnapshot
from continuity.models.reviews import NeededDecision, SituationReview
from continuity.models.situations import Observation, PictureEntry, Situation
from continuity.models.snoozes import FindingSnooze
from continuity.models.transfers import Transfer, TransferItem
from continuity.scoring.vocabulary import Code
from continuity.vocabulary.contents import LostResource, PreparednessLevel
from continuity.vocabulary.exercises import ExerciseKind
from continuity.vocabulary.plans import PlanKind, PlanState, Section
from continuity.vocabulary.readiness import KujaTool
from continuity.vocabulary.situations import Reliability
from continuity.vocabulary.transfers import TransferKind
from dependencies.entries.needs import RunEntry
from dependencies.interface_vocabulary import Direction, Part, Side
from dependencies.models.agreements import Agreement
from dependencies.models.confirmations import Statement
from dependencies.models.interfaces import ContactPoint, InformationFlow, Interface, InterfaceTask, risk_interface
from dependencies.models.links import ConfirmationLink
from dependencies.models.losses import LossDecision
from dependencies.models.needs import Dependency, Need
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.register import runs as register
from dependencies.reserving.vocabulary import ClaimTrigger, ReserveKind, ReserveUnit, ReserveUse
from dependencies.vocabulary import (
    AgreementKind,
    AgreementState,
    DependencyKind,
    Handling,
    InterfaceLevel,
    StatementKind,
    Strength,
)
from prepare import stored
from prepare.access import Action, in_hand
from prepare.actor import SYSTEM, Actor, Grant, acting_as
from prepare.checks import Check
from prepare.db import db, transaction
from prepare.entries import FunctionEntry
from prepare.models.codes import CodeItem
from prepare.models.functions import BiaImpact, Function, FunctionRevision, Resource
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.models.tokens import ApiToken
from prepare.models.users import RoleGrant, Share, User
from prepare.texts import sort_key
from prepare.vocabulary import (
    AnswerStatus,
    CapabilityBasis,
    CodeList,
    Confidentiality,
    Criticality,
    Dimension,
    FunctionState,
    ImpactCategory,
    OrganisationKind,
    Organiser,
    Production,
    ResourceKind,
    RevisionState,
    Role,
    Shared,
)
from risks.entries.scales import of_scale
from risks.matrix import DEFAULT
from risks.models import scales
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
from risks.models.scales import STEP_COLUMNS, RiskScale, RiskScaleStep
from risks.models.scenarios import Scenario, ScenarioHit
from risks.register.risks import as_held
from risks.vocabulary.bodies import BodyKind, MeetingState, Position
from risks.vocabulary.inputs import InputSource
from risks.vocabulary.measures import MeasureSource
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.risks import Occasion
from risks.vocabulary.safety import SafetyPlanKind, TargetGroup, Theme
from risks.vocabulary.scales import Axis
from risks.vocabulary.scenarios import Effect, Severity

BEGUN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PASSWORD = "a quiet winter harbour"
#: argon2id of PASSWORD with small costs, so that no test waits for it
PASSWORD_HASH = "$argon2id$v=19$m=8,t=1,p=1$a29la2F1cHVua2ktc2FsdA$PeGmjYCnURAGGPLfUNj/7bPnKFiQRHIGQgjrgJQmS5w"

#: code → (kind, code of the parent, Finnish, Swedish, English name)
ORGANISATIONS = {
    "CITY": (OrganisationKind.CITY, None, "Koekaupunki", "Provstad", "Trial City"),
    "EDU": (OrganisationKind.SECTOR, "CITY", "Kasvatus ja koulutus", "Fostran och utbildning", "Education"),
    "WAT": (OrganisationKind.SECTOR, "CITY", "Vesilaitos", "Vattenverket", "Waterworks"),
    "SCH": (OrganisationKind.ENTERPRISE, "EDU", "Åkerin koulut", "Åker skolor", "Åker schools"),
    "P-CTY": (OrganisationKind.WELLBEING_COUNTY, "CITY", "Rannan hyvinvointialue", None, "Coast county"),
    "P-POL": (OrganisationKind.POLICE, "CITY", "Rannan poliisi", None, "Coast police"),
}
#: person → (role or None, organisation)
PEOPLE: dict[str, tuple[Role | None, str]] = {
    "edu.contact": (Role.SECTOR_CONTACT, "EDU"),
    "edu.director": (Role.SECTOR_DIRECTOR, "EDU"),
    "wat.contact": (Role.SECTOR_CONTACT, "WAT"),
    "central": (Role.CENTRAL, "CITY"),
    "leadership": (Role.LEADERSHIP, "CITY"),
    "county": (Role.PARTNER, "P-CTY"),
    "police": (Role.PARTNER, "P-POL"),
    "auditor": (Role.AUDITOR, "CITY"),
    "admin": (Role.ADMIN, "CITY"),
    "newcomer": (None, "CITY"),
}
#: What a function needs to be submitted (a class K3, so without impacts).
COMPLETE: dict[str, Any] = {
    "criticality": Criticality.K3,
    "mtpd_h": 120.0,
    "rto_h": 48.0,
    "owner_role": "Rehtori",
    "organiser": Organiser.CITY,
    "production": Production.OWN,
    "vital_function": "YTS-1",
    "vulnerable_groups": True,
}
#: What a vital function needs besides (and its impacts).
VITAL: dict[str, Any] = {
    **COMPLETE,
    "criticality": Criticality.K1,
    "mtpd_h": 12.0,
    "rto_h": 6.0,
    "mbco_text": "Joka toinen toimipiste on auki.",
    "recovery_capability_h": 5.0,
    "capability_basis": CapabilityBasis.EXERCISED,
    "min_staff": 4,
}
#: Impacts that become intolerable in the band T3 (4-24 h), where the MTPD of VITAL lies.
GRID = dict.fromkeys(ImpactCategory, (1, 2, 3, 3, 3, 3, 3)) | {ImpactCategory.LIFE: (1, 2, 4, 4, 5, 5, 5)}

SECRET = {"confidentiality": Confidentiality.CONFIDENTIAL, "secrecy_basis": "JulkL 24.1 § 8 k"}
#: code → (organisation, state, Finnish name, further fields)
FUNCTIONS: dict[str, tuple[str, FunctionState, str, dict[str, Any]]] = {
    "F-EDU-01": ("EDU", FunctionState.DRAFT, "Kouluateriat", COMPLETE),
    "F-EDU-02": ("EDU", FunctionState.SUBMITTED, "Varhaiskasvatus", COMPLETE),
    "F-EDU-03": ("EDU", FunctionState.CONFIRMED, "Perusopetus", COMPLETE),
    "F-EDU-04": ("EDU", FunctionState.CONFIRMED, "Koulukuljetukset", COMPLETE),
    "F-EDU-05": ("EDU", FunctionState.RETIRED, "Iltakoulu", COMPLETE),
    "F-EDU-06": ("EDU", FunctionState.CONFIRMED, "Turvakoti", COMPLETE | SECRET),
    "F-SCH-01": ("SCH", FunctionState.CONFIRMED, "Åkerin lähikoulu", COMPLETE),
    "F-WAT-01": ("WAT", FunctionState.CONFIRMED, "Talousvesi", VITAL),
    "F-WAT-02": ("WAT", FunctionState.CONFIRMED, "Vesitorni", VITAL | SECRET),
    "F-WAT-03": ("WAT", FunctionState.DRAFT, "Jätevesi", {"confidentiality": Confidentiality.PUBLIC}),
    "X-CTY-01": ("P-CTY", FunctionState.CONFIRMED, "Ensihoito", {"committed_recovery_h": 2.0}),
    "X-POL-01": ("P-POL", FunctionState.CONFIRMED, "Hälytystehtävät", {}),
}


def build() -> None:
    """Write the town into an empty database."""
    with acting_as(SYSTEM), doing(Action.SOW), transaction():
        _organisations()
        _people()
        _tokens()
        _functions()
        _interfaces()
        _agreements()
        _transfers()
        _snoozes()
        _needs()
        _losses()
        _reserves()
        _scale()
        _risks_and_scenarios()
        _measures()
        _safety()
        _bodies()
        _situations()
        _reviews()
        _readiness()
        _guidance()
        _networks()
        _risk_interfaces()
        _local_safety()
        _plans()
        _exercises()
        register.store_run(record(Scenario, "S1"), RunEntry(purpose="Myrskyraportti"), at=BEGUN)


@contextmanager
def doing(action: Action) -> Iterator[None]:
    """Hold an action, as the register does while one of its functions runs."""
    token = in_hand.set(action)
    try:
        yield
    finally:
        in_hand.reset(token)


def keep(*records: Any) -> None:
    """Write records as they are, past the register's rules."""
    with acting_as(SYSTEM), doing(Action.SOW), transaction():
        db.session.add_all(records)


def change(record: Any, **values: Any) -> None:
    """Change a record that is kept, past the register's rules."""
    with acting_as(SYSTEM), doing(Action.SOW), transaction():
        for name, value in values.items():
            setattr(record, name, value)


def a_function(code: str, organisation: str = "EDU", **fields: Any) -> Function:
    """A function that is not written yet; a confirmed draft of nothing else said."""
    named = {"name_fi": code, "state": FunctionState.CONFIRMED, **fields}
    return Function(code=code, organisation_id=organisation_of(organisation).id, **named)


def organisation_of(code: str) -> Organisation:
    """The organisation with this code."""
    return db.session.scalars(select(Organisation).where(Organisation.code == code)).one()


def function(code: str) -> Function:
    """The function with this code."""
    return db.session.scalars(select(Function).where(Function.code == code)).one()


def record(model: Any, code: str) -> Any:
    """The record of this kind with this code."""
    return db.session.scalars(select(model).where(model.code == code)).one()


def user(name: str) -> User:
    """The person with this name."""
    return db.session.scalars(select(User).where(User.email == email(name))).one()


def email(name: str) -> str:
    """The address with which a person signs in."""
    return name if "@" in name else f"{name}@town.example"


def actor_of(name: str) -> Actor:
    """The person as the gate would name them."""
    person = user(name)
    grants = [g for g in person.grants if g.ended_at is None]
    paths = {g.organisation_id: db.session.get_one(Organisation, g.organisation_id).path for g in grants}
    partners = [g.organisation_id for g in grants if g.role is Role.PARTNER]
    shares = db.session.scalars(
        select(Share).where(Share.organisation_id.in_(partners), Share.ended_at.is_(None))
    ).all()
    return Actor(
        user_id=person.id,
        name=person.name,
        grants=tuple(Grant(g.role, paths[g.organisation_id]) for g in grants),
        shared_functions=frozenset(s.record_id for s in shares if s.what is Shared.FUNCTION),
        shared_interfaces=frozenset(s.record_id for s in shares if s.what is Shared.INTERFACE),
    )


def _organisations() -> None:
    for code, (kind, parent, fi, sv, en) in ORGANISATIONS.items():
        above = organisation_of(parent) if parent else None
        path = above.path if above else "/"
        one = Organisation(
            code=code, kind=kind, name_fi=fi, name_sv=sv, name_en=en, parent=above, path=path, sort_name=sort_key(fi)
        )
        db.session.add(one)
        db.session.flush()
        one.path = f"{path}{one.id}/"
        db.session.flush()
    codes = [("YTS-1", "Johtaminen", CodeList.VITAL_FUNCTION), ("T-SAHKO", "Sähkökatko", CodeList.THREAT)]
    codes += [("ITA", "Itäinen suurpiiri", CodeList.AREA), ("ITA-1", "Kallioniemi", CodeList.AREA)]
    items = [
        CodeItem(kind=kind, code=code, edition="2026", rank=rank, name_fi=name, name_sv=name)
        for rank, (code, name, kind) in enumerate(codes)
    ]
    db.session.add_all(items)
    db.session.flush()
    items[-1].parent_id = items[-2].id


def _people() -> None:
    for name, (role, organisation) in PEOPLE.items():
        over = organisation_of(organisation)
        person = User(email=email(name), name=f"Nimi {name}", language="en", password_hash=PASSWORD_HASH)
        if role:
            person.grants = [RoleGrant(role=role, organisation=over)]
        db.session.add(person)
        db.session.flush()


def _tokens() -> None:
    """A token of a sector's contact for a reporting tool, and one of another sector's."""
    for name, sector in (("edu.contact", "EDU"), ("wat.contact", "WAT")):
        told = {"token_hash": f"hash of {sector}", "hint": f"prepare_{sector.lower()}", "registers": ["functions"]}
        days = {"made_at": BEGUN, "expires_on": BEGUN.date() + timedelta(days=300)}
        held = {"user": user(name), "organisation": organisation_of(sector), "highest": Confidentiality.CONFIDENTIAL}
        db.session.add(ApiToken(purpose=f"Raportti {sector}", **told, **days, **held))


def _functions() -> None:
    for code, (organisation, state, name, fields) in FUNCTIONS.items():
        db.session.add(a_function(code, organisation, name_fi=name, state=state, **fields))
    db.session.flush()
    water, meals, rides = function("F-WAT-01"), function("F-EDU-01"), function("F-EDU-04")
    for category, steps in GRID.items():
        values = {f"t{place}": step for place, step in enumerate(steps, start=1)}
        db.session.add(BiaImpact(function=water, category=category, **values))
    db.session.add(Resource(function=meals, kind=ResourceKind.STAFF, name="Keittäjä", normal_qty=3, minimum_qty=1))
    db.session.add(Resource(function=function("F-EDU-06"), kind=ResourceKind.STAFF, name="Vartija", minimum_qty=1))
    db.session.add(Resource(function=water, kind=ResourceKind.MATERIAL, name="Polttoaine", stock_lasts_h=72.0))
    entry = FunctionEntry(**{**COMPLETE, "name_fi": "Koulukuljetukset ja saatot"})
    db.session.add(
        FunctionRevision(
            function=rides,
            state=RevisionState.SUBMITTED,
            entry=stored.as_json(entry),
            base_version=1,
            author_id=user("edu.contact").id,
            begun_at=BEGUN,
        )
    )
    county = organisation_of("P-CTY")
    db.session.add(Share(organisation_id=county.id, what=Shared.FUNCTION, record_id=water.id))
    db.session.flush()


#: code → (leading sector, partner, whether its partner is shown it, further fields)
INTERFACES: dict[str, tuple[str, str, bool, dict[str, Any]]] = {
    "I-01": ("EDU", "P-CTY", True, {}),
    "I-02": ("WAT", "P-POL", False, SECRET),
}
#: code of the dependency → (consumer, supplier, name of the need, interface)
NEEDS: dict[str, tuple[str, str, str, str | None]] = {
    "D-01": ("F-EDU-01", "F-WAT-01", "Vesi", None),
    "D-02": ("F-EDU-06", "F-WAT-01", "Vesi", None),
    "D-03": ("F-WAT-03", "X-CTY-01", "Ensihoito", None),
    "D-04": ("F-EDU-03", "X-CTY-01", "Kouluterveys", "I-01"),
    "D-05": ("F-EDU-03", "F-EDU-06", "Turva", None),
}


def _interfaces() -> None:
    for code, (sector, partner, is_shared, fields) in INTERFACES.items():
        party = organisation_of(partner)
        interface = Interface(
            code=code,
            organisation=organisation_of(sector),
            party=party,
            name_fi=f"Yhdyspinta {code}",
            level=InterfaceLevel.CITY,
            criticality=Criticality.K2,
            **fields,
        )
        interface.sectors = [organisation_of(sector)]
        db.session.add(interface)
        db.session.flush()
        _interface_parts(interface)
        if is_shared:
            db.session.add(Share(organisation_id=party.id, what=Shared.INTERFACE, record_id=interface.id))
        link = {"token_hash": f"link {interface.id}", "recipient": "Päivystäjä", "language": "fi", "expires_at": BEGUN}
        db.session.add(ConfirmationLink(interface=interface, **link))
    db.session.flush()


def _interface_parts(interface: Interface) -> None:
    """A duty contact on each side, a task and a flow of information."""
    for place, side in enumerate(Side, start=1):
        phone = f"+358 50 000 {interface.code[-2:]}{place:02}"
        told = {"role_title": f"Päivystäjä {interface.code} {side.value}", "phone": phone}
        db.session.add(ContactPoint(interface=interface, place=place, side=side, **told))
    does = {"city_normal": Part.BOTH, "party_normal": Part.CONSULTED}
    db.session.add(InterfaceTask(interface=interface, place=1, task=f"Tehtävä {interface.code}", **does))
    flow = {"what": f"Tieto {interface.code}", "direction": Direction.BOTH, "channel": "Puhelu"}
    db.session.add(InformationFlow(interface=interface, place=1, **flow))
    db.session.flush()


#: code → (the city's side, partner, what rests on it, further fields)
AGREEMENTS: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "A-01": ("EDU", "P-CTY", "I-01", {}),
    "A-02": ("WAT", "P-POL", "I-02", SECRET),
}


def _reserves() -> None:
    """Generators of the waterworks, a secret shelter of education and vehicles of the county, each counted on once."""
    city, power = organisation_of("CITY"), {"trigger": ClaimTrigger.LOSS, "lost": DependencyKind.POWER}
    kept = (
        ("RV-01", "WAT", ReserveKind.GENERATOR, ReserveUnit.KILOWATTS, "F-EDU-04", {}),
        ("RV-02", "EDU", ReserveKind.PREMISES, ReserveUnit.PLACES, "F-WAT-01", SECRET),
        ("RV-03", "P-CTY", ReserveKind.VEHICLE, ReserveUnit.PIECES, "F-EDU-06", {"shared": False}),
    )
    for code, owner, kind, unit, claimant, fields in kept:
        counted = {"quantity": 100.0, "unit": unit, "kind": kind, "use": ReserveUse.REUSABLE, "ready_h": 1.0}
        named = {"name_fi": f"Reservi {code}", "city": city, "organisation": organisation_of(owner)}
        reserve = Reserve(code=code, **named, **counted, **fields)
        claim = {"function": function(claimant), "quantity": 60.0, "unit": unit, **power}
        db.session.add_all([reserve, ReserveClaim(code=f"{code}/01", reserve=reserve, **claim)])
    db.session.flush()


def _agreements() -> None:
    for code, (sector, partner, interface, fields) in AGREEMENTS.items():
        made = Agreement(
            code=code,
            organisation=organisation_of(sector),
            party=organisation_of(partner),
            kind=AgreementKind.COOPERATION,
            state=AgreementState.ACTIVE,
            name_fi=f"Sopimus {code}",
            valid_from=BEGUN.date(),
            **fields,
        )
        made.functions = [function("X-CTY-01")] if code == "A-01" else []
        record(Interface, interface).agreements = [made]
    db.session.flush()


def _transfers() -> None:
    """A planned transfer of EDU and a secret one of WAT to the county, each with an item of its checklist."""
    for code, sector, function_code, fields in (("TR-01", "EDU", "F-EDU-03", {}), ("TR-02", "WAT", "F-WAT-02", SECRET)):
        transfer = Transfer(
            code=code.replace("TR", "TF"),
            organisation=organisation_of(sector),
            receiver=organisation_of("P-CTY"),
            name_fi=f"Siirto {code}",
            effective=date(2027, 6, 1),
            **fields,
        )
        transfer.functions = [record(Function, function_code)]
        item = TransferItem(
            code=code,
            organisation=organisation_of(sector),
            kind=TransferKind.AGREEMENT,
            transfer=transfer,
            name_fi=f"Siirtyvä {code}",
            from_organisation=organisation_of(sector),
            to_organisation=organisation_of("P-CTY"),
            interface=record(Interface, "I-01"),
            **fields,
        )
        item.functions = [record(Function, function_code)]
        db.session.add(item)
    db.session.flush()


def _snoozes() -> None:
    schooling = function("F-EDU-03")
    snooze = FindingSnooze(
        rule="I02",
        subject=Subject.FUNCTION,
        subject_ref=str(schooling.ref),
        subject_code=schooling.code,
        organisation=schooling.organisation,
        severity=finding.Severity.MINOR,
        reason="Tarkistetaan budjetin jälkeen.",
        until=date(2027, 2, 28),
        snoozed_on=BEGUN.date(),
        snoozed_at=BEGUN,
        snoozed_by="edu.contact",
    )
    db.session.add(snooze)
    db.session.flush()


def _needs() -> None:
    for code, (consumer, supplier, name, interface) in NEEDS.items():
        need = Need(
            consumer=function(consumer), name=name, strength=Strength.ESSENTIAL, tolerance_h=2.0, workaround="x"
        )
        over = db.session.scalars(select(Interface).where(Interface.code == interface)).first()
        alternative = Dependency(code=code, need=need, supplier=function(supplier), kind=DependencyKind.SERVICE)
        alternative.interface, alternative.confidentiality = over, need.consumer.confidentiality
        db.session.add_all([need, alternative])
        db.session.flush()
    inside = {"tolerance_h": 2.0, "strength": Strength.ESSENTIAL, "min_required": 1, "flow": DependencyKind.SERVICE}
    said = {"kind": StatementKind.NEED, "hours": 50.0, "role": "Rehtori", "stated_on": date(2024, 1, 2), **inside}
    expired = Statement(dependency=record(Dependency, "D-05"), organisation=organisation_of("EDU"), **said)
    db.session.add(expired)
    db.session.flush()


def _losses() -> None:
    for code in ("F-EDU-06", "F-WAT-03"):
        decided = {"handling": Handling.TREATED, "measure": "Varakohde", "owner_role": "Rehtori"}
        db.session.add(LossDecision(function=function(code), decided_on=BEGUN.date(), decided_by="Yksikkö", **decided))


def _risks_and_scenarios() -> None:
    city, edu, wat = organisation_of("CITY"), organisation_of("EDU"), organisation_of("WAT")
    storm = Scenario(
        code="S1", organisation=city, name_fi="Myrsky", duration_h=24.0, severity=Severity.DISRUPTION, threat="T-SAHKO"
    )
    db.session.add(storm)
    db.session.flush()
    for hit in ("F-WAT-01", "F-WAT-02"):
        db.session.add(
            ScenarioHit(
                scenario=storm,
                function=function(hit),
                start_h=0.0,
                duration_h=24.0,
                effect=Effect.DOWN,
                capacity_pct=0.0,
            )
        )
    for code, owner, title, fields in (
        ("R-01", edu, "Keittiö ei toimi", {}),
        ("R-02", edu, "Turvakodin osoite paljastuu", SECRET),
        ("R-03", wat, "Vesi saastuu", {"scenario": storm}),
    ):
        risk = Risk(code=code, organisation=owner, title_fi=title, likelihood=2, impact=4, **fields)
        risk.functions = [function("F-EDU-01" if owner is edu else "F-WAT-01")]
        db.session.add(risk)
        db.session.flush()
        db.session.add(as_held(risk, Occasion.ASSESSED, None, on=BEGUN.date()))
    db.session.flush()


def _risk_interfaces() -> None:
    linked = {"risk_id": record(Risk, "R-01").id, "interface_id": record(Interface, "I-01").id}
    db.session.execute(insert(risk_interface), [linked])


def _scale() -> None:
    entry = of_scale(DEFAULT)
    levels = {name: getattr(entry, name) for name in ("moderate", "significant", "critical", "guard_from")}
    scale = RiskScale(organisation=organisation_of("CITY"), **levels)
    for axis, steps in ((Axis.LIKELIHOOD, entry.likelihoods), (Axis.IMPACT, entry.impacts)):
        for number, step in enumerate(steps, start=1):
            values = {name: getattr(step, name) for name in STEP_COLUMNS}
            scale.steps.append(RiskScaleStep(axis=axis, number=number, **values))
    db.session.add(scale)
    db.session.flush()
    scales.forget(db.session())


def _measures() -> None:
    for code, risk, fields in (("M-01", "R-01", {}), ("M-02", "R-02", SECRET), ("M-03", "R-03", {})):
        treated = record(Risk, risk)
        found = {"source": MeasureSource.RISK, "source_code": risk, "owner_role": "Rehtori", "due": date(2027, 6, 30)}
        measure = Measure(code=code, organisation=treated.organisation, name_fi=f"Toimenpide {code}", **found, **fields)
        treated.measures = [measure]
        db.session.add(measure)
    db.session.flush()


def _safety() -> None:
    city = organisation_of("CITY")
    national = NationalProgramme(code="NP-01", organisation=city, name_fi="Arjen turvallisuus", themes=(Theme.YOUTH,))
    db.session.add(national)
    db.session.add(NationalLine(national_programme=national, mark="1.1", rank=1, name_fi="Jalkautuva työ"))
    figures = {"unit": "%", "baseline": 70.0, "target": 80.0, "latest": 75.0}
    db.session.add(Objective(code="OB-01", organisation=city, name_fi="Turvallinen koti", **figures))
    for code, name, fields in (("PR-01", "Nuorten ohjelma", {}), ("PR-02", "Salainen ohjelma", SECRET)):
        programme = Programme(code=code, organisation=city, name_fi=name, themes=(Theme.YOUTH,), **fields)
        programme.target_groups, programme.organisations = (TargetGroup.YOUTH,), [organisation_of("EDU")]
        db.session.add(programme)
    for code, measure, fields in (("SP-01", "M-01", {}), ("SP-02", "M-02", SECRET)):
        plan = SafetyPlan(code=code, organisation=city, name_fi=f"Turvasuunnitelma {code}", **fields)
        plan.kind, plan.participants = SafetyPlanKind.CITY_PLAN, [organisation_of("EDU")]
        aim = SafetyPriority(safety_plan=plan, rank=1, name_fi=f"Painopiste {code}", theme=Theme.YOUTH)
        aim.participants, aim.measures = [organisation_of("EDU")], [record(Measure, measure)]
        db.session.add_all([plan, aim])
    db.session.flush()


def _bodies() -> None:
    """A body of the whole city and a secret one, each with a seat, a held meeting and a decision."""
    for place, (code, fields) in enumerate((("B-01", {}), ("B-02", SECRET)), start=1):
        named = {"name_fi": f"Ryhmä {code}", "kind": BodyKind.EXPERTS, "cadence_months": 3}
        body = Body(code=code, organisation=organisation_of("CITY"), appointed_on=date(2026, 1, 12), **named, **fields)
        body.members = [BodyMember(role_title="Rehtori", organisation=organisation_of("EDU"), position=Position.CHAIR)]
        held = {"state": MeetingState.HELD, "meets_on": date(2026, 2, 2), "agenda": "Tilannekatsaus"}
        meeting = Meeting(code=f"MT-0{place}", body=body, minutes=f"Muistio {code}", **held)
        db.session.add(Decision(code=f"DE-0{place}", meeting=meeting, text=f"Päätös {code}", owner_role="Rehtori"))


def _networks() -> None:
    for code, measure, fields in (("N-01", "M-01", {}), ("N-02", "M-02", SECRET)):
        found = {"areas": ("ITA",), "target_groups": (TargetGroup.YOUTH,), "state": NetworkState.ACTIVE}
        network = Network(
            code=code, organisation=organisation_of("CITY"), name_fi=f"Verkosto {code}", **found, **fields
        )
        network.members = [NetworkMember(organisation=organisation_of("P-POL"), role="Lähipoliisi")]
        network.measures = [record(Measure, measure)]
        asked = {"request": f"Tuki {code}", "asked_on": BEGUN.date(), "asked_by": "Koordinaattori"}
        db.session.add_all([network, NetworkRequest(code=f"{code}/01", network=network, **asked)])
    db.session.flush()


def _situations() -> None:
    """A situation that goes on and a secret one, each with a word of its picture and an observation."""
    storm, city = record(Scenario, "S1"), organisation_of("CITY")
    db.session.add(ScenarioOffer(scenario=storm))  # withdrawn
    for place, (code, fields) in enumerate((("SI-01", {"scenario": storm}), ("SI-02", SECRET)), start=1):
        when = {"began_at": BEGUN, "opened_at": BEGUN}
        situation = Situation(code=code, organisation=city, title=f"Tilanne {code}", **when, **fields)
        told = {"number": 1, "at": BEGUN, "written_at": BEGUN, "text": f"Havainto {code}"}
        db.session.add(PictureEntry(situation=situation, reliability=Reliability.B, **told))
        seen = {"text": f"Puute {code}", "confidentiality": fields.get("confidentiality", Confidentiality.INTERNAL)}
        db.session.add(Observation(code=f"OB-0{place}", organisation=city, situation=situation, **seen))


def _local_safety() -> None:
    """Phenomena with figures, signals, residents' input and good practices."""
    city, edu, wat = organisation_of("CITY"), organisation_of("EDU"), organisation_of("WAT")
    for code, measure, fields in (("PH-01", "M-01", {}), ("PH-02", "M-02", SECRET)):
        found = Phenomenon(code=code, organisation=city, name_fi=f"Ilmiö {code}", areas=("ITA",), **fields)
        found.measures, found.risks = [record(Measure, measure)], [record(Risk, measure.replace("M", "R"))]
        figure = {"name": "Ilmoitukset", "unit": "kpl", "value": 3.0, "measured_on": BEGUN.date()}
        db.session.add_all([found, Indicator(code=f"{code}/01", phenomenon=found, **figure)])
    for code, owner, fields in (("SG-01", edu, {}), ("SG-02", edu, SECRET), ("SG-03", wat, {})):
        seen = {"observed_on": BEGUN.date(), "area": "ITA-1", "source_role": "Rehtori"}
        db.session.add(Signal(code=code, organisation=owner, name=f"Signaali {code}", **seen, **fields))
    for code, fields in (("RI-01", {}), ("RI-02", SECRET)):
        heard = {"source": InputSource.SURVEY, "held_on": BEGUN.date(), "area": "ITA", "participants": 12}
        db.session.add(ResidentInput(code=code, organisation=city, name=f"Kysely {code}", **heard, **fields))
    for code, fields in (("GP-01", {}), ("GP-02", SECRET)):
        practice = GoodPractice(code=code, organisation=city, name_fi=f"Käytäntö {code}", **fields)
        used = PracticeAdoption(code=f"{code}/01", practice=practice, organisation=edu, adopted_on=BEGUN.date())
        db.session.add_all([practice, used])
    db.session.flush()


def _reviews() -> None:
    """A draft of a situation review and a secret one; nothing has been counted for them."""
    counted = {"measures": {}, "safety_measures": {}, "overdue": 0, "overdue_named": [], "risks": {}, "decisions": {}}
    counted |= {"meetings": {"late": []}, "situations": [], "phenomena": None, "residents": None}
    for code, fields in (("TK-01", {}), ("TK-02", SECRET)):
        told = {"now_text": f"Katsaus {code}", "figures": counted, "figures_sha256": "0" * 64}
        day = date(2026, 3, 2)
        review = SituationReview(code=code, organisation=organisation_of("CITY"), as_of=day, **told, **fields)
        asked = {"what": f"Rahoitus {code}", "due": date(2026, 12, 1), "consequence": f"Vesi loppuu {code}"}
        db.session.add(NeededDecision(code=f"{code}/01", review=review, **asked))
    db.session.flush()


def _readiness() -> None:
    """A snapshot of the city's readiness that counted nothing, KUJA beside it, and that it compares itself."""
    city, day = organisation_of("CITY"), date(2026, 1, 31)
    nothing = {"city": {"indicators": {code.value: [0, 0, 0] for code in Code}}, "sectors": {}}
    prints = {"figures_sha256": "0" * 64, "data_sha256": "0" * 64}
    told = {"as_of": day, "taken_at": BEGUN, "taken_by": "central", "method": "1", "figures": nothing, **prints}
    result = {"assessed_on": day, "tool": KujaTool.QUICK_TEST, "tool_version": "2024", "points": 15}
    db.session.add(ReadinessSnapshot(code="VT-01", organisation=city, **told))
    db.session.add(ReadinessParticipation(code="VV-01", organisation=city, joined_on=day, joined_by="central"))
    db.session.add(KujaPart(organisation=city, number=1, label_fi="Johtaminen", dimensions=(Dimension.LEAD,)))
    db.session.add(KujaResult(code="KU-01", organisation=city, assessed_by="Yksikkö", **result))
    db.session.flush()


def _guidance() -> None:
    """A version in force, and the draft of the next one; both have a secret chapter and a secret requirement."""
    city, edu = organisation_of("CITY"), organisation_of("EDU")
    day = {"valid_from": date(2026, 1, 1), "issued_on": date(2025, 12, 1), "issued_by": "Yksikkö"}
    first = GuidanceVersion(code="G-01", organisation=city, number="1.0", **day)
    draft = GuidanceVersion(code="G-02", organisation=city, number="1.1", predecessor=first)
    for version in (first, draft):
        for key, fields in ((1, {}), (2, SECRET)):
            text = {"title_fi": f"Luku {key} ({version.code})", "text_fi": "Ohjetta."}
            db.session.add(GuidanceChapter(guidance_version=version, key=key, rank=key, **text, **fields))
        for mark, fields in (
            ("VO-01", {"automatic": Check.CONTACT_AND_DEPUTY, "dimension": Dimension.LEAD, "cycle_months": 120}),
            ("VO-02", {"classes": (Criticality.K1,), "dimension": Dimension.PLAN}),
            ("VO-03", {"dimension": Dimension.COOP, **SECRET}),
            ("VO-04", {"dimension": Dimension.IMPR}),
        ):
            text = {"text_fi": f"Vaatimus {mark} ({version.code})"}
            db.session.add(Requirement(guidance_version=version, mark=mark, **text, **fields))
    db.session.flush()
    for requirement in first.requirements:
        if requirement.mark in ("VO-01", "VO-03"):
            told = {"status": AnswerStatus.PARTLY, "comment": f"Vastaus {requirement.mark}"}
            told |= {"answered_on": date(2026, 2, 2), "answered_by_id": user("edu.contact").id}
            db.session.add(RequirementAnswer(organisation=edu, requirement=requirement, **told))
    db.session.flush()


def _plans() -> None:
    edu, wat = organisation_of("EDU"), organisation_of("WAT")
    for code, owner, state, fields in (
        ("P-01", edu, PlanState.DRAFT, {}),
        ("P-02", edu, PlanState.SUBMITTED, {}),
        ("P-03", edu, PlanState.APPROVED, SECRET),
        ("P-04", wat, PlanState.DRAFT, {}),
    ):
        plan = Plan(code=code, organisation=owner, kind=PlanKind.CONTINUITY, name_fi=f"Suunnitelma {code}", **fields)
        plan.functions = [function("F-EDU-01" if owner is edu else "F-WAT-01")]
        version = PlanVersion(plan=plan, number="1", state=state, author_id=user("edu.contact").id)
        if state is PlanState.APPROVED:
            version.approver_id, version.approved_on = user("edu.director").id, date(2026, 2, 2)
            version.next_review = date(2027, 2, 2)
        db.session.add_all([plan, version, PlanSection(plan_version=version, section=Section.PURPOSE, text="Miksi")])
        db.session.add_all(_contents(version))
        remark = {"section": Section.PURPOSE, "text": f"Huomautus {code}", "author_id": user("central").id}
        remark |= {"answer": "Korjattu", "answered_by_id": version.author_id, "answered_at": BEGUN}
        if code != "P-01":
            db.session.add(PlanComment(plan_version=version, written_at=BEGUN, **remark))
        db.session.flush()


def _exercises() -> None:
    """An exercise of EDU in which WAT and the county take part, and a secret one, each with what it tests."""
    edu, wat, county = (organisation_of(code) for code in ("EDU", "WAT", "P-CTY"))
    for place, (code, plan, named, fields) in enumerate(
        (("EX-01", "P-01", "F-EDU-01", {}), ("EX-02", "P-03", "F-EDU-06", SECRET)), start=1
    ):
        planned = {"kind": ExerciseKind.TABLETOP, "planned_on": date(2026, 12, 3), "scenario": record(Scenario, "S1")}
        exercise = Exercise(code=code, organisation=edu, name_fi=f"Harjoitus {code}", **planned, **fields)
        exercise.participants = [wat, county] if place == 1 else []
        exercise.plans, exercise.functions = [record(Plan, plan)], [function(named)]
        exercise.interfaces = [record(Interface, "I-01")] if place == 1 else []
        inject = {"number": 1, "at_h": 2.0, "happens": f"Keittiö pimenee {code}", "decision": "Missä ruoka tehdään?"}
        measured = {"function": function(named), "achieved_recovery_h": 3.0, "how_measured": "Kellolla"}
        seen = {"text": f"Avain puuttui {code}"}
        seen["confidentiality"] = fields.get("confidentiality", Confidentiality.INTERNAL)
        db.session.add_all(
            [
                exercise,
                ExerciseInject(exercise=exercise, function=function(named), **inject),
                ExerciseMeasurement(exercise=exercise, **measured),
                Observation(code=f"OB-0{place + 2}", organisation=edu, exercise=exercise, **seen),
            ]
        )
    db.session.flush()


def _contents(version: PlanVersion) -> list[Any]:
    """A strategy, an action card, a level task and a document; the steps of the first draft's card are missing."""
    own = select(Resource).where(Resource.function_id == version.plan.functions[0].id)
    strategy = Strategy(plan_version=version, lost_resource=LostResource.POWER, text="Kylmäruoka", covers_h=24.0)
    strategy.resources = list(db.session.scalars(own))
    card = ActionCard(plan_version=version, place=1, title=f"Kortti {version.plan.code}", role="Rehtori")
    if version.plan.code != "P-01":
        card.tasks = [CardTask(place=1, what="Soita varakeittiöön", who="Emäntä", within_min=10)]
    level = LevelTask(plan_version=version, level=PreparednessLevel.ENHANCED, task="Tarkista varasto", within_h=24.0)
    document = DocumentRef(plan_version=version, title="Tilaluettelo", kept_at="Arkisto", case_number="MK 1/2026")
    return [strategy, card, level, document]
