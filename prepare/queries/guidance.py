"""Readings of the preparedness guidance, its chapters and requirements, and the answers to it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, and_, exists, false, func, literal, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from prepare.actor import Scope
from prepare.models.functions import Function
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement, RequirementAnswer
from prepare.models.organisations import Organisation
from prepare.queries.scopes import below, bound_by, within
from prepare.vocabulary import Confidentiality, Criticality, FunctionState

#: Other rows of the same tables; made once, since making one costs more than a query.
City = aliased(Organisation, name="city")
Later = aliased(GuidanceVersion, name="later")

#: A version has no class of its own; whoever reads anything of the house knows of it.
KNOWN = Confidentiality.INTERNAL


def versions(scope: Scope, *cities: Organisation) -> Select[GuidanceVersion]:
    """The versions that bind somebody in the scope, of these cities or of all: drafts first, then the newest."""
    rows = select(GuidanceVersion).join(GuidanceVersion.organisation)
    rows = rows.options(contains_eager(GuidanceVersion.organisation)).where(
        bound_by(scope, literal(KNOWN, GuidanceChapter.confidentiality.type))
    )
    if cities:
        rows = rows.where(GuidanceVersion.organisation_id.in_([city.id for city in cities]))
    newest = GuidanceVersion.valid_from.desc(), GuidanceVersion.id.desc()
    return rows.order_by(Organisation.sort_name, GuidanceVersion.issued_on.is_not(None), *newest)


def counted(rows: Select[GuidanceVersion]) -> Select[int]:
    """How many versions there are."""
    return rows.with_only_columns(func.count(GuidanceVersion.id), maintain_column_froms=True).order_by(None)


def in_force(scope: Scope, organisation: Organisation, *, on: date) -> Select[GuidanceVersion]:
    """The version by which an organisation goes on the day `on`, if there is one first: its own city's before others.

    The city is the nearest organisation above that has issued one.
    """
    above = [int(step) for step in organisation.path.split("/") if step]
    begun = GuidanceVersion.issued_on.is_not(None) & (GuidanceVersion.valid_from <= on)
    rows = versions(scope).where(GuidanceVersion.organisation_id.in_(above), begun).order_by(None)
    return rows.order_by(func.length(Organisation.path).desc(), GuidanceVersion.valid_from.desc()).limit(1)


def drafts(scope: Scope) -> Select[GuidanceVersion]:
    """The versions in the scope that have not been issued."""
    return versions(scope).where(GuidanceVersion.issued_on.is_(None))


def chapters(scope: Scope, version: GuidanceVersion, *, every: bool = False) -> Select[GuidanceChapter]:
    """The chapters of a version that the scope may read, in their order; `every` gives those left out too."""
    rows = select(GuidanceChapter).join(GuidanceChapter.guidance_version).join(GuidanceVersion.organisation)
    rows = rows.options(contains_eager(GuidanceChapter.guidance_version).contains_eager(GuidanceVersion.organisation))
    rows = rows.where(GuidanceChapter.guidance_version_id == version.id)
    if not every:
        rows = rows.where(GuidanceChapter.out_of_use.is_(False))
    readable = bound_by(scope, GuidanceChapter.confidentiality)
    return rows.where(readable).order_by(GuidanceChapter.rank, GuidanceChapter.id)


def requirements(scope: Scope, version: GuidanceVersion, *, every: bool = False) -> Select[Requirement]:
    """The requirements of a version that the scope may read, by code; `every` gives those left out too."""
    rows = select(Requirement).join(Requirement.guidance_version).join(GuidanceVersion.organisation)
    rows = rows.options(contains_eager(Requirement.guidance_version).contains_eager(GuidanceVersion.organisation))
    rows = rows.where(Requirement.guidance_version_id == version.id)
    if not every:
        rows = rows.where(Requirement.out_of_use.is_(False))
    return rows.where(bound_by(scope, Requirement.confidentiality)).order_by(Requirement.mark)


def answers(scope: Scope, version: GuidanceVersion, owners: Collection[int]) -> Select[RequirementAnswer]:
    """The answers of organisations (by id) to a version, as far as the scope reads them, with who gave them."""
    return (
        select(RequirementAnswer)
        .join(RequirementAnswer.organisation)
        .join(RequirementAnswer.requirement)
        .options(
            contains_eager(RequirementAnswer.organisation),
            contains_eager(RequirementAnswer.requirement).joinedload(Requirement.guidance_version, innerjoin=True),
            joinedload(RequirementAnswer.answered_by),
            joinedload(RequirementAnswer.carried_from),
        )
        .where(Requirement.guidance_version_id == version.id, RequirementAnswer.organisation_id.in_(owners))
        .where(within(scope, Requirement.confidentiality))
    )


def classes(scope: Scope, paths: Collection[str]) -> Select[str, Criticality | None]:
    """(path of the owner, class) of the functions in use below these paths, each pair once."""
    rows = select(Organisation.path, Function.criticality).join(Function, Function.organisation_id == Organisation.id)
    rows = rows.where(within(scope, Function.confidentiality), Function.state != FunctionState.RETIRED)
    return rows.where(or_(false(), *(below(path) for path in paths))).distinct()


def former(scope: Scope, organisation: Organisation, requirement: Requirement) -> Select[RequirementAnswer]:
    """What an organisation said of an opened requirement in the version before."""
    before = requirement.guidance_version.predecessor_id
    rows = select(RequirementAnswer).join(RequirementAnswer.organisation).join(RequirementAnswer.requirement)
    rows = rows.where(within(scope, Requirement.confidentiality), RequirementAnswer.organisation_id == organisation.id)
    return rows.where(Requirement.guidance_version_id == before, Requirement.mark == requirement.mark)


def given(scope: Scope, requirements: Collection[int]) -> Select[int, int]:
    """How many answers there are to these requirements (by id), and from how many organisations."""
    rows = select(func.count(RequirementAnswer.id), func.count(RequirementAnswer.organisation_id.distinct()))
    rows = rows.join(RequirementAnswer.organisation).join(RequirementAnswer.requirement)
    return rows.where(within(scope, Requirement.confidentiality), Requirement.id.in_(requirements))


def begun(scope: Scope, *, on: date) -> Select[GuidanceVersion]:
    """The versions that are or were in force on the day `on`, the topmost city's newest one first."""
    rows = versions(scope).where(GuidanceVersion.issued_on.is_not(None), GuidanceVersion.valid_from <= on)
    return rows.order_by(None).order_by(func.length(Organisation.path), GuidanceVersion.valid_from.desc())


def answers_in_force(scope: Scope, organisation: Organisation, *, on: date) -> Select[RequirementAnswer]:
    """An organisation's answers to the version in force on the day `on`, where the register counts something too."""
    version = in_force(scope, organisation, on=on).with_only_columns(GuidanceVersion.id).scalar_subquery()
    rows = select(RequirementAnswer).join(RequirementAnswer.organisation).join(RequirementAnswer.requirement)
    rows = rows.options(
        contains_eager(RequirementAnswer.organisation),
        contains_eager(RequirementAnswer.requirement).lazyload(Requirement.guidance_version),
    )
    rows = rows.where(within(scope, Requirement.confidentiality), RequirementAnswer.organisation_id == organisation.id)
    asked = Requirement.guidance_version_id == version, Requirement.automatic.is_not(None)
    return rows.where(*asked).order_by(Requirement.mark)


def asked_of(
    scope: Scope, owners: Collection[int], *, on: date
) -> Select[Organisation, tuple[Criticality, ...], tuple[str, ...], int | None, date | None]:
    """(organisation, classes, sectors, cycle, when it was answered) of what is asked of organisations (by id).

    Each goes by the version of its own city that is in force on the day `on`; classes and sectors still narrow.
    """
    newer = exists().where(
        Later.organisation_id == GuidanceVersion.organisation_id,
        Later.valid_from > GuidanceVersion.valid_from,
        Later.valid_from <= on,
    )
    mine = and_(
        RequirementAnswer.requirement_id == Requirement.id, RequirementAnswer.organisation_id == Organisation.id
    )
    answered = RequirementAnswer.answered_on
    rows = select(Organisation, Requirement.classes, Requirement.sectors, Requirement.cycle_months, answered)
    rows = rows.select_from(Organisation).join(City, Organisation.path.startswith(City.path))
    rows = rows.join(GuidanceVersion, GuidanceVersion.organisation_id == City.id)
    rows = rows.join(Requirement, Requirement.guidance_version_id == GuidanceVersion.id).outerjoin(
        RequirementAnswer, mine
    )
    rows = rows.where(within(scope, Requirement.confidentiality), Organisation.id.in_(owners), ~newer)
    return rows.where(GuidanceVersion.valid_from <= on, Requirement.out_of_use.is_(False))
