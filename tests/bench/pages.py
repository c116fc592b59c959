"""The pages that are measured, each for a person who would open it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import and_, func, select

from dependencies.models.needs import Dependency
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.models.users import RoleGrant, User
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.models.scenarios import Scenario

PLAIN = "plain page"  #: layout, session and actor, and nothing else: what every ratio is held against
SORTS = ("criticality", "-criticality", "name", "code", "organisation", "rto_h", "mtpd_h", "state")


@dataclass(frozen=True)
class Page:
    """A page: what it is called in the table, its address, and who opens it."""

    name: str
    address: str
    who: str


def pages(who: str) -> Iterator[Page]:
    """Every page that is measured for one person, with records that he or she can open."""
    path = top(who)
    yield Page(PLAIN, "/accessibility", who)
    for name, address in (
        ("start", "/"),
        ("functions", "/functions/"),
        ("functions, last page", "/functions/?page=99999999"),
        *((f"functions by {sort}", f"/functions/?sort={sort}") for sort in SORTS[1:]),
        ("functions K1", "/functions/?criticality=K1"),
        ("functions, drafts", "/functions/?state=draft"),
        ("functions, partners'", "/functions/?outside=1"),
        ("search, a word", "/functions/?q=varhaiskasvatus"),
        ("search, no match", "/functions/?q=olematon"),
        ("risks", "/risks/"),
        ("risks, last page", "/risks/?page=99999999"),
        ("risks, search", "/risks/?q=vara"),
        ("risks, matrix", "/risks/matrix"),
        ("risks, matrix by scenario", "/risks/matrix?by=scenario"),
        ("measures", "/measures/"),
        ("measures, last page", "/measures/?page=99999999"),
        ("measures, overdue", "/measures/?overdue=1"),
        ("measures, board", "/measures/board"),
        ("measures, calendar", "/measures/calendar"),
        ("plans", "/plans/"),
        ("plans, last page", "/plans/?page=99999999"),
        ("interfaces", "/interfaces/"),
        ("scenarios", "/scenarios/"),
        ("trail", "/trail/"),
        ("trace, asked", "/trace/"),
        ("supplier search", "/needs/suppliers?of=X&find=vesi"),
        ("confirmations", "/confirmations/?wait=me"),
        ("new risk", "/risks/new"),
        ("new plan", "/plans/new"),
        ("new function", "/functions/new"),
        ("guidance workbook, asked", "/workbooks/"),
    ):
        yield Page(name, address, who)
    for name, function in (("function", typical(path)), ("function, a hub", hub(path))):
        if function:
            yield Page(name, f"/functions/{function.ref}", who)
    struck = and_(Risk.scenario_id.is_not(None), Risk.functions.any())  # its page asks the cascade too
    told = select(Risk).join(Risk.organisation).where(_below(path)).order_by(Risk.id).limit(1)
    for name, of in (("risk", ~struck), ("risk, struck", struck)):
        if risk := db.session.scalars(told.where(of)).first():
            yield Page(name, f"/risks/{risk.ref}", who)
    measure = db.session.scalars(select(Measure).join(Measure.organisation).where(_below(path)).limit(1)).first()
    if measure:
        yield Page("measure", f"/measures/{measure.ref}", who)
    scenario = db.session.scalars(select(Scenario).order_by(Scenario.id).limit(1)).one()
    yield Page("readiness", "/readiness/", who)
    yield Page("trace, scenario", f"/trace/?scenario={scenario.code}", who)
    if function := hub(path):
        yield Page("trace, hub 24 h", f"/trace/?function={function.code}&hours=24", who)


def top(who: str) -> str:
    """Path of the organisation over which the person holds a role."""
    rows = select(Organisation.path).join(RoleGrant, RoleGrant.organisation_id == Organisation.id)
    return db.session.scalars(
        rows.join(User, User.id == RoleGrant.user_id).where(User.email == f"{who}@merikaupunki.example")
    ).one()


def _below(path: str):
    return Organisation.path.startswith(path)


def typical(path: str) -> Function | None:
    """A function in the middle of those below this path."""
    rows = select(Function).join(Function.organisation).where(_below(path), Function.criticality.is_not(None))
    count = db.session.scalar(rows.with_only_columns(func.count())) or 0
    return db.session.scalars(rows.order_by(Function.id).offset(count // 2).limit(1)).first()


def hub(path: str) -> Function | None:
    """The function below this path on which most others depend."""
    many = select(Dependency.supplier_id, func.count().label("n")).group_by(Dependency.supplier_id).subquery()
    rows = select(Function).join(Function.organisation).join(many, many.c.supplier_id == Function.id)
    return db.session.scalars(rows.where(_below(path)).order_by(many.c.n.desc(), Function.id).limit(1)).first()
