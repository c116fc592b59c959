"""Organisations: the city, its sectors and the outside partners, in one tree."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Bytewise, Code, Key, Ref, Text, Title, Versioned
from prepare.models.users import User
from prepare.vocabulary import Confidentiality, OrganisationKind, RelationBasis


class Organisation(Audited, Versioned, Base):
    """A city, a sector, an enterprise, a subsidiary or an outside partner.

    Outside partners stand below the city that keeps their data; `kind` tells them apart.
    """

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("contact_id <> deputy_id", name="contact_is_not_deputy"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    code: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind]
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    path: Mapped[str] = mapped_column(Bytewise, index=True)  #: ids from the top to this one: "/1/4/"
    sort_name: Mapped[str] = mapped_column(Bytewise)
    contact_role: Mapped[Title | None]  #: title of the preparedness contact
    director_role: Mapped[Title | None]  #: title of the director who approves plans
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  #: never the contact (E14)
    relation_basis: Mapped[RelationBasis | None]  #: outside partners only
    business_id: Mapped[str | None] = mapped_column(String(20))
    cer_designated: Mapped[bool | None]  #: critical entity under the CER act; None = unknown
    nis2_scope: Mapped[bool | None]  #: under the cybersecurity act; None = unknown
    is_coordinator: Mapped[bool] = mapped_column(default=False)  #: the security and preparedness unit's own
    active: Mapped[bool] = mapped_column(default=True)
    description: Mapped[Text | None]
    police_interface_reason: Mapped[Text | None]  #: why it works without any interface with the police (W13)

    parent: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
    contact: Mapped[User | None] = relationship(foreign_keys=[contact_id])
    deputy: Mapped[User | None] = relationship(foreign_keys=[deputy_id])

    @property
    def holds_duties(self) -> bool:
        """Whether a contact, a deputy and a director are expected: of everything that registers functions."""
        return self.kind.is_own and self.parent_id is not None

    @property
    def owner_path(self) -> str:
        """The path that decides who reads and edits: its own."""
        return self.path

    @property
    def owner_is_own(self) -> bool:
        """Whether it belongs to the city group."""
        return self.kind.is_own

    @property
    def confidentiality(self) -> Confidentiality:
        """That an organisation exists is known inside the house."""
        return Confidentiality.INTERNAL
