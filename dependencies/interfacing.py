"""What must be true of an interface and its parts to be saved (domain.md 2.3, 2.5: E7, E12)."""

from datetime import date

from dependencies.entries.interfaces import ContactEntry, InterfaceEntry, PartEntry, TaskEntry
from dependencies.interface_vocabulary import Part
from prepare.errors import RuleBroken
from prepare.texts import N_
from prepare.vocabulary import Confidentiality

#: Conditions → the columns of both sides.
CONDITIONS = (
    ("city_normal", "party_normal"),
    ("city_disruption", "party_disruption"),
    ("city_emergency", "party_emergency"),
)
ANSWERS_FOR_IT = frozenset({Part.ACCOUNTABLE, Part.BOTH})


def problems(entry: InterfaceEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that an interface's entry breaks on the day `on`."""
    asked = (
        ("name_fi", N_("Give the interface a name.")),
        ("party", N_("Choose the partner.")),
        ("sectors", N_("Choose at least one organisation of the city that works across it.")),
        ("criticality", N_("Choose the class: at least that of the most vital function that it serves.")),
    )
    found = [RuleBroken(message, field=name) for name, message in asked if not getattr(entry, name)]
    if entry.alerting_tested_on and entry.alerting_tested_on > on:
        found.append(RuleBroken(N_("The test cannot lie ahead."), field="alerting_tested_on"))
    if entry.alerting_documented and not entry.alerting_practice:
        message = N_("Write the practice down here in short, or say where it stands.")
        found.append(RuleBroken(message, field="alerting_practice"))
    if entry.transferred_on and not entry.transferred:
        message = N_("A day of transfer belongs to responsibility that was transferred.")
        found.append(RuleBroken(message, field="transferred_on"))
    if entry.confidentiality is Confidentiality.CONFIDENTIAL and not entry.secrecy_basis:
        message = N_("State the legal basis of secrecy, for example “Openness Act 24 § 1 mom. 8”.")
        found.append(RuleBroken(message, field="secrecy_basis"))
    return found


def part_problems(entry: PartEntry, *, on: date) -> list[RuleBroken]:
    """Every rule that the entry of a part breaks on the day `on`."""
    if isinstance(entry, ContactEntry):
        return _contact_problems(entry, on)
    if isinstance(entry, TaskEntry):
        return _task_problems(entry)
    found = [] if (entry.what or "").strip() else [RuleBroken(N_("Say what is told."), field="what")]
    if entry.direction is None:
        found.append(RuleBroken(N_("Say who tells whom."), field="direction"))
    return found


def _contact_problems(entry: ContactEntry, on: date) -> list[RuleBroken]:
    found = []
    if not (entry.role_title or "").strip():
        found.append(RuleBroken(N_("Say which role answers; a person's name is not kept."), field="role_title"))
    if not (entry.phone or entry.email or entry.channel_fallback):
        message = N_("Give at least one way to reach it: a number, an address or another channel.")
        found.append(RuleBroken(message, field="phone"))
    if entry.phone and not any(sign.isdecimal() for sign in entry.phone):
        found.append(RuleBroken(N_("A telephone number has figures."), field="phone"))
    if entry.email and "@" not in entry.email:
        found.append(RuleBroken(N_("An address has the sign @."), field="email"))
    if entry.tested_on and entry.tested_on > on:
        found.append(RuleBroken(N_("The test cannot lie ahead."), field="tested_on"))
    return found


def _task_problems(entry: TaskEntry) -> list[RuleBroken]:
    found = [] if (entry.task or "").strip() else [RuleBroken(N_("Say what the task is."), field="task")]
    for city, party in CONDITIONS:
        if {getattr(entry, city), getattr(entry, party)} <= ANSWERS_FOR_IT:
            message = N_("Only one side answers for a task; the other one does it, is asked or is told.")
            found.append(RuleBroken(message, field=party))
    return found
