"""Words of local safety planning that are stored: themes, and for whom the work is done (S003 #49, #56, #70)."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class Theme(Labelled):
    """What a plan, a programme, a network or a signal is about."""

    EVERYDAY_SAFETY = "everyday_safety", N_("Everyday safety")
    SENSE_OF_SAFETY = "sense_of_safety", N_("Sense of safety")
    HOUSING = "housing", N_("Safety at home and in housing")
    YOUTH = "youth", N_("Young people")
    INCLUSION = "inclusion", N_("Inclusion and loneliness")
    SUBSTANCES = "substances", N_("Alcohol and drugs")
    VIOLENCE = "violence", N_("Violence and its victims")
    DOMESTIC_VIOLENCE = "domestic_violence", N_("Violence in close relationships")
    CRIME_PREVENTION = "crime_prevention", N_("Crime prevention")
    PROPERTY_CRIME = "property_crime", N_("Theft and vandalism")
    PUBLIC_SPACE = "public_space", N_("Public places and events")
    TRAFFIC = "traffic", N_("Traffic safety")
    ACCIDENTS = "accidents", N_("Accidents and injuries")
    FIRE = "fire", N_("Fire safety")
    WATER = "water", N_("Water safety")
    SCHOOLS = "schools", N_("Safety of schools and day care")
    BUSINESS = "business", N_("Safety of business")
    EXTREMISM = "extremism", N_("Extremism and radicalisation")
    DIGITAL = "digital", N_("Safety online")
    RESILIENCE = "resilience", N_("Residents' preparedness")


class TargetGroup(Labelled):
    """For whom the work is done; all residents are everybody, so they meet every other group."""

    ALL = "all", N_("All residents")
    CHILDREN = "children", N_("Children")
    YOUTH = "youth", N_("Young people")
    YOUNG_ADULTS = "young_adults", N_("Young adults")
    FAMILIES = "families", N_("Families with children")
    OLDER = "older", N_("Older people")
    IMMIGRANTS = "immigrants", N_("People with an immigrant background")
    DISABLED = "disabled", N_("People with disabilities")
    SUBSTANCE_USERS = "substance_users", N_("People with substance problems")
    HOMELESS = "homeless", N_("People without a home")
    VICTIMS = "victims", N_("Victims of crime")
    OFFENDERS = "offenders", N_("People who have committed crimes")
    ENTREPRENEURS = "entrepreneurs", N_("Entrepreneurs")
    STAFF = "staff", N_("City personnel")
    VISITORS = "visitors", N_("Visitors")


class SafetyPlanKind(Labelled):
    """What kind of plan a plan of local safety planning is (S003 #45, #64, #82)."""

    STRATEGY = "strategy", N_("Safety strategy")
    CITY_PLAN = "city_plan", N_("Safety plan of the city")
    THEMATIC = "thematic", N_("Plan for one theme")
    AREA_PLAN = "area_plan", N_("Plan of an area")
    RESIDENT_LED = "resident_led", N_("Residents' own plan")


class SafetyPlanState(Labelled):
    """The life cycle of a safety plan; an old one stays to be read."""

    DRAFT = "draft", N_("Draft")
    IN_FORCE = "in_force", N_("In force")
    SUPERSEDED = "superseded", N_("Replaced by a newer plan")
    ENDED = "ended", N_("Ended")


class ProgrammeState(Labelled):
    """How far a programme across sectors has come."""

    PLANNED = "planned", N_("Planned")
    RUNNING = "running", N_("Running")
    ENDED = "ended", N_("Ended")
    CANCELLED = "cancelled", N_("Cancelled")


class SafetyEffect(Labelled):
    """Whether a programme is about safety, or affects it on the way (S003 #70)."""

    DIRECT = "direct", N_("Direct effect on safety")
    INDIRECT = "indirect", N_("Indirect effect on safety")
