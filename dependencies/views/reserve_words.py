"""Reserves, claims and balances in words: sentences and table rows in the current language."""

from types import SimpleNamespace
from typing import Any

from flask import url_for

from dependencies.analysing.reserve_balances import Weighed, stock
from dependencies.models.reserves import Reserve, ReserveClaim
from dependencies.outcome import HORIZON_H, in_hours
from dependencies.reserving.balance import Share, Stretch
from dependencies.reserving.picture import drawn
from dependencies.reserving.vocabulary import ClaimTrigger, Consent, ReserveUse, Sufficiency
from dependencies.views.shown import shown
from dependencies.views.told import at
from prepare import actor
from prepare.access import Action, may
from prepare.texts import _, hours, name_of, number

TONES = {Sufficiency.SHORT: "bad", Sufficiency.LATE: "warn", Sufficiency.ENOUGH: "ok"}
CONSENT_TONES = {Consent.AGREED: "ok", Consent.REFUSED: "bad", Consent.ASKED: "warn"}


def amount(reserve: Reserve) -> str:
    """How much of the reserve there is."""
    return _("unknown") if reserve.quantity is None else reserve.unit.amount(reserve.quantity)


def claim_row(claim: ReserveClaim, *, is_idle: bool = False) -> SimpleNamespace:
    """A claim as the acting person may see it: a function of others may have no name, and a reserve too."""
    who, reserve = actor.current(), claim.reserve
    opens = actor.readable(who, reserve)
    return SimpleNamespace(
        claim=claim,
        function=shown(claim.function),
        reserve=f"{reserve.code} {name_of(reserve)}" if opens else _("a reserve outside your view"),
        reserve_url=url_for("dependencies.reserve", ref=reserve.ref) if opens else None,
        amount=_("unknown") if claim.quantity is None else claim.unit.amount(claim.quantity, per_hour=claim.per_hour),
        loss=loss(claim),
        time=_time(claim),
        tone=CONSENT_TONES[claim.consent],
        is_idle=is_idle,
        may_answer=may(who, Action.AGREE_CLAIM, claim),
        may_edit=may(who, Action.EDIT_CLAIM, claim),
    )


def loss(claim: ReserveClaim) -> str:
    """In which loss the function takes the reserve into use."""
    if claim.trigger is ClaimTrigger.LOSS and claim.lost:
        return _("Loss of: %(what)s", what=claim.lost.label)
    if claim.trigger is ClaimTrigger.SUPPLIER and claim.supplier:
        return _("Loss of: %(what)s", what=shown(claim.supplier).label)
    return claim.trigger.label


def _time(claim: ReserveClaim) -> str:
    since = _("from %(time)s on", time=hours(claim.from_h)) if claim.from_h else _("at once")
    return since if claim.for_h is None else f"{since}, {_('for %(time)s', time=hours(claim.for_h))}"


def weighed(one: Weighed) -> SimpleNamespace:
    """A reserve in a scenario as a row: how it stands, what is missing and who is left without."""
    reserve, found, scenario = one.reserve, one.balance, one.course.scenario
    return SimpleNamespace(
        reserve=reserve,
        scenario=scenario,
        status=found.status,
        tone=TONES.get(found.status),
        says=says(one),
        since=None if found.short_from is None else at(found.short_from),
        missing=missing(one),
        left=[_named(one, share) for share in found.left_without],
        url=url_for("dependencies.reserve", ref=reserve.ref, scenario=scenario.code, _anchor="scenario"),
    )


def missing(one: Weighed) -> str | None:
    """How much is missing; None when nothing certainly is."""
    if one.balance.short_from is None:
        return None
    told = one.reserve.unit.amount(one.balance.missing)
    return _("at least %(amount)s", amount=told) if one.balance.at_least else told


def says(one: Weighed) -> str:
    """How a reserve stands in a scenario, in a sentence."""
    found, reserve = one.balance, one.reserve
    if found.status is Sufficiency.SHORT:
        message = _("%(amount)s is missing at worst, between %(since)s and %(until)s.")
        if reserve.use is ReserveUse.CONSUMABLE:
            message = _("It runs out after %(since)s; by %(until)s, %(amount)s has been missing in all.")
        return message % {"amount": missing(one), "since": moment(found.short_from), "until": moment(found.short_until)}
    if found.status is Sufficiency.LATE:
        return _(
            "It is wanted after %(since)s, but in use only after %(ready)s.",
            since=moment(found.short_from),
            ready=moment(found.ready),
        )
    if found.status is Sufficiency.UNKNOWN:
        if reserve.quantity is None:
            return _("Nobody has said how much of it there is.")
        return _("Nobody has said how soon it is in use, or how much somebody counts on.")
    if found.status is Sufficiency.ENOUGH:
        return _("All who count on it in this scenario are served.")
    return _("Nobody loses what the reserve is kept for.")


def moment(minute: int | None) -> str:
    """An hour of the scenario; what is not over within a year says so."""
    if minute is None:
        return _("unknown")
    if minute >= HORIZON_H * 60:
        return _("more than a year")
    return _("0 h") if minute == 0 else hours(in_hours(minute))


def picture(one: Weighed) -> SimpleNamespace:
    """The reserve in one scenario: the picture with its marks in words, the same as a table, and who would get what."""
    found = drawn(stock(one.reserve), one.balance)
    return SimpleNamespace(
        drawn=found,
        hours=[(mark.at, moment(int(mark.value * 60))) for mark in found.hours] if found else [],
        amounts=[(mark.at, number(mark.value)) for mark in found.amounts] if found else [],
        rows=[_stretch(one, stretch) for stretch in one.balance.stretches],
        shares=[_share(one, share) for share in one.balance.shares],
        is_consumable=one.reserve.use is ReserveUse.CONSUMABLE,
        **vars(weighed(one)),
    )


def _stretch(one: Weighed, stretch: Stretch) -> SimpleNamespace:
    unit = one.reserve.unit
    return SimpleNamespace(
        since=moment(stretch.start),
        until=moment(stretch.end),
        wanted=unit.amount(stretch.wanted),
        there=unit.amount(stretch.there),
        missing=unit.amount(stretch.missing) if stretch.missing else None,
    )


def _share(one: Weighed, share: Share) -> SimpleNamespace:
    unit, claim = one.reserve.unit, one.claims[share.draw.key]

    def told(value: float | None) -> str:
        return _("unknown") if value is None else unit.amount(value)

    return SimpleNamespace(
        function=shown(claim.function),
        criticality=claim.function.criticality,
        priority=claim.priority,
        wanted=told(share.wanted),
        given=told(share.given),
        since=None if share.short_from is None else moment(share.short_from),
    )


def _named(one: Weighed, share: Share) -> str:
    return shown(one.claims[share.draw.key].function).label


def answered(record: Any) -> str | None:
    """What the owner has answered, by whom and when; None when there is nothing but the answer itself."""
    return ", ".join(filter(None, [record.answered_by, record.answer])) or None
