"""The records of national programmes and of what they propose."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.vocabulary.safety import Theme


class NationalProgramme(Binding, Kept, Findable, Audited, Versioned, Base):
    """A national programme or resolution to which a city's plans may answer; it is public as it is."""

    __tablename__ = "national_programme"
    __table_args__ = (CheckConstraint("valid_from <= valid_to", name="valid_from_to"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    issued_by: Mapped[Title | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]  #: None = until further notice
    themes: Mapped[tuple[Theme, ...]] = mapped_column(Several(Theme), default=())
    summary: Mapped[Text | None]
    reference: Mapped[Title | None]  #: where it is to be read: its number, an address
    out_of_use: Mapped[bool] = mapped_column(default=False)  #: recorded by mistake, or no longer of use

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    lines: Mapped[list["NationalLine"]] = relationship(
        back_populates="national_programme", order_by="NationalLine.rank"
    )

    @property
    def confidentiality(self) -> Confidentiality:
        """What the state has published is public."""
        return Confidentiality.PUBLIC

    @property
    def in_force(self) -> list["NationalLine"]:
        """The lines that belong to it now."""
        return [line for line in self.lines if not line.retired]


class NationalLine(PartOf, Audited, Base):
    """One line, proposal or measure of a national programme, by its number there."""

    __tablename__ = "national_line"
    __table_args__ = (UniqueConstraint("national_programme_id", "mark"),)
    whole = "national_programme"

    id: Mapped[Key]
    national_programme_id: Mapped[int] = mapped_column(ForeignKey("national_programme.id"), index=True)
    mark: Mapped[str] = mapped_column(String(20))  #: as "3.2"
    rank: Mapped[int]
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    retired: Mapped[bool] = mapped_column(default=False)

    national_programme: Mapped[NationalProgramme] = relationship(back_populates="lines")

    @property
    def code(self) -> str:
        """Programme and number, as "NP-01 3.2"."""
        return f"{self.national_programme.code} {self.mark}"
