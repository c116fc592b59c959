"""What a package says about itself: every file with its fingerprint, for whom it was made, and until when it holds."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from prepare.texts import N_, _
from prepare.vocabulary import Labelled

SCHEMA = "prepare-crisis-package/1"
#: The manifest, and its signature, inside a package; every other file is named in the manifest.
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
#: A package is to be replaced after so many days: long enough for a stick in a safe, short enough for a duty list.
VALID_DAYS = 30
#: The shape of a name in a package: small letters and digits in one folder at most, so that it can be unpacked
#: anywhere and tells nothing, since the names in an encrypted package can be read by everybody.
SAFE_NAME = re.compile(r"(?:[a-z0-9]+/)?[a-z0-9][a-z0-9-]*\.[a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class About:
    """For whom a package was made, of what, and when."""

    audience: str  #: role and organisation, as sector_contact:KAS
    name: str  #: the same in words
    city: str
    language: str
    confidentiality: str
    marking: str
    built_at: str  #: moment, UTC
    expires_on: str  #: the last day on which it is to be used
    program: str  #: version of the program
    schema: str  #: revision of the database's schema
    graph_revision: int
    trail_entries: int
    trail_seal: str


class Fault(Labelled):
    """What can be wrong with a package."""

    NO_PACKAGE = "no package", N_("It is not a crisis package, or not a whole one")
    NO_SIGNATURE = "no signature", N_("It is not signed")
    NOT_OURS = "not ours", N_("The signature is not that of this installation: it was made or changed by somebody else")
    MISSING = "missing", N_("A file is missing")
    CHANGED = "changed", N_("A file was changed")
    ADDED = "added", N_("A file was added")
    UNSAFE = "unsafe", N_("A file's name leads out of the package, or stands in it twice")


@dataclass(frozen=True)
class Flaw:
    """A fault, and the file that has it; empty when it is the package as a whole."""

    fault: Fault
    file: str = ""

    @property
    def text(self) -> str:
        """The flaw in words."""
        return f"{self.file}: {self.fault.label}" if self.file else self.fault.label


def expires_on(built_on: date) -> date:
    """The last day of a package that was built on this day."""
    return built_on + timedelta(days=VALID_DAYS)


def is_safe(name: str) -> bool:
    """Whether a file may have this name in a package."""
    return SAFE_NAME.fullmatch(name) is not None


def written(about: About, files: Mapping[str, bytes]) -> bytes:
    """The manifest of these files (name → content); the same files give the same bytes."""
    told = {
        "format": SCHEMA,
        **asdict(about),
        "files": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def parsed(manifest: bytes) -> dict[str, Any] | None:
    """What a manifest tells; None when it is none."""
    try:
        told = json.loads(manifest)
        named = {str(one["name"]): str(one["sha256"]) for one in told["files"]}
        is_ours = told["format"] == SCHEMA and len(named) == len(told["files"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return {**told, "files": named} if is_ours else None


def flaws(told: Mapping[str, Any], found: Mapping[str, str]) -> list[Flaw]:
    """What differs between the files that a manifest names and those that were `found` (name → SHA-256)."""
    named: Mapping[str, str] = told["files"]
    wrong = [Flaw(Fault.MISSING, name) for name in named if name not in found]
    wrong += [Flaw(Fault.CHANGED, name) for name in named if name in found and found[name] != named[name]]
    wrong += [Flaw(Fault.ADDED, name) for name in found if name not in named]
    return sorted(wrong, key=lambda flaw: flaw.file)


def is_expired(told: Mapping[str, Any], on: date) -> bool:
    """Whether the package's last day has passed on the day `on`; one that tells no day has expired."""
    try:
        return date.fromisoformat(str(told["expires_on"])) < on
    except (KeyError, ValueError):
        return True


def validity(told: Mapping[str, Any], on: date) -> str:
    """In a sentence whether the package is still to be used."""
    until = str(told.get("expires_on", "?"))
    if is_expired(told, on):
        return _("It expired on %(day)s: take a new one.", day=until)
    return _("It holds until %(day)s.", day=until)
