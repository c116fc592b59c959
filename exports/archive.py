"""The file of a package: a ZIP that is the same for the same files and moment, plain or under a passphrase."""

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pyzipper

from exports.manifest import MANIFEST, SIGNATURE, Fault, Flaw, flaws, is_safe, parsed
from exports.signatures import is_signed
from prepare.errors import RuleBroken
from prepare.texts import N_

#: The shortest passphrase: AES in a ZIP is opened by trying, so its length is all that protects the file.
SHORTEST, LONGEST = 16, 128
#: Different signs that a passphrase has at least.
FEWEST_SIGNS = 6
#: No package is larger unpacked, nor has more files: what is said to be one is not read beyond.
MOST_BYTES, MOST_FILES = 500_000_000, 20_000
CHUNK = 1 << 20
#: What the library says to a part that cannot be read.
BROKEN = (pyzipper.BadZipFile, zlib.error, EOFError, NotImplementedError)


def passphrase_problems(passphrase: str) -> list[RuleBroken]:
    """Every rule that a passphrase breaks. It must be typed on any machine and read by any program that unpacks."""
    found = []
    if not SHORTEST <= len(passphrase) <= LONGEST:
        text = N_("A passphrase has %(least)s to %(most)s characters: four words that do not belong together will do.")
        found.append(RuleBroken(text, field="password", least=SHORTEST, most=LONGEST))
    if not (passphrase.isascii() and passphrase.isprintable()):
        text = N_("Use letters from a to z, digits, blanks and plain signs only: programs read å, ä and ö differently.")
        found.append(RuleBroken(text, field="password"))
    if not found and len(set(passphrase)) < FEWEST_SIGNS:
        text = N_("Use at least %(least)s different characters in the passphrase.")
        found.append(RuleBroken(text, field="password", least=FEWEST_SIGNS))
    return found


def packed(files: Mapping[str, bytes], at: datetime) -> bytes:
    """The files as a ZIP whose times are the moment `at`. Raises ValueError when a name is not safe."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, content in sorted(files.items()):
            if not is_safe(name):
                raise ValueError(f"{name} cannot be a file of a package")
            package.writestr(_entry(name, at), content)
    return made.getvalue()


def together(files: Mapping[str, bytes]) -> bytes:
    """Workbooks in one ZIP, as they are: each is packed already. The same files give the same bytes."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as whole:
        for name, content in sorted(files.items()):
            whole.writestr(ZipInfo(name), content)
    return made.getvalue()


def _entry(name: str, at: datetime) -> ZipInfo:
    entry = ZipInfo(name, at.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def locked(package: bytes, passphrase: str) -> bytes:
    """A package with each file encrypted by AES-256 under the passphrase, as 7-Zip and others open it.

    Raises RuleBroken when the passphrase is too weak. It is kept nowhere.
    """
    if problems := passphrase_problems(passphrase):
        raise problems[0]
    made = BytesIO()
    with ZipFile(BytesIO(package)) as plain, pyzipper.AESZipFile(made, "w", compression=ZIP_DEFLATED) as secret:
        secret.setpassword(passphrase.encode())
        secret.setencryption(pyzipper.WZ_AES, nbits=256)
        for entry in plain.infolist():
            copy = secret.zipinfo_cls(entry.filename, entry.date_time)
            copy.compress_type, copy.external_attr = ZIP_DEFLATED, entry.external_attr
            secret.writestr(copy, plain.read(entry))
    return made.getvalue()


class WrongPassphrase(RuleBroken):
    """A package cannot be opened with this passphrase, or with none."""


def verified(source: BinaryIO, key: str, passphrase: str | None = None) -> tuple[list[Flaw], dict[str, object]]:
    """Every flaw of a package by the public `key`, and what its manifest tells; nothing when it has none.

    Raises WrongPassphrase when it is encrypted and the passphrase does not open it.
    """
    try:
        return _verified(source, key, passphrase)
    except (*BROKEN, pyzipper.LargeZipFile, OSError, ValueError):
        return [Flaw(Fault.NO_PACKAGE)], {}


def _verified(source: BinaryIO, key: str, passphrase: str | None) -> tuple[list[Flaw], dict[str, object]]:
    with pyzipper.AESZipFile(source) as package:
        if passphrase is not None:
            package.setpassword(passphrase.encode())
        entries = [entry for entry in package.infolist() if not entry.is_dir()]
        names = [entry.filename for entry in entries]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            return [Flaw(Fault.NO_PACKAGE)], {}
        unsafe = sorted({name for name in names if not is_safe(name) or names.count(name) > 1})
        if unsafe:
            return [Flaw(Fault.UNSAFE, name) for name in unsafe], {}
        try:
            return _held_against(package, entries, key)
        except NotImplementedError:
            raise
        except RuntimeError as error:  # what the library says to a wrong passphrase, and to a missing one
            raise WrongPassphrase(N_("The passphrase does not open this package."), field="password") from error


def _held_against(
    package: pyzipper.AESZipFile, entries: list[ZipInfo], key: str
) -> tuple[list[Flaw], dict[str, object]]:
    held = {entry.filename: entry for entry in entries}
    if MANIFEST not in held or (told := parsed(manifest := package.read(MANIFEST))) is None:
        return [Flaw(Fault.NO_PACKAGE)], {}
    if SIGNATURE not in held:
        return [Flaw(Fault.NO_SIGNATURE)], told
    if not is_signed(manifest, package.read(SIGNATURE).decode("ascii", "replace").strip(), key):
        return [Flaw(Fault.NOT_OURS)], told
    found: dict[str, str] = {}
    broken: list[Flaw] = []
    for name in held.keys() - {MANIFEST, SIGNATURE}:
        try:
            found[name] = _digest(package, held[name])
        except BROKEN:
            broken.append(Flaw(Fault.CHANGED, name))
    missing = {flaw.file for flaw in broken}
    rest = [flaw for flaw in flaws(told, found) if flaw.file not in missing]
    return sorted([*broken, *rest], key=lambda flaw: flaw.file), told


def _digest(package: pyzipper.AESZipFile, entry: ZipInfo) -> str:
    told = hashlib.sha256()
    with package.open(entry) as content:
        while some := content.read(CHUNK):
            told.update(some)
    return told.hexdigest()
