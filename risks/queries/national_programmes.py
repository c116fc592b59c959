"""Readings of national programmes and what they propose."""

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import contains_eager, selectinload

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.scopes import bound_by
from prepare.vocabulary import Confidentiality
from risks.models.national_programmes import NationalLine, NationalProgramme

PUBLIC = literal(Confidentiality.PUBLIC.value)


def national_programmes(scope: Scope) -> Select[NationalProgramme]:
    """National programmes of the scope with their lines, the newest first and those out of use last."""
    rows = (
        select(NationalProgramme)
        .join(NationalProgramme.organisation)
        .options(contains_eager(NationalProgramme.organisation), selectinload(NationalProgramme.lines))
        .where(bound_by(scope, PUBLIC))
    )
    return rows.order_by(
        NationalProgramme.out_of_use,
        NationalProgramme.valid_from.is_(None),
        NationalProgramme.valid_from.desc(),
        NationalProgramme.code,
    )


def counted(scope: Scope) -> Select[int]:
    """How many national programmes there are, also those out of use."""
    return national_programmes(scope).with_only_columns(func.count(), maintain_column_froms=True).order_by(None)


def lines(scope: Scope, *, every: bool = False) -> Select[NationalLine]:
    """The lines in use of the programmes of the scope, or every line, by programme and number."""
    rows = (
        select(NationalLine)
        .join(NationalLine.national_programme)
        .join(Organisation, Organisation.id == NationalProgramme.organisation_id)
        .options(contains_eager(NationalLine.national_programme))
        .where(bound_by(scope, PUBLIC))
    )
    if not every:
        rows = rows.where(NationalLine.retired.is_(False), NationalProgramme.out_of_use.is_(False))
    return rows.order_by(NationalProgramme.code, NationalLine.rank)
