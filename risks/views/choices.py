"""What the forms and filters of this package offer."""

from collections.abc import Sequence
from typing import Any

from flask import abort

from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.models.functions import Function
from prepare.models.organisations import Organisation
from prepare.queries import functions, organisations
from prepare.texts import name_of
from prepare.views import choosing
from prepare.vocabulary import CodeList, OrganisationKind
from risks.forms.risks import RiskForm
from risks.forms.scenarios import ScenarioForm
from risks.models import scales
from risks.queries import scenarios as scenario_queries
from risks.treatment import PLACES

Choices = list[tuple[str, str]]


def codes(kind: CodeList, *, with_code: bool) -> Choices:
    """The items of a code list, in its order."""
    items = db.session.scalars(organisations.codes(kind))
    return [(item.code, f"{item.code} {name_of(item)}" if with_code else name_of(item)) for item in items]


def offer_codes(field: Any, kind: CodeList, *, with_code: bool) -> None:
    """Let a field choose among the codes in force, and the one that the record carries though it is out of use."""
    options, held = codes(kind, with_code=with_code), field.object_data
    kept = [(held, held)] if held and held not in dict(options) else []
    field.offer([*options, *kept])


def code_name(kind: CodeList, code: str | None) -> str | None:
    """A code with its name; the bare code when the list does not have it."""
    return dict(codes(kind, with_code=True)).get(code, code) if code else None


def scenarios() -> Choices:
    """The scenarios that the acting person reads."""
    found = db.session.scalars(scenario_queries.scenarios(actor.current().scope))
    return [(scenario.code, f"{scenario.code} {name_of(scenario)}") for scenario in found]


def affected(owners: Sequence[Organisation], kept: Sequence[Function] = ()) -> Choices:
    """The functions of these organisations, and those that are chosen already."""
    scope = actor.current().scope
    rows = functions.kept_by(scope, [owner.id for owner in owners], [function.id for function in kept])
    return [(f.code, f"{f.code} {name_of(f)}") for f in db.session.scalars(functions.ordered(rows, "code"))]


def keepers(action: Action) -> list[Organisation]:
    """The city group's organisations for which the acting person may do this; 404 where there is none."""
    who = actor.current()
    return [o for o in choosing.organisations().values() if may(who, action, o)] or abort(404)


def binding(action: Action) -> list[Organisation]:
    """As `keepers`, but only cities and what stands above them: what they keep binds everything below."""
    own = keepers(action)
    above = [o for o in own if not any(other is not o and o.path.startswith(other.path) for other in own)]
    return [o for o in own if o.kind is OrganisationKind.CITY or o in above]


def labelled(owners: Sequence[Organisation]) -> Choices:
    """Organisations as a form offers them."""
    return [(owner.code, name_of(owner)) for owner in owners]


def topmost(owners: Sequence[Organisation]) -> Organisation:
    """The one that stands highest in the tree: what a person who keeps several most often writes for."""
    return min(owners, key=lambda owner: (owner.path.count("/"), owner.code))


def offer(form: RiskForm, owners: Sequence[Organisation], kept: Sequence[Function] = ()) -> RiskForm:
    """Give a risk's form its choices."""
    offer_codes(form.threat, CodeList.THREAT, with_code=True)
    offer_codes(form.area, CodeList.AREA, with_code=False)
    form.scenario.offer(scenarios())
    form.functions.offer(affected(owners, kept))
    offer_steps(form)
    return form


def offer_steps(form: RiskForm) -> None:
    """Give a risk's form the steps of the city's scale."""
    scale = scales.in_force()
    likelihoods = [(step, scale.likelihood_label(step)) for step in scale.likelihood_steps]
    impacts = [(step, scale.impact_label(step)) for step in scale.impact_steps]
    for likelihood, impact in PLACES:
        form[likelihood].offer(likelihoods)
        form[impact].offer(impacts)


def offer_lists(form: ScenarioForm) -> None:
    """Give a scenario's form the items of its code lists."""
    offer_codes(form.threat, CodeList.THREAT, with_code=True)
    offer_codes(form.area, CodeList.AREA, with_code=False)
