"""The editor of a plan: its sections and how far each has come, what is missing, and who is writing where."""

from types import SimpleNamespace
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from continuity import writing
from continuity.models.plans import Plan, PlanSection, PlanVersion
from continuity.queries import contents
from continuity.queries import plans as queries
from continuity.register import plans as register
from continuity.views.blueprint import bp
from continuity.vocabulary.groups import grouped
from continuity.vocabulary.plans import OPEN_STATES, Section
from continuity.writing import SectionState
from prepare import actor
from prepare.access import Action
from prepare.clock import now
from prepare.db import db, transaction
from prepare.errors import RuleBroken
from prepare.gate import drafts
from prepare.gate.opening import opens, takes
from prepare.texts import _


@bp.get("/plans/<uuid:ref>/editor")
@opens(Plan, Action.WRITE_PLAN)
def editor(plan: Plan) -> ResponseReturnValue:
    """The contents of the version that is being prepared, section by section."""
    version = register.pending(plan)
    if version is None or version.state not in OPEN_STATES:
        return redirect(url_for("continuity.plan", ref=plan.ref))
    held = holdings(version)
    states = {section: state_of(section, held) for section in Section}
    writers = writers_of(plan)
    return render_template(
        "continuity/editor.html",
        plan=plan,
        version=version,
        groups=grouped(plan.kind),
        rows={section: _row(section, held, states[section], writers) for section in Section},
        done=sum(state is SectionState.WRITTEN for state in states.values()),
        share=writing.finished_share(states.values()),
        gaps=register.gaps(plan),
        held=held,
    )


@bp.post("/plans/<uuid:ref>/begin")
@opens(Plan, Action.BEGIN_PLAN)
@takes()
def begin_version(plan: Plan) -> ResponseReturnValue:
    """Begin the next version with a copy of the one in force."""
    try:
        with transaction():
            register.begin(plan, at=now())
    except RuleBroken as broken:
        flash(broken.text(), "error")
    else:
        flash(_("A new version was begun with a copy of the latest one. The one in force stays as it is."))
    return redirect(url_for("continuity.editor", ref=plan.ref))


def holdings(version: PlanVersion) -> SimpleNamespace:
    """Everything in a version that the person may read: texts by section, strategies, cards, tasks, documents."""
    scope = actor.current().scope
    return SimpleNamespace(
        sections={row.section: row for row in db.session.scalars(queries.sections(scope, version))},
        strategies=db.session.scalars(contents.strategies(scope, version)).all(),
        cards=db.session.scalars(contents.cards(scope, version)).all(),
        level_tasks=db.session.scalars(contents.level_tasks(scope, version)).all(),
        documents=db.session.scalars(contents.documents(scope, version)).all(),
    )


#: Section → the rows that stand under it.
UNDER = {
    Section.FIRST_HOUR: contents.cards,
    Section.STRATEGIES: contents.strategies,
    Section.LEVEL_TASKS: contents.level_tasks,
    Section.INTERFACES: contents.documents,
}


def rows_under(section: Section, version: PlanVersion) -> list[Any]:
    """The cards, strategies, tasks or documents under one section of a version."""
    rows: Any = UNDER.get(section)
    return list(db.session.scalars(rows(actor.current().scope, version))) if rows else []


def rows_of(section: Section, held: Any) -> list[Any]:
    """What stands under a section as rows: cards, strategies or tasks."""
    under = {
        Section.FIRST_HOUR: held.cards,
        Section.STRATEGIES: held.strategies,
        Section.LEVEL_TASKS: held.level_tasks,
        Section.INTERFACES: held.documents,
    }
    return list(under.get(section, ()))


def state_of(section: Section, held: Any) -> SectionState:
    """How far a section has come."""
    row: PlanSection | None = held.sections.get(section)
    text, finished = (row.text, row.finished) if row else (None, False)
    return writing.state(text, finished=finished, has_rows=bool(rows_of(section, held)))


def writers_of(plan: Plan) -> dict[Section, list[str]]:
    """Names of the others who are writing in the sections of a plan now."""
    addresses = {url_for("continuity.section", ref=plan.ref, place=section.place): section for section in Section}
    under = url_for("continuity.section", ref=plan.ref, place=1).removesuffix("1")
    found = drafts.writers(under)
    return {addresses[address]: names for address, names in found.items() if address in addresses}


def _row(section: Section, held: Any, state: SectionState, writers: dict[Section, list[str]]) -> SimpleNamespace:
    row: PlanSection | None = held.sections.get(section)
    return SimpleNamespace(
        section=section,
        state=state,
        words=writing.word_count(row.text if row else None),
        author=row.author if row else None,
        edited_at=row.edited_at if row else None,
        rows=len(rows_of(section, held)),
        writers=writers.get(section, []),
    )
