"""The record of an objective of a council term."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.vocabulary.safety import Theme


class Objective(Binding, Kept, Findable, Audited, Versioned, Base):
    """What the council wants to be better by the end of its term, and by what it is seen; a public decision."""

    __tablename__ = "objective"
    __table_args__ = (CheckConstraint("term_from <= term_to", name="term_from_to"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    term_from: Mapped[int | None]  #: year in which the council term begins
    term_to: Mapped[int | None]  #: year in which it ends
    theme: Mapped[Theme | None]
    indicator: Mapped[Title | None]
    unit: Mapped[Title | None]
    baseline: Mapped[float | None]  #: the figure at the beginning of the term, in `unit`
    target: Mapped[float | None]  #: the figure that is wanted; below the baseline where less is better
    latest: Mapped[float | None]
    latest_on: Mapped[date | None]
    document_ref: Mapped[Title | None]
    out_of_use: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def confidentiality(self) -> Confidentiality:
        """What the council has decided is public."""
        return Confidentiality.PUBLIC
