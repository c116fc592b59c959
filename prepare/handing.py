"""Who may do what with what is handed over: jobs and the files that they make. The rest stands in `prepare.rules`."""

from prepare.actions import Action
from prepare.powers import Rule, fetches, leads, leads_as, looks_after_job, signed_in

HANDING_OVER: dict[Action, tuple[Rule, ...]] = {
    Action.FETCH_FILE: (fetches,),
    Action.KEEP_FILE: (signed_in,),
    Action.ADD_JOB: (signed_in,),
    Action.CANCEL_JOB: (looks_after_job,),
    Action.VIEW_JOB: (looks_after_job,),
    Action.BUILD_PACKAGE: (leads,),
    Action.EXPORT_PACKAGE: (leads_as,),
}
