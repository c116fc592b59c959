"""Every change to the situations: opening, logging, agreeing, presenting, closing, learning."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from continuity import situations as rules
from continuity.entries.situations import (
    SITUATION_COLUMNS,
    AgreementEntry,
    ClosingEntry,
    LogEntry,
    ObservationEntry,
    PresentationEntry,
    SituationEntry,
    of_situation,
)
from continuity.models.situations import PictureEntry, Situation
from continuity.vocabulary.situations import SituationState
from prepare import actor
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import RuleBroken, refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from prepare.register.codes import next_code
from prepare.texts import N_
from risks.entries.measures import MeasureEntry
from risks.meetings import name_from
from risks.models.measures import Measure
from risks.models.scenarios import Scenario
from risks.queries import scenarios as scenario_queries
from risks.register import measures
from risks.vocabulary.measures import MeasureKind, MeasureSource


@act(Action.OPEN_SITUATION)
def open_(organisation: Organisation, entry: SituationEntry, *, now: datetime) -> Situation:
    """Open a situation of the city, under the next free code. Raises RuleBroken with every broken rule."""
    refuse_if(rules.problems(entry, now=now))
    scenario = _scenario(entry.scenario)
    situation = Situation(code=next_code(Situation.code, "SI-"), organisation=organisation, opened_at=now)
    db.session.add(situation)
    _fill(situation, entry, scenario)
    return situation


@act(Action.EDIT_SITUATION)
def edit(situation: Situation, entry: SituationEntry, *, seen: Seen[SituationEntry] | None, now: datetime) -> Situation:
    """Change what a situation is about. Raises StaleEntry if it has changed since, and RuleBroken."""
    refuse_stale(seen, seen_now(situation))
    refuse_if(rules.problems(entry, now=now))
    _fill(situation, entry, _scenario(entry.scenario))
    return situation


def seen_now(situation: Situation) -> Seen[SituationEntry]:
    """What a person sees who edits the situation now."""
    return Seen(of_situation(situation))


def _fill(situation: Situation, entry: SituationEntry, scenario: Scenario | None) -> None:
    for name in SITUATION_COLUMNS:
        setattr(situation, name, getattr(entry, name))
    situation.scenario = scenario
    db.session.flush()


def _scenario(code: str | None) -> Scenario | None:
    if code is None:
        return None
    rows = scenario_queries.scenarios(actor.current().scope).where(Scenario.code == code)
    found = db.session.scalars(rows).one_or_none()
    if found is None:
        raise RuleBroken(N_("There is no such scenario."), field="scenario")
    return found


@act(Action.LOG_SITUATION)
def log(situation: Situation, entry: LogEntry, *, now: datetime, corrects: PictureEntry | None = None) -> PictureEntry:
    """Add to the picture; two people may do so at once. Raises RuleBroken with every broken rule.

    What was wrong stays, and is corrected by an entry that names it.
    """
    refuse_if(rules.log_problems(entry, situation.state, now=now))
    last = select(func.max(PictureEntry.number)).where(PictureEntry.situation_id == situation.id)
    written = PictureEntry(
        situation=situation,
        number=(db.session.scalar(last) or 0) + 1,
        at=entry.at or now,
        written_at=now,
        author_id=actor.current().user_id,
        source=entry.source,
        text=entry.text,
        reliability=entry.reliability,
        corrects_id=corrects.id if corrects else None,
    )
    db.session.add(written)
    db.session.flush()
    return written


@act(Action.ADVANCE_SITUATION)
def advance(situation: Situation, observations: Sequence[ObservationEntry]) -> None:
    """Say that the picture has been shared, or, once it is closed, that its lessons are settled. Raises RuleBroken."""
    situation.state = rules.advance(situation.state, observations)
    db.session.flush()


@act(Action.AGREE_SITUATION)
def agree(situation: Situation, entry: AgreementEntry, organisation: Organisation) -> Measure:
    """Keep a measure that was agreed on, of the organisation that answers for it. Raises RuleBroken."""
    refuse_if(rules.agreement_problems(entry, situation.state))
    measure = measures.add(
        organisation,
        MeasureEntry(
            name_fi=name_from(entry.text),
            kind=MeasureKind.CORRECTIVE,
            source=MeasureSource.SITUATION,
            source_code=situation.code,
            owner_role=entry.owner_role,
            due=entry.due,
            confidentiality=situation.confidentiality,
            secrecy_basis=situation.secrecy_basis,
        ),
    )
    situation.state = rules.reached(situation.state, SituationState.MEASURES_AGREED)
    db.session.flush()
    return measure


@act(Action.PRESENT_SITUATION)
def present(situation: Situation, entry: PresentationEntry, *, now: datetime) -> None:
    """Record to whom the situation was presented, and when. Raises RuleBroken with every broken rule."""
    refuse_if(rules.presentation_problems(entry, situation.state, now=now))
    situation.presented_to, situation.presented_at = entry.presented_to, entry.presented_at or now
    situation.state = rules.reached(situation.state, SituationState.PRESENTED)
    db.session.flush()


@act(Action.CLOSE_SITUATION)
def close(situation: Situation, entry: ClosingEntry, *, now: datetime) -> None:
    """End a situation, with what is to be remembered of it. Raises RuleBroken with every broken rule."""
    refuse_if(rules.closing_problems(entry, situation.state, began_at=situation.began_at, now=now))
    situation.closed_at, situation.lessons = entry.closed_at or now, entry.lessons
    situation.state = SituationState.CLOSED
    db.session.flush()
