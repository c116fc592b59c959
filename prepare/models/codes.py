"""Code lists that the city keeps as data: threats, areas, vital functions of society."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Ref, Title, Versioned
from prepare.vocabulary import CodeList, Confidentiality


class CodeItem(Audited, Versioned, Base):
    """One code of a list, in three languages, valid for a time: catalogues change (domain.md 8).

    The lists belong to the whole installation: every city in it reads the same ones.
    """

    __tablename__ = "code_item"
    __table_args__ = (UniqueConstraint("kind", "code", "edition"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    kind: Mapped[CodeList]
    code: Mapped[Code]
    edition: Mapped[str] = mapped_column(String(20))  #: edition of the list, as "2023"
    rank: Mapped[int]  #: place in the list
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("code_item.id"))
    valid_to: Mapped[date | None]  #: the day from which it is out of use

    parent: Mapped["CodeItem | None"] = relationship(remote_side="CodeItem.id")

    @property
    def owner_path(self) -> str:
        """The whole installation."""
        return "/"

    @property
    def owner_is_own(self) -> bool:
        """The city's own rules bind it."""
        return True

    @property
    def confidentiality(self) -> Confidentiality:
        """What codes there are is known inside the house."""
        return Confidentiality.INTERNAL
