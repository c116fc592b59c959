"""Handing workbooks over."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from continuity.models.exercises import Exercise
from continuity.models.plans import PlanVersion
from continuity.queries import exercises as exercise_queries
from continuity.queries import plans
from continuity.vocabulary.plans import PENDING_STATES, PlanState
from exports import workbook
from exports.books.agreements import agreements_book
from exports.books.guidance import guidance_book
from exports.books.injects import injects_book
from exports.books.reports import report_book
from exports.entries import AgreementsEntry, GuidanceEntry, InjectsEntry, Language, PlanPaperEntry, Report, ReportEntry
from exports.intake.handing_out import made_form
from exports.paper.plan import PlanFile
from exports.register import fill_in
from exports.register import handing_over as register
from exports.views.papers import made_of
from prepare import actor
from prepare.cli.installation import inside
from prepare.clock import now, today
from prepare.db import db, transaction
from prepare.models.organisations import Organisation
from prepare.queries import organisations
from prepare.vocabulary import Confidentiality


@click.group()
def export() -> None:
    """Hand workbooks over; each hand-over is told to the trail."""


@export.command()
@click.option("--sector", required=True, help="Code of the organisation.")
@click.option("--lang", type=click.Choice([one.value for one in Language]), default="fi", show_default=True)
@click.option("--variant", type=click.Choice([one.value for one in Confidentiality]), help="Else the highest class.")
@click.option("--purpose", default="prepare export", help="What the workbook is for; the trail keeps it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the workbook's name.")
@click.option("--json", "as_json", is_flag=True)
@inside
def guidance(sector: str, lang: str, variant: str | None, purpose: str, out: Path | None, as_json: bool) -> None:
    """Write an organisation's preparedness guidance workbook."""
    scope, organisation = actor.current().scope, _organisation(sector)
    chosen = Confidentiality(variant) if variant else workbook.highest(scope, organisation)
    entry = GuidanceEntry(organisation=sector, language=Language(lang), variant=chosen, purpose=purpose)
    made = guidance_book(organisation, scope, entry, on=today(), at=now())
    with transaction():
        register.hand_over(organisation, entry, made)
    target = _written(made, out)
    told = {"file": str(target), "sha256": made.sha256, "rows": made.rows, "left_out": made.left_out}
    click.echo(json.dumps(told) if as_json else f"{target}: {made.rows} rows, {made.left_out} left out")


@export.command()
@click.argument("code")
@click.option("--lang", type=click.Choice([one.value for one in Language]), default="fi", show_default=True)
@click.option("--purpose", default="prepare export", help="What the workbook is for; the trail keeps it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the workbook's name.")
@click.option("--json", "as_json", is_flag=True)
@inside
def injects(code: str, lang: str, purpose: str, out: Path | None, as_json: bool) -> None:
    """Write the injects of the exercise CODE, as EX-11, as a workbook to lead it by."""
    scope, exercise = actor.current().scope, _exercise(code)
    entry = InjectsEntry(language=Language(lang), purpose=purpose)
    made = injects_book(exercise, scope, entry, on=today(), at=now())
    with transaction():
        register.hand_over_injects(exercise, entry, made)
    target = _written(made, out)
    told = {"file": str(target), "sha256": made.sha256, "rows": made.rows}
    click.echo(json.dumps(told) if as_json else f"{target}: {made.rows} injects")


@export.command()
@click.option("--sector", help="Code of the organisation; else the whole city.")
@click.option("--lang", type=click.Choice([one.value for one in Language]), default="fi", show_default=True)
@click.option("--purpose", default="prepare export", help="What the workbook is for; the trail keeps it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the workbook's name.")
@click.option("--json", "as_json", is_flag=True)
@inside
def agreements(sector: str | None, lang: str, purpose: str, out: Path | None, as_json: bool) -> None:
    """Write the agreements with partners as a workbook, those that end first on top."""
    scope = actor.current().scope
    organisation = _organisation(sector) if sector else db.session.scalars(organisations.city()).one()
    entry = AgreementsEntry(organisation=organisation.code, language=Language(lang), purpose=purpose)
    made = agreements_book(organisation, scope, entry, on=today(), at=now())
    with transaction():
        register.hand_over_agreements(organisation, entry, made)
    target = _written(made, out)
    told = {"file": str(target), "sha256": made.sha256, "rows": made.rows}
    click.echo(json.dumps(told) if as_json else f"{target}: {made.rows} agreements")


@export.command()
@click.argument("sector")
@click.option("--lang", type=click.Choice([one.value for one in Language]), default="fi", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the workbook's name.")
@click.option("--json", "as_json", is_flag=True)
@inside
def form(sector: str, lang: str, out: Path | None, as_json: bool) -> None:
    """Write the fill-in workbook of the organisation SECTOR; `prepare intake` takes it back in."""
    organisation = _organisation(sector)
    made, kept = made_form(organisation, lang, on=today(), at=now())
    with transaction():
        fill_in.hand_over_form(organisation, kept, made)
        told: dict[str, object] = {"export": str(kept.ref)}
    target = _written(made, out)
    told |= {"file": str(target), "sha256": made.sha256, "rows": made.rows}
    click.echo(json.dumps(told) if as_json else f"{target}: {made.rows} rows")


def _written(made: workbook.Made | PlanFile, out: Path | None) -> Path:
    target = out or Path(made.name)
    try:
        target.write_bytes(made.content)
    except OSError as error:
        sys.exit(f"prepare: {target} cannot be written ({error.strerror}).")
    return target


def _exercise(code: str) -> Exercise:
    rows = exercise_queries.exercises(actor.current().scope).where(Exercise.code == code)
    found = db.session.scalars(rows).unique().first()
    return found or sys.exit(f"prepare: there is no exercise with the code {code}.")


@export.command()
@click.argument("code")
@click.option("--number", help="The version; else the one in force, or the one that is being prepared.")
@click.option("--lang", type=click.Choice([one.value for one in Language]), default="fi", show_default=True)
@click.option("--purpose", default="prepare export", help="What the file is for; the trail keeps it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else the file's name.")
@click.option("--json", "as_json", is_flag=True)
@inside
def plan(code: str, number: str | None, lang: str, purpose: str, out: Path | None, as_json: bool) -> None:
    """Write a version of the plan CODE as a PDF file."""
    version = _version(code, number)
    entry = PlanPaperEntry(language=Language(lang), purpose=purpose)
    made = made_of(actor.current().scope, version, entry)
    with transaction():
        register.hand_over_plan(version, entry, made)
    target = _written(made, out)
    told = {"file": str(target), "sha256": made.sha256, "version": version.number}
    click.echo(json.dumps(told) if as_json else f"{target}: {code} {version.number}")


def _version(code: str, number: str | None) -> PlanVersion:
    plan = db.session.scalars(plans.by_code(actor.current().scope, code)).first()
    if plan is None:
        sys.exit(f"prepare: there is no plan with the code {code}.")
    every = db.session.scalars(plans.versions(actor.current().scope, plan)).all()
    states = (PlanState.APPROVED, *PENDING_STATES)
    wanted = [one for one in every if (one.number == number if number else one.state in states)]
    wanted.sort(key=lambda one: one.state is not PlanState.APPROVED)
    return next(iter(wanted), None) or sys.exit(f"prepare: the plan {code} has no such version.")


def _organisation(code: str) -> Organisation:
    found = db.session.scalars(organisations.by_code(code)).first()
    return found or sys.exit(f"prepare: there is no organisation with the code {code}.")


def _report(report: Report, asked: dict[str, Any]) -> None:
    """Write a report on an organisation, or on the whole city, and tell the trail."""
    scope, sector, variant = actor.current().scope, asked["sector"], asked["variant"]
    organisation = _organisation(sector) if sector else db.session.scalars(organisations.city()).one()
    entry = ReportEntry(
        organisation=organisation.code,
        language=Language(asked["lang"]),
        variant=Confidentiality(variant) if variant else workbook.highest(scope, organisation),
        purpose=asked["purpose"],
    )
    made = report_book(report, organisation, scope, entry, on=today(), at=now(), told=_tell)
    with transaction():
        register.HANDS_OVER[report](organisation, entry, made)
    target = _written(made, asked["out"])
    told = {"file": str(target), "sha256": made.sha256, "rows": made.rows, "left_out": made.left_out}
    click.echo(json.dumps(told) if asked["as_json"] else f"{target}: {made.rows} rows, {made.left_out} left out")


def _tell(done: int, of: int, sheet: str) -> None:
    """Say on standard error which sheet is done."""
    click.echo(f"{done}/{of} {sheet}", err=True)


def _asks(command: Callable[..., None]) -> Callable[..., None]:
    """The options of both reports."""
    options = (
        click.option("--sector", help="Code of the organisation; else the whole city."),
        click.option("--lang", type=click.Choice([one.value for one in Language]), default="fi", show_default=True),
        click.option("--variant", type=click.Choice([one.value for one in Confidentiality]), help="Else the highest."),
        click.option("--purpose", default="prepare export", help="What the report is for; the trail keeps it."),
        click.option(
            "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else its own name."
        ),
        click.option("--json", "as_json", is_flag=True),
    )
    for option in reversed(options):
        command = option(command)
    return command


@export.command()
@_asks
@inside
def readiness(**asked: Any) -> None:
    """Write the readiness report for central administration: every sector side by side."""
    _report(Report.READINESS, asked)


@export.command()
@_asks
@inside
def leadership(**asked: Any) -> None:
    """Write the report for the city's leadership; it begins with one page."""
    _report(Report.LEADERSHIP, asked)
