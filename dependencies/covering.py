"""How agreements cover dependencies on partners: which lines are bound to be served in a disruption, and how soon."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from dependencies import agreements
from dependencies.agreements import Terms
from dependencies.vocabulary import AgreementKind, Clause, Cover, Validity

#: What binds the other side to deliver, so that a time for the recovery can be asked of it.
DELIVERIES = frozenset({AgreementKind.COOPERATION, AgreementKind.SERVICE_BOUGHT, AgreementKind.SERVICE_SOLD})
#: From the best to the worst: the best agreement under a line counts.
ORDER = (Cover.COVERED, Cover.PARTLY, Cover.UNKNOWN, Cover.NOT)


class Promises(Terms, Protocol):
    """What is asked of an agreement that is to cover something."""

    @property
    def kind(self) -> AgreementKind:
        """What sort of agreement it is."""

    @property
    def preparedness_clause(self) -> Clause | None:
        """Whether it binds the other side to prepare."""

    @property
    def recovery_time_stated(self) -> bool | None:
        """Whether it promises when the service is back."""


def expects_time(kind: AgreementKind, clause: Clause | None) -> bool:
    """Whether a recovery time can be asked of such an agreement."""
    return kind in DELIVERIES and clause is not Clause.NA


def cover_by(agreement: Promises, on: date) -> Cover:
    """How one agreement covers what rests on it on the day `on`.

    In force with a preparedness clause and a recovery time, it covers; without one of them only in part. What nobody
    has recorded leaves it unknown.
    """
    stands = agreements.validity(agreement, on)
    if stands in agreements.NOT_BINDING:
        return Cover.UNKNOWN if stands is Validity.UNKNOWN else Cover.NOT
    asked: list[bool | None] = []
    clause = agreement.preparedness_clause
    asked.append(None if clause is None else clause is not Clause.NO)
    if expects_time(agreement.kind, clause):
        asked.append(agreement.recovery_time_stated)
    if False in asked:
        return Cover.PARTLY
    return Cover.UNKNOWN if None in asked else Cover.COVERED


def cover(under: Iterable[Promises], on: date) -> Cover:
    """How a line is covered by the agreements under it: as by the best of them; by none at all it is not covered."""
    return min((cover_by(one, on) for one in under), key=ORDER.index, default=Cover.NOT)
