"""Words of the parts of an interface that are stored (domain.md 2.3): who is called, who does what, what is told."""

from prepare.texts import N_
from prepare.vocabulary import Labelled


class Side(Labelled):
    """On which side of an interface something stands."""

    CITY = "city", N_("The city's side")
    PARTNER = "partner", N_("The partner's side")


class Availability(Labelled):
    """When a duty contact can be reached."""

    ROUND_THE_CLOCK = "24-7", N_("Around the clock")
    ON_CALL = "on_call", N_("On call")
    OFFICE = "office", N_("In office hours")


class Part(Labelled):
    """What a side does in a task: the letters of a responsibility matrix (RACI)."""

    RESPONSIBLE = "r", N_("Does it")
    ACCOUNTABLE = "a", N_("Answers for it")
    BOTH = "ar", N_("Answers for it and does it")
    CONSULTED = "c", N_("Is asked")
    INFORMED = "i", N_("Is told")
    NONE = "none", N_("Has no part")

    @property
    def letter(self) -> str:
        """As it stands in a matrix."""
        return "–" if self is Part.NONE else "/".join(self.value.upper())

    @property
    def option(self) -> str:
        """As it is chosen in a form: the letter and what it means."""
        return f"{self.letter} {self.label}"


class Direction(Labelled):
    """Which way information flows."""

    TO_PARTNER = "to_partner", N_("From the city to the partner")
    TO_CITY = "to_city", N_("From the partner to the city")
    BOTH = "both", N_("Both ways")


class FlowLanguage(Labelled):
    """In which language something is told."""

    FI = "fi", N_("Finnish")
    SV = "sv", N_("Swedish")
    FI_SV = "fi_sv", N_("Finnish and Swedish")
    EN = "en", N_("English")


class Step(Labelled):
    """What moves an interface along its life cycle."""

    DRAFT = "draft", N_("Begin to draft it")
    AGREE = "agree", N_("It has been agreed")
    BEGIN_REVIEW = "begin-review", N_("Begin to look it through")
    REVIEW = "review", N_("It has been looked through")
    DISSOLVE = "dissolve", N_("Dissolve it")
    REOPEN = "reopen", N_("Take it up again")
