"""What an agreement promises, held against what those who rest on it need (cascade.md 2.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from prepare.registration import VITAL
from prepare.vocabulary import Criticality


class Demand(Protocol):
    """What is asked of a need that rests on an agreement."""

    @property
    def criticality(self) -> Criticality | None:
        """Class of the function that needs the service."""

    @property
    def needed_h(self) -> float | None:
        """Within how many hours the service must be back; None = unknown."""

    @property
    def is_alone(self) -> bool:
        """Whether nothing else serves the need when the agreement's services are gone."""


D = TypeVar("D", bound=Demand)


@dataclass(frozen=True)
class Demanded:
    """A need that rests on an agreement, as figures; `label` names its function."""

    label: str
    criticality: Criticality | None
    needed_h: float | None
    is_alone: bool


@dataclass(frozen=True)
class Fall:
    """What happens to a need when everything that rests on an agreement is gone."""

    lost: int  #: suppliers that are gone
    left: int  #: suppliers that go on
    required: int  #: how many the need requires

    @property
    def holds(self) -> bool:
        """Whether those that go on are enough."""
        return self.left >= self.required


def needed_h(rto_h: float | None, tolerance_h: float) -> float | None:
    """Within how many hours a service must be back so that a function keeps its objective: RTO and tolerance together.

    Restart times come on top, and are left out as in the achievable recovery time.
    """
    return None if rto_h is None else rto_h + tolerance_h


def too_late(promised_h: float | None, needs: Iterable[D]) -> list[D]:
    """The needs of K1 and K2 functions that fail although the promise is kept: it comes later than they need it.

    A need that others serve as well does not fail by it; what is not known is not counted.
    """
    if promised_h is None:
        return []
    vital = (one for one in needs if one.criticality in VITAL and one.is_alone)
    return [one for one in vital if one.needed_h is not None and promised_h > one.needed_h]


def strictest(needs: Sequence[Demand]) -> float | None:
    """The shortest time within which any of the needs wants the service back; None when none of them says so."""
    return min((one.needed_h for one in needs if one.needed_h is not None), default=None)
