"""Storing runs of scenarios."""

from datetime import datetime

from sqlalchemy import func, select

from dependencies.analysing import runs
from dependencies.entries.needs import (
    RunEntry,
)
from dependencies.models.runs import ScenarioRun
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken
from prepare.texts import N_
from risks.models.scenarios import Scenario


@act(Action.STORE_RUN)
def store_run(scenario: Scenario, entry: RunEntry, *, at: datetime) -> ScenarioRun:
    """Store a trace of the scenario as of now, with everything that it was computed from.

    Raises RuleBroken when the scenario has been retired, hits nothing in force or reaches too much to be stored.
    """
    if scenario.retired:
        raise RuleBroken(N_("The scenario has been retired."))
    if not entry.purpose.strip():
        raise RuleBroken(N_("Say what it is stored for."), field="purpose")
    kept = runs.columns(runs.prepared(scenario))
    named = {"code": f"{scenario.code} {_runs_counted(scenario) + 1}", "made_by": actor.current().name}
    run = ScenarioRun(scenario=scenario, made_at=at, purpose=entry.purpose, **named, **kept)
    db.session.add(run)
    db.session.flush()
    return run


def _runs_counted(scenario: Scenario) -> int:
    return db.session.scalar(select(func.count(ScenarioRun.id)).where(ScenarioRun.scenario_id == scenario.id)) or 0
