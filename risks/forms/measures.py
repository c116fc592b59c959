"""Forms of the measures."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms.validators import StopValidation

from prepare.forms.fields import Day, LongText, Number, OneOf, Text, Version, Whole, Word
from prepare.forms.form import CityForm, required
from prepare.texts import N_, _
from prepare.vocabulary import Confidentiality
from risks.entries.measures import MeasureEntry, ProgressEntry, ReopeningEntry
from risks.vocabulary.levels import SteeringLevel
from risks.vocabulary.measures import MeasureKind, MeasureSource, OpenState

MOST_CODES = 50
LONGEST_CODE = 20


class Codes(Text):
    """Codes of records on one line, as "R-01, R-14"."""

    typed = ""

    def _value(self) -> str:
        if self.raw_data:
            return self.typed
        return ", ".join(self.data or ())

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the codes that are typed, each once, in capitals."""
        if not valuelist:
            return
        try:
            super().process_formdata(valuelist)
        finally:
            self.typed = self.data if isinstance(self.data, str) else ""
            found = re.split(r"[\s,;]+", self.typed.upper())
            self.data: Any = tuple(dict.fromkeys(code for code in found if code))

    def pre_validate(self, form: object) -> None:
        """Refuse what is no list of codes."""
        self.refuse_identity_code(self.typed)
        if too_long := [code for code in self.data or () if len(code) > LONGEST_CODE]:
            raise StopValidation(_("This is no code: %(code)s. Write codes as R-01, R-14.", code=too_long[0][:40]))
        if len(self.data or ()) > MOST_CODES:
            raise StopValidation(_("Give at most %(most)s codes.", most=MOST_CODES))


class Progress(Whole):
    """A whole percentage, with or without its sign."""

    def read(self, text: str) -> Any:
        """The percentage."""
        return super().read(text.removesuffix("%").strip())


class Euros(Number):
    """An amount of money in euros."""

    wrong = N_("Give an amount in euros, as 12500.")

    def read(self, text: str) -> Any:
        """The amount, also with spaces between thousands and with the sign €."""
        return super().read(re.sub(r"\s", "", text).removesuffix("€"))


class MeasureForm(CityForm):
    """A measure: what is done, by whom, by when, at what price, and because of what."""

    entry_class = MeasureEntry

    seen = Version()
    name_fi = Text(
        N_("Name in Finnish"),
        validators=[required],
        description=N_("What is done, in one short sentence: “Back-up power for the reserve water plant”."),
    )
    name_sv = Text(N_("Name in Swedish"))
    name_en = Text(N_("Name in English"))
    kind = Word(N_("Kind of measure"), MeasureKind)
    effect_text = LongText(N_("What it improves"), longest=4000, description=N_("What is better once this is done."))
    source = Word(N_("What it came from"), MeasureSource)
    source_code = Text(
        N_("Code of what it came from"), longest=20, description=N_("The code of the risk, exercise, meeting…")
    )
    risks = Codes(N_("Risks that it treats"), description=N_("Codes of risks, as R-01, R-14."))
    owner_role = Text(N_("Owner (role)"), description=N_("Who answers for getting it done: a role, not a person."))
    due = Day(N_("Due date"), description=N_("Not needed at the level of residential areas, where work is continuous."))
    level = Word(N_("Level"), SteeringLevel, blank=None)
    area = OneOf(N_("Area"), blank=N_("Whole city"))
    cost_eur = Euros(N_("Cost"), description=N_("Estimated or known, in euros; 0 when it costs only working time."))
    budget_ref = Text(N_("Place in the budget"), description=N_("The item of the budget that pays for it."))
    action_plan_ref = Text(N_("Place in the action plan"), description=N_("Where the sector's action plan has it."))
    confidentiality = Word(N_("Confidentiality"), Confidentiality, blank=None)
    secrecy_basis = Text(N_("Legal basis of secrecy"))

    def entry(self) -> MeasureEntry:
        """The form's values as a frozen entry."""
        entry: MeasureEntry = super().entry()
        return entry


class AddMeasureForm(MeasureForm):
    """A new measure and the organisation that carries it out."""

    organisation = OneOf(N_("Organisation"), validators=[required])


class ProgressForm(CityForm):
    """How far an open measure is."""

    entry_class = ProgressEntry

    seen = Version()
    state = Word(N_("Status"), OpenState, blank=None)
    progress_pct = Progress(N_("Progress"), description=N_("Per cent of the work that has been done, from 0 to 99."))
    progress_text = LongText(
        N_("Where it stands"),
        longest=4000,
        description=N_("What has been done and what comes next; the history keeps what was written earlier."),
    )
    state_reason = LongText(N_("Why it is on hold"), longest=4000)
    overdue_reason = LongText(
        N_("Why it is late"), longest=4000, description=N_("Needed once the due date has passed.")
    )


class ReopenMeasureForm(CityForm):
    """Taking a measure up again."""

    entry_class = ReopeningEntry

    state_reason = LongText(N_("Reason"), longest=4000, validators=[required])
    progress_pct = Progress(N_("Progress"), description=N_("Per cent of the work that has been done, from 0 to 99."))
