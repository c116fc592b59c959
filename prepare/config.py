"""The settings: `PREPARE_…` environment variables, read once and checked at start."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from prepare.errors import PrepareError
from prepare.texts import LANGUAGES, N_


class BadSetting(PrepareError):
    """A setting is missing or cannot be used."""


def _setting(variable: str, meaning: str, default: str = "") -> str:
    return field(default=default, metadata={"variable": variable, "meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """What an installation decides; every field names its environment variable and what it means."""

    instance: str = _setting("PREPARE_INSTANCE", N_("Folder for the database and the keys"), "instance")
    database_url: str = _setting("PREPARE_DATABASE_URL", N_("Database; empty means SQLite in the instance folder"))
    secret_key: str = _setting(
        "PREPARE_SECRET_KEY", N_("Signs cookies and forms; empty means a key file in the instance folder")
    )
    audit_key: str = _setting("PREPARE_AUDIT_KEY", N_("Seals the trail; empty means a key file in the instance folder"))
    anchor_file: str = _setting(
        "PREPARE_ANCHOR_FILE",
        N_("Append-only file that notes how far the trail has come; empty means anchors.log in the instance folder"),
    )
    base_url: str = _setting("PREPARE_BASE_URL", N_("The address that people use, as https://prepare.example.fi"))
    port: str = _setting("PREPARE_PORT", N_("Port on which the server listens"), "8765")
    language: str = _setting("PREPARE_LANGUAGE", N_("Default language: fi, sv or en"), "fi")
    demo: str = _setting("PREPARE_DEMO", N_("1 shows the demo users on the sign-in page"), "")
    contact: str = _setting("PREPARE_CONTACT", N_("E-mail address for feedback on the service"))
    smtp_url: str = _setting(
        "PREPARE_SMTP_URL",
        N_("Mail server, as smtp://user:password@host:587 or smtps://…; empty: files in the instance folder"),
    )
    mail_from: str = _setting("PREPARE_MAIL_FROM", N_("Address from which reminders are sent"))
    worker: str = _setting("PREPARE_WORKER", N_("0: “prepare serve” runs no worker beside the pages"), "1")
    proxies: str = _setting("PREPARE_PROXIES", N_("Number of trusted proxies in front of the server"), "0")

    @property
    def is_demo(self) -> bool:
        """Whether this installation shows the demo city and its users."""
        return self.demo == "1"

    @property
    def folder(self) -> Path:
        """The folder in which the installation keeps what is its own."""
        return Path(self.instance)

    @property
    def sender(self) -> str:
        """The address from which mail is sent."""
        return self.mail_from or f"prepare@{urlsplit(self.base_url).hostname or 'localhost'}"

    @property
    def is_https(self) -> bool:
        """Whether people reach the installation over TLS."""
        return self.base_url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """Host names that requests may carry."""
        own = urlsplit(self.base_url).hostname
        return frozenset({"127.0.0.1", "localhost", "::1"} if not own else {own, "127.0.0.1", "localhost", "::1"})


def read(environ: Mapping[str, str]) -> Settings:
    """The settings of this installation; keys that are not given are kept in files only the owner reads.

    Raises BadSetting with a sentence that says which variable to mend and how.
    """
    given = {f.name: environ[f.metadata["variable"]] for f in fields(Settings) if environ.get(f.metadata["variable"])}
    draft = Settings(**given)
    _check(draft)
    folder = Path(draft.instance).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        keys = {
            "secret_key": draft.secret_key or _kept_key(folder / "secret.key"),
            "audit_key": draft.audit_key or _kept_key(folder / "audit.key"),
        }
    except OSError as error:
        raise BadSetting(
            N_("The folder %(folder)s cannot be written (%(reason)s). Free space or set PREPARE_INSTANCE."),
            folder=str(folder),
            reason=error.strerror or str(error),
        ) from error
    url = draft.database_url or f"sqlite:///{folder / 'prepare.sqlite'}"
    places = {"instance": str(folder), "anchor_file": draft.anchor_file or str(folder / "anchors.log")}
    return Settings(**{**given, **keys, **places, "database_url": url})


def _check(draft: Settings) -> None:
    for name, value in (("PREPARE_PORT", draft.port), ("PREPARE_PROXIES", draft.proxies)):
        if not value.isdecimal() or int(value) > 65535:
            raise BadSetting(N_("%(variable)s must be a whole number from 0 to 65535."), variable=name)
    if draft.language not in LANGUAGES:
        raise BadSetting(N_("PREPARE_LANGUAGE must be fi, sv or en."))
    if draft.base_url and urlsplit(draft.base_url).scheme not in ("http", "https"):
        raise BadSetting(N_("PREPARE_BASE_URL must begin with https:// or http://."))
    if draft.smtp_url and not (draft.mail_from and draft.base_url):
        raise BadSetting(
            N_("With PREPARE_SMTP_URL set PREPARE_MAIL_FROM and PREPARE_BASE_URL too: mail has a sender and links.")
        )
    for name, key in (("PREPARE_SECRET_KEY", draft.secret_key), ("PREPARE_AUDIT_KEY", draft.audit_key)):
        if key and len(key) < 32:
            raise BadSetting(N_("%(variable)s must have at least 32 characters."), variable=name)
    if draft.secret_key and draft.secret_key == draft.audit_key:
        raise BadSetting(N_("PREPARE_AUDIT_KEY must differ from PREPARE_SECRET_KEY."))


def _kept_key(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
