"""What this package finds missing in a function: a plan in force."""

from collections.abc import Mapping
from dataclasses import replace

from continuity.queries import plans as queries
from prepare import actor
from prepare.db import db
from prepare.entries import FunctionEntry
from prepare.registration import TIMED, VITAL, Gap, Weight
from prepare.texts import N_

NO_PLAN = Gap(
    None,
    N_("An approved plan"),
    N_("Without a plan the first hours are spent on deciding who does what."),
    Weight.EXPECTED,
    "continuity.add_plan",
    by_code=True,
)


def missing_plan(entries: Mapping[int, FunctionEntry]) -> dict[int, list[Gap]]:
    """A function of class K1 to K3 is covered by a plan in force (I03); of K1 and K2 it is expected."""
    timed = [one for one, entry in entries.items() if entry.criticality in TIMED]
    covered = set(db.session.scalars(queries.covered(actor.current().scope, timed)))
    helps = replace(NO_PLAN, weight=Weight.HELPFUL)
    return {one: [NO_PLAN if entries[one].criticality in VITAL else helps] for one in timed if one not in covered}
