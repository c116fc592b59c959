"""Who may do what with jobs, the files and reports that they make, and schedules; the rest: `prepare.rules`."""

from prepare.actions import Action
from prepare.powers import (
    Rule,
    central,
    contact,
    fetches,
    leadership,
    leads,
    leads_as,
    looks_after_job,
    nobody,
    reads,
    signed_in,
)

HANDING_OVER: dict[Action, tuple[Rule, ...]] = {
    Action.EXPORT_LEADERSHIP: (central, leadership),
    Action.EXPORT_READINESS: (central, leadership),
    Action.FETCH_FILE: (fetches,),
    Action.KEEP_FILE: (signed_in,),
    Action.ADD_JOB: (signed_in,),
    Action.CANCEL_JOB: (looks_after_job,),
    Action.VIEW_JOB: (looks_after_job,),
    Action.BUILD_PACKAGE: (leads,),
    Action.EXPORT_PACKAGE: (leads_as,),
    Action.STORE_REPORT: (contact, central, leadership),
    Action.VIEW_REPORT: (reads,),
    Action.ADD_SCHEDULE: (central,),
    Action.EDIT_SCHEDULE: (central,),
    Action.RUN_SCHEDULE: (nobody,),
    Action.VIEW_SCHEDULE: (central,),
}
