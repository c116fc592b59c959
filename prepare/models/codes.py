"""Code lists that the city keeps as data: threats, areas, vital functions of society."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from prepare.audit import Audited
from prepare.db import Base, Code, Key, Title
from prepare.vocabulary import CodeList


class CodeItem(Audited, Base):
    """One code of a list, in three languages, valid for a time: catalogues change (domain.md 8)."""

    __tablename__ = "code_item"
    __table_args__ = (UniqueConstraint("kind", "code", "edition"),)

    id: Mapped[Key]
    kind: Mapped[CodeList]
    code: Mapped[Code]
    edition: Mapped[str] = mapped_column(String(20))  #: edition of the list, as "2023"
    rank: Mapped[int]  #: place in the list
    name_fi: Mapped[Title]
    name_sv: Mapped[Title | None]
    name_en: Mapped[Title | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("code_item.id"))
    valid_to: Mapped[date | None]
