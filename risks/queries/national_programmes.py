"""Readings of national programmes and what they propose."""

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import contains_eager, selectinload

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.scopes import bound_by
from prepare.vocabulary import Confidentiality
from risks.models.national_programmes import NationalLine, NationalProgramme

PUBLIC = literal(Confidentiality.PUBLIC.value)


def national_programmes(scope: Scope, *, out_of_use: bool = False) -> Select[NationalProgramme]:
    """National programmes of the scope with their lines, the newest first."""
    rows = (
        select(NationalProgramme)
        .join(NationalProgramme.organisation)
        .options(contains_eager(NationalProgramme.organisation), selectinload(NationalProgramme.lines))
        .where(bound_by(scope, PUBLIC), NationalProgramme.out_of_use.is_(out_of_use))
    )
    return rows.order_by(
        NationalProgramme.valid_from.is_(None), NationalProgramme.valid_from.desc(), NationalProgramme.code
    )


def counted(scope: Scope) -> Select[int]:
    """How many national programmes are in use."""
    return national_programmes(scope).with_only_columns(func.count(), maintain_column_froms=True).order_by(None)


def lines(scope: Scope) -> Select[NationalLine]:
    """The lines in use of the programmes of the scope, by programme and number."""
    rows = (
        select(NationalLine)
        .join(NationalLine.national_programme)
        .join(Organisation, Organisation.id == NationalProgramme.organisation_id)
        .options(contains_eager(NationalLine.national_programme))
        .where(bound_by(scope, PUBLIC), NationalLine.retired.is_(False), NationalProgramme.out_of_use.is_(False))
    )
    return rows.order_by(NationalProgramme.code, NationalLine.rank)
