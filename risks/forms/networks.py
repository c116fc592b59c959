"""Forms of the networks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from wtforms import Form, FormField

from prepare.errors import RuleBroken
from prepare.forms.fields import Day, LongText, OneOf, Text, Tick, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Rows, Ticks, Words
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.networks import AnswerEntry, MemberEntry, NetworkEntry, RequestEntry
from risks.forms.measures import Codes
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.networks import NetworkState
from risks.vocabulary.safety import TargetGroup, Theme

EMPTY_ROWS = 3  #: rows for new members that a fresh form offers


class MemberRow(Form):
    """One member; an empty row is left out, and one that is ticked for removal is not looked at."""

    organisation = OneOf(N_("Organisation"), blank=N_("None of these"))
    role = Text(N_("Role"))
    remove = Tick(N_("Remove this row"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the row can be read."""
        return bool(self.remove.data or super().validate(extra_validators))


class NetworkForm(CityForm):
    """A network: where, for whom and about what it works, who belongs to it, and whether it still does."""

    entry_class = NetworkEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    purpose = LongText(
        N_("Purpose"), longest=4000, description=N_("What is better in the area because the network works.")
    )
    level = Word(N_("Level"), SteeringLevel, blank=None)
    areas = Ticks(N_("Areas"), description=N_("Tick none when it covers the whole city."))
    themes = Words(N_("Themes"), Theme)
    target_groups = Words(N_("Target groups"), TargetGroup)
    coordinator_role = Text(
        N_("Coordinator (role)"), description=N_("Who calls the network together: a role, not a person.")
    )
    members = Rows(FormField(MemberRow), N_("Members"))
    measures = Codes(
        N_("Measures of the network"),
        longest=400,
        description=N_("Codes of what the network itself carries out, with commas: M-01, M-03."),
    )
    begun_on = Day(N_("Works since"))
    state = Word(N_("Status"), NetworkState, blank=None)
    merged_into = OneOf(N_("Merged into"), description=N_("Only where the network has become part of another."))
    state_reason = LongText(N_("Reason"), longest=2000, description=N_("Why it was closed or merged, or begins anew."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))

    def offer_rows(self, organisations: Sequence[tuple[str, str]]) -> None:
        """Let rows choose among organisations, and a fresh form have empty rows for new members."""
        if not self.is_typed:
            for _row in range(EMPTY_ROWS):
                self.members.append_entry()
        for row in self.members:
            row.form.organisation.offer(organisations)

    @property
    def rows(self) -> list[Any]:
        """The rows that say something and stay when the form is saved, in their order."""
        return [row for row in self.members if _says(row.form)]

    def entry(self) -> NetworkEntry:
        """The form's values as a frozen entry."""
        entry: NetworkEntry = super().entry()
        members = [MemberEntry(organisation=r.form.organisation.data, role=r.form.role.data or None) for r in self.rows]
        return replace(entry, members=tuple(members))

    def controls(self, name: str) -> list[Any]:
        """The fields on which a person enters this field of the entry."""
        return self.rows if name == "members" else super().controls(name)

    def _show(self, rule: RuleBroken) -> None:
        """A rule that names a member is told at its row."""
        name, _dash, place = (rule.field or "").partition("-")
        if name == "members" and place:
            row, _dash, column = place.partition("-")
            broken = self.rows[int(row)].form[column]
            broken.errors = [*broken.errors, rule.text()]
            self.members.errors = [one.errors for one in self.members]
        elif name == "members":
            self.form_errors.append(rule.text())
        else:
            super()._show(rule)


def _says(row: Form) -> bool:
    return not row.remove.data and bool(row.organisation.data or row.role.data)


class AddNetworkForm(NetworkForm):
    """A new network and the organisation that it binds, with everything below it."""

    organisation = OneOf(
        N_("For whom"), blank=None, description=N_("It binds this organisation and everything below it.")
    )


class RequestForm(CityForm):
    """What a network asks the security and preparedness unit for."""

    entry_class = RequestEntry

    request = LongText(
        N_("What does the network need support for?"),
        longest=4000,
        validators=[required],
        description=N_("What has happened, what has been tried, and what the unit could do. No personal data."),
    )


class AnswerForm(CityForm):
    """The unit's answer to a network."""

    entry_class = AnswerEntry

    answer = LongText(
        N_("Answer of the unit"), longest=4000, validators=[required], description=N_("Every member reads it.")
    )
