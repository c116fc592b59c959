"""An interface for those who must call the other side: who, how, who does what, and at which hour it fails."""

from collections.abc import Sequence
from types import SimpleNamespace

from dependencies import partner_sight
from dependencies import queries as dependency_queries
from dependencies.analysing import agreements as agreement_queries
from dependencies.analysing import interfaces as readings
from dependencies.analysing import partner_effects, partners
from dependencies.analysing.partner_effects import Disruption
from dependencies.interface_vocabulary import Side
from dependencies.models.interfaces import ContactPoint, Interface
from dependencies.partner_sight import Span
from dependencies.tracing import TooFar
from exports.package.gathered import Gathered
from prepare.db import db
from prepare.texts import _, day, hours, name_of


def told(found: Gathered, interface: Interface) -> SimpleNamespace:
    """Everything of an interface that the audience may see."""
    scope = found.who.scope
    return SimpleNamespace(
        interface=interface,
        page=found.page(interface),
        contacts=[_contact(interface, one) for one in db.session.scalars(readings.contacts(scope, interface))],
        tasks=db.session.scalars(readings.tasks(interface)).all(),
        flows=db.session.scalars(readings.flows(interface)).all(),
        agreements=db.session.scalars(agreement_queries.of_interface(scope, interface)).unique().all(),
        lines=_lines(found, interface),
        disruptions=_disruptions(found, interface),
    )


def _contact(interface: Interface, one: ContactPoint) -> SimpleNamespace:
    is_city = one.side is Side.CITY
    return SimpleNamespace(
        contact=one,
        side=_("The city") if is_city else name_of(interface.party),
        is_city=is_city,
        tested=_("tested %(day)s", day=day(one.tested_on)) if one.tested_on else _("never tested"),
        dial=_dialled(one.phone or ""),
    )


def _dialled(phone: str) -> str:
    """The number as a telephone dials it; empty when what is written is no number."""
    number = "".join(letter for letter in phone if letter.isdecimal() or letter == "+")
    plain = all(letter.isdecimal() or letter in "+ ()-" for letter in phone)
    return number if plain and number.isascii() and number.rfind("+") <= 0 and len(number) > 2 else ""


def _lines(found: Gathered, interface: Interface) -> list[tuple[str, str, str]]:
    """What runs over it: who needs what of whom."""
    rows = (
        partners.open_lines(found.who, interface)
        if found.audience.is_partner
        else dependency_queries.carried_by(found.who.scope, interface)
    )
    lines = db.session.scalars(rows).unique()
    return [(found.label(one.need.consumer), one.need.name, found.label(one.supplier)) for one in lines]


def _disruptions(found: Gathered, interface: Interface) -> list[SimpleNamespace]:
    """At which hour of each disruption what runs over it stops; those without an open name are numbered."""
    try:
        every = partner_effects.disruptions(found.who, interface)
    except TooFar:
        return []
    number, told_ = 0, []
    for one in every:
        number += one.scenario is None
        title = name_of(one.scenario) if one.scenario else _("Disruption %(n)s (its name is not open)", n=number)
        told_.append(_disruption(found, one, title))
    return told_


def _disruption(found: Gathered, one: Disruption, title: str) -> SimpleNamespace:
    rows = [
        (
            found.label(effect.dependency.supplier),
            _words(effect.supplier),
            found.label(effect.dependency.need.consumer),
            _words(effect.consumer),
        )
        for effect in one.effects
    ]
    page = found.page(one.scenario) if one.scenario else None
    lasts = hours(one.scenario.duration_h) if one.scenario else ""
    return SimpleNamespace(title=title, page=page, lasts=lasts, rows=rows)


def _words(spans: Sequence[Span]) -> str:
    return "; ".join(partner_sight.in_words(span) for span in spans) or _("works all the time")
