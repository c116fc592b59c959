"""Keeping crisis packages and handing them over: the trail tells who has which version."""

import hashlib
from datetime import date, datetime

from exports.entries import PackageEntry, package_problems
from exports.models.packages import CrisisPackage
from exports.package import kept
from exports.package.building import Package
from prepare import audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.models.files import KeptFile
from prepare.models.organisations import Organisation
from prepare.texts import moment
from prepare.vocabulary import Confidentiality, Role

#: So many packages of an audience and a language are kept as files; what the others were stays known.
KEPT_PACKAGES = 2


@act(Action.BUILD_PACKAGE)
def keep_package(organisation: Organisation, role: Role, built: Package, file: KeptFile) -> CrisisPackage:
    """Note a package that was built and kept as a file; the older ones of the same audience and language go."""
    about = built.about
    package = CrisisPackage(
        organisation=organisation,
        role=role,
        language=about.language,
        confidentiality=Confidentiality(about.confidentiality),
        name=built.name,
        built_at=datetime.fromisoformat(about.built_at),
        expires_on=date.fromisoformat(about.expires_on),
        sha256=built.sha256,
        size=len(built.content),
        files=built.files,
        trail_entries=about.trail_entries,
        file=file,
    )
    db.session.add(package)
    db.session.flush()
    for older in db.session.scalars(kept.older(package, KEPT_PACKAGES)):
        if older.file.is_there:
            older.file.take_away(package.built_at)
    told = {"file": built.name, "sha256": built.sha256, "expires_on": about.expires_on}
    audit.note(package, {name: [None, value] for name, value in told.items()})
    return package


@act(Action.EXPORT_PACKAGE)
def hand_over_package(package: CrisisPackage, entry: PackageEntry, content: bytes) -> None:
    """Tell the trail that a package is handed over: which, its SHA-256, whether under a passphrase, and the purpose.

    `content` is what is handed over. Raises RuleBroken when it is taken for no stated purpose, or under a passphrase
    that is too weak.
    """
    refuse_if(package_problems(entry))
    told = {
        "file": package.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "version": moment(package.built_at),
        "is_encrypted": bool(entry.password),
        "purpose": entry.purpose,
    }
    audit.note(package, {name: [None, value] for name, value in told.items()})
