"""O1, survivability: which vital functions come through each scenario. It is reported beside the score, not in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from continuity.scoring.indicator import Indicator, Item, Row
from continuity.scoring.vocabulary import weight_of
from prepare.registration import VITAL
from prepare.texts import N_
from prepare.vocabulary import Criticality


@dataclass(frozen=True)
class OutageFacts:
    """What a scenario does to one function; times in hours, None is unknown."""

    item: Item
    criticality: Criticality | None
    outage_h: float  #: the longest outage; 0 = it is never down
    mtpd_h: float | None


def survives(case: OutageFacts) -> Row | None:
    """O1: whether a K1-K2 function is out for no longer than its MTPD."""
    if case.criticality not in VITAL:
        return None
    weight, values = weight_of(case.criticality), {"outage": case.outage_h, "mtpd": case.mtpd_h}
    if not case.outage_h:
        return Row(case.item, weight, 1, N_("It is never down."))
    if case.mtpd_h is None:
        return Row(case.item, weight, 0, N_("Down for %(outage)s; its MTPD is unknown."), values, unknown=True)
    if case.outage_h <= case.mtpd_h:
        return Row(case.item, weight, 1, N_("Down for %(outage)s; tolerable for %(mtpd)s."), values)
    return Row(case.item, weight, 0, N_("Down for %(outage)s; tolerable for only %(mtpd)s."), values)


def survivability(cases: Iterable[OutageFacts]) -> Indicator:
    """O1 of one scenario."""
    return Indicator(None, tuple(row for row in map(survives, cases) if row))
