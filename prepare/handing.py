"""Who may do what with what is handed over: reports, jobs and their files. The rest stands in `prepare.rules`."""

from prepare.actions import Action
from prepare.powers import Rule, central, fetches, leadership, leads, leads_as, looks_after_job, signed_in

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
}
