"""One dependency as both sides see it: what each has signed, side by side, and what the person may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask import url_for

from dependencies import confirming
from dependencies.analysing import confirmations as reading
from dependencies.analysing import partners
from dependencies.analysing.confirmations import Latest
from dependencies.confirming import Judged
from dependencies.models.confirmations import Statement
from dependencies.models.interfaces import Interface
from dependencies.models.needs import Dependency
from dependencies.register import confirmations as register
from dependencies.views.shown import Named, shown
from dependencies.vocabulary import Accord, StatementKind
from prepare import actor
from prepare.access import Action, may
from prepare.clock import today
from prepare.db import db
from prepare.insets import Task, TaskKind
from prepare.models.functions import Function
from prepare.queries.pages import page
from prepare.texts import _, name_of, ngettext, number
from prepare.vocabulary import Confidentiality

ANSWER_MINUTES, SETTLE_MINUTES = 3, 15
CARDS = 20  #: on an interface's page, before it leads to the list
BAR = 160  #: length of the longest bar of the picture


@dataclass(frozen=True)
class Card:
    """A dependency with what both sides have signed. `asked_on`: since when its supplier has been asked."""

    dependency: Dependency
    consumer: Named
    supplier: Named
    who: str  #: who needs it, as far as the person may know
    need: Statement | None
    delivery: Statement | None
    judged: Judged
    suggested_h: float | None
    asked_on: date | None
    may_need: bool
    may_deliver: bool
    may_ask: bool

    @property
    def what(self) -> str:
        """What is needed, in the words of whoever needs it when the person may read them."""
        return self.dependency.need.name if self.consumer.function else self.dependency.kind.label

    @property
    def until(self) -> date | None:
        """The last day on which what both have signed holds, or held; None while a signature is missing."""
        signed = [one.stated_on for one in (self.need, self.delivery) if one is not None]
        criticality = self.dependency.need.consumer.criticality
        return confirming.last_day(min(signed), criticality) if len(signed) == 2 else None

    @property
    def own_word_h(self) -> float | None:
        """What a supplier of the city's own says of itself elsewhere, when it is later than what it signed."""
        supplier, said = self.dependency.supplier, self.delivery
        if said is None or not supplier.owner_is_own:
            return None
        return confirming.differs_from_own(said.hours, supplier.recovery_capability_h, supplier.rto_h)

    @property
    def bars(self) -> tuple[int, int] | None:
        """How long the bars of need and delivery are drawn; None unless both times are known."""
        times = [one.hours for one in (self.need, self.delivery) if one is not None and one.hours is not None]
        if len(times) < 2:
            return None
        longest = max(*times, 0.1)
        return round(BAR * times[0] / longest), round(BAR * times[1] / longest)


def cards(dependencies: Sequence[Dependency]) -> list[Card]:
    """These dependencies with what both sides have signed, as the acting person may see it."""
    latest = reading.latest_of([one.id for one in dependencies])
    return [card(one, latest[one.id]) for one in dependencies]


def card(dependency: Dependency, latest: Latest) -> Card:
    """One dependency with the latest statements of both sides."""
    who, consumer = actor.current(), shown(dependency.need.consumer)
    return Card(
        dependency,
        consumer,
        _own(dependency.supplier) if may(who, Action.DELIVER_CONFIRMATION, dependency) else shown(dependency.supplier),
        _who(dependency, consumer),
        latest.get(StatementKind.NEED),
        latest.get(StatementKind.DELIVERY),
        register.judged(dependency, latest, on=today()),
        register.suggested_h(dependency),
        _asked_on(latest),
        may(who, Action.NEED_CONFIRMATION, dependency),
        may(who, Action.DELIVER_CONFIRMATION, dependency),
        may(who, Action.ASK_CONFIRMATION, dependency),
    )


def _own(function: Function) -> Named:
    """A function for which the person speaks: a partner knows its own service, shown to it or not."""
    return replace(shown(function), function=function)


def _who(dependency: Dependency, consumer: Named) -> str:
    """Who needs it. A partner to whom the interface is shown knows which sector, unless that is secret by law."""
    function, over = dependency.need.consumer, dependency.interface_id
    classes = (function.confidentiality, dependency.confidentiality)
    is_open = Confidentiality.CONFIDENTIAL not in classes and over in actor.current().scope.interfaces
    return consumer.label if consumer.function or not is_open else name_of(function.organisation)


def _asked_on(latest: Latest) -> date | None:
    delivery = latest.get(StatementKind.DELIVERY)
    asked = [latest[kind].stated_on for kind in (StatementKind.NEED, StatementKind.ASK) if kind in latest]
    return next((day for day in asked if delivery is None or day >= delivery.stated_on), None)


def of_interface(interface: Interface) -> dict[str, Any] | None:
    """What both sides have signed of the dependencies that run over an interface; nothing while none does.

    A partner sees no line that is secret by law at either end, not even unnamed: its hours would tell of it.
    """
    found = partners.open_lines(actor.current(), interface)
    rows = db.session.scalars(page(found, Dependency.id, offset=0, limit=CARDS + 1)).all()
    if not rows:
        return None
    shown_cards = cards(rows[:CARDS])
    waits = any(one.may_ask and one.judged.accord in OPEN for one in shown_cards)
    return {"cards": shown_cards, "more": len(rows) > CARDS, "may_ask_all": waits}


#: What is asked for when everything of an interface is.
OPEN = frozenset({Accord.UNSTATED, Accord.WAITS_PROVIDER, Accord.WAITS_CONSUMER, Accord.EXPIRED, Accord.UNKNOWN})


def tasks() -> list[Task]:
    """What waits for the acting person's signature, what does not match, and who has not answered in two weeks."""
    who = actor.current()
    if not may(who, Action.DELIVER_CONFIRMATION):
        return []
    patience = timedelta(days=confirming.PATIENCE_DAYS)
    told = db.session.execute(reading.waiting(who.scope, who.grants, on=today(), since=today() - patience)).one()
    late = _late(told.late, told.asked_on + patience) if told.late else None
    found = [_to_answer(told.to_answer), _to_sign(told.to_sign), _to_settle(told.to_settle), late]
    return [task for task in found if task]


def _to_answer(count: int) -> Task | None:
    text = ngettext("%(n)s dependency waits for your answer", "%(n)s dependencies wait for your answer", count)
    if count > reading.MOST_COUNTED:
        text = _("More than %(n)s dependencies wait for your answer", n=number(reading.MOST_COUNTED))
    detail = _("Say within how many hours you deliver what others count on")
    why = _("Others plan by it: they believe what you have confirmed.")
    return _task(count, text, detail, why, ANSWER_MINUTES)


def _to_sign(count: int) -> Task | None:
    text = ngettext("%(n)s supplier has answered: sign too", "%(n)s suppliers have answered: sign too", count)
    detail = _("Say within how many hours you need it back")
    return _task(count, text, detail, _("Nothing is agreed until both sides have signed."), ANSWER_MINUTES)


def _to_settle(count: int) -> Task | None:
    text = ngettext("%(n)s promise does not meet what is needed", "%(n)s promises do not meet what is needed", count)
    detail = _("Agree with the other side on hours or amount, and sign anew")
    return _task(count, text, detail, _("Both sides plan by different hours."), SETTLE_MINUTES)


def _late(count: int, due: date) -> Task:
    text = ngettext(
        "%(n)s supplier has not answered in two weeks", "%(n)s suppliers have not answered in two weeks", count
    )
    detail, why = _("Ask again, or call them"), _("Until they answer, your recovery rests on a guess.")
    url, minutes = url_for("dependencies.confirmations", wait="late"), ANSWER_MINUTES * count
    return Task(text, detail, url, kind=TaskKind.DUE, why=why, due=due, minutes=minutes, plain=True)


def _task(count: int, text: str, detail: str, why: str, minutes: int) -> Task | None:
    if not count:
        return None
    url = url_for("dependencies.confirmations", wait="me")
    most = min(count, reading.MOST_COUNTED)
    return Task(text, detail, url, kind=TaskKind.DECIDE, why=why, minutes=minutes * most, plain=True)
