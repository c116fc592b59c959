"""People with accounts, the roles they hold, their sessions and what is shared with partners."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from prepare.actor import home_of
from prepare.audit import Audited
from prepare.db import Base, Key, Moment, Ref, Title, Versioned
from prepare.vocabulary import Confidentiality, Pace, Role, Shared


class User(Audited, Versioned, Base):
    """A person with an account; disabled, never deleted."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("away_from <= away_until", name="away_from_before_until"),)

    id: Mapped[Key]
    ref: Mapped[Ref]
    email: Mapped[str] = mapped_column(String(254), unique=True)  #: folded to small letters
    name: Mapped[Title]
    password_hash: Mapped[str | None] = mapped_column(String(200))  #: argon2id; None = cannot sign in by password
    language: Mapped[str] = mapped_column(String(2), default="fi")
    reminders: Mapped[Pace] = mapped_column(default=Pace.WEEKLY)  #: how often mail may tell what waits
    away_from: Mapped[date | None]  #: first day of an absence; the organisation's deputy stands in (E12)
    away_until: Mapped[date | None]  #: last day of the absence
    disabled_at: Mapped[Moment | None]

    grants: Mapped[list["RoleGrant"]] = relationship(back_populates="user", order_by="RoleGrant.id")

    #: The roles that read accounts at all; to others an account is as good as missing.
    read_by: ClassVar = frozenset({Role.ADMIN, Role.AUDITOR})

    @property
    def user_id(self) -> int:
        """Whose account it is."""
        return self.id

    @property
    def reader_paths(self) -> tuple[str, ...]:
        """Where the person holds or held a role: whoever reads there reads the account."""
        return tuple(grant.organisation.path for grant in self.grants)

    @property
    def code(self) -> str:
        """What the trail calls the person."""
        return self.email

    @property
    def owner_path(self) -> str:
        """Accounts belong to the whole installation."""
        return "/"

    @property
    def trail_path(self) -> str:
        """The city in whose trail the account is told; "/" when it has no role yet, or some in several cities."""
        return home_of(self.reader_paths)

    @property
    def owner_is_own(self) -> bool:
        """Accounts are the city's own."""
        return True

    @property
    def confidentiality(self) -> Confidentiality:
        """Accounts are known inside the house."""
        return Confidentiality.INTERNAL


class RoleGrant(Audited, Base):
    """A role that a person holds over an organisation and everything below it."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("user_id", "role", "organisation_id"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[Role]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    ended_at: Mapped[Moment | None]

    user: Mapped[User] = relationship(back_populates="grants")
    organisation: Mapped[Any] = relationship("Organisation", lazy="joined")

    @property
    def code(self) -> str:
        """What the trail calls it: whose role over what."""
        return f"{self.user.email} {self.organisation.code}"

    @property
    def owner_path(self) -> str:
        """Where the role is held."""
        return str(self.organisation.path)


class Share(Audited, Base):
    """A record that a partner's people may read although it is not theirs."""

    __tablename__ = "share"
    __table_args__ = (UniqueConstraint("organisation_id", "what", "record_id"),)

    id: Mapped[Key]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))  #: the partner
    what: Mapped[Shared]
    record_id: Mapped[int]  #: id of the function or interface
    ended_at: Mapped[Moment | None]

    organisation: Mapped[Any] = relationship("Organisation", lazy="joined")

    @property
    def code(self) -> str:
        """What the trail calls it: with whom what kind of record is shared."""
        return f"{self.organisation.code} {self.what.value} {self.record_id}"

    @property
    def owner_path(self) -> str:
        """The partner's organisation."""
        return str(self.organisation.path)


class SignIn(Base):
    """A session on the server; only the hash of its token is stored, so that the table opens no door."""

    __tablename__ = "sign_in"

    id: Mapped[Key]
    ref: Mapped[Ref]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    begun_at: Mapped[Moment]
    seen_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    address: Mapped[str] = mapped_column(String(64))
    browser: Mapped[str] = mapped_column(String(200))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)  #: CSRF token, language, messages to show


class SignInFailure(Base):
    """A refused sign-in; counted to slow down guessing, the same for every server process."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_account_at", "account", "at"),
        Index("ix_sign_in_failure_address_at", "address", "at"),
        Index("ix_sign_in_failure_at", "at"),
    )

    id: Mapped[Key]
    at: Mapped[Moment]
    account: Mapped[str] = mapped_column(String(64))  #: hash of the e-mail that was tried
    address: Mapped[str] = mapped_column(String(64))
