"""The city's risk scale: the steps of likelihood and impact, and where the levels begin."""

from typing import Any

from sqlalchemy import CheckConstraint, Connection, Dialect, ForeignKey, SmallInteger, UniqueConstraint, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from prepare.audit import Audited
from prepare.db import Base, Key, Ref, Text, Title, Versioned, db
from prepare.models.kept import Binding, Kept, PartOf
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks import matrix
from risks.matrix import Level, Scale, Step
from risks.vocabulary.scales import Axis

#: Under this name a session remembers the scale as long as a transaction lasts.
KNOWN = "risk scale"


class LevelColumn(TypeDecorator[Level]):
    """A level of the risk matrix, kept as its number."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Level | None, _dialect: Dialect) -> int | None:
        """The level's number."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> Level | None:
        """The level."""
        return None if value is None else Level(value)


class RiskScale(Binding, Kept, Audited, Versioned, Base):
    """The scale of the whole installation; there is one row once somebody has set it, else `matrix.DEFAULT` holds."""

    __tablename__ = "risk_scale"
    __table_args__ = (
        CheckConstraint("moderate <= significant AND significant <= critical", name="levels_rise"),
        CheckConstraint("moderate >= 1", name="levels_begin"),
    )

    id: Mapped[Key]
    ref: Mapped[Ref]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    moderate: Mapped[int]  #: least score of the level
    significant: Mapped[int]  #: least score of the level
    critical: Mapped[int]  #: least score of the level
    guard_from: Mapped[int | None]  #: from this likelihood on the gravest impact is at least significant

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    steps: Mapped[list["RiskScaleStep"]] = relationship(back_populates="scale", order_by="RiskScaleStep.number")

    @property
    def code(self) -> str:
        """What the trail calls it: the code of the organisation."""
        return self.organisation.code

    @property
    def confidentiality(self) -> Confidentiality:
        """How risks are measured is known inside the house."""
        return Confidentiality.INTERNAL


class RiskScaleStep(PartOf, Audited, Base):
    """One step of an axis; a step that the scale no longer has is retired."""

    __tablename__ = "risk_scale_step"
    __table_args__ = (
        UniqueConstraint("scale_id", "axis", "number"),
        CheckConstraint("number BETWEEN 1 AND 7", name="number_of_step"),
        CheckConstraint("rarest_years > 0 AND commonest_years > 0", name="years_positive"),
    )
    whole = "scale"

    id: Mapped[Key]
    scale_id: Mapped[int] = mapped_column(ForeignKey("risk_scale.id"))
    axis: Mapped[Axis]
    number: Mapped[int]
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    meaning_fi: Mapped[Text | None]
    meaning_sv: Mapped[Text | None]
    meaning_en: Mapped[Text | None]
    rarest_years: Mapped[float | None]  #: once in at most so many years; likelihood only
    commonest_years: Mapped[float | None]  #: once in at least so many years; likelihood only
    retired: Mapped[bool] = mapped_column(default=False)

    scale: Mapped[RiskScale] = relationship(back_populates="steps")

    @property
    def code(self) -> str:
        """What the trail calls it: "KES impact 4"."""
        return f"{self.scale.code} {self.axis.value} {self.number}"


#: Columns of a step that its entry has too.
STEP_COLUMNS = (
    *("name_fi", "name_sv", "name_en", "meaning_fi", "meaning_sv", "meaning_en"),
    *("rarest_years", "commonest_years"),
)


def in_force() -> Scale:
    """The scale by which risks are weighed; every signed-in person may know it."""
    return known_to(db.session(), None)


def known_to(session: Session | None, connection: Connection | None) -> Scale:
    """The scale as a session knows it, read by this connection when it does not yet."""
    session = session or db.session()
    if KNOWN not in session.info:
        found = read(connection or session.connection())
        session.info[KNOWN] = found
    scale: Scale = session.info[KNOWN]
    return scale


def read(connection: Connection) -> Scale:
    """The scale as the database holds it now."""
    table = RiskScale.__table__
    held = connection.execute(select(table).order_by(table.c.id).limit(1)).mappings().first()
    if held is None:
        return matrix.DEFAULT
    of = RiskScaleStep.__table__
    rows = select(of).where(of.c.scale_id == held["id"], of.c.retired.is_(False)).order_by(of.c.number)
    steps: dict[Axis, list[Step]] = {axis: [] for axis in Axis}
    for row in connection.execute(rows).mappings():
        steps[Axis(row["axis"])].append(Step(**{name: row[name] for name in STEP_COLUMNS}))
    return Scale(
        likelihoods=tuple(steps[Axis.LIKELIHOOD]),
        impacts=tuple(steps[Axis.IMPACT]),
        **{name: held[name] for name in ("moderate", "significant", "critical", "guard_from")},
    )


@event.listens_for(Session, "after_begin")
def forget(session: Session, *_transaction: Any) -> None:
    """Somebody else may have set the scale since the last transaction."""
    session.info.pop(KNOWN, None)
