"""Setting the city's risk scale; every risk is weighed anew by it."""

from datetime import date

from sqlalchemy import select

from prepare import audit
from prepare.access import Action, act
from prepare.db import db
from prepare.errors import refuse_if
from prepare.merging import Seen, refuse_stale
from prepare.models.organisations import Organisation
from risks import matrix, scaling
from risks.entries.scales import ScaleEntry, of_scale
from risks.matrix import Scale, Step
from risks.models import scales
from risks.models.risks import Risk
from risks.models.scales import STEP_COLUMNS, RiskScale, RiskScaleStep
from risks.register.risks import as_held
from risks.treatment import PLACES
from risks.vocabulary.risks import Occasion
from risks.vocabulary.scales import Axis


@act(Action.SCALE_RISK)
def set_scale(city: Organisation, entry: ScaleEntry, *, seen: Seen[ScaleEntry] | None, on: date) -> int:
    """Take a scale into use for the whole installation; gives how many risks changed their level or their steps.

    Where the number of steps changes, every risk is carried over in proportion. Raises StaleEntry if somebody else set
    the scale meanwhile, and RuleBroken with every rule that the scale breaks.
    """
    refuse_stale(seen, seen_now())
    refuse_if(scaling.problems(entry))
    old = scales.in_force()
    _keep(city, entry)
    scales.forget(db.session())
    new = scales.in_force()
    risks = list(db.session.scalars(select(Risk).order_by(Risk.id)))
    changed = [risk for risk in risks if _carry(risk, old, new)]
    db.session.flush()
    db.session.add_all([as_held(risk, Occasion.RESCALED, None, on=on) for risk in changed])
    db.session.flush()
    audit.note(city, {"risks": [len(risks), len(changed)]})
    return len(changed)


def seen_now() -> Seen[ScaleEntry]:
    """What a person sees who sets the scale now."""
    return Seen(of_scale(scales.in_force()))


def _keep(city: Organisation, entry: ScaleEntry) -> None:
    scale = db.session.scalars(select(RiskScale).order_by(RiskScale.id)).first()
    values = {name: getattr(entry, name) for name in (*scaling.BEGINNINGS, "guard_from")}
    if scale is None:
        scale = RiskScale(organisation=city, **values)
        db.session.add(scale)
    for name, value in values.items():
        setattr(scale, name, value)
    for axis, steps in ((Axis.LIKELIHOOD, entry.likelihoods), (Axis.IMPACT, entry.impacts)):
        _keep_steps(scale, axis, steps)
    db.session.flush()


def _keep_steps(scale: RiskScale, axis: Axis, steps: tuple[Step, ...]) -> None:
    held = {step.number: step for step in scale.steps if step.axis is axis}
    for number, step in enumerate(steps, start=1):
        values = {name: getattr(step, name) for name in STEP_COLUMNS} | {"retired": False}
        if number in held:
            for name, value in values.items():
                setattr(held[number], name, value)
        else:
            scale.steps.append(RiskScaleStep(axis=axis, number=number, **values))
    for number in held.keys() - set(range(1, len(steps) + 1)):
        held[number].retired = True


def _carry(risk: Risk, old: Scale, new: Scale) -> bool:
    """Move a risk's places onto the new scale; whether anything of it changed."""
    before = _places(risk)
    for likelihood, impact in PLACES:
        for name, was, now in (
            (likelihood, old.likelihoods, new.likelihoods),
            (impact, old.impacts, new.impacts),
        ):
            setattr(risk, name, matrix.moved(getattr(risk, name), len(was), len(now)))
    risk.level = new.level_of(risk.likelihood, risk.impact)
    risk.residual_level = new.level_of(risk.residual_likelihood, risk.residual_impact)
    return before != _places(risk)


def _places(risk: Risk) -> list[int | None]:
    return [*(getattr(risk, name) for pair in PLACES for name in pair), risk.level, risk.residual_level]
