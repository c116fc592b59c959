"""The only door by which mail leaves: to a mail server, or into files."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from prepare.errors import PrepareError
from prepare.texts import N_

MOST_SECONDS = 20  #: that a mail server may take to answer
PORTS = {"smtp": 587, "smtps": 465}
#: Hosts to which a password may go in the clear: this machine.
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
#: Signs that end a header or turn its direction; in a name they are never meant.
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class MailFailed(PrepareError):
    """A message could not be sent."""


@dataclass(frozen=True)
class Letter:
    """A message in plain text to one person."""

    name: str
    address: str
    subject: str
    text: str


class Sink(Protocol):
    """Where letters go."""

    @property
    def name(self) -> str:
        """The way by which letters go, as the trail tells it."""

    def send(self, letter: Letter, *, at: datetime) -> None:
        """Send a letter. Raises MailFailed if it did not leave."""


def message(letter: Letter, sender: str, *, at: datetime) -> EmailMessage:
    """The letter as mail. Nothing in a name or a subject can make a header of its own.

    Raises MailFailed if an address is none.
    """
    mail = EmailMessage()
    try:
        mail["From"] = Address(addr_spec=_bare(sender))
        mail["To"] = Address(display_name=_line(letter.name), addr_spec=_bare(letter.address))
    except (MessageError, ValueError, IndexError) as error:
        raise MailFailed(N_("“%(address)s” is no address to send mail to."), address=_line(letter.address)) from error
    mail["Subject"] = _line(letter.subject)
    mail["Date"] = format_datetime(at)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(letter.text)
    return mail


def _line(text: str) -> str:
    return UNSEEN.sub(" ", text).strip()


def _bare(address: str) -> str:
    if UNSEEN.search(address) or not address.isascii():
        raise ValueError(address)
    return address


@dataclass(frozen=True)
class Files:
    """Writes each letter into a file of its own, for an installation that has no mail server."""

    folder: Path
    sender: str
    name: str = "file"

    def send(self, letter: Letter, *, at: datetime) -> None:
        """Write the letter."""
        mail = message(letter, self.sender, at=at)
        to = re.sub(r"[^a-z0-9.@-]", "_", letter.address)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.folder / f"{at:%Y%m%dT%H%M%S}-{to}.eml"
            path.touch(mode=0o600)
            path.write_bytes(mail.as_bytes())
        except OSError as error:
            reason = error.strerror or str(error)
            raise MailFailed(N_("The mail could not be written (%(reason)s)."), reason=reason) from error


@dataclass(frozen=True)
class Server:
    """Hands letters to a mail server, over TLS whenever a password is told."""

    url: str
    sender: str
    name: str = "smtp"

    def send(self, letter: Letter, *, at: datetime) -> None:
        """Send the letter in a connection of its own."""
        mail, parts = message(letter, self.sender, at=at), urlsplit(self.url)
        host = parts.hostname or ""
        try:
            with self._connect(parts.scheme, host, parts.port or PORTS[parts.scheme]) as server:
                if parts.username:
                    server.login(unquote(parts.username), unquote(parts.password or ""))
                server.send_message(mail)
        except (smtplib.SMTPException, OSError) as error:
            reason = _line(str(error))[:200]
            raise MailFailed(N_("The mail server %(host)s refused (%(reason)s)."), host=host, reason=reason) from error

    def _connect(self, scheme: str, host: str, port: int) -> smtplib.SMTP:
        safe = ssl.create_default_context()
        if scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, timeout=MOST_SECONDS, context=safe)
        server = smtplib.SMTP(host, port, timeout=MOST_SECONDS)
        try:
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=safe)
            elif host not in HERE:
                raise MailFailed(
                    N_("The mail server %(host)s offers no encryption, so nothing was told to it."), host=host
                )
        except BaseException:
            server.close()
            raise
        return server


def sink_of(url: str, folder: Path, sender: str) -> Sink:
    """Where this installation's mail goes: to the server of its settings, else into files below its folder.

    Raises MailFailed if the server's address cannot be used.
    """
    if not url:
        return Files(folder / "mail", sender)
    parts = urlsplit(url)
    try:
        usable = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise MailFailed(N_("PREPARE_SMTP_URL must be as smtp://user:password@host:587 or smtps://host."))
    return Server(url, sender)
