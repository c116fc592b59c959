"""The sheet of the levels of preparedness (A14): what is done when preparedness is raised, by whom and how soon."""

from collections.abc import Sequence

from continuity.models.contents import LevelTask
from continuity.queries import contents as queries
from continuity.vocabulary.contents import PreparednessLevel
from continuity.vocabulary.plans import PlanState
from exports.columns import Column, Kind
from exports.frames import cards
from exports.frames.reader import Reader, frame_of
from exports.sheets import Register
from prepare.db import db
from prepare.texts import N_, _

COLUMNS = (
    Column("level", N_("Level"), 22),
    Column("organisation", N_("Organisation"), 20, optional=True),
    Column("task", N_("Task"), 52),
    Column("role", N_("Responsible (role)"), 24),
    Column("trigger", N_("What starts it"), 34, note=N_("Empty: the decision on the level alone.")),
    Column("within_h", N_("Within h"), 9, Kind.HOURS, note=N_("From the decision.")),
    Column("plan", N_("Plan"), 9, Kind.CODE),
    Column("state", N_("Not in force yet"), 12, optional=True),
    Column("exercised_on", N_("Plan exercised"), 12, Kind.DATE, note=N_("The last exercise of the plan.")),
)


def register(reader: Reader, plans: Sequence[cards.Held]) -> Register:
    """The sheet of the level tasks of these plans, level by level, the soonest first."""
    versions = {version.id: version for _plan, version, _case in plans if version}
    tasks = queries.level_tasks(reader.scope).where(LevelTask.plan_version_id.in_(versions))
    order = list(PreparednessLevel)
    found = sorted(db.session.scalars(tasks), key=lambda one: order.index(one.level))
    admitted, left_out = reader.divided(found)
    frame = frame_of([_row(reader, one) for one in admitted], COLUMNS)
    return Register(
        _("Preparedness levels"),
        _("What is done when preparedness is raised, by whom and how soon"),
        reader.shown(COLUMNS, frame),
        frame,
        tab="action",
        frozen=1,
        left_out=left_out,
    )


def _row(reader: Reader, one: LevelTask) -> dict[str, object]:
    version = one.plan_version
    return {
        "level": one.level.label,
        "organisation": reader.keeper(version.plan.organisation),
        "task": one.task,
        "role": one.role,
        "trigger": one.trigger,
        "within_h": one.within_h,
        "plan": version.plan.code,
        "state": None if version.state is PlanState.APPROVED else version.state.label,
        "exercised_on": version.last_exercised_on,
    }
