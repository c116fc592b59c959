"""Duty holders: who must be named in every sector, so that somebody can be reached (domain.md I15, E14)."""

from typing import Any

from prepare.texts import N_
from prepare.vocabulary import Labelled


class Duty(Labelled):
    """A duty that a sector's organisation has somebody for."""

    CONTACT = "contact", N_("preparedness contact")
    DEPUTY = "deputy", N_("deputy of the contact")
    DIRECTOR = "director", N_("director (role)")


def open_duties(*, contact: bool, deputy: bool, director_role: str | None) -> list[Duty]:
    """The duties for which nobody is named.

    `contact` and `deputy` say whether a person with an account in use is named; the director is a role, since
    plans outlive persons.
    """
    named = {Duty.CONTACT: contact, Duty.DEPUTY: deputy, Duty.DIRECTOR: bool(director_role)}
    return [duty for duty, has_somebody in named.items() if not has_somebody]


def lacking(organisation: Any) -> list[Duty]:
    """The duties for which nobody is named, of an organisation that should have somebody."""
    if not (organisation.holds_duties and organisation.active):
        return []
    contact, deputy = (one and one.disabled_at is None for one in (organisation.contact, organisation.deputy))
    return open_duties(contact=bool(contact), deputy=bool(deputy), director_role=organisation.director_role)
