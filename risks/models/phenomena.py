"""Records of phenomena, the figures that show them, and signals."""

from datetime import date

from sqlalchemy import Column, ForeignKey, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.vocabulary.phenomena import PhenomenonState, Reliability
from risks.vocabulary.risks import Trend
from risks.vocabulary.safety import Theme

#: The measures and risks that belong to a phenomenon; the register writes each change of a list into the trail.
phenomenon_measure = Table(
    "phenomenon_measure",
    Base.metadata,
    Column("phenomenon_id", ForeignKey("phenomenon.id"), primary_key=True),
    Column("measure_id", ForeignKey("measure.id"), primary_key=True, index=True),
)
phenomenon_risk = Table(
    "phenomenon_risk",
    Base.metadata,
    Column("phenomenon_id", ForeignKey("phenomenon.id"), primary_key=True),
    Column("risk_id", ForeignKey("risk.id"), primary_key=True, index=True),
)


class Phenomenon(Binding, Kept, Findable, Audited, Versioned, Base):
    """Something that changes the safety of the city or of some areas; None means not said yet."""

    __tablename__ = "phenomenon"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    description: Mapped[Text | None]
    areas: Mapped[tuple[str, ...]] = mapped_column(Several(), default=())  #: codes of AREA; none = the whole city
    themes: Mapped[tuple[Theme, ...]] = mapped_column(Several(Theme), default=())
    trend: Mapped[Trend | None]
    trend_since: Mapped[date | None]  #: since when it has gone there
    owner_role: Mapped[Title | None]  #: the body or role that follows it
    evidence: Mapped[Text | None]
    state: Mapped[PhenomenonState] = mapped_column(default=PhenomenonState.OPEN)
    state_reason: Mapped[Text | None]  #: why it is no longer followed
    next_review: Mapped[date | None]
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    measures: Mapped[list[Measure]] = relationship(secondary=phenomenon_measure, order_by=Measure.code)
    risks: Mapped[list[Risk]] = relationship(secondary=phenomenon_risk, order_by=Risk.code)


class Indicator(Binding, PartOf, Audited, Versioned, Base):
    """A figure that shows a phenomenon, on one day; figures of one name and unit make up a line."""

    __tablename__ = "indicator"
    whole = "phenomenon"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    phenomenon_id: Mapped[int] = mapped_column(ForeignKey("phenomenon.id"), index=True)
    name: Mapped[Title]
    value: Mapped[float]
    unit: Mapped[Title]
    measured_on: Mapped[date]
    source: Mapped[Title | None]
    retired: Mapped[bool] = mapped_column(default=False)  #: entered wrongly

    phenomenon: Mapped[Phenomenon] = relationship()


class Signal(Kept, Findable, Audited, Versioned, Base):
    """What a partner, a sector or a resident noticed, before anybody knows what it means. No personal data."""

    __tablename__ = "signal"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[Title]  #: what was noticed, in one sentence
    description: Mapped[Text | None]
    observed_on: Mapped[date] = mapped_column(index=True)
    area: Mapped[str | None] = mapped_column(String(20))  #: code of the list AREA; None = not known, or everywhere
    source_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)  #: whom it came from
    source_role: Mapped[Title | None]
    reliability: Mapped[Reliability | None]
    phenomenon_id: Mapped[int | None] = mapped_column(ForeignKey("phenomenon.id"), index=True)
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(foreign_keys=[organisation_id], lazy="joined", innerjoin=True)
    source: Mapped[Organisation | None] = relationship(foreign_keys=[source_id])
    phenomenon: Mapped[Phenomenon | None] = relationship()
