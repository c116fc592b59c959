"""What rests on an agreement: which functions lose which supplier without it, and whether its promise is enough."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from dependencies import promises
from dependencies.analysing import agreements as queries
from dependencies.models.agreements import Agreement
from dependencies.models.needs import Dependency, Need
from dependencies.views.shown import Named, shown
from prepare import actor
from prepare.access import Action, may
from prepare.db import db
from prepare.models.functions import Function
from prepare.texts import _, hours, ngettext
from prepare.vocabulary import Criticality

MOST_NEEDS = 100  #: needs that a page tells of
TRACED_H = 72  #: for how long the loss of the services is supposed
MOST_TRACED = 10


@dataclass(frozen=True)
class Line:
    """A need of a vital function that rests on an agreement: who is lost without it, and who goes on."""

    need: Need
    lost: tuple[Dependency, ...]
    left: tuple[Dependency, ...]

    @property
    def fall(self) -> promises.Fall:
        """What happens to the need without the agreement."""
        return promises.Fall(len(self.lost), len(self.left), self.need.min_required)

    @property
    def is_alone(self) -> bool:
        """Whether those that go on are too few."""
        return not self.fall.holds

    @property
    def consumer(self) -> Named:
        """The function, as the person may see it."""
        return shown(self.need.consumer)

    @property
    def suppliers(self) -> list[Named]:
        """Those that are lost, as the person may see them."""
        return [shown(one.supplier) for one in self.lost]

    @property
    def criticality(self) -> Criticality | None:
        """Class of the function."""
        return self.need.consumer.criticality

    @property
    def tolerance_h(self) -> float:
        """How long the function manages, with what is particular to the suppliers that are lost."""
        return self.need.tolerance_h + min((one.extra_tolerance_h for one in self.lost), default=0.0)

    @property
    def needed_h(self) -> float | None:
        """Within how many hours the service must be back."""
        return promises.needed_h(self.need.consumer.rto_h, self.tolerance_h)

    @property
    def told(self) -> str:
        """What happens to the function if the agreement ended tomorrow and the services with it."""
        if self.fall.holds:
            names = ", ".join(shown(one.supplier).label for one in self.left)
            return _("Goes on: %(others)s serve the same need.", others=names)
        if self.left:
            left = _(
                "%(left)s of the %(required)s suppliers that it needs are left",
                left=len(self.left),
                required=self.need.min_required,
            )
        else:
            left = _("It has nobody else")
        if not self.tolerance_h:
            return _("%(left)s: it stops at once.", left=left)
        return _("%(left)s: it stops after %(hours)s.", left=left, hours=hours(self.tolerance_h))


@dataclass(frozen=True)
class Promise:
    """What is said of a service: by itself, by the agreement, and by those who need it."""

    service: Named
    committed_h: float | None
    is_told: bool  #: whether the person may read what the service says
    promised_h: float | None
    needed_h: float | None
    late: tuple[Line, ...]

    @property
    def verdict(self) -> tuple[str, str]:
        """What the figures mean, and how serious it is: ok, warn, bad, or nothing."""
        if self.promised_h is None:
            return _("No hours promised: nobody can be held to any."), "warn"
        if self.late:
            codes = ", ".join(dict.fromkeys(one.need.consumer.code for one in self.late))
            return _("Too late for %(codes)s.", codes=codes), "bad"
        if self.committed_h is not None and self.committed_h < self.promised_h:
            return _("The plans count on %(hours)s, which nobody has promised.", hours=hours(self.committed_h)), "warn"
        return (_("Soon enough, as far as you may see."), "ok") if self.needed_h is not None else ("", "")


def resting(agreement: Agreement) -> dict[str, Any]:
    """What an agreement's page says of the functions that rest on it, by four questions."""
    scope, covered = actor.current().scope, set(db.session.scalars(queries.lines(agreement)))
    found = db.session.scalars(queries.needs_resting(scope, agreement).limit(MOST_NEEDS + 1)).all()
    lines = [_line(need, covered) for need in found[:MOST_NEEDS]]
    lost = [line for line in lines if line.is_alone]
    return {
        "lines": lines,
        "more": len(found) > MOST_NEEDS,
        "fallen": _fallen(lost),
        "promised": _promised(agreement, lines),
        "trace": _trace(lines),
    }


def _line(need: Need, covered: set[int]) -> Line:
    in_force = need.in_force
    lost = tuple(one for one in in_force if one.id in covered)
    return Line(need, lost, tuple(one for one in in_force if one.id not in covered))


def _fallen(lost: Sequence[Line]) -> str:
    """In one sentence: how many vital functions would lose something that nobody else serves."""
    vital = {line.need.consumer_id for line in lost if line.criticality is Criticality.K1}
    others = {line.need.consumer_id for line in lost} - vital
    told = [
        ngettext("%(n)s function of class K1", "%(n)s functions of class K1", len(vital)) if vital else "",
        ngettext("%(n)s of class K2", "%(n)s of class K2", len(others)) if others else "",
    ]
    return ", ".join(filter(None, told))


def _promised(agreement: Agreement, lines: Sequence[Line]) -> list[Promise]:
    """Each service that is covered, or that a line over an interface brings with it."""
    by_service: dict[int, list[Line]] = defaultdict(list)
    services: dict[int, Function] = {one.id: one for one in agreement.functions}
    for line in lines:
        for one in line.lost:
            services.setdefault(one.supplier_id, one.supplier)
            by_service[one.supplier_id].append(line)
    return [_promise(agreement, service, by_service[number]) for number, service in services.items()]


def _promise(agreement: Agreement, service: Function, lines: Sequence[Line]) -> Promise:
    named = shown(service)
    late = promises.too_late(agreement.recovery_h, lines)
    committed = service.committed_recovery_h if named.opens else None
    return Promise(named, committed, named.opens, agreement.recovery_h, promises.strictest(lines), tuple(late))


def _trace(lines: Sequence[Line]) -> str | None:
    """The address that supposes the loss of the services together, hour by hour; None when there is nothing to lose."""
    named = {one.function.code: None for line in lines for one in line.suppliers if one.function}
    if not named or not may(actor.current(), Action.TRACE_SCENARIO):
        return None
    return url_for("dependencies.trace", hit=[f"{code}:0:{TRACED_H}" for code in list(named)[:MOST_TRACED]])
