"""Readings across municipalities: who is a member of the network, and which catalogues others offer.

Nothing here gives a record of another municipality: only the columns that its owner has offered.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, literal, or_, select

from prepare.actor import Scope
from prepare.models.guidance import GuidanceChapter, GuidanceVersion, Requirement
from prepare.models.organisations import Organisation
from prepare.network import OF_CHAPTER, OF_REQUIREMENT
from prepare.queries.scopes import bound_by
from prepare.texts import LANGUAGES
from prepare.vocabulary import Confidentiality, OrganisationKind

#: A municipality, or what stands at the top of a tree of its own, as a county.
IS_MEMBER = or_(Organisation.kind == OrganisationKind.CITY, Organisation.parent_id.is_(None))
#: How the owner of what is offered is named.
OWNER = tuple(getattr(Organisation, f"name_{code}").label(f"owner_{code}") for code in LANGUAGES)


def members(paths: Collection[str]) -> Select[Organisation]:
    """The members of the network at and above these paths."""
    steps = {int(step) for path in paths for step in path.split("/") if step}
    return select(Organisation).where(Organisation.id.in_(steps), IS_MEMBER).order_by(Organisation.id)


def others(scope: Scope, own: Collection[int]) -> Select[int]:
    """Ids of municipalities beside one's `own` ones (by id), to learn whether there are any."""
    rows = select(Organisation.id).where(Organisation.kind == OrganisationKind.CITY, Organisation.active.is_(True))
    return rows.where(Organisation.id.not_in(own)) if scope.roots else rows.where(false())


def foreign(scope: Scope) -> ColumnElement[bool]:
    """Condition for rows joined to their owner `Organisation`: of another municipality, for who reads registers."""
    if not scope.roots:
        return false()
    public = literal(Confidentiality.PUBLIC, GuidanceChapter.confidentiality.type)
    return ~bound_by(scope, public) & Organisation.active.is_(True)


def catalogues(scope: Scope) -> Select[Any]:
    """What other municipalities offer of their guidance: ref, number, valid_from, offered_on, requirements, owner."""
    public = _public(Requirement, GuidanceVersion.id)
    count = select(func.count(Requirement.id)).where(public).scalar_subquery().label("requirements")
    rows = select(
        GuidanceVersion.id,
        GuidanceVersion.ref,
        GuidanceVersion.number,
        GuidanceVersion.valid_from,
        GuidanceVersion.offered_on,
        GuidanceVersion.organisation_id,
        count,
        *OWNER,
    )
    rows = rows.join(Organisation, Organisation.id == GuidanceVersion.organisation_id)
    rows = rows.where(GuidanceVersion.offered_on.is_not(None), GuidanceVersion.issued_on.is_not(None), foreign(scope))
    return rows.order_by(Organisation.sort_name, GuidanceVersion.valid_from.desc())


def catalogue(scope: Scope, ref: UUID) -> Select[Any]:
    """One catalogue that another municipality offers."""
    return catalogues(scope).where(GuidanceVersion.ref == ref)


def newest_of(scope: Scope, owner: int) -> Select[Any]:
    """The newest catalogue that another municipality (by id) offers."""
    rows = catalogues(scope).where(GuidanceVersion.organisation_id == owner)
    return rows.order_by(None).order_by(GuidanceVersion.valid_from.desc()).limit(1)


def counted(rows: Select[Any]) -> Select[int]:
    """How many rows there are."""
    return select(func.count()).select_from(rows.order_by(None).subquery())


def requirements(offered: Row[Any]) -> Select[Any]:
    """The public requirements of a catalogue that was found by `catalogue`, by code, with what they say to others."""
    columns = [getattr(Requirement, name) for name in ("mark", *OF_REQUIREMENT)]
    return select(*columns).where(_public(Requirement, offered.id)).order_by(Requirement.mark)


def chapters(offered: Row[Any]) -> Select[Any]:
    """The public chapters of a catalogue that was found by `catalogue`, in their order."""
    columns = [getattr(GuidanceChapter, name) for name in ("key", *OF_CHAPTER)]
    rows = select(*columns).where(_public(GuidanceChapter, offered.id))
    return rows.order_by(GuidanceChapter.rank, GuidanceChapter.id)


def _public(part: type[Requirement] | type[GuidanceChapter], version: Any) -> ColumnElement[bool]:
    is_public = part.confidentiality == Confidentiality.PUBLIC
    return and_(part.guidance_version_id == version, is_public, part.out_of_use.is_(False))
