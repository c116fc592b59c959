"""Building crisis packages as jobs: one that finds out which are due, and one that builds a package."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from flask import url_for

from exports.frames.parts import AGGREGATE_BASIS
from exports.package import audiences, kept
from exports.package.audiences import Audience
from exports.package.building import Package, build
from exports.register import packages as register
from prepare.access import Action
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.files import ARCHIVE, FileEntry
from prepare.jobs import Done, JobKind, Progress
from prepare.models.files import KeptFile
from prepare.models.organisations import Organisation
from prepare.register import files, jobs
from prepare.texts import N_, _, ngettext
from prepare.vocabulary import Confidentiality, Role

#: Names of the jobs; an approval asks for the first.
REFRESH, BUILD = "package:refresh", "package:build"
#: How long a package's file is kept at most: some days beyond its last one.
KEPT_FOR = timedelta(days=40)


def refresh(params: Mapping[str, Any], progress: Progress) -> Done:
    """Ask for every package that tells of an organisation, or (None) of all; what is asked for already is not again."""
    organisation = db.session.get(Organisation, progress.organisation_id) if progress.organisation_id else None
    with progress.writing():
        count = ask_for(concerned(organisation, all_below=bool(params.get("all_below"))))
    return Done(text=told_of(count), url=url_for("exports.packages"))


def concerned(organisation: Organisation | None, *, all_below: bool = False) -> list[Audience]:
    """The audiences that read an organisation: its own people, and those of whatever stands above it.

    With `all_below` also those of whatever stands below it, partners among them.
    """
    every = audiences.audiences()
    if organisation is None:
        return every
    at, own = organisation.path, [one for one in every if organisation.path.startswith(one.organisation.path)]
    return [one for one in every if one in own or (all_below and one.organisation.path.startswith(at))]


def ask_for(found: Iterable[Audience]) -> int:
    """Ask for the packages of these audiences in the languages of their people; gives how many that are.

    One that waits already is not asked for again: it will tell what holds when its turn comes.
    """
    waiting = {(place, told["role"], told["language"]) for place, told in db.session.execute(kept.asked_for(BUILD))}
    wanted = [(one, code) for one in found for code in audiences.languages(one)]
    for one, code in wanted:
        if (one.organisation.id, one.role.value, code) not in waiting:
            jobs.enqueue(one.organisation, BUILD, {"role": one.role.value, "language": code}, at=now())
    return len(wanted)


def told_of(count: int) -> str:
    """How many packages are being built, in a sentence."""
    return ngettext("%(n)s crisis package is being built.", "%(n)s crisis packages are being built.", count)


def build_one(params: Mapping[str, Any], progress: Progress) -> Done:
    """Build the package of one audience in one language, and keep it."""
    organisation = db.session.get_one(Organisation, progress.organisation_id)
    audience = audience_of(organisation, Role(params["role"]))
    made = build(audience, str(params["language"]), at=now(), progress=progress.step)

    def write(file: KeptFile) -> str:
        register.keep_package(organisation, audience.role, made, file)
        return url_for("exports.packages")

    told = _("The crisis package was built: %(name)s", name=made.name)
    return Done(text=told, file=as_file(made), write=write)


def audience_of(organisation: Organisation, role: Role) -> Audience:
    """The audience of a role over an organisation. Raises RuleBroken when nobody belongs to it any more."""
    found = [one for one in audiences.audiences({organisation.path}) if one.role is role]
    if not found:
        raise RuleBroken(N_("Nobody holds this role over this organisation."))
    return found[0]


def as_file(made: Package) -> FileEntry:
    """A package as a file to be kept; it is fetched on the page of packages alone, where its reader names a purpose."""
    return FileEntry(
        name=made.name,
        media_type=ARCHIVE,
        content=made.content,
        confidentiality=Confidentiality(made.about.confidentiality),
        secrecy_basis=AGGREGATE_BASIS,
        edition=made.about.built_at,
        purpose=made.about.name,
        kept_for=KEPT_FOR,
    )


def built_and_kept(audience: Audience, language: str) -> Package:
    """Build a package at once and keep it; the register is locked only to keep it."""
    at = now()
    made = build(audience, language, at=at)
    with transaction():
        file = files.keep(audience.organisation, as_file(made), at=at)
        register.keep_package(audience.organisation, audience.role, made, file)
    return made


JOBS = (
    JobKind(
        name=REFRESH,
        label=N_("Crisis packages: find those that are due"),
        run=refresh,
        action=Action.BUILD_PACKAGE,
        is_heavy=False,
        by_system=True,
        by_schedule=True,
    ),
    JobKind(name=BUILD, label=N_("Crisis package"), run=build_one, action=Action.BUILD_PACKAGE, by_system=True),
)
