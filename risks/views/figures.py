"""How much there is of each kind of record of local safety planning, in words for the hub; None while there is none."""

from prepare.actor import Scope
from prepare.db import db
from prepare.texts import ngettext
from risks.queries import bodies as body_queries
from risks.queries import measures as measure_queries
from risks.queries import national_programmes as national_queries
from risks.queries import objectives as objective_queries
from risks.queries import programmes as programme_queries
from risks.queries import safety_plans as plan_queries


def safety_plans(scope: Scope) -> str | None:
    """How many plans are in force or being written."""
    n = db.session.scalar(plan_queries.counted(plan_queries.safety_plans(scope))) or 0
    return ngettext("%(n)s plan", "%(n)s plans", n) if n else None


def open_measures(scope: Scope) -> str | None:
    """How many measures are neither verified nor cancelled."""
    n = db.session.scalar(measure_queries.counted(measure_queries.unended(measure_queries.measures(scope)))) or 0
    return ngettext("%(n)s measure", "%(n)s measures", n) if n else None


def objectives(scope: Scope) -> str | None:
    """How many objectives are followed."""
    n = db.session.scalar(objective_queries.counted(scope)) or 0
    return ngettext("%(n)s objective", "%(n)s objectives", n) if n else None


def programmes(scope: Scope) -> str | None:
    """How many programmes are planned or running."""
    n = db.session.scalar(programme_queries.counted(programme_queries.programmes(scope))) or 0
    return ngettext("%(n)s programme", "%(n)s programmes", n) if n else None


def compared(scope: Scope) -> str | None:
    """How many programmes and priorities are compared with one another."""
    priorities = db.session.scalar(plan_queries.priorities_counted(scope)) or 0
    n = priorities + (db.session.scalar(programme_queries.counted(programme_queries.programmes(scope))) or 0)
    return ngettext("%(n)s work compared", "%(n)s works compared", n) if n else None


def national_programmes(scope: Scope) -> str | None:
    """How many national programmes are in use."""
    n = db.session.scalar(national_queries.counted(scope)) or 0
    return ngettext("%(n)s national programme", "%(n)s national programmes", n) if n else None


def bodies(scope: Scope) -> str | None:
    """How many bodies are in use."""
    n = db.session.scalar(body_queries.counted(body_queries.bodies(scope))) or 0
    return ngettext("%(n)s body", "%(n)s bodies", n) if n else None
