"""Records of good practices, and of who took them into use."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Text, Title, Versioned
from prepare.models.kept import Binding, Findable, Kept, PartOf
from prepare.models.lists import Several
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality
from risks.vocabulary.safety import Theme


class GoodPractice(Binding, Kept, Findable, Audited, Versioned, Base):
    """What worked somewhere, told so that others can do the same."""

    __tablename__ = "good_practice"

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    context: Mapped[Text | None]
    done: Mapped[Text | None]
    result: Mapped[Text | None]
    conditions: Mapped[Text | None]
    contact_role: Mapped[Title | None]
    themes: Mapped[tuple[Theme, ...]] = mapped_column(Several(Theme), default=())
    threat: Mapped[str | None] = mapped_column(String(20))  #: code of the list THREAT
    shareable: Mapped[bool] = mapped_column(default=False)
    retired: Mapped[bool] = mapped_column(default=False)
    confidentiality: Mapped[Confidentiality] = mapped_column(default=Confidentiality.INTERNAL)
    secrecy_basis: Mapped[Title | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)

    @property
    def open_to_all(self) -> bool:
        """Whether readers of every municipality in the installation may have it."""
        return self.shareable and not self.retired and self.confidentiality is Confidentiality.PUBLIC


class PracticeAdoption(Binding, PartOf, Audited, Base):
    """That an organisation took a good practice into use; whoever reads the practice reads it."""

    __tablename__ = "practice_adoption"
    whole = "practice"

    id: Mapped[Key]
    code: Mapped[Code] = mapped_column(unique=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("good_practice.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    adopted_on: Mapped[date]
    comment: Mapped[Text | None]

    practice: Mapped[GoodPractice] = relationship()
    organisation: Mapped[Organisation] = relationship()
