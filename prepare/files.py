"""Files that the installation keeps: what is known of one before it is kept."""

import re
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality, Role

#: Media types by the end of a file's name.
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ARCHIVE = "application/zip"

#: How long what somebody asked for as a job is kept for fetching, unless it is a stored report.
FETCHED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class FileEntry:
    """A file to keep, its class, and who may fetch it.

    Whoever had it made fetches it while the class may be read; with `roles` also everybody who holds one of them
    over its organisation.
    """

    name: str
    media_type: str
    content: bytes
    confidentiality: Confidentiality
    secrecy_basis: str = ""
    edition: str = ""  #: which of several of the same name: a version, a day
    purpose: str = ""  #: what it was made for
    roles: tuple[Role, ...] = ()
    kept_for: timedelta | None = None  #: None: until somebody removes it

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return sha256(self.content).hexdigest()


def plain_name(name: str) -> str:
    """The name without what no file system takes and without a way to another folder."""
    return re.sub(r"[^\w.() -]+", "-", name).strip(". ")[:200] or "file"


def fetch_problems(purpose: str | None, confidentiality: Confidentiality) -> list[RuleBroken]:
    """Every rule that a wish to fetch breaks: what is confidential is fetched for a stated purpose."""
    if confidentiality is Confidentiality.CONFIDENTIAL and not (purpose or "").strip():
        return [RuleBroken(N_("Say what you need the confidential file for."), field="purpose")]
    return []
