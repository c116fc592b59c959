"""Forms of the plans."""

from dataclasses import replace

from continuity.entries.plans import ApprovalEntry, NewPlanEntry, PlanEntry
from continuity.vocabulary.plans import PlanKind
from prepare.forms.fields import Day, OneOf, Text, Version, Word
from prepare.forms.form import CityForm, required
from prepare.forms.several import Ticks
from prepare.texts import N_
from prepare.vocabulary import Confidentiality


class PlanForm(CityForm):
    """What a plan is about and which version is being prepared; its sections are written each on its own."""

    keeps_draft = True

    entry_class = PlanEntry

    seen = Version()
    kind = Word(N_("Kind of plan"), PlanKind, blank=None)
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    functions = Ticks(N_("Functions that the plan covers"))
    number = Text(N_("Version"), longest=20, validators=[required], description=N_("As 0.1 for a first draft or 2.1."))
    document_ref = Text(
        N_("Where the document is kept"),
        description=N_("A case number or a place, if the plan itself stands elsewhere."),
    )
    last_exercised_on = Day(N_("Last exercised on"))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))

    def entry(self) -> PlanEntry:
        """The form's values as a frozen entry."""
        entry: PlanEntry = super().entry()
        return replace(entry, functions=tuple(self.functions.data or ()))


class AddPlanForm(CityForm):
    """A new plan: only what is needed to begin."""

    entry_class = NewPlanEntry

    organisation = OneOf(N_("Organisation"), validators=[required])
    kind = Word(N_("Kind of plan"), PlanKind, blank=None)
    name_fi = Text(N_("Name in Finnish"), validators=[required])
    functions = Ticks(N_("Functions that the plan covers"))


class ApprovalForm(CityForm):
    """Approving a version."""

    entry_class = ApprovalEntry

    next_review = Day(
        N_("Next review"),
        validators=[required],
        description=N_("Vital and critical functions are reviewed every year."),
    )
    valid_until = Day(N_("Valid until"), description=N_("Empty means until further notice."))
