"""Making a round of workbooks as one job: a workbook after the other is stored, and all of them as one archive."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from exports import workbook
from exports.archive import together
from exports.books.guidance import guidance_book
from exports.entries import GuidanceEntry, Language
from exports.register import handing_over as register
from prepare import actor
from prepare.access import Action, may
from prepare.clock import now, today
from prepare.db import db
from prepare.errors import PrepareError, RuleBroken
from prepare.files import ARCHIVE, FETCHED_WITHIN, WORKBOOK, FileEntry
from prepare.jobs import Cancelled, Done, JobKind, Lost, Progress, Recurring
from prepare.models.organisations import Organisation
from prepare.models.reports import StoredReport
from prepare.queries import jobs as job_queries
from prepare.queries import organisations
from prepare.queries import reports as queries
from prepare.register import reports
from prepare.register.queue import DATABASE_AWAY
from prepare.register.reports import ReportEntry
from prepare.texts import N_, _, ngettext
from prepare.vocabulary import Confidentiality, Role

log = logging.getLogger("prepare")

ROUND = "guidance:round"
GUIDANCE = "guidance"


@dataclass
class Round:
    """A round under way: what is wanted, and which workbooks could not be made, with the reason of each."""

    wanted: Recurring
    progress: Progress
    failed: list[str] = field(default_factory=list)

    def make(self, works: Sequence[tuple[Organisation, Language]]) -> None:
        """Make and store every workbook that does not stand yet; one that fails does not stop the others."""
        stored = set(db.session.scalars(queries.parts(self.progress.ref)))
        for number, (organisation, language) in enumerate(works):
            name = f"{organisation.code} {language.label}"
            values = {"number": number + 1, "of": len(works), "name": name}
            self.progress.step(number, len(works), _("Workbook %(number)s of %(of)s: %(name)s", **values))
            if self._part(organisation, language) not in stored:
                self._try(organisation, language, name)

    def _part(self, organisation: Organisation, language: Language) -> str:
        return f"{self.progress.ref} {GUIDANCE} {organisation.code} {language.value}"

    def _try(self, organisation: Organisation, language: Language, name: str) -> None:
        try:
            self._store(organisation, language)
        except (Cancelled, Lost, *DATABASE_AWAY):
            raise
        except PrepareError as error:
            self.failed.append(f"{name}: {error.text()}")
        except Exception:
            log.exception("workbook %s failed", name)
            self.failed.append(_("%(name)s: something went wrong", name=name))

    def _store(self, organisation: Organisation, language: Language) -> None:
        scope, up_to = actor.current().scope, reports.revision()
        variant = min(Confidentiality(self.wanted.variant), workbook.highest(scope, organisation), key=lambda c: c.rank)
        entry = GuidanceEntry(
            organisation=organisation.code, language=language, variant=variant, purpose=self.wanted.purpose
        )
        at, on, part = now(), today(), self._part(organisation, language)
        made = guidance_book(organisation, scope, entry, on=on, at=at, job=self.progress.ref)
        told = ReportEntry(
            kind=GUIDANCE,
            language=language.value,
            as_of=on,
            recipients=self.wanted.recipients,
            rows=made.rows,
            left_out=made.left_out,
            revision=up_to,
            part=part,
        )
        with self.progress.writing():
            about = db.session.get_one(Organisation, organisation.id)
            register.hand_over(about, entry, made)
            reports.store(about, told, as_file(made, variant, self.wanted.purpose), at=at)


def as_file(made: workbook.Made, variant: Confidentiality, purpose: str) -> FileEntry:
    """A workbook as a file to be kept; the unit fetches it, and whoever had it made."""
    return FileEntry(
        name=made.name,
        media_type=WORKBOOK,
        content=made.content,
        confidentiality=variant,
        purpose=purpose,
        roles=(Role.CENTRAL,),
    )


def run(params: Mapping[str, Any], progress: Progress) -> Done:
    """Make the guidance workbook of every organisation at or below one, in every language that is wanted."""
    wanted = Recurring.of(params)
    top = db.session.get_one(Organisation, progress.organisation_id)
    works = [(one, Language(code)) for one in owners(top) for code in wanted.languages]
    if not works:
        raise RuleBroken(N_("There is no organisation with functions whose workbook you may make."))
    under_way = Round(wanted, progress)
    under_way.make(works)
    made = stored(progress.ref)
    if not made:
        raise RuleBroken(N_("No workbook could be made. %(why)s"), why="; ".join(under_way.failed))
    return Done(
        text=told(len(made), under_way.failed),
        url=url_for("exports.stored_reports"),
        file=archive(made, top, wanted),
    )


def owners(top: Organisation) -> list[Organisation]:
    """The organisations at or below this one whose workbook the acting person may make."""
    who = actor.current()
    every = db.session.scalars(organisations.with_functions(who.scope))
    return [one for one in every if one.path.startswith(top.path) and may(who, Action.EXPORT_GUIDANCE, one)]


def stored(job: str) -> list[StoredReport]:
    """The reports that a round has stored."""
    found = db.session.scalars(queries.stored(actor.current().scope).where(queries.part_of(job)))
    return sorted(found, key=lambda one: (one.organisation.code, one.language))


def archive(made: Sequence[StoredReport], top: Organisation, wanted: Recurring) -> FileEntry:
    """The workbooks of a round in one file."""
    files = [db.session.scalars(job_queries.with_content(one.file_id)).one() for one in made]
    highest = max((one.confidentiality for one in made), key=lambda c: c.rank)
    return FileEntry(
        name=f"valmiusohjeet_{top.code}_{today().isoformat()}_{highest.value}.zip",
        media_type=ARCHIVE,
        content=together({file.name: file.content or b"" for file in files}),
        confidentiality=highest,
        purpose=wanted.purpose,
        roles=(Role.CENTRAL,),
        kept_for=FETCHED_WITHIN,
    )


def told(made: int, failed: Sequence[str]) -> str:
    """What a round came to, in words: how many stand, and which could not be made."""
    text = ngettext("%(n)s workbook is stored.", "%(n)s workbooks are stored.", made)
    if not failed:
        return text
    lacking = _("Could not be made: %(names)s", names="; ".join(failed))
    return f"{text} {lacking}"


JOBS = (JobKind(ROUND, N_("Round of guidance workbooks"), run, Action.EXPORT_GUIDANCE, by_schedule=True, cpu_s=3600),)
