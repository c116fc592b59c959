"""The record of a measure: what is done about a risk, a finding, a decision."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Findable, Kept
from prepare.models.organisations import Organisation
from prepare.models.users import User
from prepare.vocabulary import Confidentiality
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind, MeasureSource, MeasureState


class Measure(Kept, Findable, Audited, Versioned, Base):
    """Something to be done, with its owner, day, cost and progress; None means not said yet, never fine.

    It keeps the kind and the code of what it came from; a record to the right that leads to a measure holds its id.
    """

    __tablename__ = "measure"
    __table_args__ = (
        CheckConstraint("progress_pct BETWEEN 0 AND 100", name="progress_is_percentage"),
        CheckConstraint("cost_eur >= 0", name="cost_not_negative"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    kind: Mapped[MeasureKind | None]
    source: Mapped[MeasureSource | None]
    source_code: Mapped[Code | None] = mapped_column(index=True)  #: code of the record that it came from
    level: Mapped[SteeringLevel] = mapped_column(default=SteeringLevel.CITY)
    area: Mapped[str | None] = mapped_column(String(20))  #: code of the list AREA; None = the whole city
    owner_role: Mapped[Title | None]
    due: Mapped[date | None] = mapped_column(index=True)  #: not demanded at the level of areas (S003)
    state: Mapped[MeasureState] = mapped_column(default=MeasureState.PLANNED)
    progress_pct: Mapped[int] = mapped_column(default=0)  #: 0-100; 100 once it is done
    progress_text: Mapped[Text | None]  #: where it stands, in the words of whoever reported last
    cost_eur: Mapped[float | None]  #: euros, estimated or known; None = unknown
    budget_ref: Mapped[Title | None]
    action_plan_ref: Mapped[Title | None]
    effect_text: Mapped[Text | None]  #: what is better once it is done
    state_reason: Mapped[Text | None]  #: why it is on hold or was cancelled
    overdue_reason: Mapped[Text | None]  #: why it was not done by its day (W18)
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  #: who reported it done
    verified_on: Mapped[date | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  #: never who reported it done
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    done_by: Mapped[User | None] = relationship(foreign_keys=[done_by_id])
    verified_by: Mapped[User | None] = relationship(foreign_keys=[verified_by_id])
    #: The risks that it treats; they are linked from the risk's side.
    risks: Mapped[list[Any]] = relationship("Risk", secondary="risk_measure", order_by="Risk.code", viewonly=True)
