"""Crisis packages that were built: for whom, in which language, from what, and the file itself."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.db import Base, Key, Moment, Ref, Title
from prepare.models.files import KeptFile
from prepare.models.kept import Kept
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality, Role


class CrisisPackage(Kept, Base):
    """A package for everybody who holds a role over an organisation. Only the newest are kept as files."""

    __tablename__ = "crisis_package"
    __table_args__ = (Index("ix_crisis_package_audience", "organisation_id", "role", "language", "id"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role]
    language: Mapped[str] = mapped_column(String(2))
    confidentiality: Mapped[Confidentiality]
    name: Mapped[Title]  #: of the file
    built_at: Mapped[Moment]
    expires_on: Mapped[date]  #: the last day on which it is to be used
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]  #: bytes
    files: Mapped[int]  #: how many it holds
    trail_entries: Mapped[int]  #: how far the trail had come when it was built
    file_id: Mapped[int] = mapped_column(ForeignKey("kept_file.id"))

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    file: Mapped[KeptFile] = relationship()

    @property
    def kilobytes(self) -> int:
        """Its size, in thousands of bytes and no less than one."""
        return max(1, self.size // 1000)

    @property
    def code(self) -> str:
        """What the trail calls it: for whom, and its number."""
        return f"{self.organisation.code} {self.role.value} {self.language} {self.id}"
