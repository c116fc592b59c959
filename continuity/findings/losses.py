"""Rules on what the whole graph shows of a loss: W5, W6, W21."""

from collections.abc import Iterator
from dataclasses import dataclass

from continuity.findings.finding import Finding, Rule, Severity, Thing, lighter, listed, weigh
from prepare.texts import N_, _
from prepare.vocabulary import Criticality

SINGLE_POINT = Rule(
    "W5",
    N_("Its loss alone takes down vital functions within their MTPD: %(functions)s; %(state)s."),
    N_("One failure is enough, and nobody has decided whether to double it, to buffer it or to live with it."),
    N_("Decide what is done about the loss: a measure, an acceptance with a date, or that it lies outside the city."),
    tells_suppliers=True,
)
FALSE_REDUNDANCY = Rule(
    "W6",
    N_("One loss takes all the alternatives: %(needs)s."),
    N_("Two ways that share a cable, a building or a supplier fail together; the reserve exists on paper only."),
    N_("Part the ways so that they share nothing, lengthen the tolerance, or find an alternative of another kind."),
    tells_suppliers=True,
)
CIRCLE = Rule(
    "W21",
    N_("It and others need each other: %(functions)s; %(state)s."),
    N_("When all of them are down, each waits for the others unless somebody knows which one to start by hand."),
    N_("Write the order of the cold start into the plans and exercise it, or bridge one of the needs."),
    tells_suppliers=True,
)


@dataclass(frozen=True)
class LossCase:
    """A single point of failure that nothing has been decided about, as far as the reader may see what it fells."""

    thing: Thing
    fatal: tuple[str, ...]  #: vital functions that are lost within their MTPD, code and name
    has_lapsed: bool = False  #: whether there was a decision that no longer holds


@dataclass(frozen=True)
class DefeatCase:
    """A function whose needs with several ways are defeated by one loss each."""

    thing: Thing
    criticality: Criticality | None
    needs: tuple[tuple[str, str], ...]  #: name of the need, and the common cause


@dataclass(frozen=True)
class CircleCase:
    """Functions that need each other, told of the first of the reader's among them."""

    thing: Thing
    functions: tuple[str, ...]  #: the others, as the reader may name them
    is_locked: bool  #: whether nothing in it starts again without help
    worst_class: Criticality | None = None


def of_loss(case: LossCase) -> Iterator[Finding]:
    """W5: a single point of failure of a vital function is treated, accepted until a day, or a boundary."""
    state = _("the decision about it has lapsed") if case.has_lapsed else _("nothing has been decided about it")
    yield Finding(SINGLE_POINT, Severity.GRAVE, case.thing, {"functions": listed(case.fatal), "state": state})


def of_defeat(case: DefeatCase) -> Iterator[Finding]:
    """W6: no single loss takes all the ways in which a need is met."""
    told = [_("%(need)s (common cause: %(cause)s)", need=need, cause=cause) for need, cause in case.needs]
    yield Finding(FALSE_REDUNDANCY, weigh(case.criticality), case.thing, {"needs": listed(told)})


def of_circle(case: CircleCase) -> Iterator[Finding]:
    """W21: an essential circle has an order in which it is started; one that starts by itself weighs less."""
    weight = weigh(case.worst_class)
    state = (
        _("none of them starts without help") if case.is_locked else _("they start by themselves in the right order")
    )
    severity = weight if case.is_locked else lighter(weight)
    yield Finding(CIRCLE, severity, case.thing, {"functions": listed(case.functions), "state": state})
