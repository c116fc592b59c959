"""Forms of the bodies, their meetings and decisions."""

from dataclasses import replace
from typing import Any

from wtforms import Form, FormField

from prepare.errors import RuleBroken
from prepare.forms.fields import Day, LongText, OneOf, Text, Tick, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Rows
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.bodies import BodyEntry, DecisionEntry, MeetingEntry, MemberEntry, MinutesEntry
from risks.vocabulary.bodies import BodyKind, DecisionState, MeetingState, Position
from risks.vocabulary.levels import SteeringLevel

#: Empty rows that a page offers below the seats that are there.
SPARE = 3


class MemberRow(Form):
    """A seat; a row without a role is no seat."""

    role_title = Text(N_("Role"))
    organisation = OneOf(N_("Organisation"), blank=N_("Not stated"))
    position = Word(N_("Duty in the body"), Position, blank=None)


class BodyForm(CityForm):
    """A body: what it is for, how often it meets, who sits in it."""

    entry_class = BodyEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    kind = Word(
        N_("Kind of body"), BodyKind, blank=None, description=N_("The proposed agenda of its meetings follows from it.")
    )
    level = Word(N_("Level"), SteeringLevel, blank=None)
    purpose = LongText(N_("What it is for"), longest=4000, description=N_("What it steers, follows or decides."))
    cadence_months = Whole(
        N_("Meets at least every (months)"), description=N_("12 = once a year, 6 = every six months, 3 = quarterly.")
    )
    on_demand = Tick(N_("Meets when it is called"))
    members = Rows(FormField(MemberRow), N_("Members by role"))
    secretariat = Text(N_("Secretariat"), description=N_("Who calls the meetings and keeps the minutes."))
    appointed_by = Text(N_("Appointed by"), description=N_("A role or a body, and the number of the decision."))
    appointed_on = Day(N_("Appointed on"))
    active = Tick(N_("In use"))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))

    def add_spare(self) -> None:
        """Offer empty rows below the seats that are there."""
        filled = [row for row in self.members if row.form.role_title.data]
        for _place in range(SPARE - (len(self.members) - len(filled))):
            self.members.append_entry(MemberEntry(role_title=""))

    def entry(self) -> BodyEntry:
        """The form's values as a frozen entry; rows without a role are left out."""
        entry: BodyEntry = super().entry()
        return replace(entry, members=tuple(_member(row.form) for row in self.members if row.form.role_title.data))

    def controls(self, name: str) -> list[Any]:
        """The fields on which a person enters this field of the entry."""
        return list(self.members) if name == "members" else super().controls(name)

    def _show(self, rule: RuleBroken) -> None:
        """A rule on the seats is told above the form, since no single field holds them."""
        if rule.field == "members":
            self.form_errors.append(rule.text())
        else:
            super()._show(rule)


def _member(row: Form) -> MemberEntry:
    return MemberEntry(
        role_title=row.role_title.data, organisation=row.organisation.data or None, position=row.position.data
    )


class AddBodyForm(BodyForm):
    """A new body and the organisation that it binds."""

    organisation = OneOf(
        N_("For whom"), blank=None, description=N_("It binds this organisation and everything below it.")
    )


class MeetingForm(CityForm):
    """A meeting as it is called."""

    entry_class = MeetingEntry

    seen = Version()
    meets_on = Day(N_("Day of the meeting"), validators=[required])
    starts = Text(N_("Time of day"), longest=20, description=N_("As 9.00–10.30."))
    place = Text(N_("Place"))
    remote = Tick(N_("Can be joined remotely"))
    agenda = LongText(
        N_("Agenda"),
        longest=8000,
        description=N_("One point on each line. Points are proposed from the registers: change, move and remove them."),
    )


class MinutesForm(CityForm):
    """What became of a meeting."""

    entry_class = MinutesEntry

    seen = Version()
    state = Word(N_("What became of the meeting?"), MeetingState, blank=None)
    participants = LongText(
        N_("Participants"), longest=4000, description=N_("Roles and organisations, one on each line; no names.")
    )
    minutes = LongText(N_("Minutes"), longest=20_000, description=N_("What was told and agreed, in short."))
    minutes_ref = Text(N_("Where the minutes are kept"), description=N_("A case number or a place."))


class DecisionForm(CityForm):
    """What a meeting decided."""

    entry_class = DecisionEntry

    seen = Version()
    text = LongText(N_("Decision"), longest=4000, validators=[required])
    owner_role = Text(N_("Who carries it out (role)"))
    organisation = OneOf(N_("Organisation"), blank=N_("Not stated"))
    due = Day(N_("By when"))
    resources = LongText(
        N_("Resources"),
        longest=2000,
        description=N_("What the city and its partners direct at it: people, money, patrols, premises."),
    )
    state = Word(N_("Status"), DecisionState, blank=None)
