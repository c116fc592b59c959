"""Every change to the objectives of council terms."""

from datetime import date

from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from risks import planning
from risks.entries.safety import OBJECTIVE_COLUMNS, ObjectiveEntry, of_objective
from risks.models.objectives import Objective


@act(Action.ADD_OBJECTIVE)
def add(organisation: Organisation, entry: ObjectiveEntry, *, on: date) -> Objective:
    """Keep an objective of the organisation's council, under the next free code.

    Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(planning.objective_problems(entry, on=on))
    objective = Objective(code=next_code(Objective.code, "OB-"), organisation=organisation)
    db.session.add(objective)
    _fill(objective, entry)
    return objective


@act(Action.EDIT_OBJECTIVE)
def edit(objective: Objective, entry: ObjectiveEntry, *, seen: Seen[ObjectiveEntry] | None, on: date) -> Objective:
    """Change an objective, or tell its latest figure; the trail keeps the old ones.

    `seen` is what the person edited. Raises StaleEntry if it has changed since, RuleBroken as `add` does.
    """
    refuse_stale(seen, seen_now(objective))
    refuse_if(planning.objective_problems(entry, on=on))
    _fill(objective, entry)
    return objective


def seen_now(objective: Objective) -> Seen[ObjectiveEntry]:
    """What a person sees who edits the objective now."""
    return Seen(of_objective(objective))


def _fill(objective: Objective, entry: ObjectiveEntry) -> None:
    for name in OBJECTIVE_COLUMNS:
        setattr(objective, name, getattr(entry, name))
    db.session.flush()
