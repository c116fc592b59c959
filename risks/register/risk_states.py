"""The life of a risk: moving it along, accepting, closing and reopening it."""

from datetime import date

from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.texts import N_
from risks import lifecycle
from risks.entries.reasons import ReasonEntry
from risks.entries.risks import RiskAcceptanceEntry
from risks.models.risks import Risk
from risks.reasons import reason_problems
from risks.register.risks import ACCEPTANCE, as_held
from risks.vocabulary.risks import Occasion, RiskState, Treatment


@act(Action.ADVANCE_RISK)
def advance(risk: Risk, to: RiskState) -> None:
    """Move the risk along: its treatment has begun, works and is watched, or is thought over again.

    Raises RuleBroken when the risk is not in a state from which that follows.
    """
    refuse_if(lifecycle.along_problems(risk, to))
    risk.state = to
    db.session.flush()


@act(Action.ACCEPT_RISK)
def accept(risk: Risk, entry: RiskAcceptanceEntry, *, on: date) -> None:
    """Record the decision to live with the risk as it is, until a day.

    Raises RuleBroken when the acting person's role does not reach the risk's level, and with every rule that the
    decision breaks.
    """
    refuse_if(_power_problems(risk) or lifecycle.acceptance_problems(risk, entry, on=on))
    risk.state, risk.treatment = RiskState.ACCEPTED, Treatment.ACCEPT
    risk.accepted_by, risk.accepted_reason = entry.accepted_by, entry.accepted_reason
    risk.accepted_on, risk.accepted_until = on, entry.accepted_until
    risk.reviewed_on, risk.next_review = on, entry.accepted_until
    db.session.flush()
    db.session.add(as_held(risk, Occasion.ACCEPTED, entry.accepted_reason, on=on))


def _power_problems(risk: Risk) -> list[RuleBroken]:
    who = actor.current()
    if who.is_system or who.holds(*lifecycle.acceptors(risk.level), over=risk.owner_path):
        return []
    return [RuleBroken(N_("A critical risk is accepted by the city leadership."))]


@act(Action.CLOSE_RISK)
def close(risk: Risk, entry: ReasonEntry, *, on: date) -> None:
    """Close the risk: it has passed, or was registered by mistake; it and its history stay readable."""
    if risk.state is RiskState.CLOSED:
        raise RuleBroken(N_("The risk has been closed already."))
    refuse_if(reason_problems(entry))
    _set(risk, RiskState.CLOSED, entry)
    db.session.add(as_held(risk, Occasion.CLOSED, entry.state_reason, on=on))


@act(Action.REOPEN_RISK)
def reopen(risk: Risk, entry: ReasonEntry, *, on: date) -> None:
    """Take up a closed or accepted risk again; an acceptance ends with that."""
    if risk.state not in (RiskState.CLOSED, RiskState.ACCEPTED):
        raise RuleBroken(N_("Only a closed or accepted risk is reopened."))
    refuse_if(reason_problems(entry))
    for name in ACCEPTANCE:
        setattr(risk, name, None)
    _set(risk, RiskState.IDENTIFIED if risk.level is None else RiskState.ASSESSED, entry)
    db.session.add(as_held(risk, Occasion.REOPENED, entry.state_reason, on=on))


def _set(risk: Risk, state: RiskState, entry: ReasonEntry) -> None:
    risk.state, risk.state_reason = state, entry.state_reason
    db.session.flush()
