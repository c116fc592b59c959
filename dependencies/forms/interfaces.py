"""Forms of interfaces, of their duty contacts, tasks and flows of information, and of their life cycle."""

from typing import Any

from dependencies.entries.interfaces import (
    ContactEntry,
    FlowEntry,
    InterfaceEntry,
    InterfaceReviewEntry,
    PoliceEntry,
    TaskEntry,
)
from dependencies.interface_vocabulary import Availability, Direction, FlowLanguage, Part, Side
from dependencies.vocabulary import InterfaceLevel
from prepare.forms.fields import Day, LongText, OneOf, Text, Tick, Version, Word, YesNo
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks
from prepare.texts import N_
from prepare.vocabulary import Confidentiality, Criticality, Organiser


class InterfaceForm(CityForm):
    """An interface: both sides, what runs over it, how they alert each other, on what it rests."""

    entry_class = InterfaceEntry
    keeps_draft = True

    seen = Version()
    name_fi = Text(
        N_("Name in Finnish"),
        validators=[required],
        description=N_("What runs over it, not who meets, as “Water for the hospital”."),
    )
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    party = OneOf(N_("Partner"), blank=N_("Choose the partner"), validators=[required])
    sectors = Ticks(N_("Who works across it in the city"))
    description_fi = LongText(
        N_("Description in Finnish"), longest=4000, description=N_("What each side does for the other, and for whom.")
    )
    description_sv = LongText(N_("Description in Swedish"), longest=4000)
    description_en = LongText(N_("Description in English"), longest=4000)
    level = Word(N_("Level"), InterfaceLevel, blank=None)
    criticality = Word(
        N_("Criticality class"),
        Criticality,
        validators=[required],
        description=N_("At least the class of the most vital function that it serves."),
    )
    city_owner_role = Text(
        N_("Owner on the city's side"), description=N_("A role that settles what is unclear; no person's name.")
    )
    party_owner_role = Text(N_("Owner on the partner's side"), description=N_("The same on the other side."))
    alerting_practice = LongText(
        N_("Alerting practice"),
        longest=4000,
        description=N_("Who alerts whom, by which channel, how soon it is answered, and what is done when it is not."),
    )
    alerting_documented = YesNo(N_("Alerting practice documented"))
    alerting_tested_on = Day(N_("Alerting tested"), description=N_("When somebody last tried whether it works."))
    agreements = Ticks(N_("Agreements"))
    agreement = Text(
        N_("Another agreement"), description=N_("The case number of one that the register of agreements lacks.")
    )
    joint_plan = Text(N_("Joint plan"), description=N_("Where the plan that both sides work by is kept."))
    organiser = Word(
        N_("Responsible for organising"),
        Organiser,
        blank=N_("Not known"),
        description=N_("Of the service that the interface serves, by law (järjestämisvastuu)."),
    )
    transferred = Tick(N_("The responsibility for organising has been transferred"))
    transferred_on = Day(N_("Transferred on"))
    next_review = Day(N_("Next review"), description=N_("When both sides look it through again."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddInterfaceForm(InterfaceForm):
    """A new interface and the organisation that leads it in the city."""

    organisation = OneOf(
        N_("Who leads it in the city"), blank=None, description=N_("Its contact keeps the interface with the partner.")
    )


class ContactForm(CityForm):
    """A duty contact of one side: a role that answers, and how it is reached."""

    entry_class = ContactEntry

    seen = Version()
    side = Word(N_("On which side?"), Side, blank=None)
    role_title = Text(
        N_("Role"), validators=[required], description=N_("The duty that answers. A person's name is not kept.")
    )
    phone = Text(N_("Telephone"), longest=60, description=N_("Of the duty or the office, not of a person."))
    email = Text(N_("E-mail address"), description=N_("A mailbox that the duty reads."))
    availability = Word(N_("When does it answer?"), Availability, blank=N_("Not known"))
    channel_fallback = Text(
        N_("When the telephone is silent"),
        description=N_("As a talk group of the authorities' network, a messenger, a place to meet."),
    )
    tested_on = Day(N_("Last tested"), description=N_("When somebody last tried to reach it."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)


def _part(label: str) -> Word:
    return Word(label, Part, blank=N_("Not settled"))


class TaskForm(CityForm):
    """A row of the responsibility matrix: who does what in a task, under three conditions."""

    entry_class = TaskEntry

    seen = Version()
    task = LongText(
        N_("Task"), longest=2000, validators=[required], description=N_("One task that both sides must agree on.")
    )
    city_normal = _part(N_("The city in normal times"))
    party_normal = _part(N_("The partner in normal times"))
    city_disruption = _part(N_("The city in a disruption"))
    party_disruption = _part(N_("The partner in a disruption"))
    city_emergency = _part(N_("The city in emergency conditions"))
    party_emergency = _part(N_("The partner in emergency conditions"))
    remark = LongText(N_("Remark"), longest=2000)


class FlowForm(CityForm):
    """What one side tells the other, how, when and in which language."""

    entry_class = FlowEntry

    seen = Version()
    what = LongText(N_("What is told"), longest=2000, validators=[required])
    direction = Word(N_("Who tells whom?"), Direction, validators=[required])
    channel = Text(N_("Channel"), description=N_("As a telephone call, a shared system, a meeting."))
    trigger = Text(N_("When is it told?"), description=N_("What sets it off, and how soon it must be there."))
    language = Word(N_("Language"), FlowLanguage, blank=N_("Not settled"))


class InterfaceReviewForm(CityForm):
    """That both sides have agreed, or looked the interface through."""

    entry_class = InterfaceReviewEntry

    next_review = Day(
        N_("Next review"),
        validators=[required],
        description=N_("Proposed by the class of the interface; change it if you meet earlier."),
    )


class PoliceForm(CityForm):
    """Why an organisation has no interface with the police."""

    entry_class = PoliceEntry

    seen = Version()
    police_interface_reason = LongText(
        N_("Why it works without an interface with the police"),
        longest=2000,
        description=N_("Whom the organisation calls instead, and through whom it hears from the police."),
    )


#: The entry of a part → its form.
PART_FORMS: dict[type[Any], type[CityForm]] = {ContactEntry: ContactForm, TaskEntry: TaskForm, FlowEntry: FlowForm}
