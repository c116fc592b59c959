"""What is kept of each area: for every record of the scope the areas that it belongs to."""

from sqlalchemy import Select, func, select

from prepare.actor import Scope
from prepare.models.organisations import Organisation
from prepare.queries.scopes import bound_by, within
from risks.models.inputs import ResidentInput
from risks.models.measures import Measure
from risks.models.networks import Network
from risks.models.phenomena import Phenomenon, Signal
from risks.queries.networks import OPEN
from risks.vocabulary.measures import OPEN_STATES
from risks.vocabulary.phenomena import PhenomenonState


def of_networks(scope: Scope) -> Select[tuple[str, ...]]:
    """The areas of each network that works."""
    rows = select(Network.areas).join(Organisation, Organisation.id == Network.organisation_id)
    bound = bound_by(scope, Network.confidentiality, open_below=Network.open_below)
    return rows.where(bound, Network.state.in_(OPEN), Network.areas != ())


def of_phenomena(scope: Scope) -> Select[tuple[str, ...]]:
    """The areas of each phenomenon that is followed."""
    rows = select(Phenomenon.areas).join(Organisation, Organisation.id == Phenomenon.organisation_id)
    bound = bound_by(scope, Phenomenon.confidentiality, open_below=Phenomenon.open_below)
    return rows.where(bound, Phenomenon.state == PhenomenonState.OPEN, Phenomenon.areas != ())


def of_measures(scope: Scope) -> Select[str | None, int]:
    """How many open measures each area has."""
    rows = select(Measure.area, func.count(Measure.id)).join(Organisation, Organisation.id == Measure.organisation_id)
    rows = rows.where(within(scope, Measure.confidentiality), Measure.state.in_(OPEN_STATES))
    return rows.where(Measure.area.is_not(None)).group_by(Measure.area)


def of_signals(scope: Scope) -> Select[str | None, int]:
    """How many signals each area has."""
    rows = select(Signal.area, func.count(Signal.id)).join(Organisation, Organisation.id == Signal.organisation_id)
    return rows.where(within(scope, Signal.confidentiality), Signal.area.is_not(None)).group_by(Signal.area)


def of_inputs(scope: Scope) -> Select[str | None, int, int | None]:
    """How often residents of each area were heard, and how many took part; None is unknown."""
    one = ResidentInput
    rows = select(one.area, func.count(one.id), func.sum(one.participants))
    rows = rows.join(Organisation, Organisation.id == one.organisation_id)
    rows = rows.where(bound_by(scope, one.confidentiality, open_below=one.open_below), one.area.is_not(None))
    return rows.group_by(one.area)
