"""Records of files that the installation keeps, in the database, so that a backup holds them."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.db import Base, Key, Moment, Ref, Text, Title
from prepare.models.organisations import Organisation
from prepare.vocabulary import Confidentiality


class KeptFile(Base):
    """A file as it was made, with its fingerprint. Its content may be taken away later; what it was stays known.

    The trail tells who kept and who fetched it. It is never changed.
    """

    __tablename__ = "kept_file"

    id: Mapped[Key]
    ref: Mapped[Ref]
    name: Mapped[Title]
    edition: Mapped[str] = mapped_column(String(60))  #: which of several of the same name; empty: the only one
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]  #: bytes
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  #: None once taken away
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    confidentiality: Mapped[Confidentiality]
    secrecy_basis: Mapped[Text]
    purpose: Mapped[Text]
    roles: Mapped[list[str]] = mapped_column(JSON)  #: who may fetch it beside whoever had it made
    made_at: Mapped[Moment]
    made_by: Mapped[Title]  #: as the person was called then
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  #: None: the system
    kept_until: Mapped[Moment | None] = mapped_column(index=True)  #: then the content is taken away
    gone_at: Mapped[Moment | None]

    organisation: Mapped[Organisation | None] = relationship(lazy="joined")

    @property
    def code(self) -> str:
        """What the trail calls it."""
        return f"{self.name} {self.edition}".strip()

    @property
    def owner_path(self) -> str:
        """Path of the organisation that it is about; "/" for the whole installation."""
        return self.organisation.path if self.organisation else "/"

    @property
    def is_there(self) -> bool:
        """Whether it can still be fetched."""
        return self.gone_at is None

    def take_away(self, at: datetime) -> None:
        """Take its content away; its name and fingerprint stay."""
        self.content, self.gone_at = None, at


#: What may change of a kept file.
MAY_CHANGE = frozenset({"content", "gone_at", "kept_until"})


@event.listens_for(KeptFile, "before_update")
def refuse_change(_mapper: object, _connection: object, file: KeptFile) -> None:
    """A kept file stays as it was made; all that may happen is that its content is taken away."""
    changed = {attribute.key for attribute in inspect(file).attrs if attribute.history.has_changes()}
    if not changed <= MAY_CHANGE or ("content" in changed and file.content is not None):
        raise RuntimeError(f"a kept file is never changed: {file.name}")
