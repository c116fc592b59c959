"""The rows of measures, plans and answers as the entries of their pages' forms, and the rules that these obey."""

from dataclasses import replace
from datetime import date

from continuity import approval
from continuity.entries.plans import PlanEntry
from continuity.vocabulary.plans import PENDING_STATES, WAITING_STATES, PlanState
from exports.filling.rowing import Values
from exports.filling.tables.measures import WorkState
from prepare import stored
from prepare.entries import AnswerEntry
from prepare.errors import RuleBroken
from prepare.texts import N_
from risks import measuring
from risks.entries.measures import MeasureEntry, ProgressEntry
from risks.measuring import DONE_PCT
from risks.vocabulary.measures import OpenState

#: Fields of a measure that tell how far it is.
PROGRESS = ("state", "progress_pct", "progress_text", "state_reason", "overdue_reason")
#: The same of a measure as the register holds it: what a row is held against.
HELD = "held"
#: Numbers of a plan's other versions, and the state of the one that is being prepared.
NUMBERS, PENDING = "numbers", "pending"


def given(values: Values) -> Values:
    """The values that there are; what is missing is what the entry's class says of it."""
    return {name: value for name, value in values.items() if value is not None}


def answer_entry(values: Values) -> AnswerEntry:
    """The entry of a row of what the guidance asks."""
    return stored.from_json(AnswerEntry, given(values))


def plan_entry(values: Values) -> PlanEntry:
    """The entry of a row of plans."""
    return stored.from_json(PlanEntry, given(values))


def measure_entry(values: Values) -> MeasureEntry:
    """The entry of a row of measures, without how far it is."""
    return stored.from_json(MeasureEntry, given(values))


def sorted_risks(entry: MeasureEntry) -> MeasureEntry:
    """The entry with its risks in order, so that two of them can be compared."""
    return replace(entry, risks=tuple(sorted(entry.risks)))


def progress_entry(values: Values) -> ProgressEntry:
    """How far a row says that a measure is; one that is done counts as in progress until it is reported done."""
    told = {name: values[name] for name in PROGRESS if values.get(name) is not None}
    state = told.pop("state", WorkState.PLANNED)
    told["progress_pct"] = round(told.get("progress_pct", 0))
    if state == WorkState.DONE:
        told["progress_pct"] = min(told["progress_pct"], DONE_PCT - 1)
        return ProgressEntry(**told, state=OpenState.IN_PROGRESS)
    return ProgressEntry(**told, state=OpenState(state))


def moves_on(values: Values) -> bool:
    """Whether a row tells something new of how far its measure is."""
    held = values.get(HELD) or {"state": WorkState.PLANNED}
    values = {**values, "state": values.get("state") or held["state"]}
    return any((values.get(name) or None) != (held.get(name) or None) for name in PROGRESS)


def measure_problems(values: Values) -> list[RuleBroken]:
    """Every rule that a row of measures breaks."""
    found = measuring.problems(measure_entry(values))
    if not moves_on(values):
        return found
    if (values.get(HELD) or {}).get("state") == WorkState.DONE:
        message = N_("The measure was reported done. Reopen it in the system before you go on with it.")
        return [*found, RuleBroken(message, field="state")]
    return found + measuring.progress_problems(progress_entry(values))


def plan_problems(values: Values, *, on: date) -> list[RuleBroken]:
    """Every rule that a row of plans breaks on the day `on`."""
    found = approval.problems(plan_entry(values), on=on)
    if values.get(PENDING) in WAITING_STATES:
        message = N_("The version has been submitted. It can be edited when it has been returned.")
        found.append(RuleBroken(message, field="name_fi"))
    if values.get("number") in (values.get(NUMBERS) or ()):
        found.append(RuleBroken(N_("The plan has a version with this number already."), field="number"))
    return found


def withdrawal_problems(now: Values) -> list[RuleBroken]:
    """Why no version of a plan can be withdrawn."""
    pending = now.get(PENDING)
    if pending and PlanState(pending) in PENDING_STATES:
        return []
    return [RuleBroken(N_("No version of the plan is being prepared, so there is none to withdraw."))]
