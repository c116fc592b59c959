"""Forms of the safety plans and their priorities."""

from prepare.forms.fields import Day, LongText, OneOf, Text, Tick, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks, Words
from prepare.texts import N_
from prepare.vocabulary import Confidentiality
from risks.entries.safety_plans import AdoptionEntry, EndingEntry, PriorityEntry, SafetyPlanEntry
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.safety import SafetyPlanKind, TargetGroup, Theme


class SafetyPlanForm(CityForm):
    """A safety plan: of what kind, for which area and time, who makes it together."""

    entry_class = SafetyPlanEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    kind = Word(N_("Kind of plan"), SafetyPlanKind)
    level = Word(
        N_("Level"),
        SteeringLevel,
        blank=None,
        description=N_("A strategy is strategic, the city's plan stands at city level, an area's at area level."),
    )
    area = OneOf(N_("Area"), blank=N_("Whole city"))
    period_from = Day(N_("Begins"))
    period_to = Day(N_("Ends"), description=N_("The period is chosen case by case; leave empty what is open."))
    predecessor = OneOf(N_("The plan before it"), blank=N_("None"))
    purpose_fi = LongText(N_("Purpose in Finnish"), longest=8000, description=N_("Why the plan is made, and for whom."))
    purpose_sv = LongText(N_("Purpose in Swedish"), longest=8000)
    purpose_en = LongText(N_("Purpose in English"), longest=8000)
    owner_role = Text(N_("Who answers for it"), description=N_("A role, or the residents of an area."))
    support_role = Text(
        N_("Who supports it"), description=N_("In a plan of the residents: the team of the city that supports them.")
    )
    participants = Ticks(N_("Organisations that take part"))
    other_participants = LongText(
        N_("Others who take part"),
        longest=2000,
        description=N_("Roles and groups, as “school social workers”. No names of persons."),
    )
    prepared_by = Text(N_("Prepared by"), description=N_("A group or a role."))
    document_ref = Text(N_("Decision or document"))
    wellbeing_ref = Text(
        N_("Welfare report or plan"), description=N_("The part of the city's welfare report with which it belongs.")
    )
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))


class AddSafetyPlanForm(SafetyPlanForm):
    """A new safety plan, and the organisation that keeps it with everything below it."""

    organisation = OneOf(N_("For whom"), blank=None)


class PriorityForm(CityForm):
    """A priority: about what, where and for whom, what it serves, who takes part, and by which measures."""

    entry_class = PriorityEntry

    seen = Version()
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    description = LongText(
        N_("What is to change"), longest=4000, description=N_("Phenomena and places, never single persons.")
    )
    theme = Word(N_("Theme"), Theme)
    area = OneOf(N_("Area"), blank=N_("The plan's own area"))
    target_groups = Words(N_("Target groups"), TargetGroup)
    objective = OneOf(N_("Objective that it serves"), blank=N_("None"))
    national_line = OneOf(N_("Line of a national programme that it answers to"), blank=N_("None"))
    participants = Ticks(N_("Organisations that take part"))
    other_participants = LongText(N_("Others who take part"), longest=2000)
    measures = Ticks(N_("Measures"))
    find = Text(N_("Search for other measures"), description=N_("By name or code, also those of other origin."))
    search = Tick(N_("Search"))
    out_of_use = Tick(N_("Removed from the plan"), description=N_("Its measures stay as they are."))


class AddPriorityForm(PriorityForm):
    """A new priority of a plan."""


class AdoptionForm(CityForm):
    """Who approved a plan, and when."""

    entry_class = AdoptionEntry

    approved_by = Text(N_("Approved by"), validators=[required], description=N_("The body that decided on it."))
    approved_on = Day(N_("Approved on"), validators=[required])


class EndingForm(CityForm):
    """When and why a plan ends."""

    entry_class = EndingEntry

    ended_on = Day(N_("Last day"), validators=[required])
    state_reason = LongText(N_("Reason"), validators=[required], longest=2000)
