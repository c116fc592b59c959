"""A decision becomes a measure, which then goes its own way."""

from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.models.organisations import Organisation
from risks import meetings as rules
from risks.entries.measures import MeasureEntry
from risks.models.bodies import Decision
from risks.models.measures import Measure
from risks.register import measures
from risks.vocabulary.measures import MeasureSource


@act(Action.MEASURE_DECISION)
def make_measure(decision: Decision) -> Measure:
    """Make a measure of an open decision, for the organisation that carries it out. Raises RuleBroken as the rules do.

    The measure keeps the code of the meeting, and the decision the measure. What a partner carries out is followed by
    the city.
    """
    refuse_if(rules.measure_problems(decision.state, has_measure=decision.measure_id is not None))
    body = decision.meeting.body
    entry = MeasureEntry(
        name_fi=rules.name_from(decision.text),
        source=MeasureSource.MEETING,
        source_code=decision.meeting.code,
        level=body.level,
        owner_role=decision.owner_role,
        due=decision.due,
        confidentiality=body.confidentiality,
        secrecy_basis=body.secrecy_basis,
    )
    decision.measure = measures.add(_owner(decision, body.organisation), entry)
    db.session.flush()
    return decision.measure


def _owner(decision: Decision, city: Organisation) -> Organisation:
    named = decision.organisation
    return named if named and named.kind.is_own else city
