"""Readings for the anonymous comparison of readiness: who takes part, and the scores that are compared.

The scores of others are read here only to be put together by `scoring.beside`; no page is given them one by one.
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from continuity.models.comparison import ReadinessParticipation
from continuity.models.readiness import ReadinessSnapshot
from continuity.scoring.vocabulary import METHOD
from prepare.models.organisations import Organisation

#: Other rows of the same tables; made once, since making one costs more than a query.
Later = aliased(ReadinessSnapshot, name="later")


def part_of(city: Organisation) -> Select[ReadinessParticipation]:
    """The part that a municipality that was opened takes now, if it does."""
    rows = select(ReadinessParticipation).where(ReadinessParticipation.organisation_id == city.id)
    return rows.where(ReadinessParticipation.left_on.is_(None))


def terms(*, end: date) -> Select[date, date | None]:
    """(joined, left) of everybody who had joined by the day `end`, whoever it is."""
    rows = select(ReadinessParticipation.joined_on, ReadinessParticipation.left_on)
    return rows.where(ReadinessParticipation.joined_on <= end)


def dimensions(*, since: date, end: date) -> Select[int, Any]:
    """(municipality, its dimensions as a snapshot keeps them) of those who take part since before the day `end`.

    Of each the newest snapshot from `since` to `end` by the method of today; both days are included.
    """

    def in_round(one: type[ReadinessSnapshot]) -> ColumnElement[bool]:
        return and_(one.method == METHOD, one.as_of.between(since, end))

    newer = exists().where(
        Later.organisation_id == ReadinessSnapshot.organisation_id,
        in_round(Later),
        or_(
            Later.as_of > ReadinessSnapshot.as_of,
            and_(Later.as_of == ReadinessSnapshot.as_of, Later.id > ReadinessSnapshot.id),
        ),
    )
    takes_part = ReadinessParticipation.organisation_id == ReadinessSnapshot.organisation_id
    rows = select(ReadinessSnapshot.organisation_id, ReadinessSnapshot.figures["city"]["dimensions"])
    rows = rows.join(ReadinessParticipation, takes_part)
    rows = rows.where(ReadinessParticipation.joined_on <= end, ReadinessParticipation.left_on.is_(None))
    return rows.where(in_round(ReadinessSnapshot), ~newer)
