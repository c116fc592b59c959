"""Every change to the measures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from prepare import actor, audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from prepare.texts import N_
from risks import measuring
from risks.entries.measures import (
    COLUMNS,
    PROGRESS_COLUMNS,
    MeasureEntry,
    ProgressEntry,
    ReopeningEntry,
    of_record,
    progress_of,
)
from risks.entries.reasons import ReasonEntry
from risks.models.measures import Measure
from risks.models.risks import Risk
from risks.queries import risks as risk_queries
from risks.reasons import reason_problems
from risks.vocabulary.measures import OPEN_STATES, MeasureState


@act(Action.ADD_MEASURE)
def add(organisation: Organisation, entry: MeasureEntry, *, risks: Sequence[Risk] = ()) -> Measure:
    """Keep a measure of the organisation under the next free code, and link the risks that it treats.

    `risks` are linked besides those that the entry names. Raises RuleBroken with every rule that the entry breaks.
    """
    refuse_if(measuring.problems(entry))
    measure = Measure(code=next_code(Measure.code, "M-"), organisation=organisation)
    db.session.add(measure)
    _fill(measure, entry)
    _link(measure, [*_named(entry.risks), *risks])
    return measure


@act(Action.EDIT_MEASURE)
def edit(measure: Measure, entry: MeasureEntry, *, seen: Seen[MeasureEntry] | None) -> Measure:
    """Change what is to be done, by whom and by when, and which risks it treats.

    Risks that the acting person may not read stay linked. Raises StaleEntry if the measure has changed since it was
    `seen`, and RuleBroken with every rule that the entry breaks.
    """
    refuse_stale(seen, seen_now(measure))
    refuse_if(measuring.problems(entry))
    _fill(measure, entry)
    _link(measure, [*_hidden(measure), *_named(entry.risks)])
    return measure


@act(Action.ADVANCE_MEASURE)
def advance(measure: Measure, entry: ProgressEntry, *, seen: Seen[ProgressEntry] | None) -> Measure:
    """Tell how far an open measure is: begin it, let it rest for a reason, go on, or say why it is late.

    Raises StaleEntry if the measure has changed since it was `seen`, and RuleBroken with every broken rule.
    """
    measuring.refuse_unless(measure.state, OPEN_STATES)
    refuse_stale(seen, progress_now(measure))
    refuse_if(measuring.progress_problems(entry))
    for name in PROGRESS_COLUMNS:
        setattr(measure, name, getattr(entry, name))
    measure.progress_pct = entry.progress_pct or 0
    measure.state = MeasureState(entry.state.value)
    db.session.flush()
    return measure


@act(Action.START_MEASURE)
def start(measure: Measure) -> None:
    """Begin a planned measure, or go on with one that is on hold."""
    measuring.refuse_unless(measure.state, measuring.STARTS)
    measure.state, measure.state_reason = MeasureState.IN_PROGRESS, None
    db.session.flush()


@act(Action.FINISH_MEASURE)
def finish(measure: Measure, *, on: date) -> None:
    """Report a measure done; it then waits for somebody else to verify it."""
    measuring.refuse_unless(measure.state, frozenset({MeasureState.IN_PROGRESS}))
    measure.state, measure.progress_pct, measure.state_reason = MeasureState.DONE, measuring.DONE_PCT, None
    measure.done_on, measure.done_by_id = on, actor.current().user_id
    db.session.flush()


@act(Action.VERIFY_MEASURE)
def verify(measure: Measure, *, on: date) -> None:
    """Confirm that what was reported done is done. Raises RuleBroken for the person who reported it."""
    measuring.refuse_unless(measure.state, frozenset({MeasureState.DONE}))
    verifier = actor.current().user_id
    measuring.refuse_same_person(measure.done_by_id, verifier)
    measure.state, measure.verified_on, measure.verified_by_id = MeasureState.VERIFIED, on, verifier
    db.session.flush()


@act(Action.CANCEL_MEASURE)
def cancel(measure: Measure, entry: ReasonEntry) -> None:
    """Give a measure up for a reason; a verified one is reopened instead."""
    measuring.refuse_unless(measure.state, measuring.CANCELS)
    refuse_if(reason_problems(entry))
    measure.state, measure.state_reason = MeasureState.CANCELLED, entry.state_reason
    db.session.flush()


@act(Action.REOPEN_MEASURE)
def reopen(measure: Measure, entry: ReopeningEntry) -> None:
    """Take up again, for a reason, what was done, verified or cancelled; who had reported it stays in the trail."""
    measuring.refuse_unless(measure.state, measuring.REOPENS)
    refuse_if(measuring.reopening_problems(entry))
    measure.state, measure.state_reason = MeasureState.IN_PROGRESS, entry.state_reason
    measure.progress_pct = entry.progress_pct or 0
    measure.done_on = measure.done_by_id = measure.verified_on = measure.verified_by_id = None
    db.session.flush()


def seen_now(measure: Measure) -> Seen[MeasureEntry]:
    """What a person sees who edits the measure now: risks that the person may not read are left out."""
    hidden = {risk.code for risk in _hidden(measure)}
    entry = of_record(measure)
    return Seen(replace(entry, risks=tuple(code for code in entry.risks if code not in hidden)))


def progress_now(measure: Measure) -> Seen[ProgressEntry]:
    """What a person sees who reports on the open measure now."""
    return Seen(progress_of(measure), () if measure.state in OPEN_STATES else (measure.state.value,))


def _hidden(measure: Measure) -> list[Risk]:
    who = actor.current()
    return [risk for risk in measure.risks if not actor.readable(who, risk)]


def _named(codes: Sequence[str]) -> list[Risk]:
    """The risks with these codes that the acting person reads, closed ones too."""
    if not codes:
        return []
    found = list(db.session.scalars(risk_queries.named(actor.current().scope, codes)))
    if unknown := sorted(set(codes) - {risk.code for risk in found}):
        raise RuleBroken(N_("There is no such risk: %(codes)s."), field="risks", codes=", ".join(unknown))
    return found


def _fill(measure: Measure, entry: MeasureEntry) -> None:
    for name in COLUMNS:
        setattr(measure, name, getattr(entry, name))
    db.session.flush()


def _link(measure: Measure, wanted: Sequence[Risk]) -> None:
    """Let the measure treat these risks and no other; the trail tells it under each risk that changes."""
    after = {risk.id: risk for risk in wanted}
    before = {risk.id: risk for risk in measure.risks}
    for risk in [*(r for i, r in after.items() if i not in before), *(r for i, r in before.items() if i not in after)]:
        codes = sorted(one.code for one in risk.measures)
        risk.measures = [m for m in risk.measures if m is not measure] + ([measure] if risk.id in after else [])
        db.session.flush()
        audit.note(risk, {"measures": [codes, sorted(one.code for one in risk.measures)]})
    db.session.refresh(measure, ["risks"])
